"""A question unmarked as principal, contested by whoever disagrees on it (rule 6.1)."""

from datetime import timedelta

import pytest
import time_machine

from agencies.models import Notice
from agencies.refusals import NotYours, Refused
from consultations import lifecycle
from consultations.blocking import blocks
from consultations.lifecycle import Settled
from consultations.lifecycle.preparing import begin_dossier
from consultations.models import Answer, Opinion, QuestionContest
from consultations.stances import Stance
from tests.consultations.asking import ASKED, DUE, asked
from tests.factories import AgencyFactory, OfficeFactory, head_of, office_chief

pytestmark = pytest.mark.django_db

NOON, AFTER = ASKED + timedelta(hours=3), DUE + timedelta(hours=9)
QUESTIONS = (("Ranh giới?",), ("Điểm đấu nối?", False, "Chi tiết kỹ thuật."))
WHY = "Điểm đấu nối quyết định chi phí của xã."


@pytest.fixture
def requester():
    OfficeFactory()
    return head_of(AgencyFactory(name="Phòng Kinh tế"))


@pytest.fixture
def dossier(requester):
    return begin_dossier(requester, ASKED, title="Quy hoạch", recipient="chair")


@pytest.fixture
def lines(requester, dossier, commune, other_commune):
    """Two communes that disagree on the question that is not principal."""
    made = asked(commune, other_commune, by=requester, questions=QUESTIONS, dossier=dossier)
    return [disagreed(made.opinions.get(agency=agency)) for agency in (commune, other_commune)]


def disagreed(line: Opinion) -> Opinion:
    first, minor = line.consultation.questions.all()
    lifecycle.reply(
        line.pk, head_of(line.agency), lambda: NOON,
        answers={first: (Stance.AGREED, ""), minor: (Stance.DISAGREED, "Lệch cốt.")},
    )  # fmt: skip
    return line


def contested(line: Opinion, at=NOON, question=None) -> QuestionContest:
    question = question or line.consultation.questions.get(is_principal=False)
    head = head_of(line.agency)
    return lifecycle.contest_question(line, head, lambda: at, question=question, reason=WHY)


def settled(line: Opinion, upheld: bool, by=None) -> QuestionContest:
    chief = by or office_chief()
    return lifecycle.settle_question(line, chief, lambda: AFTER, upheld=upheld, answer="Đã xem.")


def blocking(dossier) -> set[str]:
    """Return who still differs on a principal question."""
    return {block.opinion.agency.code for block in blocks(dossier, AFTER) if block.opinion}


def settle_all_comments(requester) -> None:
    for answer in Answer.objects.filter(stance=Stance.DISAGREED).select_related("reply__opinion"):
        lifecycle.settle_comments(
            answer.reply.opinion, requester, lambda: AFTER,
            settlements={answer.pk: Settled(True)},
        )  # fmt: skip


@pytest.mark.parametrize(
    ("decision", "blocked"),
    [(None, {"quang-trung"}), (True, {"quang-trung", "an-tien"}), (False, set())],
    ids=["open: for who contests", "upheld: for everybody", "rejected: for nobody"],
)
def test_a_contest_makes_the_disagreement_one_on_a_principal_question(
    lines, dossier, requester, decision, blocked
):
    """Rules 6.1, 6.10: what is principal must be reconciled before the dossier is submitted."""
    settle_all_comments(requester)
    assert blocking(dossier) == set()

    contested(lines[0])
    if decision is not None:
        settled(lines[0], upheld=decision)

    assert blocking(dossier) == blocked


def test_only_a_question_disagreed_on_and_not_principal_is_contested_once(lines):
    """Rule 6.1."""
    with pytest.raises(Refused):
        contested(lines[0], question=lines[0].consultation.questions.get(is_principal=True))
    contested(lines[0])
    with pytest.raises(Refused):
        contested(lines[0])


def test_whoever_agrees_has_nothing_to_contest(requester, commune):
    """Rule 6.1: an objector may contest."""
    line = asked(commune, by=requester, questions=QUESTIONS).opinions.get()

    with pytest.raises(Refused):
        contested(line)


def test_the_chief_and_the_requester_are_told_then_both_sides(lines, requester):
    """Rule 10.1."""
    chief = office_chief()
    contested(lines[0])
    settled(lines[0], upheld=True, by=chief)

    told = Notice.objects.in_application().order_by("pk")
    assert {one.person for one in told.filter(event__act="opinion.question_contested")} == {
        chief.user, requester.user,
    }  # fmt: skip
    assert requester.user in {
        one.person for one in told.filter(event__act="opinion.question_is_principal")
    }


def test_nobody_but_the_chief_settles_it(lines, requester):
    """Rule 2.3: nor the side that asked."""
    contested(lines[0])

    with pytest.raises(NotYours):
        settled(lines[0], upheld=False, by=requester)


def test_the_page_shows_the_contest_and_what_was_settled(lines, client):
    """Issue 6: on the board, with the reason."""
    head, chief = head_of(lines[0].agency), office_chief()
    url = f"/opinions/{lines[0].pk}/acts/"
    with time_machine.travel(NOON, tick=False):
        client.force_login(head.user)
        form = {"acting": head.key, "request_key": "11111111-1111-1111-1111-111111111111"}
        minor = lines[0].consultation.questions.get(is_principal=False)
        sent = client.post(f"{url}contest_question/", form | {"question": minor.pk, "reason": WHY})
        client.force_login(chief.user)
        asked_for = client.get(f"{url}settle_question/")
        page = client.get(lines[0].consultation.get_absolute_url())

    assert sent.status_code == 302
    assert WHY in asked_for.text and WHY in page.text
