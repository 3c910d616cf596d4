"""What a laptop adds to the servers: a secret key, plain http, and commands that borrow servers.

The owner of the checkout's lock publishes where its servers listen; `exec` in another terminal uses
those, and starts its own when there are none.
"""

import fcntl
import json
import os
import secrets
import signal
import subprocess
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import IO

import psutil

from config.embedded import Servers
from config.server_folders import (
    CHECKOUT,
    VAR,
    EmbeddedError,
    claim,
    public_folder,
    state_folder,
)

PUBLISHED = VAR / "servers.json"


def environment() -> dict[str, str]:
    """What a laptop needs besides servers: plain http and a secret key of its own."""
    return {"SECRET_KEY": os.environ.get("SECRET_KEY") or secret_key()} | {
        "HTTPS": os.environ.get("HTTPS") or "off"
    }


def publish(urls: Mapping[str, str]) -> None:
    """Write where this checkout's servers listen, for `exec` in another terminal."""
    VAR.mkdir(exist_ok=True)
    part = PUBLISHED.with_suffix(".part")
    part.touch(mode=0o600)
    part.write_text(json.dumps({"pid": os.getpid(), "urls": dict(urls)}))
    part.rename(PUBLISHED)


def published() -> dict[str, str] | None:
    """The URLs that the running owner of the lock wrote, or None."""
    try:
        found = json.loads(PUBLISHED.read_text())
    except (OSError, ValueError):
        return None
    return found["urls"] if psutil.pid_exists(found["pid"]) else None


@contextmanager
def servers_for_a_command() -> Iterator[dict[str, str]]:
    """Yield the servers' URLs: those of a running supervisor, or of servers started for now."""
    if os.environ.get("DATABASE_URL") and os.environ.get("REDIS_URL"):
        yield Servers().start()
        return
    users = public_folder(state_folder()) / "users.lock"
    with open(users, "w") as using:
        lock = _claim_unless_published()
        if lock is None:
            fcntl.flock(using, fcntl.LOCK_SH)
            yield published() or {}
            return
        servers = Servers()
        with lock:
            try:
                PUBLISHED.unlink(missing_ok=True)
                urls = servers.start()
                publish(urls)
                yield urls
                fcntl.flock(using, fcntl.LOCK_EX)  # other commands may still use our servers
            finally:
                PUBLISHED.unlink(missing_ok=True)
                servers.stop()


def run_command(command: Sequence[str]) -> int:
    """Run a command with both servers up; return its exit code."""
    with servers_for_a_command() as urls:
        together = os.environ | environment() | urls
        child = subprocess.Popen(command, cwd=CHECKOUT, env=together)
        # The terminal's Ctrl-C reaches the child itself; a handler, as SIG_IGN would be inherited.
        signal.signal(signal.SIGINT, lambda *_: None)
        for number in (signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, lambda received, _: child.send_signal(received))
        return child.wait()


def _claim_unless_published() -> IO | None:
    """Return the checkout's lock, or None once its holder has published servers to use."""
    end = time.monotonic() + 90
    while time.monotonic() < end:
        try:
            return claim()
        except BlockingIOError:
            if published():
                return None
        time.sleep(0.1)
    raise EmbeddedError("Another command of this checkout does not get its servers started.")


def secret_key() -> str:
    """Return this checkout's secret key, made once and readable by its owner only."""
    VAR.mkdir(exist_ok=True)
    path = VAR / "secret_key"
    try:
        with open(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
            file.write(secrets.token_urlsafe(50))
    except FileExistsError:
        pass
    return path.read_text()
