"""Tasks a closed agency leads: its row ends as transferred, a linked one begins (2.5, 5.3)."""

from collections.abc import Iterator, Sequence
from datetime import date, datetime

from django.contrib.contenttypes.models import ContentType
from django.db.models import QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from agencies.acting import Actor, heads_by_agency
from agencies.deadlines import local_day
from agencies.holders import Handing, OpenWork
from agencies.models import Agency, Event, ReorganisationMove, record_all
from agencies.notices import Owed, owe_all
from tasks.acts import Situation
from tasks.lifecycle.assigning import end_of_month
from tasks.lifecycle.history import put_deadline, put_states
from tasks.lifecycle.stopping import deadline_after_suspension, give_helpers_back
from tasks.lifecycle.successor import Handed, asked_in_time, hand_over_each
from tasks.models import ProgressUpdate, StateRow, Task
from tasks.states import OPEN, State

KEPT = ("state", "reported_at", "plea", "due_at", "review_on", "version")


class LedTasks:
    """The open tasks closed agencies lead. What is reported stays for the Office to verify."""

    model = Task

    def open_work(
        self, agencies: Sequence[Agency], at: datetime, *, locking: bool = False
    ) -> Iterator[OpenWork]:
        """Yield them by code; suspended ones stay suspended, what the agency asked lapses."""
        rows = Task.objects.for_acts().filter(lead__in=agencies, state__in=OPEN, is_group=False)
        for task in _rows(rows, locking):
            is_reported = task.state == State.REPORTED
            yield OpenWork(
                thing=task,
                agency_id=task.lead_id,
                title=str(task),
                effect=_effect(task),
                mark=f"{task.version}:{task.state}",
                due_at=task.due_at,
                stays=_("reported: the Office verifies it, or gives it to another agency")
                if is_reported
                else "",
                competence_id=task.competence_id,
                words=f"{task.title} {task.text}",
            )

    def transfer(self, handed: Sequence[Handing], actor: Actor, at: datetime) -> list[Task]:
        """Close each row as transferred and open its successor's, with the same deadline."""
        olds = [one.work.thing for one in handed]
        suspended = [task for task in olds if task.state == State.SUSPENDED]
        told = [
            (one.work.thing, {"from": one.work.thing.lead.short_name,
                              "lead": one.successor.short_name})
            for one in handed
        ]  # fmt: skip
        closings = record_all("task.moved", told, actor, at)
        by_task = {event.thing_id: event for event in closings}
        for task in suspended:
            _give_back(task, task, by_task[task.pk], actor, at)
        asked, news = asked_in_time(olds), _last_news(olds)
        new = hand_over_each(
            [
                Handed(
                    old=one.work.thing,
                    lead=one.successor,
                    closing=closing,
                    due_at=one.work.thing.due_at,
                    review_on=_reviewed_on(one.work.thing, at),
                    asked_at=asked.get(one.work.thing.pk),
                    percent=one.work.thing.percent,
                    note=news.get(one.work.thing.pk, ""),
                )
                for one, closing in zip(handed, closings, strict=True)
            ],
            actor,
            at,
            state=State.TRANSFERRED,
            tells_at_once=False,
        )
        resting = [task for task in new if task.previous in suspended]
        _rest(resting)
        _save(olds)
        return new

    def acted_on(
        self, moves: Sequence[ReorganisationMove], at: datetime, *, locking: bool = False
    ) -> dict[int, str | Promise]:
        """Any act on the new row keeps it where it is."""
        by_new = {move.new_id: move for move in moves}
        rows = Task.objects.filter(pk__in=by_new)
        since = Event.objects.filter(
            thing_type=ContentType.objects.get_for_model(Task),
            thing_id__in=by_new,
            recorded_at__gt=moves[0].reorganisation.moved_at,
        )
        touched = set(since.values_list("thing_id", flat=True))
        acted = [task for task in _rows(rows, locking) if task.version or task.pk in touched]
        return {by_new[task.pk].pk: _("the successor has worked on it") for task in acted}

    def undo(self, moves: Sequence[ReorganisationMove], actor: Actor, at: datetime) -> None:
        """Give each old row its state again, and end the successor's as transferred."""
        rows = _rows(
            Task.objects.filter(pk__in=[pk for m in moves for pk in (m.thing_id, m.new_id)]), True
        )
        by_id = {task.pk: task for task in rows}
        pairs = [(by_id[move.thing_id], by_id[move.new_id]) for move in moves]
        before = _states_before([old for old, _new in pairs])
        told = [
            (old, {"from": new.lead.short_name, "lead": old.lead.short_name}) for old, new in pairs
        ]
        again = record_all("task.move_undone", told, actor, at)
        ending = record_all(
            "task.moved_back",
            [(new, {"lead": old.lead.short_name, "code": old.code}) for old, new in pairs],
            actor,
            at,
        )
        for (old, new), event in zip(pairs, again, strict=True):
            if before[old.pk] == State.SUSPENDED:
                _give_back(new, old, event, actor, at)
        put_states(
            [
                row
                for (old, new), opened, closed in zip(pairs, again, ending, strict=True)
                for row in ((old, before[old.pk], opened), (new, State.TRANSFERRED, closed))
            ]
        )
        _save([task for pair in pairs for task in pair])
        heads = heads_by_agency({new.lead_id for _old, new in pairs}, local_day(at))
        owe_all(
            Owed([heads[new.lead_id].user], event)
            for (_old, new), event in zip(pairs, ending, strict=True)
            if new.lead_id in heads
        )


def _rows(rows: QuerySet, locking: bool) -> list[Task]:
    """Return the tasks with what is shown of them, locked in order of id when asked."""
    if locking:
        rows = rows.select_for_update(of=("self",))
    return list(rows.select_related("lead", "competence").order_by("pk"))


def _effect(task: Task) -> str | Promise:
    if task.return_waits or task.extension_waits:
        return _("goes on with the same deadline; what the agency asked and nobody decided lapses")
    if task.state == State.SUSPENDED:
        return _("stays suspended")
    return _("goes on with the same deadline")


def _give_back(resting: Task, row: Task, event: Event, actor: Actor, at: datetime) -> None:
    """Write on a row the suspended days given back up to now to the one that rests, and to its
    helpers: what follows counts anew (rule 5.7).
    """
    case = Situation(resting, actor, at)
    due_at = deadline_after_suspension(case)
    if due_at != row.due_at:
        put_deadline(row, event, due_at=due_at)
    give_helpers_back(case)
    given = dict(resting.coordinations.current().values_list("agency", "due_at"))
    for share in row.coordinations.current().filter(delivered_at__isnull=True):
        share.due_at = given.get(share.agency_id, share.due_at)
        share.save(update_fields=["due_at"])


def _reviewed_on(task: Task, at: datetime) -> date | None:
    """Undated work whose review day has passed is reviewed at the month's end (rule 5.11)."""
    today = local_day(at)
    if task.review_on is not None and task.review_on <= today:
        return end_of_month(today)
    return task.review_on


def _last_news(tasks: Sequence[Task]) -> dict[int, str]:
    """Return what the leads last said of their progress: the successor begins with it."""
    updates = ProgressUpdate.objects.filter(task__in=tasks).order_by("made_at", "pk")
    return dict(updates.values_list("task", "text"))


def _states_before(olds: Sequence[Task]) -> dict[int, str]:
    """Return the state each row was in before it was transferred."""
    rows = StateRow.objects.filter(task__in=olds).exclude(state=State.TRANSFERRED)
    return dict(rows.order_by("effective_at", "pk").values_list("task", "state"))


def _rest(news: Sequence[Task]) -> None:
    """Let the successors' rows of suspended tasks rest from their first moment on."""
    if not news:
        return
    openings = {event.thing_id: event for event in Event.objects.of(*news)}
    put_states([(task, State.SUSPENDED, openings[task.pk]) for task in news])
    Task.objects.bulk_update(news, ["state"])


def _save(tasks: Sequence[Task]) -> None:
    for task in tasks:
        task.version += 1
    Task.objects.bulk_update(tasks, KEPT)
