"""From the tree of clauses to units that ask somebody for something, each with its lead."""

import re
from dataclasses import dataclass, field

from tasks.reader.agents import VERB, Agents, agents_at, clean, starts_with_verb
from tasks.reader.clauses import DASH, Clause
from tasks.reader.layout import Paragraph
from tasks.reader.phrases import (
    ASSIGNING_SECTION,
    CLOSING,
    CLOSING_ACT,
    CONTENT_SECTION,
    NO_TASK_SECTION,
    RIGHTS_NOT_DUTIES,
    UPPER,
)

Span = tuple[int, int]

ASSIGN = re.compile(
    r"(?:Tiếp\s+tục\s+)?(?P<act>[Gg]iao|[Đđ]ề\s+nghị|[Yy]êu\s+cầu|[Đđ]ồng\s+ý\s+giao|"
    r"[Pp]hân\s+công|[Cc]hỉ\s+đạo)"
    r"(?:\s+(?:trách\s+nhiệm|nhiệm\s+vụ))?(?:\s+cho)?\s*:?\s+"
)
GIVEN = re.compile(
    r"(?<!được )(?<!đã )(?<!\w)(?P<act>[Gg]iao|[Yy]êu\s+cầu|[Đđ]ề\s+nghị)(?:\s+(?:trách\s+nhiệm|"
    r"nhiệm\s+vụ))?(?:\s+cho)?\s*:?\s+"
)
YOU = re.compile(r"(?:[Đđ]ề\s+nghị|[Yy]êu\s+cầu)\s+(?:[Qq]u[ýí]\s+\w+|các\s+đồng\s+chí)\s")
AGREED = re.compile(r"(?:Cơ\s+bản\s+)?(?:Đồng\s+ý|Thống\s+nhất|Nhất\s+trí)(?!\s+giao)\b")
ISSUER = re.compile(r"(?:Phó\s+)?Chủ\s+tịch|Ủy\s+ban|Uỷ\s+ban|UBND|Thủ\s+tướng|Bộ")
ORDERS = re.compile(r"\s*,?\s*(?:yêu\s+cầu|giao|đề\s+nghị)\s+(?:cho\s+)?(?=\S)")
PERSON = re.compile(
    r"(?:Ông|Bà|Đồng chí|Đ/c)\s*(?:\([^)]*\))?[.:,]?\s*"
    rf"(?P<name>{UPPER}\w*(?:\s+{UPPER}\w*){{1,5}})"
    r"\s*[-–,][^:;]{3,120}:\s*(?=\S)"
)
DUTY_OF = re.compile(
    r"(?:Trách\s+nhiệm|Nhiệm\s+vụ|Nhiệm\s+vụ\s+và\s+quyền\s+hạn|"
    r"Đối\s+với)\s*(?:chung\s+)?(?:cụ\s+thể\s+)?(?:của\s+)?"
)
ACTS = re.compile(
    r"(?:có trách nhiệm|chịu trách nhiệm|chủ trì|chủ động|thực hiện|tập trung|khẩn trương|"
    r"tiếp tục|chỉ đạo|"
    r"phối hợp|tổ chức|tăng cường)"
)
CIRCUMSTANCE = re.compile(
    r"(?:Trong|Khi|Trường hợp|Đối với|Căn cứ|Trên cơ sở|Định kỳ|Hằng|Hàng|Trước|Để|Nhằm|Theo|Nếu|"
    r"Sau khi|Qua)\b"
)
COORDINATE = re.compile(
    r"[Pp]hối\s+hợp(?:\s+(?:chặt\s+chẽ|đồng\s+bộ|thường\s+xuyên|hiệu\s+quả))?,?\s*(?:với|"
    r"cùng(?:\s+với)?)?\s*:?\s+"
)
FIELD = re.compile(
    r"(?:\(|[-+•]\s*)?(?P<name>(?:Đơn vị|Cơ quan)\s+(?:chủ trì|thực hiện|"
    r"đầu mối)(?:\s+(?:thực hiện|tham mưu))?|Chủ trì|"
    r"(?:Đơn vị|Cơ quan)\s+phối hợp(?:\s+thực hiện)?|Phối hợp(?:\s+thực hiện)?|"
    r"Thời gian(?:\s+(?:thực hiện|hoàn thành))?|"
    r"Thời hạn(?:\s+(?:thực hiện|hoàn thành))?|Tiến độ(?:\s+thực hiện)?|Hoàn thành|Sản phẩm|"
    r"Kết quả(?:\s+đầu ra)?)\s*:\s*"
)


@dataclass
class Unit:
    """One unit of the directive: its wording's place, who leads it and how that is known."""

    path: str | None
    start: int
    end: int
    leads: list[Span] = field(default_factory=list)
    inherited: bool = False
    fields: dict[str, Span] = field(default_factory=dict)
    partners: list[Span] = field(default_factory=list)
    part: int | None = None


@dataclass
class Subject:
    """The agencies a heading or an opening sentence names, for what stands below it.

    `is_general` marks the opening sentence's or the addressees: a unit's own words outweigh them.
    `partners` are the coordinating agencies a heading gives to everything below it.
    """

    spans: list[Span]
    partners: list[Span] = field(default_factory=list)
    is_general: bool = False


class Finder:
    """Walks the tree of one directive and collects its units in order."""

    def __init__(self, text: str, addressees: list[Span], is_plan: bool) -> None:
        """`addressees` lead what an order without a subject asks of everybody it is sent to."""
        self.text = text
        self.addressees = addressees
        self.is_plan = is_plan
        self.units: list[Unit] = []
        self.in_general_part = False

    def find(self, root: Clause) -> list[Unit]:
        """All units of a body."""
        children = root.children
        opening = self._opening_subject(root)
        if not children:
            self._loose(root)
        assigns = any(
            c.level == 1 and ASSIGNING_SECTION.search(c.text.text.lower()) for c in children
        )
        for index, item in enumerate(root.items):
            if not isinstance(item, Clause):
                continue
            heading = item.text.text.lower()
            self.in_general_part = (
                assigns
                and item.level == 1
                and bool(CONTENT_SECTION.search(heading))
                and not ASSIGNING_SECTION.search(heading)
            )
            self._clause(item, opening, (), index == len(root.items) - 1)
        return self.units

    # -- subjects ---------------------------------------------------------------------------

    def _opening_subject(self, root: Clause) -> Subject | None:
        """The agencies the sentence before the first clause orders ("yêu cầu Công an tỉnh …:")."""
        before: list[Paragraph] = []
        for item in root.items:
            if isinstance(item, Clause):
                break
            before.append(item)
        for paragraph in reversed(before[-2:]):
            for match in reversed(list(GIVEN.finditer(paragraph.text))):
                found = self._agents(paragraph.start + match.end(), paragraph.end)
                if found and found.end < paragraph.end - 5:
                    return Subject(list(found.spans), is_general=True)
        return Subject(self.addressees, is_general=True) if self.addressees else None

    def _agents(self, start: int, end: int, any_noun: bool = False) -> Agents | None:
        """Agencies listed from a place on, in whole-text positions."""
        found = agents_at(self.text, start, any_noun, stop=end)
        return found

    def _heading_subject(self, paragraph: Paragraph) -> Subject | None:
        """The agencies a heading names: "2. Giao Sở Xây dựng", "1. Trách nhiệm chung của …"."""
        text = paragraph.text
        match = ASSIGN.match(text) or DUTY_OF.match(text)
        start = paragraph.start + (match.end() if match else 0)
        if not match and starts_with_verb(text):
            return None
        found = self._agents(start, paragraph.end, any_noun=bool(match))
        if not found:
            return None
        rest = self.text[found.end : paragraph.end].strip(" :;.,")
        if rest and not match and not text.rstrip().endswith(".") and self._is_name(text, rest):
            whole = re.sub(r"[:;.\s]+$", "", text)
            return Subject([(paragraph.start, paragraph.start + len(whole))])
        return Subject(list(found.spans))

    def _is_name(self, heading: str, rest: str) -> bool:
        """Whether what follows the agency in a heading still belongs to its name."""
        if heading.rstrip().endswith(":"):
            return len(rest) < 60 and not VERB.search(rest) and not re.search(r"[,;]", rest)
        return not ACTS.match(rest)

    def _own_subject(self, paragraph: Paragraph, inherited: bool) -> Subject | None:
        """The agencies a unit itself puts first, or is given to by "Giao …"."""
        text = paragraph.text
        if AGREED.match(text):
            return self._given_subject(paragraph)
        person = PERSON.match(text)
        if person and not inherited:
            return Subject(
                [(paragraph.start + person.start("name"), paragraph.start + person.end("name"))]
            )
        addressed = re.match(r"Đối với (?P<who>[^:.;]{4,120}):\s*(?=\S)", text)
        if addressed:
            rest = Paragraph(text[addressed.end() :], paragraph.start + addressed.end())
            if own := self._own_subject(rest, inherited):
                return own
            if self._agents(paragraph.start + addressed.start("who"), paragraph.end, True):
                return Subject(
                    [
                        (
                            paragraph.start + addressed.start("who"),
                            paragraph.start + addressed.end("who"),
                        )
                    ]
                )
        assigned = ASSIGN.match(text)
        if assigned:
            acts = assigned["act"].lower().split()
            if not inherited or acts[-1] == "giao" or acts[0] == "phân":
                found = self._agents(paragraph.start + assigned.end(), paragraph.end, True)
                if found and found.end < paragraph.end - 3 and acts[0] != "chỉ":
                    return Subject(list(found.spans))
            if inherited:
                return None
        if not starts_with_verb(text):
            found = self._agents(paragraph.start, paragraph.end)
            if found and self._acts_after(found.end, paragraph.end):
                ordered = ORDERS.match(self.text, found.end)
                if (
                    ordered
                    and ISSUER.match(text)
                    and (others := self._agents(ordered.end(), paragraph.end, True))
                ):
                    return Subject(list(others.spans))
                return Subject(list(found.spans))
        if not inherited and CIRCUMSTANCE.match(text):
            for match in re.finditer(r",\s+(?=\S)", text):
                found = self._agents(paragraph.start + match.end(), paragraph.end)
                if found and self._acts_after(found.end, paragraph.end):
                    return Subject(list(found.spans))
        return None

    def _acts_after(self, position: int, end: int) -> bool:
        """Whether something to do follows a list of names."""
        rest = self.text[position:end].lstrip(" ,:")
        return len(rest) > 3 and (starts_with_verb(rest) or rest[0].islower())

    # -- walking ----------------------------------------------------------------------------

    def _clause(
        self, clause: Clause, subject: Subject | None, sections: tuple[str, ...], last: bool
    ) -> None:
        heading = clause.text.text.strip()
        if not clause.items:
            self._unit(clause.text, clause.path, subject, sections)
            return
        sections = (*sections, heading.lower()) if clause.level < 7 else sections
        if self._field_children(clause):
            self._unit_with_fields(clause, subject, sections)
            return
        own = self._heading_subject(clause.text)
        if self._is_whole_sentence(clause.text):
            self._unit(clause.text, clause.path, subject, sections)
        local = own or (None if self.is_plan and self._names_section(heading) else subject)
        partners = coordinating(self.text, clause.text.start, clause.text.end)
        if local and partners and heading.endswith(":"):
            local = Subject(local.spans, partners, local.is_general)
        self._items(clause, local, sections, last)

    def _items(
        self,
        clause: Clause,
        subject: Subject | None,
        sections: tuple[str, ...],
        last: bool,
    ) -> None:
        """What stands below a heading, in order; a line ending in ":" may name new subjects."""
        plain = [item for item in clause.items if isinstance(item, Paragraph)]
        listed: list[Span] = []
        listing = False
        for index, item in enumerate(clause.items):
            if isinstance(item, Clause):
                if listing and (names := self._only_names(item)):
                    listed += names
                    continue
                if listing:
                    listing = False
                if listed:
                    subject, listed = Subject(listed), []
                self._clause(item, subject, sections, last and index == len(clause.items) - 1)
                continue
            if item.is_row:
                continue
            if item.text.rstrip().endswith(":"):
                if listed:
                    subject, listed, listing = Subject(listed), [], False
                listing = bool(
                    re.search(r"(?:gồm|sau|như sau|các đơn vị)\s*:$", item.text.rstrip())
                )
                found = self._heading_subject(item) or self._given_subject(item)
                subject = found or subject
                continue
            path = clause.path
            nth = plain.index(item) + 1 + self._is_whole_sentence(clause.text)
            if len(plain) > 1 or nth > 1:
                path = f"{clause.path}.p{nth}"
            more = index > 0 or self._is_whole_sentence(clause.text)
            closes = last and more and all(map(_closes, clause.items[index:]))
            self._paragraph(item, path, subject, sections, closes)

    def _given_subject(self, paragraph: Paragraph) -> Subject | None:
        for match in GIVEN.finditer(paragraph.text):
            found = self._agents(paragraph.start + match.end(), paragraph.end, True)
            if found:
                return Subject(list(found.spans))
        return None

    def _paragraph(
        self,
        item: Paragraph,
        path: str,
        subject: Subject | None,
        sections: tuple[str, ...],
        closes: bool,
    ) -> None:
        """A plain paragraph below a heading: a unit, unless it closes the document."""
        given = ASSIGN.match(item.text)
        if item.text.startswith("("):
            return
        if closes and not re.match(r"[Gg]iao\b", item.text):
            self._given_at_the_end(item, path)
            return
        if subject is None and not given:
            own = self._own_subject(item, False)
            if own is None:
                return
        self._unit(item, path, subject, sections)

    def _given_at_the_end(self, item: Paragraph, path: str) -> None:
        """A sentence "Giao … đôn đốc" inside the closing paragraph gives work all the same."""
        given = re.search(r"[.;]\s+(?=Giao\s)", item.text)
        if not given:
            return
        start = item.start + given.end()
        found = self._agents(start + len("Giao "), item.end, True)
        if found and self._acts_after(found.end, item.end):
            self.units.append(Unit(path, start, item.end, list(found.spans)))

    def _only_names(self, clause: Clause) -> list[Span]:
        """The agencies of a bullet that holds nothing but names ("- Sở Xây dựng (…);")."""
        found = self._agents(clause.text.start, clause.text.end)
        if not found or clause.items:
            return []
        rest = re.sub(r"\([^()]*\)|[;.,\s]", "", self.text[found.end : clause.text.end])
        return list(found.spans) if not rest else []

    def _field_children(self, clause: Clause) -> bool:
        """Whether the bullets below are "Cơ quan chủ trì: …", "Thời gian: …" of one task."""
        items = [i.text.text if isinstance(i, Clause) else i.text for i in clause.items]
        matches = [FIELD.match(text) for text in items]
        return (
            sum(map(bool, matches)) >= 1
            and any(
                m and re.search(r"chủ trì|thực hiện|đầu mối|thời|tiến độ", m["name"], re.I)
                for m in matches
            )
            and sum(map(bool, matches)) * 2 >= len(items)
        )

    def _unit_with_fields(
        self, clause: Clause, subject: Subject | None, sections: tuple[str, ...]
    ) -> None:
        fields: dict[str, Span] = {}
        end = clause.text.end
        for item in clause.items:
            paragraph = item.text if isinstance(item, Clause) else item
            match = FIELD.match(paragraph.text)
            if not match:
                end = paragraph.end if not fields else end
                continue
            value = (paragraph.start + match.end(), paragraph.end)
            fields.setdefault(_field_name(match["name"]), value)
        leads = list(subject.spans) if subject else []
        if "lead" in fields:
            found = self._agents(*fields["lead"], True)
            leads = list(found.spans) if found else [_trimmed(self.text, fields["lead"])]
        if leads:
            self.units.append(
                Unit(clause.path, clause.text.start, end, leads, "lead" not in fields, fields)
            )

    # -- units ------------------------------------------------------------------------------

    def _is_whole_sentence(self, paragraph: Paragraph) -> bool:
        """Whether a heading is itself an order, besides heading what follows."""
        text = paragraph.text.rstrip()
        if text.endswith(":") or len(text) < 60:
            return False
        return text.endswith((".", ";")) and (
            starts_with_verb(text) or self._own_subject(paragraph, False) is not None
        )

    def _names_section(self, heading: str) -> bool:
        """Whether a heading names a part of a document instead of a topic or an agency."""
        low = heading.lower().strip(" :.")
        return bool(
            NO_TASK_SECTION.match(low)
            or CONTENT_SECTION.search(low)
            or ASSIGNING_SECTION.search(low)
        )

    def _unit(
        self,
        paragraph: Paragraph,
        path: str | None,
        subject: Subject | None,
        sections: tuple[str, ...],
    ) -> None:
        """Add a unit when somebody is asked for something there."""
        text = paragraph.text
        own = self._own_subject(paragraph, subject is not None and not subject.is_general)
        leads = own or subject
        if leads is None:
            return
        if not starts_with_verb(text) and RIGHTS_NOT_DUTIES.search(text[:160]):
            return
        forbidden = any(NO_TASK_SECTION.match(section) for section in sections)
        if (forbidden or FIELD.match(text)) and not (own and ASSIGN.match(text)):
            return
        if self.in_general_part and not (own and re.search(r"^[Gg]iao\b|chủ trì", text)):
            return
        if own is None and (AGREED.match(text) or not self._asks(text)):
            return
        if text.rstrip().endswith(":") and len(text) < 120:
            return
        for part, (span, names) in enumerate(self._steps(paragraph) or [], 1):
            del span
            self.units.append(Unit(path, paragraph.start, paragraph.end, names, False, part=part))
        if self.units and self.units[-1].part and self.units[-1].start == paragraph.start:
            return
        self.units.append(
            Unit(
                path,
                paragraph.start,
                paragraph.end,
                list(leads.spans),
                own is None,
                partners=leads.partners,
            )
        )

    def _asks(self, text: str) -> bool:
        """Whether a wording without its own subject asks for something."""
        return not re.match(r"(?:Ông|Bà|Đồng chí|Đ/c)\b", text)

    def _steps(self, paragraph: Paragraph) -> list[tuple[Span, list[Span]]] | None:
        """Two steps of a bullet, each with agency and day ("A gửi B trước …; B báo cáo …")."""
        offset = paragraph.start
        label = re.match(r"[^:;.]{3,40}:\s*", paragraph.text)
        begin = label.end() if label else 0
        steps = []
        for piece in re.finditer(r"[^;]+", paragraph.text[begin:]):
            start = offset + begin + piece.start()
            found = self._agents(start, offset + begin + piece.end())
            timed = re.search(r"(?:trước|chậm nhất)[^;]*\d", piece[0])
            if not (found and timed and self._acts_after(found.end, offset + begin + piece.end())):
                return None
            steps.append(((start, offset + begin + piece.end()), list(found.spans)))
        return steps if len(steps) > 1 else None

    def _loose(self, root: Clause) -> None:
        """A letter without clauses: the paragraphs that give work to somebody by name."""
        paragraphs = [item for item in root.items if isinstance(item, Paragraph)]
        for index, paragraph in enumerate(paragraphs):
            last = index >= len(paragraphs) - 2 and self.units
            if last and is_closing(paragraph.text):
                continue
            for match in GIVEN.finditer(paragraph.text):
                found = self._agents(paragraph.start + match.end(), paragraph.end, True)
                if not found or not self._acts_after(found.end, paragraph.end):
                    continue
                start = paragraph.start + match.start()
                self.units.append(Unit(None, start, paragraph.end, list(found.spans)))
                break
            else:
                asked = YOU.search(paragraph.text)
                if asked and self.addressees:
                    start = paragraph.start + asked.start()
                    self.units.append(Unit(None, start, paragraph.end, self.addressees, True))


def is_closing(text: str) -> bool:
    """Whether a paragraph closes a directive: everybody is asked to carry it out."""
    if re.search(r"(?:trước|chậm nhất|trong)\s+(?:ngày|tháng|quý)\s+\d", text):
        return False
    return bool(CLOSING.match(text) and CLOSING_ACT.search(text))


def _closes(item: Clause | Paragraph) -> bool:
    """Whether an item is a closing paragraph or a note in brackets."""
    return isinstance(item, Paragraph) and (is_closing(item.text) or item.text.startswith("("))


def coordinating(text: str, start: int, end: int) -> list[Span]:
    """The agencies after "phối hợp (với)", wherever the unit says it."""
    spans: list[Span] = []
    seen: set[str] = set()
    for match in COORDINATE.finditer(text, start, end):
        found = agents_at(text, match.end(), any_noun=True, stop=end)
        for span in found.spans if found else ():
            name = clean(text[span[0] : span[1]])
            if name.lower() not in seen:
                seen.add(name.lower())
                spans.append(span)
    return spans


def _field_name(label: str) -> str:
    low = label.lower()
    if "phối hợp" in low:
        return "coordinating"
    if re.search(r"thời|tiến độ|hoàn thành", low):
        return "deadline"
    if re.search(r"sản phẩm|kết quả", low):
        return "product"
    return "lead"


def _trimmed(text: str, span: Span) -> Span:
    start, end = span
    piece = text[start:end]
    return start, start + len(piece.rstrip(" ;.,)"))


__all__ = ["DASH", "Finder", "Unit", "coordinating", "is_closing"]
