"""The supervisor of `make run`: servers, database, demonstration, web, worker and beat.

Ctrl-C, SIGTERM and a closed terminal stop all of them, the database last. Signals only raise a
flag: a KeyboardInterrupt would cut the stopping short.
"""

import contextlib
import ctypes
import http.client
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import psycopg

from config import embedded, laptop
from config.server_folders import CHECKOUT, VAR, EmbeddedError, claim

PREFERRED_PORT = 8000
STOPPING_TIME = 20  # seconds that web, worker and beat get before they are killed
STARTING_TIME = 60  # seconds until the web server must answer


def supervise() -> int:
    """Run everything until asked to stop; return the exit code."""
    try:
        lock = claim()
    except BlockingIOError:
        raise EmbeddedError("Đôn Đốc already runs from this folder: stop it there first.") from None
    with lock:
        return Supervisor().run()


class Supervisor:
    """The processes of one run, and the way they are started and stopped."""

    def __init__(self) -> None:
        """Prepare; nothing runs yet."""
        self.asked: list[int] = []
        self.servers = embedded.Servers()
        self.children: dict[str, subprocess.Popen] = {}
        self.started_at = time.monotonic()

    def run(self) -> int:
        """Start in order, watch, stop in reverse order."""
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, lambda received, _: self.asked.append(received))
        held = claim_port(os.environ.get("PORT"))
        port = held.getsockname()[1]
        laptop.PUBLISHED.unlink(missing_ok=True)
        try:
            self._prepare(port)
            self._start_children(held)
            self._wait_for_web(port)
            return self._watch()
        finally:
            held.close()
            say("Stopping …")
            laptop.PUBLISHED.unlink(missing_ok=True)
            self._stop_children()
            self.servers.stop()
            say("Stopped.")

    def _prepare(self, port: int) -> None:
        """Bring servers, tables, static files and, on an empty database, the demonstration."""
        os.environ.update(laptop.environment())
        os.environ.setdefault("LOG_LEVEL", "WARNING")
        os.environ.setdefault("SITE_URL", f"http://127.0.0.1:{port}")
        if not os.environ.get("DATABASE_URL"):  # never on a database that is somebody else's
            os.environ.setdefault("DEMONSTRATION", "true")
        say("Servers …")
        urls = self.servers.start()
        laptop.publish(urls)
        os.environ.update(urls)
        # The checks are the tests' business: they would load every page before the first start.
        self._manage("Database tables", "migrate", "-v0", "--skip-checks")
        if static_files_are_stale():
            self._manage("Static files", "collectstatic", "--noinput", "-v0")
        if is_demonstration() and database_is_empty(urls["DATABASE_URL"]):
            self._manage("Demonstration data", "seed_demo")

    def _manage(self, title: str, *command: str) -> None:
        if self.asked:
            return
        say(f"{title} …")
        child = self._spawn("manage.py", *command)
        while child.poll() is None:
            if self.asked:
                child.terminate()
            time.sleep(0.02)
        if child.returncode and not self.asked:
            raise EmbeddedError(f"`manage.py {' '.join(command)}` failed; the reason stands above.")

    def _start_children(self, held: socket.socket) -> None:
        """Start web, which takes the port over, worker and beat."""
        if self.asked:
            return
        # In a container root is all there is; only JSON is read from the broker.
        quiet = ("-W", "ignore:You're running the worker with superuser")
        celery = (*quiet, "-m", "celery", "--quiet", "-A", "config.celery")
        self.children["web"] = self._spawn(
            *("-m", "gunicorn", "config.wsgi", "--bind", f"fd://{held.fileno()}"),
            *("--workers", "2", "--threads", "4", "--preload", "--log-level", "warning"),
            handed_on=(held.fileno(),),
        )
        held.close()
        self.children["worker"] = self._spawn(
            *celery, "worker", "-c", "2", "-l", "warning", "--without-gossip", "--without-mingle"
        )
        self.children["beat"] = self._spawn(
            *celery, "beat", "-l", "warning", "-s", str(VAR / "beat")
        )

    def _spawn(self, *arguments: str, handed_on: tuple[int, ...] = ()) -> subprocess.Popen:
        """Start Python in its own session: only the supervisor gets the terminal's Ctrl-C."""
        libc = ctypes.CDLL(None) if sys.platform == "linux" else None
        return subprocess.Popen(
            [sys.executable, *arguments],
            cwd=CHECKOUT,
            start_new_session=True,
            pass_fds=handed_on,
            preexec_fn=libc and (lambda: libc.prctl(embedded.PR_SET_PDEATHSIG, signal.SIGTERM)),
        )

    def _wait_for_web(self, port: int) -> None:
        def answers() -> bool:
            link = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
            try:
                link.request("GET", "/login/")
                link.getresponse()
            except (OSError, http.client.HTTPException):
                return False
            finally:
                link.close()
            return True

        end = time.monotonic() + STARTING_TIME
        while not self.asked and not self._ended() and time.monotonic() < end:
            if answers():
                seconds = time.monotonic() - self.started_at
                say(f"\nĐôn Đốc: http://127.0.0.1:{port}/   (ready after {seconds:.0f} s)")
                if is_demonstration():
                    say(f"Log in as {demonstration_accounts()}; the log-in page says who they are.")
                say("Ctrl-C stops everything; the data stays.\n")
                return
            time.sleep(0.05)
        if not self.asked and not self._ended():
            say(f"The web server has not answered at port {port} for a minute; going on.")

    def _watch(self) -> int:
        while not self.asked:
            if ended := self._ended():
                say(f"Ended by itself: {', '.join(ended)}.")
                return 1
            time.sleep(0.2)
        return 0

    def _ended(self) -> list[str]:
        gone = [name for name, child in self.children.items() if child.poll() is not None]
        return gone + self.servers.ended()

    def _stop_children(self) -> None:
        """Ask all to end; kill what is too slow, or everything on a second Ctrl-C."""
        for child in self.children.values():
            if child.poll() is None:
                child.terminate()
        wait_until(
            lambda: (
                all(child.poll() is not None for child in self.children.values())
                or self.asked.count(signal.SIGINT) > 1
            ),
            STOPPING_TIME,
        )
        for name, child in self.children.items():
            if child.poll() is None:
                say(f"Killing {name}.")
                os.killpg(child.pid, signal.SIGKILL)
                child.wait()


def claim_port(wanted: str | None) -> socket.socket:
    """Return a socket that listens at the port asked for, else at 8000, else at any free one.

    It is held from the first moment: a run that starts beside this one takes another.
    """
    if not wanted:
        return _listening(PREFERRED_PORT) or _listening(0)
    if not wanted.isdecimal() or not 0 < int(wanted) < 65536:
        raise EmbeddedError(f"PORT must be a number from 1 to 65535, not {wanted!r}.")
    if (held := _listening(int(wanted))) is None:
        raise EmbeddedError(f"Port {wanted} is in use: stop what uses it or set another PORT.")
    return held


def database_is_empty(url: str) -> bool:
    """Say whether nobody has an account yet."""
    with psycopg.connect(url) as link:
        return link.execute("select not exists (select from agencies_user)").fetchone()[0]


def is_demonstration() -> bool:
    """Say whether this run shows invented people and their log-ins."""
    return os.environ.get("DEMONSTRATION", "").lower() in ("1", "true", "yes", "on")


def demonstration_accounts() -> str:
    """Return the names and the one password of the demonstration's invented people."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    from django.conf import settings  # only now is the environment complete

    names = ", ".join(settings.DEMONSTRATION_ACCOUNTS)
    return f"{names}, password {settings.DEMONSTRATION_PASSWORD}"


def static_files_are_stale() -> bool:
    """Say whether a file of ours, or the set of packages, is newer than what was collected."""
    root = Path(os.environ.get("STATIC_ROOT", VAR / "static"))
    try:
        collected = (root / "staticfiles.json").stat().st_mtime
    except FileNotFoundError:
        return True
    sources = [CHECKOUT / "requirements.txt", *(CHECKOUT / "static").rglob("*")]
    return any(source.stat().st_mtime > collected for source in sources if source.exists())


def say(text: str) -> None:
    """Print; a closed terminal must not keep us from stopping."""
    with contextlib.suppress(OSError):
        print(text, flush=True)


def wait_until(done: Callable[[], bool], seconds: float) -> bool:
    """Wait for something to be so, at most the given seconds."""
    end = time.monotonic() + seconds
    while not done():
        if time.monotonic() > end:
            return False
        time.sleep(0.05)
    return True


def _listening(port: int) -> socket.socket | None:
    """A socket that listens at the port, or None where another does."""
    held = socket.socket()
    held.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        held.bind(("127.0.0.1", port))
        held.listen()
    except OSError:
        held.close()
        return None
    return held
