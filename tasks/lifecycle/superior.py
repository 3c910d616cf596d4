"""Past the superior's deadline only by the superior's own decision (rule 5.6)."""

from dataclasses import dataclass
from datetime import date, datetime

from django.utils.translation import gettext as _

from agencies.deadlines import local_day, spoken
from agencies.refusals import Refused, demand_words
from tasks.models import Task


@dataclass(frozen=True)
class SuperiorDecision:
    """The superior's own decision: its number and date."""

    number: str
    on: date

    @property
    def told(self) -> dict[str, str]:
        """The decision as the parameters of an event."""
        return {"superior_number": self.number, "superior_on": self.on.isoformat()}


def named_decision(number: str, on: date | None, at: datetime) -> SuperiorDecision:
    """Return the superior's decision; refuse one without number or date, or dated in future."""
    demand_words(number, "superior_number", _("Give the number of the superior's decision."))
    if on is None:
        raise Refused(_("Give the date of the superior's decision."), field="superior_on")
    if on > local_day(at):
        raise Refused(_("The superior's decision is dated in the future."), field="superior_on")
    return SuperiorDecision(number.strip(), on)


def hold_to_superior(
    task: Task, due_at: datetime | None, at: datetime, *, number: str = "", on: date | None = None
) -> SuperiorDecision | None:
    """Refuse a new deadline past the superior's, unless the superior's own decision is named.

    With number and date the superior's deadline moves along to the new one (the caller saves the
    task), and the decision is returned; None when none was needed.
    """
    if not task.is_past_superior(due_at):
        return None
    if not number.strip() and on is None:
        raise Refused(
            _(
                "The superior's deadline is %(day)s; past it only by the superior's own decision:"
                " give its number and date."
            )
            % {"day": spoken(task.superior_due_at)},
            field="superior_number",
        )
    decision = named_decision(number, on, at)
    task.superior_due_at = due_at
    return decision
