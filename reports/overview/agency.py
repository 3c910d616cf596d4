"""One agency's dashboard: its tasks, its people, what it gives and is asked, how it went (8.3)."""

from collections import Counter
from dataclasses import dataclass
from functools import cached_property

from django.db.models import Count, Q

from agencies.acting import Actor
from agencies.models import Agency, Post
from agencies.succession import in_post_on
from consultations.models import HOLDER, Dossier
from reports.overview.asking import Asked, asked_of
from reports.overview.board import Board
from reports.overview.breakdown import bands
from reports.overview.periods import Period, periods_of
from reports.overview.scope import Figure, Scope
from tasks.models import Task
from tasks.timeliness import Timeliness


def may_see(actor: Actor, agency: Agency) -> bool:
    """Whether an agency's figures are the actor's to see: leaders and the Office see all, an
    agency its own (rule 2.4).
    """
    return actor.sees_everything or actor.agency_id == agency.pk


def may_open_dashboard(actor: Actor, agency: Agency) -> bool:
    """Whether the agency's dashboard, which names people, opens: to its head, not its staff."""
    is_own = actor.agency_id == agency.pk and actor.heads_agency
    return actor.sees_everything or is_own


@dataclass(frozen=True)
class Person:
    """What one person of the agency holds."""

    post: Post
    open: Figure
    overdue: Figure
    due_soon: Figure
    awaiting: Figure


class AgencyOverview(Board):
    """What one agency holds at one instant; `scope` names the agency."""

    def __init__(self, scope: Scope) -> None:
        super().__init__(scope)
        self.agency = scope.agency

    @property
    def bands(self) -> list[tuple[str, Figure]]:
        """Its overdue tasks by age, the oldest first."""
        return bands(self.scope, self.standing.total)

    @cached_property
    def people(self) -> list[Person]:
        """Who holds what, the most overdue first; who works on a task is known only of today."""
        if self.scope.as_of:
            return []
        rows = (
            self.scope.tasks.open().with_worker(self.scope.day).order_by().values("worker_then")
            .annotate(
                open=Count("pk"),
                overdue=Count("pk", filter=Q(timeliness=Timeliness.OVERDUE)),
                due_soon=Count("pk", filter=Q(timeliness=Timeliness.DUE_SOON)),
                awaiting=Count("pk", filter=Q(timeliness__startswith="awaiting")),
            )
        )  # fmt: skip
        counted = {row.pop("worker_then"): Counter(row) for row in rows}
        found = Post.objects.filter(pk__in=counted.keys() - {None})
        posts = {post.pk: post for post in found.for_display()}
        held: dict[Post, Counter] = {}
        for pk, follower in in_post_on(posts.values(), self.scope.day).items():
            held.setdefault(follower or posts[pk], Counter()).update(counted[pk])
        lines = [self._person(post, counts) for post, counts in held.items()]
        return sorted(lines, key=lambda line: (-line.overdue.count, -line.open.count))

    def _person(self, post: Post, counts: Counter) -> Person:
        def figure(name: str, **parameters: str) -> Figure:
            return Figure(counts[name], self.scope.tasks_url(person=post.pk, **parameters))

        return Person(
            post,
            figure("open", state="open"),
            figure("overdue", timeliness=Timeliness.OVERDUE.value),
            figure("due_soon", timeliness=Timeliness.DUE_SOON.value),
            figure("awaiting", timeliness="awaiting"),
        )

    @cached_property
    def shares(self) -> dict[str, Figure]:
        """What it still has to give to tasks others lead, and what of it is late (rule 5.9)."""
        visible = Task.objects.visible_to(self.scope.actor).counted()
        rows = visible.now() if self.scope.past is None else visible.as_of(self.scope.at)

        def figure(share: str) -> Figure:
            waiting = rows.waiting_for_share(self.scope.at, is_late=share == "late", of=self.agency)
            url = self.scope.tasks_url(role="coordinating", share=share)
            return Figure(waiting.order_by().count(), url)

        return {share: figure(share) for share in ("awaited", "late")}

    @cached_property
    def asked(self) -> Asked:
        """The consultations it answers and asks."""
        return asked_of(self.scope)

    @cached_property
    def dossiers(self) -> dict[str, Figure]:
        """Its dossiers by whom they lie with (rule 7.3)."""
        rows = Dossier.objects.visible_to(self.scope.actor).filter(agency=self.agency)
        states = rows.standing(self.scope.past).order_by().values_list("state_then")
        counts: Counter = Counter()
        for state, count in states.annotate(n=Count("pk")):
            counts[HOLDER.get(state, "ended")] += count
        return {
            hands: Figure(
                counts[hands], self.scope.url("dossiers", agency=self.agency.code, hands=hands)
            )
            for hands in ("agency", "office", "leader", "ended")
        }

    @property
    def segments(self) -> list[tuple[str, int]]:
        """The age bar's segments, the oldest first."""
        return [(name, figure.count) for name, figure in self.bands]

    @cached_property
    def periods(self) -> list[Period]:
        """Its rows of the frozen reports, the newest first; its own people read approved ones."""
        return periods_of(self.agency, self.scope.actor, self.scope.at)
