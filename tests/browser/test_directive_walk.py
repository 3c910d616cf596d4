"""From the file of a directive to one task an agency, in the browser (issue 4, "shown by")."""

import pytest
from django.urls import reverse

from agencies.directory import shipped
from agencies.functions import Function
from agencies.models import Agency, AgencyGroup, Setting
from tasks.directory import load
from tasks.models import Acknowledgement, Authority, Directive, Proposal, StandingDuty, Task
from tests.browser.test_frame import complaints_of, log_in
from tests.factories import PostFactory
from tests.tasks.papers import SAMPLE, docx_bytes

pytestmark = pytest.mark.django_db(transaction=True)

DUTIES = ["1-2", "1-3", "1-4", "1-7", "1-8", "2-2", "2-3", "3-2", "3-3"]


@pytest.fixture
def office(db):
    """The district of the demonstration with its Office: the chief and an officer."""
    load(shipped())
    vp = Agency.objects.get(code="vp")
    return {
        "officer": PostFactory(agency=vp, function=Function.OFFICER),
        "chief": PostFactory(agency=vp, function=Function.OFFICE_CHIEF),
        "noi_vu": PostFactory(agency=Agency.objects.get(code="noi-vu")),
    }


@pytest.fixture
def file(tmp_path, request):
    """The sample directive as .txt or .docx."""
    if request.param == "txt":
        return SAMPLE
    path = tmp_path / "chi-dao-mau.docx"
    path.write_bytes(docx_bytes(SAMPLE.read_text("utf-8").replace("*", "")))
    return path


@pytest.mark.parametrize("file", ["txt", "docx"], indirect=True)
def test_a_directive_becomes_work(file, office, desktop, axe, shot):
    """Rules 4.1 to 4.4, 4.9: upload, 14 proposals, number and date, approve, a task an agency."""
    complaints = complaints_of(desktop)
    log_in(desktop, office["officer"], reverse("directive_new"))
    axe(desktop)

    desktop.set_input_files("[name=file]", file)
    desktop.click("main button.btn-primary")
    desktop.wait_for_url("**/review/")
    directive = Directive.objects.get()
    assert desktop.locator("h1").inner_text().startswith("14")
    assert desktop.locator("li.proposal").count() == 14
    shot(desktop, f"review-{file.suffix[1:]}")
    axe(desktop)
    assert leads_of(directive, "2-1") == ["noi-vu"]
    assert leads_of(directive, "3-1") == ["vp"]
    assert leads_of(directive, "1-1") == [
        "don-vi-su-nghiep", "phong-ban-nganh-doan-the", "xa-thi-tran",
    ]  # fmt: skip

    for clause in ("1-5", "1-6"):
        set_deadline(desktop, directive, clause, shot)
    register(desktop, directive, shot)
    desktop.goto(reverse("directive_approve", args=[directive.pk]))
    desktop.click("button[value=submit]")
    desktop.wait_for_url(f"**{directive.get_absolute_url()}")

    log_out_and_in(desktop, office["chief"], reverse("directive_approve", args=[directive.pk]))
    shot(desktop, "approve")
    axe(desktop)
    desktop.click("button[value=approve]")
    desktop.wait_for_url(f"**{directive.get_absolute_url()}")
    shot(desktop, "directive")
    axe(desktop)

    assert_work(directive)
    assert complaints == []


def leads_of(directive, clause) -> list[str]:
    proposal = directive.proposals.get(clause=clause)
    rows = [*proposal.lead_agencies.all(), *proposal.lead_groups.all()]
    return sorted(row.code for row in rows)


def set_deadline(page, directive, clause, shot) -> None:
    """Open the proposal in place by its title, tick "task", give a deadline, save."""
    proposal = directive.proposals.get(clause=clause)
    item = page.locator(f"#proposal-{proposal.pk}")
    item.locator("h3 a").click()
    item.locator("[name=deadline_text]").fill("30/12/2030")
    shot(page, f"edit-{clause}")
    item.locator(".proposal-edit button.btn-primary").click()
    page.wait_for_url(f"**at={proposal.pk}*")


def register(page, directive, shot) -> None:
    page.goto(reverse("directive_edit", args=[directive.pk]))
    issuer = Authority.objects.get(code="ubnd-huyen")
    assert page.locator("[name=issuer]").input_value() == str(issuer.pk)
    page.fill("[name=number]", "412/UBND-VP")
    page.fill("[name=issued_on]", "2026-11-20")
    shot(page, "header")
    page.click("button[value=register]")
    page.wait_for_url("**/review/")


def log_out_and_in(page, post, to) -> None:
    page.context.clear_cookies()
    log_in(page, post, to)


def assert_work(directive) -> None:
    groups = AgencyGroup.objects.filter(code__in=leads_of(directive, "1-5"))
    members = set(Agency.objects.filter(kind__groups__in=groups))
    assert len(members) == 47
    for clause in ("1-5", "1-6"):
        tasks = Task.objects.filter(clause=clause, is_group=False)
        assert {task.lead for task in tasks} == members
        assert {task.parent.is_group for task in tasks} == {True}
        assert all(task.due_at and task.review_on is None for task in tasks)
    for clause, code in (("2-1", "noi-vu"), ("3-1", "vp")):
        task = Task.objects.get(clause=clause)
        assert task.lead.code == code
        assert task.review_on and task.due_at is None
    assert sorted(StandingDuty.objects.values_list("clause", flat=True)) == DUTIES
    assert {a.agency for a in Acknowledgement.objects.all()} == members
    rule = Setting.objects.get(code="silence_is_agreement")
    assert set(rule.agencies.all()) == members
    assert "1-3" in rule.source
    assert set(directive.proposals.values_list("state", flat=True)) == {Proposal.State.APPROVED}


@pytest.fixture
def shot():
    """Save a picture of the page to look at, where somebody asked for pictures."""
    import os
    from pathlib import Path

    folder = os.environ.get("SHOTS")

    def save(page, name: str) -> None:
        if folder:
            Path(folder).mkdir(parents=True, exist_ok=True)
            page.screenshot(path=str(Path(folder) / f"{name}.png"), full_page=False)

    return save
