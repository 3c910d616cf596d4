"""What stands against an act on a line, a round or a dossier; each answers with the sentence."""

from django.utils.translation import gettext as _

from consultations.acts.cases import DossierCase, LineCase, RoundCase
from consultations.reconciling import OPEN
from consultations.stances import Outcome


def before_due(case: RoundCase) -> str | None:
    """Rule 6.7: withdrawn or extended for all before the deadline, never after."""
    running = [line for line in case.lines if line.ended_at is None]
    if running and all(line.due_at <= case.at for line in running):
        return _("The deadline has passed; this is possible only before it.")
    return None


def no_letter_yet(case: RoundCase) -> str | None:
    """Rule 2.8: one consultation has one letter."""
    if case.consultation.letter_id is not None or case.consultation.document_number:
        return _("The letter of this consultation has its number.")
    return None


def no_later_round_open(case: RoundCase) -> str | None:
    """Rule 6.7: one round at a time; what is asked again waits for the end of the round before."""
    later = case.consultation.later_rounds.open(case.at).first()
    if later is not None:
        return _("Its later round %(code)s is still open.") % {"code": later.code}
    return None


def all_replied(case: RoundCase) -> str | None:
    """Rule 6.7: closed early when all have replied."""
    waiting = {Outcome.AWAITING, Outcome.AWAITING_REGISTER}
    missing = [line.agency.short_name for line in case.lines if line.outcome in waiting]
    if missing:
        return _("Not all have replied yet: %(names)s.") % {"names": ", ".join(missing)}
    return None


def nothing_unsettled(case: RoundCase) -> str | None:
    """Rule 6.6: what was said to be insufficient or returned is acted on first."""
    stuck = {Outcome.INSUFFICIENT, Outcome.RETURNED}
    names = [line.agency.short_name for line in case.lines if line.outcome in stuck]
    if names:
        return _("First settle what %(names)s sent back.") % {"names": ", ".join(names)}
    return None


def on_paper(case: LineCase) -> str | None:
    """Rule 2.7: paper replies are entered for agencies served on paper."""
    return None if case.opinion.is_on_paper else _("This agency answers in the program.")


def an_entry_unchecked(case: LineCase) -> str | None:
    """Rule 2.7: the chief checks each entry once."""
    return None if case.unchecked else _("No entry from paper waits for the office chief.")


def agency_is_open(case: LineCase) -> str | None:
    """Rule 2.5: a closed agency is awaited no more; who succeeded it is asked instead."""
    if case.is_of_closed_agency:
        return _("%(agency)s is closed: ask its successor instead, or do without its opinion.") % {
            "agency": case.opinion.agency.short_name
        }
    return None


def returned_or_closed(case: LineCase) -> str | None:
    """Rules 2.5, 6.6: what was returned goes to another agency or is dropped, and so does what an
    agency found insufficient that is closed since.
    """
    if case.state != Outcome.RETURNED and not case.is_of_closed_agency:
        return _("The agency answers itself: supply what is missing, or refuse to.")
    return None


def no_return_contested(case: LineCase) -> str | None:
    """A contest waits for the chief before anything else is done (rule 6.6)."""
    if case.return_contest is not None:
        return _("The return is contested and waits for the office chief.")
    return None


def return_does_not_stand(case: LineCase) -> str | None:
    """What the chief has settled is not contested again; a later return may be (rule 6.6)."""
    if case.return_stands:
        return _("The office chief has settled this: the return stands.")
    return None


def a_return_contested(case: LineCase) -> str | None:
    """Only a contest that was raised is settled."""
    return None if case.return_contest is not None else _("Nobody contests this return.")


def has_a_reply(case: LineCase) -> str | None:
    """Rule 6.9: there is nothing poor in silence."""
    return None if case.last_reply is not None else _("The agency sent no reply.")


def not_marked_yet(case: LineCase) -> str | None:
    """A reply is marked once; a new reply may be marked again (rule 6.9)."""
    reply = case.last_reply
    if reply is not None and any(mark.reply_id == reply.pk for mark in case.poor_marks):
        return _("This reply is marked as poor already.")
    return None


def is_marked(case: LineCase) -> str | None:
    """Only a poor mark is contested."""
    return None if case.poor_marks else _("No reply is marked as poor.")


def mark_not_contested(case: LineCase) -> str | None:
    """A mark is contested once."""
    if case.poor_marks and case.uncontested_mark is None:
        return _("The mark is contested already.")
    return None


def a_mark_contested(case: LineCase) -> str | None:
    """The chief settles a contest that waits."""
    return None if case.contested_mark is not None else _("No contest of a poor mark waits.")


def a_question_to_contest(case: LineCase) -> str | None:
    """Whoever disagrees on a question that is not principal may contest that it is not (6.1)."""
    return None if case.contestable else _("You disagree on no question that is not principal.")


def a_question_contested(case: LineCase) -> str | None:
    """The chief settles a contest that waits."""
    return None if case.question_contest is not None else _("No contest of a question waits.")


def no_reconciliation_waits(case: LineCase) -> str | None:
    """One result at a time is before the agency (rule 6.10)."""
    last = case.reconciliation
    if last is not None and last.means(case.at) in OPEN:
        return _("A result waits for the agency's answer.")
    return None


def a_reconciliation_waits(case: LineCase) -> str | None:
    """From its deadline on, silence has confirmed the result (rule 6.10)."""
    last = case.reconciliation
    if last is None or last.response:
        return _("No result of a meeting waits for your answer.")
    if case.at >= last.due_at:
        return _("The deadline has passed: silence confirmed the result.")
    return None


def a_result_unanswered(case: LineCase) -> str | None:
    """Rules 2.7, 6.10: one answer to a result; a paper found too late is kept beside silence."""
    last = case.reconciliation
    if last is None or last.response:
        return _("No result of a meeting is without an answer.")
    return None


def checked(case: DossierCase) -> str | None:
    """Rule 7.2: the Office checks, then passes on; what it submits itself it does not check."""
    if case.is_the_offices_own or case.is_checked:
        return None
    return _("First check this version against the checklist.")
