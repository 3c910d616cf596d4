"""A head lends authority in writing, for a period and kinds of acts (rule 2.2)."""

from datetime import date, timedelta

import pytest
from django.urls import reverse

from agencies.act_kinds import act_kinds_of, words_for
from agencies.acting import Actor, acting_choices
from agencies.delegating import end, give, may_give, receivers
from agencies.functions import Function
from agencies.models import Delegation, Event, Notice
from agencies.refusals import NotYours, Refused
from tests import factories as make

pytestmark = pytest.mark.django_db
AT, DAY = make.moment("2026-11-16"), date(2026, 11, 16)


@pytest.fixture
def head():
    return make.head_of(make.AgencyFactory())


@pytest.fixture
def staff(head):
    return make.staff_of(head.agency)


def lend(actor, to, *codes, **fields) -> Delegation:
    kinds = [k for k in act_kinds_of(actor.functions) if k.code in (codes or ("answer",))]
    facts = {
        "to_post": to.post,
        "kinds": kinds,
        "starts_on": DAY,
        "ends_on": date(2026, 12, 31),
        "document_number": "15/UQ-TNMT",
    }
    return give(actor, AT, **(facts | fields))


def test_the_receiver_acts_under_it_from_its_first_day(head, staff):
    lend(head, staff, starts_on=date(2026, 11, 18))

    assert len(acting_choices(staff.user, date(2026, 11, 17))) == 1
    _own, lent = acting_choices(staff.user, date(2026, 11, 18))
    assert lent.may_do("opinion.reply")
    assert not lent.may_do("task.report")


def test_it_is_an_event_and_the_receiver_is_told(head, staff):
    lent = lend(head, staff)

    event = Event.objects.of(lent).get()
    assert (event.act, event.post) == ("delegation.given", head.post)
    assert Notice.objects.get(channel="app").person == staff.user
    assert Notice.objects.visible_to(staff).exists()


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"starts_on": date(2026, 11, 15)}, "starts_on"),
        ({"ends_on": date(2026, 11, 15)}, "ends_on"),
        ({"kinds": []}, "kinds"),
        ({"document_number": " "}, "document_number"),
    ],
    ids=["back-dated", "ends before it begins", "no kind", "no number"],
)
def test_what_is_not_in_writing_is_refused(head, staff, fields, field):
    with pytest.raises(Refused) as refused:
        lend(head, staff, **fields)

    assert refused.value.field == field


def test_a_kind_the_own_post_does_not_carry_is_refused(head, staff):
    chiefs = [k for k in act_kinds_of([Function.OFFICE_CHIEF]) if k.code == "verify"]

    with pytest.raises(Refused):
        lend(head, staff, kinds=chiefs)


def test_nobody_lends_what_was_lent_to_him(head, staff):
    """Rule 2.2."""
    lent = lend(head, staff)
    delegate = Actor(staff.user, staff.post, lent, DAY)

    assert not may_give(delegate)
    with pytest.raises(NotYours):
        lend(delegate, make.staff_of(head.agency))


def test_a_deputy_and_staff_lend_nothing(head, staff):
    assert not may_give(staff)
    assert not may_give(make.head_of(head.agency, is_deputy=True))


def test_a_head_authorises_within_the_own_agency_only(head, staff):
    other = make.head_of(make.AgencyFactory())

    assert list(receivers(head, DAY)) == [staff.post]
    with pytest.raises(Refused):
        lend(head, other)


def test_a_leader_authorises_heads_of_subordinate_agencies(head, staff):
    """Rule 2.2: to a subordinate unit's head (Decree 30/2020 art. 13.3)."""
    chair, deputy = make.chair(), make.head_of(head.agency, is_deputy=True)

    found = set(receivers(chair, DAY))

    assert head.post in found
    assert not {staff.post, deputy.post, chair.post} & found


def test_two_may_overlap(head, staff):
    lend(head, staff, "answer")
    lend(head, staff, "work")

    assert len(acting_choices(staff.user, DAY)) == 3


def test_ended_early_it_is_gone_at_once_and_what_was_done_stays(head, staff):
    """Rule 2.2: never back-dated."""
    lent = lend(head, staff)

    ended = end(lent, head, AT + timedelta(days=3))

    assert len(acting_choices(staff.user, date(2026, 11, 18))) == 2
    assert len(acting_choices(staff.user, date(2026, 11, 19))) == 1
    assert ended.ends_on == date(2026, 12, 31)
    with pytest.raises(Refused):
        end(lent, head, AT + timedelta(days=4))


def test_one_that_has_not_begun_can_be_taken_back(head, staff):
    lent = lend(head, staff, starts_on=date(2026, 12, 1))

    end(lent, head, AT)

    assert len(acting_choices(staff.user, date(2026, 12, 1))) == 1


def test_the_receiver_does_not_end_it(head, staff):
    lent = lend(head, staff)

    with pytest.raises(NotYours):
        end(lent, Actor(staff.user, staff.post, lent, DAY), AT)


def test_it_lapses_with_the_post_that_gave_it(head, staff):
    """Rule 2.1: a post has dates."""
    lend(head, staff)
    head.post.ends_on = DAY
    head.post.save()

    assert len(acting_choices(staff.user, DAY + timedelta(days=1))) == 1


def test_an_agency_sees_its_own_and_the_office_all(head, staff):
    """Rule 2.4."""
    lend(head, staff)
    other = make.head_of(make.AgencyFactory())
    actors = (head, staff, other, make.office_chief(), make.administrator())

    seen = [Delegation.objects.visible_to(actor).count() for actor in actors]

    assert seen == [1, 1, 0, 1, 0]


def test_kinds_are_shown_in_words_and_an_unknown_beginning_as_it_is():
    assert words_for(["opinion."]) == [str(k.label) for k in act_kinds_of([Function.AGENCY_HEAD])
                                       if k.code == "answer"]  # fmt: skip
    assert words_for(["opinion.", "strange."])[-1] == "strange."
    assert len(words_for([])) == 1


def test_the_form_lends_and_the_list_shows_it(client, head, staff):
    client.force_login(head.user)
    today = date.today()
    typed = {
        "to_post": staff.post.pk, "kinds": ["work", "answer"], "starts_on": today.isoformat(),
        "ends_on": (today + timedelta(days=9)).isoformat(), "document_number": "15/UQ-TNMT",
    }  # fmt: skip

    page = client.post(reverse("delegation_new"), typed, follow=True).content.decode()

    lent = Delegation.objects.get()
    assert {"task.report", "opinion."} <= set(lent.acts)
    assert "15/UQ-TNMT" in page
    client.post(reverse("delegation_end", args=[lent.pk]))
    lent.refresh_from_db()
    assert lent.ended_at is not None


def test_what_was_typed_wrongly_stays_in_the_form(client, head, staff):
    client.force_login(head.user)

    page = client.post(
        reverse("delegation_new"), {"document_number": "15/UQ-TNMT", "to_post": staff.post.pk}
    )

    assert page.status_code == 400
    assert "15/UQ-TNMT" in page.content.decode()


def test_a_back_dated_one_is_refused_beside_its_day(client, head, staff):
    client.force_login(head.user)
    typed = {
        "to_post": staff.post.pk, "kinds": ["work"], "starts_on": "2026-01-05",
        "ends_on": "2026-12-31", "document_number": "15/UQ-TNMT",
    }  # fmt: skip

    page = client.post(reverse("delegation_new"), typed)

    assert page.status_code == 409
    assert page.context["form"].errors.keys() == {"starts_on"}


def test_the_list_costs_the_same_with_many(client, head, django_assert_max_num_queries):
    for _n in range(6):
        lend(head, make.staff_of(head.agency))
    client.force_login(head.user)

    with django_assert_max_num_queries(20):
        client.get(reverse("delegations"))
