"""Forms in which other bodies write their orders, met in documents of provinces and ministries."""

import pytest

from tasks.reader.repair import repair
from tests.tasks.reader.papers import LETTER, letter, reading

CLAUSES = {
    "a letter's label": (
        ["1. Giao:", "a) Phòng Nội vụ: Chủ trì, phối hợp với Phòng Tư pháp rà soát biên chế."],
        ("1.a", "Phòng Nội vụ", ["Phòng Tư pháp"]),
    ),
    "bracketed figures": (
        ["1. Hạ tầng", "(1) Phòng Nội vụ phối hợp Công an huyện để cấp con dấu cho tổ chức mới."],
        ("1.1", "Phòng Nội vụ", ["Công an huyện"]),
    ),
    "small Roman": (
        ["1. Kiến nghị", "(i). Phòng Tư pháp rà soát văn bản."],
        ("1.i", "Phòng Tư pháp", []),
    ),
    "counted in words": (
        ["Thứ nhất, Phòng Y tế rà soát trang thiết bị."],
        ("Thứ nhất", "Phòng Y tế", []),
    ),
    "a topic before the order": (
        ["1. Về tuyên truyền: Giao Phòng Văn hóa và Thông tin chủ trì xây dựng tin bài."],
        ("1", "Phòng Văn hóa và Thông tin", []),
    ),
    "given after a circumstance": (
        ["1. Trong thời gian chưa di dời, giao UBND xã Quang Trung kiểm tra việc chấp hành."],
        ("1", "UBND xã Quang Trung", []),
    ),
    "a person and his post": (
        ["1. Phân công đồng chí Nguyễn Văn Bình, Phó Chủ tịch UBND huyện chỉ đạo dự án."],
        ("1", "đồng chí Nguyễn Văn Bình, Phó Chủ tịch UBND huyện", []),
    ),
    "a verb inside a name": (
        ["1. Giao Trung tâm xúc tiến Đầu tư, Thương mại và Du lịch tỉnh:", "- Tổ chức đối thoại."],
        ("1-1", "Trung tâm xúc tiến Đầu tư, Thương mại và Du lịch tỉnh", []),
    ),
    "a group told apart by its trade": (
        ["1. Các đơn vị sản xuất, kinh doanh hóa chất trên địa bàn khẩn trương báo cáo."],
        ("1", "Các đơn vị sản xuất, kinh doanh hóa chất trên địa bàn", []),
    ),
    "a heading that describes": (
        [
            "1. Trách nhiệm của các tổ chức, doanh nghiệp hoạt động trong lĩnh vực khoáng sản",
            "- Thực hiện đúng giấy phép.",
        ],
        ("1-1", "các tổ chức, doanh nghiệp hoạt động trong lĩnh vực khoáng sản", []),
    ),
    "a heading that is no agency": (
        ["1. Trách nhiệm của nhà đầu tư", "- Tổ chức triển khai dự án đúng tiến độ."],
        ("1-1", "nhà đầu tư", []),
    ),
    "the list that carries a decision out": (
        [
            "1. Chánh Văn phòng UBND tỉnh; các thành viên có tên tại Điều 1 và Chủ tịch UBND các "
            "xã, phường, đặc khu chịu trách nhiệm thi hành Quyết định này."
        ],
        (
            "1",
            "Chánh Văn phòng UBND tỉnh; các thành viên có tên tại Điều 1; "
            "Chủ tịch UBND các xã, phường, đặc khu",
            [],
        ),
    ),
    "who leads said in brackets": (
        ["1. Giao Công an huyện (chủ trì), Phòng Y tế, Phòng Tư pháp kiểm tra các cơ sở."],
        ("1", "Công an huyện", ["Phòng Y tế", "Phòng Tư pháp"]),
    ),
    "together with": (
        ["1. Giao Phòng Nội vụ chủ trì, cùng với UBND xã Quang Hưng vận động các hộ dân."],
        ("1", "Phòng Nội vụ", ["UBND xã Quang Hưng"]),
    ),
    "an act after an agreement": (
        ["1. Đối với dự án chợ: đồng ý chủ trương; Phòng Nội vụ khẩn trương hoàn thiện hồ sơ."],
        ("1", "Phòng Nội vụ", []),
    ),
    "a city whose name ends like an office": (
        ["1. Giao Ủy ban nhân dân thành phố Hải Phòng kiểm tra, xử lý vi phạm."],
        ("1", "Ủy ban nhân dân thành phố Hải Phòng", []),
    ),
    "an act right after a colon": (
        ["1. Chủ tịch UBND các huyện, thành phố: Tổ chức sơ tán người dân khỏi nơi nguy hiểm."],
        ("1", "Chủ tịch UBND các huyện, thành phố", []),
    ),
    "being on duty": (
        ["1. Sở Nông nghiệp và Phát triển nông thôn thường trực công tác phòng chống lụt bão."],
        ("1", "Sở Nông nghiệp và Phát triển nông thôn", []),
    ),
    "an issuer that writes of itself": (
        ["1. Sở giao Chi cục Chăn nuôi và Thú y cử cán bộ xuống cơ sở hướng dẫn."],
        ("1", "Chi cục Chăn nuôi và Thú y", []),
    ),
    "a commune's officer": (
        ["1. Công chức Văn hóa - Xã hội phối hợp MTTQ và các đoàn thể xã tuyên truyền."],
        ("1", "Công chức Văn hóa - Xã hội", ["MTTQ", "các đoàn thể xã"]),
    ),
    "a deputy of the government": (
        ["1. Giao Phó Thủ tướng Lê Thành Long trực tiếp chỉ đạo việc thực hiện Chỉ thị này."],
        ("1", "Phó Thủ tướng Lê Thành Long", []),
    ),
    "partners of a line that ends in a colon": (
        ["1. Về thể chế", "Giao Phòng Tư pháp chủ trì, phối hợp với Công an huyện:", "a) Rà soát."],
        ("1.a", "Phòng Tư pháp", ["Công an huyện"]),
    ),
    "a polite order": (
        ["1. Kính đề nghị Ban Thường vụ Huyện ủy cho ý kiến về phương án."],
        ("1", "Ban Thường vụ Huyện ủy", []),
    ),
    "a word before the order": (
        ["1. Đồng thời, giao Phòng Tư pháp rà soát văn bản đã ban hành."],
        ("1", "Phòng Tư pháp", []),
    ),
    "an order after an account": (
        ["1. Về hồ sơ: Hồ sơ chưa nêu loại hình. Đề nghị Phòng Nội vụ bổ sung, làm rõ."],
        ("1", "Phòng Nội vụ", []),
    ),
    "a partner named before what it does": (
        ["1. Giao Phòng Nội vụ chủ trì, Phòng Tư pháp phối hợp xây dựng kế hoạch."],
        ("1", "Phòng Nội vụ", ["Phòng Tư pháp"]),
    ),
    "one post of several offices": (
        ["1. Giao Giám đốc: Sở Nội vụ, Sở Tư pháp phối hợp với UBND huyện tuyên truyền."],
        ("1", "Giám đốc Sở Nội vụ; Giám đốc Sở Tư pháp", ["UBND huyện"]),
    ),
    "levels of schools": (
        ["1. Hiệu trưởng các trường mầm non, tiểu học, THCS chịu trách nhiệm quản lý học sinh."],
        ("1", "Hiệu trưởng các trường mầm non, tiểu học, THCS", []),
    ),
    "a name with a preposition's syllable": (
        ["1. Tổ công tác giải phóng mặt bằng huyện đối thoại với các hộ dân."],
        ("1", "Tổ công tác giải phóng mặt bằng huyện", []),
    ),
    "who invests": (
        ["1. Chủ đầu tư các dự án đẩy nhanh tiến độ giải ngân."],
        ("1", "Chủ đầu tư các dự án", []),
    ),
    "heads of offices": (
        ["1. Lãnh đạo các phòng, ban chuyên môn kiểm tra việc chấp hành giờ làm việc."],
        ("1", "Lãnh đạo các phòng, ban chuyên môn", []),
    ),
    "the day before the agency": (
        ["1. Chậm nhất đến hết ngày 31/3/2026, các cơ quan, đơn vị phải hoàn thành số hóa."],
        ("1", "các cơ quan, đơn vị", []),
    ),
    "a name with a trade's verb in it": (
        ["1. Phối hợp với các đơn vị truyền thông thuộc Bộ Y tế xây dựng chương trình."],
        ("1", "Các phòng, ban, ngành huyện", ["các đơn vị truyền thông thuộc Bộ Y tế"]),
    ),
    "zones and clusters": (
        ["1. Chủ đầu tư dự án hạ tầng kỹ thuật khu, cụm công nghiệp san tạo mặt bằng."],
        ("1", "Chủ đầu tư dự án hạ tầng kỹ thuật khu, cụm công nghiệp", []),
    ),
    "investors beside offices": (
        ["1. UBND cấp xã chủ trì, phối hợp với các Sở, ban ngành, nhà đầu tư thứ cấp thực hiện."],
        ("1", "UBND cấp xã", ["các Sở, ban ngành", "nhà đầu tư thứ cấp"]),
    ),
    "communes and wards named after a colon": (
        ["1. UBND các xã, phường: Văn Chấn, Nghĩa Lộ chủ trì, phối hợp với Sở Xây dựng di dời."],
        ("1", "UBND các xã, phường: Văn Chấn, Nghĩa Lộ", ["Sở Xây dựng"]),
    ),
    "partners after a semicolon": (
        ["1. Sở Y tế chủ trì; các sở: Giáo dục và Đào tạo, Nội vụ phối hợp tiêm chủng."],
        ("1", "Sở Y tế", ["Sở Giáo dục và Đào tạo", "Sở Nội vụ"]),
    ),
}


@pytest.mark.parametrize("form", CLAUSES)
def test_an_order_is_read_in_whatever_form_it_is_given(form):
    """Rule 4.7: who is asked, and with whom."""
    clauses, expected = CLAUSES[form]

    (proposal,) = letter(*clauses).proposals

    assert (proposal.clause, proposal.lead, proposal.coordinating) == expected


@pytest.mark.parametrize(
    "telling",
    [
        "1. Địa điểm: Hội trường Phòng Nội vụ, số 1 phố Lê Lợi.",
        "1. Số lượng đơn vị kiểm tra: tối thiểu 20% phòng chuyên môn thuộc UBND huyện.",
        "1. Theo quy định tại khoản 1 Điều 4 Luật số 42/2024/QH15, giấy phép do Công an cấp.",
        "Thứ nhất, Phòng Tư pháp đã có Văn bản số 66/PTP ngày 02/3/2026 nhưng chưa được trả lời.",
        "1. Chủ tịch UBND huyện thông báo để Hội Cựu giáo chức huyện biết./.",
    ],
    ids=["place", "count", "law quoted", "account", "news"],
)
def test_what_tells_is_no_task(telling):
    """Rule 4.7: facts, quotations and accounts ask nothing of anybody."""
    assert letter(telling).proposals == []


def test_members_of_a_board_are_no_tasks():
    """Rule 4.7: a decision's list of names gives no work."""
    clauses = (
        "Điều 1. Thành lập Ban Chỉ đạo gồm các thành viên sau:",
        "1. Phó Chủ tịch Ủy ban nhân dân huyện, Phó Trưởng ban.",
        "- Trưởng phòng Nội vụ;",
    )

    assert letter(*clauses).proposals == []


def test_field_lines_below_a_list_serve_all_of_it():
    """Rule 4.7: "Đơn vị chủ trì: …; Đơn vị phối hợp: …" once, below several bullets."""
    found = letter(
        "1. Cải cách",
        "- Rà soát thủ tục hành chính.",
        "- Phối hợp với Công an huyện cấp con dấu.",
        "Lãnh đạo phụ trách: Phó Chủ tịch.",
        "Đơn vị chủ trì: Phòng Nội vụ; Đơn vị phối hợp: Phòng Tư pháp.",
    ).proposals

    assert [(p.lead, p.coordinating) for p in found] == [
        ("Phòng Nội vụ", ["Phòng Tư pháp"]),
        ("Phòng Nội vụ", ["Công an huyện", "Phòng Tư pháp"]),
    ]


def test_what_is_to_be_sent_in_is_a_task_of_those_asked():
    """Rule 4.7: "Báo cáo … gửi về … trước ngày …" below the list keeps its day to itself."""
    found = letter(
        "1. Phòng Nội vụ báo cáo biên chế.",
        "2. Phòng Tư pháp báo cáo văn bản.",
        "Báo cáo của các cơ quan gửi về UBND huyện trước ngày 12/6/2026 để tổng hợp.",
    ).proposals

    assert [(p.lead, p.deadline) for p in found] == [
        ("Phòng Nội vụ", None),
        ("Phòng Tư pháp", None),
        ("các cơ quan", "2026-06-11"),
    ]


def test_one_sentence_s_day_is_everybody_s():
    """Rule 4.7: "Các nội dung trên … trước ngày …" below the list dates what stands above."""
    found = letter(
        "1. Phòng Nội vụ báo cáo biên chế.",
        "2. Phòng Tư pháp báo cáo văn bản.",
        "Các nội dung trên hoàn thành trước ngày 12/6/2026.",
    ).proposals

    assert [p.deadline for p in found] == ["2026-06-11", "2026-06-11"]
    assert found[0].spans["deadline"] == found[1].spans["deadline"]


def test_an_excerpt_s_first_sentence_names_the_document():
    """Rule 4.1: number, date, kind, issuer and abstract of what a web page retells."""
    found = reading(
        "Ngày 04/12/2025, UBND tỉnh Lai Châu ban hành Công văn số 2221 /UBND-TH về việc giải trình "
        "ý kiến thẩm tra.\n"
        "Sau khi xem xét, Chủ tịch UBND tỉnh có ý kiến chỉ đạo:\n"
        "Giao Sở Tài chính tổng hợp, báo cáo trước 14 giờ, ngày 05/12/2025.\n"
    )

    assert (found.number, found.date, found.kind) == ("2221/UBND-TH", "2025-12-04", "công văn")
    assert (found.issuer, found.abstract) == (
        "UBND tỉnh Lai Châu",
        "về việc giải trình ý kiến thẩm tra",
    )
    assert [p.deadline for p in found.proposals] == ["2025-12-05"]


@pytest.mark.parametrize(
    ("cited", "number"),
    [
        ("Công văn số 427/BCA-C04 ngày 02/02/2026", "427/BCA-C04"),
        ("Tờ trình số 65/TTr-CAT-PC06 ngày 01/8/2025", "65/TTr-CAT-PC06"),
        ("Tờ trình số 409/TTr-CAT(PC04) ngày 26/11/2025", "409/TTr-CAT(PC04)"),
        ("Nghị định số 105/2025/NĐ-CP2 của Chính phủ", "105/2025/NĐ-CP"),
        ("Công văn số 847/UBND-VX1 ngày 22/3/2011", "847/UBND-VX1"),
        ("Văn bản số 03/2026/VLN/CV-TA ngày 18/6/2026", "03/2026/VLN/CV-TA"),
        ("Văn bản số 24.6/GĐN ngày 24/6/2026", "24.6/GĐN"),
        ("Văn bản số 93/CT-05 ngày 18/6/2026", "93/CT-05"),
    ],
)
def test_symbols_keep_their_department_and_lose_a_footnote_s_figure(cited, number):
    """Rule 4.7: documents cited by number."""
    found = reading(LETTER.format(body=f"1. Phòng Nội vụ thực hiện {cited}."))

    assert number in [reference.number for reference in found.references]


def test_a_table_of_persons_with_several_lines_a_cell():
    """Issue 8: what is attached without the word "phụ lục", one task a row."""
    appended = (
        LETTER.format(body="1. Phòng Nội vụ tổ chức huấn luyện.") + "\n"
        "PHÂN CÔNG NHIỆM VỤ\n"
        "TT | Nhiệm vụ thực hiện | Người thực hiện | Ghi chú\n"
        " | Rà soát học viên | Vũ Văn Linh\nNguyễn Thị Loan | \n"
        " | Tổ chức chấm bài | Vũ Văn Linh | \n"
    )

    rows = [p for p in reading(appended).proposals if p.clause.startswith("PL")]

    assert [(p.text, p.lead) for p in rows] == [
        ("Rà soát học viên", "Vũ Văn Linh; Nguyễn Thị Loan"),
        ("Tổ chức chấm bài", "Vũ Văn Linh"),
    ]


def test_what_is_quoted_over_several_paragraphs_asks_nobody():
    """Issue 8: another body's words, from “ to ”, are no orders of this one."""
    found = letter(
        "Sở Nội vụ có ý kiến như sau:",
        "“1. Phòng Tư pháp rà soát điều lệ của các hội.",
        "2. Phòng Y tế báo cáo kết quả trước ngày 15/5/2026.”",
        "Căn cứ ý kiến trên, giao Phòng Nội vụ hướng dẫn các hội thực hiện theo quy định.",
    )

    assert [p.lead for p in found.proposals] == ["Phòng Nội vụ"]


def test_an_article_without_words_of_its_own_still_parts_the_text():
    """Issue 8: "Điều 2." on a line of its own ends the list of members above it."""
    found = letter(
        "Điều 1. Thành lập Ban Chỉ đạo gồm các ông, bà có tên sau:",
        "1. Ông Lê Văn A - Trưởng phòng Nội vụ.",
        "Điều 2.",
        "1. Phòng Nội vụ là cơ quan thường trực, có trách nhiệm bảo đảm hoạt động của Ban.",
    )

    assert [(p.clause, p.lead) for p in found.proposals] == [("Điều 2.1", "Phòng Nội vụ")]


def test_a_number_that_only_announces_leads_those_after_it():
    """Issue 8: "1. Giao X thực hiện các việc sau:" followed by 2 and 3 of the same rank."""
    found = letter(
        "1. Giao Phòng Nội vụ thực hiện các công việc liên quan:",
        "2. Tổ chức kiểm tra kỹ thuật an toàn cho các đối tượng có liên quan đến kho.",
        "3. Chuẩn bị các điều kiện cần thiết khác để tổ chức kiểm tra.",
    )

    assert [(p.clause, p.lead) for p in found.proposals] == [
        ("2", "Phòng Nội vụ"),
        ("3", "Phòng Nội vụ"),
    ]


def test_a_day_still_to_be_filled_in_is_a_doubt():
    """Rule 4.7: "trước ngày …/…/2026" is a deadline, of no day yet."""
    (proposal,) = letter("1. Phòng Nội vụ báo cáo kết quả trước ngày …/…/2026.").proposals

    assert (proposal.deadline_text, proposal.deadline) == ("trước ngày …/…/2026", None)
    assert "deadline_unread" in proposal.doubts


def test_a_day_of_the_week_stands_before_the_date():
    """Rule 4.7: "muộn nhất 16h30 thứ Sáu, ngày 06/11/2026"."""
    (proposal,) = letter(
        "1. Phòng Nội vụ nộp biên bản muộn nhất 16h30 thứ Sáu, ngày 06/11/2026."
    ).proposals

    assert proposal.deadline == "2026-11-06"

    (proposal,) = letter("1. Phòng Nội vụ báo cáo trước thứ Sáu, ngày 27/3/2026.").proposals

    assert proposal.deadline == "2026-03-26"


def test_a_plan_behind_the_decision_that_issues_it_gives_tasks():
    """Rule 4.7: what was signed for begins after the signature."""
    found = reading(
        LETTER.format(body="1. Phòng Nội vụ đôn đốc việc thực hiện Kế hoạch.") + "\n"
        "KẾ HOẠCH\nPHÁT TRIỂN CÂY VỤ ĐÔNG\n"
        "(Kèm theo Quyết định số 1890/QĐ-UBND ngày 07 tháng 11 năm 2026)\n"
        "I. MỤC TIÊU\nDiện tích đạt 37.000 ha.\n"
        "II. TỔ CHỨC THỰC HIỆN\n1. Phòng Tư pháp: Tham mưu bố trí kinh phí.\n"
    )

    assert [(p.clause, p.lead) for p in found.proposals] == [
        ("1", "Phòng Nội vụ"),
        ("KH.II.1", "Phòng Tư pháp"),
    ]


def test_a_date_line_in_figures():
    """Rule 4.7: "Kiến An, ngày 02/11/2026" in the heading dates the letter."""
    figures = LETTER.replace("ngày 06 tháng 3 năm 2026", "ngày 06/3/2026")

    found = reading(figures.format(body="1. Phòng Nội vụ rà soát biên chế."))

    assert (found.date, found.abstract) == ("2026-03-06", "V/v thử việc đọc văn bản")


def test_a_sentence_with_a_duty_is_an_order_in_a_text_without_marks():
    """Issue 8: an excerpt of prose, two orders in one paragraph."""
    found = reading(
        "Phòng Nội vụ có trách nhiệm đôn đốc, tổng hợp danh sách các đơn vị. "
        "Yêu cầu UBND các xã, thị trấn phối hợp và tổ chức thực hiện."
    )

    assert [p.lead for p in found.proposals] == ["Phòng Nội vụ", "UBND các xã, thị trấn"]


def test_a_later_sentence_with_its_own_agency_keeps_its_day():
    """Rule 4.7: "A gửi B trước …. B báo cáo … trước …": the day is the lead's."""
    (proposal,) = letter(
        "1. Ủy ban nhân dân các xã gửi kết quả về Phòng Nội vụ trước ngày 12/4/2026. "
        "Phòng Nội vụ tổng hợp, báo cáo trước ngày 20/4/2026."
    ).proposals

    assert proposal.deadline == "2026-04-11"


def test_a_paper_passed_on_is_a_task_of_whom_it_reaches():
    """Rule 4.7: an office that only forwards ("chuyển … đến X để xử lý"); the number comes last."""
    read_paper = reading(
        "Xử lý thông tin báo chí phản ánh\n"
        "Ngày 19/10/2025, Báo A có bài viết về đường hỏng.\n"
        "Văn phòng UBND tỉnh chuyển nội dung nêu trên đến Sở Xây dựng để nghiên cứu, xử lý.\n"
        "Công văn số 3570/VP-CTXD ngày 24/10/2025\n"
    )

    assert [p.lead for p in read_paper.proposals] == ["Sở Xây dựng"]
    assert (read_paper.number, read_paper.date) == ("3570/VP-CTXD", "2025-10-24")
    assert read_paper.abstract == "Xử lý thông tin báo chí phản ánh"


def test_an_excerpt_below_its_headline():
    """Rule 4.7: the title stands above "Ngày …, Chủ tịch … ban hành công văn 250/UBND-VX"."""
    read_paper = reading(
        "Tăng cường phòng, chống dịch\n\n"
        "Ngày 21/01/2021, Chủ tịch Ủy ban nhân dân huyện An Lão ban hành công văn 250/UBND-VX "
        "đề nghị các phòng, ban phòng dịch.\n\n"
        "1. Phòng Y tế giám sát ca bệnh.\n\n2. Ủy ban nhân dân các xã quản lý chặt địa bàn.\n"
    )

    header = (read_paper.number, read_paper.date, read_paper.issuer, read_paper.abstract)
    assert header == (
        "250/UBND-VX",
        "2021-01-21",
        "Ủy ban nhân dân huyện An Lão",
        "Tăng cường phòng, chống dịch",
    )
    assert [p.lead for p in read_paper.proposals] == ["Phòng Y tế", "Ủy ban nhân dân các xã"]


def test_a_day_of_every_year_recurs_however_far_the_period_stands():
    """Rule 4.7: "định kỳ hai năm một lần rà soát …; gửi … trước ngày 30 tháng 6 hằng năm"."""
    (proposal,) = letter(
        "1. Phòng Nội vụ định kỳ hai năm một lần rà soát danh mục; gửi kết quả trước ngày "
        "30 tháng 6 hằng năm."
    ).proposals

    assert proposal.deadline is None and proposal.recurrence


def test_an_order_that_goes_on_in_its_parts_is_one_besides_them():
    """Rule 4.7: "…, trình trước ngày …. Trong đó chú ý một số nội dung sau:" has its own day."""
    order, part = letter(
        "1. Phòng Nội vụ khẩn trương tiếp thu ý kiến, hoàn thiện dự thảo Đề án, trình trước "
        "ngày 20/10/2026. Trong đó chú ý một số nội dung sau:",
        "- Về phạm vi:",
        "Phòng Tư pháp rà soát quy định hiện hành.",
    ).proposals

    assert (order.lead, order.deadline) == ("Phòng Nội vụ", "2026-10-19")
    assert part.lead == "Phòng Tư pháp"


def test_an_article_that_is_cited_where_a_line_begins_is_no_heading():
    """Rule 4.7: "… tại / Điều 62 Luật Địa chất" goes on; "Điều 62." heads."""
    units = letter(
        "1. Phòng Nội vụ:",
        "- Thông báo trình độ của giám đốc điều hành mỏ theo tiêu chuẩn tại",
        "Điều 62 Luật Địa chất và khoáng sản.",
        "- Lập hồ sơ về môi trường.",
    ).proposals

    assert [unit.clause for unit in units] == ["1-1", "1-2"]


def test_who_answers_for_a_list_is_said_below_it():
    """Rule 4.7: a Party programme's "Trách nhiệm chỉ đạo thực hiện: …" fills every bullet."""
    units = letter(
        "1. Tăng cường tuyên truyền",
        "- Quán triệt sâu sắc quan điểm phát triển bền vững.",
        "- Đổi mới công tác phổ biến pháp luật.",
        "Trách nhiệm chỉ đạo thực hiện: Đảng ủy Ủy ban nhân dân tỉnh.",
    ).proposals

    assert [unit.lead for unit in units] == ["Đảng ủy Ủy ban nhân dân tỉnh"] * 2


def test_what_is_required_of_a_group_is_its_duty():
    """Rule 4.7: "Yêu cầu" heads aims; "Yêu cầu đối với X." heads X's duties."""
    (unit,) = letter(
        "1. Yêu cầu đối với các tổ chức khai thác khoáng sản.",
        "1.1. Thực hiện đúng và đầy đủ các quy định của pháp luật về khoáng sản.",
    ).proposals

    assert unit.lead == "các tổ chức khai thác khoáng sản"


SECTIONS = (
    "I. Nội dung",
    "1. Phòng Tư pháp:",
    "- Rà soát văn bản của huyện.",
    "2. Phòng Nội vụ:",
    "- Rà soát biên chế của huyện.",
    "Báo cáo kết quả gửi về UBND huyện chậm nhất ngày 31/5/2026.",
    "II. Tổ chức thực hiện",
    "1. Phòng Y tế:",
    "- Theo dõi việc thực hiện.",
)


def test_a_section_s_own_day_is_not_that_of_earlier_sections():
    """Rule 4.7: what one agency is to send in by a day dates no other agency's work."""
    found = letter(*SECTIONS).proposals

    assert [(p.lead, p.deadline) for p in found] == [
        ("Phòng Tư pháp", None),
        ("Phòng Nội vụ", None),
        ("Phòng Nội vụ", "2026-05-31"),
        ("Phòng Y tế", None),
    ]


def test_a_day_for_all_that_stands_above_is_every_section_s():
    """Rule 4.7: "các nội dung trên" speaks of more than its own section."""
    all_of_it = "Các nội dung trên hoàn thành trước ngày 12/6/2026."

    found = letter(*SECTIONS[:5], all_of_it, *SECTIONS[6:]).proposals

    assert [p.deadline for p in found] == ["2026-06-11", "2026-06-11", None]


@pytest.mark.parametrize(
    ("heading", "lead"),
    [
        (
            "1. Đối với các đơn vị đã được Sở Y tế, UBND tỉnh đánh giá.",
            "các đơn vị đã được Sở Y tế, UBND tỉnh đánh giá",
        ),
        ("1. Đối với các đơn vị chưa tham gia đánh giá:", "các đơn vị chưa tham gia đánh giá"),
    ],
)
def test_a_heading_tells_a_group_to_its_end(heading, lead):
    """Rule 4.8: the group is who did or did not do something, all of it."""
    (proposal,) = letter(heading, "a) Rà soát hồ sơ tự đánh giá.").proposals

    assert proposal.lead == lead


def test_a_list_of_faults_gives_no_work():
    """Rule 4.7: what was done wrong is told, what mends it is asked."""
    found = letter(
        "1. Khắc phục một số tồn tại",
        "- Khai báo không chính xác hồ sơ của đơn vị.",
        "- Cập nhật sai về ngân sách nhà nước.",
        "- Rà soát, sửa các hồ sơ đã khai báo.",
    ).proposals

    assert [p.clause for p in found] == ["1-3"]


def test_requirements_with_their_progress_are_tasks():
    """Rule 4.7: "Yêu cầu và tiến độ" is no section of purpose."""
    found = letter("1. Yêu cầu và tiến độ thực hiện", "- Rà duyệt số liệu.").proposals

    assert [p.clause for p in found] == ["1-1"]


def test_an_agency_by_its_kind_alone_is_the_heading_s():
    """Rule 4.8: below "1. Sở Y tế" the bare "Sở" is that one."""
    found = letter("1. Sở Y tế:", "1.1. Sở sẽ tổ chức kiểm tra các bệnh viện.").proposals

    assert [p.lead for p in found] == ["Sở Y tế"]


PLAN = """\
ỦY BAN NHÂN DÂN
HUYỆN AN LÃO

Số: 21/KH-UBND
An Lão, ngày 12 tháng 3 năm 2026

KẾ HOẠCH
Công tác pháp chế năm 2026

I. TỔ CHỨC THỰC HIỆN
1. Chế độ thông tin báo cáo.
Báo cáo cuối năm: Báo cáo tổng kết công tác pháp chế trước ngày 15/12/2026
Nhận báo cáo: Đồng chí Lê Văn Nam, chuyên viên Phòng Nội vụ

Trên đây là kế hoạch công tác pháp chế. Đề nghị các đơn vị triển khai, thực hiện nghiêm túc./.

Nơi nhận:
- Như trên.
"""


def test_a_report_by_its_name_is_owed_by_whom_the_plan_asks():
    """Rule 4.8: below a heading without an agency the last sentence says who."""
    (proposal,) = reading(PLAN).proposals

    assert (proposal.lead, proposal.deadline) == ("các đơn vị", "2026-12-14")


def test_papers_to_enclose_and_lists_of_names_are_no_tasks():
    """Rule 4.7: "gửi hồ sơ … gồm:" is one task with its list; names only say which."""
    found = letter(
        "1. Các trường tham gia năm 2026.",
        "- Tháng 10 năm 2026, gồm:",
        "Các trường tiểu học: Hoàng An, Hoàng Lương",
        "2. Các trường gửi hồ sơ về Phòng Nội vụ gồm:",
        "- Báo cáo tự đánh giá (01 bản in);",
        "- Bản mềm báo cáo.",
    ).proposals

    assert [p.clause for p in found] == ["2"]


def test_a_line_as_far_in_that_opens_with_an_act_is_a_paragraph_of_its_own():
    """Stage repair: a full line without a full stop ends where the next begins anew."""
    act = "       Phối hợp với Phòng Tư pháp tổ chức tuyên truyền pháp luật cho nhân dân xã"
    body = (
        "       Xây dựng kế hoạch của đơn vị và tổ chức triển khai thực hiện kế hoạch của\nhuyện."
    )
    lines = "\n".join([body, body, body, body, act, body])

    assert "nhân dân xã\nXây dựng" in repair(lines)


@pytest.mark.parametrize(
    ("partner", "rest"),
    [
        ("Ban chỉ đạo phòng, chống dịch bệnh Covid-19 địa phương", " trong việc rà soát dịch."),
        ("các tổ chức đoàn thể trong đơn vị", " tiến hành tự kiểm tra việc thực hiện."),
    ],
)
def test_a_partner_s_name_is_whole(partner, rest):
    """Rule 4.8: a board's purpose and "trong đơn vị" belong to the name."""
    (proposal,) = letter(f"1. Phòng Y tế phối hợp với {partner}{rest}").proposals

    assert proposal.coordinating == [partner]


def test_a_number_keeps_its_second_department():
    """Rule 4.1: "998/SGDĐT-GDTrH, GDTX" is one symbol."""
    text = LETTER.format(body="1. Phòng Y tế báo cáo.")

    assert reading(text.replace("55/UBND-VP", "55 /UBND-VP, NC")).number == "55/UBND-VP, NC"
