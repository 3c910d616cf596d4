"""Forms of periodic reports. Rules stay in the acts."""

from django import forms
from django.utils.translation import gettext_lazy as _

from reports.narrative import LONGEST
from reports.paragraphs import LABELS, PARAGRAPHS
from tasks.forms.fields import day_field


class NarrativeForm(forms.Form):
    """The paragraphs of a report; figures are fields in braces."""

    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        for name in PARAGRAPHS:
            self.fields[name] = forms.CharField(
                label=LABELS[name],
                required=False,
                max_length=LONGEST,
                widget=forms.Textarea(attrs={"rows": 3}),
            )


class AskForm(forms.Form):
    """From which day to which a report is wanted."""

    first_day = day_field(label=_("From day"))
    last_day = day_field(label=_("To the end of day"))
