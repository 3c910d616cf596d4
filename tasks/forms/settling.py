"""The form by which the Office applies a correction: the facts proposed, which it may change."""

from django import forms
from django.utils.translation import gettext_lazy as _

from agencies.models import Agency
from tasks.forms.fields import day_field
from tasks.models import Authority, CampaignMark
from tasks.reviewing.settling import document_of, reason_of

Kind = CampaignMark.Kind

#: The facts of each kind, as `tasks.reviewing.settling.apply` takes them.
FACTS: dict[str, tuple[str, ...]] = {
    Kind.WRONG_DEADLINE: ("due_on", "reason"),
    Kind.WRONG_LEAD: ("lead", "due_on", "superior_number", "superior_on", "reason"),
    Kind.WRONG_WORDING: ("title", "wording", "reason"),
    Kind.DONE: (),
    Kind.DOUBLED: ("document_number", "reason"),
    Kind.MISSING: ("title", "wording", "source", "assigned_by", "due_on"),
}


class SettleForm(forms.Form):
    """What applying a mark takes; its first values are what the agency proposed."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    title = forms.CharField(label=_("Title"), max_length=500)
    wording = forms.CharField(
        label=_("Full wording"), required=False, widget=forms.Textarea(attrs={"rows": 4})
    )
    source = forms.CharField(label=_("Where it comes from"), max_length=300)
    assigned_by = forms.ModelChoiceField(Authority.objects.all(), label=_("Assigned by"))
    lead = forms.ModelChoiceField(Agency.objects.all(), label=_("The agency that leads"))
    due_on = day_field(label=_("Deadline: the last day in time"))
    superior_number = forms.CharField(
        label=_("Number of the superior's decision"), required=False, max_length=60
    )
    superior_on = day_field(label=_("Date of the superior's decision"), required=False)
    document_number = forms.CharField(
        label=_("Number of the document that allows it"), max_length=60
    )
    reason = forms.CharField(
        label=_("Reason"), max_length=4000, widget=forms.Textarea(attrs={"rows": 3})
    )

    def __init__(self, data=None, *, mark: CampaignMark) -> None:
        super().__init__(data, initial=proposed(mark))
        for name in [name for name in self.fields if name not in ("version", *FACTS[mark.kind])]:
            del self.fields[name]
        self.order_fields(FACTS[mark.kind])
        if "lead" in self.fields:
            self.fields["due_on"].required = False
            self.fields["due_on"].help_text = _("Empty: the deadline as it stands goes along.")
        if mark.kind == Kind.MISSING:
            self.fields["due_on"].required = False

    def facts(self) -> dict:
        """Return what `apply` takes."""
        return dict(self.cleaned_data)


def proposed(mark: CampaignMark) -> dict:
    """Return the values with which one click applies the mark, in the form's own terms."""
    facts = {
        name: value for name, value in mark.proposed.items() if name not in ("lead", "assigned_by")
    }
    if mark.kind == Kind.WRONG_LEAD:
        facts["lead"] = _pk(Agency, mark.proposed["lead"])
    if mark.kind == Kind.MISSING:
        facts["assigned_by"] = _pk(Authority, mark.proposed["assigned_by"])
        facts["wording"] = mark.text
    if mark.kind == Kind.DOUBLED:
        facts["document_number"] = document_of(mark)
    facts["reason"] = reason_of(mark)
    facts["version"] = mark.task.version if mark.task else None
    return facts


def is_complete(mark: CampaignMark) -> bool:
    """Whether what the agency proposed is all that applying takes."""
    return mark.kind != Kind.MISSING or bool(mark.proposed["assigned_by"])


def _pk(model: type, code: str) -> int | None:
    return model.objects.filter(code=code).values_list("pk", flat=True).first()
