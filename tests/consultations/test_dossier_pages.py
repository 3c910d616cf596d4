"""The pages of dossiers: prepared, submitted, returned, decided by clicking (domain 7)."""

from datetime import timedelta

import pytest
import time_machine
from django.urls import reverse

from consultations.lifecycle import dossiers
from consultations.models import ChecklistItem, Dossier, ReturnCode
from tests.consultations.asking import ASKED, asked
from tests.factories import AgencyFactory, chair, head_of, office_chief, officer

pytestmark = pytest.mark.django_db

NOW = ASKED + timedelta(hours=5)


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(NOW, tick=False) as traveller:
        yield traveller


@pytest.fixture
def office():
    return {"chief": office_chief(), "officer": officer(), "chair": chair()}


@pytest.fixture
def submitter(office):
    return head_of(AgencyFactory(name="Phòng Kinh tế và Hạ tầng"))


@pytest.fixture
def dossier(submitter):
    return dossiers.begin_dossier(submitter, NOW, title="Quy hoạch khu dân cư", recipient="chair")


def post(client, actor, url, **data):
    client.force_login(actor.user)
    return client.post(url, {"acting": actor.key, **data})


def page(client, actor, url) -> str:
    client.force_login(actor.user)
    return client.get(url).content.decode()


def act_url(dossier: Dossier, act: str) -> str:
    return reverse("dossier_act", args=[dossier.code, act])


def test_an_agency_opens_a_dossier_on_its_form(client, submitter):
    """Rule 7.1: head or staff prepare."""
    answer = post(
        client, submitter, reverse("dossier_new"), title="Quy chế chợ", recipient="committee"
    )

    assert answer.status_code == 302
    assert Dossier.objects.get().agency == submitter.agency


def test_a_vice_chair_must_be_named(client, submitter):
    """Rule 7.1: to one addressee; the message stands beside the field, what was typed stays."""
    answer = post(
        client, submitter, reverse("dossier_new"), title="Quy chế chợ", recipient="vice_chair"
    )

    assert answer.status_code == 409
    assert "Quy chế chợ" in answer.content.decode()


def test_the_page_says_exactly_what_blocks_it(client, submitter, dossier, commune):
    """Rule 7.1: which consultation, which agency, what to do."""
    consultation = asked(commune, by=submitter, dossier=dossier)

    text = page(client, submitter, dossier.get_absolute_url())
    answer = post(
        client, submitter, act_url(dossier, "submit"), text="Kính trình", proposal="Duyệt"
    )

    assert consultation.code in text
    assert commune.short_name in text
    assert answer.status_code == 409
    assert "Kính trình" in answer.content.decode()


def test_from_the_submission_to_the_decision_by_clicking(client, submitter, dossier, office):
    """Rules 7.2, 7.3."""
    post(client, submitter, act_url(dossier, "submit"), text="Kính trình", proposal="Duyệt")
    checks = {f"met-{item.pk}": "yes" for item in ChecklistItem.objects.all()}
    post(client, office["officer"], act_url(dossier, "check"), **checks)
    post(client, office["chief"], act_url(dossier, "pass_on"), note="Đủ điều kiện.")
    post(client, office["chair"], act_url(dossier, "approve"), text="")

    assert Dossier.objects.get().state == "approved"
    assert dossier.versions.get().checks.count() == ChecklistItem.objects.count()


def test_returned_the_agency_reads_why_and_what_to_do(client, submitter, dossier, office):
    """Rule 7.2: with a coded reason."""
    post(client, submitter, act_url(dossier, "submit"), text="Kính trình", proposal="Duyệt")
    code = ReturnCode.objects.get(code="incomplete")

    post(
        client, office["chief"], act_url(dossier, "give_back"), reason=code.pk,
        defects="1. Thiếu bản đồ hiện trạng.",
    )  # fmt: skip

    text = page(client, submitter, dossier.get_absolute_url())
    assert "1. Thiếu bản đồ hiện trạng." in text
    assert code.name in text
    assert act_url(dossier, "submit") in text


def test_the_list_narrows_to_whose_hands_they_are_in(client, submitter, dossier, office):
    """Standards: the state of a list is in its address."""
    post(client, submitter, act_url(dossier, "submit"), text="Kính trình", proposal="Duyệt")
    url = reverse("dossiers")

    assert dossier.code in page(client, office["chief"], f"{url}?hands=office")
    assert dossier.code not in page(client, office["chief"], f"{url}?hands=leader")


def test_the_list_asks_a_constant_number_of_questions(
    client, submitter, django_assert_max_num_queries
):
    """Standards."""
    for n in range(12):
        dossiers.begin_dossier(submitter, NOW, title=f"Hồ sơ {n}", recipient="chair")
    page(client, submitter, reverse("dossiers"))

    with django_assert_max_num_queries(16):
        client.get(reverse("dossiers"))
