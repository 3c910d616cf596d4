"""The dashboard of one actor: the Office's, or a leader's own portfolio (rule 8.3).

Each figure carries the address of exactly its rows; the number of queries does not grow with
agencies, tasks or consultations.
"""

from functools import cached_property

from django.db.models import Count, Q

from agencies.models import Agency
from agencies.reorganising import unmoved
from reports.overview.asking import Expiring, expiring, expiring_url
from reports.overview.board import Board
from reports.overview.breakdown import KINDS, Breakdown
from reports.overview.ranking import Ranking, ranking
from reports.overview.scope import Figure, Scope
from reports.overview.waiting import (
    Owed,
    Waiting,
    owed,
    waiting_for_a_leader,
    waiting_for_the_office,
)
from tasks.models import ReviewCampaign
from tasks.questions import broken_commitment
from tasks.reviewing.listing import STATES, as_it_stood, campaigns_of
from tasks.states import WORKING
from tasks.timeliness import Timeliness


class Overview(Board):
    """What the Office or a leader looks at: what waits, who is late, why."""

    def __init__(self, scope: Scope, *, by: str = "", sort: str = "", everything: bool = False):
        super().__init__(scope, by if by in KINDS else "agency")
        self.breakdown = Breakdown(self.standing, sort, everything=everything)

    @cached_property
    def delays(self) -> dict[str, Figure]:
        """Why work is late: no cause given, commitments broken, helpers late (5.9, 5.12)."""
        url = self.scope.tasks_url
        working = self.scope.tasks.filter(state_then__in=WORKING)
        overdue = working.filter(timeliness=Timeliness.OVERDUE).with_delay(self.scope.at)
        found = overdue.order_by().aggregate(
            unexplained=Count("pk", filter=Q(cause_then__isnull=True)),
            broken=Count("pk", filter=broken_commitment(self.scope.at)),
        )
        late = working.waiting_for_share(self.scope.at, is_late=True).order_by().count()
        return {
            "unexplained": Figure(found["unexplained"], url(delay="unexplained")),
            "broken": Figure(found["broken"], url(delay="broken")),
            "share": Figure(late, url(share="late")),
        }

    @cached_property
    def waiting(self) -> list[Waiting]:
        """What waits for whoever the page belongs to, with its age."""
        if self.scope.leader is not None:
            return waiting_for_a_leader(self.scope)
        return waiting_for_the_office(self.scope)

    @cached_property
    def owed(self) -> Owed:
        """What the body owes its superiors."""
        return owed(self.scope)

    @cached_property
    def expiring(self) -> list[Expiring]:
        """The consultations that end soon."""
        return expiring(self.scope)

    @property
    def expiring_url(self) -> str:
        """The address of all consultations that end soon."""
        return expiring_url(self.scope)

    @cached_property
    def ranking(self) -> Ranking:
        """The agencies by what they completed on time of what fell due."""
        return ranking(self.scope)

    @cached_property
    def campaigns(self) -> list[ReviewCampaign]:
        """The running review campaigns with how many agencies have confirmed (5.13)."""
        running = campaigns_of(self.scope.actor, self.scope.past).filter(STATES["running"])
        return [as_it_stood(campaign) for campaign in running.order_by("due_then", "pk")]

    @cached_property
    def unmoved(self) -> list[tuple[Agency, int]]:
        """Closed agencies whose open work waits to be moved to their successors (rule 2.5)."""
        return [] if self.scope.as_of else unmoved(self.scope.at)
