"""The letter, the result sheet and the table of comments, read back from their .docx files."""

from datetime import date, timedelta
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from docx import Document
from docx.enum.section import WD_ORIENT
from docx.shared import Mm

from agencies import outgoing
from agencies.functions import Function
from agencies.models import Agency
from consultations import lifecycle
from consultations.lifecycle import Settled, comments_of
from consultations.models import Consultation, Opinion
from consultations.papers import facts_asked, facts_typed, letter_docx, result_docx, settled_docx
from consultations.papers.wording import addressees
from consultations.stances import Stance
from consultations.sweep import record_deemed
from tests.consultations.asking import (
    ASKED,
    DUE,
    SOURCE,
    asked,
    day_off,
    found_silence_rule,
    line_of,
    replied,
)
from tests.factories import (
    AgencyFactory,
    OfficeFactory,
    PostFactory,
    actor_of,
    head_of,
    moment,
    office_chief,
)

pytestmark = pytest.mark.django_db

TWO = [("Ranh giới lô A?",), ("Điểm đấu nối?", False, "chi tiết kỹ thuật")]
AFTER = DUE + timedelta(hours=10)


@pytest.fixture(autouse=True)
def office():
    return OfficeFactory()


def words_of(docx: bytes) -> str:
    """The text of the body and of every cell, in one string with single spaces."""
    document = Document(BytesIO(docx))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return " ".join(" ".join([*(p.text for p in document.paragraphs), *cells]).split())


def cells_of(docx: bytes, head: str) -> list[list[str]]:
    """The rows of the table that has such a head, a merged cell's text in each of its rows."""
    for table in Document(BytesIO(docx)).tables:
        rows = [[cell.text for cell in row.cells] for row in table.rows]
        if head in rows[0]:
            return rows[1:]
    raise AssertionError(f"no table has {head!r}")


def letter(consultation: Consultation | None = None) -> str:
    return words_of(letter_docx(facts_asked(consultation or Consultation.objects.get())))


# The letter -----------------------------------------------------------------------------


def test_the_letter_asks_numbered_questions_under_a_provision_until_a_day(commune):
    """Rule 6.1: basis, questions with the principal ones marked, the deadline in words."""
    text = letter(asked(commune, questions=TWO))

    assert "V/v xin ý kiến đối với Quy hoạch khu dân cư Trường Sơn" in text
    assert "Kính gửi: UBND xã Quang Trung" in text
    assert "Căn cứ Điều 19 Quy chế làm việc" in text
    assert "Câu 1 (nội dung chủ yếu). Ranh giới lô A?" in text
    assert "Câu 2 (không phải nội dung chủ yếu: chi tiết kỹ thuật). Điểm đấu nối?" in text
    assert "trong thời hạn 03 ngày làm việc kể từ ngày nhận được văn bản này" in text
    assert "(đến hết ngày 19/11/2026)" in text


@pytest.mark.parametrize(
    ("due", "words"),
    [
        (date(2026, 11, 30), "đến hết ngày 30/11/2026; đề nghị"),
        (moment("2026-11-30", 16), "trước 16 giờ 00 ngày 30/11/2026; đề nghị"),
    ],
    ids=["day", "instant"],
)
def test_a_day_and_an_hour_are_written_as_they_are(commune, due, words):
    """Rule 3.1."""
    assert words in letter(asked(commune, due=due))


def test_several_addressees_stand_one_a_line_and_learn_what_silence_means(commune):
    """Rule 6.2: the provision of silence, and for whom it does not hold."""
    found_silence_rule()
    police = AgencyFactory(name="Công an huyện", managed_by="Công an thành phố")
    asked(commune, police)

    docx = letter_docx(facts_asked(Consultation.objects.get()))

    lines = [p.text for p in Document(BytesIO(docx)).paragraphs]
    assert "- Công an huyện;" in lines
    assert "- UBND xã Quang Trung." in lines
    text = words_of(docx)
    assert f"Theo {SOURCE}, quá thời hạn nêu trên mà cơ quan, đơn vị (trừ Công an huyện)" in text
    assert "Việc Công an huyện không trả lời không được xác định là đồng ý" in text


def test_of_many_addressees_those_alike_stand_on_one_line():
    """Data papers 4: names listed after one head noun; one alone keeps its own."""
    names = [f"Phòng {name}" for name in ("Nội vụ", "Tài chính - Kế hoạch", "Y tế")]
    names += ["Công an huyện", "Ủy ban nhân dân thị trấn An Lão"]
    names += [f"Ủy ban nhân dân xã {name}" for name in ("An Thái", "An Tiến", "Bát Trang")]
    agencies = [Agency(pk=number, name=name) for number, name in enumerate(names)]
    few, many = agencies[:2], agencies + [Agency(pk=20 + n, name=f"Hội {n}") for n in range(3)]

    assert addressees(few) == names[:2]
    assert addressees(many) == [
        "Các phòng: Nội vụ, Tài chính - Kế hoạch, Y tế", "Công an huyện",
        "Ủy ban nhân dân thị trấn An Lão", "Ủy ban nhân dân các xã: An Thái, An Tiến, Bát Trang",
        "Hội 0", "Hội 1", "Hội 2",
    ]  # fmt: skip


def test_the_documents_are_named_as_sent_with_it(commune, settings, tmp_path):
    """Data papers 2 (3): "(Gửi kèm: …)"."""
    settings.MEDIA_ROOT = tmp_path
    upload = SimpleUploadedFile("Dự thảo quy hoạch.txt", "nội dung".encode())

    asked(commune, files=[upload])

    assert "(Gửi kèm: Dự thảo quy hoạch)" in letter()


def test_an_urgent_letter_bears_the_stamp_and_says_why(commune):
    """Rule 6.1."""
    text = letter(asked(commune, due="01 ngày làm việc", urgent=True, reason="Họp ngày mai"))

    assert "KHẨN" in text
    assert "Lý do cần trả lời gấp: Họp ngày mai." in text


def test_the_layout_is_that_of_a_letter_of_the_requester(commune):
    """Rule 8.2: A4 upright, the superior above the issuer, "./." at the end, "Lưu: VT"."""
    docx = letter_docx(facts_asked(asked(commune)))

    section = Document(BytesIO(docx)).sections[0]
    text = words_of(docx)
    assert (section.page_width.mm, section.page_height.mm) == pytest.approx((210, 297), abs=0.5)
    assert Mm(30) <= section.left_margin <= Mm(35)
    assert "ỦY BAN NHÂN DÂN HUYỆN AN BÌNH PHÒNG KINH TẾ VÀ HẠ TẦNG" in text
    assert "quan tâm, phối hợp./." in text
    assert "Lưu: VT." in text


def test_a_draft_leaves_room_for_the_number_and_an_issued_one_bears_it(commune):
    """Rule 2.8: drafted and signed with the request, numbered by the requester's own agency."""
    head = head_of(AgencyFactory(name="Phòng Kinh tế và Hạ tầng"))
    consultation = asked(commune, by=head, series="KTHT")
    assert "Số: /KTHT" in letter()

    numbered = outgoing.number(consultation.letter, head, ASKED, dated_on=date(2026, 11, 16))
    outgoing.issue(numbered, head, ASKED)

    found = Consultation.objects.get()
    assert found.letter_symbol == "01/KTHT"
    assert "Số: 01/KTHT" in letter()
    assert "ngày 16 tháng 11 năm 2026" in letter()


def test_a_deputy_signs_for_the_head_and_a_committee_as_a_body(commune, other_commune):
    """Rule 2.2: KT. before the head's post; TM. where a People's Committee asks."""
    deputy = actor_of(PostFactory(agency=AgencyFactory(name="Phòng Tư pháp"), is_deputy=True))
    head_of(deputy.agency)
    asked(commune, by=deputy, series="TP", title="một")
    asked(other_commune, by=head_of(commune), series="UBND", title="hai")

    first, second = Consultation.objects.order_by("pk")
    assert "KT. TRƯỞNG PHÒNG PHÓ TRƯỞNG PHÒNG" in letter(first)
    assert "TM. ỦY BAN NHÂN DÂN TRƯỞNG PHÒNG" in letter(second)
    assert "ỦY BAN NHÂN DÂN XÃ QUANG TRUNG" in letter(second)


def test_the_letter_keeps_the_deadline_it_was_sent_with(commune):
    """An extension later changes no letter that went out."""
    head = head_of(AgencyFactory(name="Phòng Nội vụ"))
    consultation = asked(commune, by=head)

    lifecycle.extend(
        consultation, head, lambda: ASKED, due=date(2026, 11, 30), reason="Nhiều tài liệu"
    )

    assert "(đến hết ngày 19/11/2026)" in letter()


def test_the_preview_says_what_the_letter_will_say(commune):
    """Rule 6.1: the letter before anything is sent is the one that is sent."""
    head_of(commune)
    head = head_of(AgencyFactory(name="Phòng Nội vụ"))
    facts = {
        "title": "Đề án", "provision": "Điều 19", "background": "", "agencies": [commune],
        "due": "05 ngày làm việc", "urgent": False, "reason": "", "express_consent": "",
        "competences": [], "why": "", "previous": None, "task": None, "files": [], "series": "NV",
    }  # fmt: skip
    typed = words_of(letter_docx(facts_typed(head, ASKED, [lifecycle.asking.Asked("Rõ?")], facts)))
    assert not Consultation.objects.exists()

    given = {"title", "provision", "due", "series"}
    sent = asked(commune, by=head, questions=[("Rõ?",)], **{name: facts[name] for name in given})

    assert typed == letter(sent)


# The result sheet -----------------------------------------------------------------------


def sheet(at=AFTER) -> bytes:
    return result_docx(Consultation.objects.get(), at)


def row_of(docx: bytes, agency) -> list[str]:
    rows = cells_of(docx, "Kết quả")
    return next(row for row in rows if row[1] == agency.name)


def test_counts_come_first_and_add_up(commune, other_commune):
    """Rule 6.8, data papers 6.9: sent = answered + silent."""
    found_silence_rule()
    asked(commune, other_commune)
    replied(line_of(commune), ASKED + timedelta(days=1), Stance.WITH_COMMENTS)

    rows = {row[0]: row[1:] for row in cells_of(sheet(), "Chỉ tiêu")}

    assert rows["Được lấy ý kiến"][0] == "2"
    assert rows["Có ý kiến trong hạn, trong đó:"][0] == "1"
    assert rows["- đồng ý, có góp ý"] == ["1", commune.name]
    assert rows["Không trả lời trong hạn, được xác định là đồng ý"] == ["1", other_commune.name]


def test_a_deemed_agreement_shows_its_arithmetic_and_its_proof(commune):
    """Rule 6.8: visible when, who was told when, who opened it first, each day counted."""
    found_silence_rule()
    day_off("2026-11-18", "Nghỉ bù")
    asked(commune, at=moment("2026-11-16", 18))
    chair = head_of(commune)
    line = line_of(commune)
    lifecycle.note_opening(line, chair, moment("2026-11-17", 8))
    due_at = Opinion.objects.get().due_at
    record_deemed(due_at + timedelta(minutes=6))

    text = words_of(sheet(due_at + timedelta(hours=1)))

    assert f"{commune.name}: được xác định là đồng ý" in text
    assert "Yêu cầu hiển thị cho cơ quan từ 18 giờ 00 phút 00 giây ngày 16/11/2026" in text
    assert "(trong ứng dụng, lúc 18 giờ 00 phút 00 giây ngày 16/11/2026)" in text
    assert f"lúc 08 giờ 00 phút 00 giây ngày 17/11/2026, người mở: {chair.user.full_name}" in text
    assert "18/11/2026: không tính: Nghỉ bù" in text
    assert "đến sau giờ làm việc" in text
    assert "ghi nhận lúc 00 giờ 06 phút 00 giây" in text
    assert SOURCE in text


def test_effective_and_recorded_time_stand_apart(commune):
    """Rule 6.3: from the deadline on, whenever the job recorded it."""
    found_silence_rule()
    asked(commune)
    assert row_of(sheet(), commune)[4:6] == ["00:00\n20/11/2026", ""]

    record_deemed(AFTER)

    assert row_of(sheet(), commune)[4:6] == ["00:00\n20/11/2026", "10:00\n20/11/2026"]


def test_a_late_reply_stands_beside_the_deemed_outcome(commune):
    """Rule 6.3: kept with its stance, it changes nothing."""
    found_silence_rule()
    asked(commune)
    replied(line_of(commune), DUE + timedelta(hours=9), Stance.DISAGREED, "Không nhất trí lô A.")

    row = row_of(sheet(), commune)

    assert row[2] == "Được xác định là đồng ý"
    assert "Trả lời muộn lúc 09 giờ 00 ngày 20/11/2026: không đồng ý" in row[6]
    assert "Không nhất trí lô A." in row[6]


def test_a_reply_shows_its_number_day_and_signer(commune):
    """Rule 2.8."""
    asked(commune)
    replied(
        line_of(commune), ASKED + timedelta(days=1), document_number="45/UBND",
        document_on=date(2026, 11, 17), signer="Phạm Văn Út",
    )  # fmt: skip

    said = row_of(sheet(), commune)[3]

    assert "Văn bản số 45/UBND ngày 17/11/2026, người ký: Phạm Văn Út" in said


def test_a_poor_mark_is_shown(commune):
    """Rule 6.9."""
    asker = head_of(AgencyFactory(name="Phòng Nội vụ"))
    asked(commune, by=asker)
    replied(line_of(commune), ASKED + timedelta(days=1))
    at = ASKED + timedelta(days=1, hours=1)
    lifecycle.mark_poor(
        line_of(commune), asker, lambda: at, kind="general", reason="không nêu căn cứ"
    )

    assert "không nêu căn cứ" in row_of(sheet(), commune)[6]


def test_the_arithmetic_of_a_line_outlives_a_later_extension(commune, other_commune):
    """Rule 6.8: what was deemed before an extension keeps the count of its own deadline."""
    found_silence_rule()
    asker = head_of(AgencyFactory(name="Phòng Nội vụ"))
    consultation = asked(commune, other_commune, by=asker, due="10 ngày làm việc")
    old = line_of(commune)
    lifecycle.extend(
        consultation, asker, lambda: ASKED, due="15 ngày làm việc", reason="Nhiều tài liệu"
    )
    Opinion.objects.filter(pk=old.pk).update(due_at=old.due_at)  # as one deemed before it

    text = words_of(sheet(moment("2026-12-20")))

    assert "“10 ngày làm việc”" in text
    assert "“15 ngày làm việc”" in text


def test_a_deadline_set_anew_has_an_arithmetic_of_its_own(commune):
    """Rules 3.6, 6.6: a refusal to supply leaves a working day, counted from then."""
    found_silence_rule()
    asker = head_of(AgencyFactory(name="Phòng Nội vụ"))
    asked(commune, by=asker)
    replied(line_of(commune), ASKED + timedelta(days=1), Stance.INSUFFICIENT)
    refused_at = DUE + timedelta(hours=9)  # Friday 20/11
    lifecycle.refuse_supply(line_of(commune), asker, lambda: refused_at, reason="Đủ căn cứ")

    text = words_of(sheet(moment("2026-11-25")))

    assert "“01 ngày làm việc”: 20/11/2026: ngày bắt đầu, không tính; 21/11 – 22/11/2026" in text
    assert "Thời hạn: đến hết ngày 23/11/2026" in text


def test_a_paper_reply_shows_its_stamp_and_who_confirmed_it(commune, settings, tmp_path):
    """Rule 2.7: stamped, entered, confirmed by the chief."""
    settings.MEDIA_ROOT = tmp_path
    asked(commune, on_paper=True)
    clerk = actor_of(PostFactory(function=Function.CLERK, agency=OfficeFactory()))
    stamped = ASKED + timedelta(days=1)
    line = line_of(commune)
    reply = lifecycle.enter_paper(
        line, clerk, lambda: DUE + timedelta(hours=9), received_at=stamped,
        answers={q: ("agreed", "") for q in line.consultation.questions.all()},
        document_number="12/UBND", files=[SimpleUploadedFile("12.txt", "đã ký".encode())],
    )  # fmt: skip
    chief = office_chief()
    lifecycle.confirm_paper(reply, chief, AFTER)

    row = row_of(sheet(), commune)

    assert row[4:6] == ["09:00\n17/11/2026", "09:00\n20/11/2026"]
    assert "dấu đến 09 giờ 00 ngày 17/11/2026, nhập lúc 09 giờ 00 ngày 20/11/2026" in row[6]
    assert f"{chief.user.full_name} xác nhận" in row[6]


def test_the_sheet_asks_a_constant_number_of_questions(django_assert_max_num_queries, commune):
    """However many agencies were asked."""
    found_silence_rule()
    asked(commune, *[AgencyFactory() for _n in range(6)])
    consultation = Consultation.objects.get()

    with django_assert_max_num_queries(20):
        result_docx(consultation, AFTER)


# The table of comments ------------------------------------------------------------------


@pytest.fixture
def commented(commune, other_commune):
    """Two agencies comment on the first question; one of them is settled."""
    asker = head_of(AgencyFactory(name="Phòng Nội vụ"))
    asked(commune, other_commune, by=asker, questions=TWO)
    for agency, text in ((commune, "Lùi 3 m."), (other_commune, "Chưa có căn cứ.")):
        first, second = Consultation.objects.get().questions.all()
        lifecycle.reply(
            line_of(agency).pk, head_of(agency), lambda: ASKED + timedelta(days=1),
            answers={first: ("with_comments", text), second: ("agreed", "")},
        )  # fmt: skip
    line = line_of(commune)
    (answer,) = comments_of(line, AFTER)
    lifecycle.settle_comments(
        line, asker, lambda: AFTER, settlements={answer.pk: Settled(True, "Đã lùi ranh giới")}
    )
    return asker


def test_comments_stand_by_question_with_what_was_made_of_each(commented, commune, other_commune):
    """Rule 6.9, data papers 3: question, who, opinion, accepted or explained."""
    rows = cells_of(settled_docx(Consultation.objects.get(), AFTER), "CHỦ THỂ GÓP Ý")

    by_agency = {row[1]: row for row in rows}
    assert by_agency[commune.name][0] == "Câu 1. Ranh giới lô A?"
    assert "Lùi 3 m." in by_agency[commune.name][2]
    assert by_agency[commune.name][3] == "Tiếp thu. Đã lùi ranh giới."
    assert by_agency[other_commune.name][3] == "Chưa có nội dung tiếp thu, giải trình."


def test_what_is_not_accepted_is_explained(commented, other_commune):
    """Rule 6.9."""
    line = line_of(other_commune)
    (answer,) = comments_of(line, AFTER)
    lifecycle.settle_comments(
        line, commented, lambda: AFTER, settlements={answer.pk: Settled(False, "Có tại QĐ 12")}
    )

    text = words_of(settled_docx(Consultation.objects.get(), AFTER))

    assert "Giải trình: Có tại QĐ 12." in text
    assert "tiếp thu: 01; giải trình: 01; chưa tiếp thu, giải trình: 0." in text


def test_the_cells_of_one_question_are_merged_on_a_landscape_page(commented):
    """Data papers 3, row Opinions: landscape, cells merged per article."""
    document = Document(BytesIO(settled_docx(Consultation.objects.get(), AFTER)))

    assert document.sections[0].orientation == WD_ORIENT.LANDSCAPE
    table = next(t for t in document.tables if t.rows[0].cells[1].text == "CHỦ THỂ GÓP Ý")
    assert table.rows[1].cells[0]._tc is table.rows[2].cells[0]._tc
    assert table.rows[1].cells[1]._tc is not table.rows[2].cells[1]._tc


def test_late_comments_stand_apart_and_are_not_settled(commune):
    """Rule 6.3."""
    found_silence_rule()
    asked(commune)
    replied(line_of(commune), DUE + timedelta(hours=9), Stance.DISAGREED, "Không nhất trí.")

    rows = cells_of(settled_docx(Consultation.objects.get(), AFTER), "CHỦ THỂ GÓP Ý")

    assert rows[0][0] == "Ý kiến gửi sau thời hạn (được lưu, không làm thay đổi kết quả)"
    assert rows[1][3] == "Ghi nhận."
