"""Doing one act on many tasks: each by itself, as if its own form had been sent (rule 5.4)."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from agencies.acting import Actor
from agencies.models import AlreadyDone
from agencies.refusals import Refused
from tasks import lifecycle
from tasks.models import Task

# A key has room for 200 characters; what is added names the task.
LONGEST_KEY = 175


@dataclass(frozen=True)
class Outcome:
    """What came of the act on one task: done, done before by the same form, or refused."""

    task: Task
    refusal: Refused | None = None
    was_done_before: bool = False


def do_each(
    code: str,
    tasks: Iterable[Task],
    actor: Actor,
    at: datetime,
    *,
    facts: Mapping[str, Any],
    versions: Mapping[int, int],
) -> list[Outcome]:
    """Do an act of the table on each task, in a transaction and under a lock of its own.

    Nothing of it bypasses the table: what one task refuses stops no other, and each keeps the
    event, the notices and the history of its own act. `versions` are those the person saw
    (rule 5.14). The form's key becomes one a task, so a form posted twice does nothing twice and
    one cut off half way does the rest.
    """
    return [_do(code, task, actor, at, facts, versions.get(task.pk)) for task in tasks]


def _do(
    code: str, task: Task, actor: Actor, at: datetime, facts: Mapping[str, Any], version: int | None
) -> Outcome:
    act = getattr(lifecycle, code)
    key = actor.form_key and f"{actor.form_key[:LONGEST_KEY]}:{task.pk}"
    try:
        return Outcome(act(task, actor.with_form_key(key), at, version=version, **facts))
    except AlreadyDone:
        return Outcome(task, was_done_before=True)
    except Refused as refusal:
        return Outcome(task, refusal)
