"""Forms of the main path: progress, the report of completion, sending it back."""

from django import forms
from django.utils.translation import gettext_lazy as _

from agencies.files import UploadField
from tasks.forms.acting import ActForm


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
