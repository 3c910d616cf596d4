"""Papers of our own writing, as people upload them."""

import io
import zipfile
from pathlib import Path

from django.core.files.uploadedfile import SimpleUploadedFile
from docx import Document

SAMPLE = Path(__file__).resolve().parents[1] / "samples" / "chi-dao-mau.txt"


def text_file(text: str | None = None, name: str = "chi-dao-mau.txt") -> SimpleUploadedFile:
    """Return a .txt; without a text the sample directive, shaped like the real one."""
    content = SAMPLE.read_text("utf-8") if text is None else text
    return SimpleUploadedFile(name, content.encode(), content_type="text/plain")


def docx_bytes(text: str) -> bytes:
    """Return a .docx with a paragraph a line."""
    document = Document()
    for line in text.splitlines():
        document.add_paragraph(line)
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def zip_bomb() -> bytes:
    """Return a .docx of a few kilobytes that would unpack to 300 MB."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", b"0" * 300_000_000)
    return buffer.getvalue()


def scanned_pdf() -> bytes:
    """Return a PDF of one page that shows a picture and holds no text."""
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<<>>>>",
        b"<</Length 26>>stream\n0 0 595 842 re 0.9 g f  \n\nendstream",
    ]
    out, places = bytearray(b"%PDF-1.4\n"), []
    for number, content in enumerate(objects, start=1):
        places.append(len(out))
        out += b"%d 0 obj" % number + content + b"endobj\n"
    start = len(out)
    out += b"xref\n0 5\n0000000000 65535 f \n" + b"".join(b"%010d 00000 n \n" % p for p in places)
    out += b"trailer<</Size 5/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF" % start
    return bytes(out)
