"""What changed from what to what, in words: values as people read them, long texts word by word."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from difflib import SequenceMatcher
from functools import cached_property
from typing import Any, NamedTuple

from django import forms
from django.core.exceptions import FieldDoesNotExist
from django.db import models
from django.utils.dateparse import parse_date, parse_datetime
from django.utils.functional import Promise
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from agencies.deadlines import ZONE, is_day_end, last_day_in_time

LONG = 60
"""From how many characters on a text is compared word by word."""
MOST_WORDS = 4_000
"""Longer texts are shown whole, the old one and the new one."""
KEPT = 8
"""How many unchanged words stay on each side of a change; the others between fold."""


class Piece(NamedTuple):
    """A run of words: "same", "gone" (only in the old text), "new" or "folded" (same, left out)."""

    kind: str
    text: str


@dataclass(frozen=True)
class Difference:
    """One field: its label, and how it reads in the two versions."""

    label: str
    old: str
    new: str

    @property
    def is_long(self) -> bool:
        """Whether both texts are there and one is too long to find the change by looking."""
        return bool(self.old and self.new) and max(len(self.old), len(self.new)) > LONG

    @cached_property
    def whole(self) -> list[Piece]:
        """The two texts as one, word by word."""
        return word_by_word(self.old, self.new)

    @cached_property
    def pieces(self) -> list[Piece]:
        """The same, with what they share far from a change folded."""
        return folded(self.whole)


def word_by_word(old: str, new: str) -> list[Piece]:
    """Return two texts as one run of pieces: what stayed, what went, what came."""
    before, after = re.findall(r"\S+\s*", old), re.findall(r"\S+\s*", new)
    if max(len(before), len(after)) > MOST_WORDS:
        return [Piece("gone", old), Piece("new", new)]
    matcher = SequenceMatcher(None, [w.strip() for w in before], [w.strip() for w in after])
    pieces = []
    for tag, from_old, to_old, from_new, to_new in matcher.get_opcodes():
        gone, new = "".join(before[from_old:to_old]), "".join(after[from_new:to_new])
        if tag == "equal":
            pieces.append(Piece("same", new))
        else:
            pieces += [piece for piece in (Piece("gone", gone), Piece("new", new)) if piece.text]
    return [*map(_apart, pieces[:-1]), *pieces[-1:]]


def _apart(piece: Piece) -> Piece:
    """Return a piece that ends with a space: the last word of a text has none of its own."""
    return piece if piece.text[-1].isspace() else piece._replace(text=f"{piece.text} ")


def folded(pieces: list[Piece]) -> list[Piece]:
    """Return the pieces with long unchanged runs folded, but for the words beside a change."""
    if not any(piece.kind in ("gone", "new") for piece in pieces):
        return pieces
    shown = []
    for place, piece in enumerate(pieces):
        words = re.findall(r"\S+\s*", piece.text)
        head = words[:KEPT] if place > 0 else []
        tail = words[-KEPT:] if place < len(pieces) - 1 else []
        middle = words[len(head) : len(words) - len(tail)]
        if piece.kind != "same" or len(middle) <= KEPT:
            shown.append(piece)
            continue
        parts = (Piece("same", "".join(head)), Piece("folded", "".join(middle)),
                 Piece("same", "".join(tail)))  # fmt: skip
        shown += [part for part in parts if part.text]
    return shown


class Fields(NamedTuple):
    """Whose fields an event's changes name, and the labels of names that are no field of it."""

    model: type[models.Model] | None
    labels: Mapping[str, str | Promise] = {}


_FIELDS_OF: dict[str, Fields] = {}


def register_fields(
    acts: str,
    model: type[models.Model] | None = None,
    labels: Mapping[str, str | Promise] | None = None,
) -> None:
    """Say whose fields acts of that beginning change, where it is not the event's own thing."""
    _FIELDS_OF[acts] = Fields(model, labels or {})


def of_form(form: forms.BaseForm, changed: Iterable[tuple[str, Any, Any]]) -> list[Difference]:
    """Return (field, stored, typed) as the form labels and words them."""
    found = []
    for name, stored, typed in changed:
        field = form.fields.get(name)
        label = name if field is None else field.label
        choices = dict(getattr(field, "choices", ())) if _is_coded(field) else {}
        found.append(Difference(str(label), _words(stored, choices), _words(typed, choices)))
    return found


def of_event(act: str, thing: type[models.Model] | None, changes: Iterable) -> list[Difference]:
    """Return an event's `changes`, [field, old, new] as stored, in the reader's words."""
    beginnings = [one for one in _FIELDS_OF if act.startswith(one)]
    fields = _FIELDS_OF[max(beginnings, key=len)] if beginnings else Fields(None)
    found = []
    for name, old, new in changes:
        field = _field_of(fields.model or thing, name)
        label = fields.labels.get(name) or getattr(field, "verbose_name", name)
        choices = _choices_of(field)
        found.append(Difference(capfirst(str(label)), _words(old, choices), _words(new, choices)))
    return found


def _field_of(model: type[models.Model] | None, name: str) -> models.Field | None:
    try:
        return None if model is None else model._meta.get_field(name)
    except FieldDoesNotExist:
        return None


def _choices_of(field: models.Field | None) -> dict:
    field = getattr(field, "base_field", field)  # of an array
    return dict(getattr(field, "choices", None) or ())


def _is_coded(field: forms.Field | None) -> bool:
    """Whether a form's field offers words for codes; one that offers rows knows them itself."""
    return isinstance(field, forms.ChoiceField) and not isinstance(field, forms.ModelChoiceField)


def _words(value: Any, choices: Mapping) -> str:
    """Return a value as people read it; days and instants may come as JSON keeps them."""
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if value is None or value == "":
        return ""
    if isinstance(value, str):
        value = choices.get(value, _moment(value) or value)
    if isinstance(value, datetime):
        day = last_day_in_time(value) if is_day_end(value) else None
        return f"{day:%d/%m/%Y}" if day else f"{value.astimezone(ZONE):%H:%M %d/%m/%Y}"
    if isinstance(value, date):
        return f"{value:%d/%m/%Y}"
    if isinstance(value, list | tuple | set | models.QuerySet):
        return ", ".join(_words(one, choices) for one in value)
    return str(value)


def _moment(text: str) -> date | datetime | None:
    """Return the day or instant that a text is in ISO, or None."""
    if not re.match(r"\d{4}-\d\d-\d\d", text):
        return None
    try:
        return parse_date(text) if len(text) == 10 else parse_datetime(text)
    except ValueError:
        return None
