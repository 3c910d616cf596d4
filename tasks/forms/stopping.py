"""Forms of suspending, resuming, cancelling and reopening (rules 5.2, 5.7)."""

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from agencies.files import UploadField
from tasks.forms.acting import ActForm
from tasks.forms.fields import words_field
from tasks.forms.superior import NewDayForm
from tasks.lifecycle.limits import is_used_up


class StopForm(ActForm):
    """Why the work stops, and the document that allows it."""

    reason = words_field(label=_("Reason"))
    document_number = forms.CharField(
        label=_("Number of the document that allows it"), required=False, max_length=60
    )
    files = UploadField(
        label=_("Its file"),
        multiple=True,
        required=False,
        help_text=_("The number or the file is needed."),
    )


class ResumeForm(ActForm):
    """Why the work goes on."""

    reason = words_field(label=_("Why the work goes on"))


class ReopenForm(NewDayForm):
    """Why the task is opened again, and its new day where the old one has passed."""

    reason = words_field(label=_("Why the task is opened again"))
    field_order = ("reason", "due_on", "superior_number", "superior_on")

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        if is_used_up(self.case.task.due_at, self.case):
            self.fields["due_on"].help_text = gettext(
                "Without a new day the task counts as overdue by its present one."
            )
