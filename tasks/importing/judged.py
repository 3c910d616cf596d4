"""A row before and after it is judged, and what it is judged by. Pure."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

from agencies.deadlines import Calendar, Deadline
from tasks.importing.cells import Due, due_of
from tasks.importing.names import Names

EACH, FIRST = "each", "first"  # a joint lead: a task each, or the first leads and others help


@dataclass(frozen=True)
class Finding:
    """One thing found in a cell: what `wording` says in a sentence."""

    field: str
    code: str
    params: Mapping[str, object] = field(default_factory=dict, hash=False)


@dataclass(frozen=True)
class Given:
    """One row as given to be judged: its cells, what people corrected, whether it is wanted.

    `corrections` holds a text by field; besides `joint` (EACH or FIRST) and `double` (meant so).
    `is_left_out` is None until a person says so or not.
    """

    number: int
    cells: tuple[str, ...]
    corrections: Mapping[str, str] = field(default_factory=dict)
    is_left_out: bool | None = None
    is_hidden: bool = False


@dataclass
class Ground:
    """What rows are judged by: the directory and calendar of a day, the mapping of the sheet."""

    day: date
    calendar: Calendar
    columns: Sequence[str]
    fields: Mapping[str, int]
    agencies: Names
    members: Mapping[str, Sequence[str]]
    closed: Names
    authorities: Names
    competences: Names
    officers: Sequence[tuple[str, str]]
    authority: str = ""

    @cached_property
    def _dues(self) -> dict[tuple[str, date | None], Due]:
        return {}

    def due_of(self, text: str, start: date | None) -> Due:
        """Read a deadline once, however many rows write it."""
        key = (text, start)
        if key not in self._dues:
            self._dues[key] = due_of(text, start, self.day, self.calendar)
        return self._dues[key]

    def spelled_out(self, codes: Iterable[str]) -> tuple[str, ...]:
        """The agencies the codes of agencies and groups mean, each once."""
        found = [member for code in codes for member in self.members.get(code, (code,))]
        return tuple(dict.fromkeys(found))


@dataclass
class Judged:
    """One row as it stands: what it becomes (agencies by code), or why it gives nothing."""

    given: Given
    texts: Mapping[str, str]
    skip: str = ""
    problems: list[Finding] = field(default_factory=list)
    remarks: list[Finding] = field(default_factory=list)
    title: str = ""
    leads: tuple[str, ...] = ()
    helpers: tuple[str, ...] = ()
    deadline: Deadline | None = None
    assigned_on: date | None = None
    authority: str = ""
    competence: str = ""
    officer: str = ""
    is_key: bool = False
    news: str = ""
    percent: int | None = None
    unknown: list[tuple[str, str]] = field(default_factory=list)

    @property
    def number(self) -> int:
        """The row's number in the sheet."""
        return self.given.number

    @property
    def is_ready(self) -> bool:
        """Whether it becomes work as it stands."""
        return not self.skip and not self.problems

    @property
    def is_begun(self) -> bool:
        """Whether the sheet says that work goes on already."""
        return bool(self.news or self.percent)

    def problem(self, name: str, code: str, /, **params: object) -> None:
        """Note what must be put right first."""
        self.problems.append(Finding(name, code, params))

    def remark(self, name: str, code: str, /, **params: object) -> None:
        """Note what is worth reading and stands against nothing."""
        self.remarks.append(Finding(name, code, params))
