"""Files from outside: Word, PDF, text, and everything that only pretends to be one (issue 4)."""

import io
import shutil
import subprocess
import zipfile
from datetime import date

import pytest
from docx import Document
from openpyxl import Workbook

from tasks.reader import SecretDocument, UnreadableFile, read, read_file
from tasks.reader.gate import LARGEST_BYTES
from tests.samples.word import as_docx, long_document
from tests.tasks.reader.papers import LETTER, PAPERS, SAMPLE, directory, outline, reading


@pytest.mark.parametrize("name", PAPERS)
def test_a_word_file_gives_the_same_proposals_as_its_text(name):
    """Issue 8: .txt and .docx of one directive agree."""
    read_docx = read(as_docx(PAPERS[name]), "van-ban.docx", directory())

    assert outline(read_docx) == outline(reading(PAPERS[name]))
    assert read_docx.number == reading(PAPERS[name]).number
    assert read_docx.issuer == reading(PAPERS[name]).issuer
    assert read_docx.abstract == reading(PAPERS[name]).abstract


if shutil.which("soffice"):

    @pytest.mark.parametrize("name", PAPERS)
    def test_a_pdf_gives_the_same_proposals_as_its_text(name, tmp_path):
        """Issue 8: .txt and .pdf of one directive agree."""
        (tmp_path / "van-ban.docx").write_bytes(as_docx(PAPERS[name]))
        subprocess.run(
            [
                *("soffice", f"-env:UserInstallation=file://{tmp_path}/profile", "--headless"),
                *("--convert-to", "pdf", "--outdir", str(tmp_path), f"{tmp_path}/van-ban.docx"),
            ],
            check=True,
            capture_output=True,
            timeout=120,
        )

        read_pdf = read((tmp_path / "van-ban.pdf").read_bytes(), "van-ban.pdf", directory())

        assert outline(read_pdf) == outline(reading(PAPERS[name]))


def test_a_workbook_gives_one_task_a_row():
    """Issue 8: an appendix "phụ lục giao nhiệm vụ" also comes as .xlsx."""
    book = Workbook()
    sheet = book.active
    sheet.append(["PHỤ LỤC GIAO NHIỆM VỤ"])
    sheet.append(["STT", "Nội dung nhiệm vụ", "Đơn vị chủ trì", "Đơn vị phối hợp", "Hoàn thành"])
    sheet.append([1, "Rà soát quỹ đất công", "Phòng TN&MT", "UBND các xã", date(2026, 6, 30)])
    sheet.append([2, "Kiểm kê tài sản", "Phòng Tài chính - Kế hoạch", None, "Quý II/2026"])
    stream = io.BytesIO()
    book.save(stream)

    found = read(stream.getvalue(), "phu-luc.xlsx", directory()).proposals

    assert [(p.clause, p.lead_agency, p.deadline) for p in found] == [
        ("PL.1", "tai-nguyen-moi-truong", "2026-06-30"),
        ("PL.2", "tai-chinh-ke-hoach", "2026-06-30"),
    ]


def test_word_computes_numbers_and_the_reader_too():
    """Rule 4.7: numbers that only Word prints count as clauses."""
    document = Document()
    document.add_paragraph("Kính gửi: Các phòng, ban, ngành huyện.")
    document.add_paragraph("Chủ tịch Ủy ban nhân dân huyện yêu cầu:")
    document.add_paragraph("Phòng Nội vụ:", style="List Number")
    document.add_paragraph("Rà soát biên chế.", style="List Bullet")
    document.add_paragraph("Phòng Tư pháp thẩm định văn bản.", style="List Number")

    found = read(_saved(document), "van-ban.docx", directory()).proposals

    assert [(p.clause, p.lead_agency) for p in found] == [("1-1", "noi-vu"), ("2", "tu-phap")]


def test_the_sandbox_reads_as_the_reader_does():
    """Issue 8: a process of its own, the same reading."""
    assert read_file(SAMPLE.encode(), "van-ban.txt", directory()) == reading(SAMPLE)


def test_the_sandbox_hands_a_refusal_back():
    """Rule 4.1: and a secret marking too."""
    secret = "TỐI MẬT\n" + LETTER.format(body="1. Phòng Nội vụ rà soát.")

    with pytest.raises(SecretDocument) as refusal:
        read_file(secret.encode(), "van-ban.txt", directory())

    assert refusal.value.marking == "TỐI MẬT"


def test_the_sandbox_stops_what_takes_too_much():
    """Issue 8: limits on memory hold."""
    with pytest.raises(UnreadableFile) as refusal:
        read_file(as_docx(SAMPLE), "van-ban.docx", directory(), seconds=5, megabytes=30)

    assert refusal.value.code == "too_slow"


def _saved(document) -> bytes:
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def _zipped(members: dict[str, bytes]) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return stream.getvalue()


def _pdf(*objects: str, trailer: str = "") -> bytes:
    """A PDF of hand-written objects with its table of places."""
    body, places = b"%PDF-1.4\n", []
    for number, content in enumerate(objects, 1):
        places.append(len(body))
        body += f"{number} 0 obj\n{content}\nendobj\n".encode("latin-1")
    table = "".join(f"{place:010d} 00000 n \n" for place in places)
    size = len(objects) + 1
    return body + (
        f"xref\n0 {size}\n0000000000 65535 f \n{table}"
        f"trailer\n<< /Size {size} /Root 1 0 R {trailer} >>\nstartxref\n{len(body)}\n%%EOF\n"
    ).encode("latin-1")


PAGES = (
    "<< /Type /Catalog /Pages 2 0 R >>",
    "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
    "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] >>",
)
LOCK = f"<< /Filter /Standard /V 1 /R 2 /Length 40 /P -4 /O <{'a1' * 32}> /U <{'b2' * 32}> >>"
BAD_FILES = {
    "empty": ("van-ban.txt", b"", "empty"),
    "blank": ("van-ban.txt", b" \n\t ", "empty"),
    "large": ("van-ban.txt", b"x" * (LARGEST_BYTES + 1), "too_large"),
    "picture": ("anh.png", b"\x89PNG\r\n\x1a\n" + b"\0" * 64, "wrong_type"),
    "renamed picture": ("anh.docx", b"\x89PNG\r\n\x1a\n" + b"\0" * 64, "damaged"),
    "old word": ("cu.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 512, "wrong_type"),
    "locked word": (
        "khoa.docx",
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 512 + "EncryptedPackage".encode("utf-16-le"),
        "encrypted",
    ),
    "no document inside": ("goi.docx", _zipped({"a.txt": b"a"}), "wrong_type"),
    "cut zip": ("cut.docx", as_docx(SAMPLE)[:5000], "damaged"),
    "zip bomb": (
        "bom.docx",
        _zipped({"word/document.xml": b"\0" * 60_000_000, "[Content_Types].xml": b""}),
        "zip_bomb",
    ),
    "many members": (
        "nhieu.docx",
        _zipped({f"word/{n}.xml": b"" for n in range(2500)}),
        "zip_bomb",
    ),
    "hollow word": ("rong.docx", _zipped({"word/document.xml": b"<a/>"}), "damaged"),
    "scanned pdf": ("quet.pdf", _pdf(*PAGES), "no_text"),
    "locked pdf": (
        "khoa.pdf",
        _pdf(*PAGES, LOCK, trailer=f"/Encrypt 4 0 R /ID [<{'c3' * 16}> <{'c3' * 16}>]"),
        "encrypted",
    ),
    "cut pdf": ("cut.pdf", b"%PDF-1.4\n1 0 obj\n<< /Type", "damaged"),
}


@pytest.mark.parametrize("name", BAD_FILES)
def test_a_bad_file_is_refused_with_its_reason(name):
    """Issue 4, bad input: a clear refusal, and no other error."""
    filename, data, code = BAD_FILES[name]

    with pytest.raises(UnreadableFile) as refusal:
        read_file(data, filename, directory())

    assert refusal.value.code == code
    assert refusal.value.message


def test_a_long_word_file_is_read_in_time():
    """Issue 8: 200 pages within ten seconds and 300 MB."""
    found = read_file(long_document(), "dai.docx", directory(), seconds=10, megabytes=300)

    assert len(found.proposals) > 1000
