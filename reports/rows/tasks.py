"""The tasks of a period, each in one entry and one exit column (rules 8.5, 8.6).

Read as a stream: whoever counts or freezes them never holds them all.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce, JSONObject

from agencies.deadlines import days_overdue, last_day_in_time, local_day
from agencies.models import Post
from agencies.succession import in_post_on
from reports.columns import OPEN as STILL_OPEN
from reports.columns import REMARKS
from reports.figures import Terms, with_news
from tasks.importing.taking_back import UNDONE
from tasks.models import (
    ClassificationRow,
    Coordination,
    DeadlineRow,
    Directive,
    StateRow,
    UrgedTask,
)
from tasks.states import OPEN, WORKING, Plea, State
from tasks.timeliness import Facts, Timeliness, timeliness
from tasks.wording import Replaced, replaced_since

HANDED_OVER = (State.RETURNED, State.TRANSFERRED)
CHUNK = 2000
"""How many rows are read at a time."""


@dataclass(frozen=True)
class TaskRow:
    """One task of a period, in one entry and one exit column (rule 8.6).

    `leader` is the id of the post that answers as supervising leader, empty where none does.
    """

    code: str
    title: str
    document: str
    lead: str
    authority: str
    entry: str
    exit: str
    due_at: datetime | None
    leader: str = ""
    competence: str = ""
    priority: str = ""
    responsible: str = ""
    days_overdue: int = 0
    age_days: int = 0
    stopped_overdue: bool = False
    not_updated: bool = False
    coordinating: tuple[str, ...] = ()
    previous: str = ""
    cause: str = ""
    commitment_on: date | None = None
    needs: str = ""
    original_due_at: datetime | None = None
    extended: bool = False
    urged: bool = False
    times_urged: int = 0
    original_completed_late: bool = False
    original_overdue: bool = False

    @property
    def agency(self) -> str:
        """The lead, which alone it is counted for."""
        return self.lead

    @property
    def is_open(self) -> bool:
        """Whether it is carried over into the next period."""
        return self.exit in STILL_OPEN

    def columns(self, terms: Terms) -> tuple[str, ...]:
        """Return entry, exit, the age of overdue work and what is remarked of it."""
        age = (terms.band_of(self.days_overdue),) if self.exit == "overdue" else ()
        remarks = (name for name in REMARKS if getattr(self, name))
        return (self.entry, self.exit, *age, *remarks)

    def to_json(self) -> dict:
        """The row as the report freezes it."""
        row = dict(vars(self))
        for name in ("due_at", "original_due_at", "commitment_on"):
            row[name] = row[name].isoformat() if row[name] else None
        return row


def task_rows(tasks: QuerySet, since: datetime, terms: Terms) -> Iterator[TaskRow]:
    """Yield the tasks that were open at `since`, were assigned after it, or opened again, in
    official order; the number of queries does not depend on theirs.
    """
    people, words = _people(tasks, terms.at), _Words.of(tasks, terms.at)
    found = _as_of(_worked_on(tasks.counted(), since), since, terms.at)
    for row in found.order_by("lead__kind__order", "lead__order", "code").values(
        "pk", "code", "title", "source", "directive", "directive__kind__name",
        "directive__number", "lead__code",
        "class_then", "assigned_by__code", "supervisor", "competence__code", "priority",
        "assigned_at", "previous__code", "state_before", "state_then", "due_then",
        "reported_then", "plea_then", "state_since", "state_by", "news_at", "responsible",
        "cause_then", "commitment_then", "needs_then", "original_due_at", "is_extended", "helpers",
        "is_urged", "times_urged",
    ).iterator(chunk_size=CHUNK):  # fmt: skip
        if _is_of_period(row, since):
            yield _task_row(row, since, terms, people, words)


def _worked_on(tasks: QuerySet, since: datetime) -> QuerySet:
    """Leave out what had ended by `since` and was not touched again: most of the years' work."""
    changed = StateRow.objects.filter(effective_at__gt=since).order_by().values("task")
    return tasks.filter(Q(state__in=OPEN) | Q(assigned_at__gt=since) | Q(pk__in=changed))


def _as_of(tasks: QuerySet, since: datetime, at: datetime) -> QuerySet:
    states = StateRow.objects.filter(task=OuterRef("pk")).order_by("-effective_at", "-id")
    until = states.filter(effective_at__lte=at)
    classes = ClassificationRow.objects.filter(task=OuterRef("pk"), effective_at__lte=at)
    classes = classes.order_by("-effective_at", "-id")
    classified = JSONObject(
        authority="assigned_by__code", leader="supervisor", competence="competence__code",
        priority="priority", responsible="responsible",
    )  # fmt: skip
    urged = UrgedTask.objects.issued(at).filter(task=OuterRef("pk"))
    helping = Coordination.objects.as_of(at).filter(task=OuterRef("pk"))
    return (
        with_news(tasks.as_of(at), at)
        .with_delay(at)
        .annotate(
            state_before=Subquery(states.filter(effective_at__lte=since).values("state")[:1]),
            state_since=Subquery(until.values("effective_at")[:1]),
            state_by=Subquery(until.values("event__act")[:1]),
            class_then=Subquery(classes.values(kept=classified)[:1]),
            is_extended=Exists(_extended(since, at)),
            is_urged=Exists(urged.filter(urging__issued_at__gt=since)),
            times_urged=_count(urged),
            helpers=ArraySubquery(helping.order_by("agency__code").values("agency__code")),
        )
    )


def _count(rows: QuerySet) -> Coalesce:
    counted = rows.order_by().values("task").annotate(n=Count("pk")).values("n")
    return Coalesce(Subquery(counted), 0)


def _extended(since: datetime, at: datetime) -> QuerySet:
    """Return the later deadlines given in the period, asked for or not (rule 8.5)."""
    rows = DeadlineRow.objects.filter(task=OuterRef("pk"))
    return rows.filter(effective_at__gt=since, effective_at__lte=at).extending()


def _is_of_period(row: dict, since: datetime) -> bool:
    """Whether the task was open at either end or came in between; a list brought in by mistake
    and taken back within the period never was its work.
    """
    is_new = row["assigned_at"] > since
    if is_new and row["state_by"] == UNDONE:
        return False
    return is_new or row["state_before"] in OPEN or row["state_then"] in OPEN


@dataclass(frozen=True)
class _People:
    """Who answers for a post on the last day the instant closes (rule 2.1)."""

    answering: dict[int, Post | None]

    def name(self, post_id: int | None) -> str:
        post = self.answering.get(post_id)
        return post.user.full_name if post else ""

    def key(self, post_id: int | None) -> str:
        post = self.answering.get(post_id)
        return str(post.pk) if post else ""


def _people(tasks: QuerySet, at: datetime) -> _People:
    named = Q()
    for rows in (tasks, ClassificationRow.objects.all()):
        for role in ("responsible", "supervisor"):
            named |= Q(pk__in=rows.order_by().values(role))
    posts = Post.objects.filter(named).select_related("user", "title")
    return _People(in_post_on(posts, last_day_in_time(at)))


@dataclass(frozen=True)
class _Words:
    """What tasks and their directives were called, before corrections made later (rule 4.5)."""

    tasks: Replaced
    directives: Replaced

    @classmethod
    def of(cls, tasks: QuerySet, at: datetime) -> "_Words":
        directives = Directive.objects.filter(pk__in=tasks.order_by().values("directive"))
        return cls(replaced_since(at, tasks), replaced_since(at, directives))

    def title(self, row: dict) -> str:
        return self.tasks.get(row["pk"], {}).get("title", row["title"])

    def document(self, row: dict) -> str:
        then = self.directives.get(row["directive"], {})
        kind = then.get("kind", row["directive__kind__name"] or "")
        number = then.get("number", row["directive__number"] or "")
        return f"{kind} {number}".strip() or row["source"]


def _task_row(row: dict, since: datetime, terms: Terms, people: _People, words: _Words) -> TaskRow:
    at, due_at = terms.at, row["due_then"]
    judged = _judged(row, due_at, terms, plea=row["plea_then"])
    original_due_at = row["original_due_at"] if due_at else None
    originally = _judged(row, original_due_at, terms)
    gone = exit_of(judged, row["state_then"], due_at, row["reported_then"])
    stopped = gone in ("returned", "transferred", "suspended")
    is_received = bool(row["previous__code"])
    return TaskRow(
        code=row["code"],
        title=words.title(row),
        document=words.document(row),
        lead=row["lead__code"],
        entry=entry_of(row["assigned_at"], row["state_before"], since, is_received=is_received),
        exit=gone,
        due_at=due_at,
        days_overdue=days_overdue(due_at, at) if gone == "overdue" else 0,
        age_days=(local_day(at) - local_day(row["assigned_at"])).days,
        stopped_overdue=bool(stopped and due_at and _stopped_at(row) >= due_at),
        not_updated=row["state_then"] in WORKING and row["news_at"] < terms.stale_at,
        coordinating=tuple(row["helpers"]),
        previous=row["previous__code"] or "",
        original_due_at=original_due_at,
        extended=row["is_extended"],
        urged=row["is_urged"],
        times_urged=row["times_urged"],
        original_completed_late=originally == Timeliness.COMPLETED_LATE,
        original_overdue=originally == Timeliness.OVERDUE,
        **_classes(row, people),
        **_delay(row, gone),
    )


def _judged(
    row: dict, due_at: datetime | None, terms: Terms, *, plea: str = Plea.NONE
) -> Timeliness:
    """Judge by a deadline; reports count by the one that holds and by the original (5.6)."""
    facts = Facts(row["state_then"], due_at, row["reported_then"], plea)
    return timeliness(facts, terms.at, terms.at)


def _classes(row: dict, people: _People) -> dict[str, str]:
    """How the task is classified in figures, and who is responsible, as of the cut-off (3.9)."""
    then = row["class_then"] or {
        "authority": row["assigned_by__code"],
        "leader": row["supervisor"],
        "competence": row["competence__code"],
        "priority": row["priority"],
        "responsible": row["responsible"],
    }
    return {
        "authority": then["authority"],
        "leader": people.key(then["leader"]),
        "competence": then["competence"] or "",
        "priority": then["priority"],
        "responsible": people.name(then["responsible"]),
    }


def _delay(row: dict, gone: str) -> dict:
    """What the lead said of the delay by the cut-off; only overdue work carries it (8.5)."""
    if gone != "overdue":
        return {}
    return {
        "cause": row["cause_then"] or "",
        "commitment_on": row["commitment_then"],
        "needs": row["needs_then"] or "",
    }


def _stopped_at(row: dict) -> datetime:
    """Return when the clock of a task that left or rests stopped (rule 8.7).

    A return counts from the moment it was asked, and so does what was asked in time and still
    undecided when the task was taken away or suspended (`put_state`).
    """
    return row["reported_then"] or row["state_since"]


def entry_of(
    assigned_at: datetime, state_before: str | None, since: datetime, *, is_received: bool = False
) -> str:
    """Return the entry column of a task of the period; work of another lead is *received*."""
    if assigned_at > since or state_before is None:
        return "received" if is_received else "new"
    if state_before in OPEN:
        return "carried_over"
    return "received" if state_before in HANDED_OVER else "reopened"


def exit_of(judged: str, state: str, due_at: datetime | None, reported_at: datetime | None) -> str:
    """Return the exit column of a task; on time is judged by the report (rule 5.5)."""
    match judged:
        case Timeliness.COMPLETED_ON_TIME:
            on_last_day = local_day(reported_at) >= last_day_in_time(due_at)
            return "completed_on" if on_last_day else "completed_before"
        case Timeliness.ON_TRACK | Timeliness.DUE_SOON:
            return "open_in_time"
        case Timeliness.UNDATED:
            return "open_undated"
        case Timeliness.OVERDUE_EXTENSION | Timeliness.OVERDUE_RETURN:
            return "undecided"
        case Timeliness.ENDED:
            return str(State(state).value)
        case _:
            return str(judged.value)
