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


@pytest.mark.parametrize(
    ("act", "params", "told"),
    [
        ("case.decided", {"measure": "criticise"}, "phê bình"),
        ("case.decided", {"measure": "none"}, "không xử lý trách nhiệm"),
        ("case.recommended", {"measure": "remind"}, "nhắc nhở"),
    ],
)
def test_a_decided_case_names_the_measure(act, params, told):
    """Rule 9.1: what the Chair decided is read in the story, also of events written before."""
    with translation.override("vi"):
        assert told in sentence(act, params)
