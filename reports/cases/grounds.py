"""What a case rests on, as its papers tell it: thresholds reached, each task's chain of facts."""

import re
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from agencies.deadlines import ZONE, last_day_in_time, local_day
from agencies.papers import Align, Appendix, Block, Column, Item, Level, Paragraph, Row, Table
from agencies.papers.words import cut_off, short_date
from reports.cases import chain
from reports.cases.wording import in_paper
from reports.models import AccountabilityCase

TOLD_IN_THE_BODY = 3
DAY = re.compile(r"\b(\d\d)/0([3-9])/(\d{4})\b")
"""A day as events say it; a paper writes months from March on without a nought (rule 8.2)."""


def thresholds(case: AccountabilityCase) -> list[Block]:
    """Say which threshold of which document was reached, so that it can be checked."""
    return [
        Item(
            f"{in_paper(ground)[:1].upper()}{in_paper(ground)[1:]} (mức xem xét: {ground['limit']}"
            + (f", theo {ground['source']})" if ground["source"] else ")"),
            Level.DASH,
        )
        for ground in case.grounds
        if ground["limit"]
    ]


def facts(case: AccountabilityCase) -> list[Block]:
    """Tell each task's chain of facts: given, due, reminded, urged, still none (papers 14a)."""
    tasks = chained_tasks(case.grounds)
    blocks: list[Block] = [
        Item(f"Nhiệm vụ “{task['title']}”{_of(task)}: {_told(task)}.", Level.DASH)
        for task in tasks[:TOLD_IN_THE_BODY]
    ]
    if len(tasks) > TOLD_IN_THE_BODY:
        blocks.append(Paragraph("Các nhiệm vụ còn lại tại Phụ lục kèm theo."))
    return blocks


def appendices_of(case: AccountabilityCase) -> tuple[Appendix, ...]:
    """List the tasks with their chains apart where they are more than the body tells."""
    tasks = chained_tasks(case.grounds)
    if len(tasks) <= TOLD_IN_THE_BODY:
        return ()
    rows = [
        Row(
            (
                place, task["title"], task.get("document", ""), _day(task.get("due_at")),
                task.get("days_overdue"), task.get("cause") or "Chưa nêu", _told(task),
            )
        )
        for place, task in enumerate(tasks, start=1)
    ]  # fmt: skip
    columns = (
        Column("TT", 4, Align.CENTER),
        Column("Nội dung nhiệm vụ", 20),
        Column("Văn bản giao", 12),
        Column("Thời hạn", 10, Align.CENTER),
        Column("Số ngày quá hạn", 8, Align.RIGHT),
        Column("Nguyên nhân cơ quan nêu", 14),
        Column("Diễn biến", 32),
    )
    report = case.report
    counted = cut_off(last_day_in_time(report.cut_off_at)) if report else ""
    table = Table(columns=columns, rows=rows, cut_off=counted)
    return (Appendix("Diễn biến các nhiệm vụ chưa hoàn thành, quá hạn", (table,), landscape=True),)


def chained_tasks(grounds: Iterable[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
    """Return the tasks of the grounds with their chain, each once."""
    tasks = (row for ground in grounds for row in ground["rows"] if row.get("chain"))
    return list({row["code"]: row for row in tasks}.values())


def _of(task: Mapping[str, Any]) -> str:
    return f" ({task['document']})" if task.get("document") else ""


def _told(task: Mapping[str, Any]) -> str:
    return "; ".join(_link(chain.read(entry)) for entry in task["chain"])


def _link(link: Mapping[str, Any]) -> str:
    until = "đến ngày" if link["is_last"] else "ngày"
    words = DAY.sub(r"\1/\2/\3", link["words"])
    said = f"{link['who']} {words}" if link["who"] else words
    return f"{until} {short_date(local_day(link['at']))} {said}"


def _day(due_at: str | None) -> str:
    if not due_at:
        return ""
    return short_date(last_day_in_time(datetime.fromisoformat(due_at).astimezone(ZONE)))
