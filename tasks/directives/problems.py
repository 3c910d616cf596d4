"""What stands against approving a proposal, and what the reader was not sure of, in words."""

from dataclasses import dataclass, field
from functools import cached_property

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from agencies.deadlines import Recurrence
from tasks.directives.expansion import Expansion
from tasks.directives.leads import JOINT_LEAD, candidates, is_joint
from tasks.directives.reckoning import rule_of
from tasks.models import Proposal

# What the page says in a few words; the reader's own sentences stand in its documentation.
DOUBTS = {
    "no_lead": gettext_lazy("no agency is named to lead"),
    "lead_unknown": gettext_lazy("the lead “%(lead)s” is not in the directory"),
    "lead_ambiguous": gettext_lazy("the lead “%(lead)s” may mean several agencies"),
    JOINT_LEAD: gettext_lazy("several agencies lead jointly: choose one, or one task each"),
    "several_deadlines": gettext_lazy("several deadlines are written; the last is proposed"),
    "deadline_unread": gettext_lazy("the deadline “%(deadline)s” gives no day"),
    "year_assumed": gettext_lazy("the deadline names no year"),
    "start_assumed": gettext_lazy("the deadline counts from a day that is not stated"),
    "closing": gettext_lazy("it may be a closing sentence, not work"),
    "long": gettext_lazy("long wording: it may hold several tasks"),
    "kind_unsure": gettext_lazy("the suggested kind is a guess"),
    "undated_group": gettext_lazy("the document gives no deadline"),
    "coordinating_unclear": gettext_lazy("“%(coordinating)s” is not clear"),
}

PILLS = {
    Proposal.Kind.TASK: "track",
    Proposal.Kind.STANDING_DUTY: "done",
    Proposal.Kind.ACKNOWLEDGEMENT: "waiting",
    Proposal.Kind.REVIEW_CAMPAIGN: "waiting",
    Proposal.Kind.RULE: "soon",
}

# What somebody must be named for.
LED = {Proposal.Kind.TASK, Proposal.Kind.STANDING_DUTY, Proposal.Kind.REVIEW_CAMPAIGN}


@dataclass(frozen=True)
class Judged:
    """One proposal as the page shows it: whom it reaches today, what is wrong, what is doubtful."""

    proposal: Proposal
    leads: list
    problems: list[str]
    doubts: list[str]
    nearest: list[tuple[str, str]] = field(default_factory=list)
    """Code and name of the agencies and groups most like a lead the directory does not know."""

    @property
    def reasons(self) -> list[str]:
        """Why a person must look at it, in words."""
        return [*self.problems, *self.doubts]

    @property
    def pills(self) -> list[tuple[str, object]]:
        """What it becomes, as kinds of pills and words."""
        if self.proposal.state == Proposal.State.DROPPED:
            return [("done", _("dropped"))]
        if not self.proposal.kinds:
            return [("done", _("nothing follows"))]
        return [(PILLS[kind], Proposal.Kind(kind).label) for kind in self.proposal.kinds]

    @property
    def is_task(self) -> bool:
        """Whether tasks follow from it."""
        return Proposal.Kind.TASK in self.proposal.kinds

    @property
    def is_campaign(self) -> bool:
        """Whether it asks agencies to review their list of tasks."""
        return Proposal.Kind.REVIEW_CAMPAIGN in self.proposal.kinds

    @cached_property
    def rule(self) -> Recurrence | None:
        """The rule its tasks come again by (rule 5.10)."""
        return rule_of(self.proposal)

    @property
    def only_duty(self) -> bool:
        """Whether it is shown on the directive only, and not counted as work."""
        return self.proposal.kinds == [Proposal.Kind.STANDING_DUTY]

    @property
    def lead_names(self) -> str:
        """The names, or a group's words before them ("17 xã, thị trấn: …")."""
        return ", ".join(agency.short_name for agency in self.leads)

    @property
    def is_joint(self) -> bool:
        """Whether a joint lead waits to be settled."""
        return JOINT_LEAD in self.proposal.doubts and is_joint(self.proposal)

    @property
    def needs_a_look(self) -> bool:
        """Whether a person must look at it before approval: undecided and wrong or doubtful."""
        return self.proposal.state == Proposal.State.PENDING and bool(self.problems or self.doubts)


def judge(proposal: Proposal, expansion: Expansion, *, has_addressees: bool) -> Judged:
    """Judge one proposal as of the expansion's day."""
    leads = expansion.leads(proposal)
    problems = _problems(proposal, leads, expansion, has_addressees)
    return Judged(proposal, leads, problems, _doubts(proposal), _nearest(proposal, expansion))


def _problems(
    proposal: Proposal, leads: list, expansion: Expansion, has_addressees: bool
) -> list[str]:
    kinds = set(proposal.kinds)
    found = []
    if kinds & LED and not leads:
        found.append(_("no agency leads it: choose one"))
    if kinds & {Proposal.Kind.ACKNOWLEDGEMENT, Proposal.Kind.RULE} and not (
        has_addressees or leads
    ):
        found.append(_("nobody is addressed: choose agencies"))
    if JOINT_LEAD in proposal.doubts and is_joint(proposal):
        found.append(str(DOUBTS[JOINT_LEAD]))
    closed = [a.name for a in proposal.lead_agencies.all() if a.pk not in expansion.agencies]
    if closed:
        found.append(_("closed by now: %(names)s") % {"names": ", ".join(closed)})
    if Proposal.Kind.TASK in kinds:
        found += _undated(proposal, expansion)
    return found


def _undated(proposal: Proposal, expansion: Expansion) -> list[str]:
    if proposal.due_at is not None or rule_of(proposal) is not None:
        return []
    if proposal.review_on is None:
        return [_("no deadline yet: choose a day")]
    if proposal.review_on < expansion.day:
        return [_("the review day has passed: choose another")]
    return []


def _nearest(proposal: Proposal, expansion: Expansion) -> list[tuple[str, str]]:
    """Whom an unknown lead may mean, while it waits for a person."""
    codes = candidates(proposal) if proposal.state == Proposal.State.PENDING else []
    names = expansion.names if codes else {}
    return [(code, names[code]) for code in codes if code in names]


def _doubts(proposal: Proposal) -> list[str]:
    facts = {
        "lead": proposal.lead_text,
        "deadline": proposal.deadline_text,
        "coordinating": ", ".join(unclear_helpers(proposal)),
    }
    listed = [code for code in proposal.doubts if code in DOUBTS and code != JOINT_LEAD]
    return [str(DOUBTS[code]) % facts for code in listed]


def unclear_helpers(proposal: Proposal) -> list[str]:
    """Return the coordinating names, as written, that mean no agency in the directory."""
    read = proposal.original or {}
    names, codes = read.get("coordinating", []), read.get("coordinating_agencies", [])
    return [name for name, code in zip(names, codes, strict=False) if code is None]
