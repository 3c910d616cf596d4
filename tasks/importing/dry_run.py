"""What bringing a sheet in would do today: every row judged, shown before, followed by the act."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from hashlib import sha256

from django.db.models import Q

from agencies.directory import LEADERS
from agencies.fold import fold
from agencies.functions import Function
from agencies.models import Agency, AgencyGroup, CalendarDay, Competence, Post
from tasks.directives.expansion import Expansion
from tasks.importing.judged import Given, Ground, Judged
from tasks.importing.names import Names
from tasks.importing.rows import judge, mark_doubles
from tasks.models import Authority, ImportBatch, ImportRow, Task
from tasks.reader.names import Directory, Entry
from tasks.states import State

# Which settled names the mapping holds, by kind.
KINDS = AGENCY, AUTHORITY, COMPETENCE = "agency", "authority", "competence"


@dataclass(frozen=True)
class Unknown:
    """Words of the sheet that name nobody known: how many rows, and what they may mean."""

    kind: str
    written: str
    rows: int
    nearest: tuple[tuple[str, str], ...]


@dataclass
class DryRun:
    """All rows of a batch judged as of a day."""

    batch: ImportBatch
    day: date

    @cached_property
    def rows(self) -> list[Judged]:
        """Every row below the head, in the sheet's order."""
        found = [judge(given_of(row), self.ground) for row in self.stored.values()]
        mark_doubles(found, self._existing(found))
        return found

    @cached_property
    def stored(self) -> dict[int, ImportRow]:
        """The rows below the head by their number."""
        rows = self.batch.rows.filter(number__gt=self.batch.header_row)
        return {row.number: row for row in rows.order_by("number")}

    @cached_property
    def ready(self) -> list[Judged]:
        """What becomes work as it stands."""
        return [row for row in self.rows if row.is_ready]

    @cached_property
    def blocked(self) -> list[Judged]:
        """What must be put right or left out first."""
        return [row for row in self.rows if row.problems and not row.skip]

    @cached_property
    def skipped(self) -> list[Judged]:
        """What gives no work."""
        return [row for row in self.rows if row.skip]

    @cached_property
    def remarked(self) -> list[Judged]:
        """What becomes work and is worth a look."""
        return [row for row in self.ready if row.remarks]

    @property
    def task_count(self) -> int:
        """How many tasks there will be; parents of groups are not counted (rule 5.1)."""
        return sum(len(row.leads) for row in self.ready)

    @property
    def tasks_by_agency(self) -> list[tuple[Agency, int]]:
        """How many tasks each agency would get, in official order."""
        counts = Counter(code for row in self.ready for code in row.leads)
        return [(a, counts[a.code]) for a in self.agencies.values() if a.code in counts]

    @property
    def overdue_count(self) -> int:
        """How many tasks will be overdue at once: the present list has them."""
        return self._tasks_remarked("overdue")

    @property
    def undated_count(self) -> int:
        """How many tasks have no deadline and get a review day (rule 5.11)."""
        return self._tasks_remarked("undated")

    def _tasks_remarked(self, code: str) -> int:
        return sum(len(r.leads) for r in self.ready if any(one.code == code for one in r.remarks))

    @property
    def done_count(self) -> int:
        """How many rows the sheet calls done."""
        return sum(row.skip == "done" for row in self.skipped)

    @cached_property
    def nobody_assigns(self) -> int:
        """How many rows still have to say who assigns them: one choice holds for all."""
        missing = ("authority", "missing")
        return sum(any((f.field, f.code) == missing for f in row.problems) for row in self.blocked)

    @cached_property
    def unknown(self) -> list[Unknown]:
        """The names nobody knows, those of agencies first, the most frequent before."""
        counts = Counter(
            name for row in self.rows if not row.skip for name in dict.fromkeys(row.unknown)
        )
        ordered = sorted(counts.items(), key=lambda one: (KINDS.index(one[0][0]), -one[1], one[0]))
        return [self._unknown(kind, written, n) for (kind, written), n in ordered]

    def _unknown(self, kind: str, written: str, count: int) -> Unknown:
        names = self.names_of(kind)
        near = tuple((code, names.words[code]) for code in names.nearest(written))
        return Unknown(kind, written, count, near)

    def names_of(self, kind: str) -> Names:
        """The directory the names of a kind are looked up in."""
        return {
            AGENCY: self.ground.agencies,
            AUTHORITY: self.ground.authorities,
            COMPETENCE: self.ground.competences,
        }[kind]

    @property
    def fingerprint(self) -> str:
        """Changes with anything the page shows, so that nobody brings in what he did not see."""
        rows = [(row.number, row.skip, len(row.problems), row.leads) for row in self.rows]
        versions = [(row.number, row.version) for row in self.stored.values()]
        facts = repr((self.batch.version, self.day, versions, rows))
        return sha256(facts.encode()).hexdigest()[:20]

    # What rows are judged by ------------------------------------------------------------------

    @cached_property
    def agencies(self) -> dict[str, Agency]:
        """The agencies of the day by code, in official order."""
        open_now = Expansion(self.day).agencies.values()
        return {agency.code: agency for agency in open_now if agency.code != LEADERS}

    @cached_property
    def ground(self) -> Ground:
        """The directory, calendar and mapping of the day, read once."""
        mapping = self.batch.mapping
        settled = mapping.get("names", {})
        groups = list(AgencyGroup.objects.prefetch_related("kinds"))
        return Ground(
            day=self.day,
            calendar=CalendarDay.objects.calendar(),
            columns=self.batch.columns,
            fields=mapping.get("fields", {}),
            agencies=Names(
                Directory([*map(_agency, self.agencies.values()), *map(_group, groups)]),
                settled.get(AGENCY, {}),
                frozenset(group.code for group in groups),
            ),
            members={group.code: self._members(group) for group in groups},
            closed=Names(Directory([_agency(agency) for agency in self._closed()])),
            authorities=Names(
                Directory([_aliased(one) for one in Authority.objects.all()]),
                settled.get(AUTHORITY, {}),
            ),
            competences=Names(
                Directory([_competence(one) for one in Competence.objects.all()]),
                settled.get(COMPETENCE, {}),
            ),
            officers=self._officers(),
            authority=mapping.get("authority", ""),
        )

    def _members(self, group: AgencyGroup) -> tuple[str, ...]:
        kinds = {kind.pk for kind in group.kinds.all()}
        return tuple(code for code, agency in self.agencies.items() if agency.kind_id in kinds)

    def _closed(self) -> Iterable[Agency]:
        return Agency.objects.filter(closed_on__lte=self.day)

    def _officers(self) -> list[tuple[str, str]]:
        posts = Post.objects.held_on(self.day).with_function(Function.OFFICER)
        return [(fold(name), str(pk)) for name, pk in posts.values_list("user__full_name", "pk")]

    def _existing(self, rows: list[Judged]) -> dict[tuple, str]:
        """The open tasks that rows may repeat: folded title, lead and deadline → code."""
        due = {row.deadline.due_at for row in rows if row.deadline}
        tasks = Task.objects.counted().filter(Q(due_at__in=due) | Q(due_at__isnull=True))
        tasks = tasks.exclude(state__in=[State.CANCELLED, State.RETURNED, State.TRANSFERRED])
        facts = tasks.values_list("title", "lead__code", "due_at", "code")
        return {(fold(title), lead, due_at): code for title, lead, due_at, code in facts}


def given_of(row: ImportRow) -> Given:
    """The stored row as the pure judgement takes it."""
    return Given(
        number=row.number,
        cells=tuple(row.cells),
        corrections=row.corrections,
        is_left_out=row.is_left_out,
        is_hidden=row.is_hidden,
    )


def _agency(agency: Agency) -> Entry:
    return Entry(agency.code, agency.name, (agency.name, agency.short_name, *agency.aliases))


def _group(group: AgencyGroup) -> Entry:
    return Entry(group.code, group.name, (group.name, *group.aliases))


def _aliased(authority: Authority) -> Entry:
    return Entry(authority.code, authority.name, (authority.name, *authority.aliases))


def _competence(competence: Competence) -> Entry:
    return Entry(competence.code, competence.name, (competence.name, *competence.words))
