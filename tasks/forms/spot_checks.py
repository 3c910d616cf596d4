"""Forms of spot checks: what is drawn from, and what was found. Rules stay in the acts."""

from datetime import date, datetime, timedelta

from django import forms
from django.utils.translation import gettext_lazy as _

from agencies.deadlines import local_day
from agencies.models import Agency, Competence
from tasks.forms.fields import day_field
from tasks.reviewing.spot_checks import Drawing

MOST = 200


class DrawForm(forms.Form):
    """Which completed tasks to draw from, and how many."""

    title = forms.CharField(label=_("Name of the spot check"), max_length=300)
    from_on = day_field(label=_("Completed from"))
    to_on = day_field(label=_("Completed to"))
    size = forms.IntegerField(
        label=_("How many tasks"), required=False, min_value=1, max_value=MOST
    )
    percent = forms.IntegerField(
        label=_("… or which percentage"),
        required=False,
        min_value=1,
        max_value=100,
        help_text=_("Rounded up to whole tasks."),
    )
    agency = forms.ModelChoiceField(
        Agency.objects.none(), label=_("Only of the agency"), required=False, empty_label=_("all")
    )
    competence = forms.ModelChoiceField(
        Competence.objects.all(), label=_("Only of the competence"), required=False,
        empty_label=_("all"),
    )  # fmt: skip

    def __init__(self, *args, at: datetime, **kwargs) -> None:
        first, last = last_month(local_day(at))
        kwargs.setdefault("initial", {"from_on": first, "to_on": last, "percent": 10})
        super().__init__(*args, **kwargs)
        self.fields["agency"].queryset = Agency.objects.in_official_order()

    def clean(self) -> dict:
        """Ask for the number or the percentage, one of them."""
        cleaned = super().clean()
        if bool(cleaned.get("size")) == bool(cleaned.get("percent")):
            self.add_error("size", _("Give a number or a percentage, one of them."))
        return cleaned

    def drawing(self) -> Drawing:
        """Return what was typed."""
        return Drawing(**self.cleaned_data)


def last_month(day: date) -> tuple[date, date]:
    """Return the first and the last day of the month before the day's."""
    last = day.replace(day=1) - timedelta(days=1)
    return last.replace(day=1), last


class FindForm(forms.Form):
    """What the check found; the day and the superior's decision are for who reopens."""

    note = forms.CharField(
        label=_("What was found"),
        required=False,
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    due_on = day_field(
        label=_("The new last day in time"),
        required=False,
        help_text=_("Empty: the deadline stays as it was, and the task may be overdue at once."),
    )
    superior_number = forms.CharField(
        label=_("Number of the superior's decision"), required=False, max_length=60
    )
    superior_on = day_field(label=_("Date of the superior's decision"), required=False)
