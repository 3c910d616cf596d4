"""Whom a case or a commendation is with: its handlers, its two signers, the Chair (9.1, 2.1)."""

from datetime import datetime

from agencies.acting import Actor
from agencies.deadlines import local_day
from agencies.functions import Function
from agencies.models import Post, User
from reports.cases.who import HANDLERS, agencies_of, free_holders, holders, is_by_name, is_chair
from reports.models import AccountabilityCase, Commendation, Signature

Matter = AccountabilityCase | Commendation
Role = Signature.Role


def person_of(matter: Matter) -> Post | None:
    """Return the post of the person the matter is about, if it is about one."""
    return matter.concerned if isinstance(matter, AccountabilityCase) else matter.person


def handling_posts(matter: Matter, at: datetime) -> list[Post]:
    """Return the chief and the head of internal affairs of the day, without whom it is about.

    Where neither can, it falls to the Chair (rule 2.1).
    """
    found = [post for function in HANDLERS for post in _free(matter, function, at)]
    return found or holders(Function.LEADER, local_day(at))


def handlers(matter: Matter, at: datetime) -> list[User]:
    """Return the people of `handling_posts`."""
    return [post.user for post in handling_posts(matter, at)]


def handles(actor: Actor, matter: Matter, at: datetime) -> bool:
    """Whether the actor is one of them, acting in that post."""
    posts = handling_posts(matter, at)
    return is_by_name(actor, *HANDLERS, Function.LEADER) and actor.post in posts


def signers(matter: Matter, at: datetime) -> dict[str, Post]:
    """Return who signs in each role that day.

    Internal affairs' signature falls to the chief when its head stands aside or there is none;
    what falls to the Chair needs no signature: he decides (rules 2.1, 2.3).
    """
    chiefs = _free(matter, Function.OFFICE_CHIEF, at)
    heads = _free(matter, Function.INTERNAL_AFFAIRS_HEAD, at) or chiefs
    wanted = {Role.CHIEF: chiefs, Role.INTERNAL_AFFAIRS: heads}
    return {role: posts[0] for role, posts in wanted.items() if posts}


def decides(actor: Actor, matter: Matter) -> bool:
    """Whether the actor is the Chair, and it is not about himself."""
    person = person_of(matter)
    is_own = person is not None and person.user_id == actor.post.user_id
    if is_own or not is_chair(actor):
        return False
    return not agencies_of(actor).filter(agency=matter.agency_id).exists()


def chairs(at: datetime) -> list[User]:
    """Return the Chair."""
    return [post.user for post in holders(Function.LEADER, local_day(at))]


def _free(matter: Matter, function: str, at: datetime) -> list[Post]:
    person = person_of(matter)
    return free_holders(
        function,
        local_day(at),
        agency_id=matter.agency_id,
        person_id=person and person.user_id,
    )
