"""One message an agency for a whole list, not one a task (rule 10.1)."""

from collections.abc import Callable, Iterable
from datetime import datetime

from django.urls import reverse
from django.utils import translation
from django.utils.translation import ngettext

from agencies.acting import Actor
from agencies.deadlines import local_day
from agencies.models import Agency, Notice
from agencies.notices import mailed_at_once, owe_occasion
from tasks.lifecycle.people import Answering
from tasks.models import ImportBatch, Task

ASSIGNED = "assigned"  # the kind of notices work given is told by (tasks.notice_kinds)
BOTH = (Notice.Channel.APP, Notice.Channel.MAIL)


def tell_brought_in(tasks: Iterable[Task], batch: ImportBatch, actor: Actor, at: datetime) -> None:
    """Tell each head how many tasks came in, and how many are overdue."""
    _tell(tasks, f"import:{batch.code}:brought_in", lambda own: _words(own, at), actor, at)


def tell_taken_back(tasks: Iterable[Task], batch: ImportBatch, actor: Actor, at: datetime) -> None:
    """Tell each head how many tasks were taken back."""
    _tell(tasks, f"import:{batch.code}:undone", _undone_words, actor, at)


def _tell(
    tasks: Iterable[Task],
    occasion: str,
    words: Callable[[list[Task]], str],
    actor: Actor,
    at: datetime,
) -> None:
    by_agency: dict[Agency, list[Task]] = {}
    for task in tasks:
        by_agency.setdefault(task.lead, []).append(task)
    answering = Answering(by_agency, local_day(at))
    told = [
        (person, agency)
        for agency in by_agency
        for person in answering.heads_told(agency)
        if person != actor.user
    ]
    mailed = mailed_at_once([person for person, _agency in told], ASSIGNED)
    for person, agency in told:
        with translation.override(person.language):
            owe_occasion(
                person,
                f"{occasion}:{agency.code}",
                subject=agency.name,
                text=words(by_agency[agency]),
                url=reverse("tasks"),
                at=at,
                channels=BOTH if person.pk in mailed else BOTH[:1],
                kind=ASSIGNED,
            )


def _words(tasks: list[Task], at: datetime) -> str:
    text = ngettext(
        "The Office brought %(n)d task of your agency in from its list.",
        "The Office brought %(n)d tasks of your agency in from its list.",
        len(tasks),
    ) % {"n": len(tasks)}
    late = sum(task.due_at is not None and task.due_at <= at for task in tasks)
    if not late:
        return text
    return f"{text} " + ngettext("%(n)d is overdue.", "%(n)d are overdue.", late) % {"n": late}


def _undone_words(tasks: list[Task]) -> str:
    return ngettext(
        "The Office took %(n)d task of your agency back: its list had been brought in by mistake.",
        "The Office took %(n)d tasks of your agency back: its list had been brought in by mistake.",
        len(tasks),
    ) % {"n": len(tasks)}
