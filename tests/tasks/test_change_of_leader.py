"""People change, the work stays with the post (rules 2.1, 5.1)."""

from datetime import date

import pytest

from agencies.acting import Actor
from agencies.functions import Function
from agencies.models import Delegation, Event, Notice, Post
from tasks import lifecycle
from tasks.acts import ACTS, Situation
from tasks.models import Task
from tests import factories as make

pytestmark = pytest.mark.django_db
BEFORE, AFTER = make.moment("2026-11-10"), make.moment("2026-11-16")


def replaced(post: Post, **fields) -> Actor:
    """End a post on 14/11 and return who holds it from 15/11 on."""
    Post.objects.filter(pk=post.pk).update(ends_on=date(2026, 11, 14))
    facts = {"agency": post.agency, "title": post.title} | fields
    return make.actor_of(make.PostFactory(starts_on=date(2026, 11, 15), **facts))


@pytest.fixture
def land():
    return make.AgencyFactory(code="tnmt", name="Phòng Tài nguyên và Môi trường")


@pytest.fixture
def task(land):
    return make.assigned_task(land, responsible=make.head_of(land).post, officer=None)


def told(act: str) -> set:
    return set(
        Notice.objects.filter(event__act=act, channel="app").values_list("person", flat=True)
    )


def test_the_page_names_who_answers_now_and_who_did_before(client, land, task):
    """Rule 5.1: the responsible person follows the post."""
    new = replaced(task.responsible)
    client.force_login(new.user)

    text = " ".join(client.get(task.get_absolute_url()).content.decode().split())

    assert new.user.full_name in text
    assert f"15/11/2026: {task.responsible.user.full_name}" in text


def test_of_completed_work_the_page_names_who_then_answered(client, task):
    """Rule 2.1: whoever was responsible on the day stays written there."""
    old, chief = make.actor_of(task.responsible), make.office_chief()
    lifecycle.report(task, old, BEFORE, result="Xong.", document_number="9/BC")
    lifecycle.complete(task, chief, BEFORE)
    replaced(task.responsible)
    client.force_login(chief.user)

    text = client.get(task.get_absolute_url()).content.decode()

    assert old.user.full_name in text
    assert "15/11/2026" not in text


def test_the_rows_keep_the_post_they_were_given_to(task):
    """Rule 2.1: nothing is rewritten."""
    old = task.responsible
    lifecycle.accept(task, make.actor_of(old), BEFORE)

    replaced(old)

    task.refresh_from_db()
    assert task.responsible == old
    assert Event.objects.of(task).get(act="task.accepted").post == old


def test_the_new_member_of_staff_works_on_what_the_old_one_was_given(land):
    """Rule 5.8: by the register, or by a hand-on."""
    old = make.staff_of(land)
    make.staff_of(land)
    task = make.assigned_task(land, responsible=old.post)
    new = replaced(old.post)

    done = lifecycle.progress(task, new, AFTER, text="Đang làm.", percent=20)

    assert done.percent == 20


def test_a_colleague_who_was_there_before_does_not(land):
    old = make.staff_of(land)
    colleague = make.staff_of(land)
    task = make.assigned_task(land, responsible=old.post)
    replaced(old.post)

    assert ACTS["progress"].refusal(Situation(task, colleague, AFTER)) is not None


def test_the_new_officer_is_told_what_the_old_one_followed(land):
    officer = make.officer()
    task = make.assigned_task(land, officer=officer.post)
    new = replaced(officer.post)

    lifecycle.accept(task, make.head_of(land), AFTER)

    assert told("task.accepted") == {new.user.pk}


def test_the_new_supervising_leader_decides_the_offices_own_work():
    """Rule 2.3: what the chief would decide goes to the supervising leader."""
    vice = make.PostFactory(function=Function.LEADER, is_deputy=True, agency=make.LeadersFactory())
    chief = make.office_chief()
    task = make.assigned_task(chief.agency, supervisor=vice)
    lifecycle.report(task, chief, BEFORE, result="Xong.", document_number="9/BC")
    new = replaced(vice)

    assert lifecycle.complete(task, new, AFTER).state == "completed"


def test_a_mandate_of_the_new_supervising_leader_counts(land):
    """Rule 5.6: the chief decides under that leader's recorded authority."""
    vice = make.PostFactory(function=Function.LEADER, is_deputy=True, agency=make.LeadersFactory())
    chief = make.office_chief()
    make.assigned_task(land, supervisor=vice)
    new = replaced(vice)
    mandate = Delegation.objects.create(
        from_post=new.post, to_post=chief.post, acts=["task.grant_extension"],
        starts_on=date(2026, 11, 15), ends_on=date(2026, 12, 31), document_number="8/UQ",
    )  # fmt: skip

    assert Situation(Task.objects.get(), chief, AFTER).mandate == mandate


def test_the_list_of_a_leaders_tasks_holds_those_of_the_post_he_follows(client, land):
    chair = make.chair()
    task = make.assigned_task(land, supervisor=chair.post)
    new = replaced(chair.post)
    client.force_login(new.user)

    text = client.get("/tasks/", {"leader": new.post.pk}).content.decode()

    assert task.code in text
