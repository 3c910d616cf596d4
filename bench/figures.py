"""Figures on a hundred thousand tasks: the dashboard and a month's report held against the plain
SQL aggregates of the same figures, their memory, and their queries with few and many agencies.
"""

import resource
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime

import time_machine
from django.conf import settings
from django.db import connection, transaction
from django.test import Client, override_settings
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from agencies.deadlines import ZONE
from agencies.functions import Function
from agencies.models import Post, User
from bench.filling import fill_body
from bench.measuring import Measured, analyze, median_of
from bench.plain_figures import dashboard_figures, month_figures
from bench.tasks_filling import Assigned, fill_agencies
from reports.build import build_period
from reports.periods import Kind, holding_day
from tasks.models import Task

TITLE = "Figures"
FIRST = datetime(2023, 11, 20, tzinfo=ZONE)
NOW = datetime(2026, 11, 26, 9, tzinfo=ZONE)
MONTH = holding_day(Kind.MONTH, date(2026, 11, 14))

STATIC = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
SERVED = {"ALLOWED_HOSTS": ["*"], "STORAGES": settings.STORAGES | {"staticfiles": STATIC}}


@dataclass(frozen=True)
class Size:
    """Tasks, and the agencies they are spread over: a tenth of them over few, then all over many;
    `runs` of the dashboard, and a third as many of the report.
    """

    tasks: int
    few: int
    many: int
    runs: int


FULL = Size(tasks=100_000, few=10, many=100, runs=9)
SMALL = Size(tasks=100, few=3, many=6, runs=1)


def measure(size: Size) -> list[Measured]:
    """Fill the empty database and measure."""
    fill_body(NOW.date())
    heads = fill_agencies(size.many, FIRST.date())
    tenth = size.tasks // 10
    with time_machine.travel(NOW, tick=True), override_settings(**SERVED):
        page = dashboard_of(_chief())
        what = {"the dashboard": page, "a month's report": build_and_undo}
        Assigned(tenth, FIRST, NOW, heads[: size.few]).fill()
        analyze()
        few = {name: _queries(action) for name, action in what.items()}
        before = _peak()
        Assigned(size.tasks - tenth, FIRST, NOW, heads[: size.many]).fill()
        analyze()
        return [
            *_times(page, size.runs),
            _memory(size, before),
            *(
                Measured(
                    f"queries of {name}, {size.tasks:,} tasks of {size.many} agencies",
                    _queries(action),
                    f"{tenth:,} tasks of {size.few} agencies",
                    few[name],
                    1,
                    unit="queries",
                )
                for name, action in what.items()
            ),
        ]


def _times(page: Callable[[], object], runs: int) -> list[Measured]:
    few = max(runs // 3, 1)
    return [
        Measured(
            f"the chief's whole page, {Task.objects.count():,} tasks",
            median_of(runs, page),
            "plain SQL aggregates of its figures",
            median_of(runs, lambda: dashboard_figures(NOW)),
            10,
        ),
        Measured(
            "a month's report, counted and frozen row by row",
            median_of(few, build_and_undo),
            "plain SQL aggregates of its columns",
            median_of(few, lambda: month_figures(MONTH.starts_at, MONTH.cut_off_at)),
            30,
        ),
    ]


def _memory(size: Size, before: float) -> Measured:
    """Return the most the process ever held, against what it held before the many tasks."""
    return Measured(
        f"the process at its largest, {size.tasks:,} tasks",
        _peak(),
        f"a month's report of {size.tasks // 10:,} tasks built",
        before,
        1.5,
        unit="MB",
    )


def _peak() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def _queries(action: Callable[[], object]) -> int:
    action()
    with CaptureQueriesContext(connection) as captured:
        action()
    return len(captured)


def _chief() -> User:
    return Post.objects.with_function(Function.OFFICE_CHIEF).select_related("user").first().user


def dashboard_of(user: User) -> Callable[[], object]:
    """Return the action that asks for the whole page, all agencies shown."""
    client = Client()
    client.force_login(user)

    def page() -> None:
        response = client.get(reverse("dashboard"), {"all": "1"})
        assert response.status_code == 200

    return page


class _Undone(Exception):
    """Takes back what a measured run wrote."""


def build_and_undo() -> None:
    """Build and freeze the month's report, and take it back."""
    with suppress(_Undone), transaction.atomic():
        assert build_period(MONTH, NOW) is not None
        raise _Undone
