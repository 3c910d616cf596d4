"""Reading a directive's file from outside in a process of its own (`tasks.reader.bounded`)."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from tasks.reader.bounded import answer_parent, in_a_child, request_from_parent
from tasks.reader.errors import SecretDocument, UnreadableFile
from tasks.reader.gate import LARGEST_BYTES, file_type
from tasks.reader.names import Directory
from tasks.reader.shape import Reading


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
