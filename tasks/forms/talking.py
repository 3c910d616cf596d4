"""The form of a message in a task's exchange (rule 5.12)."""

from django import forms
from django.utils.translation import gettext_lazy as _

from agencies.files import UploadField
from tasks.forms.acting import ActForm


class WriteForm(ActForm):
    """A few words to the other side."""

    text = forms.CharField(
        label=_("Your message"), widget=forms.Textarea(attrs={"rows": 2}), max_length=2000
    )
    files = UploadField(label=_("Files"), multiple=True, required=False)
