"""Outgoing papers (rule 2.8)."""

from datetime import date
from threading import Thread

import pytest
from django.db import connection
from django.urls import reverse

from agencies import outgoing
from agencies.models import OutgoingPaper
from agencies.refusals import NotYours, Refused
from tests.factories import AgencyFactory, head_of, moment, office_chief

AT = moment("2026-11-16")


def signed(issuer, actor, subject="Báo cáo"):
    paper = outgoing.draft(issuer, actor, AT, issuer=issuer, suffix="BC-VP", subject=subject)
    return outgoing.sign(paper, actor, AT)


@pytest.mark.django_db
def test_numbers_follow_each_other_in_one_series_and_year():
    chief = office_chief()

    first, second = (
        outgoing.number(signed(chief.agency, chief), chief, AT, dated_on=date(2026, 11, 16))
        for _turn in range(2)
    )

    assert (first.symbol, second.symbol) == ("01/BC-VP", "02/BC-VP")


@pytest.mark.django_db
def test_a_number_is_never_dated_before_the_one_before_it():
    chief = office_chief()
    outgoing.number(signed(chief.agency, chief), chief, AT, dated_on=date(2026, 11, 16))

    with pytest.raises(Refused):
        outgoing.number(signed(chief.agency, chief), chief, AT, dated_on=date(2026, 11, 13))


@pytest.mark.django_db
def test_an_unsigned_paper_gets_no_number():
    chief = office_chief()
    paper = outgoing.draft(
        chief.agency, chief, AT, issuer=chief.agency, suffix="BC-VP", subject="x"
    )

    with pytest.raises(Refused):
        outgoing.number(paper, chief, AT, dated_on=date(2026, 11, 16))


@pytest.mark.django_db
def test_another_agency_signs_nothing_for_the_office():
    chief = office_chief()
    paper = outgoing.draft(
        chief.agency, chief, AT, issuer=chief.agency, suffix="BC-VP", subject="x"
    )

    with pytest.raises(NotYours):
        outgoing.sign(paper, head_of(AgencyFactory()), AT)


@pytest.mark.django_db(transaction=True)
def test_two_clerks_at_once_take_two_numbers_without_a_gap():
    chief = office_chief()
    papers = [signed(chief.agency, chief, f"Báo cáo {n}") for n in range(4)]

    def take(paper):
        try:
            outgoing.number(paper, chief, AT, dated_on=date(2026, 11, 16))
        finally:
            connection.close()

    threads = [Thread(target=take, args=[paper]) for paper in papers]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sorted(OutgoingPaper.objects.values_list("number", flat=True)) == [1, 2, 3, 4]


@pytest.mark.django_db
def test_the_register_says_first_what_waits_for_a_number(client):
    chief = office_chief()
    signed(chief.agency, chief)
    outgoing.number(signed(chief.agency, chief), chief, AT, dated_on=date(2026, 11, 16))
    client.force_login(chief.user)

    page = client.get("/papers/")

    assert (page.context["waiting"], page.context["total"]) == (1, 2)


@pytest.mark.django_db
def test_the_register_begins_with_what_waits_for_a_number(client):
    chief = office_chief()
    waiting = signed(chief.agency, chief)
    outgoing.number(signed(chief.agency, chief), chief, AT, dated_on=date(2026, 11, 16))
    client.force_login(chief.user)

    first = client.get(reverse("papers")).context["page"].object_list[0]

    assert first == waiting
