"""Where the parts of an administrative document begin and end (Decree 30/2020/NĐ-CP)."""

import re
from dataclasses import dataclass, field

from tasks.reader.marks import APPENDIX, DATE_LINE, MARKER, MOTTO, RECIPIENTS, TITLE

PLAN = re.compile(r"KẾ HOẠCH|CHƯƠNG TRÌNH(?: HÀNH ĐỘNG| CÔNG TÁC)?|PHƯƠNG ÁN")
ATTACHED = re.compile(r"^\(?\s*(?:Ban hành )?[Kk]èm theo\b|\((?:Ban hành )?[Kk]èm theo\s")
BODY_OPENER = re.compile(
    r"(?:Căn cứ|Thực hiện|Để|Nhằm|Theo|Trong|Thời gian|Ngày|Hiện nay|Qua|Vừa qua|Năm|Sau khi|"
    r"Ủy ban|Uỷ ban|"
    r"UBND|Chủ tịch|Trước|Thủ tướng|Kính gửi|Phần|Tiếp|Xét|Tại|Từ|Bộ|Sở|Phòng)\b"
)
ADDRESSED = re.compile(r"(?:Kính\s+gửi|(?:\w[\w ]{5,60}\s)?(?:điện|ĐIỆN)(?=\s*:))\s*:?\s*", re.I)


LONGEST_TITLE_LINE = 180
# "KT. THỦ TƯỚNG", "TM. ỦY BAN NHÂN DÂN" on a line: the signature where no recipients are named.
_POST = (
    r"(?:(?:QUYỀN |PHÓ )?(?:CHỦ TỊCH|TỔNG GIÁM ĐỐC|GIÁM ĐỐC|BỘ TRƯỞNG|THỦ TƯỚNG|CHÁNH VĂN PHÒNG|"
    r"TRƯỞNG PHÒNG|TRƯỞNG BAN|BÍ THƯ|HIỆU TRƯỞNG))"
)
SIGNED = re.compile(rf"(?:KT|TM|TL|TUQ|Q)\.\s?\S|{_POST}(?:\s+{_POST})*$")
ISSUERS = re.compile(
    r"(?:BỘ TRƯỞNG|GIÁM ĐỐC|CHỦ TỊCH|ỦY BAN|UỶ BAN|UBND|THỦ TƯỚNG|HỘI ĐỒNG|CỤC TRƯỞNG)"
)
# The first words of the body below a title in capitals.
OPENS_ACCOUNT = re.compile(r"(?:Ngày\s+\d|Từ\s+ngày|Sau\s+khi|Thực\s+hiện|Căn\s+cứ|Triển\s+khai)\b")
RUNS_INTO_BODY = re.compile(r"\.\s+(?=(?:Thực\s+hiện|Căn\s+cứ|Để|Nhằm|Theo|Xét|Triển\s+khai)\s)")
NUMBER_LINE = re.compile(r"Số\s*:?\s*\d*[\s.…_]*[/–-]\s*[A-ZĐ]")


@dataclass(frozen=True)
class Paragraph:
    """One paragraph and where it stands in the repaired text."""

    text: str
    start: int

    @property
    def end(self) -> int:
        """The position after its last character."""
        return self.start + len(self.text)

    @property
    def is_row(self) -> bool:
        """Whether it is a row of a table."""
        return " | " in self.text or self.text.endswith(" |")


@dataclass
class Layout:
    """The parts of a document, each a list of paragraphs."""

    head: list[Paragraph] = field(default_factory=list)
    title: Paragraph | None = None
    abstract: list[Paragraph] = field(default_factory=list)
    addressees: list[Paragraph] = field(default_factory=list)
    body: list[Paragraph] = field(default_factory=list)
    recipients: list[Paragraph] = field(default_factory=list)
    signature: list[Paragraph] = field(default_factory=list)
    appendix: list[Paragraph] = field(default_factory=list)


def paragraphs_of(text: str) -> list[Paragraph]:
    """The paragraphs of a repaired text, one a line."""
    found, position = [], 0
    for line in text.split("\n"):
        if line.strip():
            found.append(Paragraph(line, position))
        position += len(line) + 1
    return found


def lay_out(text: str) -> Layout:
    """Part a repaired text into heading, addressees, body, recipients, signature, appendix."""
    paragraphs = paragraphs_of(text)
    layout = Layout()
    body = _open(paragraphs, layout)
    tail = next((i for i in range(body, len(paragraphs)) if _is_tail(paragraphs[i])), None)
    appendix = next(
        (
            i
            for i in range(body, len(paragraphs))
            if (APPENDIX.match(paragraphs[i].text) and (tail is None or i > tail))
            or (tail is not None and i > tail and is_attached_plan(paragraphs[i:]))
        ),
        len(paragraphs),
    )
    if tail is None:
        tail = _last_full_stop(paragraphs, body, appendix)
    layout.body = paragraphs[body:tail]
    layout.appendix = paragraphs[appendix:]
    for paragraph in paragraphs[tail:appendix]:
        bulleted = re.match(r"[-–•+]|Nơi\s+nhận|Như |Lưu", paragraph.text, re.I)
        (layout.recipients if bulleted else layout.signature).append(paragraph)
    return layout


def is_attached_plan(paragraphs: list[Paragraph]) -> bool:
    """Whether a plan begins here that a decision was signed to issue ("Kèm theo …")."""
    return bool(paragraphs and PLAN.fullmatch(paragraphs[0].text.strip())) and any(
        ATTACHED.search(below.text) for below in paragraphs[1:7]
    )


def _is_tail(paragraph: Paragraph) -> bool:
    text = paragraph.text
    return bool(RECIPIENTS.match(text) or (text.isupper() and SIGNED.match(text)))


def _last_full_stop(paragraphs: list[Paragraph], body: int, appendix: int) -> int:
    """Without "Nơi nhận" the body ends at "./." if there is one."""
    ends = [i for i in range(body, appendix) if paragraphs[i].text.endswith("./.")]
    return ends[-1] + 1 if ends else appendix


def _open(paragraphs: list[Paragraph], layout: Layout) -> int:
    """Fill heading, abstract and addressees; give the index of the body's first paragraph."""
    for index, paragraph in enumerate(paragraphs[:45]):
        if ADDRESSED.match(paragraph.text):
            _take_head(paragraphs[:index], layout)
            return _take_addressees(paragraphs, index, layout)
        if _is_title(paragraph.text):
            layout.head = paragraphs[:index]
            layout.title = paragraph
            return _take_abstract(paragraphs, index, layout)
        if MARKER.match(paragraph.text) or (len(paragraph.text) > 300 and index > 8):
            break
    end = _unaddressed_head(paragraphs)
    _take_head(paragraphs[:end], layout)
    return end


def _is_title(text: str) -> bool:
    match = TITLE.match(text.strip())
    return bool(match) and not re.match(r"\s*(?:số|:)", text[match.end() :]) if match else False


def _take_head(paragraphs: list[Paragraph], layout: Layout) -> None:
    """Heading lines, and from "V/v" on the abstract (often on the number's own line)."""
    for index, paragraph in enumerate(paragraphs):
        match = re.search(r"V/v|(?:^|\s)[Vv]ề việc\b|Trích yếu\s*:", paragraph.text)
        if match:
            start = match.start() + (len(match[0]) - len(match[0].lstrip()))
            layout.head = [*paragraphs[:index], Paragraph(paragraph.text[:start], paragraph.start)]
            layout.abstract = [Paragraph(paragraph.text[start:], paragraph.start + start)]
            layout.abstract += [
                later
                for later in paragraphs[index + 1 :]
                if not (DATE_LINE.match(later.text) or MOTTO.match(later.text) or later.is_row)
                and not re.match(r"Số\s*:|(?:HỎA TỐC|KHẨN|THƯỢNG KHẨN)\b", later.text)
            ]
            return
    layout.head = paragraphs
    _take_unnamed_abstract(paragraphs, layout)


def _take_unnamed_abstract(paragraphs: list[Paragraph], layout: Layout) -> None:
    """Lines right below the number that are neither names nor dates: the Party writes no "V/v"."""
    numbered = next((i for i, p in enumerate(paragraphs) if NUMBER_LINE.match(p.text)), None)
    if numbered is None:
        return
    below = []
    for paragraph in paragraphs[numbered + 1 :]:
        text = paragraph.text
        if text.isupper() or MOTTO.match(text) or DATE_LINE.match(text) or len(text) < 8:
            break
        below.append(paragraph)
    if below and len(" ".join(p.text for p in below)) < 400:
        layout.abstract = below
        layout.head = [p for p in paragraphs if p not in below]


def _take_addressees(paragraphs: list[Paragraph], index: int, layout: Layout) -> int:
    """Take "Kính gửi" on its line and the bullets below it."""
    first = paragraphs[index]
    inline = first.text[ADDRESSED.match(first.text).end() :]
    if inline:
        start = first.end - len(inline)
        told = RUNS_INTO_BODY.search(inline)
        layout.addressees.append(Paragraph(inline[: told.start() + 1] if told else inline, start))
        if told:  # the letter's first sentence stands on the same line
            paragraphs[index + 1 : index + 1] = [
                Paragraph(inline[told.end() :], start + told.end())
            ]
            return index + 1
    index += 1
    while (
        index < len(paragraphs)
        and (
            re.match(r"[-–•+*]\s*", paragraphs[index].text)
            or (paragraphs[index].text.endswith(";") and len(paragraphs[index].text) < 150)
        )
        and not paragraphs[index].text.startswith(("Căn cứ", "Thực hiện", "Xét", "Theo"))
    ):
        layout.addressees.append(paragraphs[index])
        index += 1
    return index


def _take_abstract(paragraphs: list[Paragraph], index: int, layout: Layout) -> int:
    """The lines below the title of a decision, plan or notice."""
    title = paragraphs[index]
    rest = title.text[TITLE.match(title.text).end() :].strip(" :")
    if rest:
        layout.abstract.append(Paragraph(rest, title.text.rindex(rest) + title.start))
        index += 1
        while rest.isupper() and index < len(paragraphs) and paragraphs[index].text.isupper():
            if ISSUERS.match(paragraphs[index].text):
                break
            layout.abstract.append(paragraphs[index])
            index += 1
        return index
    index += 1
    while index < len(paragraphs) and len(layout.abstract) < 6:
        text = paragraphs[index].text
        opens = BODY_OPENER.match(text) and (len(text) > 110 or text.endswith((".", ":", ";", ",")))
        if layout.abstract and (opens or layout.abstract[-1].text.endswith((".", ":", ";"))):
            break
        if MARKER.match(text) or re.match(r"[-_—*.]+$", text) or ADDRESSED.match(text):
            break
        if text.isupper() and layout.abstract and not layout.abstract[-1].text.isupper():
            break
        torn = layout.abstract and re.search(r"\b(?:CỦA|VỀ|VÀ|TẠI|VỚI)$", layout.abstract[-1].text)
        if text.isupper() and ISSUERS.match(text) and not torn:
            break
        if layout.abstract and not text.isupper() and len(text) > LONGEST_TITLE_LINE:
            break
        if layout.abstract and layout.abstract[-1].text.isupper() and OPENS_ACCOUNT.match(text):
            break
        if text.startswith("(") and layout.abstract:
            index += 1
            continue
        if not layout.abstract and re.match(r"CỦA\s(?!ĐỒNG CHÍ)", text):
            index += 1
            continue
        layout.abstract.append(paragraphs[index])
        index += 1
    if index < len(paragraphs) and ADDRESSED.match(paragraphs[index].text):
        return _take_addressees(paragraphs, index, layout)
    return index


def _unaddressed_head(paragraphs: list[Paragraph]) -> int:
    """How many paragraphs an excerpt without addressees spends on its heading."""
    end = 0
    for index, paragraph in enumerate(paragraphs[:15]):
        text = paragraph.text
        if (
            text.isupper()
            or MOTTO.match(text)
            or DATE_LINE.match(text)
            or re.match(r"V/v|Về việc|Số\s*:?", text)
        ):
            end = index + 1
    return end
