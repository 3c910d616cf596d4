"""The superior's own decision, asked for where a deadline might pass the superior's (5.6)."""

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from agencies.deadlines import spoken
from tasks.forms.acting import ActForm
from tasks.forms.fields import day_field


class SuperiorForm(ActForm):
    """Number and date of the superior's decision; not shown where no superior set a deadline."""

    superior_number = forms.CharField(
        label=_("Number of the superior's decision"), required=False, max_length=60
    )
    superior_on = day_field(label=_("Date of the superior's decision"), required=False)

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        limit = self.case.task.superior_due_at
        if limit is None:
            for name in ("superior_number", "superior_on"):
                self.fields[name].widget = forms.HiddenInput()
        else:
            self.fields["superior_number"].help_text = gettext(
                "Only for a day past the superior's deadline, %(day)s."
            ) % {"day": spoken(limit)}
        self.order_fields([*self.declared_before, "superior_number", "superior_on"])

    @property
    def declared_before(self) -> list[str]:
        """The fields of the act itself, which come first."""
        return [name for name in self.fields if not name.startswith("superior_")]


class NewDayForm(SuperiorForm):
    """A day that may be named, or left as it is."""

    due_on = day_field(label=_("New deadline: the last day in time"), required=False)
