"""Vietnamese is complete: no message missing, none fuzzy, nothing compiled from older text."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import polib
import pytest
from django.conf import settings
from django.utils import translation

CATALOGUE = Path(settings.BASE_DIR) / "locale/vi/LC_MESSAGES/django.po"
SOURCES = ["agencies", "tasks", "consultations", "reports", "config", "templates"]
PLAIN = {name: value for name, value in os.environ.items() if not name.startswith("DJANGO_")}
FOREIGN = Path(settings.BASE_DIR) / "locale/foreign/vi/LC_MESSAGES/django.po"


@pytest.mark.parametrize("path", [CATALOGUE, FOREIGN], ids=["ours", "foreign"])
def test_no_message_is_missing_or_fuzzy(path):
    unfinished = [
        entry.msgid
        for entry in polib.pofile(str(path))
        if not entry.obsolete and (not entry.translated() or "fuzzy" in entry.flags)
    ]

    assert unfinished == []


@pytest.mark.parametrize("path", [CATALOGUE, FOREIGN], ids=["ours", "foreign"])
def test_what_is_compiled_is_what_is_written(path):
    written = {(e.msgctxt, e.msgid): e for e in polib.pofile(str(path)) if e.translated()}
    compiled = {(e.msgctxt, e.msgid): e for e in polib.mofile(str(path.with_suffix(".mo")))}

    assert written.keys() == compiled.keys()
    for key, entry in written.items():
        assert (entry.msgstr, entry.msgstr_plural) == (
            compiled[key].msgstr,
            compiled[key].msgstr_plural,
        )


if shutil.which("xgettext"):  # a laptop may lack gettext; .ci/run installs it

    def test_every_message_of_the_code_is_in_the_catalogue(tmp_path):
        """`make messages` would add nothing: the catalogue knows all of code and pages."""
        known = {(e.msgctxt, e.msgid) for e in polib.pofile(str(CATALOGUE)) if not e.obsolete}
        for part in SOURCES:
            shutil.copytree(settings.BASE_DIR / part, tmp_path / part)
        (tmp_path / "locale").mkdir()

        command = [sys.executable, "-m", "django", "makemessages", "-l", "vi", "-v0"]
        subprocess.run(command, check=True, cwd=tmp_path, env=PLAIN)

        found = polib.pofile(str(tmp_path / "locale/vi/LC_MESSAGES/django.po"))
        assert {(e.msgctxt, e.msgid) for e in found} - known == set()


def test_foreign_form_errors_speak_vietnamese():
    """Django's own `vi` lacks some messages people meet (traps.md)."""
    with translation.override("vi"):
        assert translation.gettext("Enter a valid UUID.") == "Nhập UUID hợp lệ."
