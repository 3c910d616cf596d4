"""Whom an order means: groups told apart, shared heads, several sentences (rules 4.7, 4.8)."""

import pytest

from tests.tasks.reader.papers import letter, reading


def leads(*paragraphs: str) -> list[str | None]:
    """Who leads each proposal of a letter, in order."""
    return [proposal.lead for proposal in letter(*paragraphs).proposals]


@pytest.mark.parametrize(
    ("order", "lead"),
    [
        (
            "Các địa phương bị thiệt hại do bão số 3 khẩn trương thống kê thiệt hại.",
            "Các địa phương bị thiệt hại do bão số 3",
        ),
        (
            "Các chủ đầu tư các dự án trọng điểm, các nhà thầu thi công đẩy nhanh tiến độ.",
            "Các chủ đầu tư các dự án trọng điểm; các nhà thầu thi công",
        ),
        (
            "Đối với các xã có tên trong Danh sách kèm theo, yêu cầu gửi báo cáo bổ sung.",
            "các xã có tên trong Danh sách kèm theo",
        ),
        (
            "UBND các xã và các đơn vị được giao làm Bên mời thầu rà soát hồ sơ.",
            "UBND các xã; các đơn vị được giao làm Bên mời thầu",
        ),
        (
            "Các cơ quan thông tin, truyền thông của huyện xây dựng kế hoạch tuyên truyền.",
            "Các cơ quan thông tin, truyền thông của huyện",
        ),
        (
            "Tổ giúp việc Ban Chỉ đạo bầu cử của huyện rà soát danh sách.",
            "Tổ giúp việc Ban Chỉ đạo bầu cử của huyện",
        ),
        (
            "Nhà đầu tư của hai dự án đường bộ xây dựng tiến độ thi công.",
            "Nhà đầu tư của hai dự án đường bộ",
        ),
        (
            "Giao Trung tâm chủ trì phối hợp với Phòng Nội vụ tham mưu hội nghị.",
            "Trung tâm",
        ),
        (
            "Các phòng, ban dự Hội nghị đúng thành phần.",
            "Các phòng, ban",
        ),
        (
            "Cơ quan phối hợp có trách nhiệm trả lời đúng hạn.",
            "Cơ quan phối hợp",
        ),
        (
            "Ban Quản lý Khu Nông nghiệp ứng dụng Công nghệ cao rà soát quy hoạch.",
            "Ban Quản lý Khu Nông nghiệp ứng dụng Công nghệ cao",
        ),
        (
            "Giám đốc các sở, ngành, đơn vị: Sở Nội vụ, Thuế tỉnh rà soát danh mục.",
            "Sở Nội vụ; Thuế tỉnh",
        ),
        (
            "Các bệnh viện cấp chuyên sâu, cấp cơ bản tập trung khám bệnh theo phân cấp.",
            "Các bệnh viện cấp chuyên sâu, cấp cơ bản",
        ),
        (
            "Báo cáo tháng: Phòng Nội vụ tổng hợp báo cáo trước ngày 10 hằng tháng.",
            "Phòng Nội vụ",
        ),
        (
            "Phòng Nội vụ kiểm tra công trình; các trường hợp vi phạm phải xử lý nghiêm.",
            "Phòng Nội vụ",
        ),
        (
            "Các cơ quan truyền thông, báo chí bám sát địa bàn, thông tin kịp thời.",
            "Các cơ quan truyền thông, báo chí",
        ),
        (
            "UBND các xã có nông sản xuất khẩu qua biên giới kiểm tra kho.",
            "UBND các xã có nông sản xuất khẩu qua biên giới",
        ),
        (
            "Phòng Lao động - Thương binh và Xã hội ở địa phương rà soát hồ sơ.",
            "Phòng Lao động - Thương binh và Xã hội ở địa phương",
        ),
        (
            "Tập đoàn Công nghiệp - Viễn thông Quân đội tổ chức triển khai hạ tầng.",
            "Tập đoàn Công nghiệp - Viễn thông Quân đội",
        ),
        (
            "Đề nghị các đơn vị một số nội dung cần tập trung thực hiện trong quý tới.",
            "các đơn vị",
        ),
        (
            "Về kho dự trữ: với vai trò là chủ đầu tư, Phòng Nội vụ chủ động làm việc với các xã.",
            "Phòng Nội vụ",
        ),
        (
            "Báo, các cơ quan báo chí, phát thanh, truyền hình đưa tin kịp thời.",
            "Báo; các cơ quan báo chí, phát thanh, truyền hình",
        ),
    ],
)
def test_what_tells_a_group_apart_belongs_to_its_name(order, lead):
    assert leads(f"1. {order}") == [lead]


def test_a_heading_says_where_those_are_whom_it_means():
    """So "tại khu vực dự báo xảy ra mưa, lũ" before the act of the heading."""
    assert leads(
        "1. Chủ tịch Ủy ban nhân dân các xã tại khu vực dự báo xảy ra mưa, lũ tập trung chỉ đạo:",
        "- Rà soát khu dân cư.",
    ) == ["Chủ tịch Ủy ban nhân dân các xã tại khu vực dự báo xảy ra mưa, lũ"]


@pytest.mark.parametrize(
    ("names", "lead"),
    [
        ("Các Phòng: Nội vụ, Tư pháp", "Phòng Nội vụ; Phòng Tư pháp"),
        (
            "Các Bộ, cơ quan: Tài chính, Nội vụ, Thanh tra Chính phủ",
            "Bộ Tài chính; Bộ Nội vụ; Thanh tra Chính phủ",
        ),
        ("UBND các xã: An Thái, An Thọ", "UBND xã An Thái; UBND xã An Thọ"),
        ("Các hội: Hội Nghề cá, Hội Tin học", "Hội Nghề cá; Hội Tin học"),
        (
            "Chủ tịch UBND các tỉnh: Gia Lai, Hà Giang",
            "Chủ tịch UBND tỉnh Gia Lai; Chủ tịch UBND tỉnh Hà Giang",
        ),
        (
            "Các Tập đoàn: Bưu chính Viễn thông Việt Nam, Công nghiệp - Viễn thông Quân đội",
            "Tập đoàn Bưu chính Viễn thông Việt Nam; Tập đoàn Công nghiệp - Viễn thông Quân đội",
        ),
        (
            "Giám đốc: Sở Nội vụ, Đài Phát thanh - Truyền hình",
            "Giám đốc Sở Nội vụ; Giám đốc Đài Phát thanh - Truyền hình",
        ),
    ],
)
def test_names_that_share_a_head_are_joint_leads_in_full(names, lead):
    """Rule 4.8: joint leads joined by "; ", which the approval screen makes the person split."""
    assert leads(f"1. {names} rà soát danh mục.") == [lead]


@pytest.mark.parametrize(
    ("names", "lead"),
    [
        (
            "Bộ trưởng Bộ Y tế, Thứ trưởng Bộ Y tế phụ trách lĩnh vực",
            "Bộ trưởng Bộ Y tế; Thứ trưởng Bộ Y tế phụ trách lĩnh vực",
        ),
        (
            "Chủ tịch Ủy ban nhân dân các xã và lãnh đạo các phòng, ban",
            "Chủ tịch Ủy ban nhân dân các xã; lãnh đạo các phòng, ban",
        ),
        (
            "Đài Truyền hình Việt Nam và hệ thống các cơ quan báo chí",
            "Đài Truyền hình Việt Nam; hệ thống các cơ quan báo chí",
        ),
        (
            "Phòng Lao động-Thương binh và Xã hội",
            "Phòng Lao động-Thương binh và Xã hội",
        ),
    ],
)
def test_joint_leads_are_parted_between_their_names(names, lead):
    assert leads(f"1. {names} tập trung rà soát danh mục.") == [lead]


def test_two_agencies_ordered_in_two_sentences_lead_together():
    assert leads("1. Phòng Nội vụ rà soát biên chế. Phòng Tài chính bố trí kinh phí.") == [
        "Phòng Nội vụ; Phòng Tài chính"
    ]


@pytest.mark.parametrize(
    ("order", "lead"),
    [
        (
            "Giao Phòng Nội vụ rà soát biên chế; Phòng Tài chính hướng dẫn việc chi trả.",
            "Phòng Nội vụ; Phòng Tài chính",
        ),
        (
            "Mỗi đơn vị chọn một bài viết nộp về Phòng Nội vụ. Phòng Nội vụ lựa chọn bài viết.",
            "Mỗi đơn vị",
        ),
        ("Phòng Nội vụ rà soát biên chế. Tổ chức các đoàn kiểm tra thực tế.", "Phòng Nội vụ"),
    ],
)
def test_a_later_part_leads_too_when_it_names_who_acts(order, lead):
    assert leads(f"1. {order}") == [lead]


def test_who_only_gathers_what_others_send_does_not_lead_with_them():
    assert leads("1. Các phòng gửi danh sách. Phòng Nội vụ tổng hợp, trình ký.") == ["Các phòng"]


def test_an_office_asked_below_a_heading_of_groups_leads():
    """Groups order no office: "Yêu cầu Phòng Nội vụ …" is meant for that office."""
    assert leads(
        "1. Các phòng, ban:", "- Rà soát biên chế.", "- Yêu cầu Phòng Nội vụ tổng hợp báo cáo."
    ) == ["Các phòng, ban", "Phòng Nội vụ"]


def test_an_office_s_own_demand_on_others_stays_its_own_task():
    assert leads("1. Phòng Xây dựng:", "- Yêu cầu các nhà thầu bảo đảm an toàn.") == [
        "Phòng Xây dựng"
    ]


def test_a_plain_sentence_below_an_order_may_order_others():
    assert leads(
        "1. Yêu cầu các phòng, ban rà soát biên chế, báo cáo đầy đủ.",
        "Yêu cầu Chủ tịch UBND các xã trực tiếp chỉ đạo việc rà soát.",
        "2. Phòng Nội vụ báo cáo kết quả.",
    ) == ["các phòng, ban", "Chủ tịch UBND các xã", "Phòng Nội vụ"]


def test_a_plain_sentence_below_bullets_may_order_others():
    """So "Trong quá trình thực hiện Thủ trưởng … chủ động …", without a comma."""
    assert leads(
        "1. UBND các xã:",
        "- Rà soát hộ nghèo.",
        "Trong quá trình thực hiện Thủ trưởng các địa phương chủ động làm việc với Phòng Nội vụ.",
        "2. Phòng Nội vụ báo cáo kết quả.",
    ) == ["UBND các xã", "Thủ trưởng các địa phương", "Phòng Nội vụ"]


def test_a_heading_orders_with_its_last_words():
    assert leads(
        "1. Để kịp thời giải đáp thắc mắc, Phòng Nội vụ yêu cầu các trường:",
        "- Thành lập tổ công tác.",
    ) == ["các trường"]


def test_what_is_said_of_the_future_is_an_order_where_the_past_is_judged():
    """So "Trong thời gian tới, UBND xã …" at the end of "Đánh giá chung"."""
    assert leads(
        "I. ĐÁNH GIÁ CHUNG",
        "UBND các xã đã hoàn thành chỉ tiêu.",
        "Trong thời gian tới, UBND các xã tăng cường kiểm tra đất đai.",
        "II. NHIỆM VỤ",
        "1. Phòng Nội vụ rà soát biên chế.",
    ) == ["UBND các xã", "Phòng Nội vụ"]


def test_reasons_told_point_by_point_are_no_tasks():
    assert leads(
        "1. Thống nhất việc giải thể 02 hội.",
        "Lý do: Vi phạm quy định về tổ chức hội, cụ thể như sau:",
        "a) Hội Làm vườn: Không tổ chức đại hội đúng hạn.",
        "b) Hội Thủy sản: Không báo cáo trong 02 năm.",
        "2. Phòng Nội vụ theo dõi việc kiểm kê tài sản.",
    ) == ["Phòng Nội vụ"]


def test_what_a_thing_is_is_no_task():
    assert leads(
        "1. Phòng Nội vụ rà soát biên chế.",
        "Đây là nhiệm vụ rất quan trọng, cần khẩn trương hoàn thành.",
    ) == ["Phòng Nội vụ"]


def test_a_heading_s_day_is_that_of_the_points_below_it():
    """Rule 4.7: "…, hoàn thành trong tháng 11 năm 2026, cụ thể:"; a point's own day outweighs."""
    found = letter(
        "1. Các phòng khắc phục các bất cập, hoàn thành trong tháng 11 năm 2026, cụ thể:",
        "- Phòng Nội vụ nâng cấp hệ thống.",
        "- Phòng Tư pháp kết nối dữ liệu trước ngày 15/6/2026.",
    ).proposals

    assert [(p.lead, p.deadline) for p in found] == [
        ("Phòng Nội vụ", "2026-11-30"),
        ("Phòng Tư pháp", "2026-06-14"),
    ]


def test_a_thing_named_and_then_described_is_one_task_with_its_field_lines():
    """Rule 4.7: "6. Xây dựng Cổng: - Nội dung: …; - Thời hạn ban hành: …"."""
    (proposal,) = letter(
        "1. Xây dựng Cổng thông tin quốc gia",
        "- Nội dung: Cổng thông tin cung cấp chủ trương, chính sách.",
        "- Cơ quan chủ trì: Phòng Nội vụ.",
        "- Thời hạn ban hành: trước ngày 31 tháng 12 năm 2026.",
    ).proposals

    assert proposal.text.startswith("Xây dựng Cổng thông tin quốc gia")
    assert (proposal.lead, proposal.deadline) == ("Phòng Nội vụ", "2026-12-30")


def test_guidance_to_those_below_orders_what_stands_in_its_parts():
    """Rule 4.7: "Phòng X hướng dẫn các đơn vị trực thuộc thực hiện …, cụ thể như sau:"."""
    paper = (
        "UBND HUYỆN AN LÃO\nPHÒNG GIÁO DỤC & ĐÀO TẠO\n\nSố: 415/HD-PGDĐT\n"
        "An Lão, ngày 24 tháng 9 năm 2026\n\nHƯỚNG DẪN\n\nNhiệm vụ công nghệ thông tin\n\n"
        "Phòng Giáo dục và Đào tạo hướng dẫn các đơn vị trực thuộc thực hiện nhiệm vụ năm học, "
        "cụ thể như sau:\n\nI. NHIỆM VỤ TRỌNG TÂM\n\n1. Chủ động lựa chọn phần mềm dạy học.\n\n"
        "II. TỔ CHỨC THỰC HIỆN\n\n1. Các trường báo cáo kết quả.\n\nNơi nhận:\n- Lưu: VT.\n"
    )
    found = reading(paper)

    assert [p.lead for p in found.proposals] == ["các đơn vị trực thuộc", "Các trường"]
    assert found.issuer == "Phòng Giáo dục và Đào tạo huyện An Lão"


def test_a_conclusion_of_the_party_is_issued_by_whom_its_title_names():
    found = reading(
        "BAN CHẤP HÀNH TRUNG ƯƠNG\n\nĐẢNG CỘNG SẢN VIỆT NAM\n\nSố 221-KL/TW\n\n"
        "Hà Nội, ngày 28 tháng 11 năm 2025\n\nKẾT LUẬN\nCỦA BỘ CHÍNH TRỊ,\nBAN BÍ THƯ\n"
        "VỀ TÌNH HÌNH HOẠT ĐỘNG CỦA BỘ MÁY\n\n1. Giao Đảng ủy Chính phủ rà soát văn bản.\n"
    )

    assert (found.issuer, found.number) == ("Bộ Chính trị, Ban Bí thư", "221-KL/TW")


def test_a_number_below_its_label_and_a_symbol_with_a_gap_are_read_whole():
    """So "Số:" / "2568/QĐ-UBND" in a table's cell, and "15972/SXD-QLN& TTBĐS"."""
    found = reading(
        "ỦY BAN NHÂN DÂN\nTHÀNH PHỐ CẦN THƠ\n--------\n|\nCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\n"
        "Độc lập - Tự do - Hạnh phúc\n|\nSố:\n2568/QĐ-UBND\n|\nCần Thơ, ngày\n"
        "21 tháng 11 năm 2025\n|\nQUYẾT ĐỊNH\nVỀ VIỆC ỦY QUYỀN\n\n"
        "Căn cứ Công văn số 15972/SXD-QLN& TTBĐS ngày 14 tháng 11 năm 2025 của Sở Xây dựng;\n\n"
        "Điều 1. Giao Sở Nội vụ rà soát.\n"
    )

    assert found.number == "2568/QĐ-UBND"
    assert [reference.number for reference in found.references] == ["15972/SXD-QLN&TTBĐS"]


@pytest.mark.parametrize(
    ("order", "day"),
    [
        ("có giải pháp đẩy nhanh giải ngân vốn trong năm 2026.", None),
        ("rà soát, bảo đảm đến hết năm 2026 không còn vướng mắc.", "2026-12-31"),
        ("hoàn thành việc giải ngân vốn trong năm 2026.", "2026-12-31"),
        ("giải phóng mặt bằng, yêu cầu đến 30/5/2026 phải bàn giao đất.", "2026-05-30"),
        ("rà soát theo đúng lộ trình được giao hoàn thành trong năm 2026.", "2026-12-31"),
        ("rà soát các dự án được giao trước ngày 15/6/2026.", None),
    ],
)
def test_a_day_is_a_deadline_where_something_is_to_end_by_it(order, day):
    (proposal,) = letter(f"1. Phòng Nội vụ {order}").proposals

    assert proposal.deadline == day


def test_a_sentence_that_only_bids_to_be_done_by_then_dates_what_stands_above():
    (proposal,) = letter(
        "1. Phòng Nội vụ:", "Khẩn trương sửa đổi Quy chế.", "Đảm bảo hoàn thành trong quý I/2027."
    ).proposals

    assert (proposal.text, proposal.deadline) == ("Khẩn trương sửa đổi Quy chế.", "2027-03-31")


def test_a_joint_resolution_s_long_number_is_read_whole():
    found = letter(
        "1. Phòng Nội vụ thực hiện Nghị quyết liên tịch số "
        "102/2025/NQLT-UBTVQH15-CP-ĐCTUBTWMTTQVN ngày 29/9/2025."
    )

    assert [r.number for r in found.references] == ["102/2025/NQLT-UBTVQH15-CP-ĐCTUBTWMTTQVN"]


def test_what_a_note_gives_to_somebody_is_his_task_also_in_a_plan_s_general_part():
    """So "Xây dựng Quy chế … (Giao Công an huyện chủ trì)", and "… có trách nhiệm: …"."""
    plan = (
        "UBND HUYỆN AN LÃO\n\nSố: 12/KH-UBND\nAn Lão, ngày 05 tháng 3 năm 2026\n\nKẾ HOẠCH\n"
        "Bảo vệ bí mật nhà nước\n\nI. NỘI DUNG CÔNG TÁC\n\n1. Phân công cán bộ theo dõi.\n\n"
        "2. Xây dựng Quy chế bảo vệ bí mật (Giao Công an huyện chủ trì tham mưu).\n\n"
        "3. Thủ trưởng các phòng, ban có trách nhiệm: Chỉ đạo thực hiện tốt quy định.\n\n"
        "II. PHÂN CÔNG NHIỆM VỤ\n\n1. Phòng Nội vụ\n\n- Rà soát cán bộ.\n\nNơi nhận:\n- Lưu: VT.\n"
    )

    assert [p.lead for p in reading(plan).proposals] == [
        "Công an huyện",
        "Thủ trưởng các phòng, ban",
        "Phòng Nội vụ",
    ]


def test_a_conclusion_s_points_are_for_whom_its_last_sentence_before_them_names():
    """So "…, Văn phòng A và các văn phòng cụ thể hóa …, trong đó tập trung … sau:"."""
    assert leads(
        "1. Về nhiệm vụ trọng tâm",
        "Tình hình tiếp tục khó lường; căn cứ phương hướng, Phòng Nội vụ và các văn phòng cụ thể "
        "hóa để tổ chức thực hiện, trong đó, cần tập trung một số nhiệm vụ trọng tâm sau:",
        "(1) Nâng cao chất lượng tham mưu.",
        "2. Phòng Tư pháp theo dõi.",
    ) == ["Phòng Nội vụ; các văn phòng", "Phòng Tư pháp"]


def test_a_plan_behind_the_signature_is_not_read_in_columns():
    """Its long lines would be parted where the signature's right column begins."""
    row = "- Chánh Văn phòng;" + " " * 30 + "CHỦ TỊCH\n- Lưu: VT." + " " * 38 + "Lê Minh Khuê"
    long = (
        "1. Phòng Nội vụ xây dựng Kế hoạch thực hiện công tác bảo vệ bí mật"
        + " và báo cáo" * 20
        + "."
    )
    found = reading(
        "UBND HUYỆN AN LÃO\n\nSố: 25/QĐ-UBND\nAn Lão, ngày 05 tháng 3 năm 2026\n\nQUYẾT ĐỊNH\n"
        "Về việc ban hành Kế hoạch\n\nĐiều 1. Ban hành kèm theo Quyết định này Kế hoạch.\n\n"
        f"Nơi nhận:\n{row}\n\nKẾ HOẠCH\n\nBảo vệ bí mật\n"
        "(Kèm theo Quyết định số 25/QĐ-UBND ngày 05/3/2026)\n\nI. PHÂN CÔNG NHIỆM VỤ\n\n"
        f"{long}\n"
    )

    assert found.proposals[-1].text == long.removeprefix("1. ")


def test_those_whom_a_sentence_asks_together_do_what_its_points_say():
    """So "…, các cơ quan, đơn vị phối hợp thực hiện các hoạt động sau:"."""
    assert leads(
        "1. Các hoạt động chính",
        "Căn cứ tình hình thực tế, các cơ quan, đơn vị phối hợp thực hiện các hoạt động sau:",
        "- Lồng ghép tổ chức Lễ phát động.",
        "2. Phòng Nội vụ theo dõi.",
    ) == ["các cơ quan, đơn vị", "Phòng Nội vụ"]


def test_groups_in_small_letters_are_ordered_by_the_opening_sentence():
    paper = (
        "HUYỆN ỦY AN LÃO\n\nSố: 43-TB/VPTU\nAn Lão, ngày 05 tháng 3 năm 2026\n\nTHÔNG BÁO\n"
        "Về trẻ em có hoàn cảnh đặc biệt\n\nĐể làm tốt việc này, yêu cầu cấp uỷ, tổ chức đảng các "
        "cấp tập trung thực hiện tốt một số nhiệm vụ sau:\n\n1. Giảm tối đa số trẻ bị bỏ rơi.\n\n"
        "2. Giao Phòng Nội vụ theo dõi.\n\nNơi nhận:\n- Lưu: VT.\n"
    )

    assert [p.lead for p in reading(paper).proposals] == [
        "cấp uỷ, tổ chức đảng các cấp",
        "Phòng Nội vụ",
    ]


def test_an_order_that_lists_what_it_is_about_is_one_task():
    """So "Tuyên truyền các văn bản: - Nghị định số …; - Thông tư số …"."""
    assert leads(
        "1. Về phổ biến văn bản mới",
        "Đề nghị UBND các xã tuyên truyền, hướng dẫn thi hành các văn bản:",
        "- Nghị định số 24/2026/NĐ-CP ngày 17/01/2026 quy định danh mục hóa chất.",
        "- Thông tư số 01/2026/TT-BCT ngày 17/01/2026 hướng dẫn thi hành Luật.",
        "2. Phòng Nội vụ theo dõi.",
    ) == ["UBND các xã", "Phòng Nội vụ"]


def test_a_heading_names_who_by_their_duties_does_what_stands_below():
    assert leads(
        "1. Để nâng cao hiệu lực quản lý, các phòng, ban và UBND các xã theo chức năng, nhiệm vụ "
        "được giao triển khai thực hiện những nội dung sau:",
        "a) Rà soát quy định về đầu tư.",
    ) == ["các phòng, ban; UBND các xã"]


def test_an_order_after_an_account_is_read_where_nobody_is_asked_above():
    """So "Đến nay, … còn chậm. Giao X chủ trì …" in a notice without addressees."""
    notice = (
        "UBND HUYỆN AN LÃO\n\nSố: 43/TB-UBND\nAn Lão, ngày 05 tháng 3 năm 2026\n\nTHÔNG BÁO\n"
        "Kết luận cuộc họp về phần mềm\n\nChủ tịch UBND huyện kết luận:\n\n"
        "1. Đến nay, tiến độ triển khai còn chậm. Giao Phòng Nội vụ chủ trì báo cáo danh mục.\n\n"
        "Nơi nhận:\n- Lưu: VT.\n"
    )

    assert [p.lead for p in reading(notice).proposals] == ["Phòng Nội vụ"]


def test_what_a_paper_says_of_an_investor_is_no_task():
    assert leads(
        "1. Nhà đầu tư",
        "Giấy chứng nhận đăng ký doanh nghiệp số 53008 đăng ký ngày 20/12/2024.",
        "Chức danh: Tổng Giám đốc.",
        "2. Phòng Nội vụ theo dõi.",
    ) == ["Phòng Nội vụ"]
