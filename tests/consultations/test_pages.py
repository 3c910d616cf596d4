"""The pages of consultations: who sees what, and that nothing typed is lost."""

import re
from datetime import timedelta

import pytest
import time_machine
from django.urls import reverse

from agencies.models import AgencyCompetence, Body
from consultations import lifecycle
from consultations.models import Consultation, Opinion, Reply, ReplyDraft
from consultations.stances import Stance
from consultations.sweep import record_deemed
from tests import factories
from tests.consultations.asking import (
    ASKED,
    DUE,
    asked,
    found_silence_rule,
    line_of,
    replied,
)
from tests.factories import (
    AgencyFactory,
    CompetenceFactory,
    GroupFactory,
    OfficeFactory,
    actor_of,
    head_of,
    staff_of,
)

pytestmark = pytest.mark.django_db

TICK = timedelta(microseconds=1)
NOW = ASKED + timedelta(hours=2)


@pytest.fixture(autouse=True)
def office():
    return OfficeFactory()


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(NOW, tick=False) as traveller:
        yield traveller


@pytest.fixture
def line(commune):
    found_silence_rule()
    asked(commune, questions=[("Ranh giới lô A?",), ("Điểm đấu nối?", False, "chi tiết")])
    return line_of(commune)


def page_of(client, actor, url, **query):
    client.force_login(actor.user)
    return client.get(url, query)


def post_to(client, actor, url, data, key="11111111-1111-1111-1111-111111111111"):
    client.force_login(actor.user)
    return client.post(url, {"acting": actor.key, "request_key": key, **data})


def words_of(response) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", response.content.decode()))


# Answering ------------------------------------------------------------------------------


def test_opening_the_form_is_recorded_once(client, line, clock):
    """Rule 6.8: when it was first opened and by whom."""
    chair, second = head_of(line.agency), staff_of(line.agency)
    page_of(client, chair, reverse("opinion_answer", args=[line.pk]))
    clock.move_to(NOW + timedelta(hours=1))

    page_of(client, second, reverse("opinion_answer", args=[line.pk]))

    line.refresh_from_db()
    assert (line.opened_at, line.opened_by) == (NOW, chair.user)


def test_the_form_says_what_silence_means_and_until_when(client, line):
    """Picture 3: time left and the consequence of silence above everything."""
    text = page_of(client, head_of(line.agency), reverse("opinion_answer", args=[line.pk]))

    shown = words_of(text)
    assert line.silence_provision in shown
    assert shown.index("19/11/2026") < shown.index("Ranh giới lô A?")


def test_one_stance_and_words_where_a_question_needs_them(client, line):
    """Rule 6.2: an answer per question, the reply's stance the gravest."""
    first, second = line.consultation.questions.all()

    response = post_to(
        client,
        head_of(line.agency),
        reverse("opinion_answer", args=[line.pk]),
        {"act": "send", "stance": "with_comments", f"text-{first.pk}": "Lùi về phía đường 360."},
    )

    sent = Reply.objects.get()
    assert response.url == line.get_absolute_url()
    assert sent.stance == Stance.WITH_COMMENTS
    assert dict(sent.answers.values_list("question", "stance")) == {
        first.pk: "with_comments",
        second.pk: "agreed",
    }


def test_under_disagreement_a_question_may_only_carry_a_comment(client, line):
    """Rule 6.2."""
    first, second = line.consultation.questions.all()

    post_to(
        client,
        head_of(line.agency),
        reverse("opinion_answer", args=[line.pk]),
        {
            "act": "send",
            "stance": "disagreed",
            f"text-{first.pk}": "Chồng lấn.",
            f"kind-{first.pk}": "disagreed",
            f"text-{second.pk}": "Nên nêu cao độ.",
            f"kind-{second.pk}": "with_comments",
        },
    )

    sent = Reply.objects.get()
    assert sent.stance == Stance.DISAGREED
    assert sent.answers.get(question=second).stance == Stance.WITH_COMMENTS


@pytest.mark.parametrize(
    ("stance", "text"),
    [("", "Chữ đã gõ"), ("agreed", "Chữ đã gõ"), ("with_comments", ""), ("disagreed", " ")],
    ids=["no stance", "agreed with words", "comments without words", "disagreed without words"],
)
def test_an_incomplete_opinion_is_refused_and_kept_on_the_page(client, line, stance, text):
    """Rule 6.2; issue 4: nothing typed is lost."""
    question = line.consultation.questions.first()

    response = post_to(
        client,
        head_of(line.agency),
        reverse("opinion_answer", args=[line.pk]),
        {"act": "send", "stance": stance, f"text-{question.pk}": text, "note": "Ghi chú"},
    )

    assert response.status_code == 400
    assert not Reply.objects.exists()
    assert text.strip() in response.content.decode()
    assert "Ghi chú" in response.content.decode()


def test_a_return_that_names_nobody_is_refused_beside_the_field(client, line):
    """Rule 6.2: not competent, and who is; in words where no agency of the list is."""
    url, head = reverse("opinion_answer", args=[line.pk]), head_of(line.agency)
    question = line.consultation.questions.first()
    typed = {"act": "send", "stance": "returned", f"text-{question.pk}": "Không thuộc chức năng."}

    refused = post_to(client, head, url, typed)
    assert (refused.status_code, Reply.objects.count()) == (400, 0)
    assert refused.context["form"].errors.keys() == {"competent"}

    post_to(client, head, url, typed | {"competent_words": "Chi cục Thủy lợi thành phố"})
    board = page_of(client, head, line.consultation.get_absolute_url())
    assert "Chi cục Thủy lợi thành phố" in words_of(board)


def test_a_draft_keeps_who_is_competent(client, line, other_commune):
    """Rules 5.14, 6.5: what staff prepared the head finds in the form."""
    url, staff = reverse("opinion_answer", args=[line.pk]), staff_of(line.agency)
    typed = {"competent": other_commune.pk, "competent_words": "Chưa rõ cơ quan nào."}

    post_to(client, staff, url, {"act": "draft", "stance": "returned", **typed})

    form = page_of(client, staff, url).context["form"]
    assert str(form["competent"].value()) == str(other_commune.pk)
    assert form["competent_words"].value() == "Chưa rõ cơ quan nào."


def test_a_form_posted_twice_is_one_reply_and_leads_to_it(client, line):
    """Issue 4."""
    chair, url = head_of(line.agency), reverse("opinion_answer", args=[line.pk])
    post_to(client, chair, url, {"act": "send", "stance": "agreed"})

    again = post_to(client, chair, url, {"act": "send", "stance": "agreed"})

    assert again.url == line.get_absolute_url()
    assert Reply.objects.count() == 1


def test_after_the_deadline_the_form_says_the_reply_would_be_late(client, line, clock):
    """Rule 6.3."""
    clock.move_to(DUE)
    chair, url = head_of(line.agency), reverse("opinion_answer", args=[line.pk])
    before = words_of(page_of(client, chair, url))

    post_to(client, chair, url, {"act": "send", "stance": "agreed"})

    assert "callout-late" in client.get(url).content.decode()
    assert line.silence_provision not in before
    assert Reply.objects.get().event.act == "opinion.late_reply"


def test_staff_save_a_draft_and_cannot_send(client, line):
    """Rule 6.5."""
    staff, url = staff_of(line.agency), reverse("opinion_answer", args=[line.pk])
    question = line.consultation.questions.first()
    typed = {"stance": "disagreed", f"text-{question.pk}": "Chữ của chuyên viên"}

    draft = post_to(client, staff, url, {"act": "draft", **typed})
    sent = post_to(client, staff, url, {"act": "send", **typed})

    assert draft.status_code == 302
    assert sent.status_code == 409
    assert ReplyDraft.objects.get().content["stance"] == "disagreed"
    assert "Chữ của chuyên viên" in page_of(client, head_of(line.agency), url).content.decode()
    assert not Reply.objects.exists()


def test_a_draft_changed_meanwhile_is_refused_and_what_was_typed_stays(client, line):
    """Rule 5.14."""
    url = reverse("opinion_answer", args=[line.pk])
    lifecycle.save_draft(line.pk, staff_of(line.agency), NOW, content={"note": "một"}, version=0)

    response = post_to(
        client, head_of(line.agency), url, {"act": "draft", "note": "hai", "draft_version": "0"}
    )

    assert response.status_code == 409
    assert "hai" in response.content.decode()
    assert ReplyDraft.objects.get().content == {"note": "một"}


@pytest.mark.parametrize("who", ["requester", "outsider", "officer", "chair", "other line"])
def test_the_answer_form_is_the_agencys_own(client, line, who, other_commune):
    """Rule 2.4: what one may not see answers 404."""
    asked(other_commune)
    actor = {
        "requester": lambda: actor_of(line.consultation.asked_by),
        "outsider": lambda: head_of(AgencyFactory()),
        "officer": factories.officer,
        "chair": factories.chair,
        "other line": lambda: head_of(other_commune),
    }[who]()

    response = page_of(client, actor, reverse("opinion_answer", args=[line.pk]))

    assert response.status_code == 404


# The board ------------------------------------------------------------------------------


def test_the_requester_sees_who_answered_and_who_is_silent(client, line, other_commune, clock):
    """Rules 6.3, 6.8: outcome with effective and recorded time, late replies beside it."""
    chair = head_of(line.agency)
    consultation = line.consultation
    replied(line, DUE + timedelta(minutes=1), Stance.DISAGREED, "Lời nói muộn.", by=chair)
    record_deemed(DUE + timedelta(minutes=7))
    clock.move_to(DUE + timedelta(hours=1))

    text = words_of(
        page_of(client, actor_of(consultation.asked_by), consultation.get_absolute_url())
    )

    assert "20/11/2026 00:00" in text  # effective
    assert "20/11/2026 00:07" in text  # recorded
    assert "Lời nói muộn." in text
    assert chair.user.full_name in text


def test_a_consulted_agency_sees_others_lines_only_once_closed(
    client, commune, other_commune, clock
):
    """Rule 2.4."""
    consultation = asked(commune, other_commune)
    replied(line_of(other_commune), ASKED, Stance.DISAGREED, "Lời của An Tiến")
    chair, url = head_of(commune), consultation.get_absolute_url()

    before = words_of(page_of(client, chair, url))
    clock.move_to(DUE)
    after = words_of(page_of(client, chair, url))

    assert "An Tiến" not in before
    assert "Lời của An Tiến" in after


def test_who_is_asked_reads_no_code_of_what_it_may_not_see(client, commune, other_commune, clock):
    """Rule 2.4: the task of others, and rounds in which it was not asked, do not exist for it."""
    asker = head_of(AgencyFactory(name="Phòng Kinh tế"))
    task = factories.assigned_task(asker.agency)
    first = asked(commune, by=asker, task=task)
    clock.move_to(DUE)
    second = asked(other_commune, by=asker, at=DUE, task=task, previous=first)
    before, after = actor_of(commune.posts.get()), actor_of(other_commune.posts.get())

    seen = {
        who: page_of(client, actor, one.get_absolute_url()).content.decode()
        for who, actor, one in (
            ("first", before, first), ("second", after, second), ("asker", asker, second),
        )
    }  # fmt: skip

    assert second.code not in seen["first"] and task.code not in seen["first"]
    assert first.code not in seen["second"] and task.code not in seen["second"]
    assert first.code in seen["asker"] and task.code in seen["asker"]


def test_a_consultation_of_others_answers_404(client, line):
    """Rule 2.4."""
    response = page_of(client, head_of(AgencyFactory()), line.consultation.get_absolute_url())

    assert response.status_code == 404


def test_the_board_asks_as_much_for_two_lines_as_for_ten(client):
    """Style: counted queries."""
    asker = head_of(AgencyFactory())

    def queries(count):
        from django.db import connection
        from django.test.utils import CaptureQueriesContext

        agencies = [AgencyFactory() for _n in range(count)]
        consultation = asked(*agencies, by=asker)
        for agency in agencies[::2]:
            replied(Opinion.objects.get(agency=agency), ASKED, Stance.DISAGREED)
        client.force_login(asker.user)
        client.get(consultation.get_absolute_url())
        with CaptureQueriesContext(connection) as captured:
            client.get(consultation.get_absolute_url())
        return len(captured)

    assert queries(2) == queries(10)


# Asking ---------------------------------------------------------------------------------


def form_of(*agencies, **changes):
    return {
        "act": "send",
        "title": "Quy hoạch khu dân cư Trường Sơn",
        "provision": "Điều 19 Quy chế làm việc",
        "q-TOTAL_FORMS": "2",
        "q-INITIAL_FORMS": "0",
        "q-0-text": "Ranh giới lô A?",
        "q-1-text": "",
        "agencies": [agency.pk for agency in agencies],
        "due": "05 ngày làm việc",
        **changes,
    }


def test_a_head_asks_by_the_form(client, commune):
    """Rule 6.1."""
    asker = head_of(AgencyFactory())

    response = post_to(client, asker, reverse("consultation_new"), form_of(commune))

    consultation = Consultation.objects.get()
    assert response.url == consultation.get_absolute_url()
    assert consultation.questions.get().text == "Ranh giới lô A?"


def test_the_reason_serves_who_was_named_by_a_group_and_nobody_within(
    client, commune, other_commune
):
    """Rule 6.1: typed once on the form; kept on the lines outside the competences only."""
    asker, land = head_of(AgencyFactory()), CompetenceFactory()
    AgencyCompetence.objects.create(agency=commune, competence=land)
    group = GroupFactory(code="cac-xa", kinds=[commune.kind])
    form = form_of(groups=[group.pk], competences=[land.pk], why="Có thửa đất.", due_on="")

    post_to(client, asker, reverse("consultation_new"), form)

    reasons = {line.agency: (line.is_outside, line.why_asked) for line in Opinion.objects.all()}
    assert reasons == {commune: (False, ""), other_commune: (True, "Có thửa đất.")}


def test_the_preview_shows_the_deadline_and_who_is_asked_and_sends_nothing(client, commune):
    """Rules 3.6, 4.2: the expansion and the arithmetic before sending."""
    found_silence_rule()
    group = factories.GroupFactory(code="cac-xa", name="Các xã", kinds=[commune.kind])
    data = form_of(act="preview", groups=[group.pk])

    response = post_to(client, head_of(AgencyFactory()), reverse("consultation_new"), data)

    assert "23/11/2026" in words_of(response)
    assert response.context["preview"]["count"] == 1
    assert not Consultation.objects.exists()


def test_one_more_question_keeps_what_was_typed(client, commune):
    """Works without script."""
    data = form_of(commune, act="add")

    response = post_to(client, head_of(AgencyFactory()), reverse("consultation_new"), data)

    text = response.content.decode()
    assert "Ranh giới lô A?" in text
    assert 'name="q-2-text"' in text
    assert f'value="{commune.pk}" checked' in text


@pytest.mark.parametrize(
    ("changes", "status"),
    [
        ({"due": "01 ngày làm việc"}, 409),
        ({"due": "lúc nào tiện"}, 409),
        ({"due": ""}, 400),
        ({"due_on": "2026-11-30"}, 400),
        ({"q-0-text": ""}, 400),
        ({"agencies": []}, 400),
        ({"task": "NV-2026-9999"}, 400),
        ({"q-0-is_minor": "on"}, 400),
    ],
    ids=["too short", "nonsense", "none", "words and a day", "no question", "nobody",
         "no such task", "minor without a reason"],
)  # fmt: skip
def test_what_cannot_be_asked_is_refused_and_kept(client, commune, changes, status):
    """Rule 6.1; issue 4: nothing typed is lost."""
    data = form_of(commune, background="Bối cảnh đã gõ", **changes)

    response = post_to(client, head_of(AgencyFactory()), reverse("consultation_new"), data)

    assert response.status_code == status
    assert "Bối cảnh đã gõ" in response.content.decode()
    assert not Consultation.objects.exists()


def test_staff_do_not_get_the_form(client):
    """Rule 6.1."""
    response = page_of(client, staff_of(AgencyFactory()), reverse("consultation_new"))

    assert response.status_code == 403


# Lists ----------------------------------------------------------------------------------


def rows_of(client, actor, **query):
    return page_of(client, actor, reverse("consultations"), **query).context["rows"]


def test_what_waits_for_our_answer_comes_first(client, commune, other_commune):
    """Issue 4: consultations waiting for my answer with the time left."""
    later, sooner = asked(commune, due="09 ngày làm việc"), asked(commune)
    asked(other_commune)
    replied(asked(commune).opinions.get(), ASKED)

    rows = rows_of(client, head_of(commune))

    assert [line.consultation for line in rows] == [sooner, later]


def test_the_parameters_of_the_list_give_exactly_their_rows(client, commune, other_commune, clock):
    """Rule 8.3: every number links to exactly the rows behind it."""
    found_silence_rule(commune)
    chief = factories.office_chief()
    asked(commune, other_commune)
    asked(commune, due="09 ngày làm việc", title="Đường liên thôn")
    clock.move_to(DUE)

    def count(**query):
        return len(rows_of(client, chief, **query))

    assert count() == 2
    assert count(state="open") == 1
    assert count(state="closed") == 1
    assert count(silent=1) == 2
    assert count(silent=1, agency="quang-trung") == 1
    assert count(tab="lines", outcome="no_reply") == 1
    assert count(expiring=3) == 0
    assert count(expiring=9) == 1
    assert count(q="duong lien") == 1
    assert count(q="YK-2026-0001") == 1
    assert count(tab="lines", outcome="nonsense", sort="nonsense", expiring="x") == 3


def test_the_list_asks_as_much_for_one_row_as_for_twenty(client, commune):
    """Style: counted queries."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    chief = factories.office_chief()

    def queries(tab):
        client.force_login(chief.user)
        client.get(reverse("consultations"), {"tab": tab})
        with CaptureQueriesContext(connection) as captured:
            client.get(reverse("consultations"), {"tab": tab})
        return len(captured)

    asked(commune)
    few = [queries(tab) for tab in ("all", "lines", "asked", "waiting")]
    for _n in range(20):
        asked(commune)

    assert [queries(tab) for tab in ("all", "lines", "asked", "waiting")] == few


@pytest.mark.parametrize(
    "query",
    [
        {"agency": "\0", "requester": "'", "q": "\0", "sort": "--due", "page": "-1"},
        {"expiring": "99999999999", "tab": "nonsense", "state": "x", "outcome": "\0"},
    ],
)
def test_an_address_that_makes_no_sense_shows_the_list(client, commune, query):
    asked(commune)

    assert len(rows_of(client, factories.office_chief(), **query)) == 1


def test_a_tampered_form_is_refused_not_broken(client, commune):
    """Issue 4: bad input gives a clear message."""
    asker, url = head_of(AgencyFactory()), reverse("consultation_new")
    chair, line = head_of(commune), asked(commune).opinions.get()

    no_questions = post_to(client, asker, url, form_of(commune, **{"q-TOTAL_FORMS": "x"}))
    nothing = post_to(client, asker, url, {})
    null = post_to(
        client, chair, reverse("opinion_answer", args=[line.pk]), {"act": "draft", "note": "a\0b"}
    )

    assert (no_questions.status_code, nothing.status_code) == (400, 400)
    assert null.status_code == 302
    assert ReplyDraft.objects.get().content == {"note": "ab"}


@pytest.mark.parametrize("sort", ["due", "-due", "asked", "title", "-requester", "agency"])
def test_lists_sort(client, commune, sort):
    asked(commune)

    for tab in ("all", "lines"):
        assert len(rows_of(client, factories.office_chief(), tab=tab, sort=sort)) == 1


def test_the_rail_counts_what_waits(commune):
    """Design: places in the rail carry counts."""
    from consultations.places import count

    asked(commune)

    def counted(actor) -> int:
        return Body.objects.annotate(n=count(actor, NOW)).get().n

    assert counted(head_of(commune)) == 1
    assert counted(factories.chair()) == 1
    assert counted(head_of(AgencyFactory())) == 0


def test_the_home_page_gets_the_lines_and_a_task_its_consultations(commune, rf):
    """Style: a lower floor meets a higher one by its template tags."""
    from django.template import Context, Template

    from tasks.models import Task

    department = head_of(AgencyFactory())
    task = Task.objects.create(
        code="NV-2026-0001",
        lead=department.agency,
        assigned_by=factories.AuthorityFactory(),
        title="Việc",
        assigned_at=ASKED,
    )
    consultation = asked(commune, by=department, task=task)
    request = rf.get("/")
    request.at, request.actor = NOW, head_of(commune)
    template = Template(
        "{% load consultations %}{% lines_waiting_for request.actor request.at as lines %}"
        '{% include "consultations/_waiting.html" %}{% consultations_of task %}'
    )

    shown = template.render(Context({"request": request, "task": task}))

    assert reverse("opinion_answer", args=[line_of(commune).pk]) in shown
    assert consultation.get_absolute_url() in shown


def test_sentences_exist_for_every_act(commune):
    from agencies.sentences import known_acts
    from consultations.sweep import ACT_OF

    acts = {"consultation.asked", "opinion.asked", "opinion.replied", "opinion.late_reply"}
    assert acts | set(ACT_OF.values()) <= known_acts()


def test_a_tasks_page_shows_its_consultations_to_who_may_see_them(client, commune):
    """Style: a page shows what lives above by that floor's tag, which asks `visible_to`."""
    from tasks.models import Task

    department, partner = head_of(AgencyFactory()), head_of(AgencyFactory())
    task = Task.objects.create(
        code="NV-2026-0001",
        lead=department.agency,
        assigned_by=factories.AuthorityFactory(),
        title="Việc",
        assigned_at=ASKED,
    )
    task.coordinations.create(agency=partner.agency, asked_at=ASKED)
    consultation = asked(commune, by=department, task=task)

    own = page_of(client, department, task.get_absolute_url()).content.decode()
    others = page_of(client, partner, task.get_absolute_url()).content.decode()

    assert consultation.get_absolute_url() in own
    assert consultation.get_absolute_url() not in others
