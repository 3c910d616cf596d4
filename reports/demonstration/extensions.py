"""Extensions: waiting in time and late, the third one, granted, refused; the chief's authority."""

from collections.abc import Callable
from datetime import datetime, timedelta

from agencies import delegating
from agencies.act_kinds import act_kinds
from agencies.acting import Actor
from agencies.deadlines import local_day
from reports.demonstration.giving import Work, given
from reports.demonstration.stage import Stage
from reports.demonstration.telling import live
from reports.demonstration.timeline import Story
from tasks import lifecycle
from tasks.models import Task


def stories(stage: Stage) -> list[Story]:
    """Return one story for each course a request may take."""
    told: list[Callable[[Stage], Story]] = [
        _authority, _waiting, _undecided, _late, _third, _granted, _refused,
    ]  # fmt: skip
    return [tell(stage) for tell in told]


def _authority(stage: Stage) -> Story:
    """The Chair lets the chief decide extensions of what he himself assigned (rule 5.6)."""
    at = stage.ago(70, 8, 20)
    yield at
    delegating.give(
        stage.actor("chutich", at),
        at,
        to_post=stage.actor("chanhvp", at).post,
        kinds=[kind for kind in act_kinds() if kind.code == "extend"],
        starts_on=local_day(at),
        ends_on=stage.in_days(120),
        document_number="31/UQ-UBND",
    )


def _waiting(stage: Stage) -> Story:
    """Asked before the deadline: the leader has to decide."""
    work = Work(
        "Hoàn thành đo đạc, lập bản đồ địa chính thôn Cát Tiên", "tai-nguyen-moi-truong",
        "dat-dai-moi-truong", 26, 3,
    )  # fmt: skip
    task = yield from given(stage, work)
    yield from live(stage, task, "accept 25; progress 11 60")
    at = stage.ago(1, 15, 10)
    yield at
    reason = "Còn 14 thửa có tranh chấp ranh giới, chờ kết quả hòa giải của UBND xã."
    _ask(stage, task, at, until=17, reason=reason)


def _undecided(stage: Stage) -> Story:
    """Asked before the deadline, which passed meanwhile: it does not count against the agency."""
    work = Work(
        "Tổng hợp nhu cầu kinh phí sửa chữa trường học sau mưa bão", "tai-chinh-ke-hoach",
        "tai-chinh", 24, -2,
    )  # fmt: skip
    task = yield from given(stage, work)
    yield from live(stage, task, "accept 23; progress 9 70")
    at = stage.ago(5, 9, 40)
    yield at
    reason = "03 trường chưa gửi hồ sơ thiệt hại; Phòng đã có văn bản đôn đốc, hẹn cuối tuần sau."
    _ask(stage, task, at, until=9, reason=reason)


def _late(stage: Stage) -> Story:
    """Asked after the deadline: accepted, flagged late."""
    work = Work(
        "Báo cáo kết quả rà soát hồ sơ nhân sự hội đặc thù", "noi-vu", "to-chuc-can-bo", 38, -13
    )
    task = yield from given(stage, work)
    yield from live(stage, task, "accept 37; progress 20 50")
    at = stage.ago(4, 16, 42)
    yield at
    reason = "Chờ 02 hội gửi bổ sung hồ sơ, hẹn trả ngày thứ Sáu tuần này."
    _ask(stage, task, at, until=6, reason=reason)


def _third(stage: Stage) -> Story:
    """Granted twice, asked a third time: flagged."""
    work = Work(
        "Xây dựng đề án vị trí việc làm của các đơn vị sự nghiệp", "noi-vu", "to-chuc-can-bo",
        66, -32,
    )  # fmt: skip
    task = yield from given(stage, work)
    yield from live(stage, task, "accept 65; progress 48 30")
    for asked, until, reason in (
        (35, -14, "Chờ hướng dẫn của Sở Nội vụ về định mức biên chế."),
        (17, 2, "Sở Nội vụ mới có hướng dẫn, cần lấy ý kiến các đơn vị."),
    ):
        at = stage.ago(asked, 10, 20)
        yield at
        _ask(stage, task, at, until=until, reason=reason)
        at = stage.ago(asked - 2, 14, 5)
        yield at
        lifecycle.grant_extension(task, stage.actor("chanhvp", at), at)
    at = stage.ago(1, 9, 15)
    yield at
    reason = "Còn 04 đơn vị chưa thống nhất số lượng người làm việc."
    _ask(stage, task, at, until=16, reason=reason)


def _granted(stage: Stage) -> Story:
    """Granted another day by the chief for the Chair; then done within it, late by the first."""
    work = Work(
        "Tổng kết công tác thi hành pháp luật về xử lý vi phạm hành chính", "tu-phap", "tu-phap",
        44, -26,
    )  # fmt: skip
    task = yield from given(stage, work)
    yield from live(stage, task, "accept 43; progress 35 40")
    at = stage.ago(30, 10, 50)
    yield at
    reason = "Số liệu của 05 xã chưa khớp với báo cáo quý, cần đối chiếu lại."
    _ask(stage, task, at, until=-10, reason=reason)
    at = stage.ago(29, 8, 30)
    yield at
    lifecycle.grant_other_day(
        task, stage.actor("chanhvp", at), at,
        due_on=stage.in_days(-14), answer="Đủ 10 ngày làm việc để đối chiếu; hoàn thành sớm hơn.",
    )  # fmt: skip
    yield from live(stage, task, "report 17; verify 16; complete 15")


def _refused(stage: Stage) -> Story:
    """The supervising leader refuses: the deadline stays and counts."""
    work = Work(
        "Kiểm tra việc quản lý, sử dụng máy bơm điện tại 04 xã", "nong-nghiep", "nong-nghiep",
        33, -6,
    )  # fmt: skip
    task = yield from given(stage, work)
    yield from live(stage, task, "accept 32; progress 15 40")
    at = stage.ago(9, 11, 5)
    yield at
    _ask(stage, task, at, until=20, reason="Cán bộ phụ trách đi tập huấn.")
    at = stage.ago(8, 16, 0)
    yield at
    lifecycle.refuse_extension(
        task, _leader(stage, task, at), at,
        answer="Phòng phân công người khác thay; vụ đông xuân không chờ được.",
    )  # fmt: skip


def _ask(stage: Stage, task: Task, at: datetime, *, until: int, reason: str) -> None:
    """The lead asks for a working day about so many days after today."""
    day = stage.in_days(until)
    while not stage.calendar.is_working(day):
        day += timedelta(days=1)
    lifecycle.ask_extension(task, stage.head(task.lead, at), at, due_on=day, reason=reason)


def _leader(stage: Stage, task: Task, at: datetime) -> Actor:
    return stage.actor(task.supervisor.user.username, at)
