"""PostgreSQL and Valkey out of PyPI wheels, started and stopped by us.

`make run`, `make shell` and the tests call this module; settings never do, and importing it starts
nothing. A server is started only for whichever of DATABASE_URL and REDIS_URL is not set.

    python -m config.embedded run               everything, as `make run` does
    python -m config.embedded exec -- CMD ...   CMD with both servers up

Servers listen on Unix sockets in their own data folder only (`config/server_folders.py`), so that
two checkouts side by side can not meet.
"""

import ctypes
import errno
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

import psutil

from config.server_folders import (
    CHECKOUT,
    EmbeddedError,
    binaries,
    nobody,
    private_folder,
    public_folder,
    refuse_full_disk,
    socket_folder,
    state_folder,
)

DATABASE = "dondoc"
DISK_FULL_SIGNS = ("No space left on device", "could not extend file")
# A clean environment: an uninstalled LC_ALL=vi_VN.UTF-8 makes initdb fail.
SERVER_ENVIRONMENT = {"PATH": "/usr/bin:/bin", "LC_ALL": "C", "TZ": "UTC"}
PR_SET_PDEATHSIG = 1


@dataclass(frozen=True)
class Server:
    """A running server, its address as a URL and the environment variable that hands it on."""

    name: str
    variable: str
    url: str
    process: subprocess.Popen
    short_folder: Path | None = None  # of its socket, where the data folder's path is too long

    def stop(self) -> None:
        """End it cleanly; SIGINT is PostgreSQL's fast shutdown and Valkey's save and exit."""
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGINT)
            try:
                self.process.wait(30)
            except subprocess.TimeoutExpired:
                self.process.kill()
                self.process.wait(30)
        if self.short_folder:
            shutil.rmtree(self.short_folder, ignore_errors=True)


class Servers:
    """Whichever of PostgreSQL and Valkey the environment does not already name."""

    def __init__(
        self, label: str = "", *, postgres: Sequence[str] = (), valkey: Sequence[str] = ()
    ) -> None:
        """Label the data folders; options as `("fsync=off",)` and `("--appendonly", "no")`."""
        self.folder = state_folder()
        self.label = label
        self.postgres_options = postgres
        self.valkey_options = valkey
        self.running: list[Server] = []

    def start(self) -> dict[str, str]:
        """Start what is missing and return the URLs, both, by their environment variable."""
        try:
            public_folder(self.folder)
            if not os.environ.get("DATABASE_URL"):
                data = self.folder / f"{self.label}postgres"
                self.running.append(start_postgres(data, *self.postgres_options))
            if not os.environ.get("REDIS_URL"):
                data = self.folder / f"{self.label}valkey"
                self.running.append(start_valkey(data, *self.valkey_options))
        except BaseException:
            self.stop()
            raise
        given = {n: os.environ[n] for n in ("DATABASE_URL", "REDIS_URL") if os.environ.get(n)}
        return given | {server.variable: server.url for server in self.running}

    def stop(self) -> None:
        """Stop what we started, the database last."""
        while self.running:
            running = self.running[-1]
            running.stop()
            self.running.pop()

    def ended(self) -> list[str]:
        """Names of servers that ended by themselves."""
        return [server.name for server in self.running if server.process.poll() is not None]


def start_postgres(data: Path, *options: str) -> Server:
    """Start PostgreSQL on a data folder, made by initdb when new, with our database in it.

    Waits for readiness (crash recovery included). The order of letters is C.UTF-8: Vietnamese
    order is computed by us into columns, so no locale of the machine matters.
    """
    programs, _valkey = binaries()
    log = data.with_name(f"{data.name}.log")
    if not data.exists():
        refuse_full_disk(data.parent)
        _initialise(programs / "initdb", data)
    _sweep("postgres", data)
    # Their pids may be another program's by now, or of the dead that nobody buried.
    for left in ("postmaster.pid", ".s.PGSQL.5432.lock"):
        (data / left).unlink(missing_ok=True)
    sockets = socket_folder(data)
    settings = (
        "listen_addresses=",
        f"unix_socket_directories={sockets}",
        "unix_socket_permissions=0700",
        *options,
    )
    log.unlink(missing_ok=True)
    process = _spawn(
        [programs / "postgres", "-D", data, *(word for pair in settings for word in ("-c", pair))],
        log,
    )

    def ready() -> bool:
        lines = (data / "postmaster.pid").read_text().splitlines()
        return lines[0] == str(process.pid) and lines[7].strip() == "ready"

    _wait("PostgreSQL", process, ready, log)
    _create_database(sockets)
    url = f"postgres://app@/{DATABASE}?host={quote(str(sockets))}"
    short = sockets if sockets != data else None
    return Server("PostgreSQL", "DATABASE_URL", url, process, short)


def start_valkey(data: Path, *options: str) -> Server:
    """Start Valkey on a data folder; what was queued survives a restart (append-only file)."""
    _postgres, programs = binaries()
    if not data.exists():
        refuse_full_disk(data.parent)
    private_folder(data)
    _sweep("valkey-server", data)
    sockets = socket_folder(data)
    socket = sockets / "valkey.sock"
    log = data.with_name(f"{data.name}.log")
    log.unlink(missing_ok=True)
    program = next(programs.glob("_binaries/*/valkey-server"))
    process = _spawn(
        [
            program,
            *("--port", "0", "--unixsocket", socket, "--unixsocketperm", "700"),
            *("--dir", data, "--save", "", "--appendonly", "yes", *options),
        ],
        log,
        folder=data,
    )
    from redis import Redis
    from redis.exceptions import RedisError

    def ready() -> bool:
        try:
            return Redis(unix_socket_path=str(socket)).ping()
        except RedisError:
            return False

    _wait("Valkey", process, ready, log)
    short = sockets if sockets != data else None
    return Server("Valkey", "REDIS_URL", f"redis+socket://{socket}", process, short)


def explain(error: OSError) -> str:
    """Return one sentence for a failure of the operating system."""
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        return f"The disk is full: free some space below {error.filename or state_folder()}."
    where = f" ({error.filename})" if error.filename else ""
    return f"The servers can not start: {error.strerror or error}{where}."


def main(arguments: Sequence[str]) -> int:
    """Run `run` or `exec -- CMD`; a failure is one sentence and exit code 1."""
    import environ

    environ.Env.read_env(os.environ.get("DONDOC_ENV_FILE", str(CHECKOUT / ".env")))
    try:
        match list(arguments):
            case ["run"]:
                from config.run import supervise

                return supervise()
            case ["exec", "--", *command] if command:
                from config.laptop import run_command

                return run_command(command)
        raise EmbeddedError("Usage: python -m config.embedded run | exec -- COMMAND …")
    except EmbeddedError as error:
        print(error, file=sys.stderr)
    except OSError as error:
        print(explain(error), file=sys.stderr)
    return 1


def _initialise(initdb: Path, data: Path) -> None:
    """Make a cluster beside its place and move it there: an interrupted one leaves nothing."""
    part = data.with_name(f"{data.name}.part")
    shutil.rmtree(part, ignore_errors=True)
    private_folder(part)
    log = data.with_name(f"{data.name}-initdb.log")
    log.unlink(missing_ok=True)
    command = [initdb, "-D", part, "-U", "app", "--auth=trust", "--encoding=UTF8", "--locale=C"]
    command += ["--locale-provider=builtin", "--builtin-locale=C.UTF-8"]
    if _spawn(command, log).wait():
        raise EmbeddedError(_failure("initdb", log))
    part.rename(data)


def _create_database(sockets: Path) -> None:
    import psycopg

    with psycopg.connect(host=str(sockets), user="app", dbname="postgres", autocommit=True) as link:
        found = link.execute("select 1 from pg_database where datname = %s", [DATABASE]).fetchone()
        if not found:
            link.execute(f"create database {DATABASE}")


def _spawn(command: Sequence[str | Path], log: Path, folder: Path | str = "/") -> subprocess.Popen:
    """Start a server in its own session, so that the terminal's Ctrl-C does not reach it.

    It is told to stop cleanly should this process be killed (Linux).
    """
    libc = ctypes.CDLL(None) if sys.platform == "linux" else None
    account = nobody()
    drop = {"user": account.pw_uid, "group": account.pw_gid, "extra_groups": []} if account else {}
    with open(log, "ab") as out:
        return subprocess.Popen(
            [str(word) for word in command],
            cwd=folder,
            env=SERVER_ENVIRONMENT,
            stdin=subprocess.DEVNULL,
            stdout=out,
            stderr=out,
            umask=0o077,
            start_new_session=True,
            preexec_fn=libc and (lambda: libc.prctl(PR_SET_PDEATHSIG, signal.SIGINT)),
            **drop,
        )


def _wait(name: str, process: subprocess.Popen, ready: Callable[[], bool], log: Path) -> None:
    """Wait up to a minute for readiness; say the reason when the server ends instead."""
    end = time.monotonic() + 60
    while time.monotonic() < end:
        try:
            if ready():
                return
        except (OSError, IndexError):
            pass  # its pid file is not written, or not written whole
        if process.poll() is not None:
            raise EmbeddedError(_failure(name, log))
        time.sleep(0.03)
    process.kill()
    raise EmbeddedError(f"{name} is not ready after a minute; its log is {log}.")


def _failure(name: str, log: Path) -> str:
    """Return why a server ended, from its log, as one sentence."""
    text = log.read_text(errors="replace") if log.exists() else ""
    if any(sign in text for sign in DISK_FULL_SIGNS):
        return f"The disk is full: free some space below {log.parent}."
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    graves = [line for line in lines if "FATAL" in line or "error" in line.lower()]
    reason = (graves or lines or ["it said nothing"])[-1].rstrip(".")
    return f"{name} did not start: {reason} (log: {log})."


def _sweep(name: str, data: Path) -> None:
    """Stop what a killed run left on this data folder.

    Both servers work inside it; pid files are not believed, a number may be reused.
    """

    def left() -> list[psutil.Process]:
        found = []
        for process in psutil.process_iter(["name"]):
            try:
                if process.info["name"].startswith(name) and process.cwd() == str(data):
                    found.append(process)
            except psutil.Error:
                continue
        return found

    for number in (signal.SIGINT, signal.SIGKILL):
        for process in left():
            try:
                process.send_signal(number)
            except psutil.NoSuchProcess:
                continue
        end = time.monotonic() + 20
        # Not psutil.wait: the first process of a container may never reap orphans.
        while left() and time.monotonic() < end:
            time.sleep(0.02)
    if left():
        raise EmbeddedError(f"An older {name} on {data} does not end: stop it by hand.")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
