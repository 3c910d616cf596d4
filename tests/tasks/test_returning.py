"""Returns and changes of lead: nobody shifts work sideways, nothing is lost on the way (5.3)."""

from datetime import date

import pytest
import time_machine

from agencies.models import AgencyCompetence, Event, Notice, Setting
from agencies.refusals import NotYours, Refused
from tasks import lifecycle
from tasks.acts import Situation
from tasks.effects import effect
from tasks.judgement import Judgement
from tasks.models import Coordination, Extension, Task
from tasks.states import Plea, State
from tasks.timeliness import Timeliness
from tests import factories as make

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]
TUE, WED, FRI = (make.moment(f"2026-11-{day}") for day in ("03", "04", "06"))
MON = make.moment("2026-11-09")
DUE = make.moment("2026-11-17", 0)
PAST = make.moment("2026-11-18")


@pytest.fixture
def other():
    """The agency whose work it is, with its head."""
    return make.head_of(make.AgencyFactory(code="phong-ktht"))


@pytest.fixture
def handed_back(task, head, other):
    return lifecycle.hand_back(
        task, head, TUE, reason="Thuộc lĩnh vực xây dựng.", suggested=other.agency
    )


def judged(task, at) -> Timeliness:
    return Judgement.at(at).of(task)


def acts_of(task) -> list[str]:
    return list(Event.objects.of(task).values_list("act", flat=True))


def case_of(task, actor, at) -> Situation:
    return Situation(Task.objects.for_acts().get(pk=task.pk), actor, at)


def told(act: str) -> set:
    return {notice.person for notice in Notice.objects.filter(event__act=act, channel="mail")}


# Asking ---------------------------------------------------------------------------------------


def test_handing_back_asks_the_chief(handed_back, chief, other) -> None:
    """Rule 5.3: with a reason; the chief decides, nothing moves by itself."""
    asked = handed_back.returns.get()

    assert (handed_back.state, handed_back.plea) == (State.ASSIGNED, Plea.RETURN)
    assert (asked.suggested, asked.asked_at, asked.due_at) == (other.agency, TUE, DUE)
    assert told("task.handed_back") == {chief.user}


def test_handing_back_needs_a_reason(task, head) -> None:
    """Rule 5.3: with a reason."""
    with pytest.raises(Refused) as refused:
        lifecycle.hand_back(task, head, TUE, reason=" ")

    assert refused.value.field == "reason"


def test_an_agency_never_names_itself(task, head) -> None:
    """Rule 5.3: the suggestion is another agency."""
    with pytest.raises(Refused) as refused:
        lifecycle.hand_back(task, head, TUE, reason="Không đúng.", suggested=head.agency)

    assert refused.value.field == "suggested"


@pytest.mark.parametrize(
    ("asked_at", "act"),
    [
        (make.moment("2026-11-04", 23, 59), "task.handed_back"),
        (make.moment("2026-11-05", 0), "task.handed_back_late"),
    ],
    ids=["second working day", "a moment later"],
)
def test_later_than_two_working_days_a_return_is_flagged(asked_at, act, task, head) -> None:
    """Rule 5.3: received on Monday, the second working day is Wednesday."""
    task = lifecycle.hand_back(task, head, asked_at, reason="Không đúng chức năng.")

    assert acts_of(task)[-1] == act
    assert task.returns.get().is_late == (act == "task.handed_back_late")


@pytest.mark.parametrize(
    ("received", "late_from"),
    [
        (make.moment("2026-11-06", 16), make.moment("2026-11-11", 0)),
        (make.moment("2026-11-06", 18), make.moment("2026-11-12", 0)),
        (make.moment("2026-11-07", 9), make.moment("2026-11-12", 0)),
    ],
    ids=["Friday in office hours", "Friday evening", "Saturday"],
)
def test_what_comes_after_hours_is_received_the_next_working_day(received, late_from, chief):
    """Rule 3.4, for the term of a return."""
    task = make.assigned_task(at=received, actor=chief)

    assert lifecycle.return_is_late_from(case_of(task, chief, received)) == late_from


def test_the_term_of_a_return_is_a_setting(task, chief) -> None:
    """Rule 12: every number that law does not fix."""
    Setting.objects.create(
        code="late_return_days", value=4, effective_from=TUE, source="Quy chế", recorded_at=TUE
    )

    assert lifecycle.return_is_late_from(case_of(task, chief, WED)) == make.moment("2026-11-07", 0)


def test_while_the_return_waits_nobody_works_on_the_task(handed_back, head) -> None:
    """Rule 5.3: the chief comes first."""
    with pytest.raises(Refused, match="withdraw"):
        lifecycle.accept(handed_back, head, WED)
    with pytest.raises(Refused, match="withdraw"):
        lifecycle.report(handed_back, head, WED, result="Xong.", document_number="9")


def test_undecided_at_the_deadline_it_does_not_count_against_the_agency(handed_back) -> None:
    """Rule 5.3: made in time and undecided at `due_at`."""
    assert judged(handed_back, PAST) is Timeliness.OVERDUE_RETURN


def test_handed_back_after_the_deadline_it_stays_overdue(task, head) -> None:
    """Rule 5.3: only one made in time helps."""
    task = lifecycle.hand_back(task, head, PAST, reason="Không đúng chức năng.")

    assert (task.plea, judged(task, PAST)) == (Plea.NONE, Timeliness.OVERDUE)


def test_a_return_that_is_withdrawn_leaves_everything_as_it_was(handed_back, head) -> None:
    """Rule 5.3: the agency keeps the task."""
    task = lifecycle.withdraw_return(handed_back, head, WED)

    assert (task.state, task.due_at, task.plea) == (State.ASSIGNED, DUE, Plea.NONE)
    assert task.returns.get().decision == "withdrawn"
    assert lifecycle.accept(task, head, WED).state == State.ACCEPTED


# Refusing -------------------------------------------------------------------------------------


def test_refused_the_work_goes_on(handed_back, chief, head) -> None:
    """Rule 5.3: the chief refuses with an answer, and the agency is told at once."""
    task = lifecycle.refuse_return(handed_back, chief, TUE, answer="Đúng chức năng của phòng.")

    assert (task.state, task.due_at, task.plea) == (State.ASSIGNED, DUE, Plea.NONE)
    assert told("task.return_refused") == {head.user}


def test_the_days_the_office_took_are_given_back(handed_back, chief) -> None:
    """Rule 5.5: on 03/11 nine working days were left; refused on 18/11, till 01/12."""
    task = lifecycle.refuse_return(handed_back, chief, PAST, answer="Đúng chức năng.")

    assert (task.due_at, task.original_due_at) == (make.moment("2026-12-02", 0), DUE)
    assert judged(task, PAST) is Timeliness.ON_TRACK
    assert acts_of(task)[-1] == "task.return_refused_later"


def test_no_day_is_given_back_for_a_return_made_too_late(task, head, chief) -> None:
    """Rule 5.3: after the deadline nothing stops the clock."""
    task = lifecycle.hand_back(task, head, PAST, reason="Không đúng chức năng.")

    task = lifecycle.refuse_return(task, chief, make.moment("2026-11-23"), answer="Đúng chức năng.")

    assert task.due_at == DUE


def test_what_is_given_back_never_passes_the_superiors_deadline(handed_back, chief) -> None:
    """Rule 5.6: past the superior's deadline only by the superior's own decision."""
    limit = make.moment("2026-11-20", 0)
    Task.objects.filter(pk=handed_back.pk).update(superior_due_at=limit)

    assert lifecycle.refuse_return(handed_back, chief, PAST, answer="Đúng.").due_at == limit


def test_refusing_needs_an_answer(handed_back, chief) -> None:
    """Rule 5.3: the agency is owed a reason."""
    with pytest.raises(Refused) as refused:
        lifecycle.refuse_return(handed_back, chief, WED, answer="")

    assert refused.value.field == "answer"


def test_the_chief_who_asked_as_a_head_does_not_decide(task, head) -> None:
    """Rule 2.3: nobody decides on their own request."""
    chief = make.office_chief()
    both = make.actor_of(make.PostFactory(user=chief.user, agency=head.agency))
    task = lifecycle.hand_back(task, both, TUE, reason="Không đúng chức năng.")

    with pytest.raises(Refused, match="asked for this yourself"):
        lifecycle.refuse_return(task, chief, WED, answer="Đúng.")


# Confirming -----------------------------------------------------------------------------------


def test_confirmed_the_row_ends_and_a_linked_one_begins(handed_back, chief, other) -> None:
    """Rule 5.3: the row closes as returned; the right agency gets its own, the original kept."""
    old = lifecycle.confirm_return(handed_back, chief, WED, lead=other.agency)

    new = old.following.get()
    assert (old.state, old.reported_at, old.plea) == (State.RETURNED, TUE, Plea.NONE)
    assert (new.state, new.lead, new.previous) == (State.ASSIGNED, other.agency, old)
    assert (new.due_at, new.original_due_at) == (DUE, DUE)
    assert old.returns.get().decision == "confirmed"
    assert told("task.taken_over") == {other.user}


def test_the_new_row_keeps_what_the_work_is(head, chief, other) -> None:
    """Rule 5.3: wording, helpers, supervisor and clause go along."""
    helper = make.AgencyFactory()
    task = make.assigned_task(head.agency, actor=chief, coordinating=[helper, other.agency])
    task = lifecycle.hand_back(task, head, TUE, reason="Không đúng chức năng.")

    new = lifecycle.confirm_return(task, chief, WED, lead=other.agency).following.get()

    assert (new.title, new.text, new.assigned_by) == (task.title, task.text, task.assigned_by)
    assert [one.agency for one in Coordination.objects.filter(task=new)] == [helper]


def test_a_used_up_deadline_needs_a_new_day(handed_back, chief, other) -> None:
    """Rule 5.3: past, or with less than a working day left, a new day must be named."""
    last_day = make.moment("2026-11-16")

    with pytest.raises(Refused) as refused:
        lifecycle.confirm_return(handed_back, chief, last_day, lead=other.agency)
    old = lifecycle.confirm_return(
        handed_back, chief, last_day, lead=other.agency, due_on=date(2026, 11, 20)
    )

    assert refused.value.field == "due_on"
    new = old.following.get()
    assert (new.due_at, new.original_due_at) == (make.moment("2026-11-21", 0), DUE)


def test_the_new_agency_gets_a_working_day_at_least(handed_back, chief, other) -> None:
    """Rule 5.3: a day that leaves less is refused."""
    with pytest.raises(Refused, match="one working day"):
        lifecycle.confirm_return(
            handed_back, chief, PAST, lead=other.agency, due_on=date(2026, 11, 18)
        )


def test_a_later_day_that_is_not_needed_is_an_extension(handed_back, chief, other) -> None:
    """Rules 5.3, 5.6: only who assigned moves a deadline that still stands."""
    facts = {"lead": other.agency, "due_on": date(2026, 11, 30)}

    with pytest.raises(NotYours) as refused:
        lifecycle.confirm_return(handed_back, chief, WED, **facts)

    assert refused.value.field == "due_on"


def test_past_the_superiors_deadline_only_by_its_decision(handed_back, chief, other) -> None:
    """Rule 5.6: number and date of the superior's own decision."""
    Task.objects.filter(pk=handed_back.pk).update(superior_due_at=make.moment("2026-11-20", 0))
    facts = {"lead": other.agency, "due_on": date(2026, 11, 27)}

    for given, field in (({}, "superior_number"), ({"superior_number": "9/UB"}, "superior_on")):
        with pytest.raises(Refused) as refused:
            lifecycle.confirm_return(handed_back, chief, PAST, **facts, **given)
        assert refused.value.field == field
    facts |= {"superior_number": "9/UBND", "superior_on": date(2026, 11, 17)}
    old = lifecycle.confirm_return(handed_back, chief, PAST, **facts)

    assert old.following.get().due_at == make.moment("2026-11-28", 0)


def test_undated_work_keeps_a_review_day(head, chief, other) -> None:
    """Rule 5.11: a review day that has passed becomes the month's end."""
    task = make.assigned_task(head.agency, actor=chief, due_at=None, review_on=date(2026, 11, 4))
    task = lifecycle.hand_back(task, head, TUE, reason="Không đúng chức năng.")

    new = lifecycle.confirm_return(task, chief, MON, lead=other.agency).following.get()

    assert (new.due_at, new.review_on) == (None, date(2026, 11, 30))


@pytest.mark.parametrize("wrong", ["the same agency", "a closed one"])
def test_who_cannot_lead_is_refused(wrong, handed_back, chief, other) -> None:
    """Rule 2.5: a closed agency is given no work; the present lead would be no change."""
    other.agency.closed_on = date(2026, 11, 1)
    other.agency.save()
    lead = handed_back.lead if wrong == "the same agency" else other.agency

    with pytest.raises(Refused) as refused:
        lifecycle.confirm_return(handed_back, chief, WED, lead=lead)

    assert refused.value.field == "lead"


def test_a_returned_task_ends_here(handed_back, chief, head, other) -> None:
    """Rule 5.3: what another agency took over goes on there."""
    old = lifecycle.confirm_return(handed_back, chief, WED, lead=other.agency)

    with pytest.raises(Refused):
        lifecycle.accept(old, head, WED)
    with pytest.raises(Refused):
        lifecycle.reopen(old, chief, WED, reason="Nhầm.")


# Outside competences (rule 5.3) ---------------------------------------------------------------


def test_work_outside_competences_warns_its_agency(head, chief) -> None:
    """Rule 5.3: before it accepts, with the day until which it may hand back."""
    task = make.assigned_task(head.agency, actor=chief, competence=make.CompetenceFactory())
    case = case_of(task, head, TUE)

    assert "Đất đai" in effect("accept", case)
    assert "04/11/2026" in effect("accept", case)


def test_registered_work_warns_nobody(head, chief) -> None:
    """Rule 5.3: it is the agency's function."""
    competence = make.CompetenceFactory()
    AgencyCompetence.objects.create(agency=head.agency, competence=competence)
    task = make.assigned_task(head.agency, actor=chief, competence=competence)

    assert "Đất đai" not in effect("accept", case_of(task, head, TUE))


def test_the_chief_reads_who_is_competent(head, chief, other) -> None:
    """Rule 5.3: the form names the agencies whose function it is."""
    competence = make.CompetenceFactory()
    AgencyCompetence.objects.create(agency=other.agency, competence=competence)
    task = make.assigned_task(head.agency, actor=chief, competence=competence)
    task = lifecycle.hand_back(task, head, TUE, reason="Không đúng chức năng.")

    assert other.agency.short_name in effect("confirm_return", case_of(task, chief, WED))


# Found by those who decide ----------------------------------------------------------------------


def test_the_list_shows_what_was_handed_back(handed_back, chief, client) -> None:
    """Rule 8.3: `waiting=return`, as of a past day too."""
    make.assigned_task(actor=chief)
    client.force_login(chief.user)

    def codes(query: str) -> list[str]:
        with time_machine.travel(MON, tick=False):
            return [row.code for row in client.get(f"/tasks/?{query}").context["page"]]

    assert codes("waiting=return") == [handed_back.code]
    assert codes("waiting=return&as_of=2026-11-03") == [handed_back.code]
    assert codes("waiting=return&as_of=2026-11-02") == []


@pytest.mark.parametrize(("at", "is_late"), [(TUE, False), (FRI, True)], ids=["in time", "late"])
def test_the_list_flags_late_returns(at, is_late, task, head, chief, client) -> None:
    """Rule 5.3: flagged late return."""
    lifecycle.hand_back(task, head, at, reason="Không đúng chức năng.")
    client.force_login(chief.user)

    with time_machine.travel(MON, tick=False):
        row = client.get("/tasks/?waiting=return").context["page"][0]

    assert row.is_late_return is is_late


def test_the_dashboard_counts_returns_with_their_age(handed_back, chief, client) -> None:
    """Rule 8.3: what waits on the Office itself, and since when."""
    client.force_login(chief.user)

    with time_machine.travel(MON, tick=False):
        overview = client.get("/dashboard/").context["overview"]
    waiting = next(each for each in overview.waiting if "waiting=return" in each.figure.url)

    assert (waiting.figure.count, waiting.oldest_days, waiting.is_long) == (1, 4, True)


# A change of lead without a return ------------------------------------------------------------


def test_a_wrong_lead_is_put_right(task, chief, head, other) -> None:
    """Rules 4.5, 5.3: the row ends as transferred, with the reason; both agencies are told."""
    old = lifecycle.change_lead(task, chief, WED, lead=other.agency, reason="Giao nhầm.")

    assert old.state == State.TRANSFERRED
    assert old.following.get().lead == other.agency
    assert Event.objects.of(old).last().params["text"] == "Giao nhầm."
    assert told("task.transferred") == {head.user}


def test_a_waiting_report_is_sent_back_first(task, chief, head, other) -> None:
    """Rule 5.5: a report made in time leaves no overdue task behind, however long it waited."""
    task = lifecycle.report(task, head, FRI, result="Xong.", document_number="9")

    old = lifecycle.change_lead(task, chief, PAST, lead=other.agency, reason="Giao nhầm.")

    assert old.reports.get().decision == "sent_back"
    assert acts_of(old)[-2:] == ["task.sent_back", "task.transferred"]
    assert old.due_at > PAST


def test_an_extension_asked_in_time_stops_the_clock_of_who_leaves(task, chief, head, other):
    """Rules 5.6, 8.7: what waited in time is not held against the agency."""
    asked = Event.objects.of(task).last()
    Extension.objects.create(
        task=task, event=asked, post=head.post, reason="Chờ số liệu.", due_at=DUE,
        asked_at=FRI, asked_due_at=make.moment("2026-12-01", 0),
    )  # fmt: skip
    Task.objects.filter(pk=task.pk).update(plea=Plea.EXTENSION)

    old = lifecycle.change_lead(
        task, chief, PAST, lead=other.agency, reason="Giao nhầm.", due_on=date(2026, 11, 30)
    )

    assert (old.reported_at, old.plea) == (FRI, Plea.NONE)
    assert old.extensions.get().decision == "lapsed"


def test_a_return_that_waits_is_decided_as_a_return(handed_back, chief, other) -> None:
    """Rule 5.3: the agency's request is answered, not passed over."""
    with pytest.raises(Refused, match="handed back"):
        lifecycle.change_lead(handed_back, chief, WED, lead=other.agency, reason="Giao nhầm.")


def test_changing_the_lead_needs_a_reason(task, chief, other) -> None:
    """Rule 4.5: put right with a reason."""
    with pytest.raises(Refused) as refused:
        lifecycle.change_lead(task, chief, WED, lead=other.agency, reason="")

    assert refused.value.field == "reason"


def test_every_turn_has_a_sentence(task, head, chief, other) -> None:
    """Rule 10: an event reads in the reader's language, on the old row and on the new one."""
    task = lifecycle.hand_back(task, head, TUE, reason="Không đúng chức năng.")
    task = lifecycle.withdraw_return(task, head, TUE)
    task = lifecycle.hand_back(task, head, FRI, reason="Không đúng chức năng.")
    task = lifecycle.refuse_return(task, chief, MON, answer="Đúng chức năng.")
    old = lifecycle.change_lead(task, chief, MON, lead=other.agency, reason="Giao nhầm.")

    events = Event.objects.of(old, old.following.get())
    assert all(event.sentence != event.act for event in events)
