"""What is kept on an agency's page and in the leaders' portfolios, on both widths (rule 5.8)."""

from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from agencies.functions import Function
from agencies.models import AgencyCompetence
from agencies.regulations import add_regulation
from tests import factories as make
from tests.browser.steps import complaints_of, fits, log_in, picture

pytestmark = pytest.mark.django_db(transaction=True)
NAMES = ("Đất đai, tài nguyên, môi trường", "Khoáng sản", "Đo đạc, bản đồ")


@pytest.fixture
def head(db):
    make.OfficeFactory()
    agency = make.land_department()
    head = make.head_of(agency, user__full_name="Hoàng Văn Sơn")
    for number, name in enumerate(NAMES):
        competence = make.CompetenceFactory(code=f"linh-vuc-{number}", name=name)
        AgencyCompetence.objects.create(agency=agency, competence=competence)
    for year, number in ((2024, "03/QĐ-TNMT"), (2026, "12/QĐ-TNMT")):
        add_regulation(
            agency, head, timezone.now(), title="Quy chế làm việc của Phòng TN&MT",
            document_number=number, issued_on=date(year, 1, 12), starts_on=date(year, 1, 15),
            files=[SimpleUploadedFile("quy-che-lam-viec.txt", "Quy chế".encode())],
        )  # fmt: skip
    return head


@pytest.mark.parametrize("size", ["desktop", "phone"])
def test_a_head_names_who_handles_what(size, head, request, axe):
    staff = make.staff_of(head.agency, user__full_name="Phạm Tuấn Kiệt")
    page = request.getfixturevalue(size)
    complaints = complaints_of(page)
    log_in(page, head.post, reverse("agency_register", args=["tnmt"]))
    row = AgencyCompetence.objects.get(competence__name=NAMES[0])

    page.select_option(f"[name=responsible-{row.competence_id}]", str(staff.post.pk))
    picture(page, f"register-{size}")
    axe(page)
    assert fits(page)
    page.click("main form button.btn-primary")
    page.wait_for_url("**/agencies/tnmt/**")

    assert "Phạm Tuấn Kiệt" in page.locator("#register").inner_text()
    picture(page, f"agency-{size}")
    axe(page)
    assert fits(page)
    page.goto(reverse("regulation_new", args=["tnmt"]))
    picture(page, f"regulation-new-{size}")
    axe(page)
    assert fits(page)
    assert complaints == []


@pytest.mark.parametrize("size", ["desktop", "phone"])
def test_the_chair_shares_the_work_out(size, head, request, axe):
    chair = make.chair()
    vice = make.PostFactory(
        function=Function.LEADER, is_deputy=True, agency=chair.agency,
        user__full_name="Trần Quốc Hưng",
    )  # fmt: skip
    page = request.getfixturevalue(size)
    log_in(page, chair.post, reverse("portfolio", args=[vice.pk]))

    page.check("[name=competences] >> nth=0")
    page.check("[name=agencies] >> nth=1")
    picture(page, f"portfolio-{size}")
    axe(page)
    assert fits(page)
    page.click("main form button.btn-primary")
    page.wait_for_url("**/portfolios/")

    assert page.locator("h1").inner_text() == "2 lĩnh vực chưa có lãnh đạo phụ trách"
    picture(page, f"portfolios-{size}")
    axe(page)
    assert fits(page)
