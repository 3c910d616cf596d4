"""Spot checks (phúc tra): a random sample of completed tasks, its evidence checked (rule 5.13).

The Office never checks its own work (rule 2.3): what it draws leaves out the tasks it leads. A
leader draws of all work, and only a leader checks what the Office leads.
"""

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from agencies.acting import Actor
from agencies.deadlines import local_day, local_midnight, local_midnight_after
from agencies.models import (
    Agency,
    Body,
    CodeCounter,
    Competence,
    Event,
    User,
    record,
)
from agencies.notices import owe
from agencies.refusals import NotYours, Refused, demand_words
from tasks import lifecycle
from tasks.acts import Situation
from tasks.lifecycle.people import chiefs_told, follower_told, lead_told
from tasks.models import CompletionReport, SpotCheck, SpotCheckItem, Task
from tasks.reviewing.permits import demand, may_draw, may_find, may_reopen
from tasks.reviewing.sampling import sample, share
from tasks.states import State

PREFIX = "PT"
Result = SpotCheckItem.Result


@dataclass(frozen=True)
class Drawing:
    """What is drawn from: the tasks completed on these days, perhaps of one agency or competence.

    `size` is how many, or `percent` which share of them, rounded up.
    """

    title: str
    from_on: date
    to_on: date
    size: int | None = None
    percent: int | None = None
    agency: Agency | None = None
    competence: Competence | None = None


def population(drawing: Drawing, actor: Actor, at: datetime) -> QuerySet:
    """Return the tasks that may be drawn: completed in the period, as they stand at the instant.

    What waits in another spot check is not drawn a second time.
    """
    tasks = (
        Task.objects.now()
        .counted()
        .filter(
            state_then=State.COMPLETED,
            completed_at__gte=local_midnight(drawing.from_on),
            completed_at__lt=min(local_midnight_after(drawing.to_on), at),
        )
    )
    if drawing.agency is not None:
        tasks = tasks.filter(lead=drawing.agency)
    if drawing.competence is not None:
        tasks = tasks.filter(competence=drawing.competence)
    if not actor.is_leader:
        tasks = tasks.exclude(lead__in=Body.objects.values("office"))
    return tasks.exclude(pk__in=SpotCheckItem.objects.unchecked().values("task"))


@transaction.atomic
def draw(actor: Actor, at: datetime, *, drawing: Drawing, seed: str) -> SpotCheck:
    """Draw the sample by the seed, which is kept, so that anybody can draw it again."""
    demand(may_draw(actor), _("The Office or a leader draws spot checks."))
    if drawing.to_on < drawing.from_on:
        raise Refused(_("The period ends before it begins."), field="to_on")
    tasks = dict(population(drawing, actor, at).values_list("code", "pk"))
    if not tasks:
        raise Refused(_("No task was completed then that may be drawn; choose another period."))
    size = drawing.size or share(drawing.percent or 0, len(tasks))
    codes = sample(tasks, seed, size)
    check = SpotCheck.objects.create(
        code=CodeCounter.take(PREFIX, local_day(at).year),
        title=drawing.title,
        from_on=drawing.from_on,
        to_on=drawing.to_on,
        agency=drawing.agency,
        competence=drawing.competence,
        size=len(codes),
        population=len(tasks),
        seed=seed,
        drawn_at=at,
        drawn_by=actor.post,
    )
    SpotCheckItem.objects.bulk_create(
        [SpotCheckItem(spot_check=check, task_id=tasks[code]) for code in codes]
    )
    record(
        "spot_check.drawn", check, actor, at, key=actor.form_key,
        size=check.size, population=check.population, seed=seed,
    )  # fmt: skip
    return check


@transaction.atomic
def find_done(item: SpotCheckItem, actor: Actor, at: datetime, *, note: str = "") -> SpotCheckItem:
    """The evidence shows what was reported: the finding stands on the task for the agency too."""
    case, locked = _locked(item, actor, at)
    _demand_finder(case)
    event = record(
        "task.spot_checked", case.task, actor, at, key=actor.form_key,
        check=locked.spot_check.code, text=note.strip(),
    )  # fmt: skip
    owe(lead_told(case.task, local_day(at)), event)
    return _found(locked, Result.DONE, note, actor, at)


@transaction.atomic
def doubt(item: SpotCheckItem, actor: Actor, at: datetime, *, note: str) -> SpotCheckItem:
    """An officer finds that it was not done; who may reopen the task is told and decides."""
    case, locked = _locked(item, actor, at)
    _demand_finder(case)
    demand_words(note, "note", _("Say what was found."))
    locked.note, locked.doubted_at, locked.doubted_by = note.strip(), at, actor.post
    locked.save(update_fields=["note", "doubted_at", "doubted_by"])
    event = record(
        "spot_check.doubted", locked.spot_check, actor, at, key=actor.form_key,
        task=case.task.code, text=note.strip(),
    )  # fmt: skip
    owe(chiefs_told(local_day(at)), event, immediate=True)
    return locked


@transaction.atomic
def reopen(
    item: SpotCheckItem,
    actor: Actor,
    at: datetime,
    *,
    note: str,
    due_on: date | None = None,
    superior_number: str = "",
    superior_on: date | None = None,
) -> SpotCheckItem:
    """It was not done: the task is opened again, with what was found, in the same transaction.

    A task somebody opened again meanwhile stays as it is; only the finding is recorded.
    """
    case, locked = _locked(item, actor, at)
    is_completed = case.task.state == State.COMPLETED
    _demand_finder(case)
    if is_completed and not may_reopen(case, reporter_of(case.task)):
        raise NotYours(_("The office chief reopens a task; of the Office's own work a leader."))
    demand_words(note, "note", _("Say what was found."))
    event = record("task.spot_check_failed", case.task, actor, at, check=locked.spot_check.code)
    owe(follower_told(case.task, local_day(at)), event)
    if is_completed:
        lifecycle.reopen(
            case.task, actor, at,
            reason=note.strip(), due_on=due_on,
            superior_number=superior_number, superior_on=superior_on,
        )  # fmt: skip
    return _found(locked, Result.NOT_DONE, note, actor, at)


def reporter_of(task: Task) -> User | None:
    """Return who sent the report that was confirmed: nobody checks the own (rule 2.3)."""
    report = confirmed_report(task)
    return report.post.user if report is not None else None


def confirmed_report(task: Task) -> CompletionReport | None:
    """Return the report on which the task was completed, with its evidence."""
    confirmed = task.reports.filter(decision=CompletionReport.Decision.CONFIRMED)
    return confirmed.select_related("post__user", "event").order_by("-sent_at").first()


def _demand_finder(case: Situation) -> None:
    demand(
        may_find(case, reporter_of(case.task)),
        _("The Office checks other agencies' work, never an own report; a leader the Office's."),
    )


def _locked(item: SpotCheckItem, actor: Actor, at: datetime) -> tuple[Situation, SpotCheckItem]:
    """Lock the drawn task's row in the check while nobody has judged it."""
    locked = (
        SpotCheckItem.objects.select_for_update(of=("self",))
        .select_related("spot_check")
        .get(pk=item.pk)
    )  # who checked is read after the lock: what is joined is as it was before waiting for it
    Event.objects.refuse_again(actor.form_key)
    if locked.result:
        raise Refused(
            _("%(who)s checked this task already: %(result)s.")
            % {"who": locked.checked_by.user.full_name, "result": locked.get_result_display()}
        )
    task = Task.objects.for_acts().select_related("lead", "officer__user", "responsible__user")
    return Situation(task.get(pk=locked.task_id), actor, at), locked


def _found(
    item: SpotCheckItem, result: str, note: str, actor: Actor, at: datetime
) -> SpotCheckItem:
    item.result, item.note = result, note.strip()
    item.checked_at, item.checked_by = at, actor.post
    item.save(update_fields=["result", "note", "checked_at", "checked_by"])
    return item
