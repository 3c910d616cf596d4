"""From the tree of clauses to units that ask somebody for something, each with its lead."""

import re
from dataclasses import replace

from tasks.reader.acts import starts_with_verb
from tasks.reader.asking import (
    ABOUT_MONEY,
    CARRIES,
    CITED,
    TELLS_HOW,
    TELLS_WHY,
    WHOM_TO_ASK,
    asks,
    is_forbidden,
)
from tasks.reader.clauses import Clause
from tasks.reader.closings import (
    ALL_BY_THEN,
    HEADS_A_DAY,
    OF_ALL_ABOVE,
    OF_THIS_PAPER,
    REPORT_DUE,
    SENT_IN,
    SHARED_DAY,
    is_closing,
    is_closing_item,
)
from tasks.reader.deadlines import WRITTEN as DATED
from tasks.reader.layout import Paragraph
from tasks.reader.loose import Letter
from tasks.reader.openings import announced, opening
from tasks.reader.partners import coordinating
from tasks.reader.phrases import (
    ASSIGNING_SECTION,
    CONTENT_SECTION,
    ENCLOSES,
    FIELD,
    NO_TASK_SECTION,
    ONE_FOLLOWS_UP,
    RIGHTS_NOT_DUTIES,
)
from tasks.reader.subjects import (
    AGREED,
    ASSIGN,
    INFORMS,
    TOPIC,
    Span,
    Subject,
    Subjects,
)
from tasks.reader.told import (
    FACT,
    MEMBERS,
    NAMES_ONLY,
    are_documents,
    heads_names,
    invites_to_meeting,
    is_paper,
    lists_papers,
    lists_topics,
    names_topics,
    plain_after_last,
    tells_fault,
    without_colon,
)
from tasks.reader.units import FieldLines, Unit

# "1. Yêu cầu chung:" heads orders in a letter and aims in a plan.
COMMON_DEMANDS = re.compile(r"yêu cầu(?:\s+(?:chung|cụ thể))?\s*:?")
SHORTEST_ORDER = 60
SHORT_HEADING = 120
# Everybody, or nearly: no one agency in particular.
MANY = re.compile(
    r"(?:mọi|mỗi|toàn|(?:tất cả )?(?:các|những)\s+(?:cấp|ngành|cơ quan|đơn vị|địa phương|tổ chức|"
    r"cá nhân|lực lượng|người|sở|bộ|ban|phòng|xã|huyện|cán bộ|doanh nghiệp|trường|đồng chí))\b",
    re.I,
)
# "Yêu cầu Sở Nội vụ tổng hợp …" below a group's heading is meant for that office.
ASKS_AN_OFFICE = re.compile(r"Yêu\s+cầu\s+(?:Sở|Phòng|Bộ|Công an|Văn phòng|Thanh tra|Cục|Thuế)\s")
# A heading that ends in a full stop: "2.2. Đối với công tác quản lý khoáng sản."
HEADS_A_PART = r"(?:Đối với|Về|Việc)\s[^,;:]*\.|Yêu cầu đối với\s[^;:]*\."
# An order that then names its parts: "…, trình trước ngày …. Trong đó chú ý một số nội dung sau:".
LEAD_IN = re.compile(
    r"(.{60,}?[.;])\s+(?:Trong\s+đó|Cụ\s+thể|Trước\s+mắt|Trọng\s+tâm)\b[^.;:]{0,80}:$", re.S
)


class Finder:
    """Walks the tree of one directive and collects its units in order."""

    def __init__(
        self, text: str, addressees: list[Span], is_plan: bool, met: list[Span] | None = None
    ) -> None:
        """`addressees` lead what an order without a subject asks of everybody it is sent to.

        `met` are those a meeting was with whose conclusion it is: a conclusion has no addressees.
        """
        self.text = text
        self.addressees = addressees
        self.met = met or []
        self.subjects = Subjects(text)
        self.fields = FieldLines(text, self.subjects)
        self.is_plan = is_plan
        self.units: list[Unit] = []
        self.in_general_part = False
        self.section = 0
        """Where the section begins that the paragraph at hand ends."""
        self.everybody: list[Span] = addressees
        self.asked: list[Span] = addressees
        """Whom the opening sentence asks; else everybody it is sent to."""

    def find(self, root: Clause) -> list[Unit]:
        """All units of a body."""
        children = root.children
        self.everybody = self.addressees or self._asked_at_the_end(root)
        orders = opening(self.subjects, root, self.addressees, self.met)
        self.asked = orders.spans if orders else self.everybody
        if not children:
            self._letter().find(root)
        assigns = any(
            c.level == 1 and ASSIGNING_SECTION.search(c.text.text.lower()) for c in children
        )
        invites = invites_to_meeting(children)
        for index, item in enumerate(root.items):
            if not isinstance(item, Clause):
                continue
            heading = item.text.text.lower()
            if invites and heading.startswith("nội dung"):
                continue
            self.in_general_part = (
                assigns
                and self.is_plan
                and item.level == 1
                and bool(CONTENT_SECTION.search(heading))
                and not ASSIGNING_SECTION.search(heading)
            )
            last = index == len(root.items) - 1
            self.section = 0 if last else item.text.start
            self._clause(item, orders, (), last)
            orders = self._announced(item) or orders
        if children and not self.units:  # they only listed papers: the order stands in plain words
            self._letter().find(root)
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
        if MEMBERS.search(heading) or heads_names(clause):
            return
        if are_documents(clause.items):
            self._unit(without_colon(clause.text), clause.path, subject, sections)
            return
        if lists_papers(clause):
            self._unit(without_colon(clause.text), clause.path, subject, sections)
        sections = (*sections, heading.lower()) if clause.level < 7 else sections
        tells = heading.lower().startswith("thành phần")  # "Chủ trì: …" says who was there
        if not tells and (parted := self.fields.parted(clause)):
            self.units += parted
            return
        if not tells and self.fields.belong_to(clause):
            own = self.subjects.of_unit(clause.text, False)
            unit = self.fields.unit(clause, own or subject)
            self.units += [unit] if unit else []
            return
        whole = self._is_whole_sentence(clause.text)
        topics = lists_topics(clause) and self.subjects.of_unit(clause.text, False) is not None
        if topics:
            self._unit(without_colon(clause.text), clause.path, subject, sections)
            clause.items = list(plain_after_last(clause))
        own = self.subjects.of_heading(clause.text) or announced(self.subjects, clause.text)
        if whole:
            self._unit(clause.text, clause.path, subject, sections)
        if own and whole and re.match(r"Chỉ\s+đạo\b", heading):
            own = None  # an order to the one above: it names whom he is to direct
        if lead_in := LEAD_IN.match(heading):
            start = clause.text.start + len(clause.text.text) - len(clause.text.text.lstrip())
            order = Paragraph(lead_in[1], start)
            self._unit(order, clause.path, subject, sections)
        local = own or (subject if whole else None)
        local = local or (None if self.is_plan and self._names_section(heading) else subject)
        partners = coordinating(self.text, clause.text.start, clause.text.end)
        if local and partners and heading.endswith(":"):
            local = Subject(local.spans, partners, local.is_general)
        local = self.fields.shared(clause) or local
        if own and not last:
            self.section = clause.text.start
        first = len(self.units)
        self._items(clause, local, sections, last, whole or topics)
        if HEADS_A_DAY.search(heading):
            self._share_day(clause.text, self.units[first:])

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
        ordered: bool,
    ) -> None:
        """What stands below a heading, in order; a line ending in ":" may name new subjects.

        `ordered` says that the heading is an order itself.
        """
        plain = [item for item in clause.items if isinstance(item, Paragraph)]
        enclosed = lists_papers(clause)
        listed: list[Span] = []
        listing = False
        borrowed = self.fields.borrowed(clause)
        tells_how = bool(TELLS_HOW.search(clause.text.text.rstrip()))
        for index, item in enumerate(clause.items):
            enclosed = enclosed and is_paper(item)
            if isinstance(item, Clause):
                if enclosed or tells_how:
                    continue
                if item.path in borrowed:
                    self.units.append(borrowed[item.path])
                    continue
                names = self.subjects.only_names(item.text) if not item.items else []
                if listing and names:
                    listed += names
                    continue
                listing = False
                if listed:
                    subject, listed = Subject(listed), []
                ends = index == len(clause.items) - 1
                section = self.section
                self.section = section if ends else item.text.start
                self._clause(item, subject, sections, last and ends)
                self.section = section
                subject = self._announced(item) or subject
                continue
            if item.is_row:
                continue
            line = item.text.rstrip()
            tells_how = any(p.search(line) for p in (TELLS_HOW, TELLS_WHY, CARRIES))
            if names_topics(line, clause.items[index + 1 :]):
                self._unit(without_colon(item), clause.path, subject, sections)
                tells_how = True
                continue
            if line.endswith(":"):
                if listed:
                    subject, listed = Subject(listed), []
                listing = bool(re.search(r"(?:gồm|sau|như sau|các đơn vị)\s*:$", line))
                found = self.subjects.of_heading(item)
                if not found and (found := announced(self.subjects, item)):
                    sections = ()  # what follows is asked, wherever it stands
                found = found or self.subjects.given(item)
                if found and not found.partners:
                    found.partners = coordinating(self.text, item.start, item.end)
                if not found and subject and not subject.partners:
                    partners = coordinating(self.text, item.start, item.end)
                    found = Subject(subject.spans, partners, subject.is_general)
                subject = found or subject
                continue
            path = clause.path
            nth = plain.index(item) + 1 + ordered
            if len(plain) > 1 or nth > 1:
                path = f"{clause.path}.p{nth}"
            more = index > 0 or ordered
            enclosed = bool(ENCLOSES.search(item.text))
            closes = last and more and all(map(is_closing_item, clause.items[index:]))
            anew = ordered or any(isinstance(above, Clause) for above in clause.items[:index])
            above = replace(subject, ordered=True) if subject and anew else subject
            self._paragraph(item, path, above, sections, closes)

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
        of_one = self.section and subject and not subject.is_general and SENT_IN.match(item.text)
        if not of_one and (self._is_sent_in(item, path) or self._shares_its_day(item)):
            return
        if item.text.startswith("(") or item.text.isupper():
            return
        if closes and not re.match(r"[Gg]iao\b", item.text):
            self._given_at_the_end(item, path)
            return
        if subject is None and not given:
            own = self.subjects.of_unit(item, False)
            if own is None:
                subject = self.subjects.ordered_later(item)
            if own is None and subject is None and self.everybody and self._is_report_due(item):
                subject = Subject(self.everybody)
            if own is None and subject is None:
                return
        self._unit(item, path, subject, sections)

    def _is_sent_in(self, item: Paragraph, path: str | None) -> bool:
        """Take "Báo cáo gửi về … trước ngày …" as a task of its own, and say whether it is one."""
        text = item.text
        if not (self.units and SENT_IN.match(text) and DATED.search(text)):
            return False
        if OF_ALL_ABOVE.match(text) or not (leads := self._senders(item)):
            return False
        self.units.append(Unit(path, item.start, item.end, leads, True))
        return True

    def _senders(self, item: Paragraph) -> list[Span]:
        """Who is to send in a report: "Báo cáo của các đơn vị gửi …", else all who are asked."""
        whose = re.search(r"\bcủa\s+(?=(?:các|những)\s)", item.text)
        found = whose and self.subjects.agents(item.start + whose.end(), item.end, True)
        return list(found.spans) if found else self.asked

    def _shares_its_day(self, item: Paragraph) -> bool:
        """Whether an unmarked sentence only says until when what stands above is to be done."""
        if not (self.units and SHARED_DAY.match(item.text) and DATED.search(item.text)):
            return False
        if not re.match(ALL_BY_THEN, item.text) and self.subjects.of_unit(item, False):
            return False
        since = 0 if OF_ALL_ABOVE.match(item.text) else self.section
        own = [unit for unit in self.units if unit.start >= since]
        self._share_day(item, own)
        return bool(own)

    def _share_day(self, paragraph: Paragraph, units: list[Unit]) -> None:
        """Give a sentence's day to units; the nearest sentence's counts."""
        for unit in units:
            unit.shared_deadline = unit.shared_deadline or (paragraph.start, paragraph.end)

    def _is_report_due(self, item: Paragraph) -> bool:
        """Whether a line names a report and its day: all the directive is sent to owe it."""
        return bool(REPORT_DUE.match(item.text) and DATED.search(item.text))

    def _asked_at_the_end(self, root: Clause) -> list[Span]:
        """Whom a plan's last sentence asks to carry it out: it has no addressees."""
        item: Clause | Paragraph = root
        while isinstance(item, Clause) and item.items:
            item = item.items[-1]
        if isinstance(item, Clause) or not is_closing(item.text):
            return []
        found = self.subjects.given(item)
        return list(found.spans) if found else []

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

    def _is_whole_sentence(self, paragraph: Paragraph) -> bool:
        """Whether a heading is itself an order, besides heading what follows."""
        text = paragraph.text.rstrip()
        if not text.endswith((".", ";")) or re.fullmatch(HEADS_A_PART, text):
            return False
        if self.subjects.heads_group(paragraph):
            return False
        is_long = len(text) >= SHORTEST_ORDER  # shorter ones name a part: "Tổ chức thực hiện."
        if starts_with_verb(text) and (is_long or not ASSIGN.match(text)):
            return is_long
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
        if unit := self.fields.inline(paragraph, path):
            self.units.append(unit)
            return
        own = self._own(paragraph, subject)
        leads = own or subject
        if leads is None or not self._is_task(paragraph, own, subject, sections):
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

    def _own(self, paragraph: Paragraph, subject: Subject | None) -> Subject | None:
        """Whom a unit's own words give it to, beside the one its heading or opening names."""
        if INFORMS.match(paragraph.text):
            return None
        inherited = subject is not None and not (subject.is_general or subject.ordered)
        if inherited and ASKS_AN_OFFICE.match(paragraph.text) and self._names_many(subject):
            inherited = False
        own = self.subjects.of_unit(paragraph, inherited)
        if own is None and not inherited:
            own = self.subjects.given_in_brackets(paragraph)
        if own is None and (subject is None or subject.is_general):
            opens = starts_with_verb(paragraph.text) and not TOPIC.match(paragraph.text)
            return None if opens else self.subjects.ordered_later(paragraph)
        if own and subject:
            return own if subject.is_general else self.subjects.below(own, subject)
        return own

    def _names_many(self, subject: Subject) -> bool:
        """Whether a heading names groups alone ("Các sở, ban, ngành"): they order no office."""
        return all(MANY.match(self.text[slice(*span)]) for span in subject.spans)

    def _is_task(
        self,
        paragraph: Paragraph,
        own: Subject | None,
        subject: Subject | None,
        sections: tuple[str, ...],
    ) -> bool:
        """Whether a wording with a lead asks for something, and does not tell, head or close."""
        text = paragraph.text
        if any(pattern.match(text) for pattern in (OF_THIS_PAPER, INFORMS, NAMES_ONLY)):
            return False
        if WHOM_TO_ASK.search(text):
            return False
        if not starts_with_verb(text) and RIGHTS_NOT_DUTIES.search(text[:160]):
            return False
        duty = ASSIGN.match(text) or (own and self.subjects.on_duty(paragraph))
        tells = FIELD.match(text) or any(
            is_forbidden(s, text, own)
            for s in sections
            if self.is_plan or not COMMON_DEMANDS.fullmatch(s)
        )
        if tells and (not (own and duty) or any(map(ABOUT_MONEY.match, sections))):
            return False
        if own and (subject is None or subject.is_general) and self._says_what_it_will(own):
            return False
        if own is None and (tells_fault(text, sections) or CITED.match(text)):
            return False
        if self.in_general_part and not self._assigns(paragraph, own, subject):
            return False
        if FACT.match(text) and not SENT_IN.match(text) and not (own and ASSIGN.search(text)):
            return False
        if own is None and (AGREED.match(text) or not asks(text, subject)):
            return False
        return not (text.rstrip().endswith(":") and len(text) < SHORT_HEADING)

    def _says_what_it_will(self, own: Subject) -> bool:
        """Whether a sentence tells what its subject is going to do: "Bộ sẽ có văn bản …"."""
        return bool(re.match(r"\s+sẽ\s", self.text[own.spans[-1][1] :][:6]))

    def _assigns(self, paragraph: Paragraph, own: Subject | None, subject: Subject | None) -> bool:
        """Whether a unit of a plan's general part gives work to somebody in particular.

        Below a heading that names an agency it does; else it must say "giao" or "chủ trì", or be
        about one agency: "các cấp, các ngành nêu cao trách nhiệm" is a principle.
        """
        if subject is not None and not subject.is_general:
            return True
        if own is None:
            return False
        if self.text[own.spans[-1][1] : own.spans[-1][1] + 1] == ":":
            return True  # "- Các đơn vị: Xây dựng kế hoạch …"
        to_many = MANY.match(self.text[slice(*own.spans[0])])
        if self.subjects.on_duty(paragraph) or DATED.search(paragraph.text):
            return True
        return not to_many or bool(re.search(r"^[Gg]iao\b|chủ trì", paragraph.text))

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

    def _letter(self) -> Letter:
        return Letter(self.subjects, self.addressees, self.units, self._says_when)

    def _says_when(self, item: Paragraph) -> bool:
        self.asked = self.addressees or (self.units[-1].leads if self.units else [])
        return self._is_sent_in(item, None) or self._shares_its_day(item)
