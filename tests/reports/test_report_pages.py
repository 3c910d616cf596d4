"""Reading, editing, approving and downloading a monthly report."""

import io
import re
from datetime import date
from html import unescape
from urllib.parse import parse_qsl, urlsplit

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from docx import Document

from agencies.models import Event, OutgoingPaper
from reports.build import build_due
from reports.columns import on_time_rate
from reports.details import rows_behind
from reports.models import PeriodicReport
from tasks import lifecycle
from tasks.states import State
from tests.factories import (
    AgencyFactory,
    OfficeFactory,
    PostFactory,
    actor_of,
    head_of,
    moment,
    office_chief,
    officer,
)
from tests.pages import client_of, figures_on
from tests.reports.histories import Step, frozen_rows, line_of, task_with

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock_at_now")]

NOW = moment("2026-11-16", 8)


@pytest.fixture
def report() -> PeriodicReport:
    OfficeFactory()
    for number in range(2):
        lead = AgencyFactory(code=f"co-quan-{number}", name=f"Phòng số {number}")
        PostFactory(agency=lead, user__full_name=f"Nguyễn Văn Trưởng {number}")
        done = [Step(moment("2026-10-18"), State.REPORTED), Step(NOW, State.COMPLETED)]
        done[1] = Step(moment("2026-10-19"), State.COMPLETED)
        task_with(lead, moment("2026-10-02"), moment("2026-10-20", 0), done)
        task_with(lead, moment("2026-10-02"), moment("2026-10-20", 0), title="Việc trễ")
        task_with(lead, moment("2026-10-20"), None)
        line_of(lead, moment("2026-10-20"), moment("2026-10-27", 0))
    return build_due(NOW)[-1]


@pytest.fixture
def chief(report):
    return office_chief()


def text_of(response) -> str:
    document = Document(io.BytesIO(response.content))
    lines = [paragraph.text for paragraph in document.paragraphs]
    for table in document.tables:
        lines += [cell.text for row in table.rows for cell in row.cells]
    return "\n".join(lines)


def test_every_figure_links_to_exactly_its_frozen_rows(report, chief):
    """Rule 8.4: rows are frozen with the figures."""
    client = client_of(chief)
    page = client.get(report.get_absolute_url()).content.decode()

    links = figures_on(page)

    assert len(links) > 20
    for url, count in links:
        asked = dict(parse_qsl(urlsplit(url).query))
        _head, rows = rows_behind(report, asked.pop("column"), **asked)
        assert rows.count() == count, url
    url, count = max(links)
    assert client.get(url).context["page"].paginator.count == count


def test_the_page_says_the_cut_off_and_never_overdue_alone(report, chief):
    """Rule 8.7: the cut-off stands under each table's title; "quá hạn" never alone."""
    client = client_of(chief)
    client.cookies["django_language"] = "vi"

    page = client.get(report.get_absolute_url()).content.decode()

    assert page.count("14/11/2026") >= 4
    heads = re.findall(r"<th[^>]*>([^<]+)</th>", page)
    assert "Quá hạn" not in heads
    assert "quá hạn" not in heads


def test_the_list_of_reports_shows_the_base_of_the_rate(report, chief):
    """Rule 8.7: counts stand beside a rate."""
    rate = on_time_rate(report.figures["total"])

    page = client_of(chief).get(reverse("reports")).content.decode()

    assert rate.base
    assert f"({rate.part}/{rate.base})" in page


def test_it_reads_the_same_after_things_change(report, chief):
    """Rule 8.4: frozen; later acts, settings and names do not touch it."""
    client = client_of(chief)
    before = client.get(report.get_absolute_url()).context["text"]
    lead = frozen_rows(report, "tasks")[0]["lead"]
    task_with(AgencyFactory(code=lead), NOW, None)
    AgencyFactory(code="moi", name="Phòng Mới")

    assert client.get(report.get_absolute_url()).context["text"] == before


def test_the_docx_has_the_figures_the_appendices_and_the_head_of_each_late_agency(report, chief):
    """Rules 8.2, 8.8: national layout, per-agency table, list of overdue tasks."""
    response = client_of(chief).get(reverse("report_docx", args=[report.pk]))
    text = text_of(response)

    assert response["Content-Disposition"].endswith('bao-cao-2026-11.docx"')
    assert "Tổng số nhiệm vụ trong kỳ là 06, trong đó kỳ trước chuyển sang 04, giao mới 02." in text
    assert "Việc trễ" in text
    assert "Phòng số 1 (người đứng đầu: Nguyễn Văn Trưởng 1)" in text
    assert text.count("Số liệu tính đến hết ngày 14/11/2026") >= 4
    sections = Document(io.BytesIO(response.content)).sections
    assert any(section.page_width > section.page_height for section in sections)


def test_an_approved_report_is_signed_numbered_and_issued_as_a_paper(report, chief):
    """Rules 2.8, 8.4: draft, approved by the chief, issued with its number."""
    client = client_of(chief)
    client.post(reverse("report_approve", args=[report.pk]), form(chief, version=0))
    report.refresh_from_db()

    assert report.state == PeriodicReport.State.APPROVED
    assert (report.paper.state, report.paper.signed_by) == ("signed", chief.post)
    assert report.paper.thing == report
    text = text_of(client.get(reverse("report_docx", args=[report.pk])))
    assert chief.user.full_name in text

    OutgoingPaper.objects.filter(pk=report.paper_id).update(
        state="issued", number=7, year=2026, dated_on="2026-11-16"
    )
    text = text_of(client.get(reverse("report_docx", args=[report.pk])))
    assert "07/BC-VP" in text
    assert "ngày 16 tháng 11 năm 2026" in text


def form(actor, **fields) -> dict:
    return {"acting": actor.key, **fields}


def narrative(report, **changes) -> dict:
    return report.narrative | {"version": report.version} | changes


def test_the_officer_edits_the_text_and_figures_stay_fields(report):
    """Rule 8.8: paragraphs can be edited; the figure is filled from the frozen table."""
    actor = officer()
    changed = (
        "Trong kỳ có {tổng số} nhiệm vụ ({kỳ trước chuyển sang} chuyển sang, {giao mới} giao mới)."
    )

    answer = client_of(actor).post(
        reverse("report_edit", args=[report.pk]),
        form(actor, **narrative(report, assigned=changed)),
    )

    assert answer.url == report.get_absolute_url()
    page = client_of(actor).get(report.get_absolute_url())
    assert page.context["text"]["assigned"] == (
        "Trong kỳ có 06 nhiệm vụ (04 chuyển sang, 02 giao mới)."
    )
    assert Event.objects.filter(act="report.edit").count() == 1


@pytest.mark.parametrize(
    "typed",
    ["Tổng số nhiệm vụ trong kỳ là 99, chuyển sang {kỳ trước chuyển sang}, giao mới {giao mới}.",
     "{tổng số} {kỳ trước chuyển sang} {giao mới} {bịa đặt}"],
    ids=["typed over", "no such figure"],
)  # fmt: skip
def test_a_figure_cannot_be_typed_over(report, typed):
    """Rule 8.8: the figures inside are fields that cannot be typed over."""
    actor = officer()

    answer = client_of(actor).post(
        reverse("report_edit", args=[report.pk]), form(actor, **narrative(report, assigned=typed))
    )

    assert answer.status_code == 409
    assert typed in unescape(answer.content.decode())
    report.refresh_from_db()
    assert "99" not in report.narrative["assigned"]


def test_the_second_save_is_refused_and_keeps_what_was_typed(report):
    """Rule 5.14: two people editing one thing."""
    actor = officer()
    address = reverse("report_edit", args=[report.pk])
    client = client_of(actor)
    client.post(address, form(actor, **narrative(report, proposals="Đề nghị của người thứ nhất.")))

    second = form(actor, **narrative(report, proposals="Đề nghị của người thứ hai."))
    answer = client.post(address, second)

    page = answer.content.decode()
    assert answer.status_code == 409
    assert "người thứ hai" in page
    assert "người thứ nhất" in page
    report.refresh_from_db()
    assert report.narrative["proposals"] == "Đề nghị của người thứ nhất."


def test_only_the_chief_approves(report):
    """Rule 8.4: the chief approves; an officer's posting changes nothing."""
    actor = officer()
    office_chief()

    client_of(actor).post(reverse("report_approve", args=[report.pk]), form(actor, version=0))

    report.refresh_from_db()
    assert report.state == PeriodicReport.State.DRAFT


def test_approval_of_an_older_version_is_refused(report, chief):
    """Rule 5.14: what is approved is what was read."""
    actor = officer()
    client_of(actor).post(
        reverse("report_edit", args=[report.pk]),
        form(actor, **narrative(report, proposals="Sửa sau khi Chánh Văn phòng mở trang.")),
    )

    answer = client_of(chief).post(
        reverse("report_approve", args=[report.pk]), form(chief, version=0)
    )

    assert answer.status_code == 409
    report.refresh_from_db()
    assert report.state == PeriodicReport.State.DRAFT


def test_an_approved_text_no_longer_changes(report, chief):
    """Rule 8.4: frozen like its figures."""
    client = client_of(chief)
    client.post(reverse("report_approve", args=[report.pk]), form(chief, version=0))

    address = reverse("report_edit", args=[report.pk])
    assert client.get(address).status_code == 404
    answer = client.post(address, form(chief, **narrative(report, version=1, closing="Khác.")))

    assert answer.status_code == 409
    report.refresh_from_db()
    assert report.narrative["closing"] != "Khác."


def test_a_form_posted_twice_approves_once(report, chief):
    """Issue 4: one form, one act."""
    client = client_of(chief)
    posted = form(chief, version=0, request_key="8f14e45f-ceea-4e17-a0b2-3b1c1f5f7e11")

    client.post(reverse("report_approve", args=[report.pk]), posted)
    client.post(reverse("report_approve", args=[report.pk]), posted)

    assert Event.objects.filter(act="report.approve").count() == 1
    assert OutgoingPaper.objects.count() == 1


@pytest.mark.parametrize("name", ["report", "report_rows", "report_edit", "report_docx"])
def test_agencies_do_not_see_reports(report, name):
    """Rule 2.4: rows name every agency; an agency gets 404."""
    client = client_of(head_of(AgencyFactory(code="co-quan-0")))

    assert client.get(reverse(name, args=[report.pk])).status_code == 404
    assert client.get(reverse("reports")).status_code == 404


def test_the_list_asks_a_constant_number_of_queries(report, chief):
    """Issue 4: constant queries."""
    client = client_of(chief)
    client.get(reverse("reports"))
    with CaptureQueriesContext(connection) as one:
        client.get(reverse("reports"))
    build_due(moment("2026-12-16"))
    with CaptureQueriesContext(connection) as many:
        page = client.get(reverse("reports"))

    kinds = sorted(each.kind for each in page.context["page"].object_list)
    assert kinds == ["half", "month", "month", "month", "quarter", "year"]
    assert len(many) == len(one)


def test_a_leader_reads_it_in_the_capacity_of_his_post(report):
    """Rule 2.4: leaders see everything."""
    deputy = actor_of(PostFactory(function="leader", is_deputy=True, agency=AgencyFactory()))

    page = client_of(deputy).get(report.get_absolute_url())

    assert page.status_code == 200
    assert not page.context["may_approve"]


# Causes and commitments -------------------------------------------------------------------------


def test_overdue_tasks_carry_cause_and_commitment_as_of_the_cut_off():
    """Rules 5.12, 8.5: frozen with the rows; what was said later does not enter."""
    chief, head = office_chief(), head_of(AgencyFactory(code="tnmt"))
    task = task_with(head.agency, moment("2026-10-02"), moment("2026-10-20", 0))
    for day, cause in (("2026-11-02", "Chờ mẫu nước."), ("2026-11-20", "Nói sau.")):
        lifecycle.explain(
            task, head, moment(day), cause=cause, commitment_on=date(2026, 11, int(day[-2:]) + 4)
        )
    fresh = build_due(NOW)[-1]

    page = client_of(chief).get(fresh.get_absolute_url()).content.decode()
    paper = text_of(client_of(chief).get(reverse("report_docx", args=[fresh.pk])))

    for shown in (page, paper):
        assert "Chờ mẫu nước." in shown
        assert "06/11/2026" in shown
        assert "Nói sau." not in shown


def test_a_report_frozen_before_causes_were_kept_still_opens(report, chief):
    """Rule 8.4: it reads the same for ever."""
    late = report.rows.filter(columns__contains=["overdue"]).first()
    data = {name: late.data[name] for name in ("code", "title", "document", "lead", "due_at")}
    report.rows.create(
        of="tasks", place=900, agency=late.agency, columns=["carried_over", "overdue"],
        data=data | {"entry": "carried_over", "exit": "overdue", "days_overdue": 3},
    )  # fmt: skip

    assert client_of(chief).get(report.get_absolute_url()).status_code == 200
