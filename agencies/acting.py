"""Who acts: a person, the post (or delegation) acted under, and the capacity (rules 2.1, 2.2)."""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property

from django.db.models import Exists, OuterRef
from django.utils.translation import gettext as _

from agencies.capacity import Capacity
from agencies.functions import Function
from agencies.models import Agency, Body, Delegation, Post, User
from agencies.succession import answered_by

OFFICE_FUNCTIONS = frozenset({Function.OFFICE_CHIEF, Function.OFFICER})


@dataclass(frozen=True)
class Actor:
    """Somebody acting under one post on one day. `user` and `post` are None for the system."""

    user: User | None = None
    post: Post | None = None
    delegation: Delegation | None = None
    day: date | None = None
    form_key: str | None = field(default=None, compare=False)

    @property
    def key(self) -> str:
        """The choice as forms and the session carry it."""
        if self.delegation is not None:
            return f"delegation-{self.delegation.pk}"
        return f"post-{self.post.pk}" if self.post is not None else ""

    @property
    def authority(self) -> Post | None:
        """The post whose powers are used: the own one, or the one that delegated."""
        return self.post if self.delegation is None else self.delegation.from_post

    @cached_property
    def functions(self) -> frozenset[str]:
        """What this actor may do, as functions; nothing for a person without a post today."""
        if self.authority is None:
            return frozenset()
        return frozenset(self.authority.title.functions)

    @property
    def agency(self) -> Agency | None:
        """The agency acted for."""
        return None if self.authority is None else self.authority.agency

    @property
    def agency_id(self) -> int | None:
        """The id of the agency whose rows are this actor's; none for a pure administrator.

        The system administrator's post hangs in some agency, but gives no power over content.
        """
        if self.authority is None or self.functions <= {Function.ADMINISTRATOR}:
            return None
        return self.authority.agency_id

    def has(self, *functions: str) -> bool:
        """Return whether the actor carries any of the functions."""
        return not self.functions.isdisjoint(functions)

    @property
    def is_office(self) -> bool:
        """Whether the actor follows and verifies work for the body: chief or officer."""
        return not self.functions.isdisjoint(OFFICE_FUNCTIONS)

    @property
    def is_leader(self) -> bool:
        """Whether the actor is a leader of the body."""
        return Function.LEADER in self.functions

    @cached_property
    def is_office_clerk(self) -> bool:
        """Whether the actor is the clerk of the body's own Office."""
        return (
            Function.CLERK in self.functions
            and Body.objects.filter(office_id=self.agency_id).exists()
        )

    @property
    def sees_everything(self) -> bool:
        """Leaders and the Office see every row but cases (rule 2.4)."""
        return self.is_leader or self.is_office or self.is_office_clerk

    @cached_property
    def answers_for(self) -> frozenset[int]:
        """The ids of the posts whose work is the actor's: the one whose powers are used, and
        those that ended and that it follows (rule 2.1).
        """
        if self.authority is None or self.day is None:
            return frozenset()
        return answered_by(self.authority, self.day)

    @property
    def heads_agency(self) -> bool:
        """Whether the actor does official acts for the agency: head, deputy or delegate."""
        return Function.AGENCY_HEAD in self.functions

    def may_do(self, act: str) -> bool:
        """Return whether a delegation, if one is used, covers that kind of act."""
        return self.delegation is None or self.delegation.covers(act)

    @property
    def capacity(self) -> Capacity:
        """The capacity derived from post and delegation (rule 2.2)."""
        if self.delegation is not None:
            return Capacity.AUTHORISED
        if self.post is None:
            return Capacity.OWN
        if self.post.title.is_deputy:
            return Capacity.DEPUTY
        return Capacity.ACTING if self.post.is_acting else Capacity.OWN

    @property
    def title_text(self) -> str:
        """The title as the page head shows it."""
        if self.post is None:
            return _("No post today")
        own = self.post.words
        if self.delegation is None:
            return own
        return _("%(own)s, authorised by %(head)s") % {
            "own": own,
            "head": self.authority.words,
        }

    def with_form_key(self, form_key: str | None) -> "Actor":
        """Return the same actor carrying the key of the form that was posted."""
        return replace(self, form_key=form_key or None)

    def under(self, delegation: Delegation | None) -> "Actor":
        """Return the same actor using the authority lent to the post, or the own one."""
        return replace(self, delegation=delegation)


SYSTEM = Actor()


def acting_choices(user: User, day: date) -> list[Actor]:
    """Return every post and delegation the person may act under on that day, posts first."""
    in_force = Delegation.objects.in_force_on(day)
    posts = list(
        Post.objects.held_on(day)
        .filter(user=user)
        .for_display()
        .annotate(is_lent_to=Exists(in_force.filter(to_post=OuterRef("pk"))))
        .order_by("title__rank", "pk")
    )
    lent_to = [post for post in posts if post.is_lent_to]
    delegations = list(in_force.filter(to_post__in=lent_to).for_display()) if lent_to else []
    for post in posts:
        post.authority_lent = [lent for lent in delegations if lent.to_post_id == post.pk]
    return [Actor(user, post, None, day) for post in posts] + [
        Actor(user, lent.to_post, lent, day) for lent in delegations
    ]


def choose(choices: list[Actor], key: str | None, user: User, day: date) -> Actor:
    """Return the choice of that key, else the first, else the person without a post."""
    by_key = {choice.key: choice for choice in choices}
    return by_key.get(key or "") or (choices[0] if choices else Actor(user, None, None, day))


def head_of(agency: Agency, day: date) -> Post | None:
    """Return who heads the agency on that day (not a deputy), or None."""
    return (
        Post.objects.held_on(day).heads().filter(agency=agency).for_display().order_by("pk").first()
    )


def heads_by_agency(agency_ids, day: date) -> dict[int, Post]:
    """Return the heads of many agencies on that day, by agency id (one query)."""
    posts = Post.objects.held_on(day).heads().filter(agency_id__in=agency_ids).for_display()
    return {post.agency_id: post for post in posts.order_by("-pk")}


def holders_by_agency(
    function: str, agencies: Iterable[Agency], day: date
) -> dict[int, list[Post]]:
    """Return `holders_of` for each of many agencies, by agency id (at most four queries)."""
    wanted = {agency.pk: [] for agency in agencies}
    posts = Post.objects.held_on(day).with_function(function).filter(agency_id__in=wanted)
    for post in posts.for_display().order_by("title__rank", "pk"):
        wanted[post.agency_id].append(post)
    if not all(wanted.values()):
        fallen = holders_of(Function.OFFICE_CHIEF, day)
        wanted = {agency_id: found or fallen for agency_id, found in wanted.items()}
    return wanted


def holders_of(function: str, day: date, agency: Agency | None = None) -> list[Post]:
    """Return who carries a function that day.

    One that nobody holds falls to the chief, then to the leaders (rule 2.1).
    """
    for wanted in dict.fromkeys((function, Function.OFFICE_CHIEF, Function.LEADER)):
        posts = Post.objects.held_on(day).with_function(wanted).for_display()
        if agency is not None and wanted == function:
            posts = posts.filter(agency=agency)
        found = list(posts.order_by("title__rank", "pk"))
        if found:
            return found
    return []
