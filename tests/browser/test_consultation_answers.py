"""A commune chair answers on a telephone; another lets the deadline pass (issue 4)."""

from datetime import timedelta

import pytest
import time_machine
from playwright.sync_api import expect

from agencies.models import Event
from consultations.models import Reply
from consultations.sweep import record_deemed
from tests.browser.steps import log_in
from tests.consultations.asking import asked, found_silence_rule, line_of
from tests.factories import (
    AgencyFactory,
    AgencyKindFactory,
    OfficeFactory,
    head_of,
    moment,
)

pytestmark = pytest.mark.django_db(transaction=True)

ASKED = moment("2026-11-16", 9)
DUE = moment("2026-11-23", 17)
MORNING = moment("2026-11-23", 9, 55)


@pytest.fixture
def clock():
    with time_machine.travel(MORNING) as traveller:
        yield traveller


@pytest.fixture
def communes():
    OfficeFactory()
    kind = AgencyKindFactory(code="xa", name="Xã", order=8)
    return [
        AgencyFactory(code=code, name=name, short_name=name, kind=kind)
        for code, name in [("qt", "UBND xã Quang Trung"), ("at", "UBND xã An Tiến")]
    ]


@pytest.fixture
def consultation(communes):
    found_silence_rule(since=moment("2026-11-02"))
    asker = head_of(AgencyFactory(name="Phòng Kinh tế và Hạ tầng", short_name="Phòng KT&HT"))
    return asked(
        *communes,
        by=asker,
        at=ASKED,
        due=DUE,
        questions=[
            ("Ranh giới lô A có chồng lấn đất nông nghiệp đang canh tác không?",),
            ("Điểm đấu nối thoát nước phía nam có phù hợp không?", False, "chi tiết kỹ thuật"),
        ],
    )


def test_a_chair_answers_in_three_clicks_on_a_telephone(phone, axe, clock, communes, consultation):
    """Rules 6.2, 6.4; picture 3: the card at home, the stance, the send button."""
    chair = head_of(communes[0])
    log_in(phone, chair.user)

    phone.get_by_role("link", name="Trả lời", exact=True).click()
    expect(phone.get_by_text("còn 7 giờ, hết hạn 17:00 hôm nay")).to_be_visible()
    axe(phone)
    phone.get_by_text("Đồng ý, có góp ý").click()
    phone.get_by_label("Câu 1.").fill("Có chồng lấn 0,4 ha tại thửa 212.")
    phone.get_by_role("button", name="Gửi ý kiến của xã").click()

    expect(phone.get_by_text("Đã gửi ý kiến.")).to_be_visible()
    sent = Reply.objects.get(opinion__agency=communes[0])
    assert (sent.stance, sent.event.act) == ("with_comments", "opinion.replied")
    axe(phone)
    phone.get_by_role("link", name="Xin ý kiến", exact=True).last.click()
    expect(phone.get_by_role("heading", level=1)).to_have_text(
        "Không có yêu cầu xin ý kiến nào chờ trả lời"
    )
    axe(phone)


def test_silence_past_the_deadline_is_shown_as_agreement_without_any_job(
    desktop, axe, clock, communes, consultation
):
    """Rule 6.3: deemed agreed is a fact of time; a late reply stands beside it."""
    asker, chair = consultation.asked_by.user, head_of(communes[1])
    line = line_of(communes[1])
    log_in(desktop, chair.user, f"/opinions/{line.pk}/answer/")
    expect(desktop.get_by_role("button", name="Gửi ý kiến của xã")).to_be_visible()

    clock.move_to(DUE)
    desktop.get_by_role("radio", name="Không đồng ý").check()
    desktop.get_by_label("Câu 1.").fill("Chưa thống nhất ranh giới.")
    desktop.get_by_role("button", name="Gửi ý kiến của xã").click()

    expect(desktop.get_by_text("Đã lưu là trả lời muộn")).to_be_visible()
    expect(desktop.locator(f"#line-{line.pk}")).to_contain_text("được xác định là đồng ý")
    expect(desktop.locator(f"#line-{line.pk}")).to_contain_text("trả lời muộn")
    axe(desktop)

    assert record_deemed(DUE + timedelta(minutes=5)) == 2
    event = Event.objects.get(act="opinion.deemed_agreed", thing_id=line.pk)
    assert event.effective_at == DUE
    clock.move_to(DUE + timedelta(minutes=6))
    log_in(desktop, asker, consultation.get_absolute_url())
    expect(desktop.locator(f"#line-{line.pk}")).to_contain_text("ghi nhận lúc 23/11/2026 17:05")


def test_a_head_asks_without_losing_anything(desktop, axe, clock, communes):
    """Rule 6.1: preview, one more question, send."""
    found_silence_rule(since=moment("2026-11-02"))
    asker = head_of(AgencyFactory(name="Phòng Tài chính – Kế hoạch"))
    log_in(desktop, asker.user, "/consultations/new/")

    desktop.get_by_label("Nội dung xin ý kiến").fill("Dự toán bổ sung")
    desktop.get_by_label("Quy định yêu cầu xin ý kiến").fill("Điều 19 Quy chế làm việc")
    desktop.get_by_label("Câu 1.").fill("Mức bổ sung có phù hợp không?")
    desktop.get_by_text("UBND xã Quang Trung", exact=True).click()
    axe(desktop)
    desktop.get_by_role("button", name="Thêm câu hỏi").click()
    expect(desktop.get_by_label("Câu 1.")).to_have_value("Mức bổ sung có phù hợp không?")
    desktop.get_by_role("button", name="Xem thời hạn và cơ quan được hỏi").click()
    expect(desktop.get_by_text("Sẽ xin ý kiến 1 cơ quan, thời hạn 30/11/2026")).to_be_visible()
    axe(desktop)
    desktop.get_by_role("button", name="Gửi xin ý kiến").click()

    expect(desktop.get_by_text("0/1 cơ quan đã trả lời")).to_be_visible()
