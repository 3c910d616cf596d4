"""What the page of a case or a commendation shows: grounds with their chains, what comes next."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.utils.dateparse import parse_datetime

from agencies.acting import Actor
from agencies.models import Attachment, Event, OutgoingPaper, Post
from agencies.outgoing import may_number
from consultations.acts import available
from reports.cases import chain
from reports.cases.drafting import source_of
from reports.cases.listing import PILLS
from reports.cases.situation import Situation
from reports.cases.standing import Standing
from reports.cases.wording import LABELS
from reports.models import AccountabilityCase, Commendation
from tasks.models import Task


def page_of(
    matter: AccountabilityCase | Commendation, acts: Mapping, actor: Actor, at: datetime
) -> dict[str, Any]:
    """Return the context both pages share."""
    case = Situation(actor, at, matter)
    paper = _paper(matter, actor)
    return {
        "matter": matter,
        "state": case.state,
        "pill": PILLS.get(case.state, "done"),
        "acts": available(acts.values(), case),
        "grounds": read_grounds(matter, actor),
        "is_concerned": case.is_concerned,
        "signatures": signatures_of(case),
        "missing": _missing(case),
        "paper": paper,
        "may_issue": paper is not None and _may_go_on(paper, actor),
        "files": Attachment.objects.of(matter).filter(role="evidence"),
        "events": Event.objects.of(matter).for_timeline(),
    }


def read_grounds(matter: AccountabilityCase | Commendation, actor: Actor) -> list[dict[str, Any]]:
    """Return the frozen grounds in words; a task is linked for whoever may see it."""
    codes = {row["code"] for ground in matter.grounds for row in ground["rows"] if "code" in row}
    seen = Task.objects.visible_to(actor).filter(code__in=codes) if codes else Task.objects.none()
    urls = {task.code: task.get_absolute_url() for task in seen.only("code")}
    return [
        {
            "label": LABELS[ground["code"]],
            "value": ground["value"],
            "limit": ground["limit"],
            "source": source_of(ground),
            "rows": [_row(row, urls) for row in ground["rows"]],
        }
        for ground in matter.grounds
    ]


def _row(row: Mapping[str, Any], urls: Mapping[str, str]) -> dict[str, Any]:
    return dict(row) | {
        "url": urls.get(row.get("code", ""), ""),
        "due": parse_datetime(row["due_at"]) if row.get("due_at") else None,
        "on": parse_datetime(row["day"]) if row.get("day") else None,
        "chain": [chain.read(entry) for entry in row.get("chain", [])],
    }


_SIGNABLE = (Standing.SIGNING, Standing.BEFORE_CHAIR)


def _is_closed_to(case: Situation) -> bool:
    """Whether signatures are not the reader's to see: the head concerned, until the decision."""
    return case.is_concerned and case.state != Standing.DECIDED


def _missing(case: Situation) -> list[Post]:
    """Return whose signature is awaited."""
    if _is_closed_to(case) or case.state not in _SIGNABLE:
        return []
    return list(case.missing.values())


def signatures_of(case: Situation) -> list[dict[str, Any]]:
    """Return the signatures, one line a person: the chief may have signed in both roles."""
    if _is_closed_to(case):
        return []
    lines: dict[int, dict[str, Any]] = {}
    for signature in case.signatures:
        line = lines.setdefault(
            signature.post_id,
            {
                "post": signature.post,
                "at": signature.signed_at,
                "measure": case.matter.Measure(signature.measure).label,
                "text": signature.text,
                "roles": [],
            },
        )
        line["roles"].append(signature.get_role_display())
    return list(lines.values())


def _may_go_on(paper: OutgoingPaper, actor: Actor) -> bool:
    """Whether the actor is who numbers and issues the paper, which only named people see (2.8)."""
    return paper.state != OutgoingPaper.State.ISSUED and may_number(paper, actor)


def _paper(matter: AccountabilityCase | Commendation, actor: Actor) -> OutgoingPaper | None:
    """Return the paper of the decision where the actor may see it in the register."""
    rows = OutgoingPaper.objects.filter(pk=matter.paper_id).visible_to(actor)
    return rows.first() if matter.paper_id else None
