"""What stands against submitting a dossier: exactly which, and what to do (rules 6.10, 7.1)."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from consultations.models import (
    Answer,
    Consultation,
    Dossier,
    Opinion,
    PaperAnswer,
    QuestionContest,
    Reconciliation,
    Reply,
)
from consultations.questions import KEEPS_OPEN
from consultations.reconciling import UNIFIED, Meaning
from consultations.rounds import Rounds
from consultations.stances import OPINIONS, UNSETTLED, Outcome, Stance


@dataclass(frozen=True)
class Block:
    """One thing that stands against submitting: the sentence, what to do, where it is done, and
    the consultation it is about.
    """

    sentence: str
    remedy: str
    url: str
    consultation: Consultation
    opinion: Opinion | None = None


def blocks(dossier: Dossier, at: datetime) -> list[Block]:
    """Return everything that stands against submitting the dossier at the instant.

    Of the rounds of a consultation the last one linked to the dossier counts whole; withdrawn ones
    do not. Of an earlier round stand the objections that no later one has answered. Until it is
    closed a reply may be replaced, so a consultation that is open blocks whatever was said.
    """
    rounds = Rounds.of(dossier, at)
    let = set(dossier.let_through.values_list("opinion", flat=True))
    found: list[Block] = []
    for consultation in rounds.linked:
        lines = list(_lines(consultation, at))
        if rounds.after(consultation):
            for line in lines:
                found += _of_earlier(line, rounds, is_let=line.pk in let)
            continue
        if rounds.is_open(consultation) and all(line.outcome not in KEEPS_OPEN for line in lines):
            found.append(_of_open(consultation))
        for line in lines:
            found += _of_line(line, at, is_let=line.pk in let)
    return found


def differing(dossier: Dossier, at: datetime) -> list[Opinion]:
    """Return the lines whose views still differ after the agency objected to the result: those a
    leader may let through (rule 6.10).
    """
    found = (block.opinion for block in blocks(dossier, at) if block.opinion is not None)
    return [line for line in found if _meaning(line, at) == Meaning.OBJECTED]


def _lines(consultation: Consultation, at: datetime) -> QuerySet:
    lines = consultation.opinions.with_outcome(at).select_related("agency", "consultation")
    return lines.prefetch_related("reconciliations").order_by("pk")


def _of_open(consultation: Consultation) -> Block:
    return Block(
        _("%(code)s is still open: replies may be replaced.") % {"code": consultation.code},
        _("Wait for the deadline; when all have replied, close the consultation early."),
        reverse("round_act", args=[consultation.code, "close_early"]),
        consultation,
    )


def _of_line(line: Opinion, at: datetime, *, is_let: bool) -> Iterator[Block]:
    facts = _facts(line)
    url = line.get_absolute_url()
    if line.outcome in KEEPS_OPEN:
        yield Block(_sentence_of_open(line, facts), _remedy_of_open(line), url, line.consultation)
        return
    if line.outcome not in OPINIONS:
        return
    reply = line.counting(line.replies.all())
    if reply.entered_at is not None and not hasattr(reply, "paper_check"):
        yield Block(
            _("%(code)s: the paper reply of %(agency)s is not confirmed.") % facts,
            _("The office chief confirms it from the register of incoming papers."),
            url,
            line.consultation,
        )
    unsettled = _unsettled(reply)
    if unsettled:
        yield Block(
            ngettext(
                "%(code)s: %(count)s comment of %(agency)s is not settled.",
                "%(code)s: %(count)s comments of %(agency)s are not settled.",
                unsettled,
            )
            % (facts | {"count": unsettled}),
            _("Accept each or explain why not."),
            reverse("line_act", args=[line.pk, "settle_comments"]),
            line.consultation,
        )
    if not is_let and _differs_on_principal(line, reply):
        yield from _of_difference(line, at, facts)


def _of_earlier(line: Opinion, rounds: Rounds, *, is_let: bool) -> Iterator[Block]:
    """An objection of an earlier round stands until a completed later one heard the agency again
    or it is settled (rules 6.7, 6.10).
    """
    if is_let or line.outcome != Outcome.DISAGREED:
        return
    reply = line.counting(line.replies.all())
    if not _differs_on_principal(line, reply) or rounds.has_answered(line):
        return
    again = rounds.asked_again(line)
    for block in _of_difference(line, rounds.at, _facts(line)):
        if again is None:
            yield block
        else:
            remedy = _("It is asked again in %(code)s: the objection stands until that is over.")
            yield replace(block, remedy=remedy % {"code": again.code}, url=again.get_absolute_url())


def _facts(line: Opinion) -> dict[str, str]:
    return {"agency": line.agency.short_name, "code": line.consultation.code}


def _sentence_of_open(line: Opinion, facts: dict) -> str:
    if line.outcome in UNSETTLED:
        return _("%(code)s: %(agency)s sent the request back and nobody acted on it.") % facts
    if line.outcome == Outcome.AWAITING_REGISTER:
        return _("%(code)s: the register is still looked through for %(agency)s's reply.") % facts
    return _("%(code)s: %(agency)s is still awaited.") % facts


def _remedy_of_open(line: Opinion) -> str:
    if line.outcome == Outcome.INSUFFICIENT:
        return _("Supply what is missing, or say why the basis is sufficient.")
    if line.outcome == Outcome.RETURNED:
        return _("Ask another agency, do without it, or contest the return.")
    return _("Wait for the deadline; when all have replied, close the consultation early.")


def _unsettled(reply: Reply) -> int:
    said = reply.answers.filter(stance__in=[Stance.WITH_COMMENTS, Stance.DISAGREED])
    return said.filter(settlement__isnull=True).count()


def _differs_on_principal(line: Opinion, reply: Reply) -> bool:
    """Whether it disagrees on a principal question: unmarked, but it contests that and the chief
    has not rejected it, or upheld somebody's contest (rule 6.1).
    """
    decision = QuestionContest.Decision
    principal = Q(question__is_principal=True) | Q(question__contests__decision=decision.UPHELD)
    contested = Q(question__contests__opinion=line, question__contests__decision="")
    disagreed = Answer.objects.filter(reply=reply, stance=Stance.DISAGREED)
    return disagreed.filter(principal | contested).exists()


def _meeting(line: Opinion) -> Reconciliation | None:
    """Return the last meeting on the disagreement that counts: one held before the agency disagreed
    again settled nothing of it.
    """
    meetings = [one for one in line.reconciliations.all() if one.sent_at >= line.replied_then]
    return meetings[-1] if meetings else None


def _meaning(line: Opinion, at: datetime) -> Meaning | None:
    meeting = _meeting(line)
    return None if meeting is None else meeting.means(at)


def _waits_for_the_check(line: Opinion) -> bool:
    """Whether the chief has still to compare the paper that confirmed the result (rule 2.7)."""
    answers = PaperAnswer.objects.filter(reconciliation=_meeting(line), paper_check=None)
    return any(not answer.is_late for answer in answers.select_related("reconciliation"))


def _of_difference(line: Opinion, at: datetime, facts: dict) -> Iterator[Block]:
    meant = _meaning(line, at)
    if meant == Meaning.CONFIRMED and _waits_for_the_check(line):
        yield Block(
            _("%(code)s: the paper answer of %(agency)s to the result is not confirmed.") % facts,
            _("The office chief confirms it from the register of incoming papers."),
            line.get_absolute_url(),
            line.consultation,
        )
    if meant in UNIFIED:
        return
    sentence, remedy, url = {
        None: (
            _("%(code)s: %(agency)s disagrees on a principal question."),
            _("Meet the agency and record the result."),
            reverse("line_act", args=[line.pk, "reconcile"]),
        ),
        Meaning.AWAITING: (
            _("%(code)s: %(agency)s has not answered the result of the meeting yet."),
            _("Its silence past the deadline will confirm the result."),
            line.get_absolute_url(),
        ),
        Meaning.AWAITING_REGISTER: (
            _("%(code)s: the register is still looked through for %(agency)s's answer."),
            _("Without one its silence confirms the result."),
            line.get_absolute_url(),
        ),
        Meaning.OBJECTED: (
            _("%(code)s: %(agency)s still objects after the meeting."),
            _("Meet again, or ask a leader to let the dossier through with both views."),
            reverse("line_act", args=[line.pk, "reconcile"]),
        ),
    }[meant]
    yield Block(sentence % facts, remedy, url, line.consultation, line)
