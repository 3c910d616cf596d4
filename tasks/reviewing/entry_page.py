"""What an agency sees of its part of a campaign: the list as the program has it (rule 5.13)."""

from dataclasses import dataclass, field
from datetime import date, datetime

from agencies.acting import Actor
from agencies.models import Event
from tasks.judgement import Judgement
from tasks.models import CampaignEntry, CampaignMark, Task
from tasks.reviewing.confirming import tasks_helped, tasks_to_review
from tasks.reviewing.marks import KINDS, ON_A_TASK
from tasks.reviewing.permits import may_confirm_entry, may_prepare_entry
from tasks.states import State


@dataclass
class Listed:
    """One open task on the list: found right, or with the marks made on it."""

    task: Task
    is_right: bool
    marks: list[CampaignMark] = field(default_factory=list)

    @property
    def kinds_left(self) -> list[tuple[str, object]]:
        """The kinds of correction not marked on it yet, with their words."""
        made = {mark.kind for mark in self.marks}
        return [(kind, KINDS[kind].label) for kind in ON_A_TASK if kind not in made]


@dataclass
class Frozen:
    """One task as it stood on the list when the head confirmed it; later corrections show apart."""

    code: str
    title: str
    due_at: datetime | None
    review_on: date | None
    state: str
    marks: list[CampaignMark]

    @classmethod
    def read(cls, row: dict, marks: list[CampaignMark]) -> "Frozen":
        """Read a row of `CampaignEntry.listed`."""
        due_at, review_on = row["due_at"], row["review_on"]
        return cls(
            code=row["code"],
            title=row["title"],
            due_at=datetime.fromisoformat(due_at) if due_at else None,
            review_on=date.fromisoformat(review_on) if review_on else None,
            state=str(State(row["state"]).label),
            marks=marks,
        )


def page_of(entry: CampaignEntry, actor: Actor, at: datetime) -> dict:
    """Return the context of an agency's page; drafts of marks are shown to the agency only."""
    judgement = Judgement.at(at)
    marks = list(
        CampaignMark.objects.visible_to(actor)
        .filter(entry=entry)
        .select_related("task", "made_by__user", "decided_by__user")
    )
    is_open = entry.is_waiting
    prepares = is_open and may_prepare_entry(actor, entry)
    is_own = actor.agency_id == entry.agency_id
    by_task = _by_task(marks)
    rows = [] if entry.confirmed_at else _rows(entry, by_task, is_own)
    return {
        "entry": entry,
        "campaign": entry.campaign,
        "judgement": judgement,
        "rows": rows,
        "looked_at": sum(row.is_right or bool(row.marks) for row in rows),
        "frozen": [Frozen.read(row, by_task.get(row["code"], [])) for row in entry.listed],
        "marks": marks,
        "missing": [mark for mark in marks if mark.task is None],
        "helped": tasks_helped(entry).select_related("lead") if is_own or is_open else [],
        "prepares": prepares,
        "may_confirm": is_open and may_confirm_entry(actor, entry),
        "is_own": is_own,
        "events": Event.objects.of(entry).for_timeline(),
    }


def _by_task(marks: list[CampaignMark]) -> dict[str, list[CampaignMark]]:
    found: dict[str, list[CampaignMark]] = {}
    for mark in marks:
        if mark.task is not None:
            found.setdefault(mark.task.code, []).append(mark)
    return found


def _rows(entry: CampaignEntry, marks: dict[str, list[CampaignMark]], is_own: bool) -> list[Listed]:
    checked = set(entry.checked) if is_own else set()
    tasks = tasks_to_review(entry).select_related("assigned_by", "directive__kind")
    return [Listed(task, task.code in checked, marks.get(task.code, [])) for task in tasks]
