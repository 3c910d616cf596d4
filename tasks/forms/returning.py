"""Forms of a return and of a change of lead (rule 5.3)."""

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from agencies.deadlines import local_day, spoken
from tasks.forms.acting import ActForm
from tasks.forms.fields import AgencyField, words_field
from tasks.forms.superior import NewDayForm
from tasks.lifecycle.limits import is_used_up
from tasks.lifecycle.transferring import standing_deadline


class HandBackForm(ActForm):
    """Why this is not the agency's function, and whose it is."""

    reason = words_field(label=_("Why this is not your agency's function"))
    suggested = AgencyField(
        label=_("The competent agency, in your view"), required=False, empty_label=_("not known")
    )

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        task = self.case.task
        self.fields["suggested"].open_on(local_day(self.case.at), task.competence, task.lead)


class RefuseReturnForm(ActForm):
    """Why the task stays with the agency."""

    answer = words_field(label=_("Why the task stays with the agency"))


class NextLeadForm(NewDayForm):
    """The agency that takes over and its day; the present day when none is named."""

    lead = AgencyField(label=_("New lead agency"))
    field_order = ("lead", "due_on", "superior_number", "superior_on")

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        task, at = self.case.task, self.case.at
        self.fields["lead"].open_on(local_day(at), task.competence, task.lead)
        standing = standing_deadline(self.case)
        if standing is None:
            self.fields["due_on"].help_text = gettext("Without one the task keeps a review day.")
        elif is_used_up(standing, self.case):
            self.fields["due_on"].required = True
            self.fields["due_on"].help_text = gettext(
                "Needed: the present deadline, %(day)s, has passed or leaves less than one working"
                " day."
            ) % {"day": spoken(standing)}
        else:
            self.fields["due_on"].help_text = gettext(
                "Without one the present deadline, %(day)s, goes along."
            ) % {"day": spoken(standing)}


class ConfirmReturnForm(NextLeadForm):
    """The agency the suggestion names, unless the chief knows better."""

    answer = words_field(label=_("Answer to the agency"), required=False)

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        waiting = self.case.waiting_return
        self.fields["lead"].initial = waiting and waiting.suggested_id


class ChangeLeadForm(NextLeadForm):
    """Why another agency leads."""

    reason = words_field(label=_("Why another agency leads"))
