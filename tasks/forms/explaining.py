"""The form by which a lead says why its task is overdue, and until when (rule 5.12)."""

from django import forms
from django.utils.translation import gettext_lazy as _

from tasks.forms.acting import ActForm
from tasks.forms.fields import day_field


class ExplainForm(ActForm):
    """The cause, the commitment, what is needed."""

    cause = forms.CharField(
        label=_("Cause of the delay"),
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=4000,
        help_text=_("It stands in lists and in the periodic report, beside your agency's name."),
    )
    commitment_on = day_field(label=_("You commit to finish by the end of"))
    needs = forms.CharField(
        label=_("What you need for it"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        max_length=2000,
    )
