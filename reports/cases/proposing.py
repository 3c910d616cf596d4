"""What people propose themselves: a case about another agency, praise of an agency (rule 9.1)."""

from collections.abc import Iterable
from datetime import datetime

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from agencies.acting import Actor, head_of
from agencies.deadlines import days_overdue, local_day
from agencies.files import keep_all
from agencies.functions import Function
from agencies.models import Agency, CodeCounter, Event, Post, record
from agencies.notices import owe
from agencies.refusals import NotYours, Refused, demand_words
from reports.cases import chain
from reports.cases.doing import signatures_due
from reports.cases.drafting import CASE_PREFIX, COMMENDATION_PREFIX
from reports.cases.people import handlers
from reports.cases.who import READERS, is_by_name
from reports.models import AccountabilityCase, Commendation
from tasks.models import Task
from tasks.states import OPEN

PROPOSED = "proposal"
"""The code of a ground that is somebody's word, not a threshold's."""


def may_propose_case(actor: Actor) -> bool:
    """Heads of agencies, the chief, internal affairs and inspection; in their own name."""
    return is_by_name(actor, Function.AGENCY_HEAD, *READERS)


def may_propose_praise(actor: Actor) -> bool:
    """Heads of agencies, the chief, internal affairs, inspection and the emulation board."""
    return actor.may_do("commendation.propose") and actor.has(
        Function.AGENCY_HEAD, *READERS, Function.EMULATION_BOARD
    )


def agencies_to_answer(actor: Actor) -> QuerySet:
    """Return the agencies a case may be about: open, not the leaders' own, not the proposer's."""
    leaders = Post.objects.with_function(Function.LEADER).values("agency")
    found = Agency.objects.open_on(actor.day).exclude(pk__in=leaders)
    return found.exclude(pk=actor.agency_id).in_official_order()


@transaction.atomic
def propose_case(
    actor: Actor,
    at: datetime,
    *,
    agency: Agency,
    summary: str,
    tasks: Iterable[Task] = (),
    files: Iterable[UploadedFile] = (),
) -> AccountabilityCase:
    """Propose a case about an agency and its head of the day, on named tasks.

    It is a draft like the program's own; the chief and internal affairs go on with it. Whoever
    only proposed does not see it any more (rule 2.4).
    """
    if not may_propose_case(actor):
        raise NotYours(_("The head of an agency proposes this in his own name."))
    if not agencies_to_answer(actor).filter(pk=agency.pk).exists():
        raise Refused(_("Nobody proposes a case about his own agency."), field="agency")
    Event.objects.refuse_again(actor.form_key)
    case = AccountabilityCase.objects.create(
        code=CodeCounter.take(CASE_PREFIX, local_day(at).year), agency=agency,
        concerned=head_of(agency, local_day(at)), managed_by=agency.managed_by,
        summary=demand_words(summary, "summary", _("Say what happened.")),
        grounds=_grounds(actor, agency, tasks, at), drafted_at=at, proposed_by=actor.post,
    )  # fmt: skip
    event = record("case.proposed", case, actor, at, key=actor.form_key, agency=agency.short_name)
    keep_all(list(files), case, actor, at, role="evidence", event=event)
    owe(handlers(case, at), event, immediate=True)
    return case


@transaction.atomic
def propose_praise(
    actor: Actor,
    at: datetime,
    *,
    agency: Agency,
    summary: str,
    person: Post | None = None,
    tasks: Iterable[Task] = (),
    files: Iterable[UploadedFile] = (),
) -> Commendation:
    """Propose to praise an agency or a person of it; it waits for the two signatures at once."""
    if not may_propose_praise(actor):
        raise NotYours(_("The head of an agency or the emulation board proposes praise."))
    if person is not None and person.agency_id != agency.pk:
        raise Refused(_("This person holds no post in that agency."), field="person")
    if person is not None and person.user_id == actor.user.pk:
        raise Refused(_("Nobody proposes to praise himself."), field="person")
    Event.objects.refuse_again(actor.form_key)
    commendation = Commendation.objects.create(
        code=CodeCounter.take(COMMENDATION_PREFIX, local_day(at).year), agency=agency,
        person=person, summary=demand_words(summary, "summary", _("Say what deserves praise.")),
        grounds=_grounds(actor, agency, tasks, at), drafted_at=at, proposed_by=actor.post,
        opened_at=at, signatures_due_at=signatures_due(local_day(at), at),
    )  # fmt: skip
    event = record("commendation.proposed", commendation, actor, at, key=actor.form_key,
                   agency=agency.short_name)  # fmt: skip
    keep_all(list(files), commendation, actor, at, role="evidence", event=event)
    owe(handlers(commendation, at), event, immediate=True)
    return commendation


def _grounds(actor: Actor, agency: Agency, tasks: Iterable[Task], at: datetime) -> list[dict]:
    """Return the named tasks as one ground, frozen with what happened to each."""
    wanted = [task.pk for task in tasks]
    if not wanted:
        return []
    seen = Task.objects.visible_to(actor).filter(pk__in=wanted, lead=agency)
    found = list(seen.select_related("directive__kind"))
    if len(found) != len(wanted):
        raise Refused(_("A task is not that agency's, or not among those you see."), field="tasks")
    links = chain.chains([task.code for task in found], at)
    rows = [
        {
            "kind": "task", "code": task.code, "title": task.title,
            "due_at": task.due_at.isoformat() if task.due_at else None,
            "chain": [*links[task.code], *_overdue(task, at)],
        }
        for task in found
    ]  # fmt: skip
    return [{"code": PROPOSED, "value": len(rows), "limit": 0, "source": "", "rows": rows}]


def _overdue(task: Task, at: datetime) -> list[dict]:
    """Return the last link of an open task that is overdue."""
    if task.due_at is None or at < task.due_at or task.state not in OPEN:
        return []
    return [chain.still_none(at, days_overdue(task.due_at, at))]
