"""One consultation, line or dossier before one actor at one instant: what the tables ask."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from agencies.acting import Actor, holders_of
from agencies.deadlines import local_day
from agencies.functions import Function
from agencies.models import Body
from consultations.acts.portfolio import concerned_by, in_portfolio
from consultations.models import (
    ChecklistItem,
    Consultation,
    Dossier,
    Opinion,
    PaperAnswer,
    PoorMark,
    Question,
    QuestionContest,
    Reconciliation,
    Reply,
    ReturnContest,
)
from consultations.outcome import known_condition
from consultations.stances import Stance

Entry = Reply | PaperAnswer
"""What a clerk entered from paper: a reply, an answer to a result, a contest of a mark."""
ENTRIES: dict[str, type[Entry]] = {"reply": Reply, "answer": PaperAnswer}
"""The kinds of entries, as addresses and forms name them."""


@dataclass(frozen=True)
class Case:
    """What every case has: the actor and the instant."""

    actor: Actor
    at: datetime

    @cached_property
    def chief_is_vacant(self) -> bool:
        """Whether nobody is office chief that day; the function falls to the Chair (rule 2.1)."""
        posts = holders_of(Function.OFFICE_CHIEF, local_day(self.at))
        return not any(Function.OFFICE_CHIEF in post.title.functions for post in posts)

    @cached_property
    def office_id(self) -> int | None:
        """The agency that is the body's Office: what the chief would decide on its own matters
        goes to a leader (rule 2.3).
        """
        return Body.objects.values_list("office", flat=True).first()

    def sides_with(self, agency_id: int) -> bool:
        """Whether the actor's own post, or the authority used, belongs to that agency."""
        post = self.actor.post
        return agency_id in (self.actor.agency_id, post.agency_id if post else None)


@dataclass(frozen=True)
class RoundCase(Case):
    """One consultation (one round of asking)."""

    consultation: Consultation

    @cached_property
    def state(self) -> str:
        """`withdrawn`, `open` or `closed` at the instant (rule 6.7)."""
        withdrawn_at = self.consultation.withdrawn_at
        if withdrawn_at is not None and withdrawn_at <= self.at:
            return "withdrawn"
        opened = Consultation.objects.filter(pk=self.consultation.pk).open(self.at)
        return "open" if opened.exists() else "closed"

    @property
    def asks(self) -> bool:
        """Whether the actor acts for the requester."""
        return self.actor.agency_id == self.consultation.requester_id

    @cached_property
    def is_in_portfolio(self) -> bool:
        """Whether the matter lies in the portfolio of a deputy who acts (rule 2.1)."""
        return _reaches(self.actor, self.consultation)

    @cached_property
    def lines(self) -> list[Opinion]:
        """The lines with what they mean now."""
        return list(self.consultation.opinions.with_outcome(self.at).select_related("agency"))


@dataclass(frozen=True)
class LineCase(Case):
    """One consulted agency's line. Its state is its outcome (`OpinionQuerySet.with_outcome`)."""

    opinion: Opinion

    @cached_property
    def state(self) -> str:
        """What the line means at the instant."""
        known = getattr(self.opinion, "outcome", None)
        if known is not None:
            return known
        return Opinion.objects.with_outcome(self.at).get(pk=self.opinion.pk).outcome

    @property
    def answers(self) -> bool:
        """Whether the actor acts for the agency asked."""
        return self.actor.agency_id == self.opinion.agency_id

    @property
    def asks(self) -> bool:
        """Whether the actor acts for the requester."""
        return self.actor.agency_id == self.opinion.consultation.requester_id

    @cached_property
    def is_in_portfolio(self) -> bool:
        """Whether the matter lies in the portfolio of a deputy who acts (rule 2.1)."""
        return _reaches(self.actor, self.opinion.consultation)

    @cached_property
    def last_reply(self) -> Reply | None:
        """The last thing the agency sent, in time or late."""
        replies = self.opinion.replies.filter(known_condition(self.at))
        return replies.select_related("post__user").order_by("-received_at", "-id").first()

    @cached_property
    def return_contest(self) -> ReturnContest | None:
        """The requester's contest of a return that the chief has not settled."""
        return ReturnContest.objects.filter(reply__opinion=self.opinion, decision="").first()

    @cached_property
    def counting_reply(self) -> Reply | None:
        """The reply that gives the line its meaning now: the last one in time."""
        line = Opinion.objects.with_outcome(self.at).get(pk=self.opinion.pk)
        return line.counting(line.replies.select_related("return_contest", "paper_check"))

    @property
    def return_stands(self) -> bool:
        """Whether the chief has settled a contest of the return that counts: it stands."""
        contest = getattr(self.counting_reply, "return_contest", None)
        return contest is not None and contest.decision != ""

    @cached_property
    def poor_marks(self) -> list[PoorMark]:
        """The poor marks on the line's replies, oldest first: each stands by itself (rule 6.9). One
        on a paper that was refused is none.
        """
        marks = PoorMark.objects.filter(reply__opinion=self.opinion)
        marks = marks.select_related("contest", "reply__paper_check").order_by("marked_at", "id")
        return [mark for mark in marks if not mark.reply.is_refused]

    @property
    def poor_mark(self) -> PoorMark | None:
        """The latest poor mark on the line."""
        return self.poor_marks[-1] if self.poor_marks else None

    @property
    def uncontested_mark(self) -> PoorMark | None:
        """The latest mark the agency has not contested."""
        marks = reversed(self.poor_marks)
        return next((mark for mark in marks if not hasattr(mark, "contest")), None)

    @property
    def contested_mark(self) -> PoorMark | None:
        """The mark whose contest has waited longest for the chief."""
        contested = (mark for mark in self.poor_marks if hasattr(mark, "contest"))
        return next((mark for mark in contested if not mark.contest.decision), None)

    @cached_property
    def contestable(self) -> list[Question]:
        """The questions not principal that the agency's counting reply disagrees on, and that it
        has not contested yet (rule 6.1).
        """
        if self.counting_reply is None:
            return []
        contested = {contest.question_id for contest in self.opinion.question_contests.all()}
        return [
            answer.question
            for answer in self.counting_reply.answers.all()
            if answer.stance == Stance.DISAGREED
            and not answer.question.is_principal
            and answer.question_id not in contested
        ]

    @cached_property
    def question_contest(self) -> QuestionContest | None:
        """The agency's contest of a question that the chief has not settled."""
        contests = self.opinion.question_contests.all()
        return next((contest for contest in contests if not contest.decision), None)

    @cached_property
    def reconciliation(self) -> Reconciliation | None:
        """The latest meeting with the agency that disagreed (rule 6.10)."""
        return self.opinion.reconciliations.order_by("-sent_at", "-id").first()

    @cached_property
    def unchecked(self) -> list[Entry]:
        """What was entered from paper and the chief has not checked, oldest first (rule 2.7)."""
        entries = self.opinion.replies.filter(entered_at__isnull=False)
        return _unchecked([*entries, *self.opinion.paper_answers.all()], self.at)

    @property
    def is_of_closed_agency(self) -> bool:
        """Whether the agency asked is closed that day (rule 2.5)."""
        return self.opinion.agency.is_closed_on(local_day(self.at))

    @property
    def is_past_due(self) -> bool:
        """Whether the line's deadline has come."""
        return self.at >= self.opinion.due_at


@dataclass(frozen=True)
class DossierCase(Case):
    """One dossier."""

    dossier: Dossier

    @property
    def state(self) -> str:
        """Its state."""
        return self.dossier.state

    @property
    def submits(self) -> bool:
        """Whether the actor acts for the agency whose dossier it is."""
        return self.actor.agency_id == self.dossier.agency_id

    @cached_property
    def is_in_portfolio(self) -> bool:
        """Whether the matter lies in the portfolio of a deputy who acts (rule 2.1): the dossier's
        competence and its tasks'.
        """
        if not _is_deputy(self.actor):
            return True  # nothing is read for a head
        of_tasks = self.dossier.tasks.values_list("competence", flat=True)
        return in_portfolio(self.actor, {self.dossier.competence_id, *of_tasks} - {None})

    @cached_property
    def is_checked(self) -> bool:
        """Whether the newest version was checked for every item in use (rule 7.2)."""
        version = self.dossier.versions.last()
        if version is None:
            return False
        items = ChecklistItem.objects.filter(is_active=True)
        return not items.exclude(pk__in=version.checks.values("item")).exists()

    @property
    def is_the_offices_own(self) -> bool:
        """Whether the Office submits it itself; a leader then checks (rule 2.3)."""
        return self.dossier.agency_id == self.office_id


def _reaches(actor: Actor, consultation: Consultation) -> bool:
    if not _is_deputy(actor):
        return True  # nothing is read for a head
    return in_portfolio(actor, concerned_by(consultation))


def _is_deputy(actor: Actor) -> bool:
    return actor.authority is not None and actor.authority.title.is_deputy


def _unchecked(entries: Iterable[Entry], at: datetime) -> list[Entry]:
    waiting = (one for one in entries if one.entered_at <= at and not hasattr(one, "paper_check"))
    return sorted(waiting, key=lambda one: (one.entered_at, one.pk))


def cases_of(lines: Iterable[Opinion], actor: Actor, at: datetime) -> list[LineCase]:
    """Return the cases of lines of one consultation, loaded with `OpinionQuerySet.for_cases`,
    without further queries a line: what the table asks is laid beside each, what is the same for
    all is read once.
    """
    cases = [LineCase(actor, at, line) for line in lines]
    names = ("office_id", "chief_is_vacant", "is_in_portfolio")
    shared = {name: getattr(cases[0], name) for name in names if cases}
    for case in cases:
        entered = [reply for reply in case.opinion.replies.all() if reply.entered_at is not None]
        said = [
            reply
            for reply in case.opinion.replies.all()
            if reply.known_at <= at and not reply.is_refused
        ]
        marks = [reply.poor_mark for reply in said if hasattr(reply, "poor_mark")]
        contests = [reply.return_contest for reply in said if hasattr(reply, "return_contest")]
        meetings = list(case.opinion.reconciliations.all())
        vars(case).update(
            shared,
            last_reply=said[-1] if said else None,
            counting_reply=case.opinion.counting(said),
            poor_marks=sorted(marks, key=lambda mark: (mark.marked_at, mark.pk)),
            return_contest=next((one for one in contests if not one.decision), None),
            reconciliation=meetings[-1] if meetings else None,
            unchecked=_unchecked([*entered, *case.opinion.paper_answers.all()], at),
        )
    return cases
