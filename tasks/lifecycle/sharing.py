"""Coordinating agencies: what is asked of each, and what each gives, by its own day (rule 5.9)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils.translation import gettext as _

from agencies.acting import Actor
from agencies.deadlines import days_overdue, last_day_in_time, local_day, local_midnight_after
from agencies.files import keep_all
from agencies.models import Agency, Event
from agencies.notices import Owed, owe, owe_all
from agencies.refusals import Refused, demand_words
from tasks.acts import Situation
from tasks.lifecycle.doing import finished, locked, recorded
from tasks.lifecycle.people import Answering, lead_told
from tasks.lifecycle.working import EVIDENCE
from tasks.models import Contribution, Coordination, Task


@dataclass(frozen=True)
class Share:
    """What is asked of one helper, and by which day; without one it is due with the task."""

    agency: Agency
    asked: str
    due_on: date | None = None

    @property
    def due_at(self) -> datetime | None:
        """The instant after which the share is late."""
        return local_midnight_after(self.due_on) if self.due_on else None

    @property
    def day_field(self) -> str:
        """The field of the form that carries this share's day."""
        return f"due_on_{self.agency.pk}"


@transaction.atomic
def divide(
    task: Task,
    actor: Actor,
    at: datetime,
    *,
    shares: Iterable[Share],
    version: int | None = None,
) -> Task:
    """Say what each helper gives and by when; each helper whose share changes is told at once.

    A share's own day is never after the task's while that one is still to come. What was given
    is not asked differently afterwards.
    """
    case = locked(task, "divide", actor, at, version)
    rows = {row.agency_id: row for row in case.task.coordinations.current()}
    changed, changes = [], []
    for share in shares:
        row = _row_of(rows, share)
        if (share.asked, share.due_at) == (row.asked, row.due_at):
            continue
        _refuse_day(case, row, share)
        old = _words(row.asked, row.due_at)
        row.asked, row.due_at = share.asked, share.due_at
        row.save(update_fields=["asked", "due_at"])
        changed.append(share.agency)
        changes.append([share.agency.short_name, old, _words(row.asked, row.due_at)])
    if not changed:
        raise Refused(_("Nothing was changed."))
    event = recorded(case, "task.divided", changes=changes)
    owe_all(_told_of_shares(case, changed, event))
    return finished(case.task)


@transaction.atomic
def contribute(
    task: Task,
    actor: Actor,
    at: datetime,
    *,
    text: str,
    document_number: str = "",
    files: Iterable[UploadedFile] = (),
    is_whole: bool = True,
    version: int | None = None,
) -> Task:
    """A helper's head sends its share, or a part of it; the first whole one delivers it.

    The task itself does not change, so no form drawn before becomes stale by it.
    """
    case = locked(task, "contribute", actor, at, version)
    demand_words(text, "text", _("Say what your agency gives."))
    share = case.share
    late = days_overdue(share.share_due_at, at) if share.is_late(at) else 0
    event = recorded(
        case, _sent(share, is_whole, late), text=text, document_number=document_number, days=late
    )
    Contribution.objects.create(
        coordination=share,
        event=event,
        post=actor.post,
        text=text,
        document_number=document_number,
        is_whole=is_whole,
        made_at=at,
    )
    keep_all(list(files), case.task, actor, at, role=EVIDENCE, event=event)
    if is_whole and share.delivered_at is None:
        share.delivered_at = at
        share.save(update_fields=["delivered_at"])
    owe(lead_told(case.task, local_day(at)), event, immediate=True)
    return case.task


def _row_of(rows: dict[int, Coordination], share: Share) -> Coordination:
    row = rows.get(share.agency.pk)
    if row is None:
        raise Refused(_("%(agency)s does not coordinate here.") % {"agency": share.agency.name})
    if row.delivered_at is not None:
        raise Refused(_("%(agency)s has given its share already.") % {"agency": share.agency.name})
    return row


def _refuse_day(case: Situation, row: Coordination, share: Share) -> None:
    """Refuse a new day that has passed, or that lies after the task's own still to come."""
    due_at, task_due_at = share.due_at, case.task.due_at
    if due_at is None or due_at == row.due_at:
        return
    if due_at <= case.at:
        raise Refused(_("This day has passed; give a coming one."), field=share.day_field)
    if task_due_at is not None and case.at < task_due_at < due_at:
        raise Refused(
            _("The task itself is due on %(day)s; the share is needed by then.")
            % {"day": f"{last_day_in_time(task_due_at):%d/%m/%Y}"},
            field=share.day_field,
        )


def _words(asked: str, due_at: datetime | None) -> str:
    """Return a share as the story shows it: what is asked and its last day in time."""
    day = f"{last_day_in_time(due_at):%d/%m/%Y}" if due_at else ""
    return " · ".join(part for part in (asked, day) if part)


def _told_of_shares(case: Situation, changed: list[Agency], event: Event) -> list[Owed]:
    """The helpers whose share changed; the lead too when the Office divided."""
    told = Answering([*changed, case.task.lead], local_day(case.at))
    owed = [Owed(told.heads_told(agency), event, immediate=True) for agency in changed]
    if not case.is_own:
        owed.append(Owed(told.lead_told(case.task), event))
    return owed


def _sent(share: Coordination, is_whole: bool, late: int) -> str:
    if share.delivered_at is not None:
        return "task.contributed_more"
    if not is_whole:
        return "task.contributed_part"
    return "task.contributed_late" if late else "task.contributed"
