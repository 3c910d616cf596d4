"""What the dashboard says: what waits for the Office, what is overdue and where (rule 8.3).

Each figure carries the address of exactly its rows; the number of queries does not grow with
agencies, tasks or consultations.
"""

from collections import Counter
from dataclasses import dataclass, field, replace
from datetime import datetime
from urllib.parse import urlencode

from django.db.models import Case, Count, Min, Q, Value, When
from django.urls import reverse
from django.utils.functional import cached_property

from agencies.acting import Actor, heads_by_agency
from agencies.deadlines import local_day
from agencies.models import Agency, Setting
from agencies.reorganising import unmoved
from consultations.models import Consultation, Opinion
from consultations.wording import Days
from reports.columns import AWAITING, add_up, awaiting, still_open
from reports.figures import Terms, standing_by, tasks_at
from tasks.demands.listing import owed_upward
from tasks.models import (
    Acknowledgement,
    Authority,
    CampaignMark,
    Directive,
    Obstacle,
    ReviewCampaign,
    Task,
)
from tasks.questions import UNEXPLAINED, broken_commitment, waits_for_share
from tasks.reviewing.listing import campaigns_of
from tasks.timeliness import Timeliness

SHOWN = 10
EXPIRING_SHOWN = 6


@dataclass(frozen=True)
class Figure:
    """A count and the address of exactly the rows behind it."""

    count: int
    url: str
    from_days: int = 0
    to_days: int | str = ""

    @property
    def over_days(self) -> int:
        """The days a band without an end lies above."""
        return self.from_days - 1


@dataclass(frozen=True)
class Waiting:
    """Something that waits for the Office, and since how many working days at the longest."""

    figure: Figure
    oldest_days: int
    is_long: bool
    own: Figure | None = None  # what of it the leader who looks supervises


@dataclass(frozen=True)
class Owed:
    """What is owed upward, how much of it is overdue, and its earliest day."""

    figure: Figure
    overdue: Figure
    earliest: datetime | None


@dataclass
class AgencyLine:
    """One agency's row of the table."""

    agency: Agency
    head: str
    counts: Counter
    silent: int
    links: dict[str, str] = field(default_factory=dict)
    bands: list[tuple[str, Figure]] = field(default_factory=list)

    @property
    def open(self) -> int:
        """Open tasks, those awaiting verification and suspended included."""
        return still_open(self.counts)

    @property
    def shown_bands(self) -> list[tuple[str, Figure]]:
        """The bands that hold any task."""
        return [(name, figure) for name, figure in self.bands if figure.count]

    @property
    def segments(self) -> list[tuple[str, int]]:
        """The age bar's segments, the oldest first."""
        return [(name, figure.count) for name, figure in self.bands]


SORTS = {
    "overdue": lambda line: (line.counts["overdue"], line.counts["longest_overdue"]),
    "open": lambda line: line.open,
    "longest": lambda line: line.counts["longest_overdue"],
    "soon": lambda line: line.counts["due_soon"],
    "silent": lambda line: line.silent,
}


class Overview:
    """The dashboard of one actor at one instant, now or at the end of a past day."""

    def __init__(self, actor: Actor, at: datetime, *, as_of: str = "") -> None:
        self.actor, self.at, self.as_of = actor, at, as_of
        self.terms = Terms.in_force(at)

    @cached_property
    def _tasks(self):
        visible = Task.objects.visible_to(self.actor)
        return tasks_at(visible, self.terms, past=bool(self.as_of))

    @cached_property
    def counts(self) -> dict[int, Counter]:
        """The open tasks of each lead agency's id, as the report's columns."""
        return standing_by("lead", self._tasks, self.terms)

    @cached_property
    def total(self) -> Counter:
        """The open tasks of all agencies."""
        return add_up(self.counts.values())

    @property
    def late_agencies(self) -> int:
        """How many agencies have overdue work."""
        return sum(1 for counts in self.counts.values() if counts["overdue"])

    def tasks_url(self, **parameters) -> str:
        """Return the address of the tasks with these parameters, as of the same day."""
        asked = {name: value for name, value in parameters.items() if value != ""}
        if self.as_of:
            asked["as_of"] = self.as_of
        return f"{reverse('tasks')}?{urlencode(asked, doseq=True)}"

    # What stands ----------------------------------------------------------------------------

    @property
    def overdue(self) -> Figure:
        """Open, past the deadline."""
        return Figure(self.total["overdue"], self.tasks_url(timeliness="overdue"))

    @property
    def due_soon(self) -> Figure:
        """Due within the setting's working days."""
        return Figure(self.total["due_soon"], self.tasks_url(timeliness="due_soon"))

    @property
    def awaiting(self) -> Figure:
        """Reported, not yet verified (rule 5.5)."""
        return Figure(awaiting(self.total), self.tasks_url(timeliness="awaiting"))

    @property
    def awaiting_parts(self) -> dict[str, Figure]:
        """Of those, reported in time, late, and without a deadline."""
        return {
            column: Figure(self.total[column], self.tasks_url(timeliness=column))
            for column in AWAITING
        }

    @property
    def on_track(self) -> Figure:
        """In time and further away than "due soon", undated work included."""
        count = self.total["open_in_time"] - self.total["due_soon"] + self.total["open_undated"]
        judged = [Timeliness.ON_TRACK.value, Timeliness.UNDATED.value]
        return Figure(count, self.tasks_url(timeliness=judged))

    @property
    def undated(self) -> Figure:
        """Open without a deadline: never inside "on time" (rule 8.7)."""
        return Figure(self.total["open_undated"], self.tasks_url(timeliness="undated"))

    @property
    def suspended(self) -> Figure:
        """The clock stands still by the chief's decision (rule 5.7)."""
        return Figure(self.total["suspended"], self.tasks_url(timeliness="suspended"))

    @cached_property
    def delays(self) -> dict[str, Figure]:
        """Why work is late: no cause given, commitments broken, helpers late (5.9, 5.12)."""
        waits = When(waits_for_share(self.at, is_late=True), then=Value(True))
        found = (
            self._tasks.with_delay(self.at)
            .annotate(waits_long=Case(waits, default=Value(False)))
            .order_by()
            .aggregate(
                unexplained=Count("pk", filter=UNEXPLAINED),
                broken=Count("pk", filter=broken_commitment(self.at)),
                share=Count("pk", filter=Q(waits_long=True)),
            )
        )
        return {
            "unexplained": Figure(found["unexplained"], self.tasks_url(delay="unexplained")),
            "broken": Figure(found["broken"], self.tasks_url(delay="broken")),
            "share": Figure(found["share"], self.tasks_url(share="late")),
        }

    # What waits for the Office ----------------------------------------------------------------

    def reports_waiting(self) -> Waiting:
        """Reports of completion to verify; over the setting they count against the Office."""
        rows = Task.objects.visible_to(self.actor).counted().now().awaiting_verification()
        found = rows.aggregate(count=Count("pk"), oldest=Min("reported_then"))
        limit = Setting.objects.value("verification_days", self.at)
        days = self._working_days_since(found["oldest"])
        url = f"{reverse('tasks')}?waiting=verification"
        return Waiting(Figure(found["count"], url), days, days > limit)

    def extensions_waiting(self) -> Waiting:
        """Requests to extend a deadline that nobody decided yet (rule 5.6); a leader also reads
        how many are on work he supervises.
        """
        waiting = self._requests_waiting("extension")
        if not self.actor.is_leader:
            return waiting
        rows = Task.objects.visible_to(self.actor).counted().now().awaiting_extension(self.at)
        own = rows.filter(supervisor__in=self.actor.answers_for).count()
        asked = urlencode({"waiting": "extension", "leader": self.actor.authority.pk})
        return replace(waiting, own=Figure(own, f"{reverse('tasks')}?{asked}"))

    def returns_waiting(self) -> Waiting:
        """Tasks handed back that nobody decided on yet (rule 5.3)."""
        return self._requests_waiting("return")

    def _requests_waiting(self, kind: str) -> Waiting:
        rows = Task.objects.visible_to(self.actor).counted().now()
        waiting = {"extension": rows.awaiting_extension, "return": rows.awaiting_return}[kind]
        found = waiting(self.at).aggregate(count=Count("pk"), oldest=Min("asked_then"))
        limit = Setting.objects.value("verification_days", self.at)
        days = self._working_days_since(found["oldest"])
        url = f"{reverse('tasks')}?waiting={kind}"
        return Waiting(Figure(found["count"], url), days, days > limit)

    def owed(self) -> Owed:
        """What the body owes its superiors: demands no document has answered (rules 4.1, 8.3)."""
        found = owed_upward(self.actor, self.at)
        url = reverse("demands")
        overdue = Figure(found["overdue"], f"{url}?state=overdue")
        return Owed(Figure(found["owed"], f"{url}?state=open"), overdue, found["earliest"])

    def acknowledgements_overdue(self) -> Waiting:
        """Directives some addressee should have acknowledged by now (rule 4.3)."""
        late = overdue_acknowledgements(self.actor, self.at)
        found = late.aggregate(count=Count("pk"), oldest=Min("due_at"))
        days = self._working_days_since(found["oldest"])
        url = reverse("acknowledgements_overdue")
        return Waiting(Figure(found["count"], url), days, found["count"] > 0)

    def corrections_waiting(self) -> Waiting:
        """Corrections agencies marked on their lists, to apply or to refuse (rule 5.13)."""
        rows = CampaignMark.objects.visible_to(self.actor).undecided()
        found = rows.aggregate(count=Count("pk"), oldest=Min("entry__confirmed_at"))
        url = f"{reverse('campaign_marks')}?decision=waiting"
        days = self._working_days_since(found["oldest"])
        return Waiting(Figure(found["count"], url), days, False)

    def campaigns(self) -> list[ReviewCampaign]:
        """Return the running review campaigns with how many agencies have confirmed (5.13)."""
        return list(campaigns_of(self.actor).running().order_by("due_at", "pk"))

    def obstacles_waiting(self) -> Waiting:
        """Difficulties nobody has answered; they stay here until somebody does (rule 5.12)."""
        rows = Obstacle.objects.visible_to(self.actor).unanswered()
        found = rows.aggregate(count=Count("pk"), oldest=Min("raised_at"))
        limit = Setting.objects.value("obstacle_answer_days", self.at)
        days = self._working_days_since(found["oldest"])
        return Waiting(
            Figure(found["count"], f"{reverse('obstacles')}?state=open"), days, days > limit
        )

    def directives_waiting(self) -> dict[str, Waiting]:
        """Drafts to register and registered directives to approve."""
        draft = Q(state=Directive.State.DRAFT)
        ready = Q(state=Directive.State.REGISTERED, approved_at__isnull=True)
        found = Directive.objects.visible_to(self.actor).aggregate(
            draft=Count("pk", filter=draft),
            draft_oldest=Min("drafted_at", filter=draft),
            to_approve=Count("pk", filter=ready),
            to_approve_oldest=Min("registered_at", filter=ready),
        )
        return {state: self._directives(state, found) for state in ("draft", "to_approve")}

    def _directives(self, state: str, found: dict) -> Waiting:
        url = f"{reverse('directives')}?state={state}"
        days = self._working_days_since(found[f"{state}_oldest"])
        return Waiting(Figure(found[state], url), days, False)

    def _working_days_since(self, since: datetime | None) -> int:
        if since is None:
            return 0
        calendar = self.terms.calendar
        return calendar.working_days_between(local_day(since), local_day(self.at))

    def unmoved(self) -> list[tuple[Agency, int]]:
        """Closed agencies whose open work waits to be moved to their successors (rule 2.5)."""
        return unmoved(self.at)

    # Agencies -------------------------------------------------------------------------------

    def agencies(self, sort: str = "", *, everything: bool = False) -> list[AgencyLine]:
        """Return the agencies with overdue work or silence, the most overdue first."""
        silent = self._silent()
        found = Agency.objects.filter(pk__in=self.counts.keys() | silent.keys())
        heads = heads_by_agency([*self.counts, *silent], local_day(self.at))
        lines = [
            self._line(agency, heads, silent.get(agency.pk, 0))
            for agency in found.in_official_order()
        ]
        key = SORTS.get(sort.removeprefix("-"), SORTS["overdue"])
        ascending = sort in SORTS
        lines.sort(key=key, reverse=not ascending)
        if everything:
            return lines
        return [line for line in lines if line.counts["overdue"]][:SHOWN]

    @property
    def agency_total(self) -> int:
        """How many agencies have open work."""
        return len(self.counts)

    def _silent(self) -> dict[int, int]:
        if self.as_of:
            return {}
        lines = Opinion.objects.visible_to(self.actor, self.at).silent(self.at)
        counted = lines.order_by().values("agency").annotate(n=Count("pk"))
        return {row["agency"]: row["n"] for row in counted}

    def _line(self, agency: Agency, heads: dict, silent: int) -> AgencyLine:
        counts = self.counts.get(agency.pk, Counter())
        code = agency.code
        head = heads.get(agency.pk)
        quiet = {"tab": "lines", "silent": 1, "agency": code}
        links = {
            "open": self.tasks_url(agency=code, state="open"),
            "overdue": self.tasks_url(agency=code, timeliness="overdue"),
            "soon": self.tasks_url(agency=code, timeliness="due_soon"),
            "silent": f"{reverse('consultations')}?{urlencode(quiet)}",
        }
        return AgencyLine(
            agency=agency,
            head=head.user.full_name if head else "",
            counts=counts,
            silent=silent,
            links=links,
            bands=self._bands(code, counts),
        )

    def _bands(self, code: str, counts: Counter) -> list[tuple[str, Figure]]:
        """Return the three bands the bar draws, the oldest first; older settings' bands join."""
        _first, second, *older = (*self.terms.bands, 10_000, 10_000)
        third = older[0]
        limits = {"over_30": (third, ""), "from_8_to_30": (second, third - 1),
                  "up_to_7": (1, second - 1)}  # fmt: skip
        return [(name, self._band(code, counts, low, high)) for name, (low, high) in limits.items()]

    def _band(self, code: str, counts: Counter, low: int, high: int | str) -> Figure:
        url = self.tasks_url(agency=code, overdue_from=low, overdue_to=high)
        return Figure(self._overdue_between(counts, low, high), url, low, high)

    def _overdue_between(self, counts: Counter, low: int, high: int | str) -> int:
        return sum(
            counts[f"overdue_from_{start}"]
            for start in self.terms.bands
            if start >= low and (high == "" or start <= high)
        )

    def authorities(self) -> list[tuple[Authority, Counter, str]]:
        """Return the open work of each authority that assigned any, in official order."""
        standing = standing_by("assigned_by", self._tasks, self.terms)
        found = Authority.objects.filter(pk__in=standing)
        return [
            (each, standing[each.pk], self.tasks_url(authority=each.code, timeliness="overdue"))
            for each in found
        ]

    # Consultations ----------------------------------------------------------------------------

    def expiring(self) -> list[dict]:
        """Return the consultations that end soon with how many have not answered."""
        found = Consultation.objects.visible_to(self.actor)
        found = found.expiring(self.at, self.terms.soon_at).order_by("due_at", "pk")
        shown = list(found[:EXPIRING_SHOWN])
        lines = Opinion.objects.visible_to(self.actor, self.at).filter(consultation__in=shown)
        asked = dict(
            lines.order_by().values_list("consultation").annotate(n=Count("pk"))
        )  # fmt: skip
        silent = dict(
            lines.awaiting(self.at).order_by().values_list("consultation").annotate(n=Count("pk"))
        )
        days = Days(self.terms.calendar, self.at, self.terms.soon_at)
        return [
            {
                "consultation": each,
                "asked": asked[each.pk],
                "awaited": silent.get(each.pk, 0),
                "left": days.left(each.due_at),
            }
            for each in shown
        ]

    @property
    def expiring_url(self) -> str:
        """The address of all consultations that end soon."""
        asked = {"tab": "all", "expiring": self.terms.due_soon_days}
        return f"{reverse('consultations')}?{urlencode(asked)}"


def overdue_acknowledgements(actor: Actor, at: datetime):
    """Return acknowledgements not given by their day."""
    return Acknowledgement.objects.visible_to(actor).waiting().filter(due_at__lte=at)
