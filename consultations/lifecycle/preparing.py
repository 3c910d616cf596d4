"""A dossier while it lies with its agency: opened, its heading and links changed, its submission
prepared (rules 5.14, 7.1).
"""

from collections.abc import Iterable
from datetime import datetime
from typing import NamedTuple

from django.db import models, transaction
from django.utils.translation import gettext as _

from agencies.acting import Actor
from agencies.deadlines import local_day
from agencies.editing import refuse_stale, what_changed
from agencies.models import CodeCounter, Competence, Event, Post, record
from agencies.refusals import NotYours, Refused
from consultations.acts.permits import PREPARES
from consultations.blocking import blocks
from consultations.lifecycle.drafts import keep_draft
from consultations.models import HOLDER, Consultation, Dossier, DossierDraft, DossierStateRow
from tasks.models import Task

CODE_PREFIX = "HS"


class Heading(NamedTuple):
    """What a dossier is about, to whom it goes, what it serves and rests on."""

    title: str
    recipient: str
    leader: Post | None = None
    competence: Competence | None = None
    tasks: Iterable[Task] = ()
    consultations: Iterable[Consultation] = ()


@transaction.atomic
def begin_dossier(
    actor: Actor, at: datetime, *, due_at: datetime | None = None, **heading
) -> Dossier:
    """Open a dossier of the actor's agency as a draft; head and staff prepare it (rule 7.1).

    `heading` are the fields of `Heading`.
    """
    _demand_prepares(actor, actor.agency_id)
    dossier = Dossier(
        code=CodeCounter.take(CODE_PREFIX, local_day(at).year), agency=actor.agency,
        due_at=due_at, drafted_at=at, drafted_by=actor.post,
    )  # fmt: skip
    _write(dossier, Heading(**heading), actor, at)
    event = record("dossier.begun", dossier, actor, at, key=actor.form_key)
    state_row(dossier, Dossier.State.DRAFT, event)
    return dossier


@transaction.atomic
def edit_dossier(
    dossier: Dossier, actor: Actor, at: datetime, *, version: int, **heading
) -> Dossier:
    """Change the heading and the links while the dossier lies with the agency. What somebody else
    saved since that `version` is not overwritten (rule 5.14).
    """
    held = locked_dossier(dossier)
    _demand_prepares(actor, held.agency_id)
    _demand_at_hand(held)
    typed = Heading(**heading)
    changes = _differences(held, typed)
    refuse_stale(
        held,
        version,
        told=lambda: what_changed(held, times=held.version - version),
        differences=lambda: changes,
    )
    held.version += 1
    _write(held, typed, actor, at)
    record(
        "dossier.edited", held, actor, at, key=actor.form_key,
        changes=[list(change) for change in changes],
    )  # fmt: skip
    return held


@transaction.atomic
def save_dossier_draft(
    dossier: Dossier, actor: Actor, at: datetime, *, content: dict, version: int
) -> DossierDraft:
    """Keep what is prepared for the next submission and not sent (rules 5.14, 6.5)."""
    held = locked_dossier(dossier)
    _demand_prepares(actor, held.agency_id)
    _demand_at_hand(held)
    draft = DossierDraft.objects.filter(dossier=held).first() or DossierDraft(dossier=held)
    keep_draft(draft, held, actor, at, content=content, version=version)
    return draft


def locked_dossier(dossier: Dossier) -> Dossier:
    """Return the dossier as it stands once its lock is ours: locked first, then read."""
    Dossier.objects.select_for_update().only("pk").get(pk=dossier.pk)
    return Dossier.objects.select_related(
        "agency", "competence", "leader__user", "leader__title"
    ).get(pk=dossier.pk)


def state_row(dossier: Dossier, state: str, event: Event) -> None:
    """Add the dated row of its state (rule 3.9)."""
    DossierStateRow.objects.create(
        dossier=dossier, state=state, event=event, effective_at=event.effective_at,
        recorded_at=event.recorded_at,
    )  # fmt: skip


def finished(dossier: Dossier) -> Dossier:
    """Count the change and save."""
    dossier.version += 1
    dossier.save()
    return dossier


def _demand_prepares(actor: Actor, agency_id: int | None) -> None:
    own = actor.agency_id is not None and actor.agency_id == agency_id
    if not own or not actor.has(*PREPARES) or not actor.may_do("dossier."):
        raise NotYours(_("An agency's head or staff prepare its dossiers."))


def _demand_at_hand(dossier: Dossier) -> None:
    if HOLDER.get(dossier.state) != "agency":
        raise Refused(_("The dossier was submitted; it is changed when it comes back."))


def _differences(stored: Dossier, typed: Heading) -> list[tuple[str, str, str]]:
    pairs = [
        ("title", stored.title, typed.title.strip()),
        ("recipient", stored.recipient, typed.recipient),
        ("leader", str(stored.leader or ""), str(typed.leader or "")),
        ("competence", str(stored.competence or ""), str(typed.competence or "")),
        ("tasks", _names(stored.tasks.all()), _names(typed.tasks)),
        ("consultations", _names(stored.consultations.all()), _names(typed.consultations)),
    ]
    return [(name, old, new) for name, old, new in pairs if old != new]


def _names(rows: Iterable[models.Model]) -> str:
    return ", ".join(sorted(str(row) for row in rows))


def _write(dossier: Dossier, heading: Heading, actor: Actor, at: datetime) -> None:
    """Write a heading that is whole, and link tasks the agency sees and consultations it asked."""
    _refuse_unsaid(heading)
    dossier.title, dossier.recipient = heading.title.strip(), heading.recipient
    dossier.leader, dossier.competence = heading.leader, heading.competence
    dossier.save()
    wanted = {task.pk for task in heading.tasks}
    seen = Task.objects.visible_to(actor).filter(pk__in=wanted)
    if seen.count() != len(wanted):
        raise Refused(_("A task is not among those you see."), field="tasks")
    dossier.tasks.set(seen)
    _link(dossier, list(heading.consultations), at)


def _refuse_unsaid(heading: Heading) -> None:
    if not heading.title.strip():
        raise Refused(_("Say what the dossier is about."), field="title")
    if heading.recipient not in Dossier.Recipient.values:
        raise Refused(_("Choose to whom it is submitted."), field="recipient")
    if heading.recipient == Dossier.Recipient.VICE_CHAIR and heading.leader is None:
        raise Refused(_("Name the Vice Chair it is submitted to."), field="leader")
    if heading.leader is not None:
        refuse_other_leader(heading.leader, heading.recipient)


def refuse_other_leader(leader: Post, recipient: str) -> None:
    """Refuse a Vice Chair for what the Chair or the Committee is to decide: who may not decide
    would have it, and who may would not know (rules 7.1, 7.2).
    """
    if not Dossier.goes_to(leader, recipient):
        raise Refused(
            _("This is submitted to the Chair or the Committee: a Vice Chair does not decide it."),
            field="leader",
        )


def _link(dossier: Dossier, asked: list[Consultation], at: datetime) -> None:
    """Link the consultations the dossier rests on. One that stands against submitting it stays:
    taken off, an objection would be out of sight (rule 7.1).
    """
    if any(one.requester_id != dossier.agency_id for one in asked):
        raise Refused(_("Link consultations your own agency asked."), field="consultations")
    if any(one.dossier_id not in (None, dossier.pk) for one in asked):
        raise Refused(_("A consultation serves another dossier already."), field="consultations")
    wanted = {one.pk for one in asked}
    for block in blocks(dossier, at):
        if block.consultation.pk not in wanted:
            raise Refused(
                _("%(code)s is open or unsettled; it stays with the dossier until that is done.")
                % {"code": block.consultation.code},
                field="consultations",
            )
    linked = Consultation.objects.filter(pk__in=wanted)
    dossier.consultations.exclude(pk__in=linked.values("pk")).update(dossier=None)
    linked.update(dossier=dossier)
