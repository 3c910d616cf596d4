"""The requester is told once that a consultation is over, with its result sheet (rule 6.8)."""

from datetime import timedelta

import pytest
from django.urls import reverse

from agencies.functions import Function
from agencies.models import Event, Notice
from consultations import closing, lifecycle
from consultations.closing import record_closed
from consultations.models import Consultation
from consultations.stances import Stance
from consultations.sweep import record_deemed
from tests.consultations.asking import ASKED, DUE, asked, found_silence_rule, line_of, replied
from tests.factories import AgencyFactory, OfficeFactory, PostFactory, actor_of, head_of
from tests.world import paper_file

pytestmark = pytest.mark.django_db

SWEPT = DUE + timedelta(minutes=5)


@pytest.fixture(autouse=True)
def office():
    return OfficeFactory()


@pytest.fixture
def asker():
    return head_of(AgencyFactory(name="Phòng Kinh tế và Hạ tầng"))


def told(actor, act: str) -> list[str]:
    """Where each notice of such an act leads that the person has in the application."""
    notices = Notice.objects.filter(person=actor.user, event__act=act, channel="app")
    return list(notices.values_list("url", flat=True))


def test_the_requester_is_told_once_with_the_result_sheet(commune, asker):
    """Rules 3.10, 6.8: however often the job runs."""
    asked(commune, by=asker)
    replied(line_of(commune), ASKED + timedelta(days=1))

    assert [record_closed(SWEPT), record_closed(SWEPT), record_closed(SWEPT)] == [1, 0, 0]

    code = Consultation.objects.get().code
    sheet = reverse("consultation_paper", args=[code, "result"])
    assert told(asker, "consultation.closed") == [sheet]


def test_a_telling_killed_half_way_leaves_whole_consultations(
    commune, other_commune, asker, monkeypatch
):
    """Rule 3.10: each batch is its own transaction; the next run does the rest."""
    for agency in (commune, other_commune):
        asked(agency, by=asker)
    owe_all = closing.owe_all

    def dies_on_the_second(owed):
        owe_all(owed)
        if Event.objects.filter(act="consultation.closed").count() == 2:
            raise SystemExit("killed")

    monkeypatch.setattr(closing, "BATCH", 1)
    monkeypatch.setattr(closing, "owe_all", dies_on_the_second)
    with pytest.raises(SystemExit):
        record_closed(SWEPT)
    monkeypatch.undo()

    assert len(told(asker, "consultation.closed")) == 1
    assert [record_closed(SWEPT), record_closed(SWEPT)] == [1, 0]
    assert len(told(asker, "consultation.closed")) == 2


def test_telling_of_many_asks_hardly_more_than_telling_of_one(
    commune, asker, django_assert_max_num_queries
):
    """Issue 6: an event each (with its savepoint); people, lines and messages are read at once."""
    for _each in range(5):
        asked(commune, by=asker)

    with django_assert_max_num_queries(13 + 3 * 5):
        assert record_closed(SWEPT) == 5


def test_nobody_is_told_before_the_margin(commune, asker):
    """Rule 6.4: two machines' clocks cannot quarrel."""
    asked(commune, by=asker)

    assert record_closed(SWEPT - timedelta(seconds=1)) == 0


def test_nobody_is_told_before_the_margin_of_a_line_with_a_deadline_of_its_own(commune, asker):
    """Rules 6.4, 6.6: a reply in time by the web server's clock is never left in a closed one."""
    asked(commune, by=asker)
    line = line_of(commune)
    replied(line, ASKED + timedelta(hours=1), Stance.INSUFFICIENT)
    lifecycle.supply(
        line, asker, lambda: ASKED + timedelta(days=2), text="Gửi bản đồ.", due="05 ngày làm việc"
    )
    line.refresh_from_db()

    assert record_closed(line.due_at + timedelta(seconds=1)) == 0
    replied(line, line.due_at - timedelta(seconds=1), Stance.RETURNED)
    assert record_closed(line.due_at + timedelta(minutes=5)) == 0
    lifecycle.drop(line, asker, lambda: line.due_at + timedelta(minutes=6), reason="Không cần")
    assert record_closed(line.due_at + timedelta(minutes=6)) == 1


def test_on_paper_it_is_over_by_the_margin_past_the_registers_day(commune, asker):
    """Rules 2.7, 6.4: no closing before the register was looked through."""
    asked(commune, by=asker, on_paper=True)
    until = line_of(commune).register_until

    assert record_closed(until + timedelta(minutes=4)) == 0
    assert record_closed(until + timedelta(minutes=5)) == 1
    assert Event.objects.get(act="consultation.closed").effective_at == until


def test_on_paper_a_second_paper_may_come_as_long_as_it_is_not_over(commune, asker):
    """Rule 2.7: what was told as the result is not changed by a paper entered the day after."""
    consultation = asked(commune, by=asker, on_paper=True)
    clerk = actor_of(PostFactory(function=Function.CLERK, agency=OfficeFactory()))
    enter(line_of(commune), clerk, "agreed", ASKED + timedelta(days=1))
    friday = DUE + timedelta(hours=9)

    assert not Consultation.objects.filter(pk=consultation.pk).closed(friday).exists()
    assert record_closed(friday) == 0
    enter(line_of(commune), clerk, "disagreed", friday)

    assert record_closed(line_of(commune).register_until + timedelta(minutes=5)) == 1


def enter(line, clerk, stance, at):
    questions = line.consultation.questions.all()
    lifecycle.enter_paper(
        line, clerk, lambda: at, received_at=min(at, DUE - timedelta(hours=8)),
        answers={one: (stance, "Chồng lấn.") for one in questions}, files=[paper_file("quet")],
    )  # fmt: skip


def test_a_job_three_days_late_dates_the_end_by_the_deadline(commune, asker):
    """Rule 3.10: it only delays messages."""
    asked(commune, by=asker)

    record_closed(DUE + timedelta(days=3))

    event = Event.objects.get(act="consultation.closed")
    assert (event.effective_at, event.recorded_at) == (DUE, DUE + timedelta(days=3))


def test_what_waits_for_the_requester_is_not_over(commune, asker):
    """Rule 6.7: every line past its deadline and settled."""
    asked(commune, by=asker)
    replied(line_of(commune), ASKED + timedelta(hours=2), Stance.RETURNED)
    assert record_closed(SWEPT) == 0

    lifecycle.drop(line_of(commune), asker, lambda: SWEPT, reason="Không cần")

    assert record_closed(SWEPT) == 1


def test_closing_early_is_told_at_once_and_withdrawing_is_not(commune, other_commune, asker):
    """Rule 6.7: a withdrawn consultation has no result."""
    early = asked(commune, by=asker)
    replied(line_of(commune), ASKED + timedelta(hours=1))
    lifecycle.close_early(early, asker, lambda: ASKED + timedelta(hours=2))
    taken_back = asked(other_commune, by=asker)
    lifecycle.withdraw(taken_back, asker, lambda: ASKED + timedelta(hours=2), reason="Sai đề")

    assert record_closed(ASKED + timedelta(hours=3)) == 1
    assert record_closed(SWEPT) == 0


def test_the_silent_agencys_head_is_told_at_once_and_once(commune, asker):
    """Issue point 4: by e-mail too, whatever the person chose."""
    found_silence_rule()
    chair = head_of(commune)
    asked(commune, by=asker)

    record_deemed(SWEPT)
    record_deemed(SWEPT)

    mine = Notice.objects.filter(person=chair.user, event__act="opinion.deemed_agreed")
    assert sorted(mine.values_list("channel", flat=True)) == ["app", "mail"]


def test_the_count_of_open_ones_looks_no_more_at_what_is_over(commune, asker):
    """Rules 3.9, 6.7: told or not it is over now, and at an earlier moment it was open."""
    asked(commune, by=asker)
    untold = Consultation.objects.open(SWEPT).exists()
    record_closed(SWEPT)

    after = SWEPT + timedelta(days=1)
    assert [Consultation.objects.open(at).exists() for at in (SWEPT, after)] == [untold, False]
    assert Consultation.objects.closed(after).exists()
    assert Consultation.objects.open(DUE - timedelta(days=1)).exists()
