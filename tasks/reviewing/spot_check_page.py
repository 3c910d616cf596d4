"""What a spot check's page shows: each drawn task with its evidence, and who may judge it."""

from collections.abc import Iterable
from datetime import datetime

from django.db.models import Prefetch, QuerySet

from agencies.acting import Actor
from tasks.acts.situation import situations
from tasks.models import CompletionReport, SpotCheck, SpotCheckItem, Task
from tasks.reviewing.permits import may_find, may_reopen

SHOWS = {
    "waiting": {"result": ""},
    "doubted": {"result": "", "doubted_at__isnull": False},
    "done": {"result": SpotCheckItem.Result.DONE},
    "not_done": {"result": SpotCheckItem.Result.NOT_DONE},
}


def items_of(check: SpotCheck, show: str = "") -> QuerySet:
    """Return the drawn tasks in the order of the draw, with the reports they rest on."""
    confirmed = (
        CompletionReport.objects.filter(
            decision=CompletionReport.Decision.CONFIRMED, decided_at__lte=check.drawn_at
        )
        .select_related("post__user", "post__title", "event", "verified_by__user")
        .prefetch_related("event__files")
        .order_by("sent_at")
    )
    tasks = Task.objects.for_acts().select_related("lead", "directive__kind")
    return (
        check.items.filter(**SHOWS.get(show, {}))
        .select_related("checked_by__user", "doubted_by__user", "spot_check")
        .prefetch_related(
            Prefetch("task", queryset=tasks),
            Prefetch("task__reports", queryset=confirmed, to_attr="confirmed_reports"),
        )
    )


def judge(items: Iterable[SpotCheckItem], actor: Actor, at: datetime) -> None:
    """Put beside each drawn task its report and what the actor may do with it."""
    items = list(items)
    cases = situations([item.task for item in items], actor, at)
    for item, case in zip(items, cases, strict=True):
        reports = item.task.confirmed_reports
        item.report = reports[-1] if reports else None
        item.may_find = item.may_reopen = False
        if not item.result:
            reporter = item.report.post.user if item.report else None
            item.may_find = may_find(case, reporter)
            item.may_reopen = item.may_find and may_reopen(case, reporter)
