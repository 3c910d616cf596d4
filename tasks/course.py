"""The course a task took beside the main path, for its page: who had it before and after, what the
Office decided, what waits and whose delay it is (rules 5.3, 5.5, 5.7).
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from agencies.deadlines import local_day
from agencies.models import Event, Setting
from tasks.acts import Situation
from tasks.judgement import Judgement
from tasks.models import Task
from tasks.states import WORKING, State

# What the Office decided last is said above the story, until the lead reports.
DECISIONS = (
    "task.sent_back", "task.return_refused", "task.suspended", "task.resumed", "task.reopened",
    "task.returned", "task.transferred", "task.cancelled",
)  # fmt: skip


@dataclass(frozen=True)
class Link:
    """A row of the chain; without an address the reader may not see it (rule 2.4)."""

    agency: str
    url: str
    code: str


@dataclass(frozen=True)
class Chain:
    """The rows before and after this one in a change of lead."""

    before: list[Link]
    after: list[Link]


def chain_of(case: Situation) -> Chain:
    """Return the row this one took over and those that took over from it (at most one query)."""
    task, actor = case.task, case.actor
    if task.previous_id is None and not case.went_on:
        return Chain([], [])
    linked = Q(previous=task) | Q(pk=task.previous_id)
    rows = list(Task.objects.filter(linked).select_related("lead").order_by("pk"))
    visible = {row.pk for row in rows}
    if rows and not actor.sees_everything:
        visible = set(Task.objects.visible_to(actor).filter(linked).values_list("pk", flat=True))
    links = [(row, _link(row, row.pk in visible)) for row in rows]
    return Chain(
        before=[link for row, link in links if row.pk == task.previous_id],
        after=[link for row, link in links if row.pk != task.previous_id],
    )


def _link(row: Task, is_visible: bool) -> Link:
    if not is_visible:
        return Link(row.lead.name, "", "")
    return Link(row.lead.name, row.get_absolute_url(), row.code)


def flags_of(case: Situation, events: Iterable[Event]) -> list[tuple[str, str]]:
    """Return what a reader should know beside the task's timeliness, as (kind, word) pills."""
    flags = []
    if case.waiting_return is not None:
        flags.append(("waiting", _("return asked, awaiting a decision")))
    is_returning = case.waiting_return is not None or case.task.state == State.RETURNED
    if is_returning and any(event.act == "task.handed_back_late" for event in events):
        flags.append(("late", _("handed back late")))
    return flags


def last_decision(task: Task, events: Iterable[Event]) -> Event | None:
    """Return what the Office decided last, unless the lead has reported since."""
    if task.state in (State.REPORTED, State.COMPLETED):
        return None
    decided = [event for event in events if event.act.startswith(DECISIONS)]
    return decided[-1] if decided else None


def office_delay(since: datetime | None, judgement: Judgement) -> tuple[str, bool]:
    """Return how long something has waited for the Office, and whether that is too long.

    Over the setting it counts against the Office, never against the agency (rule 5.5).
    """
    if since is None:
        return "", False
    today = local_day(judgement.instant)
    days = judgement.calendar.working_days_between(local_day(since), today)
    if not days:
        return _("Waiting for the Office since today."), False
    limit = Setting.objects.value("verification_days", judgement.instant)
    waited = ngettext(
        "Waiting for the Office for %(n)d working day.",
        "Waiting for the Office for %(n)d working days.",
        days,
    ) % {"n": days}
    if days <= limit:
        return waited, False
    over = ngettext(
        "Over %(n)d working day it counts against the Office, not the agency.",
        "Over %(n)d working days it counts against the Office, not the agency.",
        limit,
    ) % {"n": limit}
    return f"{waited} {over}", True


def waits_for(case: Situation, chain: Chain) -> str:
    """Say who acts next, for those who cannot."""
    task = case.task
    if task.lead is None:
        return ""
    if case.waiting_return is not None:
        return (
            _("The return waits for the supervising leader.")
            if case.is_led_by_the_office
            else _("The return waits for the office chief.")
        )
    if task.state in WORKING:
        return _working(case)
    if task.state in (State.RETURNED, State.TRANSFERRED):
        names = ", ".join(link.agency for link in chain.after)
        return _("The work goes on at %(agency)s.") % {"agency": names} if names else ""
    return _stopped(case)


def _working(case: Situation) -> str:
    task = case.task
    if case.waiting_extension is not None:
        return _("The request for an extension waits for who assigned the task.")
    if task.state == State.ASSIGNED:
        return _("%(lead)s has not accepted it yet.") % {"lead": task.lead.name}
    if task.handler is not None:
        told = {"person": task.handler.user.full_name, "lead": task.lead.name}
        return _("%(person)s of %(lead)s works on it.") % told
    return _("%(lead)s works on it.") % {"lead": task.lead.name}


def _stopped(case: Situation) -> str:
    if case.task.state == State.REPORTED:
        return (
            _("The report waits for the supervising leader.")
            if case.is_led_by_the_office
            else _("The report waits for the Office to verify and confirm it.")
        )
    if case.task.state == State.SUSPENDED:
        return _("The work rests until it is resumed.")
    return ""
