"""Which leader looks after what: the defaults for who supervises a task (section 2, rule 5.1)."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property

from django.db import transaction
from django.utils.translation import gettext as _

from agencies import editing
from agencies.acting import Actor
from agencies.deadlines import local_day
from agencies.directory import LEADERS
from agencies.functions import Function
from agencies.models import Agency, AlreadyDone, Competence, Event, Post, record
from agencies.notices import owe
from agencies.refusals import NotYours, Refused


def leaders_on(day: date) -> list[Post]:
    """Return the leaders in post on that day with their portfolios, the Chair first."""
    leaders = Post.objects.held_on(day).with_function(Function.LEADER).for_display()
    ordered = leaders.order_by("title__is_deputy", "title__rank", "pk")
    return list(ordered.prefetch_related("competences", "agencies"))


def supervising(
    leaders: Sequence[Post], competence: Competence | None, agency: Agency | None
) -> Post | None:
    """Return whose portfolio has the competence, else the agency; else the Chair."""
    for leader in leaders:
        if competence is not None and competence in leader.competences.all():
            return leader
    for leader in leaders:
        if agency is not None and agency in leader.agencies.all():
            return leader
    return leaders[0] if leaders else None


@dataclass(frozen=True)
class Portfolios:
    """All portfolios of one day: what nobody looks after, and what several do."""

    day: date

    @cached_property
    def leaders(self) -> list[Post]:
        """The leaders, the Chair first."""
        return leaders_on(self.day)

    @cached_property
    def free_competences(self) -> list[Competence]:
        """The competences in no portfolio: they fall to the Chair."""
        taken = {one for leader in self.leaders for one in leader.competences.all()}
        return [one for one in Competence.objects.all() if one not in taken]

    @cached_property
    def free_agencies(self) -> list[Agency]:
        """The open agencies in no portfolio."""
        taken = {one for leader in self.leaders for one in leader.agencies.all()}
        rows = Agency.objects.open_on(self.day).exclude(code=LEADERS).in_official_order()
        return [agency for agency in rows if agency not in taken]

    @property
    def shared(self) -> list[tuple[Competence | Agency, list[Post]]]:
        """What stands in several portfolios, with its leaders; the first of them supervises."""
        holders: dict[Competence | Agency, list[Post]] = {}
        for leader in self.leaders:
            for one in (*leader.competences.all(), *leader.agencies.all()):
                holders.setdefault(one, []).append(leader)
        return [(one, several) for one, several in holders.items() if len(several) > 1]


def may_share(actor: Actor) -> bool:
    """Return whether the actor writes portfolios: the Chair, the chief or the administrator."""
    is_chair = actor.is_leader and not actor.authority.title.is_deputy
    others = actor.has(Function.OFFICE_CHIEF, Function.ADMINISTRATOR)
    return (is_chair or others) and actor.may_do("portfolio.changed")


def mark_of(leader: Post) -> str:
    """Return what a form carries to notice that somebody changed the portfolio meanwhile (5.14)."""
    return editing.mark_of(
        sorted(leader.competences.values_list("pk", flat=True)),
        sorted(leader.agencies.values_list("pk", flat=True)),
    )


@transaction.atomic
def share(
    leader: Post,
    actor: Actor,
    at: datetime,
    *,
    competences: Iterable[Competence],
    agencies: Iterable[Agency],
    mark: str,
) -> Post:
    """Write what a leader looks after; tasks assigned from now on take their supervisor from it."""
    if not may_share(actor):
        raise NotYours(_("The Chair, the chief or the administrator writes portfolios."))
    posts = Post.objects.for_display().select_for_update(of=("self",))
    leader = posts.get(pk=leader.pk)
    done = actor.form_key and Event.objects.filter(key=actor.form_key).first()
    if done:
        raise AlreadyDone(done)
    if not leader.is_held_on(local_day(at)) or Function.LEADER not in leader.title.functions:
        raise Refused(_("Only a leader in post has a portfolio."))
    wanted = {"competences": list(competences), "agencies": list(agencies)}
    changes = [
        [name, _names(getattr(leader, name).all()), _names(rows)]
        for name, rows in wanted.items()
        if set(getattr(leader, name).all()) != set(rows)
    ]
    editing.refuse_other(
        mark_of(leader),
        mark,
        told=lambda: editing.what_changed(leader, acts="portfolio."),
        differences=lambda: changes,
    )
    if changes:
        leader.competences.set(wanted["competences"])
        leader.agencies.set(wanted["agencies"])
        event = record(
            "portfolio.changed", leader, actor, at, key=actor.form_key,
            leader=leader.user.full_name, changes=changes,
        )  # fmt: skip
        owe([leader.user], event, immediate=True)
    return leader


def _names(rows: Iterable[Competence | Agency]) -> str:
    return ", ".join(str(one) for one in rows)
