"""Forms of inspections: the plan, and the facts of each act."""

from datetime import datetime

from django import forms
from django.utils.translation import gettext_lazy as _

from agencies.acting import Actor
from agencies.deadlines import local_day
from agencies.files import UploadField
from agencies.functions import Function
from agencies.models import Agency, Post
from consultations.forms.acts import ActForm, day, words
from reports.inspections.holding import Plan
from reports.inspections.table import corrects_itself, inspects_others
from reports.models import Finding, Inspection
from tasks.models import Authority


class PlanForm(forms.Form):
    """What is inspected, when and by whom; `version` is what the form was drawn from."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    kind = forms.ChoiceField(
        label=_("Kind"), choices=Inspection.Kind.choices, widget=forms.RadioSelect,
        help_text=_("The agency hears of a surprise inspection only when it begins."),
    )  # fmt: skip
    agency = forms.ModelChoiceField(Agency.objects.none(), label=_("Agency inspected"))
    subject = forms.CharField(label=_("What is inspected"), max_length=500)
    basis = forms.CharField(
        label=_("Basis"), max_length=300, required=False,
        help_text=_("For example the decision or plan it rests on."),
    )  # fmt: skip
    starts_on = day(_("From"))
    ends_on = day(_("To (last day)"))
    head = forms.ModelChoiceField(Post.objects.none(), label=_("Head of the team"))
    secretary = forms.ModelChoiceField(Post.objects.none(), label=_("Secretary"), required=False)
    members = forms.ModelMultipleChoiceField(
        Post.objects.none(), label=_("Members"), required=False,
        widget=forms.CheckboxSelectMultiple,
    )  # fmt: skip

    def __init__(self, *args, actor: Actor, at: datetime, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        agencies = Agency.objects.open_on(local_day(at)).in_official_order()
        leaders = Post.objects.with_function(Function.LEADER).values("agency")
        own = agencies.filter(pk=actor.agency_id)
        self.fields["agency"].queryset = (
            agencies.exclude(pk__in=leaders) if inspects_others(actor) else own
        )
        if not inspects_others(actor):
            self.fields["agency"].initial = actor.agency_id
        posts = Post.objects.held_on(local_day(at)).exclude(
            title__functions__overlap=[Function.ADMINISTRATOR, Function.LEADER]
        )
        if not inspects_others(actor):
            posts = posts.filter(agency=actor.agency_id)
        for name in ("head", "secretary", "members"):
            self.fields[name].queryset = posts.for_display()

    def plan(self) -> Plan:
        """Return what was typed."""
        given = {name: value for name, value in self.cleaned_data.items() if name != "version"}
        return Plan(**(given | {"members": tuple(given["members"])}))


class FindForm(ActForm):
    """One thing that was found."""

    rating = forms.ChoiceField(
        label=_("Rating"), choices=Finding.Rating.choices, widget=forms.RadioSelect
    )
    text = words(_("What was found"), rows=4)
    files = UploadField(label=_("Evidence"), multiple=True, required=False)


class ViewForm(ActForm):
    """The agency's view."""

    text = words(_("View of the agency inspected"), rows=5)

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["text"].initial = self.case.inspection.view_of_agency


class ConcludeForm(ActForm):
    """The conclusion."""

    conclusion = words(_("Conclusion"), rows=6)


class FollowUpForm(ActForm):
    """A task that follows."""

    title = forms.CharField(label=_("Task"), max_length=500)
    text = words(_("Full wording"), required=False)
    lead = forms.ModelChoiceField(Agency.objects.none(), label=_("Lead agency"))
    assigned_by = forms.ModelChoiceField(
        Authority.objects.issuers().filter(is_superior=False), label=_("Assigned by")
    )
    due_on = day(_("Last day in time"))

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        agencies = Agency.objects.open_on(local_day(self.case.at)).in_official_order()
        if corrects_itself(self.case):
            agencies = agencies.filter(pk=self.case.inspection.agency_id)
            del self.fields["assigned_by"]
        else:
            given = self.fields["assigned_by"]
            given.initial = given.queryset.first()
        self.fields["lead"].queryset = agencies
        self.fields["lead"].initial = self.case.inspection.agency_id


class CancelForm(ActForm):
    """Why."""

    reason = words(_("Reason"))


FORMS: dict[str, type[ActForm]] = {
    "start": ActForm,
    "find": FindForm,
    "give_view": ViewForm,
    "conclude": ConcludeForm,
    "follow_up": FollowUpForm,
    "cancel": CancelForm,
}
