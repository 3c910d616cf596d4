"""Tasks and lines with a past, written as history rows: what the acts leave behind them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.contrib.contenttypes.models import ContentType

from agencies.models import Agency, Event, OutgoingPaper
from consultations.models import (
    Consultation,
    Dossier,
    DossierReturn,
    DossierVersion,
    Opinion,
    Reply,
    ReturnCode,
    TermsRow,
)
from consultations.stances import SilenceRule
from reports.models import PeriodicReport
from tasks.models import (
    CampaignEntry,
    ClassificationRow,
    CompletionReport,
    Coordination,
    DeadlineRow,
    Extension,
    ProgressUpdate,
    ReviewCampaign,
    StateRow,
    Task,
    UrgedTask,
    Urging,
)
from tasks.states import State
from tests.factories import AuthorityFactory, PostFactory, office_chief


@dataclass(frozen=True)
class Step:
    """One change: from when, to which state, with which deadline (None: as before)."""

    at: datetime
    state: str
    due_at: datetime | None = None


def frozen_rows(report: PeriodicReport, table: str) -> list[dict]:
    """Return the frozen rows of one table of a report, in order."""
    return list(report.rows.filter(of=table).values_list("data", flat=True))


def event_on(
    thing, at: datetime, act: str = "test.step", *, recorded_at: datetime | None = None
) -> Event:
    return Event.objects.create(
        act=act,
        thing_type=ContentType.objects.get_for_model(thing),
        thing_id=thing.pk,
        thing_text=str(thing)[:300],
        thing_url="/",
        effective_at=at,
        recorded_at=recorded_at or at,
    )


def task_with(
    lead: Agency,
    assigned_at: datetime,
    due_at: datetime | None = None,
    steps: Iterable[Step] = (),
    *,
    code: str = "",
    coordinating: Iterable[Agency] = (),
    updates: Iterable[datetime] = (),
    **fields,
) -> Task:
    """Write a task that went through the steps, caches and rows alike."""
    task = Task.objects.create(
        code=code or f"NV-2026-{Task.objects.count() + 1:04d}",
        title=fields.pop("title", "Rà soát hồ sơ đất đai tồn đọng"),
        source="Kết luận giao ban",
        lead=lead,
        assigned_by=fields.pop("assigned_by", None) or AuthorityFactory(),
        assigned_at=assigned_at,
        due_at=due_at,
        original_due_at=due_at,
        **fields,
    )
    event = event_on(task, assigned_at)
    written = {"task": task, "recorded_at": assigned_at, "event": event}
    ClassificationRow.objects.create(
        effective_at=assigned_at,
        assigned_by=task.assigned_by,
        priority=task.priority,
        supervisor=task.supervisor,
        competence=task.competence,
        responsible=task.responsible,
        **written,
    )
    DeadlineRow.objects.create(effective_at=assigned_at, due_at=due_at, **written)
    StateRow.objects.create(effective_at=assigned_at, state=State.ASSIGNED, **written)
    for agency in coordinating:
        helps(task, agency, assigned_at)
    for step in steps:
        _take(task, step)
    task.save()
    for at in updates:
        _update(task, at)
    return task


def answers(task: Task, post, since: datetime) -> None:
    """Write that another person is responsible for the task from an instant on."""
    ClassificationRow.objects.create(
        task=task, assigned_by=task.assigned_by, priority=task.priority, responsible=post,
        supervisor=task.supervisor, competence=task.competence, effective_at=since,
        recorded_at=since, event=event_on(task, since),
    )  # fmt: skip
    Task.objects.filter(pk=task.pk).update(responsible=post)


def helps(
    task: Task, agency: Agency, since: datetime, until: datetime | None = None
) -> Coordination:
    """Write that an agency helps with the task from an instant on, until it left."""
    return Coordination.objects.create(task=task, agency=agency, asked_at=since, left_at=until)


def _take(task: Task, step: Step) -> None:
    event = event_on(task, step.at)
    written = {"task": task, "effective_at": step.at, "recorded_at": step.at, "event": event}
    if step.due_at is not None:
        task.due_at = step.due_at
        task.original_due_at = task.original_due_at or step.due_at
        DeadlineRow.objects.create(due_at=step.due_at, **written)
    if step.state == State.REPORTED:
        task.reported_at = step.at
        _report(task, step.at, event)
    elif step.state != State.COMPLETED:
        task.reported_at = None
    task.state = step.state
    task.completed_at = step.at if step.state == State.COMPLETED else None
    StateRow.objects.create(state=step.state, reported_at=task.reported_at, **written)


def _report(task: Task, at: datetime, event: Event) -> None:
    CompletionReport.objects.filter(task=task, decision="").update(
        decision=CompletionReport.Decision.SENT_BACK, decided_at=at
    )
    CompletionReport.objects.create(
        task=task, event=event, post=_poster(task.lead), result="Đã xong", sent_at=at
    )


def _update(task: Task, at: datetime) -> None:
    ProgressUpdate.objects.create(
        task=task, event=event_on(task, at), post=_poster(task.lead), text="Đang làm", percent=10,
        made_at=at,
    )  # fmt: skip
    Task.objects.filter(pk=task.pk).update(updated_at=at)


def _poster(agency: Agency):
    return agency.posts.first() or PostFactory(agency=agency)


def line_of(
    agency: Agency,
    asked_at: datetime,
    due_at: datetime,
    replies: Iterable[datetime] = (),
    *,
    consultation: Consultation | None = None,
    silence_rule: str = SilenceRule.DEEMED_AGREED,
    stance: str = "agreed",
) -> Opinion:
    """Write one agency's line of a consultation, with replies as received."""
    if consultation is None:
        chief = office_chief()
        consultation = Consultation.objects.create(
            code=f"YK-2026-{Consultation.objects.count() + 1:04d}",
            requester=chief.agency,
            asked_by=chief.post,
            title="Quy hoạch khu dân cư",
            provision="Quy chế làm việc",
            asked_at=asked_at,
            due_at=due_at,
        )
    line = Opinion.objects.create(
        consultation=consultation,
        agency=agency,
        due_at=due_at,
        silence_rule=silence_rule,
        silence_provision="điểm 1.3",
        visible_at=asked_at,
    )
    TermsRow.objects.create(
        opinion=line, due_at=due_at, silence_rule=silence_rule, effective_at=asked_at,
        recorded_at=asked_at, event=event_on(consultation, asked_at),
    )  # fmt: skip
    for at in replies:
        replied(line, at, stance)
    return line


def replied(
    line: Opinion, at: datetime, stance: str = "agreed", *, entered_at: datetime | None = None
) -> Reply:
    """Write a reply received at the instant, entered from paper where an instant says when."""
    return Reply.objects.create(
        opinion=line, event=event_on(line.consultation, at), post=_poster(line.agency),
        stance=stance, received_at=at, entered_at=entered_at,
    )  # fmt: skip


def asked_anew(line: Opinion, at: datetime, due_at: datetime) -> None:
    """Supply what the agency missed: what it said is settled, the line awaits anew (rule 6.6)."""
    line.counts_from, line.due_at = at, due_at
    line.save()
    TermsRow.objects.create(
        opinion=line, due_at=due_at, silence_rule=line.silence_rule, counts_from=at,
        effective_at=at, recorded_at=at, event=event_on(line.consultation, at),
    )  # fmt: skip


def asked_to_review(agency: Agency, due_at: datetime) -> CampaignEntry:
    """Write the agency's part of the one running review campaign, due at the instant."""
    campaign, _created = ReviewCampaign.objects.get_or_create(
        code="RS-2026-0001",
        defaults={
            "title": "Rà soát nhiệm vụ được giao",
            "due_at": due_at,
            "drafted_at": due_at - timedelta(days=14),
            "opened_at": due_at - timedelta(days=14),
        },
    )
    return CampaignEntry.objects.create(campaign=campaign, agency=agency)


def extended(task: Task, until: datetime, asked_at: datetime, at: datetime) -> Extension:
    """Write an extension asked and granted, and the deadline it moved."""
    was_at, task.due_at = task.due_at, until
    task.save()
    DeadlineRow.objects.create(
        task=task, due_at=until, effective_at=at, recorded_at=at,
        event=event_on(task, at, "task.extension_granted"),
    )  # fmt: skip
    return Extension.objects.create(
        task=task, event=event_on(task, asked_at), post=_poster(task.lead), reason="Chờ số liệu.",
        due_at=was_at, asked_at=asked_at, asked_due_at=until, granted_due_at=until,
        decision="approved", decided_at=at, decided_by=office_chief().post,
    )  # fmt: skip


def dossier_of(agency: Agency, *versions: tuple[datetime, datetime | None]) -> Dossier:
    """Write a dossier whose versions were submitted, and returned or not, at these instants."""
    poster = _poster(agency)
    dossier = Dossier.objects.create(
        code=f"HS-2026-{Dossier.objects.count() + 1:04d}", agency=agency, title="Đề án bãi xe",
        recipient="chair", state="submitted", drafted_at=versions[0][0], drafted_by=poster,
    )  # fmt: skip
    for number, (submitted_at, returned_at) in enumerate(versions, start=1):
        version = DossierVersion.objects.create(
            dossier=dossier, number=number, event=event_on(dossier, submitted_at), post=poster,
            text="Kính trình.", proposal="Phê duyệt.", submitted_at=submitted_at,
        )  # fmt: skip
        if returned_at is not None:
            DossierReturn.objects.create(
                version=version, reason=ReturnCode.objects.first(), defects="Thiếu phụ lục.",
                event=event_on(dossier, returned_at), post=office_chief().post,
                returned_at=returned_at,
            )  # fmt: skip
    return dossier


def issued_paper(thing, at: datetime) -> OutgoingPaper:
    """Write a paper about a thing, issued at the instant."""
    chief = office_chief()
    return OutgoingPaper.objects.create(
        thing=thing, issuer=chief.agency, suffix="UBND-VP", subject="V/v", state="issued",
        year=at.year, number=OutgoingPaper.objects.count() + 1, dated_on=at.date(),
        drafted_at=at, signed_at=at, signed_by=chief.post, numbered_at=at, issued_at=at,
    )  # fmt: skip


def urging_of(agency: Agency, at: datetime, *tasks: Task) -> Urging:
    """Write a letter that urges an agency about tasks, issued at the instant."""
    urging = Urging.objects.create(
        agency=agency, basis="Căn cứ", finding="Qua rà soát", demands="Khẩn trương",
        answer_by_at=at + timedelta(days=5), drafted_at=at, drafted_by=office_chief().post,
    )  # fmt: skip
    urging.paper, urging.issued_at = issued_paper(urging, at), at
    urging.save()
    for task in tasks:
        UrgedTask.objects.create(urging=urging, task=task, due_at=task.due_at, days=9)
    return urging


def decided(matter: type, agency: Agency, measure: str, at: datetime):
    """Write a case or a commendation the Chair decided, its paper issued at the instant."""
    found = matter.objects.create(
        code=f"{matter.__name__[:4]}-2026-0001", agency=agency, drafted_at=at, decided_at=at,
        decided_by=office_chief().post, measure=measure,
    )  # fmt: skip
    found.paper = issued_paper(found, at)
    found.save()
    return found
