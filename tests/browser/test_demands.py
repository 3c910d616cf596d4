"""What the district owes the city: noted, worked on, closed; chains and duties (rule 4.1)."""

from datetime import date

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from tasks import lifecycle
from tasks.demands import keeping
from tasks.demands.keeping import Wording
from tasks.directives.acknowledging import acknowledge
from tasks.models import Acknowledgement, Addressee, Demand, StandingDuty
from tests import factories as make
from tests.browser.steps import fits, follow, log_in, picture

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("clock_from_now")]
GIVEN, NOW = make.moment("2026-11-03"), make.moment("2026-11-24", 9)


@pytest.fixture
def people():
    """The chief, an officer, the heads of two departments."""
    heads = [
        make.head_of(make.AgencyFactory(code=code, name=name))
        for code, name in (
            ("tnmt", "Phòng Tài nguyên và Môi trường"),
            ("vhtt", "Phòng Văn hóa và Thông tin"),
        )
    ]
    return {"chief": make.office_chief(), "officer": make.officer(), "heads": heads}


@pytest.fixture
def city(people):
    """The city's letter, and the district's that implements it with a task and a duty."""
    issuer = make.AuthorityFactory(code="thanh-pho", name="UBND thành phố", is_superior=True)
    city = make.DirectiveFactory(
        issuer=issuer, number="966/UBND-TNMT", approved_at=GIVEN,
        abstract="V/v xử lý các điểm tập kết rác tự phát",
    )  # fmt: skip
    district = make.DirectiveFactory(implements=city, number="412/UBND-VP", approved_at=GIVEN)
    for head, due in zip(people["heads"], ("2026-11-20", "2026-12-01"), strict=True):
        make.assigned_task(
            head.agency, actor=people["chief"], directive=district, at=GIVEN,
            due_at=make.moment(due, 0),
        )  # fmt: skip
    duty = StandingDuty.objects.create(
        directive=district, clause="2", title="Không để phát sinh điểm tập kết rác tự phát mới",
        text="Không để phát sinh điểm tập kết rác tự phát mới trên địa bàn.", founded_at=GIVEN,
    )  # fmt: skip
    for head in people["heads"]:
        Addressee.objects.create(directive=district, agency=head.agency)
        duty.agencies.add(head.agency)
        one = Acknowledgement.objects.create(
            directive=district, agency=head.agency, due_at=make.moment("2026-11-10", 0)
        )
        if head is people["heads"][0]:
            acknowledge(one, head, GIVEN, spread_on=date(2026, 11, 3), how="Họp cơ quan.")
    return city


def test_a_demand_from_noting_to_closing(desktop, phone, axe, people, city) -> None:
    """Rule 4.1: noted on the directive's page, a task below it, closed by a document."""
    log_in(desktop, people["officer"], city.get_absolute_url())
    picture(desktop, "directive-superior-desktop")
    axe(desktop)
    follow(desktop.get_by_role("link", name="Ghi yêu cầu"))
    axe(desktop)
    desktop.get_by_label("Nội dung yêu cầu").fill("Báo cáo UBND thành phố kết quả xử lý rác thải")
    desktop.get_by_label("… hoặc ghi như văn bản").fill("trước ngày 05/12/2026")
    picture(desktop, "demand-new-desktop")
    desktop.get_by_role("button", name="Ghi yêu cầu").click()
    expect(desktop.get_by_text("Đã ghi yêu cầu.")).to_be_visible()
    demand = Demand.objects.get()
    assert demand.due_at == make.moment("2026-12-05", 0)

    log_in(desktop, people["chief"], demand.get_absolute_url())
    follow(desktop.get_by_role("link", name="Giao nhiệm vụ thực hiện"))
    axe(desktop)
    picture(desktop, "demand-task-new-desktop")
    desktop.get_by_label("Cấp giao").select_option(label="Chủ tịch UBND huyện An Bình")
    desktop.get_by_label("Cơ quan chủ trì").select_option(label="Phòng Tài nguyên và Môi trường")
    desktop.get_by_role("button", name="Giao nhiệm vụ").click()
    expect(desktop.get_by_text("Đã giao nhiệm vụ.")).to_be_visible()
    picture(desktop, "demand-task-desktop")

    log_in(desktop, people["officer"], demand.get_absolute_url())
    expect(desktop.get_by_text("Còn 1 nhiệm vụ chưa kết thúc")).to_be_visible()
    picture(desktop, "demand-desktop")
    axe(desktop)
    log_in(phone, people["officer"], demand.get_absolute_url())
    picture(phone, "demand-phone")
    axe(phone)
    assert fits(phone)
    phone.get_by_label("Số văn bản hoàn thành").fill("215/BC-UBND")
    phone.get_by_label("Ngày văn bản hoàn thành").fill("2026-11-23")
    phone.get_by_role("button", name="Ghi hoàn thành yêu cầu").click()
    expect(phone.get_by_text("hoàn thành đúng hạn").first).to_be_visible()


@pytest.mark.parametrize("size", ["desktop", "phone"])
def test_lists_chain_duties_and_dashboard(size, request, axe, people, city) -> None:
    """Rules 4.1, 4.3, 8.3: what is owed, the chain both ways, who acknowledged a standing duty."""
    page, chief = request.getfixturevalue(size), people["chief"]
    for title, due in (("Báo cáo kết quả xử lý rác thải", "2026-12-05"),
                       ("Báo cáo kiểm kê đất đai", "2026-11-20")):  # fmt: skip
        demand = keeping.note(
            city, people["officer"], GIVEN, wording=Wording(title), due_at=make.moment(due, 0)
        )
        make.assigned_task(actor=chief, at=GIVEN, demand=demand, due_at=make.moment(due, 0))
    lifecycle.ask_extension(
        make.assigned_task(people["heads"][0].agency, actor=chief, at=GIVEN), people["heads"][0],
        make.moment("2026-11-12"), due_on=date(2026, 11, 30), reason="Chờ số liệu.",
    )  # fmt: skip
    district = city.implemented_by.get()
    for name, address in (
        ("demands", reverse("demands")),
        ("dashboard-owed", reverse("dashboard")),
        ("directive-chain", district.get_absolute_url()),
        ("agency-duties", people["heads"][1].agency.get_absolute_url()),
        ("tasks-extension", f"{reverse('tasks')}?waiting=extension"),
        ("tasks-original", f"{reverse('tasks')}?deadline=original&state="),
    ):
        log_in(page, chief, address)
        for fold in page.locator("#duties details summary").all():
            fold.click()
        picture(page, f"{name}-{size}")
        axe(page)
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), name
