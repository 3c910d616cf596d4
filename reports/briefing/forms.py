"""Forms of briefings: the meeting, a decision, the notice's text."""

from collections import Counter
from datetime import date, datetime

from django import forms
from django.utils.translation import gettext_lazy as _

from agencies.deadlines import local_day
from agencies.functions import Function
from agencies.models import Post
from reports.briefing.holding import PARTS
from reports.models import Briefing, BriefingDecision
from tasks.forms.fields import day_field, words_field
from tasks.models import Authority


class PostChoice(forms.ModelChoiceField):
    """A post by its holder and title."""

    def label_from_instance(self, post: Post) -> str:
        """Return how the post stands among the choices."""
        return f"{post.user.full_name}, {post.words}"


class MeetingForm(forms.Form):
    """Which meeting, on which day, chaired by whom, who is there."""

    title = forms.CharField(label=_("Meeting"), max_length=300)
    held_on = day_field(label=_("Day"))
    chaired_by = PostChoice(queryset=Post.objects.none(), label=_("Chaired by"))
    present = words_field(rows=2, label=_("Present"), required=False)

    def __init__(self, *args, at: datetime, **kwargs) -> None:
        day = local_day(at)
        held = Post.objects.held_on(day).with_function(Function.LEADER, Function.OFFICE_CHIEF)
        posts = held.for_display().order_by("title__rank", "pk")
        first = posts.first()
        kwargs.setdefault("initial", {"held_on": day, "chaired_by": first and first.pk,
                                      "title": _usual_title(day)})  # fmt: skip
        super().__init__(*args, **kwargs)
        self.fields["chaired_by"].queryset = posts


def _usual_title(day: date) -> str:
    """The weekly meeting, as the notice will name it."""
    return f"Cuộc họp giao ban tuần {day.isocalendar().week} năm {day.isocalendar().year}"


class DayForm(forms.Form):
    """A new deadline of a task and why."""

    due_on = day_field(label=_("New deadline: the last day in time"))
    reason = forms.CharField(label=_("Why the deadline changes"), max_length=1000)


class AnswerForm(forms.Form):
    """An answer to a difficulty, with a new deadline where one is given."""

    answer = words_field(rows=2, label=_("Your answer"))
    due_on = day_field(label=_("New deadline: the last day in time"), required=False)


class FreeForm(forms.Form):
    """A decision in the meeting's own words; the agency leads."""

    text = words_field(rows=2, label=_("Decision"))
    due_on = day_field(label=_("To be done by (last day)"), required=False)


def _part(label, rows: int) -> forms.CharField:
    widget = forms.Textarea(attrs={"rows": rows, "class": "form-control paper-words"})
    return forms.CharField(label=label, widget=widget, max_length=8000)


def _labels(taken: list[BriefingDecision]) -> list[str]:
    """Name each decision by its agency, numbered where an agency has several."""
    counts = Counter(one.agency_id for one in taken)
    seen: Counter[int] = Counter()
    labels = []
    for one in taken:
        seen[one.agency_id] += 1
        place = f" ({seen[one.agency_id]})" if counts[one.agency_id] > 1 else ""
        labels.append(f"{one.agency.name}{place}")
    return labels


class NoticeForm(forms.Form):
    """The text of the notice; one field a decision, named by its id."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    opening = _part(_("Opening"), 4)
    assessment = _part(_("General assessment"), 5)
    follow_up = _part(_("What the Office follows up"), 3)
    closing = _part(_("Closing"), 3)

    def __init__(self, *args, briefing: Briefing, taken: list[BriefingDecision], **kwargs) -> None:
        initial = {part: getattr(briefing, part) for part in PARTS} | {"version": briefing.version}
        kwargs.setdefault("initial", initial | {f"decision-{one.pk}": one.text for one in taken})
        super().__init__(*args, **kwargs)
        for one, label in zip(taken, _labels(taken), strict=True):
            self.fields[f"decision-{one.pk}"] = _part(label, 3)
        self.order_fields(
            ["version", "opening", "assessment", *(f"decision-{one.pk}" for one in taken)]
        )

    @property
    def text(self) -> dict[str, str]:
        """The parts as typed."""
        return {part: self.cleaned_data[part] for part in PARTS}

    @property
    def decisions(self) -> dict[int, str]:
        """The wording of each decision, by its id."""
        return {
            int(name.removeprefix("decision-")): words
            for name, words in self.cleaned_data.items()
            if name.startswith("decision-")
        }


class DirectiveForm(forms.Form):
    """Who issues the directive the notice becomes."""

    issuer = forms.ModelChoiceField(
        queryset=Authority.objects.filter(is_superior=False), label=_("Issued by"),
        empty_label=None,
    )  # fmt: skip

    def __init__(self, *args, chaired_by: Post | None = None, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        if chaired_by is not None:
            name = f"{chaired_by.title.name} {chaired_by.agency.name}"
            self.initial["issuer"] = Authority.objects.filter(name=name).first()
