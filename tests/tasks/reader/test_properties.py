"""What holds for any text: no error but a refusal, places that point, forms that do not matter."""

import re
import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tasks.reader import UnreadableFile, read
from tests.tasks.reader.papers import PAPERS, SAMPLE, directory, outline, reading

NAMES = sorted(PAPERS)


@st.composite
def mutated(draw) -> str:
    """A directive with pieces cut out, doubled, swapped or replaced by noise."""
    text = PAPERS[draw(st.sampled_from(NAMES))]
    for _ in range(draw(st.integers(1, 6))):
        start = draw(st.integers(0, len(text)))
        end = min(len(text), start + draw(st.integers(0, 400)))
        noise = draw(st.one_of(st.just(""), st.just(text[start:end] * 2), st.text(max_size=40)))
        text = text[:start] + noise + text[end:]
    return text


@settings(max_examples=60, deadline=None)
@given(st.one_of(mutated(), st.text(max_size=400)))
def test_reading_never_fails_on_any_text(text):
    """Issue 8: and every place points at the words it claims."""
    try:
        found = reading(text)
    except UnreadableFile:
        return

    for proposal in found.proposals:
        assert found.text[slice(*proposal.span)] == proposal.text
        for start, end in proposal.spans.values():
            assert 0 <= start <= end <= len(found.text)
    for reference in found.references:
        assert found.text[slice(*reference.span)].strip()


@settings(max_examples=40, deadline=None)
@given(st.binary(max_size=300), st.sampled_from(["a.txt", "a.docx", "a.pdf", "a"]))
def test_reading_never_fails_on_any_bytes(data, filename):
    """Issue 8: bytes of any kind are read or refused."""
    try:
        read(data, filename, directory())
    except UnreadableFile as refusal:
        assert refusal.message


@pytest.mark.parametrize("name", NAMES)
def test_places_point_at_the_words(name):
    """Issue 8: lead and deadline are found again where the reading says they stand."""
    found = reading(PAPERS[name])

    for proposal in found.proposals:
        start, end = proposal.spans["lead"]
        first = proposal.lead.split("; ")[0]
        assert found.text[start:end].startswith(first)
        if proposal.deadline_text:
            assert found.text[slice(*proposal.spans["deadline"])] == proposal.deadline_text
        for name_, span in proposal.spans.items():
            if name_ in ("deadline", "coordinating", "recurrence", "product"):
                assert found.text[slice(*span)]


CHANGES = {
    "decomposed": lambda text: unicodedata.normalize("NFD", text),
    "windows line ends": lambda text: text.replace("\n", "\r\n"),
    "doubled spaces": lambda text: re.sub(r"(?<=\w) (?=\w)", "  ", text),
    "full-width spaces": lambda text: re.sub(r"(?<=[a-zà-ỹ]) (?=[a-zà-ỹ])", "\u3000", text),
    "soft hyphens": lambda text: re.sub(r"(?<=[a-z])(?=[a-z])", "\u00ad", text, count=50),
}


@pytest.mark.parametrize("change", CHANGES)
@pytest.mark.parametrize("name", NAMES)
def test_the_form_of_a_text_changes_nothing(name, change):
    """Issue 8: decomposed Unicode, line ends, doubled and wide spaces."""
    text = PAPERS[name]

    changed = reading(CHANGES[change](text))

    assert outline(changed) == outline(reading(text))
    assert changed.number == reading(text).number
    assert changed.abstract == reading(text).abstract


@settings(max_examples=30, deadline=None)
@given(st.data())
def test_a_page_break_inside_a_sentence_changes_nothing(data):
    """Issue 8: wherever a page ends in the middle of a bullet."""
    body = SAMPLE.index("- Tổ chức quán triệt")
    blanks = [
        match.start()
        for match in re.finditer(r"(?<=[a-zà-ỹ]) (?=[a-zà-ỹA-ZĐ]{2})", SAMPLE)
        if body < match.start() < SAMPLE.index("Nơi nhận")
    ]
    place = data.draw(st.sampled_from(blanks))
    page = data.draw(st.sampled_from(["\n\f\n", "\n\n   2\n\n", "\n\n- 3 -\n\f"]))

    broken = reading(SAMPLE[:place] + page + SAMPLE[place + 1 :])

    assert outline(broken) == outline(reading(SAMPLE))
    assert [p.text for p in broken.proposals] == [p.text for p in reading(SAMPLE).proposals]
