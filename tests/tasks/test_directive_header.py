"""The header of a directive: registration, what is refused, two people saving at once."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date
from threading import Barrier

import pytest
from django.db import connection
from django.urls import reverse

from agencies.editing import Changed
from agencies.models import Event
from agencies.refusals import NotYours, Refused
from tasks.directives.header import (
    Header,
    SameDirective,
    header_of,
    register,
    save_header,
)
from tasks.models import Citation, Directive
from tests.factories import DirectiveFactory, ProposalFactory, moment

AT = moment("2026-11-16")


@pytest.fixture
def draft(district):
    return DirectiveFactory(
        state=Directive.State.DRAFT, registered_at=None, number="", issued_on=None, issuer=None
    )


@pytest.fixture
def header(district):
    return Header(
        abstract="V/v rà soát hồ sơ",
        kind=district.kind,
        number="412/UBND-VP",
        issued_on=date(2026, 11, 10),
        issuer=district.issuer,
        to_groups=[district.group],
    )


def save(draft, district, header, **options):
    return save_header(draft, district.officer, AT, header=header, version=draft.version, **options)


def test_saving_spells_out_the_groups_addressed(draft, district, header):
    """Rule 4.2: groups become the agencies of that kind on that day."""
    saved = save(draft, district, header)

    rows = saved.addressees.all()
    assert [row.agency for row in rows] == district.communes
    assert {row.written_as for row in rows} == {district.group.name}


def test_an_agency_closed_by_then_is_not_addressed(draft, district, header):
    """Rule 4.2: as of the day."""
    closed = district.communes[0]
    closed.closed_on = date(2026, 11, 1)
    closed.save()

    saved = save(draft, district, header)

    assert closed not in [row.agency for row in saved.addressees.all()]


def test_registering_needs_number_date_and_issuer(draft, district, header):
    """Rule 4.1: a draft may lack them, a registered one may not."""
    for lacking in ({"number": ""}, {"number": "/UBND-VP"}, {"issued_on": None}, {"issuer": None}):
        with pytest.raises(Refused) as caught:
            save(draft, district, replace(header, **lacking), registering=True)
        assert caught.value.field == next(iter(lacking))


def test_a_whole_draft_is_registered(draft, district, header):
    """Rule 4.1."""
    saved = save(draft, district, header, registering=True)

    assert saved.state == Directive.State.REGISTERED
    assert saved.registered_at == AT
    assert Event.objects.filter(act="directive.registered").count() == 1


@pytest.mark.parametrize("day", [date(2026, 11, 17), date(1890, 1, 1)], ids=["future", "absurd"])
def test_a_date_that_cannot_be_is_refused(day, draft, district, header):
    """Issue 4: bad dates, beside the field."""
    with pytest.raises(Refused) as caught:
        save(draft, district, replace(header, issued_on=day))

    assert caught.value.field == "issued_on"


def test_the_same_number_issuer_and_date_twice_is_refused(draft, district, header):
    """Rule 4.1: unique among registered ones, however the number is typed."""
    first = DirectiveFactory(
        number="412 / UBND-vp", issued_on=header.issued_on, issuer=district.issuer
    )

    with pytest.raises(SameDirective) as caught:
        save(draft, district, header, registering=True)

    assert caught.value.first == first
    assert first.get_absolute_url() in caught.value.message


def test_the_same_number_of_another_issuer_is_another_directive(draft, district, header):
    """Rule 4.1."""
    DirectiveFactory(number=header.number, issued_on=header.issued_on, issuer=district.superior)

    assert save(draft, district, header, registering=True).pk == draft.pk


def test_the_second_of_two_savings_is_refused_with_what_changed(draft, district, header):
    """Nothing is lost: who saves second sees both."""
    save(draft, district, header)

    with pytest.raises(Changed) as caught:
        save(draft, district, replace(header, signer="Trần Văn Tám"))

    assert ("signer", "", "Trần Văn Tám") in caught.value.differences


def test_a_directive_cannot_implement_a_later_one(draft, district, header):
    """Rule 4.1: the chain runs upward in time."""
    above = DirectiveFactory(issuer=district.superior, issued_on=date(2026, 11, 12))

    with pytest.raises(Refused) as caught:
        save(draft, district, replace(header, implements=above))

    assert caught.value.field == "implements"


def test_two_directives_cannot_implement_each_other(draft, district, header):
    """Rule 4.1."""
    above = DirectiveFactory(implements=draft)

    with pytest.raises(Refused):
        save(draft, district, replace(header, issued_on=None, implements=above))


def test_a_changed_date_counts_the_deadlines_again(draft, district, header):
    """Rule 3.6: the arithmetic beside a deadline is the one that holds."""
    proposal = ProposalFactory(directive=draft, deadline_text="05 ngày làm việc", review_on=None)

    save(draft, district, header)
    proposal.refresh_from_db()

    assert proposal.arithmetic["last_day"] == "2026-11-17"
    assert proposal.due_at == moment("2026-11-18", 0)


def test_registering_links_those_that_cite_it(draft, district, header):
    """Rule 4.1: the chain both ways."""
    citing = DirectiveFactory()
    Citation.objects.create(directive=citing, number="412/UBND-VP", dated_on=header.issued_on)

    saved = save(draft, district, header, registering=True)

    assert [citation.directive for citation in saved.cited_by.all()] == [citing]


def test_register_keeps_the_header_as_it_stands(draft, district, header):
    saved = save(draft, district, header)

    registered = register(saved, district.clerk, AT)

    assert header_of(registered) == header_of(saved)
    assert registered.addressees.count() == 3


def test_an_approved_directive_keeps_its_header(district, header):
    approved = DirectiveFactory(approved_at=AT)

    with pytest.raises(Refused):
        save(approved, district, header)


def test_an_agency_head_registers_nothing(draft, district, header):
    """Domain 2: the Office registers."""
    with pytest.raises(NotYours):
        save_header(draft, district.head, AT, header=header, version=draft.version)


@pytest.mark.django_db(transaction=True)
def test_two_people_registering_the_same_directive_at_once(district, header):
    """Rule 4.1: one of them registers, the other is led to it."""
    drafts = [
        DirectiveFactory(state=Directive.State.DRAFT, number="", issued_on=None, issuer=None)
        for _copy in range(2)
    ]
    together = Barrier(2)

    def one(draft) -> str:
        try:
            together.wait()
            save(draft, district, header, registering=True)
        except SameDirective as refusal:
            return refusal.first.state
        finally:
            connection.close()
        return "done"

    with ThreadPoolExecutor(2) as pool:
        answers = sorted(pool.map(one, drafts))

    assert answers == ["done", Directive.State.REGISTERED]


# The page -------------------------------------------------------------------------------


@pytest.fixture
def post(client, district, draft):
    client.force_login(district.officer.user)

    def send(**changed):
        typed = {
            "abstract": "V/v rà soát hồ sơ", "number": "412/UBND-VP", "issued_on": "2026-11-10",
            "issuer": district.issuer.pk, "urgency": "normal", "version": draft.version,
            "to_groups": [district.group.pk], "act": "register",
        }  # fmt: skip
        return client.post(reverse("directive_edit", args=[draft.pk]), typed | changed)

    return send


def test_the_page_registers(post, draft):
    answer = post()

    draft.refresh_from_db()
    assert answer.url == draft.get_absolute_url()
    assert draft.state == Directive.State.REGISTERED


def test_the_page_shows_a_refusal_beside_its_field(post):
    answer = post(issued_on="2999-01-01")

    assert answer.status_code == 409
    assert answer.context["form"].errors["issued_on"]


def test_a_word_for_a_date_is_refused_beside_its_field(post):
    answer = post(issued_on="hôm qua")

    assert answer.status_code == 400
    assert answer.context["form"].errors["issued_on"]


def test_the_page_shows_what_somebody_else_saved_and_keeps_what_was_typed(post, draft):
    post(act="save", signer="Nguyễn An")

    answer = post(act="save", signer="Trần Bình")

    page = answer.content.decode()
    assert answer.status_code == 409
    assert "Nguyễn An" in page
    assert 'value="Trần Bình"' in page


def test_after_comparing_the_next_saving_stands(post, draft):
    post(act="save", signer="Nguyễn An")
    version = post(act="save", signer="Trần Bình").context["form"].data["version"]

    answer = post(act="save", signer="Trần Bình", version=version)

    draft.refresh_from_db()
    assert answer.status_code == 302
    assert draft.signer == "Trần Bình"
