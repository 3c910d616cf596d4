"""How an event reads: one sentence an act, filled from its parameters, in the reader's language.

Each app registers its acts in `AppConfig.ready()`; a test fails when an event's act has none.
"""

from collections.abc import Mapping
from datetime import datetime

from django.utils.dateparse import parse_datetime
from django.utils.functional import Promise

from agencies.deadlines import spoken

_SENTENCES: dict[str, str | Promise] = {}


def register_sentences(sentences: Mapping[str, str | Promise]) -> None:
    """Add the sentences of an app's acts. `%(name)s` takes the event's parameter of that name."""
    _SENTENCES.update(sentences)


def known_acts() -> frozenset[str]:
    """Return the codes of all acts that have a sentence."""
    return frozenset(_SENTENCES)


class _Readable(dict):
    """Parameters as people read them: an instant that ends a day is that day, lists get commas."""

    def __missing__(self, name: str) -> str:
        return "…"

    def __getitem__(self, name: str) -> str:
        value = super().get(name)
        if value is None or value == "":
            return "…"
        if isinstance(value, list):
            return ", ".join(str(v) for v in value)
        if name.endswith("_at") and isinstance(value, str):
            instant: datetime | None = parse_datetime(value)
            if instant is not None:
                return spoken(instant)
        if name.endswith("_on") and isinstance(value, str) and value.count("-") == 2:
            year, month, day = value.split("-")
            return f"{day}/{month}/{year}"
        return str(value)


def sentence(act: str, params: Mapping) -> str:
    """Return the event's sentence in the active language; an unknown act shows its code."""
    template = _SENTENCES.get(act)
    return act if template is None else str(template) % _Readable(params)
