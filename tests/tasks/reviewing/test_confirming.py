"""An agency goes through its list and confirms it (rule 5.13)."""

from datetime import date

import pytest

from agencies.models import AlreadyDone, Event, Notice
from agencies.refusals import NotYours, Refused
from tasks import lifecycle
from tasks.models import CampaignMark
from tasks.reviewing import confirming, opening
from tests import factories as make

AT, LATE = make.moment("2026-11-12"), make.moment("2026-11-23")


@pytest.fixture
def codes(tasks) -> list[str]:
    return [task.code for task in tasks[:2]]


def marked(entry, actor, task, **facts) -> CampaignMark:
    facts = {"kind": "wrong_deadline", "text": "Văn bản ghi 30/11.", "due_on": date(2026, 11, 30)}
    return confirming.mark(entry, actor, AT, task=task, **facts)


def test_the_list_is_the_open_tasks_the_agency_leads(entry, tasks, codes):
    """Coordinated ones stand apart."""
    assert [task.code for task in confirming.tasks_to_review(entry)] == codes
    assert list(confirming.tasks_helped(entry)) == [tasks[2]]


def test_the_head_confirms_and_the_list_is_frozen(entry, office, tasks, codes):
    """Rule 5.13: what was confirmed reads the same after the task changed."""
    confirming.confirm(entry, office.head, AT, right=codes, note="Đủ.")

    lifecycle.accept(tasks[0], office.head, LATE)
    entry.refresh_from_db()
    assert [(row["code"], row["state"]) for row in entry.listed] == [
        (codes[0], "assigned"), (codes[1], "assigned"),
    ]  # fmt: skip
    assert (entry.confirmed_at, entry.confirmed_by, entry.note) == (AT, office.head.post, "Đủ.")


def test_who_prepared_and_opened_it_is_told(entry, office, codes):
    """Rule 10.1: in the digest, as it asks nothing of them."""
    confirming.confirm(entry, office.head, AT, right=codes)

    told = Notice.objects.filter(event__act="campaign.confirmed")
    assert {(n.person, n.delivery) for n in told} == {
        (office.officer.user, "digest"), (office.chief.user, "digest"),
    }  # fmt: skip


def test_each_task_is_found_right_or_marked(entry, office, tasks, codes):
    with pytest.raises(Refused) as refused:
        confirming.confirm(entry, office.head, AT, right=codes[:1])

    assert codes[1] in str(refused.value.message)


def test_a_marked_task_needs_no_tick(entry, office, tasks, codes):
    marked(entry, office.staff, tasks[0])

    confirming.confirm(entry, office.head, AT, right=codes[1:])

    entry.refresh_from_db()
    assert [row["marks"] for row in entry.listed] == [["wrong_deadline"], []]


def test_a_task_given_meanwhile_is_not_confirmed_unseen(entry, office, codes):
    """Rule 5.14: the list as it is now, not as the page was drawn."""
    make.assigned_task(office.land, AT, actor=office.chief)

    with pytest.raises(Refused):
        confirming.confirm(entry, office.head, AT, right=codes)


def test_staff_prepare_but_do_not_confirm(entry, office, tasks, codes):
    """Domain 2: drafts of official acts, never the official act."""
    confirming.keep_checks(entry, office.staff, right=codes[:1], was=[])
    marked(entry, office.staff, tasks[1])

    with pytest.raises(NotYours):
        confirming.confirm(entry, office.staff, AT)

    confirming.confirm(entry, office.head, AT)


def test_ticks_of_two_people_at_once_are_both_kept(entry, office, codes):
    """Rule 5.14: each page knew only its own."""
    confirming.keep_checks(entry, office.staff, right=codes[:1], was=[])

    kept = confirming.keep_checks(entry, office.head, right=codes[1:], was=[])

    assert set(kept.checked) == set(codes)


def test_a_tick_taken_back_is_gone(entry, office, codes):
    confirming.keep_checks(entry, office.staff, right=codes, was=[])

    kept = confirming.keep_checks(entry, office.staff, right=codes[:1], was=codes)

    assert kept.checked == codes[:1]


def test_only_tasks_of_the_list_are_ticked(entry, office, tasks):
    kept = confirming.keep_checks(entry, office.staff, right=[tasks[2].code, "NV-1"], was=[])

    assert kept.checked == []


def test_a_list_is_confirmed_once(entry, office, codes):
    confirming.confirm(entry, office.head, AT, right=codes)

    with pytest.raises(AlreadyDone):
        confirming.confirm(entry, office.head, LATE, right=codes)

    assert Event.objects.filter(act__startswith="campaign.confirmed").count() == 1


def test_after_the_day_it_is_accepted_and_shown_late(entry, office, codes):
    """Rule 5.13."""
    late = confirming.confirm(entry, office.head, LATE, right=codes)

    assert late.is_late
    assert Event.objects.filter(act="campaign.confirmed_late").exists()


def test_after_the_campaign_is_closed_it_is_refused(campaign, entry, office, codes):
    opening.close_campaign(campaign, office.chief, AT)

    with pytest.raises(Refused):
        confirming.confirm(entry, office.head, LATE, right=codes)


def test_an_empty_list_is_confirmed_too(campaign, office):
    agency = make.AgencyFactory()
    empty = campaign.entries.create(agency=agency)

    confirming.confirm(empty, make.head_of(agency), AT)

    empty.refresh_from_db()
    assert empty.listed == []


@pytest.mark.parametrize(
    ("kind", "facts", "field"),
    [
        ("wrong_lead", {"lead": "own"}, "lead"),
        ("wrong_wording", {"title": "as it is", "wording": "as it is"}, "title"),
        ("doubled", {"same_as": "itself"}, "same_as"),
        ("wrong_deadline", {"due_on": date(2026, 11, 30), "text": " "}, "text"),
    ],
    ids=["the own agency leads", "the same words", "its own double", "no reason"],
)
def test_a_mark_that_proposes_nothing_is_refused(entry, office, tasks, kind, facts, field):
    task = tasks[0]
    meant = {"own": office.land, "itself": task}
    if kind == "wrong_wording":
        facts = {"title": task.title, "wording": task.text}
    facts = {name: meant.get(value, value) for name, value in facts.items()}

    with pytest.raises(Refused) as refused:
        confirming.mark(entry, office.head, AT, kind=kind, task=task, **({"text": "Sai."} | facts))

    assert refused.value.field == field


def test_one_thing_is_marked_once(entry, office, tasks):
    """Rule 5.14: the second is told."""
    marked(entry, office.staff, tasks[0])

    with pytest.raises(Refused):
        marked(entry, office.head, tasks[0])


def test_a_mark_takes_the_tick_away(entry, office, tasks, codes):
    confirming.keep_checks(entry, office.staff, right=codes, was=[])

    marked(entry, office.staff, tasks[0])

    entry.refresh_from_db()
    assert entry.checked == codes[1:]


def test_a_mark_is_taken_back_before_the_confirmation(entry, office, tasks):
    made = marked(entry, office.staff, tasks[0])

    confirming.unmark(entry, office.head, made=made.pk)

    assert not entry.marks.exists()


def test_marks_are_the_agencys_own_until_its_head_confirms(entry, office, tasks, codes):
    """Rule 2: drafts; not even the Office reads them."""
    marked(entry, office.staff, tasks[0])
    before = CampaignMark.objects.visible_to(office.chief).count()

    confirming.confirm(entry, office.head, AT, right=codes[1:])

    assert (before, CampaignMark.objects.visible_to(office.chief).count()) == (0, 1)
    assert not CampaignMark.objects.visible_to(office.other_head).exists()


def test_another_agencys_task_is_not_marked(entry, office, tasks):
    with pytest.raises(Refused):
        marked(entry, office.head, tasks[2])
