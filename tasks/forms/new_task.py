"""A task without a directive (rule 4.6)."""

from datetime import date, datetime

from django import forms
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from agencies.deadlines import Deadline, DeadlineRefused, by_day, local_day, parse
from agencies.models import Agency, CalendarDay, Competence
from tasks.forms.fields import AgenciesField, day_field
from tasks.models import Authority, Task


class NewTaskForm(forms.Form):
    """A task without a directive: its source is named (rule 4.6)."""

    title = forms.CharField(label=_("Title"), max_length=500)
    text = forms.CharField(
        label=_("Full wording"), required=False, widget=forms.Textarea(attrs={"rows": 4})
    )
    source = forms.CharField(
        label=_("Where it comes from"),
        help_text=_("A meeting, an order by telephone …, with its day."),
        max_length=300,
    )
    assigned_by = forms.ModelChoiceField(label=_("Assigned by"), queryset=Authority.objects.all())
    lead = forms.ModelChoiceField(label=_("Lead agency"), queryset=Agency.objects.none())
    competence = forms.ModelChoiceField(
        label=_("Competence"), queryset=Competence.objects.all(), required=False
    )
    due_on = day_field(
        label=_("Deadline: the last day in time"),
        required=False,
        help_text=_("Without a deadline the task gets a review day at the end of the month."),
    )
    deadline_text = forms.CharField(
        label=_("… or as a term"),
        required=False,
        max_length=300,
        help_text=_("For example: 05 ngày làm việc; trước ngày 20/12/2026."),
    )
    product = forms.CharField(label=_("Expected product"), required=False, max_length=300)
    priority = forms.ChoiceField(label=_("Priority"), choices=Task.Priority.choices)
    coordinating = AgenciesField(label=_("Coordinating agencies"))

    def __init__(self, *args, at: datetime, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.at = at
        self.deadline: Deadline | None = None
        today = local_day(at)
        self.fields["lead"].queryset = Agency.objects.open_on(today).in_official_order()
        self.fields["coordinating"].open_on(today)

    def clean(self) -> dict:
        """Reckon the deadline, from a day or from an expression, and refuse one that has passed."""
        cleaned = super().clean()
        day, text = cleaned.get("due_on"), cleaned.get("deadline_text", "").strip()
        if day and text:
            self.add_error("deadline_text", _("Give the day or the term, not both."))
        elif day or text:
            self.deadline = self._reckoned("due_on" if day else "deadline_text", day or text)
        return cleaned

    def _reckoned(self, field: str, given: date | str) -> Deadline | None:
        calendar, start = CalendarDay.objects.calendar(), local_day(self.at)
        try:
            reckon = by_day if isinstance(given, date) else parse
            deadline = reckon(given, start, calendar)
        except DeadlineRefused as refused:
            self.add_error(field, _now(refused.message) % refused.params)
            return None
        if deadline.due_at <= self.at:
            self.add_error(field, _("This deadline has passed already."))
            return None
        return deadline

    def facts(self) -> dict:
        """Return what `tasks.lifecycle.assign` takes."""
        facts = {name: self.cleaned_data[name] for name in self.fields if name != "due_on"}
        if self.deadline is not None:
            facts["due_at"] = self.deadline.due_at
            facts["arithmetic"] = self.deadline.to_json()
        return facts
