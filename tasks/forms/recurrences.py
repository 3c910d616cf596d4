"""Forms of recurring tasks: the end, and the change that begins another rule."""

from datetime import date

from django import forms
from django.utils.translation import gettext_lazy as _

from agencies.models import Agency
from tasks.forms.fields import day_field
from tasks.models import Recurrence


class EndForm(forms.Form):
    """The last day, and why."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    ends_on = day_field(
        label=_("Last day"), help_text=_("No task opens after it; what is open goes on.")
    )
    reason = forms.CharField(
        label=_("Reason"), max_length=2000, widget=forms.Textarea(attrs={"rows": 3})
    )

    def __init__(self, *args, recurrence: Recurrence, day: date, **kwargs) -> None:
        super().__init__(*args, initial={"version": recurrence.version, "ends_on": day}, **kwargs)

    def facts(self) -> dict:
        """Return what the act takes."""
        return self.cleaned_data


class ChangeForm(forms.Form):
    """The new rule or lead, from which day, and why."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    rule_text = forms.CharField(
        label=_("Recurrence"), max_length=200,
        help_text=_("For example: trước ngày 20 hằng tháng; thứ Sáu hằng tuần; hằng quý."),
    )  # fmt: skip
    lead = forms.ModelChoiceField(label=_("Lead agency"), queryset=Agency.objects.none())
    from_on = day_field(
        label=_("From"), help_text=_("The period that is open already keeps the old rule.")
    )
    reason = forms.CharField(
        label=_("Reason"), max_length=2000, widget=forms.Textarea(attrs={"rows": 3})
    )

    def __init__(self, *args, recurrence: Recurrence, day: date, **kwargs) -> None:
        initial = {
            "version": recurrence.version,
            "rule_text": recurrence.rule_text,
            "lead": recurrence.lead_id,
            "from_on": day,
        }
        super().__init__(*args, initial=initial, **kwargs)
        self.fields["lead"].queryset = Agency.objects.open_on(day).in_official_order()

    def facts(self) -> dict:
        """Return what the act takes."""
        return self.cleaned_data
