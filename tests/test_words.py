"""What the interface says can be translated (rule 11: its language is Vietnamese)."""

import re
from pathlib import Path

import pytest
from django import forms
from django.conf import settings
from django.utils import translation

HIDDEN = re.compile(r"""\bf["'].*\{(?:_|n?gettext(?:_lazy)?|n?pgettext)\(["']""")


@pytest.mark.parametrize("app", ["agencies", "tasks", "consultations", "reports"])
def test_no_sentence_hides_in_an_f_string(app) -> None:
    """The collector of messages does not look into f-strings: the sentence would stay English."""
    hidden = [
        f"{path.relative_to(settings.BASE_DIR)}: {line.strip()}"
        for path in Path(settings.BASE_DIR, app).rglob("*.py")
        for line in path.read_text().splitlines()
        if HIDDEN.search(line)
    ]

    assert hidden == []


def test_what_is_missing_is_said_without_speaking_of_fields() -> None:
    """Django's own sentence names a "field"."""
    with pytest.raises(forms.ValidationError) as refused:
        forms.CharField().clean("")

    with translation.override("en"):
        assert refused.value.messages == ["Fill this in or choose."]
