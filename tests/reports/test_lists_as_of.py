"""Lists as of any day gone by: the same filters, nothing to do there (rule 8.9)."""

import pytest
import time_machine
from django.urls import reverse

from agencies.models import OutgoingPaper
from consultations.lifecycle import dossiers
from consultations.lifecycle.preparing import begin_dossier
from reports.models import AccountabilityCase, Inspection
from tasks import lifecycle
from tasks.demands import keeping
from tasks.models import Acknowledgement, CampaignMark, ReviewCampaign, Urging
from tests.factories import (
    AgencyFactory,
    AuthorityFactory,
    DirectiveFactory,
    OfficeFactory,
    head_of,
    moment,
    office_chief,
    officer,
)
from tests.pages import client_of, rows_behind
from tests.reports.cases.district import district
from tests.reports.histories import (
    asked_to_review,
    event_on,
    helps,
    issued_paper,
    line_of,
    task_with,
    urging_of,
)

pytestmark = pytest.mark.django_db

NOW = moment("2026-11-23", 8)
LISTS = [
    "tasks", "consultations", "dossiers", "demands", "obstacles", "directives", "urgings", "cases",
    "inspections", "papers", "campaign_marks", "campaigns", "imports", "recurrences", "briefings",
    "spot_checks", "reports",
]  # fmt: skip


@pytest.fixture(autouse=True)
def _clock():
    with time_machine.travel(NOW, tick=False):
        OfficeFactory()
        yield


def count(path: str, actor=None) -> int:
    return rows_behind(client_of(actor or office_chief()), path)


def test_consultations_stand_as_they_stood():
    """Rules 3.9, 8.9: awaited then, silent now; not there before it was asked."""
    line_of(AgencyFactory(), moment("2026-11-02"), moment("2026-11-10", 0))
    lines = f"{reverse('consultations')}?tab=lines"
    rounds = f"{reverse('consultations')}?tab=all"

    assert [count(f"{lines}&silent=1{day}") for day in ("", "&as_of=2026-11-08")] == [1, 0]
    assert count(f"{lines}&outcome=awaiting&as_of=2026-11-08") == 1
    assert count(f"{rounds}&state=open&as_of=2026-11-08") == 1
    assert count(f"{rounds}&as_of=2026-10-31") == 0


def test_late_answers_and_answers_in_time_are_told_apart():
    """Rule 6.3: an answer after the deadline leaves the line silent."""
    due = moment("2026-11-10", 0)
    line_of(AgencyFactory(), moment("2026-11-02"), due, [moment("2026-11-04")])
    line_of(AgencyFactory(), moment("2026-11-02"), due, [moment("2026-11-12")])
    lines = f"{reverse('consultations')}?tab=lines"

    assert [count(f"{lines}&{name}=1") for name in ("answered", "late", "silent")] == [1, 1, 1]
    assert count(f"{lines}&late=1&as_of=2026-11-10") == 0


def test_dossiers_lie_where_they_lay():
    """Rules 7.3, 8.9."""
    head = head_of(AgencyFactory())
    drafted = begin_dossier(head, moment("2026-11-02"), title="Quy hoạch", recipient="chair")
    dossiers.submit(drafted, head, moment("2026-11-10"), text="Kính trình", proposal="Duyệt")
    hands = f"{reverse('dossiers')}?hands="

    assert [count(f"{hands}office{day}") for day in ("", "&as_of=2026-11-08")] == [1, 0]
    assert count(f"{hands}agency&as_of=2026-11-08", head) == 1
    assert count(f"{reverse('dossiers')}?as_of=2026-11-08") == 0  # a draft was the agency's alone


def test_demands_are_owed_as_they_were():
    """Rules 4.1, 8.9: closed later, and due earlier than the superior's later decision says."""
    city = AuthorityFactory(code="thanh-pho", name="UBND thành phố", is_superior=True)
    directive = DirectiveFactory(issuer=city)
    demand = keeping.note(
        directive, officer(), moment("2026-11-03"), wording=keeping.Wording("Báo cáo"),
        due_at=moment("2026-11-12", 0),
    )  # fmt: skip
    keeping.close(
        demand, officer(), moment("2026-11-16"), version=demand.version, document_number="9/BC",
        document_on=moment("2026-11-16").date(), files=[],
    )  # fmt: skip
    demands = f"{reverse('demands')}?state="

    assert [count(f"{demands}{state}&as_of=2026-11-13") for state in ("overdue", "closed")] == [
        1,
        0,
    ]
    assert [count(f"{demands}{state}") for state in ("overdue", "closed")] == [0, 1]
    assert count(f"{reverse('demands')}?as_of=2026-11-01") == 0


def test_difficulties_wait_as_they_waited():
    """Rules 5.12, 8.9."""
    head = head_of(AgencyFactory())
    task = task_with(head.agency, moment("2026-10-01"), moment("2026-12-01", 0))
    told = lifecycle.raise_obstacle(
        task, head, moment("2026-11-05"), text="Thiếu số liệu", addressee="chief"
    )
    lifecycle.answer_obstacle(task.obstacles.get(), office_chief(), NOW, answer="Đồng ý.")
    waiting = f"{reverse('obstacles')}?state=open"

    assert told is not None
    assert [count(f"{waiting}{day}") for day in ("", "&as_of=2026-11-08")] == [0, 1]
    assert count(f"{reverse('obstacles')}?as_of=2026-11-04") == 0


def test_a_difficulty_answered_since_is_shown_as_waiting():
    """Rules 5.12, 8.9: no word of the later answer, and it is sorted among those that wait."""
    head, asked_at = head_of(AgencyFactory()), moment("2026-11-05")
    first, other = (
        task_with(head.agency, moment("2026-10-01"), moment("2026-12-01", 0)) for _n in range(2)
    )
    for task, at in ((first, asked_at), (other, moment("2026-11-06"))):
        lifecycle.raise_obstacle(task, head, at, text="Thiếu số liệu", addressee="chief")
    lifecycle.answer_obstacle(first.obstacles.get(), office_chief(), NOW, answer="Đồng ý.")

    page = client_of(office_chief()).get(f"{reverse('obstacles')}?as_of=2026-11-08")

    shown = [(one.task, one.answered_at, one.waited) for one in page.context["page"]]
    assert shown == [(first, None, 1), (other, None, 0)]
    assert "23/11/2026" not in page.content.decode().partition("<tbody>")[2]


def test_tasks_are_classed_as_they_were():
    """Rules 3.9, 8.9: the leader who supervised it then, who worked on it since."""
    task = task_with(AgencyFactory(), moment("2026-10-01"), moment("2026-12-01", 0))
    leader = office_chief().post
    type(task).objects.filter(pk=task.pk).update(supervisor=leader)
    tasks = reverse("tasks")

    assert count(f"{tasks}?leader={leader.pk}") == 1
    assert count(f"{tasks}?leader={leader.pk}&as_of=2026-11-08") == 0
    assert count(f"{tasks}?leader=null&as_of=2026-11-08") == 1
    assert count(f"{tasks}?competence=null") == 1


@pytest.mark.parametrize("name", LISTS)
def test_a_list_of_the_past_says_so(name):
    """Rule 8.9: plainly, with the way back to now."""
    page = client_of(office_chief()).get(f"{reverse(name)}?as_of=2026-11-08").content.decode()

    assert "08/11/2026" in page
    assert 'class="callout callout-soon past"' in page
    assert 'value="2026-11-08"' in page


@pytest.mark.parametrize("name", LISTS)
@pytest.mark.parametrize("day", ["9999-12-31", "0001-01-01", "2026-11-23", "gestern"])
def test_a_day_nobody_can_ask_for_shows_now(name, day):
    """Rule 8.9: no error, no past."""
    response = client_of(office_chief()).get(f"{reverse(name)}?as_of={day}")

    assert response.status_code == 200
    assert response.context["as_of"].day is None


def test_directives_stand_as_they_stood():
    """Rules 4, 8.9: entered, registered, approved, returned, each from its instant on."""
    DirectiveFactory(
        drafted_at=moment("2026-11-02"), registered_at=moment("2026-11-04"),
        approved_at=moment("2026-11-10"),
    )  # fmt: skip
    wrong = DirectiveFactory(
        drafted_at=moment("2026-11-02"), registered_at=None, approved_at=None, state="misdirected",
        returned_to="Sở Xây dựng", returned_on="2026-11-12", return_reason="Nhầm",
    )  # fmt: skip
    event_on(wrong, moment("2026-11-12"), "directive.misdirected")
    states = ("draft", "to_approve", "approved", "misdirected")

    def standing(day: str) -> list[int]:
        return [count(f"{reverse('directives')}?state={state}{day}") for state in states]

    assert standing("") == [0, 0, 1, 1]
    assert standing("&as_of=2026-11-01") == [0, 0, 0, 0]
    assert standing("&as_of=2026-11-03") == [2, 0, 0, 0]
    assert standing("&as_of=2026-11-05") == [1, 1, 0, 0]
    assert standing("&as_of=2026-11-11") == [1, 0, 1, 0]


def test_what_was_not_acknowledged_then_is_listed_then():
    """Rules 4.3, 8.9: given later, and not asked before its directive was approved."""
    approved = DirectiveFactory(approved_at=moment("2026-11-02"))
    agency = AgencyFactory()
    Acknowledgement.objects.create(
        directive=approved, agency=agency, due_at=moment("2026-11-06", 0),
        acknowledged_at=moment("2026-11-12"), acknowledged_by=head_of(agency).post,
    )  # fmt: skip
    late = reverse("acknowledgements_overdue")

    assert [count(f"{late}{day}") for day in ("", "?as_of=2026-11-10", "?as_of=2026-11-04")] == [
        0, 1, 0,
    ]  # fmt: skip


def test_cases_stand_as_they_stood():
    """Rules 8.9, 9.1: decided now, still to be signed then, not drafted before."""
    place = district()
    AccountabilityCase.objects.create(
        code="TN-2026-0001", agency=place.late, concerned=place["head concerned"].post,
        drafted_at=moment("2026-11-02"), opened_at=moment("2026-11-03"),
        statement_due_at=moment("2026-11-06", 0), signatures_due_at=moment("2026-11-13", 0),
        signed_at=moment("2026-11-11"), decided_at=moment("2026-11-16"),
        decided_by=place["chair"].post, measure="remind",
    )  # fmt: skip
    cases, chief = reverse("cases"), place["chief"]

    assert count(f"{cases}?stands=decided", chief) == 1
    assert count(f"{cases}?stands=signing&as_of=2026-11-10", chief) == 1
    assert count(f"{cases}?waits=me&as_of=2026-11-10", chief) == 1
    assert count(f"{cases}?as_of=2026-11-01", chief) == 0
    shown = client_of(chief).get(f"{cases}?as_of=2026-11-10").content.decode()
    assert "nhắc nhở" not in shown


def test_helpers_stand_as_they_stood():
    """Rules 5.9, 8.9: who left helped then, who joined later did not; what was awaited was."""
    left, joined = AgencyFactory(), AgencyFactory()
    task = task_with(AgencyFactory(), moment("2026-11-01"), moment("2026-12-01", 0))
    helps(task, left, moment("2026-11-01"), moment("2026-11-16"))
    helps(task, joined, moment("2026-11-16"))
    listed = f"{reverse('tasks')}?role=coordinating&agency="

    for agency, now, then in ((left, 0, 1), (joined, 1, 0)):
        for asked in ("", "&share=awaited"):
            assert count(f"{listed}{agency.code}{asked}") == now
            assert count(f"{listed}{agency.code}{asked}&as_of=2026-11-14") == then


def test_urgings_stand_as_they_stood():
    """Rules 8.2, 8.9: a draft until it was signed; an agency saw it from its issue on."""
    agency = AgencyFactory()
    urging = urging_of(agency, moment("2026-11-10"))
    Urging.objects.filter(pk=urging.pk).update(drafted_at=moment("2026-11-03"))
    listed, head = reverse("urgings"), head_of(agency)

    assert count(f"{listed}?state=issued") == count(listed, head) == 1
    assert count(f"{listed}?state=draft&as_of=2026-11-05") == 1
    assert count(f"{listed}?as_of=2026-11-05", head) == 0
    assert count(f"{listed}?as_of=2026-11-02") == 0


def test_inspections_stand_as_they_stood():
    """Rules 8.9, 9.2: planned, under way, concluded; findings from their instant on."""
    agency, chief = AgencyFactory(), office_chief()
    inspection = Inspection.objects.create(
        code="KT-2026-0001", agency=agency, inspector=chief.agency, subject="Kỷ luật",
        planned_by=chief.post,
        starts_on="2026-11-05", ends_on="2026-11-06", planned_at=moment("2026-11-02"),
        started_at=moment("2026-11-05"), concluded_at=moment("2026-11-10"), conclusion="Đạt",
        state="concluded",
    )  # fmt: skip
    listed = reverse("inspections")

    assert count(f"{listed}?state=concluded") == 1
    assert count(f"{listed}?state=under_way&as_of=2026-11-06") == 1
    assert count(f"{listed}?state=planned&as_of=2026-11-03") == 1
    assert count(f"{listed}?as_of=2026-11-01") == 0
    assert inspection.get_absolute_url() in client_of(office_chief()).get(listed).content.decode()


def test_the_register_of_papers_stands_as_it_stood():
    """Rules 2.8, 8.9: a number from its instant on; others' papers from their issue on."""
    paper = issued_paper(AgencyFactory(), moment("2026-11-10"))
    OutgoingPaper.objects.filter(pk=paper.pk).update(
        drafted_at=moment("2026-11-02"), signed_at=moment("2026-11-04")
    )
    register = reverse("papers")

    assert count(f"{register}?state=issued") == 1
    assert count(f"{register}?state=signed&as_of=2026-11-05") == 1
    assert count(f"{register}?state=draft&as_of=2026-11-03") == 1
    then = client_of(office_chief()).get(f"{register}?as_of=2026-11-05").content.decode()
    assert "01/UBND-VP" not in then and "…/UBND-VP" in then


def test_reviews_and_corrections_stand_as_they_stood():
    """Rules 5.13, 8.9: closed and settled now, running and waiting then, on list and dashboard."""
    agency, chief = AgencyFactory(), office_chief()
    entry = asked_to_review(agency, moment("2026-11-15", 0))
    entry.confirmed_at, entry.confirmed_by = moment("2026-11-09"), head_of(agency).post
    entry.save()
    ReviewCampaign.objects.update(closed_at=moment("2026-11-16"))
    CampaignMark.objects.create(
        entry=entry, kind="done", task=task_with(agency, moment("2026-10-01")),
        made_at=moment("2026-11-08"), made_by=entry.confirmed_by, decision="applied",
        proposed={"document_number": "12/BC"},
        decided_at=moment("2026-11-12"), decided_by=chief.post,
    )  # fmt: skip
    marks, client = reverse("campaign_marks"), client_of(chief)

    assert [count(f"{marks}?decision=waiting{day}") for day in ("", "&as_of=2026-11-10")] == [0, 1]
    assert count(f"{marks}?as_of=2026-11-08") == 0
    now, then = (
        client.get(reverse("dashboard") + day).context["overview"]
        for day in ("", "?as_of=2026-11-10")
    )
    assert (now.campaigns, [each.confirmed for each in then.campaigns]) == ([], [1])
    url = f"{marks}?decision=waiting&as_of=2026-11-10"
    assert {each.figure.url: each.figure.count for each in then.waiting}[url] == 1


def test_a_past_dashboard_says_what_it_cannot_show():
    """Rule 8.9: directives and acknowledgements as they stood; what has no days, in words."""
    DirectiveFactory(
        state="draft", number="", issued_on=None, drafted_at=moment("2026-11-02"),
        registered_at=None, approved_at=None,
    )  # fmt: skip
    client = client_of(office_chief())

    page = client.get(f"{reverse('dashboard')}?as_of=2026-11-10")

    waiting = {each.figure.url: each.figure.count for each in page.context["overview"].waiting}
    assert waiting[f"{reverse('directives')}?state=draft&as_of=2026-11-10"] == 1
    text = page.content.decode()
    assert "Not shown for the past" in text or "Không xem lại được tại ngày đã qua" in text
