"""Which row is the head, and which column holds what."""

import pytest

from tasks.importing.mapping import best_sheet, field_of, guess, header_row, heads
from tasks.importing.sheet import sheets_of
from tests.samples.lists import present_list, workbook


@pytest.mark.parametrize(
    ("head", "field"),
    [
        ("STT", "number"),
        ("Nội dung nhiệm vụ/công tác được giao", "title"),
        ("NOI DUNG NHIEM VU", "title"),
        ("Cơ quan, đơn vị chủ trì", "lead"),
        ("Đơn vị thực hiện", "lead"),
        ("Đơn vị phối hợp thực hiện", "coordinating"),
        ("Thời hạn hoàn thành", "deadline"),
        ("Thời gian được giao hoàn thiện", "deadline"),
        ("Hạn xử lý", "deadline"),
        ("Văn bản giao nhiệm vụ", "document"),
        ("Số, ký hiệu", "document"),
        ("Số và ngày văn bản", "document"),
        ("Ngày giao", "assigned_on"),
        ("Ngày, tháng văn bản", "assigned_on"),
        ("Cấp giao", "authority"),
        ("Lãnh đạo chỉ đạo", "authority"),
        ("Lĩnh vực", "competence"),
        ("Tiến độ thực hiện", "state"),
        ("Trạng thái", "state"),
        ("Kết quả thực hiện", "result"),
        ("Sản phẩm, kết quả đầu ra", "product"),
        ("Tỷ lệ hoàn thành (%)", "percent"),
        ("Trọng tâm", "priority"),
        ("Chuyên viên theo dõi", "officer"),
        ("Ghi chú", "note"),
        ("Khó khăn, vướng mắc", ""),
        ("", ""),
    ],
)
def test_heads_are_known_as_offices_write_them(head, field) -> None:
    """data/papers, section 3: columns seen in real lists, with and without diacritics."""
    assert field_of(head) == field


def test_the_head_below_titles_is_found_and_a_nested_one_is_joined() -> None:
    """Title lines above, "Cơ quan thực hiện" over "Chủ trì" and "Phối hợp"."""
    sheet = best_sheet(sheets_of(present_list(), "x.xlsx"))
    header = header_row(sheet.rows)
    columns = heads(sheet.rows, header)

    assert (sheet.name, header) == ("Theo dõi 2026", 5)
    assert columns[2:5] == ["Cơ quan thực hiện / Chủ trì", "Phối hợp", "Thời hạn"]
    assert guess(columns) == {
        "title": 1, "lead": 2, "coordinating": 3, "deadline": 4, "document": 5, "state": 6,
        "percent": 7, "authority": 8, "note": 9,
    }  # fmt: skip


def test_a_column_is_guessed_once() -> None:
    """The first of two alike wins; the person chooses otherwise."""
    assert guess(["Nội dung", "Nội dung nhiệm vụ", "Đơn vị"]) == {"title": 0, "lead": 2}


def test_a_sheet_without_a_head_says_so() -> None:
    """The person then gives the row's number."""
    sheet = sheets_of(workbook(["Rà soát hồ sơ", "Phòng Nội vụ", "20/12/2026"]), "x.xlsx")[0]

    assert header_row(sheet.rows) == 0
