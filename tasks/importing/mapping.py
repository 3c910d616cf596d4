"""Which row heads a sheet and which column holds what, guessed from how offices write. Pure."""

import re
from collections.abc import Mapping, Sequence

from agencies.fold import fold
from tasks.importing.sheet import Row, Sheet

# What a column may hold, in the order the screens show; a row's judgement reads these names.
FIELDS = (
    "title", "lead", "coordinating", "deadline", "document", "assigned_on", "authority", "product",
    "competence", "priority", "officer", "state", "percent", "result", "note",
)  # fmt: skip
REQUIRED = ("title", "lead")

# Words of a head, folded, the telling ones first: "kết quả đầu ra" is a product, "kết quả" news.
_WORDS = {
    "number": r"(?:stt|tt|so tt|so thu tu|no)",
    "coordinating": r".*phoi hop.*|ph",
    "authority": (
        r".*\b(?:cap|nguoi|lanh dao|co quan|don vi|noi) (?:giao|chi dao|ban hanh)\b.*"
        r"|.*giao boi.*"
    ),
    "lead": (
        r".*chu tri.*|ct|.*dau moi.*|.*trach nhiem.*"
        r"|.*(?:don vi|co quan|noi|phong) (?:thuc hien|duoc giao|xu ly|nhan).*"
        r"|(?:ten )?(?:don vi|co quan|don vi co quan|co quan don vi)"
    ),
    "assigned_on": (
        r"(?!so\b).*(?:ngay|thoi (?:gian|diem)) (?:duoc )?(?:giao|van ban|ban hanh|ky|chi dao)"
        r"(?! hoan).*|ngay(?: thang)?(?: (?:vb|van ban))?"
    ),
    "document": (
        r".*(?:van ban|ky hieu|can cu|thong bao|cong van).*|(?:so )?vb.*"
        r"|nguon(?: giao)?.*|xuat xu.*"
    ),
    "percent": r".*(?:phan tram|ti le|ty le|%).*",
    "product": r".*(?:san pham|dau ra|hinh thuc ket qua).*",
    "deadline": (
        r".*thoi han.*|.*\bhan\b.*|.*thoi gian.*|.*tien do (?:yeu cau|giao|de ra).*"
        r"|.*ngay (?:phai )?(?:hoan thanh|den han|ket thuc)|deadline"
    ),
    "result": (r".*(?:ket qua|tinh hinh thuc hien|trien khai thuc hien|da thuc hien).*"),
    "state": r".*(?:trang thai|tinh trang|tien do|danh gia|tinh hinh).*",
    "competence": r".*(?:linh vuc|nhom nhiem vu|loai nhiem vu|chuyen de|mang cong tac).*",
    "priority": r".*(?:trong tam|uu tien|muc do|quan trong|gan sao).*",
    "officer": r".*(?:(?:nguoi|can bo|chuyen vien) (?:theo doi|phu trach)|theo doi|chuyen vien).*",
    "note": r".*(?:ghi chu|chu thich|luu y|y kien khac).*",
    "title": r".*(?:nhiem vu|noi dung|cong viec|dau viec|ten viec|viec duoc giao).*",
}
_PATTERNS = {name: re.compile(words) for name, words in _WORDS.items()}
_LONGEST_HEAD = 90
_LOOKED_AT = 30
_DEEPEST_HEAD = 3


def field_of(head: str) -> str:
    """What a head's words name: a field, "number", or nothing."""
    words = fold(head.replace("%", " phan tram "))
    if not words or len(words) > _LONGEST_HEAD:
        return ""
    return next((name for name, shape in _PATTERNS.items() if shape.fullmatch(words)), "")


def header_row(rows: Sequence[Row]) -> int:
    """The number of the last row of the head: the one with the most telling words; 0 for none."""
    near = rows[:_LOOKED_AT]
    scores = [_score(row) for row in near]
    best = max(scores, default=0)
    if best < 2:
        return 0
    place = scores.index(best)
    while place + 1 < len(near) and _is_all_heads(near[place + 1]):
        place += 1
    return near[place].number


def heads(rows: Sequence[Row], header: int) -> list[str]:
    """The head of each column as far as any row has text, the rows of a nested one joined."""
    width = max((len(row.cells) for row in rows), default=0)
    upper = [row for row in rows if row.number <= header][-_DEEPEST_HEAD:]
    while len(upper) > 1 and not _is_all_heads(upper[0]):
        upper = upper[1:]
    found = []
    for column in range(width):
        texts = [row.cells[column] for row in upper if column < len(row.cells)]
        found.append(" / ".join(dict.fromkeys(" ".join(text.split()) for text in texts if text)))
    return found


def guess(columns: Sequence[str]) -> dict[str, int]:
    """Which column (from 0) holds which field, by its head; each field once, the first wins.

    Of a nested head the lowest words say most.
    """
    found: dict[str, int] = {}
    for place, head in enumerate(columns):
        named = field_of(head.rsplit(" / ", 1)[-1]) or field_of(head)
        if named in FIELDS and named not in found:
            found[named] = place
    return found


def best_sheet(sheets: Sequence[Sheet]) -> Sheet:
    """The sheet that looks most like a list of tasks; of equals the first that people see."""
    return max(sheets, key=lambda one: (_likeness(one), not one.is_hidden, bool(one.rows)))


def _likeness(sheet: Sheet) -> int:
    header = header_row(sheet.rows)
    return len(guess(heads(sheet.rows, header))) if header else 0


def _score(row: Row) -> int:
    return len({field_of(cell) for cell in row.cells} - {""})


def _is_all_heads(row: Row) -> bool:
    filled = [cell for cell in row.cells if cell]
    return len(filled) > 1 and all(field_of(cell) for cell in filled)


def texts_of(cells: Sequence[str], fields: Mapping[str, int]) -> dict[str, str]:
    """A row's text for each field, empty where it has none."""
    return {
        name: cells[fields[name]] if name in fields and fields[name] < len(cells) else ""
        for name in FIELDS
    }
