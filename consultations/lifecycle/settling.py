"""What becomes of replies: poor ones, comments, disagreements (rules 6.9, 6.10)."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime
from typing import NamedTuple

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils.translation import gettext as _

from agencies.acting import Actor
from agencies.deadlines import local_day
from agencies.editing import mark_of, refuse_other, what_changed
from agencies.files import keep_all
from agencies.refusals import Refused
from consultations import acts, terms
from consultations.lifecycle.lines import (
    Clock,
    begin_on_line,
    demand_words,
    recorded_on_line,
    tell_asked,
    tell_decider,
    tell_requester,
)
from consultations.lifecycle.paper_checks import confirm_contest
from consultations.models import (
    Answer,
    Opinion,
    PoorContest,
    PoorMark,
    Reconciliation,
    Settlement,
)
from consultations.stances import Stance


class Settled(NamedTuple):
    """What the requester makes of one comment; one not accepted is explained."""

    is_accepted: bool
    explanation: str = ""


@transaction.atomic
def mark_poor(
    opinion: Opinion, actor: Actor, clock: Clock, *, kind: str, reason: str, mark: str | None = None
) -> PoorMark:
    """Mark the agency's last reply as poor, with a reason; it counts in reports.

    `mark` is that of the reply the form showed (`mark_of`): one that came meanwhile is read first.
    """
    case = begin_on_line(opinion, actor, clock, "mark_poor")
    refuse_other(mark_of(case.last_reply.pk), mark, told=lambda: _told(case))
    demand_words(reason, "reason")
    event = recorded_on_line("opinion.marked_poor", case, text=reason)
    mark = PoorMark.objects.create(
        reply=case.last_reply, kind=kind, reason=reason.strip(), marked_at=case.at,
        marked_by=actor.post,
    )  # fmt: skip
    tell_asked(case, event)
    return mark


@transaction.atomic
def contest_mark(opinion: Opinion, actor: Actor, clock: Clock, *, reason: str) -> PoorContest:
    """The agency contests the latest mark it has not contested yet, to the chief."""
    case = begin_on_line(opinion, actor, clock, "contest_mark")
    demand_words(reason, "reason")
    event = recorded_on_line("opinion.mark_contested", case, text=reason)
    contest = PoorContest.objects.create(
        mark=case.uncontested_mark,
        reason=reason.strip(),
        contested_at=case.at,
        contested_by=actor.post,
    )
    tell_decider(case, event)
    tell_requester(case, event)
    return contest


@transaction.atomic
def settle_mark(
    opinion: Opinion, actor: Actor, clock: Clock, *, upheld: bool, answer: str
) -> PoorContest:
    """The chief settles the contest that has waited longest; upheld, it takes the mark off the
    agency's figures.
    """
    case = begin_on_line(opinion, actor, clock, "settle_mark")
    demand_words(answer, "answer")
    contest = case.contested_mark.contest
    contest.settle(actor.post, case.at, upheld=upheld, answer=answer)
    confirm_contest(contest, actor, case.at)
    act = "opinion.mark_taken_off" if upheld else "opinion.mark_stands"
    event = recorded_on_line(act, case, text=answer)
    tell_asked(case, event)
    tell_requester(case, event)
    return contest


@transaction.atomic
def settle_comments(
    opinion: Opinion,
    actor: Actor,
    clock: Clock,
    *,
    settlements: Mapping[int, Settled],
    mark: str | None = None,
) -> list[Settlement]:
    """Settle comments of the reply that counts, by answer id; settled again, the later holds.

    What a colleague settled since the form was drawn (`mark_of_comments`) is not overwritten
    unread (rule 5.14).
    """
    case = begin_on_line(opinion, actor, clock, "settle_comments")
    answers = {answer.pk: answer for answer in comments_of(case.opinion, case.at)}
    refuse_other(
        mark_of_comments(answers.values()),
        mark,
        told=lambda: _told(case),
        differences=lambda: _differences(answers, settlements),
    )
    if not settlements or not set(settlements) <= set(answers):
        raise Refused(_("Settle the comments of the reply that counts."))
    made = []
    for answer_id, settled in settlements.items():
        if not settled.is_accepted and not settled.explanation.strip():
            raise Refused(
                _("Explain why the comment is not accepted."), field=f"explanation-{answer_id}"
            )
        made.append(_settle(answers[answer_id], settled, actor, case.at))
    recorded_on_line(
        "opinion.comments_settled", case, accepted=sum(one.is_accepted for one in made),
        explained=sum(not one.is_accepted for one in made),
        text="\n".join(one.explanation for one in made if one.explanation),
    )  # fmt: skip
    return made


def comments_of(opinion: Opinion, at: datetime) -> list[Answer]:
    """Return the comments and disagreements of the reply that counts at the instant."""
    line = Opinion.objects.with_outcome(at).get(pk=opinion.pk)
    counting = line.counting(line.replies.all())
    if counting is None:
        return []
    said = counting.answers.filter(stance__in=[Stance.WITH_COMMENTS, Stance.DISAGREED])
    return list(said.select_related("question", "settlement").order_by("question__number"))


def mark_of_comments(answers: Iterable[Answer]) -> str:
    """Return what changes when a comment is settled, or another reply comes to count."""
    return mark_of(
        *((one.pk, getattr(getattr(one, "settlement", None), "version", 0)) for one in answers)
    )


def _told(case: acts.LineCase) -> str:
    return what_changed(case.opinion, acts="opinion.")


def _differences(
    answers: Mapping[int, Answer], settlements: Mapping[int, Settled]
) -> Iterator[tuple[str, str, str]]:
    """Yield what was settled meanwhile and what is typed, by the form's fields."""
    words = {True: "yes", False: "no"}
    for pk, typed in settlements.items():
        stored = getattr(answers.get(pk), "settlement", None)
        if stored is None:
            continue
        if stored.is_accepted != typed.is_accepted:
            yield f"accepted-{pk}", words[stored.is_accepted], words[typed.is_accepted]
        if stored.explanation != typed.explanation:
            yield f"explanation-{pk}", stored.explanation, typed.explanation


@transaction.atomic
def reconcile(
    opinion: Opinion,
    actor: Actor,
    clock: Clock,
    *,
    held_on: date,
    minutes: str,
    result: str,
    due: terms.Due,
    files: Iterable[UploadedFile] = (),
) -> Reconciliation:
    """Send the result of a meeting to the agency that disagreed; its silence will confirm it."""
    files = list(files)
    case = begin_on_line(opinion, actor, clock, "reconcile")
    demand_words(minutes, "minutes")
    demand_words(result, "result")
    today = local_day(case.at)
    if not local_day(case.opinion.visible_at) <= held_on <= today:
        raise Refused(
            _("The meeting was held after the request was sent, and not in the future."),
            field="held_on",
        )
    deadline = terms.reckon(due, case.at)
    if not terms.leaves_a_working_day(deadline.due_at, case.at):
        raise Refused(_("Leave the agency at least one working day to answer."), field="due")
    event = recorded_on_line(
        "opinion.reconciled", case, text=result, held_on=held_on.isoformat(),
        due_at=deadline.due_at.isoformat(),
    )  # fmt: skip
    made = Reconciliation.objects.create(
        opinion=case.opinion, held_on=held_on, minutes=minutes.strip(), result=result.strip(),
        sent_at=case.at, sent_by=actor.post, due_at=deadline.due_at,
        arithmetic=deadline.to_json(), register_until=_register_of(case.opinion, deadline.due_at),
    )  # fmt: skip
    keep_all(files, case.opinion, actor, case.at, role="minutes", event=event)
    tell_asked(case, event)
    return made


@transaction.atomic
def confirm_result(opinion: Opinion, actor: Actor, clock: Clock) -> Reconciliation:
    """The agency confirms that the views are unified."""
    case = begin_on_line(opinion, actor, clock, "confirm_result")
    return _respond(case, Reconciliation.Response.CONFIRMED, "opinion.result_confirmed", "")


@transaction.atomic
def object_to_result(opinion: Opinion, actor: Actor, clock: Clock, *, text: str) -> Reconciliation:
    """The agency still differs; a leader may let the dossier through with both views."""
    case = begin_on_line(opinion, actor, clock, "object_to_result")
    demand_words(text, "text")
    return _respond(case, Reconciliation.Response.OBJECTED, "opinion.result_objected", text)


def _respond(case: acts.LineCase, response: str, act: str, text: str) -> Reconciliation:
    last = case.reconciliation
    last.answer(response, text, case.actor.post, case.at)
    last.save()
    event = recorded_on_line(act, case, text=text)
    tell_requester(case, event)
    return last


def _register_of(line: Opinion, due_at: datetime) -> datetime | None:
    return terms.register_until(due_at) if line.is_on_paper else None


def _settle(answer: Answer, settled: Settled, actor: Actor, at: datetime) -> Settlement:
    row = getattr(answer, "settlement", None) or Settlement(answer=answer)
    row.is_accepted, row.explanation = settled.is_accepted, settled.explanation.strip()
    row.settled_at, row.settled_by = at, actor.post
    row.version += 1
    row.save()
    return row
