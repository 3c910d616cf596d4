"""The Office applies a correction with the task's own act, or refuses it (rule 5.13)."""

from datetime import date

import pytest

from agencies.models import AlreadyDone, Event, Notice
from agencies.refusals import NotYours, Refused
from tasks import lifecycle
from tasks.acts import Situation
from tasks.forms.acts import form_of
from tasks.forms.settling import SettleForm, proposed
from tasks.models import CampaignMark, Task
from tasks.reviewing import confirming, settling
from tests import factories as make

AT, NEXT = make.moment("2026-11-12"), make.moment("2026-11-13")
DAY = date(2026, 11, 30)


@pytest.fixture
def given(office, entry, tasks):
    """Return a function: the land department marks this and its head confirms the list."""

    def mark(kind: str, task: Task | None = None, **facts) -> CampaignMark:
        made = confirming.mark(entry, office.staff, AT, kind=kind, task=task, text="Sai.", **facts)
        confirming.confirm(entry, office.head, AT, right=[t.code for t in tasks[:2] if t != task])
        return CampaignMark.objects.select_related("task").get(pk=made.pk)

    return mark


def applied(mark, actor, **changed) -> CampaignMark:
    """Apply the mark as one click does: with what the agency proposed."""
    form = SettleForm(proposed(mark) | changed, mark=mark)
    assert form.is_valid(), form.errors
    return settling.apply(mark, actor, NEXT, **form.cleaned_data)


def refusal(mark, actor) -> Refused | None:
    """Return why the actor may not apply the mark."""
    return settling.refusal_of(mark, actor, settling.situation_of(mark, actor, NEXT))


def test_a_wrong_deadline_is_corrected(given, office, tasks):
    """Rule 4.5: the old and the new value stand in the event, the original day stays."""
    applied(given("wrong_deadline", tasks[0], due_on=DAY), office.chief)

    task = Task.objects.get(pk=tasks[0].pk)
    assert task.due_at == make.moment("2026-12-01", 0)
    assert task.original_due_at == tasks[0].original_due_at
    event = Event.objects.of(task).get(act="task.corrected")
    assert ["due_on", "16/11/2026", "30/11/2026"] in event.params["changes"]
    assert "RS-2026-0001" in event.params["text"]


def test_another_lead_gets_the_work(given, office, tasks):
    """Rule 5.3: the row closes as transferred and a linked one opens; its day goes along."""
    applied(given("wrong_lead", tasks[0], lead=office.interior), office.chief)

    old = Task.objects.get(pk=tasks[0].pk)
    new = old.following.get()
    assert (old.state, new.lead, new.due_at) == ("transferred", office.interior, old.due_at)


def test_a_wrong_wording_is_corrected(given, office, tasks):
    """Rule 4.5."""
    mark = given("wrong_wording", tasks[0], title="Rà soát hồ sơ tồn", wording="Theo Công văn 9.")

    applied(mark, office.officer)

    task = Task.objects.get(pk=tasks[0].pk)
    assert (task.title, task.text) == ("Rà soát hồ sơ tồn", "Theo Công văn 9.")


def test_a_double_is_cancelled_by_the_campaigns_document(given, office, tasks):
    """Rule 5.7: with the document that allows it."""
    applied(given("doubled", tasks[0], same_as=tasks[1]), office.chief)

    task = Task.objects.get(pk=tasks[0].pk)
    assert task.state == "cancelled"
    assert Event.objects.of(task).get(act="task.cancelled").params["permit"] == "RS-2026-0001"


def test_a_missing_task_is_assigned_to_the_agency(given, office):
    """Rule 4.6: with its source."""
    authority = make.AuthorityFactory()
    mark = given("missing", title="Cấp nước sạch", source="Công văn 5", assigned_by=authority,
                 due_on=DAY)  # fmt: skip

    applied(mark, office.chief)

    task = Task.objects.get(title="Cấp nước sạch")
    assert (task.lead, task.source, task.assigned_by) == (office.land, "Công văn 5", authority)
    assert task.due_at == make.moment("2026-12-01", 0)


def test_work_done_already_is_asked_to_be_reported(given, office, tasks):
    """Rule 5.4: only the lead's head reports, with evidence; its form begins with what was said."""
    applied(given("done", tasks[0], document_number="9/BC-TNMT"), office.officer)

    task = Task.objects.get(pk=tasks[0].pk)
    assert task.state == "assigned"
    told = Notice.objects.filter(event__act="task.report_asked", channel="app")
    assert [notice.person for notice in told] == [office.head.user]
    form = form_of("report", Situation(task, office.head, NEXT))
    assert form.get_initial_for_field(form.fields["document_number"], "document_number") == (
        "9/BC-TNMT"
    )
    assert form.get_initial_for_field(form.fields["result"], "result") == "Sai."


def test_who_applied_and_when_is_kept_and_the_agency_is_told(given, office, tasks):
    mark = applied(given("wrong_deadline", tasks[0], due_on=DAY), office.chief)

    assert (mark.decision, mark.decided_at) == ("applied", NEXT)
    assert mark.decided_by == office.chief.post
    told = Notice.objects.filter(event__act="campaign.mark_applied")
    assert {notice.person for notice in told} == {office.head.user}


def test_what_the_act_refuses_leaves_the_mark_waiting(given, office, tasks):
    """Rule 11: all or nothing."""
    mark = given("wrong_deadline", tasks[0], due_on=date(2026, 11, 9))

    with pytest.raises(Refused):
        applied(mark, office.chief)

    mark.refresh_from_db()
    assert mark.decision == ""
    assert not Event.objects.filter(act="campaign.mark_applied").exists()


def test_a_task_that_changed_meanwhile_is_not_corrected_unseen(given, office, tasks):
    """Rule 5.14."""
    mark = given("wrong_deadline", tasks[0], due_on=DAY)
    lifecycle.accept(tasks[0], office.head, AT)

    with pytest.raises(Refused):
        applied(mark, office.chief)


@pytest.mark.parametrize(
    ("kind", "facts"),
    [
        ("wrong_lead", {"lead": "interior"}),
        ("doubled", {"same_as": 1}),
        ("missing", {"title": "Việc", "source": "Họp", "assigned_by": None, "due_on": None}),
    ],
)
def test_who_may_apply_is_who_may_do_the_act(given, office, tasks, kind, facts):
    """Rules 5.2, 5.13: these are the chief's, whatever the officer proposes."""
    facts = {"lead": office.interior} if kind == "wrong_lead" else facts
    facts = {"same_as": tasks[1]} if kind == "doubled" else facts
    mark = given(kind, None if kind == "missing" else tasks[0], **facts)

    assert isinstance(refusal(mark, office.officer), NotYours)
    assert refusal(mark, office.chief) is None


def test_after_acceptance_an_officer_does_not_correct(given, office, tasks):
    """Rule 4.5: before it freely, after it the chief."""
    lifecycle.accept(tasks[0], office.head, AT)
    mark = given("wrong_deadline", Task.objects.get(pk=tasks[0].pk), due_on=DAY)

    assert refusal(mark, office.officer) is not None
    assert refusal(mark, office.chief) is None


def test_a_refusal_has_its_reason_and_reaches_the_agency(given, office, tasks):
    mark = settling.refuse(
        given("wrong_deadline", tasks[0], due_on=DAY), office.officer, NEXT, answer="Văn bản đúng."
    )

    assert (mark.decision, mark.answer) == ("refused", "Văn bản đúng.")
    told = Notice.objects.filter(event__act="campaign.mark_refused", delivery="at_once")
    assert {notice.person for notice in told} == {office.head.user}


def test_a_refusal_without_a_reason_is_refused(given, office, tasks):
    with pytest.raises(Refused) as refused:
        settling.refuse(given("done", tasks[0], document_number=""), office.chief, NEXT, answer=" ")

    assert refused.value.field == "answer"


def test_a_mark_is_settled_once(given, office, tasks):
    """Rule 5.14: the second is told who did."""
    mark = given("wrong_deadline", tasks[0], due_on=DAY)
    settling.refuse(mark, office.officer, NEXT, answer="Đúng rồi.")

    with pytest.raises(Refused) as refused:
        applied(mark, office.chief)

    assert office.officer.user.full_name in str(refused.value.message)


def test_one_form_posted_twice_applies_once(given, office, tasks):
    mark, posting = given("done", tasks[0], document_number=""), office.chief.with_form_key("once")
    settling.apply(mark, posting, NEXT)

    with pytest.raises(AlreadyDone):
        settling.apply(mark, posting, NEXT)


def test_a_mark_of_a_list_not_confirmed_is_not_applied(office, entry, tasks):
    """It is the agency's own draft."""
    mark = confirming.mark(
        entry, office.staff, AT, kind="done", task=tasks[0], text="Xong.", document_number=""
    )

    with pytest.raises(Refused):
        settling.apply(mark, office.chief, NEXT)
