"""Which reminders are due, to whom, and at which step (rule 8.1).

A step is recorded as the occasion of a notice, with the deadline it speaks of: missed days are
caught up by the one step that holds now, nothing is said twice, and a moved deadline begins anew.
So does an urging: its task's steps are counted from the day it was issued.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Model
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from agencies.acting import heads_by_agency, holders_of
from agencies.deadlines import (
    Calendar,
    days_overdue,
    last_day_in_time,
    local_day,
    soon_horizon,
    working_days_left,
)
from agencies.functions import Function
from agencies.in_words import due
from agencies.models import Body, CalendarDay, Post, Setting, User
from agencies.succession import in_post_on
from consultations.models import Opinion
from consultations.stances import SilenceRule
from reports.listing import unsent
from tasks.models import Acknowledgement, CampaignEntry, Coordination, Task
from tasks.states import WORKING, Plea
from tasks.timeliness import PLEADED


@dataclass(frozen=True)
class Reminder:
    """One thing to remind one person of, at one step."""

    person: User
    thing: Model
    kind: str
    step: str
    title: str
    due_at: datetime
    days: int
    working_days: int
    days_overdue: int
    deems: bool = False
    urged_at: datetime | None = None
    plea: str = Plea.NONE

    @property
    def is_pleaded(self) -> bool:
        """Past its deadline, but asked in time and undecided: not late until decided (5.6)."""
        return bool(self.plea and self.days_overdue)

    @property
    def is_late(self) -> bool:
        """Past its deadline, and it counts."""
        return bool(self.days_overdue) and not self.is_pleaded

    @property
    def occasion(self) -> str:
        """The unique key of the step: of the deadline, and of the urging that began it anew."""
        stamp = f"{self.due_at:%Y%m%dT%H%M}"
        if self.urged_at is not None:
            stamp = f"{stamp}:urged-{self.urged_at:%Y%m%dT%H%M%S}"
        return f"reminder:{self.kind}:{self.thing.pk}:{stamp}:{self.step}"

    @property
    def when(self) -> str:
        """The distance to the deadline, in the active language."""
        if self.is_pleaded:
            return str(PLEADED[self.plea].label)
        if self.days_overdue:
            return ngettext(
                "%(n)d day overdue", "%(n)d days overdue", self.days_overdue
            ) % {"n": self.days_overdue}  # fmt: skip
        if self.days == 0:
            return _("due today")
        if self.working_days == 0:
            return ngettext("%(n)d day left", "%(n)d days left", self.days) % {"n": self.days}
        return ngettext(
            "%(n)d working day left", "%(n)d working days left", self.working_days
        ) % {"n": self.working_days}  # fmt: skip

    @property
    def told(self) -> str:
        """What is to be done and by when, in the active language, without the title."""
        words = {
            "task": _("%(when)s, deadline %(due)s"),
            "review": _("confirm the list of open tasks: %(when)s, by %(due)s"),
            "acknowledgement": _("acknowledge the directive: %(when)s, by %(due)s"),
            "share": _("send your share: %(when)s, by %(due)s"),
            "report": _("send the report: %(when)s, by %(due)s"),
            "line": _("answer the consultation: %(when)s, by %(due)s"),
        }[self.kind]
        said = words % {"when": self.when, "due": due(self.due_at)}
        if self.deems and not self.days_overdue:
            silence = _("Silence is agreement.")
            said = f"{said}. {silence}"
        return said


class Reminding:
    """The reminders of one instant: a constant number of queries."""

    def __init__(self, at: datetime) -> None:
        self.at, self.day = at, local_day(at)
        self.calendar: Calendar = CalendarDay.objects.calendar()
        self.until = soon_horizon(self.calendar, at, self._setting("days_before"))
        self.every = self._setting("every_days")
        self.officer_from = self._setting("officer_days")
        self.leader_from = self._setting("leader_days")

    def _setting(self, name: str) -> int:
        return Setting.objects.value(f"reminder_{name}", self.at)

    def all(self) -> Iterator[Reminder]:
        """Yield every reminder that holds now; the ledger knows which were given before."""
        yield from self._of_tasks()
        yield from self._of_shares()
        yield from self._of_acknowledgements()
        yield from self._of_reviews()
        yield from self._of_lines()
        yield from self._of_reports()

    def _of_tasks(self) -> Iterator[Reminder]:
        tasks = list(
            Task.objects.counted()
            .now()
            .filter(state_then__in=WORKING, due_then__lte=self.until)
            .with_urgings(self.at)
            .select_related("responsible__user", "officer__user", "supervisor__user")
            .order_by("due_at", "pk")
        )
        heads = heads_by_agency({task.lead_id for task in tasks}, self.day)
        named = (p for task in tasks for p in (task.responsible, task.officer, task.supervisor))
        answering = in_post_on(named, self.day)
        for task in tasks:
            late = days_overdue(task.due_at, self.at)
            posts = [answering.get(task.responsible_id), heads.get(task.lead_id)]
            if self.step(task.due_at) != "before" and late >= self.officer_from:
                posts.append(answering.get(task.officer_id))
            if late >= self.leader_from:
                posts.append(answering.get(task.supervisor_id))
            title = f"{task.code} {task.title}"
            urged_at = self._urged_since(task)
            for person in people(posts, self.day):
                yield self._reminder(
                    person, task, "task", title, task.due_at,
                    urged_at=urged_at, plea=task.plea_then,
                )  # fmt: skip

    def _of_shares(self) -> Iterator[Reminder]:
        """The helper's head; once overdue the lead's head too, then the officer (rule 5.9)."""
        shares = list(
            Coordination.objects.awaited(self.at)
            .with_share_due()
            .filter(share_due__lte=self.until)
            .select_related("task__officer__user")
            .order_by("share_due", "pk")
        )
        agencies = {share.agency_id for share in shares} | {one.task.lead_id for one in shares}
        heads = heads_by_agency(agencies, self.day)
        following = in_post_on((share.task.officer for share in shares), self.day)
        for share in shares:
            due_at, task = share.share_due_at, share.task
            step, posts = self.step(due_at), [heads.get(share.agency_id)]
            if days_overdue(due_at, self.at):
                posts.append(heads.get(task.lead_id))
            if step.startswith("week"):
                posts.append(following.get(task.officer_id))
            title = f"{task.code} {share.asked or task.title}"
            for person in people(posts, self.day):
                yield self._reminder(person, share, "share", title, due_at)

    def _of_acknowledgements(self) -> Iterator[Reminder]:
        waiting = list(
            Acknowledgement.objects.waiting()
            .filter(due_at__lte=self.until)
            .select_related("directive__kind")
        )
        heads = heads_by_agency({each.agency_id for each in waiting}, self.day)
        for each in waiting:
            title = f"{each.directive.symbol} {each.directive.abstract}".strip()
            for person in people([heads.get(each.agency_id)], self.day):
                yield self._reminder(person, each, "acknowledgement", title, each.due_at)

    def _of_reviews(self) -> Iterator[Reminder]:
        waiting = list(
            CampaignEntry.objects.waiting()
            .filter(campaign__due_at__lte=self.until)
            .select_related("campaign")
        )
        heads = heads_by_agency({each.agency_id for each in waiting}, self.day)
        for each in waiting:
            campaign = each.campaign
            for person in people([heads.get(each.agency_id)], self.day):
                yield self._reminder(person, each, "review", campaign.title, campaign.due_at)

    def _of_lines(self) -> Iterator[Reminder]:
        lines = list(Opinion.objects.expiring(self.at, self.until).select_related("consultation"))
        heads = heads_by_agency({line.agency_id for line in lines}, self.day)
        for line in lines:
            deems = line.silence_rule == SilenceRule.DEEMED_AGREED
            for person in people([heads.get(line.agency_id)], self.day):
                yield self._reminder(
                    person, line, "line", str(line.consultation), line.due_at, deems
                )

    def _of_reports(self) -> Iterator[Reminder]:
        """The chief; once it is signed also the clerk, who issues it (rule 8.4)."""
        waiting = list(unsent(self.until))
        if not waiting:
            return
        chiefs = holders_of(Function.OFFICE_CHIEF, self.day)
        clerks = holders_of(Function.CLERK, self.day, Body.current().office)
        for report in waiting:
            posts = [*chiefs, *clerks] if report.approved_at else chiefs
            for person in people(posts, self.day):
                yield self._reminder(person, report, "report", str(report), report.send_by_at)

    @staticmethod
    def _urged_since(task: Task) -> datetime | None:
        """Return when the task was last urged about the deadline that has passed (rule 8.1)."""
        urged_at = task.last_urged_at
        return urged_at if urged_at is not None and urged_at >= task.due_at else None

    def step(self, due_at: datetime, urged_at: datetime | None = None) -> str:
        """Return the one step that holds now: before, on the day, then each week overdue; after an
        urging each week from its day on.

        A setting says how long a "week" is.
        """
        late = days_overdue(due_at, self.at)
        if urged_at is not None:
            late = (self.day - local_day(urged_at)).days
            return f"week-{late // self.every}" if late >= self.every else "day"
        if late >= self.every:
            return f"week-{late // self.every}"
        if late or working_days_left(self.calendar, due_at, self.at) == 0:
            return "day"
        return "before"

    def _reminder(
        self, person: User, thing: Model, kind: str, title: str, due_at: datetime,
        deems: bool = False, urged_at: datetime | None = None, plea: str = Plea.NONE,
    ) -> Reminder:  # fmt: skip
        return Reminder(
            person=person,
            thing=thing,
            kind=kind,
            step=self.step(due_at, urged_at),
            title=title,
            due_at=due_at,
            days=max(0, (last_day_in_time(due_at) - self.day).days),
            working_days=working_days_left(self.calendar, due_at, self.at),
            days_overdue=days_overdue(due_at, self.at),
            deems=deems,
            urged_at=urged_at,
            plea=plea,
        )


def people(posts: list[Post | None], day: date) -> list[User]:
    """Return who holds the posts that day, each once; a person who left is reminded of nothing."""
    held = [post for post in posts if post is not None and post.is_held_on(day)]
    return [user for user in dict.fromkeys(post.user for post in held) if user.is_active]
