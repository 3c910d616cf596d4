"""A little work of the year before, so that a year's report and the change against the same period
of last year have something to tell (rule 8.5).
"""

from dataclasses import dataclass

from reports.demonstration.giving import Work, given
from reports.demonstration.stage import Stage
from reports.demonstration.telling import live
from reports.demonstration.timeline import Story

FIRST = 405
"""Days before today on which the first of it is given."""


@dataclass(frozen=True)
class Past:
    """A task of last year and what came of it, in the words of `telling`."""

    work: Work
    story: str


PAST = (
    Past(
        Work("Rà soát quỹ đất công ích trên địa bàn các xã", "tai-nguyen-moi-truong",
             "dat-dai-moi-truong", FIRST, -375),
        "accept 404; progress 390 50; report 379; complete 377",
    ),
    Past(
        Work("Xây dựng kế hoạch thu gom rác thải dịp Tết Nguyên đán", "tai-nguyen-moi-truong",
             "dat-dai-moi-truong", 398, -372),
        "accept 397; report 368; complete 366",
    ),
    Past(
        Work("Báo cáo tự đánh giá cải cách hành chính", "noi-vu", "to-chuc-can-bo", 392, -362),
        "accept 391; report 363; complete 361",
    ),
    Past(
        Work("Quyết toán kinh phí sửa chữa trụ sở các xã năm trước", "tai-chinh-ke-hoach",
             "tai-chinh", 388, -352),
        "accept 386; progress 360 60; report 345; complete 342",
    ),
    Past(
        Work("Rà soát danh sách hộ nghèo đón Tết Nguyên đán", "lao-dong-thuong-binh-xa-hoi",
             "lao-dong-xa-hoi", 360, -320),
        "accept 358; report 325; complete 322",
    ),
)  # fmt: skip


def stories(stage: Stage) -> list[Story]:
    """Return the story of each of last year's tasks."""
    return [_story(stage, past) for past in PAST]


def _story(stage: Stage, past: Past) -> Story:
    task = yield from given(stage, past.work)
    yield from live(stage, task, past.story)
