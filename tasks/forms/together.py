"""The facts of an act done on many tasks: asked once, the same for every task."""

from collections.abc import Sequence

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from agencies.deadlines import local_day
from agencies.functions import Function
from agencies.models import Competence, Post
from tasks.acts import Situation
from tasks.forms import extending, handing, stopping, working
from tasks.forms.acting import ActForm
from tasks.forms.fields import AgencyField, day_field, words_field
from tasks.forms.superior import NewDayForm
from tasks.models import Task
from tasks.together import Together


class FactsForm(ActForm):
    """No facts; versions go with the tasks, not with the form."""

    version = None


class EvidenceForm(FactsForm):
    """Many reports are decided in one act only where all evidence was seen (rule 5.4)."""

    is_seen = forms.BooleanField(
        label=_("I have seen the evidence of every report in this list"),
        error_messages={"required": _("Look at the evidence first, then tick this.")},
    )


class ReportForm(working.ReportForm):
    """One result, one document for several tasks (rule 4.6)."""

    version = None


class RefuseExtensionForm(extending.RefuseExtensionForm):
    """Why they are refused."""

    version = None


class MoveDeadlineForm(extending.MoveDeadlineForm):
    """One new deadline for all."""

    version = None


class StopForm(stopping.StopForm):
    """Why, and the document that allows it."""

    version = None


class ResumeForm(stopping.ResumeForm):
    """Why the work goes on."""

    version = None


class HandOnForm(handing.HandOnForm):
    """To whom; all tasks are of one agency."""

    version = None


class ChangeLeadForm(NewDayForm):
    """The agency that takes all of them over."""

    version = None
    lead = AgencyField(label=_("New lead agency"))
    reason = words_field(label=_("Why another agency leads"))
    field_order = ("lead", "due_on", "reason", "superior_number", "superior_on")

    def __init__(self, *args, cases: Sequence[Situation] = (), **kwargs) -> None:
        super().__init__(*args, **kwargs)
        competences = {case.task.competence for case in cases}
        shared = competences.pop() if len(competences) == 1 else None
        self.fields["lead"].open_on(local_day(self.case.at), shared, None)
        self.fields["due_on"].help_text = gettext(
            "Needed where the present deadline has passed; elsewhere the present one goes along."
        )


class CorrectForm(FactsForm):
    """What is filled in is put right on every task; the rest stays as it is (rule 4.5)."""

    reason = words_field(rows=2, label=_("Why this is corrected"))
    title = forms.CharField(
        label=_("Title"),
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    text = forms.CharField(
        label=_("Full wording"), required=False, widget=forms.Textarea(attrs={"rows": 3})
    )
    product = forms.CharField(label=_("Expected product"), required=False, max_length=300)
    due_on = day_field(label=_("Deadline: the last day in time"), required=False)
    priority = forms.ChoiceField(
        label=_("Priority"), choices=[("", _("as it is")), *Task.Priority.choices], required=False
    )
    competence = forms.ModelChoiceField(
        label=_("Competence"),
        queryset=Competence.objects.all(),
        required=False,
        empty_label=_("as it is"),
    )
    supervisor = forms.ModelChoiceField(
        label=_("Supervising leader"),
        queryset=Post.objects.none(),
        required=False,
        empty_label=_("as it is"),
    )
    officer = forms.ModelChoiceField(
        label=_("Following officer"),
        queryset=Post.objects.none(),
        required=False,
        empty_label=_("as it is"),
    )

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        held = Post.objects.held_on(local_day(self.case.at)).for_display().order_by("pk")
        self.fields["supervisor"].queryset = held.with_function(Function.LEADER)
        self.fields["officer"].queryset = held.with_function(Function.OFFICER)

    def clean(self) -> dict:
        """Gather what was filled in as `changes`; a deadline takes the review day's place."""
        cleaned = super().clean()
        changes = {
            name: cleaned[name]
            for name in self.fields
            if name != "reason" and cleaned.get(name) not in (None, "")
        }
        if not changes and not self.errors:
            raise ValidationError(_("Fill in what is to be corrected."))
        if "due_on" in changes:
            changes["review_on"] = None
        return {**cleaned, "changes": changes}


FORMS: dict[str, type[ActForm]] = {
    "report": ReportForm,
    "refuse_extension": RefuseExtensionForm,
    "move_deadline": MoveDeadlineForm,
    "correct": CorrectForm,
    "change_lead": ChangeLeadForm,
    "hand_on": HandOnForm,
    "suspend": StopForm,
    "resume": ResumeForm,
    "cancel": StopForm,
}


def form_together(together: Together, cases: Sequence[Situation], data=None, files=None) -> ActForm:
    """Return the form of the facts; its hints are of the task a superior's deadline binds most."""
    kind = FORMS.get(together.code, EvidenceForm if together.reads_evidence else FactsForm)
    strictest = min(cases, key=_superior_order)
    more = {"cases": cases} if kind is ChangeLeadForm else {}
    return kind(data, files, case=strictest, auto_id=f"{together.code}-%s", **more)


def _superior_order(case: Situation) -> tuple[bool, float]:
    due_at = case.task.superior_due_at
    return (due_at is None, due_at.timestamp() if due_at else 0.0)
