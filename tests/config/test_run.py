"""`make run`: one command starts everything, and stops all of it however it ends."""

import http.client
import re
import signal
import subprocess
from collections.abc import Iterator

import psutil
import pytest

from config.run import wait_until
from tests.config.conftest import Checkout

# Compressing static files is whitenoise's work, not ours: plain ones start sooner.
SETTINGS = {
    "DEMONSTRATION": "false",
    "STATICFILES_STORAGE": "django.contrib.staticfiles.storage.StaticFilesStorage",
}
ADDRESS = re.compile(r"http://127\.0\.0\.1:(\d+)/ ")


@pytest.fixture(scope="module")
def one_checkout(tmp_path_factory) -> Iterator[Checkout]:
    """One for all tests here: only its first run has tables to make."""
    made = Checkout(tmp_path_factory.mktemp("run"))
    yield made
    made.remove()


@pytest.fixture
def checkout(one_checkout) -> Iterator[Checkout]:
    yield one_checkout
    one_checkout.stop()


def start(checkout) -> tuple[subprocess.Popen, int]:
    """Start a run without the demonstration; return it and its port once it is ready."""
    run = checkout.start("-m", "config.embedded", "run", **SETTINGS)
    seen = []
    for line in run.stdout:
        seen.append(line)
        if found := ADDRESS.search(line):
            return run, int(found[1])
    pytest.fail("".join(seen))


def status(port: int) -> int:
    link = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    link.request("GET", "/khong-co/")
    return link.getresponse().status


def family(run: subprocess.Popen) -> list[psutil.Process]:
    return psutil.Process(run.pid).children(recursive=True)


def lives(member: psutil.Process) -> bool:
    try:
        return member.status() != psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return False


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGHUP])
def test_a_run_answers_and_stops_everything_when_asked(checkout, number):
    run, port = start(checkout)
    members = family(run)
    answered = status(port)

    run.send_signal(number)
    output, _ = run.communicate(timeout=60)

    assert answered == 404
    assert (run.returncode, output.splitlines()[-1]) == (0, "Stopped.")
    assert wait_until(lambda: not any(map(lives, members)), 30)
    assert checkout.servers() == []


def test_a_second_run_keeps_the_data_of_one_that_was_terminated(checkout):
    keep = (
        "import os, psycopg; link = psycopg.connect(os.environ['DATABASE_URL'], autocommit=True);"
    )
    first, _ = start(checkout)
    checkout.with_servers(f"{keep} link.execute('create table kept ()')")
    first.terminate()
    said, _ = first.communicate(timeout=60)

    start(checkout)

    code, output = checkout.with_servers(f"{keep} link.execute('select from kept')")
    assert (first.returncode, said.splitlines()[-1]) == (0, "Stopped.")
    assert (code, output) == (0, "")


def test_a_killed_run_leaves_nothing_and_the_next_starts(checkout):
    killed, _ = start(checkout)

    killed.kill()
    killed.communicate(timeout=60)

    assert wait_until(lambda: not checkout.servers(), 30)
    _, port = start(checkout)
    assert status(port) == 404


def test_a_run_ends_when_one_of_its_processes_does(checkout):
    run, _ = start(checkout)
    worker = next(member for member in family(run) if "worker" in member.cmdline())

    worker.kill()
    output, _ = run.communicate(timeout=60)

    assert run.returncode == 1
    assert "Ended by itself: worker." in output


def test_two_checkouts_run_side_by_side(checkout, new_checkout):
    other = new_checkout()
    other.begin_with_data_of(checkout)
    _, first = start(checkout)
    _, second = start(other)

    assert first != second
    assert (status(first), status(second)) == (404, 404)
