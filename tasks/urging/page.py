"""What the pages of urgings show: one letter with its tasks, all letters in preparation."""

from collections import defaultdict
from datetime import datetime

from agencies.acting import Actor
from agencies.deadlines import local_day
from agencies.models import Attachment, Event
from agencies.outgoing import may_number
from agencies.paper_acts import possible
from tasks.judgement import Judgement
from tasks.models import Task, UrgedTask, Urging
from tasks.urging.choosing import lines_of
from tasks.urging.facts import Issuer, letter_of
from tasks.urging.preparing import is_day_passed, stale_tasks
from tasks.urging.table import ACTS


def page_of(urging: Urging, actor: Actor, at: datetime) -> dict:
    """Return the context of an urging's page."""
    rows = list(urging.listed.select_related("task__directive__kind", "task__lead"))
    _as_they_stand(rows)
    acts = possible(ACTS, urging, actor)
    goes_out = urging.state in (Urging.State.DRAFT, Urging.State.SIGNED)
    stale = stale_tasks(urging, at) if goes_out else 0
    day_passed = goes_out and is_day_passed(urging, at)
    return {
        "urging": urging,
        "rows": rows,
        "judgement": Judgement.at(at),
        "acts": acts,
        "stale": stale,
        "day_passed": day_passed,
        "overtaken": bool(stale or day_passed),
        "waits_for_number": urging.state == Urging.State.SIGNED and may_number(urging.paper, actor),
        "files": Attachment.objects.of(urging),
        "events": Event.objects.of(urging).for_timeline(),
    }


def _as_they_stand(rows: list[UrgedTask]) -> None:
    """Read the tasks with how often each was urged by now, for their state today."""
    tasks = Task.objects.now().filter(pk__in=[row.task_id for row in rows])
    by_id = {task.pk: task for task in tasks.select_related("directive__kind", "lead")}
    for row in rows:
        row.task = by_id[row.task_id]


def prepared_of(actor: Actor, at: datetime) -> dict:
    """Return every letter in preparation, to be read and issued in one act (constant queries)."""
    rows = Urging.objects.visible_to(actor).unissued().for_acts().select_related(
        "agency", "paper__signed_by__user", "paper__signed_by__title__head_title",
        "paper__signed_by__agency",
    )  # fmt: skip
    urgings = list(rows.order_by("agency__kind__order", "agency__order", "pk"))
    listed = _listed(urgings)
    issuer = Issuer.on(local_day(at))
    going = {line.task.pk for line in lines_of([row.task_id for each in listed.values()
                                               for row in each], at)}  # fmt: skip
    letters = [
        {
            "urging": each,
            "letter": letter_of(each, listed[each.pk], issuer),
            "rows": listed[each.pk],
            "stale": sum(1 for row in listed[each.pk] if row.task_id not in going),
            "day_passed": is_day_passed(each, at),
            "refusal": ACTS["issue"].refusal(each, actor),
        }
        for each in urgings
    ]
    return {
        "letters": letters,
        "ready": sum(1 for one in letters if _is_ready(one)),
        "may_issue": any(not one["refusal"] for one in letters),
        "tasks": sum(len(one["rows"]) for one in letters),
    }


def _listed(urgings: list[Urging]) -> dict[int, list[UrgedTask]]:
    found: dict[int, list[UrgedTask]] = defaultdict(list)
    rows = UrgedTask.objects.filter(urging__in=urgings)
    for row in rows.select_related("task__directive__kind", "task__lead"):
        found[row.urging_id].append(row)
    return found


def _is_ready(letter: dict) -> bool:
    return not (letter["refusal"] or letter["stale"] or letter["day_passed"])
