"""Which form each act on a consultation or a line takes; one without facts takes none."""

from datetime import datetime

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from agencies.deadlines import ZONE, local_day
from agencies.editing import mark_of
from agencies.files import UploadField
from agencies.forms import conditional
from agencies.in_words import instant
from agencies.letterheads import series_of
from agencies.models import Agency, Body
from consultations.acts import LineCase
from consultations.acts.cases import Case, Entry
from consultations.forms.due import DueForm, day_field
from consultations.lifecycle import Settled, comments_of, mark_of_comments
from consultations.models import PaperAnswer, PoorMark, Reply
from consultations.numbering import Letter
from consultations.stances import Stance


def words(label, *, rows: int = 3, required: bool = True, help_text="") -> forms.CharField:
    """Return a field for a few sentences."""
    area = forms.Textarea(attrs={"rows": rows})
    return forms.CharField(
        label=label, widget=area, max_length=8000, required=required, help_text=help_text
    )


def day(label) -> forms.DateField:
    """Return a day that must be given."""
    return day_field(label, required=True)


def yes_or_no(label, yes, no, *, initial: bool | None = None) -> forms.TypedChoiceField:
    """Return a choice of two, each in words; nothing is chosen beforehand unless said."""
    return forms.TypedChoiceField(
        label=label,
        choices=[("yes", yes), ("no", no)],
        coerce=lambda value: value == "yes",
        widget=forms.RadioSelect,
        initial=None if initial is None else ("yes" if initial else "no"),
    )


class ActForm(forms.Form):
    """The facts of one act; `case` is what it is done on, by whom, when."""

    def __init__(self, *args, case: Case, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.case = case

    def facts(self) -> dict:
        """Return what the act takes."""
        return dict(self.cleaned_data)


class DueActForm(ActForm, DueForm):
    """An act that sets a deadline."""

    def facts(self) -> dict:
        """Return what the act takes, the deadline as `due`."""
        given = {name: v for name, v in self.cleaned_data.items() if name not in DueForm.ORDER}
        given["due"] = given.pop("deadline")
        return given


class ReasonForm(ActForm):
    """Why."""

    reason = words(_("Reason"))


class AnswerWhyForm(ActForm):
    """What was decided, and why."""

    answer = words(_("Why"))


class ExtendForm(DueActForm):
    """A later deadline for all."""

    reason = words(_("Reason"))


class LetterForm(ActForm):
    """The series the letter takes its number from (rule 2.8)."""

    series = forms.CharField(
        label=_("Series"),
        max_length=40,
        help_text=_("What stands after the number: KTHT in 45/KTHT."),
    )

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        requester = self.case.consultation.requester
        self.initial.setdefault("series", series_of(requester, Body.current()))


class SupplyForm(DueActForm):
    """What was missing."""

    text = words(_("What is supplied"))
    files = UploadField(label=_("Documents"), multiple=True, required=False)


class RedirectForm(DueActForm):
    """Which agency is asked instead."""

    agency = forms.ModelChoiceField(Agency.objects.none(), label=_("Agency to ask instead"))
    why = words(
        _("Why this agency"),
        rows=2,
        required=False,
        help_text=_("Needed where the matter lies outside its competences."),
    )

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        line: LineCase = self.case
        reply = line.counting_reply
        if reply is not None and reply.competent_id:
            self.initial.setdefault("agency", reply.competent_id)
        if line.is_of_closed_agency:
            self.initial.setdefault("agency", line.opinion.agency.successors.first())
        agencies = Agency.objects.open_on(local_day(line.at)).in_official_order()
        asked = line.opinion.consultation.opinions.filter(ended_at__isnull=True)
        self.fields["agency"].queryset = agencies.exclude(pk__in=asked.values("agency")).exclude(
            pk=line.opinion.consultation.requester_id
        )


class SettleReturnForm(AnswerWhyForm):
    """Whether the agency must answer."""

    must_answer = yes_or_no(_("Decision"), _("the agency must answer"), _("the return stands"))
    field_order = ["must_answer", "answer"]


class MarkPoorForm(ReasonForm):
    """What is poor, and why; `mark` is that of the reply the page shows."""

    mark = forms.CharField(widget=forms.HiddenInput, required=False)
    kind = forms.ChoiceField(
        label=_("What is poor"), choices=PoorMark.Kind.choices, widget=forms.RadioSelect
    )
    field_order = ["kind", "reason"]

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        line: LineCase = self.case
        if line.last_reply is not None:
            self.initial["mark"] = mark_of(line.last_reply.pk)

    def facts(self) -> dict:
        """Return what the act takes."""
        return self.cleaned_data | {"mark": self.cleaned_data["mark"] or None}


class SettleMarkForm(AnswerWhyForm):
    """Whether the contest is upheld."""

    upheld = yes_or_no(_("Decision"), _("take the mark off"), _("the mark stands"))
    field_order = ["upheld", "answer"]


class ContestQuestionForm(ReasonForm):
    """Which of the questions disagreed on is principal, and why."""

    question = forms.TypedChoiceField(
        label=_("The question that is principal"), coerce=int, widget=forms.RadioSelect
    )
    field_order = ["question", "reason"]

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        line: LineCase = self.case
        self.fields["question"].choices = [
            (question.pk, f"{question} ({question.minor_reason})") for question in line.contestable
        ]


class SettleQuestionForm(AnswerWhyForm):
    """Whether the question is principal."""

    upheld = yes_or_no(_("Decision"), _("the question is principal"), _("it is not principal"))
    field_order = ["upheld", "answer"]


class SettleCommentsForm(ActForm):
    """Each comment: accepted, or not with an explanation (rule 6.9); `mark` is what was settled
    when it was drawn.
    """

    mark = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        line: LineCase = self.case
        self.comments = comments_of(line.opinion, line.at)
        self.initial["mark"] = mark_of_comments(self.comments)
        for comment in self.comments:
            settled = getattr(comment, "settlement", None)
            self.fields[f"accepted-{comment.pk}"] = yes_or_no(
                _("Question %(n)s: “%(text)s”")
                % {"n": comment.question.number, "text": comment.text},
                pgettext_lazy("comment", "accepted"),
                _("not accepted, explained below"),
                initial=settled and settled.is_accepted,
            )
            self.fields[f"explanation-{comment.pk}"] = conditional(
                words(_("How it is taken in, or why it is not accepted"), rows=2, required=False)
            )
            self.fields[f"explanation-{comment.pk}"].initial = settled and settled.explanation

    def facts(self) -> dict:
        """Return the settlements by answer id."""
        given = self.cleaned_data
        return {
            "mark": given["mark"] or None,
            "settlements": {
                one.pk: Settled(given[f"accepted-{one.pk}"], given[f"explanation-{one.pk}"])
                for one in self.comments
            },
        }


class ReconcileForm(DueActForm):
    """The meeting with the agency that disagreed, and its result."""

    held_on = day(_("Day of the meeting"))
    minutes = words(_("Minutes: who took part, what was said"))
    result = words(_("Result of the meeting"))
    files = UploadField(label=_("Signed minutes"), multiple=True, required=False)
    field_order = ["held_on", "minutes", "result", *DueForm.ORDER, "files"]


class ObjectForm(ActForm):
    """What still differs."""

    text = words(_("What still differs"))


class StampForm(ActForm):
    """A stamped moment: day and hour."""

    stamped_on = day(_("Day of the stamp"))
    stamped_hour = forms.TimeField(
        label=_("Hour"), widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M")
    )
    STAMP = "received_at"

    def facts(self) -> dict:
        """Return the moment under the name the act takes."""
        given = dict(self.cleaned_data)
        stamped = datetime.combine(given.pop("stamped_on"), given.pop("stamped_hour"), ZONE)
        return given | {self.STAMP: stamped}


class DeliveryForm(StampForm):
    """When the paper copy reached the agency."""

    STAMP = "delivered_at"


class PaperForm(StampForm):
    """A letter that came on paper: its stamp, number, date, signer and scan (rule 2.7)."""

    document_number = forms.CharField(label=_("Number of the letter"), max_length=60)
    document_on = day(_("Date of the letter"))
    signer = forms.CharField(label=_("Signer"), max_length=150, required=False)
    files = UploadField(label=_("Scan"), multiple=True)


class PaperLetterForm(PaperForm):
    """A letter about what stands on the line already."""

    def facts(self) -> dict:
        """Return the stamped moment, what the letter says, and the letter."""
        given = super().facts()
        number, dated_on = given.pop("document_number"), given.pop("document_on")
        letter = Letter(number, dated_on, given.pop("signer"), given.pop("files"))
        return given | {"letter": letter}


class ResultAnswerForm(PaperLetterForm):
    """What the agency answers to the result of the meeting."""

    response = forms.ChoiceField(
        label=_("What the agency answers"),
        choices=[
            (PaperAnswer.Kind.CONFIRMED, PaperAnswer.Kind.CONFIRMED.label),
            (PaperAnswer.Kind.OBJECTED, PaperAnswer.Kind.OBJECTED.label),
        ],
        widget=forms.RadioSelect,
    )
    text = conditional(
        words(_("What still differs"), required=False, help_text=_("If it still objects."))
    )
    field_order = ["response", "text"]


class MarkContestForm(PaperLetterForm):
    """Why the agency contests the mark."""

    reason = words(_("Reason the letter gives"))
    field_order = ["reason"]


class RefusePaperForm(ReasonForm):
    """Which entry is wrong, and why."""

    entry = forms.TypedChoiceField(label=_("Entry"), widget=forms.RadioSelect)
    field_order = ["entry", "reason"]

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        line: LineCase = self.case
        self.entries = {one.entry_key: one for one in line.unchecked}
        self.fields["entry"].choices = [(key, _entered(one)) for key, one in self.entries.items()]
        if len(self.entries) == 1:
            self.initial.setdefault("entry", *self.entries)

    def facts(self) -> dict:
        """Return the entry itself."""
        return self.cleaned_data | {"entry": self.entries[self.cleaned_data["entry"]]}


def _entered(entry: Entry) -> str:
    """Return an entry as a choice names it: paper, what it says, stamp, who entered it."""
    says = entry.get_stance_display() if isinstance(entry, Reply) else entry.get_kind_display()
    return _("%(number)s, stamped %(stamp)s: %(says)s (entered by %(who)s, %(when)s)") % {
        "number": entry.document_number or "–",
        "stamp": instant(entry.received_at),
        "says": says,
        "who": entry.post.user.full_name,
        "when": instant(entry.entered_at),
    }


class PaperReplyForm(PaperForm):
    """A reply on paper: the letter, and what it says on each question."""

    competent = forms.ModelChoiceField(
        Agency.objects.none(), label=_("The competent agency"), required=False,
        help_text=_("If the request is returned as not the agency's function."),
    )  # fmt: skip
    competent_words = forms.CharField(
        label=_("Or another body, in words"),
        max_length=200,
        required=False,
        help_text=_("A body outside the list, or that it is not known who is competent."),
    )

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        line: LineCase = self.case
        self.questions = list(line.opinion.consultation.questions.all())
        self.fields["competent"].queryset = Agency.objects.open_on(
            local_day(line.at)
        ).in_official_order()
        for question in self.questions:
            self.fields[f"stance-{question.pk}"] = forms.ChoiceField(
                label=_("Question %(n)s: “%(text)s”")
                % {"n": question.number, "text": question.text},
                choices=Stance.choices,
                widget=forms.RadioSelect,
            )
            self.fields[f"text-{question.pk}"] = words(_("What it says"), rows=2, required=False)

    def facts(self) -> dict:
        """Return the stamped moment, the answers and the letter."""
        given = super().facts()
        answers = {
            question.pk: (given.pop(f"stance-{question.pk}"), given.pop(f"text-{question.pk}"))
            for question in self.questions
        }
        return given | {"answers": answers}


FORMS: dict[str, type[ActForm]] = {
    "consultation.extend": ExtendForm,
    "consultation.withdraw": ReasonForm,
    "consultation.write_letter": LetterForm,
    "opinion.supply": SupplyForm,
    "opinion.refuse_supply": ReasonForm,
    "opinion.redirect": RedirectForm,
    "opinion.drop": ReasonForm,
    "opinion.contest_return": ReasonForm,
    "opinion.settle_return": SettleReturnForm,
    "opinion.mark_poor": MarkPoorForm,
    "opinion.contest_mark": ReasonForm,
    "opinion.settle_mark": SettleMarkForm,
    "opinion.contest_question": ContestQuestionForm,
    "opinion.settle_question": SettleQuestionForm,
    "opinion.settle_comments": SettleCommentsForm,
    "opinion.reconcile": ReconcileForm,
    "opinion.object_to_result": ObjectForm,
    "opinion.register_delivery": DeliveryForm,
    "opinion.enter_paper": PaperReplyForm,
    "opinion.enter_result_answer": ResultAnswerForm,
    "opinion.enter_mark_contest": MarkContestForm,
    "opinion.refuse_paper": RefusePaperForm,
}


def form_of(event: str, case: Case, data=None, files=None, *, initial=None) -> ActForm:
    """Return the form of an act, by its code with its prefix."""
    return FORMS.get(event, ActForm)(data, files, case=case, initial=initial)
