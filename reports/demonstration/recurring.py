"""Two recurring tasks: a monthly and a weekly one, begun long enough ago to have a past."""

from dataclasses import dataclass
from datetime import timedelta

from agencies.deadlines import local_midnight
from reports.demonstration.stage import Stage
from reports.demonstration.telling import live
from reports.demonstration.timeline import Story
from tasks.models import Recurrence
from tasks.recurring.acts import begin
from tasks.recurring.courses import Courses
from tasks.recurring.opening import open_due
from tasks.recurring.periods import Occasion


@dataclass(frozen=True)
class Recurring:
    """One recurring task of the demonstration: whose, how often, since how many days."""

    title: str
    lead: str
    rule: str
    since: int
    source: str
    product: str


RECURRING = (
    Recurring(
        "Báo cáo kết quả thực hiện kỷ luật, kỷ cương công vụ",
        "noi-vu",
        "trước ngày 25 hằng tháng",
        104,
        "Quy chế làm việc của UBND huyện",
        "Báo cáo tháng",
    ),
    Recurring(
        "Báo cáo tình hình an ninh, trật tự, an toàn giao thông trong tuần",
        "cong-an",
        "thứ Sáu hằng tuần",
        30,
        "Kết luận giao ban của Chủ tịch UBND huyện",
        "Báo cáo tuần",
    ),
)


def stories(stage: Stage) -> list[Story]:
    """Return the story of each recurring task."""
    return [_story(stage, one) for one in RECURRING]


def _story(stage: Stage, one: Recurring) -> Story:
    at = stage.ago(one.since, 8, 20)
    yield at
    (recurrence,) = begin(
        stage.actor("chanhvp", at),
        at,
        [stage.agencies[one.lead]],
        rule_text=one.rule,
        title=one.title,
        text=f"{one.title}; gửi Văn phòng HĐND&UBND huyện tổng hợp.",
        source=one.source,
        product=one.product,
        assigned_by=stage.authorities["chu-tich-huyen"],
    )
    for occasion in Courses.at(stage.at).of(recurrence).begun(stage.today):
        opened_at = local_midnight(occasion.opens_on) + timedelta(minutes=20)
        if opened_at > at:
            yield opened_at
            open_due(opened_at)
        yield from _lived(stage, recurrence, occasion)


def _lived(stage: Stage, recurrence: Recurrence, occasion: Occasion) -> Story:
    """Reported on its last day and confirmed the day after, as far as that lies in the past."""
    task = recurrence.occurrences.select_related("lead__kind", "responsible__title").get(
        period_on=occasion.period_on
    )
    last = (stage.today - occasion.deadline.last_day).days
    begun = min((stage.today - occasion.opens_on).days, last + 3)
    words = [f"accept {begun}"] if begun > 0 else []
    if last > 1:
        words += [f"report {last}", f"complete {last - 1}"]
    yield from live(stage, task, "; ".join(words))
