"""People whose authority ended, who see too much or too little (rules 2.1, 2.4, 6.5)."""

from datetime import date, timedelta

import pytest
import time_machine
from django.urls import reverse

from agencies import delegating
from agencies.models import Attachment, Delegation, Post
from consultations import lifecycle
from consultations.models import Reply, ReplyDraft
from consultations.stances import Outcome
from tests.consultations.asking import ASKED, DUE, asked, found_silence_rule, line_of, outcome_of
from tests.factories import AgencyFactory, OfficeFactory, actor_of, head_of, moment, staff_of
from tests.world import paper_file

pytestmark = pytest.mark.django_db

NOON = moment("2026-11-17", 12)
MINUTE = timedelta(minutes=1)


@pytest.fixture(autouse=True)
def clock():
    OfficeFactory()
    with time_machine.travel(NOON, tick=False) as traveller:
        yield traveller


@pytest.fixture
def line(commune):
    found_silence_rule()
    asked(commune)
    return line_of(commune)


@pytest.fixture
def lent(line):
    """The head's authority, lent to one of the staff until the end of 17/11."""
    return Delegation.objects.create(
        from_post=line.agency.posts.get(), to_post=staff_of(line.agency).post, acts=["opinion."],
        starts_on=date(2026, 11, 16), ends_on=date(2026, 11, 17), document_number="05/UQ-UBND",
    )  # fmt: skip


def answer(client, user, line, acting, **data):
    client.force_login(user)
    url = reverse("opinion_answer", args=[line.pk])
    return client.post(url, {"act": "send", "stance": "agreed", "acting": acting, **data})


@pytest.mark.parametrize("ends", ["ended early", "its last day is over"])
def test_a_delegation_that_ended_one_minute_before_sending_sends_nothing(
    client, line, lent, clock, ends
):
    """Rules 2.1, 2.2: the form was opened under it; what was typed is kept on the page."""
    if ends == "ended early":
        delegating.end(lent, actor_of(lent.from_post), NOON)
    clock.move_to(NOON + MINUTE if ends == "ended early" else moment("2026-11-18", 0, 1))

    page = answer(
        client, lent.to_post.user, line, f"delegation-{lent.pk}", note="Nhất trí toàn bộ."
    )

    assert page.status_code == 409
    assert "Nhất trí toàn bộ." in page.content.decode()
    assert not Reply.objects.exists()


def test_a_delegation_one_minute_before_its_end_sends(client, line, lent, clock):
    """Rule 2.2: in force to the last minute, and the reply says under which authority."""
    clock.move_to(moment("2026-11-17", 23, 59))

    answer(client, lent.to_post.user, line, f"delegation-{lent.pk}")

    assert Reply.objects.get().event.capacity == "TUQ."


def test_a_person_without_a_post_that_day_neither_reads_nor_sends(client, line, clock):
    """Rules 2.1, 2.4: the head's post ended yesterday; the line stays and is still awaited."""
    head = line.agency.posts.get()
    Post.objects.filter(pk=head.pk).update(ends_on=date(2026, 11, 16))
    client.force_login(head.user)

    page = client.get(reverse("opinion_answer", args=[line.pk]))
    sent = answer(client, head.user, line, "")

    assert (page.status_code, sent.status_code) == (404, 404)
    assert answer(client, head.user, line, f"post-{head.pk}").status_code == 409
    assert outcome_of(line, NOON) == Outcome.AWAITING


def test_who_follows_in_the_post_answers_what_the_predecessor_was_asked(client, line):
    """Rule 2.1: a head changed in between; the line is the agency's."""
    before = line.agency.posts.get()
    Post.objects.filter(pk=before.pk).update(ends_on=date(2026, 11, 16))
    after = head_of(line.agency, starts_on=date(2026, 11, 17))

    answer(client, after.user, line, after.key)

    assert Reply.objects.get().post == after.post


def test_a_person_sees_only_the_own_agencys_drafts(client, line, other_commune):
    """Rules 2.4, 6.5: two agencies asked together prepare side by side."""
    asked(other_commune)
    other = line_of(other_commune)
    for one, words in ((line, "Nháp của Quang Trung"), (other, "Nháp của An Tiến")):
        lifecycle.save_draft(
            one.pk, staff_of(one.agency), ASKED, content={"note": words}, version=0
        )
    client.force_login(line.agency.posts.first().user)

    own = client.get(reverse("opinion_answer", args=[line.pk]))
    others = client.get(reverse("opinion_answer", args=[other.pk]))

    assert "Nháp của Quang Trung" in own.content.decode()
    assert others.status_code == 404
    drafts = ReplyDraft.objects.visible_to(actor_of(other_commune.posts.first()))
    assert [draft.opinion for draft in drafts] == [other]


def test_a_file_of_a_withdrawn_consultation_is_still_read_by_who_was_asked(
    client, commune, other_commune
):
    """Rules 2.4, 6.7: what was sent stays readable; to everybody else it does not exist."""
    requester = head_of(AgencyFactory())
    consultation = asked(commune, by=requester, files=[paper_file("du-thao")])
    file = Attachment.objects.of(consultation).get()
    lifecycle.withdraw(consultation, requester, lambda: NOON, reason="Dự thảo đổi.")

    def opened(user) -> int:
        client.force_login(user)
        return client.get(file.get_absolute_url()).status_code

    assert opened(commune.posts.first().user) == 200
    assert opened(requester.user) == 200
    assert opened(head_of(other_commune).user) == 404


def test_a_file_of_anothers_line_is_hidden_until_the_withdrawal_closes_it(
    client, clock, commune, other_commune
):
    """Rule 2.4: withdrawn is closed, and everyone asked then sees everyone's lines."""
    requester = head_of(AgencyFactory())
    consultation = asked(commune, other_commune, by=requester)
    chair = actor_of(commune.posts.get())
    question = consultation.questions.get()
    lifecycle.reply(
        line_of(commune).pk, chair, lambda: NOON, answers={question: ("agreed", "")},
        files=[paper_file("y-kien")],
    )  # fmt: skip
    file = Attachment.objects.of(line_of(commune)).get()
    client.force_login(other_commune.posts.get().user)
    before = client.get(file.get_absolute_url()).status_code

    lifecycle.withdraw(consultation, requester, lambda: NOON, reason="Dự thảo đổi.")

    clock.move_to(DUE)
    client.force_login(other_commune.posts.get().user)
    assert (before, client.get(file.get_absolute_url()).status_code) == (404, 200)
