"""Who: names of agencies, posts and groups as a directive writes them, and joint ones apart."""

import re
from dataclasses import dataclass

from tasks.reader.acts import FIELD, VERB, starts_with_verb
from tasks.reader.acts_in_names import TRADE, TRADE_BEFORE, belongs_to_name
from tasks.reader.phrases import (
    COLLECTIVES,
    HEADS,
    IN_NAMES,
    ROLES,
    STOPS,
    UPPER,
    alternatives,
)

Span = tuple[int, int]

# "Hội nghị", "Bộ máy", "Phòng ngừa" begin like names and are none.
_OTHER_WORD = (
    r"(?!\s+(?:nghị|thảo|máy|cáo|hiệu|động|đầu|hành|ngừa|chống|cháy|đất|việc|trợ|"
    r"ngũ|kết|hữu|suất|luận|đua|vực|diễn)\b)"
)
_HEAD = rf"(?:(?:{alternatives(HEADS)}|{alternatives(ROLES)})(?!(?<=Trường)\s+hợp){_OTHER_WORD})"
_GROUP = rf"(?:{alternatives(COLLECTIVES)})"
_MANY = (
    r"(?:(?:[Tt]oàn\s+thể\s+|[Tt]ất\s+cả\s+)?"
    r"(?:[Cc]ác|[Nn]hững|[Mm]ỗi|[Mm]ọi|[Tt]ừng|một\s+số)|[Tt]oàn\s+thể|[Tt]ất\s+cả(?=\s+lực\s+lượng))"
)
AGENT = re.compile(rf"(?:{_MANY}\s+(?:{_HEAD}|(?i:{_GROUP}))(?!\w)|{_HEAD}(?!\w)|{_GROUP}(?!\w))")
# "yêu cầu lãnh đạo các sở …", "thủ trưởng cơ quan, đơn vị …": posts in small letters.
_POST_OF = (
    rf"(?:lãnh đạo|thủ trưởng|người đứng đầu|giám đốc|chủ tịch|hiệu trưởng)\s+"
    rf"(?={_MANY}\s|{_HEAD}(?!\w)|(?:cơ quan|đơn vị|sở|ban|ngành)(?!\w))"
)
FORMAL_AGENT = re.compile(
    rf"(?:{_MANY}\s+(?:{_HEAD}|(?i:{_GROUP}))(?!\w)|{_HEAD}(?!\w)|{_POST_OF})"
)
GOVERNMENT = re.compile(
    r"(?:chính\s+quyền|lực\s+lượng|cộng\s+đồng|nhân\s+dân(?=\s+trong)|trạm\s+[Yy]\s+tế|"
    r"hệ\s+thống\s+truyền\s+t(?:hanh|hông))(?!\w)"
)
NEIGHBOURS = re.compile(r"(?:sở|cơ\s+quan|đơn\s+vị|địa\s+phương|doanh\s+nghiệp)(?!\w)")
GENERIC = re.compile(r"Tổ chức|Cơ quan|Đơn vị|Doanh nghiệp|Cá nhân|Cơ sở|Địa phương")
STOP = re.compile(rf"(?<!\w)(?<!mặt\s(?=bằng))(?:{alternatives(STOPS)})(?!\w)")
LONGEST_LIST = 1500
NAME_WORDS = {word for table in (COLLECTIVES, IN_NAMES) for word in table.split() if word != "|"}
# "các cơ quan, đơn vị: Phòng Nội vụ, …": the names are what follows.
ANNOUNCED = re.compile(
    r"(?:[Cc]ác|[Nn]hững)\s+(?:cơ quan|đơn vị|địa phương|ngành)(?:,\s*(?:đơn vị|địa phương|ngành))*"
    r"(?:\s+(?:sau|sau đây|có liên quan|liên quan))?\s*:\s*"
)
RELATIVE = re.compile(r"[^.;:,]{3,80}?\s(?:có|chịu)\s+trách\s+nhiệm")
# "UBND các huyện, thành, thị": cities and towns, shortened.
SHORT_PLACES = re.compile(r"(?:thành|thị)(?=\s*(?:[,.;:]|$|và\b|thị\b))")
SHARED_HEAD = re.compile(
    r"(?:^|\s)(?:các|Các)\s+(?:[Ss]ở|[Bb]ộ|[Pp]hòng|tỉnh|huyện|xã|phường|thành phố|cơ quan|ngành|"
    r"ban|[Cc]ục|[Tt]ập đoàn|[Tt]ổng công ty|[Tt]rường|"
    r"[Cc]hi cục|đơn vị)"
    r"(?:(?:,|\s+và)\s*(?:ban|ngành|thành phố|xã|phường|thị trấn|huyện|thị xã|đặc khu))*"
    r"(?:\s+trực thuộc [Tt]rung ương)?$"
    # "Giám đốc: Sở Nội vụ, Sở Tài chính": one post, several offices.
    r"|^\s*(?:Giám đốc|Thủ trưởng|Chủ tịch|Hiệu trưởng|Bí thư|Trưởng phòng)$"
)
PERSON_NEXT = re.compile(rf"(?:[Ôô]ng|[Bb]à|[Đđ]ồng chí|[Đđ]/c)\s+{UPPER}")
COMPANIES = re.compile(r"(?:[Cc]ác\s+)?(?:(?:Tập đoàn|Tổng [Cc]ông ty|Công ty)(?:,\s+)?)+")
OF_ONE_BOARD = re.compile(r"Ban\s+[Qq]uản\s+lý\s+[^,;]*\svà\s$")
INVESTORS = re.compile(r"(?:nhà\s+đầu\s+tư|chủ\s+đầu\s+tư|nhà\s+thầu)(?!\w)")
OFFICES = re.compile(r"\b(?:[Ss]ở|[Pp]hòng|ban,?\s+ngành|UBND|Ủy\s+ban)\b")
DASH = re.compile(r"\s*(?:[-–]\s+)?")
PARENTHESIS = re.compile(r"\s*\([^()]{0,400}\)")
BEHIND = re.compile(r"(?:\s*\([^()]{0,400}\))+[\s,;:.]*$")
_PERSON = re.compile(
    rf"(?:đồng chí|đ/c|ông|bà)\.?\s*(?:\([^)]*\)\s*)?:?\s*{UPPER}\w*(?:\s+{UPPER}\w*){{1,4}}$", re.I
)
_WITHIN = re.compile(
    r"\s+(?:toàn (?:tỉnh|huyện|xã|ngành)|thị xã|đơn vị|nhà trường|trường|huyện|tỉnh|xã|ngành|"
    r"cơ quan)(?!\w)"
)
_AGAINST = re.compile(r"phòng,\s*$", re.I)
_POST = re.compile(rf"(?:{alternatives(ROLES)})(?!\w)")
_SCHOOLS = re.compile(
    r"(?:[Mm]ầm non|mẫu giáo|nhà trẻ|[Tt]iểu học|trung học|MN|TH|TH&THCS|THCS|THPT|"
    r"phổ thông|đại học|cao đẳng|"
    r"trung cấp|dân tộc nội trú|PTDT)\b"
)
_LOWER_TAIL = re.compile(rf"(?:[^\W\dA-ZĐ]+\s){{1,4}}và\s+(?={UPPER})")


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


# "ông Trần Văn A", "Đồng chí Hiệu trưởng": how one is addressed is no part of the name.
PERSON_TITLE = re.compile(
    rf"^(?:[Ôô]ng|[Bb]à)\.?\s+(?={UPPER})|"
    rf"^(?:[Đđ]ồng chí|[Đđ]/c)\s+(?=(?:{alternatives(ROLES)})(?!\w))"
)
# Words that end no name; what followed them was taken for an act.
DANGLING = re.compile(r"(?:\s+(?:và|của|các|được|có|ra|cần|sẽ|đã|đang))+$")


def clean(name: str) -> str:
    """A name without brackets behind it, appositions, doubled spaces and punctuation at its ends.

    A bracket inside it stays: it is as written ("Văn phòng (phòng Tổ chức) các sở").
    """
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
    end = _list_end(window, first)
    spans = tuple((start + a, start + b) for a, b in _split(window, first, end))
    return Agents(spans, start + end) if spans else None


def agents_between(text: str, start: int, end: int) -> list[Span]:
    """The names of a list whose beginning and end are known."""
    return [(start + a, start + b) for a, b in _split(text[start:end], 0, end - start)]


def agents_before_unknown_act(text: str, start: int, stop: int) -> Agents | None:
    """The agencies a sentence opens with when no act we know follows them.

    A name goes on through capitals and through words that names are made of; the first other
    word is taken for the act.
    """
    if not FORMAL_AGENT.match(text, start):
        return None
    blank = PARENTHESIS.sub(lambda match: "\0" * len(match[0]), text[start:stop])
    head = FORMAL_AGENT.match(blank)
    for word in re.finditer(r"[^\W\d_]+", blank[head.end() :] if head else ""):
        if word[0][0].islower() and word[0] not in NAME_WORDS and head:
            end = head.end() + word.start()
            if any(m.start() < end < m.end() for m in FIELD.finditer(blank)):
                continue
            spans = tuple((start + a, start + b) for a, b in _split(blank, 0, end))
            return Agents(spans, start + end) if spans and end < stop - start - 3 else None
    return None


def _list_end(text: str, start: int) -> int:
    """Where the list of names is over."""
    blank = PARENTHESIS.sub(lambda match: "\0" * len(match[0]), text)
    ends = [len(text)]
    position = start
    while match := VERB.search(blank, position):
        if match.start() > start and not belongs_to_name(blank, start, match):
            ends.append(match.start())
            break
        position = match.end()
    position = start
    for match in STOP.finditer(blank, start):
        if match[0] == "tại" and re.match(r"\s+(?:chỗ|địa phương)\b", blank[match.end() :]):
            continue
        if match[0] == "trong" and _WITHIN.match(blank, match.end()):
            continue  # "các đoàn thể trong đơn vị"
        if match[0] == "về" and re.search(
            r"(?:ngành|nhà nước|quản lý|chuyên trách|chuyên môn|phụ trách)\s*$",
            blank[start : match.start()],
        ):
            continue
        inside = any(
            m.start() < match.end() and match.start() < m.end()
            for m in FIELD.finditer(blank, start)
        )
        if match.start() > start and not inside:
            ends.append(match.start())
            break
    for match in FIELD.finditer(blank, start):
        word = re.match(r"\s+([^\W\d_]+)", blank[match.end() :])
        acts = re.match(r"\s+thường\s+trực\b", blank[match.end() :])
        unknown = word and word[1][0].islower() and word[1] not in NAME_WORDS | {"và", "cùng"}
        if acts or unknown:
            ends.append(match.end())  # "Phòng Kinh tế và Hạ tầng vượt …": an act we do not know
            break
    for match in re.finditer(r"[.;:!?\n](?=[\s\0]|$)|\./\.", blank[start:]):
        after = start + match.end()
        if match[0] == ";" and AGENT.match(blank, DASH.match(blank, after).end()):
            continue
        shared = match[0] == ":" and SHARED_HEAD.search(blank[start : start + match.start()])
        listed = blank[after:].lstrip()
        if shared and listed and (FIELD.match(listed) or not starts_with_verb(listed)):
            continue  # "các Sở: Giáo dục và Đào tạo, Nội vụ": "Giáo dục" acts nowhere here
        if match[0] == "." and re.search(
            r"(?:TP|Tp|TX|Đ/c)$", blank[start : start + match.start()]
        ):
            continue
        ends.append(start + match.start())
        break
    for match in re.finditer(r",\s*(?=\S)", blank[start : min(ends)]):
        after = start + match.end()
        if RELATIVE.match(blank, after) or SHORT_PLACES.match(blank, after):
            continue
        if _AGAINST.search(blank[start:after]) and re.match(r"chống\b", blank[after:]):
            continue
        trade = re.compile(TRADE).match(blank, after)
        if trade and TRADE_BEFORE.search(blank[start:after]):
            continue
        if _SCHOOLS.match(blank, after) and "trường" in blank[start:after].lower():
            continue
        tail = _LOWER_TAIL.match(blank, after)
        if tail and not VERB.match(blank, after) and not AGENT.match(blank, after):
            continue
        named = any(p.match(blank, after) for p in (AGENT, FORMAL_AGENT, GOVERNMENT))
        if not named and not _in_field(text, start, after):
            ends.append(start + match.start())
            break
    return min(ends)


def _in_field(text: str, start: int, position: int) -> bool:
    """Whether a comma stands inside a name such as "Văn hóa, Thể thao và Du lịch"."""
    return any(m.start() < position < m.end() for m in FIELD.finditer(text, start)) or bool(
        re.match(r"[A-ZĐ]", text[position : position + 1])
    )


def _split(text: str, start: int, end: int) -> list[Span]:
    """Part a list into names: at commas, semicolons and "và" before a new formal name.

    "các sở, ban, ngành" stays one name; "Công an tỉnh, các sở" are two; "Các Sở: Xây dựng, Công
    Thương" shares its head noun and stays whole here.
    """
    blank = PARENTHESIS.sub(lambda match: "\0" * len(match[0]), text)
    fields = [m.span() for m in FIELD.finditer(blank, start, end)]
    cuts: list[tuple[int, int]] = []
    for match in re.finditer(
        r"\s*(?:[,;]\s*(?:[-–]\s+|và\s+)?|\s(?:và|cùng với|cùng)\s+)(?=\S)", blank[start:end]
    ):
        left, right = start + match.start(), start + match.end()
        if any(a < right and left < b for a, b in fields):
            continue
        since = cuts[-1][1] if cuts else start
        before = blank[since:left]
        is_post = match[0].strip() == "," and _POST.match(blank, right)
        if is_post and _PERSON.match(before):
            continue  # "đồng chí A, Phó Chủ tịch UBND huyện" is one
        shares = ":" in before and SHARED_HEAD.search(before.split(":")[0])
        whose = re.match(r"\w+ \w+ (?:tỉnh|thành|huyện)", blank[right:])
        if shares and FIELD.match(blank, right) and not whose:
            continue  # "Các Bộ: Tài chính, Công an"
        if COMPANIES.fullmatch(before.strip()) and COMPANIES.match(blank, right):
            continue  # "Các Tập đoàn, Tổng công ty, Công ty thuộc Bộ"
        if OF_ONE_BOARD.match(blank[since:right].lstrip()) and re.match(
            r"các\s+[Kk]hu\b", blank[right:]
        ):
            continue  # "Ban Quản lý Khu kinh tế A và các Khu công nghiệp B"
        formal = FORMAL_AGENT.match(blank, right) or GOVERNMENT.match(blank, right)
        named = re.match(rf"(?!Các\b){UPPER}|chính quyền|lực lượng", before.lstrip())
        alone = "và" in match[0] or not re.search(r"\b(?:[Cc]ác|[Nn]hững|sở|cơ quan)\b", before)
        if (
            named
            and alone
            and not GENERIC.fullmatch(before.strip())
            and NEIGHBOURS.match(blank, right)
        ):
            formal = True  # "Sở Công Thương và cơ quan liên quan", "Bộ Công an, doanh nghiệp"
        if INVESTORS.match(blank, right) and OFFICES.search(before):
            formal = True  # "các Sở, ban ngành, nhà đầu tư thứ cấp"
        if PERSON_NEXT.match(blank, right) and PERSON_NEXT.match(before.lstrip()):
            formal = True  # "ông A, ông B và bà C"
        if re.match(r"cơ quan chuyên môn\b", blank[right:]):
            formal = formal or named  # "Cục A, cơ quan chuyên môn thuộc Bộ B"
        follows = ";" in match[0] and AGENT.match(blank, right)
        if follows or (formal and not VERB.match(blank, right)):
            cuts.append((left, right))
    spans, position = [], start
    for left, right in [*cuts, (end, end)]:
        piece = text[position:left]
        stripped = piece.strip(" ,;:\0")
        if clean(stripped):
            offset = position + piece.index(stripped)
            spans.append((offset, offset + len(stripped)))
        position = right
    return spans
