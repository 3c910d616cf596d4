"""Text out of a .txt file, whatever encoding an office's old program gave it."""

from tasks.reader.errors import UnreadableFile


def extract(data: bytes) -> str:
    """The text: UTF-8, UTF-16 with its mark, or Windows-1258 (Vietnamese)."""
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return data.decode("utf-16", errors="replace")
    for encoding in ("utf-8-sig", "cp1258"):
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise UnreadableFile("wrong_type")
