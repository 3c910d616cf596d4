"""Urgings and a briefing: two letters issued, a second one in preparation, a notice (8.2, 8.3)."""

from datetime import datetime, timedelta

from django.db.models import Q

from agencies.deadlines import local_day
from agencies.models import Agency
from reports.briefing import deciding, holding
from reports.briefing.standing import agencies_in_order
from reports.demonstration.stage import Stage
from reports.demonstration.timeline import Story
from tasks.models import Task
from tasks.urging import issuing, preparing
from tasks.urging.choosing import urgable

OFFICER, CHIEF, CHAIR = "chuyenvien", "chanhvp", "chutich"
URGED = 2
PRESENT = "các Phó Chủ tịch UBND huyện; thủ trưởng các phòng, ban; Chủ tịch UBND các xã, thị trấn"


def stories(stage: Stage) -> list[Story]:
    """Return the stories of urgings and of the weekly briefing."""
    return [_urgings(stage), _briefing(stage)]


def _urgings(stage: Stage) -> Story:
    """The two agencies with most overdue are urged; a second letter to one of them is drafted: to
    the first that still stands, as one of them may be closed from today.
    """
    at = stage.ago(9, 8, 25)
    yield at
    officer = stage.actor(OFFICER, at)
    lines = agencies_in_order(officer, at)[:URGED]
    late = [line.agency for line in lines if line.overdue]
    urgings = preparing.draft(_tasks(late, at), officer, at)
    at += timedelta(minutes=40)
    yield at
    chief = stage.actor(CHIEF, at)
    issuing.issue_each(urgings, chief, at, versions={})
    at = stage.ago(0, 7, 50)
    yield at
    still = next(filter(None, (_tasks([agency], at) for agency in late)), None)
    if still:
        preparing.draft(still, stage.actor(OFFICER, at), at)


def _tasks(agencies: list[Agency], at: datetime) -> list[int]:
    stands = Q(lead__closed_on=None) | Q(lead__closed_on__gt=local_day(at))
    rows = Task.objects.counted().now().filter(stands, lead__in=agencies)
    return list(urgable(rows, at).values_list("pk", flat=True))


def _briefing(stage: Stage) -> Story:
    """Last week's briefing: three decisions, and the notice of its conclusions."""
    at = stage.ago(7, 8, 0)
    yield at
    chief = stage.actor(CHIEF, at)
    chair = stage.actor(CHAIR, at).post
    week = at.isocalendar().week
    briefing = holding.open_briefing(
        chief, at, title=f"Cuộc họp giao ban tuần {week} năm {at.year}", held_on=at.date(),
        chaired_by=chair, present=PRESENT,
    )  # fmt: skip
    for minutes, code, text, days in (
        (15, "tai-nguyen-moi-truong",
         "Chủ trì rà soát các hồ sơ đất đai quá hạn, có văn bản xin lỗi người dân", 12),
        (25, "tai-chinh-ke-hoach",
         "Tham mưu phương án bố trí vốn cho các công trình chuyển tiếp", 15),
        (40, "noi-vu",
         "Kiểm tra đột xuất việc chấp hành giờ làm việc tại các xã, thị trấn", None),
    ):  # fmt: skip
        at = stage.ago(7, 8, minutes)
        yield at
        due_on = stage.in_days(days) if days else None
        deciding.decide(briefing, stage.agencies[code], chief, at, text=text, due_on=due_on)
    at = stage.ago(7, 10, 30)
    yield at
    briefing = holding.close(briefing, chief, at)
    at = stage.ago(7, 15, 10)
    yield at
    holding.issue(briefing, chief, at)
