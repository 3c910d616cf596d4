"""What holds for any text: no error but a refusal, places that point, forms that do not matter."""

import io
import re
import unicodedata
import zipfile
from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tasks.reader import UnreadableFile, read
from tests.samples.word import as_docx, workbook
from tests.tasks.reader.papers import LETTER, PAPERS, SAMPLE, directory, outline, reading

NAMES = sorted(PAPERS)
TABLE = [
    ["STT", "Nhiệm vụ", "Chủ trì", "Thời hạn"],
    ["1", "Kiểm kê tài sản công", "Phòng Nội vụ", "30/6/2026"],
]


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


@cache
def _members(form: str) -> dict[str, bytes]:
    """What is inside a whole file of this form."""
    data = as_docx(SAMPLE) if form == "docx" else workbook(TABLE)
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        return {name: package.read(name) for name in package.namelist()}


@st.composite
def spoilt_package(draw) -> tuple[bytes, str]:
    """A Word or Excel file with one part cut, mixed up, emptied, dropped or the whole cut short."""
    form = draw(st.sampled_from(["docx", "xlsx"]))
    members = dict(_members(form))
    name = draw(st.sampled_from(sorted(members)))
    content = members[name]
    start = draw(st.integers(0, len(content)))
    end = min(len(content), start + draw(st.integers(0, 300)))
    noise = draw(st.sampled_from([b"", content[start:end] * 2, b"<w:p>", b"&x;", b'"', b"\xff"]))
    members[name] = content[:start] + noise + content[end:]
    if draw(st.booleans()) and draw(st.booleans()):
        del members[name]
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as package:
        for member, data in members.items():
            package.writestr(member, data)
    whole = stream.getvalue()
    cut = draw(st.sampled_from([len(whole)] * 3 + [draw(st.integers(0, len(whole)))]))
    return whole[:cut], f"van-ban.{form}"


@settings(max_examples=40, deadline=None)
@given(spoilt_package())
def test_a_spoilt_file_is_read_or_refused(spoilt):
    """Issue 8: mutated and truncated packages give a reading or a clear refusal, nothing else."""
    data, filename = spoilt
    try:
        found = read(data, filename, directory())
    except UnreadableFile as refusal:
        assert refusal.message
        return
    for proposal in found.proposals:
        assert found.text[slice(*proposal.span)] == proposal.text


def test_fields_and_shared_days_point_at_their_words():
    """Issue 8: also where they stand below the order, below the list or in a table's cell."""
    paper = (
        LETTER.format(
            body="1. Rà soát biên chế của các đơn vị sự nghiệp công lập.\n"
            "Đơn vị chủ trì: Phòng Nội vụ; đơn vị phối hợp: Phòng Tư pháp.\n"
            "Thời gian hoàn thành: 15/5/2026.\n"
            "2. Phòng Tư pháp tổng hợp kết quả rà soát văn bản.\n"
            "Báo cáo gửi về Văn phòng trước ngày 20/5/2026."
        )
        + "\nPHỤ LỤC GIAO NHIỆM VỤ\n"
        + "\n".join(" | ".join(row) for row in TABLE)
    )

    places = [
        {name: found.text[slice(*span)] for name, span in proposal.spans.items()}
        for found in [reading(paper)]
        for proposal in found.proposals
    ]

    assert places[0]["lead"] == "Phòng Nội vụ"
    assert places[0]["coordinating"] == "Phòng Tư pháp"
    assert places[0]["deadline"] == "15/5/2026"
    assert places[1]["deadline"] == "trước ngày 20/5/2026"
    assert places[2]["lead"] == "Phòng Nội vụ"
    assert places[2]["deadline"] == "30/6/2026"


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
