"""Pytest plugin: the servers and the environment that settings are read from.

The controller (or the only process) starts PostgreSQL and Valkey before Django's settings are
read; xdist's workers inherit the addresses and get a key prefix and a file folder of their own.
Several runs side by side in one checkout each take their own numbered data.
"""

import os
import tempfile
from pathlib import Path

import pytest

from config import embedded, server_folders

# Data of tests need not survive a power cut.
FAST_POSTGRES = (
    "fsync=off",
    "synchronous_commit=off",
    "full_page_writes=off",
    "autovacuum=off",
    "max_connections=60",
)
ENVIRONMENT = {
    "DONDOC_ENV_FILE": os.devnull,
    "DEBUG": "false",
    "DEMONSTRATION": "false",
    "SECRET_KEY": "a key for tests only, with more than fifty characters in it",
    "HTTPS": "off",
    "STATICFILES_STORAGE": "django.contrib.staticfiles.storage.StaticFilesStorage",
    "EMAIL_URL": "memorymail://",
    "LOG_LEVEL": "WARNING",
    "SITE_URL": "http://testserver",
    # Playwright keeps an event loop running; without this later database tests fail as well.
    "DJANGO_ALLOW_ASYNC_UNSAFE": "1",
}
# The append-only triggers let the tests empty tables where this is on, and nowhere else; a test
# that waits for a lock nobody lets go fails instead of hanging.
TESTING = "options=-c%20dondoc.testing%3Don%20-c%20lock_timeout%3D60s"


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_load_initial_conftests(early_config):
    """Prepare the environment before pytest-django reads the settings."""
    worker = os.environ.get("PYTEST_XDIST_WORKER")
    scratch = tempfile.TemporaryDirectory(prefix="dondoc-tests-")
    early_config.add_cleanup(scratch.cleanup)
    os.environ.update(ENVIRONMENT)
    for variable in ("FILES_DIR", "STATIC_ROOT"):
        folder = Path(scratch.name, variable.lower())
        folder.mkdir()
        os.environ[variable] = str(folder)
    os.environ["REDIS_KEY_PREFIX"] = f"test-{os.getpid()}:"
    if not worker:
        _start_servers(early_config)
    return (yield)


def _start_servers(config: pytest.Config) -> None:
    lock, number = _claim_a_number()
    servers = embedded.Servers(
        f"test{number}-", postgres=FAST_POSTGRES, valkey=("--appendonly", "no")
    )
    config.add_cleanup(lock.close)
    config.add_cleanup(servers.stop)
    try:
        urls = servers.start()
    except server_folders.EmbeddedError as error:
        raise pytest.UsageError(str(error)) from None
    url = urls["DATABASE_URL"]
    os.environ["DATABASE_URL"] = f"{url}{'&' if '?' in url else '?'}{TESTING}"
    os.environ["REDIS_URL"] = urls["REDIS_URL"]


def _claim_a_number():
    for number in range(20):
        try:
            return server_folders.claim(f"test{number}.lock"), number
        except BlockingIOError:
            continue
    raise pytest.UsageError("Twenty test runs of this checkout are under way already.")


def chromium() -> Path | None:
    """Return the browser for browser tests: the system's, else the one Playwright downloaded."""
    import shutil

    # The shell has no window to draw and takes a third of the processor's time.
    for name in ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome"):
        if found := shutil.which(name):
            return Path(found)
    downloads = Path(
        os.environ.get("PLAYWRIGHT_BROWSERS_PATH", Path.home() / ".cache/ms-playwright")
    )
    return next(downloads.glob("chromium-*/chrome-linux*/chrome"), None)
