"""Lists as of any day gone by: the same filters, nothing to do there (rule 8.9)."""

import pytest
import time_machine
from django.urls import reverse

from consultations.lifecycle import dossiers
from consultations.lifecycle.preparing import begin_dossier
from tasks import lifecycle
from tasks.demands import keeping
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
from tests.reports.histories import line_of, task_with
from tests.reports.test_dashboard import client_of, rows_behind

pytestmark = pytest.mark.django_db

NOW = moment("2026-11-23", 8)


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


@pytest.mark.parametrize("name", ["tasks", "consultations", "dossiers", "demands", "obstacles"])
def test_a_list_of_the_past_says_so(name):
    """Rule 8.9: plainly, with the way back to now."""
    page = client_of(office_chief()).get(f"{reverse(name)}?as_of=2026-11-08").content.decode()

    assert "08/11/2026" in page
    assert 'class="callout callout-soon past"' in page
    assert 'value="2026-11-08"' in page


@pytest.mark.parametrize("name", ["tasks", "consultations", "dossiers", "demands", "obstacles"])
@pytest.mark.parametrize("day", ["9999-12-31", "0001-01-01", "2026-11-23", "gestern"])
def test_a_day_nobody_can_ask_for_shows_now(name, day):
    """Rule 8.9: no error, no past."""
    response = client_of(office_chief()).get(f"{reverse(name)}?as_of={day}")

    assert response.status_code == 200
    assert response.context["as_of"].day is None
