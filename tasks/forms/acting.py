"""What every form of an act carries: the version it was drawn from, and whose it is."""

from django import forms

from tasks.acts import Situation


class ActForm(forms.Form):
    """The facts of one act, and the version of the task the form was drawn from (rule 5.14).

    `case` is the situation the form is drawn in: its task, actor and instant.
    """

    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args, case: Situation, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.case = case
