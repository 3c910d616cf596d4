"""Forms of cases and commendations: proposing, and the facts of each act."""

from django import forms
from django.utils.translation import gettext_lazy as _

from agencies.acting import Actor
from agencies.files import UploadField
from agencies.functions import Function
from agencies.models import Agency, Post
from consultations.forms.acts import ActForm, day, words
from reports.cases.doing import statement_day
from reports.cases.proposing import agencies_to_answer
from reports.cases.table import CASE_ACTS
from reports.models import AccountabilityCase, StatementDraft
from tasks.models import Task
from tasks.states import OPEN


class VersionedForm(ActForm):
    """An act drawn from one version of the matter (rule 5.14)."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["version"].initial = self.case.matter.version


class AskForm(VersionedForm):
    """What happened, and by when the head concerned states the agency's side."""

    summary = words(_("What happened"), rows=5)
    due_on = day(_("Last day for the agency's side"))

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["summary"].initial = self.case.matter.summary
        self.fields["due_on"].initial = statement_day(self.case.at)


class StateForm(ActForm):
    """The agency's side; what is saved and not sent is the head's alone."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    text = words(
        _("The agency's side"), rows=10,
        help_text=_("Causes, what was done, what is asked to be considered."),
    )  # fmt: skip
    files = UploadField(label=_("Files"), multiple=True, required=False)

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        draft = StatementDraft.objects.filter(case=self.case.matter).first()
        self.fields["version"].initial = draft.version if draft else 0
        self.fields["text"].initial = draft.text if draft else ""
        self.fields["text"].required = "save" not in self.data

    def facts(self) -> dict:
        """Return the text and the files."""
        return {name: self.cleaned_data[name] for name in ("text", "files")}


class MeasureForm(VersionedForm):
    """A measure and words."""

    measure = forms.ChoiceField(label=_("Measure proposed"), widget=forms.RadioSelect)
    text = words(_("Opinion"), required=False)

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["measure"].choices = self.case.matter.Measure.choices


class DecideForm(MeasureForm):
    """The Chair's measure."""

    review_due_on = day(_("The review is reported by"))

    field_order = ("version", "measure", "review_due_on", "text")

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["measure"].label = _("Measure")
        self.fields["text"].label = _("What you say to the agency")
        review = self.fields["review_due_on"]
        review.required = False
        review.help_text = _("Only with a review of responsibility (kiểm điểm).")


class RecommendForm(MeasureForm):
    """What is recommended to the managing body."""

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["measure"].label = _("Measure recommended")
        self.fields["text"].label = _("What is recommended, and why")


class PraiseForm(MeasureForm):
    """Praise, reward or neither."""

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["measure"].label = _("Decision")
        self.fields["text"].label = _("In your words")


class OutcomeForm(ActForm):
    """The decision the managing body took."""

    number = forms.CharField(label=_("Number of its decision"), max_length=60)
    on = day(_("Date of its decision"))
    text = words(_("What was decided there"))
    files = UploadField(label=_("Files"), multiple=True, required=False)


class DropForm(VersionedForm):
    """Why a draft is dropped."""

    reason = words(_("Reason"))


class PutForwardForm(VersionedForm):
    """What deserves praise."""

    summary = words(_("What deserves praise"), rows=5)

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["summary"].initial = self.case.matter.summary


class MeasuresForm(ActForm):
    """The dossier's title, and which other cases it is about."""

    title = forms.CharField(
        label=_("What the dossier is about"), max_length=500,
        help_text=_("Leaders and the Office read it: name no person here."),
    )  # fmt: skip
    cases = forms.ModelMultipleChoiceField(
        AccountabilityCase.objects.none(), label=_("Other cases it is about"), required=False,
        widget=forms.CheckboxSelectMultiple,
    )  # fmt: skip

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        states = CASE_ACTS["bring_measures"].from_states
        rows = AccountabilityCase.objects.visible_to(self.case.actor).filter(dossier__isnull=True)
        rows = rows.with_standing(self.case.at).filter(stands__in=states)
        field = self.fields["cases"]
        field.queryset = rows.exclude(pk=self.case.matter.pk).select_related("agency")
        field.label_from_instance = lambda one: f"{one.code} · {one.agency.name}"


CASE_FORMS: dict[str, type[ActForm]] = {
    "ask_statement": AskForm,
    "state_side": StateForm,
    "sign": MeasureForm,
    "decide": DecideForm,
    "recommend": RecommendForm,
    "record_outcome": OutcomeForm,
    "bring_measures": MeasuresForm,
    "drop": DropForm,
}
PRAISE_FORMS: dict[str, type[ActForm]] = {
    "put_forward": PutForwardForm,
    "sign": MeasureForm,
    "decide": PraiseForm,
    "drop": DropForm,
}


class ProposeCaseForm(forms.Form):
    """A case about another agency, on tasks of it that the proposer sees."""

    agency = forms.ModelChoiceField(Agency.objects.none(), label=_("Agency"))
    summary = words(_("What happened"), rows=5)
    tasks = forms.ModelMultipleChoiceField(
        Task.objects.none(), label=_("Tasks it is about"), required=False,
        widget=forms.CheckboxSelectMultiple,
    )  # fmt: skip
    files = UploadField(label=_("Files"), multiple=True, required=False)

    def __init__(self, *args, actor: Actor, at, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["agency"].queryset = agencies_to_answer(actor)
        late = Task.objects.visible_to(actor).filter(state__in=OPEN, is_group=False, due_at__lte=at)
        field = self.fields["tasks"]
        field.queryset = late.exclude(lead=actor.agency_id).select_related("lead")
        field.label_from_instance = _task_words
        self.lists_on_demand = actor.sees_everything
        if not self.lists_on_demand:
            return
        chosen = str(self.data.get("agency") or self.initial.get("agency") or "")
        of_one = field.queryset.filter(lead=chosen) if chosen.isdecimal() else field.queryset.none()
        field.queryset = of_one
        field.help_text = _("The overdue tasks of the agency chosen above.")


class ProposePraiseForm(forms.Form):
    """Praise of an agency, or of a person of it."""

    agency = forms.ModelChoiceField(Agency.objects.none(), label=_("Agency"))
    person = forms.ModelChoiceField(
        Post.objects.none(), label=_("Individual"), required=False,
        empty_label=_("the agency as a whole"),
    )  # fmt: skip
    summary = words(_("What deserves praise"), rows=5)
    files = UploadField(label=_("Files"), multiple=True, required=False)

    def __init__(self, *args, actor: Actor, at, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        open_agencies = Agency.objects.open_on(actor.day).in_official_order()
        self.fields["agency"].queryset = open_agencies
        self.fields["agency"].initial = actor.agency_id
        posts = Post.objects.held_on(actor.day).exclude(user=actor.user)
        whole = actor.sees_everything or actor.has(
            Function.INTERNAL_AFFAIRS_HEAD, Function.EMULATION_BOARD
        )
        if not whole:
            posts = posts.filter(agency=actor.agency_id)
        posts = posts.exclude(title__functions__overlap=[Function.LEADER, Function.ADMINISTRATOR])
        self.fields["person"].queryset = posts.for_display()


def _task_words(task: Task) -> str:
    return f"{task.code} · {task.lead.short_name} · {task.title}"
