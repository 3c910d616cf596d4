"""Documents cited by number, with kind, date and issuer as far as the sentence says them."""

import re

from tasks.reader.header import iso
from tasks.reader.phrases import UPPER
from tasks.reader.shape import Reference

KINDS = (
    "Chương trình hành động|Chương trình|Nghị định|Nghị quyết|Thông tư liên tịch|Thông tư|"
    "Quyết định|Chỉ thị|"
    "Công điện|Công văn|Kế hoạch|Kết luận|Thông báo|Hướng dẫn|Luật|Pháp lệnh|Văn bản|Tờ trình|"
    "Báo cáo|Quy định|"
    "Quy chế|Đề án|Giấy mời|Chương trình hành độ|Hiệp định|Bộ luật|Phương án"
)
# Departments go by letter and number ("BCA-C04", "CAT-PC06", "CAT(PC04)"); a single figure after
# letters is a footnote's ("NĐ-CP2"), but a section's in "UBND-VX1"; a number may end the symbol
# ("CT-05").
_PART = (
    r"(?:UBTVQH\d{1,2}|[A-ZĐ]\d{1,2}|[A-ZĐ]{2}\d{2,4}|(?!CP|TW|TU|TT|NQ|QĐ|B|S)[A-ZĐ]{2,4}\d(?!\d)(?<!UBND\d)|"
    r"[A-ZĐ][A-Za-zĐđ&]*(?:(?<=&) [A-ZĐ]{2,6})?|\d{2}(?![\d/]))"
)
_CODE = (
    rf"[A-ZĐ][A-Za-zĐđ&]*(?:(?<=&) [A-ZĐ]{{2,6}})?\d{{0,2}}(?:\s?[-–.]\s?{_PART})*"
    r"(?:\s?\((?:[A-ZĐ]+\d+|[A-ZĐ]\w?)\))*"
)
NUMBER = re.compile(
    rf"(?<![\w/.:,-])(?P<number>\d{{1,5}}(?:\.\d{{1,2}})?[a-zA-Z]?(?:\s?/\s?(?:19|20)\d\d)?\s?/\s?"
    rf"{_CODE}(?:/{_CODE})*|"
    rf"\d{{1,5}}\s?[-–]\s?[A-ZĐ][A-Za-zĐ]{{0,4}}\s?/\s?[A-ZĐ][A-Za-zĐ]*(?:[-–][A-ZĐ][A-Za-zĐ]*)?)(?:\d(?!\w))?(?!\w)"
)
DATED = re.compile(
    r",?\s*\(?\s*ngày\s+(\d{1,2})\s*(?:/|\.|-|\s*tháng\s*)\s*(\d{1,2})\s*(?:/|\.|-|"
    r"\s*năm\s*)\s*(\d{4})"
)
ISSUED_BY = re.compile(
    r"\s*của\s+(?P<issuer>(?:Ban Chấp hành Trung ương(?: Đảng)?(?: khóa \w+)?|"
    r"Ban Bí thư(?: Trung ương Đảng)?|Bộ Chính trị|"
    r"(?:Chủ tịch |Thường trực |Ban Thường vụ |BTV |Bộ trưởng |"
    rf"Giám đốc )?(?:{UPPER}\w*)(?:[ ,]+(?:{UPPER}\w*|"
    r"và(?= [A-ZĐ])|ban nhân dân|nhân dân|tỉnh|huyện|thành phố|ủy|phủ|đồng|vụ|tướng|tịch|trưởng|"
    r"phòng|xã(?= [A-ZĐ])|"
    r"chính trị|trực|đạo|sức khỏe))*))"
)
KIND_BEFORE = re.compile(
    rf"(?P<kind>{KINDS})(?:\s+(?:liên tịch|hành độ))?\s*(?:số\s*:?)?\s*$", re.I
)
UNRELATED = re.compile(
    r"(?:[Gg]ói thầu|QCVN|TCVN|[Qq]uốc lộ|[Đđ]iều|[Kk]hoản|[Đđ]iểm|tờ bản đồ|thửa)\s*(?:số)?\s*$"
)
MISSPELT = (("QĐ-Tg", "QĐ-TTg"), ("CT-Tg", "CT-TTg"), ("CĐ-Tg", "CĐ-TTg"), ("QĐ-TTG", "QĐ-TTg"))


def find_references(text: str, own_number: str | None) -> list[Reference]:
    """Every document cited, once, in order; the directive's own number is none of them."""
    found: dict[str, Reference] = {}
    for match in NUMBER.finditer(text):
        before = text[max(0, match.start() - 60) : match.start()]
        number = re.sub(r"\s+", "", match["number"]).replace("–", "-").strip(".-")
        number = next((number.replace(a, b) for a, b in MISSPELT if number.endswith(a)), number)
        kind = KIND_BEFORE.search(before)
        if UNRELATED.search(before) or not _is_code(number, bool(kind), before):
            continue
        key = re.sub(r"\W", "", number).lower()
        if own_number and key == re.sub(r"\W", "", own_number).lower():
            continue
        if re.search(r"^Số\s*:?\s*$", before.split("\n")[-1]):
            continue
        dated = DATED.match(text, match.end())
        issuer = ISSUED_BY.match(text, dated.end() if dated else match.end())
        reference = Reference(
            kind=kind["kind"].lower() if kind else None,
            number=number,
            date=iso(*dated.groups()) if dated else None,
            issuer=issuer["issuer"].strip(" ,") if issuer else None,
            span=(match.start(), match.end()),
        )
        known = found.setdefault(key, reference)
        known.date = known.date or reference.date
        known.issuer = known.issuer or reference.issuer
        known.kind = known.kind or reference.kind
    return list(found.values())


def _is_code(number: str, named: bool, before: str) -> bool:
    """Whether it reads as a document's symbol: "12/UBND" may, "3/Công" and "24/Bộ" may not."""
    symbol = re.sub(r"^\d+(?:/\d{4})?[/-]", "", number)
    capitals = sum(c.isupper() for c in symbol)
    return (capitals >= 2 and capitals * 2 >= sum(c.isalpha() for c in symbol)) or (
        capitals >= 2 and (named or before.rstrip().endswith("số"))
    )
