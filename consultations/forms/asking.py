"""The form of asking: what a requester states, and the numbered questions (rule 6.1)."""

from datetime import datetime

from django import forms
from django.utils.translation import gettext_lazy as _

from agencies.acting import Actor
from agencies.deadlines import local_day
from agencies.directory import LEADERS
from agencies.files import UploadField
from agencies.models import Agency, AgencyGroup, Competence
from consultations.forms.due import DueForm, day_field
from consultations.lifecycle import Asked
from consultations.models import Consultation, Dossier
from tasks.models import Task

MOST_QUESTIONS = 50


class AskForm(DueForm):
    """What a requester states (rule 6.1), without the questions."""

    field_order = ["title", "provision", "background", "groups", "agencies", *DueForm.ORDER]

    title = forms.CharField(label=_("What it is about"), max_length=300)
    provision = forms.CharField(
        label=_("The provision that requires asking"),
        max_length=300,
        help_text=_("For example: article 19 of the working regulation."),
    )
    background = forms.CharField(
        label=_("Background"), required=False, widget=forms.Textarea(attrs={"rows": 4})
    )
    groups = forms.ModelMultipleChoiceField(
        AgencyGroup.objects.none(), label=_("Groups of agencies"), required=False
    )
    agencies = forms.ModelMultipleChoiceField(
        Agency.objects.none(), label=_("Agencies"), required=False
    )
    urgent = forms.BooleanField(label=_("Urgent"), required=False)
    urgent_reason = forms.CharField(label=_("Why it is urgent"), max_length=300, required=False)
    express_consent = forms.CharField(
        label=_("Provision that needs express consent"),
        max_length=300,
        required=False,
        help_text=_("If sector law needs express consent, silence is no agreement."),
    )
    competences = forms.ModelMultipleChoiceField(
        Competence.objects.all(),
        label=_("Competences concerned"),
        required=False,
        help_text=_("An agency outside them is asked only with a reason."),
    )
    why = forms.CharField(
        label=_("Why agencies outside these competences are asked"),
        max_length=300,
        required=False,
    )
    previous = forms.CharField(label=_("Earlier round (code)"), max_length=20, required=False)
    task = forms.CharField(label=_("For the task (code)"), max_length=20, required=False)
    dossier = forms.CharField(label=_("For the dossier (code)"), max_length=20, required=False)
    issues_letter = forms.BooleanField(
        label=_("Issue the letter here, with the next number of a series"),
        required=False,
        help_text=_("The letter is drafted and signed with this request; the clerk numbers it."),
    )
    series = forms.CharField(label=_("Series"), max_length=40, required=False)
    document_number = forms.CharField(
        label=_("Number of the letter"), max_length=60, required=False
    )
    document_on = day_field(_("Date of the letter"))
    signer = forms.CharField(label=_("Signer"), max_length=150, required=False)
    signed = UploadField(label=_("The signed letter"), multiple=True, required=False)
    files = UploadField(label=_("Documents"), multiple=True, required=False)

    def __init__(self, *args, actor: Actor, at: datetime, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.actor = actor
        day = local_day(at)
        self.fields["groups"].queryset = AgencyGroup.objects.prefetch_related("kinds")
        self.fields["agencies"].queryset = (
            Agency.objects.open_on(day)
            .exclude(code=LEADERS)
            .exclude(pk=actor.agency_id)
            .select_related("kind")
            .in_official_order()
        )

    def clean_task(self) -> Task | None:
        """Return the task of that code, among those the actor sees."""
        code = self.cleaned_data["task"].strip()
        if not code:
            return None
        task = Task.objects.visible_to(self.actor).filter(code__iexact=code).first()
        if task is None:
            raise forms.ValidationError(_("There is no task %(code)s.") % {"code": code})
        return task

    def clean_dossier(self) -> Dossier | None:
        """Return the dossier of that code, among one's own agency's."""
        code = self.cleaned_data["dossier"].strip()
        if not code:
            return None
        found = Dossier.objects.filter(agency=self.actor.agency_id, code__iexact=code).first()
        if found is None:
            raise forms.ValidationError(_("Your agency has no dossier %(code)s.") % {"code": code})
        return found

    def clean_previous(self) -> Consultation | None:
        """Return the earlier round of that code, among those one's own agency asked."""
        code = self.cleaned_data["previous"].strip()
        if not code:
            return None
        asked = Consultation.objects.filter(requester=self.actor.agency_id, code__iexact=code)
        found = asked.first()
        if found is None:
            raise forms.ValidationError(_("Your agency asked no %(code)s.") % {"code": code})
        return found

    def clean(self) -> dict:
        """Choose at least one agency; the letter is issued here or was signed elsewhere; the
        deadline is made by `DueForm`.
        """
        cleaned = super().clean()
        if cleaned.get("issues_letter") and cleaned.get("document_number"):
            self.add_error(
                "document_number", _("A letter issued here gets its number from the clerk.")
            )
        if cleaned.get("issues_letter") and not cleaned.get("series", "").strip():
            self.add_error("series", _("Name the series the letter takes its number from."))
        if not cleaned.get("agencies") and not cleaned.get("groups"):
            self.add_error("agencies", _("Choose at least one agency to ask."))
        return cleaned

    def facts(self) -> dict:
        """Return the keyword arguments of the act `ask`, without the questions."""
        data = self.cleaned_data
        return {
            "title": data["title"],
            "provision": data["provision"],
            "background": data["background"],
            "agencies": [*data["groups"], *data["agencies"]],
            "due": data["deadline"],
            "urgent": data["urgent"],
            "reason": data["urgent_reason"],
            "express_consent": data["express_consent"],
            "competences": data["competences"],
            "why": data["why"],
            "previous": data["previous"],
            "task": data["task"],
            "dossier": data["dossier"],
            "series": data["series"].strip() if data["issues_letter"] else "",
            "document_number": data["document_number"],
            "document_on": data["document_on"],
            "signer": data["signer"],
            "signed": data["signed"],
            "files": data["files"],
        }


class QuestionForm(forms.Form):
    """One numbered question; an empty one is left out."""

    text = forms.CharField(
        label=_("Question"), required=False, widget=forms.Textarea(attrs={"rows": 2})
    )
    is_minor = forms.BooleanField(label=_("Not a principal question"), required=False)
    minor_reason = forms.CharField(
        label=_("Why it is not principal"), max_length=300, required=False
    )

    def clean(self) -> dict:
        """A question that is not principal says why."""
        cleaned = super().clean()
        if cleaned.get("text") and cleaned.get("is_minor") and not cleaned.get("minor_reason"):
            self.add_error("minor_reason", _("Say why a question is not principal."))
        return cleaned

    @property
    def asked(self) -> Asked | None:
        """The question as the act takes it, or None when the form was left empty."""
        data = self.cleaned_data
        if not data.get("text"):
            return None
        return Asked(data["text"], not data["is_minor"], data["minor_reason"])


class QuestionFormSet(forms.BaseFormSet):
    """The numbered questions, at least one."""

    def clean(self) -> None:
        """Ask at least one question."""
        if not any(self.errors) and not self.asked:
            raise forms.ValidationError(_("Ask at least one question."))

    @property
    def asked(self) -> list[Asked]:
        """The questions that were written, in order."""
        return [form.asked for form in self.forms if form.asked]


Questions = forms.formset_factory(
    QuestionForm,
    formset=QuestionFormSet,
    extra=2,
    max_num=MOST_QUESTIONS,
    absolute_max=MOST_QUESTIONS,
)
