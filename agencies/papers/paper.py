"""What an administrative paper says, apart from how it looks: plain data for `docx.build`."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from agencies.papers.numbering import Level
from agencies.papers.signatures import Capacity, signature_lines
from agencies.papers.words import long_date, paper_number


class PaperKind(StrEnum):
    """A letter (công văn) has no type name; every other paper bears its own."""

    LETTER = "letter"
    NAMED = "named"


class Urgency(StrEnum):
    """The stamp in the head; the value is what it says."""

    NORMAL = ""
    URGENT = "KHẨN"
    VERY_URGENT = "THƯỢNG KHẨN"
    EXPRESS = "HỎA TỐC"


class Align(StrEnum):
    """How a column's cells stand."""

    LEFT = "left"
    CENTER = "center"
    RIGHT = "right"


@dataclass(frozen=True, slots=True)
class Letterhead:
    """Who issues the paper. A line break divides a name over two lines of the head.

    `name` is how a sentence calls the issuer ("Văn phòng Ủy ban nhân dân huyện An Lão"); it
    defaults to the head's own words.
    """

    issuer: str
    superior: str = ""
    name: str = ""

    @property
    def name_in_text(self) -> str:
        """The issuer's name on one line, as sentences write it."""
        return self.name or " ".join(self.issuer.split())


@dataclass(frozen=True, slots=True)
class Number:
    """The paper's number and its suffix (`BC-UBND`); no value until the clerk gives one."""

    suffix: str
    value: int | None = None

    def __str__(self) -> str:
        return paper_number(self.value, self.suffix)


@dataclass(frozen=True, slots=True)
class Signature:
    """Who signs and in which capacity (see `signature_lines`)."""

    capacity: Capacity | str
    post: str
    name: str = ""
    on_behalf_of: str = ""
    deputy_of: str = ""
    acting: bool = False

    @property
    def lines(self) -> tuple[str, ...]:
        """The lines in capitals above the room for the signature."""
        return signature_lines(
            self.capacity,
            self.post,
            on_behalf_of=self.on_behalf_of,
            deputy_of=self.deputy_of,
            acting=self.acting,
        )


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph without a number; line breaks in the text begin new paragraphs."""

    text: str
    italic: bool = False


@dataclass(frozen=True, slots=True)
class Heading:
    """A numbered title: `I.` in bold capitals, `1.` bold, `a)` upright."""

    text: str
    level: Level = Level.PART


@dataclass(frozen=True, slots=True)
class Item:
    """A numbered or dashed paragraph, counted together with the headings of its level."""

    text: str
    level: Level = Level.CLAUSE


@dataclass(frozen=True, slots=True)
class Note:
    """A remark in small italics, as under a table."""

    text: str


Cell = str | int | Decimal | None


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its head, the heads above it, its share of the width.

    Without `align` figures stand right and words left. Where it `merges`, equal cells below one
    another become one.
    """

    head: str
    width: float = 1
    align: Align | None = None
    groups: tuple[str, ...] = ()
    merges: bool = False


@dataclass(frozen=True, slots=True)
class Row:
    """One row, a cell for every column."""

    cells: tuple[Cell, ...]
    bold: bool = False


@dataclass(frozen=True, slots=True)
class GroupRow:
    """A bold line across the whole table, as "I. Các phòng, ban"."""

    text: str


@dataclass(frozen=True, slots=True)
class Total:
    """The last row: `cells` fill the last columns, the label spans those before them."""

    cells: tuple[Cell, ...]
    label: str = "Tổng cộng"


@dataclass(frozen=True, slots=True)
class Table:
    """A table with its title and the cut-off of its figures under it (rule 8.7).

    `index` is an optional row of column marks below the heads (`A`, `1`, `2=3+4`).
    """

    columns: Sequence[Column]
    rows: Sequence[Row | GroupRow]
    title: str = ""
    cut_off: str = ""
    unit: str = ""
    index: tuple[str, ...] = ()
    total: Total | None = None
    when_empty: str = "Không có"

    def __post_init__(self) -> None:
        width = len(self.columns)
        for row in self.rows:
            if isinstance(row, Row) and len(row.cells) != width:
                raise ValueError(f"a row of {len(row.cells)} cells under {width} columns")
        if self.total and not len(self.total.cells) < width:
            raise ValueError("the total leaves no column for its label")
        if self.index and len(self.index) != width:
            raise ValueError(f"{len(self.index)} marks for {width} columns")


Block = Paragraph | Heading | Item | Note | Table


@dataclass(frozen=True, slots=True)
class Appendix:
    """A part on pages of its own; Roman numerals come with a second one."""

    title: str
    blocks: Sequence[Block]
    landscape: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Paper:
    """A whole paper of Decree 30/2020/NĐ-CP.

    `recipients` are those informed: "Như trên" before them and the filing line after them are
    written by the layout. `year` stands in the date line of a draft that has no day yet. Without
    `number` (working papers inside the office) or `signature` those parts are left out.
    """

    kind: PaperKind
    letterhead: Letterhead
    place: str
    subject: str
    blocks: Sequence[Block]
    number: Number | None = None
    day: date | None = None
    year: int | None = None
    type_name: str = ""
    addressees: Sequence[str] = ()
    recipients: Sequence[str] = ()
    filing: str = "VT"
    signature: Signature | None = None
    urgency: Urgency = Urgency.NORMAL
    appendices: Sequence[Appendix] = ()
    landscape: bool = False
    body_size: int = 14

    def __post_init__(self) -> None:
        if (self.kind is PaperKind.NAMED) != bool(self.type_name):
            raise ValueError("a named paper has a type name, a letter has none")
        if self.body_size not in (13, 14):
            raise ValueError("the body is set in 13 or 14 points")

    @property
    def citation(self) -> str:
        """`Báo cáo số 05/BC-UBND ngày 04 tháng 5 năm 2023 của …`: how an appendix names it."""
        words = [self.type_name.capitalize() or "Công văn"]
        if self.number:
            words.append(f"số {self.number}")
        words.append(long_date(self.day, self.year))
        words.append(f"của {self.letterhead.name_in_text}")
        return " ".join(words)
