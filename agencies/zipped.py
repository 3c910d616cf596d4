"""Several files as one .zip, sent while it is made (memory stays small)."""

import zipfile
from collections.abc import Iterable, Iterator
from pathlib import PurePath

from agencies.deadlines import ZONE
from agencies.models import Attachment

PIECE = 256 * 1024


class _Pipe:
    """What the archive writes, until it is taken."""

    def __init__(self) -> None:
        self.pieces: list[bytes] = []

    def write(self, piece: bytes) -> int:
        self.pieces.append(bytes(piece))
        return len(piece)

    def flush(self) -> None:
        """Nothing waits below."""

    def take(self) -> bytes:
        taken = b"".join(self.pieces)
        self.pieces.clear()
        return taken


def zipped(attachments: Iterable[Attachment]) -> Iterator[bytes]:
    """Yield the .zip of the files piece by piece; files of one name get numbers."""
    pipe, taken = _Pipe(), set()
    with zipfile.ZipFile(pipe, "w") as archive:
        for attachment in attachments:
            local = attachment.uploaded_at.astimezone(ZONE)
            entry = zipfile.ZipInfo(_free_name(attachment.name, taken), local.timetuple()[:6])
            with archive.open(entry, "w", force_zip64=True) as kept, attachment.file as file:
                for piece in file.chunks(PIECE):
                    kept.write(piece)
                    yield pipe.take()
    yield pipe.take()


def _free_name(name: str, taken: set[str]) -> str:
    """Return the name, without folders, and with a number where another file has it already."""
    path = PurePath(name.replace("\\", "/").replace("\0", ""))
    wanted, number = path.name or "file", 1
    while wanted.casefold() in taken:
        number += 1
        wanted = f"{path.stem} ({number}){path.suffix}"
    taken.add(wanted.casefold())
    return wanted
