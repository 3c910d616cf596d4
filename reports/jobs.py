"""The top floor's Celery tasks: two lines around functions that need no Celery."""

from celery import shared_task

from agencies.heartbeats import heartbeat
from agencies.one_by_one import each_on_its_own
from reports.asking import build_asked
from reports.build import build_due
from reports.cases.drafting import draft_due
from reports.cases.tending import note_ended_terms
from reports.digest import owe_digests

BUILD_EVERY_SECONDS = 3600
ASKED_EVERY_SECONDS = 60
DIGEST_EVERY_SECONDS = 1800
CASES_EVERY_SECONDS = 3600


@shared_task(name="reports.build_reports")
def build_reports() -> int:
    """Build the periodic reports whose cut-off has passed (rule 8.4)."""
    with heartbeat("reports.build_reports", every_seconds=BUILD_EVERY_SECONDS) as at:
        return len(build_due(at))


@shared_task(name="reports.build_asked_reports")
def build_asked_reports() -> int:
    """Build the reports of free periods that somebody asked for (rule 8.4)."""
    with heartbeat("reports.build_asked_reports", every_seconds=ASKED_EVERY_SECONDS) as at:
        return build_asked(at)


@shared_task(name="reports.send_digests")
def send_digests() -> int:
    """Owe the day's digests from the morning of a working day on (rule 8.1)."""
    with heartbeat("reports.send_digests", every_seconds=DIGEST_EVERY_SECONDS) as at:
        return owe_digests(at)


@shared_task(name="reports.tend_cases")
def tend_cases() -> int:
    """Draft cases and praise from new reports; tell of terms that ended (rule 9.1)."""
    with heartbeat("reports.tend_cases", every_seconds=CASES_EVERY_SECONDS) as at:
        return sum(each_on_its_own((note_ended_terms, draft_due), lambda job: job(at)))
