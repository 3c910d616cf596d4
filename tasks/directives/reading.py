"""From an upload to what the reader found, refusals as sentences for the person (4.1, 4.7)."""

from datetime import date

from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from agencies.refusals import Refused
from tasks.directory import directory_of
from tasks.reader.errors import UnreadableFile
from tasks.reader.sandbox import read_file
from tasks.reader.shape import Reading

MESSAGES = {
    "empty": gettext_noop("The file is empty (0 bytes). Choose the file again."),
    "too_large": gettext_noop("The file is too large to be read."),
    "wrong_type": gettext_noop("Only .docx, .pdf with text and .txt files can be read."),
    "damaged": gettext_noop("The file is damaged and cannot be opened. Save it again and retry."),
    "encrypted": gettext_noop(
        "The file is protected by a password; remove the password and upload it again."
    ),
    "zip_bomb": gettext_noop("The file expands to far more than it should; it was not opened."),
    "no_text": gettext_noop(
        "The PDF is a scan without text. Type the directive in by hand instead."
    ),
    "too_slow": gettext_noop("Reading the file took too long; it was stopped. Type it in by hand."),
    "secret": gettext_noop(
        "The document is marked secret. This system is for unclassified work only: the file was "
        "not kept."
    ),
}


class CannotRead(Refused):
    """The file gives no directive; `code` says why, `by_hand` whether typing it in helps."""

    def __init__(self, code: str, field: str) -> None:
        self.code = code
        self.by_hand = code in {"no_text", "too_slow", "damaged", "encrypted"}
        super().__init__(_(MESSAGES.get(code, MESSAGES["damaged"])), field=field)


def read_upload(upload: UploadedFile, day: date) -> Reading:
    """Read an uploaded file in the reader's sandbox; a secret one is refused and not kept."""
    try:
        return read_file(upload.read(), upload.name, directory_of(day))
    except UnreadableFile as refusal:
        raise CannotRead(refusal.code, "file") from None
    finally:
        upload.seek(0)


def read_typed(text: str, day: date) -> Reading:
    """Read a text somebody pasted; a secret one is refused."""
    try:
        return read_file(text.encode(), "typed.txt", directory_of(day))
    except UnreadableFile as refusal:
        raise CannotRead(refusal.code, "text") from None
