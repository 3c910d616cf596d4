"""What the pages of an imported list show: rows with their findings in words, counts, tasks."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count

from agencies.acting import Actor
from agencies.deadlines import local_day
from agencies.fold import fold
from agencies.models import Event
from tasks.importing.dry_run import DryRun
from tasks.importing.judged import Finding, Judged
from tasks.importing.permits import may_bring_in, may_prepare
from tasks.importing.taking_back import tasks_of, touched
from tasks.importing.wording import SKIPS, label, said
from tasks.models import ImportBatch, Task

SHOWN = ("blocked", "remarked", "ready", "skipped", "all")
MOST_NAMES = 8


@dataclass(frozen=True)
class SettledName:
    """Words of the sheet a person settled the meaning of, to be settled anew; no code: nobody."""

    kind: str
    written: str
    code: str

    is_settled = True


@dataclass(frozen=True)
class Said:
    """One finding in words: the field's name (none for the whole row) and the sentence."""

    field: str
    label: str
    sentence: str


@dataclass(frozen=True)
class Line:
    """One row as the page shows it."""

    judged: Judged
    problems: list[Said]
    remarks: list[Said]
    lead: str
    skip: str

    @property
    def number(self) -> int:
        """The row's number in the sheet."""
        return self.judged.number


def line_of(row: Judged, run: DryRun) -> Line:
    """Return a row with its findings in words."""
    names = words_of(run)
    leads = [run.agencies[code].short_name for code in row.leads if code in run.agencies]
    written = " ".join(row.texts["lead"].split())
    return Line(
        judged=row,
        problems=_said(row.problems, names),
        remarks=_said(row.remarks, names),
        lead=leads[0] if len(leads) == 1 else written,
        skip=str(SKIPS.get(row.skip, "")),
    )


def words_of(run: DryRun) -> dict[str, str]:
    """Return the official names findings may speak of, by code."""
    ground = run.ground
    kinds = (ground.closed, ground.competences, ground.authorities, ground.agencies)
    return {code: name for kind in kinds for code, name in kind.words.items()}


def settled_of(batch: ImportBatch) -> list[SettledName]:
    """Return the names settled for the whole sheet as they were written: the mapping holds them
    folded.
    """
    told = Event.objects.of(batch).filter(act="import.name_settled")
    written = {fold(words): words for words in told.values_list("params__written", flat=True)}
    return [
        SettledName(kind, written.get(folded, folded), code)
        for kind, names in batch.mapping.get("names", {}).items()
        for folded, code in sorted(names.items())
    ]


def _said(findings: Iterable[Finding], names: dict[str, str]) -> list[Said]:
    return [Said(one.field, label(one.field), said(one, names)) for one in findings]


def dry_run_page(batch: ImportBatch, actor: Actor, at: datetime, show: str) -> dict:
    """Return what the page of a list not brought in yet shows."""
    run = DryRun(batch, local_day(at))
    if show not in SHOWN:
        show = "blocked" if run.blocked else "all"
    return {
        "batch": batch,
        "run": run,
        "show": show,
        "rows": run.rows if show == "all" else getattr(run, show),
        "names": run.unknown[:MOST_NAMES],
        "settled": settled_of(batch),
        "more_names": max(0, len(run.unknown) - MOST_NAMES),
        "may_prepare": may_prepare(actor),
        "may_bring_in": may_bring_in(actor),
        "events": Event.objects.of(batch).for_timeline(),
    }


def result_page(batch: ImportBatch, actor: Actor) -> dict:
    """Return what the page of a list that was brought in shows; what taking it back would do."""
    rows = batch.rows.filter(task__isnull=False).select_related("task__lead", "task__parent")
    context = {
        "batch": batch,
        "rows": rows.annotate(children=Count("task__children")).order_by("number"),
        "task_count": tasks_of(batch).counted().count(),
        "may_undo": may_bring_in(actor) and batch.undone_at is None,
        "events": Event.objects.of(batch).for_timeline(),
    }
    return context | _undoing(batch) if batch.undone_at is None else context


def _undoing(batch: ImportBatch) -> dict:
    kept = touched(batch)
    staying = Task.objects.filter(pk__in=kept, is_group=False).select_related("lead")
    total = tasks_of(batch).counted().count()
    return {"staying": staying.order_by("pk"), "going_count": total - len(staying)}
