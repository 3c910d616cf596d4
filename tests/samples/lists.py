"""An office's list of tasks as it really lies on its computers: titles above a nested head, merged
cells, headings of groups, a hidden row, finished work, names written by habit.
"""

import io
from datetime import date, datetime

from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

WRONG_ROWS = (9, 11, 15, 17, 19)
"""The rows of `present_list` a person must put right or leave out."""


def workbook(*rows: list, sheet: str = "Sheet1") -> bytes:
    """Return a small .xlsx of the rows."""
    book = Workbook()
    book.active.title = sheet
    for row in rows:
        book.active.append(row)
    return saved(book)


def saved(book: Workbook) -> bytes:
    """Return the bytes of a workbook."""
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def present_list() -> bytes:
    """Return the list of a district office of November 2026, five rows of it wrong.

    Names are of the shipped directory (An Lão).
    """
    book = Workbook()
    notes = book.active
    notes.title = "Ghi chú"
    notes.append(["Cập nhật thứ Sáu hằng tuần"])
    sheet = book.create_sheet("Theo dõi 2026")
    _head(sheet)
    for row in _rows():
        sheet.append(row)
    for merged in ("A7:J7", "A14:J14", "F8:F10", "I8:I10"):
        sheet.merge_cells(merged)
    sheet.row_dimensions[13].hidden = True
    sheet["H12"].number_format = "0%"
    return saved(book)


def _head(sheet: Worksheet) -> None:
    sheet.append(["VĂN PHÒNG HĐND&UBND HUYỆN AN LÃO"])
    sheet.append(["BẢNG THEO DÕI NHIỆM VỤ UBND HUYỆN, CHỦ TỊCH UBND HUYỆN GIAO NĂM 2026"])
    sheet.append([])
    sheet.append(
        ["STT", "Nội dung nhiệm vụ", "Cơ quan thực hiện", None, "Thời hạn", "Văn bản giao",
         "Trạng thái", "Tỷ lệ hoàn thành", "Cấp giao", "Ghi chú"]
    )  # fmt: skip
    sheet.append([None, None, "Chủ trì", "Phối hợp"])
    sheet.append([f"({n})" for n in range(1, 11)])
    for column in "ABEFGHIJ":
        sheet.merge_cells(f"{column}4:{column}5")
    sheet.merge_cells("C4:D4")
    sheet.merge_cells("A2:J2")


def _rows() -> list[list]:
    letter, chair = "Công văn số 512/UBND-VP ngày 12/10/2026", "Chủ tịch UBND huyện"
    return [
        ["I. Nhiệm vụ thường xuyên, chuyên đề"],
        [1, "Rà soát giấy chứng nhận quyền sử dụng đất tồn đọng", "P. TNMT",
         "UBND các xã, thị trấn", date(2026, 11, 10), letter, "Đang thực hiện", "40%", chair, None],
        [2, "Đề xuất phương án sắp xếp biên chế năm 2027", "Phòng Tổ chức", None,
         "05 ngày làm việc", None, "Chưa thực hiện", None, None, None],
        [3, "Báo cáo kết quả kiểm tra công vụ đợt 2", "Phòng Nội vụ", "Thanh tra huyện",
         "Trước ngày 20/12/2026", None, None, None, None, "Gửi bản mềm"],
        [4, "Xây dựng kế hoạch đầu tư công năm 2027", "Phòng TC-KH; Ban QLDA", None,
         date(2026, 12, 5), "Thông báo kết luận số 88/TB-VP ngày 02/11/2026", None, None, chair,
         None],
        [5, "Kiểm tra an toàn thực phẩm các bếp ăn tập thể", "Phòng Y tế", "Các cơ quan liên quan",
         datetime(2026, 12, 15), "Kế hoạch 41/KH-UBND ngày 05/10/2026", "Đang thực hiện", 0.6,
         "UBND huyện", None],
        [6, "Thống kê hộ nghèo, cận nghèo năm 2026", "Phòng LĐTBXH", "UBND các xã, thị trấn",
         date(2026, 11, 30), None, None, None, "UBND huyện", "Dòng ẩn"],
        ["II. Nhiệm vụ giao các xã, thị trấn"],
        [7, "Lập danh sách điểm tập kết rác thải chưa đúng quy định", "UBND các xã, thị trấn",
         "Phòng TN&MT", date(2026, 12, 10), None, None, None, "Chủ tịch huyện An Lão", None],
        [8, "Báo cáo công tác phòng, chống rét cho vật nuôi", "UBND xã An Thái", None,
         "Thường xuyên", None, None, None, "UBND huyện", None],
        [9, "Giải phóng mặt bằng đường trục xã", "UBND xã Quang Trung", None, "31/11/2026", None,
         "Đang thực hiện", "70%", "UBND huyện", "Vướng 3 hộ"],
        [10, "Sửa chữa trụ sở Đội Quản lý thị trường", "Phòng KT&HT", None, date(2026, 9, 30),
         None, "Hoàn thành", "100%", "UBND huyện", None],
        [11, "Báo cáo kết quả kiểm tra công vụ đợt 2", "Phòng Nội vụ", None,
         "Trước ngày 20/12/2026", None, None, None, chair, "Trùng dòng 10"],
        ["Tổng cộng: 11 nhiệm vụ"],
    ]  # fmt: skip
