"""Text out of a .docx: paragraphs with the numbers Word computes, tables, text boxes, footnotes."""

import io
import re
from collections.abc import Iterator

from docx import Document
from docx.oxml.ns import qn
from lxml import etree

from tasks.reader.errors import UnreadableFile
from tasks.reader.tables import one_line

ROMAN = (
    "",
    "I",
    "II",
    "III",
    "IV",
    "V",
    "VI",
    "VII",
    "VIII",
    "IX",
    "X",
    "XI",
    "XII",
    "XIII",
    "XIV",
    "XV",
)
MOST_COLUMNS = 63  # what Word allows
LETTERS = "abcdefghijklmnopqrstuvwxyz"
A_CONTENT = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
# Asked of every element of a paragraph: a long file has millions.
W, TAB, RUN, HYPHEN = qn("w:t"), qn("w:tab"), qn("w:r"), qn("w:noBreakHyphen")
BREAKS, BREAK_TYPE = {qn("w:br"), qn("w:cr")}, qn("w:type")
UNSEEN = {qn("w:txbxContent"), qn("w:del"), A_CONTENT}


def extract(data: bytes) -> str:
    """One line a paragraph; a table's row is " | " between its cells."""
    try:
        document = Document(io.BytesIO(data))
        numbering = Numbering(document)
        lines = list(_blocks(document.element.body, numbering))
        notes = list(_footnotes(document))
    except (KeyError, ValueError, AttributeError, etree.XMLSyntaxError, OSError, IndexError):
        raise UnreadableFile("damaged") from None
    except Exception:
        # python-docx raises errors of its own for packages that only look like documents.
        raise UnreadableFile("damaged") from None
    return "\n".join([*lines, *notes])


class Numbering:
    """The counters of Word's lists: what Word would print before each paragraph."""

    def __init__(self, document) -> None:
        """Read the abstract lists and which number each list instance uses."""
        self.levels: dict[tuple[str, int], tuple[str, str, int]] = {}
        self.lists: dict[str, str] = {}
        self.style_lists: dict[str, tuple[str, int]] = {}
        self.counters: dict[tuple[str, int], int] = {}
        self._read_lists(document)
        self._read_styles(document)

    def _read_lists(self, document) -> None:
        try:
            root = document.part.numbering_part.element
        except (KeyError, NotImplementedError):
            return
        for abstract in root.findall(qn("w:abstractNum")):
            number = abstract.get(qn("w:abstractNumId"))
            for level in abstract.findall(qn("w:lvl")):
                index = int(level.get(qn("w:ilvl")))
                self.levels[number, index] = (
                    _value(level, "w:numFmt", "decimal"),
                    _value(level, "w:lvlText", ""),
                    int(_value(level, "w:start", "1")),
                )
        for instance in root.findall(qn("w:num")):
            self.lists[instance.get(qn("w:numId"))] = _value(instance, "w:abstractNumId", "")

    def _read_styles(self, document) -> None:
        for style in document.styles.element.findall(qn("w:style")):
            properties = style.find(qn("w:pPr"))
            numbered = properties.find(qn("w:numPr")) if properties is not None else None
            if numbered is not None:
                number = _value(numbered, "w:numId", "")
                self.style_lists[style.get(qn("w:styleId"))] = (
                    number,
                    int(_value(numbered, "w:ilvl", "0")),
                )

    def label(self, paragraph) -> str:
        """The number or bullet before a paragraph and a blank; empty when it has none."""
        properties = paragraph.find(qn("w:pPr"))
        if properties is None:
            return ""
        numbered = properties.find(qn("w:numPr"))
        if numbered is not None:
            number = _value(numbered, "w:numId", "0")
            level = int(_value(numbered, "w:ilvl", "0"))
        else:
            style = _value(properties, "w:pStyle", "")
            number, level = self.style_lists.get(style, ("0", 0))
        abstract = self.lists.get(number)
        if abstract is None or (abstract, level) not in self.levels:
            return ""
        kind, template, start = self.levels[abstract, level]
        if kind == "bullet":
            return "+ " if level else "- "
        if kind == "none":
            return ""
        self.counters[abstract, level] = self.counters.get((abstract, level), start - 1) + 1
        for key in [k for k in self.counters if k[0] == abstract and k[1] > level]:
            del self.counters[key]
        return self._fill(template, abstract) + " "

    def _fill(self, template: str, abstract: str) -> str:
        def shown(match: re.Match[str]) -> str:
            level = int(match[1]) - 1
            kind, _, start = self.levels.get((abstract, level), ("decimal", "", 1))
            return _numeral(self.counters.get((abstract, level), start), kind)

        return re.sub(r"%(\d)", shown, template)


def _numeral(count: int, kind: str) -> str:
    if kind in ("upperRoman", "lowerRoman"):
        text = ROMAN[count] if count < len(ROMAN) else str(count)
        return text if kind == "upperRoman" else text.lower()
    if kind in ("lowerLetter", "upperLetter"):
        text = LETTERS[(count - 1) % 26]
        return text if kind == "lowerLetter" else text.upper()
    return str(count)


def _value(element, tag: str, default: str) -> str:
    found = element.find(qn(tag))
    return default if found is None else found.get(qn("w:val"), default)


def _blocks(parent, numbering: Numbering) -> Iterator[str]:
    """Paragraphs and tables in document order, through content controls."""
    for child in parent.iterchildren():
        if child.tag == qn("w:p"):
            yield from _paragraph(child, numbering)
        elif child.tag == qn("w:tbl"):
            yield from _table(child, numbering)
        elif child.tag == qn("w:sdt"):
            content = child.find(qn("w:sdtContent"))
            if content is not None:
                yield from _blocks(content, numbering)


def _paragraph(paragraph, numbering: Numbering) -> Iterator[str]:
    """A paragraph's lines; a text box in it speaks first."""
    for box in paragraph.iter(qn("w:txbxContent")):
        if not any(ancestor.tag == A_CONTENT for ancestor in box.iterancestors()):
            yield from _blocks(box, numbering)
    text = _text(paragraph)
    if text.strip():
        yield numbering.label(paragraph) + text
    else:
        yield ""


def _text(paragraph) -> str:
    """What a reader sees: insertions in, deletions and text boxes out, breaks as lines."""
    pieces = []
    for node in _seen(paragraph):
        if node.tag == W:
            pieces.append(node.text or "")
        elif node.tag == TAB:
            pieces.append(" " if node.getparent().tag == RUN else "")
        elif node.tag == HYPHEN:
            pieces.append("-")
        elif node.tag in BREAKS:
            pieces.append(" " if node.get(BREAK_TYPE) == "page" else "\n")
    return "".join(pieces)


def _seen(top) -> Iterator:
    """The elements below one in document order, without what no reader sees."""
    below = [top.iterchildren()]
    while below:
        node = next(below[-1], None)
        if node is None:
            below.pop()
        elif node.tag not in UNSEEN:
            yield node
            below.append(node.iterchildren())


def _table(table, numbering: Numbering) -> Iterator[str]:
    """A layout table (heading, signature) cell by cell; a table of data row by row."""
    rows = [
        [list(_blocks(cell, numbering)) for cell in row.iterchildren(qn("w:tc"))]
        for row in table.iterchildren(qn("w:tr"))
    ]
    flat = "\n".join(line for row in rows for cell in row for line in cell)
    if re.search(r"Nơi\s+nhận|XÃ\s+HỘI\s+CHỦ\s+NGHĨA|ĐẢNG CỘNG SẢN", flat) or all(
        len(row) < 3 for row in rows
    ):
        if "Nơi nhận" in flat:
            columns = max(len(row) for row in rows)
            for column in range(columns):
                for row in rows:
                    yield from row[column] if column < len(row) else ()
                yield ""
            return
        right_first = sorted(
            (cell for row in rows for cell in row),
            key=lambda cell: not re.search(r"XÃ\s+HỘI|ngày.*tháng.*năm|CỘNG SẢN", "\n".join(cell)),
        )
        for cell in right_first:
            yield from cell
        yield ""
        return
    yield from _grid(table, rows)


def _grid(table, rows: list[list[list[str]]]) -> Iterator[str]:
    """The rows of a table of data, one line each with as many cells as the table has columns.

    A cell merged over columns fills the first of them; one merged over rows speaks in each.
    """
    above: dict[int, str] = {}
    for row, contents in zip(table.iterchildren(qn("w:tr")), rows, strict=True):
        line: list[str] = []
        for cell, content in zip(row.iterchildren(qn("w:tc")), contents, strict=True):
            properties = cell.find(qn("w:tcPr"))
            width, merged = 1, None
            if properties is not None:
                width = int(_value(properties, "w:gridSpan", "1"))
                merged = properties.find(qn("w:vMerge"))
            text = one_line([part for block in content for part in block.split("\n")])
            if merged is not None and merged.get(qn("w:val")) != "restart":
                text = text or above.get(len(line), "")
            above[len(line)] = text
            line += [text, *[""] * (min(width, MOST_COLUMNS) - 1)]
        yield " | ".join(line)


def _footnotes(document) -> Iterator[str]:
    """The notes below the line, after everything else: they cite documents."""
    for part in document.part.package.iter_parts():
        if str(part.partname) == "/word/footnotes.xml":
            root = etree.fromstring(part.blob, etree.XMLParser(resolve_entities=False))
            for note in root.iter(qn("w:footnote")):
                text = "".join(node.text or "" for node in note.iter(W)).strip()
                if text:
                    yield f"[{text}]"
