"""Number, date, signer and signed file of consultations and opinions (rule 2.8)."""

from datetime import date, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from agencies import outgoing
from agencies.letterheads import signed_as
from agencies.models import Attachment, OutgoingPaper, Setting
from agencies.refusals import NotYours, Refused
from consultations import lifecycle
from consultations.models import Consultation, Reply
from consultations.numbering import CONSULTATION, REPLY
from consultations.stances import Stance
from tests.consultations.asking import ASKED, asked, line_of, replied
from tests.factories import (
    AgencyFactory,
    CompetenceFactory,
    OfficeFactory,
    PostFactory,
    actor_of,
    head_of,
    moment,
    staff_of,
)

pytestmark = pytest.mark.django_db

THEN = ASKED + timedelta(hours=3)


@pytest.fixture(autouse=True)
def office(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    return OfficeFactory()


def must(code: str) -> None:
    Setting.objects.create(
        code=code, value=True, effective_from=moment("2026-11-01"), source="Quy chế văn thư",
        recorded_at=moment("2026-11-01"),
    )  # fmt: skip


def scan() -> SimpleUploadedFile:
    return SimpleUploadedFile("45-UBND.txt", "đã ký".encode())


def whole() -> dict:
    return {
        "document_number": "45/UBND",
        "document_on": date(2026, 11, 16),
        "signer": "Phạm Văn Út",
        "signed": [scan()],
    }


@pytest.mark.parametrize("field", ["document_number", "document_on", "signer", "signed"])
def test_where_the_setting_asks_an_opinion_without_one_of_the_four_is_refused(commune, field):
    """Rule 2.8: a setting says which acts must carry number, date, signer and file."""
    must(REPLY)
    asked(commune)
    empty = {"document_on": None, "signed": []}.get(field, " ")

    with pytest.raises(Refused) as refusal:
        replied(line_of(commune), THEN, **whole() | {field: empty})

    assert refusal.value.field == field
    assert not Reply.objects.exists()


def test_an_opinion_keeps_its_number_date_signer_and_signed_file(commune):
    """Rule 2.8."""
    must(REPLY)
    asked(commune)

    sent = replied(line_of(commune), THEN, **whole())

    assert (sent.document_number, sent.signer) == ("45/UBND", "Phạm Văn Út")
    assert sent.document_on == date(2026, 11, 16)
    assert Attachment.objects.get(event=sent.event).role == "signed"


def test_without_the_setting_an_opinion_may_carry_them_and_need_not(commune):
    """Rule 2.8: any official act may."""
    asked(commune)

    assert replied(line_of(commune), THEN).document_number == ""
    assert replied(line_of(commune), THEN, **whole()).document_number == "45/UBND"


def test_a_letter_is_not_dated_after_today(commune):
    asked(commune)

    with pytest.raises(Refused) as refusal:
        replied(line_of(commune), THEN, **whole() | {"document_on": date(2026, 11, 17)})

    assert refusal.value.field == "document_on"


def test_where_the_setting_asks_a_consultation_has_a_letter_signed_or_issued_here(commune):
    """Rule 2.8: number, date, signer and file of a signed one, or a series to issue it in."""
    must(CONSULTATION)

    with pytest.raises(Refused) as refusal:
        asked(commune, document_number="12/KTHT")
    assert refusal.value.field == "document_on"

    assert asked(commune, title="ký rồi", **whole()).signer == "Phạm Văn Út"
    assert asked(commune, title="phát hành ở đây", series="KTHT").letter.state == "signed"


def test_the_letter_is_numbered_and_issued_in_the_register_of_the_requester(commune):
    """Rule 2.8: draft, signed, numbered, issued; unique per issuer, series and year."""
    head = head_of(AgencyFactory(name="Phòng Kinh tế và Hạ tầng"))
    for title in ("một", "hai"):
        paper = asked(commune, by=head, series="KTHT", title=title).letter
        numbered = outgoing.number(paper, head, THEN, dated_on=date(2026, 11, 16))
        outgoing.issue(numbered, head, THEN)

    symbols = [one.letter_symbol for one in Consultation.objects.order_by("pk")]
    assert symbols == ["01/KTHT", "02/KTHT"]


def test_staff_draft_a_letter_that_the_head_signs(commune):
    """Rules 2.2, 6.5: staff prepare, the head signs."""
    head = head_of(AgencyFactory(name="Phòng Nội vụ"))
    consultation = asked(commune, by=head)

    lifecycle.write_letter(consultation, staff_of(head.agency), lambda: THEN, series="NV")

    paper = OutgoingPaper.objects.get()
    assert paper.state == OutgoingPaper.State.DRAFT
    assert outgoing.sign(paper, head, THEN).signed_by == head.post


def test_a_consultation_has_one_letter(commune):
    """Rule 2.8."""
    head = head_of(AgencyFactory(name="Phòng Nội vụ"))
    consultation = asked(commune, by=head, series="NV")

    with pytest.raises(Refused):
        lifecycle.write_letter(consultation, head, lambda: THEN, series="NV")


def test_a_letter_signed_under_a_delegation_says_who_signed_for_whom(commune):
    """Rule 2.2: TUQ., the post that lent its authority above the one that signed."""
    head, deputy = head_of(commune), PostFactory(agency=commune)

    lines = signed_as(deputy, "TUQ.", lent_by=head.post).lines

    assert lines == ("TUQ. TRƯỞNG PHÒNG", "TRƯỞNG PHÒNG")


# A deputy's portfolio -------------------------------------------------------------------


@pytest.fixture
def deputy(commune):
    """The deputy chair for land; building is another's."""
    post = PostFactory(agency=commune, is_deputy=True)
    post.competences.set([CompetenceFactory()])
    return actor_of(post)


def test_a_deputy_replies_within_the_portfolio_only(commune, deputy):
    """Rule 2.1: a deputy acts for the head within the portfolio without a delegation."""
    land = CompetenceFactory()
    building = CompetenceFactory(code="xay-dung", name="Xây dựng")
    why = "địa bàn"
    within = asked(commune, competences=[land], why=why, title="đất")
    outside = asked(commune, competences=[building], why=why, title="xây dựng")

    sent = replied(within.opinions.get(), THEN, by=deputy)
    with pytest.raises(NotYours):
        replied(outside.opinions.get(), THEN, Stance.AGREED, by=deputy)

    assert sent.event.capacity == "KT."
    assert not outside.opinions.get().replies.exists()


def test_a_matter_that_names_no_competence_lies_in_every_portfolio(commune, deputy):
    """Rule 2.1: nothing says that it is somebody else's."""
    asked(commune)

    assert replied(line_of(commune), THEN, by=deputy).stance == Stance.AGREED


def test_the_form_offers_sending_only_within_the_portfolio(client, commune, deputy):
    """Rule 2.1: outside it a deputy prepares like staff."""
    building = CompetenceFactory(code="xay-dung", name="Xây dựng")
    asked(commune, competences=[building], why="địa bàn", due=date(2099, 1, 5))
    client.force_login(deputy.user)

    page = client.get(reverse("opinion_answer", args=[line_of(commune).pk])).content.decode()

    assert 'value="draft"' in page
    assert 'value="send"' not in page


def test_a_deputy_asks_within_the_portfolio_only(commune, other_commune, deputy):
    """Rules 2.1, 6.1."""
    head_of(other_commune)
    building = CompetenceFactory(code="xay-dung", name="Xây dựng")

    with pytest.raises(NotYours):
        asked(
            other_commune, by=deputy, competences=[building],
            why="địa bàn giáp ranh",
        )  # fmt: skip
