"""Tables of papers: grouped heads, widths, totals (rule 8.2)."""

from decimal import Decimal

import pytest
from docx.enum.table import WD_ALIGN_VERTICAL
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn

from agencies.papers import Align, Column, GroupRow, Paragraph, Row, Table, Total
from tests.agencies.papers.opened import find, lines, opened
from tests.agencies.papers.samples import letter, report, results

PLAIN = (Column("TT", 1, Align.CENTER), Column("Cơ quan", 4), Column("Tổng số", 2))


def built(table):
    """The table as the reader of a letter finds it, and the letter."""
    document = opened(letter(blocks=(Paragraph("Kết quả như sau:"), table), appendices=()))
    return document.tables[1], document


def texts(row):
    """The texts of a row, a joined cell counted once."""
    return [cell.text for cell in dict.fromkeys(row.cells)]


def repeated(table):
    """How many rows come again at the top of each page."""
    return sum(row._tr.trPr.find(qn("w:tblHeader")) is not None for row in table.rows)


def test_the_head_is_repeated_on_every_page():
    table, _ = built(Table(PLAIN, [Row((1, "Phòng Nội vụ", 5))]))

    assert repeated(table) == 1
    assert texts(table.rows[0]) == ["TT", "Cơ quan", "Tổng số"]


def test_grouped_heads_are_joined_across_and_down():
    """Data papers 3: nested heads, as {Tổng số | Trước, đúng hạn | Trễ hạn | Không hạn}."""
    table, _ = built(results(rows=1))

    upper, lower = table.rows[0], table.rows[1]
    assert texts(upper)[:3] == ["TT", "Cơ quan, đơn vị", "Nhiệm vụ được giao"]
    assert upper.cells[2]._tc is upper.cells[4]._tc
    assert upper.cells[0]._tc is lower.cells[0]._tc
    assert [cell.text for cell in lower.cells[2:5]] == [
        "Tổng số",
        "Kỳ trước chuyển sang",
        "Giao mới",
    ]
    assert repeated(table) == 3


def test_neighbours_under_different_parents_stay_apart():
    columns = (
        Column("Tổng số", groups=("Kết quả", "Đã hoàn thành")),
        Column("Tổng số", groups=("Kết quả", "Chưa hoàn thành")),
        Column("Ghi chú", groups=("Khác",)),
    )
    table, _ = built(Table(columns, [Row((1, 2, None))]))

    assert texts(table.rows[0]) == ["Kết quả", "Khác"]
    assert texts(table.rows[1]) == ["Đã hoàn thành", "Chưa hoàn thành", "Ghi chú"]
    assert table.rows[1].cells[2]._tc is table.rows[2].cells[2]._tc


def test_figures_stand_right_and_words_left():
    table, _ = built(Table(PLAIN, [Row((1, "Phòng Nội vụ", 1250))]))

    place, name, total = (cell.paragraphs[0] for cell in table.rows[1].cells)
    assert total.text == "1.250"
    assert total.alignment == WD_ALIGN_PARAGRAPH.RIGHT
    assert name.alignment == WD_ALIGN_PARAGRAPH.LEFT
    assert place.alignment == WD_ALIGN_PARAGRAPH.CENTER


def test_decimals_take_a_comma_and_nothing_stays_empty():
    table, _ = built(Table(PLAIN, [Row((None, "Phòng Nội vụ", Decimal("1.5")))]))

    assert texts(table.rows[1]) == ["", "Phòng Nội vụ", "1,5"]


def test_a_group_spans_the_table_in_bold():
    table, _ = built(results(rows=13))

    groups = [row.cells[0].paragraphs[0] for row in table.rows if len(texts(row)) == 1]
    assert [p.text for p in groups] == [
        "I. Các phòng, ban chuyên môn",
        "II. Ủy ban nhân dân các xã, thị trấn",
    ]
    assert all(p.runs[0].bold for p in groups)


def test_the_total_comes_last_its_label_before_the_figures():
    table, _ = built(Table(PLAIN, [Row((1, "Phòng Nội vụ", 5))], total=Total((5,))))

    last = table.rows[-1]
    assert texts(last) == ["Tổng cộng", "5"]
    assert last.cells[0]._tc is last.cells[1]._tc
    assert last.cells[2].paragraphs[0].runs[0].bold


def test_the_cut_off_stands_under_the_title():
    """Rule 8.7: the cut-off stands under each table's title."""
    texts_found = lines(opened(report()))

    place = texts_found.index("Bảng 1. Kết quả theo nguồn giao")
    assert texts_found[place + 1] == "(Số liệu tính đến hết ngày 14/7/2023)"


def test_an_empty_table_says_so():
    table, _ = built(Table(PLAIN, []))

    assert texts(table.rows[1]) == ["Không có"]


def test_the_columns_fill_the_room_between_the_margins():
    table, _ = built(Table(PLAIN, [Row((1, "Phòng Nội vụ", 5))]))

    assert sum(column.width.mm for column in table.columns) == pytest.approx(165, abs=0.1)


def test_a_long_table_is_built_in_a_moment():
    """A thousand rows: python-docx's own cells would take minutes."""
    rows = [Row((n, f"Nhiệm vụ {n}", n)) for n in range(1000)]

    document = opened(letter(blocks=(Paragraph("Danh mục:"), Table(PLAIN, rows))))

    assert len(document.tables[1].rows) == 1001


def test_a_line_break_in_a_cell_begins_a_new_paragraph():
    table, document = built(Table(PLAIN, [Row((1, "Chủ trì: Phòng Nội vụ\nPhối hợp: UBND xã", 5))]))

    assert len(table.rows[1].cells[1].paragraphs) == 2
    find(document, "Phối hợp: UBND xã")


@pytest.mark.parametrize(
    "parts",
    [
        {"rows": [Row((1, 2))]},
        {"rows": [], "total": Total((1, 2, 3))},
        {"rows": [], "index": ("A",)},
    ],
    ids=["a short row", "a total without a label", "marks missing"],
)
def test_a_table_whose_rows_do_not_fit_its_columns_is_refused(parts):
    with pytest.raises(ValueError):
        Table(PLAIN, **parts)


def test_no_word_of_a_head_breaks_in_a_narrow_column():
    """Rule 8.8: a table of many columns keeps "chuyển" and "Không" whole; the name gives way."""
    counts = [Column(head, 5) for head in ("Kỳ trước chuyển sang", "Không có hạn") * 5]
    columns = (Column("TT", 3), Column("Cơ quan", 40), *counts)
    table, _ = built(Table(columns, [Row((1, "Phòng Nội vụ", *[0] * 10))]))

    widths = [cell.width.pt for cell in table.rows[0].cells]

    assert min(widths[2::2]) >= 9 * 0.49 * len("chuyển") + 4
    assert abs(sum(widths) - (210 - 30 - 20) * 72 / 25.4) < 15
    assert widths[1] > 2 * widths[0]


def test_what_belongs_together_is_not_parted_by_a_page():
    """No page ends with the name of a group, none begins with the total alone."""
    rows = [GroupRow("Phòng Nội vụ"), Row((1, "Việc", 5)), Row((2, "Việc khác", 6))]
    table, _ = built(Table(PLAIN, rows, total=Total((11,))))

    kept = [row.cells[0].paragraphs[0].paragraph_format.keep_with_next for row in table.rows]
    assert kept == [None, True, None, True, None]


def test_a_row_of_long_text_goes_on_over_the_page_and_is_read_from_the_top():
    """Rule 6.9: a row higher than a page would be cut off; a short one stays whole."""
    table, _ = built(Table(PLAIN, [Row((1, "Lùi ranh giới 3 m. " * 90, 5)), Row((2, "Không", 4))]))

    whole = [row._tr.trPr.find(qn("w:cantSplit")) is not None for row in table.rows]
    assert whole == [True, False, True]
    stand = {cell.vertical_alignment for row in table.rows[1:] for cell in row.cells}
    assert stand == {WD_ALIGN_VERTICAL.TOP}
