"""What the screens say of a sheet: names of fields, what stands against a row, what to do."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from agencies.deadlines import DeadlineRefused
from tasks.importing.judged import Finding

FIELD_LABELS: dict[str, str | Promise] = {
    "title": gettext_lazy("Content of the task"),
    "lead": gettext_lazy("Lead agency"),
    "coordinating": gettext_lazy("Coordinating agencies"),
    "deadline": gettext_lazy("Deadline"),
    "document": gettext_lazy("Document that gave it"),
    "assigned_on": gettext_lazy("Day it was given"),
    "authority": gettext_lazy("Assigned by"),
    "product": gettext_lazy("Expected product"),
    "competence": gettext_lazy("Competence"),
    "priority": gettext_lazy("Key task"),
    "officer": gettext_lazy("Following officer"),
    "state": gettext_lazy("State"),
    "percent": gettext_lazy("Percent done"),
    "result": gettext_lazy("Result so far"),
    "note": gettext_lazy("Note"),
}

# Why a row gives no work.
SKIPS: dict[str, str | Promise] = {
    "left_out": gettext_lazy("left out"),
    "done": gettext_lazy("done already"),
    "heading": gettext_lazy("heading of a group"),
    "total": gettext_lazy("line of totals"),
    "numbering": gettext_lazy("numbers of the columns"),
    "head": gettext_lazy("head of the table again"),
    "nothing": gettext_lazy("nothing in the mapped columns"),
}

# What is found in a cell and what to do about it, by field and code; "*" for any field.
_SENTENCES: dict[tuple[str, str], str | Promise] = {
    ("*", "broken"): gettext_lazy("the cell holds the error %(text)s of a formula: type the value"),
    ("title", "missing"): gettext_lazy("nothing is written: type what is to be done"),
    ("title", "cut"): gettext_lazy("long: the title is its beginning, the whole stays as wording"),
    ("title", "double_row"): gettext_lazy(
        "the same work, lead and deadline as row %(row)s: leave one of them out"
    ),
    ("title", "double_task"): gettext_lazy(
        "the same work, lead and deadline as task %(task)s: leave the row out"
    ),
    ("lead", "missing"): gettext_lazy("no agency is named: choose who answers for it"),
    ("lead", "vague"): gettext_lazy("“%(text)s” names no agency: choose who answers for it"),
    ("lead", "joint"): gettext_lazy(
        "%(agencies)s lead jointly: say who leads, or give each a task"
    ),
    ("lead", "empty_group"): gettext_lazy("no agency belongs to “%(agency)s” today"),
    ("coordinating", "vague"): gettext_lazy("“%(text)s” names no agency: kept in the wording only"),
    ("*", "closed"): gettext_lazy("%(agency)s is closed: choose the agency that goes on"),
    ("authority", "missing"): gettext_lazy(
        "nobody is named: choose who assigned it, for the whole sheet or here"
    ),
    ("assigned_on", "no_day"): gettext_lazy("“%(text)s” is no day: write it as 20/12/2026"),
    ("assigned_on", "future"): gettext_lazy(
        "%(day)s lies ahead: work of the list was given before"
    ),
    ("deadline", "needs_start"): gettext_lazy(
        "“%(text)s” needs the day the work was given: fill that in, or write a whole date"
    ),
    ("deadline", "recurring"): gettext_lazy(
        "“%(text)s” recurs: leave the row out and set up a recurring task, or write one day"
    ),
    ("deadline", "before_start"): gettext_lazy(
        "%(day)s lies before the day the work was given (%(start)s)"
    ),
    ("deadline", "year_assumed"): gettext_lazy("no year is written: taken for %(day)s"),
    ("state", "stopped"): gettext_lazy(
        "“%(text)s”: leave the row out, or empty the cell to bring it in as open work"
    ),
    ("percent", "no_percent"): gettext_lazy("“%(text)s” is no share from 0 to 100%%"),
    ("competence", "unknown"): gettext_lazy("“%(text)s” is not among the competences: left empty"),
    ("priority", "unknown"): gettext_lazy("“%(text)s” does not say key task: taken as normal"),
    ("officer", "unknown"): gettext_lazy("“%(text)s” is no officer of today: left empty"),
    ("", "hidden"): gettext_lazy("the row is hidden in the sheet"),
}


def said(finding: Finding, names: Mapping[str, str]) -> str:
    """Return a finding as a sentence; `names` are official names by code."""
    params = dict(finding.params)
    match finding.code:
        case "unknown" if "near" in params:
            return _unknown(str(params["text"]), [names.get(c, c) for c in params["near"]])
        case "refused":
            refusal: DeadlineRefused = params["refusal"]
            return f"{_(refusal.message) % refusal.params} " + _("Write a day: 20/12/2026.")
        case "overdue":
            days = params["days"]
            return ngettext("%(n)d day overdue at once", "%(n)d days overdue at once", days) % {
                "n": days
            }
        case "undated":
            return _("no deadline: it gets a review day")
        case "group":
            return ngettext(
                "%(n)d task, one an agency", "%(n)d tasks, one an agency", params["n"]
            ) % {"n": params["n"]}
    if "codes" in params:
        params["agencies"] = ", ".join(names.get(code, code) for code in params["codes"])
    if "code" in params:
        params["agency"] = names.get(params["code"], params["code"])
    days = {key: f"{params[key]:%d/%m/%Y}" for key in ("day", "start") if key in params}
    template = _SENTENCES.get((finding.field, finding.code)) or _SENTENCES["*", finding.code]
    return str(template) % {**params, **days}


def _unknown(text: str, nearest: list[str]) -> str:
    if not nearest:
        return _("“%(text)s” was not found: choose from the directory") % {"text": text}
    return _("“%(text)s” was not found; nearest: %(names)s") % {
        "text": text,
        "names": "; ".join(nearest[:3]),
    }


def label(field: str) -> str:
    """Return a field's name; nothing for what concerns the whole row."""
    return str(FIELD_LABELS.get(field, ""))
