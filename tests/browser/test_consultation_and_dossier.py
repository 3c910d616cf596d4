"""A chair answers on a telephone far away; what was said goes into a dossier and is decided.

Rules 6.2, 6.9, 7.
"""

import pytest
import time_machine
from playwright.sync_api import expect

from consultations import lifecycle
from consultations.lifecycle.preparing import begin_dossier
from consultations.models import Dossier, Opinion, Reply
from consultations.stances import Outcome
from tests import factories as make
from tests.browser.steps import follow, log_in, picture
from tests.consultations.asking import asked, found_silence_rule, outcome_of

pytestmark = pytest.mark.django_db(transaction=True)

ASKED = make.moment("2026-11-16", 9)
DUE = make.moment("2026-11-23", 17)
MORNING = make.moment("2026-11-23", 9, 55)
AFTER = make.moment("2026-11-24", 9)
TITLES = (
    "Quy hoạch khu dân cư Trường Sơn", "Tuyến ống thoát nước đường 360",
    "Quy chế quản lý chợ Quang Trung", "Bảng giá đất điều chỉnh",
)  # fmt: skip


@pytest.fixture
def clock():
    with time_machine.travel(MORNING) as traveller:
        yield traveller


@pytest.fixture
def commune(clock):
    make.OfficeFactory()
    found_silence_rule()
    kind = make.AgencyKindFactory(code="xa", name="Xã", order=8)
    return make.AgencyFactory(
        code="qt", name="UBND xã Quang Trung", short_name="UBND xã Quang Trung", kind=kind
    )


@pytest.fixture
def requester():
    agency = make.AgencyFactory(name="Phòng Kinh tế và Hạ tầng", short_name="Phòng KT&HT")
    return make.head_of(agency)


@pytest.mark.browser_context_args(timezone_id="America/Los_Angeles")
def test_a_chair_agrees_comments_disagrees_and_returns_on_a_telephone_abroad(
    phone, axe, commune, requester
):
    """Rules 3, 6.2, 6.5: the offices' hours are shown and count, wherever the browser stands."""
    chair = make.head_of(commune)
    for title in TITLES:
        asked(commune, by=requester, at=ASKED, due=DUE, title=title)
    log_in(phone, chair)
    picture(phone, "phone-home")

    said = {
        "agreed": "",
        "with_comments": "Bổ sung hố ga tại thửa 212.",
        "disagreed": "Mức thu cao hơn khung.",
        "returned": "Thuộc chức năng Phòng Tài nguyên và Môi trường.",
    }
    for title, (stance, text) in zip(TITLES, said.items(), strict=True):
        line = Opinion.objects.get(consultation__title=title)
        phone.goto(f"/opinions/{line.pk}/answer/")
        expect(phone.get_by_text("còn 7 giờ, hết hạn 17:00 hôm nay")).to_be_visible()
        phone.locator(f"label.choice:has(input[value={stance}])").click()
        if text:
            phone.get_by_label("Câu 1.").fill(text)
        if stance == "returned":
            phone.locator("[name=competent_words]").fill("Phòng Tài nguyên và Môi trường")
        picture(phone, f"phone-answer-{stance}")
        phone.get_by_role("button", name="Gửi ý kiến của xã").click()
        sent_words = "muộn so với thời hạn" if stance == "returned" else "Đã gửi ý kiến."
        expect(phone.get_by_text(sent_words)).to_be_visible()
    axe(phone)
    picture(phone, "phone-board")

    sent = Reply.objects.order_by("pk").values_list("stance", flat=True)
    assert list(sent) == list(said)
    assert Opinion.objects.with_outcome(DUE).filter(outcome=Outcome.RETURNED).count() == 1


def test_comments_are_settled_and_the_dossier_goes_its_whole_way(
    desktop, axe, clock, commune, requester
):
    """Rules 6.9, 7.1 to 7.3: settled, submitted, returned with a code, a new version, decided."""
    chair_of_commune = make.head_of(commune)
    people = {"officer": make.officer(), "chief": make.office_chief(), "chair": make.chair()}
    dossier = begin_dossier(requester, ASKED, title=TITLES[0], recipient="chair")
    consultation = asked(
        commune, by=requester, at=ASKED, due=DUE, title=TITLES[0], dossier=dossier,
        questions=[("Ranh giới lô A có chồng lấn không?",), ("Cao độ nền có phù hợp không?",)],
    )  # fmt: skip
    first, second = consultation.questions.all()
    line = consultation.opinions.get()
    lifecycle.reply(
        line.pk, chair_of_commune, lambda: MORNING,
        answers={
            first: ("with_comments", "Bổ sung mốc giới tại thửa 212."),
            second: ("with_comments", "Nâng cao độ nền thêm 0,3 m."),
        },
    )  # fmt: skip
    clock.move_to(AFTER)

    # What stands against it, with the way to what is to be done.
    log_in(desktop, requester, dossier.get_absolute_url())
    expect(desktop.get_by_text("Còn 1 vướng mắc, chưa trình được:")).to_be_visible()
    picture(desktop, "dossier-blocked")
    desktop.locator(".callout-late a").first.click()
    picture(desktop, "settle")
    desktop.locator("input[value=yes]").first.check()
    desktop.locator("input[value=no]").last.check()
    desktop.get_by_label("Nội dung tiếp thu hoặc lý do không tiếp thu").first.fill(
        "Đã bổ sung mốc M7."
    )
    desktop.get_by_label("Nội dung tiếp thu hoặc lý do không tiếp thu").last.fill(
        "Theo cốt khống chế đã duyệt."
    )
    axe(desktop)
    desktop.locator("form .btn-primary").click()
    assert outcome_of(line, AFTER) == Outcome.WITH_COMMENTS

    # Submitted.
    desktop.goto(dossier.get_absolute_url())
    desktop.get_by_role("link", name="Trình hồ sơ").click()
    desktop.locator("#id_text").fill("Kính trình Chủ tịch UBND huyện đồ án quy hoạch.")
    desktop.locator("#id_proposal").fill("Phê duyệt đồ án quy hoạch.")
    picture(desktop, "dossier-submit")
    desktop.get_by_role("button", name="Trình hồ sơ").click()
    state(dossier, "submitted")

    # The Office returns it with a code.
    log_in(desktop, people["chief"], dossier.get_absolute_url())
    picture(desktop, "dossier-chief")
    desktop.get_by_role("link", name="Trả lại hồ sơ").click()
    desktop.get_by_role("radio").first.check()
    desktop.locator("#id_defects").fill("1. Thiếu bản đồ hiện trạng.")
    picture(desktop, "dossier-give-back")
    desktop.locator("form .btn-primary").click()
    state(dossier, "returned")

    # It comes back as a new version, with what differs.
    log_in(desktop, requester, dossier.get_absolute_url())
    expect(desktop.locator(".callout-late")).to_contain_text("1. Thiếu bản đồ hiện trạng.")
    picture(desktop, "dossier-returned")
    desktop.get_by_role("link", name="Trình hồ sơ").click()
    desktop.locator("#id_text").fill("Kính trình Chủ tịch UBND huyện đồ án và bản đồ hiện trạng.")
    desktop.locator("#id_changes").fill("Bổ sung bản đồ hiện trạng.")
    follow(desktop.get_by_role("button", name="Trình hồ sơ"))
    axe(desktop)
    picture(desktop, "dossier-second")

    # Checked, passed on, decided.
    log_in(desktop, people["chief"], dossier.get_absolute_url())
    desktop.locator("a[href*='/check/']").click()
    for met in desktop.locator("input[type=radio][value=yes]").all():
        met.check()
    follow(desktop.locator("form .btn-primary"))
    desktop.get_by_role("link", name="Trình lãnh đạo").click()
    picture(desktop, "dossier-pass-on")
    desktop.locator("form .btn-primary").click()
    state(dossier, "passed")
    log_in(desktop, people["chair"], dossier.get_absolute_url())
    picture(desktop, "dossier-chair")
    desktop.get_by_role("link", name="Phê duyệt", exact=True).click()
    desktop.locator("form .btn-primary").click()
    state(dossier, "approved")
    axe(desktop)
    picture(desktop, "dossier-approved")
    desktop.set_viewport_size({"width": 390, "height": 844})
    picture(desktop, "dossier-phone")


def state(dossier: Dossier, expected: str) -> None:
    """The dossier got there (the page that follows the click was loaded)."""
    dossier.refresh_from_db()
    assert dossier.state == expected
