"""Signs of misuse per requester and per answering agency (rule 6.11), and what expires (8.3)."""

from datetime import date, timedelta

import pytest
import time_machine
from django.urls import reverse
from django.utils import translation
from openpyxl import load_workbook

from agencies.models import Agency, Setting
from consultations import lifecycle
from consultations.misuse import Figure, Misuse
from consultations.models import Opinion
from consultations.signs import Period
from consultations.stances import Stance
from consultations.workbook import signs_xlsx
from tests.consultations.asking import ASKED, DUE, asked, found_silence_rule, replied
from tests.factories import (
    AgencyFactory,
    CompetenceFactory,
    OfficeFactory,
    chair,
    head_of,
    moment,
    office_chief,
)

pytestmark = pytest.mark.django_db

AT = moment("2026-11-28")
LATER = DUE + timedelta(days=1)


@pytest.fixture(autouse=True)
def office():
    return OfficeFactory()


@pytest.fixture(autouse=True)
def english():
    with translation.override("en"):
        yield


@pytest.fixture
def requester():
    return head_of(AgencyFactory(code="kinh-te", name="Phòng Kinh tế"))


@pytest.fixture
def rounds(requester, commune, other_commune):
    """Four consultations with a sign of each kind on them."""
    found_silence_rule()
    chief, land = office_chief(), CompetenceFactory()
    first, second, third, fourth = (
        asked(
            commune, other_commune, by=requester, competences=[land],
            why="Có đất giáp ranh.",
        )
        for _n in range(4)
    )  # fmt: skip
    replied(line(first, commune), LATER, Stance.DISAGREED)
    replied(line(first, other_commune), ASKED + timedelta(hours=3))
    replied(line(second, commune), ASKED + timedelta(days=2), Stance.RETURNED)
    poor = line(third, commune)
    replied(poor, ASKED + timedelta(days=1))
    lifecycle.mark_poor(
        poor, requester, clock(ASKED + timedelta(days=2)), kind="general", reason="Chung chung."
    )
    off = line(fourth, commune)
    replied(off, ASKED + timedelta(hours=5), Stance.INSUFFICIENT)
    mark_taken_off(off, requester, chief)
    lifecycle.withdraw(fourth, requester, clock(ASKED + timedelta(days=2)), reason="Dừng.")
    asked(commune, by=requester, at=LATER, previous=fourth)
    return first, second, third, fourth


def mark_taken_off(opinion, requester, chief):
    at = ASKED + timedelta(hours=6)
    lifecycle.mark_poor(opinion, requester, clock(at), kind="evasive", reason="Né tránh.")
    head = head_of(opinion.agency)
    lifecycle.contest_mark(opinion, head, clock(at), reason="Thiếu bản đồ thật.")
    lifecycle.settle_mark(opinion, chief, clock(at), upheld=True, answer="Đúng là thiếu.")


def clock(at):
    return lambda: at


def line(consultation, agency) -> Opinion:
    return consultation.opinions.get(agency=agency)


def limits(**values):
    """Set from when on a figure is a sign; few are enough for a share."""
    for code, value in {"signs_minimum": 1, **values}.items():
        Setting.objects.create(
            code=code, value=value, effective_from=ASKED, recorded_at=ASKED, source="Thử nghiệm"
        )


def measured(since: date | None = None, until: date | None = None) -> Misuse:
    return Misuse(Period(since, until), AT)


def figures(rows, agency: Agency) -> dict[str, Figure]:
    """Return an agency's figures by column."""
    row = next(row for row in rows if row.agency == agency)
    return {str(column): figure for column, figure in row.cells}


def words(rows, agency: Agency) -> dict[str, str]:
    return {column: figure.words for column, figure in figures(rows, agency).items()}


def test_what_a_requester_does_is_counted(rounds, requester):
    """Rule 6.11: consultations a task, asked outside, days waited, rounds, withdrawn."""
    found = words(measured().requesters, requester.agency)

    assert found == {
        "Consultations": "5", "For each task": "–", "Outside competences": "8",
        "Days waited for each": "3", "Asked again": "1", "Withdrawn": "1",
        "Poor marks taken off": "1",
    }  # fmt: skip


def test_what_an_agency_asked_does_is_counted(rounds, commune):
    """Rule 6.11: days to answer, late, silent, poor; returned late (rule 6.6), insufficient."""
    found = words(measured().answering, commune)

    assert found == {
        "Asked": "5", "Median days to answer": "1.5", "Answered late": "1",
        "Never answered": "1", "Poor replies": "1", "Returned late": "1",
        "Basis insufficient": "1",
    }  # fmt: skip


def test_a_return_is_late_by_when_the_request_was_received(requester, commune):
    """Rules 3.4, 6.6: asked after office hours, received the day after, returned the next day."""
    consultation = asked(commune, by=requester, at=moment("2026-11-16", 18))
    one = line(consultation, commune)
    replied(one, moment("2026-11-18", 9), Stance.RETURNED)
    assert words(measured().answering, commune)["Returned late"] == "0"

    replied(one, moment("2026-11-19", 9), Stance.RETURNED)
    assert words(measured().answering, commune)["Returned late"] == "1"


def test_every_figure_leads_to_exactly_its_rows(rounds, client):
    """Rule 8.3: the number is a link to the rows behind it."""
    misuse = measured()
    counted = [
        figure
        for row in (*misuse.requesters, *misuse.answering)
        for _column, figure in row.cells
        if figure.words.isdecimal() and figure.words != "0" and "together" not in figure.note
    ]

    with time_machine.travel(AT, tick=False):
        client.force_login(office_chief().user)
        shown = [client.get(figure.url).context["total"] for figure in counted]

    assert len(counted) >= 12
    assert shown == [int(figure.words) for figure in counted]


def test_a_figure_is_a_sign_from_its_limit_on(rounds, commune):
    """Rules 6.11, 12: the limit is a dated setting; a share of a handful is no sign."""
    limits(signs_silent_percent=40, signs_marks=2)

    found = figures(measured().answering, commune)
    limits(signs_minimum=6)
    too_few = figures(measured().answering, commune)

    assert found["Answered late"].is_flagged and found["Never answered"].is_flagged
    assert not found["Poor replies"].is_flagged
    assert not too_few["Never answered"].is_flagged


def test_a_period_leaves_out_what_was_asked_before(rounds, requester):
    """Rule 6.11: both ends are whole days."""
    found = words(measured(since=date(2026, 11, 17)).requesters, requester.agency)
    before = words(measured(until=date(2026, 11, 16)).requesters, requester.agency)

    assert (found["Consultations"], before["Consultations"]) == ("1", "4")


def test_the_tables_take_the_same_questions_however_many_agencies(
    rounds, django_assert_max_num_queries
):
    """Style: counted queries."""
    with django_assert_max_num_queries(18):
        misuse = measured()
        assert misuse.requesters and misuse.answering


def test_the_chief_and_the_leaders_read_it_and_nobody_else(client, requester):
    """Rule 2.4: what one may not see is not there."""
    address = reverse("consultation_signs")
    found = {}
    for role, actor in {"chief": office_chief(), "chair": chair(), "head": requester}.items():
        client.force_login(actor.user)
        found[role] = client.get(address).status_code

    assert found == {"chief": 200, "chair": 200, "head": 404}


def test_the_workbook_holds_the_tables_of_the_page(rounds, commune):
    """Rule 6.11: numbers as numbers, and which of them are signs."""
    limits(signs_silent_percent=40)
    misuse = measured(since=date(2026, 1, 1), until=date(2026, 12, 31))

    with signs_xlsx(misuse) as file:
        asking, answering = load_workbook(file).worksheets

    assert asking["A2"].value == "Asked from 01/01/2026 until 31/12/2026"
    cells = next(row for row in answering.values if row[0] == commune.name)
    assert cells[1:8] == (5, 1.5, 1, 1, 1, 1, 1)
    assert cells[8] == "Answered late; Never answered"
    assert "Answered late: 20%" in cells[9]


def test_consultations_that_expire_stand_by_time_left_with_who_has_not_answered(
    client, requester, commune, other_commune
):
    """Rule 8.3: the chief's list; the requester has the same of its own."""
    later = asked(commune, other_commune, by=requester, due="05 ngày làm việc", title="Sau")
    sooner = asked(commune, other_commune, by=requester, title="Trước")
    replied(line(sooner, commune), ASKED + timedelta(hours=1))
    asked(commune, by=requester, due="20 ngày làm việc", title="Còn lâu")

    for actor, tab in ((office_chief(), "all"), (requester, "asked")):
        with time_machine.travel(ASKED + timedelta(hours=2), tick=False):
            client.force_login(actor.user)
            page = client.get(reverse("consultations"), {"tab": tab, "expiring": "5"})
        rows = page.context["rows"]
        assert [row.title for row in rows] == [sooner.title, later.title]
        assert rows[0].awaited_names == [other_commune.short_name]
