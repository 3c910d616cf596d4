"""Nobody handles a case about himself or his own agency: it goes to the next (2.1, 2.3, 2.4)."""

import pytest

from agencies.acting import Actor
from agencies.functions import Function
from agencies.models import Agency, Delegation, Post
from agencies.refusals import NotYours
from reports.cases import lifecycle
from reports.cases.people import signers
from reports.models import AccountabilityCase
from tests.factories import AgencyFactory, OfficeFactory, PostFactory, actor_of
from tests.reports.cases.district import (
    ASKED,
    SIGNED,
    STATED,
    STATEMENT_DUE_ON,
    TERM_ENDED,
    district,
    drafted,
    refreshed,
    stated,
    titled,
)

pytestmark = pytest.mark.django_db


def sees(actor, case) -> bool:
    return AccountabilityCase.objects.visible_to(actor).filter(pk=case.pk).exists()


def actor_on(actor, at) -> Actor:
    return Actor(actor.user, actor.post, None, at.date())


def about_internal_affairs():
    """A case about internal affairs itself; its head is the head concerned."""
    place = district()
    place.late = place["internal affairs"].agency
    place.people["head concerned"] = place["internal affairs"]
    return place, drafted(place)


def about_the_office():
    place = district()
    place.late = place["chief"].agency
    place.people["head concerned"] = place["chief"]
    return place, drafted(place)


def test_a_case_about_internal_affairs_is_the_chiefs_alone():
    """Rule 2.1: its signature falls to the chief, who signs once for both."""
    place, case = about_internal_affairs()
    assert not sees(place["internal affairs"], case)

    case = lifecycle.ask_statement(
        case, place["chief"], ASKED, due_on=STATEMENT_DUE_ON, summary="Chậm."
    )
    assert sees(place["internal affairs"], case)  # as the head concerned
    lifecycle.state_side(case, place["internal affairs"], STATED, text="Xin giải trình.")
    case = lifecycle.sign(refreshed(case), place["chief"], SIGNED, measure="remind")

    assert case.signed_at == SIGNED
    assert {one.role for one in case.signatures.all()} == {"chief", "internal_affairs"}


def test_the_head_concerned_signs_nothing_about_himself():
    place, case = about_internal_affairs()
    case = lifecycle.ask_statement(
        case, place["chief"], ASKED, due_on=STATEMENT_DUE_ON, summary="Chậm."
    )
    lifecycle.state_side(case, place["internal affairs"], STATED, text="Xin giải trình.")

    with pytest.raises(NotYours):
        lifecycle.sign(refreshed(case), place["internal affairs"], SIGNED, measure="none")


def test_a_case_about_the_office_is_internal_affairs():
    """Rule 2.3: what the chief would sign falls to the Chair, who decides anyway."""
    place, case = about_the_office()

    assert not sees(place["chief"], case)
    assert list(signers(case, ASKED)) == ["internal_affairs"]


def test_a_case_nobody_else_handles_falls_to_the_chair():
    """Rule 2.1: no head of internal affairs that day, and the chief is concerned."""
    place, case = about_the_office()
    Post.objects.filter(pk=place["internal affairs"].post.pk).update(ends_on="2026-10-01")

    assert sees(place["chair"], case)
    lifecycle.ask_statement(case, place["chair"], ASKED, due_on=STATEMENT_DUE_ON, summary="Chậm.")
    assert refreshed(case).signatures_due_at == refreshed(case).statement_due_at


def test_a_second_post_in_the_agency_keeps_one_away():
    """Rule 2.4: who holds any post in the agency concerned stands aside."""
    place = district()
    case = drafted(place)
    PostFactory(user=place["inspector"].user, agency=place.late, function=Function.AGENCY_STAFF)

    assert not sees(place["inspector"], case)


def test_a_successor_of_the_head_concerned_sees_nothing():
    """Rules 2.1, 2.4: who was head on the day, by name."""
    place = district()
    case = stated(place)
    successor = actor_of(PostFactory(agency=place.late))

    assert sees(place["head concerned"], case)
    assert not sees(successor, case)


def test_authority_lent_shows_no_case():
    """Rule 2.4: by name; whoever acts for the chief, internal affairs or the head sees none."""
    place = district()
    case = stated(place)
    for role in ("chief", "internal affairs", "head concerned"):
        lent = Delegation.objects.create(
            from_post=place[role].post, to_post=place["another head"].post, document_number="1",
            starts_on="2026-11-01", ends_on="2026-11-30",
        )  # fmt: skip
        assert not sees(place["another head"].under(lent), case), role


def test_a_signature_after_its_term_is_still_taken():
    """Rule 9.1: a missing one is noted and holds nothing up; given later it stands beside."""
    place = district()
    case = stated(place)
    late = actor_on(place["chief"], TERM_ENDED)

    case = lifecycle.sign(case, late, TERM_ENDED, measure="remind")

    assert [one.role for one in case.signatures.all()] == ["chief"]
    assert case.standing(TERM_ENDED) == "before_chair"


def test_a_vacant_chief_leaves_internal_affairs_signature_alone():
    place = district()
    case = stated(place)
    chiefs = Post.objects.with_function(Function.OFFICE_CHIEF)
    chiefs.filter(title__is_deputy=False).update(ends_on="2026-11-05")

    case = lifecycle.sign(case, place["internal affairs"], SIGNED, measure="remind")

    assert case.signed_at == SIGNED


def test_another_agencys_head_of_that_name_is_no_handler():
    """A person is a handler by the function held, not by the agency's name."""
    place = district()
    case = drafted(place)
    OfficeFactory()
    namesake = titled("Phó", Function.AGENCY_HEAD, Agency.objects.get(code="noi-vu"))
    other = titled("Giám đốc", Function.AGENCY_HEAD, AgencyFactory(name="Phòng Nội vụ 2"))

    assert not sees(namesake, case)
    assert not sees(other, case)
