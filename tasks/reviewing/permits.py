"""Who may do what with review campaigns and spot checks (domain 2, table; rules 2.3, 5.13).

What a mark or a finding changes on a task is an act of the table of acts; these say the rest.
"""

from agencies.acting import Actor
from agencies.functions import Function
from agencies.models import Post, User
from agencies.refusals import NotYours
from tasks.acts import ACTS, Situation, who
from tasks.models import CampaignEntry, CampaignMark


def decides_for_the_office(actor: Actor) -> bool:
    """The office chief; on a day without one, a leader (rule 2.1)."""
    if actor.has(Function.OFFICE_CHIEF):
        return True
    chiefs = Post.objects.held_on(actor.day).with_function(Function.OFFICE_CHIEF)
    return actor.is_leader and not chiefs.exists()


def may_prepare_campaign(actor: Actor) -> bool:
    """Officers and the chief prepare a campaign."""
    return actor.is_office and actor.may_do("campaign.draft")


def may_open_campaign(actor: Actor) -> bool:
    """The chief asks the agencies to review."""
    return actor.may_do("campaign.open") and decides_for_the_office(actor)


def may_close_campaign(actor: Actor) -> bool:
    """The chief ends a campaign."""
    return actor.may_do("campaign.close") and decides_for_the_office(actor)


def may_prepare_entry(actor: Actor, entry: CampaignEntry) -> bool:
    """The agency's own people go through its list: head and staff."""
    return (
        actor.agency_id == entry.agency_id
        and (actor.heads_agency or actor.has(Function.AGENCY_STAFF))
        and actor.may_do("campaign.mark")
    )


def may_confirm_entry(actor: Actor, entry: CampaignEntry) -> bool:
    """The agency's head confirms the list: an official act, never the staff's."""
    return (
        actor.agency_id == entry.agency_id
        and actor.heads_agency
        and actor.may_do("campaign.confirm")
    )


def may_settle(mark: CampaignMark, actor: Actor, case: Situation | None) -> bool:
    """Whoever follows or decides on the task; of a missing one, the Office and the leaders.

    Nobody settles what the own agency marked (rule 2.3): the Office's own marks go to a leader.
    `case` is its task's situation. What applying a mark changes is besides an act of the table.
    """
    if not actor.may_do("campaign.settle"):
        return False
    if case is not None:
        return who.follows_or_decides(case)
    post = actor.post
    is_own = mark.entry.agency_id in (actor.agency_id, post and post.agency_id)
    return (actor.is_office or actor.is_leader) and not is_own


def may_draw(actor: Actor) -> bool:
    """The Office draws spot checks of other agencies' work; a leader may draw of all work."""
    return (actor.is_office or actor.is_leader) and actor.may_do("spot_check.draw")


def may_find(case: Situation, reporter: User | None) -> bool:
    """Whoever checks reports for the Office, never of one's own agency's work or own report."""
    return (
        case.actor.may_do("spot_check.find")
        and case.actor.user != reporter
        and who.follows_or_decides(case)
    )


def may_reopen(case: Situation, reporter: User | None) -> bool:
    """Whoever may find and, by the table of acts, reopen the task."""
    return may_find(case, reporter) and ACTS["reopen"].refusal(case) is None


def demand(permitted: bool, sentence: str) -> None:
    """Refuse an act whose permission was not given, with who does it."""
    if not permitted:
        raise NotYours(sentence)
