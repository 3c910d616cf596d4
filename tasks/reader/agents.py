"""Who: the names of agencies, posts and groups that a text lists from a place on."""

import re
from dataclasses import dataclass

from tasks.reader.acts import FIELD, starts_with_verb
from tasks.reader.heads import AGENT, FORMAL_AGENT, NAME_WORDS, Span, blanked
from tasks.reader.joint import parted
from tasks.reader.list_end import list_end
from tasks.reader.phrases import ROLES, UPPER, alternatives

LONGEST_LIST = 1500
# "các cơ quan, đơn vị: Phòng Nội vụ, …": the names are what follows.
ANNOUNCED = re.compile(
    r"(?:(?:Giám đốc|Thủ trưởng|Lãnh đạo)\s+)?(?:[Cc]ác|[Nn]hững)\s+"
    r"(?:cơ quan|đơn vị|địa phương|ngành|sở(?=,))(?:,\s*(?:ban|cơ quan|đơn vị|địa phương|ngành))*"
    r"(?:\s+(?:sau|sau đây|có liên quan|liên quan))?\s*:\s*"
)
BEHIND = re.compile(r"(?:\s*\([^()]{0,400}\))+[\s,;:.]*$")


@dataclass(frozen=True)
class Agents:
    """A list of agencies found in a text: each name's place and where the list ends."""

    spans: tuple[Span, ...]
    end: int

    def names(self, text: str) -> list[str]:
        """The names as written, brackets and loose ends taken off."""
        return [clean(text[start:end]) for start, end in self.spans]


APPOSITION = re.compile(
    r"\s*[-–,]\s*(?:[Cc]ơ quan (?:[Tt]hường trực|đầu mối)|[Ll]à cơ quan|[Tt]hường trực)\b.*$|"
    r"\s+[-–]\s+(?:Phó\s+)?(?:Trưởng|Tổ trưởng|Chủ tịch|Chủ nhiệm|Giám đốc|Bí thư|Ủy viên)\s.*$"
)


# "Giám đốc các sở, ngành, đơn vị: Sở Nội vụ": what the names that follow are.
KINDS_BEFORE = re.compile(
    r"^(?:(?:Giám đốc|Thủ trưởng|Lãnh đạo|Chủ tịch)\s+)?[Cc]ác\s+(?:sở|cơ quan|đơn vị|ban|phòng)"
    r"(?:,\s*(?:ban|ngành|cơ quan|đơn vị|địa phương|doanh nghiệp))+\s*:\s*"
)
# "ông Trần Văn A", "Đồng chí Hiệu trưởng": how one is addressed is no part of the name.
PERSON_TITLE = re.compile(
    rf"^(?:[Ôô]ng|[Bb]à)\.?\s+(?={UPPER})|"
    rf"^(?:[Đđ]ồng chí|[Đđ]/c)\s+(?=(?:{alternatives(ROLES)})(?!\w))"
)
# Words that end no name; what followed them was taken for an act.
DANGLING = re.compile(r"(?:\s+(?:và|của|các|được|có|ra|cần|sẽ|đã|đang|đi))+$")


def clean(name: str) -> str:
    """A name without brackets behind it, appositions, doubled spaces and punctuation at its ends.

    A bracket inside it stays: it is as written ("Văn phòng (phòng Tổ chức) các sở").
    """
    kinds = KINDS_BEFORE.match(name)
    if kinds and FORMAL_AGENT.match(name, kinds.end()):
        name = name[kinds.end() :]
    plain = PERSON_TITLE.sub("", APPOSITION.sub("", BEHIND.sub("", name)))
    return DANGLING.sub("", re.sub(r"\s+", " ", plain).strip(" ,;:.-–"))


def agents_at(
    text: str, start: int, any_noun: bool = False, stop: int | None = None
) -> Agents | None:
    """The agencies listed from `start` on, or None when no agency's name begins there.

    The list ends where an act begins ("… chủ trì"), where a circumstance begins ("… trong việc"),
    or with the sentence, at `stop` at the latest. `any_noun` accepts a bare "cơ quan liên quan",
    as after "phối hợp với".
    """
    stop = min(stop or len(text), start + LONGEST_LIST)
    window = text[start:stop]
    first = len(window) - len(window.lstrip())
    pattern = AGENT if any_noun else FORMAL_AGENT
    if not pattern.match(window, first):
        return None
    announced = ANNOUNCED.match(window, first)
    if announced and not starts_with_verb(window[announced.end() :]):
        first = announced.end() if FORMAL_AGENT.match(window, announced.end()) else first
    end = list_end(window, first)
    spans = tuple((start + a, start + b) for a, b in parted(window, first, end))
    return Agents(spans, start + end) if spans else None


def agents_between(text: str, start: int, end: int) -> list[Span]:
    """The names of a list whose beginning and end are known."""
    return [(start + a, start + b) for a, b in parted(text[start:end], 0, end - start)]


def agents_before_unknown_act(text: str, start: int, stop: int) -> Agents | None:
    """The agencies a sentence opens with when no act we know follows them.

    A name goes on through capitals and through words that names are made of; the first other
    word is taken for the act.
    """
    if not FORMAL_AGENT.match(text, start):
        return None
    blank = blanked(text[start:stop])
    head = FORMAL_AGENT.match(blank)
    for word in re.finditer(r"[^\W\d_]+", blank[head.end() :] if head else ""):
        if word[0][0].islower() and word[0] not in NAME_WORDS and head:
            end = head.end() + word.start()
            if any(m.start() < end < m.end() for m in FIELD.finditer(blank)):
                continue
            spans = tuple((start + a, start + b) for a, b in parted(blank, 0, end))
            return Agents(spans, start + end) if spans and end < stop - start - 3 else None
    return None
