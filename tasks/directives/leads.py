"""Who leads what a proposal asks: several jointly, or one no directory knows (rules 4.8, 4.9)."""

from datetime import datetime

from django.utils.translation import gettext as _

from agencies.acting import Actor
from agencies.models import Agency, AgencyGroup
from agencies.refusals import Refused
from tasks.directives.doing import finished, locked_proposal, recorded
from tasks.models import Proposal

JOINT_LEAD = "joint_lead"
UNKNOWN_LEAD = {"lead_unknown", "lead_ambiguous"}


def share(
    proposal: Proposal, actor: Actor, at: datetime, *, version: int | None = None
) -> Proposal:
    """Settle a joint lead: every one of them gets a task of its own (one lead each, 4.8)."""
    with locked_proposal(proposal, actor, version) as (directive, locked):
        locked.doubts = [doubt for doubt in locked.doubts if doubt != JOINT_LEAD]
        finished(locked)
        recorded("proposal.shared", locked, directive, actor, at)
    return locked


def choose_lead(
    proposal: Proposal, actor: Actor, at: datetime, *, lead: Agency, version: int | None = None
) -> Proposal:
    """Settle a joint lead: one of them leads, the others coordinate."""
    with locked_proposal(proposal, actor, version) as (directive, locked):
        leads = list(locked.lead_agencies.all())
        if lead not in leads:
            raise Refused(_("Choose one of the agencies named."))
        locked.lead_agencies.set([lead])
        locked.coordinating.add(*(agency for agency in leads if agency != lead))
        locked.doubts = [doubt for doubt in locked.doubts if doubt != JOINT_LEAD]
        finished(locked)
        recorded("proposal.lead_chosen", locked, directive, actor, at, lead=lead.name)
    return locked


def name_lead(
    proposal: Proposal, actor: Actor, at: datetime, *, code: str, version: int | None = None
) -> Proposal:
    """Say whom a lead means that the directory does not know: one of the names most like it."""
    with locked_proposal(proposal, actor, version) as (directive, locked):
        if code not in candidates(locked):
            raise Refused(_("Choose one of the agencies named."))
        agency = Agency.objects.filter(code=code).first()
        group = AgencyGroup.objects.filter(code=code).first()
        if agency is not None:
            locked.lead_agencies.add(agency)
        elif group is not None:
            locked.lead_groups.add(group)
        else:
            raise Refused(_("Choose one of the agencies named."))
        locked.doubts = [doubt for doubt in locked.doubts if doubt not in UNKNOWN_LEAD]
        if is_joint(locked) and JOINT_LEAD not in locked.doubts:
            locked.doubts.append(JOINT_LEAD)
        finished(locked)
        name = (agency or group).name
        recorded("proposal.lead_named", locked, directive, actor, at, lead=name)
    return locked


def candidates(proposal: Proposal) -> list[str]:
    """Return the codes of the names most like a lead nobody knows; empty once that is settled."""
    if UNKNOWN_LEAD.isdisjoint(proposal.doubts):
        return []
    return (proposal.original or {}).get("candidates", [])


def is_joint(proposal: Proposal) -> bool:
    """Whether several single agencies lead a task together, which nobody has settled."""
    return len(proposal.lead_agencies.all()) > 1 and Proposal.Kind.TASK in proposal.kinds
