"""A list the Office keeps in Excel, taken in yesterday: three rows are still to be put right."""

import io
from datetime import timedelta

from django.core.files.uploadedfile import SimpleUploadedFile
from openpyxl import Workbook

from reports.demonstration.stage import Stage
from reports.demonstration.timeline import Story
from tasks.importing.preparing import map_columns, take_in

HEAD = (
    "STT", "Nội dung nhiệm vụ", "Cơ quan chủ trì", "Cơ quan phối hợp", "Thời hạn", "Văn bản giao",
    "Trạng thái", "Ghi chú",
)  # fmt: skip
# What, who, with whom, due in so many days or as written, document, state, note.
ROWS = (
    ("Cập nhật cơ sở dữ liệu đất đai năm 2026", "P. TNMT", "UBND các xã, thị trấn", 18,
     "Kế hoạch 87/KH-UBND", "Đang thực hiện, 60%", ""),
    ("Rà soát đối tượng bảo trợ xã hội", "Phòng LĐTBXH", "UBND các xã, thị trấn", -9,
     "Công văn 455/UBND-LĐ", "Đang thực hiện", "Còn 3 xã chưa gửi"),
    ("Lập dự toán sửa chữa trường học năm 2027", "Phòng TC-KH; Phòng GD&ĐT", "", 12, "", "", ""),
    ("Kiểm kê tài sản công tại các nhà văn hóa thôn", "UBND các xã, thị trấn", "Phòng TCKH", 25,
     "Công văn 502/UBND-TC", "", ""),
    ("Xây dựng phương án trực Tết Nguyên đán", "Bộ phận Tổng hợp", "Công an huyện", 30, "", "", ""),
    ("Báo cáo tiến độ giải ngân vốn đầu tư công", "Ban QLDA", "Kho bạc", "05 ngày làm việc", "",
     "Chưa thực hiện", "Không ghi ngày giao"),
    ("Tổng hợp kết quả tiêm phòng vụ thu đông", "Phòng NN&PTNT", "", -20, "", "Hoàn thành", ""),
)  # fmt: skip


def stories(stage: Stage) -> list[Story]:
    """Return the story of the one list."""
    return [_story(stage)]


def _story(stage: Stage) -> Story:
    at = stage.ago(1, 15, 5)
    yield at
    actor = stage.actor("chuyenvien2", at)
    name = f"Theo doi nhiem vu {stage.today.year}.xlsx"
    batch = take_in(actor, at, upload=SimpleUploadedFile(name, _sheet(stage)))
    at += timedelta(minutes=4)
    yield at
    map_columns(
        batch, actor, at,
        fields=batch.mapping["fields"], authority=stage.authorities["ubnd-huyen"],
        version=batch.version,
    )  # fmt: skip


def _sheet(stage: Stage) -> bytes:
    book = Workbook()
    sheet = book.active
    sheet.title = "Theo dõi"
    sheet.append(["VĂN PHÒNG HĐND&UBND HUYỆN"])
    sheet.append(["BẢNG THEO DÕI NHIỆM VỤ UBND HUYỆN GIAO"])
    sheet.append(HEAD)
    for number, (title, lead, helpers, due, *rest) in enumerate(ROWS, start=1):
        day = f"{stage.in_days(due):%d/%m/%Y}" if isinstance(due, int) else due
        sheet.append([number, title, lead, helpers, day, *rest])
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()
