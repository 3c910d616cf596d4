"""Forms of review campaigns: the draft, one mark, the confirmation. Rules stay in the acts."""

from datetime import date, datetime

from django import forms
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from agencies.deadlines import last_day_in_time, local_day
from agencies.models import Agency
from tasks.forms.fields import AgenciesField, GroupsField, day_field
from tasks.models import Authority, CampaignEntry, CampaignMark, ReviewCampaign, Task
from tasks.reviewing.confirming import tasks_helped, tasks_to_review
from tasks.reviewing.marks import KINDS
from tasks.reviewing.opening import Asked, campaign_deadline

Kind = CampaignMark.Kind


class CampaignForm(forms.Form):
    """What a campaign says, whom it asks, by which day; `version` is that of the draft shown."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    title = forms.CharField(
        label=_("Name of the campaign"), max_length=500, widget=forms.Textarea(attrs={"rows": 2})
    )
    text = forms.CharField(
        label=_("What the agencies are asked to look at"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    due_on = day_field(label=_("To be confirmed by the end of"))
    groups = GroupsField(label=_("Groups asked"))
    agencies = AgenciesField(label=_("Agencies asked"))

    def __init__(
        self, *args, at: datetime, campaign: ReviewCampaign | None = None, **kwargs
    ) -> None:
        kwargs.setdefault("initial", _initial(campaign, at))
        super().__init__(*args, **kwargs)
        self.fields["agencies"].open_on(local_day(at), *kwargs["initial"].get("agencies", []))

    def asked(self) -> Asked:
        """Return what was typed."""
        typed = self.cleaned_data
        return Asked(
            title=typed["title"],
            text=typed["text"],
            due_on=typed["due_on"],
            agencies=list(typed["agencies"]),
            groups=list(typed["groups"]),
        )


def _initial(campaign: ReviewCampaign | None, at: datetime) -> dict:
    if campaign is None:
        return {"due_on": campaign_deadline(at).last_day}
    return {
        "version": campaign.version,
        "title": campaign.title,
        "text": campaign.text,
        "due_on": last_day_in_time(campaign.due_at),
        "groups": [group.pk for group in campaign.asked_groups.all()],
        "agencies": [agency.pk for agency in campaign.asked_agencies.all()],
    }


class TaskChoice(forms.ModelChoiceField):
    """A task by code and title."""

    def label_from_instance(self, task: Task) -> str:
        """Return how the task stands among the choices."""
        return f"{task.code}: {task.title[:100]}"


class MarkForm(forms.Form):
    """One correction: the facts its kind takes, and why."""

    due_on = day_field(label=_("The right deadline"))
    lead = forms.ModelChoiceField(Agency.objects.none(), label=_("The agency that leads"))
    same_as = TaskChoice(Task.objects.none(), label=_("The same work as"))
    title = forms.CharField(label=_("Title"), max_length=500)
    wording = forms.CharField(
        label=_("Full wording"), required=False, widget=forms.Textarea(attrs={"rows": 4})
    )
    source = forms.CharField(
        label=_("Where it comes from"),
        max_length=300,
        help_text=_("The document and its number, or the meeting, with its day."),
    )
    assigned_by = forms.ModelChoiceField(
        Authority.objects.all(), label=_("Assigned by"), required=False
    )
    document_number = forms.CharField(
        label=_("Number of the resulting document"), required=False, max_length=60
    )
    text = forms.CharField(
        label=_("Why"), max_length=2000, widget=forms.Textarea(attrs={"rows": 3})
    )

    def __init__(
        self, *args, kind: str, entry: CampaignEntry, task: Task | None, day: date, **kwargs
    ) -> None:
        if task is not None:
            kwargs.setdefault("initial", {"title": task.title, "wording": task.text})
        super().__init__(*args, **kwargs)
        self.kind, self.entry, self.task = kind, entry, task
        wanted = (*KINDS[kind].needs, "text")
        for name in [name for name in self.fields if name not in wanted]:
            del self.fields[name]
        self._offer(entry, day)
        self._say(kind)

    def _offer(self, entry: CampaignEntry, day: date) -> None:
        if "lead" in self.fields:
            rows = Agency.objects.open_on(day).exclude(pk=entry.agency_id)
            self.fields["lead"].queryset = rows.in_official_order()
        if "same_as" in self.fields:
            known = Q(pk__in=tasks_to_review(entry).values("pk")) | Q(
                pk__in=tasks_helped(entry).values("pk")
            )
            self.fields["same_as"].queryset = (
                Task.objects.filter(known).exclude(pk=self.task.pk).order_by("code")
            )

    def _say(self, kind: str) -> None:
        if kind == Kind.MISSING:
            self.fields["due_on"].required = False
            self.fields["due_on"].label = _("Deadline, when one was given")
            self.fields["text"].label = _("Full wording, or how you know of it")
        if kind == Kind.DONE:
            self.fields["text"].label = _("What was done, and when")
        self.order_fields([*KINDS[kind].needs, "text"])

    def facts(self) -> dict:
        """Return what `mark` takes besides kind and task."""
        return dict(self.cleaned_data)


class ConfirmForm(forms.Form):
    """The note beside a confirmation; the ticks come from the list itself."""

    note = forms.CharField(
        label=_("Note to the Office"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 2}),
    )


class RefuseForm(forms.Form):
    """Why a correction is not made."""

    answer = forms.CharField(
        label=_("Why it is refused"), max_length=2000, widget=forms.Textarea(attrs={"rows": 2})
    )
