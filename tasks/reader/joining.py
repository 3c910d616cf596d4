"""Lines joined into paragraphs again."""

import re

from tasks.reader.breaks import counts_on, goes_on
from tasks.reader.lines import Line, Wrapping, is_torn

ADDRESSES = re.compile(r"Kính\s+gửi\s*:|(?:^|\s)điện\s*:$", re.I)


def joined(lines: list[Line], wrapped: bool | None) -> list[str]:
    """Join lines into paragraphs."""
    wrapping = Wrapping.of(lines, wrapped)
    paragraphs: list[str] = []
    before = last = None
    for line in lines:
        if (
            before
            and last
            and (
                (wrapping.blocks and is_torn(line, before, last))
                or (wrapping.full and counts_on(line, paragraphs[-1]))
                or goes_on(line, before, last, wrapping)
            )
        ):
            paragraphs[-1] = glue(paragraphs[-1], line.text)
        else:
            paragraphs.append(line.text)
            line.is_addressee = line.is_marked and bool(
                before and (before.is_addressee or ADDRESSES.search(before.text))
            )
            before = line
        last = line
    return paragraphs


def glue(paragraph: str, text: str) -> str:
    """Two torn pieces; a number torn at its hyphen ("178/2026/NĐ-", "CP") closes up."""
    if re.search(r"[\dA-ZĐ]-$", paragraph) and re.match(r"[A-ZĐ]", text):
        return paragraph + text
    if re.search(r"\d/[A-ZĐ0-9]*$", paragraph) and re.match(r"-[A-ZĐ]", text):
        return paragraph + text
    return f"{paragraph} {text}"
