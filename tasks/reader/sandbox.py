"""Reading a file from outside in a process of its own, with limits on time and memory."""

import json
import os
import resource
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from tasks.reader.errors import SecretDocument, UnreadableFile
from tasks.reader.gate import LARGEST_BYTES, file_type
from tasks.reader.names import Directory
from tasks.reader.shape import Reading

ROOT = Path(__file__).resolve().parents[2]
MEGABYTE = 1024 * 1024


def read_file(
    source: bytes | str | Path,
    filename: str,
    directory: Directory | Mapping[str, Any],
    seconds: int = 20,
    megabytes: int = 500,
) -> Reading:
    """Read a file of unknown origin; raises `UnreadableFile` and nothing else.

    `source` is the file's bytes or its path. The child gets `seconds` of processor time (and a
    little more by the clock) and `megabytes` of memory; it writes no file and opens no socket.
    """
    data = source if isinstance(source, bytes) else _bytes_of(Path(source))
    file_type(data, filename)
    request = {"filename": filename, "directory": _plain(directory)}
    return _answer(in_a_child(__name__, request, data, seconds, megabytes))


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


def _answer(answer: dict[str, Any]) -> Reading:
    """The child's reading, or the refusal it met."""
    if "refused" in answer:
        if answer["refused"] == "secret":
            raise SecretDocument(answer["marking"])
        raise UnreadableFile(answer["refused"])
    return Reading.from_json(answer["reading"])


def _bytes_of(path: Path) -> bytes:
    """The file's content; one too large is refused before it is read."""
    if path.stat().st_size > LARGEST_BYTES:
        raise UnreadableFile("too_large")
    return path.read_bytes()


def _plain(directory: Directory | Mapping[str, Any]) -> dict[str, Any]:
    """The directory as plain data, the shape `Directory.from_data` takes."""
    return directory.to_data() if isinstance(directory, Directory) else dict(directory)


def _limit(seconds: int, megabytes: int) -> None:
    """Bind the child before it starts: processor time, address space, no files, no core."""
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds + 1))
    resource.setrlimit(resource.RLIMIT_AS, (megabytes * MEGABYTE, megabytes * MEGABYTE))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    os.setsid()


def main() -> None:
    """The child: read one request from standard input, print one answer."""
    from tasks.reader import read

    request, data = request_from_parent()
    directory = Directory.from_data(request["directory"])
    try:
        reading = read(data, request["filename"], directory)
        answer: dict[str, Any] = {"reading": reading.to_json()}
    except SecretDocument as refusal:
        answer = {"refused": "secret", "marking": refusal.marking}
    except UnreadableFile as refusal:
        answer = {"refused": refusal.code}
    except MemoryError:
        answer = {"refused": "too_slow"}
    answer_parent(answer)


if __name__ == "__main__":
    main()
