"""An agency goes through its list of open tasks, marks corrections and confirms it (rule 5.13).

Until its head confirms, ticks and marks are the agency's own draft, which not even the Office
reads. Every change takes the entry's lock, and ticks are merged task by task, so that two people
of the agency can go through the list at the same time.
"""

from collections.abc import Collection
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from agencies.acting import Actor
from agencies.deadlines import local_day
from agencies.models import AlreadyDone, Event, record
from agencies.notices import owe
from agencies.refusals import Refused, demand_words
from tasks.models import CampaignEntry, CampaignMark, Task
from tasks.questions import TaskQuerySet, helped_by
from tasks.reviewing.marks import proposal_of
from tasks.reviewing.permits import demand, may_confirm_entry, may_prepare_entry

NAMED = 5


def tasks_to_review(entry: CampaignEntry) -> TaskQuerySet:
    """Return the open tasks the agency leads, as the program has them now."""
    return Task.objects.now().counted().open().filter(lead=entry.agency_id).order_by("due_at", "pk")


def tasks_helped(entry: CampaignEntry) -> TaskQuerySet:
    """Return the open tasks of others the agency coordinates in: shown apart, not confirmed."""
    helped = Task.objects.now().counted().open().filter(pk__in=helped_by(entry.agency_id))
    return helped.order_by("due_at", "pk")


@transaction.atomic
def keep_checks(
    entry: CampaignEntry, actor: Actor, *, right: Collection[str], was: Collection[str]
) -> CampaignEntry:
    """Keep which tasks were found right; `was` is what the page showed as found right before."""
    locked = _preparing(entry, actor)
    _merge(locked, right, was)
    locked.save(update_fields=["checked"])
    return locked


@transaction.atomic
def mark(
    entry: CampaignEntry,
    actor: Actor,
    at: datetime,
    *,
    kind: str,
    task: Task | None = None,
    text: str,
    **facts,
) -> CampaignMark:
    """Mark one correction: what is wrong, what should stand instead, and why.

    A task marked is no longer among those found right.
    """
    locked = _preparing(entry, actor)
    demand_words(text, "text", _("Say why, in a sentence the Office can act on."))
    if task is not None and not tasks_to_review(locked).filter(pk=task.pk).exists():
        raise Refused(_("This task is not on the agency's list any more."))
    if task is not None and locked.marks.filter(task=task, kind=kind, decision="").exists():
        raise Refused(_("This was marked already; take that mark back first."))
    made = CampaignMark.objects.create(
        entry=locked,
        task=task,
        kind=kind,
        text=text.strip(),
        proposed=proposal_of(kind, task, locked.agency, facts),
        made_at=at,
        made_by=actor.post,
    )
    if task is not None and task.code in locked.checked:
        locked.checked = [code for code in locked.checked if code != task.code]
        locked.save(update_fields=["checked"])
    return made


@transaction.atomic
def unmark(
    entry: CampaignEntry,
    actor: Actor,
    *,
    made: int,
    right: Collection[str] = (),
    was: Collection[str] = (),
) -> CampaignEntry:
    """Take the mark of that id back while the list is not confirmed; twice is as once."""
    locked = _preparing(entry, actor)
    locked.marks.filter(pk=made).delete()
    _merge(locked, right, was)
    locked.save(update_fields=["checked"])
    return locked


@transaction.atomic
def confirm(
    entry: CampaignEntry,
    actor: Actor,
    at: datetime,
    *,
    right: Collection[str] = (),
    was: Collection[str] = (),
    note: str = "",
) -> CampaignEntry:
    """The agency's head confirms: each task is right or marked, and the list is frozen as it is.

    After the campaign's day it is accepted and shown late; after its closing no more.
    """
    demand(may_confirm_entry(actor, entry), _("The agency's head confirms its list."))
    locked = _preparing(entry, actor)
    _merge(locked, right, was)
    tasks = list(tasks_to_review(locked))
    marked = _marked(locked)
    _demand_looked_at(locked, tasks, marked)
    locked.confirmed_at, locked.confirmed_by, locked.note = at, actor.authority, note.strip()
    locked.listed = [_row(task, marked.get(task.pk, [])) for task in tasks]
    locked.save()
    event = record(
        "campaign.confirmed_late" if locked.is_late else "campaign.confirmed",
        locked, actor, at, key=actor.form_key,
        tasks=len(tasks), marks=locked.marks.count(), text=note.strip(),
    )  # fmt: skip
    owe(_followers(locked, at), event)
    return locked


def _preparing(entry: CampaignEntry, actor: Actor) -> CampaignEntry:
    """Lock the entry and return it while the agency may still change it.

    Its campaign is locked along, so that closing it and confirming come one after the other.
    """
    locked = (
        CampaignEntry.objects.select_for_update(of=("self", "campaign"))
        .select_related("campaign__opened_by__user", "campaign__drafted_by__user", "agency")
        .get(pk=entry.pk)
    )
    demand(may_prepare_entry(actor, locked), _("Each agency goes through its own list."))
    if locked.confirmed_at is not None:
        raise AlreadyDone(Event.objects.of(locked).first())
    if locked.moved_at is not None:
        raise Refused(_("Another agency confirms this list now."))
    if not locked.campaign.is_running:
        raise Refused(_("The campaign is closed; tell the Office in the task's exchange instead."))
    return locked


def _merge(locked: CampaignEntry, right: Collection[str], was: Collection[str]) -> None:
    """Add what was ticked and take out what was unticked; ticks of others meanwhile stay."""
    listed = set(tasks_to_review(locked).values_list("code", flat=True))
    kept = [code for code in locked.checked if code in right or code not in was]
    locked.checked = [code for code in dict.fromkeys([*kept, *right]) if code in listed]


def _marked(entry: CampaignEntry) -> dict[int, list[str]]:
    kinds: dict[int, list[str]] = {}
    for task_id, kind in entry.marks.filter(task__isnull=False).values_list("task", "kind"):
        kinds.setdefault(task_id, []).append(kind)
    return kinds


def _demand_looked_at(entry: CampaignEntry, tasks: list[Task], marked: dict) -> None:
    checked = set(entry.checked)
    left = [task.code for task in tasks if task.code not in checked and task.pk not in marked]
    if left:
        raise Refused(
            ngettext(
                "%(n)d task is neither found right nor marked: %(codes)s.",
                "%(n)d tasks are neither found right nor marked: %(codes)s.",
                len(left),
            )
            % {"n": len(left), "codes": ", ".join(left[:NAMED]) + (" …" if left[NAMED:] else "")}
        )


def _row(task: Task, kinds: list[str]) -> dict:
    return {
        "code": task.code,
        "title": task.title,
        "due_at": task.due_at and task.due_at.isoformat(),
        "review_on": task.review_on and task.review_on.isoformat(),
        "state": task.state,
        "marks": kinds,
    }


def _followers(entry: CampaignEntry, at: datetime) -> list:
    """Return who prepared and who opened the campaign, while they hold their posts."""
    posts = (entry.campaign.drafted_by, entry.campaign.opened_by)
    day = local_day(at)
    return [post.user for post in posts if post is not None and post.is_held_on(day)]
