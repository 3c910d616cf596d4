"""What every form of an act carries: the version it was drawn from, and whose it is."""

from collections.abc import Sequence

from django import forms

from agencies.differences import Difference
from tasks.acts import Situation
from tasks.models import Task


class ActForm(forms.Form):
    """The facts of one act, and the version of the task the form was drawn from (rule 5.14).

    `case` is the situation the form is drawn in: its task, actor and instant. `differences` are
    what somebody else changed while this was written. The fields stand one below the other unless
    `fields_template` lays them out.
    """

    version = forms.IntegerField(widget=forms.HiddenInput)
    differences: Sequence[Difference] = ()
    fields_template = ""

    def __init__(self, *args, case: Situation, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.case = case

    def put_on_top_of(self, task: Task) -> None:
        """Let the form, once its refusal was read, be sent on top of what changed (rule 5.14)."""
        self.data = self.data.copy()
        self.data["version"] = task.version
