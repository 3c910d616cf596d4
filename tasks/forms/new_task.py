"""A task without a directive (rule 4.6)."""

from datetime import datetime

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from agencies.deadlines import DeadlineRefused, last_day_in_time, local_day, parse_recurrence
from agencies.models import Agency, Competence
from tasks.forms.deadline import DeadlineForm
from tasks.forms.fields import AgenciesField, day_field
from tasks.models import Authority, Demand, Task


class NewTaskForm(DeadlineForm):
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
    demand = forms.ModelChoiceField(
        label=_("Below the superior's demand"),
        queryset=Demand.objects.unmet(),
        to_field_name="code",
        required=False,
        help_text=_("Its deadline binds the task."),
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
    recurrence = forms.CharField(
        label=_("… or again each period"),
        required=False,
        max_length=200,
        help_text=_("For example: trước ngày 20 hằng tháng. A task opens each period by itself."),
    )
    product = forms.CharField(label=_("Expected product"), required=False, max_length=300)
    priority = forms.ChoiceField(label=_("Priority"), choices=Task.Priority.choices)
    coordinating = AgenciesField(label=_("Coordinating agencies"))

    def __init__(self, *args, at: datetime, **kwargs) -> None:
        super().__init__(*args, start=local_day(at), passed_at=at, **kwargs)
        today = local_day(at)
        self.fields["lead"].queryset = Agency.objects.open_on(today).in_official_order()
        self.fields["coordinating"].open_on(today)

    def clean(self) -> dict:
        """Reckon the deadline; what comes again each period has none of its own (rule 5.10)."""
        cleaned = super().clean()
        if cleaned.get("recurrence"):
            self._check_recurrence(cleaned["recurrence"])
        return cleaned

    def _check_recurrence(self, text: str) -> None:
        cleaned = self.cleaned_data
        if cleaned.get("due_on") or cleaned.get("deadline_text") or cleaned.get("demand"):
            self.add_error("recurrence", _("Give one deadline or a recurrence, not both."))
            return
        try:
            parse_recurrence(text)
        except DeadlineRefused as refused:
            self.add_error("recurrence", gettext(refused.message) % refused.params)

    def facts(self) -> dict:
        """Return what `tasks.lifecycle.assign` takes."""
        unlike = ("due_on", "recurrence")
        facts = {name: self.cleaned_data[name] for name in self.fields if name not in unlike}
        return facts | self.reckoned()

    def recurring_facts(self) -> dict:
        """Return what `tasks.recurring.acts.begin` takes besides the lead."""
        unlike = ("due_on", "deadline_text", "demand", "lead", "recurrence")
        facts = {name: self.cleaned_data[name] for name in self.fields if name not in unlike}
        return {**facts, "rule_text": self.cleaned_data["recurrence"]}


def below_demand(demand: Demand) -> dict:
    """Return what the form of a task below a superior's demand begins with (rule 4.1)."""
    directive = demand.directive
    return {
        "demand": demand.code,
        "title": demand.title,
        "text": demand.text,
        "product": demand.product,
        "source": _("%(symbol)s of %(day)s, %(issuer)s")
        % {
            "symbol": directive.symbol,
            "day": f"{directive.issued_on:%d/%m/%Y}",
            "issuer": directive.issuer,
        },
        "due_on": last_day_in_time(demand.due_at),
    }
