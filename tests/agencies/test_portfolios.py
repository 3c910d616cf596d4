"""Leaders' portfolios give the default supervising leader (section 2, rule 5.1)."""

import pytest
from django.urls import reverse

from agencies.functions import Function
from agencies.models import Event, Notice
from agencies.portfolios import Portfolios, mark_of, share
from agencies.refusals import NotYours, Refused
from tests import factories as make

pytestmark = pytest.mark.django_db
AT = make.moment("2026-11-16")


@pytest.fixture
def vice(chair):
    return make.PostFactory(function=Function.LEADER, is_deputy=True, agency=chair.agency)


def shared(leader, actor, competences=(), agencies=(), mark=None):
    return share(
        leader, actor, AT, competences=competences, agencies=agencies,
        mark=mark or mark_of(leader),
    )  # fmt: skip


def test_a_new_task_is_supervised_by_whose_portfolio_has_its_competence(chair, vice):
    """Rule 5.1."""
    land = make.CompetenceFactory()
    shared(vice, chair, [land])

    assert make.assigned_task(competence=land).supervisor == vice
    assert make.assigned_task().supervisor == chair.post


def test_the_competence_goes_before_the_agency(chair, vice):
    land, agency = make.CompetenceFactory(), make.AgencyFactory()
    other = make.PostFactory(function=Function.LEADER, is_deputy=True, agency=chair.agency)
    shared(vice, chair, [], [agency])
    shared(other, chair, [land])

    assert make.assigned_task(agency, competence=land).supervisor == other
    assert make.assigned_task(agency).supervisor == vice


def test_gaps_and_overlaps_are_shown(chair, vice):
    land, finance = make.CompetenceFactory(), make.CompetenceFactory(code="tai-chinh")
    shared(vice, chair, [land])
    shared(chair.post, chair, [land])

    found = Portfolios(AT.date())

    assert found.free_competences == [finance]
    assert found.shared == [(land, [chair.post, vice])]


def test_the_change_is_an_event_and_the_leader_is_told(chair, vice):
    shared(vice, make.office_chief(), [make.CompetenceFactory()])

    event = Event.objects.of(vice).get()
    assert event.params["changes"] == [["competences", "", "Đất đai"]]
    assert Notice.objects.get(channel="app").person == vice.user


def test_a_vice_chair_does_not_write_his_own(chair, vice):
    for actor in (make.actor_of(vice), make.officer(), make.head_of(make.AgencyFactory())):
        with pytest.raises(NotYours):
            shared(vice, actor, [make.CompetenceFactory()])

    shared(vice, make.administrator(), [make.CompetenceFactory()])


def test_two_at_once_the_second_is_refused(chair, vice):
    """Rule 5.14."""
    seen = mark_of(vice)
    shared(vice, chair, [make.CompetenceFactory()])

    with pytest.raises(Refused):
        shared(vice, chair, [], mark=seen)


def test_nobody_but_a_leader_has_one(chair):
    with pytest.raises(Refused):
        shared(make.head_of(make.AgencyFactory()).post, chair)


def test_the_form_saves_it(client, chair, vice):
    land, agency = make.CompetenceFactory(), make.AgencyFactory()
    client.force_login(chair.user)
    typed = {"mark": mark_of(vice), "competences": [land.pk], "agencies": [agency.pk]}

    page = client.post(reverse("portfolio", args=[vice.pk]), typed, follow=True)

    assert page.status_code == 200
    assert [*vice.competences.all(), *vice.agencies.all()] == [land, agency]


def test_a_stale_form_is_refused_and_keeps_what_was_typed(client, chair, vice):
    land, seen = make.CompetenceFactory(), mark_of(vice)
    shared(vice, chair, [], [make.AgencyFactory()])
    client.force_login(chair.user)

    page = client.post(
        reverse("portfolio", args=[vice.pk]), {"mark": seen, "competences": [land.pk]}
    )

    assert page.status_code == 409
    assert page.context["form"]["competences"].value() == [str(land.pk)]


def test_the_page_costs_the_same_with_many(client, chair, django_assert_max_num_queries):
    for n in range(5):
        leader = make.PostFactory(function=Function.LEADER, is_deputy=True, agency=chair.agency)
        leader.competences.set([make.CompetenceFactory(code=f"linh-vuc-{n}")])
    client.force_login(chair.user)

    with django_assert_max_num_queries(24):
        assert client.get(reverse("portfolios")).status_code == 200
