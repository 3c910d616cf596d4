"""What waits on the Office itself: each counted, with its age and its rows (rule 8.3)."""

from datetime import timedelta

import pytest
from django.urls import reverse

from agencies.functions import Function
from consultations import lifecycle as consulting
from consultations.stances import Stance
from reports.asking import ask, build_asked
from reports.build import build_due
from reports.lifecycle import approve, draft_upward
from reports.models import PeriodicReport
from tasks.urging import issuing, preparing
from tests import factories as make
from tests.consultations.asking import ASKED, asked, line_of, replied
from tests.pages import client_of, figures_on, rows_behind
from tests.reports.histories import task_with
from tests.world import paper_file

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock_at_now")]

NOW = make.moment("2026-11-23", 8)
FRIDAY = make.moment("2026-11-20", 9)
MONTH_ENDED = make.moment("2026-11-16", 8)


@pytest.fixture
def chief():
    make.OfficeFactory()
    return make.office_chief()


def waiting(actor, name: str, query: str = "") -> dict[str, tuple]:
    """Return count, age and urgency of what waits at the addresses of a list, by their query."""
    client = client_of(actor)
    overview = client.get(reverse("dashboard") + query).context["overview"]
    found = [one for one in overview.waiting if one.figure.url.startswith(reverse(name))]
    for one in found:
        assert rows_behind(client, one.figure.url) == one.figure.count
    return {
        one.figure.url.partition("?")[2]: (one.figure.count, one.oldest_days, one.is_long)
        for one in found
        if one.figure.count
    }


def built_month() -> PeriodicReport:
    """Return the report of the month to 14/11, to be sent by the end of 16/11."""
    task_with(make.AgencyFactory(), make.moment("2026-10-20"), make.moment("2026-11-02", 0))
    return next(each for each in build_due(MONTH_ENDED) if each.kind == "month")


# Periodic reports ---------------------------------------------------------------------------------


def test_a_report_waits_for_the_chief_to_approve_it(chief):
    """Rule 8.4: and is long overdue once its day to be sent has passed."""
    built_month()

    assert waiting(chief, "reports") == {"waits=approve": (1, 5, True)}


def test_an_approved_report_waits_to_be_sent(chief):
    approve(built_month(), chief, FRIDAY, version=0)

    assert waiting(chief, "reports") == {"waits=send": (1, 1, True)}


def test_a_report_waits_for_nobody_once_it_is_issued(chief):
    report = approve(built_month(), chief, FRIDAY, version=0)
    paper = issuing.outgoing.number(report.paper, chief, FRIDAY, dated_on=FRIDAY.date())
    issuing.outgoing.issue(paper, chief, FRIDAY)

    assert waiting(chief, "reports") == {}


def test_a_report_somebody_asked_for_waits_for_nobodys_approval(chief):
    """Rule 8.4: it is read; the periods of the decree are owed."""
    make.office_chief()
    task_with(make.AgencyFactory(), make.moment("2026-10-20"), make.moment("2026-11-02", 0))
    days = make.moment("2026-11-09").date(), make.moment("2026-11-10").date()
    ask(chief, FRIDAY, first_day=days[0], last_day=days[1])
    build_asked(FRIDAY)

    assert waiting(chief, "reports") == {}


def test_a_report_upward_waits_for_a_leader_to_sign_it(chief):
    """Rule 2.2: the Office sends it once it is signed."""
    leader, report = make.chair(), built_month()
    upward = draft_upward(report, chief, FRIDAY)

    assert waiting(leader, "reports")["waits=sign"] == (1, 1, True)
    approve(upward, leader, FRIDAY, version=0)
    assert waiting(leader, "reports") == {}
    assert waiting(chief, "reports")["waits=send"] == (1, 1, True)


def test_reports_waited_as_of_a_day_gone_by(chief):
    """Rule 8.9: the list, too, shows where each stood."""
    approve(built_month(), chief, FRIDAY, version=0)

    assert waiting(chief, "reports", "?as_of=2026-11-18") == {
        "waits=approve&as_of=2026-11-18": (1, 3, True)
    }
    listed = client_of(chief).get(reverse("reports") + "?as_of=2026-11-18").context["page"]
    assert [row.standing for row in listed] == ["draft"]
    assert waiting(chief, "reports", "?as_of=2026-11-13") == {}


# Urgings, consultations ---------------------------------------------------------------------------


def test_prepared_urgings_wait_for_a_signature(chief):
    """Rules 8.2, 8.3."""
    task = make.assigned_task(due_at=make.moment("2026-11-10", 0))
    (urging,) = preparing.draft([task.pk], make.officer(), FRIDAY)

    assert waiting(chief, "urgings") == {"state=draft": (1, 1, False)}
    issuing.sign(urging, chief, NOW)
    assert waiting(chief, "urgings") == {}


def contested_return(at=FRIDAY):
    """A commune returns a consultation; the requester holds that it is competent."""
    requester, commune = make.head_of(make.AgencyFactory()), make.AgencyFactory(code="xa")
    asked(commune, by=requester, at=ASKED)
    line = line_of(commune)
    replied(line, ASKED + timedelta(hours=3), Stance.RETURNED)
    consulting.contest_return(line, requester, lambda: at, reason="Đất của xã.")
    return line


def test_what_is_contested_waits_for_the_chief(chief):
    """Rules 6.6, 6.9: with the day it was contested."""
    line = contested_return()

    assert waiting(chief, "consultations")["tab=lines&waits=contest"] == (1, 1, False)
    consulting.settle_return(line, chief, lambda: NOW, must_answer=False, answer="Không thuộc xã.")
    assert waiting(chief, "consultations") == {}


def test_what_was_contested_waited_as_of_a_day_gone_by(chief):
    """Rule 8.9."""
    line = contested_return(make.moment("2026-11-17"))
    consulting.settle_return(line, chief, lambda: FRIDAY, must_answer=False, answer="Không.")

    assert waiting(chief, "consultations", "?as_of=2026-11-18") == {
        "tab=lines&waits=contest&as_of=2026-11-18": (1, 2, False)
    }


def test_a_reply_entered_from_paper_waits_to_be_confirmed(chief):
    """Rule 2.7."""
    clerk = make.actor_of(make.PostFactory(function=Function.CLERK, agency=make.OfficeFactory()))
    commune = make.AgencyFactory(code="xa")
    asked(commune, at=ASKED, on_paper=True)
    line = line_of(commune)
    sent = consulting.enter_paper(
        line, clerk, lambda: FRIDAY,
        answers={line.consultation.questions.get(): (Stance.AGREED, "")},
        received_at=ASKED + timedelta(hours=8), files=[paper_file("quet")],
    )  # fmt: skip

    assert waiting(chief, "consultations") == {"tab=lines&waits=paper": (1, 1, False)}
    consulting.confirm_paper(sent, chief, NOW)
    assert waiting(chief, "consultations") == {}


def test_every_one_of_them_opens_its_rows(chief):
    """Rule 8.3: every number is a link to exactly the rows behind it."""
    built_month()
    contested_return()
    client = client_of(chief)

    for url, count in figures_on(client.get(reverse("dashboard")).content.decode()):
        assert rows_behind(client, url) == count, url
