"""What a row is to a report, and where the rows beside those of tasks come from."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from reports.figures import Terms


class FrozenRow(Protocol):
    """One thing a period counts: whose it is, and the columns it is counted in, once in each."""

    @property
    def code(self) -> str:
        """The public code of the thing, by which its page is found."""

    @property
    def agency(self) -> str:
        """The code of the agency it is counted for."""

    def columns(self, terms: Terms) -> tuple[str, ...]:
        """Return the columns that count it."""

    def to_json(self) -> dict:
        """Return the row as the report freezes it."""


@dataclass(frozen=True)
class Source:
    """A table of rows counted by agency beside the tasks; adding one to a report is a line."""

    table: str
    rows: Callable[[datetime, Terms], Iterable[FrozenRow]]
