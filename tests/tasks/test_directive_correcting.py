"""A directive put right: its header once work was assigned, a paper that was not for us (4.5)."""

from dataclasses import replace
from datetime import date

import pytest
from django.urls import reverse
from django.utils import translation

from agencies.editing import Changed
from agencies.models import Event, Notice
from agencies.refusals import NotYours, Refused
from tasks.approval import Plan, approve
from tasks.directives.correcting import correct_header, record_misdirected
from tasks.directives.header import SameDirective, header_of, save_header
from tasks.directives.review import confirm
from tasks.models import Addressee, Directive
from tests.factories import DirectiveFactory, ProposalFactory, assigned_task, head_of, moment

AT = moment("2026-11-16")


@pytest.fixture(autouse=True)
def _english():
    """Sentences are looked at in the language they are written in."""
    with translation.override("en"):
        yield


@pytest.fixture
def approved(district):
    directive = DirectiveFactory(approved_at=AT, number="412/UBND-VP")
    Addressee.objects.create(directive=directive, agency=district.interior)
    return directive


def correct(directive, actor, reason="Đánh máy nhầm.", **changes) -> Directive:
    header = replace(header_of(directive), **changes)
    return correct_header(
        directive, actor, AT, header=header, reason=reason, version=directive.version
    )


# The header -----------------------------------------------------------------------------------


def test_the_chief_corrects_an_approved_header(approved, district):
    """Rule 4.5: reason, old and new value, a notice to those concerned."""
    corrected = correct(approved, district.chief, number="421/UBND-VP", issued_on=date(2026, 11, 3))

    event = Event.objects.of(corrected).last()
    assert (event.act, event.params["text"]) == ("directive.corrected", "Đánh máy nhầm.")
    assert event.params["changes"] == [
        ["number", "412/UBND-VP", "421/UBND-VP"],
        ["issued_on", "02/11/2026", "03/11/2026"],
    ]
    told = Notice.objects.filter(event=event, channel="mail")
    assert [notice.person for notice in told] == [district.head.user]


def test_who_leads_its_tasks_is_told_too(approved, district):
    """Rule 4.5: those concerned are not only those addressed."""
    lead = head_of(district.finance)
    assigned_task(lead.agency, directive=approved, actor=district.chief)

    correct(approved, district.chief, signer="Nguyễn Văn A")

    told = Notice.objects.filter(event__act="directive.corrected", channel="app")
    assert {notice.person for notice in told} == {district.head.user, lead.user}


@pytest.mark.parametrize("role", ["officer", "clerk", "head"])
def test_after_approval_only_the_chief_corrects(role, approved, district):
    """Rule 4.5: before acceptance freely, after it by the chief."""
    with pytest.raises(NotYours):
        correct(approved, getattr(district, role), signer="Nguyễn Văn A")


def test_a_correction_keeps_addressees_and_tasks(approved, district):
    """Rule 4.5: they acknowledged and accepted; what they have stands."""
    task = assigned_task(district.interior, directive=approved, actor=district.chief)

    correct(approved, district.chief, issued_on=date(2026, 11, 3))

    assert [row.agency for row in approved.addressees.all()] == [district.interior]
    task.refresh_from_db()
    assert task.due_at == task.original_due_at


def test_the_corrected_number_is_still_the_only_one(approved, district):
    """Rule 4.1: number, issuer and date are unique among registered ones."""
    DirectiveFactory(number="9/UBND-VP")

    with pytest.raises(SameDirective):
        correct(approved, district.chief, number="9/UBND-VP")


def test_what_cites_the_corrected_number_finds_it(approved, district):
    """Rule 4.1: documents are linked with those they cite."""
    citing = DirectiveFactory()
    citation = citing.citations.create(number="421/UBND-VP")

    correct(approved, district.chief, number="421/UBND-VP")

    citation.refresh_from_db()
    assert citation.cited == approved


@pytest.mark.parametrize(
    ("changes", "reason", "field"),
    [
        ({"number": ""}, "Nhầm.", "number"),
        ({"issued_on": None}, "Nhầm.", "issued_on"),
        ({"issued_on": date(2026, 12, 1)}, "Nhầm.", "issued_on"),
        ({"signer": "A"}, "  ", "reason"),
        ({}, "Nhầm.", None),
    ],
    ids=["no number", "no date", "a day to come", "no reason", "nothing changed"],
)
def test_a_correction_that_cannot_be_is_refused(changes, reason, field, approved, district):
    """Rules 4.1, 4.5: a registered directive stays whole, and every change has its reason."""
    with pytest.raises(Refused) as refused:
        correct(approved, district.chief, reason, **changes)

    assert refused.value.field == field


def test_two_corrections_at_once_are_compared(approved, district):
    """Rule 5.14: the second is refused with what changed."""
    stale = Directive.objects.get(pk=approved.pk)
    correct(approved, district.chief, signer="Nguyễn Văn A")

    with pytest.raises(Changed) as refused:
        correct(stale, district.chief, signer="Nguyễn Văn B")

    assert refused.value.differences == [("signer", "Nguyễn Văn A", "Nguyễn Văn B")]


def test_before_approval_the_header_is_edited(district):
    """Rule 4.5: before, freely."""
    with pytest.raises(Refused, match="edit"):
        correct(DirectiveFactory(), district.chief, signer="Nguyễn Văn A")


def test_the_page_of_a_correction_keeps_what_was_typed(approved, district, client):
    """Rule 11: refused without a reason, the typed signer is still there."""
    client.force_login(district.chief.user)
    address = reverse("directive_correct", args=[approved.pk])
    drawn = client.get(address).context["form"]
    typed = {
        "version": approved.version, "abstract": approved.abstract, "number": approved.number,
        "issued_on": "2026-11-02", "issuer": approved.issuer_id, "urgency": "normal",
        "signer": "Nguyễn Văn A", "reason": "",
    }  # fmt: skip

    refused = client.post(address, typed)
    done = client.post(address, typed | {"reason": "Nhầm."})

    assert drawn["number"].value() == approved.number
    assert (refused.status_code, done.status_code) == (400, 302)
    assert "Nguyễn Văn A" in refused.content.decode()


# A misdirected paper --------------------------------------------------------------------------

WHERE = {
    "returned_to": "UBND huyện Kiến Thụy",
    "reason": "Nội dung thuộc địa bàn huyện Kiến Thụy.",
    "returned_on": date(2026, 11, 14),
}


@pytest.fixture
def paper(district):
    return DirectiveFactory(drafted_by=district.officer.post)


def returned(paper, actor, **facts) -> Directive:
    return record_misdirected(paper, actor, AT, version=paper.version, **(WHERE | facts))


@pytest.mark.parametrize("role", ["officer", "clerk"])
def test_a_misdirected_paper_is_recorded(role, paper, district):
    """Rule 4.5: returned to whom, why, which day."""
    paper = returned(paper, getattr(district, role))

    assert (paper.state, paper.returned_to) == ("misdirected", "UBND huyện Kiến Thụy")
    event = Event.objects.of(paper).last()
    assert event.params["returned_on"] == "2026-11-14"
    assert event.sentence != event.act


def test_nothing_more_can_be_done_with_it(paper, district):
    """Rule 4.5: it never becomes a task."""
    proposal = ProposalFactory(directive=paper, leads=[district.interior])
    paper = returned(paper, district.officer)
    plan = Plan(paper, AT.date())
    header = header_of(paper)
    acts = [
        lambda: save_header(
            paper, district.officer, AT, header=header, version=paper.version, registering=True
        ),
        lambda: confirm(proposal, district.officer, AT, problems=[]),
        lambda: approve(paper, district.chief, AT, fingerprint=plan.fingerprint),
        lambda: returned(paper, district.officer),
    ]

    for act in acts:
        with pytest.raises(Refused, match="Kiến Thụy"):
            act()


@pytest.mark.parametrize(
    ("facts", "field"),
    [
        ({"returned_to": " "}, "returned_to"),
        ({"reason": ""}, "reason"),
        ({"returned_on": date(2026, 11, 17)}, "returned_on"),
        ({"returned_on": date(2026, 11, 1)}, "returned_on"),
    ],
    ids=["to nobody", "no reason", "a day to come", "before its own date"],
)
def test_whom_why_and_which_day_are_asked(facts, field, paper, district):
    """Rule 4.5."""
    with pytest.raises(Refused) as refused:
        returned(paper, district.officer, **facts)

    assert refused.value.field == field


def test_what_gave_work_was_not_misdirected(approved, district):
    """Rule 4.5: a paper that never became a task."""
    with pytest.raises(Refused, match="assigned"):
        returned(approved, district.officer)


def test_an_agency_does_not_return_the_offices_papers(paper, district):
    """Rule 2, table: the Office registers."""
    with pytest.raises(NotYours):
        returned(paper, district.head)


def test_the_same_paper_may_come_again_rightly(paper, district):
    """Rule 4.1: a returned one is not among the registered."""
    returned(paper, district.officer)
    again = DirectiveFactory(
        number="", issued_on=None, state=Directive.State.DRAFT, registered_at=None
    )

    saved = save_header(
        again, district.officer, AT, header=header_of(paper), version=0, registering=True
    )

    assert saved.state == Directive.State.REGISTERED


def test_it_stands_apart_on_list_and_page(paper, district, client):
    """Rule 4.5: found in the register, on no way to approval, without a further act."""
    returned(paper, district.officer)
    client.force_login(district.officer.user)

    listed = client.get(reverse("directives"), {"state": "misdirected"})
    page = client.get(paper.get_absolute_url()).content.decode()

    assert [row.pk for row in listed.context["page"]] == [paper.pk]
    assert listed.context["figures"]["to_approve"] == 0
    assert not Directive.objects.to_prepare().exists()
    assert "UBND huyện Kiến Thụy" in page
    assert reverse("directive_edit", args=[paper.pk]) not in page


def test_its_proposals_are_closed(paper, district, client):
    """Rule 4.5: there is nothing to prepare."""
    returned(paper, district.officer)
    client.force_login(district.officer.user)

    assert client.get(reverse("directive_review", args=[paper.pk])).status_code == 404
