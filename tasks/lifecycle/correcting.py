"""Putting right what was written wrong of a task (đính chính, rule 4.5)."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from agencies.acting import Actor
from agencies.deadlines import by_day, last_day_in_time, local_day
from agencies.models import Agency, Event, Post, User
from agencies.notices import Owed, owe_all
from agencies.refusals import Refused, demand_words
from tasks.acts import Situation
from tasks.lifecycle.doing import finished, locked, recorded
from tasks.lifecycle.history import put_classification, put_deadline
from tasks.lifecycle.limits import named_day
from tasks.lifecycle.people import follower_told, heads_told, lead_told, users
from tasks.lifecycle.superior import hold_to_superior
from tasks.models import Coordination, Task

WORDING = ("title", "text", "product", "clause")
CLASSIFYING = ("priority", "competence", "assigned_by", "supervisor")
PEOPLE = ("officer", "responsible")
DATED = (*CLASSIFYING, "responsible")
"""What past figures and row lists ask for: dated rows keep it (rule 3.9)."""
DAYS = ("due_on", "review_on")


def present_values(task: Task) -> dict[str, Any]:
    """Return what a correction may change, as it stands, by the names `correct` takes."""
    return {
        **{name: getattr(task, name) for name in (*WORDING, *CLASSIFYING, *PEOPLE)},
        "due_on": task.due_at and last_day_in_time(task.due_at),
        "review_on": task.review_on,
        "coordinating": [
            one.agency for one in task.coordinations.current().select_related("agency")
        ],
    }


@transaction.atomic
def correct(
    task: Task,
    actor: Actor,
    at: datetime,
    *,
    changes: Mapping[str, Any],
    reason: str,
    version: int | None = None,
) -> Task:
    """Change what was wrong, with the reason; the event keeps the old and the new values.

    `changes` names only what changes (see `present_values`). The original deadline stays; a wrong
    lead is put right by a change of lead (rule 5.3).
    """
    case = locked(task, "correct", actor, at, version)
    demand_words(reason, "reason", _("Say why this is corrected."))
    present = present_values(case.task)
    new = {name: value for name, value in changes.items() if differs(value, present[name])}
    _check(case, new)
    told = [(name, _kept(name, present[name]), _kept(name, new[name])) for name in new]
    if not told:
        raise Refused(_("Nothing differs from what is stored."))
    event = recorded(case, "task.corrected", text=reason, changes=told)
    for name in (*WORDING, *CLASSIFYING, *PEOPLE):
        if name in new:
            setattr(case.task, name, new[name])
    if not new.keys().isdisjoint(DATED):
        put_classification(case.task, event)
    if not new.keys().isdisjoint(DAYS):
        _put_day(case, event, {**present, **new}, reason)
    helpers = _put_helpers(case, present["coordinating"], new.get("coordinating"))
    _tell(case, event, helpers, new)
    return finished(case.task)


def differs(one: Any, other: Any) -> bool:
    """Whether two values of a correction differ; of agencies the order does not matter."""
    if isinstance(one, list):
        return set(one) != set(other)
    return (one or "") != (other or "")


def in_words(name: str, value: Any) -> str:
    """Return a value of a correction as people read it."""
    match value:
        case None | "" | []:
            return ""
        case Post():
            return f"{value.user.full_name}, {value.words}"
        case date():
            return f"{value:%d/%m/%Y}"
        case list():
            return ", ".join(agency.short_name for agency in value)
    return str(Task.Priority(value).label) if name == "priority" else str(value)


def _kept(name: str, value: Any) -> str:
    """Return a value as the event keeps it: a code stays one, for every reader's language."""
    return str(value) if name == "priority" else in_words(name, value)


def _check(case: Situation, new: Mapping[str, Any]) -> None:
    task = case.task
    if "title" in new and not new["title"].strip():
        raise Refused(_("A task has a title."), field="title")
    responsible = new.get("responsible")
    if responsible is not None and responsible.agency_id != task.lead_id:
        raise Refused(_("The responsible person is of the lead agency."), field="responsible")
    if task.lead in new.get("coordinating", ()):
        raise Refused(_("The lead cannot help itself."), field="coordinating")
    if new.get("due_on") and new.get("review_on"):
        raise Refused(_("A task has a deadline or a review day, not both."), field="review_on")


def _put_day(case: Situation, event: Event, wanted: Mapping[str, Any], reason: str) -> None:
    """Write the corrected deadline or review day; one that has passed is refused."""
    task, at = case.task, case.at
    day, review_on = wanted["due_on"], wanted["review_on"]
    if day is None:
        if review_on is None or review_on < local_day(at):
            raise Refused(
                _("Without a deadline the task needs a review day to come."), field="review_on"
            )
        task.arithmetic = None
        put_deadline(task, event, due_at=None, review_on=review_on, reason=reason[:300])
        return
    due_at = named_day(day, case)
    hold_to_superior(task, due_at, at)
    task.arithmetic = by_day(day, local_day(at), case.calendar).to_json()
    put_deadline(task, event, due_at=due_at, reason=reason[:300])


def _put_helpers(case: Situation, old: list[Agency], new: list[Agency] | None) -> list[Agency]:
    """Write which agencies coordinate from now on; return those that joined or left."""
    if new is None:
        return []
    left, joined = [a for a in old if a not in new], [a for a in new if a not in old]
    leaving = case.task.coordinations.current().filter(agency__in=left)
    busy = leaving.filter(contributions__isnull=False).select_related("agency").first()
    if busy is not None:
        raise Refused(
            _("%(agency)s has sent its share already; it stays.") % {"agency": busy.agency.name},
            field="coordinating",
        )
    leaving.update(left_at=case.at)
    Coordination.objects.bulk_create(
        [Coordination(task=case.task, agency=agency, asked_at=case.at) for agency in joined]
    )
    return [*left, *joined]


def _tell(case: Situation, event: Event, helpers: Iterable[Agency], new: Mapping[str, Any]) -> None:
    """Tell the lead at once, and who follows, helps or now answers for it."""
    task, day = case.task, local_day(case.at)
    named = users(new[name] for name in ("officer", "supervisor") if new.get(name) is not None)
    concerned: list[User] = [*follower_told(task, day), *named]
    owe_all(
        [
            Owed(lead_told(task, day), event, immediate=True),
            Owed(concerned, event),
            *(Owed(heads_told(agency, day), event) for agency in helpers),
        ]
    )
