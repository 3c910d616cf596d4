"""Forms of superiors' demands: noting, correcting, moving by the superior, closing (rule 4.1)."""

from django import forms
from django.utils.translation import gettext_lazy as _

from agencies.files import UploadField
from tasks.demands.keeping import Wording
from tasks.forms.deadline import DeadlineForm
from tasks.forms.fields import day_field
from tasks.models import Demand, Directive


class WordingForm(forms.Form):
    """What is demanded, in words."""

    title = forms.CharField(
        label=_("What is demanded"), max_length=500, widget=forms.Textarea(attrs={"rows": 2})
    )
    clause = forms.CharField(label=_("Clause"), required=False, max_length=40)
    product = forms.CharField(
        label=_("Expected product"),
        required=False,
        max_length=300,
        help_text=_("For example: a report to the city."),
    )
    text = forms.CharField(
        label=_("Full wording"), required=False, widget=forms.Textarea(attrs={"rows": 3})
    )

    def wording(self) -> Wording:
        """Return what was typed."""
        names = ("title", "text", "clause", "product")
        return Wording(**{name: self.cleaned_data[name] for name in names})


class NoteDemandForm(WordingForm, DeadlineForm):
    """A new demand: its day as the directive gives it, counted from the directive's date."""

    due_on = day_field(label=_("Superior's deadline: the last day in time"), required=False)
    deadline_text = forms.CharField(
        label=_("… or as written"),
        required=False,
        max_length=300,
        help_text=_("For example: trước 16 giờ 00 ngày 20/12/2026; 05 ngày làm việc."),
    )

    def __init__(self, *args, directive: Directive, **kwargs) -> None:
        super().__init__(*args, start=directive.issued_on, **kwargs)

    def clean(self) -> dict:
        """A demand always has its day."""
        cleaned = super().clean()
        if not self.errors and self.deadline is None:
            self.add_error("due_on", _("Give the superior's day."))
        return cleaned


class VersionForm(forms.Form):
    """The version of the demand the form was drawn from (rule 5.14)."""

    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args, demand: Demand, **kwargs) -> None:
        initial = {"version": demand.version} | self.initial_of(demand)
        super().__init__(*args, initial=initial, **kwargs)

    def initial_of(self, demand: Demand) -> dict:
        """Return what the form begins with."""
        return {}


class CorrectDemandForm(VersionForm, WordingForm):
    """The wording, to be put right."""

    def initial_of(self, demand: Demand) -> dict:
        """Return the wording as it stands."""
        return {name: getattr(demand, name) for name in ("title", "text", "clause", "product")}

    def facts(self) -> dict:
        """Return what the act takes."""
        return {"wording": self.wording()}


class MoveDemandForm(VersionForm):
    """The superior's new day and the decision that set it."""

    due_on = day_field(label=_("New deadline: the last day in time"))
    superior_number = forms.CharField(label=_("Number of the superior's decision"), max_length=60)
    superior_on = day_field(label=_("Date of the superior's decision"))

    def facts(self) -> dict:
        """Return what the act takes."""
        return {name: self.cleaned_data[name] for name in self.fields if name != "version"}


class CloseDemandForm(VersionForm):
    """The document that answers the superior."""

    document_number = forms.CharField(
        label=_("Number of the closing document"),
        max_length=60,
        widget=forms.TextInput(attrs={"placeholder": "215/BC-UBND"}),
    )
    document_on = day_field(label=_("Date of the closing document"))
    files = UploadField(label=_("File of the document"), multiple=True, required=False)

    def facts(self) -> dict:
        """Return what the act takes."""
        return {name: self.cleaned_data[name] for name in self.fields if name != "version"}
