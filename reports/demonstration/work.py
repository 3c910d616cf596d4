"""Tasks given without a directive: by whom, to whom, how long ago, due when, and what came of it.

They stand in `papers/work.csv`: `given` counts days before today, `due` days after it (-41: overdue
for 41 days when nobody reported) or is a term in words; empty, the task has a review day. `story`
is in the words of `telling`.
"""

import csv
from datetime import datetime

from agencies.deadlines import local_day, parse
from reports.demonstration.directives import PAPERS
from reports.demonstration.stage import Stage
from reports.demonstration.telling import live
from reports.demonstration.timeline import Story
from tasks.lifecycle import assign
from tasks.models import Task

# Where the work comes from: the words, and the authority that assigns it.
SOURCES = {
    "briefing": ("Kết luận giao ban tuần của Chủ tịch UBND huyện", "chu-tich-huyen"),
    "city": ("Thông báo kết luận của UBND thành phố, giao qua Văn phòng", "ubnd-thanh-pho"),
    "phone": ("Chỉ đạo trực tiếp của Phó Chủ tịch UBND huyện", "pho-chu-tich-huyen"),
    "party": ("Kết luận của Ban Thường vụ Huyện ủy", "huyen-uy"),
}
OFFICERS = ("chuyenvien", "chuyenvien2", "chuyenvien3")


def stories(stage: Stage) -> list[Story]:
    """Return the story of every task given without a directive."""
    with (PAPERS / "work.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file, delimiter="|"))
    return [_story(stage, row, number) for number, row in enumerate(rows)]


def _story(stage: Stage, row: dict[str, str], number: int) -> Story:
    at = stage.ago(int(row["given"]), 8, 5 + number % 50)
    yield at
    source, authority = SOURCES[row["source"]]
    task = assign(
        stage.actor("chanhvp", at),
        at,
        title=row["title"],
        text=f"{row['title']}; báo cáo UBND huyện (qua Văn phòng HĐND&UBND huyện).",
        lead=stage.agencies[row["lead"]],
        source=source,
        assigned_by=stage.authorities[authority],
        product=row["product"],
        coordinating=[stage.agencies[code] for code in row["helpers"].split()],
        competence=stage.competences.get(row["competence"]),
        officer=stage.actor(OFFICERS[number % len(OFFICERS)], at).post,
        priority=Task.Priority.KEY if row["is_key"] else Task.Priority.NORMAL,
        **_deadline(stage, row["due"], at),
    )
    yield from live(stage, task, row["story"])


def _deadline(stage: Stage, due: str, at: datetime) -> dict:
    if not due:
        return {}
    if due.lstrip("-").isdigit():
        due = f"chậm nhất ngày {stage.in_days(int(due)):%d/%m/%Y}"
    deadline = parse(due, local_day(at), stage.calendar)
    return {
        "due_at": deadline.due_at,
        "deadline_text": due,
        "arithmetic": deadline.to_json(),
    }
