"""The helpers of one task as one reader sees them: who gave what, who is waited for (rule 5.9)."""

from dataclasses import dataclass
from functools import cached_property

from django.db.models import Prefetch
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from agencies.deadlines import days_overdue
from tasks.acts import Situation
from tasks.judgement import Judgement
from tasks.models import Coordination
from tasks.states import WORKING


def with_helpers() -> Prefetch:
    """Return what a task whose helpers are shown is loaded with (one query): those that stand, and
    those whose share a successor took over.
    """
    shown = Coordination.objects.filter(left_at__isnull=True)
    return Prefetch("coordinations", shown.select_related("agency"))


@dataclass(frozen=True)
class HelperLine:
    """One helper's share at an instant: what is asked, by when, what became of it."""

    share: Coordination
    judgement: Judgement
    goes_on: bool

    @property
    def is_awaited(self) -> bool:
        """Whether the lead still waits for it."""
        return self.goes_on and self.share.delivered_at is None and self.share.moved_at is None

    @property
    def is_late(self) -> bool:
        """Whether it came late, or is waited for past its deadline."""
        is_over = self.share.delivered_at is None and not self.is_awaited
        return not is_over and self.share.is_late(self.judgement.instant)

    @property
    def kind(self) -> str:
        """The kind of its pill."""
        if not self.is_awaited:
            return "done"
        due_at = self.share.share_due_at
        if due_at is None:
            return "waiting"
        if self.is_late:
            return "late"
        return "soon" if due_at <= self.judgement.soon_at else "track"

    @property
    def words(self) -> str | Promise:
        """What became of it, as people say it."""
        share, due_at = self.share, self.share.share_due_at
        if not self.is_awaited:
            if share.moved_at is not None:
                return _("taken over by its successor")
            if share.delivered_at is None:
                return _("share not sent")
            return _late_by(share) if self.is_late else _("share sent")
        if due_at is None:
            return _("share not sent yet")
        return self.judgement.distance(due_at)


def _late_by(share: Coordination) -> str:
    days = days_overdue(share.share_due_at, share.delivered_at)
    return ngettext("sent %(n)d day late", "sent %(n)d days late", days) % {"n": days}


def line_of(share: Coordination, judgement: Judgement) -> HelperLine:
    """Return a share as lists and cards show it; its task is loaded."""
    return HelperLine(share, judgement, goes_on=share.task.state in WORKING)


@dataclass(frozen=True)
class Helping:
    """All helpers of a task; `lines` are those the reader may see: helpers see their own."""

    shares: list[Coordination]
    lines: list[HelperLine]
    sees_all: bool

    @classmethod
    def of(cls, case: Situation, judgement: Judgement) -> "Helping":
        """Read the task's helpers (no query of one loaded `with_helpers`)."""
        task, actor = case.task, case.actor
        shares = list(task.coordinations.all()) if case.has_helpers else []
        sees_all = actor.sees_everything or actor.agency_id == task.lead_id
        lines = [
            line_of(share, judgement)
            for share in shares
            if sees_all or share.agency_id == actor.agency_id
        ]
        return cls(shares, lines, sees_all)

    @cached_property
    def awaited(self) -> list[HelperLine]:
        """The shares the lead waits for, the longest overdue first."""
        waited = [line for line in self.lines if line.is_awaited]
        return sorted(waited, key=lambda line: (not line.is_late, _due_order(line)))

    @cached_property
    def settled(self) -> list[HelperLine]:
        """The shares that were given, or are not waited for any more."""
        return [line for line in self.lines if not line.is_awaited]

    @property
    def given(self) -> int:
        """How many helpers gave their share."""
        return sum(1 for line in self.lines if line.share.delivered_at is not None)

    @property
    def late(self) -> int:
        """How many shares the lead waits for past their deadline."""
        return sum(1 for line in self.awaited if line.is_late)


def _due_order(line: HelperLine) -> float:
    due_at = line.share.share_due_at
    return due_at.timestamp() if due_at else float("inf")
