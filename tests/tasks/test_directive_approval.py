"""Approval: what each kind of proposal becomes, and that it happens exactly once."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.contrib.contenttypes.models import ContentType
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from agencies.acting import Actor
from agencies.deadlines import Deadline
from agencies.models import AlreadyDone, Event, Notice, Setting
from agencies.refusals import NotYours, Refused
from tasks.approval import Plan, approve, submit
from tasks.models import (
    Acknowledgement,
    Addressee,
    Directive,
    Proposal,
    ReviewCampaign,
    StandingDuty,
    Task,
)
from tests.factories import (
    AgencyFactory,
    AgencyKindFactory,
    DirectiveFactory,
    GroupFactory,
    ProposalFactory,
    chair,
    head_of,
    moment,
    office_chief,
)

AT = moment("2026-11-16")
Kind = Proposal.Kind


@pytest.fixture
def directive(district):
    found = DirectiveFactory(number="412/UBND-VP", drafted_by=district.officer.post)
    for commune in district.communes:
        Addressee.objects.create(directive=found, agency=commune)
    return found


def propose(directive, *kinds, **options) -> Proposal:
    undated = {} if Kind.TASK in kinds else {"review_on": None}
    return ProposalFactory(directive=directive, kinds=list(kinds), **undated | options)


def approved(directive, actor) -> Directive:
    seen = Plan(directive, AT.date()).fingerprint
    return approve(directive, actor, AT, fingerprint=seen)


def test_one_lead_gets_one_task(directive, district):
    """Rule 5.1."""
    propose(directive, Kind.TASK, clause="2-1", leads=[district.interior])

    approved(directive, district.chief)

    task = Task.objects.get()
    assert (task.lead, task.clause, task.parent) == (district.interior, "2-1", None)
    assert task.assigned_by == directive.issuer
    assert task.review_on.isoformat() == "2026-11-30"


def test_a_group_gets_a_task_an_agency_under_a_parent(directive, district):
    """Rules 4.2, 5.1."""
    propose(directive, Kind.TASK, groups=[district.group])

    approved(directive, district.chief)

    parent = Task.objects.get(is_group=True)
    assert [task.lead for task in parent.children.order_by("lead__order")] == district.communes


def test_only_agencies_open_that_day_get_the_task(directive, district):
    """Rule 4.2: the agencies of that kind on that day."""
    closed = district.communes[0]
    closed.closed_on = AT.date()
    closed.save()
    propose(directive, Kind.TASK, groups=[district.group])

    approved(directive, district.chief)

    assert set(Task.objects.counted().values_list("lead", flat=True)) == {
        commune.pk for commune in district.communes[1:]
    }


def test_a_review_campaign_asks_each_agency_and_gives_no_task(directive, district):
    """Rules 4.2, 4.4: the group's agencies of that day review their lists."""
    proposal = propose(directive, Kind.REVIEW_CAMPAIGN, clause="1-5", groups=[district.group])

    approved(directive, district.chief)

    campaign = ReviewCampaign.objects.get()
    assert (campaign.proposal, campaign.directive, campaign.clause) == (proposal, directive, "1-5")
    assert [entry.agency for entry in campaign.entries.all()] == district.communes
    assert not Task.objects.exists()


def test_a_campaign_is_due_by_the_clauses_day(directive, district):
    """Rule 5.13."""
    due_at = moment("2026-12-01", 0)
    propose(directive, Kind.REVIEW_CAMPAIGN, groups=[district.group], due_at=due_at)

    approved(directive, district.chief)

    assert ReviewCampaign.objects.get().due_at == due_at


def test_a_campaign_of_an_undated_clause_is_due_by_the_setting(directive, district):
    """Rules 3.6, 12: ten working days from approval, with their arithmetic."""
    propose(directive, Kind.REVIEW_CAMPAIGN, groups=[district.group])

    approved(directive, district.chief)

    campaign = ReviewCampaign.objects.get()
    assert campaign.due_at == moment("2026-12-01", 0)
    assert Deadline.from_json(campaign.arithmetic).due_at == campaign.due_at


def test_the_heads_of_the_agencies_asked_are_told_once(directive, district):
    """Rule 10.1: an act addressed to them."""
    propose(directive, Kind.REVIEW_CAMPAIGN, groups=[district.group])

    approved(directive, district.chief)

    told = Notice.objects.filter(event__act="campaign.opened", channel="app")
    assert {n.person for n in told} == {head.user for head in district.commune_heads}


def test_the_preview_counts_campaigns_apart_from_tasks(directive, district):
    """Design principle 5: what approval creates is said before."""
    propose(directive, Kind.REVIEW_CAMPAIGN, groups=[district.group])

    plan = Plan(directive, AT.date())

    assert (plan.task_count, len(plan.campaigns), plan.blocked) == (0, 1, [])


def test_a_standing_duty_is_no_task(directive, district):
    """Rule 4.4: shown, acknowledged, never counted."""
    propose(directive, Kind.STANDING_DUTY, clause="1-2", groups=[district.group])

    approved(directive, district.chief)

    duty = StandingDuty.objects.get()
    assert (duty.clause, list(duty.agencies.all())) == ("1-2", district.communes)
    assert not Task.objects.exists()


def test_each_addressee_is_asked_to_acknowledge_by_the_day_of_the_setting(directive, district):
    """Rule 4.3: five working days, unless the office set otherwise."""
    propose(directive, Kind.ACKNOWLEDGEMENT, groups=[district.group])

    approved(directive, district.chief)

    asked = Acknowledgement.objects.all()
    assert [row.agency for row in asked] == district.communes
    assert {row.due_at for row in asked} == {moment("2026-11-24", 0)}


def test_a_rule_founds_the_setting_for_the_addressees_and_cites_the_clause(directive, district):
    """Rules 4.4, 12: from the directive's date, with the document it comes from."""
    propose(directive, Kind.RULE, clause="1-3", groups=[district.group])

    approved(directive, district.chief)

    rule = Setting.objects.get(code="silence_is_agreement")
    assert (rule.value, rule.effective_from) == (True, moment("2026-11-02", 0))
    assert set(rule.agencies.all()) == set(district.communes)
    assert all(part in rule.source for part in ("412/UBND-VP", "02/11/2026", "1-3"))
    assert rule.source_url == directive.get_absolute_url()


def test_one_clause_yields_several_things(directive, district):
    """Rule 4.4: An Lão's 1-3."""
    propose(directive, Kind.STANDING_DUTY, Kind.RULE, groups=[district.group])

    approved(directive, district.chief)

    assert StandingDuty.objects.count() == Setting.objects.count() == 1


def test_nothing_follows_from_a_dropped_proposal_or_one_without_kind(directive, district):
    """Rule 4.4: or nothing."""
    propose(directive, Kind.TASK, leads=[district.interior], state=Proposal.State.DROPPED)
    propose(directive)

    approved(directive, district.chief)

    assert not Task.objects.exists()


def test_a_draft_cannot_be_approved(directive, district):
    """Rule 4.4: approval needs a registered directive."""
    propose(directive, Kind.TASK, leads=[district.interior])
    Directive.objects.update(state=Directive.State.DRAFT)

    with pytest.raises(Refused):
        approved(directive, district.chief)


def test_an_incomplete_proposal_stops_the_whole_approval(directive, district):
    """Rule 11: all or nothing."""
    propose(directive, Kind.TASK, leads=[district.interior])
    propose(directive, Kind.TASK)

    with pytest.raises(Refused):
        approved(directive, district.chief)

    assert not Task.objects.exists()


def test_what_changed_after_the_preview_is_not_approved_unseen(directive, district):
    propose(directive, Kind.TASK, leads=[district.interior])

    with pytest.raises(Refused):
        approve(directive, district.chief, AT, fingerprint="an older page")


def test_an_officer_prepares_but_does_not_approve(directive, district):
    """Domain 2: the office chief approves assignment."""
    propose(directive, Kind.TASK, leads=[district.interior])

    with pytest.raises(NotYours):
        approved(directive, district.officer)


def test_a_leader_approves_on_a_day_without_a_chief(directive, district):
    """Rule 2.1: a function nobody holds falls upward."""
    propose(directive, Kind.TASK, leads=[district.interior])
    leader = chair()
    with pytest.raises(NotYours):
        approved(directive, leader)
    post = district.chief.post
    post.ends_on = "2026-11-01"
    post.save()

    assert approved(directive, leader).approved_at == AT


def test_an_officer_hands_the_proposals_to_the_chief(directive, district):
    submit(directive, district.officer, AT)

    told = Notice.objects.filter(event__act="directive.submitted")
    assert {notice.person for notice in told} == {district.chief.user}


def test_the_heads_are_told_of_what_they_must_acknowledge(directive, district):
    """Rule 10.2: in the act's own transaction."""
    propose(directive, Kind.ACKNOWLEDGEMENT, groups=[district.group])

    approved(directive, district.chief)

    told = Notice.objects.filter(event__act="directive.approved", channel="app")
    assert {notice.person for notice in told} == {head.user for head in district.commune_heads}


def test_the_second_approval_leads_to_the_first(directive, district):
    """Issue 4: a form posted twice is one act."""
    propose(directive, Kind.TASK, leads=[district.interior])
    approved(directive, district.chief)

    with pytest.raises(AlreadyDone) as caught:
        approved(directive, district.chief)

    assert caught.value.event.act == "directive.approved"
    assert Task.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_two_people_approving_at_once_assign_once(directive, district):
    """Rule 11: work is never double-counted."""
    propose(directive, Kind.TASK, groups=[district.group])
    seen, together = Plan(directive, AT.date()).fingerprint, Barrier(2)

    def one(_number) -> str:
        try:
            together.wait()
            approve(directive, district.chief, AT, fingerprint=seen)
        except AlreadyDone:
            return "already"
        finally:
            connection.close()
        return "done"

    with ThreadPoolExecutor(2) as pool:
        answers = sorted(pool.map(one, range(2)))

    assert answers == ["already", "done"]
    assert Task.objects.counted().count() == 3
    assert Event.objects.filter(act="directive.approved").count() == 1


@pytest.mark.django_db
@pytest.mark.parametrize("with_heads", [True, False], ids=["headed", "headless"])
def test_approval_asks_the_database_as_often_for_many_agencies_as_for_few(with_heads):
    """Rule 11: a small server approves a directive to the whole district at once."""
    chief, _leader = office_chief(), chair()

    few, many = (_queries_of_approving(chief, count, with_heads) for count in (5, 25))

    assert few == many


def _queries_of_approving(chief: Actor, count: int, with_heads: bool) -> int:
    kind = AgencyKindFactory(code=f"commune-{count}", name="Xã")
    agencies = AgencyFactory.create_batch(count, kind=kind)
    for agency in agencies if with_heads else []:
        head_of(agency)
    directive = DirectiveFactory()
    Addressee.objects.bulk_create(Addressee(directive=directive, agency=a) for a in agencies)
    group = GroupFactory(code=f"cac-xa-{count}", kinds=[kind])
    asked = propose(directive, Kind.TASK, Kind.ACKNOWLEDGEMENT, groups=[group])
    asked.coordinating.set(agencies[:3])
    seen = Plan(directive, AT.date()).fingerprint
    ContentType.objects.clear_cache()

    with CaptureQueriesContext(connection) as queries:
        approve(directive, chief, AT, fingerprint=seen)

    assert Task.objects.counted().filter(directive=directive).count() == count
    return len(queries)


# The page -------------------------------------------------------------------------------


@pytest.fixture
def address(directive):
    return reverse("directive_approve", args=[directive.pk])


def test_the_page_says_what_will_be_created(client, directive, district, address):
    """Design principle 5: say what will happen before a decision."""
    propose(directive, Kind.TASK, groups=[district.group], review_on="2999-12-31")
    propose(directive, Kind.STANDING_DUTY, leads=[district.interior])
    client.force_login(district.chief.user)

    plan = client.get(address).context["plan"]

    assert plan.task_count == 3
    assert [count for _agency, count in plan.tasks_by_agency] == [1, 1, 1]
    assert len(plan.standing_duties) == 1


def test_the_page_of_a_draft_leads_to_number_and_date(client, directive, district, address):
    """Rule 4.4."""
    Directive.objects.update(state=Directive.State.DRAFT)
    client.force_login(district.chief.user)

    html = client.get(address).content.decode()

    assert reverse("directive_edit", args=[directive.pk]) in html


def test_the_chief_approves_by_the_page(client, directive, district, address):
    propose(directive, Kind.TASK, leads=[district.interior], review_on="2999-12-31")
    client.force_login(district.chief.user)
    seen = client.get(address).context["plan"].fingerprint

    answer = client.post(address, {"act": "approve", "fingerprint": seen})

    assert answer.url == directive.get_absolute_url()
    assert Task.objects.count() == 1


def test_a_refused_approval_stays_on_the_page(client, directive, district, address):
    client.force_login(district.chief.user)

    assert client.post(address, {"act": "approve", "fingerprint": "x"}).status_code == 409
