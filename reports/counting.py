"""Adding rows up as they stream by: by agency, authority, leader, competence, priority, in total.

A task that changed its lead within a table leaves one row and enters another; what both rows
belong to counts it once (rule 8.6). Only such rows are remembered, all others merely counted.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence

from reports.columns import add_up, check
from reports.figures import Terms
from reports.rows import FrozenRow, LineRow, TaskRow
from reports.rows.tasks import HANDED_OVER

GROUPINGS = {
    "agencies": "lead",
    "authorities": "authority",
    "leaders": "leader",
    "competences": "competence",
    "priorities": "priority",
}
"""The tables of a report, and what a row of tasks says of its place in each (rule 8.5)."""
Pair = tuple[TaskRow, TaskRow]


class Tally:
    """The counts of one period; rows are added one by one."""

    def __init__(self, terms: Terms) -> None:
        self.terms = terms
        self.groups: dict[str, dict[str, Counter]] = {
            grouping: defaultdict(Counter) for grouping in GROUPINGS
        }
        self._moved: list[TaskRow] = []
        self._asked_again: list[LineRow] = []

    @classmethod
    def of(cls, rows: Iterable[FrozenRow], terms: Terms) -> "Tally":
        """Count rows of any kind."""
        tally = cls(terms)
        for row in rows:
            tally.add(row)
        return tally

    def add(self, row: FrozenRow) -> None:
        """Count one row: a task in every table, anything else with its agency only."""
        if isinstance(row, TaskRow):
            self._add_task(row)
            return
        self.groups["agencies"][row.agency].update(row.columns(self.terms))
        if isinstance(row, LineRow) and (row.previous or row.exit == "lines_ended"):
            self._asked_again.append(row)

    def _add_task(self, row: TaskRow) -> None:
        columns = row.columns(self.terms)
        for grouping, name in GROUPINGS.items():
            counts = self.groups[grouping][getattr(row, name)]
            for column in columns:
                counts[column] += 1
            _stretch(counts, row)
        if row.is_open:
            for code in row.coordinating:
                helping = self.groups["agencies"][code]
                helping["coordinated_open"] += 1
                helping["coordinated_overdue"] += int(row.exit == "overdue")
        if row.entry == "received" or row.exit in HANDED_OVER:
            self._moved.append(row)

    def by(self, grouping: str) -> dict[str, Counter]:
        """Return the counts of each row of a table. What moved between two agencies stands with
        both; under one leader, in one competence it moved within the row and counts once.
        """
        groups = self.groups[grouping]
        if grouping == "agencies":
            return dict(groups)
        pairs = self._pairs_of(grouping)
        return {key: _without(counts, _both(pairs[key])) for key, counts in groups.items()}

    def total(self) -> Counter:
        """Return the total, which leaves out the pairs within it."""
        added = add_up(self.groups["agencies"].values())
        lines = Counter(column for pair in moved_within(self._asked_again) for column in pair[2:])
        return _without(added, _both(pairs_within(self._moved)) + lines)

    def left_out(self) -> dict[str, dict]:
        """Return which rows a total or a row of a table leaves out, so that each figure opens
        exactly the rows it counts: codes of tasks, ids of lines.
        """
        within = {
            f"{grouping}:{key}": _codes(pairs)
            for grouping in GROUPINGS
            if grouping != "agencies"
            for key, pairs in self._pairs_of(grouping).items()
            if pairs
        }
        asked = moved_within(self._asked_again)
        lines = {"line_entries": [pair[0] for pair in asked], "line_exits": [p[1] for p in asked]}
        return {"total": _codes(pairs_within(self._moved)) | lines} | within

    def _pairs_of(self, grouping: str) -> dict[str, list[Pair]]:
        moved: dict[str, list[TaskRow]] = defaultdict(list)
        for row in self._moved:
            moved[getattr(row, GROUPINGS[grouping])].append(row)
        found = {key: pairs_within(rows) for key, rows in moved.items()}
        return defaultdict(list, found)

    def check(self) -> None:
        """Hold the equation of rule 8.6 for every row of every table and in total."""
        for grouping in GROUPINGS:
            for key, counts in self.by(grouping).items():
                check(counts, of=f"{grouping} {key}")
        check(self.total(), of="total")


def _stretch(counts: Counter, row: TaskRow) -> None:
    """Keep the longest overdue and the oldest undated work."""
    if row.exit == "overdue":
        counts["longest_overdue"] = max(counts["longest_overdue"], row.days_overdue)
    elif row.exit == "open_undated":
        counts["oldest_undated"] = max(counts["oldest_undated"], row.age_days)


def pairs_within(rows: Sequence[TaskRow]) -> list[Pair]:
    """Return what a total leaves out: each change of lead between two of its own rows, as the row
    that was received and the one that was left.

    A received row is paired with the row it took over, with the one that took over from it and
    gave it back (an undone reorganisation), or with its own leaving.
    """
    by_code = {row.code: row for row in rows}
    followers: dict[str, list[TaskRow]] = defaultdict(list)
    for row in rows:
        followers[row.previous].append(row)
    paired: set[str] = set()
    pairs = []
    for row in rows:
        if row.entry != "received":
            continue
        for other in (by_code.get(row.previous), *followers[row.code], row):
            if other is not None and other.exit in HANDED_OVER and other.code not in paired:
                paired.add(other.code)
                pairs.append((row, other))
                break
    return pairs


def moved_within(lines: Sequence[LineRow]) -> list[tuple[int, int, str, str]]:
    """Return what a total of lines leaves out, as ids and columns: a request that another agency
    took over is one request, however often it changed hands (rule 2.5).
    """
    by_id = {row.line: row for row in lines}
    paired: set[int] = set()
    pairs = []
    for row in lines:
        other = by_id.get(row.previous) if row.entry == "lines_received" else None
        if other is not None and other.exit == "lines_ended" and other.line not in paired:
            paired.add(other.line)
            pairs.append((row.line, other.line, row.entry, other.exit))
    return pairs


def _both(pairs: Iterable[Pair]) -> Counter:
    return Counter(column for entered, left in pairs for column in (entered.entry, left.exit))


def _codes(pairs: Sequence[Pair]) -> dict[str, list[str]]:
    return {
        "entries": [entered.code for entered, _left in pairs],
        "exits": [left.code for _entered, left in pairs],
    }


def _without(total: Counter, left_out: Counter) -> Counter:
    """Return the counts less what is left out; zeros are kept out, greatest values stay."""
    return Counter({name: n - left_out[name] for name, n in total.items() if n - left_out[name]})
