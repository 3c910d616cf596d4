"""Forms of difficulties: reported on a task or a directive, answered (rule 5.12)."""

from django import forms
from django.utils.translation import gettext_lazy as _

from agencies.files import UploadField
from agencies.models import Agency
from tasks.forms.acting import ActForm
from tasks.forms.fields import day_field
from tasks.models import Obstacle
from tasks.obstacles import may_be_addressed


class ObstacleFields(forms.Form):
    """What the difficulty is, what the agency proposes, to whom it is reported."""

    text = forms.CharField(
        label=_("The difficulty"), widget=forms.Textarea(attrs={"rows": 4}), max_length=4000
    )
    proposal = forms.CharField(
        label=_("What you propose"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=4000,
    )
    addressee = forms.ChoiceField(label=_("Reported to"), widget=forms.RadioSelect)
    files = UploadField(label=_("Files"), multiple=True, required=False)

    def address(self, agency: Agency) -> None:
        """Offer whom the agency may report to, the first one chosen."""
        allowed = may_be_addressed(agency)
        choices = [one for one in Obstacle.Addressee.choices if one[0] in allowed]
        self.fields["addressee"].choices = choices
        self.fields["addressee"].initial = choices[0][0]


class RaiseObstacleForm(ActForm, ObstacleFields):
    """A difficulty with a task."""

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.address(self.case.task.lead)


class RaiseOnDirectiveForm(ObstacleFields):
    """A difficulty in carrying out a directive."""

    def __init__(self, *args, agency: Agency, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.address(agency)


class AnswerForm(forms.Form):
    """The answer, and a new deadline where the answerer may grant one."""

    answer = forms.CharField(
        label=_("Your answer"), widget=forms.Textarea(attrs={"rows": 4}), max_length=4000
    )
    due_on = day_field(
        label=_("New deadline: the last day in time"),
        required=False,
        help_text=_("Left empty, the deadline stays."),
    )
    superior_number = forms.CharField(
        label=_("Number of the superior's decision"),
        required=False,
        max_length=60,
        help_text=_("Only for a day past the superior's deadline."),
    )
    superior_on = day_field(label=_("Date of the superior's decision"), required=False)

    def __init__(self, *args, obstacle: Obstacle, may_extend: bool, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        is_bound_above = may_extend and obstacle.task.superior_due_at is not None
        if not may_extend:
            del self.fields["due_on"]
        if not is_bound_above:
            del self.fields["superior_number"]
            del self.fields["superior_on"]
