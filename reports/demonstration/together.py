"""How people work together on the demonstration's tasks: handed to staff, shares of helpers, causes
of delay, short exchanges (rules 5.8, 5.9, 5.12).

Days count back from today, as in `papers/work.csv`; deadlines and commitments count from today
(-20: twenty days ago), so that some are broken.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from reports.demonstration.stage import Stage
from reports.demonstration.timeline import Story, together
from tasks.lifecycle import (
    Share,
    contribute,
    divide,
    explain,
    hand_on,
    may_handle,
    write,
)
from tasks.models import Task

Act = Callable[[Task, datetime], object]


@dataclass(frozen=True)
class Divided:
    """What every helper was asked, how long ago, due how many days from today."""

    ago: int
    due: int
    asked: str


@dataclass(frozen=True)
class Given:
    """A helper's share, sent so many days ago."""

    agency: str
    ago: int
    text: str


@dataclass(frozen=True)
class Delay:
    """Why it is late, said so many days ago, with the day committed to, counted from today."""

    ago: int
    commitment: int
    cause: str
    needs: str = ""


@dataclass(frozen=True)
class Said:
    """A message: by the lead's head, or by the Office's officer."""

    ago: int
    by_office: bool
    text: str


@dataclass(frozen=True)
class Together:
    """What happened on one task, known by its title, besides its main path."""

    title: str
    handed_ago: int = 0
    divided: Divided | None = None
    given: tuple[Given, ...] = ()
    delay: Delay | None = None
    said: tuple[Said, ...] = ()


TASKS = (
    Together(
        "Xử lý dứt điểm hồ sơ cấp giấy chứng nhận quyền sử dụng đất tồn đọng tại 05 xã",
        handed_ago=53,
        divided=Divided(50, -20, "Danh sách hồ sơ vướng mắc, kèm trích lục bản đồ địa chính"),
        given=(Given("tt-quy-dat", 26, "Gửi danh sách 31 hồ sơ thuộc các dự án đã thu hồi đất."),),
        delay=Delay(
            6, 4, "Còn 14 hồ sơ tại xã Quang Trung chưa có trích lục do xã chưa gửi.",
            "Đề nghị UBND xã Quang Trung gửi trích lục trong tuần này.",
        ),
        said=(
            Said(5, False, "14 hồ sơ còn lại có tính vào số hồ sơ phải xử lý dứt điểm không?"),
            Said(4, True, "Có tính. Đề nghị Phòng nêu riêng 14 hồ sơ này trong báo cáo."),
            Said(4, False, "Phòng sẽ lập biểu riêng, gửi kèm báo cáo."),
        ),
    ),
    Together(
        "Khắc phục hư hỏng đường liên xã An Thái – Mỹ Đức sau mưa bão",
        divided=Divided(165, -140, "Số liệu hư hỏng theo từng đoạn tuyến, có ảnh hiện trạng"),
        given=(
            Given("ban-qlda", 150, "Gửi dự toán khắc phục 04 đoạn tuyến."),
            Given("xa-an-thai", 138, "Gửi biên bản kiểm tra 02 đoạn qua xã."),
            Given("xa-my-duc", 143, "Gửi số liệu và ảnh 02 đoạn qua xã."),
        ),
        delay=Delay(
            60, -30, "Nhà thầu chậm huy động máy móc; vốn dự phòng được bố trí sau ngày đến hạn."
        ),
    ),
    Together(
        "Hoàn thành hồ sơ quyết toán dự án Trường THCS Lương Khánh Thiện",
        handed_ago=109,
        divided=Divided(100, -70, "Biên bản đối chiếu số liệu thanh toán với Kho bạc"),
        delay=Delay(
            20, 7, "Chờ biên bản đối chiếu số liệu thanh toán của Phòng Tài chính – Kế hoạch.",
            "Đề nghị Phòng Tài chính – Kế hoạch gửi biên bản đối chiếu.",
        ),
    ),
    Together(
        "Chi trả bồi thường giải phóng mặt bằng dự án cải tạo Quốc lộ 10",
        given=(Given("xa-quoc-tuan", 48, "Gửi danh sách 23 hộ đã thống nhất phương án."),),
        delay=Delay(12, -3, "06 hộ chưa nhận tiền do tranh chấp thừa kế."),
    ),
    Together(
        "Tham mưu phương án xử lý rác thải sinh hoạt khi bãi rác Quốc Tuấn đóng cửa",
        handed_ago=13,
        divided=Divided(12, -3, "Số liệu khối lượng rác phát sinh và điểm trung chuyển dự kiến"),
        given=(Given("kinh-te-ha-tang", 5, "Gửi vị trí 03 điểm trung chuyển kèm bản vẽ."),),
    ),
    Together(
        "Tham mưu phương án sắp xếp đơn vị hành chính cấp xã",
        divided=Divided(28, 2, "Ý kiến về trình tự, thủ tục và hồ sơ trình HĐND các cấp"),
        said=(Said(2, True, "Đề nghị gửi dự thảo Đề án trước ngày họp UBND huyện."),),
    ),
    Together(
        "Bàn giao mặt bằng khu đấu giá quyền sử dụng đất thôn Nghĩa Trang",
        divided=Divided(17, 1, "Hồ sơ thửa đất và mốc giới khu đấu giá"),
    ),
    Together(
        "Kết luận nội dung tố cáo của công dân xã Trường Thọ",
        delay=Delay(5, 6, "Công dân bổ sung tài liệu, phải xác minh thêm tại 02 thôn."),
    ),
    Together(
        "Kiểm tra tải trọng phương tiện trên đường huyện 301",
        given=(Given("cong-an", 70, "Cử 02 tổ phối hợp, gửi kết quả xử lý 17 trường hợp."),),
    ),
)  # fmt: skip


def stories(stage: Stage) -> list[Story]:
    """Return what happened on each of these tasks."""
    return [together([_at(told, at, act) for at, act in _acts(stage, told)]) for told in TASKS]


def _at(told: Together, at: datetime, act: Act) -> Story:
    yield at
    act(Task.objects.select_related("lead", "officer__user").get(title=told.title), at)


def _acts(stage: Stage, told: Together) -> Iterator[tuple[datetime, Act]]:
    """Yield each act with its instant."""
    if told.handed_ago:
        yield stage.ago(told.handed_ago, 9, 40), _handed(stage)
    if told.divided:
        yield stage.ago(told.divided.ago, 10, 15), _divided(stage, told.divided)
    for number, given in enumerate(told.given):
        yield stage.ago(given.ago, 10, 20 + number), _given(stage, given)
    if told.delay:
        yield stage.ago(told.delay.ago, 15, 35), _explained(stage, told.delay)
    for number, said in enumerate(told.said):
        yield stage.ago(said.ago, 8, 15) + timedelta(hours=2 * number), _said(stage, said)


def _handed(stage: Stage) -> Act:
    def act(task: Task, at: datetime) -> None:
        staff = may_handle(task.lead, stage.today).order_by("pk")
        head = stage.head(task.lead, at)
        hand_on(task, head, at, handler=staff.last(), text="Làm việc trực tiếp với cơ sở.")

    return act


def _divided(stage: Stage, divided: Divided) -> Act:
    def act(task: Task, at: datetime) -> None:
        day = stage.in_days(divided.due)
        helpers = [one.agency for one in task.coordinations.current().select_related("agency")]
        shares = [Share(agency, divided.asked, day) for agency in helpers]
        divide(task, stage.head(task.lead, at), at, shares=shares)

    return act


def _given(stage: Stage, given: Given) -> Act:
    def act(task: Task, at: datetime) -> None:
        head = stage.head(stage.agencies[given.agency], at)
        number = f"{30 + given.ago % 50}/CV"
        contribute(task, head, at, text=given.text, document_number=number)

    return act


def _explained(stage: Stage, delay: Delay) -> Act:
    def act(task: Task, at: datetime) -> None:
        explain(
            task, stage.head(task.lead, at), at,
            cause=delay.cause, commitment_on=stage.in_days(delay.commitment), needs=delay.needs,
        )  # fmt: skip

    return act


def _said(stage: Stage, said: Said) -> Act:
    def act(task: Task, at: datetime) -> None:
        officer = task.officer.user.username
        who = stage.actor(officer, at) if said.by_office else stage.head(task.lead, at)
        write(task, who, at, text=said.text)

    return act
