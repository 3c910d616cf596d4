"""Lending authority in writing and taking it back (rule 2.2)."""

from collections.abc import Iterable
from datetime import date, datetime

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from agencies.act_kinds import ActKind, act_kinds_of
from agencies.acting import Actor
from agencies.deadlines import local_day
from agencies.editing import what_changed
from agencies.functions import Function
from agencies.models import Delegation, Post, record
from agencies.models.people import PostQuerySet
from agencies.notices import owe
from agencies.refusals import NotYours, Refused, demand_words


def may_give(actor: Actor) -> bool:
    """Return whether the actor has authority of the own post to lend: heads and leaders.

    A deputy acts by the head's authority and a delegate by what was lent: neither lends it on.
    """
    if actor.post is None or actor.delegation is not None:
        return False
    return actor.is_leader or (actor.heads_agency and not actor.post.title.is_deputy)


def may_end(actor: Actor, delegation: Delegation) -> bool:
    """Return whether the actor gave it, or follows in the post that did."""
    return actor.delegation is None and delegation.from_post_id in actor.answers_for


def receivers(actor: Actor, day: date) -> PostQuerySet:
    """Return the posts the actor can authorise: of the own agency, and for a leader every head."""
    own = Q(agency=actor.agency)
    if actor.is_leader:
        own |= Q(title__functions__contains=[Function.AGENCY_HEAD], title__is_deputy=False)
    held = Post.objects.held_on(day).filter(own).exclude(user=actor.user)
    administers = Q(title__functions__contained_by=[Function.ADMINISTRATOR])
    return held.exclude(administers).for_display()


@transaction.atomic
def give(
    actor: Actor,
    at: datetime,
    *,
    to_post: Post,
    kinds: Iterable[ActKind],
    starts_on: date,
    ends_on: date,
    document_number: str,
) -> Delegation:
    """Lend the own post's authority for kinds of acts and a period; the receiver is told."""
    if not may_give(actor):
        raise NotYours(_("Heads of agencies and leaders lend authority, each of the own post."))
    today, kinds = local_day(at), list(kinds)
    if not receivers(actor, today).filter(pk=to_post.pk).exists():
        raise Refused(_("This post cannot be authorised by yours."), field="to_post")
    if not kinds or not set(kinds) <= set(act_kinds_of(actor.functions)):
        raise Refused(_("Choose what is lent, among what your post may do."), field="kinds")
    if starts_on < today:
        raise Refused(_("An authorisation is never back-dated."), field="starts_on")
    if ends_on < starts_on:
        raise Refused(_("The last day lies before the first."), field="ends_on")
    for post in (actor.post, to_post):
        if post.ends_on is not None and post.ends_on < starts_on:
            raise Refused(
                _("%(post)s ends on %(day)s, before the authorisation begins.")
                % {"post": post.words, "day": f"{post.ends_on:%d/%m/%Y}"},
                field="starts_on",
            )
    demand_words(document_number, "document_number", _("Give the number of the authorisation."))
    lent = Delegation.objects.create(
        from_post=actor.post,
        to_post=to_post,
        acts=sorted({beginning for kind in kinds for beginning in kind.beginnings}),
        starts_on=starts_on,
        ends_on=ends_on,
        document_number=document_number.strip(),
    )
    event = record(
        "delegation.given", lent, actor, at, key=actor.form_key,
        to=str(to_post), starts_on=starts_on.isoformat(), ends_on=ends_on.isoformat(),
        number=lent.document_number,
    )  # fmt: skip
    owe([to_post.user], event, immediate=True)
    return lent


@transaction.atomic
def end(delegation: Delegation, actor: Actor, at: datetime) -> Delegation:
    """Take the authority back from this instant on; what was done under it stays."""
    posts = Delegation.objects.select_related("to_post__user")
    lent = posts.select_for_update(of=("self",)).get(pk=delegation.pk)
    if not may_end(actor, lent):
        raise NotYours(_("Who lent the authority takes it back."))
    if lent.ended_at is not None or lent.ends_on < local_day(at):
        raise Refused(_("This authorisation has ended already.") + f" {what_changed(lent)}")
    lent.ended_at = at
    lent.save(update_fields=["ended_at"])
    event = record(
        "delegation.ended", lent, actor, at, key=actor.form_key,
        to=str(lent.to_post), number=lent.document_number,
    )  # fmt: skip
    owe([lent.to_post.user], event, immediate=True)
    return lent
