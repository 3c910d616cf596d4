"""Drafting, editing, renewing and throwing away urgings (rules 5.14, 8.2)."""

from collections.abc import Iterable, Mapping
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from agencies.acting import Actor
from agencies.deadlines import local_day
from agencies.editing import refuse_stale, what_changed
from agencies.models import Agency, Body, Event, record, record_all
from agencies.notices import owe
from agencies.refusals import NotYours, Refused
from tasks.lifecycle.people import chiefs_told
from tasks.models import Task, UrgedTask, Urging
from tasks.urging.choosing import Chosen, Group, Line, grouped, lines_of, urgable
from tasks.urging.facts import answer_by, late_of, named
from tasks.urging.table import ACTS, prepares
from tasks.urging.wording import DAY_FIELD, drafted, finding_of

PARTS = ("basis", "finding", "demands", "consequence")


@transaction.atomic
def draft(
    tasks: Iterable[int], actor: Actor, at: datetime, *, answer_by_at: datetime | None = None
) -> list[Urging]:
    """Draft one letter an agency about the tasks (ids), from their facts at the instant.

    An agency has one urging in preparation at a time, so that a second one knows the first. All
    are one act of one form, of which the chief is told once; an agency that has one is left out.
    """
    if not prepares(actor):
        raise NotYours(_("Officers and the office chief prepare urgings."))
    Event.objects.refuse_again(actor.form_key)
    groups = _free(tasks, actor, at)
    urgings = [_drafted(group, actor, at, answer_by_at or answer_by(at)) for group in groups]
    told = [(urging, {"tasks": urging.listed.count()}) for urging in urgings]
    events = record_all("urging.drafted", told, actor, at, key=actor.form_key)
    owe(chiefs_told(local_day(at)), events[0], immediate=True)
    return urgings


def _free(tasks: Iterable[int], actor: Actor, at: datetime) -> list[Group]:
    """Lock the agencies and return those a letter can be drafted for."""
    rows = urgable(Task.objects.visible_to(actor).counted().now().filter(pk__in=set(tasks)), at)
    agencies = rows.order_by().values("lead")
    list(Agency.objects.select_for_update(no_key=True).filter(pk__in=agencies).order_by("pk"))
    choice: Chosen = grouped(rows, at)
    if choice.free:
        return choice.free
    if choice.prepared:
        raise Refused(
            _("An urging of these agencies is in preparation: issue it or throw it away.")
        )
    raise Refused(_("None of these tasks is to be urged now: choose overdue or silent ones."))


def _drafted(group: Group, actor: Actor, at: datetime, answer_by_at: datetime) -> Urging:
    late = late_of(group.agency, group.lines, group.ordinal, at)
    text = drafted(late, named(Body.current()))
    urging = Urging.objects.create(
        agency=group.agency,
        ordinal=group.ordinal,
        answer_by_at=answer_by_at,
        drafted_at=at,
        drafted_by=actor.post,
        **{part: getattr(text, part) for part in PARTS},
    )
    _list(urging, group.lines)
    return urging


def _list(urging: Urging, lines: Iterable[Line]) -> None:
    UrgedTask.objects.bulk_create(
        UrgedTask(
            urging=urging,
            task=line.task,
            due_at=line.due_at,
            days=line.days,
            urged_before=line.urged_before,
        )
        for line in lines
    )


@transaction.atomic
def edit(
    urging: Urging,
    actor: Actor,
    at: datetime,
    *,
    text: Mapping[str, str],
    answer_by_at: datetime,
    tasks: Iterable[int],
    version: int,
) -> Urging:
    """Save the text, the day to report and which tasks stay on the list.

    Where tasks leave and nobody wrote the finding anew, its figures follow the list.
    """
    draft = locked(urging, "edit", actor)
    refuse_stale(
        draft,
        version,
        told=lambda: what_changed(draft, times=draft.version - version),
        differences=lambda: [
            (part, getattr(draft, part), text[part]) for part in PARTS if part in text
        ],
    )
    _check(text, answer_by_at, at)
    before = {part: getattr(draft, part) for part in PARTS}
    for part in PARTS:
        setattr(draft, part, text[part].strip())
    draft.answer_by_at = answer_by_at
    kept = set(tasks)
    left = [row for row in draft.listed.all() if row.task_id not in kept]
    if left:
        _leave_out(draft, left, finding_was=before["finding"])
    changes = [[part, before[part], getattr(draft, part)] for part in PARTS]
    record(
        "urging.edited", draft, actor, at, key=actor.form_key,
        changes=[change for change in changes if change[1] != change[2]],
    )  # fmt: skip
    return _saved(draft)


def _check(text: Mapping[str, str], answer_by_at: datetime, at: datetime) -> None:
    if answer_by_at <= at:
        raise Refused(_("This moment has passed: choose a later one."), "answer_by_on")
    if DAY_FIELD not in text["demands"]:
        raise Refused(
            _("Keep %(field)s where the demands name the day to report.") % {"field": DAY_FIELD},
            "demands",
        )


def _leave_out(draft: Urging, left: list[UrgedTask], *, finding_was: str) -> None:
    if len(left) == draft.listed.count():
        raise Refused(_("An urging names at least one task; throw it away instead."), "tasks")
    UrgedTask.objects.filter(pk__in=[row.pk for row in left]).delete()
    rows = list(draft.listed.select_related("task__directive__kind", "task__directive__issuer"))
    draft.ordinal = 1 + max(row.urged_before for row in rows)
    if draft.finding == finding_was:
        lines = [Line(row.task, row.due_at, row.days, row.urged_before) for row in rows]
        draft.finding = finding_of(late_of(draft.agency, lines, draft.ordinal, draft.drafted_at))


@transaction.atomic
def renew(urging: Urging, actor: Actor, at: datetime) -> Urging:
    """Take the facts of the listed tasks anew: those done since leave, the days are today's."""
    draft = locked(urging, "renew", actor)
    lines = lines_of(draft.listed.values("task"), at)
    if not lines:
        raise Refused(_("None of its tasks is to be urged any more: throw the draft away."))
    draft.listed.all().delete()
    _list(draft, lines)
    draft.ordinal = 1 + max(line.urged_before for line in lines)
    draft.drafted_at = at
    draft.answer_by_at = max(draft.answer_by_at, answer_by(at))
    late = late_of(draft.agency, lines, draft.ordinal, at)
    text = drafted(late, named(Body.current()))
    draft.basis, draft.finding = text.basis, text.finding
    record("urging.renewed", draft, actor, at, key=actor.form_key, tasks=len(lines))
    return _saved(draft)


@transaction.atomic
def drop(urging: Urging, actor: Actor, at: datetime) -> Urging:
    """Throw a draft away: nothing was sent, and it counts nowhere."""
    draft = locked(urging, "drop", actor)
    draft.dropped_at, draft.dropped_by = at, actor.post
    record("urging.dropped", draft, actor, at, key=actor.form_key)
    return _saved(draft)


def is_day_passed(urging: Urging, at: datetime) -> bool:
    """Whether the day by which the agency is to report has passed before the letter went out."""
    return urging.answer_by_at <= at


def stale_tasks(urging: Urging, at: datetime) -> int:
    """Return how many of its listed tasks are not to be urged any more."""
    listed = set(urging.listed.values_list("task", flat=True))
    return len(listed) - len(lines_of(listed, at))


def refuse_overtaken(urging: Urging, at: datetime) -> None:
    """Refuse to send what names a day that has passed, or tasks reported, extended or done since.

    Of a signed letter the signature is taken back first.
    """
    words = _overtaken(urging, at)
    if words and urging.state == Urging.State.SIGNED:
        words += " " + _("Whoever may sign it takes the signature back first.")
    if words:
        raise Refused(words)


def _overtaken(urging: Urging, at: datetime) -> str:
    if is_day_passed(urging, at):
        return _("The day to report has passed: bring the list up to date.")
    stale = stale_tasks(urging, at)
    words = ngettext(
        "%(n)d task of the list is not to be urged any more: bring the list up to date.",
        "%(n)d tasks of the list are not to be urged any more: bring it up to date.",
        stale,
    )
    return words % {"n": stale} if stale else ""


def locked(urging: Urging, code: str, actor: Actor) -> Urging:
    """Lock the urging, and return it as it stands when the table lets the act pass."""
    Event.objects.refuse_again(actor.form_key)
    Urging.objects.select_for_update().only("pk").get(pk=urging.pk)
    found = Urging.objects.select_related("agency", "paper").get(pk=urging.pk)
    refusal = ACTS[code].refusal(found, actor)
    if refusal is not None:
        raise refusal
    return found


def _saved(urging: Urging) -> Urging:
    urging.version += 1
    urging.save()
    return urging
