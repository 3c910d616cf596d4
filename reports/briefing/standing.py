"""How the work of each agency stands, for the screen and the notice of a briefing (rule 8.3)."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Count, Min, Q

from agencies.acting import Actor, heads_by_agency
from agencies.deadlines import days_overdue, local_day, local_midnight_after
from agencies.models import Agency, Post
from consultations.models import Opinion
from reports.briefing.wording import Standing
from tasks.judgement import Judgement
from tasks.models import CompletionReport, Extension, Obstacle, Return, Task, Urging
from tasks.obstacles import with_age
from tasks.questions import TaskQuerySet
from tasks.states import OPEN, WORKING
from tasks.timeliness import Timeliness

ORDERS = ("late", "official")
NAMED_WORST = 3
NO_WORK = {"open": 0, "overdue": 0, "since": None}


@dataclass(frozen=True)
class Line:
    """One agency in the order of the briefing, with its figures."""

    agency: Agency
    open: int
    overdue: int
    longest: int


def judged(actor: Actor, at: datetime) -> TaskQuerySet:
    """Return the open tasks as they stand at the instant."""
    rows = Task.objects.visible_to(actor).counted().now().filter(state_then__in=OPEN)
    return rows.with_timeliness(at, at)


def agencies_in_order(
    actor: Actor, at: datetime, order: str = "late", *, opened_at: datetime | None = None
) -> list[Line]:
    """Return the agencies with open work, those first that have most overdue; or officially.

    Who comes first is judged as of `opened_at`, if given: no decision of a meeting changes the
    order it goes by, or the next agency would be passed over.
    """
    figures = _figures(judged(actor, at))
    agencies = Agency.objects.filter(pk__in=figures).in_official_order().select_related("kind")
    lines = [_line(agency, figures[agency.pk], at) for agency in agencies]
    if order == "official":
        return lines
    begun = {line.agency.pk: line for line in lines}
    if opened_at is not None:
        before = _figures(_judged_then(actor, opened_at))
        begun = {a.pk: _line(a, before.get(a.pk, NO_WORK), opened_at) for a in agencies}
    ranks = {pk: (-line.overdue, -line.longest) for pk, line in begun.items()}
    return sorted(lines, key=lambda line: ranks[line.agency.pk])


def _judged_then(actor: Actor, past: datetime) -> TaskQuerySet:
    """Return the tasks that were open at a past instant, as they stood then."""
    rows = Task.objects.visible_to(actor).counted().as_of(past).filter(state_then__in=OPEN)
    return rows.with_timeliness(past, past)


def _figures(tasks: TaskQuerySet) -> dict[int, dict]:
    """Count the tasks by who leads them."""
    late = Q(timeliness=Timeliness.OVERDUE)
    counted = tasks.order_by().values("lead")
    counted = counted.annotate(
        open=Count("pk"), overdue=Count("pk", filter=late), since=Min("due_then", filter=late)
    )
    return {row["lead"]: row for row in counted}


def _line(agency: Agency, row: dict, at: datetime) -> Line:
    longest = days_overdue(row["since"], at) if row["since"] else 0
    return Line(agency, row["open"], row["overdue"], longest)


def standing_at(actor: Actor, at: datetime) -> Standing:
    """Return the figures the notice's assessment tells."""
    lines = agencies_in_order(actor, at)
    late = [line for line in lines if line.overdue]
    return Standing(
        open=sum(line.open for line in lines),
        overdue=sum(line.overdue for line in late),
        late_agencies=len(late),
        due_this_week=due_this_week(judged(actor, at), at).count(),
        most_late=[(line.agency.name, line.overdue) for line in late[:NAMED_WORST]],
    )


def due_this_week(rows: TaskQuerySet, at: datetime) -> TaskQuerySet:
    """Narrow to work going on whose last day in time is yet to come this week."""
    end = local_midnight_after(last_day_of_week(local_day(at)))
    return rows.filter(state_then__in=WORKING, due_then__gt=at, due_then__lte=end)


def last_day_of_week(day: date) -> date:
    """Return the Sunday of the day's week."""
    return day + timedelta(days=6 - day.weekday())


@dataclass(frozen=True)
class Screen:
    """All that is projected of one agency (a constant number of queries)."""

    agency: Agency
    head: Post | None
    overdue: list[Task]
    soon: list[Task]
    reports: list[CompletionReport]
    extensions: list[Extension]
    returns: list[Return]
    obstacles: list[Obstacle]
    silent: list[Opinion]
    prepared: Urging | None
    judgement: Judgement

    @property
    def waits(self) -> int:
        """How many things wait for the Office itself."""
        return len(self.reports) + len(self.extensions) + len(self.returns)


def screen_of(agency: Agency, actor: Actor, at: datetime) -> Screen:
    """Read one agency's screen."""
    judgement = Judgement.at(at)
    rows = judged(actor, at).filter(lead=agency).for_acts().with_urgings(at).with_delay(at)
    rows = rows.select_related("lead", "assigned_by", "directive__kind", "supervisor__user")
    waiting = {"task__lead": agency, "decision": ""}
    obstacles = Obstacle.objects.visible_to(actor).unanswered().filter(agency=agency)
    lines = Opinion.objects.visible_to(actor, at).filter(agency=agency).awaiting(at)
    return Screen(
        agency=agency,
        head=heads_by_agency([agency.pk], local_day(at)).get(agency.pk),
        overdue=_told(rows.filter(timeliness=Timeliness.OVERDUE).order_by("due_then", "pk"), at),
        soon=list(due_this_week(rows, at).order_by("due_then", "pk")),
        reports=_aged(CompletionReport.objects.filter(**waiting), "sent_at", judgement),
        extensions=_aged(Extension.objects.filter(**waiting), "asked_at", judgement),
        returns=_aged(Return.objects.filter(**waiting), "asked_at", judgement),
        obstacles=with_age(
            obstacles.select_related("task__lead", "directive__kind", "post__user"), judgement
        ),
        silent=list(lines.select_related("consultation__requester").order_by("due_at", "pk")),
        prepared=Urging.objects.visible_to(actor).unissued().filter(agency=agency).first(),
        judgement=judgement,
    )


def _told(rows: TaskQuerySet, at: datetime) -> list[Task]:
    tasks, today = list(rows), local_day(at)
    for task in tasks:
        task.days_late = days_overdue(task.due_then, at)
        task.is_broken = task.commitment_then is not None and task.commitment_then < today
    return tasks


def _aged(rows, field: str, judgement: Judgement) -> list:
    """Return the requests with `waited`, the working days the Office has had them."""
    found = list(rows.select_related("task").order_by(field, "pk"))
    today = local_day(judgement.instant)
    for one in found:
        asked = local_day(getattr(one, field))
        one.waited = judgement.calendar.working_days_between(asked, today)
    return found
