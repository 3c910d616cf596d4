"""One field finds everything the actor may see, by number or words, without diacritics.

Of each kind the exact number or code comes first, then the newest. Totals stop at 1,000: the
newest 1,001 ids are fetched and nothing is counted beyond (traps.md: exact totals take longest).
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import datetime

from django.db.models import Model, Q, QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from agencies.acting import Actor
from agencies.deadlines import local_day
from agencies.fold import fold
from agencies.listing import with_beginnings, with_words
from agencies.models import Agency, Post
from consultations.models import Consultation
from tasks.models import Directive, Task, UrgedTask, Urging

CAP = 1000
LONGEST = 200
WORDS = 12


@dataclass
class Found:
    """What one kind of thing gave: ids in order, the exact ones first."""

    kind: str
    label: str | Promise
    ids: list[int]
    load: Callable[[list[int]], QuerySet] = field(repr=False)

    @property
    def total(self) -> int:
        """How many, at most 1,000."""
        return min(len(self.ids), CAP)

    @property
    def is_capped(self) -> bool:
        """Whether there are more than the total says."""
        return len(self.ids) > CAP

    def things(self, ids: Iterable[int]) -> list[Model]:
        """Return the rows of these ids, in their order (one query)."""
        wanted = list(ids)
        by_id = {thing.pk: thing for thing in self.load(wanted)}
        return [by_id[pk] for pk in wanted if pk in by_id]


class Search:
    """What somebody looks for; each kind starts from `visible_to` (rule 2.4)."""

    def __init__(self, actor: Actor, at: datetime, typed: str) -> None:
        self.actor, self.at = actor, at
        self.typed = typed.strip()[:LONGEST]
        self.words = fold(self.typed).split()[:WORDS]

    @property
    def folded(self) -> str:
        """The words as numbers and names are compared."""
        return " ".join(self.words)

    def find(self, kind: str) -> Found:
        """Look in one kind."""
        label, look, load = KINDS[kind]
        return Found(kind, label, look(self) if self.words else [], load)

    def find_all(self) -> list[Found]:
        """Look in every kind."""
        return [self.find(kind) for kind in KINDS]

    def directives(self) -> list[int]:
        """Directives by number, abstract, signer and text."""
        visible = Directive.objects.visible_to(self.actor)
        named = Q(number_key=self.folded) | Q(number_key__startswith=f"{self.folded} ")
        return self._ranked(visible, named, self._by_vector(visible))

    def tasks(self) -> list[int]:
        """Tasks by code, title, wording, product and source."""
        visible = Task.objects.visible_to(self.actor)
        return self._ranked(visible, self._coded(), self._by_vector(visible))

    def consultations(self) -> list[int]:
        """Consultations by code, title, background and document number."""
        visible = Consultation.objects.visible_to(self.actor)
        return self._ranked(visible, self._coded(), self._by_text(visible, "search_text"))

    def urgings(self) -> list[int]:
        """Urgings by number, the agency's name, and what the tasks they name are found by."""
        visible = Urging.objects.visible_to(self.actor)
        number, *series = self.words
        exact = Q(paper__number=int(number)) if number.isdecimal() else Q(pk__in=[])
        if series:
            exact &= Q(paper__suffix__iexact="-".join(series))
        named = UrgedTask.objects.filter(task__in=self._by_vector(Task.objects.all()))
        addressed = self._by_text(Agency.objects.all(), "search_text")
        matching = Q(agency__in=addressed) | Q(pk__in=named.values("urging"))
        return self._ranked(visible, exact, visible.filter(matching))

    def agencies(self) -> list[int]:
        """Agencies by name, short name and aliases, in official order."""
        visible = Agency.objects.visible_to(self.actor)
        found = self._by_text(visible, "search_text").in_official_order()
        return list(found.values_list("pk", flat=True)[: CAP + 1])

    def people(self) -> list[int]:
        """People in their posts of today, sorted by given name."""
        visible = Post.objects.visible_to(self.actor).held_on(local_day(self.at))
        found = self._by_text(visible, "user__search_text")
        found = found.order_by("user__name_key", "title__rank", "pk")
        return list(found.values_list("pk", flat=True)[: CAP + 1])

    def _coded(self) -> Q:
        code = "-".join(self.words).upper()
        return Q(code=code) | Q(code__endswith=f"-{code}")

    def _by_vector(self, rows: QuerySet) -> QuerySet:
        return with_beginnings(rows, self.folded)

    def _by_text(self, rows: QuerySet, name: str) -> QuerySet:
        return with_words(rows, self.folded, name)

    def _ranked(self, visible: QuerySet, exact: Q, matching: QuerySet) -> list[int]:
        newest = ("-pk",)
        first = list(visible.filter(exact).order_by(*newest).values_list("pk", flat=True)[:CAP])
        rest = matching.order_by(*newest).values_list("pk", flat=True)[: CAP + 1]
        return list(dict.fromkeys([*first, *rest]))[: CAP + 1]


KINDS: dict[str, tuple[str | Promise, Callable[[Search], list[int]], Callable]] = {
    "directives": (
        _("Directives"),
        Search.directives,
        lambda ids: Directive.objects.filter(pk__in=ids).select_related("kind", "issuer"),
    ),
    "tasks": (
        _("Tasks"),
        Search.tasks,
        lambda ids: Task.objects.filter(pk__in=ids).select_related("lead", "directive__kind"),
    ),
    "consultations": (
        _("Consultations"),
        Search.consultations,
        lambda ids: Consultation.objects.filter(pk__in=ids).select_related("requester"),
    ),
    "urgings": (
        _("Urgings"),
        Search.urgings,
        lambda ids: Urging.objects.filter(pk__in=ids).select_related("agency", "paper"),
    ),
    "agencies": (
        _("Agencies"),
        Search.agencies,
        lambda ids: Agency.objects.filter(pk__in=ids).select_related("kind"),
    ),
    "people": (
        _("People"),
        Search.people,
        lambda ids: Post.objects.filter(pk__in=ids).for_display(),
    ),
}
