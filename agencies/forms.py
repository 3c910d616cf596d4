"""Forms of the ground floor."""

from datetime import date

from django import forms
from django.db.models import Q
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from agencies.act_kinds import ActKind, act_kinds_of
from agencies.acting import Actor
from agencies.delegating import receivers
from agencies.delivery import Delivery
from agencies.directory import LEADERS
from agencies.files import UploadField
from agencies.models import (
    Agency,
    CalendarDay,
    Competence,
    OutgoingPaper,
    Post,
    WorkingRegulation,
)
from agencies.notice_kinds import NoticeKind, notice_kinds
from agencies.portfolios import mark_of as mark_of_portfolio
from agencies.register import Register, mark_of, may_keep_competences, may_name_responsible
from agencies.reorganising import CHANGED, Line, Preview
from agencies.settings_catalogue import CATALOGUE
from agencies.succession import in_post_on

HEAD = "head"  # who handles what nobody is named for


def conditional(field: forms.Field) -> forms.Field:
    """Mark a field that what else is given makes required: it is not called optional."""
    field.is_conditional = True
    return field


def day_input() -> forms.DateInput:
    """Return a day's input; browsers want ISO in its value whatever the language (traps.md)."""
    return forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})


class CalendarDayForm(forms.ModelForm):
    """One day off or worked, as the government announced it.

    `version` is of a proposal of that day which the person has seen.
    """

    version = forms.CharField(widget=forms.HiddenInput, required=False)

    class Meta:
        model = CalendarDay
        fields = ["day", "kind", "name", "source"]
        labels = {"source": _("The document it comes from")}
        widgets = {"day": day_input()}

    def validate_unique(self) -> None:
        """Leave a day known already to the act, which updates a proposal."""


class WithdrawDayForm(forms.Form):
    """Why a confirmed day is none any more; `version` is of the plan the page shows."""

    version = forms.CharField(widget=forms.HiddenInput, required=False)
    reason = forms.CharField(
        label=_("Why, and by which document"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class SettingForm(forms.Form):
    """A new value of one setting, from a moment on, with its source."""

    value = forms.CharField(label=_("New value"), max_length=200)
    effective_from = forms.DateField(label=_("From"), widget=day_input())
    source = forms.CharField(label=_("The document it comes from"), max_length=300)
    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args, code: str, version: int, **kwargs) -> None:
        super().__init__(*args, initial={"version": version}, **kwargs)
        self.definition = CATALOGUE[code]
        if isinstance(self.definition.default, bool):
            self.fields["value"] = forms.TypedChoiceField(
                label=_("New value"),
                choices=[("yes", _("yes")), ("no", _("no"))],
                coerce=lambda word: word == "yes",
            )
        elif isinstance(self.definition.default, int):
            self.fields["value"] = forms.IntegerField(
                label=_("New value"),
                min_value=self.definition.minimum,
                max_value=self.definition.maximum,
            )

    def clean_value(self):
        """Read a list of days ("8, 31, 121") as numbers; other values are typed already."""
        value = self.cleaned_data["value"]
        if not isinstance(self.definition.default, list):
            return value
        try:
            days = [int(part) for part in value.split(",")]
        except ValueError:
            raise forms.ValidationError(_("Numbers of days with commas between them.")) from None
        if days != sorted(set(days)) or days[0] < 2:
            raise forms.ValidationError(_("Each number is larger than the one before it."))
        return days


class PostField(forms.ModelChoiceField):
    """One post, named as people say it."""

    def label_from_instance(self, post: Post) -> str:
        """Return name, title and agency."""
        return str(post)


class DelegationForm(forms.Form):
    """Authority lent in writing: to whom, for what, from when to when, by which document."""

    to_post = PostField(label=_("Who is authorised"), queryset=Post.objects.none())
    kinds = forms.MultipleChoiceField(
        label=_("For which acts"), widget=forms.CheckboxSelectMultiple
    )
    starts_on = forms.DateField(label=_("From"), widget=day_input())
    ends_on = forms.DateField(label=_("To (last day)"), widget=day_input())
    document_number = forms.CharField(
        label=_("Number of the authorisation"),
        max_length=60,
        widget=forms.TextInput(attrs={"placeholder": "15/UQ-UBND"}),
    )

    def __init__(self, *args, actor: Actor, day: date, **kwargs) -> None:
        super().__init__(*args, initial={"starts_on": day}, **kwargs)
        self.fields["to_post"].queryset = receivers(actor, day)
        self._kinds = {kind.code: kind for kind in act_kinds_of(actor.functions)}
        self.fields["kinds"].choices = [
            (code, capfirst(kind.label)) for code, kind in self._kinds.items()
        ]

    def clean_kinds(self) -> list[ActKind]:
        """Return the kinds themselves."""
        return [self._kinds[code] for code in self.cleaned_data["kinds"]]


class RegisterForm(forms.Form):
    """Who handles each of an agency's competences, and which these are; each by who may."""

    mark = forms.CharField(widget=forms.HiddenInput)

    def __init__(
        self, *args, agency: Agency, register: Register, actor: Actor, day: date, **kwargs
    ) -> None:
        super().__init__(*args, **kwargs)
        self.register = register
        self.initial["mark"] = mark_of(register)
        self.names_responsible = may_name_responsible(actor, agency)
        if self.names_responsible:
            self._offer_posts(agency, day)
        if may_keep_competences(actor):
            self.fields["competences"] = forms.ModelMultipleChoiceField(
                Competence.objects.all(),
                label=_("Competences of the agency"),
                required=False,
                initial=list(register),
                widget=forms.CheckboxSelectMultiple,
            )

    def _offer_posts(self, agency: Agency, day: date) -> None:
        posts = Post.objects.held_on(day).filter(agency=agency).for_display()
        held = {str(post.pk): post for post in posts}
        offered = [(HEAD, capfirst(_("the head")))]
        offered += [(pk, f"{post.user.full_name}, {post.title.name}") for pk, post in held.items()]
        answering = in_post_on([row.responsible for row in self.register.values()], day)
        for pk, row in self.register.items():
            now = answering.get(row.responsible_id)
            self.fields[f"responsible-{pk}"] = forms.TypedChoiceField(
                choices=offered,
                coerce=held.get,
                label=row.competence.name,
                initial=now.pk if now else HEAD,
            )

    def facts(self) -> dict:
        """Return what `agencies.register.keep_register` takes."""
        data = self.cleaned_data
        facts = {"mark": data["mark"]}
        if self.names_responsible:
            facts["responsible"] = {pk: data[f"responsible-{pk}"] for pk in self.register}
        if "competences" in data:
            facts["competences"] = data["competences"]
        return facts


class RegulationForm(forms.ModelForm):
    """A working regulation with its files."""

    files = UploadField(label=_("Files"), multiple=True)

    class Meta:
        model = WorkingRegulation
        fields = ["title", "document_number", "issued_on", "starts_on", "ends_on"]
        widgets = {name: day_input() for name in ("issued_on", "starts_on", "ends_on")}
        labels = {"title": _("Name of the regulation")}
        help_texts = {"ends_on": _("Only when the document itself says so.")}


class PortfolioForm(forms.Form):
    """What one leader looks after."""

    mark = forms.CharField(widget=forms.HiddenInput)
    competences = forms.ModelMultipleChoiceField(
        Competence.objects.all(),
        label=_("Competences"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    agencies = forms.ModelMultipleChoiceField(
        Agency.objects.none(),
        label=_("Agencies"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, *args, leader: Post, day: date, **kwargs) -> None:
        initial = {
            "mark": mark_of_portfolio(leader),
            "competences": leader.competences.all(),
            "agencies": leader.agencies.all(),
        }
        super().__init__(*args, initial=initial, **kwargs)
        open_agencies = Agency.objects.open_on(day).exclude(code=LEADERS)
        self.fields["agencies"].queryset = open_agencies.in_official_order()


class CloseAgencyForm(forms.Form):
    """From which day an agency is closed, and who succeeds it."""

    closed_on = forms.DateField(
        label=_("Closed from"),
        widget=day_input(),
        help_text=_("The first day without it; its posts end the day before."),
    )
    document_number = forms.CharField(label=_("Number of the decision"), max_length=60)
    successors = forms.ModelMultipleChoiceField(
        Agency.objects.none(),
        label=_("Successors"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("One where it is merged, several where it is split."),
    )

    def __init__(self, *args, agency: Agency, day: date, **kwargs) -> None:
        initial = {"closed_on": agency.closed_on, "successors": agency.successors.all()}
        super().__init__(*args, initial=initial, **kwargs)
        not_closed = Agency.objects.filter(Q(closed_on__isnull=True) | Q(closed_on__gt=day))
        offered = not_closed.exclude(code=LEADERS).exclude(pk=agency.pk)
        self.fields["successors"].queryset = offered.in_official_order()


class ReorganisationForm(forms.Form):
    """The decision, and of several successors the one of each line; `fill` sets those still open.

    Suggestions stand in it from the start; what was chosen is kept whatever is posted.
    """

    document_number = forms.CharField(
        label=_("Number of the decision"),
        max_length=60,
        widget=forms.TextInput(attrs={"placeholder": "1204/QĐ-UBND"}),
    )
    fingerprint = forms.CharField(widget=forms.HiddenInput)

    def __init__(self, *args, preview: Preview, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.preview = preview
        self.initial["fingerprint"] = preview.fingerprint
        self._agencies = {str(agency.pk): agency for agency in preview.successors}
        if len(preview.successors) > 1:
            offered = [("", "–"), *((pk, one.short_name) for pk, one in self._agencies.items())]
            for line in preview.lines:
                self.fields[f"to-{line.work.key}"] = forms.ChoiceField(
                    choices=offered,
                    label=line.work.title,
                    initial=line.suggested.pk if line.suggested else "",
                    widget=forms.Select(attrs={"class": "form-select"}),
                    error_messages={"required": _("Choose a successor.")},
                )

    def clean(self) -> dict:
        """Say first that the list is not the one that was seen; only then what is missing."""
        cleaned = super().clean()
        if self.is_stale:
            self.add_error(None, CHANGED)
        return cleaned

    @property
    def is_stale(self) -> bool:
        """Whether something changed since the list was opened."""
        return self.data.get("fingerprint") != self.preview.fingerprint

    def lines(self) -> list[tuple[Line, forms.BoundField | None]]:
        """Return each line of the preview with the field that names its successor."""
        names = ((line, f"to-{line.work.key}") for line in self.preview.lines)
        return [(line, self[name] if name in self.fields else None) for line, name in names]

    def chosen(self) -> dict[str, Agency]:
        """Return the successor of each line by its key."""
        return {
            name.removeprefix("to-"): self._agencies[value]
            for name, value in self.cleaned_data.items()
            if name.startswith("to-")
        }

    def filled(self, successor: str) -> dict[str, str]:
        """Return what was typed, with a successor for every line that has none yet."""
        typed = {name: self.data.get(name, "") for name in self.fields}
        if successor not in self._agencies:
            return typed
        return {
            name: value or (successor if name.startswith("to-") else "")
            for name, value in typed.items()
        }


class PaperNumberForm(forms.ModelForm):
    """The day a paper is dated; its number follows from the register."""

    class Meta:
        model = OutgoingPaper
        fields = ["dated_on"]
        widgets = {"dated_on": day_input()}

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["dated_on"].required = True


class NoticeChoicesForm(forms.Form):
    """How to be told of each kind of notice that can be chosen (rule 10.1)."""

    version = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        for kind in notice_kinds():
            if not kind.always:
                self.fields[kind.code] = forms.ChoiceField(
                    label=kind.label,
                    choices=Delivery.choices,
                    widget=forms.RadioSelect(
                        {"class": "form-check-input", "aria-describedby": f"kind-{kind.code}"}
                    ),
                )

    @property
    def rows(self) -> list[tuple[NoticeKind, forms.BoundField | None]]:
        """Each kind with its field; one that cannot be switched off has none."""
        return [(kind, None if kind.always else self[kind.code]) for kind in notice_kinds()]

    def choices(self) -> dict[str, str]:
        """Return what was chosen, by kind."""
        return {name: way for name, way in self.cleaned_data.items() if name != "version"}
