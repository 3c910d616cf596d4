"""Joint names apart: "Sở A, Sở B và các phòng" are three, "các sở, ban, ngành" is one."""

import re
from collections.abc import Callable
from dataclasses import dataclass

from tasks.reader.acts import FIELD, VERB
from tasks.reader.heads import AGENT, FORMAL_AGENT, GOVERNMENT, SHARED_HEAD, Span, blanked
from tasks.reader.phrases import ROLES, UPPER, alternatives

_SEPARATOR = re.compile(r"\s*(?:[,;]\s*(?:[-–]\s+|và\s+)?|\s(?:và|cùng với|cùng)\s+)(?=\S)")
_NEIGHBOUR = re.compile(r"(?:sở|cơ\s+quan|đơn\s+vị|địa\s+phương|doanh\s+nghiệp)(?!\w)")
_GENERIC = re.compile(r"Tổ chức|Cơ quan|Đơn vị|Doanh nghiệp|Cá nhân|Cơ sở|Địa phương")
_IN_GROUP = re.compile(r"\b(?:[Cc]ác|[Nn]hững|sở|cơ quan)\b")
_NAMED = re.compile(rf"(?!Các\b){UPPER}|chính quyền|lực lượng")
_PERSON_NEXT = re.compile(rf"(?:[Ôô]ng|[Bb]à|[Đđ]ồng chí|[Đđ]/c)\s+{UPPER}")
_POST = re.compile(rf"(?:{alternatives(ROLES)})(?!\w)")
_PERSON = re.compile(
    rf"(?i:đồng chí|đ/c|ông|bà)\.?\s*(?:\([^)]*\)\s*)?:?\s*(?!{_POST.pattern})"
    rf"{UPPER}\w*(?:\s+{UPPER}\w*){{1,4}}$"
)
_LEADERS = re.compile(r"lãnh\s+đạo\s+các\s")
_COMPANIES = re.compile(r"(?:[Cc]ác\s+)?(?:(?:Tập đoàn|Tổng [Cc]ông ty|Công ty)(?:,\s+)?)+")
_BOARD_AND = re.compile(r"Ban\s+[Qq]uản\s+lý\s+[^,;]*\svà\s$")
_INVESTORS = re.compile(r"(?:nhà\s+đầu\s+tư|chủ\s+đầu\s+tư|nhà\s+thầu)(?!\w)")
_OFFICES = re.compile(r"\b(?:[Ss]ở|[Pp]hòng|ban,?\s+ngành|UBND|Ủy\s+ban)\b")


@dataclass(frozen=True)
class _Joint:
    """A separator in a list of names, what stands before it since the last cut, and after it."""

    text: str
    mark: str
    before: str
    right: int

    @property
    def is_named(self) -> bool:
        """Whether the left one is called by a name of its own, not by a kind alone."""
        before = self.before.strip()
        return bool(_NAMED.match(before)) and not _GENERIC.fullmatch(before)

    def within_person(self) -> bool:
        """So in "đồng chí A, Phó Chủ tịch UBND huyện"."""
        is_post = self.mark.strip() == "," and _POST.match(self.text, self.right)
        return bool(is_post and _PERSON.match(self.before))

    def within_shared_head(self) -> bool:
        """So in "Các Bộ: Tài chính, Công an"."""
        shares = ":" in self.before and SHARED_HEAD.search(self.before.split(":")[0])
        whose = re.match(r"\w+ \w+ (?:tỉnh|thành|huyện)", self.text[self.right :])
        return bool(shares and FIELD.match(self.text, self.right) and not whose)

    def within_companies(self) -> bool:
        """So in "Các Tập đoàn, Tổng công ty, Công ty thuộc Bộ"."""
        left = _COMPANIES.fullmatch(self.before.strip())
        return bool(left and _COMPANIES.match(self.text, self.right))

    def within_board(self) -> bool:
        """So in "Ban Quản lý Khu kinh tế A và các Khu công nghiệp B"."""
        board = _BOARD_AND.match(self.before.lstrip() + self.mark)
        return bool(board and re.match(r"các\s+[Kk]hu\b", self.text[self.right :]))

    def another_listed(self) -> bool:
        """Behind a semicolon any name begins anew."""
        return ";" in self.mark and bool(AGENT.match(self.text, self.right))

    def another_name(self) -> bool:
        """A formal name, or one that stands beside formal ones, begins here, and no act."""
        leaders = _LEADERS.match(self.text, self.right)
        return (leaders or not VERB.match(self.text, self.right)) and (
            bool(
                FORMAL_AGENT.match(self.text, self.right) or GOVERNMENT.match(self.text, self.right)
            )
            or self._neighbour()
            or self._investors()
            or self._person()
            or self._technical_office()
        )

    def _neighbour(self) -> bool:
        """So in "Sở Công Thương và cơ quan liên quan", "Bộ Công an, doanh nghiệp"."""
        alone = "và" in self.mark or not _IN_GROUP.search(self.before)
        return self.is_named and alone and bool(_NEIGHBOUR.match(self.text, self.right))

    def _investors(self) -> bool:
        """So in "các Sở, ban ngành, nhà đầu tư thứ cấp"."""
        return bool(_INVESTORS.match(self.text, self.right) and _OFFICES.search(self.before))

    def _person(self) -> bool:
        """So in "ông A, ông B và bà C"."""
        right = _PERSON_NEXT.match(self.text, self.right)
        return bool(right and _PERSON_NEXT.match(self.before.lstrip()))

    def _technical_office(self) -> bool:
        """So in "Cục A, cơ quan chuyên môn thuộc Bộ B"."""
        return self.is_named and self.text.startswith("cơ quan chuyên môn", self.right)


# Asked in this order; the first that says yes decides: True, two names are parted here.
_JUDGES: tuple[tuple[Callable[[_Joint], bool], bool], ...] = (
    (_Joint.within_person, False),
    (_Joint.within_shared_head, False),
    (_Joint.within_companies, False),
    (_Joint.within_board, False),
    (_Joint.another_listed, True),
    (_Joint.another_name, True),
)


def parted(text: str, start: int, end: int) -> list[Span]:
    """The places of a list's names, parted at commas, semicolons and "và" before a new one.

    "các sở, ban, ngành" stays one name; "Công an tỉnh, các sở" are two; "Các Sở: Xây dựng, Công
    Thương" shares its head noun and stays whole here.
    """
    blank = blanked(text)
    fields = [match.span() for match in FIELD.finditer(blank, start, end)]
    spans: list[Span] = []
    since = start
    for match in _SEPARATOR.finditer(blank[start:end]):
        left, right = start + match.start(), start + match.end()
        if any(a < right and left < b for a, b in fields):
            continue
        joint = _Joint(blank, match[0], blank[since:left], right)
        if next((answer for says, answer in _JUDGES if says(joint)), False):
            spans += _trimmed(text, since, left)
            since = right
    return spans + _trimmed(text, since, end)


def _trimmed(text: str, start: int, end: int) -> list[Span]:
    """The place of a name without the marks around it; nothing when there is no word."""
    name = text[start:end].strip(" ,;:\0")
    if not re.search(r"\w", name):
        return []
    offset = start + text[start:end].index(name)
    return [(offset, offset + len(name))]
