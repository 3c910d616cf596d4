"""What was recorded after the freeze and reaches back is listed; the figures stay (rule 8.4)."""

from datetime import timedelta
from io import BytesIO

import pytest
from django.db import ProgrammingError, transaction
from django.urls import reverse
from docx import Document

from reports.build import build_due, build_period
from reports.corrections import corrections
from reports.lifecycle import approve
from reports.paper import report_docx
from tasks.lifecycle import correct
from tasks.states import State
from tests.factories import AgencyFactory, OfficeFactory, moment, office_chief
from tests.reports.histories import Step, event_on, task_with
from tests.reports.named_periods import month

pytestmark = pytest.mark.django_db

BUILT, LATER, TODAY = moment("2026-11-15", 1), moment("2026-11-20"), moment("2026-11-26")


@pytest.fixture
def report():
    OfficeFactory()
    task_with(AgencyFactory(code="tnmt"), moment("2026-10-20"), moment("2026-11-02", 0))
    return build_due(BUILT)[-1]


@pytest.fixture
def recorded_late(report):
    """A task the job should have opened on 1 November: opened on the 20th, dated from the 1st."""
    task = task_with(AgencyFactory(code="vhtt"), moment("2026-11-01", 0), moment("2026-11-11", 0))
    event = event_on(task, moment("2026-11-01", 0), "task.opened", recorded_at=LATER)
    return task, event


def test_what_was_recorded_later_and_reaches_back_is_listed(report, recorded_late):
    """Rule 8.4: task, columns before and after, the act; the frozen figures stay."""
    task, event = recorded_late

    (found,) = corrections(report, TODAY)

    assert (found.code, found.event) == (task.code, event)
    assert found.before == ()
    assert {"new", "overdue"} <= set(found.after)
    assert report.figures["total"]["new"] == 1


def test_an_act_that_committed_behind_the_freeze_is_listed(report):
    """Rules 8.4, 8.6: its clock was read before the cut-off, so the next period carries it over."""
    december = build_period(month(2026, 12), moment("2026-12-15", 0) + timedelta(minutes=5))
    at = december.cut_off_at - timedelta(seconds=1)

    task = task_with(AgencyFactory(code="vhtt"), at, moment("2027-01-20", 0))

    january = build_period(month(2027, 1), moment("2027-01-15", 1))
    (found,) = corrections(december, TODAY + timedelta(days=60))
    assert (found.code, found.before, set(found.after)) == (task.code, (), {"new", "open_in_time"})
    assert january.figures["total"]["carried_over"] == 2


def test_what_a_row_says_otherwise_is_listed_though_it_counts_the_same(report):
    """Rule 8.4: the title put right by an act that committed behind the freeze."""
    task = task_with(AgencyFactory(code="vhtt"), moment("2026-12-01"), None, title="Cũ")
    december = build_period(month(2026, 12), moment("2026-12-15", 0) + timedelta(minutes=5))
    before = december.cut_off_at - timedelta(seconds=1)
    correct(task, office_chief(), before, changes={"title": "Mới"}, reason="Ghi nhầm.")

    (found,) = corrections(december, moment("2026-12-20"))

    assert set(found.before) == set(found.after)
    assert ("Cũ" in found.before_text, "Mới" in found.after_text) == (True, True)


def test_what_the_freeze_saw_is_no_correction(report):
    """Rule 8.4: acts of the period's last hour that were committed in time show no difference."""
    task_with(AgencyFactory(code="vhtt"), moment("2026-12-14", 23), None)
    december = build_period(month(2026, 12), moment("2026-12-15", 0))

    assert corrections(december, moment("2026-12-20")) == []


def test_later_acts_on_the_work_are_no_corrections(report):
    """Rule 8.4: what happened after the cut-off belongs to the next period."""
    task_with(
        AgencyFactory(code="tnmt"), moment("2026-11-16"), None,
        [Step(LATER, State.REPORTED), Step(TODAY, State.COMPLETED)],
    )  # fmt: skip

    assert corrections(report, TODAY) == []


def test_page_and_draft_mark_the_correction_and_what_was_signed_before_stays(
    report, recorded_late, client
):
    """Rule 8.4: a paper signed before the correction reads the same for ever."""
    chief = office_chief()
    client.force_login(chief.user)

    page = client.get(reverse("report", args=[report.pk])).content.decode()
    draft = text_of(report_docx(report))
    signed = approve(report, chief, moment("2026-11-16"), version=0)

    assert recorded_late[0].code in page
    assert "ĐIỀU CHỈNH SAU KHI CHỐT SỐ LIỆU" in draft
    assert "ĐIỀU CHỈNH SAU KHI CHỐT SỐ LIỆU" not in text_of(report_docx(signed))


def text_of(docx: bytes) -> str:
    document = Document(BytesIO(docx))
    return "\n".join(paragraph.text for paragraph in document.paragraphs)


@pytest.mark.parametrize("change", ["figures", "rows"])
def test_the_database_refuses_to_change_what_is_frozen(report, change):
    """Rule 11: a frozen report never changes, even by an administrator's hand."""
    with pytest.raises(ProgrammingError, match=r"frozen|append-only"), transaction.atomic():
        if change == "figures":
            type(report).objects.filter(pk=report.pk).update(figures={"total": {}})
        else:
            report.rows.update(agency="khac")
