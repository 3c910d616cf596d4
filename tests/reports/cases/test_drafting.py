"""Cases and praise drafted from a frozen report: as of its cut-off, once (rule 9.1, 3.10)."""

from datetime import date

import pytest

from agencies.models import Event, Notice, Setting
from consultations.models import Dossier
from reports.build import build_due, build_period
from reports.cases.drafting import draft_due, draft_from
from reports.models import AccountabilityCase, Commendation, PeriodicReport
from reports.periods import free
from tasks import lifecycle
from tests.factories import AgencyFactory, assigned_task, head_of, moment
from tests.reports.cases.district import district
from tests.reports.histories import line_of

pytestmark = pytest.mark.django_db
BUILT = moment("2026-11-15", 1)


def overdue(place, count, agency=None):
    """Give the agency tasks that are overdue at the November cut-off."""
    return [
        assigned_task(
            lead=agency or place.late, at=moment("2026-10-16"), due_at=moment("2026-10-27", 0),
            actor=place["chief"],
        )
        for _n in range(count)
    ]  # fmt: skip


def completed(place, count, agency, head):
    for _n in range(count):
        task = assigned_task(
            lead=agency, at=moment("2026-10-16"), due_at=moment("2026-11-10", 0),
            actor=place["chief"],
        )  # fmt: skip
        task = lifecycle.report(
            task, head, moment("2026-10-20"), result="Xong.", document_number="01/BC"
        )
        lifecycle.complete(task, place["chief"], moment("2026-10-21"))


def built() -> PeriodicReport:
    build_due(BUILT)
    return PeriodicReport.objects.get(cut_off_at=moment("2026-11-15", 0))


def test_a_case_is_drafted_with_its_rows_and_the_chain_of_facts():
    """Rule 9.1, papers 14a: assigned by, due, still none; whose head was concerned that day."""
    place = district()
    overdue(place, 5)
    report = built()

    assert draft_from(report, BUILT) == 1

    case = AccountabilityCase.objects.get()
    (ground,) = case.grounds
    assert (case.agency, case.report) == (place.late, report)
    assert case.concerned == place["head concerned"].post
    assert (ground["code"], ground["value"], ground["limit"]) == ("case_overdue_tasks", 5, 5)
    acts = [link["act"] for link in ground["rows"][0]["chain"]]
    assert acts == ["task.assigned", "chain.still_none"]
    assert "05 nhiệm vụ chưa hoàn thành, quá hạn" in case.summary


def test_drafting_again_and_by_another_worker_drafts_nothing_more():
    """Rule 3.10: a job may run twice."""
    place = district()
    overdue(place, 5)
    report = built()

    assert (draft_due(BUILT), draft_due(BUILT), draft_from(report, BUILT)) == (1, 0, 0)
    assert Event.objects.filter(act="case.drafted").count() == 1


def test_who_handles_the_draft_is_told_and_nobody_else():
    place = district()
    overdue(place, 5)
    built()
    draft_due(BUILT)

    told = Notice.objects.filter(event__act="case.drafted").values_list("person", flat=True)
    assert set(told) == {place["chief"].user.pk, place["internal affairs"].user.pk}


def test_a_setting_of_the_day_of_the_cut_off_counts_and_is_cited():
    """Rule 12: a change acts from then on; the case cites the document."""
    place = district()
    overdue(place, 4)
    report = built()
    for effective_from in (moment("2026-11-01"), moment("2026-11-16")):
        Setting.objects.create(
            code="case_overdue_tasks", value=4 if effective_from < BUILT else 1,
            effective_from=effective_from, recorded_at=effective_from, source="QĐ 3180/QĐ-UBND",
        )  # fmt: skip

    draft_from(report, moment("2026-11-20"))

    (ground,) = AccountabilityCase.objects.get().grounds
    assert (ground["limit"], ground["source"]) == (4, "QĐ 3180/QĐ-UBND")


def test_praise_is_drafted_for_all_on_time_and_no_case_beside_it():
    """Rule 9.1: all on time, ahead of time."""
    place = district()
    agency = AgencyFactory(code="tot")
    completed(place, 10, agency, head_of(agency))

    draft_from(built(), BUILT)

    praise = Commendation.objects.get()
    assert praise.agency == agency
    assert [ground["value"] for ground in praise.grounds] == [10, 100]
    assert not AccountabilityCase.objects.exists()


def test_a_small_unit_with_one_late_task_is_left_alone():
    place = district()
    overdue(place, 1)

    assert draft_from(built(), BUILT) == 0
    assert not Dossier.objects.exists()


# Longer periods ------------------------------------------------------------------------

QUARTER_ENDED = moment("2026-12-15", 1)
SILENT = (("2026-09-20", "2026-09-28"), ("2026-10-01", "2026-10-08"), ("2026-11-16", "2026-11-24"))
"""Lines of consultations nobody answered: two in the October period, one in that of December."""


def let_pass(agency, days=SILENT):
    for asked, due in days:
        line_of(agency, moment(asked), moment(due, 0))


def quarter() -> PeriodicReport:
    build_due(QUARTER_ENDED)
    return PeriodicReport.objects.get(kind="quarter", cut_off_at=moment("2026-12-15", 0))


def founded() -> list[tuple]:
    """Return which period founded what by how much, the whole of it."""
    cases = AccountabilityCase.objects.order_by("report__cut_off_at", "-report__starts_at")
    return [(each.report.kind, g["code"], g["value"]) for each in cases for g in each.grounds]


def test_a_quarter_founds_what_none_of_its_months_reached():
    """Rule 9.1: from each period's figures; half-year and year do not tell the same lines again."""
    let_pass(district().late)
    quarter()

    draft_due(QUARTER_ENDED)

    assert founded() == [("quarter", "case_silent_lines", 3)]


def test_what_founded_a_months_case_founds_no_other_in_a_longer_period():
    """Rules 9.1, 11: nothing is counted twice; what is left is below the threshold."""
    place = district()
    let_pass(place.late, [*SILENT, ("2026-09-21", "2026-09-29")])
    report = quarter()

    draft_due(QUARTER_ENDED)

    assert founded() == [("month", "case_silent_lines", 3)]
    assert draft_from(report, QUARTER_ENDED) == 0


def test_what_a_longer_period_adds_says_so():
    place = district()
    let_pass(place.late, [*SILENT, ("2026-09-21", "2026-09-29"), ("2026-10-20", "2026-10-28"),
                          ("2026-10-21", "2026-10-29")])  # fmt: skip
    quarter()

    draft_due(QUARTER_ENDED)

    assert founded() == [("month", "case_silent_lines", 3), ("quarter", "case_silent_lines", 3)]
    longer = AccountabilityCase.objects.get(report__kind="quarter")
    assert "ngoài các trường hợp đã nêu tại kỳ báo cáo ngắn hơn" in longer.summary


def test_the_order_in_which_reports_are_gone_through_changes_nothing():
    """Rule 3.10: whichever report is looked at first, its shorter periods speak before it."""
    place = district()
    let_pass(place.late, [*SILENT, ("2026-09-21", "2026-09-29")])

    assert draft_from(quarter(), QUARTER_ENDED) == 1

    assert founded() == [("month", "case_silent_lines", 3)]
    assert draft_due(QUARTER_ENDED) == 0


def test_weeks_and_days_asked_for_found_nothing():
    """Rule 8.4: they are no term of the decree."""
    place = district()
    overdue(place, 5)
    report = build_period(free(date(2026, 10, 15), date(2026, 11, 14)), BUILT)

    assert draft_due(BUILT) == 0
    assert report.figures["total"]["overdue"] == 5


def test_an_agency_is_praised_once_for_the_same_tasks():
    """Rule 9.1: a month's praise is not said again of the quarter, half-year and year."""
    place = district()
    agency = AgencyFactory(code="tot")
    completed(place, 10, agency, head_of(agency))
    quarter()

    draft_due(QUARTER_ENDED)

    assert [praise.report.kind for praise in Commendation.objects.all()] == ["month"]
