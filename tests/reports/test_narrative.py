"""What a new report says of its figures: nothing doubled, nothing missing (rules 8.7, 8.8)."""

from datetime import date

import pytest

from agencies.refusals import Refused
from reports.build import build_period
from reports.lifecycle import draft_upward, edit_narrative
from reports.models import PeriodicReport
from reports.narrative import read
from reports.paper import report_paper, upward_paper
from reports.periods import Period, free
from reports.tables import results
from tasks.states import State
from tests.factories import AgencyFactory, OfficeFactory, moment, office_chief
from tests.reports.histories import Step, task_with
from tests.reports.named_periods import month

pytestmark = pytest.mark.django_db

AT = moment("2026-11-16")


@pytest.fixture
def agency():
    OfficeFactory()
    return AgencyFactory(name="Phòng Nội vụ")


def text_of(period: Period) -> dict[str, str]:
    report: PeriodicReport = build_period(period, AT)
    return read(report.narrative, report.figures)


def test_an_empty_period_says_so_instead_of_writing_noughts(agency):
    """Rule 8.7: no rate of nothing."""
    text = text_of(month(2026, 11))

    assert text["assigned"].startswith("Trong kỳ không có nhiệm vụ")
    assert text["rate"] == (
        "Trong kỳ không có nhiệm vụ đến hạn nên không tính tỷ lệ hoàn thành đúng hạn."
    )
    for name in ("superior", "consultations", "dossiers", "urgings", "discipline"):
        assert text[name].startswith("Trong kỳ không"), name
    assert text["proposals"] == "Không có đề xuất, kiến nghị."
    assert (text["completed"], text["open"]) == ("", "")


@pytest.mark.parametrize("upward", [False, True], ids=["the Office's", "upward"])
def test_a_figure_is_not_typed_over_by_emptying_its_paragraph_first(agency, upward):
    """Rule 8.8: a text written anew holds the figures the program drafted there."""
    task_with(agency, moment("2026-10-20"), moment("2026-11-02", 0))
    chief, report = office_chief(), build_period(month(2026, 11), AT)
    written = draft_upward(report, chief, AT) if upward else report
    written = edit_narrative(written, chief, AT, paragraphs={"assigned": ""}, version=0)

    with pytest.raises(Refused) as refused:
        edit_narrative(
            written, chief, AT, paragraphs={"assigned": "Tổng số là 99 nhiệm vụ."}, version=1
        )

    assert refused.value.field == "assigned"
    assert "{tổng số}" in str(refused.value)


def test_a_field_somebody_added_can_be_taken_out_again(agency):
    """Rule 8.8: only what the program drafted must stay."""
    chief, report = office_chief(), build_period(month(2026, 11), AT)
    report = edit_narrative(
        report, chief, AT, paragraphs={"proposals": "Mở lại {mở lại} nhiệm vụ."}, version=0
    )

    report = edit_narrative(report, chief, AT, paragraphs={"proposals": "Không có."}, version=1)

    assert report.narrative["proposals"] == "Không có."


def test_the_rate_names_every_part_of_its_base(agency):
    """Rule 8.7: completed with a deadline, overdue, and stopped when already overdue; what is left
    out is said where there is any.
    """
    begun, due, left = moment("2026-09-01"), moment("2026-10-25", 0), moment("2026-11-02")
    sent, confirmed = moment("2026-10-20"), moment("2026-10-21")
    task_with(agency, begun, due, [Step(sent, State.REPORTED), Step(confirmed, State.COMPLETED)])
    task_with(agency, begun, due)
    for state in (State.RETURNED, State.SUSPENDED):
        task_with(agency, begun, due, [Step(left, state)])

    assert text_of(month(2026, 11))["rate"] == (
        "Tỷ lệ hoàn thành đúng hạn là 25,0%, tính trên 04 nhiệm vụ đã đến hạn (gồm 01 nhiệm vụ có "
        "thời hạn đã hoàn thành, 01 nhiệm vụ chưa hoàn thành, quá hạn, 02 nhiệm vụ đã quá hạn khi "
        "trả lại, chuyển cơ quan khác chủ trì hoặc tạm dừng; không tính nhiệm vụ đã báo cáo, chờ "
        "xác nhận)."
    )


def test_a_table_shows_the_base_beside_its_rate(agency):
    """Rule 8.7: percent of fallen due, and how many fell due."""
    task_with(agency, moment("2026-10-20"), moment("2026-11-02", 0))

    table = results(build_period(month(2026, 11), AT).figures, "agencies")

    shown = {head.key: str(cell) for head, cell in table.drawn_total}
    assert list(shown)[-2:] == ["due", "on_time_rate"]
    assert (shown["due"], shown["on_time_rate"]) == ("1", "0,0%")


def test_days_asked_for_are_named_once(agency):
    """Rule 8.4: a free period is its days; a month's days stand beside its number."""
    asked = text_of(free(date(2026, 10, 20), date(2026, 11, 10)))["opening"]

    assert asked.count("20/10/2026") == 1
    assert "định kỳ" not in asked
    assert text_of(month(2026, 11))["opening"].endswith(
        "tháng 11 năm 2026 (từ ngày 15/10/2026 đến hết ngày 14/11/2026) như sau:"
    )


def test_what_is_named_adds_up_to_the_total(agency):
    """Rule 8.6: reopened, taken back, waiting for a decision, gone: said where there is any."""
    begun, due = moment("2026-09-01"), moment("2026-12-01", 0)
    done = [Step(moment("2026-09-20"), State.REPORTED), Step(moment("2026-09-21"), State.COMPLETED)]
    task_with(agency, begun, due, [*done, Step(moment("2026-11-02"), State.IN_PROGRESS)])
    task_with(agency, begun, due, [Step(moment("2026-11-02"), State.CANCELLED)])
    task_with(agency, moment("2026-10-20"), due)

    text = text_of(month(2026, 11))

    assert text["assigned"] == (
        "Tổng số nhiệm vụ trong kỳ là 03, trong đó kỳ trước chuyển sang 01, giao mới 01, mở lại 01."
    )
    assert "Ngoài ra, trong kỳ có 01 nhiệm vụ được trả lại, chuyển" in text["open"]


def test_the_head_breaks_between_words_that_belong_together(agency):
    """Decree 30: the Office heads in short, a committee's name stands over its place."""
    report = build_period(month(2026, 11), AT)
    upward = draft_upward(report, office_chief(), AT)

    own, above = report_paper(report).letterhead, upward_paper(upward).letterhead

    assert (own.superior, own.issuer) == ("UBND huyện An Bình", "Văn phòng")
    assert (above.superior, above.issuer) == ("", "Ủy ban nhân dân\nhuyện An Bình")


def test_every_table_of_the_rule_is_on_the_paper(agency):
    """Rule 8.5: by agency, leader, competence and priority in appendices."""
    task_with(agency, moment("2026-10-20"), moment("2026-11-02", 0))

    titles = {each.title for each in report_paper(build_period(month(2026, 11), AT)).appendices}

    assert len(titles) >= 7
    assert any("priority" in title or "ưu tiên" in title for title in titles)
