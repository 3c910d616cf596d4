"""What every dashboard shows of its scope: what stands open, and how it went (rule 8.3)."""

from functools import cached_property

from reports.overview.scope import Figure, Scope
from reports.overview.standing import Standing
from reports.overview.trend import Week, trend


class Board:
    """One scope at one instant, now or at the end of a past day; `by` as of `Standing`."""

    def __init__(self, scope: Scope, by: str = "agency") -> None:
        self.scope = scope
        self.standing = Standing(scope, by)

    @cached_property
    def trend(self) -> list[Week]:
        """The last weeks."""
        return trend(self.scope)

    @property
    def last_week(self) -> Figure:
        """What was overdue at the end of last week."""
        return self.trend[-2].overdue
