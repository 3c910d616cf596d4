"""Corrections: what was written wrong is put right with reason, old and new value (rule 4.5)."""

from datetime import date, timedelta

import pytest
import time_machine

from agencies.functions import Function
from agencies.models import Event, Notice
from agencies.refusals import NotYours, Refused
from tasks import lifecycle
from tasks.models import Contribution, Task
from tests import factories as make

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]
NOW = make.moment("2026-11-10")
DUE = make.moment("2026-11-17", 0)


@pytest.fixture
def head():
    return make.head_of(make.AgencyFactory(code="phong-tnmt", name="Phòng TN&MT"))


def correct(task, actor, at=NOW, **changes) -> Task:
    return lifecycle.correct(task, actor, at, changes=changes, reason="Đánh máy nhầm.")


def changes_of(task) -> list:
    return Event.objects.of(task).filter(act="task.corrected").last().params["changes"]


# What is changed ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("title", "Rà soát hồ sơ đất đai"),
        ("text", "Rà soát hồ sơ, báo cáo trước ngày 20."),
        ("product", "Danh sách"),
        ("clause", "2-1"),
    ],
)
def test_wording_is_put_right_with_old_and_new(name, value, task, officer) -> None:
    """Rule 4.5: reason, old and new value."""
    old = getattr(task, name)

    task = correct(task, officer, **{name: value})

    assert getattr(task, name) == value
    assert changes_of(task) == [[name, old, value]]
    assert Event.objects.of(task).last().params["text"] == "Đánh máy nhầm."


def test_the_corrected_words_are_found(task, officer) -> None:
    """The search follows."""
    task = correct(task, officer, title="Kiểm kê bến thủy nội địa")

    assert "ben thuy" in task.search_text


def test_a_wrong_deadline_leaves_the_original_on_record(task, officer) -> None:
    """Rule 5.6: the original deadline stays for ever; the new one has its row."""
    task = correct(task, officer, due_on=date(2026, 11, 20))

    assert (task.due_at, task.original_due_at) == (make.moment("2026-11-21", 0), DUE)
    assert task.deadline_rows.last().due_at == task.due_at
    assert changes_of(task) == [["due_on", "16/11/2026", "20/11/2026"]]


def test_a_deadline_may_become_a_review_day_and_back(task, officer) -> None:
    """Rule 5.11: one or the other."""
    task = correct(task, officer, due_on=None, review_on=date(2026, 11, 30))
    assert (task.due_at, task.review_on) == (None, date(2026, 11, 30))

    task = correct(task, officer, due_on=date(2026, 11, 20), review_on=None)

    assert (task.due_at, task.review_on) == (make.moment("2026-11-21", 0), None)


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"title": "  "}, "title"),
        ({"due_on": date(2026, 11, 9)}, "due_on"),
        ({"due_on": None}, "review_on"),
        ({"due_on": date(2026, 11, 20), "review_on": date(2026, 11, 30)}, "review_on"),
    ],
    ids=["no title", "a day that passed", "neither day", "both days"],
)
def test_what_cannot_be_is_refused(changes, field, task, officer) -> None:
    """Rules 3.1, 5.11: beside the field it belongs to."""
    with pytest.raises(Refused) as refused:
        correct(task, officer, **changes)

    assert refused.value.field == field


def test_a_correction_never_passes_the_superiors_deadline(task, officer) -> None:
    """Rule 5.6: that takes the superior's own decision."""
    Task.objects.filter(pk=task.pk).update(superior_due_at=make.moment("2026-11-20", 0))

    with pytest.raises(Refused, match="superior"):
        correct(task, officer, due_on=date(2026, 11, 27))


def test_classification_is_a_row_from_now_on(task, officer) -> None:
    """Rule 3.9: figures of the past keep what held then."""
    authority = make.AuthorityFactory(code="ubnd-thanh-pho", name="UBND thành phố")

    task = correct(task, officer, assigned_by=authority, priority=Task.Priority.KEY)

    rows = list(task.classification_rows.all())
    assert [row.assigned_by.code for row in rows] == ["chu-tich-huyen", "ubnd-thanh-pho"]
    assert (rows[0].priority, rows[1].effective_at) == (Task.Priority.NORMAL, NOW)


def test_wording_alone_writes_no_classification(task, officer) -> None:
    """Rule 3.9: a row only where something changed."""
    task = correct(task, officer, title="Rà soát hồ sơ đất đai")

    assert task.classification_rows.count() == 1
    assert task.deadline_rows.count() == 1


def test_people_are_put_right_and_told(task, officer, head) -> None:
    """Rule 4.5: a notice to those concerned."""
    staff, other = make.staff_of(head.agency), make.officer()

    task = correct(task, officer, responsible=staff.post, officer=other.post)

    told = Notice.objects.filter(event__act="task.corrected", channel="app")
    assert {notice.person for notice in told} == {head.user, staff.user, other.user}


def test_the_responsible_person_is_of_the_lead(task, officer) -> None:
    """Rule 5.1: who answers is in the lead agency."""
    stranger = make.staff_of(make.AgencyFactory())

    with pytest.raises(Refused) as refused:
        correct(task, officer, responsible=stranger.post)

    assert refused.value.field == "responsible"


def test_helpers_join_and_leave(head, chief, officer) -> None:
    """Rule 5.1: any number of coordinating agencies; both are told."""
    old, new = make.head_of(make.AgencyFactory()), make.head_of(make.AgencyFactory())
    task = make.assigned_task(head.agency, actor=chief, coordinating=[old.agency])

    task = correct(task, officer, coordinating=[new.agency])

    assert [one.agency for one in task.coordinations.current()] == [new.agency]
    told = {n.person for n in Notice.objects.filter(event__act="task.corrected", channel="app")}
    assert told == {head.user, old.user, new.user}


def test_who_helped_and_left_is_kept_with_its_days(head, chief, officer) -> None:
    """Rules 3.9, 5.1: past lists and figures ask who helped then; asked again, it helps anew."""
    helper = make.head_of(make.AgencyFactory())
    task = make.assigned_task(head.agency, at=NOW, actor=chief, coordinating=[helper.agency])
    later, last = NOW + timedelta(days=2), NOW + timedelta(days=5)

    correct(task, officer, later, coordinating=[])
    correct(task, officer, last, coordinating=[helper.agency])

    assert list(task.coordinations.order_by("asked_at").values_list("asked_at", "left_at")) == [
        (NOW, later),
        (last, None),
    ]
    days = [NOW, later, last]
    assert [task.coordinations.as_of(day).count() for day in days] == [1, 0, 1]


def test_a_helper_that_gave_its_share_stays(head, chief, officer) -> None:
    """Rule 11: work is not lost."""
    helper = make.head_of(make.AgencyFactory())
    task = make.assigned_task(head.agency, actor=chief, coordinating=[helper.agency])
    Contribution.objects.create(
        coordination=task.coordinations.get(), event=Event.objects.of(task).get(),
        post=helper.post, text="Số liệu 5 xã.", made_at=NOW,
    )  # fmt: skip

    with pytest.raises(Refused) as refused:
        correct(task, officer, coordinating=[])

    assert refused.value.field == "coordinating"


def test_the_lead_cannot_help_itself(task, officer, head) -> None:
    """Rule 5.1: one lead, and others that help."""
    with pytest.raises(Refused) as refused:
        correct(task, officer, coordinating=[head.agency])

    assert refused.value.field == "coordinating"


def test_a_correction_that_changes_nothing_is_refused(task, officer) -> None:
    """Rule 11: no event without a change."""
    with pytest.raises(Refused, match="Nothing differs"):
        correct(task, officer, title=task.title)


def test_a_correction_needs_a_reason(task, officer) -> None:
    """Rule 4.5: with reason."""
    with pytest.raises(Refused) as refused:
        lifecycle.correct(task, officer, NOW, changes={"title": "Mới"}, reason="")

    assert refused.value.field == "reason"


# Who ------------------------------------------------------------------------------------------


def test_after_acceptance_the_chief_corrects(task, head, chief, officer) -> None:
    """Rule 4.5: before acceptance freely, after it by the chief."""
    task = lifecycle.accept(task, head, NOW)

    with pytest.raises(NotYours):
        correct(task, officer, title="Rà soát hồ sơ đất đai")
    assert correct(task, chief, title="Rà soát hồ sơ đất đai").title == "Rà soát hồ sơ đất đai"


# In the form ----------------------------------------------------------------------------------


@pytest.fixture
def form(client, task, officer):
    """Open the form as the officer, change some fields and send it as a browser would."""

    def send(answer=None, **typed):
        client.force_login(officer.user)
        answer = answer or client.get(f"/tasks/{task.code}/correct/")
        drawn = answer.context["form"]
        data = {"acting": officer.key}
        for bound in drawn:
            _put(data, bound.html_name, bound.value(), drawn.fields[bound.name])
            if drawn.fields[bound.name].show_hidden_initial:
                _put(data, bound.html_initial_name, bound.initial, drawn.fields[bound.name])
        return lambda: client.post(f"/tasks/{task.code}/correct/", data | typed)

    with time_machine.travel(NOW, tick=False):
        yield send


def _put(data: dict, key: str, value, field) -> None:
    value = field.prepare_value(value)
    data[key] = value if isinstance(value, list) else "" if value is None else str(value)


def test_the_form_is_filled_with_what_stands(form, client, task) -> None:
    """Rule 4.5: what is wrong is overwritten."""
    form()
    answer = client.get(f"/tasks/{task.code}/correct/")

    assert answer.context["form"]["title"].value() == task.title
    assert 'value="2026-11-16"' in answer.content.decode()


def test_only_what_was_changed_is_corrected(form, task) -> None:
    """Rule 4.5: the event names just that."""
    answer = form(title="Rà soát hồ sơ", reason="Nhầm.")()

    assert answer.status_code == 302
    assert [name for name, _old, _new in changes_of(task)] == ["title"]


def test_the_second_of_two_is_told_what_changed_and_keeps_what_was_typed(form, task, officer):
    """Rule 5.14: refused once; sent again, only his own change is made on top of the other's."""
    send = form(product="Danh mục", reason="Nhầm sản phẩm.")
    lifecycle.correct(task, officer, NOW, changes={"title": "Tên mới"}, reason="Nhầm tên.")

    refused = send()
    assert refused.status_code == 409
    assert "Nhầm sản phẩm." in refused.content.decode()
    assert officer.user.full_name in refused.content.decode()
    answer = form(refused)()

    task.refresh_from_db()
    assert (answer.status_code, task.title, task.product) == (302, "Tên mới", "Danh mục")


def test_the_same_field_changed_by_two_is_shown_side_by_side(form, task, officer) -> None:
    """Rule 5.14: stored and typed stand beside each other; the second saves knowingly."""
    send = form(title="Tên của tôi", reason="Nhầm.")
    lifecycle.correct(task, officer, NOW, changes={"title": "Tên mới"}, reason="Nhầm tên.")

    refused = send()
    differences = [(one.old, one.new) for one in refused.context["form"].differences]
    assert differences == [("Tên mới", "Tên của tôi")]
    form(refused)()

    assert Task.objects.get().title == "Tên của tôi"


def test_officers_and_leaders_are_offered_for_their_own_places(form, client, task, chief):
    """Rule 5.1: each by the function the post carries."""
    leader = make.chair()
    staff = make.actor_of(make.PostFactory(function=Function.AGENCY_STAFF, agency=task.lead))
    form()

    fields = client.get(f"/tasks/{task.code}/correct/").context["form"].fields

    assert set(fields["supervisor"].queryset) == {leader.post}
    assert staff.post in fields["responsible"].queryset
    assert chief.post not in fields["officer"].queryset
