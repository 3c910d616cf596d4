"""Signing, numbering, issuing, and what follows (rules 2.2, 2.3, 2.8, 8.1, 8.2)."""

import pytest

from agencies import outgoing
from agencies.models import Attachment, Event, Notice, OutgoingPaper
from agencies.refusals import NotYours, Refused
from reports.reminders import Reminding
from tasks import lifecycle
from tasks.models import Task, Urging
from tasks.urging import issuing, preparing
from tasks.urging.listing import as_they_stood, urgings_of
from tests import factories as make
from tests.tasks.urging.conftest import NOW, overdue


def drafted(late, *tasks, at=NOW) -> Urging:
    (urging,) = preparing.draft([task.pk for task in tasks], late.officer, at)
    return urging


def issued(late, *tasks, at=NOW) -> Urging:
    return issuing.issue(drafted(late, *tasks, at=at), late.chief, at)


def test_the_chief_signs_numbers_and_issues_in_one_act(late):
    """Rule 2.8: signed by order of the Chair, with the next number of the letters' series."""
    urging = issued(late, late.first)

    paper = urging.paper
    assert (urging.state, paper.state, paper.symbol) == ("issued", "issued", "01/UBND-VP")
    assert (paper.capacity, paper.signed_by) == ("TL.", late.chief.post)
    assert urging.issued_at == paper.issued_at == NOW


def test_the_clerk_numbers_and_issues_what_was_signed(late):
    """Rule 2.8; what follows does not ask where the paper was issued."""
    urging = issuing.sign(drafted(late, late.first), late.chief, NOW)
    assert Notice.objects.filter(person=late.clerk.user, event__act="urging.signed").exists()

    paper = outgoing.number(urging.paper, late.clerk, NOW, dated_on=NOW.date())
    outgoing.issue(paper, late.clerk, NOW)

    urging.refresh_from_db()
    assert urging.issued_at == NOW
    assert Event.objects.of(late.first).filter(act="task.urged").count() == 1


def test_a_leader_signs_for_the_committee_and_leaves_the_number_to_the_clerk(late):
    """Rule 2.2: TM."""
    urging = issuing.sign(drafted(late, late.first), late.chair, NOW)

    assert urging.paper.capacity == "TM."
    with pytest.raises(NotYours):
        issuing.issue(urging, late.chair, NOW)


def test_the_offices_own_urging_is_signed_by_a_leader(late):
    """Rule 2.3."""
    urging = drafted(late, overdue(late.office))

    with pytest.raises(NotYours):
        issuing.issue(urging, late.chief, NOW)
    assert issuing.sign(urging, late.chair, NOW).paper.signed_by == late.chair.post


def test_numbers_follow_each_other_without_a_gap(late):
    """Rules 2.8, 8.2: one refused takes no number."""
    urgings = preparing.draft([late.first.pk, late.third.pk], late.officer, NOW)
    refused = drafted(late, overdue(late.office))

    outcomes = issuing.issue_each([urgings[0], refused, urgings[1]], late.chief, NOW, versions={})

    assert [bool(one.refusal) for one in outcomes] == [False, True, False]
    assert list(OutgoingPaper.objects.order_by("number").values_list("number", flat=True)) == [1, 2]


def test_a_form_posted_twice_issues_once(late):
    urging, chief = drafted(late, late.first), late.chief.with_form_key("form-9")

    issuing.issue_each([urging], chief, NOW, versions={})
    again = issuing.issue_each([urging], chief, NOW, versions={})

    assert again[0].was_done_before
    assert OutgoingPaper.objects.count() == 1


def test_a_text_changed_since_it_was_read_is_not_signed(late):
    """Rule 5.14."""
    urging = drafted(late, late.first)
    preparing.renew(urging, late.officer, NOW)

    with pytest.raises(Refused):
        issuing.issue(urging, late.chief, NOW, version=urging.version)


def test_a_letter_whose_day_to_report_has_passed_is_neither_signed_nor_issued(late):
    """Rule 8.2: nobody is asked to report by a day that is gone."""
    urging = drafted(late, late.first)

    for act in (issuing.sign, issuing.issue):
        with pytest.raises(Refused):
            act(urging, late.chief, urging.answer_by_at)


def test_a_signed_letter_overtaken_by_its_day_gets_no_number(late):
    """Rule 8.2, in the register as well as by the chief."""
    urging = issuing.sign(drafted(late, late.first), late.chief, NOW)
    after = urging.answer_by_at

    with pytest.raises(Refused):
        outgoing.number(urging.paper, late.clerk, after, dated_on=after.date())
    with pytest.raises(Refused):
        issuing.issue(urging, late.chief, after)


def test_a_numbered_letter_about_a_task_reported_since_does_not_go_out(late):
    """Rule 8.2: what was done is never urged."""
    urging = issuing.sign(drafted(late, late.first), late.chief, NOW)
    paper = outgoing.number(urging.paper, late.clerk, NOW, dated_on=NOW.date())
    lifecycle.report(late.first, late.head, NOW, result="Xong.", document_number="2/BC")

    with pytest.raises(Refused):
        outgoing.issue(paper, late.clerk, NOW)

    assert not Event.objects.of(late.first).filter(act="task.urged").exists()


def test_a_signature_taken_back_makes_the_letter_a_draft_again(late):
    """Rule 2.8: the paper stays in the register, withdrawn, with the number it took."""
    urging = issuing.sign(drafted(late, late.first), late.chief, NOW)
    outgoing.number(urging.paper, late.clerk, NOW, dated_on=NOW.date())

    draft = issuing.withdraw(urging, late.chief, NOW)
    again = issuing.issue(preparing.renew(draft, late.officer, NOW), late.chief, NOW)

    assert (draft.state, again.paper.symbol) == ("draft", "02/UBND-VP")
    kept = OutgoingPaper.objects.get(number=1)
    assert (kept.state, kept.withdrawn_at) == ("withdrawn", NOW)


def test_a_withdrawn_letter_can_be_thrown_away_and_the_agency_urged_anew(late):
    urging = issuing.sign(drafted(late, late.first), late.chief, NOW)

    preparing.drop(issuing.withdraw(urging, late.chief, NOW), late.officer, NOW)

    assert drafted(late, late.first).state == "draft"


def test_the_clerk_and_who_drafted_it_are_told_of_a_signature_taken_back(late):
    """Rule 10.1."""
    urging = issuing.sign(drafted(late, late.first), late.chief, NOW)

    issuing.withdraw(urging, late.chief, NOW)

    told = Notice.objects.filter(event__act="urging.withdrawn", channel="app")
    assert set(told.values_list("person", flat=True)) == {late.clerk.user.pk, late.officer.user.pk}


def test_a_leaders_signature_is_taken_back_by_a_leader_only(late):
    """Rule 2.2."""
    urging = issuing.sign(drafted(late, late.first), late.chair, NOW)

    with pytest.raises(NotYours):
        issuing.withdraw(urging, late.chief, NOW)
    assert issuing.withdraw(urging, late.chair, NOW).state == "draft"


def test_a_past_list_shows_a_signature_taken_back_since(late):
    """Rule 8.9."""
    urging = issuing.sign(drafted(late, late.first), late.chief, NOW)
    issuing.withdraw(urging, late.chief, make.moment("2026-11-27"))

    then = {
        day: as_they_stood(list(urgings_of(late.chief, make.moment(day, 23))))[0].state
        for day in ("2026-11-26", "2026-11-27")
    }

    assert then == {"2026-11-26": "signed", "2026-11-27": "draft"}


def test_the_head_is_told_at_once_and_the_letter_is_kept_as_it_went_out(late):
    urging = issued(late, late.first)

    told = Notice.objects.filter(person=late.head.user, event__act="urging.issued")
    assert set(told.values_list("channel", "kind")) == {("app", "urged"), ("mail", "urged")}
    assert Attachment.objects.of(urging).get().name.endswith(".docx")


def test_each_task_says_how_often_and_when_it_was_urged(late):
    issued(late, late.first, late.second)
    issued(late, late.first, at=make.moment("2026-12-07"))

    rows = Task.objects.with_urgings(make.moment("2026-12-08")).order_by("pk")
    urged = {task.title: (task.times_urged, task.last_urged_at) for task in rows}

    assert urged[late.first.title] == (2, make.moment("2026-12-07"))
    assert urged[late.second.title] == (1, NOW)
    assert urged[late.third.title] == (0, None)


def test_how_often_is_told_as_of_any_instant(late):
    """Rule 8.9."""
    issued(late, late.first)

    rows = Task.objects.with_urgings(make.moment("2026-11-25"))

    assert rows.get(pk=late.first.pk).times_urged == 0


def test_the_second_and_third_urging_say_so_and_count_issued_ones_only(late):
    """Rule 8.2."""
    issued(late, late.first)
    preparing.drop(drafted(late, late.first), late.officer, NOW)

    second = drafted(late, late.first, late.second, at=make.moment("2026-12-07"))

    assert second.ordinal == 2
    assert "tiếp theo Công văn số 01/UBND-VP ngày 26/11/2026" in second.basis
    assert "lần đôn đốc thứ 2" in second.finding


def test_an_urging_begins_the_reminders_anew(late):
    """Rule 8.1: told again once, then each week from the urging on."""
    given = occasions(late, NOW)
    issued(late, late.first)

    next_day, fourth, week = (make.moment(f"2026-{day}") for day in ("11-27", "11-30", "12-03"))
    assert occasions(late, next_day).isdisjoint(given)
    assert occasions(late, next_day) == occasions(late, fourth)
    assert occasions(late, week).isdisjoint(occasions(late, fourth))


def occasions(late, at) -> set[str]:
    return {one.occasion for one in Reminding(at).all() if one.thing == late.first}
