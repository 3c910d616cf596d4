"""Who handles a case: by name, never one's own (rules 2.1, 2.3, 2.4, 9.1)."""

from datetime import date

from django.db.models import QuerySet

from agencies.acting import Actor
from agencies.functions import Function
from agencies.models import Post

HANDLERS = (Function.OFFICE_CHIEF, Function.INTERNAL_AFFAIRS_HEAD)
READERS = (*HANDLERS, Function.CHIEF_INSPECTOR)


def is_by_name(actor: Actor, *functions: str) -> bool:
    """Whether the actor holds one of the functions himself: no deputy, no delegation (2.4)."""
    post = actor.post
    if post is None or actor.delegation is not None or post.title.is_deputy:
        return False
    return actor.has(*functions)


def is_chair(actor: Actor) -> bool:
    """Whether the actor is the Chair himself."""
    return is_by_name(actor, Function.LEADER)


def agencies_of(actor: Actor) -> QuerySet:
    """Return the ids of the agencies the person holds a post in that day: those are his own."""
    if actor.user is None or actor.day is None:
        return Post.objects.none().values("agency")
    return Post.objects.held_on(actor.day).filter(user=actor.user).order_by().values("agency")


def holders(function: str, day: date) -> list[Post]:
    """Return who holds a function by name that day."""
    held = Post.objects.held_on(day).with_function(function).filter(title__is_deputy=False)
    return list(held.for_display().order_by("title__rank", "pk"))


def free_holders(function: str, day: date, *, agency_id: int, person_id: int | None) -> list[Post]:
    """Return who holds a function that day and has nothing of his own in the matter.

    Who is concerned, or holds any post in the agency concerned, stands aside.
    """
    posts = holders(function, day)
    held = Post.objects.held_on(day).filter(agency=agency_id)
    beside = {person_id, *held.values_list("user", flat=True)}
    return [post for post in posts if post.user_id not in beside]


def agencies_nobody_handles(day: date) -> set[int] | None:
    """Return the ids of the agencies whose cases fall to the Chair, for want of a chief and of a
    head of internal affairs who are not their own; None when that is so of every agency (2.1).
    """
    people = {post.user_id for function in HANDLERS for post in holders(function, day)}
    if not people:
        return None
    own: dict[int, set[int]] = {person: set() for person in people}
    held = Post.objects.held_on(day).filter(user__in=people)
    for person, agency in held.values_list("user", "agency"):
        own[person].add(agency)
    return set.intersection(*own.values())
