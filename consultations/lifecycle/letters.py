"""The letter of a consultation, issued here: drafted, signed, then numbered by the clerk (2.8)."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from agencies import outgoing
from agencies.acting import Actor
from agencies.models import Event, OutgoingPaper, record
from agencies.refusals import Refused
from consultations import acts
from consultations.lifecycle.lines import Clock
from consultations.models import Consultation

SUBJECT = "xin ý kiến đối với {title}"


@transaction.atomic
def write_letter(
    consultation: Consultation, actor: Actor, clock: Clock, *, series: str
) -> OutgoingPaper:
    """Enter the letter of a consultation in the requester's register of outgoing papers; whoever
    may sign for the requester signs it with the same act (rules 2.2, 2.8).
    """
    held = Consultation.objects.select_for_update(of=("self",)).get(pk=consultation.pk)
    at = clock()
    Event.objects.refuse_again(actor.form_key)
    refusal = acts.ROUND_ACTS["write_letter"].refusal(acts.RoundCase(actor, at, held))
    if refusal is not None:
        raise refusal
    paper = draft_letter(held, actor.with_form_key(None), at, series=series)
    record("consultation.letter_written", held, actor, at, key=actor.form_key, title=held.title)
    return paper


def draft_letter(
    consultation: Consultation, actor: Actor, at: datetime, *, series: str
) -> OutgoingPaper:
    """Draft the letter, sign it where the actor may, and keep it with the consultation."""
    suffix = series.strip().lstrip("/")
    if not suffix:
        raise Refused(_("Name the series the letter takes its number from."), field="series")
    paper = outgoing.draft(
        consultation, actor, at, issuer=consultation.requester, suffix=suffix[:40],
        subject=SUBJECT.format(title=consultation.title),
    )  # fmt: skip
    if outgoing.may_sign(paper, actor):
        paper = outgoing.sign(paper, actor, at)
    consultation.letter = paper
    consultation.save(update_fields=["letter"])
    return paper
