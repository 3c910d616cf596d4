"""Fields the forms of this floor share: a day, words, one agency, several, groups."""

from datetime import date

from django import forms
from django.db.models import Exists, OuterRef
from django.forms.models import ModelChoiceIterator
from django.utils.translation import gettext as _

from agencies.models import Agency, AgencyCompetence, AgencyGroup, Competence


def day_field(**kwargs) -> forms.DateField:
    """A day, typed or picked; browsers exchange it in ISO."""
    widget = forms.DateInput(format="%Y-%m-%d", attrs={"type": "date", "class": "form-control"})
    formats = ["%Y-%m-%d", "%d/%m/%Y", "%d-%m-%Y", "%d.%m.%Y"]
    return forms.DateField(widget=widget, input_formats=formats, **kwargs)


def words_field(rows: int = 3, **kwargs) -> forms.CharField:
    """A few sentences."""
    widget = forms.Textarea(attrs={"rows": rows})
    return forms.CharField(widget=widget, max_length=4000, **kwargs)


class _CompetentFirst(ModelChoiceIterator):
    """Agencies competent for the work, then the others, each under its own name."""

    def __iter__(self):
        if self.field.empty_label is not None:
            yield ("", self.field.empty_label)
        groups: dict[bool, list] = {True: [], False: []}
        for agency in self.queryset:
            groups[agency.is_competent].append(self.choice(agency))
        if not groups[True]:
            yield from groups[False]
            return
        yield (
            _("Competent for: %(competence)s") % {"competence": self.field.competence},
            groups[True],
        )
        yield _("Others"), groups[False]


class AgencyField(forms.ModelChoiceField):
    """One agency, those competent for the work first (rule 5.3)."""

    iterator = _CompetentFirst

    def __init__(self, **kwargs) -> None:
        super().__init__(queryset=Agency.objects.none(), **kwargs)
        self.competence: Competence | None = None

    def open_on(self, day: date, competence: Competence | None, but: Agency | None) -> None:
        """Offer the agencies open on the day but one."""
        self.competence = competence
        register = AgencyCompetence.objects.filter(agency=OuterRef("pk"), competence=competence)
        rows = Agency.objects.open_on(day).exclude(pk=but and but.pk).in_official_order()
        self.queryset = rows.annotate(is_competent=Exists(register))


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
