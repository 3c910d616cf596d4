"""What an agency can mark on its list: which facts each kind takes, and how it reads (5.13)."""

from dataclasses import dataclass
from datetime import date

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from agencies.models import Agency
from agencies.refusals import Refused
from tasks.models import CampaignMark, Task

Kind = CampaignMark.Kind


@dataclass(frozen=True)
class MarkKind:
    """One kind: what the agency's button says, and the facts besides the reason."""

    label: str | Promise
    needs: tuple[str, ...] = ()


KINDS: dict[str, MarkKind] = {
    Kind.WRONG_DEADLINE: MarkKind(gettext_lazy("The deadline is wrong"), ("due_on",)),
    Kind.WRONG_LEAD: MarkKind(gettext_lazy("Another agency leads"), ("lead",)),
    Kind.WRONG_WORDING: MarkKind(gettext_lazy("The wording is wrong"), ("title", "wording")),
    Kind.DONE: MarkKind(gettext_lazy("It was done already"), ("document_number",)),
    Kind.DOUBLED: MarkKind(gettext_lazy("It is listed twice"), ("same_as",)),
    Kind.MISSING: MarkKind(
        gettext_lazy("A task is missing"), ("title", "source", "assigned_by", "due_on")
    ),
}
ON_A_TASK = tuple(kind for kind in KINDS if kind != Kind.MISSING)


def said(mark: CampaignMark) -> str:
    """Return what the mark says should stand instead, in the active language."""
    proposed = mark.proposed
    match mark.kind:
        case Kind.WRONG_DEADLINE:
            return _("the right one is %(day)s") % {"day": _day_words(proposed["due_on"])}
        case Kind.WRONG_LEAD:
            return proposed["lead_name"]
        case Kind.WRONG_WORDING:
            return f"“{proposed['title']}”"
        case Kind.DONE:
            return proposed["document_number"]
        case Kind.DOUBLED:
            return _("the same work as %(code)s") % {"code": proposed["same_as"]}
        case _:
            parts = [f"“{proposed['title']}”", proposed["source"], proposed["assigned_by_name"]]
            if proposed["due_on"]:
                parts.append(_("deadline %(day)s") % {"day": _day_words(proposed["due_on"])})
            return "; ".join(filter(None, parts))


def _day_words(day: str) -> str:
    return f"{date.fromisoformat(day):%d/%m/%Y}"


def proposal_of(kind: str, task: Task | None, agency: Agency, facts: dict) -> dict:
    """Return what the mark proposes instead, as it is stored; refuse what proposes nothing."""
    return _CHECKS[kind](task, agency, facts)


def _wrong_deadline(task: Task, agency: Agency, facts: dict) -> dict:
    return {"due_on": _day(facts["due_on"])}


def _wrong_lead(task: Task, agency: Agency, facts: dict) -> dict:
    lead: Agency = facts["lead"]
    if lead == agency:
        raise Refused(_("That is your own agency: the list has it so."), field="lead")
    return {"lead": lead.code, "lead_name": lead.name}


def _wrong_wording(task: Task, agency: Agency, facts: dict) -> dict:
    words = {"title": facts["title"].strip(), "wording": facts["wording"].strip()}
    if (words["title"] or task.title, words["wording"]) == (task.title, task.text.strip()):
        raise Refused(_("This is the wording as it stands: change it."), field="title")
    return {"title": words["title"] or task.title, "wording": words["wording"]}


def _done(task: Task, agency: Agency, facts: dict) -> dict:
    return {"document_number": facts["document_number"].strip()}


def _doubled(task: Task, agency: Agency, facts: dict) -> dict:
    other: Task = facts["same_as"]
    if other.pk == task.pk:
        raise Refused(_("A task is not its own double: choose the other one."), field="same_as")
    return {"same_as": other.code}


def _missing(task: None, agency: Agency, facts: dict) -> dict:
    assigned_by = facts["assigned_by"]
    return {
        "title": facts["title"].strip(),
        "source": facts["source"].strip(),
        "assigned_by": assigned_by.code if assigned_by else "",
        "assigned_by_name": assigned_by.name if assigned_by else "",
        "due_on": _day(facts["due_on"]),
    }


_CHECKS = {
    Kind.WRONG_DEADLINE: _wrong_deadline,
    Kind.WRONG_LEAD: _wrong_lead,
    Kind.WRONG_WORDING: _wrong_wording,
    Kind.DONE: _done,
    Kind.DOUBLED: _doubled,
    Kind.MISSING: _missing,
}


def _day(day: date | None) -> str | None:
    return day.isoformat() if day else None
