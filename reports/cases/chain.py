"""The chain of facts behind a task that founds a case: given, due, reminded, urged, still none.

Frozen with the case, so that it says for ever what was known when the case was drafted; who may
see the case may read it without seeing the task itself (rule 2.4).
"""

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import Count, Max
from django.utils.dateparse import parse_datetime
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from agencies.models import Event, Notice
from agencies.sentences import sentence
from tasks.models import Task, UrgedTask

TOLD = (
    "task.assigned", "task.assigned_for_review", "task.occurrence_opened", "task.taken_over",
    "task.taken_over_for_review", "task.extension_granted", "task.extension_refused",
    "task.deadline_set", "task.deadline_changed", "task.deadline_moved", "task.reported",
    "task.sent_back", "task.return_refused", "task.return_refused_later", "task.reopened",
    "task.reopened_for", "task.resumed_later", "task.explained", "task.moved",
)  # fmt: skip
REMINDED, URGED, STILL_NONE = "chain.reminded", "chain.urged", "chain.still_none"
CLOSING = timedelta(microseconds=1)
"""A cut-off belongs to the day it closes, not to the one that begins with it."""
WORDS: dict[str, str | Promise] = {
    REMINDED: ngettext_lazy(
        "was reminded by the program %(count)s time, the last time",
        "was reminded by the program %(count)s times, the last time",
        "count",
    ),
    URGED: _("was urged (time %(ordinal)s) by letter %(number)s"),
    STILL_NONE: ngettext_lazy(
        "has not completed it, %(days)s day overdue",
        "has not completed it, %(days)s days overdue",
        "days",
    ),
}


def chains(codes: Iterable[str], at: datetime) -> dict[str, list[dict[str, Any]]]:
    """Return what happened to each task by the instant, oldest first, by the task's code.

    Four queries, however many tasks.
    """
    tasks = dict(Task.objects.filter(code__in=set(codes)).values_list("pk", "code"))
    found: dict[str, list[dict[str, Any]]] = {code: [] for code in tasks.values()}
    for pk, entry in (*_events(tasks, at), *_reminders(tasks, at), *_urgings(tasks, at)):
        found[tasks[pk]].append(entry)
    return {code: sorted(entries, key=lambda entry: entry["at"]) for code, entries in found.items()}


def still_none(at: datetime, days: int) -> dict[str, Any]:
    """Return the last link: nothing came by the instant."""
    return _entry(at - CLOSING, STILL_NONE, {"days": days})


def read(entry: Mapping[str, Any]) -> dict[str, Any]:
    """Return a link as people read it, in the active language."""
    act, params = entry["act"], entry["params"]
    words = WORDS[act] % params if act in WORDS else sentence(act, params)
    return {
        "at": parse_datetime(entry["at"]),
        "who": entry.get("who", ""),
        "words": words,
        "is_last": act == STILL_NONE,
    }


def _events(tasks: Mapping[int, str], at: datetime) -> list[tuple[int, dict]]:
    rows = Event.objects.filter(
        thing_type=ContentType.objects.get_for_model(Task), thing_id__in=list(tasks), act__in=TOLD,
        effective_at__lte=at,
    ).select_related("actor")  # fmt: skip
    return [
        (
            row.thing_id,
            _entry(row.effective_at, row.act, row.params)
            | {"who": row.actor.full_name if row.actor else ""},
        )
        for row in rows
    ]


def _reminders(tasks: Mapping[int, str], at: datetime) -> list[tuple[int, dict]]:
    rows = (
        Notice.objects.in_application()
        .filter(
            thing_type=ContentType.objects.get_for_model(Task), thing_id__in=list(tasks),
            occasion__startswith="reminder:task:", created_at__lte=at,
        )
        .order_by()
        .values("thing_id")
        .annotate(steps=Count("occasion", distinct=True), last_at=Max("created_at"))
    )  # fmt: skip
    return [
        (row["thing_id"], _entry(row["last_at"], REMINDED, {"count": row["steps"]})) for row in rows
    ]


def _urgings(tasks: Mapping[int, str], at: datetime) -> list[tuple[int, dict]]:
    rows = UrgedTask.objects.issued(at).filter(task__in=list(tasks))
    return [
        (
            row.task_id,
            _entry(
                row.urging.issued_at,
                URGED,
                {"ordinal": row.urged_before + 1, "number": row.urging.paper.symbol},
            ),
        )
        for row in rows.select_related("urging__paper")
    ]


def _entry(at: datetime, act: str, params: Mapping[str, Any]) -> dict[str, Any]:
    return {"at": at.isoformat(), "act": act, "params": dict(params)}
