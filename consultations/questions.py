"""Questions about consultations, their lines and what was said (rules 2.4, 3.9, 6.2)."""

from datetime import datetime

from django.db.models import Exists, F, OuterRef, Prefetch, Q, QuerySet, Subquery
from django.db.models.functions import Least

from agencies.deadlines import local_midnight
from consultations.outcome import (
    counting_condition,
    known_condition,
    late_condition,
    late_then,
    outcome_expression,
    running_condition,
)
from consultations.stances import OPINIONS, SILENCE, UNSETTLED, Outcome

TERMS = {
    "due_then": "due_at",
    "silence_then": "silence_rule",
    "counts_from_then": "counts_from",
    "register_then": "register_until",
}
# What keeps a consultation open past its deadline (rules 2.7, 6.6, 6.7).
KEEPS_OPEN = (Outcome.AWAITING, Outcome.AWAITING_REGISTER, *UNSETTLED)
NOT_AWAITED = tuple(outcome for outcome in Outcome if outcome != Outcome.AWAITING)

# What the sweep has not finished for the present deadline; a partial index holds just these.
TO_SWEEP = Q(ended_at__isnull=True) & ~Q(swept_due_at=F("due_at"))


class ConsultationQuerySet(QuerySet):
    """Questions about consultations."""

    def visible_to(self, actor) -> "ConsultationQuerySet":
        """Leaders and the Office see all; an agency those it asks and those it answers."""
        if actor.sees_everything:
            return self
        if actor.agency_id is None:
            return self.none()
        consulted = self.model.objects.filter(opinions__agency=actor.agency_id)
        return self.filter(
            Q(requester=actor.agency_id) | Q(pk__in=consulted.order_by().values("pk"))
        )

    def asked_by(self, agency_id: int | None) -> "ConsultationQuerySet":
        """Return those an agency asks."""
        return self.filter(requester=agency_id)

    def open(self, at: datetime, *, past: datetime | None = None) -> "ConsultationQuerySet":
        """Return those with a line that still runs: its deadline has not come and it did not end,
        the register is still looked through, or what was said waits for the requester (rule 6.7).

        `past` reads the terms that held at that instant (rule 8.9); so do the others below.
        """
        return self.filter(_is_open(at, past))

    def closed(self, at: datetime, *, past: datetime | None = None) -> "ConsultationQuerySet":
        """Return those withdrawn, closed early, or whose every line is past and settled (6.7)."""
        return self.exclude(_is_open(at, past))

    def expiring(
        self, at: datetime, soon_at: datetime, *, past: datetime | None = None
    ) -> "ConsultationQuerySet":
        """Return those with a line nobody answered that is due by `soon_at`
        (`agencies.deadlines.soon_horizon`).
        """
        rows = self
        if past is None:  # a line that runs is never one of what is over: an index holds the rest
            rows = self.filter(result_told_at__isnull=True, withdrawn_at__isnull=True)
        return rows.filter(Exists(_lines(past).expiring(at, soon_at)))

    def with_awaited_until(
        self, at: datetime, *, past: datetime | None = None
    ) -> "ConsultationQuerySet":
        """Annotate `awaited_until`: the nearest deadline of a line nobody answered yet."""
        lines = _lines(past).with_outcome(at)  # few: the index of deadlines would only cost
        awaited = lines.filter(outcome=Outcome.AWAITING).order_by("due_then")
        return self.annotate(awaited_until=Subquery(awaited.values("due_then")[:1]))


def _is_open(at: datetime, past: datetime | None) -> Q:
    """A line still runs. What was over when its requester was told stays over (rule 6.7): the
    lines of a long history are not judged again for every count.
    """
    not_told = Q(result_told_at__isnull=True) | Q(result_told_at__gt=at)
    return not_told & Q(Exists(_lines(past).running(at)))


def _lines(past: datetime | None = None) -> "OpinionQuerySet":
    from consultations.models import Opinion

    lines = Opinion.objects.filter(consultation=OuterRef("pk")).order_by()
    return lines if past is None else lines.as_of(past)


class OpinionQuerySet(QuerySet):
    """Questions about lines. Those about terms read `due_then` and `silence_then`: from the
    columns (`now`, the default) or from the dated rows (`as_of`), with the same answers.
    """

    def visible_to(self, actor, at: datetime | None = None) -> "OpinionQuerySet":
        """The requester sees every line, a consulted agency its own, and everyone's once the
        consultation is closed (rule 2.4) at `at`; without `at`: by the beginning of the actor's
        day, so that what asks generically (files, events, notices) never shows a line too early.
        """
        if actor.sees_everything:
            return self
        if actor.agency_id is None:
            return self.none()
        wanted = Q(agency=actor.agency_id) | Q(consultation__requester=actor.agency_id)
        if at is None and actor.day is not None:
            at = local_midnight(actor.day)
        if at is not None:
            from consultations.models import Consultation

            closed = Consultation.objects.visible_to(actor).closed(at)
            wanted |= Q(consultation__in=closed.order_by().values("pk"))
        return self.filter(wanted)

    def now(self) -> "OpinionQuerySet":
        """Read the terms from the columns: what holds now."""
        return self.annotate(**{name: F(column) for name, column in TERMS.items()})

    def as_of(self, at: datetime) -> "OpinionQuerySet":
        """Read the terms from the dated rows: what held at the instant, for lines asked by then."""
        from consultations.models import TermsRow

        rows = TermsRow.objects.filter(opinion=OuterRef("pk"), effective_at__lte=at).order_by(
            "-effective_at", "-id"
        )
        return self.filter(visible_at__lte=at).annotate(
            **{name: Subquery(rows.values(column)[:1]) for name, column in TERMS.items()}
        )

    def with_outcome(self, at: datetime) -> "OpinionQuerySet":
        """Annotate `outcome` at the instant, and of the reply that counts `stance_then` and
        `replied_then`.
        """
        if "outcome" in self.query.annotations:
            return self
        lines = self if "due_then" in self.query.annotations else self.now()
        from consultations.models import Reply

        counting = Reply.objects.filter(counting_condition(at), opinion=OuterRef("pk")).order_by(
            "-received_at", "-id"
        )
        return lines.annotate(
            stance_then=Subquery(counting.values("stance")[:1]),
            replied_then=Subquery(counting.values("received_at")[:1]),
        ).annotate(outcome=outcome_expression(at))

    def running(self, at: datetime) -> "OpinionQuerySet":
        """Return lines that keep their consultation open (`consultations.outcome.is_running`)."""
        return self.with_outcome(at).filter(running_condition(at))

    def unsettled(self, at: datetime) -> "OpinionQuerySet":
        """Return lines said to be insufficient or returned, on which nobody acted (rule 6.6)."""
        return self.with_outcome(at).filter(outcome__in=UNSETTLED)

    def awaiting(self, at: datetime) -> "OpinionQuerySet":
        """Return lines nobody answered and whose deadline has not come.

        Asked for as none of the other outcomes: PostgreSQL cannot look into the outcome, takes
        "it is this" for one line of two hundred where nearly all are, and on a short history
        compares every consultation with every line (docs/performance.md).
        """
        lines = self.with_outcome(at).filter(due_then__gt=at)  # the index knows due_at
        return lines.exclude(outcome__in=NOT_AWAITED)

    def waiting_for(self, actor, at: datetime) -> "OpinionQuerySet":
        """Return the lines the actor's own agency still has to answer, the nearest due first."""
        if actor.agency_id is None:
            return self.none()
        return self.owed_by(actor.agency_id, at).order_by("due_at", "id")

    def owed_by(self, agency_id: int, at: datetime) -> "OpinionQuerySet":
        """Return the lines an agency still has to answer."""
        return self.filter(agency=agency_id, due_at__gt=at).awaiting(at)

    def result_waiting_for(self, actor, at: datetime) -> "OpinionQuerySet":
        """Return the lines of the actor's own agency on which the result of a meeting waits for its
        answer, the nearest due first: silence from `result_due_at` on confirms it (rule 6.10).
        """
        if actor.agency_id is None:
            return self.none()
        told = self.result_owed_by(actor.agency_id, at).annotate(
            result_due_at=F("reconciliations__due_at"), meeting_result=F("reconciliations__result")
        )
        return told.order_by("result_due_at", "id")

    def result_owed_by(self, agency_id: int, at: datetime) -> "OpinionQuerySet":
        """Return the lines on which the result of a meeting waits for an agency's answer."""
        differs = self.with_outcome(at).filter(agency=agency_id, outcome=Outcome.DISAGREED)
        return differs.filter(
            reconciliations__responded_at__isnull=True, reconciliations__due_at__gt=at
        )

    def expiring(self, at: datetime, soon_at: datetime) -> "OpinionQuerySet":
        """Return lines still awaited and due by `soon_at`."""
        return self.awaiting(at).filter(due_then__lte=soon_at)

    def silent(self, at: datetime) -> "OpinionQuerySet":
        """Return lines past due that nobody answered in time: deemed agreed, or no reply."""
        return self.with_outcome(at).filter(outcome__in=SILENCE)

    def answered(self, at: datetime) -> "OpinionQuerySet":
        """Return lines on which an opinion given in time counts."""
        return self.with_outcome(at).filter(outcome__in=OPINIONS)

    def answered_late(self, at: datetime) -> "OpinionQuerySet":
        """Return silent lines that were answered late: it changes nothing (rules 2.7, 6.3)."""
        from consultations.models import Reply

        said = Reply.objects.filter(known_condition(at), opinion=OuterRef("pk"))
        return self.silent(at).filter(Exists(said.filter(late_then())))

    def waiting_for_the_chief(self, past: datetime | None = None) -> "OpinionQuerySet":
        """Return lines on which something contested waits for the chief (6.1, 6.6, 6.9), or an
        entry from paper (2.7), now or at a past instant; annotated since when: `contested_then`,
        `entered_then`.
        """
        contests, entered = _contested(past), _entered(past)
        found = [rows.order_by().values(line) for rows, line, _since in [*contests, *entered]]
        return self.filter(pk__in=found[0].union(*found[1:])).annotate(
            contested_then=Least(*_since(contests)), entered_then=Least(*_since(entered))
        )

    def for_cases(self) -> "OpinionQuerySet":
        """Load what the table of acts and the board ask of many lines (constant queries)."""
        from consultations.models import Answer, PaperAnswer, Reply

        answers = Answer.objects.select_related("question", "settlement")
        papers = PaperAnswer.objects.select_related(
            "post__user", "post__title", "post__agency", "event", "reconciliation", "mark",
            "paper_check__checked_by__user",
        )  # fmt: skip
        replies = Reply.objects.select_related(
            "post__user", "post__title", "post__agency", "event", "competent", "poor_mark__contest",
            "return_contest", "paper_check__checked_by__user",
        ).order_by("received_at", "id")  # fmt: skip
        return self.select_related(
            "agency__kind", "opened_by", "consultation__requester", "redirected_from__agency"
        ).prefetch_related(
            Prefetch("replies", replies),
            Prefetch("replies__answers", answers.order_by("question__number")),
            "replies__event__files",
            "reconciliations",
            Prefetch("paper_answers", papers),
            "paper_answers__event__files",
            "question_contests__question",
            "redirected_to__agency",
        )

    def for_display(self) -> "OpinionQuerySet":
        """Load what a row shows."""
        return self.select_related("agency", "consultation__requester")


def _contested(past: datetime | None) -> list[tuple[QuerySet, str, str]]:
    """Return what was contested and not decided, with its way to the line and its instant."""
    from consultations.models import PoorContest, QuestionContest, ReturnContest

    waits = Q(decided_at__isnull=True)
    if past is not None:
        waits = Q(contested_at__lte=past) & (waits | Q(decided_at__gt=past))
    ways = {
        QuestionContest: "opinion",
        ReturnContest: "reply__opinion",
        PoorContest: "mark__reply__opinion",
    }
    return [(model.objects.filter(waits), line, "contested_at") for model, line in ways.items()]


def _entered(past: datetime | None) -> list[tuple[QuerySet, str, str]]:
    """Return what was entered from paper and nobody checked, as `_contested` does."""
    from consultations.models import PaperAnswer, Reply

    waits = Q(entered_at__isnull=False, paper_check__isnull=True)
    if past is not None:
        waits = Q(entered_at__lte=past) & (
            Q(paper_check__isnull=True) | Q(paper_check__checked_at__gt=past)
        )
    entries = (Reply, PaperAnswer)
    return [(model.objects.filter(waits), "opinion", "entered_at") for model in entries]


def _since(waiting: list[tuple[QuerySet, str, str]]) -> list[Subquery]:
    """Return, for a line, since when the oldest of each kind has waited."""
    return [
        Subquery(rows.filter(**{line: OuterRef("pk")}).order_by(at).values(at)[:1])
        for rows, line, at in waiting
    ]


class OnLineQuerySet(QuerySet):
    """Questions about what lies on lines."""

    def visible_to(self, actor, at: datetime | None = None) -> "OnLineQuerySet":
        """Return what was said on the lines the actor may see (rule 2.4)."""
        from consultations.models import Opinion

        lines = Opinion.objects.visible_to(actor, at).order_by().values("pk")
        return self.filter(opinion__in=lines)


class SaidQuerySet(OnLineQuerySet):
    """Questions about what was said on lines: replies."""

    def late(self) -> "SaidQuerySet":
        """Return late replies: kept and shown, they change nothing (rule 6.3)."""
        return self.filter(late_condition(F("opinion__due_at"), F("opinion__register_until")))


class PoorMarkQuerySet(QuerySet):
    """Questions about poor marks."""

    def standing(self, at: datetime) -> "PoorMarkQuerySet":
        """Return the marks made by the instant that count: the chief has not taken them off, nor
        refused the paper they are on (rules 2.7, 6.9).
        """
        is_off = Q(contest__decision="upheld", contest__decided_at__lte=at)
        return self.filter(marked_at__lte=at).exclude(is_off).exclude(_on_refused_paper(at))

    def taken_off(self, at: datetime) -> "PoorMarkQuerySet":
        """Return the marks the chief took off by the instant; not those on a refused paper."""
        is_off = Q(contest__decision="upheld", contest__decided_at__lte=at)
        return self.filter(is_off, marked_at__lte=at).exclude(_on_refused_paper(at))


def _on_refused_paper(at: datetime) -> Q:
    check = "reply__paper_check"
    return Q(**{f"{check}__decision": "refused", f"{check}__checked_at__lte": at})


class DraftQuerySet(QuerySet):
    """Questions about drafts."""

    def visible_to(self, actor) -> "DraftQuerySet":
        """A draft is no reply: only the agency that prepares it sees it (rule 6.5)."""
        if actor.agency_id is None:
            return self.none()
        return self.filter(opinion__agency=actor.agency_id)
