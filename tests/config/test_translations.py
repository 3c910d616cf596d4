"""The Vietnamese texts: complete, compiled, and with the same figures in them as the English."""

import os
import re
import shutil
from collections.abc import Iterable

import polib
import pytest

from config.server_folders import CHECKOUT

CATALOGUES = sorted((CHECKOUT / "locale").rglob("*.po"))
OURS = CHECKOUT / "locale/vi/LC_MESSAGES/django.po"
PLACES = re.compile(r"%\(\w+\)[sd]|%[sd%]|\{\w*\}")
SEVERAL = {
    "%(n)s agencies",
    "%(n)s agencies today: %(names)s.",
    "%(n)s late by %(first)s–%(last)s days",
    "%(first)d to %(last)d days",
    "all %(n)s tasks the filters find",
    "will create %(n)s tasks, one each",
    "At most %(most)s tasks are done at once: these are the first %(most)s. "
    "Come back for the other %(left_out)s.",
    "At most %(most)s tasks are urged at once: these are overdue longest. "
    "Come back for the other %(n)s.",
    "Only the first %(most)d of %(total)d rows; narrow the list to have all.",
    "Only the first %(most)d rows; the page shows all.",
    "The sheet has more than %(most)s rows. Split the list into several files.",
}
"""Said of several only, or of a limit that is never one."""
MAKE_MESSAGES = ("manage.py", "makemessages", "-l", "vi", "--no-location", "--no-wrap", "-v0")

every_catalogue = pytest.mark.parametrize(
    "path", CATALOGUES, ids=lambda path: str(path.relative_to(CHECKOUT))
)


def texts(entry: polib.POEntry) -> list[str]:
    """The translations of an entry: one, or one a plural form."""
    return list(entry.msgstr_plural.values()) if entry.msgid_plural else [entry.msgstr]


def contents(catalogue: Iterable[polib.POEntry | polib.MOEntry]) -> dict:
    return {(entry.msgctxt, entry.msgid): texts(entry) for entry in catalogue if not entry.obsolete}


@every_catalogue
def test_the_compiled_texts_are_those_of_the_source(path):
    translated = polib.pofile(path).translated_entries()

    assert contents(polib.mofile(path.with_suffix(".mo"))) == contents(translated)


@every_catalogue
def test_every_text_is_translated_and_none_is_a_guess(path):
    entries = [entry for entry in polib.pofile(path) if not entry.obsolete]

    assert [entry.msgid for entry in entries if entry.fuzzy or not entry.translated()] == []


@every_catalogue
def test_a_translation_fills_in_the_same_places(path):
    wrong = []
    for entry in polib.pofile(path).translated_entries():
        asked = set(PLACES.findall(entry.msgid))
        for text in texts(entry):
            # A plural form may leave its "one" unsaid; no text may fill in what is not given.
            given = set(PLACES.findall(entry.msgid + entry.msgid_plural))
            filled = set(PLACES.findall(text))
            if filled - given or (not entry.msgid_plural and asked - filled):
                wrong.append(entry.msgid)

    assert wrong == []


def test_a_number_before_many_has_words_for_one_too():
    """In English "1 tasks" is wrong. Which words stand for many, the texts with both forms say."""
    entries = [entry for entry in polib.pofile(OURS) if not entry.obsolete]
    many = {word for entry in entries for word in words(entry.msgid_plural) - words(entry.msgid)}
    nouns = "|".join(sorted(word for word in many if len(word) > 3 and word.endswith("s")))
    counted = re.compile(rf"%\(\w+\)[sd] (?!with|where)(?:[a-z]+ ){{0,2}}(?:{nouns})\b")

    alone = {e.msgid for e in entries if not e.msgid_plural and counted.search(e.msgid)}

    assert alone - SEVERAL == set()


def words(text: str) -> set[str]:
    return set(re.findall("[a-z]+", text))


@pytest.mark.skipif(
    not shutil.which("xgettext") and not os.environ.get("CI"),
    reason="this machine has no gettext to collect the texts with",
)
def test_every_text_of_the_code_is_in_the_source(checkout):
    known = set(contents(polib.pofile(OURS)))

    code, output = checkout.run(*MAKE_MESSAGES, SECRET_KEY="x")

    assert (code, output) == (0, "")
    collected = polib.pofile(checkout.folder / OURS.relative_to(CHECKOUT))
    assert {key for key in contents(collected) if key not in known} == set()
