"""The face of the reader: bytes or text of any kind in, a `Reading` out."""

from collections.abc import Mapping
from typing import Any

from agencies.deadlines import Calendar
from tasks.reader.gate import file_type
from tasks.reader.names import Directory
from tasks.reader.pipeline import read_text
from tasks.reader.shape import Reading


def read(
    source: bytes | str,
    filename: str,
    directory: Directory | Mapping[str, Any],
    calendar: Calendar | None = None,
) -> Reading:
    """Read a directive; raises `UnreadableFile` (a `SecretDocument` is one) and nothing else.

    Files from outside go through `read_file`, which calls this in a process of its own. The
    calendar serves terms in working days; by default the national years that ship with us.
    """
    known = directory if isinstance(directory, Directory) else Directory.from_data(directory)
    if isinstance(source, str):
        return read_text(source, known, None, calendar)
    kind = file_type(source, filename)
    # Each extractor is imported when needed: a .txt does not wait for the PDF machinery.
    if kind == "docx":
        from tasks.reader.extract_docx import extract

        return read_text(extract(source), known, False, calendar)
    if kind == "xlsx":
        from tasks.reader.extract_xlsx import extract

        return read_text(extract(source), known, False, calendar)
    if kind == "pdf":
        from tasks.reader.extract_pdf import extract

        return read_text(extract(source), known, True, calendar)
    from tasks.reader.extract_txt import extract

    return read_text(extract(source), known, None, calendar)
