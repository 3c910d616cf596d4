"""A unit of a directive, and the lines that fill its fields ("Đơn vị chủ trì: …")."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from itertools import takewhile

from tasks.reader.clauses import Clause
from tasks.reader.layout import Paragraph
from tasks.reader.partners import coordinating
from tasks.reader.phrases import FIELD, FIELD_INSIDE, WORK
from tasks.reader.subjects import Span, Subject, Subjects


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


class FieldLines:
    """Finds who leads, who helps and by when where a directive writes it as named fields."""

    def __init__(self, text: str, subjects: Subjects) -> None:
        self.text = text
        self.subjects = subjects

    def belong_to(self, clause: Clause) -> bool:
        """Whether the lines below are "Cơ quan chủ trì: …", "Thời gian: …" of one task."""
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

    def unit(self, clause: Clause, subject: Subject | None) -> Unit | None:
        """The unit of a heading and the field lines below it; none when nobody leads it."""
        lines = [item.text if isinstance(item, Clause) else item for item in clause.items]
        fields = gathered(lines)
        wording = takewhile(lambda line: not fields_of(line), lines)
        end = max([clause.text.end, *(line.end for line in wording)])
        leads = list(subject.spans) if subject else []
        if "lead" in fields:
            leads = self._lead(fields["lead"])
        if not leads:
            return None
        return Unit(
            clause.path,
            clause.text.start,
            end,
            leads,
            "lead" not in fields,
            fields,
            self._partners(fields),
            adds_partners=True,
        )

    def parted(self, clause: Clause) -> list[Unit]:
        """The units of a part that says apart what is to be done, who does it and by when.

        "a) Nhiệm vụ: …", "b) Cơ quan thực hiện: - Đơn vị chủ trì: …", "c) Thời gian thực hiện: …";
        what is to be done may be a list.
        """
        work = next((c for c in clause.children if WORK.match(c.text.text)), None)
        work = work or self._listed(clause)
        if work is None:
            return []
        fields = gathered(
            item.text if isinstance(item, Clause) else item
            for child in clause.children
            if child is not work
            for item in (child, *child.items)
        )
        if "lead" not in fields:
            return []
        leads, partners = self._lead(fields["lead"]), self._partners(fields)
        label = WORK.match(work.text.text)
        begin = label.end() if label else 0
        if work.text.text.startswith("Nội dung") and not work.children:
            start = clause.text.start  # "6. Xây dựng Cổng: - Nội dung: …": named, then described
            first = Paragraph(self.text[start : work.text.end], start)
        else:
            first = Paragraph(work.text.text[begin:], work.text.start + begin)
        parts = [(child.path, child.text) for child in work.children] or [(clause.path, first)]
        return [
            Unit(path, text.start, text.end, leads, False, fields, partners, adds_partners=True)
            for path, text in parts
        ]

    def _listed(self, clause: Clause) -> Clause | None:
        """The one point beside field lines that lists what is to be done."""
        others = [c for c in clause.children if not FIELD.match(c.text.text)]
        return others[0] if len(others) == 1 and len(others[0].children) > 1 else None

    def shared(self, clause: Clause) -> Subject | None:
        """Fields written once below a list of bullets, for every bullet of it.

        They hang on the last bullet, since a field line goes with what it follows; they are the
        list's when no other bullet has any.
        """
        bullets = clause.children
        if len(bullets) < 2 or any(child.children for child in bullets):
            return None
        lines = [
            [i for i in b.items if isinstance(i, Paragraph) and FIELD.match(i.text)]
            for b in bullets
        ]
        if not lines[-1] or any(lines[:-1]):
            return None
        fields: dict[str, Span] = {}
        for paragraph in lines[-1]:
            fields.update(fields_of(paragraph))
        if "lead" not in fields:
            return None
        bullets[-1].items = [item for item in bullets[-1].items if item not in lines[-1]]
        return Subject(self._lead(fields["lead"]), self._partners(fields), fields=fields)

    def borrowed(self, clause: Clause) -> dict[str, Unit]:
        """Units of points that have no field lines, by path: the next point's lines are theirs too.

        "3.1 …", "3.2 …", "3.3 … - Cơ quan thực hiện: …": written once for all three.
        """
        found: dict[str, Unit] = {}
        waiting: list[Clause] = []
        for child in clause.children:
            if not child.items:
                waiting.append(child)
                continue
            if waiting and child.level == waiting[-1].level and self.belong_to(child):
                unit = self.unit(child, None)
                for bare in waiting if unit and "lead" in unit.fields else ():
                    place = {"path": bare.path, "start": bare.text.start, "end": bare.text.end}
                    found[bare.path] = replace(unit, **place)
            waiting = []
        return found

    def inline(self, paragraph: Paragraph, path: str | None) -> Unit | None:
        """A unit that ends "(Chủ trì: Sở X; thời gian: quý II/2024)"."""
        marks = [m for m in FIELD_INSIDE.finditer(paragraph.text) if m.start() > 20]
        if not any(_field_name(mark["name"]) == "lead" for mark in marks):
            return None
        fields: dict[str, Span] = {}
        for mark, after in zip(marks, [*marks[1:], None], strict=True):
            stop = after.start() if after else len(paragraph.text)
            value = re.match(r"[^()]*?(?=[;.)]?\s*$|\))", paragraph.text[mark.end() : stop])
            if value and value[0].strip(" ;,.-"):
                span = (paragraph.start + mark.end(), paragraph.start + mark.end() + value.end())
                fields.setdefault(_field_name(mark["name"]), _trimmed(self.text, span))
        if "lead" not in fields:
            return None
        leads = self._lead(fields["lead"])
        return Unit(path, paragraph.start, paragraph.end, leads, fields=fields)

    def _lead(self, value: Span) -> list[Span]:
        """The agencies of a "Đơn vị chủ trì: …" line; all of it when none is recognised."""
        found = self.subjects.agents(*value, True)
        if not found:
            return [_trimmed(self.text, value)]
        return [*found.spans, *self.subjects.also_named(found.end, value[1])]

    def _partners(self, fields: dict[str, Span]) -> list[Span]:
        """The partners a field names, and those a lead's field adds ("X chủ trì, phối hợp …")."""
        partners: list[Span] = []
        if "coordinating" in fields:
            partners += self._lead(fields["coordinating"])
        if "lead" in fields:
            partners += coordinating(self.text, *fields["lead"])
        return partners


def gathered(lines: Iterable[Paragraph]) -> dict[str, Span]:
    """The fields of several lines; the first line that names a field fills it."""
    fields: dict[str, Span] = {}
    for line in lines:
        fields = fields_of(line) | fields
    return fields


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
