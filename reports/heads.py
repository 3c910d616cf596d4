"""The columns of a report's tables: heads, groups, what each adds up (rules 8.5, 8.7).

Heads are in the active language; "overdue" never stands alone, every rate names its base.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from reports.columns import (
    AWAITING,
    COMPLETED,
    ENTRIES,
    FALLEN_DUE,
    ON_TIME,
    OPEN,
    Change,
    Counts,
    Rate,
    band,
    completed_rate,
    on_time_rate,
    together,
)

Cell = int | str | Rate | Change


@dataclass(frozen=True)
class Head:
    """A column of a table: the columns it adds up, or a value of its own (a rate, a length).

    `of` names the frozen rows it counts, for whom they stand: the agency itself, or, where it
    `is_helped`, the lead it helps.
    """

    key: str
    label: str | Promise
    group: str | Promise = ""
    columns: tuple[str, ...] = ()
    value: Callable[[Counts], Cell] | None = None
    width: float = 5
    is_main: bool = False
    is_rare: bool = False
    of: str = "tasks"
    is_on_paper: bool = True
    is_helped: bool = False

    def cell(self, counts: Counts) -> Cell:
        """Return what stands in the column for one row."""
        return self.value(counts) if self.value else together(counts, self.columns)


GIVEN, DONE, LEFT_OPEN = (
    gettext_lazy("Assigned"),
    gettext_lazy("Completed"),
    gettext_lazy("Not completed"),
)
OTHER, LINES = gettext_lazy("Other"), gettext_lazy("Consultations")
SPOTS, DOSSIERS = gettext_lazy("Spot checks"), gettext_lazy("Dossiers")
UNDATED = gettext_lazy("No deadline")
PAPERS = gettext_lazy("Papers to it")
HELPED = gettext_lazy("Coordinated")
AGE = gettext_lazy("Not completed, overdue, by age")

DUE = Head("due", gettext_lazy("Fallen due"), columns=FALLEN_DUE, width=6)
"""The base of the on-time rate, which stands beside it (rule 8.7)."""
RESULTS = (
    Head("assigned", gettext_lazy("Total"), GIVEN, ENTRIES, is_main=True),
    Head("carried_over", gettext_lazy("Carried over"), GIVEN, ("carried_over",)),
    Head("new", gettext_lazy("New"), GIVEN, ("new",)),
    Head("reopened", gettext_lazy("Reopened"), GIVEN, ("reopened",), is_rare=True),
    Head("received", gettext_lazy("Received from others"), GIVEN, ("received",), is_rare=True),
    Head("completed", gettext_lazy("Total"), DONE, COMPLETED, is_main=True),
    Head("before", gettext_lazy("Before the deadline"), DONE, ("completed_before",)),
    Head("on", gettext_lazy("On the last day"), DONE, ("completed_on",)),
    Head("late", gettext_lazy("Completed late"), DONE, ("completed_late",), is_main=True),
    Head("done_undated", gettext_lazy("No deadline"), DONE, ("completed_undated",)),
    Head("open", gettext_lazy("Total"), LEFT_OPEN, OPEN, is_main=True),
    Head("in_time", gettext_lazy("In time"), LEFT_OPEN, ("open_in_time",)),
    Head(
        "awaiting", gettext_lazy("Reported, awaiting verification"), LEFT_OPEN, AWAITING, width=5.5
    ),
    Head(
        "overdue",
        gettext_lazy("Not completed, overdue"),
        LEFT_OPEN,
        ("overdue",),
        width=5.5,
        is_main=True,
    ),
    Head(
        "undecided",
        gettext_lazy("Past the deadline, asked in time, awaiting the decision"),
        LEFT_OPEN,
        ("undecided",),
        width=6,
        is_rare=True,
    ),
    Head("open_undated", gettext_lazy("No deadline"), LEFT_OPEN, ("open_undated",)),
    Head("suspended", gettext_lazy("Suspended"), LEFT_OPEN, ("suspended",)),
    Head("returned", gettext_lazy("Returned"), OTHER, ("returned",), is_rare=True),
    Head("transferred", gettext_lazy("Transferred"), OTHER, ("transferred",), is_rare=True),
    Head("cancelled", gettext_lazy("Cancelled"), OTHER, ("cancelled",), is_rare=True),
    Head(
        "completed_rate",
        gettext_lazy("Completed, percent of all assigned"),
        value=completed_rate,
        width=6,
        is_on_paper=False,
    ),
    DUE,
    Head(
        "on_time_rate",
        gettext_lazy("Completed on time, percent of fallen due"),
        value=on_time_rate,
        width=8,
    ),
)


def age_and_news(bands: Sequence[int]) -> tuple[Head, ...]:
    """Return the columns about age, silence and coordination."""
    ages = [
        Head(band(start), _band_words(start, next_start), AGE, (band(start),))
        for start, next_start in zip(bands, (*bands[1:], None), strict=True)
    ]
    return (
        *ages,
        Head("longest", gettext_lazy("Longest (days)"), AGE, value=_greatest("longest_overdue")),
        Head(
            "stopped_overdue",
            gettext_lazy("Returned, transferred or suspended when already overdue"),
            columns=("stopped_overdue",),
            width=7,
            is_rare=True,
        ),
        Head("undated", gettext_lazy("Not completed"), UNDATED, ("open_undated",)),
        Head("oldest", gettext_lazy("Oldest (days)"), UNDATED, value=_greatest("oldest_undated")),
        Head("not_updated", gettext_lazy("Not updated"), columns=("not_updated",), width=5.5),
        Head("extended", gettext_lazy("Extended"), columns=("extended",), width=5.5),
        Head("urged", gettext_lazy("Urged"), columns=("urged",), width=5.5),
        Head(
            "coordinated",
            gettext_lazy("Open (not added to the led)"),
            HELPED,
            OPEN,
            value=_greatest("coordinated_open"),
            width=6,
            is_helped=True,
        ),
        Head(
            "coordinated_overdue",
            gettext_lazy("Not completed, overdue"),
            HELPED,
            ("overdue",),
            value=_greatest("coordinated_overdue"),
            width=6,
            is_helped=True,
        ),
    )


def _beside(of: str, group: str | Promise, *columns: tuple[str, str | Promise, bool]) -> tuple:
    return tuple(
        Head(name, label, group, (name,), is_rare=is_rare, of=of, width=6)
        for name, label, is_rare in columns
    )


COOPERATION = (
    *_beside(
        "lines",
        LINES,
        ("lines_carried", gettext_lazy("Carried over"), False),
        ("lines_received", gettext_lazy("Received"), False),
        ("lines_in_time", gettext_lazy("Answered in time"), False),
        ("lines_late", gettext_lazy("Answered late"), False),
        ("lines_silent", gettext_lazy("No answer"), False),
        ("lines_awaiting", gettext_lazy("Not due yet"), False),
        ("lines_ended", gettext_lazy("No longer asked"), True),
    ),
    *_beside("poor", LINES, ("lines_poor", gettext_lazy("Poor answers"), False)),
    *_beside(
        "dossiers",
        DOSSIERS,
        ("dossiers_submitted", gettext_lazy("Submitted"), False),
        ("dossiers_returned", gettext_lazy("Given back"), False),
    ),
    *_beside("urgings", PAPERS, ("urgings", gettext_lazy("Urgings"), False)),
    *_beside(
        "papers",
        PAPERS,
        ("reminded", gettext_lazy("Reminders"), True),
        ("criticised", gettext_lazy("Criticism"), False),
        ("praised", gettext_lazy("Praise"), False),
    ),
    *_beside(
        "spot_checks",
        SPOTS,
        ("spot_carried", gettext_lazy("Carried over"), True),
        ("spot_drawn", gettext_lazy("Drawn"), True),
        ("spot_done", gettext_lazy("Done as reported"), True),
        ("spot_not_done", gettext_lazy("Not done, reopened"), True),
        ("spot_waiting", gettext_lazy("To be checked"), True),
    ),
)
"""What agencies do beside their tasks: answer consultations, submit dossiers, are checked."""


LATE, OVERDUE = gettext_lazy("Completed late"), gettext_lazy("Not completed, overdue")
AS_IT_STANDS = gettext_lazy("By the deadline as it stands")
ORIGINALLY = gettext_lazy("By the original deadline")

BY_ORIGINAL = (
    Head("extended", gettext_lazy("Extended in the period"), columns=("extended",), width=8),
    Head("late", AS_IT_STANDS, LATE, ("completed_late",), width=10),
    Head("original_late", ORIGINALLY, LATE, ("original_completed_late",), width=10),
    Head("overdue", AS_IT_STANDS, OVERDUE, ("overdue",), width=10),
    Head("original_overdue", ORIGINALLY, OVERDUE, ("original_overdue",), width=10),
)


RANKED = (
    Head("overdue", gettext_lazy("Not completed, overdue"), columns=("overdue",), width=9),
    Head("longest", gettext_lazy("Longest (days)"), value=lambda c: c.get("longest_overdue", 0)),
    Head("late", gettext_lazy("Completed late"), columns=("completed_late",), width=8),
    Head(
        "on_time",
        gettext_lazy("Completed on time"),
        columns=ON_TIME,
        width=8,
    ),
    DUE,
)
"""Agencies by number overdue: counts first, the rate only where enough fell due (rule 8.7)."""


def offered(bands: Sequence[int]) -> dict[str, Head]:
    """Return by key every column whose figures open the rows behind them."""
    heads = (*RESULTS, *age_and_news(bands), *COOPERATION, *BY_ORIGINAL, *RANKED)
    return {head.key: head for head in reversed(heads) if head.columns}


def column_words(column: str) -> str:
    """Return what a column of the equation means, with its group; nothing for ages and remarks."""
    for head in (*RESULTS, *COOPERATION):
        if column in head.columns and head.key not in ("assigned", "completed", "open", "due"):
            return f"{head.group}: {head.label}"
    return ""


def _greatest(column: str) -> Callable[[Counts], Cell]:
    return lambda counts: counts.get(column, 0)


def _band_words(start: int, following: int | None) -> str:
    if following is None:
        days = start - 1
        return ngettext("over %(days)d day", "over %(days)d days", days) % {"days": days}
    if start == 1:
        days = following - 1
        return ngettext("up to %(days)d day", "up to %(days)d days", days) % {"days": days}
    return _("%(first)d to %(last)d days") % {"first": start, "last": following - 1}
