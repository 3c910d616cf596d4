"""Forms of acts on tasks and of a task without a directive. Rules stay in the acts."""

from datetime import date, datetime

from django import forms
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from agencies.deadlines import Deadline, DeadlineRefused, by_day, local_day, parse
from agencies.files import UploadField
from agencies.models import Agency, CalendarDay, Competence
from tasks.forms_directives import AgenciesField, day_field
from tasks.models import Authority, Task


class ActForm(forms.Form):
    """The facts of one act, and the version of the task the form was drawn from (rule 5.14)."""

    version = forms.IntegerField(widget=forms.HiddenInput)


class ProgressForm(ActForm):
    """What was done, how far the work is, with what evidence."""

    text = forms.CharField(
        label=_("What was done"),
        help_text=_("If nothing is new, say why."),
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=4000,
    )
    percent = forms.IntegerField(label=_("Percent done"), min_value=0, max_value=100)
    document_number = forms.CharField(
        label=_("Number of the resulting document"), required=False, max_length=60
    )
    files = UploadField(label=_("Files"), multiple=True, required=False)


class ReportForm(ActForm):
    """The result with at least one evidence (rule 5.4)."""

    result = forms.CharField(
        label=_("Result"), widget=forms.Textarea(attrs={"rows": 4}), max_length=8000
    )
    files = UploadField(
        label=_("Files of evidence"),
        multiple=True,
        required=False,
        help_text=_("At least one file, or the number of the resulting document."),
    )
    document_number = forms.CharField(
        label=_("Number of the resulting document"), required=False, max_length=60
    )


class SendBackForm(ActForm):
    """Why the report goes back."""

    reason = forms.CharField(
        label=_("What is missing"), widget=forms.Textarea(attrs={"rows": 3}), max_length=4000
    )
    lacks_evidence = forms.BooleanField(
        label=_("The report had no evidence"),
        required=False,
        help_text=_("The working time is then not given back."),
    )


FORMS: dict[str, type[ActForm]] = {
    "progress": ProgressForm,
    "report": ReportForm,
    "send_back": SendBackForm,
}


def form_of(code: str, task: Task, data=None, files=None) -> ActForm:
    """Return the form of an act on a task; its ids carry the act, as a page shows several."""
    initial = {"version": task.version, "percent": task.percent}
    return FORMS.get(code, ActForm)(data, files, initial=initial, auto_id=f"{code}-%s")


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
