"""The list becomes work once, and is taken back while nobody touched it."""

import pytest

from agencies.models import AlreadyDone, Event, Notice, NoticeChoice
from agencies.refusals import NotYours, Refused
from reports.figures import Terms
from reports.rows import task_rows
from tasks import lifecycle
from tasks.importing import preparing
from tasks.importing.bringing_in import bring_in
from tasks.importing.taking_back import undo
from tasks.models import ImportBatch, Task
from tests.factories import chair, moment
from tests.tasks.importing.conftest import AT, HEAD, fingerprint_of

pytestmark = pytest.mark.django_db
GOOD = ["Rà soát hồ sơ", "Phòng Nội vụ", "Phòng Tài chính", "20/12/2026", "Đang thực hiện"]
LATE = ["Lập danh sách", "Phòng Nội vụ", "", "16/11/2026", ""]
GROUP = ["Báo cáo rác thải", "UBND các xã", "", "", ""]
LATER = moment("2026-11-27")


def test_a_row_becomes_a_task_like_any_other(district, brought_in) -> None:
    """Rules 4.6, 5.1: lead, helpers, deadline, source with document and row, its own event."""
    batch = brought_in(GOOD)

    task = batch.rows.get(number=2).task
    assert (task.title, task.lead, task.assigned_by) == (
        "Rà soát hồ sơ", district.interior, district.issuer,
    )  # fmt: skip
    assert task.due_at == task.original_due_at == moment("2026-12-21", 0)
    assert task.coordinations.get().agency == district.finance
    assert "Theo dõi 2026.xlsx" in task.source and "2" in task.source
    assert Event.objects.of(task).first().act == "task.assigned"
    assert Event.objects.of(batch).last().params == {"rows": 1, "tasks": 1}


def test_the_source_keeps_the_document_and_the_day_the_work_was_given(district, brought_in) -> None:
    """Issue 5: source = document, original day, place in the list."""
    head = [*HEAD, "Văn bản giao", "Ngày giao"]
    batch = brought_in([*GOOD, "Kế hoạch 12/KH-UBND", "12/10/2026"], head=head)

    task = batch.rows.get(number=2).task
    assert task.source.startswith("Kế hoạch 12/KH-UBND; ")
    assert "12/10/2026" in task.source
    assert task.assigned_at == AT


def test_a_group_becomes_a_parent_and_a_task_an_agency(district, brought_in) -> None:
    """Rule 5.1: undated work gets a review day."""
    parent = brought_in(GROUP).rows.get(number=2).task

    assert (parent.is_group, parent.lead) == (True, None)
    assert [child.lead for child in parent.children.order_by("code")] == district.communes
    assert {child.review_on.isoformat() for child in parent.children.all()} == {"2026-11-30"}


def test_work_begun_has_its_first_update(district, brought_in) -> None:
    """Rule 5.2: "đang thực hiện" with its share is the first progress."""
    head = [*HEAD, "Tỷ lệ (%)", "Kết quả thực hiện"]
    task = brought_in([*GOOD, "40%", "Đã lập danh sách"], head=head).rows.get(number=2).task

    assert (task.state, task.percent, task.accepted_at) == ("in_progress", 40, AT)
    assert task.state_rows.last().state == "in_progress"
    assert task.updates.get().text == "Đã lập danh sách\nĐang thực hiện"
    assert [event.act for event in Event.objects.of(task)] == ["task.assigned", "task.begun_before"]


def test_the_head_works_on_as_on_any_task(district, brought_in) -> None:
    """Rule 5.2: the table of acts holds for what came in."""
    task = brought_in(GOOD).rows.get(number=2).task

    done = lifecycle.report(task, district.head, LATER, result="Xong.", document_number="9/NV")

    assert done.state == "reported"


def test_each_head_gets_one_message_for_all_tasks(district, brought_in) -> None:
    """Issue 5: one summarised notice, not one a task; nobody else's tasks are in it."""
    brought_in(GOOD, LATE, GROUP)

    told = Notice.objects.filter(person=district.head.user)
    assert {(one.channel, one.event) for one in told} == {("app", None), ("mail", None)}
    assert all("2" in one.text and "1" in one.text for one in told)
    heads = {head.user.pk for head in district.commune_heads}
    others = Notice.objects.filter(channel="app").exclude(person=district.head.user)
    assert set(others.values_list("person", flat=True)) == heads


def test_who_wants_no_mail_of_work_given_gets_none(district, brought_in) -> None:
    """Rule 10.1: each person chooses per kind."""
    NoticeChoice.objects.create(person=district.head.user, kind="assigned", delivery="app")

    brought_in(GOOD)

    assert [one.channel for one in Notice.objects.filter(person=district.head.user)] == ["app"]


def test_bringing_in_twice_is_once(district, brought_in) -> None:
    """Issue 5: the same batch a second time leads to the first."""
    batch = brought_in(GOOD)

    with pytest.raises(AlreadyDone) as again:
        bring_in(batch, district.chief, LATER, fingerprint="")

    assert again.value.event.thing == batch
    assert Task.objects.count() == 1


@pytest.mark.parametrize("role", ["officer", "clerk", "head"])
def test_only_the_chief_brings_a_list_in(district, taken_in, role) -> None:
    """Domain 2: officers prepare up to the dry run."""
    batch = taken_in(GOOD)

    with pytest.raises(NotYours):
        bring_in(batch, getattr(district, role), AT, fingerprint=fingerprint_of(batch))


def test_a_leader_brings_it_in_only_on_a_day_without_a_chief(district, taken_in) -> None:
    """Rule 2.1: the function falls to the Chair when nobody holds it."""
    batch, leader = taken_in(GOOD), chair()
    with pytest.raises(NotYours):
        bring_in(batch, leader, AT, fingerprint=fingerprint_of(batch))

    district.chief.post.title.functions = ["agency_head"]
    district.chief.post.title.save()

    assert bring_in(batch, leader, AT, fingerprint=fingerprint_of(batch)).applied_at == AT


def test_wrong_rows_stop_the_whole_list(district, taken_in) -> None:
    """Rule 11: nothing is half brought in."""
    batch = taken_in(GOOD, ["Việc", "Phòng Tổ chức", "", "", ""])

    with pytest.raises(Refused):
        bring_in(batch, district.chief, AT, fingerprint=fingerprint_of(batch))

    assert not Task.objects.exists()


def test_what_changed_after_the_page_was_opened_is_not_brought_in(district, taken_in) -> None:
    """The chief approves what he saw."""
    batch = taken_in(GOOD, LATE)
    seen = fingerprint_of(batch)
    row = batch.rows.select_related("batch").get(number=3)
    preparing.leave_out(row, district.officer, AT)

    with pytest.raises(Refused):
        bring_in(batch, district.chief, AT, fingerprint=seen)


def test_a_list_that_came_in_can_no_longer_be_changed(district, brought_in) -> None:
    """What was judged stays what was brought in."""
    batch = brought_in(GOOD)
    row = batch.rows.select_related("batch").get(number=2)

    with pytest.raises(Refused):
        preparing.leave_out(row, district.officer, LATER)


def test_a_long_list_takes_no_more_queries_a_row(
    district, taken_in, django_assert_max_num_queries
) -> None:
    """Style: no query per row."""
    rows = [[f"Việc {n}", "Phòng Nội vụ", "Phòng Tài chính", "20/12/2026", "Đang thực hiện"]
            for n in range(120)]  # fmt: skip
    batch = taken_in(*rows)
    seen = fingerprint_of(batch)

    with django_assert_max_num_queries(70):
        bring_in(batch, district.chief, AT, fingerprint=seen)

    assert Task.objects.count() == 120


# Taking back ----------------------------------------------------------------------------------


def test_a_list_is_taken_back_as_a_whole(district, brought_in) -> None:
    """Issue 5: tasks are cancelled, each by an event that names the list; nothing is deleted."""
    batch = undo(brought_in(GOOD, GROUP), district.chief, LATER)

    tasks = Task.objects.all()
    assert {task.state for task in tasks} == {"cancelled"}
    assert len(tasks) == 5
    event = Event.objects.of(tasks[0]).last()
    assert (event.act, event.params) == ("task.import_undone", {"batch": batch.code})
    assert batch.undone_at == LATER


def test_what_was_worked_on_since_stays(district, brought_in) -> None:
    """Issue 5: undo touches no work anybody did."""
    batch = brought_in(GOOD, LATE)
    begun, other = (row.task for row in batch.rows.filter(task__isnull=False))
    lifecycle.progress(begun, district.head, LATER, text="Đã họp.", percent=50)

    undo(batch, district.chief, LATER)

    assert Task.objects.get(pk=begun.pk).state == "in_progress"
    assert Task.objects.get(pk=other.pk).state == "cancelled"
    assert Event.objects.of(batch).last().params == {"tasks": 1, "left": 1}


def test_a_group_stays_while_one_of_its_agencies_has_begun(district, brought_in) -> None:
    """Rule 5.1: the parent shows the sum of what is left."""
    batch = brought_in(GROUP)
    parent = batch.rows.get(number=2).task
    child = parent.children.get(lead=district.communes[0])
    lifecycle.accept(child, district.commune_heads[0], LATER)

    undo(batch, district.chief, LATER)

    parent.refresh_from_db()
    assert parent.state == "assigned"
    assert parent.children.filter(state="cancelled").count() == 2


def test_a_list_all_worked_on_is_not_taken_back(district, brought_in) -> None:
    """Cancelling is then a decision on each task (rule 5.7)."""
    batch = brought_in(GOOD)
    lifecycle.progress(
        batch.rows.get(number=2).task, district.head, LATER, text="Đã họp.", percent=50
    )

    with pytest.raises(Refused):
        undo(batch, district.chief, LATER)


def test_taking_back_is_done_once_and_by_the_chief(district, brought_in) -> None:
    """Issue 5: undone once."""
    batch = brought_in(GOOD)
    with pytest.raises(NotYours):
        undo(batch, district.officer, LATER)
    undo(batch, district.chief, LATER)

    with pytest.raises(AlreadyDone):
        undo(batch, district.chief, LATER)


def test_a_form_opened_before_is_told_that_the_task_is_gone(district, brought_in) -> None:
    """Rule 5.14: taking back against a report: one wins, the other is told why."""
    batch = brought_in(GOOD)
    task = batch.rows.get(number=2).task
    undo(batch, district.chief, LATER)

    with pytest.raises(Refused, match=r"taken back|hoàn tác"):
        lifecycle.progress(
            task, district.head, LATER, text="Đã họp.", percent=50, version=task.version
        )


def test_heads_are_told_once_that_the_list_was_taken_back(district, brought_in) -> None:
    """Rule 10.1: one message an agency."""
    batch = brought_in(GOOD, LATE)
    before = Notice.objects.filter(person=district.head.user).count()

    undo(batch, district.chief, LATER)

    assert Notice.objects.filter(person=district.head.user).count() == before + 2


def figures_of(since: str, until: str) -> list[tuple[str, str]]:
    """Return entry and exit of every task of a period."""
    terms = Terms.in_force(moment(until, 0))
    return [(row.entry, row.exit) for row in task_rows(Task.objects.all(), moment(since, 0), terms)]


def test_taken_back_within_the_period_stands_in_no_figure(district, brought_in) -> None:
    """Rule 8.6: a mistake of the Office is no work of any agency, new or cancelled."""
    batch = brought_in(GOOD, LATE)
    undo(batch, district.chief, LATER)

    assert figures_of("2026-11-14", "2026-12-14") == []


def test_taken_back_in_a_later_period_leaves_as_cancelled(district, brought_in) -> None:
    """Rule 8.6: what one period carries over the next one accounts for."""
    batch = brought_in(GOOD)
    assert figures_of("2026-11-14", "2026-11-27") == [("new", "open_in_time")]

    undo(batch, district.chief, moment("2026-11-28"))

    assert figures_of("2026-11-14", "2026-11-27") == [("new", "open_in_time")]
    assert figures_of("2026-11-27", "2026-12-14") == [("carried_over", "cancelled")]


def test_the_list_is_seen_by_the_office_and_the_leaders_only(district, brought_in) -> None:
    """Rule 2.4: it holds every agency's rows."""
    batch = brought_in(GOOD)

    visible = ImportBatch.objects.visible_to
    assert list(visible(district.officer)) == [batch]
    assert list(visible(district.head)) == []
