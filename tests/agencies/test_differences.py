"""From what to what, in words; long texts word by word (issue 5, point 12)."""

from datetime import date

import pytest
from django import forms
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from agencies.differences import (
    Difference,
    Piece,
    folded,
    of_event,
    of_form,
    register_fields,
    word_by_word,
)
from tasks.models import Directive

TEXTS = st.text(alphabet="ab \n.", max_size=60)


def kinds(pieces: list[Piece]) -> list[tuple[str, str]]:
    return [(piece.kind, piece.text.strip()) for piece in pieces]


def test_a_text_is_compared_word_by_word():
    found = word_by_word("Rà soát 17 xã, thị trấn", "Rà soát 15 xã, thị trấn ngay")

    assert kinds(found) == [
        ("same", "Rà soát"), ("gone", "17"), ("new", "15"), ("same", "xã, thị trấn"),
        ("new", "ngay"),
    ]  # fmt: skip


@given(TEXTS, TEXTS)
def test_nothing_of_either_text_is_lost(old, new):
    """What stayed or came are the new text's words, what stayed or went the old one's."""
    pieces = word_by_word(old, new)

    def words(*wanted: str) -> list[str]:
        return "".join(piece.text for piece in pieces if piece.kind in wanted).split()

    assert words("same", "new") == new.split()
    assert words("same", "gone") == old.split()


@given(TEXTS, TEXTS)
def test_folding_hides_only_what_stayed(old, new):
    pieces = word_by_word(old, new)

    shown = folded(pieces)

    assert "".join(piece.text for piece in shown) == "".join(piece.text for piece in pieces)
    assert [p for p in shown if p.kind in ("gone", "new")] == [
        p for p in pieces if p.kind in ("gone", "new")
    ]


def test_a_long_unchanged_run_is_folded_but_for_the_words_beside_the_change():
    text = " ".join(f"chữ{n}" for n in range(100))

    shown = folded(word_by_word(f"{text} cũ", f"{text} mới"))

    assert [piece.kind for piece in shown] == ["folded", "same", "gone", "new"]
    assert len(shown[1].text.split()) == 8


def test_a_very_long_text_is_shown_whole_and_quickly():
    old, new = "một " * 5_000, "hai " * 5_000

    assert [piece.kind for piece in word_by_word(old, new)] == ["gone", "new"]


@pytest.mark.parametrize(
    ("old", "new", "is_long"),
    [("a" * 61, "b", True), ("ngắn", "b", False), ("", "b" * 61, False)],
    ids=["long", "short", "only one side"],
)
def test_only_two_long_texts_are_compared_word_by_word(old, new, is_long):
    assert Difference("x", old, new).is_long == is_long


def test_what_an_event_changed_reads_in_the_readers_words():
    """Labels and choices come from the thing's own fields, days as people write them."""
    changes = [["urgency", "normal", "urgent"], ["issued_on", "2026-11-02", ""]]

    with translation.override("en"):
        urgency, day = of_event("directive.edited", Directive, changes)

    assert (urgency.label, urgency.old, urgency.new) == ("Urgency", "normal", "urgent")
    assert (day.label, day.old, day.new) == ("Date", "02/11/2026", "")


def test_names_that_are_no_field_have_their_registered_label():
    register_fields("test_differences.", labels={"shape": "Shape"})

    (found,) = of_event("test_differences.x", None, [["shape", ["a", "b"], []]])

    assert (found.label, found.old) == ("Shape", "a, b")


class ColourForm(forms.Form):
    colour = forms.ChoiceField(label="Colour", choices=[("r", "red"), ("g", "green")])
    day = forms.DateField(label="Day")


def test_what_was_stored_and_typed_reads_as_the_form_words_it():
    colour, day = of_form(
        ColourForm(), [("colour", "r", "g"), ("day", date(2026, 11, 2), date(2026, 11, 3))]
    )

    assert (colour.label, colour.old, colour.new) == ("Colour", "red", "green")
    assert (day.old, day.new) == ("02/11/2026", "03/11/2026")
