"""The list and the page of directives: found without diacritics, seen by whom it names."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tasks.models import Addressee, Citation, Directive
from tests.factories import DirectiveFactory, ProposalFactory, administrator, chair

LIST = "/directives/"


@pytest.fixture
def three(district):
    """A draft, one to be approved, one approved."""
    return [
        DirectiveFactory(
            state=Directive.State.DRAFT, registered_at=None, number="", issued_on=None,
            abstract="V/v phòng cháy mùa hanh khô",
        ),
        DirectiveFactory(number="412/UBND-VP", issued_on=date(2026, 3, 5)),
        DirectiveFactory(
            number="7/CT-UBND", issued_on=date(2026, 6, 1), issuer=district.superior,
            approved_at="2026-06-02T08:00Z", abstract="V/v khai thác khoáng sản",
        ),
    ]  # fmt: skip


@pytest.fixture
def found(client, district, three):
    """Return a function: the directives a query finds, as the officer."""
    client.force_login(district.officer.user)
    return lambda **query: [row.pk for row in client.get(LIST, query).context["page"]]


@pytest.mark.parametrize(
    "query, expected",
    [
        ({"q": "khoang san"}, [2]),
        ({"q": "412/ubnd"}, [1]),
        ({"q": "412"}, [1]),
        ({"q": "PHÒNG CHÁY"}, [0]),
        ({"q": "khong co"}, []),
        ({"q": "& | !"}, [2, 1, 0]),
        ({"state": "draft"}, [0]),
        ({"state": "to_approve"}, [1]),
        ({"state": "approved"}, [2]),
        ({"issued_from": "2026-04-01"}, [2]),
        ({"issued_to": "2026-04-01"}, [1]),
        ({"sort": "date", "state": ""}, [1, 2, 0]),
        ({"sort": "-number"}, [2, 1, 0]),
    ],
    ids=str,
)
def test_the_list_is_searched_filtered_and_sorted(query, expected, found, three):
    """Issue 4: by number and without diacritics, state in the address."""
    pks = [three[n].pk for n in expected]

    assert found(**query) == pks if "sort" in query else sorted(found(**query)) == sorted(pks)


def test_by_issuer(found, three, district):
    assert found(issuer=district.superior.pk) == [three[2].pk]


@pytest.mark.parametrize("query", [{"page": "999"}, {"page": "x"}, {"sort": "x"}, {"kind": "x"}])
def test_an_odd_address_still_answers(query, found):
    assert len(found(**query)) <= 3


def test_the_queries_do_not_grow_with_the_rows(client, district, three):
    """Every list: a constant number of queries."""
    client.force_login(district.officer.user)
    client.get(LIST)
    with CaptureQueriesContext(connection) as few:
        client.get(LIST)
    DirectiveFactory.create_batch(20)

    with CaptureQueriesContext(connection) as many:
        client.get(LIST)

    assert len(many) == len(few)


def test_an_agency_sees_registered_directives_that_name_it(client, district, three):
    """Rule 2.4: drafts and other people's directives are not there."""
    for directive in three[:2]:
        Addressee.objects.create(directive=directive, agency=district.interior)
    client.force_login(district.head.user)

    shown = [row.pk for row in client.get(LIST).context["page"]]
    answers = [client.get(one.get_absolute_url()).status_code for one in three]

    assert shown == [three[1].pk]
    assert answers == [404, 200, 404]


@pytest.mark.parametrize("who", [chair, administrator])
def test_leaders_see_all_and_the_administrator_nothing(who, client, three):
    """Domain 2; rule 2.4."""
    client.force_login(who().user)

    shown = client.get(LIST).context["page"]

    assert len(shown) == (3 if who is chair else 0)


def test_the_page_shows_the_chain_both_ways(client, district, three):
    """Rule 4.1."""
    below = DirectiveFactory(implements=three[2])
    citing = DirectiveFactory()
    Citation.objects.create(directive=citing, number="7/CT-UBND", cited=three[2])
    client.force_login(district.officer.user)

    above = client.get(three[2].get_absolute_url()).context

    assert [link.directive for link in above["chain"].below] == [below]
    assert list(above["cited_by"]) == [citing]
    chain = client.get(below.get_absolute_url()).context["chain"]
    assert [link.directive for link in chain.above] == [three[2]]


def test_an_agency_sees_no_link_to_what_is_not_its_own(client, district, three):
    """Rule 2.4."""
    below = DirectiveFactory(implements=three[2])
    Addressee.objects.create(directive=below, agency=district.interior)
    client.force_login(district.head.user)

    page = client.get(below.get_absolute_url())

    assert three[2].get_absolute_url() not in page.content.decode()


def test_the_work_of_the_office_on_proposals_is_not_the_addressees_story(client, district):
    """Rule 2.4."""
    from tasks.directives import review
    from tests.factories import moment

    directive = DirectiveFactory()
    Addressee.objects.create(directive=directive, agency=district.interior)
    dropped = ProposalFactory(directive=directive, title="Chuyện nội bộ")
    review.drop(dropped, district.officer, moment("2026-11-16"))
    client.force_login(district.head.user)

    html = client.get(reverse("directive", args=[directive.pk])).content.decode()

    assert "Chuyện nội bộ" not in html
