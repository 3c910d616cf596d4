"""Time to answer: in words, or as a day with or without an hour; one deadline of the two."""

from datetime import datetime

from django import forms
from django.utils.translation import gettext_lazy as _

from agencies.deadlines import ZONE
from agencies.forms import conditional


def day_field(label, *, required: bool = False) -> forms.DateField:
    """Return a day; browsers exchange it in ISO (traps.md)."""
    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    return forms.DateField(label=label, widget=widget, required=required)


class DueForm(forms.Form):
    """Cleans to `deadline`: words, a day or an instant, as `consultations.terms.reckon` takes."""

    ORDER = ("due", "due_on", "due_hour")

    due = conditional(
        forms.CharField(
            label=_("Time to answer"),
            max_length=200,
            required=False,
            help_text=_("In words: “05 ngày làm việc”, “trước 16 giờ 00 ngày 30/11/2026”."),
        )
    )
    due_on = conditional(day_field(_("or until the end of the day")))
    due_hour = forms.TimeField(
        label=_("at the hour"),
        required=False,
        widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
    )

    def clean(self) -> dict:
        """Make one deadline of the words or the day and hour."""
        cleaned = super().clean()
        words, day = (cleaned.get("due") or "").strip(), cleaned.get("due_on")
        hour = cleaned.get("due_hour")
        if words and day:
            self.add_error("due", _("Give either the time in words or a day, not both."))
        elif not words and not day and not {"due", "due_on"} & self.errors.keys():
            self.add_error("due", _("Give the time to answer, in words or as a day."))
        if day and hour:
            day = datetime.combine(day, hour, ZONE)
        cleaned["deadline"] = words or day
        return cleaned
