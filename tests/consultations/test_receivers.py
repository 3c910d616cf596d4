"""Who is told that something waits for a decision: the chief, or a leader for the Office (2.3)."""

from datetime import timedelta

import pytest

from agencies.functions import Function
from agencies.models import Notice
from consultations import lifecycle
from consultations.lifecycle import dossiers
from consultations.lifecycle.preparing import begin_dossier
from consultations.stances import Stance
from tests.consultations.asking import ASKED, asked, line_of, replied
from tests.factories import (
    CompetenceFactory,
    LeadersFactory,
    OfficeFactory,
    PostFactory,
    actor_of,
    chair,
    office_chief,
)
from tests.world import paper_file

pytestmark = pytest.mark.django_db

NOON = ASKED + timedelta(hours=3)


@pytest.fixture
def chief():
    return office_chief()


@pytest.fixture
def leaders():
    """The Chair, and the Vice Chair in whose portfolio the Office is."""
    vice = PostFactory(function=Function.LEADER, agency=LeadersFactory(), is_deputy=True)
    vice.agencies.set([OfficeFactory()])
    return {"chair": chair(), "vice": actor_of(vice)}


def told_of(act: str) -> set:
    notices = Notice.objects.in_application().filter(event__act=act)
    return {notice.person for notice in notices.select_related("person")}


def contested_return(line, asker) -> None:
    replied(line, NOON, Stance.RETURNED)
    lifecycle.contest_return(line, asker, lambda: NOON, reason="Đất của xã.")


def contested_mark(line, asker) -> None:
    replied(line, NOON)
    lifecycle.mark_poor(line, asker, lambda: NOON, kind="general", reason="Chung chung.")
    head = actor_of(line.agency.posts.first())
    lifecycle.contest_mark(line, head, lambda: NOON, reason="Đã nêu rõ.")


def contested_question(line, asker) -> None:
    replied(line, NOON, Stance.DISAGREED)
    head = actor_of(line.agency.posts.first())
    question = line.consultation.questions.get()
    lifecycle.contest_question(
        line, head, lambda: NOON, question=question, reason="Rất quan trọng."
    )


CONTESTS = pytest.mark.parametrize(
    ("contest", "act"),
    [
        (contested_return, "opinion.return_contested"),
        (contested_mark, "opinion.mark_contested"),
        (contested_question, "opinion.question_contested"),
    ],
)
MINOR = [("Điểm đấu nối?", False, "Chi tiết kỹ thuật.")]


@CONTESTS
def test_where_the_office_asks_the_supervising_leader_is_told(
    chief, leaders, commune, contest, act
):
    """Rules 2.3, 10.1: who must settle it, not the side that asked."""
    asked(commune, by=chief, questions=MINOR)
    contest(line_of(commune), chief)

    assert leaders["vice"].user in told_of(act)
    assert leaders["chair"].user not in told_of(act)


@CONTESTS
def test_of_other_agencies_contests_the_chief_is_told(
    chief, leaders, requester, commune, contest, act
):
    """Rules 2.3, 10.1."""
    asked(commune, by=requester, questions=MINOR)
    contest(line_of(commune), requester)

    assert chief.user in told_of(act)
    assert leaders["vice"].user not in told_of(act)


def test_of_the_offices_own_dossier_the_supervising_leader_is_told(chief, leaders):
    """Rules 2.3, 7.2: a leader checks it and passes it on."""
    own = begin_dossier(chief, NOON, title="Quy chế làm việc", recipient="committee")
    dossiers.submit(own, chief, NOON, text="Kính trình.", proposal="Ban hành.")

    assert told_of("dossier.submitted") == {leaders["vice"].user}


def test_the_leader_of_the_dossiers_competence_goes_before_that_of_the_agency(chief, leaders):
    """Rule 5.1: portfolios of competences and agencies give the supervising leader."""
    land = CompetenceFactory()
    leaders["chair"].post.competences.set([land])
    own = begin_dossier(chief, NOON, title="Quy hoạch", recipient="committee", competence=land)
    dossiers.submit(own, chief, NOON, text="Kính trình.", proposal="Ban hành.")

    assert told_of("dossier.submitted") == {leaders["chair"].user}


def test_the_chief_is_told_of_a_paper_reply_to_confirm(chief, requester, commune):
    """Rules 2.7, 10.1: entered from paper, it waits for the chief."""
    asked(commune, by=requester, on_paper=True)
    line = line_of(commune)
    clerk = actor_of(PostFactory(function=Function.CLERK, agency=OfficeFactory()))

    lifecycle.enter_paper(
        line, clerk, lambda: NOON, received_at=NOON, files=[paper_file("y-kien")],
        answers={line.consultation.questions.get(): (Stance.AGREED, "")},
    )  # fmt: skip

    assert {chief.user, requester.user} <= told_of("opinion.paper_entered")


def test_the_requester_is_told_that_a_paper_reply_is_confirmed(chief, requester, commune):
    """Rules 2.7, 7.1: it no longer stands against the dossier."""
    asked(commune, by=requester, on_paper=True)
    line = line_of(commune)
    clerk = actor_of(PostFactory(function=Function.CLERK, agency=requester.agency))
    entered = lifecycle.enter_paper(
        line, clerk, lambda: NOON, received_at=NOON, files=[paper_file("y-kien")],
        answers={line.consultation.questions.get(): (Stance.AGREED, "")},
    )  # fmt: skip

    lifecycle.confirm_paper(entered, chief, NOON)

    assert told_of("opinion.paper_confirmed") == {clerk.user, requester.user}
