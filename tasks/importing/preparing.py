"""Acts on a list before it is brought in: taken in, mapped, put right, handed to the chief.

None of them assigns anything. Every one locks the batch first, so that none runs beside the act
that brings it in.
"""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from agencies.acting import Actor
from agencies.deadlines import local_day
from agencies.editing import refuse_stale, what_changed
from agencies.files import keep
from agencies.fold import fold
from agencies.models import Attachment, CodeCounter, record
from agencies.notices import owe
from agencies.refusals import Refused
from tasks.directives.permits import demand
from tasks.importing.dry_run import DryRun, given_of
from tasks.importing.mapping import FIELDS, REQUIRED, best_sheet, guess, header_row, heads, texts_of
from tasks.importing.permits import may_prepare
from tasks.importing.sheet import MOST_ROWS, Sheet, read_sheets
from tasks.importing.wording import FIELD_LABELS
from tasks.lifecycle.people import chiefs_told
from tasks.models import Authority, ImportBatch, ImportRow
from tasks.reader.errors import UnreadableFile

FILE_ROLE = "import"
MESSAGES = {
    "empty": gettext_noop("The file holds no rows."),
    "too_large": gettext_noop("The file is too large to be read."),
    "wrong_type": gettext_noop(
        "Only .xlsx and .csv are read. Open an old .xls in Excel and save it as .xlsx."
    ),
    "damaged": gettext_noop("The file is damaged and cannot be opened. Save it again and retry."),
    "encrypted": gettext_noop(
        "The file is protected by a password; remove the password and upload it again."
    ),
    "zip_bomb": gettext_noop("The file expands to far more than it should; it was not opened."),
    "secret": gettext_noop(
        "The document is marked secret. This system is for unclassified work only: the file was "
        "not kept."
    ),
    "too_slow": gettext_noop("Reading the file took too long; keep the list alone in a new file."),
}


def take_in(actor: Actor, at: datetime, *, upload: UploadedFile) -> ImportBatch:
    """Read a sheet and keep it with its columns guessed; a person confirms them next."""
    demand(may_prepare(actor))
    sheets = _read(upload.read(), upload.name)
    upload.seek(0)
    with transaction.atomic():
        batch = ImportBatch(
            code=CodeCounter.take("DS", local_day(at).year),
            file_name=upload.name[-255:],
            sheets=[
                {"name": one.name, "rows": len(one.rows), "is_hidden": one.is_hidden}
                for one in sheets
            ],
            uploaded_at=at,
            uploaded_by=actor.post,
        )
        _open_sheet(batch, best_sheet(sheets))
        event = record(
            "import.taken_in", batch, actor, at, key=actor.form_key, file=batch.file_name
        )
        keep(upload, batch, actor, at, role=FILE_ROLE, event=event)
    return batch


def choose_sheet(
    batch: ImportBatch, actor: Actor, at: datetime, *, sheet: str, header: int, version: int
) -> ImportBatch:
    """Read another sheet of the same file, or take another row for its head (0: guess)."""
    with _locked(batch, actor, version) as locked:
        if sheet != locked.sheet:
            file = Attachment.objects.of(locked).get(role=FILE_ROLE).file
            with file.open("rb") as source:
                sheets = _read(source.read(), locked.file_name)
            chosen = next((one for one in sheets if one.name == sheet), None)
            if chosen is None:
                raise Refused(_("There is no such sheet in the file."), field="sheet")
            locked.rows.all().delete()
            _open_sheet(locked, chosen)
        elif header != locked.header_row:
            _head(locked, list(locked.rows.all()), header)
        locked.mapped_at = None
        record("import.sheet_chosen", locked, actor, at, key=actor.form_key, sheet=locked.sheet)
        return _saved(locked)


def map_columns(
    batch: ImportBatch,
    actor: Actor,
    at: datetime,
    *,
    fields: Mapping[str, int],
    authority: Authority | None = None,
    source: str = "",
    version: int,
) -> ImportBatch:
    """Say which column holds what, and what holds for rows that leave it open."""
    with _locked(batch, actor, version) as locked:
        for name in REQUIRED:
            if name not in fields:
                raise Refused(_("Choose the column that holds it."), field=name)
        if len(set(fields.values())) < len(fields):
            raise Refused(_("One column can hold one thing only."))
        if authority is None and "authority" not in fields:
            raise Refused(
                _("No column says who assigned the work: choose it for the whole sheet."),
                field="authority_for_all",
            )
        locked.mapping = {
            **locked.mapping,
            "fields": {name: fields[name] for name in FIELDS if name in fields},
            "authority": authority.code if authority else "",
            "source": source,
        }
        locked.mapped_at = at
        record("import.mapped", locked, actor, at, key=actor.form_key)
        return _saved(locked)


def settle_name(
    batch: ImportBatch,
    actor: Actor,
    at: datetime,
    *,
    kind: str,
    written: str,
    code: str,
    version: int,
) -> ImportBatch:
    """Say once what words of the sheet mean, for every row; an empty code: they name nobody."""
    with _locked(batch, actor, version) as locked:
        words = DryRun(locked, local_day(at)).names_of(kind).words
        if code and code not in words:
            raise Refused(_("Choose from the directory."), field="code")
        settled = locked.mapping.setdefault("names", {}).setdefault(kind, {})
        settled[fold(written)] = code
        record(
            "import.name_settled", locked, actor, at, key=actor.form_key,
            written=written, name=words.get(code, "—"),
        )  # fmt: skip
        return _saved(locked)


def correct(
    row: ImportRow, actor: Actor, at: datetime, *, texts: Mapping[str, str], version: int
) -> ImportRow:
    """Put a row right: each field's text as it should read; equal to the cell, it is no correction.

    `joint` settles several leads in one cell, `double` that a repetition is meant.
    """
    with _locked_row(row, actor) as locked:
        stored = _texts(locked)
        differing = [name for name in texts if stored[name] != texts[name]]
        refuse_stale(
            locked,
            version,
            told=lambda: what_changed(locked.batch, acts="import.row_"),
            differences=lambda: [(name, stored[name], texts[name]) for name in differing],
        )
        written = _written(locked)
        locked.corrections = {name: text for name, text in texts.items() if text != written[name]}
        changes = [
            [str(FIELD_LABELS.get(name, "")), stored[name], texts[name]] for name in differing
        ]
        locked.is_left_out = False if locked.is_left_out else locked.is_left_out
        return _row_saved(locked, "import.row_corrected", actor, at, changes=changes)


def leave_out(row: ImportRow, actor: Actor, at: datetime) -> ImportRow:
    """Leave a row out: it gives no work, and stays on the page."""
    with _locked_row(row, actor) as locked:
        locked.is_left_out = True
        return _row_saved(locked, "import.row_left_out", actor, at)


def take_up(row: ImportRow, actor: Actor, at: datetime) -> ImportRow:
    """Take up a row that was left out, by a person or by the program."""
    with _locked_row(row, actor) as locked:
        locked.is_left_out = False
        return _row_saved(locked, "import.row_taken_up", actor, at)


def leave_out_blocked(
    batch: ImportBatch, actor: Actor, at: datetime, *, version: int
) -> ImportBatch:
    """Leave out every row that something still stands against."""
    with _locked(batch, actor, version) as locked:
        blocked = [row.number for row in DryRun(locked, local_day(at)).blocked]
        rows = locked.rows.filter(number__in=blocked)
        rows.update(is_left_out=True, version=F("version") + 1)
        record("import.blocked_left_out", locked, actor, at, key=actor.form_key, rows=len(blocked))
        return _saved(locked)


def submit(batch: ImportBatch, actor: Actor, at: datetime, *, version: int) -> ImportBatch:
    """Hand the list to the chief, who brings it in: officers prepare up to the dry run."""
    with _locked(batch, actor, version) as locked:
        run = DryRun(locked, local_day(at))
        if locked.mapped_at is None or run.blocked or not run.ready:
            raise Refused(_("Put the rows right first, or leave them out."))
        locked.submitted_at = at
        event = record(
            "import.submitted", locked, actor, at, key=actor.form_key, tasks=run.task_count
        )
        owe(chiefs_told(local_day(at)), event, immediate=True)
        return _saved(locked)


def text_of(row: ImportRow, name: str) -> str:
    """Return what a row says of a field as it stands, corrections included."""
    return _texts(row)[name]


def _texts(row: ImportRow) -> dict[str, str]:
    return {**_written(row), **row.corrections}


def _written(row: ImportRow) -> dict[str, str]:
    """What the sheet says; of the marks a person makes it says nothing."""
    fields = row.batch.mapping.get("fields", {})
    return {**texts_of(row.cells, fields), "joint": "", "double": ""}


def _read(data: bytes, name: str) -> list[Sheet]:
    try:
        return read_sheets(data, name)
    except UnreadableFile as refusal:
        message = _(MESSAGES.get(refusal.code, MESSAGES["damaged"]))
        raise Refused(message, field="file") from None


def _open_sheet(batch: ImportBatch, sheet: Sheet) -> None:
    """Keep a sheet's rows and say what its columns seem to hold."""
    if sheet.is_too_long:
        raise Refused(
            _("The sheet has more than %(most)s rows. Split the list into several files.")
            % {"most": f"{MOST_ROWS:,}".replace(",", ".")},
            field="file",
        )
    batch.sheet = sheet.name[:100]
    rows = [
        ImportRow(number=row.number, cells=list(row.cells), is_hidden=row.is_hidden)
        for row in sheet.rows
    ]
    _head(batch, rows, header_row(sheet.rows))
    for row in rows:
        row.batch = batch
    ImportRow.objects.bulk_create(rows)


def _head(batch: ImportBatch, rows: list[ImportRow], header: int) -> None:
    """Take a row for the head; a sheet with the same head before lends its mapping."""
    given = [given_of(row) for row in rows]
    batch.header_row = header or header_row(given)
    batch.columns = heads(given, batch.header_row)
    before = ImportBatch.objects.filter(mapped_at__isnull=False)
    alike = before.filter(columns=batch.columns).first()
    last = before.first()
    batch.mapping = dict(alike.mapping) if alike else {"fields": guess(batch.columns)}
    if last is not None:
        batch.mapping["names"] = last.mapping.get("names", {})
    batch.save()


@contextmanager
def _locked(batch: ImportBatch, actor: Actor, version: int | None) -> Iterator[ImportBatch]:
    demand(may_prepare(actor))
    with transaction.atomic():
        locked = ImportBatch.objects.select_for_update().get(pk=batch.pk)
        if locked.applied_at is not None:
            raise Refused(_("The list was brought in already; it can no longer be changed."))
        refuse_stale(locked, version, told=lambda: what_changed(locked))
        yield locked


@contextmanager
def _locked_row(row: ImportRow, actor: Actor) -> Iterator[ImportRow]:
    with _locked(row.batch, actor, None) as batch:
        locked = batch.rows.select_for_update().filter(number=row.number).first()
        if locked is None:
            raise Refused(_("The row is gone: another sheet of the file was chosen."))
        locked.batch = batch
        yield locked


def _saved(batch: ImportBatch) -> ImportBatch:
    batch.version += 1
    batch.save()
    return batch


def _row_saved(row: ImportRow, act: str, actor: Actor, at: datetime, **params) -> ImportRow:
    row.version += 1
    row.save()
    record(act, row.batch, actor, at, key=actor.form_key, row=row.number, **params)
    return row
