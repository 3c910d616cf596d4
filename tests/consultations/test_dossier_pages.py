"""The pages of dossiers: prepared, submitted, returned, decided by clicking (domain 7)."""

from datetime import timedelta

import pytest
import time_machine
from django.urls import reverse

from consultations.lifecycle.preparing import begin_dossier
from consultations.models import ChecklistItem, Dossier, ReturnCode
from tests.consultations.asking import ASKED, DUE, asked
from tests.factories import AgencyFactory, chair, head_of, office_chief, officer, staff_of
from tests.world import paper_file

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
    return begin_dossier(submitter, NOW, title="Quy hoạch khu dân cư", recipient="chair")


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
    assert "1. Thiếu bản đồ hiện trạng." in page(client, submitter, act_url(dossier, "submit"))


@pytest.mark.parametrize("met, ahead", [("yes", "pass_on"), ("no", "give_back")])
def test_what_the_check_speaks_for_comes_first(client, submitter, dossier, office, met, ahead):
    """Rule 7.2: unchecked the check is first; then passing on, or returning what is not met."""
    post(client, submitter, act_url(dossier, "submit"), text="Kính trình", proposal="Duyệt")
    client.force_login(office["chief"].user)
    assert client.get(dossier.get_absolute_url()).context["acts"][0].code == "check"

    items = ChecklistItem.objects.all()
    checks = {f"met-{item.pk}": met for item in items} | {f"note-{i.pk}": "Thiếu." for i in items}
    post(client, office["officer"], act_url(dossier, "check"), **checks)

    client.force_login(office["chief"].user)
    assert client.get(dossier.get_absolute_url()).context["acts"][0].code == ahead


def test_the_archives_list_says_file_code_and_retention(client, submitter, dossier, office):
    """Rule 7.3: of closed work files alone."""
    post(client, submitter, act_url(dossier, "submit"), text="Kính trình", proposal="Duyệt")
    checks = {f"met-{item.pk}": "yes" for item in ChecklistItem.objects.all()}
    post(client, office["officer"], act_url(dossier, "check"), **checks)
    post(client, office["chief"], act_url(dossier, "pass_on"), note="")
    post(client, office["chair"], act_url(dossier, "approve"), text="")
    result = {"document_number": "1310/QĐ-UBND", "document_on": "2026-11-16"}
    result["files"] = paper_file("1310-QD-UBND")
    post(client, office["chief"], act_url(dossier, "issue_result"), **result)
    archive = f"{reverse('dossiers')}?hands=archive"
    assert dossier.code not in page(client, office["chief"], archive)

    closing = {"file_code": "HS.07.2026", "retention": "20 năm"}
    post(client, submitter, act_url(dossier, "close_file"), **closing)

    listed = page(client, office["chief"], archive)
    assert "HS.07.2026" in listed
    assert "20 năm" in listed


def test_consultations_linked_are_told_by_their_name_in_the_story(client, submitter, commune):
    """Rule 7.1: labels of a story are the form's."""
    consultation = asked(commune, by=submitter)
    dossier = begin_dossier(submitter, NOW, title="Quy hoạch khu dân cư", recipient="chair")
    edited = {"title": dossier.title, "recipient": "chair", "version": 0}
    edited["consultations"] = consultation.pk
    post(client, submitter, reverse("dossier_edit", args=[dossier.code]), **edited)

    text = page(client, submitter, dossier.get_absolute_url())

    assert "Các lần xin ý kiến làm căn cứ" in text


def test_saving_the_heading_keeps_a_round_that_was_asked_again(
    client, submitter, dossier, commune, clock
):
    """Rules 6.7, 7.1: what the form does not offer, saving it must not take away."""
    first = asked(commune, by=submitter, dossier=dossier)
    clock.move_to(DUE)
    asked(commune, by=submitter, at=DUE, previous=first)
    url = reverse("dossier_edit", args=[dossier.code])
    client.force_login(submitter.user)
    ticked = client.get(url).context["form"]["consultations"]

    post(
        client, submitter, url, title="Quy hoạch A", recipient="chair", version="0",
        consultations=[one.data["value"] for one in ticked if one.data["selected"]],
    )  # fmt: skip

    assert list(dossier.consultations.all()) == [first]


def test_staff_prepare_the_submission_and_the_head_finds_it_in_the_form(client, submitter, dossier):
    """Rules 2, 6.5: a draft is not a submission; staff see no button to send it."""
    staff, url = staff_of(submitter.agency), reverse("dossier_draft", args=[dossier.code])

    post(client, staff, url, text="Kính trình bản một", proposal="", version="0")

    assert Dossier.objects.get().state == "draft"
    assert act_url(dossier, "submit") not in page(client, staff, url)
    assert "Kính trình bản một" in page(client, submitter, act_url(dossier, "submit"))


def test_a_draft_saved_meanwhile_is_shown_beside_what_was_typed(client, submitter, dossier):
    """Rule 5.14: nothing typed is lost, and the next save is knowingly on top."""
    url = reverse("dossier_draft", args=[dossier.code])
    post(client, staff_of(submitter.agency), url, text="Bản của chuyên viên", version="0")

    refused = post(client, submitter, url, text="Bản của trưởng phòng", version="0")

    assert refused.status_code == 409
    text = refused.content.decode()
    assert "Bản của chuyên viên" in text and "Bản của trưởng phòng" in text
    assert 'name="version" value="1"' in text
    again = post(client, submitter, url, text="Bản của trưởng phòng", version="1")
    assert again.status_code == 302


def test_a_heading_saved_meanwhile_is_shown_beside_what_was_typed(client, submitter, dossier):
    """Rule 5.14."""
    url = reverse("dossier_edit", args=[dossier.code])
    post(client, submitter, url, title="Quy hoạch A", recipient="chair", version="0")

    refused = post(client, submitter, url, title="Quy hoạch B", recipient="chair", version="0")

    assert refused.status_code == 409
    assert "Quy hoạch A" in refused.content.decode()
    assert 'name="version" value="1"' in refused.content.decode()


def test_a_new_version_shows_what_differs_from_the_one_before(client, submitter, dossier, office):
    """Rule 7.2."""
    post(client, submitter, act_url(dossier, "submit"), text="Kính trình 5 m", proposal="Duyệt")
    code = ReturnCode.objects.get(code="incomplete")
    post(
        client, office["chief"], act_url(dossier, "give_back"), reason=code.pk, defects="1. Thiếu."
    )  # fmt: skip
    post(
        client, submitter, act_url(dossier, "submit"), text="Kính trình 10 m", proposal="Duyệt",
        changes="Lùi thêm.",
    )  # fmt: skip

    shown = client.get(dossier.get_absolute_url()).context["versions"][0].differences

    assert [(one.old, one.new) for one in shown] == [("Kính trình 5 m", "Kính trình 10 m")]


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
        begin_dossier(submitter, NOW, title=f"Hồ sơ {n}", recipient="chair")
    page(client, submitter, reverse("dossiers"))

    with django_assert_max_num_queries(16):
        client.get(reverse("dossiers"))
