"""From the file of a directive to one task an agency, in the browser (issue 4, "shown by")."""

from pathlib import Path

import pytest
from django.conf import settings
from django.urls import reverse
from django.utils import timezone

from agencies.directory import shipped
from agencies.functions import Function
from agencies.models import Agency, AgencyGroup, Setting
from tasks.directives.drafting import draft_read
from tasks.directives.header import register as register_it
from tasks.directory import load
from tasks.models import Acknowledgement, Authority, Directive, Proposal, StandingDuty, Task
from tasks.reader import read
from tests.browser.steps import complaints_of, log_in, picture
from tests.factories import PostFactory, actor_of
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


# The real directive, where the shared data lies beside the checkout.
REAL = Path(__file__).resolve().parents[3] / "shared/data/directives/00-an-lao.txt"
FILES = ["txt", "docx"] + (["real"] if REAL.exists() else [])


@pytest.fixture
def file(tmp_path, request):
    """The sample directive as .txt or .docx, or the real one."""
    if request.param == "txt":
        return SAMPLE
    if request.param == "real":
        return REAL
    path = tmp_path / "chi-dao-mau.docx"
    path.write_bytes(docx_bytes(SAMPLE.read_text("utf-8").replace("*", "")))
    return path


@pytest.mark.parametrize("file", FILES, indirect=True)
def test_a_directive_becomes_work(file, office, desktop, axe):
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
    picture(desktop, f"review-{file.suffix[1:]}")
    axe(desktop)
    assert leads_of(directive, "2-1") == ["noi-vu"]
    assert leads_of(directive, "3-1") == ["vp"]
    assert leads_of(directive, "1-1") == [
        "don-vi-su-nghiep", "phong-ban-nganh-doan-the", "xa-thi-tran",
    ]  # fmt: skip

    for clause in ("1-5", "1-6"):
        set_deadline(desktop, directive, clause)
    register(desktop, directive)
    desktop.goto(reverse("directive_approve", args=[directive.pk]))
    desktop.click("button[value=submit]")
    desktop.wait_for_url(f"**{directive.get_absolute_url()}")

    log_in(desktop, office["chief"], reverse("directive_approve", args=[directive.pk]))
    picture(desktop, "approve")
    axe(desktop)
    # Forty-nine tasks with their history: seconds on a busy machine.
    desktop.set_default_timeout(60_000)
    desktop.click("button[value=approve]", no_wait_after=True)
    desktop.wait_for_url(f"**{directive.get_absolute_url()}")
    picture(desktop, "directive")
    axe(desktop)

    assert_work(directive)
    assert complaints == []


@pytest.fixture
def draft(office):
    """The sample directive, uploaded."""
    officer = actor_of(office["officer"])
    return draft_read(
        officer,
        timezone.now(),
        reading=read(SAMPLE.read_bytes(), SAMPLE.name, shipped()),
        directory=shipped(),
    )


def test_the_keyboard_walks_the_proposals(draft, office, desktop):
    """Rule 4.9, picture 4: arrows choose and light the source, D checks, X drops, Enter edits."""
    log_in(desktop, office["officer"], reverse("directive_review", args=[draft.pk]))
    third = draft.proposals.all()[2]
    current = desktop.locator('li.proposal[aria-current="true"] .proposal-number')
    for _up in range(14):
        desktop.keyboard.press("ArrowUp")
    assert current.inner_text() == "1-1"

    decide(desktop, "d")
    assert current.inner_text() == "1-2"
    decide(desktop, "x")
    assert current.inner_text() == "1-3"
    desktop.keyboard.press("ArrowUp")
    desktop.keyboard.press("ArrowDown")
    assert "is-active" in desktop.locator(f"#s-{third.pk}").get_attribute("class")
    desktop.keyboard.press("Enter")
    desktop.wait_for_selector(f"#proposal-{third.pk} [name=deadline_text]")

    states = draft.proposals.values_list("state", flat=True)[:3]
    assert list(states) == ["approved", "dropped", "pending"]


def test_deciding_leaves_the_page_where_it_is(draft, office, desktop, axe):
    """Rule 4.9: row, counts and address change in place; the next doubtful one has the focus."""
    doubt(draft, "1-1", "1-3", "1-4")
    complaints = complaints_of(desktop)
    log_in(desktop, office["officer"], reverse("directive_review", args=[draft.pk]) + "?only=check")
    first, second, third = (row.get_attribute("id") for row in desktop.locator(ROW).all()[:3])
    desktop.evaluate("window.isSamePage = true; scrollTo(0, 60)")

    decide(desktop, "d")
    decide(desktop, "x")

    assert desktop.evaluate("window.isSamePage && scrollY") == 60
    assert desktop.evaluate("document.activeElement.id") == third
    assert desktop.url.endswith(f"&only=check#{third}")
    assert desktop.locator("h1").inner_text().startswith("13")
    assert desktop.title().startswith(desktop.locator("h1").inner_text())
    assert "is-dropped" in desktop.locator(f"#{second}").get_attribute("class")
    assert desktop.locator(f"#{first} [data-key=d]").count() == 0
    assert desktop.locator(f"mark.{second.replace('proposal', 's')}").count() == 0
    axe(desktop)
    assert complaints == []


def test_a_refusal_stands_in_its_row_with_what_was_typed(draft, office, desktop, axe):
    """Rules 3.6, 4.9: nothing is lost, the page stays, and closed again the row has the focus."""
    proposal = draft.proposals.get(clause="1-6")
    row = f"#proposal-{proposal.pk}"
    log_in(desktop, office["officer"], reverse("directive_review", args=[draft.pk]))
    desktop.evaluate("window.isSamePage = true")
    save_deadline(desktop, row, "khi nào xong")
    assert desktop.evaluate("document.activeElement.value") == "khi nào xong"
    picture(desktop, "edit-refused")
    axe(desktop)

    desktop.click(f"{row} .proposal-edit a.btn-secondary")
    answered(desktop)
    assert desktop.evaluate("'#' + document.activeElement.id") == row
    draft.proposals.filter(clause="1-6").update(version=7)
    decide(desktop, "d")

    assert desktop.locator(f"{row} [role=alert]").count() == 1
    assert desktop.evaluate("window.isSamePage && '#' + document.activeElement.id") == row
    picture(desktop, "refused-in-row")
    axe(desktop)


def test_what_was_saved_in_place_is_not_kept_and_what_was_refused_is(draft, office, desktop):
    """Rule 5.14: opened again the form holds what is stored; after a refusal what was typed."""
    proposal = draft.proposals.get(clause="1-6")
    row = f"#proposal-{proposal.pk}"
    log_in(desktop, office["officer"], reverse("directive_review", args=[draft.pk]))

    save_deadline(desktop, row, " 30/12/2030 ")
    proposal.refresh_from_db()
    assert proposal.deadline_text == "30/12/2030"
    desktop.click(f"{row} h3 a")
    answered(desktop)
    assert desktop.locator(f"{row} .proposal-edit .callout").count() == 0

    desktop.click(f"{row} .proposal-edit a.btn-secondary")
    answered(desktop)
    save_deadline(desktop, row, "khi nào xong")
    desktop.reload()
    desktop.click(f"{row} h3 a")
    answered(desktop)

    assert desktop.locator(f"{row} [name=deadline_text]").input_value() == "khi nào xong"


def save_deadline(page, row: str, text: str) -> None:
    """Open a row, type a deadline, save, and wait for the answer."""
    page.click(f"{row} h3 a")
    page.fill(f"{row} [name=deadline_text]", text)
    page.click(f"{row} .proposal-edit button.btn-primary")
    answered(page)


def test_two_rows_become_one_and_one_becomes_two(draft, office, desktop, axe):
    """Rule 4.9: merged and split in place, the text's marks with them."""
    log_in(desktop, office["officer"], reverse("directive_review", args=[draft.pk]))
    one, two = draft.proposals.all()[:2]
    desktop.evaluate("window.isSamePage = true")
    desktop.click(f"#proposal-{two.pk} .proposal-number")
    desktop.click(f"#proposal-{two.pk} button[value=merge]")
    answered(desktop)
    assert desktop.locator(ROW).count() == 13
    assert desktop.evaluate("document.activeElement.id") == f"proposal-{one.pk}"
    assert desktop.locator(f"mark.s-{two.pk}").count() == 0

    desktop.click(f"#proposal-{one.pk} .proposal-acts a")
    desktop.locator(".proposal-split [type=radio]").last.check()
    picture(desktop, "split")
    axe(desktop)
    desktop.click(".proposal-split button")
    answered(desktop)

    assert desktop.locator(ROW).count() == 14
    assert desktop.locator(ROW).nth(1).get_attribute("id") != f"proposal-{two.pk}"
    assert (
        desktop.evaluate("window.isSamePage && document.activeElement.id") == f"proposal-{one.pk}"
    )


@pytest.mark.parametrize(
    ("key", "asked"), [("d", "main form [name=act][value=confirm]"), ("Enter", "[name=password]")]
)
def test_who_was_logged_out_meanwhile_is_asked_to_log_in(key, asked, draft, office, desktop):
    """Issue 4: no other page inside a row; what was sent can be sent again."""
    log_in(desktop, office["officer"], reverse("directive_review", args=[draft.pk]))
    desktop.context.clear_cookies(name=settings.SESSION_COOKIE_NAME)

    press(desktop, key)

    assert desktop.locator(asked).count() == 1
    assert desktop.locator(ROW).count() == 0


ROW = "li.proposal"


def doubt(draft, *clauses) -> None:
    """Let the reader be unsure of these clauses."""
    draft.proposals.filter(clause__in=clauses).update(doubts=["closing"])


LONG = Path(__file__).resolve().parents[1] / "samples" / "chi-dao-dai.txt"


def test_thirty_proposals_are_approved_with_the_keyboard_alone(office, desktop, axe):
    """Issue 8: D through the longest sample, 1 for an unknown lead, A, Tab, Enter; no mouse."""
    directive = registered(LONG, office["chief"])
    log_in(desktop, office["chief"], reverse("directive_review", args=[directive.pk]))
    picture(desktop, "long-1440")
    axe(desktop)
    current = desktop.locator('li.proposal[aria-current="true"] .proposal-number')
    assert current.inner_text() == "13"  # the doubtful one first
    assert "read-value" in desktop.locator(".paper-text").inner_html()
    decide(desktop, "1")
    assert leads_of(directive, "13") == ["tt-van-hoa"]

    for _up in range(40):
        desktop.keyboard.press("ArrowUp")
    assert current.inner_text() == "1.a"
    for _proposal in range(32):
        decide(desktop, "d")
    picture(desktop, "long-checked")
    press(desktop, "a")
    tab_to(desktop, "button[value=approve]")
    desktop.set_default_timeout(60_000)
    desktop.keyboard.press("Enter")
    desktop.wait_for_url(f"**{directive.get_absolute_url()}")

    assert set(directive.proposals.values_list("state", flat=True)) == {"approved"}
    assert Task.objects.filter(directive=directive).count() == 32


def test_the_long_review_fits_a_phone(office, phone):
    """Issue 8: looked at at 390."""
    directive = registered(LONG, office["chief"])

    log_in(phone, office["chief"], reverse("directive_review", args=[directive.pk]))

    picture(phone, "long-390")
    assert phone.evaluate("document.documentElement.scrollWidth <= innerWidth")


def registered(path: Path, post) -> Directive:
    """A directive read from a file and registered as it was read."""
    found = read(path.read_bytes(), path.name, shipped())
    now = timezone.now()
    directive = draft_read(actor_of(post), now, reading=found, directory=shipped())
    return register_it(directive, actor_of(post), now)


def tab_to(page, selector: str) -> None:
    """Press Tab until what the selector means has the focus."""
    for _tab in range(80):
        page.keyboard.press("Tab")
        if page.evaluate("wanted => document.activeElement.matches(wanted)", selector):
            return
    raise AssertionError(f"Tab never reached {selector}")


def press(page, key) -> None:
    with page.expect_navigation():
        page.keyboard.press(key)


def decide(page, key) -> None:
    """Press the key of an act on the current proposal, and wait for its row to be answered."""
    page.keyboard.press(key)
    answered(page)


def answered(page) -> None:
    """Wait until nothing is under way to the server."""
    page.locator(".htmx-request").first.wait_for(state="detached")


@pytest.mark.parametrize("name", ["directive_review", "directive_approve", "directive_edit"])
def test_the_pages_fit_a_phone_and_everybody(name, draft, office, phone, axe):
    complaints = complaints_of(phone)

    log_in(phone, office["chief"], reverse(name, args=[draft.pk]))

    axe(phone)
    assert phone.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert phone.locator("h1").count() == 1
    assert complaints == []


def test_without_script_a_proposal_is_edited_all_the_same(draft, office, new_context, live_server):
    """Works without script: plain links and forms."""
    plain = new_context(base_url=live_server.url, java_script_enabled=False).new_page()
    log_in(plain, office["officer"], reverse("directive_review", args=[draft.pk]))
    proposal = draft.proposals.get(clause="1-6")

    plain.click(f"#proposal-{proposal.pk} h3 a")
    plain.fill("[name=deadline_text]", "10 ngày làm việc")
    plain.click(".proposal-edit button.btn-primary")

    proposal.refresh_from_db()
    assert proposal.due_at is not None


def leads_of(directive, clause) -> list[str]:
    proposal = directive.proposals.get(clause=clause)
    rows = [*proposal.lead_agencies.all(), *proposal.lead_groups.all()]
    return sorted(row.code for row in rows)


def set_deadline(page, directive, clause, text="30/12/2030") -> None:
    """Open the proposal in place by its title, tick "task", give a deadline, save."""
    proposal = directive.proposals.get(clause=clause)
    item = page.locator(f"#proposal-{proposal.pk}")
    item.locator("h3 a").click()
    item.locator("[name=deadline_text]").fill(text)
    picture(page, f"edit-{clause}")
    item.locator(".proposal-edit button.btn-primary").click()
    page.wait_for_url(f"**at={proposal.pk}*")
    assert item.locator(".proposal-edit").count() == 0


def register(page, directive) -> None:
    page.goto(reverse("directive_edit", args=[directive.pk]))
    issuer = Authority.objects.get(code="ubnd-huyen")
    assert page.locator("[name=issuer]").input_value() == str(issuer.pk)
    page.fill("[name=number]", "412/UBND-VP")
    page.fill("[name=issued_on]", "2026-11-20")
    picture(page, "header")
    page.click("button[value=register]")
    page.wait_for_url("**/review/")


def assert_work(directive) -> None:
    groups = AgencyGroup.objects.filter(code__in=leads_of(directive, "1-5"))
    members = set(Agency.objects.filter(kind__groups__in=groups))
    assert len(members) == 47
    campaign = directive.campaigns.get(proposal__clause="1-5")
    assert {entry.agency for entry in campaign.entries.all()} == members
    tasks = Task.objects.filter(clause="1-6", is_group=False)
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
