"""What officers correct is kept, and shows where the reader is weakest (issue 8)."""

import json
from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from tasks.directives import review
from tasks.directives.corrections import header_values, keep_corrections
from tasks.directives.review import Wording
from tasks.directives.weak_points import weak_points
from tasks.models import Correction, Proposal
from tasks.reader import Proposal as Found
from tests.factories import DirectiveFactory, ProposalFactory, moment

AT = moment("2026-11-16")
TEXT = "Rà soát hồ sơ đất đai; lập danh sách."
Outcome = Correction.Outcome


@pytest.fixture
def directive(district):
    return DirectiveFactory(text=TEXT)


def read(directive, clause, lead, **facts) -> Proposal:
    """A proposal as the reader made it: led by `lead`, with the reading kept beside it."""
    found = Found(
        clause=clause, title="Rà soát", text=TEXT, lead=lead.name, span=(0, len(TEXT)),
        lead_agency=lead.code, lead_agencies=[lead.code], **facts,
    )  # fmt: skip
    return ProposalFactory(
        directive=directive, clause=clause, title="Rà soát", text=TEXT, leads=[lead],
        original=found.to_json(), order=int(clause),
    )  # fmt: skip


def edit(proposal, district, **changed) -> None:
    facts = {"clause": proposal.clause, "title": "Rà soát", "text": TEXT, "kinds": ["task"]}
    facts["lead_agencies"] = [district.interior]
    review.edit(
        proposal, district.officer, AT, wording=Wording(**facts | changed), version=proposal.version
    )


def outcomes() -> dict[str, str]:
    return dict(Correction.objects.exclude(clause="").values_list("clause", "outcome"))


def test_what_was_kept_says_so_without_values(directive, district):
    """Issue 8: the share corrected needs what was not corrected too."""
    read(directive, "1", district.interior)

    keep_corrections(directive, AT)

    kept = Correction.objects.get()
    assert (kept.outcome, kept.proposed, kept.final) == (Outcome.KEPT, {}, {})


def test_a_correction_keeps_both_values_of_each_field(directive, district):
    """Issue 8: proposed and final, only of what differs."""
    proposal = read(directive, "1", district.interior, product="Danh sách")
    edit(
        proposal, district, lead_agencies=[district.finance], deadline_text="30/11/2026",
        product="Danh sách",
    )  # fmt: skip

    keep_corrections(directive, AT)

    kept = Correction.objects.get()
    assert kept.outcome == Outcome.CHANGED
    assert kept.proposed == {"lead": "Phòng Nội vụ", "deadline": ""}
    assert kept.final == {"lead": "Phòng Tài chính", "deadline": "2026-11-30"}


def test_dropped_merged_split_and_added_proposals_are_told_apart(directive, district):
    """Issue 8: what the reader made too much of, and what it missed."""
    read(directive, "1", district.interior)
    dropped = read(directive, "2", district.interior)
    whole = read(directive, "4", district.interior)
    review.split(whole, district.officer, AT, position=TEXT.index("lập"))
    merged = read(directive, "7", district.interior)
    review.merge(merged, district.officer, AT)
    review.drop(dropped, district.officer, AT)
    review.add(
        directive, district.officer, AT,
        wording=Wording("9", "Thêm", TEXT, ["task"], [district.interior]),
    )  # fmt: skip

    keep_corrections(directive, AT)

    told = outcomes()
    assert (told["1"], told["2"], told["7"], told["9"]) == ("kept", "dropped", "merged", "added")
    assert list(told.values()).count("split") == 1


def test_the_header_is_compared_with_what_was_read(directive, district):
    """Issue 8: number, date, issuer and the rest."""
    directive.read_header = header_values(directive) | {"signer": "Lê Văn A"}

    keep_corrections(directive, AT)

    kept = Correction.objects.get(subject=Correction.Subject.HEADER)
    assert list(kept.final) == ["signer"]
    assert kept.proposed["signer"] == "Lê Văn A"


@pytest.fixture
def corrected(directive, district):
    """One lead corrected, one kept, one proposal dropped."""
    edit(read(directive, "1", district.interior), district, lead_agencies=[district.finance])
    read(directive, "2", district.interior)
    review.drop(read(directive, "3", district.interior), district.officer, AT)
    keep_corrections(directive, AT)


def report(*options: str) -> str:
    out = StringIO()
    call_command("reader_report", *options, stdout=out)
    return out.getvalue()


def test_the_weakest_field_comes_first_with_its_pairs(corrected):
    """Issue 8: share corrected, and the most frequent pairs."""
    found = json.loads(report("--json"))

    assert found["outcomes"] | {"kept": 1, "changed": 1, "dropped": 1} == found["outcomes"]
    assert found["proposals"][0] == {
        "field": "lead", "read": 2, "corrected": 1, "share": 0.5,
        "pairs": [["Phòng Nội vụ", "Phòng Tài chính", 1]],
    }  # fmt: skip


def test_the_report_counts_by_kind_of_document(corrected, directive):
    """Issue 8."""
    (tallies,) = weak_points().kinds.values()

    assert list(weak_points().kinds) == [directive.kind.code]
    assert tallies[0].field == "lead"


def test_only_what_was_settled_since_a_day_counts(corrected):
    """Issue 8: --since."""
    assert weak_points(AT).directives == 1
    assert weak_points(AT + timedelta(days=1)).directives == 0


def test_in_words_the_report_names_fields_shares_and_pairs(corrected):
    told = report("--since", "2026-11-16")

    assert "lead          1/2   50%" in told
    assert "1 x  Phòng Nội vụ  ->  Phòng Tài chính" in told


def test_a_day_that_is_none_is_refused():
    with pytest.raises(CommandError):
        report("--since", "hôm qua")
