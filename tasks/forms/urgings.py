"""Forms of urgings: which tasks and until when to report; the text of one letter."""

from datetime import datetime, time

from django import forms
from django.utils.translation import gettext_lazy as _

from agencies.deadlines import ZONE
from tasks.forms.fields import day_field
from tasks.models import UrgedTask, Urging
from tasks.urging.preparing import PARTS
from tasks.urging.wording import DAY_FIELD


class AnswerByForm(forms.Form):
    """Until which hour of which day the agencies report."""

    answer_by_on = day_field(label=_("To report before: day"))
    answer_by_time = forms.TimeField(
        label=_("Hour"),
        widget=forms.TimeInput(format="%H:%M", attrs={"type": "time", "class": "form-control"}),
    )

    @property
    def answer_by_at(self) -> datetime:
        """The instant meant."""
        day, hour = self.cleaned_data["answer_by_on"], self.cleaned_data["answer_by_time"]
        return datetime.combine(day, hour, ZONE)


def initial_of(answer_by_at: datetime) -> dict:
    """Return the two fields of an instant."""
    local = answer_by_at.astimezone(ZONE)
    return {"answer_by_on": local.date(), "answer_by_time": time(local.hour, local.minute)}


class DraftForm(AnswerByForm):
    """The tasks ticked, and until when the agencies report."""

    task = forms.TypedMultipleChoiceField(coerce=int, required=False)

    def __init__(self, *args, tasks: list[int] = (), **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["task"].choices = [(pk, pk) for pk in tasks]


def _words(label, rows: int, **kwargs) -> forms.CharField:
    widget = forms.Textarea(attrs={"rows": rows, "class": "form-control paper-words"})
    return forms.CharField(label=label, widget=widget, max_length=8000, **kwargs)


class TextForm(AnswerByForm):
    """The text of one urging and the tasks that stay on its list; `version` is the one shown."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    basis = _words(_("Basis"), 4)
    finding = _words(_("What was found"), 4)
    demands = _words(
        _("What is demanded, one demand a line"),
        9,
        help_text=_("%(field)s stands for the day to report; it is filled in from the day below.")
        % {"field": DAY_FIELD},
    )
    consequence = _words(_("What follows otherwise"), 3, required=False)
    tasks = forms.TypedMultipleChoiceField(
        label=_("Tasks on the list"), coerce=int, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args, urging: Urging, rows: list[UrgedTask], **kwargs) -> None:
        kwargs.setdefault(
            "initial",
            {
                **{part: getattr(urging, part) for part in PARTS},
                **initial_of(urging.answer_by_at),
                "tasks": [row.task_id for row in rows],
                "version": urging.version,
            },
        )
        super().__init__(*args, **kwargs)
        self.fields["tasks"].choices = [
            (row.task_id, f"{row.task.code}: {row.task.title}") for row in rows
        ]

    @property
    def text(self) -> dict[str, str]:
        """The parts as typed."""
        return {part: self.cleaned_data[part] for part in PARTS}
