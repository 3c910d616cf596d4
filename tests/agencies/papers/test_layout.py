"""The page of a paper: margins, type, head, body, recipients, appendices (rule 8.2)."""

from dataclasses import replace
from datetime import date
from zipfile import ZipFile

import pytest
from docx.enum.section import WD_ORIENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn
from docx.shared import Mm

from agencies.papers import (
    Appendix,
    Heading,
    Item,
    Level,
    Number,
    PaperKind,
    Paragraph,
    Urgency,
    build,
)
from tests.agencies.papers.opened import find, lines, opened, size_of
from tests.agencies.papers.samples import COMMITTEE, OFFICE, OVERDUE, letter, report


def foot(document):
    """The cells of recipients and signature of a paper without tables in its body."""
    return [
        [p.text for p in cell.paragraphs]
        for table in document.tables
        for cell in table.rows[0].cells
        if "Nơi nhận:" in table.rows[0].cells[0].text
    ]


def test_the_page_is_a4_with_the_decreed_margins():
    """Rule 8.2: top and bottom 20-25, left 30-35, right 15-20 mm."""
    page = opened(letter()).sections[0]

    assert (page.page_width.mm, page.page_height.mm) == pytest.approx((210, 297), abs=0.1)
    assert 20 <= round(page.top_margin.mm, 1) <= 25
    assert 20 <= round(page.bottom_margin.mm, 1) <= 25
    assert 30 <= round(page.left_margin.mm, 1) <= 35
    assert 15 <= round(page.right_margin.mm, 1) <= 20


def test_every_text_is_in_times_new_roman():
    """Rule 8.2: one face for every script, set once and never overridden."""
    document = opened(report())
    style = document.styles["Normal"].element.rPr.rFonts

    assert {style.get(qn(f"w:{s}")) for s in ("ascii", "hAnsi", "eastAsia", "cs")} == {
        "Times New Roman"
    }
    assert not document.element.body.findall(f".//{qn('w:rFonts')}")


@pytest.mark.parametrize(("body", "nation", "motto"), [(13, 12, 13), (14, 13, 14)])
def test_the_national_heading_is_a_point_smaller_than_its_motto(body, nation, motto):
    """Rule 8.2: national heading 12-13 bold, motto 13-14 bold."""
    document = opened(letter(body_size=body))
    heading = find(document, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM")
    below = find(document, "Độc lập - Tự do - Hạnh phúc")

    assert (size_of(heading), size_of(below)) == (nation, motto)
    assert heading.runs[0].bold and below.runs[0].bold


def test_the_motto_stands_above_a_drawn_line_and_is_not_underlined():
    """Decree 30/2020/NĐ-CP, Appendix I: a line as long as the text, drawn."""
    motto = find(opened(letter()), "Độc lập - Tự do - Hạnh phúc")
    line = motto._p.getnext()

    assert not motto.runs[0].underline
    assert line.find(f".//{qn('w:pBdr')}/{qn('w:top')}") is not None


def test_the_superior_stands_upright_above_the_bold_issuer():
    document = opened(letter(letterhead=OFFICE))
    cell = document.tables[0].cell(0, 0)

    assert [p.text for p in cell.paragraphs[:2]] == ["UBND HUYỆN AN LÃO", "VĂN PHÒNG"]
    assert [p.runs[0].bold for p in cell.paragraphs[:2]] == [False, True]


def test_number_place_and_day_take_leading_zeros():
    """Rule 8.2: days under 10 and months 1 and 2 with a zero; place and date in italics."""
    document = opened(letter(day=date(2023, 2, 4)))

    find(document, "Số: 07/UBND-VP")
    dated = find(document, "An Lão, ngày 04 tháng 02 năm 2023")
    assert dated.runs[0].italic and size_of(dated) == 14


def test_a_letter_carries_its_subject_under_the_number():
    document = opened(letter())
    texts = [p.text for p in document.tables[0].cell(1, 0).paragraphs]

    assert texts[0] == "Số: 07/UBND-VP"
    assert texts[1].startswith("V/v đôn đốc thực hiện nhiệm vụ quá hạn")


def test_a_named_paper_carries_its_type_and_subject_in_the_middle():
    document = opened(report())
    name = find(document, "BÁO CÁO")
    subject = find(document, "Kết quả thực hiện nhiệm vụ được giao tháng 7 năm 2023")

    assert name.alignment == subject.alignment == WD_ALIGN_PARAGRAPH.CENTER
    assert name.runs[0].bold and subject.runs[0].bold
    assert "V/v" not in document.tables[0].cell(1, 0).text


def test_an_urgent_letter_is_stamped_in_a_frame():
    stamp = find(opened(letter(urgency=Urgency.EXPRESS)), "HỎA TỐC")

    sides = [side.tag for side in stamp._p.find(f".//{qn('w:pBdr')}")]
    assert sides == [qn(f"w:{side}") for side in ("top", "left", "bottom", "right")]


def test_one_addressee_stands_on_the_line_of_kinh_gui():
    assert "Kính gửi: Phòng Tài nguyên và Môi trường" in lines(opened(letter()))


def test_several_addressees_are_listed_below():
    """Data papers 1: each on a line of its own, the last ends with a point."""
    names = ("Phòng Nội vụ", "Thanh tra huyện;", "UBND các xã, thị trấn.")
    texts = lines(opened(letter(addressees=names)))

    start = texts.index("Kính gửi:")
    assert texts[start + 1 : start + 4] == [
        "- Phòng Nội vụ;",
        "- Thanh tra huyện;",
        "- UBND các xã, thị trấn.",
    ]


def test_the_body_is_justified_in_thirteen_or_fourteen_points():
    """Rule 8.2: body 13-14."""
    paragraph = find(opened(letter()), "- Lý do khách quan kèm theo tài liệu chứng minh;")

    assert size_of(paragraph) == 14
    assert paragraph.alignment == WD_ALIGN_PARAGRAPH.JUSTIFY
    assert paragraph.paragraph_format.first_line_indent == Mm(12.7)
    with pytest.raises(ValueError):
        letter(body_size=12)


def test_headings_and_items_are_numbered_together():
    blocks = (
        Heading("Kết quả"),
        Heading("Kết quả chung", Level.CLAUSE),
        Item("Đã hoàn thành", Level.POINT),
        Item("Nhiệm vụ khác"),
        Heading("Kiến nghị"),
        Paragraph("Kính báo cáo"),
    )
    document = opened(report(blocks=blocks, appendices=()))
    texts = lines(document)

    assert texts[texts.index("I. KẾT QUẢ") :] == [
        "I. KẾT QUẢ",
        "1. Kết quả chung",
        "a) Đã hoàn thành",
        "2. Nhiệm vụ khác",
        "II. KIẾN NGHỊ",
        "Kính báo cáo./.",
    ]
    assert find(document, "1. Kết quả chung").runs[0].bold
    assert not find(document, "2. Nhiệm vụ khác").runs[0].bold


@pytest.mark.parametrize(
    "written", ["nghiêm túc thực hiện", "nghiêm túc thực hiện.", "nghiêm túc thực hiện./."]
)
def test_the_text_ends_once_with_its_closing_mark(written):
    """Rule 8.2: text ending "./."."""
    texts = lines(opened(letter(blocks=(Paragraph("Mở đầu."), Paragraph(written)))))

    assert "Mở đầu." in texts
    assert "nghiêm túc thực hiện./." in texts
    assert sum("./." in text for text in texts) == 1


def test_the_closing_mark_stays_with_the_text_when_a_table_ends_the_body():
    texts = lines(opened(letter(blocks=(Paragraph("Danh mục tại bảng dưới đây."), OVERDUE))))

    assert "Danh mục tại bảng dưới đây./." in texts


def test_a_sentence_that_leads_in_a_table_stays_open():
    texts = lines(opened(letter(blocks=(Paragraph("Danh mục như sau:"), OVERDUE))))

    assert "Danh mục như sau:" in texts


def test_line_breaks_typed_by_a_person_begin_new_paragraphs():
    typed = (Paragraph("Một.\n\nHai.\r\nBa."),)

    assert lines(opened(letter(blocks=typed, appendices=())))[-3:] == ["Một.", "Hai.", "Ba./."]


def test_recipients_begin_with_the_addressees_and_end_with_the_file():
    """Rule 8.2: "Nơi nhận" 12 bold italic, its list at 11."""
    document = opened(letter())
    recipients, _ = foot(document)

    assert recipients == [
        "Nơi nhận:",
        "- Như trên;",
        "- Chủ tịch, các PCT UBND huyện (báo cáo);",
        "- CVP, các PCVP;",
        "- Lưu: VT, TH.",
    ]
    head, entry = find(document, "Nơi nhận:"), find(document, "- Lưu: VT, TH.")
    assert head.runs[0].bold and head.runs[0].italic
    assert (size_of(head), size_of(entry)) == (12, 11)


def test_a_paper_without_addressees_has_no_as_above():
    recipients, _ = foot(opened(letter(addressees=())))

    assert recipients[1] == "- Chủ tịch, các PCT UBND huyện (báo cáo);"


def test_the_signature_names_capacity_post_and_person():
    """Rule 2.2: signature blocks follow the capacity."""
    _, signature = foot(opened(letter()))

    assert signature == ["TL. CHỦ TỊCH", "CHÁNH VĂN PHÒNG", "Phạm Văn Minh"]


def test_pages_are_numbered_above_from_the_second_one():
    """Rule 8.2: page number centred above from page 2."""
    page = opened(letter()).sections[0]
    header = page.header.paragraphs[0]

    assert header.alignment == WD_ALIGN_PARAGRAPH.CENTER
    assert header._p.find(qn("w:fldSimple")).get(qn("w:instr")) == "PAGE"
    assert page.different_first_page_header_footer
    assert [p.text for p in page.first_page_header.paragraphs] == [""]


def test_an_appendix_has_pages_of_its_own_numbered_from_one():
    """Data papers 1: appendices carry own page numbers."""
    document = opened(report())

    assert len(document.sections) == 3
    for section in document.sections:
        assert section._sectPr.find(qn("w:pgNumType")).get(qn("w:start")) == "1"
        assert section.different_first_page_header_footer


def test_appendices_stand_upright_or_across():
    turned = [section.orientation for section in opened(report()).sections]

    assert turned == [WD_ORIENT.PORTRAIT, WD_ORIENT.LANDSCAPE, WD_ORIENT.PORTRAIT]


def test_an_appendix_says_which_paper_it_belongs_to():
    document = opened(letter())
    title = find(document, "DANH MỤC NHIỆM VỤ CHƯA HOÀN THÀNH, QUÁ HẠN")
    with_paper = find(
        document,
        "(Kèm theo Công văn số 07/UBND-VP ngày 04 tháng 7 năm 2023 của Ủy ban nhân dân huyện "
        "An Lão)",
    )

    assert title.runs[0].bold
    assert with_paper.runs[0].italic
    assert size_of(find(document, "Phụ lục")) == 14


def test_two_appendices_carry_roman_numerals():
    texts = lines(opened(report()))

    assert "Phụ lục I" in texts and "Phụ lục II" in texts and "Phụ lục" not in texts


def test_the_issuer_is_named_in_full_where_a_sentence_names_it():
    paper = letter(letterhead=OFFICE)

    assert paper.citation.endswith("của Văn phòng HĐND và UBND huyện An Lão")
    assert COMMITTEE.name_in_text == "Ủy ban nhân dân huyện An Lão"


def test_a_draft_leaves_room_for_number_and_day():
    document = opened(report(number=Number("BC-UBND"), day=None, year=2023))

    find(document, "Số:      /BC-UBND")
    find(document, "An Lão, ngày       tháng       năm 2023")


def test_a_working_paper_has_neither_number_nor_signature():
    """Data papers 1: working papers inside the office carry no number."""
    document = opened(report(number=None, signature=None, appendices=()))

    assert not document.tables[0].cell(1, 0).text
    assert not foot(document)


@pytest.mark.parametrize(
    ("kind", "type_name"), [(PaperKind.LETTER, "Báo cáo"), (PaperKind.NAMED, "")]
)
def test_only_a_named_paper_has_a_type_name(kind, type_name):
    with pytest.raises(ValueError):
        replace(letter(), kind=kind, type_name=type_name)


def test_the_same_paper_gives_the_same_bytes():
    """Rule 8.4: what is built again reads the same for ever."""
    assert build(report()) == build(report())


def test_the_file_tells_its_subject_and_issuer_but_no_machine_or_clock(tmp_path):
    path = tmp_path / "report.docx"
    path.write_bytes(build(report()))
    properties = opened(report()).core_properties

    assert properties.title == "Kết quả thực hiện nhiệm vụ được giao tháng 7 năm 2023"
    assert properties.author == "Ủy ban nhân dân huyện An Lão"
    assert properties.modified.date() == date(2023, 2, 17)
    with ZipFile(path) as members:
        assert {info.date_time[0] for info in members.infolist()} == {1980}
        assert not [name for name in members.namelist() if "thumbnail" in name]


def test_what_xml_cannot_hold_does_not_stop_a_paper():
    texts = lines(opened(letter(subject="đôn đốc\x0b", blocks=(Paragraph("Dán\x00 vào\x1f."),))))

    assert "Dán vào./." in texts


def test_an_appendix_may_hold_text():
    plain = Appendix("Thuyết minh", (Heading("Căn cứ"), Paragraph("Theo quy định.")))

    assert lines(opened(letter(appendices=(plain,))))[-2:] == ["I. CĂN CỨ", "Theo quy định."]
