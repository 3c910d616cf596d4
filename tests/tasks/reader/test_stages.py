"""The reader's stages, each alone: letters, lines, names, deadlines, citations, secrecy."""

import pytest

from tasks.reader import SecretDocument
from tasks.reader.agents import agents_at, clean
from tasks.reader.deadlines import Clock, read_when
from tasks.reader.header import proper
from tasks.reader.kinds import suggest
from tasks.reader.references import find_references
from tasks.reader.repair import letters, repair
from tests.tasks.reader.papers import LETTER, directory, letter, reading

CLOCK = Clock("2026-03-06", 2026, None)


@pytest.mark.parametrize(
    ("raw", "repaired"),
    [
        ("cu\u0309a Chi\u0301nh phu\u0309", "của Chính phủ"),
        ("củа Chính phủ", "của Chính phủ"),
        ("Ủy\u3000ban\u00a0nhân dân", "Ủy ban nhân dân"),
        ("**Kính gửi** (*trước hết*)", "Kính gửi (trước hết)"),
        ("Ðiều 1. Nhà nƣớc", "Điều 1. Nhà nước"),
    ],
    ids=["decomposed", "cyrillic", "full-width", "markdown", "eth-and-gha"],
)
def test_letters_are_put_back(raw, repaired):
    """Rule 4.7: decomposed Unicode, look-alikes, wide spaces, marks of emphasis."""
    assert letters(raw) == repaired


@pytest.mark.parametrize(
    "torn",
    [
        "phải trả lại ngay các hồ sơ,\n\ncông việc hoặc văn bản.",
        "phải trả lại ngay các hồ sơ,\n\n\f\n   2\n\ncông việc hoặc văn bản.",
        "phải trả lại ngay\n\n\fcác hồ sơ, công việc hoặc văn bản.",
    ],
)
def test_a_sentence_torn_by_a_page_is_whole_again(torn):
    """Rule 4.7: blank lines and page numbers inside a sentence go."""
    assert repair(torn) == "phải trả lại ngay các hồ sơ, công việc hoặc văn bản."


def test_a_number_torn_at_its_hyphen_closes_up():
    """Rule 4.7: "NĐ-" and "CP" are one symbol."""
    assert "178/2026/NĐ-CP" in repair("thực hiện Nghị định số 178/2026/NĐ-\nCP", wrapped=True)


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Phòng Nội vụ chủ trì", ["Phòng Nội vụ"]),
        ("các phòng, ban, ngành và Ủy ban nhân dân các xã rà soát", None),
        ("Trung tâm Y tế huyện (cơ quan thường trực) chủ trì", ["Trung tâm Y tế huyện"]),
        ("Đoàn kiểm tra thực hiện nhiệm vụ", ["Đoàn kiểm tra"]),
        (
            "Sở Giáo dục và Đào tạo, Sở Văn hóa, Thể thao và Du lịch phối hợp",
            ["Sở Giáo dục và Đào tạo", "Sở Văn hóa, Thể thao và Du lịch"],
        ),
        (
            "Thủ trưởng các đơn vị trực thuộc huyện báo cáo",
            ["Thủ trưởng các đơn vị trực thuộc huyện"],
        ),
        ("Ban Quản lý dự án đầu tư xây dựng huyện lập hồ sơ", None),
    ],
)
def test_names_end_where_the_act_begins(text, names):
    """Rule 4.7: who, apart from what is to be done; joint ones apart from each other."""
    if names is None:
        names = {
            "c": ["các phòng, ban, ngành", "Ủy ban nhân dân các xã"],
            "B": ["Ban Quản lý dự án đầu tư xây dựng huyện"],
        }[text[0]]

    found = agents_at(text, 0)

    assert [clean(text[start:end]) for start, end in found.spans] == names


@pytest.mark.parametrize("verb", ["Tổ chức quán triệt", "Ban hành kế hoạch", "Thanh tra, kiểm tra"])
def test_an_act_is_no_agency(verb):
    """ "Tổ", "Ban" and "Thanh tra" head names, but not here."""
    read_paper = letter(f"1. Phòng Nội vụ:\n\n- {verb} theo quy định.")

    assert [p.lead for p in read_paper.proposals] == ["Phòng Nội vụ"]


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("Trưởng phòng Nội vụ huyện", "noi-vu"),
        ("Chánh Văn phòng HĐND&UBND huyện", "vp"),
        ("Phòng TN&MT", "tai-nguyen-moi-truong"),
        ("UBND xã Quang Trung", "xa-quang-trung"),
        ("Chủ tịch UBND các xã, thị trấn", "xa-thi-tran"),
        ("Thủ trưởng các đơn vị sự nghiệp công lập trực thuộc UBND huyện", "don-vi-su-nghiep"),
        ("Chánh Thanh tra huyện", "thanh-tra"),
        ("Phòng Tài chính - Kế hoạch", "tai-chinh-ke-hoach"),
    ],
)
def test_names_resolve_in_spite_of_aliases_abbreviations_and_roles(written, code):
    """Rule 4.7."""
    assert directory().resolve(written) == (code, [])


def test_what_does_not_resolve_is_offered_with_the_nearest_names():
    """Issue 8: a misspelt name is not guessed, the likely ones are offered."""
    code, nearest = directory().resolve("Phòng Nông nghiệp và Môi trường")

    assert code is None
    assert "nong-nghiep" in nearest


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("hoàn thành trước ngày 30/6/2026", "2026-06-29"),
        ("chậm nhất ngày 30 tháng 6 năm 2026", "2026-06-30"),
        ("báo cáo Ủy ban nhân dân huyện trước ngày 15/4", "2026-04-14"),
        ("xong trong quý II năm 2026", "2026-06-30"),
        ("trong thời hạn 05 ngày làm việc kể từ ngày ban hành", "2026-03-13"),
        ("gửi trước 16 giờ 00 ngày 10/3/2026", "2026-03-10"),
        ("trong ngày 15/3/2026", "2026-03-15"),
        ("phải hoàn thành trước 30 tháng 9 năm 2026", "2026-09-29"),
        ("đến ngày 30/6/2026 phải hoàn thành", "2026-06-30"),
        ("trình Chính phủ trong tháng 8 năm 2026", "2026-08-31"),
        ("trong 03 ngày làm việc", "2026-03-11"),
        ("thực hiện từ tháng 6/2026", None),
        ("các dự án được giao đất trước ngày 01/7/2014", None),
        ("Nghị định có hiệu lực trước ngày 01/7/2026", None),
        ("Quyết định số 12/QĐ-UBND ngày 05/01/2026", None),
        ("định kỳ hằng tháng, trước ngày 20", None),
    ],
)
def test_deadlines_are_found_and_computed(text, day):
    """Rules 3.2, 3.3: and a date that is no deadline is left alone."""
    when = read_when(text, CLOCK)

    assert (when.due.day if when.due else None) == day


@pytest.mark.parametrize(
    ("text", "recurrence"),
    [
        ("định kỳ hằng tháng, trước ngày 20, báo cáo", "định kỳ hằng tháng, trước ngày 20"),
        ("Hằng quý tổng hợp, báo cáo", "Hằng quý"),
        ("Định kỳ thứ 5 hàng tuần báo cáo", "Định kỳ thứ 5 hàng tuần"),
        ("gửi trước ngày 25 tháng cuối quý", "trước ngày 25 tháng cuối quý"),
        ("các kế hoạch 5 năm và hằng năm", None),
    ],
)
def test_recurrences_are_words(text, recurrence):
    """Rule 4.8: a recurring deadline has no one day."""
    when = read_when(text, CLOCK)

    assert when.recurrence == recurrence
    assert when.due is None or when.due.day is None


def test_two_deadlines_in_one_unit_raise_a_doubt():
    """Rule 4.9: the doubtful is marked."""
    read_paper = letter(
        "1. Phòng Nội vụ lập danh sách trước ngày 10/4/2026; "
        "báo cáo UBND huyện trước ngày 20/4/2026."
    )

    (proposal,) = read_paper.proposals
    assert proposal.deadline == "2026-04-19"
    assert "several_deadlines" in proposal.doubts
    assert proposal.confidence < 1


def test_two_steps_of_one_bullet_are_two_proposals():
    """Two agencies with a day each owe two things."""
    read_paper = letter(
        "1. Báo cáo năm: Ủy ban nhân dân các xã gửi Phòng Nội vụ trước ngày 05/12/2026; "
        "Phòng Nội vụ tổng hợp, báo cáo Ủy ban nhân dân huyện trước ngày 10/12/2026."
    )

    assert [(p.lead, p.deadline) for p in read_paper.proposals] == [
        ("Ủy ban nhân dân các xã", "2026-12-04"),
        ("Phòng Nội vụ", "2026-12-09"),
    ]


def test_a_heading_leads_what_stands_below_it():
    """Rule 4.7: "Giao …:" and a bare name both head their bullets."""
    read_paper = letter(
        "1. Giao Phòng Tư pháp:\n\n- Rà soát văn bản.\n\n- Tham mưu xử lý.",
        "2. Công an huyện\n\na) Bố trí lực lượng.",
    )

    assert [(p.clause, p.lead) for p in read_paper.proposals] == [
        ("1-1", "Phòng Tư pháp"),
        ("1-2", "Phòng Tư pháp"),
        ("2.a", "Công an huyện"),
    ]


def test_a_closing_sentence_to_everybody_is_no_task():
    """Rule 4.7: the letter's last paragraph gives no work of its own."""
    read_paper = letter("1. Phòng Y tế rà soát trang thiết bị.")

    assert [p.clause for p in read_paper.proposals] == ["1"]


def test_fields_below_a_task_belong_to_it():
    """Plans write "Cơ quan chủ trì: …" as bullets of the task they speak of."""
    read_paper = letter(
        "1. Xây dựng cơ sở dữ liệu đất đai\n\n"
        "- Cơ quan chủ trì: Phòng Tài nguyên và Môi trường\n\n"
        "- Cơ quan phối hợp: Chi cục Thuế; UBND các xã, thị trấn\n\n"
        "- Thời gian hoàn thành: trước ngày 31/10/2026"
    )

    (proposal,) = read_paper.proposals
    assert proposal.lead_agency == "tai-nguyen-moi-truong"
    assert proposal.coordinating == ["Chi cục Thuế", "UBND các xã, thị trấn"]
    assert proposal.deadline == "2026-10-30"


def test_fields_in_brackets_belong_to_their_task():
    """Plans also write "(chủ trì: …; thời gian: …)" at the end of a task."""
    read_paper = letter(
        "1. Tổ chức hội nghị tổng kết phong trào (Chủ trì: Huyện Đoàn; phối hợp: Phòng Nội vụ; "
        "thời gian: quý III/2026)."
    )

    (proposal,) = read_paper.proposals
    assert proposal.lead_agency == "huyen-doan"
    assert proposal.coordinating_agencies == ["noi-vu"]
    assert proposal.deadline == "2026-09-30"


def test_a_heading_in_capitals_is_written_ordinarily():
    """Headings shout; leads do not."""
    read_paper = letter("1. PHÒNG VĂN HÓA VÀ THÔNG TIN\n\n- Đăng tin.")

    assert [p.lead for p in read_paper.proposals] == ["Phòng Văn hóa và Thông tin"]


def test_agreeing_gives_no_work():
    """ "Đồng ý với đề xuất …" decides; "giao …" in it gives work."""
    read_paper = letter(
        "1. Đồng ý với đề xuất của Phòng Nội vụ.",
        "2. Thống nhất chủ trương khảo sát; giao Phòng Tư pháp tham mưu văn bản.",
    )

    assert [(p.clause, p.lead_agency) for p in read_paper.proposals] == [("2", "tu-phap")]


def test_work_given_in_the_closing_paragraph_is_found():
    """The order to follow up is often the last sentence."""
    text = LETTER.format(body="1. Phòng Y tế rà soát.").replace(
        "nghiêm túc thực hiện./.", "nghiêm túc thực hiện. Giao Văn phòng HĐND&UBND huyện đôn đốc./."
    )

    assert [p.lead_agency for p in reading(text).proposals] == ["y-te", "vp"]


def test_one_office_told_to_follow_up_at_the_end_is_no_closing():
    """ "Văn phòng … theo dõi, đôn đốc" is work for one, not a word to everybody."""
    text = LETTER.format(body="1. Phòng Y tế rà soát.").replace(
        "Yêu cầu các cơ quan, đơn vị nghiêm túc thực hiện./.",
        "Văn phòng HĐND&UBND huyện theo dõi, đôn đốc việc thực hiện công văn này./.",
    )

    assert [p.lead_agency for p in reading(text).proposals] == ["y-te", "vp"]


def test_what_only_tells_asks_nothing():
    """Below the opening sentence "Thời gian kiểm tra: …" is no task."""
    read_paper = letter(
        "1. Thời gian kiểm tra: từ ngày 17/3/2026 đến ngày 05/4/2026.",
        "2. Tổ chức tự kiểm tra.",
    )

    assert [p.clause for p in read_paper.proposals] == ["2"]


@pytest.mark.parametrize(
    ("clause", "leads"),
    [
        ("Giao các cơ quan: Phòng Nội vụ, Phòng Tư pháp rà soát.", ["noi-vu", "tu-phap"]),
        ("Phòng Nội vụ cùng với Thanh tra huyện kiểm tra công vụ.", ["noi-vu", "thanh-tra"]),
        (
            "UBND xã Quang Trung, Quốc Tuấn, thị trấn An Lão khắc phục sạt lở.",
            ["xa-quang-trung", "xa-quoc-tuan", "tt-an-lao"],
        ),
        (
            "UBND các xã: Quang Trung và Mỹ Đức, An Thọ tu sửa đê.",
            ["xa-quang-trung", "xa-my-duc", "xa-an-tho"],
        ),
        ("Mỗi xã, thị trấn chọn một mô hình điểm.", ["xa-thi-tran"]),
        (
            "Phòng Kinh tế và Hạ tầng vượt qua khó khăn của mùa mưa bão năm nay.",
            ["kinh-te-ha-tang"],
        ),
    ],
    ids=[
        "announced",
        "together",
        "places",
        "places after a colon",
        "each",
        "an act never heard of",
    ],
)
def test_several_and_unusual_subjects_resolve_one_by_one(clause, leads):
    """Rule 4.7: however the sentence lists who acts."""
    (proposal,) = letter(f"1. {clause}").proposals

    assert proposal.lead_agencies == leads


def test_offices_that_share_their_head_word_resolve_one_by_one():
    """Rule 4.8: "Các Phòng: Nội vụ, Tư pháp" are joint leads, each by its own name."""
    read_paper = letter("1. Các Phòng: Nội vụ, Tư pháp rà soát thủ tục hành chính.")

    (proposal,) = read_paper.proposals
    assert proposal.lead == "Phòng Nội vụ; Phòng Tư pháp"
    assert proposal.lead_agencies == ["noi-vu", "tu-phap"]
    assert proposal.leads == ["Phòng Nội vụ", "Phòng Tư pháp"]


def test_documents_are_cited_once_with_date_and_issuer():
    """Rule 4.1: and the directive's own number is no citation."""
    text = (
        "Thực hiện Nghị định số 180/2026/NĐ-CP ngày 21/5/2026 của Chính phủ; Công văn số "
        "966/UBND-NC ngày 04 tháng 5 năm 2026 của UBND thành phố; Nghị định 180/2026/NĐ-CP; "
        "gói thầu số 13/XL; Chương trình số 31-CTr/TW; văn bản 55/UBND-VP này."
    )

    found = find_references(text, "55/UBND-VP")

    assert [(r.kind, r.number, r.date, r.issuer) for r in found] == [
        ("nghị định", "180/2026/NĐ-CP", "2026-05-21", "Chính phủ"),
        ("công văn", "966/UBND-NC", "2026-05-04", "UBND thành phố"),
        ("chương trình", "31-CTr/TW", None, None),
    ]


@pytest.mark.parametrize("marking", ["MẬT", "TỐI MẬT", "TUYỆT MẬT", "Độ mật: Mật"])
def test_a_secret_document_is_refused(marking):
    """Rule 4.1: unclassified work only."""
    with pytest.raises(SecretDocument) as refusal:
        reading(f"{marking}\n" + LETTER.format(body="1. Phòng Nội vụ rà soát."))

    assert refusal.value.code == "secret"


def test_speaking_of_secrets_is_not_secret():
    """Only a marking refuses, not the word."""
    read_paper = letter("1. Công an huyện hướng dẫn bảo vệ bí mật nhà nước, tài liệu mật.")

    assert len(read_paper.proposals) == 1


@pytest.mark.parametrize(
    ("mark", "urgency"), [("HỎA TỐC", "hỏa tốc"), ("KHẨN", "khẩn"), ("", "thường")]
)
def test_urgency_is_read(mark, urgency):
    """Rule 4.1."""
    text = LETTER.format(body="1. Phòng Nội vụ rà soát.").replace("V/v", f"{mark}\n\nV/v", 1)

    assert reading(text).urgency == urgency


def test_capitals_become_ordinary_writing():
    """The heading shouts; the field does not."""
    assert proper("ỦY BAN NHÂN DÂN TỈNH LÀO CAI") == "Ủy ban nhân dân tỉnh Lào Cai"
    assert proper("CỤC ĐỔI MỚI SÁNG TẠO VÀ KHUYẾN CÔNG") == "Cục Đổi mới sáng tạo và Khuyến công"


@pytest.mark.parametrize(
    ("text", "dated", "kinds"),
    [
        ("Tổ chức quán triệt nội dung văn bản", False, ["acknowledgement"]),
        ("Xây dựng kế hoạch của đơn vị", False, ["task"]),
        ("Tăng cường kiểm tra", False, ["standing_duty"]),
        ("Tăng cường kiểm tra", True, ["task"]),
        ("Không trình hồ sơ thiếu ý kiến", False, ["standing_duty"]),
        ("Cơ quan không trả lời thì được coi như đồng ý", False, ["standing_duty", "rule"]),
        ("Khẩn trương rà soát các nhiệm vụ được giao", False, ["review_campaign"]),
    ],
)
def test_kinds_follow_signs_in_the_wording(text, dated, kinds):
    """Rule 4.4."""
    assert suggest(text, dated, False)[0] == kinds
