"""Tasks that left the main path: returned, suspended, cancelled, reopened, corrected (5.2)."""

from collections.abc import Callable

from agencies.deadlines import local_day
from reports.demonstration.giving import Work, given
from reports.demonstration.stage import Stage
from reports.demonstration.telling import live
from reports.demonstration.timeline import Story
from tasks import lifecycle
from tasks.directives.correcting import record_misdirected
from tasks.directives.drafting import draft_typed
from tasks.directives.header import Header


def stories(stage: Stage) -> list[Story]:
    """Return one story for each side path."""
    told: list[Callable[[Stage], Story]] = [
        _returned_late, _undecided, _returned, _return_refused, _transferred, _suspended, _resumed,
        _cancelled, _reopened, _corrected, _misdirected,
    ]  # fmt: skip
    return [tell(stage) for tell in told]


def _returned_late(stage: Stage) -> Story:
    """Not the agency's function, but handed back after a week: it waits for the chief."""
    work = Work(
        "Kiểm tra chất lượng công trình cấp nước sạch tại xã Chiến Thắng", "y-te",
        "kinh-te-ha-tang", 9, 12,
    )  # fmt: skip
    task = yield from given(stage, work)
    at = stage.ago(1, 16, 20)
    yield at
    lifecycle.hand_back(
        task, stage.head(task.lead, at), at,
        reason="Chất lượng công trình cấp nước do Phòng Kinh tế và Hạ tầng quản lý; Phòng Y tế chỉ"
        " kiểm tra chất lượng nước sau cấp.",
        suggested=stage.agencies["kinh-te-ha-tang"],
    )  # fmt: skip


def _undecided(stage: Stage) -> Story:
    """Handed back in time, its day passed while it waits: the delay is the Office's."""
    work = Work(
        "Thống kê cơ sở thờ tự xây dựng chưa có giấy phép", "van-hoa-thong-tin",
        "kinh-te-ha-tang", 8, -1,
    )  # fmt: skip
    task = yield from given(stage, work)
    at = stage.ago(6, 10, 25)
    yield at
    lifecycle.hand_back(
        task, stage.head(task.lead, at), at,
        reason="Giấy phép xây dựng do Phòng Kinh tế và Hạ tầng cấp, quản lý.",
        suggested=stage.agencies["kinh-te-ha-tang"],
    )  # fmt: skip


def _returned(stage: Stage) -> Story:
    """Handed back the next day, confirmed, and worked on by the right agency."""
    work = Work(
        "Rà soát, sửa chữa hệ thống loa truyền thanh xã An Thọ", "kinh-te-ha-tang",
        "van-hoa-thong-tin", 22, 8,
    )  # fmt: skip
    task = yield from given(stage, work)
    at, right = stage.ago(21, 9, 15), stage.agencies["van-hoa-thong-tin"]
    yield at
    task = lifecycle.hand_back(
        task, stage.head(task.lead, at), at,
        reason="Hệ thống truyền thanh cơ sở thuộc chức năng Phòng Văn hóa và Thông tin.",
        suggested=right,
    )  # fmt: skip
    at = stage.ago(20, 10, 40)
    yield at
    lifecycle.confirm_return(
        task, stage.actor("chanhvp", at), at, lead=right, answer="Đồng ý, giao đúng chức năng."
    )
    yield from live(stage, task.following.get(), "accept 19; progress 9 40; progress 2 60")


def _return_refused(stage: Stage) -> Story:
    """Handed back in time, but it is the agency's function: the work goes on."""
    work = Work(
        "Lập danh sách hộ kinh doanh thực phẩm chưa cam kết bảo đảm an toàn", "y-te", "y-te", 17, 9
    )
    task = yield from given(stage, work)
    at = stage.ago(16, 14, 5)
    yield at
    task = lifecycle.hand_back(
        task, stage.head(task.lead, at), at, reason="Hộ kinh doanh do UBND xã, thị trấn quản lý."
    )
    at = stage.ago(14, 8, 45)
    yield at
    task = lifecycle.refuse_return(
        task, stage.actor("chanhvp", at), at,
        answer="An toàn thực phẩm thuộc chức năng của phòng; các xã, thị trấn phối hợp.",
    )  # fmt: skip
    yield from live(stage, task, "accept 13; progress 6 40")


def _transferred(stage: Stage) -> Story:
    """Given to the wrong agency; the chief puts it right before anybody works on it."""
    work = Work(
        "Đề xuất nhân sự ban chỉ đạo chuyển đổi số huyện", "tu-phap", "to-chuc-can-bo", 18, 7
    )
    task = yield from given(stage, work)
    at = stage.ago(17, 15, 30)
    yield at
    task = lifecycle.change_lead(
        task, stage.actor("chanhvp", at), at, lead=stage.agencies["noi-vu"],
        reason="Ghi nhầm cơ quan chủ trì khi vào sổ kết luận giao ban.",
    )  # fmt: skip
    yield from live(stage, task.following.get(), "accept 16; progress 5 60")


def _suspended(stage: Stage) -> Story:
    """The clock stands still, by the document that allows it."""
    work = Work(
        "Hoàn thành cải tạo trụ sở bộ phận một cửa thị trấn An Lão", "ban-qlda", "du-an", 48, -3
    )
    task = yield from given(stage, work)
    yield from live(stage, task, "accept 47; progress 30 50")
    at = stage.ago(16, 15, 10)
    yield at
    lifecycle.suspend(
        task, stage.actor("chanhvp", at), at,
        reason="Thành phố điều chỉnh kế hoạch vốn năm nay; chờ bố trí lại nguồn vốn.",
        document_number="2216/UBND-XD",
    )  # fmt: skip


def _resumed(stage: Stage) -> Story:
    """Suspended working days were given back."""
    work = Work(
        "Nạo vét tuyến kênh tưới xã Bát Trang phục vụ vụ đông xuân", "nong-nghiep", "nong-nghiep",
        45, -6,
    )  # fmt: skip
    task = yield from given(stage, work)
    yield from live(stage, task, "accept 44; progress 36 30")
    chief = "chanhvp"
    at = stage.ago(33, 9, 30)
    yield at
    task = lifecycle.suspend(
        task, stage.actor(chief, at), at,
        reason="Tạm dừng để ứng phó bão, theo công điện của thành phố.",
        document_number="05/CĐ-UBND",
    )  # fmt: skip
    at = stage.ago(19, 8, 30)
    yield at
    task = lifecycle.resume(task, stage.actor(chief, at), at, reason="Bão đã tan, mực nước rút.")
    yield from live(stage, task, "progress 7 60")


def _cancelled(stage: Stage) -> Story:
    """The work is called off by the city."""
    work = Work(
        "Chuẩn bị địa điểm tổ chức hội chợ nông sản vùng", "kinh-te-ha-tang", "kinh-te-ha-tang",
        38, 15,
    )  # fmt: skip
    task = yield from given(stage, work)
    yield from live(stage, task, "accept 37; progress 25 30")
    at = stage.ago(15, 10, 15)
    yield at
    lifecycle.cancel(
        task, stage.actor("chanhvp", at), at,
        reason="Thành phố không tổ chức hội chợ tại huyện trong năm nay.",
        document_number="1987/UBND-CT",
    )  # fmt: skip


def _reopened(stage: Stage) -> Story:
    """Confirmed on paper, found undone on the spot, with a new day."""
    work = Work(
        "Lắp biển báo khu vực nguy hiểm ven sông Đa Độ", "kinh-te-ha-tang", "kinh-te-ha-tang",
        62, -28,
    )  # fmt: skip
    task = yield from given(stage, work)
    yield from live(stage, task, "accept 60; progress 45 60; report 34; verify 33; complete 32")
    at = stage.ago(6, 11, 0)
    yield at
    task = lifecycle.reopen(
        task, stage.actor("chanhvp", at), at,
        reason="Phúc tra tại chỗ: còn 03 trong 11 điểm chưa lắp biển báo.",
        due_on=stage.in_days(8),
    )  # fmt: skip
    yield from live(stage, task, "progress 2 80")


def _corrected(stage: Stage) -> Story:
    """A slip of the pen in the title and the product, put right after acceptance by the chief."""
    work = Work(
        "Tổng hợp số liệu trường đạt chuẩn quốc gia năm học trước", "giao-duc-dao-tao", "giao-duc",
        13, 11,
    )  # fmt: skip
    task = yield from given(stage, work)
    yield from live(stage, task, "accept 12")
    at = stage.ago(8, 9, 50)
    yield at
    lifecycle.correct(
        task, stage.actor("chanhvp", at), at,
        changes={
            "title": "Tổng hợp số liệu trường đạt chuẩn quốc gia năm học này",
            "product": "Báo cáo, kèm biểu số liệu theo từng trường",
        },
        reason="Ghi nhầm năm học; bổ sung sản phẩm theo kết luận giao ban.",
    )  # fmt: skip


def _misdirected(stage: Stage) -> Story:
    """A paper meant for another district, returned the day it came (rule 4.5)."""
    at = stage.ago(11, 8, 20)
    yield at
    clerk = stage.actor("vanthu", at)
    paper = draft_typed(
        clerk, at,
        header=Header(
            abstract="V/v giải quyết đơn kiến nghị của công dân xã Thụy Hương, huyện Kiến Thụy",
            kind=stage.kinds["cong-van"],
            number="318/STNMT-TTr",
            issued_on=stage.day(13),
        ),
    )  # fmt: skip
    at = stage.ago(11, 9, 5)
    yield at
    record_misdirected(
        paper, clerk, at,
        returned_to="Sở Tài nguyên và Môi trường",
        reason="Nội dung thuộc địa bàn huyện Kiến Thụy, gửi nhầm địa chỉ.",
        returned_on=local_day(at),
        version=paper.version,
    )  # fmt: skip
