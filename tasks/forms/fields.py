"""Fields the forms of this floor share: a day, any number of agencies or groups."""

from datetime import date

from django import forms
from django.forms.models import ModelChoiceIterator

from agencies.models import Agency, AgencyGroup


def day_field(**kwargs) -> forms.DateField:
    """A day, typed or picked; browsers exchange it in ISO."""
    widget = forms.DateInput(format="%Y-%m-%d", attrs={"type": "date", "class": "form-control"})
    formats = ["%Y-%m-%d", "%d/%m/%Y", "%d-%m-%Y", "%d.%m.%Y"]
    return forms.DateField(widget=widget, input_formats=formats, **kwargs)


class _ByKind(ModelChoiceIterator):
    """Agencies under the name of their kind, in official order."""

    def __iter__(self):
        groups: dict[str, list] = {}
        for agency in self.queryset:
            groups.setdefault(agency.kind.name, []).append(self.choice(agency))
        yield from groups.items()


class AgenciesField(forms.ModelMultipleChoiceField):
    """Any number of agencies, ticked in a list by kind."""

    iterator = _ByKind
    widget = forms.CheckboxSelectMultiple

    def __init__(self, **kwargs) -> None:
        super().__init__(queryset=Agency.objects.none(), required=False, **kwargs)

    def open_on(self, day: date, *also: int) -> None:
        """Offer the agencies open on the day, and those chosen before."""
        rows = Agency.objects.open_on(day) | Agency.objects.filter(pk__in=also)
        self.queryset = rows.distinct().in_official_order().select_related("kind")


class GroupsField(forms.ModelMultipleChoiceField):
    """Any number of groups."""

    widget = forms.CheckboxSelectMultiple

    def __init__(self, **kwargs) -> None:
        super().__init__(queryset=AgencyGroup.objects.all(), required=False, **kwargs)
