"""Forms of imported lists: the file, its sheet and head, what columns hold, one row put right."""

from collections.abc import Iterable, Mapping, Sequence

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _
from openpyxl.utils import get_column_letter

from agencies.files import LISTS, UploadField
from tasks.importing.judged import EACH, FIRST
from tasks.importing.mapping import FIELDS, REQUIRED
from tasks.importing.wording import FIELD_LABELS
from tasks.models import Authority, ImportBatch

LONG = ("title", "result", "note")


class ListUploadForm(forms.Form):
    """The file of the office's list."""

    file = UploadField(
        types=LISTS,
        label=_("File of the list"),
        help_text=_("Excel (.xlsx) or values with separators (.csv), up to 5,000 rows."),
    )

    def clean(self) -> dict:
        """Say what to do with an old .xls, which no content check would name."""
        upload = self.files.get("file")
        if upload is not None and upload.name.lower().endswith(".xls"):
            self.errors.pop("file", None)
            message = gettext("An old .xls is not read: open it in Excel and save it as .xlsx.")
            self.add_error("file", ValidationError(message, "old_kind"))
        return super().clean()


class SheetForm(forms.Form):
    """Which sheet of the file, and which of its rows is the head."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    sheet = forms.ChoiceField(label=_("Sheet"), required=False)
    header = forms.IntegerField(label=_("Row of the head"), min_value=1, max_value=1_048_576)

    def __init__(self, *args, batch: ImportBatch, **kwargs) -> None:
        initial = {
            "version": batch.version,
            "sheet": batch.sheet,
            "header": batch.header_row or None,
        }
        super().__init__(*args, initial=initial, **kwargs)
        self.fields["sheet"].choices = [(one["name"], _sheet_label(one)) for one in batch.sheets]
        self.fields["sheet"].widget.attrs["class"] = "form-select"
        self.fields["header"].widget.attrs["class"] = "form-control"
        if len(batch.sheets) < 2:
            self.fields["sheet"].widget = forms.HiddenInput()


def _sheet_label(sheet: Mapping) -> str:
    rows = sheet["rows"]
    words = ngettext("%(name)s (%(rows)s row)", "%(name)s (%(rows)s rows)", rows) % sheet
    hidden = gettext("hidden")
    return f"{words}, {hidden}" if sheet["is_hidden"] else words


class ColumnsForm(forms.Form):
    """Which column holds what; what holds for rows that leave it open."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    authority_for_all = forms.ModelChoiceField(
        label=_("Assigned by, where a row names nobody"),
        queryset=Authority.objects.all(),
        to_field_name="code",
        required=False,
    )
    source = forms.CharField(
        label=_("Document, where a row names none"),
        required=False,
        max_length=150,
        help_text=_("For example: Plan 12/KH-UBND of 15/01/2026."),
    )

    def __init__(self, *args, batch: ImportBatch, **kwargs) -> None:
        mapping = batch.mapping
        initial = {
            "version": batch.version,
            "authority_for_all": mapping.get("authority"),
            "source": mapping.get("source", ""),
            **mapping.get("fields", {}),
        }
        super().__init__(*args, initial=initial, **kwargs)
        choices = [("", "—"), *_columns(batch.columns)]
        for name in FIELDS:
            self.fields[name] = forms.TypedChoiceField(
                label=FIELD_LABELS[name],
                choices=choices,
                coerce=int,
                empty_value=None,
                required=name in REQUIRED,
            )
        self.order_fields(FIELDS)

    @property
    def columns(self) -> list[forms.BoundField]:
        """The fields that choose a column."""
        return [self[name] for name in FIELDS]

    def chosen(self) -> dict[str, int]:
        """Return the chosen column of each field that has one."""
        chosen = {name: self.cleaned_data[name] for name in FIELDS}
        return {name: column for name, column in chosen.items() if column is not None}


def _columns(heads: Sequence[str]) -> Iterable[tuple[int, str]]:
    for place, head in enumerate(heads):
        letter = get_column_letter(place + 1)
        yield place, f"{letter}: {head}" if head else letter


class RowForm(forms.Form):
    """One row as it should read. Only what differs from the sheet is kept as a correction."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    joint = forms.ChoiceField(
        label=_("Several lead agencies"),
        required=False,
        widget=forms.RadioSelect,
        choices=[
            (FIRST, _("The first one leads, the others coordinate")),
            (EACH, _("Each gets a task of its own")),
        ],
    )
    double = forms.BooleanField(label=_("No repetition: bring it in"), required=False)

    def __init__(
        self,
        *args,
        texts: Mapping[str, str],
        version: int,
        lists: Mapping[str, str],
        shows: Iterable[str] = (),
        **kwargs,
    ) -> None:
        super().__init__(*args, initial={**texts, "version": version}, **kwargs)
        for name in FIELDS:
            rows = {"rows": 3 if name == "title" else 2}
            widget = forms.Textarea(attrs=rows) if name in LONG else forms.TextInput()
            if name in lists:
                widget.attrs |= {"list": lists[name], "autocomplete": "off"}
            self.fields[name] = forms.CharField(
                label=FIELD_LABELS[name], required=False, widget=widget, max_length=5_000
            )
        for name in ("joint", "double"):
            if name not in shows and not texts.get(name):
                del self.fields[name]
        self.texts = texts

    def typed(self) -> dict[str, str]:
        """Return each field's text as typed."""
        cleaned = self.cleaned_data
        texts = {name: cleaned[name] for name in FIELDS}
        texts["joint"] = cleaned.get("joint", self.texts.get("joint", ""))
        texts["double"] = "1" if cleaned.get("double") else ""
        return {name: "\n".join(text.splitlines()) for name, text in texts.items()}
