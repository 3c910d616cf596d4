"""The form on which an agency answers (picture 3)."""

from django import forms
from django.utils.translation import gettext_lazy as _

from agencies.files import UploadField
from agencies.models import Agency
from consultations.forms.due import day_field
from consultations.models import Consultation, Question
from consultations.stances import Stance


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
    document_on = day_field(_("Date of the letter"))
    signer = forms.CharField(label=_("Signer"), max_length=150, required=False)
    signed = UploadField(label=_("The signed letter"), multiple=True, required=False)
    competent = forms.ModelChoiceField(
        Agency.objects.none(),
        label=_("The competent agency"),
        required=False,
        help_text=_("When you return the request as not your function."),
    )
    competent_words = forms.CharField(
        label=_("Or another body, in words"),
        max_length=200,
        required=False,
        help_text=_("A body outside the list, or that it is not known who is competent."),
    )
    files = UploadField(label=_("Documents"), multiple=True, required=False)
    draft_version = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=0)

    LETTER = ("document_number", "document_on", "signer", "signed")

    def __init__(
        self, *args, consultation: Consultation, label: str, is_numbered: bool = False, **kwargs
    ) -> None:
        super().__init__(*args, **kwargs)
        for name in self.LETTER:
            self.fields[name].required = is_numbered
        self.questions: list[Question] = list(consultation.questions.all())
        self.fields["competent"].queryset = Agency.objects.filter(
            closed_on__isnull=True
        ).in_official_order()
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
        elif stance != Stance.AGREED and stance in Stance.values and not said:
            self.add_error(
                f"text-{self.questions[0].pk}",
                _("Say what exactly, on at least one question."),
            )
        elif stance == Stance.DISAGREED and not any(
            self._stance_on(q) == Stance.DISAGREED for q in said
        ):
            self.add_error("stance", _("On no question is there a disagreement: choose again."))
        if stance == Stance.RETURNED and not (
            cleaned.get("competent") or cleaned.get("competent_words") or "competent" in self.errors
        ):
            self.add_error(
                "competent",
                _(
                    "Name the competent agency, or say in words which body is,"
                    " or that it is not known."
                ),
            )
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
        names = ["stance", "competent", "competent_words", "note"]
        names += ["document_number", "document_on", "signer"]
        names += [f"{part}-{q.pk}" for q in self.questions for part in ("text", "kind")]
        typed = {name: self.data.get(name, "").replace("\0", "") for name in names}
        return {name: text for name, text in typed.items() if text}
