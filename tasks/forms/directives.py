"""Forms of directives: upload, header, one proposal, acknowledgement. Rules stay in the acts."""

from datetime import date

from django import forms
from django.db.models import Q
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from agencies.files import DOCUMENTS, UploadField
from agencies.models import AgencyGroup
from tasks.directives.header import Header
from tasks.directives.review import Wording
from tasks.forms.fields import AgenciesField, GroupsField, day_field, words_field
from tasks.models import Addressee, Authority, Directive, DirectiveKind, Proposal

ADDRESSED = ("to_groups", "to_agencies", "copy_agencies")


class UploadForm(forms.Form):
    """The file the reader turns into a draft."""

    file = UploadField(
        types=DOCUMENTS,
        label=_("File of the directive"),
        help_text=_(".docx, .pdf with text or .txt. Documents marked secret are not accepted."),
    )


class HeaderForm(forms.Form):
    """The header of a directive; `version` is what the page was opened with."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    kind = forms.ModelChoiceField(
        DirectiveKind.objects.all(), label=_("Kind of document"), required=False
    )
    number = forms.CharField(
        label=_("Number/symbol"), required=False, max_length=60,
        widget=forms.TextInput(attrs={"placeholder": "412/UBND-VP"}),
    )  # fmt: skip
    issued_on = day_field(label=_("Date of the document"), required=False)
    issuer = forms.ModelChoiceField(Authority.objects.all(), label=_("Issued by"), required=False)
    abstract = forms.CharField(
        label=_("Abstract"), max_length=1000, widget=forms.Textarea(attrs={"rows": 2})
    )
    signer = forms.CharField(label=_("Signer"), required=False, max_length=150)
    urgency = forms.ChoiceField(label=_("Urgency"), choices=Directive.Urgency.choices)
    implements = forms.ModelChoiceField(
        Directive.objects.none(), label=_("Implements the superior's document"), required=False
    )
    to_groups = GroupsField(label=_("Groups addressed (Kính gửi)"))
    to_agencies = AgenciesField(label=_("Agencies addressed (Kính gửi)"))
    copy_agencies = AgenciesField(label=_("Agencies that only receive it (Nơi nhận)"))

    def __init__(self, *args, day: date, directive: Directive | None = None, **kwargs) -> None:
        self.directive = directive
        if directive is not None:
            kwargs.setdefault("initial", _initial_header(directive))
        super().__init__(*args, **kwargs)
        chosen = [row.agency_id for row in directive.addressees.all()] if directive else []
        self.fields["to_agencies"].open_on(day, *chosen)
        self.fields["copy_agencies"].open_on(day, *chosen)
        above = Directive.objects.registered().filter(issuer__is_superior=True)
        if directive is not None:
            above = Directive.objects.filter(
                Q(pk__in=above.values("pk")) | Q(pk=directive.implements_id)
            ).exclude(pk=directive.pk)
        self.fields["implements"].queryset = above.select_related("kind").order_by("-issued_on")

    def header(self) -> Header:
        """Return what was typed."""
        facts = {name: self.cleaned_data[name] for name in Header.facts()}
        facts["number"] = facts["number"].strip()
        asked = {name: list(self.cleaned_data[name]) for name in ADDRESSED if name in self.fields}
        return Header(**facts, **asked)


class CorrectHeaderForm(HeaderForm):
    """The header of an approved directive, filled with what stands; its addressees stand (4.5)."""

    reason = words_field(rows=2, label=_("Why this is corrected"))
    field_order = ("reason",)

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        for name in ADDRESSED:
            del self.fields[name]


class MisdirectedForm(forms.Form):
    """A paper that was not for us: returned to whom, why, which day (rule 4.5)."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    returned_to = forms.CharField(label=_("Returned to"), max_length=200)
    returned_on = day_field(label=_("Returned on"))
    reason = words_field(label=_("Why it was not for us"))


class TypedForm(HeaderForm):
    """A directive typed by hand, its text too when there is one to paste."""

    text = forms.CharField(
        label=_("Text of the directive"), required=False,
        widget=forms.Textarea(attrs={"rows": 12}), max_length=500_000,
        help_text=_("Paste it to have it read for proposals, or leave it out."),
    )  # fmt: skip


def _initial_header(directive: Directive) -> dict:
    rows = list(directive.addressees.all())
    to = [row for row in rows if row.role == Addressee.Role.TO]
    groups = AgencyGroup.objects.filter(name__in={row.written_as for row in to if row.written_as})
    return {
        **{name: getattr(directive, name) for name in Header.facts()},
        "version": directive.version,
        "to_groups": list(groups),
        "to_agencies": [row.agency_id for row in to if not row.written_as],
        "copy_agencies": [row.agency_id for row in rows if row.role == Addressee.Role.COPY],
    }


class ProposalForm(forms.Form):
    """One proposal as the officer edits it; a deadline is a day or an expression."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    title = forms.CharField(
        label=_("Title"), max_length=500, widget=forms.Textarea(attrs={"rows": 2})
    )
    kinds = forms.MultipleChoiceField(
        label=_("Becomes (none: nothing follows)"),
        choices=Proposal.Kind.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    lead_groups = GroupsField(label=_("Groups that lead"))
    lead_agencies = AgenciesField(label=_("Agencies that lead"))
    coordinating = AgenciesField(label=_("Coordinating agencies"))
    deadline_text = forms.CharField(
        label=_("Deadline"), required=False, max_length=300,
        widget=forms.TextInput(attrs={"placeholder": "30/12/2026"}),
        help_text=_("A day, or words such as “05 ngày làm việc kể từ ngày nhận”."),
    )  # fmt: skip
    recurrence = forms.CharField(
        label=_("… or again each period"), required=False, max_length=200,
        help_text=_("For example: trước ngày 20 hằng tháng. A task opens each period by itself."),
    )  # fmt: skip
    review_on = day_field(
        label=_("Review day"), required=False, help_text=_("When there is no deadline.")
    )
    product = forms.CharField(label=_("Expected product"), required=False, max_length=300)
    text = forms.CharField(label=_("Full wording"), widget=forms.Textarea(attrs={"rows": 4}))
    clause = forms.CharField(label=_("Clause"), max_length=40)

    def __init__(self, *args, day: date, proposal: Proposal | None = None, **kwargs) -> None:
        if proposal is not None:
            kwargs.setdefault("initial", _initial_wording(proposal))
            kwargs.setdefault("auto_id", f"id_{proposal.pk}_%s")
        super().__init__(*args, **kwargs)
        kinds = [(value, capfirst(label)) for value, label in Proposal.Kind.choices]
        self.fields["kinds"].choices = kinds
        initial = kwargs.get("initial") or {}
        self.fields["lead_agencies"].open_on(day, *initial.get("lead_agencies", []))
        self.fields["coordinating"].open_on(day, *initial.get("coordinating", []))

    def wording(self) -> Wording:
        """Return what was typed."""
        facts = {name: value for name, value in self.cleaned_data.items() if name != "version"}
        for name in ("lead_groups", "lead_agencies", "coordinating"):
            facts[name] = list(facts[name])
        for name in ("deadline_text", "recurrence"):
            facts[name] = facts[name].strip()
        return Wording(**facts)


def _initial_wording(proposal: Proposal) -> dict:
    names = (
        "version", "clause", "title", "text", "kinds", "review_on", "product", "deadline_text",
        "recurrence",
    )  # fmt: skip
    return {
        **{name: getattr(proposal, name) for name in names},
        "lead_groups": [group.pk for group in proposal.lead_groups.all()],
        "lead_agencies": [agency.pk for agency in proposal.lead_agencies.all()],
        "coordinating": [agency.pk for agency in proposal.coordinating.all()],
    }


class AcknowledgeForm(forms.Form):
    """An addressee's confirmation (rule 4.3)."""

    spread_on = day_field(label=_("Spread within the agency on"))
    how = forms.CharField(
        label=_("How it was spread"), max_length=500, widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("For example: read at the agency's meeting, sent to every post."),
    )  # fmt: skip
    files = UploadField(label=_("Minutes or other evidence"), multiple=True, required=False)
