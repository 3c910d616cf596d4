"""The Office's main job from end to end, on a directive of our own writing and on the real one.

A directive comes in, becomes tasks, departments report, silence in a consultation becomes
agreement, the chief sees what is overdue, and the monthly report builds itself (issue 4).
"""

from pathlib import Path

import pytest
import time_machine
from django.urls import reverse
from docx import Document
from playwright.sync_api import expect

from agencies.directory import shipped
from agencies.functions import Function
from agencies.models import Agency
from config.server_folders import CHECKOUT
from consultations.models import Opinion
from consultations.stances import Outcome
from reports.build import build_due
from tasks.directory import load
from tasks.models import Directive, Task
from tasks.states import State
from tests.browser.steps import log_in
from tests.browser.test_directive_walk import register, set_deadline
from tests.consultations.asking import asked
from tests.factories import PostFactory, actor_of, moment
from tests.tasks.papers import SAMPLE

pytestmark = pytest.mark.django_db(transaction=True)

REAL = CHECKOUT.parent / "shared/data/directives/00-an-lao.txt"
FILES = [SAMPLE, REAL] if REAL.exists() else [SAMPLE]  # a clone has no shared data beside it
RECEIVED = moment("2026-11-23", 8)
DUE = moment("2026-12-01", 16)
AFTER_CUT_OFF = moment("2026-12-15", 8)


@pytest.fixture
def clock():
    with time_machine.travel(RECEIVED, tick=True) as traveller:
        yield traveller


@pytest.fixture
def people(clock):
    load(shipped())
    agency = {a.code: a for a in Agency.objects.all()}
    return {
        "officer": PostFactory(agency=agency["vp"], function=Function.OFFICER),
        "chief": PostFactory(agency=agency["vp"], function=Function.OFFICE_CHIEF),
        "internal affairs": PostFactory(agency=agency["noi-vu"]),
        "commune": PostFactory(agency=agency["xa-quang-trung"]),
        "silent commune": PostFactory(agency=agency["xa-an-tho"]),
    }


@pytest.mark.parametrize("file", FILES, ids=lambda path: path.stem)
def test_from_a_directive_to_the_monthly_report(file, people, clock, desktop, phone, tmp_path):
    directive = approved(file, people, desktop)
    task = reported_on_a_phone(directive, people, phone, tmp_path)
    completed_by_the_office(task, people, desktop)
    lines = answered_or_silent(people, clock, phone)

    clock.move_to(AFTER_CUT_OFF)
    build_due(AFTER_CUT_OFF)

    outcomes = dict(
        Opinion.objects.with_outcome(AFTER_CUT_OFF).values_list("agency__code", "outcome")
    )
    assert outcomes == {
        "xa-quang-trung": Outcome.AGREED,
        "xa-an-tho": Outcome.DEEMED_AGREED,
    }
    assert "1-3" in lines.get(agency__code="xa-an-tho").silence_provision
    read_by_the_chief(people, desktop, tmp_path)


def approved(file: Path, people, page) -> Directive:
    """Upload, check 14 proposals, give number and date, approve as the chief."""
    log_in(page, people["officer"], reverse("directive_new"))
    page.set_input_files("[name=file]", file)
    page.click("main button.btn-primary")
    page.wait_for_url("**/review/")
    directive = Directive.objects.get()
    assert directive.proposals.count() == 14
    for clause in ("1-5", "1-6"):
        set_deadline(page, directive, clause, "30/11/2026")
    register(page, directive)
    log_in(page, people["chief"], reverse("directive_approve", args=[directive.pk]))
    page.click("button[value=approve]")
    page.wait_for_url(f"**{directive.get_absolute_url()}")
    assert Task.objects.counted().filter(clause="1-6").count() == 47
    assert directive.campaigns.get().entries.count() == 47
    return directive


def reported_on_a_phone(directive, people, page, tmp_path) -> Task:
    """The head opens the task from the own work and reports with a file."""
    task = Task.objects.get(directive=directive, clause="1-6", lead__code="noi-vu")
    evidence = tmp_path / "quy-che.txt"
    evidence.write_text("Quy chế làm việc đã sửa", encoding="utf-8")
    log_in(page, people["internal affairs"], "/")
    page.locator(f"a[href='{reverse('task_act', args=[task.code, 'report'])}']").first.click()
    page.get_by_label("Kết quả thực hiện").fill("Đã ban hành quy chế làm việc sửa đổi.")
    page.get_by_label("Tệp minh chứng").set_input_files(evidence)
    page.get_by_role("button", name="Báo cáo hoàn thành").click()
    expect(page.get_by_text("Đã gửi báo cáo; Văn phòng sẽ kiểm tra.")).to_be_visible()
    return task


def completed_by_the_office(task: Task, people, page) -> None:
    """The officer verifies, the chief completes."""
    log_in(page, people["officer"], task.get_absolute_url())
    page.get_by_role("button", name="Ghi nhận đã kiểm tra").click()
    expect(page.get_by_text("đã kiểm tra báo cáo hoàn thành")).to_be_visible()
    log_in(page, people["chief"], task.get_absolute_url())
    page.get_by_role("button", name="Xác nhận hoàn thành").click()
    expect(page.get_by_text("Đã xác nhận hoàn thành.")).to_be_visible()
    task.refresh_from_db()
    assert task.state == State.COMPLETED


def answered_or_silent(people, clock, page):
    """One commune answers in time; the other lets the deadline pass (the rule of clause 1-3)."""
    consultation = asked(
        people["commune"].agency,
        people["silent commune"].agency,
        by=actor_of(people["internal affairs"]),
        at=moment("2026-11-24", 9),
        due=DUE,
    )
    clock.move_to(moment("2026-12-01", 9))
    log_in(page, people["commune"], "/")
    page.get_by_role("link", name="Trả lời", exact=True).click()
    page.get_by_text("Đồng ý", exact=True).click()
    page.get_by_role("button", name="Gửi ý kiến của xã").click()
    expect(page.get_by_text("Đã gửi ý kiến.")).to_be_visible()
    return consultation.opinions


def read_by_the_chief(people, page, tmp_path) -> None:
    """The dashboard has the right numbers; the monthly report's .docx opens and agrees."""
    log_in(page, people["chief"], reverse("dashboard"))
    expect(page.get_by_role("heading", level=1)).to_have_text("46 nhiệm vụ quá hạn ở 46 cơ quan")
    page.goto(reverse("reports"))
    page.get_by_role("link", name="Tháng 12/2026").click()
    with page.expect_download() as download:
        page.get_by_role("link", name="Tải về .docx").click()
    download.value.save_as(tmp_path / "report.docx")
    text = "\n".join(p.text for p in Document(tmp_path / "report.docx").paragraphs)
    assert "chưa hoàn thành, quá hạn 46" in text
