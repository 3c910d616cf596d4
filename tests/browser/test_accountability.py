"""The Chair decides a case; a head states the agency's side (issue 7, rule 9.1)."""

from datetime import date

import pytest
import time_machine
from playwright.sync_api import expect

from reports.cases import lifecycle
from reports.cases.proposing import propose_case
from reports.models import AccountabilityCase
from tests.browser.steps import follow, log_in
from tests.factories import assigned_task, moment
from tests.reports.cases.district import STATED, district, praise_decided, refreshed

pytestmark = pytest.mark.django_db(transaction=True)

ASKED = moment("2026-11-03")
DECIDED = moment("2026-11-10", 8, 30)
PRAISED = moment("2026-11-10", 9, 30)


def case_with_its_chain(place) -> AccountabilityCase:
    """A case about a task that was given in September and is overdue."""
    task = assigned_task(
        lead=place.late, at=moment("2026-09-01"), due_at=moment("2026-10-01", 0),
        title="Lập hồ sơ thu hồi đất khu tái định cư", actor=place["chief"],
    )  # fmt: skip
    case = propose_case(
        place["chief"], ASKED, agency=place.late, tasks=[task],
        summary="Nhiệm vụ quá hạn kéo dài, đã nhắc nhưng chưa có báo cáo kết quả.",
    )  # fmt: skip
    return lifecycle.ask_statement(
        case, place["internal affairs"], ASKED, due_on=date(2026, 11, 9), summary=case.summary
    )


def test_a_head_states_the_own_side_on_a_telephone(phone, axe, tmp_path):
    """Rules 9.1, 5.14: the draft is kept and the head's alone, then it is sent once."""
    with time_machine.travel(STATED):
        place = district()
        case = case_with_its_chain(place)
        log_in(phone, place["head concerned"].user, case.get_absolute_url())
        axe(phone)
        phone.get_by_role("link", name="Giải trình", exact=True).click()
        expect(phone.get_by_text("Chỉ gửi một lần")).to_be_visible()
        phone.get_by_label("Giải trình của cơ quan").fill("Chờ số liệu khảo sát của xã.")
        phone.get_by_role("button", name="Lưu bản nháp").click()

        expect(phone.get_by_text("không ai khác đọc được")).to_be_visible()
        axe(phone)
        note = tmp_path / "bien-ban.txt"
        note.write_text("Biên bản làm việc với xã")
        phone.get_by_label("Tệp").set_input_files(note)
        phone.get_by_role("button", name="Gửi giải trình").click()

        expect(phone.get_by_text("Đã gửi giải trình.")).to_be_visible()
        expect(phone.locator("#statement")).to_contain_text("bien-ban.txt")
    assert refreshed(case).statement.text == "Chờ số liệu khảo sát của xã."


def test_the_chair_decides_a_case(desktop, axe):
    """Rule 9.1: what happened in a chain of facts, the agency's side, two proposals, one act."""
    with time_machine.travel(DECIDED):
        place = district()
        case = case_with_its_chain(place)
        lifecycle.state_side(case, place["head concerned"], STATED, text="Chờ số liệu của xã.")
        for role, measure in (("chief", "review"), ("internal affairs", "criticise")):
            case = lifecycle.sign(
                refreshed(case), place[role], moment("2026-11-06"), measure=measure,
                text="Không báo cáo vướng mắc, không xin gia hạn.",
            )  # fmt: skip
        log_in(desktop, place["chair"].user)

        desktop.get_by_role("link", name="Xử lý trách nhiệm").click()
        expect(desktop.get_by_role("heading", level=1)).to_contain_text("1 vụ việc chờ")
        axe(desktop)
        follow(desktop.get_by_role("link", name=place.late.name))
        axe(desktop)
        desktop.get_by_role("link", name="Quyết định", exact=True).click()
        expect(desktop.get_by_text("vẫn chưa hoàn thành, quá hạn 34 ngày")).to_be_visible()
        expect(desktop.get_by_text("Chờ số liệu của xã.")).to_be_visible()
        axe(desktop)
        desktop.get_by_role("radio", name="phê bình").check()
        desktop.get_by_label("Nội dung chỉ đạo đối với cơ quan").fill("Rút kinh nghiệm sâu sắc.")
        desktop.get_by_role("button", name="Quyết định").click()

        expect(desktop.get_by_text("Đã ghi nhận quyết định.")).to_be_visible()
        desktop.get_by_role("link", name="Cấp số và phát hành").click()
        expect(desktop.get_by_role("heading", level=1)).to_contain_text("phê bình")
        number_and_issue(desktop, axe)
    case = refreshed(case)
    assert (case.measure, case.paper.state) == ("criticise", "issued")


def test_the_clerk_numbers_and_issues_the_praise_the_chair_decided(desktop, axe):
    """Rules 2.8, 9.1: from the register; the agency then reads that its letter is issued."""
    with time_machine.travel(PRAISED):
        place = district()
        praise = praise_decided(place)
        log_in(desktop, place["office clerk"].user)

        follow(desktop.get_by_role("link", name="…/"))
        number_and_issue(desktop, axe)

        log_in(desktop, place["head concerned"].user, praise.get_absolute_url())
        expect(desktop.get_by_text(refreshed(praise).paper.symbol).first).to_be_visible()
    assert refreshed(praise).paper.state == "issued"


def number_and_issue(page, axe) -> None:
    """Give the signed paper on the page its number of today, and send it out (rule 2.8)."""
    axe(page)
    follow(page.get_by_role("button", name="Cấp số", exact=True))
    expect(page.get_by_role("heading", level=1)).to_contain_text("01/")
    follow(page.get_by_role("button", name="Phát hành văn bản"))
    expect(page.get_by_text("đã phát hành văn bản")).to_be_visible()
    axe(page)
