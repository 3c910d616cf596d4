"""The pages on which the requester, the agency asked and the chief act (rules 6.4 to 6.10)."""

from datetime import timedelta

import pytest
import time_machine
from django.urls import reverse

from consultations.models import Opinion
from consultations.stances import Outcome, Stance
from tests.consultations.asking import ASKED, DUE, asked, line_of, outcome_of, replied
from tests.factories import AgencyFactory, OfficeFactory, actor_of, head_of, office_chief

pytestmark = pytest.mark.django_db

NOW = ASKED + timedelta(hours=5)


@pytest.fixture(autouse=True)
def clock():
    OfficeFactory()
    with time_machine.travel(NOW, tick=False) as traveller:
        yield traveller


@pytest.fixture
def line(requester, commune):
    asked(commune, by=requester)
    return line_of(commune)


def act_url(line: Opinion, act: str) -> str:
    return reverse("line_act", args=[line.pk, act])


def post(client, actor, url, **data):
    client.force_login(actor.user)
    key = "11111111-1111-1111-1111-111111111111"
    return client.post(url, {"acting": actor.key, "request_key": key, **data})


def page(client, actor, url):
    client.force_login(actor.user)
    return client.get(url)


def test_the_requester_finds_what_to_do_in_the_row_that_was_sent_back(client, line, requester):
    """Rule 6.6: supply, refuse; nothing else on this line."""
    replied(line, NOW, Stance.INSUFFICIENT)

    text = page(client, requester, line.consultation.get_absolute_url()).content.decode()

    assert act_url(line, "supply") in text
    assert act_url(line, "refuse_supply") in text
    assert act_url(line, "drop") not in text


def test_what_is_missing_is_supplied_on_its_form(client, line, requester):
    """Rule 6.6: with a fresh deadline in words."""
    replied(line, NOW, Stance.INSUFFICIENT)

    answer = post(
        client, requester, act_url(line, "supply"), text="Gửi bản đồ.", due="05 ngày làm việc"
    )

    assert answer.status_code == 302
    assert outcome_of(line, NOW) == Outcome.AWAITING
    line.refresh_from_db()
    assert line.due_at > DUE


def test_a_refused_act_keeps_what_was_typed(client, line, requester):
    """Issue 4: nothing typed is lost; the reason stands on the page."""
    answer = post(
        client, requester, act_url(line, "supply"), text="Gửi bản đồ.", due="05 ngày làm việc"
    )

    assert answer.status_code == 409
    assert "Gửi bản đồ." in answer.content.decode()


def test_bad_input_is_told_beside_its_field(client, line, requester):
    """Standards: status 400, what was typed is kept."""
    replied(line, NOW, Stance.RETURNED)

    answer = post(client, requester, act_url(line, "redirect"), why="Vì đất của xã.", due="")

    assert answer.status_code == 400
    assert "Vì đất của xã." in answer.content.decode()


def test_another_agency_finds_no_such_page(client, line):
    """Rule 2.4: what one may not see answers 404."""
    stranger = head_of(AgencyFactory())

    assert page(client, stranger, act_url(line, "supply")).status_code == 404
    assert post(client, stranger, act_url(line, "supply")).status_code == 404


def test_the_whole_consultation_is_withdrawn_from_its_page(client, line, requester):
    """Rule 6.7."""
    url = reverse("round_act", args=[line.consultation.code, "withdraw"])
    text = page(client, requester, line.consultation.get_absolute_url()).content.decode()

    answer = post(client, requester, url, reason="Dự thảo đã đổi.")

    assert url in text
    assert answer.status_code == 302
    assert outcome_of(line, NOW) == Outcome.WITHDRAWN


def test_the_agency_confirms_the_result_of_the_meeting(client, line, requester, clock):
    """Rule 6.10: one button, no form."""
    commune = actor_of(line.agency.posts.first())
    replied(line, NOW, Stance.DISAGREED, by=commune)
    post(
        client, requester, act_url(line, "reconcile"), held_on="2026-11-16",
        minutes="Họp tại xã.", result="Lùi 5 m.", due="03 ngày làm việc",
    )  # fmt: skip

    address = line.consultation.get_absolute_url()
    text = page(client, commune, address).content.decode()
    assert page(client, requester, address).context["differing"] == 1
    answer = post(client, commune, act_url(line, "confirm_result"))
    assert page(client, requester, address).context["differing"] == 0
    confirmed = page(client, commune, line.consultation.get_absolute_url()).content.decode()

    assert "Lùi 5 m." in text
    assert "Họp tại xã." in text
    assert act_url(line, "confirm_result") not in confirmed
    assert line.reconciliations.get().response == "confirmed"
    assert answer.status_code == 302


def test_each_comment_is_settled_on_one_form(client, line, requester):
    """Rule 6.9."""
    sent = replied(line, NOW, Stance.WITH_COMMENTS, "Bổ sung mốc giới.")
    comment = sent.answers.get()

    text = page(client, requester, act_url(line, "settle_comments")).content.decode()
    answer = post(
        client, requester, act_url(line, "settle_comments"),
        **{f"accepted-{comment.pk}": "yes", f"explanation-{comment.pk}": "Đã bổ sung."},
    )  # fmt: skip

    assert "Bổ sung mốc giới." in text
    assert answer.status_code == 302
    assert comment.settlement.is_accepted


def test_comments_settled_meanwhile_stand_beside_what_was_typed(client, line, requester):
    """Rule 5.14: the form carries what was settled when it was drawn."""
    comment = replied(line, NOW, Stance.WITH_COMMENTS, "Bổ sung mốc giới.").answers.get()
    url = act_url(line, "settle_comments")
    drawn = page(client, requester, url).context["form"].initial["mark"]
    typed = {f"accepted-{comment.pk}": "no", f"explanation-{comment.pk}": "Theo quy hoạch."}
    post(client, requester, url, mark=drawn, **typed)

    other = {f"accepted-{comment.pk}": "yes", f"explanation-{comment.pk}": "Đã bổ sung."}
    client.force_login(requester.user)
    refused = client.post(url, {"acting": requester.key, "mark": drawn, **other})

    assert refused.status_code == 409
    assert "Theo quy hoạch." in refused.content.decode()
    assert "Đã bổ sung." in refused.content.decode()


def test_paper_is_entered_by_the_clerk_and_confirmed_by_the_chief(client, requester, commune):
    """Rule 2.7."""
    from agencies.functions import Function
    from tests.factories import PostFactory
    from tests.world import paper_file

    chief = office_chief()
    clerk = actor_of(PostFactory(function=Function.CLERK, agency=OfficeFactory()))
    asked(commune, by=requester, on_paper=True)
    line = line_of(commune)
    question = line.consultation.questions.get()

    entered = post(
        client, clerk, act_url(line, "enter_paper"), stamped_on="2026-11-16",
        stamped_hour="10:30", document_number="12/UBND", document_on="2026-11-16",
        files=paper_file("quet"),
        **{f"stance-{question.pk}": "agreed"},
    )  # fmt: skip
    reply = line.replies.get()
    post(client, chief, reverse("paper_confirm", args=[reply.entry_key]))

    assert entered.status_code == 302
    assert outcome_of(line, DUE) == Outcome.AGREED
    assert reply.paper_check.checked_by == chief.post


def test_the_board_asks_a_constant_number_of_questions(
    client, requester, commune, django_assert_max_num_queries
):
    """Standards: however many agencies are asked."""
    others = [AgencyFactory() for _n in range(12)]
    consultation = asked(commune, *others, by=requester)
    for line in consultation.opinions.all():
        replied(line, NOW, Stance.WITH_COMMENTS)
    client.force_login(requester.user)
    client.get(consultation.get_absolute_url())

    with django_assert_max_num_queries(34):
        client.get(consultation.get_absolute_url())
