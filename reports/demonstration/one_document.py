"""One document that completes several tasks of an agency (rule 4.6)."""

from datetime import timedelta

from reports.demonstration.evidence import evidence
from reports.demonstration.stage import Stage
from reports.demonstration.timeline import Story
from tasks.models import Task
from tasks.together import do_each

LEAD, OFFICER = "lao-dong-thuong-binh-xa-hoi", "chuyenvien2"
TITLES = (
    "Rà soát, cập nhật danh sách người có công trên địa bàn huyện",
    "Thống kê hộ nghèo, hộ cận nghèo có nhà ở xuống cấp",
    "Tổng hợp trẻ em có hoàn cảnh đặc biệt cần hỗ trợ dịp cuối năm",
)
NUMBER = "214/BC-LĐTBXH"


def stories(stage: Stage) -> list[Story]:
    """Return the story of the one document."""
    return [_one_document(stage)]


def _one_document(stage: Stage) -> Story:
    """The head reports three tasks at once; the officer verifies them, and the chief has them."""
    at = stage.ago(2, 15, 20)
    yield at
    head = stage.head(stage.agencies[LEAD], at)
    tasks = list(Task.objects.filter(lead__code=LEAD, title__in=TITLES).order_by("pk"))
    lines = [f"BÁO CÁO {NUMBER}", "Kết quả thực hiện các nhiệm vụ về an sinh xã hội", *TITLES]
    facts = {
        "result": f"Đã hoàn thành cả ba nội dung; kết quả nêu tại Báo cáo số {NUMBER}.",
        "document_number": NUMBER,
        "files": [evidence("docx", "Bao-cao-an-sinh-xa-hoi", lines)],
    }
    do_each("report", tasks, head, at, facts=facts, versions={})
    at += timedelta(minutes=50)
    yield at
    do_each("verify", tasks, stage.actor(OFFICER, at), at, facts={}, versions={})
