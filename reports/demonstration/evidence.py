"""Small files that agencies send with their reports: .txt, .pdf and .docx of a few lines."""

from io import BytesIO

import docx
from django.core.files.uploadedfile import SimpleUploadedFile

from agencies.fold import fold


def evidence(ending: str, name: str, lines: list[str]) -> SimpleUploadedFile:
    """Return a file of that ending with the lines in it, named after what it is."""
    content = {"txt": _text, "pdf": _pdf, "docx": _docx}[ending](lines)
    return SimpleUploadedFile(f"{name}.{ending}", content)


def _text(lines: list[str]) -> bytes:
    return ("\r\n".join(lines) + "\r\n").encode()


def _docx(lines: list[str]) -> bytes:
    document = docx.Document()
    for line in lines:
        document.add_paragraph(line)
    kept = BytesIO()
    document.save(kept)
    return kept.getvalue()


def _pdf(lines: list[str]) -> bytes:
    """Return one page in a font every reader has, which knows no Vietnamese letters."""
    shown = " T* ".join(f"({fold(line)}) Tj" for line in lines)
    stream = f"BT /F1 12 Tf 60 780 Td 18 TL {shown} ET".encode()
    font = b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>"
    page = (
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R "
        b"/Resources << /Font << /F1 5 0 R >> >> >>"
    )
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        page,
        b"<< /Length %d >>\nstream\n%s\nendstream" % (len(stream), stream),
        font,
    ]
    content, places = bytearray(b"%PDF-1.4\n"), []
    for number, body in enumerate(objects, start=1):
        places.append(len(content))
        content += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    size = len(objects) + 1
    start = len(content)
    content += b"xref\n0 %d\n0000000000 65535 f \n%s" % (size, table)
    content += b"trailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (size, start)
    return bytes(content)
