"""Ways of writing met in papers of 2026: torn tables, agendas, groups told apart (rule 4.7)."""

import pytest

from tests.tasks.reader.papers import LETTER, letter, reading


def test_a_table_torn_into_one_cell_a_paragraph_is_put_together():
    """Issue 8, tables: a web page copied as text; a row without partners keeps its day."""
    appendix = """
PHỤ LỤC

STT

Tên nhiệm vụ

Cơ quan chủ trì

Cơ quan phối hợp

Thời gian hoàn thành

I. CHÍNH SÁCH

1

Xây dựng bộ tiêu chí
đánh giá.

Phòng Nội vụ

Các phòng, ban

30/6/2026

II. HẠ TẦNG

2

Xây dựng kế hoạch hạ tầng.

Phòng Tư pháp

Quý IV/2026
"""
    found = reading(LETTER.format(body="1. Phòng Nội vụ rà soát biên chế.") + appendix).proposals

    assert [(p.title, p.lead, p.coordinating, p.deadline) for p in found[1:]] == [
        ("Xây dựng bộ tiêu chí đánh giá", "Phòng Nội vụ", ["Các phòng, ban"], "2026-06-30"),
        ("Xây dựng kế hoạch hạ tầng", "Phòng Tư pháp", [], "2026-12-31"),
    ]


def test_a_table_whose_borders_stand_alone_on_their_lines_is_put_together():
    """Issue 8, tables: a page copied cell by cell, "|" between them."""
    cells = ["", "STT", "Tên nhiệm vụ", "Cơ quan chủ trì", "Thời gian hoàn thành", ""]
    rows = [["", "1", "Xây dựng\nbộ tiêu chí.", "Phòng Nội vụ", "Quý IV/2026", ""]]
    table = "\n".join("\n|\n".join(row).strip() for row in [cells, *rows])
    found = reading(LETTER.format(body="1. Phòng Tư pháp rà soát.") + f"\nPHỤ LỤC\n\n{table}\n")

    assert [(p.title, p.lead, p.deadline) for p in found.proposals[1:]] == [
        ("Xây dựng bộ tiêu chí", "Phòng Nội vụ", "2026-12-31")
    ]


def test_an_agenda_is_no_task():
    """Rule 4.7: "Nội dung" beside time, place and people of a meeting says what it is about."""
    found = letter(
        "1. Nội dung:",
        "- Đánh giá công tác quý III.",
        "2. Thời gian: 14 giờ ngày 20/6/2026.",
        "3. Địa điểm: Phòng họp số 1.",
        "4. Chuẩn bị:",
        "- Giao Phòng Nội vụ chuẩn bị tài liệu.",
    ).proposals

    assert [p.lead for p in found] == ["Phòng Nội vụ"]


@pytest.mark.parametrize(
    ("order", "lead"),
    [
        (
            "Các đơn vị đầu mối giao kế hoạch rà soát danh mục.",
            "Các đơn vị đầu mối giao kế hoạch",
        ),
        (
            "Các cơ quan chủ trì quản lý Chương trình rà soát danh mục.",
            "Các cơ quan chủ trì quản lý Chương trình",
        ),
        (
            "Các hộ kinh doanh chưa nộp báo cáo năm 2025 khẩn trương nộp báo cáo.",
            "Các hộ kinh doanh chưa nộp báo cáo năm 2025",
        ),
        ("Các cơ sở nuôi trồng thủy sản ghi chép đầy đủ.", "Các cơ sở nuôi trồng thủy sản"),
        ("Cục Kết cấu hạ tầng xây dựng tham mưu phương án.", "Cục Kết cấu hạ tầng xây dựng"),
        ("Tổ chức, doanh nghiệp có mỏ phải báo cáo.", "Tổ chức, doanh nghiệp có mỏ"),
        ("Phòng Giáo dục & Đào tạo rà soát danh mục.", "Phòng Giáo dục & Đào tạo"),
        (
            "Thủ trưởng các đơn vị, hiệu trưởng các trường và trạm Y tế xã treo cờ.",
            "Thủ trưởng các đơn vị; hiệu trưởng các trường; trạm Y tế xã",
        ),
        (
            "Bộ phận phổ thông, Hiệu trưởng các trường căn cứ Quyết định thi hành.",
            "Bộ phận phổ thông; Hiệu trưởng các trường",
        ),
    ],
)
def test_an_act_inside_a_name_belongs_to_it(order, lead):
    """Rule 4.7: a group told apart by what it does, or has not done, is one name."""
    (proposal,) = letter(f"1. {order}").proposals

    assert proposal.lead == lead


def test_a_request_by_name_outweighs_the_heading():
    """Rule 4.7: "Đề nghị X …" below a heading is meant for X."""
    found = letter(
        "1. Các phòng, ban:", "- Rà soát biên chế.", "- Đề nghị Công ty Sông Chu kiểm tra kho."
    ).proposals

    assert [p.lead for p in found] == ["Các phòng, ban", "Công ty Sông Chu"]


@pytest.mark.parametrize(
    "ending",
    [
        "Để Đại hội thành công, đề nghị các cơ quan nghiêm túc triển khai thực hiện./.",
        "Phòng Giáo dục và Đào tạo yêu cầu hiệu trưởng các trường nghiêm túc thực hiện./.",
        "Trên đây là Kế hoạch tuyển sinh năm học 2026 - 2027 của Phòng Nội vụ./.",
        "Ủy ban nhân dân huyện kính mời các đại biểu dự họp đúng thành phần nêu trên./.",
    ],
)
def test_a_solemn_end_is_no_task(ending):
    """Rule 4.7: one sentence to everybody at the end asks nothing new."""
    found = letter("1. Phòng Nội vụ rà soát biên chế.", ending).proposals

    assert [p.lead for p in found] == ["Phòng Nội vụ"]


def test_what_was_asked_before_is_told():
    """Rule 4.7: "… đã có Văn bản số … đề nghị các cơ quan …" leads up to the order."""
    found = reading(
        LETTER.replace("nhân dân huyện yêu cầu:", "nhân dân huyện đề nghị:").format(
            body="Phòng Nội vụ đã có Văn bản số 12/NV ngày 05/5/2026 đề nghị các phòng báo cáo.\n\n"
            "Đến nay còn thiếu một số báo cáo, đề nghị Phòng Tư pháp gửi báo cáo còn thiếu."
        )
    ).proposals

    assert [p.lead for p in found] == ["Phòng Tư pháp"]


def test_partners_of_the_line_above_are_those_of_its_bullets():
    """Rule 4.7: "Chủ trì, phối hợp với X thực hiện, cụ thể:" below an agency's heading."""
    found = letter(
        "1. Phòng Nội vụ",
        "Chủ trì, phối hợp với các đơn vị liên quan triển khai, cụ thể:",
        "- Chuẩn bị giấy mời.",
        "- Tiếp nhận các yêu cầu.",
    ).proposals

    assert [(p.lead, p.coordinating) for p in found] == [
        ("Phòng Nội vụ", ["các đơn vị liên quan"]),
        ("Phòng Nội vụ", ["các đơn vị liên quan"]),
    ]


def test_the_money_section_gives_no_tasks():
    """Rule 4.7: who pays is told in "Kinh phí", what is to be done below it."""
    found = letter(
        "1. Kinh phí",
        "- Phòng Tài chính - Kế hoạch chủ trì, phối hợp với các phòng bố trí kinh phí.",
        "2. Tổ chức thực hiện",
        "- Phòng Nội vụ rà soát biên chế.",
    ).proposals

    assert [p.lead for p in found] == ["Phòng Nội vụ"]


def test_the_head_of_an_official_gazette_s_page_is_dropped():
    """Rule 4.7: text lost to page breaks is put back."""
    (proposal,) = letter(
        "1. Phòng Nội vụ rà soát biên chế của các",
        "CÔNG BÁO/Số 302/Ngày 02-06-2026 73",
        "đơn vị sự nghiệp.",
    ).proposals

    assert proposal.text == "Phòng Nội vụ rà soát biên chế của các đơn vị sự nghiệp."


def test_markdown_s_marks_are_no_words():
    """Issue 8: heads marked "#" and cells of several lines read as plain ones."""
    found = reading(
        "| **ỦY BAN NHÂN DÂN**<br>**HUYỆN MẪU**<br>Số: 12/TB-UBND | **CỘNG HÒA XÃ HỘI CHỦ NGHĨA "
        "VIỆT NAM**<br>**Độc lập - Tự do - Hạnh phúc**<br>Mẫu, ngày 05 tháng 5 năm 2026 |\n\n"
        "# THÔNG BÁO\n\n**Kết luận cuộc họp giao ban**\n\n### 1. Giao Phòng Nội vụ\n\n"
        "- Rà soát biên chế.\n"
    )

    assert (found.number, found.date, found.kind) == ("12/TB-UBND", "2026-05-05", "thông báo")
    assert [p.lead for p in found.proposals] == ["Phòng Nội vụ"]


def test_a_bare_word_leads_as_it_is_written():
    """Rule 4.8: `lead` is as written, "Công ty" too, where one letter goes to one company."""
    read_paper = reading(
        LETTER.replace("Các phòng, ban, ngành huyện", "Công ty cổ phần Thủ Đô")
        .replace("nhân dân huyện yêu cầu:", "nhân dân huyện đề nghị Công ty thực hiện:")
        .format(body="1. Thực hiện cắm mốc khu vực khai thác.\n\n2. Công ty nộp lại hồ sơ.")
    )

    assert {p.lead for p in read_paper.proposals} == {"Công ty"}


def test_an_appendix_under_names_alone_gives_work():
    """Rule 4.7: "Phụ lục: Nội dung yêu cầu báo cáo", one agency above its bullets."""
    appendix = """
Phụ lục: NỘI DUNG YÊU CẦU BÁO CÁO

1. Ủy ban nhân dân xã Quang Trung
- Báo cáo hiện trạng sử dụng đất.
2. Công ty cổ phần Thủ Đô
- Trình bày kế hoạch triển khai.
"""
    found = reading(LETTER.format(body="1. Phòng Nội vụ rà soát biên chế.") + appendix).proposals

    assert [(p.clause, p.lead) for p in found[1:]] == [
        ("PL.1-1", "Ủy ban nhân dân xã Quang Trung"),
        ("PL.2-1", "Công ty cổ phần Thủ Đô"),
    ]


def test_an_opinion_tells_what_was_found_and_asks_for_the_rest():
    """Rule 4.7: a letter that gives an opinion: findings are no tasks, requests are."""
    found = reading(
        LETTER.replace("nhân dân huyện yêu cầu:", "nhân dân huyện có ý kiến như sau:").format(
            body="1. Về quy hoạch: Qua đối chiếu bản đồ, khu đất nằm trong quy hoạch, phù hợp.\n\n"
            "2. Một số căn cứ đã được thay thế, do vậy đề nghị Chủ đầu tư cập nhật văn bản mới."
        )
    ).proposals

    assert [p.lead for p in found] == ["Chủ đầu tư"]


def test_two_agencies_of_one_bullet_lead_together():
    """Rule 4.8: "A đẩy nhanh …; B đẩy nhanh …" is split by a person on the review screen."""
    (proposal,) = letter(
        "1. Phòng Nội vụ rà soát biên chế; Phòng Tư pháp rà soát văn bản."
    ).proposals

    assert proposal.lead == "Phòng Nội vụ; Phòng Tư pháp"


@pytest.mark.parametrize(
    ("order", "lead"),
    [
        ("Đối với các xã chưa lập Đề án thì khẩn trương lập Đề án.", "các xã chưa lập Đề án"),
        (
            "Công ty cổ phần Đầu tư xây dựng hạ tầng thông báo kế hoạch thi công.",
            "Công ty cổ phần Đầu tư xây dựng hạ tầng",
        ),
        (
            "Các Tập đoàn, Tổng công ty, Công ty thuộc Bộ rà soát kho.",
            "Các Tập đoàn, Tổng công ty, Công ty thuộc Bộ",
        ),
        ("Tổ chức pháp chế thuộc Bộ rà soát văn bản.", "Tổ chức pháp chế thuộc Bộ"),
        (
            "Vụ Phổ biến, giáo dục pháp luật rà soát tài liệu.",
            "Vụ Phổ biến, giáo dục pháp luật",
        ),
    ],
)
def test_names_of_companies_and_groups(order, lead):
    """Rule 4.7: a name goes on through acts it is made of, and stops where the order begins."""
    (proposal,) = letter(f"1. {order}").proposals

    assert proposal.lead == lead


def test_what_an_office_will_do_is_no_task():
    """Rule 4.7: "Bộ sẽ có văn bản hướng dẫn" tells, below no heading of its own."""
    found = letter("1. Phòng Nội vụ rà soát.", "2. Sở Nội vụ sẽ có văn bản hướng dẫn.").proposals

    assert [p.lead for p in found] == ["Phòng Nội vụ"]


def test_addressees_run_over_the_line():
    """Rule 4.1: "Kính gửi: Hiệu trưởng các trường Mầm non, / Tiểu học." is one list."""
    found = reading(
        LETTER.replace(
            "Các phòng, ban, ngành huyện.", "Hiệu trưởng các trường Mầm non,\n    Tiểu học,THCS."
        ).format(body="1. Rà soát cơ sở vật chất.")
    ).proposals

    assert [p.lead for p in found] == ["Hiệu trưởng các trường Mầm non, Tiểu học,THCS"]


RAGGED = """\
UBND HUYỆN MẪU
Số: 12/UBND-VP
Mẫu, ngày 05 tháng 5 năm 2026
Kính gửi: Các phòng, ban huyện.
Chủ tịch Ủy ban nhân dân huyện
yêu cầu các phòng, ban huyện thực hiện nghiêm các nhiệm vụ
sau đây trong quý II và quý III năm 2026:
1. Phòng Nội vụ rà soát, thống kê đầy đủ biên chế của các đơn
vị sự nghiệp công lập theo đề nghị của Ủy ban nhân dân các
xã, thị trấn; tổng hợp kết quả, trình Chủ tịch Ủy ban nhân dân
Huyện trước ngày 30 tháng 5 năm 2026.
2. Phòng Kinh tế rà soát tiến độ các dự án đường giao thông từ
trung tâm huyện đi Quang Trung, An Bình, Mỹ Đức, đường Gia
Lộc và các đường nhánh; phối hợp với nhà thầu thi công Tuyến Bát Trang
- An Tiến hoàn thành trước ngày 30 tháng 6 năm 2026.
3. Phòng Tư pháp tuyên truyền, phổ biến Luật Đất đai năm 2024
và Nghị quyết của Hội đồng nhân dân huyện tới toàn thể cán bộ
Phòng, ban, ngành; báo cáo kết quả trước ngày 15 tháng 6 năm
2026.
4. Phòng Y tế kiểm tra việc chấp hành quy định về an toàn thực
phẩm tại các trường học trên địa bàn; phối hợp với Trung tâm
Y tế huyện lấy mẫu, xét nghiệm và công bố kết quả theo đúng
quy định của Bộ Y tế, báo cáo trước ngày 20 tháng 6 năm 2026.
5. Phòng Tài chính cân đối nguồn kinh phí, bố trí dự toán cho
các nhiệm vụ nêu trên; hướng dẫn các phòng, ban và Ủy ban nhân
dân các xã, thị trấn quản lý, sử dụng, thanh toán, quyết toán
kinh phí theo đúng quy định trước ngày 25 tháng 6 năm 2026.
Yêu cầu các phòng, ban huyện nghiêm túc thực hiện./.
Nơi nhận:
- Như trên.
"""


def test_where_every_paragraph_ends_with_a_mark_a_line_without_one_goes_on():
    """Rule 4.7: lines torn before a capital or a dash in the middle of a name."""
    found = reading(RAGGED).proposals

    assert [(p.lead, p.deadline) for p in found] == [
        ("Phòng Nội vụ", "2026-05-29"),
        ("Phòng Kinh tế", "2026-06-29"),
        ("Phòng Tư pháp", "2026-06-14"),
        ("Phòng Y tế", "2026-06-19"),
        ("Phòng Tài chính", "2026-06-24"),
    ]


def test_partners_that_share_a_head_are_one_entry_each():
    """Rule 4.8: `coordinating` is a list of agencies, "các Sở: A, B" are two of them."""
    (proposal,) = letter(
        "1. Phòng Nội vụ phối hợp với các Sở: Giáo dục và Đào tạo, Y tế rà soát biên chế."
    ).proposals

    assert proposal.coordinating == ["Sở Giáo dục và Đào tạo", "Sở Y tế"]


def test_an_issuer_of_three_lines():
    """Rule 4.1: "BAN THƯỜNG TRỰC" below the committee whose it is."""
    found = reading(
        "ỦY BAN MTTQ VIỆT NAM\nXÃ QUANG TRUNG\nBAN THƯỜNG TRỰC\nSố: 05/KH-MTTQ\n\n"
        "KẾ HOẠCH\nTiếp công dân\n\n1. Ban Thanh tra nhân dân tổ chức trực tiếp công dân.\n"
    )

    assert found.issuer == "Ban Thường trực Ủy ban MTTQ Việt Nam xã Quang Trung"


def test_an_address_that_runs_into_the_letter_ends_with_its_sentence():
    """Rule 4.1: "Kính gửi: … trực thuộc. Thực hiện Kế hoạch …, Phòng yêu cầu các trường:"."""
    found = reading(
        LETTER.replace(
            "Các phòng, ban, ngành huyện.\n\nChủ tịch Ủy ban nhân dân huyện yêu cầu:",
            "Hiệu trưởng các trường. Thực hiện Kế hoạch số 12/KH-UBND, Phòng Nội vụ yêu cầu các "
            "trường thực hiện:",
        ).format(body="1. Tuyên truyền, vận động học sinh.")
    )

    assert found.addressees == ["Hiệu trưởng các trường"]
    assert [p.lead for p in found.proposals] == ["các trường"]


def test_a_name_torn_behind_its_first_word_is_whole():
    """Rule 4.7: "2. Sở" / "Khoa học và Công nghệ", "V. TỔ CHỨC" / "THỰC HIỆN"."""
    found = letter(
        "I. MỤC ĐÍCH, YÊU\nCẦU\n- Nâng cao nhận thức của cán bộ.",
        "II. TỔ CHỨC\nTHỰC HIỆN\n1. Ban\nQuản lý các khu công nghiệp\n"
        "- Chủ trì, phối hợp với các phòng rà soát hạ tầng.\n"
        "2. Sở\nTài chính\n- Bố trí kinh phí theo đề nghị của Ban\nQuản lý các khu công nghiệp.",
    ).proposals

    assert [p.lead for p in found] == ["Ban Quản lý các khu công nghiệp", "Sở Tài chính"]


def test_a_plan_below_the_signature_is_told_by_what_it_says_it_is_attached_to():
    """Rule 4.7: "(Kèm theo Quyết định số …)" may stand in the plan's title."""
    decision = LETTER.format(body="Điều 1. Ban hành kèm theo Quyết định này Kế hoạch năm 2026.")
    plan = (
        "\nKẾ HOẠCH\n\nBảo vệ bí mật năm 2026 (Kèm theo Quyết định số 55/QĐ-UBND ngày 06/3)\n\n"
        "I. PHÂN CÔNG NHIỆM VỤ\n\n1. Công an huyện\n\n- Đôn đốc các cơ quan thực hiện Luật.\n"
    )
    found = reading(decision + plan).proposals

    assert [(p.clause, p.lead) for p in found][1:] == [("KH.I.1-1", "Công an huyện")]


def test_a_day_on_which_something_is_to_be_is_its_deadline():
    """Rule 4.7: "khởi công vào ngày 19/12/2026"."""
    (proposal,) = letter("1. Phòng Kinh tế khởi công dự án vào ngày 19/12/2026.").proposals

    assert proposal.deadline == "2026-12-19"


@pytest.mark.parametrize(
    ("order", "lead"),
    [
        (
            "Các cơ quan báo chí, truyền thông đưa tin kịp thời.",
            "Các cơ quan báo chí, truyền thông",
        ),
        (
            "Phòng Cảnh sát quản lý hành chính về trật tự xã hội rà soát kho.",
            "Phòng Cảnh sát quản lý hành chính về trật tự xã hội",
        ),
    ],
)
def test_names_of_fields_go_on(order, lead):
    """Rule 4.7: "quản lý hành chính về trật tự xã hội", "báo chí, truyền thông" are one field."""
    (proposal,) = letter(f"1. {order}").proposals

    assert proposal.lead == lead


def test_a_heading_tells_which_ones_are_meant():
    """Rule 4.7: "Các đơn vị thực hiện dịch vụ thu gom rác:" is the lead of its bullets."""
    (proposal,) = letter(
        "1. Các đơn vị thực hiện dịch vụ thu gom rác:", "- Rà soát phương tiện."
    ).proposals

    assert proposal.lead == "Các đơn vị thực hiện dịch vụ thu gom rác"
