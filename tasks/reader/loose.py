"""A letter without clauses: the paragraphs that give work to somebody by name."""

import re
from collections.abc import Callable

from tasks.reader.clauses import Clause
from tasks.reader.closings import IN_CASE_OF_TROUBLE, is_closing
from tasks.reader.deadlines import WRITTEN as DATED
from tasks.reader.layout import Paragraph
from tasks.reader.subjects import GIVEN, PASSED_ON, YOU, Span, Subjects
from tasks.reader.units import Unit

OPINION_FOLLOWS = re.compile(
    r"\b(?:ý kiến|chỉ đạo|yêu cầu|đề nghị|giao|thống nhất|kết luận|như sau|sau đây)[^.:]*:$"
)


# "Bộ Nội vụ đã có Văn bản số 8091/BNV-TCBC ngày … đề nghị các Bộ …": asked before, told now.
ASKED_BEFORE = re.compile(
    r"\b(?:đã\s+(?:có|ban\s+hành|gửi)\s+(?:các\s+)?|(?:có|ban\s+hành)\s+(?=\w+\s+\w+\s+số\s))"
    r"(?i:văn\s+bản|công\s+văn|công\s+điện|thông\s+báo)\b[^.;]*$"
)


class Letter:
    """Collects the units of plain paragraphs into `units`."""

    def __init__(
        self,
        subjects: Subjects,
        addressees: list[Span],
        units: list[Unit],
        says_when: Callable[[Paragraph], bool],
    ) -> None:
        """`says_when` takes a sentence that says until when something is to be sent or done."""
        self.text = subjects.text
        self.subjects = subjects
        self.addressees = addressees
        self.units = units
        self.says_when = says_when

    def find(self, root: Clause) -> None:
        """A letter without clauses: the paragraphs that give work to somebody by name."""
        paragraphs = [item for item in root.items if isinstance(item, Paragraph)]
        listed = False
        for index, paragraph in enumerate(paragraphs):
            if self.says_when(paragraph):
                continue
            if not listed and OPINION_FOLLOWS.search(paragraph.text.rstrip()):
                self.units.clear()  # what stands before "… có ý kiến chỉ đạo:" leads up to it
            last = index >= len(paragraphs) - 2 and self.units
            closes = IN_CASE_OF_TROUBLE.match(paragraph.text) or (
                last and is_closing(paragraph.text)
            )
            if not closes and not paragraph.is_row:
                self._unit(paragraph, listed)
            listed = listed or paragraph.text.rstrip().endswith(":")

    def _unit(self, paragraph: Paragraph, listed: bool) -> None:
        """One plain paragraph: "… giao X …", "X chủ trì …"; in a list all that X is to do."""
        duty = self.subjects.on_duty(paragraph)
        for match in GIVEN.finditer(paragraph.text):
            found = self.subjects.agents(paragraph.start + match.end(), paragraph.end, True)
            if ASKED_BEFORE.search(paragraph.text[: match.start()]):
                continue
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
        follows = self.units and DATED.search(paragraph.text)
        own = self.subjects.of_unit(paragraph, False) if listed or follows else None
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
