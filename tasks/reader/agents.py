"""Who: names of agencies, posts and groups as a directive writes them, and joint ones apart."""

import re
from dataclasses import dataclass

from tasks.reader.phrases import (
    COLLECTIVES,
    FIELD_NAMES,
    HEADS,
    ROLES,
    STOPS,
    VERBS,
    alternatives,
)

Span = tuple[int, int]

_HEAD = rf"(?:(?:{alternatives(HEADS)}|{alternatives(ROLES)})(?!(?<=Trường)\s+hợp))"
_GROUP = rf"(?:{alternatives(COLLECTIVES)})"
_MANY = r"(?:[Tt]oàn\s+thể\s+)?(?:các|Các|những|Những|mỗi|mọi|một\s+số)"
AGENT = re.compile(rf"(?:{_MANY}\s+(?:{_HEAD}|(?i:{_GROUP}))(?!\w)|{_HEAD}(?!\w)|{_GROUP}(?!\w))")
FORMAL_AGENT = re.compile(rf"(?:{_MANY}\s+(?:{_HEAD}|(?i:{_GROUP}))(?!\w)|{_HEAD}(?!\w))")
VERB = re.compile(rf"(?<!\w)(?:{alternatives(VERBS)})(?!\w)(?!(?<=trực)\s+thuộc)")
VERB_FIRST = re.compile(
    rf"(?i:{alternatives(VERBS)}|{alternatives(STOPS)}|phòng\s+ngừa|phòng,?\s+chống)(?!\w)"
)
STOP = re.compile(rf"(?<!\w)(?:{alternatives(STOPS)})(?!\w)")
FIELD = re.compile(rf"(?:{alternatives(FIELD_NAMES)})(?!\w)")
PARENTHESIS = re.compile(r"\s*\([^()]{0,400}\)")
_NAME_BEFORE_VERB = re.compile(
    r"(?:(?<!\w)(?:Đoàn|Tổ|Đội|Hội đồng|Ban|Tiểu ban|đoàn|tổ|đội|ban|chuyên trách|chức năng|được|được giao|"
    r"được phân công|cơ quan|vật liệu|đầu tư|công trình|nhiệm vụ|giúp việc|,|và|hoạt động|phụ trách|"
    r"làm công tác|có chức năng|chuyên môn|kinh doanh|sản xuất|quản lý|trực tiếp|thi công|khai thác|tham gia))\s*$"
)
_VERBS_IN_NAMES = re.compile(
    r"(?:kiểm tra|thanh tra|giám sát|chỉ đạo|xây dựng|thẩm định|điều tra|quản lý|tham mưu|"
    r"soạn thảo|phát triển|sử dụng|bảo vệ|cưỡng chế|kiểm soát|đầu tư|giúp|điều hành|xét|trực|thi hành|"
    r"quy hoạch|công bố|thông tin|phòng, chống|thống kê|bảo đảm|tổ chức|vận hành|khai thác|thu|tổng hợp|"
    r"truyền thông|ứng phó|phục vụ|cung cấp|phân phối)$"
)


@dataclass(frozen=True)
class Agents:
    """A list of agencies found in a text: each name's place and where the list ends."""

    spans: tuple[Span, ...]
    end: int

    def names(self, text: str) -> list[str]:
        """The names as written, brackets and loose ends taken off."""
        return [clean(text[start:end]) for start, end in self.spans]


def clean(name: str) -> str:
    """A name without brackets, doubled spaces and punctuation at its ends."""
    return re.sub(r"\s+", " ", PARENTHESIS.sub("", name)).strip(" ,;:.-–")


def starts_with_verb(text: str) -> bool:
    """Whether a sentence opens with what is to be done rather than with who does it.

    "Thanh tra, kiểm tra …" is a verb and "Thanh tra tỉnh" an agency; "Ban hành" and "Tổ chức" are
    verbs though "Ban" and "Tổ" head names.
    """
    match = VERB_FIRST.match(text)
    if not match:
        return False
    word, rest = match[0].lower(), text[match.end() :]
    if word in ("thanh tra", "trực", "giám sát", "thu"):
        return not re.match(r"\s+(?:tỉnh|huyện|thành phố|Chính phủ|các|[A-ZĐ])", rest)
    if word in ("tổ chức", "đoàn kiểm tra"):
        return not re.match(r"\s+(?:Công đoàn|Đoàn|đảng|đoàn thể)", rest)
    return True


def agents_at(text: str, start: int, any_noun: bool = False) -> Agents | None:
    """The agencies listed from `start` on, or None when no agency's name begins there.

    The list ends where an act begins ("… chủ trì"), where a circumstance begins ("… trong việc"),
    or with the sentence. `any_noun` accepts a bare "cơ quan liên quan", as after "phối hợp với".
    """
    start += len(text[start:]) - len(text[start:].lstrip())
    pattern = AGENT if any_noun else FORMAL_AGENT
    if not pattern.match(text, start):
        return None
    end = _list_end(text, start)
    spans = _split(text, start, end)
    return Agents(tuple(spans), end) if spans else None


def _list_end(text: str, start: int) -> int:
    """Where the list of names is over."""
    blank = PARENTHESIS.sub(lambda match: "\0" * len(match[0]), text)
    ends = [len(text)]
    position = start
    while match := VERB.search(blank, position):
        if match.start() > start and not _belongs_to_name(blank, start, match):
            ends.append(match.start())
            break
        position = match.end()
    position = start
    for match in STOP.finditer(blank, start):
        if match[0] == "về" and re.search(
            r"(?:ngành|nhà nước|quản lý)\s*$", blank[start : match.start()]
        ):
            continue
        if match.start() > start and not FIELD.search(
            blank, max(start, match.start() - 30), match.end()
        ):
            ends.append(match.start())
            break
    for match in re.finditer(r"[.;:!?\n](?=\s|$)|\./\.", blank[start:]):
        after = start + match.end()
        if match[0] == ";" and AGENT.match(blank, after + 1):
            continue
        if match[0] == "." and re.search(
            r"(?:TP|Tp|TX|Đ/c)$", blank[start : start + match.start()]
        ):
            continue
        ends.append(start + match.start())
        break
    for match in re.finditer(r",\s*(?=\S)", blank[start : min(ends)]):
        after = start + match.end()
        if not AGENT.match(blank, after) and not _in_field(text, start, after):
            ends.append(start + match.start())
            break
    return min(ends)


def _in_field(text: str, start: int, position: int) -> bool:
    """Whether a comma stands inside a name such as "Văn hóa, Thể thao và Du lịch"."""
    return any(m.start() < position < m.end() for m in FIELD.finditer(text, start)) or bool(
        re.match(r"[A-ZĐ]", text[position : position + 1])
    )


def _belongs_to_name(text: str, start: int, verb: re.Match[str]) -> bool:
    """Whether what looks like a verb is part of a name ("Đoàn kiểm tra", "được giao quản lý")."""
    if any(m.start() < verb.end() and verb.start() < m.end() for m in FIELD.finditer(text, start)):
        return True
    before, after = text[start : verb.start()], text[verb.end() :]
    if verb[0] in ("giao", "phân công") and re.search(r"được\s+$", before):
        return True
    if verb[0] == "tổ chức" and (
        re.search(r"(?:các|những|,)\s*$", before)
        and re.match(
            r"\s*(?:,|/|và|cá nhân|đơn vị|chính trị|đảng|xã hội|hội|kinh tế|đoàn thể|có liên|liên|hoạt)",
            after,
        )
    ):
        return True
    if (verb[0] == "lập" and before.endswith("công ")) or verb[0] + after[:5] == "giúp việc":
        return True
    return bool(
        _VERBS_IN_NAMES.search(verb[0])
        and _NAME_BEFORE_VERB.search(text[start : verb.start()])
        and not re.search(r"(?:,|và)\s*$", text[start : verb.start()])
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
        r"\s*(?:[,;]\s*(?:và\s+)?|\s(?:và|cùng|cùng với)\s+)(?=\S)", blank[start:end]
    ):
        left, right = start + match.start(), start + match.end()
        if any(a < right and left < b for a, b in fields):
            continue
        formal = FORMAL_AGENT.match(blank, right)
        if ";" in match[0] and AGENT.match(blank, right):
            cuts.append((left, right))
        elif formal and not VERB.match(blank, right):
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
