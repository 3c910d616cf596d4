"""Fixtures for all tests: the instant, fast passwords, reference rows, the browser."""

import os
from collections.abc import Iterator
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.db import DEFAULT_DB_ALIAS, connection, connections
from django.utils import translation
from pytest_django.plugin import blocking_manager_key as blocker_key

from tests import factories as make
from tests.servers import chromium
from tests.tables import copy_tables

LOCAL = ZoneInfo("Asia/Ho_Chi_Minh")
NEEDS_COMMITS = {"live_server", "transactional_db"}


def commits(item: pytest.Item) -> bool:
    """Whether a test commits, and so ends by emptying every table."""
    marker = item.get_closest_marker("django_db")
    names = set(getattr(item, "fixturenames", ()))
    return bool(NEEDS_COMMITS & names or (marker and marker.kwargs.get("transaction")))


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Let tests that commit end without making content types anew: the old ones come back."""
    for item in items:
        if commits(item):
            whole = pytest.mark.django_db(transaction=True, serialized_rollback=True)
            item.add_marker(whole, append=False)


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
    """Remember the rows that migrations inserted, for every connection: under Playwright the
    event loop gives the thread another one than the database was made with.
    """
    with django_db_blocker.unblock():
        contents = connection.creation.serialize_db_to_string()
        type(connections[DEFAULT_DB_ALIAS])._test_serialized_contents = contents


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_runtest_teardown(item: pytest.Item, nextitem: pytest.Item | None) -> Iterator[None]:
    """Put the rows of migrations back after a test that emptied every table: a worker may be
    handed one that does not commit next.
    """
    result = yield
    if commits(item) and nextitem is not None:  # after the last one the database is gone
        with item.config.stash[blocker_key].unblock():
            contents = connections[DEFAULT_DB_ALIAS]._test_serialized_contents
            connection.creation.deserialize_db_from_string(contents)
    return result


@pytest.fixture(autouse=True)
def _fast_passwords(settings) -> None:
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


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

    rules = {"runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa"]}}

    def check(page) -> None:
        results = Axe().run(page, options=rules)
        assert results.violations_count == 0, results.generate_report()

    return check
