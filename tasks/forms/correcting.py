"""The form of a correction, filled with what stands now (rule 4.5)."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from agencies.deadlines import local_day
from agencies.differences import Difference
from agencies.functions import Function
from agencies.models import Competence, Post
from tasks.forms.acting import ActForm
from tasks.forms.fields import AgenciesField, day_field, words_field
from tasks.lifecycle.correcting import differs, in_words, present_values
from tasks.models import Authority, Task


class CorrectForm(ActForm):
    """What is wrong is overwritten; each field carries what it was drawn with, so that only what
    this person changed is written, whatever somebody else saved meanwhile (rule 5.14).
    """

    title = forms.CharField(
        label=_("Title"), max_length=500, widget=forms.Textarea(attrs={"rows": 2})
    )
    text = forms.CharField(
        label=_("Full wording"), required=False, widget=forms.Textarea(attrs={"rows": 4})
    )
    product = forms.CharField(label=_("Expected product"), required=False, max_length=300)
    clause = forms.CharField(label=_("Clause"), required=False, max_length=40)
    due_on = day_field(
        label=_("Deadline"),
        required=False,
        help_text=_("The last day in time. The original deadline stays on record."),
    )
    review_on = day_field(
        label=_("Review day"), required=False, help_text=_("When there is no deadline.")
    )
    priority = forms.ChoiceField(label=_("Priority"), choices=Task.Priority.choices)
    competence = forms.ModelChoiceField(
        label=_("Competence"), queryset=Competence.objects.all(), required=False
    )
    assigned_by = forms.ModelChoiceField(label=_("Assigned by"), queryset=Authority.objects.all())
    supervisor = forms.ModelChoiceField(
        label=_("Supervising leader"), queryset=Post.objects.none(), required=False
    )
    officer = forms.ModelChoiceField(
        label=_("Following officer"), queryset=Post.objects.none(), required=False
    )
    responsible = forms.ModelChoiceField(
        label=_("Responsible person"), queryset=Post.objects.none(), required=False
    )
    coordinating = AgenciesField(
        label=_("Coordinating agencies"), template_name="tasks/_picker.html"
    )

    reason = words_field(rows=2, label=_("Why this is corrected"))
    fields_template = "tasks/_task_correct_fields.html"

    def __init__(self, *args, case, initial: dict, **kwargs) -> None:
        self.present = present_values(case.task)
        super().__init__(*args, case=case, initial={**self.present, **initial}, **kwargs)
        day = local_day(case.at)
        held = Post.objects.held_on(day)
        offered = {
            "supervisor": held.with_function(Function.LEADER),
            "officer": held.with_function(Function.OFFICER),
            "responsible": held.filter(agency=case.task.lead),
        }
        for name, posts in offered.items():
            also = Post.objects.filter(pk=getattr(case.task, f"{name}_id"))
            self.fields[name].queryset = (posts | also).for_display().order_by("pk")
        self.fields["coordinating"].open_on(day, *(one.pk for one in self.present["coordinating"]))
        for name in self.present:
            self.fields[name].show_hidden_initial = True

    def clean_text(self) -> str:
        """Browsers send lines with two characters at the end; one is kept."""
        return self.cleaned_data["text"].replace("\r\n", "\n")

    def clean_coordinating(self) -> list:
        """Agencies as a list."""
        return list(self.cleaned_data["coordinating"])

    def clean(self) -> dict:
        """Gather what this person changed as `changes`."""
        cleaned = super().clean()
        touched = set(self.changed_data)
        cleaned["changes"] = {
            name: cleaned[name] for name in self.present if name in touched and name in cleaned
        }
        return cleaned

    def put_on_top_of(self, task: Task) -> None:
        """Keep what was typed, show what somebody else changed, and take the rest as it now is."""
        touched, drawn = set(self.changed_data), self._drawn_with()
        super().put_on_top_of(task)
        self.present = present_values(task)
        self.differences = [
            Difference(str(self.fields[name].label), in_words(name, stored), in_words(name, typed))
            for name, stored in self.present.items()
            if name in touched and differs(stored, drawn[name])
            for typed in [self.cleaned_data.get(name)]
        ]
        for name, stored in self.present.items():
            self._put(self.add_initial_prefix(name), name, stored)
            if name not in touched:
                self._put(self.add_prefix(name), name, stored)

    def _drawn_with(self) -> dict[str, Any]:
        """Return the values the form was drawn with, as its hidden fields say."""
        drawn = {}
        for name in self.present:
            field = self.fields[name]
            value = self._widget_data_value(field.hidden_widget(), self.add_initial_prefix(name))
            drawn[name] = field.to_python(value)
        drawn["coordinating"] = list(drawn["coordinating"])
        return drawn

    def _put(self, key: str, name: str, value: Any) -> None:
        value = self.fields[name].prepare_value(value)
        if isinstance(value, list):
            self.data.setlist(key, [str(one) for one in value])
        else:
            self.data[key] = "" if value is None else str(value)
