"""Where the papers of a consultation are had, and the fields of its letter."""

from datetime import timedelta

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from agencies.files import WORD
from agencies.models import Setting
from consultations.models import Consultation, Reply
from consultations.numbering import REPLY
from tests.consultations.asking import ASKED, DUE, asked, found_silence_rule, line_of, replied
from tests.consultations.test_pages import page_of, post_to, words_of
from tests.factories import AgencyFactory, OfficeFactory, head_of, moment

pytestmark = pytest.mark.django_db

NOW = ASKED + timedelta(hours=2)


@pytest.fixture(autouse=True)
def office(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    return OfficeFactory()


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(NOW, tick=False) as traveller:
        yield traveller


@pytest.fixture
def asker():
    return head_of(AgencyFactory(name="Phòng Kinh tế và Hạ tầng"))


def paper(consultation: Consultation, name: str) -> str:
    return reverse("consultation_paper", args=[consultation.code, name])


def typed(agency, **fields) -> dict:
    return {
        "title": "Đề án", "provision": "Điều 19", "due": "03 ngày làm việc",
        "agencies": [agency.pk], "q-TOTAL_FORMS": 1, "q-INITIAL_FORMS": 0, "q-0-text": "Rõ chưa?",
        "act": "letter",
    } | fields  # fmt: skip


def test_the_letter_is_previewed_and_nothing_is_sent(client, commune, asker):
    """Rule 6.1."""
    head_of(commune)

    answer = post_to(client, asker, reverse("consultation_new"), typed(commune))

    assert answer["Content-Type"] == WORD
    assert not Consultation.objects.exists()


def test_a_preview_of_what_would_be_refused_says_why_and_keeps_what_was_typed(
    client, commune, asker
):
    """Issue 4: nothing typed is lost."""
    url = reverse("consultation_new")

    answer = post_to(client, asker, url, typed(commune, due="01 ngày làm việc"))

    assert answer.status_code == 409
    assert "Rõ chưa?" in answer.content.decode()


def test_asking_with_a_series_puts_the_letter_into_the_register(client, commune, asker):
    """Rule 2.8: signed with the request, it waits for a number; the board says so."""
    head_of(commune)
    url = reverse("consultation_new")

    post_to(
        client, asker, url, typed(commune, act="send", issues_letter="on", series="KTHT"),
    )  # fmt: skip

    found = Consultation.objects.get()
    assert found.letter.state == "signed"
    page = page_of(client, asker, found.get_absolute_url())
    assert "…/KTHT" in words_of(page)
    assert found.letter.get_absolute_url() in page.content.decode()
    register = page_of(client, asker, found.letter.get_absolute_url()).content.decode()
    assert paper(found, "letter") in register


def test_who_is_asked_reads_the_letter_and_no_other_paper_until_it_is_over(
    client, commune, other_commune, clock
):
    """Rule 2.4: everyone's lines once the consultation is closed."""
    consultation = asked(commune, other_commune)
    chair = head_of(commune)

    def answers() -> list[int]:
        names = ("letter", "result", "settled", "none")
        return [page_of(client, chair, paper(consultation, name)).status_code for name in names]

    assert answers() == [200, 404, 404, 404]
    clock.move_to(DUE)
    assert answers() == [200, 200, 200, 404]


def test_who_is_not_concerned_finds_no_paper(client, commune):
    """Rule 2.4."""
    consultation, stranger = asked(commune), head_of(AgencyFactory())

    for name in ("letter", "result", "settled"):
        assert page_of(client, stranger, paper(consultation, name)).status_code == 404


def test_the_answer_form_asks_for_the_letter_where_the_setting_does(client, commune):
    """Rule 2.8: beside the field, with everything typed kept."""
    Setting.objects.create(
        code=REPLY, value=True, effective_from=moment("2026-11-01"), source="Quy chế văn thư",
        recorded_at=moment("2026-11-01"),
    )  # fmt: skip
    asked(commune)
    chair, url = head_of(commune), reverse("opinion_answer", args=[line_of(commune).pk])
    data = {"act": "send", "stance": "agreed", "document_number": "45/UBND", "signer": "Út"}

    refused = post_to(client, chair, url, data)
    assert (refused.status_code, Reply.objects.count()) == (400, 0)
    assert "45/UBND" in refused.content.decode()

    letter = SimpleUploadedFile("45.txt", "đã ký".encode())
    post_to(client, chair, url, data | {"document_on": "2026-11-16", "signed": letter})
    assert Reply.objects.get().document_number == "45/UBND"


def test_the_board_shows_number_date_signer_and_file_of_a_reply(client, commune, asker):
    """Rule 2.8."""
    asked(commune, by=asker)
    letter = SimpleUploadedFile("45-UBND.txt", "đã ký".encode())
    replied(
        line_of(commune), NOW, document_number="45/UBND", document_on=moment("2026-11-16").date(),
        signer="Phạm Văn Út", signed=[letter],
    )  # fmt: skip

    shown = words_of(page_of(client, asker, Consultation.objects.get().get_absolute_url()))

    assert "45/UBND, 16/11/2026" in shown
    assert "Phạm Văn Út" in shown
    assert "45-UBND.txt" in shown


def test_the_board_proves_delivery(client, commune, asker, clock):
    """Rule 6.8: visible when, who was told, who opened it first, how the days were counted."""
    found_silence_rule()
    chair = head_of(commune)
    asked(commune, by=asker)
    page_of(client, chair, reverse("opinion_answer", args=[line_of(commune).pk]))
    clock.move_to(NOW + timedelta(hours=1))

    shown = words_of(page_of(client, asker, Consultation.objects.get().get_absolute_url()))

    assert "16/11/2026 09:00" in shown  # visible, told
    assert f"16/11/2026 11:00, {chair.user.full_name}" in shown  # first opened
    assert "17/11 – 19/11/2026" in shown  # counted


def test_the_agency_asked_sees_the_proof_of_its_own_line(client, commune, clock):
    """Rule 6.8: what will be held against it, while it may still answer."""
    found_silence_rule()
    chair = head_of(commune)
    asked(commune)

    shown = words_of(page_of(client, chair, line_of(commune).get_absolute_url()))

    assert "16/11/2026 11:00" in shown  # first opened, by looking
    assert "17/11 – 19/11/2026" in shown


def test_a_copy_of_an_earlier_round_begins_the_new_one(client, commune, asker, clock):
    """Rule 6.7: a new round is linked to the old one."""
    asked(commune, by=asker, title="Đề án cũ", questions=[("Câu hỏi cũ?",)])
    clock.move_to(DUE)
    code = Consultation.objects.get().code

    offered = page_of(client, asker, reverse("consultation_new")).content.decode()
    assert f"?previous={code}" in offered

    copied = page_of(client, asker, reverse("consultation_new"), previous=code).content.decode()
    assert "Đề án cũ" in copied
    assert "Câu hỏi cũ?" in copied
    assert f'value="{code}"' in copied
