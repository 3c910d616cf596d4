"""Forms of coordination: what each helper gives by when, and the giving (rule 5.9)."""

from django import forms
from django.forms import BoundField
from django.utils.translation import gettext_lazy as _

from agencies.deadlines import last_day_in_time
from agencies.files import UploadField
from agencies.models import Agency
from tasks.forms.acting import ActForm
from tasks.forms.fields import day_field
from tasks.lifecycle import Share

LONGEST = 500


def _asked(label: str) -> forms.CharField:
    return forms.CharField(label=label, required=False, max_length=LONGEST)


class DivideForm(ActForm):
    """One row a helper that has not given its share yet; the first row fills those left empty."""

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        shares = self.case.task.coordinations.current().select_related("agency__kind")
        self.helpers = {row.agency: row for row in shares if row.delivered_at is None}
        if len(self.helpers) > 1:
            self._add("all", _("What you ask of each"), "", None)
        for agency, row in self.helpers.items():
            last_day = last_day_in_time(row.due_at) if row.due_at else None
            self._add(agency.pk, _("What you ask"), row.asked, last_day)

    def _add(self, name, label, asked: str, due_on) -> None:
        self.fields[f"asked_{name}"] = _asked(label)
        self.fields[f"due_on_{name}"] = day_field(label=_("By the end of"), required=False)
        self.initial |= {f"asked_{name}": asked, f"due_on_{name}": due_on}

    @property
    def rows(self) -> list[tuple[str, list[BoundField]]]:
        """The fields of each helper under its name."""
        names = [(agency.name, agency.pk) for agency in self.helpers]
        if len(self.helpers) > 1:
            names.insert(0, (_("All that are left empty below"), "all"))
        return [(name, [self[f"asked_{key}"], self[f"due_on_{key}"]]) for name, key in names]

    def clean(self) -> dict:
        """Gather the rows into `shares`."""
        cleaned = super().clean()
        cleaned["shares"] = [self._share(agency, cleaned) for agency in self.helpers]
        return cleaned

    def _share(self, agency: Agency, cleaned: dict) -> Share:
        asked, due_on = cleaned.get(f"asked_{agency.pk}"), cleaned.get(f"due_on_{agency.pk}")
        return Share(
            agency, asked or cleaned.get("asked_all") or "", due_on or cleaned.get("due_on_all")
        )


class ContributeForm(ActForm):
    """What the helper gives."""

    text = forms.CharField(
        label=_("What your agency gives"),
        widget=forms.Textarea(attrs={"rows": 4}),
        max_length=8000,
    )
    files = UploadField(label=_("Files"), multiple=True, required=False)
    document_number = forms.CharField(
        label=_("Number of the document"), required=False, max_length=60
    )
    is_whole = forms.TypedChoiceField(
        label=_("Is this all that was asked?"),
        choices=[("yes", _("Yes, this is our whole share")), ("no", _("No, more will follow"))],
        coerce=lambda value: value == "yes",
        initial="yes",
        widget=forms.RadioSelect,
    )
