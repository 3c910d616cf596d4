"""Lines broken at a page's edge, joined again (rule 4.7: what was torn is put back first)."""

import pytest

from tasks.reader.repair import repair

# Pages made from HTML: the first line of each paragraph breaks early, the others at the edge.
PAGE = """\
1. Sở Nội vụ rà soát
biên chế của các cơ quan, đơn vị sự nghiệp công lập, báo cáo kết quả thực hiện
đúng thời hạn.
2. Sở Tài chính bố
trí kinh phí thực hiện các nhiệm vụ, giải pháp đã được phê duyệt trong năm nay
theo quy định.
3. Sở Xây dựng kiểm
tra việc cấp phép xây dựng trên địa bàn, xử lý nghiêm các trường hợp vi phạm về
trật tự xây dựng.
4. Sở Y tế hướng dẫn
các cơ sở khám bệnh, chữa bệnh chuẩn bị đủ thuốc, vật tư, trang thiết bị y tế để
phục vụ nhân dân.
5. Sở Tư pháp thẩm
định các dự thảo văn bản quy phạm pháp luật do các sở, ngành trình, bảo đảm tính
hợp hiến, hợp pháp.
{last}
"""


@pytest.mark.parametrize(
    ("torn", "whole"),
    [
        (
            "6. Sở Công Thương giải quyết 03 vấn đề: (i)\nTích hợp dịch vụ; (ii) Kết nối dữ liệu.",
            "6. Sở Công Thương giải quyết 03 vấn đề: (i) Tích hợp dịch vụ; (ii) Kết nối dữ liệu.",
        ),
        (
            "6. Kết quả như sau: (1) cắt giảm được 3.071 thủ tục hành chính (đạt 62,8%);\n"
            "(2) Cắt giảm 2.269 điều kiện.",
            "6. Kết quả như sau: (1) cắt giảm được 3.071 thủ tục hành chính (đạt 62,8%); "
            "(2) Cắt giảm 2.269 điều kiện.",
        ),
        (
            "6. Rà soát, chuẩn hóa kết quả giải quyết\nTTHC chưa được chuẩn hóa của các ngành.",
            "6. Rà soát, chuẩn hóa kết quả giải quyết TTHC chưa được chuẩn hóa của các ngành.",
        ),
        (
            "6. Các sở, ban, ngành;\nỦy ban nhân dân các xã khẩn trương rà soát.",
            "6. Các sở, ban, ngành; Ủy ban nhân dân các xã khẩn trương rà soát.",
        ),
        (
            "6. Về đưa tỉnh Điện\nBiên vào các chương trình mục tiêu quốc gia.",
            "6. Về đưa tỉnh Điện Biên vào các chương trình mục tiêu quốc gia.",
        ),
        (
            "6. Sở Nội vụ khen thưởng (Huân chương, Bằng khen,...)\ncho các tập thể, cá nhân.",
            "6. Sở Nội vụ khen thưởng (Huân chương, Bằng khen,...) cho các tập thể, cá nhân.",
        ),
        (
            "6. Thống kê, báo cáo đầy đủ thông tin về các công trình, dự án đã khởi công:\n"
            "tên, loại hình, quy mô.",
            "6. Thống kê, báo cáo đầy đủ thông tin về các công trình, dự án đã khởi công: "
            "tên, loại hình, quy mô.",
        ),
    ],
)
def test_what_the_edge_broke_is_one_paragraph(torn, whole):
    assert repair(PAGE.format(last=torn)).splitlines()[-1] == whole


def test_a_line_that_breaks_early_where_all_first_lines_do_begins_a_paragraph():
    """Although the line above is full, as the last line of a paragraph may be."""
    last = (
        "6. Sở Công Thương\nkiểm tra các cơ sở kinh doanh xăng dầu, khí hóa lỏng, vật liệu nổ "
        "công nghiệp.\nChủ tịch Ủy ban nhân dân\ncác xã chịu trách nhiệm về số liệu báo cáo."
    )

    assert repair(PAGE.format(last=last)).splitlines()[-1] == (
        "Chủ tịch Ủy ban nhân dân các xã chịu trách nhiệm về số liệu báo cáo."
    )


def test_an_article_cited_at_the_beginning_of_a_line_is_no_clause():
    last = "6. Sở Tư pháp hướng dẫn thi hành khoản 3\nĐiều 6; khoản 5 Điều 9 của Luật."

    assert repair(PAGE.format(last=last)).splitlines()[-1] == (
        "6. Sở Tư pháp hướng dẫn thi hành khoản 3 Điều 6; khoản 5 Điều 9 của Luật."
    )


def test_a_page_that_ends_on_a_joining_word_goes_on_whatever_the_next_begins_with():
    """So "… văn bản này và" / "Chỉ thị số 15/CT-UBND"."""
    torn = "a) Quán triệt văn bản này và\n\f\nChỉ thị số 15/CT-UBND đến từng cán bộ."

    assert repair(torn) == "a) Quán triệt văn bản này và Chỉ thị số 15/CT-UBND đến từng cán bộ."


def test_what_grows_longer_than_a_note_stays_where_it_stands():
    """A row of a table may begin with a number some word carries, as a footnote does."""
    rows = [f"Dòng {number} của phụ lục kèm theo văn bản này." for number in range(1, 40)]
    text = "\n\n".join(["1. Sở Nội vụ rà soát Phụ lục3.", "3 Sở Tài chính bố trí.", *rows])

    assert repair(text).splitlines()[-1] == rows[-1]
    assert repair(text).splitlines()[1].startswith("3 Sở Tài chính")


def test_words_own_notes_are_taken_out_by_word_and_not_looked_for_again():
    text = "1. Sở Nội vụ rà soát Phụ lục3.\n\n3 Sở Tài chính bố trí kinh phí.\n\n2. Sở Y tế."

    assert repair(text, wrapped=False).splitlines()[1] == "3 Sở Tài chính bố trí kinh phí."


def test_a_dispatch_s_addressees_stand_apart_from_its_title():
    """So "… NHỮNG NĂM TIẾP THEO" / "THỦ TƯỚNG CHÍNH PHỦ điện:"."""
    text = PAGE.format(
        last="VỀ TẠO ĐÀ CHO NHỮNG NĂM TIẾP THEO\nTHỦ TƯỚNG CHÍNH PHỦ điện:\n- Bộ trưởng;"
    )

    assert "THỦ TƯỚNG CHÍNH PHỦ điện:" in repair(text).splitlines()
