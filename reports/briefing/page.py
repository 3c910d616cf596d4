"""What the pages of briefings show: one meeting, and the projected screen of one agency."""

from datetime import datetime

from django import forms

from agencies.acting import Actor
from agencies.deadlines import local_day
from agencies.models import Agency, Attachment, Event
from agencies.outgoing import may_number
from agencies.paper_acts import possible
from reports.briefing.forms import AnswerForm, DayForm, DirectiveForm, FreeForm
from reports.briefing.paper import decisions_of, notice_of
from reports.briefing.standing import ORDERS, Screen, agencies_in_order, screen_of
from reports.briefing.table import ACTS as BRIEFING_ACTS
from reports.models import Briefing
from tasks.acts import ACTS, situations
from tasks.models import Task
from tasks.obstacles import may_answer, may_extend
from tasks.urging.table import prepares

Failed = tuple[str, str, forms.Form] | None


def page_of(briefing: Briefing, actor: Actor, at: datetime) -> dict:
    """Return the context of a briefing's page; an agency reads the issued notice alone."""
    decisions = decisions_of(briefing)
    inside = actor.sees_everything
    return {
        "briefing": briefing,
        "decisions": decisions,
        "inside": inside,
        "acts": possible(BRIEFING_ACTS, briefing, actor),
        "issuers": DirectiveForm(chaired_by=briefing.chaired_by),
        "notice": notice_of(briefing, decisions) if briefing.closed_at else None,
        "waits_for_number": briefing.state == Briefing.State.SIGNED
        and may_number(briefing.paper, actor),
        "files": Attachment.objects.of(briefing),
        "events": Event.objects.of(briefing).for_timeline() if inside else [],
    }


def screen_page(
    briefing: Briefing, code: str, actor: Actor, at: datetime, order: str, failed: Failed
) -> dict | None:
    """Return the context of one agency's screen, the first one's without a code; None where no
    such agency is.
    """
    order = order if order in ORDERS else ORDERS[0]
    lines = agencies_in_order(actor, at, order, opened_at=briefing.opened_at)
    codes = [line.agency.code for line in lines]
    code = code or (codes[0] if codes else "")
    agency = Agency.objects.filter(code=code).select_related("kind").first()
    if agency is None:
        return {"briefing": briefing, "lines": lines, "order": order} if not code else None
    place = codes.index(code) if code in codes else -1
    screen = screen_of(agency, actor, at)
    is_running = briefing.state == Briefing.State.RUNNING
    if is_running:
        _offer(screen, actor, at, failed)
    return {
        "briefing": briefing,
        "lines": lines,
        "order": order,
        "place": place + 1,
        "before": codes[place - 1] if place > 0 else "",
        "after": codes[place + 1] if 0 <= place < len(codes) - 1 else "",
        "line": lines[place] if place >= 0 else None,
        "screen": screen,
        "is_running": is_running,
        "may_urge": is_running and prepares(actor) and bool(screen.overdue),
        "is_closed": agency.is_closed_on(local_day(at)),
        "free": failed[2] if failed and failed[0] == "decide" else FreeForm(auto_id="decide-%s"),
        "failed": failed and failed[0],
        "failure": failed and failed[2],
        "decisions": [one for one in decisions_of(briefing) if one.agency_id == agency.pk],
    }


def _offer(screen: Screen, actor: Actor, at: datetime, failed: Failed) -> None:
    """Put the form of a new day on the tasks, and of an answer on the difficulties, where the
    actor may give one.
    """
    tasks: list[Task] = [*screen.overdue, *screen.soon]
    for case in situations(tasks, actor, at):
        act = ACTS["grant_other_day" if case.task.extension_waits else "move_deadline"]
        if act.refusal(case) is None:
            case.task.form = _form(DayForm, "set_day", case.task.pk, failed)
    for obstacle in screen.obstacles:
        if may_answer(obstacle, actor, at):
            obstacle.form = _form(AnswerForm, "answer", obstacle.pk, failed)
            if not may_extend(obstacle, actor, at):
                del obstacle.form.fields["due_on"]


def _form(kind: type[forms.Form], code: str, pk: int, failed: Failed) -> forms.Form:
    """Return the form of one thing: the one that failed with what was typed, else an empty one."""
    if failed and failed[:2] == (code, str(pk)):
        return failed[2]
    return kind(auto_id=f"{code}-{pk}-%s")
