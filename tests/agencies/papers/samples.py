"""An urging letter and a monthly report, as an office would issue them."""

from datetime import date
from typing import Any

from agencies.papers import (
    Align,
    Appendix,
    Capacity,
    Column,
    GroupRow,
    Heading,
    Item,
    Letterhead,
    Level,
    Note,
    Number,
    Paper,
    PaperKind,
    Paragraph,
    Row,
    Signature,
    Table,
    Total,
)

COMMITTEE = Letterhead("Ủy ban nhân dân\nhuyện An Lão")
OFFICE = Letterhead(
    "Văn phòng", superior="UBND huyện An Lão", name="Văn phòng HĐND và UBND huyện An Lão"
)
BY_ORDER = Signature(Capacity.BY_ORDER, "Chánh Văn phòng", "Phạm Văn Minh", on_behalf_of="Chủ tịch")

OVERDUE = Table(
    columns=(
        Column("TT", 4, Align.CENTER),
        Column("Nội dung nhiệm vụ", 20),
        Column("Văn bản giao", 13),
        Column("Thời hạn", 9, Align.CENTER),
        Column("Số ngày quá hạn", 7),
    ),
    rows=(
        Row((1, "Rà soát quy hoạch đất xã Quang Hưng", "Công văn số 966/UBND-VP", "12/6/2023", 31)),
        Row((2, "Báo cáo kết quả cải cách hành chính", "Thông báo số 45/TB-VP", "03/7/2023", 10)),
    ),
    cut_off="Số liệu tính đến hết ngày 13/7/2023",
)


def letter(**changes: Any) -> Paper:
    """An urging letter to one agency, with the list of its overdue tasks."""
    facts: dict[str, Any] = {
        "kind": PaperKind.LETTER,
        "letterhead": COMMITTEE,
        "number": Number("UBND-VP", 7),
        "place": "An Lão",
        "day": date(2023, 7, 4),
        "subject": "đôn đốc thực hiện nhiệm vụ quá hạn do UBND huyện, Chủ tịch UBND huyện giao",
        "addressees": ("Phòng Tài nguyên và Môi trường",),
        "blocks": (
            Paragraph(
                "Thực hiện Công văn số 966/UBND-NCKTGS ngày 04/5/2023 của Chủ tịch Ủy ban nhân dân "
                "thành phố về việc chấn chỉnh tăng cường trách nhiệm trong xử lý công việc của các "
                "cơ quan, đơn vị và địa phương; qua theo dõi, rà soát, Phòng Tài nguyên và Môi "
                "trường còn 02 nhiệm vụ chưa hoàn thành, quá hạn (chi tiết tại Phụ lục kèm theo). "
                "Chủ tịch Ủy ban nhân dân huyện yêu cầu:"
            ),
            Item("Tập trung thực hiện dứt điểm các nhiệm vụ nêu tại Phụ lục, bảo đảm chất lượng."),
            Item(
                "Báo cáo kết quả, nguyên nhân chậm và trách nhiệm của tập thể, cá nhân liên quan "
                "về Văn phòng trước 16 giờ 00 ngày 14/7/2023."
            ),
            Item("Trường hợp không thể hoàn thành, có văn bản xin gia hạn nêu rõ lý do, trong đó:"),
            Item("Lý do khách quan kèm theo tài liệu chứng minh;", Level.DASH),
            Item("Thời hạn đề nghị và cam kết của người đứng đầu.", Level.DASH),
            Paragraph("Yêu cầu Trưởng phòng Tài nguyên và Môi trường nghiêm túc thực hiện."),
        ),
        "recipients": ("Chủ tịch, các PCT UBND huyện (báo cáo)", "CVP, các PCVP"),
        "filing": "VT, TH",
        "signature": BY_ORDER,
        "appendices": (Appendix("Danh mục nhiệm vụ chưa hoàn thành, quá hạn", (OVERDUE,)),),
    }
    return Paper(**{**facts, **changes})


def results(rows: int) -> Table:
    """Results per agency, with heads in two storeys, groups and a total."""
    count = [
        Column(head, 5, groups=(group,))
        for group, heads in {
            "Nhiệm vụ được giao": ("Tổng số", "Kỳ trước chuyển sang", "Giao mới"),
            "Đã hoàn thành": ("Tổng số", "Trước, đúng hạn", "Trễ hạn", "Không hạn"),
            "Chưa hoàn thành": ("Tổng số", "Trong hạn", "Quá hạn", "Không hạn"),
        }.items()
        for head in heads
    ]
    body: list[Row | GroupRow] = [GroupRow("I. Các phòng, ban chuyên môn")]
    for place in range(1, rows + 1):
        if place == 13:
            body.append(GroupRow("II. Ủy ban nhân dân các xã, thị trấn"))
        name = f"Phòng số {place}" if place < 13 else f"UBND xã số {place}"
        body.append(Row((place, name, 20, 5, 15, 14, 10, 3, 1, 6, 4, 2, 0, "82,4%", None)))
    totals = tuple(rows * each for each in (20, 5, 15, 14, 10, 3, 1, 6, 4, 2, 0))
    return Table(
        columns=(
            Column("TT", 3, Align.CENTER),
            Column("Cơ quan, đơn vị", 17),
            *count,
            Column("Tỷ lệ hoàn thành đúng hạn (trên số đến hạn)", 8, Align.RIGHT),
            Column("Ghi chú", 7),
        ),
        rows=body,
        title="Kết quả thực hiện nhiệm vụ theo cơ quan, đơn vị",
        cut_off="Số liệu tính đến hết ngày 14/7/2023",
        unit="nhiệm vụ",
        index=(
            "A",
            "B",
            "1=2+3",
            "2",
            "3",
            "4=5+6+7",
            "5",
            "6",
            "7",
            "8=9+10+11",
            "9",
            "10",
            "11",
            "12",
            "C",
        ),
        total=Total((*totals, "82,4%", None)),
    )


def report(rows: int = 29, **changes: Any) -> Paper:
    """A monthly report to the superior committee, with two appendices, one of them landscape."""
    facts: dict[str, Any] = {
        "kind": PaperKind.NAMED,
        "type_name": "Báo cáo",
        "letterhead": COMMITTEE,
        "number": Number("BC-UBND", 115),
        "place": "An Lão",
        "day": date(2023, 2, 17),
        "subject": "Kết quả thực hiện nhiệm vụ được giao tháng 7 năm 2023",
        "addressees": ("Ủy ban nhân dân thành phố Hải Phòng", "Văn phòng UBND thành phố"),
        "blocks": (
            Paragraph(
                "Thực hiện chế độ báo cáo định kỳ, Ủy ban nhân dân huyện An Lão báo cáo kết quả "
                "thực hiện nhiệm vụ được giao tháng 7 năm 2023 (từ ngày 15/6/2023 đến ngày "
                "14/7/2023) như sau:"
            ),
            Heading("Tình hình giao và kết quả thực hiện"),
            Heading("Kết quả chung", Level.CLAUSE),
            Paragraph(
                "Tổng số nhiệm vụ là 580, trong đó kỳ trước chuyển sang 145, giao mới 435. Chi "
                "tiết tại Phụ lục I, Phụ lục II kèm theo. Cụ thể:"
            ),
            Item("Đã hoàn thành 406 nhiệm vụ (70,0% tổng số), trong đó trễ hạn 87;", Level.POINT),
            Item(
                "Chưa hoàn thành 174 nhiệm vụ, trong đó chưa hoàn thành, quá hạn 58.", Level.POINT
            ),
            Heading("Kết quả theo nguồn giao", Level.CLAUSE),
            Table(
                columns=(
                    Column("Nguồn giao", 3),
                    Column("Tổng số"),
                    Column("Đã hoàn thành"),
                    Column("Chưa hoàn thành, quá hạn"),
                ),
                rows=(
                    Row(("Thành phố giao", 1250, 1100, 3)),
                    Row(("Huyện giao", 330, 306, 55)),
                ),
                title="Bảng 1. Kết quả theo nguồn giao",
                cut_off="Số liệu tính đến hết ngày 14/7/2023",
                total=Total((1580, 1406, 58)),
            ),
            Note("Ghi chú: nhiệm vụ phối hợp không tính trong bảng này."),
            Heading("Khó khăn, vướng mắc và kiến nghị"),
            Item("Một số nhiệm vụ giao không có thời hạn cụ thể."),
            Item("Kiến nghị thành phố ghi rõ thời hạn trong văn bản giao nhiệm vụ."),
            Paragraph(
                "Trên đây là báo cáo kết quả thực hiện nhiệm vụ được giao tháng 7 năm 2023, kính "
                "báo cáo Ủy ban nhân dân thành phố xem xét, chỉ đạo."
            ),
        ),
        "recipients": ("TT Huyện ủy, TT HĐND huyện (b/c)", "Chủ tịch, các PCT UBND huyện"),
        "filing": "VT, VP",
        "signature": Signature(
            Capacity.COLLECTIVE,
            "Phó Chủ tịch",
            "Nguyễn Thị Thu",
            on_behalf_of="Ủy ban nhân dân",
            deputy_of="Chủ tịch",
        ),
        "appendices": (
            Appendix("Kết quả thực hiện theo cơ quan, đơn vị", (results(rows),), landscape=True),
            Appendix("Danh mục nhiệm vụ chưa hoàn thành, quá hạn", (OVERDUE,)),
        ),
    }
    return Paper(**{**facts, **changes})
