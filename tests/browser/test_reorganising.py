"""The chief shares out a closed centre's work between two successors, and takes it back (2.5)."""

import re

import pytest
import time_machine
from playwright.sync_api import expect

from tasks.models import Task
from tests import factories as make
from tests.agencies.reorganised import succeed
from tests.browser.steps import follow, log_in, picture

pytestmark = pytest.mark.django_db(transaction=True)
GIVEN, NOW = make.moment("2026-11-02"), make.moment("2026-11-16", 10)


@pytest.fixture
def split():
    """A centre closed on 10/11, two open tasks of it, two successors, the chief."""
    with time_machine.travel(NOW):
        chief = make.office_chief()
        old = make.AgencyFactory(code="quy-dat", name="Trung tâm Phát triển quỹ đất")
        land = make.AgencyFactory(code="tnmt", name="Phòng Tài nguyên và Môi trường")
        works = make.AgencyFactory(code="qlda", name="Ban Quản lý dự án")
        for title in ("Giải phóng mặt bằng đường 360", "Đấu giá 12 lô đất"):
            make.assigned_task(
                old, GIVEN, actor=chief, title=title, due_at=make.moment("2026-11-28", 0)
            )
        succeed(old, land, works)
        yield chief, land, works


@pytest.mark.parametrize("screen", ["desktop", "phone"])
def test_a_split_is_moved_line_by_line_and_undone(screen, request, axe, split):
    """Rule 2.5: an explicit operation with a preview, undoable until the first act."""
    chief, land, works = split
    page = request.getfixturevalue(screen)
    log_in(page, chief, "/")

    follow(page.get_by_role("link", name="Xem và chuyển"))
    axe(page)
    picture(page, f"reorganise-{screen}-preview")
    page.get_by_label(re.compile("Cơ quan kế thừa: .*Đấu giá")).select_option(label=land.short_name)
    page.get_by_label("Cho mọi dòng chưa chọn").select_option(label=works.short_name)
    page.get_by_role("button", name="Điền").click()
    page.get_by_label("Số quyết định").fill("1204/QĐ-UBND")
    page.get_by_role("button", name="Chuyển 2 việc").click()

    expect(page.get_by_role("heading", level=1)).to_contain_text("Đã chuyển 2 việc")
    assert set(Task.objects.filter(previous__isnull=False).values_list("lead", flat=True)) == {
        land.pk, works.pk,
    }  # fmt: skip
    axe(page)
    picture(page, f"reorganise-{screen}-moved")

    page.get_by_role("button", name="Hoàn lại việc chuyển").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("2 việc đang mở")
    assert Task.objects.filter(previous__isnull=True, state="assigned").count() == 2
