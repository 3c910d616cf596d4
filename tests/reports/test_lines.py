"""Lines of consultations in a period, asked anew after "insufficient" too (rules 6.6, 8.5)."""

import pytest

from consultations.models import Opinion, PaperCheck
from consultations.stances import Stance
from reports.build import build_period
from reports.cases.drafting import tallied
from reports.cases.thresholds import OF_CONDUCT
from reports.rows import line_rows
from tests.factories import AgencyFactory, OfficeFactory, moment
from tests.reports.histories import asked_anew, line_of, replied
from tests.reports.named_periods import month

pytestmark = pytest.mark.django_db
# The period of November runs from 15/10 to 14/11/2026, that of December from 15/11 to 14/12.
NOVEMBER, DECEMBER = month(2026, 11), month(2026, 12)
ASKED, DUE = moment("2026-10-20"), moment("2026-10-28", 0)
INSUFFICIENT, SUPPLIED = moment("2026-10-22"), moment("2026-10-26")
NEW_DUE = moment("2026-11-03", 0)


@pytest.fixture
def line(db) -> Opinion:
    """A line the agency said in time it could not answer: something was missing."""
    OfficeFactory()
    agency = AgencyFactory(code="tnmt")
    return line_of(agency, ASKED, DUE, [INSUFFICIENT], stance=Stance.INSUFFICIENT)


def columns_of(period) -> list[tuple[str, str]]:
    rows = line_rows(Opinion.objects.all(), period.starts_at, period.cut_off_at)
    return [(row.entry, row.exit) for row in rows]


def test_silence_after_what_was_missing_was_supplied_is_no_answer_in_time(line):
    """Rules 6.6, 8.5: what was said before is settled; the outcome and the figure agree."""
    asked_anew(line, SUPPLIED, NEW_DUE)

    assert columns_of(NOVEMBER) == [("lines_received", "lines_silent")]
    silent = Opinion.objects.as_of(NOVEMBER.cut_off_at).silent(NOVEMBER.cut_off_at)
    assert list(silent) == [line]


@pytest.mark.parametrize(
    ("day", "exits"), [("2026-11-02", "lines_in_time"), ("2026-11-05", "lines_late")]
)
def test_the_answer_to_what_was_supplied_is_judged_by_the_new_deadline(line, day, exits):
    """Rule 6.6: the line gets a fresh deadline."""
    asked_anew(line, SUPPLIED, NEW_DUE)
    replied(line, moment(day))

    assert columns_of(NOVEMBER) == [("lines_received", exits)]


def test_a_line_asked_anew_in_the_next_period_is_received_again(line):
    """Rule 8.6: answered in one period, asked anew in the next: in once and out once in each."""
    asked_anew(line, moment("2026-11-17"), moment("2026-11-24", 0))

    assert columns_of(NOVEMBER) == [("lines_received", "lines_in_time")]
    assert columns_of(DECEMBER) == [("lines_received", "lines_silent")]


def test_a_line_asked_anew_and_not_due_is_carried_over(line):
    """Rule 8.6: one period's open is the next one's carried over."""
    asked_anew(line, SUPPLIED, moment("2026-11-20", 0))

    assert columns_of(NOVEMBER) == [("lines_received", "lines_awaiting")]
    assert columns_of(DECEMBER) == [("lines_carried", "lines_silent")]


def test_silence_after_what_was_missing_was_supplied_founds_a_case(line):
    """Rule 9.1: the threshold counts consultations unanswered."""
    asked_anew(line, SUPPLIED, NEW_DUE)
    report = build_period(NOVEMBER, moment("2026-11-15"))

    (silent,) = OF_CONDUCT["case_silent_lines"].rows(tallied(report)["tnmt"])

    assert silent["line"] == line.pk


def test_a_line_whose_paper_was_refused_in_the_next_period_is_received_again(db):
    """Rules 2.7, 8.6: what was answered as of one cut-off is silent as of the next."""
    OfficeFactory()
    line = line_of(AgencyFactory(code="buu-dien"), ASKED, DUE)
    entered = replied(line, SUPPLIED, entered_at=SUPPLIED)
    PaperCheck.objects.create(
        reply=entered, decision="refused", reason="Không có trong sổ",
        checked_at=moment("2026-11-17"), checked_by=entered.post,
    )  # fmt: skip

    assert columns_of(NOVEMBER) == [("lines_received", "lines_in_time")]
    assert columns_of(DECEMBER) == [("lines_received", "lines_silent")]
