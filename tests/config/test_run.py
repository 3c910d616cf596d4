"""`make run`: one command starts everything, and stops all of it however it ends."""

import http.client
import re
import signal
import subprocess

import psutil
import pytest

from config.run import wait_until

# Compressing static files is whitenoise's work, not ours: plain ones start sooner.
SETTINGS = {
    "DEMONSTRATION": "false",
    "STATICFILES_STORAGE": "django.contrib.staticfiles.storage.StaticFilesStorage",
}
ADDRESS = re.compile(r"http://127\.0\.0\.1:(\d+)/ ")


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


KEEP = "import os, psycopg; link = psycopg.connect(os.environ['DATABASE_URL'], autocommit=True);"


def assert_stops(checkout, run: subprocess.Popen, number: signal.Signals) -> None:
    """Ask a run to stop by a signal: it says so, and nothing of it is left."""
    members = family(run)
    run.send_signal(number)
    output, _ = run.communicate(timeout=60)
    assert (run.returncode, output.splitlines()[-1]) == (0, "Stopped.")
    assert wait_until(lambda: not any(map(lives, members)), 30)
    assert checkout.servers() == []


def test_run_after_run_in_one_checkout(checkout):
    """The first is killed; the second starts all the same, has its data, and ends when one of its
    processes does.
    """
    killed, _ = start(checkout)
    checkout.with_servers(f"{KEEP} link.execute('create table kept ()')")
    killed.kill()
    killed.communicate(timeout=60)
    assert wait_until(lambda: not checkout.servers(), 30)

    run, port = start(checkout)
    assert status(port) == 404
    assert checkout.with_servers(f"{KEEP} link.execute('select from kept')") == (0, "")
    next(member for member in family(run) if "worker" in member.cmdline()).kill()
    output, _ = run.communicate(timeout=60)
    assert run.returncode == 1
    assert "Ended by itself: worker." in output
    assert checkout.servers() == []


def test_two_checkouts_run_side_by_side(new_checkout):
    """Each ends by itself: one at Ctrl-C, one asked to."""
    checkout, other = new_checkout(), new_checkout()
    first, port = start(checkout)
    second, other_port = start(other)
    assert port != other_port
    assert (status(port), status(other_port)) == (404, 404)

    assert_stops(checkout, first, signal.SIGINT)
    assert status(other_port) == 404
    assert_stops(other, second, signal.SIGTERM)


def test_a_run_whose_terminal_is_closed_while_it_starts_stops(checkout):
    run = checkout.start("-m", "config.embedded", "run", **SETTINGS)
    assert any(line.startswith("Database tables") for line in run.stdout)

    assert_stops(checkout, run, signal.SIGHUP)
