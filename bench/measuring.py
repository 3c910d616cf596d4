"""What every bench is made of: a database of its own, medians, ratios and their table."""

import statistics
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from django.conf import settings
from django.db import connection


@dataclass(frozen=True)
class Measured:
    """One measure: what took so long, what it is held against, and the ratio it must keep.

    `bound` None: shown, nothing promised. Times are seconds of this machine; only their ratio
    says anything elsewhere. With another `unit` both are numbers of that unit.
    """

    what: str
    seconds: float
    against: str
    base_seconds: float
    bound: float | None = None
    unit: str = ""

    @property
    def ratio(self) -> float:
        """How many times the base the measure took."""
        return self.seconds / self.base_seconds

    @property
    def is_kept(self) -> bool:
        """Whether the promise holds."""
        return self.bound is None or self.ratio <= self.bound


def median_of(runs: int, action: Callable[[], object]) -> float:
    """Return the median time of several runs of an action that may be repeated, in seconds."""
    action()  # warm: caches of the server and of Python
    return statistics.median(seconds_of(action) for _run in range(runs))


def seconds_of(action: Callable[[], object]) -> float:
    """Return how long an action took, in seconds."""
    begun = time.perf_counter()
    action()
    return time.perf_counter() - begun


def table_of(measures: Iterable[Measured]) -> str:
    """Return the measures as a table in Markdown."""
    lines = [
        "| measured | held against | ratio | at most | here |",
        "|---|---|---|---|---|",
    ]
    for one in measures:
        bound = "" if one.bound is None else f"{one.bound:g}" + ("" if one.is_kept else " ✗")
        times = f"{_said(one.seconds, one.unit)} / {_said(one.base_seconds, one.unit)}"
        lines.append(f"| {one.what} | {one.against} | {one.ratio:.2f} | {bound} | {times} |")
    return "\n".join(lines)


def analyze() -> None:
    """Let PostgreSQL count what was just filled, as its daemon would have by the next day."""
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


@contextmanager
def own_database(name: str) -> Iterator[None]:
    """Make an empty database for a bench beside the configured one, and drop it at the end."""
    configured = settings.DATABASES["default"]["NAME"]
    connection.settings_dict["TEST"]["NAME"] = f"bench_{name}"
    connection.creation.create_test_db(verbosity=0, autoclobber=True, serialize=False)
    try:
        yield
    finally:
        connection.creation.destroy_test_db(configured, verbosity=0)


def _said(number: float, unit: str) -> str:
    return f"{number:.0f} {unit}" if unit else _time(number)


def _time(seconds: float) -> str:
    return f"{seconds:.1f} s" if seconds >= 1 else f"{seconds * 1000:.1f} ms"
