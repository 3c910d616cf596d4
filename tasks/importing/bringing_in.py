"""The list becomes work: once, in one transaction, as the dry run showed it."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from agencies.acting import Actor
from agencies.deadlines import local_day
from agencies.models import AlreadyDone, Competence, Event, Post, record, record_all
from agencies.refusals import Refused
from tasks.directives.permits import demand
from tasks.importing.dry_run import DryRun
from tasks.importing.judged import Judged
from tasks.importing.messages import tell_brought_in
from tasks.importing.permits import may_bring_in
from tasks.lifecycle import Work, give
from tasks.lifecycle.history import put_states
from tasks.models import Authority, ImportBatch, ImportRow, ProgressUpdate, Task
from tasks.states import State

LONGEST_DOCUMENT = 150


def bring_in(batch: ImportBatch, actor: Actor, at: datetime, *, fingerprint: str) -> ImportBatch:
    """Turn every row that is ready into work, as the dry run of the fingerprint showed it.

    Each lead gets a task of its own, those of one row under a parent (rule 5.1); what the sheet
    says of work begun is its first update. Every head concerned gets one message for all of it.
    A second time, from whichever screen, leads to the first.
    """
    demand(may_bring_in(actor))
    with transaction.atomic():
        locked = ImportBatch.objects.select_for_update().get(pk=batch.pk)
        if locked.applied_at is not None:
            raise AlreadyDone(event_of(locked, "import.brought_in"))
        run = DryRun(locked, local_day(at))
        _check(run, fingerprint)
        record(
            "import.brought_in", locked, actor, at, key=actor.form_key,
            rows=len(run.ready), tasks=run.task_count,
        )  # fmt: skip
        given = _give(run, actor, at)
        _begin([(task, row) for row, tasks in given for task in tasks], actor, at)
        locked.applied_at, locked.applied_by = at, actor.post
        locked.version += 1
        locked.save()
        tell_brought_in([task for _row, tasks in given for task in tasks], locked, actor, at)
    return locked


def _check(run: DryRun, fingerprint: str) -> None:
    if run.batch.mapped_at is None:
        raise Refused(_("Say first which column holds what."))
    if run.blocked:
        raise Refused(_("Put the rows right first, or leave them out."))
    if not run.ready:
        raise Refused(_("No row of the list gives work."))
    if run.fingerprint != fingerprint:
        raise Refused(
            _("The list changed after this page was opened. Look at it again, then bring it in.")
        )


def _give(run: DryRun, actor: Actor, at: datetime) -> list[tuple[Judged, list[Task]]]:
    """Make the tasks of every ready row, parents of groups first, and note them on the rows."""
    works = _Works(run)
    groups = [row for row in run.ready if len(row.leads) > 1]
    parents = give(actor, at, [works.parent(row) for row in groups], tells=False) if groups else []
    parent_of = dict(zip([row.number for row in groups], parents, strict=True))
    pairs = [(row, code) for row in run.ready for code in row.leads]
    tasks = give(
        actor, at,
        [works.of(row, code, parent_of.get(row.number)) for row, code in pairs],
        tells=False,
    )  # fmt: skip
    given: dict[int, list[Task]] = {}
    for (row, _code), task in zip(pairs, tasks, strict=True):
        given.setdefault(row.number, []).append(task)
    stored = [run.stored[row.number] for row in run.ready]
    for row in stored:
        row.task = parent_of.get(row.number) or given[row.number][0]
    ImportRow.objects.bulk_update(stored, ["task"], batch_size=500)
    return [(row, given[row.number]) for row in run.ready]


class _Works:
    """Rows as pieces of work: what their codes and words mean, looked up once."""

    def __init__(self, run: DryRun) -> None:
        self.run = run
        self.authorities = {one.code: one for one in Authority.objects.all()}
        self.competences = {one.code: one for one in Competence.objects.all()}
        wanted = {row.officer for row in run.ready if row.officer}
        posts = Post.objects.filter(pk__in=wanted).select_related("title")
        self.officers = {str(post.pk): post for post in posts}

    def parent(self, row: Judged) -> Work:
        """The parent of a row for several agencies."""
        return Work(is_group=True, **self._facts(row))

    def of(self, row: Judged, lead: str, parent: Task | None) -> Work:
        """The row as work of one lead."""
        helpers = [self.run.agencies[code] for code in row.helpers]
        lead_agency = self.run.agencies[lead]
        return Work(lead=lead_agency, parent=parent, coordinating=helpers, **self._facts(row))

    def _facts(self, row: Judged) -> dict:
        deadline = row.deadline
        return {
            "title": row.title,
            "text": wording_of(row),
            "source": source_of(row, self.run.batch),
            "assigned_by": self.authorities[row.authority],
            "product": row.texts["product"][:300],
            "due_at": deadline.due_at if deadline else None,
            "deadline_text": row.texts["deadline"][:300] if deadline else "",
            "arithmetic": deadline.to_json() if deadline else None,
            "competence": self.competences.get(row.competence),
            "officer": self.officers.get(row.officer),
            "priority": Task.Priority.KEY if row.is_key else Task.Priority.NORMAL,
        }


def wording_of(row: Judged) -> str:
    """Return the row's whole wording: its content, who helps without a name, its note."""
    parts = [row.texts["title"]]
    if any(one.field == "coordinating" for one in row.remarks):
        parts.append(_("Coordinating, as the list says: %s") % row.texts["coordinating"])
    if row.texts["note"]:
        parts.append(_("Note: %s") % row.texts["note"])
    return "\n".join(parts)


def source_of(row: Judged, batch: ImportBatch) -> str:
    """Return the document that gave the work, the day it was given, its place in the list."""
    document = " ".join(row.texts["document"].split()) or batch.mapping.get("source", "")
    parts = [document[:LONGEST_DOCUMENT]] if document else []
    if row.assigned_on is not None and f"{row.assigned_on:%d/%m/%Y}" not in document:
        parts.append(_("given on %(day)s") % {"day": f"{row.assigned_on:%d/%m/%Y}"})
    place = _("list “%(file)s”, row %(row)s") % {"file": batch.file_name[-80:], "row": row.number}
    return "; ".join([*parts, place])[:300]


def _begin(pairs: list[tuple[Task, Judged]], actor: Actor, at: datetime) -> None:
    """Write what the sheet says of work begun as each task's first update (rule 5.2)."""
    begun = [(task, row) for task, row in pairs if row.is_begun]
    if not begun:
        return
    told = [
        (task, {"percent": row.percent or 0, "text": row.news or _("Under way by the list.")})
        for task, row in begun
    ]
    events = record_all("task.begun_before", told, actor, at)
    ProgressUpdate.objects.bulk_create(
        [
            ProgressUpdate(
                task=task, event=event, post=actor.post, made_at=at,
                text=event.params["text"], percent=event.params["percent"],
            )
            for (task, _row), event in zip(begun, events, strict=True)
        ]
    )  # fmt: skip
    for task, row in begun:
        task.accepted_at = task.updated_at = at
        task.percent = row.percent or 0
    tasks = [task for task, _row in begun]
    put_states(
        [(task, State.IN_PROGRESS, event) for task, event in zip(tasks, events, strict=True)]
    )
    names = ["accepted_at", "updated_at", "percent", "state"]
    Task.objects.bulk_update(tasks, names, batch_size=500)


def event_of(batch: ImportBatch, act: str) -> Event | None:
    """Return the batch's one event of an act that is done once."""
    return Event.objects.of(batch).filter(act=act).first()
