"""A process of its own for a file from outside, with limits on time and memory.

It imports nothing of the reader: a child loads what its own module needs, and no more.
"""

import json
import os
import resource
import subprocess
import sys
from pathlib import Path
from typing import Any

from tasks.reader.errors import UnreadableFile

ROOT = Path(__file__).resolve().parents[2]
MEGABYTE = 1024 * 1024


def in_a_child(
    module: str, request: dict[str, Any], data: bytes, seconds: int = 20, megabytes: int = 500
) -> dict[str, Any]:
    """Run a module on a file in a bounded process of its own and return what it answered.

    The module takes its part with `request_from_parent` and answers with `answer_parent`.
    """
    asked = json.dumps(request).encode()
    # -I would hide the project; the parent's own path is enough, and no user site is read.
    environment = {"PATH": os.defpath, "LANG": "C.UTF-8", "PYTHONPATH": str(ROOT)}
    try:
        child = subprocess.run(
            [sys.executable, "-s", "-m", module],
            input=len(asked).to_bytes(8, "big") + asked + data,
            capture_output=True,
            timeout=seconds * 2 + 5,
            cwd=ROOT,
            env=environment,
            preexec_fn=lambda: _limit(seconds, megabytes),
            check=False,
        )
    except subprocess.TimeoutExpired:
        raise UnreadableFile("too_slow") from None
    if child.returncode != 0:
        raise UnreadableFile("too_slow")
    return json.loads(child.stdout)


def request_from_parent() -> tuple[dict[str, Any], bytes]:
    """The child's side: what is asked, and the file's bytes."""
    raw = sys.stdin.buffer
    request = json.loads(raw.read(int.from_bytes(raw.read(8), "big")))
    return request, raw.read()


def answer_parent(answer: dict[str, Any]) -> None:
    """The child's side: the one answer."""
    sys.stdout.write(json.dumps(answer))


def _limit(seconds: int, megabytes: int) -> None:
    """Bind the child before it starts: processor time, address space, no files, no core."""
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds + 1))
    resource.setrlimit(resource.RLIMIT_AS, (megabytes * MEGABYTE, megabytes * MEGABYTE))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    os.setsid()
