"""Who helps: the agencies after "phối hợp (với)", wherever a unit says it."""

import re

from tasks.reader.agents import agents_at, clean

Span = tuple[int, int]

COORDINATE = re.compile(
    r"(?:với\s+)?sự\s+phối\s+hợp\s+của\s+|[Pp]hối\s+(?:(?:kết\s+)?hợp|(?=với))(?:\s+(?:chặt\s+chẽ|đồng\s+bộ|thường\s+xuyên|hiệu\s+quả))?,?\s*(?:với|"
    r"cùng(?:\s+với)?)?\s*:?\s+|chủ\s+trì,?\s+cùng(?:\s+với)?\s+"
)
# "Phòng A chủ trì, Phòng B và Phòng C phối hợp …".
LEADS_THEN = re.compile(r"chủ\s+trì[,;]\s+(?=\S)")
HELPS = re.compile(r"\s*(?:cùng\s+)?phối\s+hợp(?!\s+(?:với|cùng))")


def coordinating(text: str, start: int, end: int) -> list[Span]:
    """The agencies after "phối hợp (với)", wherever the unit says it."""
    spans: list[Span] = []
    seen: set[str] = set()
    for match in [*COORDINATE.finditer(text, start, end), *LEADS_THEN.finditer(text, start, end)]:
        found = agents_at(text, match.end(), any_noun=True, stop=end)
        if match.re is LEADS_THEN and found and not HELPS.match(text, found.end):
            continue
        for span in found.spans if found else ():
            name = clean(text[span[0] : span[1]])
            if name.lower() not in seen:
                seen.add(name.lower())
                spans.append(span)
    return spans
