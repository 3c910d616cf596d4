"""Reporting a difficulty on a task or a directive, and answering it (rule 5.12)."""

from collections.abc import Iterable
from datetime import date, datetime

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils.translation import gettext as _

from agencies.acting import Actor
from agencies.deadlines import ZONE, local_day
from agencies.files import keep_all
from agencies.models import Event, User, record
from agencies.notices import Owed, owe, owe_all
from agencies.refusals import NotYours, Refused, demand_words
from tasks.lifecycle.doing import locked
from tasks.lifecycle.extending import move_deadline
from tasks.lifecycle.people import (
    Answering,
    chiefs_told,
    follower_told,
    heads_told,
    lead_told,
    supervisor_told,
)
from tasks.models import Directive, Obstacle, Task
from tasks.obstacles import may_answer, may_be_addressed, may_raise_on

DIFFICULTY = "difficulty"


@transaction.atomic
def raise_obstacle(
    task: Task,
    actor: Actor,
    at: datetime,
    *,
    text: str,
    addressee: str,
    proposal: str = "",
    files: Iterable[UploadedFile] = (),
    version: int | None = None,
) -> Task:
    """The lead's head reports a difficulty with a task; the task itself does not change."""
    case = locked(task, "raise_obstacle", actor, at, version)
    raised = Obstacle(task=case.task, agency=case.task.lead)
    _raised(raised, actor, at, text=text, addressee=addressee, proposal=proposal, files=files)
    return case.task


@transaction.atomic
def raise_on_directive(
    directive: Directive,
    actor: Actor,
    at: datetime,
    *,
    text: str,
    addressee: str,
    proposal: str = "",
    files: Iterable[UploadedFile] = (),
) -> Obstacle:
    """An addressee's head reports a difficulty in carrying out a directive."""
    Event.objects.refuse_again(actor.form_key)
    if not may_raise_on(directive, actor):
        raise NotYours(_("The heads of the agencies a directive addresses report difficulties."))
    raised = Obstacle(directive=directive, agency=actor.agency)
    return _raised(
        raised, actor, at, text=text, addressee=addressee, proposal=proposal, files=files
    )


@transaction.atomic
def answer_obstacle(
    obstacle: Obstacle,
    actor: Actor,
    at: datetime,
    *,
    answer: str,
    due_on: date | None = None,
    superior_number: str = "",
    superior_on: date | None = None,
) -> Obstacle:
    """Answer a difficulty, once; with `due_on` the answer moves the task's deadline in one step.

    That step has the same conditions as any change of a deadline (rule 5.6): refused, nothing is
    answered either.
    """
    Obstacle.objects.select_for_update().only("pk").get(pk=obstacle.pk)  # then read what holds now
    found = (
        Obstacle.objects.select_related("agency", "post__user", "answered_by__user", "directive")
        .select_related("task__lead", "task__officer__user", "task__responsible__user")
        .select_related("task__handler__user", "task__supervisor__user")
        .get(pk=obstacle.pk)
    )
    Event.objects.refuse_again(actor.form_key)
    if not may_answer(found, actor, at):
        raise NotYours(_("Whom a difficulty was reported to answers it, or a leader."))
    if found.answered_at is not None:
        raise Refused(_answered_before(found))
    demand_words(answer, "answer", _("Write the answer."))
    if due_on is not None:
        found.granted_due_at = _granted(
            found, actor, at, due_on, answer, superior_number, superior_on
        )
    found.answer, found.answered_at, found.answered_by = answer, at, actor.authority
    found.save()
    granted = found.granted_due_at
    event = record(
        "obstacle.answered_with_extension" if granted else "obstacle.answered",
        found, actor, at, key=actor.form_key,
        text=answer, due_at=granted and granted.isoformat(),
    )  # fmt: skip
    owe(_told_of_answer(found, local_day(at)), event, immediate=True)
    return found


def _raised(
    raised: Obstacle,
    actor: Actor,
    at: datetime,
    *,
    text: str,
    addressee: str,
    proposal: str,
    files: Iterable[UploadedFile],
) -> Obstacle:
    """Save a difficulty just reported, with its event and files; tell whom it is addressed to."""
    demand_words(text, "text", _("Say what the difficulty is."))
    if addressee not in may_be_addressed(raised.agency):
        raise Refused(_("The Office reports its own difficulties to a leader."), field="addressee")
    raised.text, raised.proposal, raised.addressee = text, proposal, addressee
    raised.post, raised.raised_at = actor.post, at
    raised.save()
    event = record(
        "obstacle.raised", raised, actor, at, key=actor.form_key,
        addressee=addressee, text=text, proposal=proposal,
    )  # fmt: skip
    keep_all(list(files), raised, actor, at, role=DIFFICULTY, event=event)
    day = local_day(at)
    follows = follower_told(raised.task, day) if raised.task else []
    owe_all([Owed(_addressed(raised, day), event, immediate=True), Owed(follows, event)])
    return raised


def _granted(
    found: Obstacle,
    actor: Actor,
    at: datetime,
    due_on: date,
    answer: str,
    superior_number: str,
    superior_on: date | None,
) -> datetime:
    """Move the task's deadline and return it; the form's key stays with the answer's event."""
    if found.task is None:
        raise Refused(_("Only a task has a deadline to move."), field="due_on")
    task = move_deadline(
        found.task, actor.with_form_key(None), at,
        due_on=due_on, reason=answer, superior_number=superior_number, superior_on=superior_on,
    )  # fmt: skip
    return task.due_at


def _answered_before(found: Obstacle) -> str:
    when = found.answered_at.astimezone(ZONE)
    who = found.answered_by.user.full_name
    return _("%(who)s answered this on %(when)s: “%(answer)s”") % {
        "who": who, "when": f"{when:%d/%m/%Y %H:%M}", "answer": found.answer,
    }  # fmt: skip


def _addressed(obstacle: Obstacle, day: date) -> list[User]:
    """The chief, or the supervising leader of the task or of the agency."""
    if obstacle.addressee == Obstacle.Addressee.CHIEF:
        return chiefs_told(day)
    if obstacle.task is not None:
        return supervisor_told(obstacle.task.supervisor, day)
    return supervisor_told(Answering([obstacle.agency], day).supervisor(obstacle.agency), day)


def _told_of_answer(obstacle: Obstacle, day: date) -> list[User]:
    """Who reported it, and who answers for the work today."""
    told = [obstacle.post.user] if obstacle.post.is_held_on(day) else []
    if obstacle.task is not None:
        return told + lead_told(obstacle.task, day)
    return told + heads_told(obstacle.agency, day)
