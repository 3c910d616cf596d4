"""What the lead does: accept, update, report completion (rules 5.2 to 5.4, 5.11)."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils.translation import gettext as _

from agencies.acting import Actor
from agencies.deadlines import local_day
from agencies.files import keep_all
from agencies.models import Event
from agencies.notices import owe
from agencies.refusals import Refused, demand_words
from tasks.acts import Situation
from tasks.lifecycle.assigning import end_of_month
from tasks.lifecycle.doing import finished, locked, recorded
from tasks.lifecycle.history import put_deadline, put_state
from tasks.lifecycle.people import deciders_told, follower_told
from tasks.models import CompletionReport, ProgressUpdate, Task
from tasks.states import State

EVIDENCE = "evidence"


@transaction.atomic
def accept(task: Task, actor: Actor, at: datetime, *, version: int | None = None) -> Task:
    """The lead's head accepts the task; the task as it now stands is returned."""
    case = locked(task, "accept", actor, at, version)
    event = recorded(case, "task.accepted")
    case.task.accepted_at = case.task.updated_at = at
    put_state(case.task, State.ACCEPTED, event)
    owe(follower_told(case.task, local_day(at)), event)
    return finished(case.task)


@transaction.atomic
def progress(
    task: Task,
    actor: Actor,
    at: datetime,
    *,
    text: str,
    percent: int,
    document_number: str = "",
    files: Iterable[UploadedFile] = (),
    version: int | None = None,
) -> Task:
    """The lead says what was done; the first update implies acceptance (rule 5.2).

    An update of undated work given on its review day or later moves the review day to the end
    of the month that follows; "nothing new" is an update with its reason (rule 5.11).
    """
    case = locked(task, "progress", actor, at, version)
    demand_words(text, "text", _("Say what was done; if nothing is new, say why."))
    if not 0 <= percent <= 100:
        raise Refused(_("Give a percentage from 0 to 100."), field="percent")
    event = recorded(
        case, "task.progress", text=text, percent=percent, document_number=document_number
    )
    ProgressUpdate.objects.create(
        task=case.task,
        event=event,
        post=actor.post,
        text=text,
        percent=percent,
        document_number=document_number,
        made_at=at,
    )
    keep_all(list(files), case.task, actor, at, role=EVIDENCE, event=event)
    case.task.percent = percent
    _begun(case)
    if case.task.state != State.IN_PROGRESS:
        put_state(case.task, State.IN_PROGRESS, event)
    _reviewed(case, event)
    owe(follower_told(case.task, local_day(at)), event)
    return finished(case.task)


@transaction.atomic
def report(
    task: Task,
    actor: Actor,
    at: datetime,
    *,
    result: str,
    document_number: str = "",
    files: Iterable[UploadedFile] = (),
    version: int | None = None,
) -> Task:
    """The lead's head claims that the task is done, with at least one evidence (rule 5.4).

    From this moment the clock stands still until the Office decides (rule 5.5).
    """
    files = list(files)
    case = locked(task, "report", actor, at, version)
    demand_words(result, "result", _("Say what the result is."))
    if not files and not document_number.strip():
        raise Refused(
            _("Give at least one evidence: a file, or the number of the resulting document."),
            field="document_number",
        )
    event = recorded(case, "task.reported", text=result, document_number=document_number)
    CompletionReport.objects.create(
        task=case.task,
        event=event,
        post=actor.post,
        result=result,
        document_number=document_number,
        sent_at=at,
        due_at=case.task.due_at,
    )
    keep_all(files, case.task, actor, at, role=EVIDENCE, event=event)
    _begun(case)
    put_state(case.task, State.REPORTED, event, reported_at=at)
    owe(deciders_told(case), event, immediate=True)
    return finished(case.task)


def _begun(case: Situation) -> None:
    case.task.updated_at = case.at
    case.task.accepted_at = case.task.accepted_at or case.at


def _reviewed(case: Situation, event: Event) -> None:
    day = local_day(case.at)
    if case.task.review_on is not None and day >= case.task.review_on:
        following = end_of_month(day + timedelta(days=1))
        put_deadline(case.task, event, due_at=None, review_on=following)
