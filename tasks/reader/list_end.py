"""Where a list of names is over: at an act, a circumstance, or with the sentence."""

import re
from collections.abc import Iterator

from tasks.reader.acts import FIELD, VERB, starts_with_verb
from tasks.reader.acts_in_names import TRADE, TRADE_BEFORE, belongs_to_name
from tasks.reader.heads import (
    AGENT,
    FORMAL_AGENT,
    GOVERNMENT,
    NAME_WORDS,
    SHARED_HEAD,
    blanked,
)
from tasks.reader.phrases import STOPS, UPPER, alternatives

_STOP = re.compile(
    rf"(?<!\w)(?<!mặt\s(?=bằng))(?:{alternatives(STOPS)})(?!\w)|(?<![,;])(?<!và)(?<!với)\smột\s+số(?!\w)"
)
_RELATIVE = re.compile(r"[^.;:,]{3,80}?\s(?:có|chịu)\s+trách\s+nhiệm")
# "UBND các huyện, thành, thị": cities and towns, shortened.
_SHORT_PLACES = re.compile(r"(?:thành|thị)(?=\s*(?:[,.;:]|$|và\b|thị\b))")
_DASH = re.compile(r"\s*(?:[-–]\s+)?")
_WITHIN = re.compile(
    r"\s+(?:tiểu ban|toàn (?:tỉnh|huyện|xã|ngành)|thị xã|đơn vị|nhà trường|trường|huyện|tỉnh|"
    r"xã|ngành|"
    r"cơ quan)(?!\w)"
)
_HERE = re.compile(r"\s+(?:chỗ|địa phương)\b")
_OVER_BORDER = re.compile(r"\s+(?:biên giới|cửa khẩu|đường)\b")
_IN_CHARGE_OF = re.compile(
    r"(?:ngành|nhà nước|hành chính|quản lý|chuyên trách|chuyên môn|phụ trách)\s*$"
)
# "các tỉnh tại khu vực dự báo có lũ": where a group is, which tells it apart.
_REGION = re.compile(r"\s+(?:các\s+)?(?:khu\s+vực|vùng)\b")
_GROUP_BEFORE = re.compile(r"(?:[Cc]ác|[Nn]hững|[Mm]ọi|[Mm]ỗi)\s")
# "Các địa phương bị thiệt hại do bão số 3 khẩn trương …".
_STRUCK = re.compile(r"\b(?:bị|chịu)\s[^,;:]{0,60}$")
# "tại khu vực mưa lớn, lũ quét, sạt lở đất": dangers, listed.
_DANGER = re.compile(r"(?:lũ|sạt lở|ngập|lốc|sét|gió|dông|giông|mưa đá|triều cường|cháy|hạn)\b")
_DANGER_BEFORE = re.compile(r"\b(?:mưa|lũ|bão|sạt lở|ngập|lốc|sét|hạn)\b[^,;]*,\s*$")
_AGAINST = re.compile(r"phòng,\s*$", re.I)
_PRESS = re.compile(r"(?:truyền\s+(?:thông|hình|thanh)|phát\s+thanh|báo\s+chí)\b")
_PRESS_BEFORE = re.compile(r"(?:báo chí|phát\s+thanh|thông tin|truyền thông),\s*$")
_TRADE = re.compile(TRADE)
_SCHOOLS = re.compile(
    r"(?:[Mm]ầm non|mẫu giáo|nhà trẻ|[Tt]iểu học|trung học|MN|TH|TH&THCS|THCS|THPT|"
    r"phổ thông|đại học|cao đẳng|"
    r"trung cấp|dân tộc nội trú|PTDT)\b"
)
_LOWER_TAIL = re.compile(rf"(?:[^\W\dA-ZĐ]+\s){{1,4}}và\s+(?={UPPER})")

_SENTENCE_END = re.compile(r"[.;:!?\n](?=[\s\0]|$)|\./\.")
_SHORTENED = re.compile(r"(?:TP|Tp|TX|Đ/c)$")


def list_end(text: str, start: int) -> int:
    """Where the list of names that begins at `start` is over."""
    blank = blanked(text)
    ends = [len(text), *_act(blank, start), *_circumstance(blank, start)]
    ends += [*_unknown_act(blank, start), *_sentence(blank, start)]
    return min([*ends, *_comma(blank, start, min(ends))])


def _act(blank: str, start: int) -> Iterator[int]:
    """The first act that belongs to no name."""
    position = start
    while match := VERB.search(blank, position):
        if match.start() > start and not belongs_to_name(blank, start, match):
            yield match.start()
            return
        position = match.end()


def _circumstance(blank: str, start: int) -> Iterator[int]:
    """The first word that begins a circumstance: "trong việc", "theo", "để"."""
    fields = [match.span() for match in FIELD.finditer(blank, start)]
    for match in _STOP.finditer(blank, start):
        place, end = match.span()
        within = (
            (match[0] == "tại" and _HERE.match(blank, end))
            or (match[0] == "trong" and _WITHIN.match(blank, end))  # "các đoàn thể trong đơn vị"
            or (
                match[0] == "tại"
                and _REGION.match(blank, end)
                and _GROUP_BEFORE.search(blank, start, place)
            )
            or (match[0] == "cơ bản" and blank[:place].endswith("cấp "))
            or (match[0] == "qua" and _OVER_BORDER.match(blank, end))
            or (match[0] == "do" and _STRUCK.search(blank[start:place]))
            or (match[0] == "về" and _IN_CHARGE_OF.search(blank[start:place]))
        )
        inside = any(a < end and place < b for a, b in fields)
        if not within and not inside and place > start:
            yield place
            return


def _unknown_act(blank: str, start: int) -> Iterator[int]:
    """Behind a field's name a word no name is made of: "Phòng Kinh tế và Hạ tầng vượt …"."""
    for match in FIELD.finditer(blank, start):
        word = re.match(r"\s+([^\W\d_]+)", blank[match.end() :])
        acts = re.match(r"\s+thường\s+trực\b", blank[match.end() :])
        if re.match(r"\s+phụ trách", blank[match.end() :]):
            continue  # "Thứ trưởng Bộ Y tế phụ trách lĩnh vực"
        if acts or (word and word[1][0].islower() and word[1] not in NAME_WORDS | {"và", "cùng"}):
            yield match.end()
            return


def _sentence(blank: str, start: int) -> Iterator[int]:
    """The mark that ends the list, with the sentence or before a colon's words."""
    for match in _SENTENCE_END.finditer(blank, start):
        before, after = blank[start : match.start()], match.end()
        if match[0] == ";" and AGENT.match(blank, _DASH.match(blank, after).end()):
            continue
        if match[0] == ":" and SHARED_HEAD.search(before) and _lists(blank[after:].lstrip()):
            continue
        if match[0] == "." and _SHORTENED.search(before):
            continue
        yield match.start()
        return


def _lists(words: str) -> bool:
    """Whether names follow "các Sở:": in "Giáo dục và Đào tạo, Nội vụ" nothing acts."""
    return bool(words and (FIELD.match(words) or not starts_with_verb(words)))


def _comma(blank: str, start: int, end: int) -> Iterator[int]:
    """The first comma that is followed by nothing a list of names goes on with."""
    for match in re.finditer(r",\s*(?=\S)", blank[start:end]):
        if not _goes_on(blank, start, start + match.end()):
            yield start + match.start()
            return


def _goes_on(blank: str, start: int, after: int) -> bool:
    """Whether the list goes on after a comma: another name, or a part of this one."""
    before = blank[start:after]
    trade = _TRADE.match(blank, after) and TRADE_BEFORE.search(before)
    schools = _SCHOOLS.match(blank, after) and "trường" in before.lower()
    against = _AGAINST.search(before) and re.match(r"chống\b", blank[after:])
    press = _PRESS_BEFORE.search(before) and _PRESS.match(blank, after)
    tail = _LOWER_TAIL.match(blank, after)
    acts = VERB.match(blank, after) or AGENT.match(blank, after)
    return bool(
        _RELATIVE.match(blank, after)
        or _SHORT_PLACES.match(blank, after)
        or against
        or press
        or (_DANGER.match(blank, after) and _DANGER_BEFORE.search(before))
        or trade
        or schools
        or (tail and not acts)
        or any(pattern.match(blank, after) for pattern in (AGENT, FORMAL_AGENT, GOVERNMENT))
        or any(m.start() < after < m.end() for m in FIELD.finditer(blank, start))
        or re.match(r"[A-ZĐ]", blank[after : after + 1])
    )
