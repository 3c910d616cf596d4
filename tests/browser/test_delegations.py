"""A head lends authority on a phone and takes it back (rule 2.2)."""

from datetime import date, timedelta

import pytest
from django.urls import reverse

from agencies.acting import acting_choices
from agencies.models import Delegation
from tests.browser.steps import complaints_of, fits, log_in, picture
from tests.factories import AgencyFactory, OfficeFactory, head_of, staff_of

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.mark.parametrize("size", ["desktop", "phone"])
def test_a_head_lends_authority_and_takes_it_back(size, request, axe):
    OfficeFactory()
    head = head_of(AgencyFactory(name="Phòng Tài nguyên và Môi trường", short_name="Phòng TN&MT"))
    staff = staff_of(head.agency, user__full_name="Phạm Tuấn Kiệt")
    today = date.today()
    page = request.getfixturevalue(size)
    complaints = complaints_of(page)
    log_in(page, head.post, reverse("delegation_new"))

    page.select_option("[name=to_post]", str(staff.post.pk))
    page.check("[name=kinds][value=answer]")
    page.check("[name=kinds][value=work]")
    page.fill("[name=ends_on]", (today + timedelta(days=14)).isoformat())
    page.fill("[name=document_number]", "15/UQ-TNMT")
    picture(page, f"delegation-new-{size}")
    axe(page)
    assert fits(page)
    page.click("main form button.btn-primary")
    page.wait_for_url("**/delegations/**")

    assert len(acting_choices(staff.user, today)) == 2
    picture(page, f"delegations-{size}")
    axe(page)
    assert fits(page)
    page.click(f"#delegation-{Delegation.objects.get().pk} button")
    page.wait_for_selector("details summary")
    page.click("main details summary")
    picture(page, f"delegations-ended-{size}")
    axe(page)
    assert len(acting_choices(staff.user, today)) == 1
    assert complaints == []
