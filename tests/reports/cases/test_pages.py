"""Pages of cases and praise: what is shown, to whom, what a form keeps (rules 2.4, 5.14, 9.1)."""

import io
from datetime import timedelta

import pytest
import time_machine
from django.urls import reverse
from docx import Document

from agencies.models import Attachment, Event, Notice, OutgoingPaper
from agencies.outgoing import issue, number
from consultations.models import Dossier
from reports.cases.issued import issued_papers
from reports.cases.tending import note_ended_terms
from reports.models import AccountabilityCase, Commendation, StatementDraft
from tests.factories import AgencyFactory, assigned_task, moment, staff_of
from tests.reports.cases.district import (
    ASKED,
    DECIDED,
    SIGNED,
    STATED,
    TERM_ENDED,
    asked,
    decided,
    district,
    drafted,
    praise_decided,
    refreshed,
    signed,
    stated,
)

pytestmark = pytest.mark.django_db
STRANGERS = (
    "vice chair", "deputy chief", "officer", "office clerk", "emulation board",
    "staff of the agency", "another head", "administrator", "no post",
)  # fmt: skip


def words_of(content: bytes) -> str:
    document = Document(io.BytesIO(content))
    tables = [cell.text for t in document.tables for row in t.rows for cell in row.cells]
    return "\n".join([*(p.text for p in document.paragraphs), *tables])


def open_as(client, actor, at):
    client.force_login(actor.user)
    return time_machine.travel(at, tick=False)


def test_strangers_meet_404_and_no_trace_of_a_case(client):
    """Rule 2.4: pages, papers, files, events, notices, search, counts."""
    place = district()
    case = decided(place)
    Attachment.objects.create(
        thing=case, role="evidence", file="x", name="bang-chung.txt", size=1, sha256="",
        content_type="text/plain", uploaded_at=DECIDED,
    )  # fmt: skip
    address = case.get_absolute_url()
    pages = [address, f"{address}papers/submission/", f"{address}papers/decision/",
             f"{address}do/decide/", case.paper.get_absolute_url(), reverse("cases")]  # fmt: skip
    for role in STRANGERS:
        actor = place[role]
        with open_as(client, actor, DECIDED):
            assert {client.get(page).status_code for page in pages} == {404}, role
            assert address not in client.get("/search/?q=" + case.code).content.decode()
            assert case.paper.subject not in client.get(reverse("papers")).content.decode()
            assert reverse("cases") not in client.get(reverse("more")).content.decode()
        for model in (Event, Attachment, OutgoingPaper):
            assert not model.objects.visible_to(actor).exists(), (role, model)
        assert not Notice.objects.filter(person=actor.user).exists(), role


def test_the_draft_of_a_statement_is_the_heads_alone(client):
    """Rules 5.14, 6.5: saved, opened again, sent; nobody else reads what is not sent."""
    place = district()
    case = asked(place)
    page = reverse("case_act", args=[case.code, "state_side"])
    with open_as(client, place["head concerned"], STATED):
        client.post(page, {"text": "Đang viết dở", "version": 0, "save": "1"})
        assert "Đang viết dở" in client.get(page).content.decode()

        stale = client.post(page, {"text": "Bản khác", "version": 0, "save": "1"})
        assert stale.status_code == 409
        assert "Bản khác" in stale.content.decode()

        client.post(page, {"text": "Đã gửi", "version": 1})
    case = refreshed(case)
    assert (case.statement.text, StatementDraft.objects.count()) == ("Đã gửi", 0)
    assert case.signatures_due_at == moment("2026-11-13", 0)


def test_the_head_concerned_finds_it_first_on_the_own_page(client):
    place = district()
    case = asked(place)
    page = reverse("case_act", args=[case.code, "state_side"])
    with open_as(client, place["head concerned"], STATED):
        assert page in client.get(reverse("my_work")).content.decode()
    with open_as(client, place["staff of the agency"], STATED):
        assert case.code not in client.get(reverse("my_work")).content.decode()


def test_an_empty_statement_is_refused_with_what_was_typed(client):
    place = district()
    page = reverse("case_act", args=[asked(place).code, "state_side"])
    with open_as(client, place["head concerned"], STATED):
        assert client.post(page, {"text": " ", "version": 0}).status_code == 400


def test_the_chair_reads_the_chain_of_facts_and_decides(client):
    """Rule 9.1: the letter is signed by the same act; numbered and issued, it counts."""
    place = district()
    rows = [{
        "kind": "task", "code": "NV-2026-0001", "title": "Lập hồ sơ đất", "document": "CV 12",
        "due_at": moment("2026-10-01", 0).isoformat(), "days_overdue": 45,
        "chain": [{"at": moment("2026-09-01").isoformat(), "act": "chain.urged",
                   "params": {"ordinal": 2, "number": "09/UBND-VP"}}],
    }]  # fmt: skip
    ground = {"code": "case_overdue_tasks", "value": 5, "limit": 5, "source": "QĐ 12", "rows": rows}
    case = signed(place, grounds=[ground])
    page = reverse("case_act", args=[case.code, "decide"])
    with open_as(client, place["chair"], DECIDED):
        shown = client.get(page).content.decode()
        assert "Lập hồ sơ đất" in shown
        assert "09/UBND-VP" in shown
        assert "Do chờ ý kiến của xã." in shown

        facts = {"measure": "review", "text": "Nghiêm túc.", "version": case.version}
        assert client.post(page, facts).status_code == 409  # by which day?
        client.post(page, facts | {"review_due_on": "2026-11-20"})
        letter = words_of(client.get(f"{case.get_absolute_url()}papers/decision/").content)
    case = refreshed(case)
    assert case.paper.state == "signed"
    assert "chậm nhất ngày 20/11/2026" in letter
    assert "Lập hồ sơ đất" in letter
    paper = number(case.paper, place["chief"], DECIDED, dated_on=DECIDED.date())
    issue(paper, place["chief"], DECIDED)
    (row,) = issued_papers(DECIDED - timedelta(days=1), DECIDED)
    assert (row.agency, row.kind) == ("cham", "criticised")


@pytest.mark.parametrize("role, offered", [("chief", True), ("internal affairs", False)])
def test_the_letter_waits_for_who_numbers_and_issues_it(client, role, offered):
    """Rule 2.8: the decision counts from its issue; whoever may not issue it is not asked to."""
    place = district()
    case = decided(place)

    with open_as(client, place[role], DECIDED):
        page = client.get(case.get_absolute_url())

    assert page.context["may_issue"] is offered
    assert ("Cấp số và phát hành" in page.content.decode()) is offered


def test_a_decision_drawn_before_a_late_statement_is_refused(client):
    """Rules 5.14, 9.1: the Chair reads what came meanwhile before he decides."""
    place = district()
    case = asked(place)
    page = reverse("case_act", args=[case.code, "decide"])
    with open_as(client, place["chair"], TERM_ENDED):
        assert client.get(page).status_code == 200
        client.force_login(place["head concerned"].user)
        client.post(reverse("case_act", args=[case.code, "state_side"]), {"text": "Muộn"})
        client.force_login(place["chair"].user)
        stale = client.post(page, {"measure": "remind", "version": case.version})
    assert stale.status_code == 409
    assert refreshed(case).is_stated_late
    assert refreshed(case).decided_at is None


def test_against_a_body_managed_elsewhere_only_a_recommendation_is_recorded(client):
    """Rule 2.6: the recommendation, then the number of the decision taken there."""
    place = district(AgencyFactory(code="cong-an", managed_by="Công an thành phố"))
    case = signed(place)
    decide = reverse("case_act", args=[case.code, "decide"])
    recommend = reverse("case_act", args=[case.code, "recommend"])
    with open_as(client, place["chair"], DECIDED):
        assert client.post(decide, {"measure": "criticise"}).status_code == 409
        client.post(recommend, {"measure": "criticise", "text": "Đề nghị xem xét."})
        letter = words_of(client.get(f"{case.get_absolute_url()}papers/decision/").content)
    assert "kiến nghị Công an thành phố xem xét, phê bình" in letter
    outcome = reverse("case_act", args=[case.code, "record_outcome"])
    with open_as(client, place["chief"], DECIDED):
        client.post(outcome, {"number": "15/QĐ-CA", "on": "2026-11-10", "text": "Phê bình."})
    case = refreshed(case)
    assert (case.is_recommendation, case.outcome_number) == (True, "15/QĐ-CA")
    issue(number(case.paper, place["chief"], DECIDED, dated_on=DECIDED.date()), place["chief"],
          DECIDED)  # fmt: skip
    assert issued_papers(ASKED, DECIDED) == []


def test_signatures_are_not_shown_to_the_head_concerned_before_the_decision(client):
    place = district()
    case = signed(place)
    with open_as(client, place["head concerned"], SIGNED):
        shown = client.get(case.get_absolute_url()).content.decode()
    assert "Đề nghị." not in shown
    assert client.get(f"{case.get_absolute_url()}papers/submission/").status_code == 404


def test_a_missing_signature_is_noted_once_and_the_case_is_before_the_chair(client):
    """Rule 9.1: five working days; the job only tells of it."""
    place = district()
    case = stated(place)
    assert case.standing(TERM_ENDED) == "before_chair"
    assert AccountabilityCase.objects.visible_to(
        type(place["chair"])(place["chair"].user, place["chair"].post, None, TERM_ENDED.date())
    ).exists()

    assert (note_ended_terms(TERM_ENDED), note_ended_terms(TERM_ENDED)) == (1, 0)
    event = Event.objects.get(act="case.signature_missing")
    assert event.effective_at == case.signatures_due_at
    assert Notice.objects.filter(event=event, person=place["chair"].user).exists()


def test_internal_affairs_brings_a_group_of_cases_in_one_dossier(client):
    """Clause 2.1: proposals of measures go as dossiers, with one act; no case is named there."""
    place = district()
    first = stated(place)
    other = asked(place, code="TN-2026-0002", agency=AgencyFactory(code="kia"), concerned=None)
    page = reverse("case_act", args=[first.code, "bring_measures"])
    with open_as(client, place["internal affairs"], STATED):
        client.post(page, {"title": "Siết chặt kỷ cương", "cases": [other.pk]})
    dossier = Dossier.objects.get()
    assert dossier.agency == place["internal affairs"].agency
    assert {refreshed(first).dossier, refreshed(other).dossier} == {dossier}
    with open_as(client, place["internal affairs"], STATED):
        assert first.code in client.get(dossier.get_absolute_url()).content.decode()
    with open_as(client, place["internal affairs"], STATED):
        client.force_login(staff_of(dossier.agency).user)
        assert first.code not in client.get(dossier.get_absolute_url()).content.decode()


def test_an_agency_head_proposes_a_case_and_does_not_see_it(client):
    """Rules 2.4, 9.1."""
    place = district()
    with open_as(client, place["another head"], STATED):
        answer = client.post(
            reverse("case_new"), {"agency": place.late.pk, "summary": "Không phối hợp."}
        )
    assert answer.status_code == 302
    case = AccountabilityCase.objects.get()
    assert case.concerned == place["head concerned"].post
    assert not AccountabilityCase.objects.visible_to(place["another head"]).exists()
    assert Notice.objects.filter(person=place["chief"].user, thing_id=case.pk).exists()


def test_the_chief_lists_an_agencys_overdue_tasks_before_proposing(client):
    """What was typed stays; nothing is proposed by listing."""
    place = district()
    task = assigned_task(
        lead=place.late, at=moment("2026-10-01"), due_at=moment("2026-10-10", 0),
        actor=place["chief"],
    )  # fmt: skip
    facts = {"agency": place.late.pk, "summary": "Đã nhắc nhiều lần."}
    with open_as(client, place["chief"], STATED):
        shown = client.post(reverse("case_new"), facts | {"list": "1"}).content.decode()
        assert task.code in shown
        assert "Đã nhắc nhiều lần." in shown
        assert not AccountabilityCase.objects.exists()
        answer = client.post(reverse("case_new"), facts | {"tasks": [task.pk]})
    assert answer.url == reverse("cases")
    (ground,) = AccountabilityCase.objects.get().grounds
    assert [row["code"] for row in ground["rows"]] == [task.code]


def test_nobody_proposes_a_case_about_the_own_agency(client):
    place = district()
    with open_as(client, place["head concerned"], STATED):
        answer = client.post(reverse("case_new"), {"agency": place.late.pk, "summary": "Tôi"})
    assert answer.status_code == 400


def test_a_head_proposes_praise_of_a_person_and_follows_it(client):
    """Rule 9.1: agency heads may propose both."""
    place = district()
    person = place["staff of the agency"].post
    with open_as(client, place["head concerned"], STATED):
        client.post(
            reverse("commendation_new"),
            {"agency": place.late.pk, "person": person.pk, "summary": "Tận tụy."},
        )
        praise = Commendation.objects.get()
        assert client.get(praise.get_absolute_url()).status_code == 200
    with open_as(client, place["another head"], STATED):
        assert client.get(praise.get_absolute_url()).status_code == 404


def test_praise_decided_is_shown_to_the_praised_and_its_letter_read(client):
    place = district()
    praise = praise_decided(place)
    with open_as(client, place["head concerned"], DECIDED):
        assert client.get(praise.get_absolute_url()).status_code == 200
        letter = words_of(client.get(f"{praise.get_absolute_url()}docx/").content)
    assert "biểu dương tập thể Phòng Chậm việc" in letter


def test_the_list_asks_the_same_queries_however_many_cases(client, django_assert_max_num_queries):
    place = district()
    for n in range(25):
        drafted(place, code=f"TN-2026-{n:04d}")
    with open_as(client, place["chief"], STATED):
        client.get(reverse("cases"))
        with django_assert_max_num_queries(24):
            shown = client.get(reverse("cases") + "?stands=drafted&sort=-agency")
    assert len(shown.context["page"].object_list) == 25


def test_a_case_page_costs_the_same_with_many_grounds(client, django_assert_max_num_queries):
    place = district()
    task = assigned_task(lead=place.late)
    rows = [{"kind": "task", "code": task.code, "title": task.title, "chain": []}] * 20
    case = drafted(place, grounds=[{"code": "proposal", "value": 20, "limit": 0, "rows": rows}])
    with open_as(client, place["chief"], STATED):
        client.get(case.get_absolute_url())
        with django_assert_max_num_queries(40):
            client.get(case.get_absolute_url())
