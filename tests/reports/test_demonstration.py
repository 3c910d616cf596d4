"""The demonstration: an empty database becomes a district at work, once."""

from io import StringIO

import pytest
from django.conf import settings as configured
from django.contrib.auth import authenticate
from django.core.management import CommandError, call_command
from django.db.models import Count
from django.urls import reverse

from agencies.acting import acting_choices
from agencies.deadlines import days_overdue, local_day, soon_horizon
from agencies.functions import Function
from agencies.models import (
    Agency,
    CalendarDay,
    Event,
    Notice,
    OutgoingPaper,
    Post,
    Setting,
    User,
)
from agencies.notice_kinds import kind_named
from agencies.sentences import known_acts
from consultations.misuse import Misuse
from consultations.models import Dossier, DossierReturn, Opinion, QuestionContest, Reply
from consultations.signs import Period
from consultations.stances import Outcome
from reports.demonstration import seed
from reports.models import (
    AccountabilityCase,
    Briefing,
    Commendation,
    Inspection,
    PeriodicReport,
)
from reports.tables import by_original_deadline
from tasks.approval import Plan
from tasks.importing.dry_run import DryRun
from tasks.models import (
    CampaignMark,
    Coordination,
    Demand,
    Directive,
    Extension,
    ImportBatch,
    Message,
    Obstacle,
    Proposal,
    Recurrence,
    Return,
    ReviewCampaign,
    SpotCheck,
    StandingDuty,
    Task,
    Urging,
)
from tasks.questions import UNEXPLAINED, broken_commitment
from tasks.states import State
from tasks.timeliness import Timeliness
from tests import factories as make

# A Tuesday morning, past a cut-off of the monthly report.
AT = make.moment("2026-11-24", 8, 30)


@pytest.fixture(scope="module")
def seeded(kept_rows) -> None:
    """Seed once for all tests here."""
    seed(AT)


@pytest.fixture
def district(seeded, db) -> None:
    """The demonstration's district."""


def tasks():
    soon_at = soon_horizon(CalendarDay.objects.calendar(), AT)
    return Task.objects.counted().now().with_timeliness(AT, soon_at)


def test_every_timeliness_occurs(district):
    found = set(tasks().values_list("timeliness", flat=True))

    assert found == set(Timeliness.values)


def test_every_state_occurs(district):
    assert set(Task.objects.counted().values_list("state", flat=True)) == set(State.values)


def test_extensions_of_every_course_are_shown(district):
    """Rule 5.6: waiting in time and late, a third one, granted under authority, refused."""
    waiting = Extension.objects.filter(decision="")
    granted = Extension.objects.filter(granted_due_at__isnull=False)

    assert {asked.is_late for asked in waiting} == {True, False}
    assert max(asked.task.extensions.count() for asked in waiting) == 3
    assert Extension.objects.filter(decision="refused").exists()
    assert {asked.mandate.document_number for asked in granted} == {"31/UQ-UBND"}


def test_the_draft_report_counts_by_the_original_deadline_too(district):
    """Rule 5.6: extended work was finished in time by the new day, late by the first."""
    draft = PeriodicReport.objects.latest("cut_off_at")

    assert by_original_deadline(draft.figures) is not None


def test_the_city_is_owed_one_demand_and_was_answered_another(district):
    """Rule 4.1: with tasks below each."""
    demands = Demand.objects.order_by("due_at")

    assert [demand.closed_at is None for demand in demands] == [False, True]
    assert all(demand.tasks.exists() for demand in demands)


def test_a_late_return_waits_for_the_chief(district):
    """Rule 5.3: flagged, with the agency whose function it is in the other's view."""
    waiting = {asked.is_late: asked for asked in Return.objects.filter(decision="")}

    assert set(waiting) == {True, False}
    assert waiting[True].suggested.code == "kinh-te-ha-tang"


def test_tasks_left_the_main_path_and_came_back(district):
    """Rules 4.5, 5.2, 5.7: by the product's own acts, as they would be."""
    acts = set(Event.objects.values_list("act", flat=True))

    assert acts >= {
        "task.returned", "task.taken_over", "task.return_refused_later", "task.transferred",
        "task.suspended", "task.resumed_later", "task.cancelled", "task.reopened_for",
        "task.corrected", "directive.misdirected",
    }  # fmt: skip


@pytest.mark.parametrize("days", [2, 9, 41, 62, 130])
def test_work_is_overdue_for_days_of_every_band(district, days):
    overdue = tasks().filter(timeliness=Timeliness.OVERDUE)

    assert days in {days_overdue(task.due_at, AT) for task in overdue}


def test_a_group_has_a_task_for_every_commune(district):
    communes = Agency.objects.filter(kind__code__in=["xa", "thi-tran"])
    parent = Task.objects.get(is_group=True, directive__number="688/UBND-KT")

    assert set(parent.children.values_list("lead", flat=True)) == {c.pk for c in communes}


# What happens once in years, or is over within a day: shown by tests of their own.
SIDE_OUTCOMES = {
    Outcome.RETURNED, Outcome.DROPPED, Outcome.WITHDRAWN, Outcome.MOVED,
    Outcome.AWAITING_REGISTER,
}  # fmt: skip


def test_every_main_outcome_of_a_consultation_occurs(district):
    found = set(Opinion.objects.with_outcome(AT).values_list("outcome", flat=True))

    assert found >= set(Outcome.values) - SIDE_OUTCOMES
    assert Reply.objects.late().exists()


def test_signs_of_misuse_and_a_contested_question_are_there(district):
    """Rules 6.1, 6.11: the chief's page has something to look into."""
    assert Misuse(Period(None, None), AT).flagged
    assert QuestionContest.objects.filter(decision="").exists()


def test_dossiers_lie_with_the_leader_the_office_and_in_the_archive(district):
    found = set(Dossier.objects.values_list("state", flat=True))

    assert found == {"passed", "submitted", "closed"}
    assert DossierReturn.objects.count() == 1


def test_the_rule_of_silence_was_founded_by_a_directive(district):
    rule = Setting.objects.get(code="silence_is_agreement")

    directive = Directive.objects.get(number="512/UBND-VP")
    assert rule.value is True
    assert rule.source_url == directive.get_absolute_url()
    assert StandingDuty.objects.filter(directive=directive).count() == 7


def test_the_district_implements_what_the_city_asked(district):
    directive = Directive.objects.get(number="688/UBND-KT")

    assert directive.implements.issuer.is_superior


def test_three_proposals_of_a_draft_are_doubtful(district):
    draft = Directive.objects.get(state=Directive.State.DRAFT)

    plan = Plan(draft, local_day(AT))

    assert {one.proposal.state for one in plan.judged} == {Proposal.State.PENDING}
    assert [one.proposal.clause for one in plan.to_check] == ["3", "4", "5"]


def test_closed_months_have_reports_the_last_a_draft(district):
    reports = list(PeriodicReport.objects.order_by("cut_off_at"))

    assert [report.state for report in reports[-2:]] == ["approved", "draft"]
    assert {paper.state for paper in OutgoingPaper.objects.all()} == {"signed", "issued"}


def test_no_mail_about_the_past_is_owed(district):
    assert not Notice.objects.owed_by_mail().exists()
    assert not Notice.objects.uncertain(AT).exists()


def test_nothing_was_done_after_now(district):
    assert not Event.objects.filter(recorded_at__gte=AT).exists()
    assert not Notice.objects.filter(created_at__gte=AT).exists()


def test_somebody_holds_every_function(district):
    titles = Post.objects.values_list("title__functions", flat=True)

    assert {function for functions in titles for function in functions} == set(Function.values)


def test_some_agencies_have_no_accounts(district):
    without = Agency.objects.filter(posts__isnull=True)

    assert 3 <= without.count() <= 4


def test_one_person_has_two_posts_and_one_acts_by_authorisation(district):
    two = acting_choices(User.objects.get(username="phonoivu"), local_day(AT))
    lent = acting_choices(User.objects.get(username="cvtaichinh"), local_day(AT))

    assert [choice.post.agency.code for choice in two] == ["thi-dua-khen-thuong", "noi-vu"]
    assert [choice.delegation is None for choice in lent] == [True, False]


def test_everybody_on_the_log_in_page_has_its_password(district, rf):
    listed = User.objects.filter(username__in=configured.DEMONSTRATION_ACCOUNTS)

    assert listed.count() == len(configured.DEMONSTRATION_ACCOUNTS)
    assert len(set(listed.values_list("password", flat=True))) == 1
    assert authenticate(
        rf.post("/"), username="chanhvp", password=configured.DEMONSTRATION_PASSWORD
    )


@pytest.mark.parametrize("username", configured.DEMONSTRATION_ACCOUNTS)
def test_every_first_page_opens(district, client, username):
    client.force_login(User.objects.get(username=username), configured.AUTHENTICATION_BACKENDS[1])

    page = client.get(reverse("home"), follow=True)

    assert page.status_code == 200


def test_heads_and_staff_have_tasks_on_their_first_page(district, client):
    for username in ("truongtnmt", "cvtnmt", "truongnoivu", "chutichxaquangtrung"):
        user = User.objects.get(username=username)
        client.force_login(user, configured.AUTHENTICATION_BACKENDS[1])
        page = client.get(reverse("home"), follow=True)
        assert "NV-2026-" in page.content.decode(), username


def test_the_command_refuses_a_database_with_people(district):
    with pytest.raises(CommandError, match="only an empty one"):
        call_command("seed_demo")


def test_the_command_is_silent_if_asked_to_be(district):
    before = Event.objects.count()
    out = StringIO()

    call_command("seed_demo", "--if-empty", stdout=out, stderr=out)

    assert (out.getvalue(), Event.objects.count()) == ("", before)


def test_people_work_together(district):
    """Handed to staff, shares late and given, causes with kept and broken commitments, a thread."""
    delayed = tasks().with_delay(AT)

    assert Task.objects.filter(handler__isnull=False).count() >= 3
    assert tasks().waiting_for_share(AT, is_late=True).count() >= 3
    assert Coordination.objects.filter(delivered_at__isnull=False).late(AT).exists()
    assert delayed.filter(broken_commitment(AT)).count() >= 2
    assert delayed.filter(UNEXPLAINED).exists()
    assert Message.objects.count() >= 3


def test_difficulties_wait_on_a_directive_and_were_answered_with_an_extension(district):
    """Rule 5.12: one open on a directive, one that moved a deadline in one step."""
    obstacles = Obstacle.objects.all()

    assert obstacles.unanswered().filter(directive__isnull=False).exists()
    assert obstacles.get(granted_due_at__isnull=False).task.due_at > AT


def test_recurring_tasks_have_a_past(district):
    """Rule 5.10: each period opened its own task, the earlier ones are done."""
    for recurrence in Recurrence.objects.all():
        states = list(recurrence.occurrences.order_by("period_on").values_list("state", flat=True))
        assert len(states) > 3
        assert set(states[:-1]) == {State.COMPLETED}


def test_a_list_from_excel_waits_to_be_put_right(district):
    """Rule 4.6: three rows are wrong, one is done, the others would become work."""
    run = DryRun(ImportBatch.objects.get(), local_day(AT))

    assert (len(run.blocked), run.done_count, len(run.ready)) == (3, 1, 3)


def test_a_clause_became_a_campaign_that_was_closed_and_another_is_under_way(district):
    """Rules 4.4, 5.13: some confirmed, some marked, some silent."""
    closed = ReviewCampaign.objects.get(directive__number="512/UBND-VP")
    running = ReviewCampaign.objects.running().get()

    assert closed.clause == "1-5"
    assert closed.entries.filter(confirmed_at__isnull=False).count() > 5
    assert {entry.is_late for entry in closed.entries.all()} == {True, False}
    assert running.entries.waiting().count() >= 3
    decisions = CampaignMark.objects.filter(entry__campaign=running).values_list("decision")
    assert {decision for (decision,) in decisions} == {"", "applied", "refused"}


def test_a_spot_check_found_work_done_not_done_and_doubtful(district):
    """Rule 5.13."""
    items = SpotCheck.objects.get().items.all()

    assert {item.result for item in items} == {"done", "not_done", ""}
    assert items.filter(result="", doubted_at__isnull=False).count() == 1
    assert Event.objects.filter(act="task.spot_check_failed").exists()


def test_what_is_mailed_at_once_is_of_a_kind_whose_default_says_so(district):
    """Rule 10.1: the page of choices marks the default that really holds."""
    mailed = Notice.objects.filter(delivery="at_once", event__isnull=False, channel="app")
    kinds = {kind_named(code) for code in mailed.values_list("kind", flat=True).distinct()}

    assert len(kinds) > 3
    assert {kind.code for kind in kinds if kind.default != "at_once"} == set()


def test_one_head_chose_how_to_be_told(district):
    chosen = User.objects.get(username="truongtnmt").notice_choices

    assert set(chosen.values_list("kind", "delivery")) == {
        ("shared", "digest"),
        ("progress", "app"),
    }


def test_every_act_of_the_demonstration_reads_as_a_sentence(district):
    """Point 12: no timeline shows a code."""
    done = set(Event.objects.values_list("act", flat=True).distinct())

    assert done - known_acts() == set()


def test_cases_praise_and_inspections_are_there_to_be_seen(district):
    """Rules 9.1, 9.2: what each role finds when it opens the demonstration."""
    cases = AccountabilityCase.objects.with_standing(AT).values_list("stands", flat=True)
    issued = [
        model.objects.filter(paper__state="issued").count()
        for model in (AccountabilityCase, Commendation)
    ]
    inspections = Inspection.objects.annotate(found=Count("findings"), given=Count("tasks"))

    assert {"before_chair", "asked", "decided"} <= set(cases)
    assert issued == [1, 1]
    assert inspections.filter(state="concluded", found__gt=0, given__gt=0).exists()
    assert inspections.filter(state="planned").exists()


def test_agencies_were_urged_once_and_a_second_letter_is_prepared(district):
    """Rule 8.2."""
    assert set(Urging.objects.issued().values_list("ordinal", flat=True)) == {1}
    assert Urging.objects.unissued().get().ordinal == 2


def test_the_notice_of_a_briefing_was_issued(district):
    """Rule 8.3."""
    briefing = Briefing.objects.get()

    assert briefing.paper.state == OutgoingPaper.State.ISSUED
    assert briefing.decisions.count() == 3
