"""Checkouts of their own, to start and kill whole sets of servers in."""

import contextlib
import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import psutil
import pytest

from config import server_folders
from config.run import wait_until

PARTS = ("config", "agencies", "tasks", "consultations", "reports")
PARTS += ("locale", "static", "templates", "manage.py", "requirements.txt")
HANDED_ON = {"PATH", "HOME", "LANG", "TMPDIR"}


class Checkout:
    """A copy of the project in a folder of its own, and the commands a developer types there."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder.resolve()
        self.state = server_folders.state_folder(self.folder)
        self.environment = {k: v for k, v in os.environ.items() if k in HANDED_ON}
        self.started: list[subprocess.Popen] = []
        half_written = shutil.ignore_patterns("*.pyc.*")
        for part in PARTS:
            source = server_folders.CHECKOUT / part
            if source.is_dir():
                shutil.copytree(source, self.folder / part, ignore=half_written)
            elif source.exists():
                shutil.copy(source, self.folder / part)

    def start(self, *arguments: str, **environment: str) -> subprocess.Popen:
        """Start Python with arguments, as `start("-m", "config.embedded", "run")`."""
        process = subprocess.Popen(
            [sys.executable, *arguments],
            cwd=self.folder,
            env=self.environment | environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            start_new_session=True,
        )
        self.started.append(process)
        return process

    def run(self, *arguments: str, **environment: str) -> tuple[int, str]:
        """Run Python with arguments to its end; return exit code and output."""
        process = self.start(*arguments, **environment)
        output, _ = process.communicate(timeout=90)
        return process.returncode, output.strip()

    def with_servers(self, code: str, **environment: str) -> tuple[int, str]:
        """Run a line of Python with the servers up."""
        command = ("-m", "config.embedded", "exec", "--", sys.executable, "-c", code)
        return self.run(*command, **environment)

    def hold_servers(self) -> subprocess.Popen:
        """Start servers that stay up until the returned process ends."""
        code = "print('up', flush=True); import time; time.sleep(600)"
        command = ("-m", "config.embedded", "exec", "--", sys.executable, "-c", code)
        process = self.start(*command)
        assert process.stdout.readline() == "up\n"
        return process

    def servers(self) -> list[psutil.Process]:
        """The server processes that work on this checkout's data."""
        found = []
        for process in psutil.process_iter(["name"]):
            try:
                if process.cwd().startswith(f"{self.state}/"):
                    found.append(process)
            except psutil.Error:
                continue
        return found

    def stop_commands(self) -> None:
        """End the commands started here."""
        for process in self.started:
            if process.poll() is None:
                os.killpg(process.pid, signal.SIGTERM)
                process.communicate(timeout=60)
            with contextlib.suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)  # what a killed command left behind
            process.stdout.close()
        self.started.clear()

    def stop(self) -> None:
        """End the commands; with them their servers must have ended. The data stays."""
        self.stop_commands()
        assert wait_until(lambda: not self.servers(), 20)

    def remove(self) -> None:
        """End what was started here and remove the data."""
        self.stop()
        shutil.rmtree(self.state, ignore_errors=True)


@pytest.fixture
def new_checkout(tmp_path) -> Iterator:
    """Return a function that makes another checkout beside those made before."""
    made: list[Checkout] = []

    def make() -> Checkout:
        made.append(Checkout(tmp_path / f"checkout{len(made)}"))
        return made[-1]

    yield make
    for checkout in made:
        checkout.remove()


@pytest.fixture
def checkout(new_checkout) -> Checkout:
    """A checkout where nothing was ever started."""
    return new_checkout()
