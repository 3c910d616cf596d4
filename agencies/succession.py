"""Who answers where a post has ended: what hangs on a post follows the post (rules 2.1, 5.1).

Nothing is rewritten: rows keep the post they were given to, and who answers on a day is derived.
"""

from collections.abc import Iterable
from datetime import date

from django.db.models import prefetch_related_objects

from agencies.functions import Function
from agencies.models import Post


def in_post_on(posts: Iterable[Post | None], day: date) -> dict[int, Post | None]:
    """Return by the id of each post who answers for it on that day; None where nobody does.

    A post that is held answers itself. One that has ended is followed by who took it over (the
    same title in the agency, begun since), else by the only one with that title; a leader's by who
    has most of the portfolio, then by the Chair; any other by the agency's head, then the deputy.
    Give posts with their `user`: those held cost no query, the ended ones a constant number.
    """
    answering: dict[int, Post | None] = {post.pk: post for post in posts if post is not None}
    ended = [post.pk for post in answering.values() if not _is_held(post, day)]
    if ended:
        answering |= _followers(list(Post.objects.filter(pk__in=ended).for_display()), day)
    return answering


def answered_by(post: Post, day: date) -> frozenset[int]:
    """Return the ids of the posts this one answers for on that day: its own and those it follows.

    The inverse of `in_post_on`; nobody follows a post of another agency.
    """
    beside = Post.objects.filter(agency=post.agency_id).exclude(pk=post.pk)
    answering = in_post_on(beside.select_related("user"), day)
    followed = (pk for pk, found in answering.items() if found is not None and found.pk == post.pk)
    return frozenset({post.pk, *followed})


def _is_held(post: Post, day: date) -> bool:
    return post.is_held_on(day) and post.user.is_active


def _followers(ended: list[Post], day: date) -> dict[int, Post | None]:
    held = list(
        Post.objects.held_on(day)
        .filter(agency__in={post.agency_id for post in ended})
        .for_display()
        .order_by("title__is_deputy", "title__rank", "starts_on", "pk")
    )
    leaders = [post for post in held if _is_leader(post)]
    former = [post for post in ended if _is_leader(post)]
    if former:
        prefetch_related_objects([*leaders, *former], "competences", "agencies")
    return {post.pk: _follower(post, held, leaders) for post in ended}


def _follower(ended: Post, held: list[Post], leaders: list[Post]) -> Post | None:
    beside = [post for post in held if post.agency_id == ended.agency_id]
    same = [post for post in beside if post.title_id == ended.title_id]
    since = [post for post in same if ended.ends_on and post.starts_on >= ended.ends_on]
    if since:
        return since[0]
    if _is_leader(ended) and ended.title.is_deputy:
        return _with_portfolio(ended, leaders) or _first(leaders)
    if len(same) == 1:
        return same[0]
    if _is_leader(ended):
        return _first(leaders)
    return _first(post for post in beside if Function.AGENCY_HEAD in post.title.functions)


def _with_portfolio(ended: Post, leaders: list[Post]) -> Post | None:
    """Return the leader who has most of what the ended post looked after, if any has some."""
    wanted = _portfolio(ended)
    best = max(leaders, key=lambda post: len(wanted & _portfolio(post)), default=None)
    return best if best is not None and wanted & _portfolio(best) else None


def _portfolio(post: Post) -> set:
    return {*post.competences.all(), *post.agencies.all()}


def _is_leader(post: Post) -> bool:
    return Function.LEADER in post.title.functions


def _first(posts: Iterable[Post]) -> Post | None:
    return next(iter(posts), None)
