"""The last paragraphs of a directive, which ask everybody to carry it out and give no task."""

import re

from tasks.reader.clauses import Clause
from tasks.reader.layout import Paragraph
from tasks.reader.phrases import ASKS_EVERYBODY, CLOSING, CLOSING_ACT, ONE_FOLLOWS_UP


def is_closing(text: str) -> bool:
    """Whether a paragraph closes a directive: everybody is asked to carry it out."""
    if re.search(r"(?:trước|chậm nhất|trong)\s+(?:ngày|tháng|quý|\d{1,2}\s*(?:giờ|h))\s*\d", text):
        return False
    if ONE_FOLLOWS_UP.match(text):
        return False
    if ASKS_EVERYBODY.search(text) and CLOSING_ACT.search(text):
        return True
    return bool(CLOSING.match(text) and CLOSING_ACT.search(text))


def is_closing_item(item: Clause | Paragraph) -> bool:
    """Whether an item is a closing paragraph or a note in brackets."""
    return isinstance(item, Paragraph) and (is_closing(item.text) or item.text.startswith("("))
