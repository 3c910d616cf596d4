"""Approval: the one moment at which proposals become work (rules 4.2 to 4.4, 4.9)."""

from collections import Counter
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cached_property
from hashlib import sha256

from django.db import transaction
from django.utils.translation import gettext as _

from agencies.acting import Actor, heads_by_agency, holders_of
from agencies.deadlines import local_day, local_midnight
from agencies.editing import what_changed
from agencies.functions import Function
from agencies.models import Agency, AlreadyDone, Event, Setting, record
from agencies.notices import owe
from agencies.refusals import Refused
from tasks.directives.acknowledging import acknowledgement_due_at
from tasks.directives.corrections import keep_corrections
from tasks.directives.expansion import Expansion
from tasks.directives.header import refuse_misdirected
from tasks.directives.permits import demand, may_approve, may_review
from tasks.directives.problems import Judged, judge
from tasks.lifecycle import assign, assign_each
from tasks.models import (
    Acknowledgement,
    Addressee,
    Directive,
    Proposal,
    StandingDuty,
)
from tasks.recurring.acts import begin
from tasks.reviewing.opening import open_clause

Kind = Proposal.Kind
RULE = "silence_is_agreement"


@dataclass
class Plan:
    """What approving a directive on a day would create; shown before, followed by `approve`."""

    directive: Directive
    day: date
    expansion: Expansion = field(init=False)

    def __post_init__(self) -> None:
        self.expansion = Expansion(self.day)

    @cached_property
    def addressees(self) -> list[Agency]:
        """The agencies of "Kính gửi", in official order."""
        rows = self.directive.addressees.filter(role=Addressee.Role.TO).select_related("agency")
        return [row.agency for row in rows]

    @cached_property
    def judged(self) -> list[Judged]:
        """Every proposal as of the day, in the order of the text."""
        rows = self.directive.proposals.prefetch_related(
            "lead_agencies", "lead_groups", "coordinating"
        )
        return [judge(row, self.expansion, has_addressees=bool(self.addressees)) for row in rows]

    @property
    def live(self) -> list[Judged]:
        """What is not dropped."""
        return [one for one in self.judged if one.proposal.state != Proposal.State.DROPPED]

    @property
    def to_check(self) -> list[Judged]:
        """What somebody must look at first."""
        return [one for one in self.judged if one.needs_a_look]

    @property
    def blocked(self) -> list[Judged]:
        """What cannot be approved as it stands."""
        return [one for one in self.live if one.problems]

    def of(self, *kinds: str) -> list[Judged]:
        """The live proposals that carry one of the kinds."""
        return [one for one in self.live if set(kinds) & set(one.proposal.kinds)]

    @cached_property
    def tasks(self) -> list[Judged]:
        """The proposals that give tasks, one each or one an agency."""
        return [one for one in self.of(Kind.TASK) if one.rule is None]

    @cached_property
    def recurring(self) -> list[Judged]:
        """The proposals whose tasks come again each period (rule 5.10)."""
        return [one for one in self.of(Kind.TASK) if one.rule is not None]

    @property
    def recurring_count(self) -> int:
        """How many recurring tasks there will be, one for each lead."""
        return sum(len(one.leads) for one in self.recurring)

    @property
    def task_count(self) -> int:
        """How many tasks with a lead there will be; parents are not counted (rule 5.1)."""
        return sum(len(one.leads) for one in self.tasks)

    @property
    def tasks_by_agency(self) -> list[tuple[Agency, int]]:
        """How many tasks each agency would get, in official order."""
        counts = Counter(agency for one in self.tasks for agency in one.leads)
        return [(a, counts[a]) for a in self.expansion.agencies.values() if a in counts]

    @cached_property
    def standing_duties(self) -> list[Judged]:
        """The proposals that found a standing duty."""
        return self.of(Kind.STANDING_DUTY)

    @cached_property
    def campaigns(self) -> list[Judged]:
        """The proposals that ask agencies to review their list of tasks (rule 5.13)."""
        return self.of(Kind.REVIEW_CAMPAIGN)

    @cached_property
    def rules(self) -> list[Judged]:
        """The proposals that found a rule."""
        return self.of(Kind.RULE)

    @cached_property
    def nothing(self) -> list[Judged]:
        """The live proposals nothing follows from."""
        return [one for one in self.live if not one.proposal.kinds]

    @cached_property
    def acknowledging(self) -> dict[Agency, Proposal]:
        """Each agency that must acknowledge, with the first clause that asks it to."""
        asked: dict[Agency, Proposal] = {}
        for one in self.of(Kind.ACKNOWLEDGEMENT):
            for agency in self.addressees or one.leads:
                asked.setdefault(agency, one.proposal)
        return asked

    @property
    def fingerprint(self) -> str:
        """Changes with anything the preview shows, so that nobody approves what he did not see."""
        rows = [(one.proposal.pk, one.proposal.version, len(one.leads)) for one in self.judged]
        return sha256(repr((self.directive.version, rows)).encode()).hexdigest()[:20]


def submit(directive: Directive, actor: Actor, at: datetime) -> Event:
    """Tell the chief that the proposals are ready: officers prepare up to approval."""
    demand(may_review(actor))
    with transaction.atomic():
        locked = Directive.objects.select_for_update().get(pk=directive.pk)
        if locked.approved_at is not None:
            raise AlreadyDone(_approval_of(locked))
        refuse_misdirected(locked)
        event = record("directive.submitted", locked, actor, at, key=actor.form_key)
        chiefs = holders_of(Function.OFFICE_CHIEF, local_day(at))
        owe([post.user for post in chiefs], event, immediate=True)
    return event


def approve(directive: Directive, actor: Actor, at: datetime, *, fingerprint: str) -> Directive:
    """Turn every live proposal into what it carries, in one transaction, once.

    Needs a registered directive and no proposal with a problem, as shown by the preview whose
    `fingerprint` is given. A second approval, from whichever screen, leads to the first.
    """
    demand(may_approve(actor))
    with transaction.atomic():
        locked = Directive.objects.select_for_update().get(pk=directive.pk)
        if locked.approved_at is not None:
            raise AlreadyDone(_approval_of(locked))
        plan = Plan(locked, local_day(at))
        _check(plan, fingerprint)
        for one in plan.tasks:
            _make_tasks(one, plan, actor, at)
        for one in plan.recurring:
            _begin_recurring(one, plan, actor, at)
        for one in plan.standing_duties:
            _make_duty(one, locked, at)
        for one in plan.campaigns:
            open_clause(one.proposal, one.leads, actor.with_form_key(None), at)
        _ask_acknowledgements(plan, at)
        for one in plan.rules:
            _found_rule(one, plan, actor, at)
        live = [one.proposal.pk for one in plan.live]
        Proposal.objects.filter(pk__in=live).update(state=Proposal.State.APPROVED)
        keep_corrections(locked, at)
        locked.approved_at = at
        locked.version += 1
        locked.save()
        event = record(
            "directive.approved", locked, actor, at, key=actor.form_key,
            tasks=plan.task_count, duties=len(plan.standing_duties),
            acknowledgements=len(plan.acknowledging), rules=len(plan.rules),
            campaigns=len(plan.campaigns),
        )  # fmt: skip
        _tell(plan, event)
    return locked


def _check(plan: Plan, fingerprint: str) -> None:
    refuse_misdirected(plan.directive)
    if plan.directive.state != Directive.State.REGISTERED:
        raise Refused(_("Register the directive first: give its number and date."))
    if not plan.live:
        raise Refused(_("There is no proposal to approve."))
    if plan.fingerprint != fingerprint:
        raise Refused(
            _("The proposals changed after this page was opened. Look at them again, then approve.")
            + f" {what_changed(plan.directive)}"
        )
    if plan.blocked:
        first = plan.blocked[0]
        raise Refused(
            _("Clause %(clause)s cannot be approved yet: %(problem)s.")
            % {"clause": first.proposal.clause, "problem": first.problems[0]}
        )


def _make_tasks(one: Judged, plan: Plan, actor: Actor, at: datetime) -> None:
    """One lead: one task. Several: a parent and a task an agency, each its own (rule 5.1)."""
    proposal, directive = one.proposal, plan.directive
    facts = {
        "title": proposal.title,
        "text": proposal.text,
        "directive": directive,
        "proposal": proposal,
        "clause": proposal.clause,
        "assigned_by": directive.issuer,
        "due_at": proposal.due_at,
        "review_on": proposal.review_on if proposal.due_at is None else None,
        "deadline_text": proposal.deadline_text,
        "arithmetic": proposal.arithmetic,
        "product": proposal.product,
    }
    parent = assign(actor, at, is_group=True, **facts) if len(one.leads) > 1 else None
    coordinating = plan.expansion.coordinating(proposal)
    assign_each(actor, at, one.leads, parent=parent, coordinating=coordinating, **facts)


def _begin_recurring(one: Judged, plan: Plan, actor: Actor, at: datetime) -> None:
    """A rule for each lead instead of one task: each period opens its own (rule 5.10)."""
    proposal = one.proposal
    begin(
        actor, at, one.leads,
        rule_text=proposal.recurrence,
        title=proposal.title,
        text=proposal.text,
        directive=plan.directive,
        proposal=proposal,
        clause=proposal.clause,
        assigned_by=plan.directive.issuer,
        product=proposal.product,
        coordinating=plan.expansion.coordinating(proposal),
    )  # fmt: skip


def _make_duty(one: Judged, directive: Directive, at: datetime) -> None:
    duty = StandingDuty.objects.create(
        directive=directive,
        proposal=one.proposal,
        clause=one.proposal.clause,
        title=one.proposal.title,
        text=one.proposal.text,
        founded_at=at,
    )
    duty.agencies.set(one.leads)


def _ask_acknowledgements(plan: Plan, at: datetime) -> None:
    if not plan.acknowledging:
        return
    due_at = acknowledgement_due_at(at)
    Acknowledgement.objects.bulk_create(
        [
            Acknowledgement(
                directive=plan.directive,
                agency=agency,
                proposal=proposal,
                title=proposal.title,
                due_at=due_at,
            )
            for agency, proposal in plan.acknowledging.items()
        ]
    )


def _found_rule(one: Judged, plan: Plan, actor: Actor, at: datetime) -> None:
    """A clause founds the rule of silence for those it addresses, and the setting cites it (12)."""
    directive = plan.directive
    setting = Setting.objects.create(
        code=RULE,
        value=True,
        effective_from=local_midnight(directive.issued_on),
        source=_("%(symbol)s of %(day)s, clause %(clause)s")
        % {
            "symbol": directive.symbol,
            "day": f"{directive.issued_on:%d/%m/%Y}",
            "clause": one.proposal.clause,
        },
        source_url=directive.get_absolute_url(),
        changed_by=actor.user,
        recorded_at=at,
    )
    setting.agencies.set(plan.addressees or one.leads)


def _tell(plan: Plan, event: Event) -> None:
    """Tell the heads of those who acknowledge or carry a duty; tasks tell theirs themselves."""
    agencies = {agency.pk for agency in plan.acknowledging}
    agencies |= {agency.pk for one in plan.standing_duties for agency in one.leads}
    heads = heads_by_agency(agencies, plan.day)
    owe([post.user for post in heads.values()], event, immediate=True)


def _approval_of(directive: Directive) -> Event | None:
    return Event.objects.of(directive).filter(act="directive.approved").first()
