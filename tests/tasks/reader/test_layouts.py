"""Whole papers: pages whose lines end early, conclusions, fields told apart (rule 4.7)."""

from tests.tasks.reader.papers import LETTER, letter, reading

BLOCKS = """\
UBND TỈNH MẪU

CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc

Số: 641/TB-UBND

Mẫu, ngày 25
tháng 11 năm 2026

THÔNG BÁO

KẾT LUẬN TẠI BUỔI LÀM VIỆC VỚI HUYỆN AN BÌNH

Ngày 18 tháng 11 năm 2026, Phó Chủ tịch làm việc với lãnh
đạo huyện An Bình về tình hình sắp xếp bộ máy, kết luận như
sau:

I. ĐÁNH GIÁ CHUNG

Huyện đã nỗ lực vượt qua khó
khăn, đạt nhiều kết quả trong quý III của năm nay.

II. MỘT SỐ NHIỆM VỤ
TRONG THỜI GIAN TỚI

1. Tập trung rà soát việc
phân cấp cho các xã, bảo đảm đúng quy định và kịp thời gian
đã được tỉnh giao.

2.
Đẩy nhanh tiến độ các công trình trọng điểm của
Huyện trong những tháng còn lại của năm nay.

- Giao Sở
Xây dựng kiểm tra chất lượng các công trình đã hoàn thành
trong năm, báo cáo kết quả.

3. Về kiến nghị của huyện về quỹ đất, nguồn vốn; biên chế sự
nghiệp: Sở
Nội vụ nghiên cứu, trả lời huyện trước ngày 15/12/2026.

III. VỀ NGUỒN LỰC

1. Phòng
Tài chính cân đối ngân sách huyện.

2. Các
xã chủ động huy động nguồn vốn hợp pháp khác để thực hiện.

Nơi nhận:
- Như trên.
"""


def test_lines_no_blank_line_parts_go_on():
    """Rule 4.7: in a page whose paragraphs stand apart, a line broken early is no new paragraph."""
    found = {p.clause: p for p in reading(BLOCKS).proposals}

    assert found["II.2-1"].lead == "Sở Xây dựng"
    assert found["II.2"].text.endswith("Huyện trong những tháng còn lại của năm nay.")
    assert found["III.2"].lead == "Các xã"


def test_a_conclusion_is_meant_for_whom_the_meeting_was_with():
    """Rule 4.7: a notice of conclusions has no addressees; "làm việc với lãnh đạo huyện …" says."""
    assert {p.clause: p for p in reading(BLOCKS).proposals}["II.1"].lead == "huyện An Bình"


def test_the_answer_to_a_request_stands_behind_its_long_name():
    """Rule 4.7: "Về kiến nghị …; …: Sở Nội vụ nghiên cứu …"."""
    asked = {p.clause: p for p in reading(BLOCKS).proposals}["II.3"]

    assert (asked.lead, asked.deadline) == ("Sở Nội vụ", "2026-12-14")


def test_who_must_do_what_follows_may_be_said_at_the_end_of_an_assessment():
    """Rule 4.7: "Để …, huyện X cần tập trung thực hiện các nhiệm vụ sau:" in "Đánh giá chung"."""
    found = reading(
        BLOCKS.replace(
            "đạt nhiều kết quả trong quý III của năm nay.",
            "đạt kết quả.\n\nĐể vận hành hiệu quả, huyện An Bình cần tập trung thực hiện các nhiệm "
            "vụ sau:\n\n1. Nâng cao chất lượng đội ngũ cán bộ cấp xã.",
        )
    )

    assert found.proposals[0].clause == "I.1"
    assert found.proposals[0].lead == "huyện An Bình"


def test_what_is_done_who_does_it_and_by_when_may_be_three_points():
    """Rule 4.7: "a) Nhiệm vụ: …", "b) Cơ quan thực hiện: …", "c) Thời gian: …"."""
    first, second = letter(
        "1. Về nền tảng số",
        "a) Nhiệm vụ:",
        "- Sử dụng thống nhất các nền tảng dùng chung.",
        "- Nâng cấp hệ thống thông tin.",
        "b) Cơ quan thực hiện:",
        "- Đơn vị chủ trì: Phòng Nội vụ.",
        "- Đơn vị phối hợp: Phòng Y tế.",
        "c) Thời gian thực hiện: Hoàn thành trong năm 2026.",
    ).proposals

    assert first.lead == second.lead == "Phòng Nội vụ"
    assert second.coordinating == ["Phòng Y tế"] and second.deadline == "2026-12-31"


def test_lines_below_the_last_point_serve_those_above_without_any():
    """Rule 4.7: "Cơ quan thực hiện: …" written once for several numbers."""
    found = letter(
        "1. Nội dung",
        "1.1. Tuyên truyền Chỉ thị mới.",
        "1.2. Rà soát các thiết chế hòa giải.",
        "- Cơ quan thực hiện: Phòng Tư pháp.",
        "- Thời gian thực hiện: Trước ngày 30/11/2026.",
    ).proposals

    assert [(p.lead, p.deadline) for p in found] == [("Phòng Tư pháp", "2026-11-29")] * 2


def test_what_a_report_is_to_tell_is_no_task():
    """Rule 4.7: "… báo cáo cụ thể về một số nội dung sau: (1) Số hộ …; (2) Số nhà …"."""
    (proposal,) = letter(
        "1. UBND các xã khẩn trương rà soát, báo cáo cụ thể về một số nội dung sau:",
        "(1) Số hộ có nhà bị sập.",
        "(2) Số hộ có nhà bị hư hỏng.",
    ).proposals

    assert proposal.lead == "UBND các xã"


def test_how_a_plan_is_to_be_made_is_no_task():
    """Rule 4.7: what stands below "… theo hướng:" tells how."""
    found = letter(
        "1. Phòng Nội vụ xây dựng phương án sắp xếp thôn trên địa bàn huyện.",
        "Phương án phải gắn với cơ cấu lại cán bộ, theo hướng:",
        "- Tiếp nhận người đủ tiêu chuẩn.",
        "- Giải quyết chế độ cho người nghỉ.",
    )

    assert [p.lead for p in found.proposals] == ["Phòng Nội vụ"]


def test_whom_to_ask_is_no_task():
    """Rule 4.7: "Đối với vướng mắc kỹ thuật, đề nghị liên hệ …, điện thoại …"."""
    found = letter(
        "1. Phòng Nội vụ rà soát hệ thống.",
        "2. Đối với vướng mắc kỹ thuật, đề nghị liên hệ Phòng Y tế (ông Bình, điện thoại 0900).",
    )

    assert len(found.proposals) == 1


def test_a_year_and_those_after_it_are_no_deadline():
    """Rule 4.7: "Thời gian: Năm 2026 và các năm tiếp theo" begins and has no end."""
    (proposal,) = letter(
        "1. Kiểm tra việc thi hành Luật.",
        "- Cơ quan chủ trì: Phòng Nội vụ.",
        "- Thời gian thực hiện: Năm 2026 và các năm tiếp theo.",
    ).proposals

    assert proposal.deadline is None


def test_a_signature_ends_a_paper_that_names_no_recipients():
    """Rule 4.7: "KT. CHỦ TỊCH" and the name below are nobody's task."""
    found = reading(
        LETTER.format(body="1. Phòng Nội vụ rà soát hồ sơ.").split("Nơi nhận")[0]
        + "\nKT. CHỦ TỊCH\nPHÓ CHỦ TỊCH\nTrần Văn Mẫu\n"
    )

    assert [p.lead for p in found.proposals] == ["Phòng Nội vụ"]


def test_an_old_heading_that_runs_over_the_title_is_read():
    """Rule 4.8: "CHỈ THỊ / CỦA BỘ X SỐ 07/2008/CT-BX NGÀY 30 THÁNG 12 NĂM 2008 / VỀ …"."""
    found = reading(
        "CHỈ THỊ\nCỦA BỘ TÀI CHÍNH SỐ 07/2008/CT-BTC\nNGÀY 30 THÁNG 12 NĂM 2008\n"
        "VỀ ĐẨY MẠNH TIẾT KIỆM\n\nBộ trưởng yêu cầu:\n\n1. Vụ Ngân sách rà soát dự toán.\n"
    )

    assert (found.number, found.date) == ("07/2008/CT-BTC", "2008-12-30")
    assert (found.issuer, found.abstract) == ("Bộ Tài chính", "VỀ ĐẨY MẠNH TIẾT KIỆM")


def test_two_bodies_ordered_by_one_heading_both_lead():
    """Rule 4.7: "Đề nghị A chỉ đạo; B có trách nhiệm:"."""
    (proposal,) = letter(
        "1. Đề nghị Đảng ủy các xã chỉ đạo; UBND các xã có trách nhiệm:",
        "- Rà soát danh sách hộ nghèo.",
    ).proposals

    assert proposal.lead == "Đảng ủy các xã; UBND các xã"


def test_what_an_office_is_for_is_no_act():
    """Rule 4.7: "Vụ Công nghệ thông tin:" and "Trung tâm Ứng cứu khẩn cấp máy tính chủ trì …"."""
    first, second = letter(
        "1. Vụ Công nghệ thông tin:",
        "- Cập nhật danh mục phần mềm.",
        "2. Trung tâm Ứng cứu khẩn cấp máy tính Việt Nam chủ trì diễn tập.",
    ).proposals

    assert first.lead == "Vụ Công nghệ thông tin"
    assert second.lead == "Trung tâm Ứng cứu khẩn cấp máy tính Việt Nam"


def test_a_quarter_and_its_year_are_one_deadline():
    """Rule 4.7: "Quí IV-2026" is no span from a quarter to a year."""
    (proposal,) = letter(
        "1. Xây dựng bộ tiêu chí.",
        "- Cơ quan chủ trì: Phòng Nội vụ.",
        "- Thời gian hoàn thành: Quí IV-2026.",
    ).proposals

    assert proposal.deadline == "2026-12-31"


def test_who_is_charged_in_a_later_sentence_leads():
    """Rule 4.7: a conclusion that names persons: "…. Phân công ông A, ông B chỉ đạo …"."""
    (proposal,) = reading(
        BLOCKS.split("I. ĐÁNH GIÁ")[0].replace("làm việc với lãnh\nđạo huyện An Bình", "họp")
        + "1. Về bồi dưỡng\n\nXây dựng kế hoạch bồi dưỡng qua mạng. Phân công ông Trần Văn Mẫu, "
        "ông Lê Minh Khuê chỉ đạo, hoàn thành trước ngày 31/12/2026.\n\nNơi nhận:\n- Như trên.\n"
    ).proposals

    assert proposal.lead == "Trần Văn Mẫu; Lê Minh Khuê"
    assert proposal.deadline == "2026-12-30"


def test_a_post_behind_a_post_is_left_out():
    """Rule 4.7: "Bộ trưởng Bộ Tài chính - Phó Trưởng ban Thường trực Ban Chỉ đạo 389 …"."""
    (proposal,) = letter(
        "1. Trưởng phòng Tư pháp - Phó Trưởng Ban Chỉ đạo huyện chủ trì rà soát hồ sơ."
    ).proposals

    assert proposal.lead == "Trưởng phòng Tư pháp"


def test_a_field_may_be_named_at_length():
    """Rule 4.7: "Đơn vị chủ trì tham mưu thực hiện: …" below one bullet is that bullet's."""
    first, second = letter(
        "1. Đẩy mạnh chuyển đổi số",
        "- Ứng dụng công nghệ mới.",
        "Đơn vị chủ trì tham mưu thực hiện: Phòng Nội vụ.",
        "- Khai thác cơ sở dữ liệu.",
        "Đơn vị chủ trì thực hiện: Phòng Tư pháp.",
    ).proposals

    assert (first.lead, second.lead) == ("Phòng Nội vụ", "Phòng Tư pháp")


def test_what_a_letter_carries_is_no_task():
    """Rule 4.7: "Gửi kèm bộ tài liệu gồm:" and what is in it."""
    found = letter(
        "1. Phòng Nội vụ phổ biến cẩm nang.",
        "Ủy ban nhân dân huyện gửi kèm bộ tài liệu gồm:",
        "- Cẩm nang nghiệp vụ.",
        "- Phim giới thiệu.",
    )

    assert len(found.proposals) == 1


def test_what_wins_a_praise_is_no_task():
    """Rule 4.7: criteria of a campaign name groups, and ask them nothing."""
    found = letter(
        "1. Tiêu chí thi đua",
        "a) Đối với các cơ quan",
        "- Hoàn thành vượt mức chỉ tiêu được giao.",
        "2. Tổ chức thực hiện",
        "- Phòng Nội vụ hướng dẫn bình xét.",
    )

    assert [p.lead for p in found.proposals] == ["Phòng Nội vụ"]


def test_a_section_of_time_and_duties_gives_duties():
    """Rule 4.7: "Thời gian và trách nhiệm thực hiện" is no mere account of times."""
    (proposal,) = letter(
        "1. Thời gian và trách nhiệm thực hiện", "- Phòng Nội vụ hướng dẫn bình xét."
    ).proposals

    assert proposal.lead == "Phòng Nội vụ"


def test_what_is_wrong_and_is_to_be_put_right_is_one_task():
    """Rule 4.7: a letter to one body: "… ghi không thống nhất. Đề nghị rà soát …"."""
    read_paper = reading(
        LETTER.replace("Các phòng, ban, ngành huyện", "Chi nhánh số 1 - Công ty Sợi Phương Nam")
        .replace("nhân dân huyện yêu cầu:", "nhân dân huyện có ý kiến như sau:")
        .format(body="1. Khối lượng ghi không thống nhất. Đề nghị rà soát, ghi lại cho đúng.")
    )

    assert [p.lead for p in read_paper.proposals] == ["Chi nhánh số 1 - Công ty Sợi Phương Nam"]


def test_a_bracket_stays_inside_a_name_and_goes_behind_it():
    """Rule 4.7: a name is as written, an explanation behind it is none of it."""
    first, second = letter(
        "1. Văn phòng (bộ phận một cửa) các sở rà soát hồ sơ.",
        "2. Đồng chí Trưởng phòng Nội vụ (Thường trực) rà soát biên chế.",
    ).proposals

    assert first.lead == "Văn phòng (bộ phận một cửa) các sở"
    assert second.lead == "Trưởng phòng Nội vụ"


def test_common_demands_of_a_letter_are_orders():
    """Rule 4.7: "Yêu cầu chung:" heads aims in a plan, and orders in a letter."""
    (proposal,) = letter("1. Yêu cầu chung:", "- Rà soát các gói thầu chậm.").proposals

    assert proposal.lead == "Các phòng, ban, ngành huyện"


def test_a_report_asked_for_in_a_sentence_is_one_task_with_its_figures():
    """Rule 4.7: "Yêu cầu UBND các xã báo cáo số liệu, bao gồm: (1) Tổng số …"."""
    (proposal,) = letter(
        "1. Báo cáo hằng tháng:",
        "Yêu cầu UBND các xã báo cáo số liệu trước ngày 20/11/2026, bao gồm:",
        "(1) Tổng số gói thầu trong kỳ.",
        "(2) Tổng giá trị gói thầu trong kỳ.",
    ).proposals

    assert (proposal.lead, proposal.deadline) == ("UBND các xã", "2026-11-19")


def test_a_meeting_is_with_a_place_before_an_office_visited_on_the_way():
    """Rule 4.7: "làm việc với Đồn Biên phòng …, làm việc với lãnh đạo huyện An Bình"."""
    found = reading(BLOCKS.replace("Chủ tịch làm việc", "Chủ tịch làm việc với Đồn A, làm việc"))

    assert {p.clause: p for p in found.proposals}["II.1"].lead == "huyện An Bình"
