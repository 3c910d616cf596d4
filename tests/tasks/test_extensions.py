"""Extensions: asked by the lead, decided by who assigned, the original kept (rule 5.6)."""

from datetime import date, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import DatabaseError, transaction

from agencies.acting import Actor
from agencies.capacity import Capacity
from agencies.functions import Function
from agencies.models import Attachment, Body, Delegation, Event, Notice
from agencies.refusals import NotYours, Refused
from tasks import lifecycle
from tasks.acts import Situation, available_acts
from tasks.models import Extension, Task
from tasks.states import Plea, State
from tasks.timeliness import Timeliness
from tests import factories as make

pytestmark = pytest.mark.django_db
DUE = make.moment("2026-11-17", 0)  # 24:00 of Monday 16/11
BEFORE, AFTER = make.moment("2026-11-12"), make.moment("2026-11-20")
LATER = date(2026, 11, 30)
LATER_END = make.moment("2026-12-01", 0)
TICK = timedelta(microseconds=1)


@pytest.fixture
def chief(chair):
    return make.office_chief()


def ask(task, head, at=BEFORE, due_on=LATER, reason="Chờ kết quả phân tích mẫu nước.", **more):
    return lifecycle.ask_extension(task, head, at, due_on=due_on, reason=reason, **more)


def judged(at) -> str:
    """What the one task is at an instant, by the caches."""
    return Task.objects.now().with_timeliness(at, at + timedelta(days=5)).get().timeliness


def deputy_leader(**portfolio) -> Actor:
    post = make.PostFactory(function=Function.LEADER, is_deputy=True, agency=make.LeadersFactory())
    for name, things in portfolio.items():
        getattr(post, name).set(things)
    return make.actor_of(post)


def mandate(chair, chief, **fields) -> Delegation:
    """The Chair's authority lent to the chief for extensions."""
    return Delegation.objects.create(
        **{
            "from_post": chair.post,
            "to_post": chief.post,
            "acts": ["task.grant_extension"],
            "starts_on": date(2026, 11, 1),
            "ends_on": date(2026, 12, 31),
            "document_number": "31/UQ-UBND",
        }
        | fields
    )


# Asking ---------------------------------------------------------------------------------------


def test_a_request_is_recorded_with_its_reason_and_files(task, head) -> None:
    """Rule 5.6: with reason and new day; what was asked never changes."""
    upload = SimpleUploadedFile("phieu-hen.txt", "Hẹn trả ngày 27/11".encode())

    ask(task, head, files=[upload])

    asked = task.extensions.get()
    assert (asked.asked_due_at, asked.due_at, asked.post) == (LATER_END, DUE, head.post)
    assert asked.event.act == "task.extension_asked"
    assert Attachment.objects.of(task).get().event == asked.event


@pytest.mark.parametrize(
    ("at", "is_late"),
    [(DUE - TICK, False), (DUE, True), (DUE + TICK, True)],
    ids=["just before", "exactly at", "just after"],
)
def test_asked_before_the_deadline_is_in_time_and_from_it_on_late(at, is_late, task, head) -> None:
    """Rules 3.1, 5.6: in time when t < due_at; asked later, it is accepted but flagged late."""
    asked = ask(task, head, at)

    assert asked.extensions.get().is_late is is_late
    assert asked.plea == (Plea.NONE if is_late else Plea.EXTENSION)
    assert judged(DUE + TICK) == (Timeliness.OVERDUE if is_late else Timeliness.OVERDUE_EXTENSION)


@pytest.mark.parametrize(
    ("due_on", "at"),
    [
        (date(2026, 11, 16), BEFORE),
        (date(2026, 11, 14), BEFORE),
        (date(2026, 11, 20), AFTER),
        (date(9999, 12, 31), BEFORE),
    ],
    ids=["the deadline itself", "earlier than it", "today", "no such year here"],
)
def test_the_day_asked_for_lies_after_today_and_the_deadline(due_on, at, task, head) -> None:
    """Rule 5.6: an extension leads past both."""
    with pytest.raises(Refused) as refused:
        ask(task, head, at, due_on)

    assert refused.value.field == "due_on"


def test_a_request_needs_its_reason(task, head) -> None:
    """Rule 5.6: with reason."""
    with pytest.raises(Refused) as refused:
        ask(task, head, reason="  ")

    assert refused.value.field == "reason"


def test_one_request_waits_at_a_time(task, head) -> None:
    """Rule 5.6: one open request a task."""
    ask(task, head)

    with pytest.raises(Refused):
        ask(task, head, due_on=date(2026, 12, 15))
    assert task.extensions.count() == 1


def test_undated_work_has_nothing_to_extend(head, chief) -> None:
    """Rule 5.11: it has a review day instead."""
    with pytest.raises(Refused):
        ask(make.assigned_task(head.agency, actor=chief, due_at=None), head)


def test_only_the_leads_head_asks(task, head, chief) -> None:
    """Rule 2, table: staff never does the official act, nor does the Office for the agency."""
    for actor in (make.staff_of(head.agency), chief, make.head_of(make.AgencyFactory())):
        with pytest.raises(NotYours):
            ask(task, actor)


def test_the_third_request_on_a_task_is_flagged(task, head, chair) -> None:
    """Rule 5.6: the third on a task is flagged (a setting says which)."""
    flags = []
    for day in (24, 25, 26):
        task = ask(task, head, due_on=date(2026, 11, day))
        case = Situation(Task.objects.get(pk=task.pk), chair, BEFORE)
        flags.append((case.times_asked, case.asks_too_often))
        lifecycle.refuse_extension(task, chair, BEFORE, answer="Chưa đủ lý do.")

    assert flags == [(1, False), (2, False), (3, True)]


def test_who_decides_is_told_at_once(head, chief, chair) -> None:
    """Rule 10.1: the supervising leader, and the chief, who may hold the authority."""
    supervising = deputy_leader(agencies=[head.agency])
    task = make.assigned_task(head.agency, actor=chief)

    ask(task, head)

    told = Notice.objects.filter(event__act="task.extension_asked", channel="mail")
    assert {notice.person for notice in told} == {supervising.user, chief.user}


def test_a_withdrawn_request_pleads_no_longer(task, head) -> None:
    """Rule 5.6: taken back before a decision, the deadline stands as it was."""
    ask(task, head)

    task = lifecycle.withdraw_extension(task, head, AFTER)

    assert task.extensions.get().decision == Extension.Decision.WITHDRAWN
    assert (task.plea, task.due_at, judged(AFTER)) == (Plea.NONE, DUE, Timeliness.OVERDUE)


# Granting -------------------------------------------------------------------------------------


def test_granting_moves_the_deadline_and_keeps_the_original(task, head, chair) -> None:
    """Rule 5.6: the original deadline stays for ever; the history row keeps the reason."""
    ask(task, head)

    task = lifecycle.grant_extension(task, chair, AFTER)

    asked = task.extensions.get()
    assert (asked.decision, asked.granted_due_at) == (Extension.Decision.APPROVED, LATER_END)
    assert (task.due_at, task.original_due_at, task.plea) == (LATER_END, DUE, Plea.NONE)
    assert task.deadline_rows.last().reason == asked.reason
    assert judged(AFTER) == Timeliness.ON_TRACK


def test_the_database_itself_keeps_the_original_deadline(task) -> None:
    """Rules 5.6, 11: a trigger refuses."""
    with pytest.raises(DatabaseError), transaction.atomic():
        Task.objects.filter(pk=task.pk).update(original_due_at=LATER_END)


def test_another_day_is_granted_with_its_reason(task, head, chair) -> None:
    """Rule 5.6: approved with another day."""
    ask(task, head)
    other = {"due_on": date(2026, 11, 25)}
    with pytest.raises(Refused) as refused:
        lifecycle.grant_other_day(task, chair, BEFORE, answer="", **other)
    assert refused.value.field == "answer"

    task = lifecycle.grant_other_day(task, chair, BEFORE, answer="Đủ 7 ngày làm việc.", **other)

    assert task.extensions.get().decision == Extension.Decision.OTHER_DAY
    assert task.due_at == make.moment("2026-11-26", 0)


def test_another_day_is_no_earlier_than_the_deadline_nor_past(task, head, chair) -> None:
    """Rule 5.6: an extension never shortens, nor leads to a day gone by."""
    ask(task, head)
    for at, due_on in ((BEFORE, date(2026, 11, 16)), (AFTER, date(2026, 11, 18))):
        with pytest.raises(Refused) as refused:
            lifecycle.grant_other_day(task, chair, at, due_on=due_on, answer="Sớm hơn.")
        assert refused.value.field == "due_on"


def test_a_refusal_needs_its_reason_and_then_the_deadline_counts(task, head, chair) -> None:
    """Rule 5.6: does not count against the agency until decided; from then on it does."""
    ask(task, head)
    assert judged(AFTER) == Timeliness.OVERDUE_EXTENSION
    with pytest.raises(Refused):
        lifecycle.refuse_extension(task, chair, AFTER, answer=" ")

    task = lifecycle.refuse_extension(task, chair, AFTER, answer="Đã có đủ số liệu.")

    assert task.extensions.get().answer == "Đã có đủ số liệu."
    assert (task.due_at, judged(AFTER)) == (DUE, Timeliness.OVERDUE)


@pytest.mark.parametrize("act", ["grant", "other", "refuse"])
def test_the_lead_is_told_the_decision_at_once(act, task, head, chair) -> None:
    """Rule 10.1: it is addressed to the lead."""
    ask(task, head)
    {
        "grant": lambda: lifecycle.grant_extension(task, chair, BEFORE),
        "other": lambda: lifecycle.grant_other_day(
            task, chair, BEFORE, due_on=date(2026, 11, 25), answer="Đủ thời gian."
        ),
        "refuse": lambda: lifecycle.refuse_extension(task, chair, BEFORE, answer="Không đủ."),
    }[act]()

    decision = Event.objects.of(task).last()
    assert {n.person for n in decision.notices.filter(channel="mail")} == {head.user}


def test_helpers_learn_that_their_shares_day_moved(head, chief, chair) -> None:
    """Rule 5.9: without a day of its own the share is due with the task."""
    helper = make.head_of(make.AgencyFactory())
    task = make.assigned_task(head.agency, actor=chief, coordinating=[helper.agency])
    ask(task, head)

    lifecycle.grant_extension(task, chair, BEFORE)

    assert Notice.objects.filter(person=helper.user, event__act="task.extension_granted").exists()


def test_an_extension_decides_whether_a_waiting_report_is_in_time(task, head, chair) -> None:
    """Rules 5.5, 5.6: on time is judged by the report against the deadline as decided."""
    ask(task, head)
    reported_at = make.moment("2026-11-18")
    lifecycle.report(task, head, reported_at, result="Xong.", document_number="9/TNMT")
    assert judged(AFTER) == Timeliness.AWAITING_LATE

    lifecycle.grant_extension(task, chair, AFTER)

    assert judged(AFTER) == Timeliness.AWAITING_IN_TIME


def test_a_day_gone_by_may_be_granted_to_a_report_that_came_by_then(task, head, chair) -> None:
    """Rule 5.6: a decision later than the day asked for still decides about the report."""
    ask(task, head, due_on=date(2026, 11, 19))
    lifecycle.report(
        task, head, make.moment("2026-11-18"), result="Xong.", document_number="9/TNMT"
    )

    lifecycle.grant_extension(task, chair, make.moment("2026-11-24"))

    assert judged(make.moment("2026-11-24")) == Timeliness.AWAITING_IN_TIME


def test_a_late_report_is_not_completed_before_the_request_is_decided(
    task, head, chair, chief
) -> None:
    """Rule 5.6: asked in time and undecided, lateness does not count; the decision comes first."""
    ask(task, head)
    task = lifecycle.report(task, head, AFTER, result="Xong.", document_number="9/TNMT")
    with pytest.raises(Refused):
        lifecycle.complete(task, chief, AFTER)

    lifecycle.grant_extension(task, chair, AFTER)
    lifecycle.complete(task, chief, AFTER)

    assert judged(AFTER) == Timeliness.COMPLETED_ON_TIME


def test_completion_of_a_report_in_time_closes_the_request(task, head, chief) -> None:
    """Rule 5.6: nothing is left to extend."""
    ask(task, head)
    task = lifecycle.report(task, head, BEFORE, result="Xong.", document_number="9/TNMT")

    task = lifecycle.complete(task, chief, AFTER)

    assert (task.extensions.get().decision, task.plea) == (Extension.Decision.LAPSED, Plea.NONE)


# Who decides ----------------------------------------------------------------------------------

DECISIONS = {"grant_extension", "grant_other_day", "refuse_extension"}


def decides(task, actor, at=BEFORE) -> bool:
    fresh = Task.objects.select_related("lead").get(pk=task.pk)
    return {act.code for act in available_acts(fresh, actor, at)} >= DECISIONS


def test_nobody_decides_on_the_own_request(task, head) -> None:
    """Rule 2.3: not even under another post that carries the power."""
    ask(task, head)
    both = make.actor_of(
        make.PostFactory(user=head.user, function=Function.LEADER, agency=make.LeadersFactory())
    )

    assert not decides(task, both)
    with pytest.raises(Refused):
        lifecycle.grant_extension(task, both, BEFORE)


def test_the_chief_decides_only_under_a_leaders_recorded_authority(
    task, head, chief, chair
) -> None:
    """Rule 5.6: the chief only under that leader's recorded authority."""
    ask(task, head)
    assert not decides(task, chief)
    with pytest.raises(NotYours):
        lifecycle.grant_extension(task, chief, BEFORE)

    lent = mandate(chair, chief)
    lifecycle.grant_extension(task, chief, BEFORE)

    event = Event.objects.of(task).last()
    assert task.extensions.get().mandate == lent
    assert (event.delegation, event.on_behalf_of) == (lent, chair.post)
    assert (event.capacity, event.post) == (Capacity.AUTHORISED, chief.post)


@pytest.mark.parametrize(
    "fields",
    [
        {"acts": ["consultation."]},
        {"ends_on": date(2026, 11, 11)},
        {"starts_on": date(2026, 11, 13)},
    ],
    ids=["for other acts", "over", "not yet"],
)
def test_an_authority_that_does_not_cover_it_gives_nothing(
    fields, task, head, chief, chair
) -> None:
    """Rule 2.2: for a period and for named kinds of acts."""
    ask(task, head)
    mandate(chair, chief, **fields)

    assert not decides(task, chief)


def test_the_authority_ends_with_the_post_of_who_lent_it(task, head, chief, chair) -> None:
    """Rule 2.1: who held the post on the day counts."""
    ask(task, head)
    mandate(chair, chief)
    chair.post.ends_on = date(2026, 11, 11)
    chair.post.save()

    assert not decides(task, chief)


def test_a_leader_needs_no_authority_of_another(task, head, chair, chief) -> None:
    """Rule 5.6: who assigned decides in the own name."""
    ask(task, head)
    mandate(chair, chief)

    lifecycle.grant_extension(task, chair, BEFORE)

    assert task.extensions.get().mandate is None
    assert Event.objects.of(task).last().capacity == Capacity.OWN


@pytest.mark.parametrize("portfolio", ["agencies", "competences", "neither"])
def test_a_deputy_leader_decides_within_the_portfolio(portfolio, head, chief) -> None:
    """Rules 2.1, 5.6: a deputy whose portfolio names the lead or the competence; no other."""
    competence = make.CompetenceFactory()
    task = make.assigned_task(head.agency, actor=chief, competence=competence)
    ask(task, head)
    things = {"agencies": [head.agency], "competences": [competence]}
    deputy = deputy_leader(**{portfolio: things[portfolio]} if portfolio in things else {})

    assert decides(task, deputy) is (portfolio in things)


def test_the_supervising_leader_decides(head, chief) -> None:
    """Rule 5.6: decided by who assigned."""
    deputy = deputy_leader()
    task = make.assigned_task(head.agency, actor=chief, supervisor=deputy.post)
    ask(task, head)

    assert decides(task, deputy)


def test_the_offices_own_request_goes_to_a_leader(chair, chief) -> None:
    """Rule 2.3: the chief neither decides on it, nor is told as if he would."""
    deputy = make.head_of(Body.current().office, is_deputy=True)
    task = make.assigned_task(Body.current().office, actor=chair)
    mandate(chair, chief)

    ask(task, deputy)

    assert not decides(task, chief)
    assert decides(task, chair)
    told = Notice.objects.filter(event__act="task.extension_asked")
    assert {notice.person for notice in told} == {chair.user}


def test_an_officer_or_another_head_decides_nothing(task, head) -> None:
    """Rule 5.6."""
    ask(task, head)

    for actor in (make.officer(), make.head_of(make.AgencyFactory()), head):
        assert not decides(task, actor)


# The superior's deadline ----------------------------------------------------------------------


@pytest.fixture
def from_above(head, chief):
    """A task the city assigned, due 16/11."""
    city = make.AuthorityFactory(code="thanh-pho", name="UBND thành phố", is_superior=True)
    return make.assigned_task(head.agency, actor=chief, assigned_by=city)


def test_what_a_superior_assigned_is_bound_to_its_day(from_above, task) -> None:
    """Rule 5.6: the superior's deadline is kept apart; the body's own work has none."""
    assert (from_above.superior_due_at, task.superior_due_at) == (DUE, None)


def test_nothing_is_granted_past_the_superiors_deadline(from_above, head, chair) -> None:
    """Rule 5.6: past it only by the superior's own decision; the sentence names the day."""
    ask(from_above, head)

    with pytest.raises(Refused, match="16/11/2026"):
        lifecycle.grant_extension(from_above, chair, BEFORE)
    with pytest.raises(Refused, match="16/11/2026") as refused:
        lifecycle.grant_other_day(from_above, chair, BEFORE, due_on=LATER, answer="")
    assert refused.value.field == "superior_number"


@pytest.mark.parametrize(
    ("number", "on", "field"),
    [
        ("", date(2026, 11, 10), "superior_number"),
        ("2301/UBND", None, "superior_on"),
        ("2301/UBND", date(2026, 11, 13), "superior_on"),
    ],
    ids=["no number", "no date", "dated tomorrow"],
)
def test_the_superiors_decision_has_number_and_a_past_date(
    number, on, field, from_above, head, chair
) -> None:
    """Rule 5.6: number, date."""
    ask(from_above, head)

    with pytest.raises(Refused) as refused:
        lifecycle.grant_other_day(
            from_above, chair, BEFORE,
            due_on=LATER, answer="", superior_number=number, superior_on=on,
        )  # fmt: skip

    assert refused.value.field == field


def test_by_the_superiors_decision_its_deadline_moves_along(from_above, head, chair) -> None:
    """Rule 5.6: the request keeps the decision, the task the superior's new day."""
    ask(from_above, head)

    task = lifecycle.grant_other_day(
        from_above, chair, BEFORE,
        due_on=LATER, answer="", superior_number="2301/UBND", superior_on=date(2026, 11, 11),
    )  # fmt: skip

    asked = task.extensions.get()
    assert asked.decision == Extension.Decision.APPROVED
    assert (asked.superior_number, asked.superior_on) == ("2301/UBND", date(2026, 11, 11))
    assert (task.due_at, task.superior_due_at, task.original_due_at) == (LATER_END, LATER_END, DUE)
    assert Event.objects.of(task).last().params["superior_number"] == "2301/UBND"


def test_within_the_superiors_deadline_no_decision_is_asked_for(head, chief, chair) -> None:
    """Rule 5.6: slack is the deciding leader's to give."""
    city = make.AuthorityFactory(code="thanh-pho", is_superior=True)
    task = make.assigned_task(head.agency, actor=chief, assigned_by=city)
    Task.objects.filter(pk=task.pk).update(superior_due_at=make.moment("2026-12-05", 0))
    ask(task, head)

    task = lifecycle.grant_extension(task, chair, BEFORE)

    assert task.superior_due_at == make.moment("2026-12-05", 0)


# Changing the deadline unasked ----------------------------------------------------------------


def test_who_assigned_changes_the_deadline_with_a_reason(task, chair, head) -> None:
    """Rules 5.6, 11: a deadline never changes without a trace; the original stays."""
    with pytest.raises(Refused):
        lifecycle.move_deadline(task, chair, BEFORE, due_on=LATER, reason=" ")

    task = lifecycle.move_deadline(task, chair, BEFORE, due_on=LATER, reason="Lùi kỳ họp.")

    event = Event.objects.of(task).last()
    assert (task.due_at, task.original_due_at) == (LATER_END, DUE)
    assert event.sentence.count("2026") == 2
    assert {n.person for n in event.notices.filter(channel="mail")} == {head.user}


def test_undated_work_gets_its_first_deadline(head, chief, chair) -> None:
    """Rules 5.6, 5.11: from then on it is the original one."""
    task = make.assigned_task(head.agency, actor=chief, due_at=None)

    task = lifecycle.move_deadline(task, chair, BEFORE, due_on=LATER, reason="Đã có hạn.")

    assert (task.due_at, task.original_due_at, task.review_on) == (LATER_END, LATER_END, None)


def test_a_day_gone_by_or_the_same_day_is_no_new_deadline(task, chair) -> None:
    """Rule 5.6."""
    for at, due_on in ((AFTER, date(2026, 11, 19)), (BEFORE, date(2026, 11, 16))):
        with pytest.raises(Refused) as refused:
            lifecycle.move_deadline(task, chair, at, due_on=due_on, reason="Đổi hạn.")
        assert refused.value.field == "due_on"


def test_the_deadline_is_not_changed_beside_a_waiting_request(task, head, chair) -> None:
    """Rule 5.6: one decides on the request instead."""
    ask(task, head)

    with pytest.raises(Refused):
        lifecycle.move_deadline(task, chair, BEFORE, due_on=LATER, reason="Lùi kỳ họp.")


# One rule in SQL and Python -------------------------------------------------------------------


def test_a_plea_reads_the_same_now_and_as_of_any_instant(task, head, chair) -> None:
    """Rules 3.7, 3.9: caches and rows agree at every step, also about the past."""
    steps = [
        (BEFORE, lambda at: ask(task, head, at)),
        (AFTER, lambda at: lifecycle.refuse_extension(task, chair, at, answer="Không đủ lý do.")),
        (AFTER + timedelta(days=1), lambda at: ask(task, head, at)),
        (AFTER + timedelta(days=2), lambda at: lifecycle.grant_extension(task, chair, at)),
    ]

    said = {}
    for at, act in steps:
        act(at)
        for instant in (at, at + timedelta(hours=20), DUE if at == BEFORE else at):
            said[instant] = judged(instant)

    then = {
        at: Task.objects.as_of(at).with_timeliness(at, at + timedelta(days=5)).get().timeliness
        for at in said
    }
    assert then == said
    assert said[DUE] == Timeliness.OVERDUE_EXTENSION
    assert said[AFTER + timedelta(days=1)] == Timeliness.OVERDUE


def test_state_is_untouched_by_requests_and_decisions(task, head, chair) -> None:
    """Rule 5.2: an extension is no state."""
    ask(task, head)
    task = lifecycle.grant_extension(task, chair, BEFORE)

    assert (task.state, task.state_rows.count()) == (State.ASSIGNED, 1)


def test_asking_and_deciding_take_few_questions(
    task, head, chief, chair, django_assert_max_num_queries
) -> None:
    """Issue 5: a change takes at most 12 queries (two frame the transaction of a test)."""
    mandate(chair, chief)
    with django_assert_max_num_queries(14):
        ask(task, head)

    with django_assert_max_num_queries(14):
        lifecycle.grant_extension(task, chief, BEFORE)
