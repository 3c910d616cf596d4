"""Forms of dossiers: the heading with its links, and the acts of the table (domain 7)."""

from django import forms
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from agencies.acting import Actor
from agencies.deadlines import local_day
from agencies.files import UploadField
from agencies.forms import conditional
from agencies.functions import Function
from agencies.models import Competence, Post
from consultations.blocking import differing
from consultations.forms.acts import ActForm, ReasonForm, day, words, yes_or_no
from consultations.lifecycle.dossiers import Checked
from consultations.models import (
    ChecklistItem,
    Consultation,
    Dossier,
    DossierDraft,
    Opinion,
    ReturnCode,
)
from tasks.models import Task
from tasks.states import OPEN


class HeadingForm(forms.Form):
    """What a dossier is about, to whom it goes, what it serves; `version` is what was opened."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    title = forms.CharField(label=_("What is submitted"), max_length=500)
    recipient = forms.ChoiceField(
        label=_("Submitted to"), choices=Dossier.Recipient.choices, widget=forms.RadioSelect
    )
    leader = forms.ModelChoiceField(
        Post.objects.none(), label=_("Leader who decides"), required=False
    )
    competence = forms.ModelChoiceField(
        Competence.objects.all(), label=_("Competence"), required=False
    )
    tasks = forms.ModelMultipleChoiceField(
        Task.objects.none(), label=_("Tasks it serves"), required=False,
        widget=forms.CheckboxSelectMultiple,
    )  # fmt: skip
    consultations = forms.ModelMultipleChoiceField(
        Consultation.objects.none(), label=_("Consultations it rests on"), required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("The dossier is submitted when each is closed and settled."),
    )  # fmt: skip

    def __init__(self, *args, actor: Actor, at, dossier: Dossier | None = None, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        today = local_day(at)
        leaders = Post.objects.held_on(today).with_function(Function.LEADER).for_display()
        self.fields["leader"].queryset = leaders
        chosen = [] if dossier is None else list(dossier.tasks.values_list("pk", flat=True))
        led = Task.objects.filter(lead=actor.agency_id, is_group=False)
        self.fields["tasks"].queryset = led.filter(Q(state__in=OPEN) | Q(pk__in=chosen))
        free = Q(dossier__isnull=True) & ~Exists(_later_rounds())
        offered = free if dossier is None else free | Q(dossier=dossier)
        asked = Consultation.objects.filter(requester=actor.agency_id)
        self.fields["consultations"].queryset = asked.filter(offered)

    def facts(self) -> dict:
        """Return what beginning or editing takes, without the version."""
        return {name: v for name, v in self.cleaned_data.items() if name != "version"}


def _later_rounds() -> QuerySet[Consultation]:
    """Return the rounds asked in place of one; one that is linked stays linked beside them."""
    return Consultation.objects.filter(previous=OuterRef("pk"), withdrawn_at__isnull=True)


UNDRAFTED = ("version", "files")


class SubmitForm(ActForm):
    """The submission: tờ trình, what is asked, files. `version` is that of the draft it shows."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    text = words(_("Submission (tờ trình)"), rows=8)
    proposal = words(_("What is asked to be decided"))
    changes = conditional(words(_("What changed since the last version"), required=False))
    document_number = forms.CharField(
        label=_("Number of the submission"), max_length=60, required=False
    )
    files = UploadField(label=_("Files"), multiple=True, required=False)

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        dossier: Dossier = self.case.dossier
        last = dossier.versions.last()
        prepared = DossierDraft.objects.filter(dossier=dossier).first()
        begun = {"version": 0}
        if last is None:
            del self.fields["changes"]
        else:
            begun |= {"text": last.text, "proposal": last.proposal}
        if prepared is not None:
            begun |= prepared.content | {"version": prepared.version}
        self.initial = begun | self.initial

    def draft(self) -> tuple[dict, int]:
        """Return what is typed, whole or not, and the version of the draft it was drawn from."""
        version = self.data.get("version", "")
        typed = {name: self.data.get(name, "") for name in self.fields if name not in UNDRAFTED}
        return typed, int(version) if version.isdecimal() else 0

    def facts(self) -> dict:
        """Return what submitting takes."""
        return {name: v for name, v in self.cleaned_data.items() if name != "version"}


class CheckForm(ActForm):
    """Each item of the checklist: met, or not and what."""

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.items = list(ChecklistItem.objects.filter(is_active=True))
        done = {one.item_id: one for one in self.case.dossier.versions.last().checks.all()}
        for item in self.items:
            found = done.get(item.pk)
            self.fields[f"met-{item.pk}"] = yes_or_no(
                item.name, _("met"), _("not met"), initial=found and found.is_met
            )
            self.fields[f"note-{item.pk}"] = conditional(
                words(_("What is not met"), rows=1, required=False)
            )
            self.fields[f"note-{item.pk}"].initial = found and found.note

    def facts(self) -> dict:
        """Return the checks by item id."""
        given = self.cleaned_data
        return {
            "checks": {
                item.pk: Checked(given[f"met-{item.pk}"], given[f"note-{item.pk}"])
                for item in self.items
            }
        }


class PassOnForm(ActForm):
    """To whom it goes, with a note."""

    leader = forms.ModelChoiceField(
        Post.objects.none(), label=_("Leader who decides"), required=False
    )
    note = words(_("Note"), rows=2, required=False)

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        dossier: Dossier = self.case.dossier
        leaders = Post.objects.held_on(local_day(self.case.at)).with_function(Function.LEADER)
        if dossier.recipient != Dossier.Recipient.VICE_CHAIR:
            leaders = leaders.filter(title__is_deputy=False)
            self.fields["leader"].empty_label = Dossier.Recipient.CHAIR.label
        self.fields["leader"].queryset = leaders.for_display()
        self.initial.setdefault("leader", dossier.leader_id)


class GiveBackForm(ActForm):
    """Why it is returned, and what to do."""

    reason = forms.ModelChoiceField(
        ReturnCode.objects.filter(is_active=True), label=_("Reason"), widget=forms.RadioSelect,
        empty_label=None,
    )  # fmt: skip
    defects = words(_("Defects and what to do, numbered"), rows=5)
    files = UploadField(label=_("Files"), multiple=True, required=False)


class InstructionForm(ActForm):
    """What the leader says."""

    text = words(_("Instruction"))


class ApproveForm(ActForm):
    """An instruction may go with the approval."""

    text = words(_("Instruction"), rows=2, required=False)


class IssueForm(ActForm):
    """The resulting document."""

    document_number = forms.CharField(label=_("Number of the document"), max_length=60)
    document_on = day(_("Date of the document"))
    files = UploadField(label=_("File"), multiple=True)


class CloseFileForm(ActForm):
    """What the archive's list says."""

    file_code = forms.CharField(label=_("Code of the work file"), max_length=60)
    retention = forms.CharField(
        label=_("Retention"), max_length=60, help_text=_("For example: 10 năm, vĩnh viễn.")
    )


class LetThroughForm(ActForm):
    """Both views, and why it goes on (rule 6.10)."""

    opinion = forms.ModelChoiceField(
        Opinion.objects.none(), label=_("Agency that still differs"), empty_label=None
    )
    view_of_requester = words(_("View of the requester"))
    view_of_agency = words(_("View of the agency that differs"))
    reason = words(_("Why it goes on"))

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        lines = differing(self.case.dossier, self.case.at)
        self.fields["opinion"].queryset = Opinion.objects.filter(
            pk__in=[line.pk for line in lines]
        ).select_related("agency", "consultation")


FORMS: dict[str, type[ActForm]] = {
    "submit": SubmitForm,
    "withdraw": ReasonForm,
    "check": CheckForm,
    "pass_on": PassOnForm,
    "give_back": GiveBackForm,
    "approve": ApproveForm,
    "redo": InstructionForm,
    "reject": InstructionForm,
    "issue_result": IssueForm,
    "close_file": CloseFileForm,
    "let_through": LetThroughForm,
}
