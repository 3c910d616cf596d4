"""Open and overdue work by agency, leader, authority, competence (rule 8.3), each figure a link."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Count
from django.utils.functional import Promise, cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from agencies.acting import heads_by_agency
from agencies.models import Agency, Competence, Post
from agencies.succession import in_post_on
from consultations.models import Opinion
from reports.columns import add_up, still_open
from reports.overview.scope import Figure, Scope
from reports.overview.standing import Standing
from tasks.models import Authority, Urging

SHOWN = 10
NOBODY = "null"
KINDS: dict[str, str | Promise] = {
    "agency": gettext_lazy("agency"),
    "leader": gettext_lazy("supervising leader"),
    "authority": gettext_lazy("who assigned"),
    "competence": gettext_lazy("competence"),
}
SORTS: dict[str, Callable[["Line"], Any]] = {
    "overdue": lambda line: (line.counts["overdue"], line.counts["longest_overdue"]),
    "open": lambda line: line.open,
    "longest": lambda line: line.counts["longest_overdue"],
    "soon": lambda line: line.counts["due_soon"],
    "silent": lambda line: line.silent,
    "urged": lambda line: line.urged,
}


@dataclass
class Line:
    """One row of the table."""

    name: str
    counts: Counter
    note: str = ""
    url: str = ""
    agency: Agency | None = None
    silent: int = 0
    urged: int = 0
    links: dict[str, str] = field(default_factory=dict)
    bands: list[tuple[str, Figure]] = field(default_factory=list)

    @property
    def open(self) -> int:
        """Open tasks, those awaiting verification and suspended included."""
        return still_open(self.counts)

    @property
    def head(self) -> str:
        """Who answers for the line: an agency's head."""
        return self.note

    @property
    def shown_bands(self) -> list[tuple[str, Figure]]:
        """The bands that hold any task."""
        return [(name, figure) for name, figure in self.bands if figure.count]

    @property
    def segments(self) -> list[tuple[str, int]]:
        """The age bar's segments, the oldest first."""
        return [(name, figure.count) for name, figure in self.bands]


class Breakdown:
    """The open work in scope by one dimension, as the address sorts it."""

    def __init__(self, standing: Standing, sort: str = "", *, everything: bool = False) -> None:
        self.standing, self.scope, self.by = standing, standing.scope, standing.by
        self.sort, self.everything = sort, everything

    @property
    def kinds(self) -> list[tuple[str, str | Promise]]:
        """What the table can be broken down by; a leader's portfolio is not by leader."""
        return [
            (code, label)
            for code, label in KINDS.items()
            if code != "leader" or not self.scope.leader
        ]

    @property
    def kind(self) -> str | Promise:
        """The dimension's word."""
        return KINDS[self.by]

    @cached_property
    def lines(self) -> list[Line]:
        """The lines with overdue work, the most overdue first; all of them when asked for."""
        lines = self._all
        key = SORTS.get(self.sort.removeprefix("-"), SORTS["overdue"])
        lines = sorted(lines, key=key, reverse=self.sort not in SORTS)
        if self.everything or self.by != "agency":
            return lines
        return [line for line in lines if line.counts["overdue"]][:SHOWN]

    @property
    def total(self) -> int:
        """How many have open work."""
        return len(self._counts)

    @property
    def longest(self) -> int:
        """The longest bar's number, for the scale."""
        return max((line.counts["overdue"] for line in self._all), default=0)

    @cached_property
    def _counts(self) -> Mapping[int | None, Counter]:
        counts = self.standing.along[self.by]
        return self._followed(counts) if self.by == "leader" else counts

    @cached_property
    def _all(self) -> list[Line]:
        return {
            "agency": self._agencies,
            "leader": self._leaders,
            "authority": self._authorities,
            "competence": self._competences,
        }[self.by]()

    # By agency --------------------------------------------------------------------------------

    def _agencies(self) -> list[Line]:
        silent, urged = self._silent(), self._urged()
        found = Agency.objects.filter(pk__in=self._counts.keys() | silent.keys())
        heads = heads_by_agency([*self._counts, *silent], self.scope.day)
        return [
            self._agency(
                agency, heads.get(agency.pk), silent.get(agency.pk, 0), urged.get(agency.pk, 0)
            )
            for agency in found.in_official_order()
        ]

    def _agency(self, agency: Agency, head: Post | None, silent: int, urged: int) -> Line:
        line = self._line(agency.name, agency.pk, agency=agency.code)
        line.agency, line.silent, line.urged = agency, silent, urged
        line.note = head.user.full_name if head else _("nobody heads it today")
        line.url = agency.get_absolute_url()
        line.links["silent"] = self.scope.url(
            "consultations", tab="lines", silent=1, agency=agency.code
        )
        line.links["urged"] = self.scope.url("urgings", state="issued", agency=agency.code)
        return line

    def _urged(self) -> dict[int, int]:
        """Return how many urgings each agency was sent by the instant (rule 8.2)."""
        issued = Urging.objects.visible_to(self.scope.actor).issued(self.scope.at)
        counted = issued.order_by().values("agency").annotate(n=Count("pk"))
        return {row["agency"]: row["n"] for row in counted}

    def _silent(self) -> dict[int, int]:
        """Return how many lines of consultations each agency let pass without a reply."""
        scope = self.scope
        lines = Opinion.objects.visible_to(scope.actor, scope.at)
        if scope.past is not None:
            lines = lines.as_of(scope.at)
        counted = lines.silent(scope.at).order_by().values("agency").annotate(n=Count("pk"))
        return {row["agency"]: row["n"] for row in counted}

    # By leader, authority, competence ---------------------------------------------------------

    @cached_property
    def _supervisors(self) -> dict[int, Post | None]:
        posts = Post.objects.filter(pk__in=self.standing.along["leader"].keys() - {None})
        posts = list(posts.select_related("user", "title"))
        answering = in_post_on(posts, self.scope.day)
        return {post.pk: answering[post.pk] or post for post in posts}

    def _followed(self, counts: Mapping[int | None, Counter]) -> dict[int | None, Counter]:
        """Return the counts of who answers for each leader's post that day (rule 2.1)."""
        gathered: dict[int | None, list[Counter]] = {}
        for pk, own in counts.items():
            post = self._supervisors[pk] if pk is not None else None
            gathered.setdefault(post and post.pk, []).append(own)
        return {pk: add_up(several) for pk, several in gathered.items()}

    def _leaders(self) -> list[Line]:
        posts = {post.pk: post for post in self._supervisors.values() if post is not None}
        lines = []
        for pk in self._counts:
            post = posts.get(pk)
            line = self._line(
                post.user.full_name if post else _("no supervising leader"), pk, leader=pk or NOBODY
            )
            if post is not None:
                line.note = post.title.name
                line.url = self.scope.url("dashboard", whose=post.pk)
            lines.append(line)
        return lines

    def _authorities(self) -> list[Line]:
        found = Authority.objects.filter(pk__in=self._counts)
        return [self._line(each.name, each.pk, authority=each.code) for each in found]

    def _competences(self) -> list[Line]:
        found = list(Competence.objects.filter(pk__in=self._counts.keys() - {None}))
        lines = [self._line(each.name, each.pk, competence=each.code) for each in found]
        if None in self._counts:
            lines.append(self._line(_("no competence named"), None, competence=NOBODY))
        return lines

    # A line -----------------------------------------------------------------------------------

    def _line(self, name: str, pk: int | None, **asked: Any) -> Line:
        counts = self._counts.get(pk, Counter())
        url = self.scope.tasks_url
        links = {
            "open": url(**asked, state="open"),
            "overdue": url(**asked, timeliness="overdue"),
            "soon": url(**asked, timeliness="due_soon"),
        }
        return Line(name, counts, links=links, bands=bands(self.scope, counts, **asked))


def bands(scope: Scope, counts: Mapping[str, int], **asked: Any) -> list[tuple[str, Figure]]:
    """Return the three bands the bar draws, the oldest first; older settings' bands join."""
    _first, second, *older = (*scope.terms.bands, 10_000, 10_000)
    third = older[0]
    limits: Iterable[tuple[str, int, int | str]] = (
        ("over_30", third, ""), ("from_8_to_30", second, third - 1), ("up_to_7", 1, second - 1),
    )  # fmt: skip
    return [
        (
            name,
            Figure(
                _between(scope, counts, low, high),
                scope.tasks_url(**asked, overdue_from=low, overdue_to=high),
                low,
                high,
            ),
        )
        for name, low, high in limits
    ]


def _between(scope: Scope, counts: Mapping[str, int], low: int, high: int | str) -> int:
    return sum(
        counts.get(f"overdue_from_{start}", 0)
        for start in scope.terms.bands
        if start >= low and (high == "" or start <= high)
    )
