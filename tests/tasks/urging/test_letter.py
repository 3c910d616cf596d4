"""The urging letter as a file in the national layout (rule 8.2, Decree 30/2020/NĐ-CP)."""

from io import BytesIO

import pytest
from docx import Document
from docx.oxml.ns import qn

from tasks.urging import issuing, preparing
from tasks.urging.facts import docx_of, letter_of, rows_of
from tasks.urging.wording import Cited, Late, Named, before, drafted
from tests import factories as make
from tests.agencies.papers.opened import find, lines, size_of
from tests.tasks.urging.conftest import NOW, silent

NAMED = Named(
    "Ủy ban nhân dân huyện An Lão", "Chủ tịch", "Văn phòng HĐND&UBND huyện An Lão", "An Lão"
)


@pytest.fixture
def file(late):
    """The letter that urges two overdue tasks and a silent one, issued as the second."""
    tasks = [late.first.pk, late.second.pk]
    issuing.issue(*preparing.draft(tasks, late.officer, NOW), late.chief, NOW)
    again, later = [*tasks, silent(late.agency).pk], make.moment("2027-02-03")
    (urging,) = preparing.draft(again, late.officer, later)
    return Document(BytesIO(docx_of(issuing.issue(urging, late.chief, later))))


def cells(table) -> list[str]:
    return [p.text for row in table.rows for cell in row.cells for p in cell.paragraphs if p.text]


def test_the_layout_is_the_nations(file):
    """Rule 8.2: A4 and margins, sizes, leading zeros, page numbers from page 2 on."""
    page = file.sections[0]

    assert [round(side.mm) for side in (page.page_width, page.page_height)] == [210, 297]
    top, bottom, left, right = (
        round(side.mm, 1)
        for side in (page.top_margin, page.bottom_margin, page.left_margin, page.right_margin)
    )
    assert 20 <= top <= 25 and 20 <= bottom <= 25
    assert 30 <= left <= 35 and 15 <= right <= 20
    assert file.styles["Normal"].element.rPr.rFonts.get(qn("w:ascii")) == "Times New Roman"
    assert size_of(find(file, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM")) == 13
    assert size_of(find(file, "Độc lập - Tự do - Hạnh phúc")) == 14
    assert find(file, "An Bình, ngày 03 tháng 02 năm 2027").runs[0].italic
    assert page.different_first_page_header_footer
    assert "PAGE" in page.header._element.xml


def test_number_subject_addressee_text_and_end(file):
    head = file.tables[0]
    text = lines(file)

    assert cells(head)[:2] == ["ỦY BAN NHÂN DÂN", "HUYỆN AN BÌNH"]
    assert "Số: 01/UBND-VP" in cells(head)  # a new year begins at one
    assert "V/v đôn đốc thực hiện nhiệm vụ chưa hoàn thành, quá hạn (lần 2)" in cells(head)
    assert text[0] == "Kính gửi: Phòng Tài nguyên và Môi trường"
    assert any("tiếp theo Công văn số 01/UBND-VP ngày 26/11/2026" in line for line in text)
    assert any(line.startswith("4. ") and "trước 16 giờ 00 ngày 10/02/2027" in line
               for line in text)  # fmt: skip
    assert next(line for line in text if line.endswith("./.")).startswith("Quá thời hạn")


def test_recipients_and_signature_stand_in_order(file):
    """Rule 2.2: by order of the Chair, under the committee's letterhead."""
    left, right = file.tables[1].rows[0].cells

    assert [p.text for p in left.paragraphs] == [
        "Nơi nhận:",
        "- Như trên;",
        "- Chủ tịch, các Phó Chủ tịch UBND huyện (b/c);",
        "- CVP, các PCVP;",
        "- Lưu: VT, VP.",
    ]
    assert [p.text for p in right.paragraphs if p.text][:2] == ["TL. CHỦ TỊCH", "CHÁNH VĂN PHÒNG"]
    assert size_of(left.paragraphs[0]) == 12 and size_of(left.paragraphs[1]) == 11


def test_a_deputy_chief_signs_by_order_and_for_the_chief(late):
    """Rule 2.2: TL. CHỦ TỊCH, and below it KT. of the chief."""
    deputy = make.PostFactory(function="office_chief", is_deputy=True, agency=late.office)
    (urging,) = preparing.draft([late.first.pk], late.officer, NOW)
    signed = issuing.sign(urging, make.actor_of(deputy), NOW)

    right = Document(BytesIO(docx_of(signed))).tables[1].rows[0].cells[1]

    assert [p.text for p in right.paragraphs if p.text] == [
        "TL. CHỦ TỊCH", "KT. CHÁNH VĂN PHÒNG", "PHÓ CHÁNH VĂN PHÒNG", deputy.user.full_name,
    ]  # fmt: skip


def test_the_appendix_lists_the_tasks_with_days_and_urgings(file):
    rows = [[cell.text for cell in row.cells] for row in file.tables[2].rows]

    assert rows[0][0] == "TT"
    assert rows[1][0] == "Nhiệm vụ chưa hoàn thành, quá hạn"
    assert rows[2][3:] == ["15/10/2026", "111", "1"]
    assert rows[5][3] == "Không có"
    assert "Phụ lục" in lines(file)


def test_what_assigned_the_work_is_cited_in_full():
    paper = Cited(
        "Công văn 966/UBND-NCKTGS", make.moment("2026-05-04").date(), "UBND huyện An Lão",
        "V/v Chấn chỉnh trách nhiệm",
    )  # fmt: skip
    late = Late("Phòng Y tế", NOW, 1, [3], 0, 3, [paper])

    assert drafted(late, NAMED).basis == (
        "Thực hiện Công văn 966/UBND-NCKTGS ngày 04/5/2026 của UBND huyện An Lão về việc chấn "
        "chỉnh trách nhiệm."
    )


@pytest.mark.parametrize(
    ("instant", "words"),
    [
        (make.moment("2026-12-03", 16), "16 giờ 00 ngày 03/12/2026"),
        (make.moment("2026-12-04", 0), "ngày 04/12/2026"),
    ],
    ids=["an hour", "a whole day: the last in time is the day before"],
)
def test_the_day_to_report_is_said_as_rule_3_2_reads_it(instant, words):
    """Rule 3.2: "trước ngày D" means D − 1 is the last day in time."""
    assert before(instant) == words


def test_a_draft_leaves_room_for_number_and_name(late):
    (urging,) = preparing.draft([late.first.pk], late.officer, NOW)

    paper = letter_of(urging, rows_of(urging))

    assert (paper.number.value, paper.day, paper.signature.name) == (None, None, "")
