"""Which acts of the table are done on many tasks at once, the main one first."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from agencies.acting import Actor
from tasks.acts import ACTS, Act, Situation, Standing
from tasks.models import Task


@dataclass(frozen=True)
class Together:
    """One act done on many tasks.

    `effect` says what it means for all; without one each task's own effect stands beside it.
    `reads_evidence`: the reports are shown, and whoever decides says to have seen them (rule 5.4).
    `waits` is the request it decides, as `Task.objects.for_acts()` names it.
    """

    code: str
    label: str | Promise = ""
    effect: str | Promise = ""
    reads_evidence: bool = False
    waits: str = ""

    @property
    def act(self) -> Act:
        """The row of the table of acts, which alone decides on each task."""
        return ACTS[self.code]

    @property
    def name(self) -> str | Promise:
        """What its button says."""
        return self.label or self.act.label

    def suits(self, case: Situation) -> bool:
        """Whether it makes sense to offer the act on the task."""
        return self.act.suits(case) and (not self.waits or getattr(case.task, self.waits))


TOGETHER: dict[str, Together] = {
    one.code: one
    for one in (
        Together("complete", reads_evidence=True),
        Together("verify", reads_evidence=True),
        Together("report", label=_("Report completion by one document")),
        Together("accept", label=_("Accept the tasks")),
        Together("grant_extension", label=_("Grant the extensions"), waits="extension_waits"),
        Together("refuse_extension", label=_("Refuse the extensions"), waits="extension_waits"),
        Together(
            "move_deadline",
            effect=_("The original deadlines stay; reports count by both."),
        ),
        Together(
            "correct",
            effect=_(
                "Only what you fill in is changed, on every task alike. Old and new values stay on"
                " the timelines; the agencies are told what changed and why."
            ),
        ),
        Together(
            "change_lead",
            effect=_("Each task ends as transferred; a linked one begins at the new agency."),
        ),
        Together("hand_on", effect=_("You still answer for the tasks and report them.")),
        Together(
            "suspend",
            effect=_(
                "The clocks stand still until the work is resumed; suspended working days are given"
                " back at the end."
            ),
        ),
        Together("resume", effect=_("The suspended working days are given back.")),
        Together(
            "cancel",
            label=_("Cancel the tasks"),
            effect=_("The tasks end as cancelled; they are no longer among the open ones."),
        ),
    )
}


@dataclass(frozen=True)
class Offer:
    """An act that makes sense on some of the tasks shown, and on which."""

    together: Together
    tasks: frozenset[int]

    @property
    def count(self) -> int:
        """On how many of them."""
        return len(self.tasks)


def offers(tasks: Iterable[Task], actor: Actor, at: datetime) -> list[Offer]:
    """Return what may be offered on the tasks, read `for_acts` (no query a task).

    Guards are left to the preview, which says of each task why it is not possible.
    """
    standing = Standing(actor, at)
    cases = [Situation(task, actor, at, standing) for task in tasks]
    found = [
        Offer(one, frozenset(case.task.pk for case in cases if one.suits(case)))
        for one in TOGETHER.values()
    ]
    return [offer for offer in found if offer.tasks]
