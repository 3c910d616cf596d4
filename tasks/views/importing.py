"""Pages of imported lists: take one in, map its columns, put rows right, bring it in, undo."""

from collections.abc import Callable

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from agencies.as_of import AsOf
from agencies.deadlines import local_day
from agencies.listing import sorted_rows
from agencies.notices import mark_read
from agencies.posting import BAD_REQUEST, CONFLICT, try_act, try_form
from agencies.refusals import Refused
from tasks.forms.importing import ColumnsForm, ListUploadForm, RowForm, SheetForm
from tasks.importing import preparing
from tasks.importing.bringing_in import bring_in
from tasks.importing.dry_run import KINDS, DryRun
from tasks.importing.listing import SORTS, ImportFilter, listed
from tasks.importing.mapping import FIELDS, texts_of
from tasks.importing.page import Line, dry_run_page, line_of, result_page
from tasks.importing.permits import may_prepare
from tasks.importing.taking_back import undo
from tasks.models import ImportBatch, ImportRow

PAGE, BATCHES, PREVIEWED = 50, 25, 6
NOBODY = "-"
MAIN_CELLS = (
    "title", "lead", "coordinating", "deadline", "assigned_on", "document", "authority"
)  # fmt: skip
OTHER_CELLS = tuple(name for name in FIELDS if name not in MAIN_CELLS)


def imports(request: HttpRequest) -> HttpResponse:
    """List the lists that were taken in, newest first."""
    if not request.actor.sees_everything:
        raise Http404
    as_of = AsOf.read(request.GET, request.at)
    narrowed = ImportFilter(request.GET, listed(request.actor, as_of.past))
    rows = sorted_rows(narrowed.qs, SORTS, request.GET.get("sort", ""), "-taken_in")
    context = {
        "filter": narrowed,
        "page": Paginator(rows, BATCHES).get_page(request.GET.get("page")),
        "may_prepare": may_prepare(request.actor) and not as_of.day,
        "as_of": as_of,
    }
    return render(request, "tasks/imports.html", context)


def import_new(request: HttpRequest) -> HttpResponse:
    """Take in the file of a list."""
    if not may_prepare(request.actor):
        raise Http404
    form, status = ListUploadForm(request.POST or None, request.FILES or None), 200
    if request.method == "POST":
        status = BAD_REQUEST
        if form.is_valid():
            answer = try_act(
                request,
                lambda: preparing.take_in(
                    request.actor, request.at, upload=form.cleaned_data["file"][0]
                ),
                form=form,
                to=_columns_of,
            )
            if answer is not None:
                return answer
    return render(request, "tasks/import_new.html", {"form": form}, status=status)


def import_page(request: HttpRequest, code: str) -> HttpResponse:
    """One list: its dry run, or what it became."""
    batch = _visible(request, code)
    mark_read(request.user, request.at, page=request.path)
    if batch.applied_at is None and batch.mapped_at is None and may_prepare(request.actor):
        return HttpResponseRedirect(_columns_of(batch))
    return _page(request, batch)


def _page(request: HttpRequest, batch: ImportBatch, status: int = 200) -> HttpResponse:
    if batch.applied_at is not None:
        context = result_page(batch, request.actor)
        context["page"] = Paginator(context["rows"], PAGE).get_page(request.GET.get("page"))
        return render(request, "tasks/import_result.html", context, status=status)
    context = dry_run_page(batch, request.actor, request.at, request.GET.get("show", ""))
    page = Paginator(context["rows"], PAGE).get_page(request.GET.get("page"))
    context |= {"page": page, "lines": [line_of(row, context["run"]) for row in page]}
    return render(request, "tasks/import.html", context, status=status)


def import_columns(request: HttpRequest, code: str) -> HttpResponse:
    """Say which sheet, which head, and which column holds what."""
    batch = _preparable(request, code)
    is_sheet = request.POST.get("act") == "sheet"
    sheet_form = SheetForm(request.POST if is_sheet else None, batch=batch)
    form = ColumnsForm(request.POST if request.POST and not is_sheet else None, batch=batch)
    sent, act = (sheet_form, _choose_sheet) if is_sheet else (form, _map)
    to = _columns_of if is_sheet else ""
    answer, status = try_form(request, sent, lambda: act(request, batch, sent), to=to)
    if answer is not None:
        return answer
    rows = batch.rows.filter(number__gte=batch.header_row)[: PREVIEWED + 1]
    context = {"batch": batch, "form": form, "sheet_form": sheet_form, "rows": rows}
    return render(request, "tasks/import_columns.html", context, status=status)


def _choose_sheet(request: HttpRequest, batch: ImportBatch, form: SheetForm) -> ImportBatch:
    typed = form.cleaned_data
    header = typed["header"] if typed["sheet"] == batch.sheet else 0
    return preparing.choose_sheet(
        batch, request.actor, request.at,
        sheet=typed["sheet"], header=header, version=typed["version"],
    )  # fmt: skip


def _map(request: HttpRequest, batch: ImportBatch, form: ColumnsForm) -> ImportBatch:
    typed = form.cleaned_data
    return preparing.map_columns(
        batch, request.actor, request.at,
        fields=form.chosen(), authority=typed["authority_for_all"], source=typed["source"],
        version=typed["version"],
    )  # fmt: skip


def import_row(request: HttpRequest, code: str, number: int) -> HttpResponse:
    """Put one row right; saved, the next one that something stands against may follow."""
    batch = _preparable(request, code)
    stored = get_object_or_404(batch.rows, number=number)
    stored.batch = batch
    run = DryRun(batch, local_day(request.at))
    line = line_of(next((one for one in run.rows if one.number == number), None) or _gone(), run)
    form = _row_form(request, stored, line)
    answer, status = try_form(
        request, form, lambda: _correct(request, stored, form), to=_after_row(request, batch)
    )
    if answer is not None:
        return answer
    context = {
        "batch": batch,
        "line": line,
        "form": form,
        "findings": _by_field(line),
        "main_cells": MAIN_CELLS,
        "other_cells": OTHER_CELLS,
        "in_the_file": _in_the_file(stored),
        "is_other_wrong": any(one.field in OTHER_CELLS for one in line.problems),
        "ground": run.ground,
        "back": _back(request, batch),
    }
    return render(request, "tasks/import_row.html", context, status=status)


@require_POST
def import_act(request: HttpRequest, code: str) -> HttpResponse:
    """Do one act on the list or one of its rows, as the button pressed names it."""
    batch = _visible(request, code)
    act = request.POST.get("act", "")
    if act not in _ACTS:
        raise Http404
    answer = try_act(request, lambda: _ACTS[act](request, batch), to=_back(request, batch))
    return answer or _page(request, _visible(request, code), CONFLICT)


def _settle_name(request: HttpRequest, batch: ImportBatch) -> ImportBatch:
    posted = request.POST
    kind, code = posted.get("kind", ""), posted.get("code", "")
    if kind not in KINDS or not code:
        raise Refused(_("Choose from the directory."))
    return preparing.settle_name(
        batch, request.actor, request.at,
        kind=kind, written=posted.get("written", ""), code="" if code == NOBODY else code,
        version=_number(posted.get("version")),
    )  # fmt: skip


def _row_act(act: Callable) -> Callable[[HttpRequest, ImportBatch], ImportRow]:
    def done(request: HttpRequest, batch: ImportBatch) -> ImportRow:
        row = get_object_or_404(batch.rows, number=_number(request.POST.get("row")))
        row.batch = batch
        return act(row, request.actor, request.at)

    return done


def _versioned(act: Callable) -> Callable[[HttpRequest, ImportBatch], ImportBatch]:
    def done(request: HttpRequest, batch: ImportBatch) -> ImportBatch:
        version = _number(request.POST.get("version"))
        return act(batch, request.actor, request.at, version=version)

    return done


_ACTS: dict[str, Callable[[HttpRequest, ImportBatch], object]] = {
    "settle_name": _settle_name,
    "leave_out": _row_act(preparing.leave_out),
    "take_up": _row_act(preparing.take_up),
    "leave_out_blocked": _versioned(preparing.leave_out_blocked),
    "submit": _versioned(preparing.submit),
    "bring_in": lambda request, batch: bring_in(
        batch, request.actor, request.at, fingerprint=request.POST.get("fingerprint", "")
    ),
    "undo": lambda request, batch: undo(batch, request.actor, request.at),
}


def _visible(request: HttpRequest, code: str) -> ImportBatch:
    rows = ImportBatch.objects.visible_to(request.actor).standing()
    return get_object_or_404(rows.select_related("uploaded_by__user"), code=code)


def _preparable(request: HttpRequest, code: str) -> ImportBatch:
    batch = _visible(request, code)
    if batch.applied_at is not None or not may_prepare(request.actor):
        raise Http404
    return batch


def _gone():
    raise Http404


def _row_form(request: HttpRequest, stored: ImportRow, line: Line) -> RowForm:
    names = (*FIELDS, "joint", "double")
    codes = {one.code for one in line.judged.problems}
    shows = [name for name, code in (("joint", "joint"), ("double", "double_row"),
             ("double", "double_task")) if code in codes]  # fmt: skip
    return RowForm(
        request.POST or None,
        texts={name: preparing.text_of(stored, name) for name in names},
        version=stored.version,
        lists={
            "lead": "agencies", "coordinating": "agencies", "authority": "authorities",
            "competence": "competences",
        },
        shows=shows,
    )  # fmt: skip


def _correct(request: HttpRequest, stored: ImportRow, form: RowForm) -> ImportRow:
    return preparing.correct(
        stored, request.actor, request.at,
        texts=form.typed(), version=form.cleaned_data["version"],
    )  # fmt: skip


def _after_row(request: HttpRequest, batch: ImportBatch) -> Callable[[ImportRow], str]:
    """To the next row that something stands against when that button was pressed, else back."""

    def address(row: ImportRow) -> str:
        if request.POST.get("then") != "next":
            return f"{_back(request, batch)}#row-{row.number}"
        run = DryRun(ImportBatch.objects.get(pk=batch.pk), local_day(request.at))
        blocked = [one.number for one in run.blocked]
        later = [number for number in blocked if number > row.number] or blocked
        if not later:
            return batch.get_absolute_url()
        return reverse("import_row", args=[batch.code, later[0]])

    return address


def _in_the_file(stored: ImportRow) -> dict[str, str]:
    """The texts of the sheet that were corrected."""
    written = texts_of(stored.cells, stored.batch.mapping.get("fields", {}))
    return {name: written[name] for name in stored.corrections if name in written}


def _by_field(line: Line) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for one in line.problems:
        found.setdefault(one.field, []).append(one.sentence)
    return found


def _columns_of(batch: ImportBatch) -> str:
    return reverse("import_columns", args=[batch.code])


def _back(request: HttpRequest, batch: ImportBatch) -> str:
    """The list's page with the filter and page it was left with."""
    query = request.GET.urlencode()
    return f"{batch.get_absolute_url()}{'?' if query else ''}{query}"


def _number(text: str | None) -> int:
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 9 else -1
