"""What the columns of a table of tasks are called; a table torn into one cell a paragraph."""

import re
from itertools import takewhile

COLUMNS = (
    ("text", re.compile(r"^(?:tên\s+|các\s+)?(?:nhiệm\s+vụ|nội\s+dung|công\s+việc|việc\b)", re.I)),
    ("coordinating", re.compile(r"^(?!.*chủ\s+trì).*phối\s+hợp", re.I | re.S)),
    (
        "lead",
        re.compile(
            r"chủ\s+trì|(?:đơn\s+vị|cơ\s+quan|người|cá\s+nhân|bộ\s+phận)\s+(?:được\s+giao|thực\s+hiện|"
            r"phụ\s+trách|tham\s+mưu)|đầu\s+mối|trách\s+nhiệm|phân\s+công|"
            r"^(?:cơ\s+quan|đơn\s+vị)(?:\s*[,/]\s*(?:cơ\s+quan|đơn\s+vị|địa\s+phương))*$",
            re.I,
        ),
    ),
    ("deadline", re.compile(r"thời\s+(?:gian|hạn)|tiến\s+độ|hoàn\s+thành|^hạn\b", re.I)),
    ("product", re.compile(r"sản\s+phẩm|kết\s+quả", re.I)),
    ("text", re.compile(r"nhiệm\s+vụ|nội\s+dung|công\s+việc|giải\s+pháp", re.I)),
    ("number", re.compile(r"^\s*(?:S?TT|TT|Số\s+TT|Số\s+thứ\s+tự|№)\s*$", re.I)),
)
ROW_NUMBER = re.compile(r"\d{1,3}[.)]?")
GROUP_OF_ROWS = re.compile(r"(?:[IVX]{1,5}|[A-Z])[.)]\s")
WHEN = re.compile(r"(?:thường xuyên|h[ằà]ng|quý|quí|tháng|năm|trong|trước|\d{1,2}/\d)", re.I)
LONGEST_NAME = 60
FEWEST_COLUMNS = 3

Block = tuple[int, int, str]


def rows_put_together(lines: list[str]) -> list[str]:
    """The lines of a text, with each row of a torn table in one line again, cells parted by "|".

    A web page copied as text keeps one cell a paragraph: "STT", "Nhiệm vụ", "Cơ quan chủ trì",
    "Thời hạn"; then "1", its work, its agency, its day. The names of the columns say how many
    cells make a row, and the numbers where one begins.
    """
    blocks = _blocks(lines)
    for index in range(len(blocks)):
        names = _heading(blocks, index)
        if not names:
            continue
        rows, used = _rows(blocks[index + len(names) :], names)
        if not rows:
            continue
        last = blocks[index + len(names) + used - 1][1]
        table = [
            line
            for row in (" | ".join(b[2] for b in blocks[index:][: len(names)]), *rows)
            for line in ("", row)
        ]
        return lines[: blocks[index][0]] + table + [""] + rows_put_together(lines[last:])
    return lines


def _blocks(lines: list[str]) -> list[Block]:
    """Runs of lines without a blank one: first line, line after the last, and the text of it."""
    found: list[Block] = []
    start = None
    for index, line in enumerate([*lines, ""]):
        if line.strip() and start is None:
            start = index
        elif not line.strip() and start is not None:
            found.append((start, index, " ".join(" ".join(lines[start:index]).split())))
            start = None
    return found


def _column(text: str) -> str | None:
    """What a column of this name holds."""
    if len(text) > LONGEST_NAME:
        return None
    return next((name for name, pattern in COLUMNS if pattern.search(text)), None)


def _heading(blocks: list[Block], index: int) -> list[str]:
    """The columns named from here on, one a block; nothing when no such table begins here."""
    if _column(blocks[index][2]) != "number":
        return []
    named = (_column(block[2]) for block in blocks[index:])
    names = list(takewhile(bool, named))
    return names if len(names) >= FEWEST_COLUMNS and {"lead", "text"} <= set(names) else []


def _rows(blocks: list[Block], names: list[str]) -> tuple[list[str], int]:
    """The rows below the names, and how many blocks they took."""
    rows: list[list[str]] = []
    texts: list[str] = []
    used = 0
    for index, (_, _, text) in enumerate(blocks):
        following = blocks[index + 1][2] if index + 1 < len(blocks) else ""
        if _is_next(text, len(rows)):
            rows.append([text])
            texts.append("")
        elif rows and len(rows[-1]) < len(names) and not _parts(text, following, rows):
            rows[-1].append(text)
        elif _is_next(following, len(rows)):
            texts.append(text)
            used = index + 1
            continue
        else:
            break
        if rows:
            texts[-1] = " | ".join(_filled(rows[-1], names))
        used = index + 1
    return (texts, used) if rows and len(rows[0]) > 2 else ([], 0)


def _is_next(text: str, count: int) -> bool:
    """Whether a block is the number of the row after so many."""
    return bool(ROW_NUMBER.fullmatch(text)) and int(text.rstrip(".)")) == count + 1


def _parts(text: str, following: str, rows: list[list[str]]) -> bool:
    """Whether a block heads the next rows, though the row above lacks a cell."""
    return bool(GROUP_OF_ROWS.match(text)) and _is_next(following, len(rows))


def _filled(row: list[str], names: list[str]) -> list[str]:
    """A row with empty cells where it lacks some: a day goes to the column of days."""
    missing = [""] * (len(names) - len(row))
    if missing and names[-1] == "deadline" and len(row) > 2 and WHEN.match(row[-1]):
        return [*row[:-1], *missing, row[-1]]
    return row + missing
