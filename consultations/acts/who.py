"""Who may do an act on a consultation, a line or a dossier (domain 2; rules 2.3, 6, 7)."""

from agencies.acting import Actor
from agencies.functions import Function
from consultations.acts.cases import Case, DossierCase, LineCase, RoundCase
from consultations.acts.permits import HEADS, PREPARES
from consultations.models import Dossier


def heads_requester(case: RoundCase | LineCase) -> bool:
    """The requester's head, a deputy within the portfolio or a delegate."""
    return case.asks and case.actor.has(*HEADS) and case.is_in_portfolio


def works_for_requester(case: RoundCase | LineCase) -> bool:
    """Anybody of the requester who prepares."""
    return case.asks and case.actor.has(*PREPARES)


def heads_asked(case: LineCase) -> bool:
    """The head of the agency asked, a deputy within the portfolio or a delegate (rule 6.5)."""
    return case.answers and case.actor.has(*HEADS) and case.is_in_portfolio


def enters_paper(case: LineCase) -> bool:
    """The clerk of the Office or of the agency that asks, whose register of incoming papers it is
    in, for an agency served on paper (section 2, rule 2.7); the chief confirms either's entry.
    """
    return case.actor.is_office_clerk or (case.asks and case.actor.has(Function.CLERK))


def settles(case: LineCase) -> bool:
    """The chief; a leader where the Office asks or is asked; the Chair without a chief (2.3)."""
    opinion = case.opinion
    sides = {opinion.agency_id, opinion.consultation.requester_id}
    return _decides(case, sides)


def checks_dossier(case: DossierCase) -> bool:
    """An officer or the chief, never of the Office's own dossier (rules 2.3, 7.2)."""
    if case.is_the_offices_own or case.sides_with(case.dossier.agency_id):
        return False
    return case.actor.has(Function.OFFICER, Function.OFFICE_CHIEF)


def passes_dossier(case: DossierCase) -> bool:
    """The chief passes on or returns; a leader where the Office submits (rules 2, 2.3)."""
    return _decides(case, {case.dossier.agency_id})


def decides_dossier(case: DossierCase) -> bool:
    """The leader it lies with: the one named or who follows that post, or the Chair (2.1, 7.3)."""
    actor, dossier = case.actor, case.dossier
    if not actor.is_leader or case.sides_with(dossier.agency_id):
        return False
    if dossier.recipient == Dossier.Recipient.VICE_CHAIR and dossier.leader_id is not None:
        return dossier.leader_id in actor.answers_for or _is_chair(actor)
    return _is_chair(actor)


def heads_submitter(case: DossierCase) -> bool:
    """The head of the agency whose dossier it is, a deputy within the portfolio or a delegate
    (rules 2.1, 7.1).
    """
    return case.submits and case.actor.has(*HEADS) and case.is_in_portfolio


def works_for_submitter(case: DossierCase) -> bool:
    """Anybody of the agency who prepares."""
    return case.submits and case.actor.has(*PREPARES)


def issues_result(case: DossierCase) -> bool:
    """The Office's clerk, an officer or the chief (rule 7.3)."""
    return case.actor.is_office_clerk or case.actor.is_office


def lets_through(case: DossierCase) -> bool:
    """A leader, where views still differ (rule 6.10)."""
    return case.actor.is_leader and not case.sides_with(case.dossier.agency_id)


def _decides(case: Case, sides: set[int]) -> bool:
    actor = case.actor
    if any(case.sides_with(agency_id) for agency_id in sides):
        return False
    if case.office_id in sides:
        return actor.is_leader
    if actor.has(Function.OFFICE_CHIEF):
        return True
    return _is_chair(actor) and case.chief_is_vacant


def _is_chair(actor: Actor) -> bool:
    return actor.is_leader and not actor.authority.title.is_deputy
