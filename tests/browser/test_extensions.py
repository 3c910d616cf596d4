"""A head asks for an extension on a telephone, the leader grants it there (rule 5.6)."""

import pytest
from playwright.sync_api import expect

from agencies.functions import Function
from tasks import lifecycle
from tests import factories as make
from tests.browser.steps import fits, log_in, picture

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("clock_from_now")]
GIVEN, NOW = make.moment("2026-11-02"), make.moment("2026-11-19", 10)


@pytest.fixture
def people():
    """The chief, the Chair, a Vice Chair who supervises, and the head of a department."""
    chief, chair = make.office_chief(), make.chair()
    agency = make.land_department()
    deputy = make.actor_of(
        make.PostFactory(
            function=Function.LEADER, is_deputy=True, agency=make.LeadersFactory(),
            user__full_name="Lê Quang Hưng",
        )
    )  # fmt: skip
    deputy.post.agencies.add(agency)
    head = make.head_of(agency, user__full_name="Nguyễn Văn Minh")
    return {"chief": chief, "chair": chair, "deputy": deputy, "head": head}


@pytest.fixture
def task(people):
    """Assigned by the city, due three days ago."""
    city = make.AuthorityFactory(
        code="thanh-pho", name="UBND thành phố", level="city", is_superior=True
    )
    return make.assigned_task(
        people["head"].agency,
        actor=people["chief"],
        at=GIVEN,
        assigned_by=city,
        due_at=make.moment("2026-12-05", 0),
        title="Báo cáo kết quả xử lý các điểm tập kết rác tự phát trên địa bàn huyện",
    )


def test_a_late_request_is_granted_with_its_effect_beside_the_buttons(
    phone, desktop, axe, people, task
) -> None:
    """Rule 5.6: asked on a phone; the leader reads what granting does, and grants the day."""
    lifecycle.move_deadline(
        task, people["chair"], GIVEN,
        due_on=make.moment("2026-11-16").date(), reason="Cần sớm để tổng hợp.",
    )  # fmt: skip

    log_in(phone, people["head"], task.get_absolute_url())
    picture(phone, "extension-head-task-phone")
    phone.get_by_role("link", name="Đề nghị gia hạn").click()
    expect(phone.get_by_label("Hạn mới")).to_be_visible()
    axe(phone)
    phone.get_by_label("Hạn mới").fill("2026-11-30")
    phone.get_by_label("Lý do cần thêm thời gian").fill(
        "Chờ kết quả phân tích mẫu nước của Trung tâm quan trắc, hẹn trả ngày 27/11."
    )
    picture(phone, "extension-ask-phone")
    phone.get_by_role("button", name="Đề nghị gia hạn").click()
    expect(phone.get_by_text("đề nghị gia hạn trễ, chờ quyết định")).to_be_visible()
    picture(phone, "extension-asked-phone")
    axe(phone)
    assert fits(phone)

    log_in(desktop, people["chief"], task.get_absolute_url())
    expect(desktop.get_by_text("Lê Quang Hưng quyết định")).to_be_visible()
    picture(desktop, "extension-chief-desktop")

    log_in(phone, people["deputy"], task.get_absolute_url())
    expect(phone.get_by_text("còn cách hạn của UBND thành phố (04/12/2026)")).to_be_visible()
    picture(phone, "extension-decide-phone")
    log_in(desktop, people["deputy"], task.get_absolute_url())
    picture(desktop, "extension-decide-desktop")
    axe(desktop)
    desktop.get_by_role("link", name="Đồng ý ngày khác").click()
    expect(desktop.get_by_label("Số văn bản của cấp trên")).to_be_visible()
    picture(desktop, "extension-other-day-desktop")
    axe(desktop)

    phone.get_by_role("button", name="Đồng ý 30/11/2026").click()
    expect(phone.get_by_text("Đã đồng ý gia hạn.")).to_be_visible()
    picture(phone, "extension-granted-phone")
    task.refresh_from_db()
    assert task.due_at == make.moment("2026-12-01", 0)
