"""Appendix tables of work, one task a row, from Word and from Excel (issue 8)."""

import pytest

from tasks.reader import read
from tests.samples.word import appendix, workbook
from tests.tasks.reader.papers import directory

FORMS = (("phu-luc.docx", appendix), ("phu-luc.xlsx", workbook))


def found(rows, merged=()):
    """What both files of one table give; they must agree."""
    both = []
    for name, build in FORMS:
        proposals = read(build(rows, merged), name, directory()).proposals
        both.append(
            [(p.clause, p.text, p.lead, p.coordinating, p.deadline, p.product) for p in proposals]
        )
    assert both[0] == both[1]
    return both[0]


def test_the_usual_columns():
    """STT, nội dung, chủ trì, phối hợp, thời hạn, sản phẩm."""
    rows = [
        ["STT", "Nội dung", "Chủ trì", "Phối hợp", "Thời hạn", "Sản phẩm"],
        ["1", "Rà soát quỹ đất công", "Phòng TN&MT", "UBND các xã", "30/6/2026", "Báo cáo"],
        ["2", "Kiểm kê tài sản công", "Phòng Nội vụ", "", "Quý II/2026", ""],
    ]

    assert found(rows) == [
        ("PL.1", "Rà soát quỹ đất công", "Phòng TN&MT", ["UBND các xã"], "2026-06-30", "Báo cáo"),
        ("PL.2", "Kiểm kê tài sản công", "Phòng Nội vụ", [], "2026-06-30", None),
    ]


@pytest.mark.parametrize(
    "heads",
    [
        ("Hạn hoàn thành", "Kết quả", "Cơ quan phối hợp", "Cơ quan thực hiện", "Nhiệm vụ"),
        ("Tiến độ", "Sản phẩm dự kiến", "Đơn vị phối hợp", "Đơn vị", "Công việc"),
        ("Hạn", "Sản phẩm đầu ra", "Phối hợp", "Đầu mối tham mưu", "Tên nhiệm vụ, giải pháp"),
        ("Thời gian thực hiện", "Kết quả đạt được", "CQ phối hợp", "CQ chủ trì", "Việc cần làm"),
    ],
)
def test_columns_in_another_order_under_other_names(heads):
    """No column has one place or one name."""
    rows = [
        ["TT", *heads, "Ghi chú"],
        ["1", "15/5/2026", "Kế hoạch", "Phòng Tư pháp", "Phòng Nội vụ", "Rà soát biên chế", ""],
    ]

    assert found(rows) == [
        ("PL.1", "Rà soát biên chế", "Phòng Nội vụ", ["Phòng Tư pháp"], "2026-05-15", "Kế hoạch")
    ]


HEADS = [
    ["STT", "Nhiệm vụ", "Phân công", "", "Thời hạn"],
    ["", "", "Chủ trì", "Phối hợp", ""],
]
TWO_ROWS = [
    *HEADS,
    ["1", "Rà soát biên chế", "Phòng Nội vụ", "Phòng Tư pháp", "15/5/2026"],
]


@pytest.mark.parametrize("merged", [(), ((0, 0, 1, 0), (0, 1, 1, 1), (0, 2, 0, 3), (0, 4, 1, 4))])
def test_a_heading_over_two_rows(merged):
    """With cells merged and without."""
    assert found(TWO_ROWS, merged) == [
        ("PL.1", "Rà soát biên chế", "Phòng Nội vụ", ["Phòng Tư pháp"], "2026-05-15", None)
    ]


def test_cells_merged_over_rows_count_for_each():
    """One office and one day for two rows, written once."""
    rows = [
        ["STT", "Nhiệm vụ", "Chủ trì", "Thời hạn"],
        ["1", "Rà soát biên chế", "Phòng Nội vụ", "15/5/2026"],
        ["2", "Lập danh sách tinh giản", "", ""],
        ["3", "Thẩm định văn bản", "Phòng Tư pháp", ""],
    ]

    assert found(rows, ((1, 2, 2, 2), (1, 3, 2, 3))) == [
        ("PL.1", "Rà soát biên chế", "Phòng Nội vụ", [], "2026-05-15", None),
        ("PL.2", "Lập danh sách tinh giản", "Phòng Nội vụ", [], "2026-05-15", None),
        ("PL.3", "Thẩm định văn bản", "Phòng Tư pháp", [], None, None),
    ]


@pytest.mark.parametrize("merged", [(), ((1, 1, 1, 3), (3, 1, 3, 3))])
def test_rows_that_only_title_a_group(merged):
    """They are no task; their number tells two first rows apart."""
    rows = [
        ["STT", "Nhiệm vụ", "Chủ trì", "Thời hạn"],
        ["I", "Nhóm nhiệm vụ về thể chế", "", ""],
        ["1", "Thẩm định văn bản", "Phòng Tư pháp", "15/5/2026"],
        ["II", "Nhóm nhiệm vụ về tổ chức", "", ""],
        ["1", "Rà soát biên chế", "Phòng Nội vụ", "Quý II/2026"],
    ]

    assert [(row[0], row[1]) for row in found(rows, merged)] == [
        ("PL.I.1", "Thẩm định văn bản"),
        ("PL.II.1", "Rà soát biên chế"),
    ]


def test_rows_that_name_an_agency_lead_those_below():
    """A table without a column for who leads: the groups are the agencies."""
    rows = [
        ["STT", "Nội dung nhiệm vụ", "Thời hạn", "Sản phẩm"],
        ["I", "Phòng Nội vụ", "", ""],
        ["1", "Rà soát biên chế", "15/5/2026", "Báo cáo"],
        ["2", "Lập danh sách tinh giản", "", "Danh sách"],
        ["II", "Phòng Tư pháp", "", ""],
        ["1", "Thẩm định văn bản", "20/5/2026", ""],
    ]

    assert [(row[0], row[2], row[4]) for row in found(rows)] == [
        ("PL.I.1", "Phòng Nội vụ", "2026-05-15"),
        ("PL.I.2", "Phòng Nội vụ", None),
        ("PL.II.1", "Phòng Tư pháp", "2026-05-20"),
    ]


def test_several_agencies_a_cell_one_a_line():
    """Lines of a cell are names of their own."""
    rows = [
        ["STT", "Nhiệm vụ", "Chủ trì", "Phối hợp"],
        ["1", "Rà soát biên chế", "Phòng Nội vụ", "- Phòng Tư pháp\n- UBND các xã"],
        ["2", "Kiểm tra chợ", "Phòng Nội vụ chủ trì, phối hợp với Phòng Tư pháp", ""],
    ]

    assert [(row[2], row[3]) for row in found(rows)] == [
        ("Phòng Nội vụ", ["Phòng Tư pháp", "UBND các xã"]),
        ("Phòng Nội vụ", ["Phòng Tư pháp"]),
    ]


def test_a_table_that_gives_no_work_is_left_alone():
    """Figures, members and prices are no tasks."""
    rows = [
        ["STT", "Nội dung chi", "Số lượng", "Đơn giá"],
        ["1", "In tài liệu", "200", "15.000"],
    ]

    assert found(rows) == []
