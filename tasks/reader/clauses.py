"""The body as a tree of clauses: Roman numerals, Điều, numbers, letters, dashes, pluses."""

import re
from dataclasses import dataclass, field

from tasks.reader.layout import Paragraph
from tasks.reader.marks import NOT_CITED, ORDINALS, ROMAN, SMALL_ROMAN
from tasks.reader.phrases import FIELD, UPPER

MARKS: tuple[tuple[int, re.Pattern[str]], ...] = (
    (1, re.compile(r"(?:Phần|Chương|Mục)\s+(?P<mark>[\dIVX]+)\b[.:]?\s*")),
    (
        1,
        re.compile(
            rf"(?P<mark>{ROMAN}|[A-D](?=\.\s+{UPPER}{{2}}))(?:[.)/]|\s?[-–](?=\s*{UPPER}{{2}}))\s*(?=\S)"
        ),
    ),
    (2, re.compile(rf"(?P<mark>Điều\s+\d+[a-z]?)\b{NOT_CITED}\s*[.:]?\s*")),
    (3, re.compile(r"(?P<mark>\d{1,2}(?:\.\d{1,2})*)[.)/](?!\d)-?\s*")),
    (3, re.compile(rf"(?P<mark>\d{{1,2}})\s?[-–]\s*(?={UPPER})")),
    (3, re.compile(r"(?:Bước|Nhiệm vụ|Nội dung|Giải pháp)\s+(?P<mark>\d{1,2})\s*[.:]\s*")),
    (4, re.compile(rf"(?P<mark>\d{{1,2}}(?:\.\d{{1,2}})+)\s+(?={UPPER})")),
    (
        7,
        re.compile(rf"(?P<mark>[a-zđ])(?:\)[.:]?|/\.?|[.](?=\s+{UPPER})|\s?[-–](?=\s+{UPPER}))\s*"),
    ),
    (8, re.compile(rf"\((?P<mark>\d{{1,2}}|{SMALL_ROMAN})\)[.:]?\s*")),
    (8, re.compile(rf"(?P<mark>{ORDINALS})\s*[,:]\s*(?=\S)")),
    (8, re.compile(r"(?P<mark>\*)\s*(?=\S)")),
    (9, re.compile(r"(?P<mark>[-–—•▪])\s*(?=\S)")),
    (10, re.compile(r"(?P<mark>\+)\s*(?=\S)")),
)
ORDINARY, DASH = 3, 9


@dataclass
class Clause:
    """A marked paragraph, what stands under it, and its path ("2.a", "IV.1-3")."""

    mark: str
    level: int
    path: str
    text: Paragraph
    items: list["Clause | Paragraph"] = field(default_factory=list)

    @property
    def children(self) -> list["Clause"]:
        """The clauses directly below."""
        return [item for item in self.items if isinstance(item, Clause)]


def read_mark(paragraph: Paragraph) -> tuple[int, str, Paragraph] | None:
    """Level, mark and the rest of a marked paragraph; None for a plain one."""
    for level, pattern in MARKS:
        match = pattern.match(paragraph.text)
        if match and (paragraph.text[match.end() :].strip() or match["mark"].startswith("Điều")):
            mark = re.sub(r"\s+", " ", match["mark"])
            depth = level + mark.count(".") if level == ORDINARY else level
            rest = paragraph.text[match.end() :]
            return depth, mark, Paragraph(rest, paragraph.start + match.end())
    return None


def unquoted(paragraphs: list[Paragraph]) -> list[Paragraph]:
    """The paragraphs without those another body's words fill, from “ to ”: they ask nobody here.

    A quotation that never closes is a misprint and hides nothing.
    """
    kept: list[Paragraph] = []
    quoted: list[Paragraph] = []
    depth = 0
    for paragraph in paragraphs:
        opens = not quoted and paragraph.text.lstrip().startswith("“")
        if opens or quoted:
            quoted.append(paragraph)
            depth += paragraph.text.count("“") - paragraph.text.count("”")
        else:
            kept.append(paragraph)
        if quoted and depth <= 0:
            kept += quoted[:1] if len(quoted) == 1 else []
            quoted, depth = [], 0
    return [*kept, *quoted]


def grow(paragraphs: list[Paragraph]) -> Clause:
    """The tree of a body under a nameless root; plain paragraphs hang on the clause they follow.

    A plain paragraph after a dash belongs to what the dash belongs to: dashes list, they do not
    hold paragraphs.
    """
    root = Clause("", 0, "", Paragraph("", 0))
    stack = [root]
    for paragraph in paragraphs:
        marked = None if paragraph.is_row else read_mark(paragraph)
        if marked is None and FIELD.match(paragraph.text) and stack[-1] is not root:
            stack[-1].items.append(paragraph)
            continue
        if marked is None:
            while stack[-1].level >= DASH:
                stack.pop()
            stack[-1].items.append(paragraph)
            continue
        level, mark, rest = marked
        while stack[-1].level >= level:
            stack.pop()
        parent = stack[-1]
        clause = Clause(mark, level, _path(parent, level, mark), rest)
        parent.items.append(clause)
        stack.append(clause)
    return root


def _path(parent: Clause, level: int, mark: str) -> str:
    """Join marks: "IV" + "1" → "IV.1"; "3" + the second dash → "3-2"; "2" + "2.1" → "2.1"."""
    if level >= 8 and not mark[0].isalnum():
        count = sum(child.level == level for child in parent.children) + 1
        sign = "-" if level != 10 else "+"
        return f"{parent.path}{sign}{count}" if parent.path else f"{sign}{count}"
    if parent.path and "." in mark and mark.startswith(parent.mark + "."):
        return parent.path[: -len(parent.mark)] + mark
    return f"{parent.path}.{mark}" if parent.path else mark
