"""Fixtures for all tests: their order, the instant, fast passwords, kept rows, the browser."""

import gc
import os
from collections.abc import Iterator
from contextlib import suppress
from datetime import datetime
from importlib import import_module
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.db import DEFAULT_DB_ALIAS, connections, transaction
from django.test import TransactionTestCase, override_settings
from django.utils import translation

from tests import factories as make
from tests.servers import chromium
from tests.tables import bring_back_rows, copy_tables, keep_rows
from tests.world import World, world_with_reports

HERE = Path(__file__).parent
LOCAL = ZoneInfo("Asia/Ho_Chi_Minh")
# What shares rows that are dear to make, then what takes longest by itself. xdist gives each worker
# a third of the tests in a row and lets idle ones steal from an end: at the front, rows are made by
# one worker only, and no long test is the last that all wait for. Tests of browsers wait as long as
# they compute: one worker's at a time leave the processor busy.
FIRST = (
    "tests/reports/test_demonstration.py",
    "tests/test_addresses.py",
    "tests/test_visibility.py",
    "tests/test_lists.py",
    "tests/config/test_run.py",
    "tests/browser/",
)


def pytest_collection(session: pytest.Session) -> None:
    """Import all tests, each of xdist's workers beginning at another: rewriting their assertions
    takes longer than anything else in collecting, and what one has rewritten the others load.
    """
    if is_worker(session.config) and session.config.args == session.config.getini("testpaths"):
        given = session.config.workerinput
        files = sorted(HERE.rglob("test_*.py"))
        first = len(files) * int(given["workerid"].removeprefix("gw")) // given["workercount"]
        for file in files[first:] + files[:first]:
            with suppress(Exception):  # collecting meets it again, and reports it
                import_module(".".join(file.relative_to(HERE.parent).with_suffix("").parts))


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Put the dearest files first, in the order of `FIRST`."""
    items.sort(key=lambda item: [not item.nodeid.startswith(place) for place in FIRST])


def pytest_collection_finish() -> None:
    """Spare the collector of garbage what stays to the end: a tenth of the processor's time."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 20, 50)


@pytest.fixture(scope="session")
def django_db_keepdb(request, django_db_keepdb) -> bool:
    """Whether the database is there already: a worker of xdist copies the run's tables."""
    return django_db_keepdb or is_worker(request.config)


@pytest.fixture(scope="session")
def django_db_modify_db_settings(request, django_db_modify_db_settings) -> None:
    """Copy the tables that the run's first worker makes, before Django looks for them."""
    if is_worker(request.config):
        name = connections[DEFAULT_DB_ALIAS].creation._get_test_db_name()
        copy_tables(name, request.config.workerinput["testrunuid"])


def is_worker(config: pytest.Config) -> bool:
    """Whether this process is one of several that share the tests out among them."""
    return hasattr(config, "workerinput")


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup, django_db_blocker) -> None:
    """Let tests that commit end with the rows that migrations inserted, and no others."""
    with django_db_blocker.unblock():
        keep_rows()
    TransactionTestCase._fixture_teardown = lambda _case: bring_back_rows()


@pytest.fixture(scope="session", autouse=True)
def _fast_passwords() -> Iterator[None]:
    with override_settings(PASSWORD_HASHERS=["django.contrib.auth.hashers.MD5PasswordHasher"]):
        yield


@pytest.fixture(scope="module")
def kept_rows(django_db_setup, django_db_blocker) -> Iterator[None]:
    """Keep what a fixture of the module makes for all its tests: each of them runs in a savepoint
    of this transaction.
    """
    with django_db_blocker.unblock(), transaction.atomic():
        yield
        transaction.set_rollback(True)


@pytest.fixture(scope="module")
def _world(kept_rows) -> World:
    return world_with_reports()


@pytest.fixture
def world(_world, db) -> World:
    """The small district of `tests/world.py`, made once a module."""
    return _world


@pytest.fixture
def at():
    """Return a function: local wall time to an instant, `at("20/05/2023 16:00")`."""

    def instant(text: str) -> datetime:
        form = "%d/%m/%Y %H:%M" if " " in text else "%d/%m/%Y"
        return datetime.strptime(text, form).replace(tzinfo=LOCAL)

    return instant


@pytest.fixture
def clock_at_now(request) -> Iterator[None]:
    """Stop the clock at the module's `NOW`."""
    with time_machine.travel(request.module.NOW, tick=False):
        yield


@pytest.fixture
def clock_from_now(request) -> Iterator[None]:
    """Let the clock run from the module's `NOW`, as browsers need it."""
    with time_machine.travel(request.module.NOW, tick=True):
        yield


@pytest.fixture
def in_english() -> Iterator[None]:
    """Look at sentences in the language they are written in."""
    with translation.override("en"):
        yield


@pytest.fixture
def chief():
    return make.office_chief()


@pytest.fixture
def officer():
    return make.officer()


@pytest.fixture
def chair():
    return make.chair()


# Browser --------------------------------------------------------------------------------


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict) -> dict:
    """Launch Debian's Chromium; a laptop without a browser skips these tests, CI never does."""
    program = chromium()
    if program is None and os.environ.get("CI"):
        pytest.fail("No Chromium: .ci/run installs it.")
    if program is None:
        pytest.skip("no Chromium on this machine")
    return browser_type_launch_args | {
        "executable_path": str(program),
        "args": ["--no-sandbox", "--disable-dev-shm-usage", "--disable-gpu"],
    }


@pytest.fixture(scope="session")
def browser_context_args(browser_context_args: dict) -> dict:
    """A Vietnamese browser in the country's zone."""
    return browser_context_args | {"locale": "vi-VN", "timezone_id": "Asia/Ho_Chi_Minh"}


@pytest.fixture
def desktop(new_context, live_server) -> Iterator:
    """A page of a computer (1440 by 900) on the live server: `desktop.goto("/")`."""
    yield _page(new_context, live_server, width=1440, height=900)


@pytest.fixture
def phone(new_context, live_server) -> Iterator:
    """A page of a telephone (390 by 844) on the live server."""
    yield _page(
        new_context, live_server, width=390, height=844, has_touch=True, device_scale_factor=2
    )


def _page(new_context, live_server, *, width: int, height: int, **options):
    context = new_context(
        base_url=live_server.url, viewport={"width": width, "height": height}, **options
    )
    context.set_default_timeout(10_000)
    return context.new_page()


@pytest.fixture
def axe():
    """Return a check: no violation of WCAG 2 A and AA on a page, `axe(desktop)`."""
    from axe_playwright_python.sync_playwright import Axe
    from playwright.sync_api import Error as PlaywrightError

    rules = {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa"]}
    # Nothing about what is right; nothing loaded for rules on sound, of which there is none.
    options = {"runOnly": rules, "resultTypes": ["violations"], "preload": False}

    def check(page) -> None:
        page.wait_for_load_state()
        try:
            results = Axe().run(page, options=options)
        except PlaywrightError:  # the page was just being left for the next one
            page.wait_for_load_state()
            results = Axe().run(page, options=options)
        assert results.violations_count == 0, results.generate_report()

    return check
