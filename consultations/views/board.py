"""One consultation: the board of its requester, the own line of who is asked (rule 2.4)."""

from collections import Counter

from django.contrib.contenttypes.models import ContentType
from django.db.models import Manager, Model, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from agencies.models import Attachment, Event
from agencies.notices import mark_read
from agencies.timeline import Timeline
from consultations import acts
from consultations.acts import LINE_ACTS, ROUND_ACTS, RoundCase, available
from consultations.acts.cases import cases_of
from consultations.acts.who import settles
from consultations.late_returns import returned_late
from consultations.lifecycle import note_opening
from consultations.models import Consultation, Opinion, Question
from consultations.proof import of_lines, proofs
from consultations.reconciling import UNIFIED, Meaning
from consultations.stances import OPINIONS, SILENCE, Outcome
from consultations.terms import Silence
from consultations.wording import PILL_OF, Days
from tasks.models import Task

ON_ITS_PLACE = ("reply", "refuse_paper")
"""Acts whose buttons stand beside what they are about, not in a line's menu."""
ANSWER_PILLS = {"confirmed": "track", "objected": "late", "contested": "waiting"}
MEETING_PILLS = {
    Meaning.AWAITING: "waiting",
    Meaning.AWAITING_REGISTER: "waiting",
    Meaning.CONFIRMED: "track",
    Meaning.BY_SILENCE: "track",
    Meaning.OBJECTED: "late",
}


def consultation(request: HttpRequest, code: str) -> HttpResponse:
    """Show who answered what, who is silent, since when, and the proof of delivery."""
    found = get_object_or_404(
        Consultation.objects.visible_to(request.actor).select_related(
            "requester",
            "asked_by__user",
            "asked_by__title",
            "dossier",
            "letter",
        ),
        code=code,
    )
    lines = list(_lines(found, request))
    own = next((line for line in lines if line.agency_id == request.actor.agency_id), None)
    if own is not None and acts.may(acts.DRAFT, request.actor, own.agency_id):
        note_opening(own, request.actor, request.at)
    mark_read(request.user, request.at, found, *lines)
    days = Days.at_instant(request.at)
    _add_facts(lines, request, days)
    sees_all = request.actor.sees_everything or found.requester_id == request.actor.agency_id
    context = {
        "consultation": found,
        "questions": _questions(found, lines),
        "lines": lines,
        "own": own,
        "sees_all": sees_all,
        "is_closed": Consultation.objects.filter(pk=found.pk).closed(request.at).exists(),
        "may_answer": own is not None and acts.may(acts.DRAFT, request.actor, own.agency_id),
        "common_silence": _common_silence(lines),
        "replied": [line for line in lines if line.said],
        "round_acts": available(ROUND_ACTS.values(), _round_case(found, lines, request)),
        "earlier": _objections_of_earlier(found, request),
        "task": _seen(Task.objects, found.task_id, request),
        "previous": _seen(Consultation.objects, found.previous_id, request),
        "later": list(found.later_rounds.visible_to(request.actor)),
        "files": Attachment.objects.of(found),
        "events": _timeline(found, lines),
        "due_pill": days.pill_of(found.due_at),
        "left": days.left_and_due(found.due_at),
    }
    return render(request, "consultations/consultation.html", context | _figures(lines))


def _seen(rows: Manager, pk: int | None, request: HttpRequest) -> Model | None:
    """Return what the consultation serves or follows, where the actor may see it (rule 2.4)."""
    return None if pk is None else rows.visible_to(request.actor).filter(pk=pk).first()


def _figures(lines: list[Opinion]) -> dict[str, int]:
    """Return how many lines have come to what."""
    tally = Counter(line.outcome for line in lines)
    return {
        "answered": sum(tally[outcome] for outcome in OPINIONS),
        "awaited": tally[Outcome.AWAITING],
        "disagreed": tally[Outcome.DISAGREED],
        "differing": sum(_still_differs(line) for line in lines),
        "deemed": tally[Outcome.DEEMED_AGREED],
        "no_reply": tally[Outcome.NO_REPLY],
        "unsettled": tally[Outcome.INSUFFICIENT] + tally[Outcome.RETURNED],
    }


def _still_differs(line: Opinion) -> bool:
    """Whether the agency disagreed and no meeting has unified the views since (rule 6.10)."""
    is_unified = line.meeting is not None and line.meeting_means in UNIFIED
    return line.outcome == Outcome.DISAGREED and not is_unified


def consultation_timeline(request: HttpRequest, code: str) -> HttpResponse:
    """Show the complete story of a consultation and of the lines one sees, to be printed."""
    found = get_object_or_404(Consultation.objects.visible_to(request.actor), code=code)
    lines = list(found.opinions.visible_to(request.actor, request.at))
    context = {"consultation": found, "story": Timeline.whole(_timeline(found, lines))}
    return render(request, "consultations/consultation_timeline.html", context)


def _questions(found: Consultation, lines: list[Opinion]) -> list[Question]:
    """Return the questions, each with the contests on the lines one sees (rule 6.1)."""
    questions = list(found.questions.all())
    contests = [contest for line in lines for contest in line.question_contests.all()]
    for question in questions:
        question.disputes = [one for one in contests if one.question_id == question.pk]
    return questions


def _lines(found: Consultation, request: HttpRequest):
    lines = found.opinions.visible_to(request.actor, request.at).with_outcome(request.at)
    return lines.for_cases()


def _round_case(found: Consultation, lines: list[Opinion], request: HttpRequest) -> RoundCase:
    case = RoundCase(request.actor, request.at, found)
    if found.requester_id == request.actor.agency_id:
        vars(case)["lines"] = lines  # the requester sees them all: read once
    return case


def _objections_of_earlier(found: Consultation, request: HttpRequest) -> list[Opinion]:
    """Return who disagreed in the earlier round: silence is not carried over, this is (6.7)."""
    if found.previous_id is None:
        return []
    lines = Opinion.objects.visible_to(request.actor, request.at).with_outcome(request.at)
    lines = lines.filter(consultation=found.previous_id, outcome=Outcome.DISAGREED)
    return list(lines.select_related("agency", "consultation"))


def _add_facts(lines: list[Opinion], request: HttpRequest, days: Days) -> None:
    """Lay beside each line what the board shows of it; a constant number of questions."""
    proven = proofs(lines[0].consultation, lines) if lines else {}
    late = returned_late(lines, proven, request.at)
    for line, case in zip(lines, cases_of(lines, request.actor, request.at), strict=True):
        line.acts = [
            act for act in available(LINE_ACTS.values(), case) if act.code not in ON_ITS_PLACE
        ]
        line.poor_mark, line.return_contest = case.poor_mark, case.return_contest
        line.question_contest = case.question_contest
        line.meeting = case.reconciliation
        if line.meeting is not None:
            line.meeting_means = line.meeting.means(request.at)
            line.meeting_pill = MEETING_PILLS[line.meeting_means]
        line.outcome_word, line.outcome_pill = Outcome(line.outcome).label, PILL_OF[line.outcome]
        line.effective_at = line.due_at if line.outcome in SILENCE else line.replied_then
        line.proof, line.is_returned_late = proven[line.pk], line.pk in late
        line.recorded_at = line.proof.recorded.get(line.due_at)
        until = line.replied_then or min(request.at, line.due_at)
        reached_at = line.proof.delivered_at or line.visible_at
        line.waited_days = days.working_days_since(reached_at, until)
        line.left, line.left_alone = days.left_and_due(line.due_at), days.left(line.due_at)
        line.said = [reply for reply in line.replies.all() if reply.known_at <= request.at]
        line.papers = [one for one in line.paper_answers.all() if one.entered_at <= request.at]
        for paper in line.papers:
            paper.pill = ANSWER_PILLS[paper.kind]
        for reply in line.said:
            reply.counts = reply == case.counting_reply
            reply.pill = PILL_OF[reply.stance]
        for entry in case.unchecked:
            entry.may_check = settles(case)


def _common_silence(lines: list[Opinion]) -> Silence | None:
    """Return what silence means where it means the same on every line: said once, not on each."""
    rules = {(line.silence_rule, line.silence_provision) for line in lines}
    return Silence(*rules.pop()) if len(rules) == 1 else None


def _timeline(found: Consultation, lines: list[Opinion]):
    """Return what happened to the consultation and the lines shown, oldest first."""
    content_type = ContentType.objects.get_for_model(Consultation)
    own = Q(thing_type=content_type, thing_id=found.pk)
    events = Event.objects.filter(own | of_lines(lines)).exclude(act="opinion.asked")
    return events.order_by("effective_at", "id").for_timeline()
