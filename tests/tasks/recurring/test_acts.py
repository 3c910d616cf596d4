"""Recurring work is begun, changed and ended; the past stays as it was (rule 5.10)."""

from datetime import date

import pytest

from agencies.models import AlreadyDone, Event, Notice
from agencies.refusals import NotYours, Refused
from tasks.models import Recurrence, Task
from tasks.recurring.acts import begin, change, end
from tasks.recurring.opening import open_due
from tests.factories import moment

pytestmark = pytest.mark.django_db
AT = moment("2026-11-26", 9)


@pytest.fixture
def given(district):
    """Return a function that begins work of Nội vụ, monthly before the 20th by default."""

    def begun(rule_text: str = "trước ngày 20 hằng tháng", at=AT, **facts) -> Recurrence:
        usual = {"title": "Báo cáo công vụ", "source": "Quy chế", "assigned_by": district.issuer}
        leads = facts.pop("leads", [district.interior])
        (first, *_rest) = begin(
            district.chief, at, leads, rule_text=rule_text, **{**usual, **facts}
        )
        return first

    return begun


def test_each_lead_gets_a_rule_of_its_own(district, given) -> None:
    """Rule 5.1: each answers for itself; its head is told."""
    given(leads=district.communes)

    rules = Recurrence.objects.all()
    assert [one.code for one in rules] == [f"DK-2026-000{n}" for n in (1, 2, 3)]
    assert [one.lead for one in rules] == district.communes
    told = Notice.objects.filter(event__act="recurrence.begun", channel="app")
    assert told.count() == 3


def test_what_the_present_period_owes_is_opened_at_once(given) -> None:
    """Rule 5.10: the last day of November is still ahead."""
    (task,) = given("hằng tháng").occurrences.all()

    assert task.title.startswith("Báo cáo công vụ (") and task.title.endswith("11/2026)")
    assert (task.period_on, task.due_at) == (date(2026, 11, 1), moment("2026-12-01", 0))
    assert task.assigned_at == AT


def test_what_could_only_be_late_is_not_opened(given) -> None:
    """Begun on the 26th, "before the 20th" first falls due in December."""
    assert not given("trước ngày 20 hằng tháng").occurrences.exists()


def test_an_occurrence_carries_the_facts_and_the_arithmetic_of_its_rule(district, given) -> None:
    """Rules 3.6, 5.10: a task like any other."""
    recurrence = given(
        "thứ Sáu hằng tuần", coordinating=[district.finance], product="Báo cáo", priority="key"
    )

    task = recurrence.occurrences.get()
    assert (task.lead, task.product, task.priority) == (district.interior, "Báo cáo", "key")
    assert task.coordinations.get().agency == district.finance
    assert task.arithmetic["expression"] == task.deadline_text == "thứ Sáu hằng tuần"
    assert (task.responsible, task.source) == (district.head.post, "Quy chế")


@pytest.mark.parametrize(
    ("facts", "field"),
    [
        ({"rule_text": "khi cần"}, "recurrence"),
        ({"rule_text": "20/12/2026"}, "recurrence"),
        ({"starts_on": date(2026, 11, 25)}, "starts_on"),
        ({"source": ""}, "source"),
        ({"leads": []}, "lead"),
    ],
    ids=["no period", "one day", "in the past", "no source", "no lead"],
)
def test_what_cannot_be_kept_is_refused_beside_its_field(given, facts, field) -> None:
    """Rules 3.6, 4.6, 5.10."""
    with pytest.raises(Refused) as refused:
        given(**facts)

    assert refused.value.field == field


@pytest.mark.parametrize("role", ["officer", "head", "clerk"])
def test_only_who_assigns_begins_recurring_work(district, role) -> None:
    """Domain 2: the chief approves assignment."""
    with pytest.raises(NotYours):
        begin(
            getattr(district, role), AT, [district.interior], rule_text="hằng tháng",
            title="x", source="y", assigned_by=district.issuer,
        )  # fmt: skip


# The end --------------------------------------------------------------------------------------


def test_an_ended_rule_opens_none_and_its_last_task_goes_on(district, given) -> None:
    """Rule 5.10: ending touches no past occurrence."""
    recurrence = given("hằng tháng")
    end(recurrence, district.chief, AT, ends_on=date(2026, 11, 30), reason="Hết kế hoạch.")

    opened = open_due(moment("2027-03-01"))

    assert opened == 0
    assert recurrence.occurrences.get().state == "assigned"
    event = Event.objects.of(recurrence).last()
    assert (event.act, event.params["text"]) == ("recurrence.ended", "Hết kế hoạch.")


def test_what_began_before_the_last_day_is_caught_up_after_it(district, given) -> None:
    """Rule 3.10: the job that did not run changes no outcome."""
    recurrence = given("hằng tháng")
    end(recurrence, district.chief, AT, ends_on=date(2026, 12, 31), reason="Hết kế hoạch.")

    assert open_due(moment("2027-02-01")) == 1
    assert recurrence.occurrences.last().period_on == date(2026, 12, 1)


def test_a_rule_that_has_not_begun_is_ended_without_a_trace_of_work(district, given) -> None:
    """It never ran."""
    recurrence = given("thứ Sáu hằng tuần", starts_on=date(2026, 12, 7))
    end(recurrence, district.chief, AT, ends_on=date(2026, 11, 26), reason="Nhầm.")

    assert open_due(moment("2027-01-01")) == 0


def test_an_end_in_the_past_or_without_a_reason_is_refused(district, given) -> None:
    """Rule 5.10: no past one is touched."""
    recurrence = given()
    for facts in ({"ends_on": date(2026, 11, 25), "reason": "x"},
                  {"ends_on": date(2026, 11, 30), "reason": " "}):  # fmt: skip
        with pytest.raises(Refused):
            end(recurrence, district.chief, AT, **facts)


# Changes --------------------------------------------------------------------------------------


def test_a_change_ends_one_row_and_begins_another(district, given) -> None:
    """Rule 5.10: the new rule from the period after the last one opened."""
    old = given("hằng tháng")

    new = change(
        old, district.chief, AT,
        rule_text="ngày 25 hằng tháng", from_on=date(2026, 11, 26), reason="Theo quy chế mới.",
    )  # fmt: skip

    old.refresh_from_db()
    assert (old.ends_on, new.starts_on, new.previous) == (
        date(2026, 11, 30), date(2026, 12, 1), old,
    )  # fmt: skip
    assert (new.title, new.source, new.lead) == (old.title, old.source, old.lead)


def test_a_change_keeps_the_past(district, given) -> None:
    """Rule 5.10: tasks opened by the old rule keep their deadline; none is doubled."""
    old = given("hằng tháng", at=moment("2026-09-10"))
    open_due(AT)
    before = list(old.occurrences.values("code", "due_at", "state"))
    new = change(
        old, district.chief, AT,
        rule_text="ngày 25 hằng tháng", from_on=date(2026, 11, 26), reason="Quy chế mới.",
    )  # fmt: skip

    open_due(moment("2026-12-10"))

    assert list(old.occurrences.values("code", "due_at", "state")) == before
    assert [one.period_on for one in new.occurrences.all()] == [date(2026, 12, 1)]
    assert Task.objects.filter(due_at__year=2026).count() == 4


def test_a_change_of_period_begins_when_the_old_period_is_over(district, given) -> None:
    """From monthly to weekly: the month that is open is the old rule's."""
    old = given("hằng tháng")

    new = change(
        old, district.chief, AT,
        rule_text="thứ Sáu hằng tuần", from_on=date(2026, 11, 26), reason="Cao điểm.",
    )  # fmt: skip
    open_due(moment("2026-12-08"))

    assert [one.period_on for one in new.occurrences.all()] == [date(2026, 12, 7)]


def test_work_may_pass_to_another_lead(district, given) -> None:
    """Rule 5.3: an agency never passes work on itself; the Office does, both are told."""
    old = given("hằng tháng")

    new = change(
        old, district.chief, AT, rule_text="hằng tháng", lead=district.finance,
        from_on=date(2026, 12, 1), reason="Đúng chức năng.",
    )  # fmt: skip

    assert new.lead == district.finance
    told = Notice.objects.filter(event__act="recurrence.changed").values_list("person", flat=True)
    assert list(told) == [district.head.user.pk]


def test_a_changed_rule_is_changed_only_where_it_goes_on(district, given) -> None:
    """One chain, no fork."""
    old = given("hằng tháng")
    facts = {"from_on": date(2026, 12, 1), "reason": "x"}
    change(old, district.chief, AT, rule_text="ngày 25 hằng tháng", **facts)

    with pytest.raises(Refused):
        change(old, district.chief, AT, rule_text="ngày 20 hằng tháng", **facts)


def test_a_change_that_changes_nothing_is_refused(district, given) -> None:
    """Nothing changes without a trace, and no trace without a change."""
    with pytest.raises(Refused):
        change(
            given("hằng tháng"), district.chief, AT,
            rule_text="định kỳ tháng", from_on=date(2026, 12, 1), reason="x",
        )  # fmt: skip


def test_a_stale_form_and_a_form_sent_twice(district, given) -> None:
    """Rule 5.14, issue 4."""
    recurrence = given("hằng tháng")
    facts = {"ends_on": date(2026, 12, 31), "reason": "x"}
    chief = district.chief.with_form_key("posted")
    end(recurrence, chief, AT, version=0, **facts)

    with pytest.raises(AlreadyDone):
        end(recurrence, chief, AT, version=0, **facts)
    with pytest.raises(Refused):
        end(recurrence, district.chief, AT, version=0, **facts)
