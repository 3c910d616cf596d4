"""The list of tasks: what it can be narrowed and sorted by (addresses other pages link to).

- `q`: code, title, wording, product or source has all the words (no diacritics needed)
- `state`: one of `tasks.states.State`, or `open`, `working` (open, neither reported nor
  suspended), `ended`
- `timeliness`: any of `tasks.timeliness.Timeliness`, repeated for several; also `awaiting` and
  `completed` for their three kinds each
- `deadline`: `original` judges by the first deadline instead of the one that holds (rule 5.6):
  timeliness, days overdue, deadlines from and to, sorting and the heading's figures follow it
- `waiting`: `verification` (reports waiting for the Office), `long` (over the setting's working
  days), `extension` (requests for an extension undecided), `return` (handed back and undecided),
  `review` (undated work whose review day has come), `sent_back` (the last report sent back, the
  work going on)
- `agency`: led by the agency of that code; with `role=coordinating` those it coordinates, with
  `role=any` both
- `authority`, `competence`: of that code; `directive`: of that id; `leader`: supervised by the
  post of that id; `person`: worked on by the post of that id; `parent`: children of the group task
  of that code; `demand`: below the superior's demand of that code; `null` as competence or leader
  stands for none
- `due_from`, `due_before`: last day in time not before, not after that ISO day
- `overdue_from`, `overdue_to`: overdue for at least, at most so many local days
- `assigned_from`, `assigned_to`: assigned on these days
- `completed_from`, `completed_to`: completion confirmed on these days; `fallen_due_from`: the base
  of the on-time rate since that day (rule 8.7)
- `not_updated`: being worked on, without news for so many days
- `share`: `awaited` (the lead waits for a helper's share), `late` (past that share's day); with
  `role=coordinating` the share of that `agency`
- `urged_from`: urged so many times or more by issued letters (rule 8.2)
- `delay`: `unexplained` (overdue, no cause given), `broken` (the commitment day passed)
- `priority`: `key` or `normal`
- `as_of`: as things stood at the end of that ISO day (never later than now)
- `sort`: `due`, `code`, `agency`, `assigned`, `percent`, `urged`; descending with `-`

Parents of groups are never listed, as they are never counted (rule 5.1). Without any parameter
the list shows open tasks; `state=` (empty) shows all; a value that does not exist shows none.
"""

from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Count, Q, QuerySet
from django.http import QueryDict
from django.urls import reverse

from agencies.as_of import FIRST_YEAR
from agencies.deadlines import local_day, local_midnight_after
from tasks.judgement import Judgement
from tasks.models import Task
from tasks.questions import TaskQuerySet
from tasks.task_filter import TIMELINESS, TaskFilter
from tasks.timeliness import Timeliness

SORTS = {
    "due": ("due_then", "review_on"),
    "code": ("code",),
    "agency": ("lead__kind__order", "lead__order", "lead__name"),
    "assigned": ("assigned_at",),
    "percent": ("percent",),
    "urged": ("times_urged", "last_urged_at"),
}
FOLDED = (
    "authority", "competence", "due_from", "due_before", "deadline", "share", "delay",
    "urged_from",
)  # fmt: skip
SHOWN = {"q", "state", "timeliness", "agency", "as_of", *FOLDED}
ENDINGS = ("completed_from", "completed_to", "fallen_due_from")
REPORTS_WAIT = ("verification", "long")


@dataclass(frozen=True)
class Listed:
    """The narrowed rows with what the page says of them."""

    filter: TaskFilter
    judgement: Judgement
    rows: TaskQuerySet
    total: int
    overdue: int
    soon: int
    awaiting: int
    as_of: datetime | None
    by_original: bool
    filters: QueryDict
    has_more: bool

    @property
    def kept(self) -> list[tuple[str, str]]:
        """What the form of filters carries along unseen."""
        return [(name, value) for name, value in self.carried if name not in SHOWN]

    @property
    def carried(self) -> list[tuple[str, str]]:
        """All that narrows and sorts the list, for the forms and links that mean these rows."""
        return [(name, value) for name, values in self.filters.lists() for value in values]

    @property
    def address(self) -> str:
        """The address of the list, without its page."""
        return f"{reverse('tasks')}?{self.filters.urlencode()}"

    @property
    def decides_reports(self) -> bool:
        """Whether the list is of reports that wait for the Office, as they stand now."""
        return self.as_of is None and self.filters.get("waiting") in REPORTS_WAIT

    @property
    def day(self) -> date:
        """The local day the list is judged on."""
        return local_day(self.judgement.instant)


def listed(parameters: QueryDict, actor, at: datetime) -> Listed:
    """Return the actor's tasks narrowed and sorted as the address says (constant queries)."""
    data = parameters.copy()
    data.pop("page", None)
    if not data.keys() - {"sort", "as_of"}:
        data["state"] = "open"
    rows = Task.objects.visible_to(actor).counted()
    then = _as_of(data.get("as_of", ""), at)
    judgement = Judgement.at(then or at)
    rows = rows.as_of(then) if then else rows.now()
    rows = rows.classified(then)
    if any(data.get(name) for name in ENDINGS):
        rows = rows.with_endings(then)
    by_original = data.get("deadline") == "original"
    if by_original:
        rows = rows.by_original_deadline()
    rows = rows.with_timeliness(judgement.instant, judgement.soon_at)
    if data.get("urged_from") or data.get("sort", "").removeprefix("-") == "urged":
        rows = rows.with_urgings(judgement.instant)
    narrowed = TaskFilter(data, rows, judgement)
    rows = narrowed.qs if narrowed.is_valid() else narrowed.qs.none()
    awaiting = Q(timeliness__in=TIMELINESS["awaiting"])
    figures = rows.aggregate(
        total=Count("pk"),
        overdue=Count("pk", filter=Q(timeliness=Timeliness.OVERDUE)),
        soon=Count("pk", filter=Q(timeliness=Timeliness.DUE_SOON)),
        awaiting=Count("pk", filter=awaiting),
    )
    shown = rows.select_related("lead", "assigned_by", "directive__kind")
    shown = shown.with_delay(judgement.instant).with_urgings(judgement.instant)
    return Listed(
        narrowed,
        judgement,
        _sorted(shown, data.get("sort", "")),
        as_of=then,
        by_original=by_original,
        filters=data,
        has_more=any(data.get(name) for name in (*FOLDED, "as_of")),
        **figures,
    )


def _as_of(text: str, at: datetime) -> datetime | None:
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return None
    if day.year < FIRST_YEAR:
        return None
    return at if day >= local_day(at) else local_midnight_after(day)


def _sorted(rows: QuerySet, sort: str) -> QuerySet:
    names = SORTS.get(sort.removeprefix("-"), SORTS["due"])
    sign = "-" if sort.startswith("-") else ""
    return rows.order_by(*(f"{sign}{name}" for name in names), f"{sign}pk")
