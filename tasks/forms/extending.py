"""Forms of deadlines: asking for a later day, granting another, refusing, changing (5.6)."""

from datetime import timedelta

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from agencies.deadlines import last_day_in_time, local_day, spoken
from agencies.files import UploadField
from tasks.forms.acting import ActForm
from tasks.forms.fields import day_field
from tasks.forms.superior import SuperiorForm

ONE_DAY = timedelta(days=1)


class AskExtensionForm(ActForm):
    """The new day and why."""

    due_on = day_field(label=_("New deadline: the last day in time"))
    reason = forms.CharField(
        label=_("Why more time is needed"),
        help_text=_("What hinders, and why the work will be done by the new day."),
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=4000,
    )
    files = UploadField(label=_("Files"), multiple=True, required=False)

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        due_at = self.case.task.due_at
        if due_at is None:
            return
        first = max(last_day_in_time(due_at), local_day(self.case.at)) + ONE_DAY
        self.fields["due_on"].widget.attrs["min"] = first.isoformat()
        self.fields["due_on"].help_text = gettext("The deadline now is %(day)s.") % {
            "day": spoken(due_at)
        }


class GrantOtherDayForm(SuperiorForm):
    """The day granted and why it is another."""

    due_on = day_field(label=_("Deadline granted: the last day in time"))
    answer = forms.CharField(
        label=_("Why this day"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        max_length=4000,
    )

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        waiting = self.case.waiting_extension
        if waiting is not None:
            self.fields["due_on"].help_text = gettext("Asked for: %(day)s.") % {
                "day": spoken(waiting.asked_due_at)
            }


class RefuseExtensionForm(ActForm):
    """Why the extension is refused."""

    answer = forms.CharField(
        label=_("Why it is refused"), widget=forms.Textarea(attrs={"rows": 3}), max_length=4000
    )


class MoveDeadlineForm(SuperiorForm):
    """The new deadline and why it changes."""

    due_on = day_field(label=_("New deadline: the last day in time"))
    reason = forms.CharField(
        label=_("Why the deadline changes"),
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=4000,
    )
