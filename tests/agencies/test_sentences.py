"""How events read (agencies.sentences)."""

import pytest
from django.utils import translation

from agencies.sentences import sentence


@pytest.mark.parametrize(
    ("language", "moved", "told"),
    [
        ("en", 1, "confirmed the calendar of 2027; 1 deadline moved later"),
        ("en", 2, "confirmed the calendar of 2027; 2 deadlines moved later"),
        ("vi", 1, "xác nhận lịch làm việc năm 2027; lùi 1 thời hạn"),
    ],
)
def test_a_sentence_agrees_with_its_number(language, moved, told):
    with translation.override(language):
        assert sentence("calendar.confirm", {"year": 2027, "moved": moved}) == told


@pytest.mark.parametrize("language", ["en", "vi"])
def test_a_number_an_old_event_does_not_say_is_left_open(language):
    """Rule 11: what was recorded stays readable, whatever is recorded nowadays."""
    with translation.override(language):
        assert "…" in sentence("calendar.confirm", {"year": 2027})
