"""The forms of asking and answering."""

from datetime import datetime

from django import forms
from django.utils.translation import gettext_lazy as _

from agencies.acting import Actor
from agencies.deadlines import ZONE, local_day
from agencies.directory import LEADERS
from agencies.files import UploadField
from agencies.models import Agency, AgencyGroup
from consultations.lifecycle import Asked
from consultations.models import Consultation, Question
from consultations.stances import Stance
from tasks.models import Task

MOST_QUESTIONS = 30


class AskForm(forms.Form):
    """What a requester states (rule 6.1), without the questions."""

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
    due = forms.CharField(
        label=_("Time to answer"),
        max_length=200,
        required=False,
        help_text=_("In words: “05 ngày làm việc”, “trước 16 giờ 00 ngày 30/11/2026”."),
    )
    due_on = forms.DateField(
        label=_("or until the end of the day"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    due_hour = forms.TimeField(
        label=_("at the hour"),
        required=False,
        widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
    )
    urgent = forms.BooleanField(label=_("Urgent"), required=False)
    urgent_reason = forms.CharField(label=_("Why it is urgent"), max_length=300, required=False)
    express_consent = forms.CharField(
        label=_("Provision that needs express consent"),
        max_length=300,
        required=False,
        help_text=_("If sector law needs express consent, silence is no agreement."),
    )
    task = forms.CharField(label=_("For the task (code)"), max_length=20, required=False)
    document_number = forms.CharField(
        label=_("Number of the letter"), max_length=60, required=False
    )
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

    def clean(self) -> dict:
        """Make one deadline of the words or the day and hour."""
        cleaned = super().clean()
        words, day = (cleaned.get("due") or "").strip(), cleaned.get("due_on")
        hour = cleaned.get("due_hour")
        if words and day:
            self.add_error("due", _("Give either the time in words or a day, not both."))
        elif not words and not day and not {"due", "due_on"} & self.errors.keys():
            self.add_error("due", _("Give the time to answer, in words or as a day."))
        if day and hour:
            day = datetime.combine(day, hour, ZONE)
        cleaned["deadline"] = words or day
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
            "task": data["task"],
            "document_number": data["document_number"],
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
    QuestionForm, formset=QuestionFormSet, extra=2, max_num=MOST_QUESTIONS, absolute_max=50
)


class AnswerForm(forms.Form):
    """An agency's opinion: one stance, then words where a question needs them (picture 3).

    A question without words is agreed to; one with words carries the stance chosen, or, under
    disagreement, what is chosen beside it.
    """

    stance = forms.ChoiceField(choices=Stance.choices, widget=forms.RadioSelect)
    note = forms.CharField(
        label=_("Note on the whole"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    document_number = forms.CharField(
        label=_("Number of the letter"), max_length=60, required=False
    )
    files = UploadField(label=_("Documents"), multiple=True, required=False)
    draft_version = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=0)

    def __init__(self, *args, consultation: Consultation, label: str, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.questions: list[Question] = list(consultation.questions.all())
        self.fields["stance"].label = label
        self.fields["stance"].choices = [
            (value, str(words).capitalize()) for value, words in Stance.choices
        ]
        for question in self.questions:
            self.fields[f"text-{question.pk}"] = forms.CharField(
                label=question.text,
                required=False,
                widget=forms.Textarea(
                    attrs={"rows": 2, "placeholder": _("No comment on this question")}
                ),
            )
            self.fields[f"kind-{question.pk}"] = forms.ChoiceField(
                label=_("On question %(number)d") % {"number": question.number},
                choices=[
                    (Stance.DISAGREED, _("We disagree")),
                    (Stance.WITH_COMMENTS, _("Only a comment")),
                ],
                required=False,
            )

    def question_fields(self) -> list[dict]:
        """Return each question with its fields."""
        return [
            {
                "question": question,
                "text": self[f"text-{question.pk}"],
                "kind": self[f"kind-{question.pk}"],
            }
            for question in self.questions
        ]

    def clean(self) -> dict:
        """Comments and disagreement need words; agreement leaves none (rule 6.2)."""
        cleaned = super().clean()
        stance = cleaned.get("stance")
        said = [q for q in self.questions if (cleaned.get(f"text-{q.pk}") or "").strip()]
        if stance == Stance.AGREED and said:
            self.add_error(
                "stance",
                _("You wrote comments: choose “agreed with comments”, or take them out."),
            )
        elif stance in (Stance.WITH_COMMENTS, Stance.DISAGREED) and not said:
            self.add_error(
                f"text-{self.questions[0].pk}",
                _("Say what exactly, on at least one question."),
            )
        elif stance == Stance.DISAGREED and not any(
            self._stance_on(q) == Stance.DISAGREED for q in said
        ):
            self.add_error("stance", _("On no question is there a disagreement: choose again."))
        return cleaned

    def _stance_on(self, question: Question) -> str:
        text = (self.cleaned_data.get(f"text-{question.pk}") or "").strip()
        if not text:
            return Stance.AGREED
        stance = self.cleaned_data["stance"]
        if stance == Stance.DISAGREED:
            return self.cleaned_data.get(f"kind-{question.pk}") or Stance.DISAGREED
        return stance

    def answers(self) -> dict[int, tuple[str, str]]:
        """Return what the act `reply` takes: stance and text of every question."""
        return {
            question.pk: (self._stance_on(question), self.cleaned_data[f"text-{question.pk}"])
            for question in self.questions
        }

    def draft_content(self) -> dict:
        """Return what was typed, valid or not, as a draft keeps it."""
        names = ["stance", "note", "document_number"]
        names += [f"{part}-{q.pk}" for q in self.questions for part in ("text", "kind")]
        typed = {name: self.data.get(name, "").replace("\0", "") for name in names}
        return {name: text for name, text in typed.items() if text}
