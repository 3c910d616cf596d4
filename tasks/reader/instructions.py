"""From the tree of clauses to units that ask somebody for something, each with its lead."""

import re
from dataclasses import dataclass, field

from tasks.reader.agents import starts_with_verb
from tasks.reader.clauses import Clause
from tasks.reader.closings import is_closing, is_closing_item
from tasks.reader.deadlines import WRITTEN as DATED
from tasks.reader.layout import Paragraph
from tasks.reader.phrases import (
    ASSIGNING_SECTION,
    CONTENT_SECTION,
    FIELD,
    FIELD_INSIDE,
    NO_TASK_SECTION,
    ONE_FOLLOWS_UP,
    RIGHTS_NOT_DUTIES,
)
from tasks.reader.subjects import (
    AGREED,
    ASSIGN,
    CIRCUMSTANCE,
    GIVEN,
    INFORMS,
    PASSED_ON,
    TOPIC,
    YOU,
    Span,
    Subject,
    Subjects,
    coordinating,
)

SHORTEST_ORDER = 60
# A heading that ends in a full stop: "2.2. Đối với công tác quản lý khoáng sản."
HEADS_A_PART = r"(?:Đối với|Về|Việc)\s[^,;:]*\.|Yêu cầu đối với\s[^;:]*\."
# An order that then names its parts: "…, trình trước ngày …. Trong đó chú ý một số nội dung sau:".
LEAD_IN = re.compile(
    r"(.{60,}?[.;])\s+(?:Trong\s+đó|Cụ\s+thể|Trước\s+mắt|Trọng\s+tâm)\b[^.;:]{0,80}:$", re.S
)
# "Trong quá trình thực hiện, nếu có vướng mắc, đề nghị …": never a task of its own.
IN_CASE_OF_TROUBLE = re.compile(
    r"(?:Trong\s+quá\s+trình|Quá\s+trình|Nếu|Trường\s+hợp)\b.{0,120}?(?:khó\s+khăn|vướng\s+mắc)"
)
# "Văn bản tham gia ý kiến gửi về … trước ngày …": what is asked for is named, not who sends it.
SENT_IN = re.compile(
    r"(?:Báo\s+cáo|Văn\s+bản|Ý\s+kiến|Kết\s+quả|Hồ\s+sơ|Danh\s+sách|Tài\s+liệu|Đề\s+xuất)\b"
    r"[^.;:]{0,120}?\b(?:gửi|nộp|báo\s+cáo)\s+(?:về|cho|đến|Ủy|UBND|Sở|Phòng|Văn)"
)
# A label and what it is: "Địa điểm: …", "Số lượng đơn vị kiểm tra: …" ask nothing.
FACT = re.compile(
    r"(?:Thời\s+(?:gian|điểm|kỳ)|Địa\s+(?:điểm|chỉ|bàn)|Đối\s+tượng|Số\s+lượng|Thành\s+phần|Kinh\s+phí|"
    r"Nguồn|Hình\s+thức|Phạm\s+vi|Tên|Quy\s+mô|Mục\s+tiêu|Tổng|Vốn|Điện\s+thoại|Đầu\s+mối\s+liên|"
    r"Tiêu\s+chí|Trích\s+yếu|Lý\s+do|Căn\s+cứ\s+pháp|Danh\s+sách)\b[^:.;]{0,80}:\s"
)
# What stands below is who belongs to a board or a team.
MEMBERS = re.compile(
    r"(?:Thành\s+lập|Kiện\s+toàn)\b.*\bgồm\b|gồm\s+(?:có\s+)?(?:các\s+)?(?:thành\s+viên|ông|bà|đồng\s+chí)"
)
HAS_DUTY = re.compile(r"\s*(?:chủ\s+trì,?\s+phối\s+hợp|có\s+trách\s+nhiệm|chịu\s+trách\s+nhiệm)\b")
QUOTES = re.compile(r"(?:Theo|Tại|Căn\s+cứ)\s+(?:các\s+)?(?:quy\s+định|khoản|điểm|Điều)\b")
# "Các đơn vị thực hiện trước ngày …": nothing but the day.
ALL_BY_THEN = (
    r"(?:Đề\s+nghị\s+|Yêu\s+cầu\s+)?[Cc]ác\s+(?:cơ\s+quan|đơn\s+vị|địa\s+phương|trường)"
    r"(?:,\s*(?:đơn\s+vị|địa\s+phương))*\s+(?:thực\s+hiện|hoàn\s+thành|báo\s+cáo)\s+"
    r"(?:trước|chậm\s+nhất|trong)\s[^.;]{5,60}[.;/\s]*$"
)
SHARED_DAY = re.compile(
    rf"(?:{SENT_IN.pattern}|(?:Thời\s+gian|Thời\s+hạn|Hoàn\s+thành|Các\s+nội\s+dung\s+trên|"
    r"Việc\s+báo\s+cáo)\b|"
    rf"{ALL_BY_THEN})"
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
    adds_partners: bool = False
    """Whether `partners` come besides those its own words name: a field line gave them."""
    shared_deadline: Span | None = None
    """One sentence's day for all units above it ("Báo cáo gửi về … trước ngày …")."""


class Finder:
    """Walks the tree of one directive and collects its units in order."""

    def __init__(self, text: str, addressees: list[Span], is_plan: bool) -> None:
        """`addressees` lead what an order without a subject asks of everybody it is sent to."""
        self.text = text
        self.addressees = addressees
        self.subjects = Subjects(text)
        self.is_plan = is_plan
        self.units: list[Unit] = []
        self.in_general_part = False

    def find(self, root: Clause) -> list[Unit]:
        """All units of a body."""
        children = root.children
        opening = self.subjects.opening(root, self.addressees)
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
            opening = self._announced(item) or opening
        if children and not self.units:
            self._loose(root)  # the clauses only listed papers: the order stands in plain words
        return self.units

    def _clause(
        self, clause: Clause, subject: Subject | None, sections: tuple[str, ...], last: bool
    ) -> None:
        heading = clause.text.text.strip()
        if not clause.items:
            self._unit(clause.text, clause.path, subject, sections)
            return
        if last and heading.endswith((".", ";")) and all(map(is_closing_item, clause.items)):
            self._unit(clause.text, clause.path, subject, sections)
            for item in clause.items:
                if isinstance(item, Paragraph):
                    self._given_at_the_end(item, f"{clause.path}.p2")
            return
        if MEMBERS.search(heading):
            return
        sections = (*sections, heading.lower()) if clause.level < 7 else sections
        if self._field_children(clause):
            self._unit_with_fields(clause, subject, sections)
            return
        own = self.subjects.of_heading(clause.text)
        if self._is_whole_sentence(clause.text):
            self._unit(clause.text, clause.path, subject, sections)
        if own and self._is_whole_sentence(clause.text) and re.match(r"Chỉ\s+đạo\b", heading):
            own = None  # an order to the one above: it names whom he is to direct
        if lead_in := LEAD_IN.match(heading):
            start = clause.text.start + len(clause.text.text) - len(clause.text.text.lstrip())
            order = Paragraph(lead_in[1], start)
            self._unit(order, clause.path, subject, sections)
        local = own or (subject if subject and self._is_whole_sentence(clause.text) else None)
        local = local or (None if self.is_plan and self._names_section(heading) else subject)
        partners = coordinating(self.text, clause.text.start, clause.text.end)
        if local and partners and heading.endswith(":"):
            local = Subject(local.spans, partners, local.is_general)
        shared = self._shared_fields(clause)
        if shared:
            local = Subject(
                self._lead_field(shared["lead"]), self._partner_fields(shared), fields=shared
            )
        self._items(clause, local, sections, last)

    def _announced(self, clause: Clause) -> Subject | None:
        """Whom a number names that holds nothing and ends in ":": what follows is meant for him."""
        if clause.items or not clause.text.text.rstrip().endswith(":"):
            return None
        return self.subjects.of_heading(clause.text)

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
                subject = self._announced(item) or subject
                continue
            if item.is_row:
                continue
            if item.text.rstrip().endswith(":"):
                if listed:
                    subject, listed, listing = Subject(listed), [], False
                listing = bool(
                    re.search(r"(?:gồm|sau|như sau|các đơn vị)\s*:$", item.text.rstrip())
                )
                found = self.subjects.of_heading(item) or self.subjects.given(item)
                if found and not found.partners:
                    found.partners = coordinating(self.text, item.start, item.end)
                subject = found or subject
                continue
            path = clause.path
            nth = plain.index(item) + 1 + self._is_whole_sentence(clause.text)
            if len(plain) > 1 or nth > 1:
                path = f"{clause.path}.p{nth}"
            more = index > 0 or self._is_whole_sentence(clause.text)
            closes = last and more and all(map(is_closing_item, clause.items[index:]))
            self._paragraph(item, path, subject, sections, closes)

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
        if SHARED_DAY.match(item.text) and self._shares_its_day(item):
            return
        if item.text.startswith("(") or item.text.isupper():
            return
        if closes and not re.match(r"[Gg]iao\b", item.text):
            self._given_at_the_end(item, path)
            return
        if subject is None and not given:
            own = self.subjects.of_unit(item, False)
            if own is None:
                return
        self._unit(item, path, subject, sections)

    def _shares_its_day(self, item: Paragraph) -> bool:
        """Whether an unmarked sentence only says until when what stands above is to be sent."""
        if not self.units or not DATED.search(item.text):
            return False
        if not re.match(ALL_BY_THEN, item.text) and self.subjects.of_unit(item, False):
            return False
        for unit in self.units:
            unit.shared_deadline = unit.shared_deadline or (item.start, item.end)
        return True

    def _given_at_the_end(self, item: Paragraph, path: str) -> None:
        """A sentence inside the closing paragraph that gives work to one office all the same.

        "Giao … đôn đốc" does, and "Văn phòng … theo dõi, báo cáo".
        """
        for end in re.finditer(r"[.;]\s+", item.text):
            start = item.start + end.end()
            rest = Paragraph(item.text[end.end() :], start)
            if re.match(r"Giao\s", rest.text) or ONE_FOLLOWS_UP.match(rest.text):
                own = self.subjects.of_unit(rest, False)
                if own:
                    self.units.append(Unit(path, start, item.end, own.spans))
                return

    def _only_names(self, clause: Clause) -> list[Span]:
        """The agencies of a bullet that holds nothing but names ("- Sở Xây dựng (…);")."""
        found = self.subjects.agents(clause.text.start, clause.text.end)
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
            found = fields_of(paragraph)
            if not found:
                end = paragraph.end if not fields else end
            for name, value in found.items():
                fields.setdefault(name, value)
        leads = list(subject.spans) if subject else []
        if "lead" in fields:
            leads = self._lead_field(fields["lead"])
        if leads:
            self.units.append(
                Unit(
                    clause.path,
                    clause.text.start,
                    end,
                    leads,
                    "lead" not in fields,
                    fields,
                    self._partner_fields(fields),
                    adds_partners=True,
                )
            )

    def _lead_field(self, value: Span) -> list[Span]:
        """The agencies of a "Đơn vị chủ trì: …" line; all of it when none is recognised."""
        found = self.subjects.agents(*value, True)
        return list(found.spans) if found else [_trimmed(self.text, value)]

    def _partner_fields(self, fields: dict[str, Span]) -> list[Span]:
        """The partners a field names, and those a lead's field adds ("X chủ trì, phối hợp …")."""
        partners: list[Span] = []
        if "coordinating" in fields:
            partners += self._lead_field(fields["coordinating"])
        if "lead" in fields:
            partners += coordinating(self.text, *fields["lead"])
        return partners

    def _shared_fields(self, clause: Clause) -> dict[str, Span]:
        """Fields written once below a list of bullets, for every bullet of it.

        They hang on the last bullet, since a field line goes with what it follows; they are the
        list's when no other bullet has any.
        """
        bullets = clause.children
        if len(bullets) < 2 or any(child.children for child in bullets):
            return {}
        lines = [
            [i for i in b.items if isinstance(i, Paragraph) and FIELD.match(i.text)]
            for b in bullets
        ]
        if not lines[-1] or any(lines[:-1]):
            return {}
        fields: dict[str, Span] = {}
        for paragraph in lines[-1]:
            fields.update(fields_of(paragraph))
        if "lead" not in fields:
            return {}
        bullets[-1].items = [item for item in bullets[-1].items if item not in lines[-1]]
        return fields

    def _inline_fields(self, paragraph: Paragraph, path: str | None) -> bool:
        """A unit that ends "(Chủ trì: Sở X; thời gian: quý II/2024)"; whether it was one."""
        marks = [m for m in FIELD_INSIDE.finditer(paragraph.text) if m.start() > 20]
        if not any(_field_name(mark["name"]) == "lead" for mark in marks):
            return False
        fields: dict[str, Span] = {}
        for mark, after in zip(marks, [*marks[1:], None], strict=True):
            stop = after.start() if after else len(paragraph.text)
            value = re.match(r"[^()]*?(?=[;.)]?\s*$|\))", paragraph.text[mark.end() : stop])
            if value and value[0].strip(" ;,.-"):
                span = (paragraph.start + mark.end(), paragraph.start + mark.end() + value.end())
                fields.setdefault(_field_name(mark["name"]), _trimmed(self.text, span))
        if "lead" not in fields:
            return False
        found = self.subjects.agents(*fields["lead"], True)
        leads = list(found.spans) if found else [fields["lead"]]
        self.units.append(Unit(path, paragraph.start, paragraph.end, leads, fields=fields))
        return True

    def _is_whole_sentence(self, paragraph: Paragraph) -> bool:
        """Whether a heading is itself an order, besides heading what follows."""
        text = paragraph.text.rstrip()
        if not text.endswith((".", ";")) or re.fullmatch(HEADS_A_PART, text):
            return False
        if starts_with_verb(text):
            return len(text) >= SHORTEST_ORDER  # shorter ones name a part: "Tổ chức thực hiện."
        return self.subjects.of_unit(paragraph, False) is not None

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
        if INFORMS.match(text) or self._inline_fields(paragraph, path):
            return
        own = self.subjects.of_unit(paragraph, subject is not None and not subject.is_general)
        if own is None and subject is not None and subject.is_general:
            opens = starts_with_verb(text) and not TOPIC.match(text)
            own = None if opens else self.subjects.ordered_later(paragraph)
        elif own and subject:
            own.spans = self.subjects.meant(own.spans, self.addressees)
        leads = own or subject
        if leads is None:
            return
        if not starts_with_verb(text) and RIGHTS_NOT_DUTIES.search(text[:160]):
            return
        forbidden = any(NO_TASK_SECTION.match(section) for section in sections)
        if (forbidden or FIELD.match(text)) and not (own and ASSIGN.match(text)):
            return
        if self.in_general_part and not self._assigns(text, own, subject):
            return
        if FACT.match(text) and not (own and ASSIGN.search(text)):
            return
        if own is None and (AGREED.match(text) or not self._asks(text, leads)):
            return
        if text.rstrip().endswith(":") and len(text) < 120:
            return
        for part, names in enumerate(self._steps(paragraph) or [], 1):
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
                {k: v for k, v in leads.fields.items() if k in ("deadline", "product")},
                leads.partners,
                adds_partners=bool(leads.fields),
            )
        )

    def _assigns(self, text: str, own: Subject | None, subject: Subject | None) -> bool:
        """Whether a unit of a plan's general part gives work to somebody in particular.

        Below a heading that names an agency it does; else it must say "giao" or "chủ trì", or be
        about one agency: "các cấp, các ngành nêu cao trách nhiệm" is a principle.
        """
        if subject is not None and not subject.is_general:
            return True
        if own is None:
            return False
        to_many = re.match(r"(?:các|những|mọi|mỗi|toàn)\b", self.text[slice(*own.spans[0])], re.I)
        return not to_many or bool(re.search(r"^[Gg]iao\b|chủ trì", text))

    def _asks(self, text: str, leads: Subject) -> bool:
        """Whether a wording without its own subject asks for something.

        Below an agency's own heading everything does; below the opening sentence only an act or
        a circumstance does ("Thời gian kiểm tra: …" tells, it asks nothing).
        """
        if re.match(r"(?:Ông|Bà|Đồng chí|Đ/c)\b", text):
            return False
        quotes = QUOTES.match(text)
        if re.search(r"(?:cơ bản|hoàn toàn)\s+(?:thống nhất|nhất trí|đồng ý)\b", text) or (
            quotes and text.startswith("Tại") and not GIVEN.search(text)
        ):
            return False
        if not leads.is_general or SENT_IN.match(text) or (starts_with_verb(text) and not quotes):
            return True
        return bool(CIRCUMSTANCE.match(text) or quotes) and any(
            starts_with_verb(text[comma.end() :]) for comma in re.finditer(r"[,;:]\s+|\.\s+", text)
        )

    def _steps(self, paragraph: Paragraph) -> list[list[Span]] | None:
        """Two steps of a bullet, each with agency and day ("A gửi B trước …; B báo cáo …")."""
        offset = paragraph.start
        label = re.match(r"[^:;.]{3,40}:\s*", paragraph.text)
        begin = label.end() if label else 0
        steps = []
        for piece in re.finditer(r"[^;]+", paragraph.text[begin:]):
            start, end = (offset + begin + place for place in piece.span())
            found = self.subjects.agents(start, end)
            timed = re.search(r"(?:trước|chậm nhất)[^;]*\d", piece[0])
            if not (found and timed and self.subjects.acts_after(found.end, end)):
                return None
            steps.append(list(found.spans))
        return steps if len(steps) > 1 else None

    def _loose(self, root: Clause) -> None:
        """A letter without clauses: the paragraphs that give work to somebody by name."""
        paragraphs = [item for item in root.items if isinstance(item, Paragraph)]
        listed = False
        for index, paragraph in enumerate(paragraphs):
            if SHARED_DAY.match(paragraph.text) and self._shares_its_day(paragraph):
                continue
            if not listed and paragraph.text.rstrip().endswith(":"):
                self.units.clear()  # what stands before "… có ý kiến chỉ đạo:" leads up to it
            last = index >= len(paragraphs) - 2 and self.units
            closes = IN_CASE_OF_TROUBLE.match(paragraph.text) or (
                last and is_closing(paragraph.text)
            )
            if not closes and not paragraph.is_row:
                self._loose_unit(paragraph, listed)
            listed = listed or paragraph.text.rstrip().endswith(":")

    def _duty(self, paragraph: Paragraph) -> list[Span]:
        """Who opens a sentence with "chủ trì, phối hợp" or "có trách nhiệm": an order anywhere."""
        found = self.subjects.agents(paragraph.start, paragraph.end)
        if found and HAS_DUTY.match(self.text, found.end, paragraph.end):
            return list(found.spans)
        return []

    def _loose_unit(self, paragraph: Paragraph, listed: bool) -> None:
        """One plain paragraph: "… giao X …", "X chủ trì …"; in a list all that X is to do."""
        duty = self._duty(paragraph)
        for match in GIVEN.finditer(paragraph.text):
            found = self.subjects.agents(paragraph.start + match.end(), paragraph.end, True)
            if found and self.subjects.acts_after(found.end, paragraph.end):
                start = paragraph.start + match.start()
                before = self.text[paragraph.start : start].rstrip()
                if duty and before.endswith((".", ";")):
                    end = paragraph.start + len(before)
                    self.units.append(Unit(None, paragraph.start, end, duty))
                self.units.append(Unit(None, start, paragraph.end, list(found.spans)))
                return
        if duty:
            self.units.append(Unit(None, paragraph.start, paragraph.end, duty))
            return
        own = self.subjects.of_unit(paragraph, False) if listed else None
        if own:
            self.units.append(Unit(None, paragraph.start, paragraph.end, own.spans))
            return
        passed = PASSED_ON.search(paragraph.text)
        found = passed and self.subjects.agents(paragraph.start + passed.end(), paragraph.end, True)
        if found:
            start = paragraph.start + passed.start()
            self.units.append(Unit(None, start, paragraph.end, list(found.spans)))
            return
        asked = YOU.search(paragraph.text)
        if asked and self.addressees:
            start = paragraph.start + asked.start()
            self.units.append(Unit(None, start, paragraph.end, self.addressees, True))


def fields_of(paragraph: Paragraph) -> dict[str, Span]:
    """The fields of a line: "Đơn vị chủ trì: A; đơn vị phối hợp: B." has two."""
    first = FIELD.match(paragraph.text)
    if not first:
        return {}
    marks = [first, *FIELD_INSIDE.finditer(paragraph.text, first.end())]
    fields: dict[str, Span] = {}
    for mark, after in zip(marks, [*marks[1:], None], strict=True):
        stop = after.start() if after else len(paragraph.text)
        value = paragraph.text[mark.end() : stop].rstrip(" ;,.-")
        start = paragraph.start + mark.end()
        if value:
            fields.setdefault(_field_name(mark["name"]), (start, start + len(value)))
    return fields


def _field_name(label: str) -> str:
    low = label.lower()
    if low.startswith(("lãnh đạo", "đồng chí")):
        return "supervisor"
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
