"""Difficulties reported on the demonstration's tasks and directives, some answered (rule 5.12).

`ago` counts days back from today; `extended` counts the new deadline from today.
"""

from dataclasses import dataclass
from datetime import datetime

from reports.demonstration.stage import Stage
from reports.demonstration.timeline import Story
from tasks.lifecycle import answer_obstacle, raise_obstacle, raise_on_directive
from tasks.models import Directive, Obstacle, Task


@dataclass(frozen=True)
class Answer:
    """What was answered, by whom, so many days ago; with a new deadline or none."""

    ago: int
    by: str
    text: str
    extended: int = 0


@dataclass(frozen=True)
class Difficulty:
    """One difficulty: on the task of that title, or on the directive of that number."""

    agency: str
    ago: int
    addressee: str
    text: str
    proposal: str
    title: str = ""
    number: str = ""
    answer: Answer | None = None


DIFFICULTIES = (
    Difficulty(
        "xa-thai-son",
        6,
        Obstacle.Addressee.LEADER,
        "Xã chưa được cấp kinh phí mua phương tiện chữa cháy tại chỗ cho 04 nhà văn hóa thôn.",
        "Đề nghị UBND huyện bổ sung 38 triệu đồng từ dự phòng ngân sách.",
        number="688/UBND-KT",
    ),
    Difficulty(
        "nong-nghiep",
        3,
        Obstacle.Addressee.CHIEF,
        "05 xã chưa gửi số liệu thiệt hại lúa mùa, phòng không tổng hợp được.",
        "Đề nghị Văn phòng đôn đốc các xã An Thắng, Tân Dân, Thái Sơn, Mỹ Đức, Chiến Thắng.",
        title="Tổng hợp thiệt hại lúa mùa do sâu bệnh và đề xuất hỗ trợ",
    ),
    Difficulty(
        "kinh-te-ha-tang",
        7,
        Obstacle.Addressee.LEADER,
        "22 hồ sơ thiếu trích lục do Chi nhánh Văn phòng đăng ký đất đai đang chuyển đổi dữ liệu.",
        "Đề nghị lùi thời hạn đến khi có dữ liệu, dự kiến sau 10 ngày làm việc.",
        title="Cấp phép xây dựng nhà ở riêng lẻ tồn đọng quá 15 ngày",
        answer=Answer(
            4,
            "phochutich",
            "Đồng ý gia hạn. Phòng báo cáo hằng tuần số hồ sơ đã cấp phép.",
            extended=20,
        ),
    ),
)


def stories(stage: Stage) -> list[Story]:
    """Return the story of each difficulty."""
    return [_story(stage, told, number) for number, told in enumerate(DIFFICULTIES)]


def _story(stage: Stage, told: Difficulty, number: int) -> Story:
    at = stage.ago(told.ago, 14, 10 + number)
    yield at
    obstacle = _raised(stage, told, at)
    if told.answer is not None:
        at = stage.ago(told.answer.ago, 16, 5 + number)
        yield at
        due_on = stage.in_days(told.answer.extended) if told.answer.extended else None
        answerer = stage.actor(told.answer.by, at)
        answer_obstacle(obstacle, answerer, at, answer=told.answer.text, due_on=due_on)


def _raised(stage: Stage, told: Difficulty, at: datetime) -> Obstacle:
    head = stage.head(stage.agencies[told.agency], at)
    said = {"text": told.text, "proposal": told.proposal, "addressee": told.addressee}
    if told.number:
        return raise_on_directive(Directive.objects.get(number=told.number), head, at, **said)
    task = raise_obstacle(Task.objects.get(title=told.title), head, at, **said)
    return task.obstacles.get()
