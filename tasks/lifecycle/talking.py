"""The short exchange between agency and Office about a task (rule 5.12)."""

from collections.abc import Iterable
from datetime import datetime

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils.translation import gettext as _

from agencies.acting import Actor
from agencies.deadlines import local_day
from agencies.files import keep_all
from agencies.models import User, record
from agencies.notices import owe
from agencies.refusals import demand_words
from tasks.acts import Situation
from tasks.lifecycle.doing import locked
from tasks.lifecycle.people import chiefs_told, deciders_told, follower_told, lead_told
from tasks.models import Message, Task

MESSAGE = "message"


@transaction.atomic
def write(
    task: Task,
    actor: Actor,
    at: datetime,
    *,
    text: str,
    files: Iterable[UploadedFile] = (),
    version: int | None = None,
) -> Task:
    """Write a message to the other side; its event and files are seen by the two sides only.

    It adds to what was said and changes nothing, so it may be written on top of any version.
    """
    case = locked(task, "write", actor, at, None)
    demand_words(text, "text", _("Write something first."))
    message = Message.objects.create(task=case.task, post=actor.post, text=text, sent_at=at)
    event = record("message.written", message, actor, at, key=actor.form_key, text=text)
    keep_all(list(files), message, actor, at, role=MESSAGE, event=event)
    owe(_other_side(case), event, immediate=True)
    return case.task


def _other_side(case: Situation) -> list[User]:
    """The following officer when the agency writes, the lead's people when the Office does."""
    task, day = case.task, local_day(case.at)
    if not case.is_own:
        return lead_told(task, day)
    if case.is_led_by_the_office:
        return deciders_told(case)
    return follower_told(task, day) or chiefs_told(day)
