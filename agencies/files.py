"""Uploads: judged by their content, kept outside the web root, handed out as downloads."""

import hashlib
import zipfile
from datetime import datetime

import filetype
from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.base import File
from django.core.files.uploadedfile import UploadedFile
from django.db import models
from django.http import HttpResponse
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext_lazy as _

from agencies.models import Attachment, Event

OOXML = "application/vnd.openxmlformats-officedocument"
WORD = f"{OOXML}.wordprocessingml.document"
SHEET = f"{OOXML}.spreadsheetml.sheet"
PDF = "application/pdf"
TEXT = "text/plain"
VALUES = "text/csv"

# What a file may be: the ending people see, by the type its content has.
ENDINGS: dict[str, tuple[str, ...]] = {
    PDF: (".pdf",),
    WORD: (".docx",),
    SHEET: (".xlsx",),
    TEXT: (".txt",),
    VALUES: (".csv",),
    "image/jpeg": (".jpg", ".jpeg"),
    "image/png": (".png",),
}
DOCUMENTS = (WORD, PDF, TEXT)
LISTS = (SHEET, VALUES)

# An office file expands a few times; more than this is an attack (traps.md: zip bombs).
LARGEST_EXPANSION = 100
MOST_EXPANDED_BYTES = 500 * 1024 * 1024
MOST_MEMBERS = 5_000


def content_type_of(upload: UploadedFile) -> str:
    """Return the type the content has, whatever the name says.

    Raises ValidationError, in words for the person, for an empty or too large file, an unknown
    type, an ending that does not match, or a .docx/.xlsx that is broken or a zip bomb.
    """
    if not upload.size:
        raise ValidationError(_("The file is empty (0 bytes). Choose the file again."), "empty")
    if upload.size > settings.UPLOAD_LIMIT:
        raise ValidationError(
            _("The file has %(size)s; the largest accepted is %(limit)s."),
            "too_large",
            {
                "size": filesizeformat(upload.size),
                "limit": filesizeformat(settings.UPLOAD_LIMIT),
            },
        )
    found = _sniff(upload)
    name = upload.name.lower()
    if found == TEXT and name.endswith(ENDINGS[VALUES]):
        found = VALUES
    if found is None or not name.endswith(ENDINGS[found]):
        raise ValidationError(
            _("“%(name)s” is not what its name says, or not of an accepted type (%(types)s)."),
            "wrong_type",
            {"name": upload.name, "types": ", ".join(e[0] for e in ENDINGS.values())},
        )
    return found


def _sniff(upload: UploadedFile) -> str | None:
    upload.seek(0)
    head = upload.read(8192)
    upload.seek(0)
    if head.startswith(b"PK"):
        return _office_type(upload)
    guessed = filetype.guess_mime(head)
    if guessed in ENDINGS:
        return guessed
    return TEXT if guessed is None and _is_text(upload) else None


def _office_type(upload: UploadedFile) -> str | None:
    try:
        with zipfile.ZipFile(upload) as archive:
            members = archive.infolist()
    except (zipfile.BadZipFile, NotImplementedError, ValueError, OSError):
        return None
    finally:
        upload.seek(0)
    expanded = sum(member.file_size for member in members)
    if (
        len(members) > MOST_MEMBERS
        or expanded > MOST_EXPANDED_BYTES
        or expanded > LARGEST_EXPANSION * max(upload.size, 1)
    ):
        raise ValidationError(
            _("The file expands to far more than it should; it was not opened."), "bomb"
        )
    names = {member.filename for member in members}
    if "word/document.xml" in names:
        return WORD
    return SHEET if "xl/workbook.xml" in names else None


def _is_text(upload: UploadedFile) -> bool:
    content = upload.read()
    upload.seek(0)
    if b"\x00" in content and not content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return False
    for encoding in ("utf-8", "utf-16", "cp1258"):
        try:
            content.decode(encoding)
        except UnicodeError:
            continue
        return True
    return False


class SeveralFilesInput(forms.ClearableFileInput):
    """A file input that takes several files."""

    allow_multiple_selected = True


class UploadField(forms.FileField):
    """One file, or several with `multiple=True`, judged by content; cleans to a list."""

    default_error_messages = {"empty": _("The file is empty (0 bytes). Choose the file again.")}

    def __init__(
        self, *, multiple: bool = False, types: tuple[str, ...] = tuple(ENDINGS), **kwargs
    ) -> None:
        accept = ",".join(ending for one in types for ending in ENDINGS[one])
        widget = SeveralFilesInput if multiple else forms.ClearableFileInput
        kwargs.setdefault("widget", widget(attrs={"accept": accept}))
        self.multiple, self.types = multiple, types
        super().__init__(**kwargs)

    def clean(self, data, initial=None) -> list[UploadedFile]:
        """Return the accepted files as a list; each carries its type as `found_type`."""
        uploads = data if isinstance(data, list | tuple) else [data] if data else []
        if not uploads:
            super().clean(None, initial)
            return []
        for upload in uploads:
            super().clean(upload, initial)
            upload.found_type = content_type_of(upload)
            if upload.found_type not in self.types:
                raise ValidationError(
                    _("“%(name)s”: only %(types)s is accepted here."),
                    "wrong_type",
                    {
                        "name": upload.name,
                        "types": ", ".join(ENDINGS[one][0] for one in self.types),
                    },
                )
        return uploads


def handed_out(docx: bytes, name: str) -> HttpResponse:
    """Return a paper made on request, for downloading under an ASCII name."""
    answer = HttpResponse(docx, content_type=WORD)
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


def keep(
    upload: UploadedFile,
    thing: models.Model,
    actor,
    at: datetime,
    *,
    role: str,
    event: Event | None = None,
) -> Attachment:
    """Store one accepted file for a thing and return it. Call inside the act's transaction."""
    digest = hashlib.sha256()
    for chunk in upload.chunks():
        digest.update(chunk)
    upload.seek(0)
    attachment = Attachment(
        thing=thing,
        event=event,
        role=role,
        name=upload.name[-255:],
        size=upload.size,
        content_type=getattr(upload, "found_type", None) or content_type_of(upload),
        sha256=digest.hexdigest(),
        uploaded_by=actor.user,
        uploaded_at=at,
    )
    # Copied, not moved from where a large upload lies: one file may be kept for several things.
    attachment.file = File(upload, name=upload.name)
    attachment.save()
    return attachment


def keep_all(
    uploads: list[UploadedFile],
    thing: models.Model,
    actor,
    at: datetime,
    *,
    role: str,
    event: Event | None = None,
) -> list[Attachment]:
    """Store every accepted file of a form."""
    return [keep(upload, thing, actor, at, role=role, event=event) for upload in uploads]
