"""Forms of the ground floor."""

from datetime import date

from django import forms
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
from agencies.settings_catalogue import CATALOGUE
from agencies.succession import in_post_on

HEAD = "head"  # who handles what nobody is named for


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
