"""The one source of figures: what the dashboard shows now and the report freezes (rule 8.9).

Both ask the same questions of the same annotations; `now()` reads the caches, `as_of(at)` the
history rows. A test holds the two equal at one instant.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime

from django.db.models import Count, Exists, F, Min, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce, Greatest

from agencies.deadlines import (
    Calendar,
    days_overdue,
    last_day_in_time,
    local_day,
    local_midnight,
    soon_horizon,
)
from agencies.deadlines.calendar import ONE_DAY
from agencies.models import CalendarDay, Post, Setting
from agencies.succession import in_post_on
from consultations.models import Opinion, Reply, TermsRow
from reports.columns import OPEN as STILL_OPEN
from reports.columns import add_up, band
from reports.spot_checks import SpotRow
from tasks.importing.taking_back import UNDONE
from tasks.models import (
    ClassificationRow,
    CompletionReport,
    Coordination,
    Extension,
    ProgressUpdate,
    StateRow,
    Task,
)
from tasks.states import OPEN, WORKING, State
from tasks.timeliness import Timeliness, timeliness_expression


@dataclass(frozen=True)
class Terms:
    """What figures are judged by at an instant: the settings in force then and the calendar."""

    at: datetime
    calendar: Calendar
    bands: tuple[int, ...]
    not_updated_days: int
    due_soon_days: int
    ranking_minimum: int

    @classmethod
    def in_force(cls, at: datetime) -> "Terms":
        """Read the settings and the confirmed calendar."""
        value = Setting.objects.value
        return cls(
            at=at,
            calendar=CalendarDay.objects.calendar(),
            bands=tuple(sorted({1, *value("overdue_band_days", at)})),
            not_updated_days=value("not_updated_days", at),
            due_soon_days=value("due_soon_days", at),
            ranking_minimum=value("ranking_minimum", at),
        )

    @property
    def soon_at(self) -> datetime:
        """The end of "due soon" (rule 3.7)."""
        return soon_horizon(self.calendar, self.at, self.due_soon_days)

    @property
    def stale_at(self) -> datetime:
        """Work without news since this instant counts as not updated (rule 8.5)."""
        return local_midnight(local_day(self.at) - ONE_DAY * self.not_updated_days)

    def overdue_since(self, days: int) -> datetime:
        """The instant such that `due_at <=` it means overdue that many days or longer."""
        return local_midnight(local_day(self.at) - ONE_DAY * (days - 1))

    def band_of(self, days: int) -> str:
        """The column of work so many days overdue."""
        return band(max(start for start in self.bands if start <= days))

    def to_json(self) -> dict:
        """What the frozen report keeps of the settings."""
        return {
            "overdue_band_days": list(self.bands),
            "not_updated_days": self.not_updated_days,
            "due_soon_days": self.due_soon_days,
            "ranking_minimum": self.ranking_minimum,
        }


# What stands at an instant ----------------------------------------------------------------


def tasks_at(tasks: QuerySet, terms: Terms, *, past: bool = False) -> QuerySet:
    """Narrow to counted tasks and judge them at the instant: by the caches, or as of the past."""
    counted = tasks.counted()
    read = counted.as_of(terms.at) if past else counted.now()
    return read.with_timeliness(terms.at, terms.soon_at)


def with_news(tasks: QuerySet, at: datetime) -> QuerySet:
    """Annotate `news_at`: the last update or report by the instant, else the assignment."""
    updates = ProgressUpdate.objects.filter(task=OuterRef("pk"), made_at__lte=at)
    reports = CompletionReport.objects.filter(task=OuterRef("pk"), sent_at__lte=at)
    last_update = updates.order_by("-made_at").values("made_at")[:1]
    last_report = reports.order_by("-sent_at").values("sent_at")[:1]
    return tasks.annotate(
        news_at=Greatest(
            F("assigned_at"),
            Coalesce(Subquery(last_update), F("assigned_at")),
            Coalesce(Subquery(last_report), F("assigned_at")),
        )
    )


def standing_by(field: str, tasks: QuerySet, terms: Terms) -> dict[object, Counter]:
    """Count the open tasks of each value of a field as the report's columns (one query).

    `tasks` come from `tasks_at`. `due_soon` stands inside `open_in_time`.
    """
    is_ = {each: Q(timeliness=each) for each in Timeliness}
    overdue = is_[Timeliness.OVERDUE]
    columns = {
        "open_in_time": is_[Timeliness.ON_TRACK] | is_[Timeliness.DUE_SOON],
        "due_soon": is_[Timeliness.DUE_SOON],
        "awaiting_in_time": is_[Timeliness.AWAITING_IN_TIME],
        "awaiting_late": is_[Timeliness.AWAITING_LATE],
        "awaiting_undated": is_[Timeliness.AWAITING_UNDATED],
        "overdue": overdue,
        "undecided": is_[Timeliness.OVERDUE_EXTENSION] | is_[Timeliness.OVERDUE_RETURN],
        "open_undated": is_[Timeliness.UNDATED],
        "suspended": is_[Timeliness.SUSPENDED],
    }
    for start, following in zip(terms.bands, (*terms.bands[1:], None), strict=True):
        within = overdue
        if start > 1:
            within &= Q(due_then__lte=terms.overdue_since(start))
        if following:
            within &= Q(due_then__gt=terms.overdue_since(following))
        columns[band(start)] = within
    counts = {name: Count("pk", filter=condition) for name, condition in columns.items()}
    rows = (
        tasks.open().order_by().values(field)
        .annotate(**counts, oldest_due=Min("due_then", filter=overdue))
    )  # fmt: skip
    return {row.pop(field): _with_longest(row, terms) for row in rows}


def _with_longest(row: dict, terms: Terms) -> Counter:
    oldest = row.pop("oldest_due")
    longest = days_overdue(oldest, terms.at) if oldest else 0
    return Counter(row, longest_overdue=longest)


# What happened in a period ----------------------------------------------------------------


HANDED_OVER = (State.RETURNED, State.TRANSFERRED)


@dataclass(frozen=True)
class TaskRow:
    """One task of a period, in one entry and one exit column (rule 8.6)."""

    code: str
    title: str
    document: str
    lead: str
    authority: str
    entry: str
    exit: str
    due_at: datetime | None
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
    original_completed_late: bool = False
    original_overdue: bool = False

    def counts(self, terms: Terms) -> Counter:
        """Count this one task."""
        counted = Counter({self.entry: 1, self.exit: 1})
        if self.exit == "overdue":
            counted[terms.band_of(self.days_overdue)] = 1
            counted["longest_overdue"] = self.days_overdue
        if self.exit == "open_undated":
            counted["oldest_undated"] = self.age_days
        counted["stopped_overdue"] = int(self.stopped_overdue)
        counted["not_updated"] = int(self.not_updated)
        for remark in ("extended", "original_completed_late", "original_overdue"):
            counted[remark] = int(getattr(self, remark))
        return counted

    def to_json(self) -> dict:
        """The row as the report freezes it."""
        dated = ("due_at", "original_due_at", "commitment_on")
        told = {name: getattr(self, name) for name in dated}
        return (
            asdict(self)
            | {name: value.isoformat() if value else None for name, value in told.items()}
            | {"coordinating": list(self.coordinating)}
        )


@dataclass(frozen=True)
class LineRow:
    """One line of a consultation in a period."""

    code: str
    title: str
    agency: str
    entry: str
    exit: str
    due_at: datetime
    line: int = 0
    previous: int = 0

    def counts(self) -> Counter:
        """Count this one line."""
        return Counter({self.entry: 1, self.exit: 1})

    def to_json(self) -> dict:
        """The row as the report freezes it."""
        return asdict(self) | {"due_at": self.due_at.isoformat()}


def task_rows(tasks: QuerySet, since: datetime, terms: Terms) -> list[TaskRow]:
    """Return the tasks that were open at `since`, were assigned after it, or opened again."""
    at = terms.at
    states = StateRow.objects.filter(task=OuterRef("pk")).order_by("-effective_at", "-id")
    classes = ClassificationRow.objects.filter(task=OuterRef("pk"), effective_at__lte=at)
    classes = classes.order_by("-effective_at", "-id")
    judged = (
        with_news(tasks_at(tasks, terms, past=True), at)
        .with_delay(at)
        .annotate(
            state_before=Subquery(states.filter(effective_at__lte=since).values("state")[:1]),
            state_since=Subquery(states.filter(effective_at__lte=at).values("effective_at")[:1]),
            state_by=Subquery(states.filter(effective_at__lte=at).values("event__act")[:1]),
            authority_then=Coalesce(
                Subquery(classes.values("assigned_by__code")[:1]), F("assigned_by__code")
            ),
            is_extended=Exists(_extended(since, at)),
        )
    )
    judged = _by_original(judged, terms)
    in_period = Q(assigned_at__gt=since) | Q(state_before__in=OPEN) | Q(state_then__in=OPEN)
    # A list brought in by mistake and taken back within the period never was its work.
    judged = judged.exclude(assigned_at__gt=since, state_by=UNDONE)
    rows = judged.filter(in_period).order_by("lead__kind__order", "lead__order", "code").values(
        "pk", "code", "title", "source", "directive__kind__name", "directive__number",
        "lead__code", "authority_then", "assigned_at", "previous__code", "state_before",
        "state_then", "due_then", "reported_then", "state_since", "timeliness", "news_at",
        "responsible", "cause_then", "commitment_then", "needs_then", "original_then",
        "original_timeliness", "is_extended",
    )  # fmt: skip
    found = list(rows)
    helpers = _coordinating([row["pk"] for row in found], at)
    people = _responsible({row["responsible"] for row in found}, at)
    return [_task_row(row, since, terms, helpers, people) for row in found]


def _extended(since: datetime, at: datetime) -> QuerySet:
    """Return the extensions granted in the period (rule 8.5)."""
    granted = Extension.objects.granted().filter(task=OuterRef("pk"))
    return granted.filter(decided_at__gt=since, decided_at__lte=at)


def _by_original(tasks: QuerySet, terms: Terms) -> QuerySet:
    """Judge by the original deadline beside the one that holds: reports count by both (5.6)."""
    judged = timeliness_expression(terms.at, terms.soon_at, due="original_then", plea="")
    return tasks.with_original_deadline().annotate(original_timeliness=judged)


def _responsible(post_ids: set[int | None], at: datetime) -> dict[int, str]:
    """Return the names of who answered for these posts on the last day the instant closes (2.1)."""
    posts = Post.objects.filter(pk__in=post_ids - {None}).select_related("user")
    answering = in_post_on(posts, last_day_in_time(at))
    return {pk: post.user.full_name for pk, post in answering.items() if post is not None}


def _coordinating(task_ids: Sequence[int], at: datetime) -> dict[int, tuple[str, ...]]:
    pairs: dict[int, tuple[str, ...]] = {}
    there = Q(moved_at__isnull=True) | Q(moved_at__gt=at)
    links = Coordination.objects.filter(there, task__in=task_ids)
    links = links.order_by("task", "agency__code")
    for task_id, code in links.values_list("task", "agency__code"):
        pairs[task_id] = (*pairs.get(task_id, ()), code)
    return pairs


def _task_row(
    row: dict, since: datetime, terms: Terms, helpers: dict, people: dict[int, str]
) -> TaskRow:
    at, due_at = terms.at, row["due_then"]
    gone = exit_of(row["timeliness"], row["state_then"], due_at, row["reported_then"])
    stopped = gone in ("returned", "transferred", "suspended")
    number = row["directive__number"] or ""
    return TaskRow(
        code=row["code"],
        title=row["title"],
        document=f"{row['directive__kind__name'] or ''} {number}".strip() or row["source"],
        lead=row["lead__code"],
        authority=row["authority_then"],
        entry=entry_of(
            row["assigned_at"], row["state_before"], since, is_received=bool(row["previous__code"])
        ),
        exit=gone,
        due_at=due_at,
        responsible=people.get(row["responsible"], ""),
        days_overdue=days_overdue(due_at, at) if gone == "overdue" else 0,
        age_days=(local_day(at) - local_day(row["assigned_at"])).days,
        stopped_overdue=bool(stopped and due_at and _stopped_at(row) >= due_at),
        not_updated=row["state_then"] in WORKING and row["news_at"] < terms.stale_at,
        coordinating=helpers.get(row["pk"], ()),
        previous=row["previous__code"] or "",
        original_due_at=row["original_then"],
        extended=row["is_extended"],
        original_completed_late=row["original_timeliness"] == Timeliness.COMPLETED_LATE,
        original_overdue=row["original_timeliness"] == Timeliness.OVERDUE,
        **_delay(row, gone),
    )


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


def exit_of(
    timeliness: str, state: str, due_at: datetime | None, reported_at: datetime | None
) -> str:
    """Return the exit column of a task; on time is judged by the report (rule 5.5)."""
    match timeliness:
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
            return str(timeliness)


def line_rows(lines: QuerySet, since: datetime, at: datetime) -> list[LineRow]:
    """Return the lines of consultations received in the period or awaiting at its beginning."""
    replies = Reply.objects.filter(opinion=OuterRef("pk"), received_at__lte=at)
    before = TermsRow.objects.filter(opinion=OuterRef("pk"), effective_at__lte=since)
    first = replies.order_by("received_at").values("received_at")[:1]
    terms_before = before.order_by("-effective_at", "-id").values("due_at")[:1]
    rows = (
        lines.as_of(at)
        .annotate(
            first_reply=Subquery(first),
            due_before=Coalesce(Subquery(terms_before), F("due_then")),
        )
        .filter(Q(visible_at__gt=since) | Q(due_before__gt=since))
        .order_by("agency__kind__order", "agency__order", "consultation__code")
        .values_list(
            "consultation__code", "consultation__title", "agency__code", "visible_at",
            "due_before", "due_then", "first_reply", "ended_at", "pk", "redirected_from",
        )
    )  # fmt: skip
    found = []
    for code, title, agency, visible_at, due_before, due_then, first_reply, ended_at, *ids in rows:
        is_new = visible_at > since
        if is_new or line_exit(due_before, first_reply, since, ended_at) == "lines_awaiting":
            entry = "lines_received" if is_new else "lines_carried"
            gone = line_exit(due_then, first_reply, at, ended_at)
            line, previous = ids
            found.append(LineRow(code, title, agency, entry, gone, due_then, line, previous or 0))
    return found


def line_exit(
    due_at: datetime, first_reply: datetime | None, at: datetime, ended_at: datetime | None = None
) -> str:
    """Return the exit column of a line: the first reply decides whether any came in time; one that
    ended before its deadline (withdrawn, dropped, taken over) is asked no longer.
    """
    replied = first_reply is not None and first_reply <= at
    if replied and first_reply < due_at:
        return "lines_in_time"
    if ended_at is not None and ended_at <= at and ended_at < due_at:
        return "lines_ended"
    if at < due_at:
        return "lines_awaiting"
    return "lines_late" if replied else "lines_silent"


def first_data_at() -> datetime | None:
    """Return when the first task was assigned or the first consultation asked."""
    first_task = Task.objects.counted().aggregate(first=Min("assigned_at"))["first"]
    first_line = Opinion.objects.aggregate(first=Min("visible_at"))["first"]
    return min((each for each in (first_task, first_line) if each), default=None)


def count_by(
    rows: Iterable[TaskRow],
    lines: Iterable[LineRow],
    terms: Terms,
    spots: Iterable[SpotRow] = (),
) -> tuple[dict[str, Counter], dict[str, Counter], Counter]:
    """Count rows by lead or consulted agency, by authority (of tasks only), and in total.

    `spots` are the tasks drawn in spot checks, which stand beside the equation of tasks.

    A task that changed its lead within a table leaves one row and enters another; what both rows
    belong to counts it once (rule 8.6).
    """
    rows, lines = list(rows), list(lines)
    agencies: dict[str, list[Counter]] = defaultdict(list)
    of_authority: dict[str, list[TaskRow]] = defaultdict(list)
    for row in rows:
        agencies[row.lead].append(row.counts(terms))
        of_authority[row.authority].append(row)
        if row.exit in STILL_OPEN:
            helping = Counter(coordinated_open=1, coordinated_overdue=int(row.exit == "overdue"))
            for code in row.coordinating:
                agencies[code].append(helping)
    for line in lines:
        agencies[line.agency].append(line.counts())
    for spot in spots:
        agencies[spot.lead].append(spot.counts())
    by_agency = {code: add_up(counts) for code, counts in agencies.items()}
    by_authority = {
        code: _without(add_up(row.counts(terms) for row in some), pairs_within(some))
        for code, some in of_authority.items()
    }
    left_out = pairs_within(rows) + moved_within(lines)
    return by_agency, by_authority, _without(add_up(by_agency.values()), left_out)


def moved_within(lines: Sequence[LineRow]) -> Counter:
    """Return what to leave out of a total of lines: a request that another agency took over is one
    request, however often it changed hands (rule 2.5).
    """
    by_id = {row.line: row for row in lines}
    paired: set[int] = set()
    left_out: Counter = Counter()
    for row in lines:
        if row.entry != "lines_received" or not row.previous:
            continue
        other = by_id.get(row.previous)
        if other is not None and other.exit == "lines_ended" and other.line not in paired:
            paired.add(other.line)
            left_out += Counter({row.entry: 1, other.exit: 1})
    return left_out


def pairs_within(rows: Sequence[TaskRow]) -> Counter:
    """Return what to leave out of a total: each change of lead between two of its own rows.

    A received row is paired with the row it took over, with the one that took over from it and
    gave it back (an undone reorganisation), or with its own leaving.
    """
    by_code = {row.code: row for row in rows}
    followers: dict[str, list[TaskRow]] = defaultdict(list)
    for row in rows:
        followers[row.previous].append(row)
    paired: set[str] = set()
    left_out: Counter = Counter()
    for row in rows:
        if row.entry != "received":
            continue
        candidates = [by_code.get(row.previous), *followers[row.code], row]
        for other in candidates:
            if other is not None and other.exit in HANDED_OVER and other.code not in paired:
                paired.add(other.code)
                left_out += Counter({row.entry: 1, other.exit: 1})
                break
    return left_out


def _without(total: Counter, left_out: Counter) -> Counter:
    """Return the counts less what is left out; zeros are kept out, greatest values stay."""
    return Counter({name: n - left_out[name] for name, n in total.items() if n - left_out[name]})
