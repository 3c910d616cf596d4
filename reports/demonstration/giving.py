"""Work given by the weekly briefing, for stories of their own."""

from collections.abc import Generator
from dataclasses import dataclass
from datetime import datetime

from agencies.deadlines import by_day, local_day
from reports.demonstration.stage import Stage
from tasks import lifecycle
from tasks.models import Task


@dataclass(frozen=True)
class Work:
    """A task given so many days ago, due so many days after today (negative: before)."""

    title: str
    lead: str
    competence: str
    given: int
    due: int


def given(stage: Stage, work: Work) -> Generator[datetime, None, Task]:
    """Give the work as the weekly briefing concluded, and hand out the task."""
    at: datetime = stage.ago(work.given, 8, 35)
    yield at
    deadline = by_day(stage.in_days(work.due), local_day(at), stage.calendar)
    task: Task = lifecycle.assign(
        stage.actor("chanhvp", at),
        at,
        title=work.title,
        text=f"{work.title}; báo cáo UBND huyện (qua Văn phòng HĐND&UBND huyện).",
        source="Kết luận giao ban tuần của Chủ tịch UBND huyện",
        assigned_by=stage.authorities["chu-tich-huyen"],
        lead=stage.agencies[work.lead],
        competence=stage.competences[work.competence],
        officer=stage.actor("chuyenvien2", at).post,
        product="Báo cáo",
        due_at=deadline.due_at,
        arithmetic=deadline.to_json(),
    )
    return task
