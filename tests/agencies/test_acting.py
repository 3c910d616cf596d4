"""Who acts: posts with dates, deputies, delegations, several posts (rules 2.1, 2.2)."""

from datetime import date

import pytest
from django.apps import apps

from agencies.acting import Capacity, acting_choices, head_of, holders_of
from agencies.functions import Function
from agencies.models import Delegation
from tests.factories import (
    PostFactory,
    UserFactory,
    actor_of,
    administrator,
    chair,
    office_chief,
)

pytestmark = pytest.mark.django_db
DAY = date(2026, 11, 16)


def lend(from_post, to_post, *acts, until=date(2026, 12, 31)) -> Delegation:
    return Delegation.objects.create(
        from_post=from_post, to_post=to_post, acts=list(acts), starts_on=date(2026, 11, 1),
        ends_on=until, document_number="15/UQ-UBND",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("starts", "ends", "held"),
    [
        (date(2026, 11, 16), None, True),
        (date(2026, 11, 17), None, False),
        (date(2020, 1, 1), date(2026, 11, 16), True),
        (date(2020, 1, 1), date(2026, 11, 15), False),
    ],
    ids=["from today", "from tomorrow", "until today", "until yesterday"],
)
def test_who_was_head_on_the_day_counts(starts, ends, held):
    """Rule 2.1: a post has dates."""
    post = PostFactory(starts_on=starts, ends_on=ends)

    assert (head_of(post.agency, DAY) == post) is held


def test_a_person_with_several_posts_chooses_among_them():
    """Rule 2.1."""
    user = UserFactory()
    posts = {PostFactory(user=user), PostFactory(user=user)}

    assert {choice.post for choice in acting_choices(user, DAY)} == posts


def test_a_delegation_appears_as_a_post_and_carries_the_heads_functions():
    """Rule 2.1: authority lent for a period."""
    head = PostFactory()
    staff = PostFactory(function=Function.AGENCY_STAFF, agency=head.agency)
    lend(head, staff)

    _own, lent = acting_choices(staff.user, DAY)

    assert lent.heads_agency
    assert (lent.capacity, lent.authority) == (Capacity.AUTHORISED, head)


def test_a_delegation_ends_with_its_last_day():
    staff = PostFactory(function=Function.AGENCY_STAFF)
    lend(PostFactory(agency=staff.agency), staff, until=date(2026, 11, 15))

    assert len(acting_choices(staff.user, DAY)) == 1


def test_a_delegation_covers_only_the_kinds_of_acts_it_names():
    staff = PostFactory(function=Function.AGENCY_STAFF)
    lend(PostFactory(agency=staff.agency), staff, "opinion.")

    _own, lent = acting_choices(staff.user, DAY)

    assert lent.may_do("opinion.reply")
    assert not lent.may_do("task.report")


@pytest.mark.parametrize(
    ("fields", "capacity"),
    [
        ({}, Capacity.OWN),
        ({"is_deputy": True}, Capacity.DEPUTY),
        ({"is_acting": True}, Capacity.ACTING),
    ],
    ids=["head", "deputy signs KT.", "acting head signs Q."],
)
def test_the_capacity_follows_from_the_post(fields, capacity):
    """Rule 2.2."""
    assert actor_of(PostFactory(**fields)).capacity == capacity


def test_a_deputy_does_the_heads_acts_without_a_delegation():
    """Rule 2.1."""
    assert actor_of(PostFactory(is_deputy=True)).heads_agency


def test_a_function_nobody_holds_falls_to_the_chief_then_to_the_chair():
    """Rule 2.1."""
    the_chair = chair()
    assert holders_of(Function.OFFICER, DAY) == [the_chair.post]

    chief = office_chief()

    assert holders_of(Function.OFFICER, DAY) == [chief.post]


def test_a_person_whose_posts_have_ended_may_do_nothing():
    post = PostFactory(ends_on=date(2026, 11, 15))

    assert acting_choices(post.user, DAY) == []


def test_the_administrator_has_no_rows_of_the_own_agency():
    """Section 2: no power over content."""
    assert administrator().agency_id is None


OPEN_TO_ALL = {
    # Coded lists, parts of a thing that are reached through it, and the machinery.
    "Body", "AgencyKind", "AgencyGroup", "Competence", "AgencyCompetence", "User", "PostTitle",
    "Delegation", "CalendarDay", "Setting", "Heartbeat", "PaperSeries", "CodeCounter",
    "DirectiveKind", "Authority", "Addressee", "Citation", "Proposal", "Coordination", "StateRow",
    "DeadlineRow", "ClassificationRow", "ProgressUpdate", "CompletionReport", "Question",
    "TermsRow", "Reply", "Answer", "ReplyDraft", "NoticeChoice", "Extension", "Return",
    "DemandDeadline", "ReorganisationMove", "ChecklistItem", "ReturnCode", "DossierVersion",
    "DossierDraft", "DossierCheck", "DossierReturn", "DossierDecision", "DossierStateRow",
    "LetThrough", "PaperCheck", "PoorMark", "PoorContest", "QuestionContest", "ReturnContest",
    "Settlement", "Reconciliation", "Contribution", "Explanation", "ImportRow", "UrgedTask",
    "Statement", "StatementDraft", "Signature", "Sifting", "ReportRow", "InspectionMember",
    "Finding", "BriefingDecision", "Correction",
}  # fmt: skip


def test_every_model_with_rows_of_its_own_answers_who_may_see_them():
    """Rule 2.4: one queryset method per model."""
    floors = {"agencies", "tasks", "consultations", "reports"}
    silent = {
        model.__name__
        for model in apps.get_models()
        if model._meta.app_label in floors
        and not hasattr(model._default_manager, "visible_to")
        and not hasattr(model, "pgh_tracked_model")
    }

    assert sorted(silent - OPEN_TO_ALL) == []
