"""Who answers where a post has ended (rules 2.1, 5.1)."""

from datetime import date

import pytest

from agencies.functions import Function
from agencies.models import Competence
from agencies.succession import answered_by, in_post_on
from tests.factories import (
    AgencyFactory,
    CompetenceFactory,
    LeadersFactory,
    OfficeFactory,
    PostFactory,
)

pytestmark = pytest.mark.django_db
LAST_DAY, DAY = date(2026, 11, 14), date(2026, 11, 16)
STAFF, LEADER = Function.AGENCY_STAFF, Function.LEADER


def ended(**fields):
    return PostFactory(ends_on=LAST_DAY, **fields)


def follower(post, day=DAY):
    return in_post_on([post], day)[post.pk]


def test_a_post_that_is_held_answers_for_itself(django_assert_num_queries):
    post = PostFactory()

    with django_assert_num_queries(0):
        assert follower(post) == post


def test_the_new_head_answers_from_the_first_day_and_the_old_one_until_the_last():
    """Rule 2.1: who was head on the day counts."""
    old = ended()
    new = PostFactory(agency=old.agency, starts_on=date(2026, 11, 15))

    assert follower(old, LAST_DAY) == old
    assert follower(old, date(2026, 11, 15)) == new


def test_of_several_with_the_title_the_one_who_came_since_took_the_post_over():
    """Rule 5.1: the responsible person follows the post."""
    old = ended(function=STAFF)
    PostFactory(function=STAFF, agency=old.agency)
    new = PostFactory(function=STAFF, agency=old.agency, starts_on=date(2026, 11, 15))

    assert follower(old) == new


def test_the_only_other_with_the_title_takes_the_work_over():
    old = ended(function=STAFF)
    other = PostFactory(function=STAFF, agency=old.agency)

    assert follower(old) == other


def test_where_it_is_open_who_took_over_the_head_answers():
    old = ended(function=STAFF)
    PostFactory.create_batch(2, function=STAFF, agency=old.agency)
    head = PostFactory(agency=old.agency)

    assert follower(old) == head


def test_a_deputy_answers_while_there_is_no_head():
    old = ended()
    deputy = PostFactory(agency=old.agency, is_deputy=True)

    assert follower(old) == deputy


def test_nobody_answers_in_an_agency_that_everybody_left():
    assert follower(ended()) is None


def test_a_colleague_elsewhere_never_follows():
    old = ended()
    PostFactory(agency=AgencyFactory())

    assert follower(old) is None


def test_an_officer_whom_nobody_follows_leaves_the_work_to_the_chief():
    """Rule 2.1: a function nobody holds falls to the chief."""
    old = ended(function=Function.OFFICER, agency=OfficeFactory())
    chief = PostFactory(function=Function.OFFICE_CHIEF, agency=OfficeFactory())

    assert follower(old) == chief


def test_an_account_that_was_closed_is_like_a_post_that_ended():
    post = PostFactory(user__is_active=False)
    other = PostFactory(agency=post.agency)

    assert follower(post) == other


class TestLeaders:
    """A leader's work follows the title, else the portfolio, else it is the Chair's."""

    @pytest.fixture
    def chair(self):
        return PostFactory(function=LEADER, agency=LeadersFactory())

    @pytest.fixture
    def former(self):
        post = ended(function=LEADER, is_deputy=True, agency=LeadersFactory())
        post.competences.set([CompetenceFactory(), CompetenceFactory(code="tai-chinh")])
        return post

    def vice_chair(self, *codes, **fields):
        post = PostFactory(function=LEADER, is_deputy=True, agency=LeadersFactory(), **fields)
        post.competences.set(Competence.objects.filter(code__in=codes))
        return post

    def test_a_new_vice_chair_follows_the_old_one(self, chair, former):
        self.vice_chair("dat-dai", "tai-chinh")
        new = self.vice_chair(starts_on=date(2026, 11, 15))

        assert follower(former) == new

    def test_else_who_has_most_of_the_portfolio(self, chair, former):
        self.vice_chair("dat-dai")
        most = self.vice_chair("dat-dai", "tai-chinh")

        assert follower(former) == most

    def test_else_the_chair(self, chair, former):
        self.vice_chair()

        assert follower(former) == chair

    def test_a_new_chair_follows_the_old_one(self, former):
        old = ended(function=LEADER, agency=LeadersFactory())
        new = PostFactory(
            function=LEADER, agency=LeadersFactory(), starts_on=date(2026, 11, 10), is_acting=True
        )

        assert follower(old) == new


def test_an_actor_answers_for_the_posts_it_follows():
    old = ended()
    new = PostFactory(agency=old.agency, starts_on=date(2026, 11, 15))
    PostFactory(agency=old.agency, function=STAFF)

    assert answered_by(new, DAY) == {old.pk, new.pk}


def test_the_number_of_queries_does_not_grow(django_assert_max_num_queries):
    posts = [ended() for _n in range(5)]
    for post in posts:
        PostFactory(agency=post.agency)

    with django_assert_max_num_queries(2):
        assert None not in in_post_on(posts, DAY).values()
