"""What is checked of a file before anything opens it: type by content, size, zip members, ratio."""

import io
import zipfile

from tasks.reader.errors import UnreadableFile

LARGEST_BYTES = 25 * 1024 * 1024
LARGEST_MEMBER = 100 * 1024 * 1024
LARGEST_UNPACKED = 200 * 1024 * 1024
MOST_MEMBERS = 2000
HIGHEST_RATIO = 200
RATIO_MATTERS_FROM = 2 * 1024 * 1024
OLE_MAGIC = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
DOCUMENT_MEMBERS = {"word/document.xml": "docx", "xl/workbook.xml": "xlsx"}


def file_type(data: bytes, filename: str) -> str:
    """Tell "docx", "xlsx", "pdf" or "txt" by content; the name only tells text from noise."""
    if not data.strip():
        raise UnreadableFile("empty")
    if len(data) > LARGEST_BYTES:
        raise UnreadableFile("too_large")
    if data[:1024].lstrip().startswith(b"%PDF-"):
        return "pdf"
    if data.startswith(b"PK\x03\x04"):
        return check_zip(data)
    if data.startswith(OLE_MAGIC):
        # A .docx with a password is an OLE file that holds "EncryptedPackage"; a .doc is not read.
        encrypted = "EncryptedPackage".encode("utf-16-le") in data
        raise UnreadableFile("encrypted" if encrypted else "wrong_type")
    if filename.lower().endswith((".docx", ".pdf", ".xlsx")):
        raise UnreadableFile("damaged")
    if not filename.lower().endswith((".txt", ".text", ".md")) or b"\0" in _as_text_sample(data):
        raise UnreadableFile("wrong_type")
    return "txt"


def _as_text_sample(data: bytes) -> bytes:
    """The beginning of a text; UTF-16, which is full of zero bytes, told by its mark."""
    return b"" if data[:2] in (b"\xff\xfe", b"\xfe\xff") else data[:4096]


def check_zip(data: bytes) -> str:
    """Tell .docx from .xlsx; refuse what is neither, is locked, or unpacks to far too much."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            members = archive.infolist()
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError):
        raise UnreadableFile("damaged") from None
    if len(members) > MOST_MEMBERS:
        raise UnreadableFile("zip_bomb")
    for member in members:
        ratio = member.file_size / max(1, member.compress_size)
        if member.file_size > LARGEST_MEMBER or (
            ratio > HIGHEST_RATIO and member.file_size > RATIO_MATTERS_FROM
        ):
            raise UnreadableFile("zip_bomb")
        if member.flag_bits & 0x1:
            raise UnreadableFile("encrypted")
    if sum(member.file_size for member in members) > LARGEST_UNPACKED:
        raise UnreadableFile("zip_bomb")
    for member in members:
        if member.filename in DOCUMENT_MEMBERS:
            return DOCUMENT_MEMBERS[member.filename]
    raise UnreadableFile("wrong_type")
