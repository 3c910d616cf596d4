"""A directive comes in as a file: what becomes of good ones and of bad ones."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from agencies.models import Attachment, Event
from tasks.models import Directive, Proposal
from tests.factories import DirectiveFactory, administrator, chair
from tests.tasks.papers import SAMPLE, docx_bytes, scanned_pdf, text_file, zip_bomb

NEW = "/directives/new/"
PAPER = """ỦY BAN NHÂN DÂN
HUYỆN AN BÌNH
Số: 99/UBND-VP
An Bình, ngày 05 tháng 11 năm 2026
V/v rà soát hồ sơ đất đai
Kính gửi: UBND các xã
Ủy ban nhân dân huyện yêu cầu:
1. Giao Phòng Nội vụ chủ trì, phối hợp với Phòng Tài chính rà soát biên chế, báo cáo UBND huyện \
trước ngày 20/12/2026.
2. Giao UBND các xã lập danh sách hồ sơ tồn đọng, gửi Phòng Nội vụ./.
Nơi nhận:
- Như trên;
- Lưu: VT.
TM. ỦY BAN NHÂN DÂN
CHỦ TỊCH
Trần Văn Tám
"""


@pytest.fixture
def post(client, district):
    """Return a function that uploads a file as the officer."""
    client.force_login(district.officer.user)

    def upload(file, **data):
        return client.post(NEW, {"file": file, **data})

    return upload


def test_a_file_becomes_a_draft_with_proposals(post, district):
    """Rule 4.7: header, addressees and proposals come out of the file; nothing is assigned."""
    answer = post(text_file(PAPER))

    directive = Directive.objects.get()
    assert answer.url == reverse("directive_review", args=[directive.pk])
    assert (directive.number, directive.state) == ("99/UBND-VP", Directive.State.DRAFT)
    assert [row.agency for row in directive.addressees.all()] == district.communes
    first, second = directive.proposals.all()
    assert list(first.lead_agencies.all()) == [district.interior]
    assert list(first.coordinating.all()) == [district.finance]
    assert first.arithmetic["last_day"] == "2026-12-19"
    assert list(second.lead_groups.all()) == [district.group]


def test_each_proposal_stands_where_its_words_stand(post):
    """Rule 4.9: the source sentence is known to the character."""
    post(text_file(PAPER))

    text = Directive.objects.get().text
    for proposal in Proposal.objects.all():
        assert text[proposal.span_start : proposal.span_end] == proposal.text


def test_the_file_is_kept_with_the_draft(post):
    post(text_file(PAPER))

    kept = Attachment.objects.get()
    assert (kept.role, kept.thing) == ("directive", Directive.objects.get())


def test_the_drafting_is_in_the_timeline(post, district):
    post(text_file(PAPER))

    event = Event.objects.get(act="directive.drafted")
    assert event.post == district.officer.post


def test_a_docx_is_read_as_well(post):
    content = docx_bytes(SAMPLE.read_text("utf-8").replace("*", ""))

    post(SimpleUploadedFile("chi-dao.docx", content))

    assert Proposal.objects.count() == 14


BAD = {
    "wrong type": ("anh.exe", b"MZ\x90\x00\x03\x00\x00\x00"),
    "picture": ("anh.png", b"\x89PNG\r\n\x1a\n" + b"\0" * 40),
    "empty": ("trong.txt", b""),
    "docx that is none": ("gia.docx", b"day khong phai docx"),
    "zip bomb": ("bom.docx", zip_bomb()),
    "scan": ("ban-chup.pdf", scanned_pdf()),
    "secret": ("mat.txt", ("MẬT\n" + PAPER).encode()),
}


@pytest.mark.parametrize("name, content", BAD.values(), ids=BAD.keys())
def test_a_bad_file_is_refused_beside_the_field(name, content, post):
    """Issue 4, bad input; rule 4.1: a secret-marked document is refused and not kept."""
    answer = post(SimpleUploadedFile(name, content))

    assert answer.status_code == 400
    assert answer.context["form"].errors["file"]
    assert not Directive.objects.exists()
    assert not Attachment.objects.exists()


def test_a_secret_document_is_named_as_the_reason(post):
    """Rule 4.1: a clear error, unclassified work only."""
    answer = post(text_file("TỐI MẬT\n" + PAPER, name="mat.txt"))

    assert "không được lưu" in answer.context["form"].errors["file"][0]


def test_a_scan_offers_the_hand_form(post):
    """Rule 4.7."""
    answer = post(SimpleUploadedFile("ban-chup.pdf", scanned_pdf()))

    assert "?way=typed" in answer.content.decode()
    assert answer.context["by_hand"]


def test_a_file_over_the_limit_is_refused(post, settings):
    """Issue 4: 100 MB uploads; the limit is a setting."""
    settings.UPLOAD_LIMIT = 1000

    answer = post(text_file("x" * 2000))

    assert answer.status_code == 400
    assert answer.context["form"].errors["file"]


def test_no_file_at_all_is_refused(post):
    assert post("").status_code == 400


def test_the_same_directive_again_links_to_the_first(post, district):
    """Rule 4.1: number, issuer and date are unique."""
    district.issuer.aliases = ["Ủy ban nhân dân huyện An Bình"]
    district.issuer.save()
    first = DirectiveFactory(number="99/UBND-VP", issued_on="2026-11-05", issuer=district.issuer)

    answer = post(text_file(PAPER))

    assert answer.status_code == 409
    assert f'href="{first.get_absolute_url()}"' in answer.content.decode()
    assert Directive.objects.count() == 1


def test_the_form_posted_twice_makes_one_draft(post):
    """Issue 4: a form posted twice is one act."""
    key = "6a1c1d0e-9a3e-4a53-8a4f-5b7a7f6f2b11"

    post(text_file(PAPER), request_key=key)
    again = post(text_file(PAPER), request_key=key)

    assert again.url == Directive.objects.get().get_absolute_url()


def test_a_directive_is_typed_by_hand(client, district):
    client.force_login(district.clerk.user)

    answer = client.post(
        f"{NEW}?way=typed", {"abstract": "V/v rà soát", "urgency": "normal", "text": ""}
    )

    directive = Directive.objects.get()
    assert answer.url == reverse("directive_review", args=[directive.pk])
    assert directive.proposals.count() == 0


def test_a_pasted_text_brings_its_proposals(client, district):
    client.force_login(district.officer.user)

    client.post(f"{NEW}?way=typed", {"abstract": "V/v x", "urgency": "normal", "text": PAPER})

    assert Proposal.objects.count() == 2


@pytest.mark.parametrize("who", ["head", "chair", "administrator"])
def test_others_find_no_such_page(who, client, district):
    """Domain 2: officers, the chief and the Office's clerk register directives."""
    actor = {"head": district.head, "chair": chair, "administrator": administrator}[who]
    client.force_login((actor if who == "head" else actor()).user)

    assert client.get(NEW).status_code == 404
    assert client.post(NEW, {"file": text_file(PAPER)}).status_code == 404
