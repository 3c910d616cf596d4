"""What the city asks of the district itself: two demands, one answered, with tasks below (4.1)."""

from datetime import datetime, timedelta

from agencies.deadlines import by_day, local_day
from reports.demonstration.stage import Stage
from reports.demonstration.telling import live
from reports.demonstration.timeline import Story, together
from tasks.demands.keeping import Wording, close, note
from tasks.lifecycle import assign
from tasks.models import Demand, Directive

# Title of the task below, its lead, those who help, due so many days after today, its life.
RESULTS = "Tổng hợp, báo cáo UBND thành phố kết quả phòng cháy, chữa cháy dịp cuối năm"
FIGURES = "Báo cáo nhanh số cơ sở có nguy cơ cháy, nổ cao trên địa bàn"
BELOW = {
    RESULTS: (
        ("Tổng hợp kết quả kiểm tra phòng cháy, chữa cháy toàn huyện", "kinh-te-ha-tang",
         ("cong-an",), 10, "accept 22; progress 12 40; progress 4 60"),
        ("Tổng hợp kết quả tuyên truyền phòng cháy dịp cuối năm", "van-hoa-thong-tin", (), 8,
         "accept 21; progress 6 50"),
    ),
    FIGURES: (
        ("Lập danh sách cơ sở có nguy cơ cháy, nổ cao", "cong-an", (), -9,
         "accept 22; report 11; verify 11; complete 10"),
    ),
}  # fmt: skip


def owed_to(stage: Stage, city: Directive, at: datetime) -> Story:
    """Note both demands, give the work below them, and close the one that was answered."""
    noted = []
    for title, due in ((FIGURES, -7), (RESULTS, 12)):
        at += timedelta(minutes=15)
        yield at
        noted.append(_noted(stage, city, at, title, due))
    at = stage.ago(23, 9, 30)
    yield at
    lives = []
    for demand in noted:
        for title, lead, helpers, due, life in BELOW[demand.title]:
            at += timedelta(minutes=2)
            yield at
            lives.append((_given(stage, demand, at, title, lead, helpers, due), life))
    yield from together(
        [*(live(stage, task, life) for task, life in lives), _answered(stage, noted[0])]
    )


def _noted(stage: Stage, city: Directive, at: datetime, title: str, due: int) -> Demand:
    deadline = by_day(stage.in_days(due), city.issued_on, stage.calendar)
    return note(
        city,
        stage.actor("chuyenvien", at),
        at,
        wording=Wording(title, clause="4", product="Báo cáo UBND thành phố"),
        due_at=deadline.due_at,
        deadline_text=f"trước ngày {stage.in_days(due + 1):%d/%m/%Y}",
        arithmetic=deadline.to_json(),
    )


def _given(
    stage: Stage, demand: Demand, at: datetime, title: str, lead: str,
    helpers: tuple[str, ...], due: int,
):  # fmt: skip
    deadline = by_day(stage.in_days(due), local_day(at), stage.calendar)
    return assign(
        stage.actor("chanhvp", at),
        at,
        title=title,
        text=f"{title}; gửi Văn phòng HĐND&UBND huyện tổng hợp.",
        source=f"{demand.directive.symbol} của UBND thành phố",
        assigned_by=stage.authorities["chu-tich-huyen"],
        demand=demand,
        lead=stage.agencies[lead],
        coordinating=[stage.agencies[code] for code in helpers],
        officer=stage.actor("chuyenvien", at).post,
        product="Báo cáo",
        due_at=deadline.due_at,
        arithmetic=deadline.to_json(),
    )


def _answered(stage: Stage, demand: Demand) -> Story:
    at = stage.ago(8, 16, 30)
    yield at
    officer = stage.actor("chuyenvien", at)
    close(demand, officer, at, document_number="164/BC-UBND", document_on=local_day(at))
