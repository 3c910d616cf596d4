"""Which form each act of the table takes; one without facts takes the bare `ActForm`."""

from tasks.acts import Situation
from tasks.forms import (
    explaining,
    extending,
    handing,
    obstacles,
    returning,
    sharing,
    stopping,
    talking,
    working,
)
from tasks.forms.acting import ActForm
from tasks.forms.correcting import CorrectForm
from tasks.reviewing.settling import said_done

FORMS: dict[str, type[ActForm]] = {
    "ask_extension": extending.AskExtensionForm,
    "contribute": sharing.ContributeForm,
    "divide": sharing.DivideForm,
    "explain": explaining.ExplainForm,
    "hand_on": handing.HandOnForm,
    "grant_other_day": extending.GrantOtherDayForm,
    "move_deadline": extending.MoveDeadlineForm,
    "progress": working.ProgressForm,
    "refuse_extension": extending.RefuseExtensionForm,
    "raise_obstacle": obstacles.RaiseObstacleForm,
    "report": working.ReportForm,
    "send_back": working.SendBackForm,
    "write": talking.WriteForm,
    "hand_back": returning.HandBackForm,
    "confirm_return": returning.ConfirmReturnForm,
    "refuse_return": returning.RefuseReturnForm,
    "change_lead": returning.ChangeLeadForm,
    "suspend": stopping.StopForm,
    "resume": stopping.ResumeForm,
    "cancel": stopping.StopForm,
    "reopen": stopping.ReopenForm,
    "correct": CorrectForm,
}


def form_of(code: str, case: Situation, data=None, files=None) -> ActForm:
    """Return the form of an act on a task; its ids carry the act, as a page shows several."""
    initial = {"version": case.task.version, "percent": case.task.percent}
    if code == "report":
        initial |= said_done(case.task)
    form = FORMS.get(code, ActForm)
    return form(data, files, case=case, initial=initial, auto_id=f"{code}-%s")
