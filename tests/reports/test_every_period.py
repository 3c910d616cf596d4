"""Reports of every period: by beat, by asking, upward, as a workbook (rules 8.4, 8.8)."""

from datetime import date, timedelta
from io import BytesIO

import pytest
from django.db import transaction
from django.urls import reverse
from docx import Document
from openpyxl import load_workbook

from agencies.models import Event, Notice, OutgoingPaper, Setting
from agencies.outgoing import issue, number
from agencies.refusals import NotYours, Refused
from reports.asking import ask, build_asked
from reports.build import build_due
from reports.lifecycle import approve, draft_upward, edit_narrative
from reports.models import PeriodicReport, ReportRequest
from reports.narrative import read
from reports.paper import report_docx, report_paper, upward_docx, upward_paper
from reports.workbook import report_xlsx
from tasks.lifecycle import correct
from tasks.models import Task
from tests.factories import (
    AgencyFactory,
    AuthorityFactory,
    OfficeFactory,
    actor_of,
    chair,
    head_of,
    moment,
    office_chief,
    staff_of,
)
from tests.factories import PostFactory as Post
from tests.reports.histories import line_of, task_with

pytestmark = pytest.mark.django_db

AT = moment("2026-12-16")
ASKED = moment("2026-11-26")
ONE_MINUTE = timedelta(minutes=1)


@pytest.fixture
def work():
    OfficeFactory()
    lead = AgencyFactory(code="tnmt", name="Phòng Tài nguyên và Môi trường")
    city = AuthorityFactory(code="thanh-pho", name="UBND thành phố", is_superior=True)
    task_with(lead, moment("2026-10-20"), moment("2026-11-02", 0))
    task_with(lead, moment("2026-10-21"), moment("2026-12-30", 0), assigned_by=city)
    line_of(lead, moment("2026-10-20"), moment("2026-10-27", 0))
    return lead


def built(kind: str) -> PeriodicReport:
    build_due(AT)
    return PeriodicReport.objects.get(kind=kind, cut_off_at=moment("2026-12-15", 0))


def test_beat_builds_month_quarter_half_and_year_and_no_week(work):
    """Rule 8.4: those a setting switches on; weeks are off by default."""
    made = build_due(AT)

    assert [(each.kind, each.period.number) for each in made] == [
        ("month", 11), ("month", 12), ("quarter", 4), ("half", 2), ("year", 0),
    ]  # fmt: skip


def test_a_setting_switches_weeks_on_from_then_on(work):
    """Rules 8.4, 12: by the setting in force at each cut-off."""
    Setting.objects.create(
        code="report_week", value=True, effective_from=moment("2026-12-01"), source="Quy chế",
        recorded_at=moment("2026-12-01"),
    )  # fmt: skip

    weeks = [each for each in build_due(AT) if each.kind == "week"]

    assert [each.period.last_day for each in weeks] == [date(2026, 12, 6), date(2026, 12, 13)]


def test_a_job_stopped_over_the_cut_off_builds_the_same_two_days_later(work):
    """Rules 3.10, 8.4: the same figures, rows, calendar and text; only the building is later, when
    new work came and the old was given another name, person, helper and day.
    """
    helper, staff, chief = AgencyFactory(code="phoi-hop"), staff_of(work).post, office_chief()
    with transaction.atomic():
        on_time = frozen(build_due(moment("2026-11-15", 0, 5))[-1])
        transaction.set_rollback(True)  # as if beat had stood still
    task_with(work, moment("2026-11-15", 8), None)
    after = {"title": "Việc khác", "responsible": staff, "coordinating": [helper]}
    for task in Task.objects.filter(assigned_at__lt=moment("2026-11-15", 0)):
        correct(
            task, chief, moment("2026-11-16"), reason="Ghi nhầm.",
            changes=after | {"due_on": date(2026, 12, 11)},
        )  # fmt: skip

    late = build_due(moment("2026-11-17"))[-1]

    assert frozen(late) == on_time


def frozen(report) -> tuple:
    rows = report.rows.values_list("of", "place", "agency", "columns", "data")
    return (report.figures, report.calendar, report.narrative, report.send_by_at, *rows)


@pytest.mark.parametrize(
    ("kind", "words"),
    [
        ("month", "tháng 12 năm 2026"),
        ("quarter", "quý IV năm 2026"),
        ("half", "6 tháng cuối năm 2026"),
        ("year", "năm 2026"),
    ],
)
def test_papers_name_their_period(work, kind, words):
    """Rule 8.4: names of papers per period."""
    report = built(kind)

    assert report_paper(report).subject.endswith(f"nhiệm vụ được giao {words}")
    assert f"được giao {words} (từ ngày" in read(report.narrative, report.figures)["opening"]


# Asked for ------------------------------------------------------------------------------------


def test_a_report_of_any_days_is_asked_for_and_built_by_the_worker(work, client):
    """Rule 8.4: free periods by the same code; the page shows how far it is, then leads to it."""
    chief = office_chief()
    request = ask(chief, ASKED, first_day=date(2026, 10, 1), last_day=date(2026, 10, 31))
    client.force_login(chief.user)
    waiting = client.get(request.get_absolute_url())

    assert build_asked(ASKED) == 1

    request.refresh_from_db()
    assert waiting.status_code == 200
    assert client.get(request.get_absolute_url()).url == request.report.get_absolute_url()
    assert request.report.figures["total"]["new"] == 2
    assert build_asked(ASKED) == 0


def test_asked_for_again_the_frozen_one_is_shown(work):
    """Rule 8.4: one report a period; a request that waits is not doubled."""
    chief, days = office_chief(), {"first_day": date(2026, 10, 1), "last_day": date(2026, 10, 31)}
    first = ask(chief, ASKED, **days)

    assert ask(chief, ASKED, **days) == first
    build_asked(ASKED)
    assert ask(chief, ASKED, **days) == PeriodicReport.objects.get(kind="free")
    assert ReportRequest.objects.count() == 1


def days_nobody_can_count() -> ReportRequest:
    """A request asked for before the others, whose building fails: the calendar ends with it."""
    return ReportRequest.objects.create(
        first_day=date(9999, 1, 1), last_day=date.max, asked_by=office_chief().post,
        asked_at=moment("2026-11-25"),
    )  # fmt: skip


def test_a_report_that_cannot_be_built_holds_up_no_other(work):
    """Rule 8.4: each is built on its own; what failed is tried again, and the job says so."""
    impossible = days_nobody_can_count()
    possible = ask(office_chief(), ASKED, first_day=date(2026, 10, 1), last_day=date(2026, 10, 31))

    with pytest.raises(ExceptionGroup, match="1 of 2"):
        build_asked(ASKED)

    possible.refresh_from_db()
    assert possible.report is not None
    with pytest.raises(ExceptionGroup, match="1 of 1"):
        build_asked(ASKED + ONE_MINUTE)
    impossible.refresh_from_db()
    assert impossible.report is None


def test_whoever_asked_for_it_is_told_once_that_it_could_not_be_built(work, client):
    """Rule 8.4: the page does not count for ever; a notice leads there, however often it fails."""
    impossible = days_nobody_can_count()
    for at in (ASKED, ASKED + ONE_MINUTE):
        with pytest.raises(ExceptionGroup):
            build_asked(at)
    client.force_login(impossible.asked_by.user)

    page = client.get(impossible.get_absolute_url())
    listed = client.get(reverse("reports"))

    assert page.context["wanted"].failed_at == ASKED
    assert page.context["wanted"].started_at is None
    assert [each.failed_at for each in listed.context["asked"]] == [ASKED]
    told = Notice.objects.get(event__act="report.build_failed", channel="app")
    assert told.person == impossible.asked_by.user
    assert told.url == impossible.get_absolute_url()


def test_a_report_whose_building_ended_with_its_worker_lets_the_others_go_first(work):
    """Rule 8.4: it would end the next worker, too."""
    deadly = days_nobody_can_count()
    ReportRequest.objects.filter(pk=deadly.pk).update(started_at=moment("2026-11-25"))
    ask(office_chief(), ASKED, first_day=date(2026, 10, 1), last_day=date(2026, 10, 31))

    assert [each.first_day.year for each in ReportRequest.objects.in_turn()] == [2026, 9999]


@pytest.mark.parametrize(
    ("first", "last", "field"),
    [
        (date(2026, 10, 9), date(2026, 10, 1), "last_day"),
        (date(2026, 11, 1), date(2026, 11, 26), "last_day"),
        (date(2020, 1, 1), date(2026, 10, 1), "first_day"),
        (date(2026, 9, 1), date(2026, 9, 30), "last_day"),
    ],
    ids=["backwards", "not ended", "too long", "before all work"],
)
def test_what_cannot_be_reported_is_refused_beside_its_field(work, first, last, field):
    """Rule 8.4: a period is over before it is counted."""
    with pytest.raises(Refused) as refused:
        ask(office_chief(), ASKED, first_day=first, last_day=last)

    assert refused.value.field == field


def test_an_agency_asks_for_no_report(work, client):
    """Rule 2.4: rows name every agency."""
    with pytest.raises(NotYours):
        ask(head_of(work), ASKED, first_day=date(2026, 10, 1), last_day=date(2026, 10, 2))


# Upward ---------------------------------------------------------------------------------------


def test_two_papers_rest_on_the_same_figures(work):
    """Rule 8.4: the Office's /BC-VP to the body, the body's /BC-UBND to the city, TM."""
    report = built("quarter")
    upward = draft_upward(report, office_chief(), AT)

    own, above = report_paper(report), upward_paper(upward)

    assert (own.number.suffix, above.number.suffix) == ("BC-VP", "BC-UBND")
    assert own.addressees == (report.figures["body"],)
    assert above.addressees == (report.figures["superior"],)
    assert above.signature.lines == ("TM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH")
    assert "do cấp trên giao trong kỳ là 01" in text_of(upward_docx(upward))
    assert [each.title for each in own.appendices] == [each.title for each in above.appendices]


def test_a_leader_signs_the_report_upward_and_the_clerk_issues_it(work):
    """Rules 2.2, 2.8, 8.4: draft, signed for the body, issued with a number of its own series."""
    chief, leader = office_chief(), chair()
    upward = draft_upward(built("quarter"), chief, AT)
    with pytest.raises(NotYours):
        approve(upward, chief, AT, version=0)

    upward = approve(upward, leader, AT, version=0)
    issue(number(upward.paper, chief, AT, dated_on=AT.date()), chief, AT)

    upward.paper.refresh_from_db()
    assert (upward.paper.symbol, upward.paper.capacity) == ("01/BC-UBND", "TM.")
    assert upward.standing == "issued"
    assert leader.user.full_name in text_of(upward_docx(upward))


def test_a_deputy_signs_for_the_chair_and_the_body(work):
    """Rule 2.2: TM. the body, KT. the Chair."""
    upward = draft_upward(built("quarter"), office_chief(), AT)
    deputy = actor_of(Post(function="leader", is_deputy=True))

    signed = approve(upward, deputy, AT, version=0)

    lines = upward_paper(signed).signature.lines
    assert lines[0] == "TM. ỦY BAN NHÂN DÂN"
    assert lines[1].startswith("KT. ")


def test_the_text_upward_is_its_own_and_is_drafted_once(work):
    """Rule 8.8: editing one paper leaves the other as it was."""
    report, chief = built("quarter"), office_chief()
    upward = draft_upward(report, chief, AT)
    paragraphs = upward.narrative | {"proposals": "Đề nghị thành phố bố trí kinh phí."}

    edit_narrative(upward, chief, AT, paragraphs=paragraphs, version=0)

    report.refresh_from_db()
    assert draft_upward(report, chief, AT) == upward
    assert "bố trí kinh phí" not in report.narrative["proposals"]
    assert Event.objects.filter(act="report.draft_upward").count() == 1
    assert OutgoingPaper.objects.count() == 0


def text_of(docx: bytes) -> str:
    document = Document(BytesIO(docx))
    lines = [paragraph.text for paragraph in document.paragraphs]
    return "\n".join(
        lines + [cell.text for t in document.tables for row in t.rows for cell in row.cells]
    )


# Files ----------------------------------------------------------------------------------------


def test_the_workbook_has_tables_and_rows_and_numbers_as_numbers(work):
    """Rule 8.8: sheets are the tables and the row lists; a rate is a number in percent."""
    report = built("quarter")

    book = load_workbook(report_xlsx(report))

    sheet = book.worksheets[0]
    heads = [cell.value for cell in sheet[5]]
    first = dict(zip(heads, (cell.value for cell in sheet[6]), strict=True))
    assert first["Cơ quan"] == "Phòng Tài nguyên và Môi trường"
    assert next(value for head, value in first.items() if head.endswith("Tổng số")) == 2
    rate = next(cell for cell in sheet[6] if cell.number_format == "0.0%")
    assert rate.value == 0
    assert book["Nhiệm vụ"].max_row == 5 + 2
    assert book["Chưa hoàn thành, quá hạn"]["J6"].value == 44


def test_appendices_lie_across_and_bear_roman_numerals(work):
    """Rules 8.2, 8.8: body upright, wide appendices across; numerals where two or more."""
    document = Document(BytesIO(report_docx(built("quarter"))))

    first, *others = document.sections
    assert first.page_width < first.page_height
    assert any(section.page_width > section.page_height for section in others)
    titles = [p.text for p in document.paragraphs if p.text.startswith("Phụ lục")]
    assert titles[:2] == ["Phụ lục I", "Phụ lục II"]


def test_every_page_of_a_report_is_reached(work, client):
    """Rule 8.8: page, both papers, workbook and rows of a quarter."""
    report = built("quarter")
    draft_upward(report, office_chief(), AT)
    client.force_login(office_chief().user)

    for name in ("report", "report_docx", "report_xlsx", "report_upward", "report_upward_docx"):
        assert client.get(reverse(name, args=[report.pk])).status_code == 200, name
