"""Heads on a telephone report with a photo, raise a difficulty, give a share; the chief answers
with a new deadline (rules 5.4, 5.8, 5.9, 5.12; issue 5, "shown by")."""

import base64
from datetime import date

import pytest
from playwright.sync_api import expect

from agencies.models import Attachment, Delegation
from tasks import lifecycle
from tasks.models import Obstacle, Task
from tests import factories as make
from tests.browser.steps import follow, log_in

pytestmark = pytest.mark.django_db(transaction=True)
GIVEN, NOW = make.moment("2026-11-02"), make.moment("2026-11-18", 10)
PHOTO = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8BQDwAEhQGAhKmMIQAAAABJRU5ErkJggg=="
)
DIFFICULTY = "Chưa có kinh phí phân tích 20 mẫu nước."


@pytest.fixture
def people():
    """The chief with the Chair's authority on deadlines, an officer, a department, a commune."""
    chief, chair = make.office_chief(), make.chair()
    Delegation.objects.create(
        from_post=chair.post, to_post=chief.post, document_number="9/UQ", acts=["task."],
        starts_on=GIVEN.date(), ends_on=date(2026, 12, 31),
    )  # fmt: skip
    land = make.land_department()
    commune = make.AgencyFactory(code="xa", name="UBND xã Quang Trung")
    return {
        "chief": chief,
        "chair": chair,
        "officer": make.officer(),
        "head": make.head_of(land, user__full_name="Nguyễn Văn Minh"),
        "staff": make.staff_of(land, user__full_name="Đỗ Thị Mai"),
        "helper": make.head_of(commune),
    }


@pytest.fixture
def task(people, clock) -> Task:
    """Accepted, overdue since the 17th, with a commune that helps."""
    given = make.assigned_task(
        people["head"].agency,
        actor=people["chief"],
        at=GIVEN,
        officer=people["officer"].post,
        supervisor=people["chair"].post,
        coordinating=[people["helper"].agency],
        title="Xử lý các điểm tập kết rác tự phát",
    )
    return lifecycle.accept(given, people["head"], GIVEN)


@pytest.fixture
def photo(tmp_path):
    path = tmp_path / "hien-truong.png"
    path.write_bytes(PHOTO)
    return path


def test_a_head_reports_with_a_photo(phone, axe, people, task, photo) -> None:
    """Rule 5.4: from the first page to the sent report, with the telephone's own picture."""
    log_in(phone, people["head"])
    phone.get_by_role("link", name="Báo cáo hoàn thành").click()
    phone.get_by_label("Kết quả thực hiện").fill("Đã xử lý 13 trong 13 điểm.")
    phone.get_by_label("Tệp minh chứng").set_input_files(photo)
    phone.get_by_role("button", name="Báo cáo hoàn thành").click()

    expect(phone.get_by_text("Đã gửi báo cáo; Văn phòng sẽ kiểm tra.")).to_be_visible()
    axe(phone)
    assert Attachment.objects.of(task).get().content_type == "image/png"


def test_a_head_says_why_it_is_late_and_until_when(phone, axe, people, task) -> None:
    """Rule 5.12: the card asks for the cause; the commitment stands on the task's page."""
    log_in(phone, people["head"])
    follow(phone.get_by_role("link", name="Nêu nguyên nhân chậm"))
    axe(phone)
    phone.get_by_label("Nguyên nhân chậm").fill("Chờ kết quả phân tích mẫu nước.")
    phone.get_by_label("Cam kết hoàn thành đến hết ngày").fill("2026-11-27")
    phone.get_by_role("button", name="Nêu nguyên nhân chậm").click()

    heading = phone.get_by_role("heading", name="Cam kết hoàn thành ngày 27/11/2026")
    expect(heading).to_be_visible()


def test_a_difficulty_is_answered_with_a_new_deadline(
    phone, desktop, axe, people, task, photo
) -> None:
    """Rules 5.6, 5.12: reported on a telephone, answered and extended in one step, seen at once."""
    log_in(phone, people["head"], task.get_absolute_url())
    phone.get_by_text("Thêm", exact=False).first.click()
    phone.get_by_role("link", name="Báo cáo khó khăn, vướng mắc").click()
    phone.get_by_label("Khó khăn, vướng mắc").fill(DIFFICULTY)
    phone.get_by_label("Chánh Văn phòng").check()
    phone.get_by_label("Tệp đính kèm").first.set_input_files(photo)
    axe(phone)
    phone.get_by_role("button", name="Báo cáo khó khăn, vướng mắc").click()
    expect(phone.locator("#obstacles").get_by_text(DIFFICULTY)).to_be_visible()

    log_in(desktop, people["chief"])
    follow(desktop.get_by_role("link", name="1 vướng mắc chưa trả lời"))
    axe(desktop)
    desktop.get_by_role("link", name=DIFFICULTY).click()
    desktop.get_by_label("Nội dung trả lời").fill("Bố trí 45 triệu đồng; gia hạn để phân tích mẫu.")
    desktop.get_by_label("Hạn mới: ngày cuối cùng còn trong hạn").fill("2026-11-30")
    axe(desktop)
    desktop.get_by_role("button", name="Gửi trả lời").click()
    expect(desktop.get_by_text("đã trả lời, gia hạn đến 30/11/2026").first).to_be_visible()

    task.refresh_from_db()
    assert task.due_at == make.moment("2026-12-01", 0) == Obstacle.objects.get().granted_due_at
    log_in(phone, people["head"])
    expect(phone.get_by_text("đã trả lời, gia hạn đến 30/11/2026")).to_be_visible()
    axe(phone)


def test_a_commune_gives_its_share(phone, axe, people, task, photo) -> None:
    """Rule 5.9: the card says what is asked and by when; given, it is gone and the lead sees it."""
    share = lifecycle.Share(people["helper"].agency, "Ảnh các điểm tập kết", date(2026, 11, 20))
    lifecycle.divide(task, people["head"], NOW, shares=[share])

    log_in(phone, people["helper"])
    expect(phone.get_by_text("Ảnh các điểm tập kết")).to_be_visible()
    axe(phone)
    phone.get_by_role("link", name="Gửi phần việc phối hợp").click()
    phone.get_by_label("Nội dung phối hợp của cơ quan").fill("Có 03 điểm, ảnh kèm theo.")
    phone.get_by_label("Tệp đính kèm").set_input_files(photo)
    axe(phone)
    phone.get_by_role("button", name="Gửi phần việc phối hợp").click()
    expect(phone.locator("#shares").get_by_text("đã gửi", exact=True)).to_be_visible()
    phone.goto("/my-work/")
    expect(phone.get_by_text("Ảnh các điểm tập kết")).to_have_count(0)

    log_in(phone, people["head"], task.get_absolute_url())
    expect(phone.get_by_text("Không còn chờ cơ quan phối hợp nào")).to_be_visible()


def test_handed_to_staff_who_asks_the_office(phone, desktop, axe, people, task) -> None:
    """Rules 5.8, 5.12: the handler works and writes; the officer reads the same thread."""
    log_in(phone, people["head"], task.get_absolute_url())
    phone.get_by_role("link", name="Giao chuyên viên thực hiện").click()
    phone.get_by_label("Giao cho").select_option(label="Đỗ Thị Mai, Chuyên viên")
    phone.get_by_role("button", name="Giao chuyên viên thực hiện").click()
    expect(phone.get_by_text("giao Đỗ Thị Mai thực hiện")).to_be_visible()

    log_in(phone, people["staff"])
    phone.get_by_role("link", name=task.title).click()
    phone.locator("#exchange summary").click()
    phone.get_by_label("Nội dung trao đổi").fill("Dùng biểu mẫu số 2 có đúng không?")
    axe(phone)
    phone.get_by_role("button", name="Gửi trao đổi").click()
    expect(phone.locator("#exchange").get_by_text("Dùng biểu mẫu số 2")).to_be_visible()

    log_in(desktop, people["officer"], task.get_absolute_url())
    expect(desktop.locator("#exchange").get_by_text("Dùng biểu mẫu số 2")).to_be_visible()
    axe(desktop)
