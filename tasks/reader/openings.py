"""Whom a paper's opening orders, whom a sentence announces, whom a meeting was with."""

import re

from tasks.reader.clauses import Clause
from tasks.reader.layout import Paragraph
from tasks.reader.partners import coordinating
from tasks.reader.phrases import UPPER
from tasks.reader.subjects import GIVEN, Span, Subject, Subjects

# "Sở A chủ trì, phối hợp với …:" above the clauses leads them all.
LEADS_BELOW = re.compile(r"\s*(?:chủ\s+trì|có\s+trách\s+nhiệm|chịu\s+trách\s+nhiệm)\b")
# "…, thành phố X cần tập trung thực hiện một số nhiệm vụ sau:" and what an issuer itself does.
LEADS_TO = re.compile(
    r"(?:theo\s[^.;:]{5,90}?\s)?(?:cần|phải|có trách nhiệm|tập trung|khẩn trương|chủ động|"
    r"phối hợp(?! với)|thực hiện|triển khai|tiếp tục)\b"
)
# "…, Văn phòng X và các văn phòng cụ thể hóa để thực hiện, trong đó tập trung các nhiệm vụ sau:".
FOCUSES = re.compile(r"\b(?:cần|phải|tập\s+trung|chú\s+trọng)\b[^.;:]*\bsau(?:\s+đây)?:$")
# "tại buổi làm việc với lãnh đạo tỉnh X": whom a conclusion is meant for.
MET_WITH = re.compile(
    r"(?:làm\s+việc|họp|buổi\s+làm\s+việc)\s+với\s+(?:tập\s+thể\s+)?"
    r"(?:(?:Ban\s+Thường\s+vụ|Thường\s+trực|[Ll]ãnh\s+đạo(?:\s+chủ\s+chốt)?)\s+)?"
)
# "Phòng GD&ĐT hướng dẫn các đơn vị trực thuộc thực hiện …, cụ thể như sau:".
GUIDES = re.compile(r"\bhướng\s+dẫn\s+(?=(?:các|những)\s[^.;]*:\s*$)")
PLACE = re.compile(
    rf"(?:[Tt]ỉnh|[Tt]hành\s+phố|[Hh]uyện|[Tt]hị\s+xã|[Qq]uận|[Xx]ã|[Pp]hường|[Đđ]ặc\s+khu)\s+"
    rf"{UPPER}[\w']*(?:(?:\s+|\s?-\s?){UPPER}[\w']*)*"
)


def opening(
    subjects: Subjects, root: Clause, addressees: list[Span], met: list[Span]
) -> Subject | None:
    """The agencies the sentence before the first clause orders ("yêu cầu Công an tỉnh …:")."""
    before: list[Paragraph] = []
    for item in root.items:
        if isinstance(item, Clause):
            break
        before.append(item)
    for paragraph in reversed(before[-2:]):
        for match in reversed(list(GIVEN.finditer(paragraph.text))):
            heads = paragraph.text.rstrip().endswith(":")
            found = subjects.agents(paragraph.start + match.end(), paragraph.end, heads)
            if found and _is_followed(subjects.text, found.end, paragraph):
                return Subject(list(found.spans), is_general=True)
    if before and (guided := GUIDES.search(before[-1].text)):
        start = before[-1].start + guided.end()
        found = subjects.agents(start, before[-1].end, True)
        if found and subjects.acts_after(found.end, before[-1].end):
            return Subject(list(found.spans), is_general=True)
    if before and not addressees and (said := announced(subjects, before[-1])):
        said.is_general = True
        said.partners = coordinating(subjects.text, before[-1].start, before[-1].end)
        return said
    if before and before[-1].text.rstrip().endswith(":"):
        found = subjects.agents(before[-1].start, before[-1].end)
        if found and LEADS_BELOW.match(subjects.text, found.end):
            partners = coordinating(subjects.text, before[-1].start, before[-1].end)
            return Subject(list(found.spans), partners, is_general=True)
    everybody = addressees or met
    return Subject(everybody, is_general=True) if everybody else None


def announced(subjects: Subjects, paragraph: Paragraph) -> Subject | None:
    """Who has to do what follows: "Để …, thành phố X cần tập trung thực hiện …:"."""
    text = paragraph.text.rstrip()
    if not text.endswith(":"):
        return None
    starts = [0, *(match.end() for match in re.finditer(r"[,;.]\s+(?=\S)", text))]
    for start in starts:
        position = paragraph.start + start
        found = subjects.agents(position, paragraph.end)
        place = PLACE.match(subjects.text, position, paragraph.end)
        spans, end = (list(found.spans), found.end) if found else ([], 0)
        if not found and place:
            spans, end = [place.span()], place.end()
        if spans and LEADS_TO.match(subjects.text[end : paragraph.end].lstrip(" ,")):
            return Subject(spans)
    if FOCUSES.search(text):
        sentence = max([0, *(match.end() for match in re.finditer(r"[;.]\s+(?=\S)", text))])
        for start in (start for start in starts if start >= sentence):
            found = subjects.agents(paragraph.start + start, paragraph.end)
            if found and subjects.acts_after(found.end, paragraph.end):
                return Subject(list(found.spans))
    return None


def met_with(subjects: Subjects, paragraphs: list[Paragraph]) -> list[Span]:
    """Whom a meeting was with whose conclusion this is."""
    starts = [
        (paragraph.start + match.end(), paragraph.end)
        for paragraph in paragraphs
        for match in MET_WITH.finditer(paragraph.text)
    ]
    for start, end in starts:
        if place := PLACE.match(subjects.text, start, end):
            return [place.span()]
    for start, end in starts:
        if found := subjects.agents(start, end):
            return list(found.spans)
    return []


def _is_followed(text: str, position: int, paragraph: Paragraph) -> bool:
    """Whether an order goes on after the names, in its own words or in those below its ":"."""
    rest = text[position : paragraph.end].strip()
    return len(rest) > 5 or rest == ":"
