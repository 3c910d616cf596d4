"""From rows to the pure letter: what an urging's text and paper are made of."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.utils import translation

from agencies.acting import Actor, head_of
from agencies.deadlines import local_day, local_midnight
from agencies.deadlines.instants import ZONE
from agencies.functions import Function
from agencies.letterheads import COMMITTEE, letterhead_of_body, signed_by_order, signed_for_body
from agencies.models import Agency, Body, CalendarDay, OutgoingPaper, Post, Setting
from agencies.papers import Capacity, Paper, Signature, build
from tasks.models import Directive, Task, UrgedTask, Urging
from tasks.urging.choosing import Line
from tasks.urging.paper import Letter, ListedTask, due_words, paper_of
from tasks.urging.table import BY_ORDER, FOR_THE_COMMITTEE
from tasks.urging.wording import Cited, Late, Named, Text

ANSWER_HOUR = 16
"""Until this hour of its day an urged agency reports: "trước 16 giờ 00 ngày …"."""


@dataclass(frozen=True)
class Issuer:
    """The body whose letterhead the letters bear, and who heads its Office on a day."""

    body: Body
    chief: Post | None

    @classmethod
    def on(cls, day: date) -> "Issuer":
        """Read both once, for any number of letters."""
        body = Body.current()
        return cls(body, head_of(body.office, day))


def named(body: Body) -> Named:
    """Return how letters call the body."""
    return Named(
        body=body.name,
        leader=body.leader_title,
        office=body.office.name,
        place=body.place,
    )


def late_of(agency: Agency, lines: Sequence[Line], ordinal: int, at: datetime) -> Late:
    """Gather what a letter tells of an agency's tasks at the instant."""
    directives = dict.fromkeys(line.task.directive for line in lines if line.task.directive)
    return Late(
        agency=agency.name,
        at=at,
        ordinal=ordinal,
        days=[line.days for line in lines if not line.is_undated],
        silent=sum(1 for line in lines if line.is_undated),
        silent_months=Setting.objects.value("urging_undated_months", at),
        papers=[cited(directive) for directive in directives],
        earlier=_earlier([line.task.pk for line in lines], at),
    )


def cited(directive: Directive) -> Cited:
    """Return a directive as papers cite it."""
    issuer = directive.issuer.name if directive.issuer else ""
    symbol = (
        f"{directive.kind or 'Văn bản'} số {directive.number}" if directive.number else "văn bản"
    )
    return Cited(symbol, directive.issued_on, issuer, directive.abstract)


def _earlier(tasks: Sequence[int], at: datetime) -> list[Cited]:
    """Return the letters issued before that urged any of the tasks, oldest first."""
    papers = OutgoingPaper.objects.filter(
        urging__listed__task__in=tasks, urging__issued_at__lte=at
    ).distinct()
    return [
        Cited(f"Công văn số {paper.symbol}", paper.dated_on)
        for paper in papers.order_by("dated_on", "number")
    ]


def answer_by(at: datetime) -> datetime:
    """Return the instant by which an agency urged now reports: so many working days (setting)."""
    days = Setting.objects.value("urging_answer_days", at)
    last = CalendarDay.objects.calendar().add_working_days(local_day(at), days)
    return local_midnight(last).replace(hour=ANSWER_HOUR)


def text_of(urging: Urging) -> Text:
    """Return the editable text of an urging."""
    return Text(urging.basis, urging.finding, urging.demands, urging.consequence)


def letter_of(urging: Urging, rows: Sequence[UrgedTask], issuer: Issuer | None = None) -> Paper:
    """Return the urging's letter; number, day and signature once its paper has them."""
    issuer = issuer or Issuer.on(local_day(urging.drafted_at))
    body, paper = issuer.body, urging.paper
    with translation.override("vi"):
        return paper_of(
            Letter(
                agency=urging.agency.name,
                ordinal=urging.ordinal,
                text=text_of(urging),
                answer_by_at=urging.answer_by_at,
                as_of=urging.drafted_at.astimezone(ZONE),
                tasks=[_listed(row) for row in rows],
                named=named(body),
                letterhead=letterhead_of_body(body),
                signature=_signature(paper, urging, issuer),
                suffix=paper.suffix if paper else body.letter_suffix,
                number=paper.number if paper else None,
                day=paper.dated_on if paper else None,
            )
        )


def docx_of(urging: Urging) -> bytes:
    """Return the letter as .docx."""
    return build(letter_of(urging, rows_of(urging)))


def file_name(urging: Urging) -> str:
    """Return the name of the downloaded letter: don-doc-tnmt-lan-2.docx."""
    return f"don-doc-{urging.agency.code}-lan-{urging.ordinal}-{urging.pk}.docx"


def rows_of(urging: Urging) -> list[UrgedTask]:
    """Return the tasks of an urging as its letter lists them."""
    return list(urging.listed.select_related("task__directive__kind", "task__lead"))


def _listed(row: UrgedTask) -> ListedTask:
    task: Task = row.task
    return ListedTask(
        code=task.code,
        title=task.title,
        document=_document(task),
        due=due_words(row.due_at),
        days=row.days,
        urged_before=row.urged_before,
    )


def _document(task: Task) -> str:
    if task.directive is None:
        return task.source
    clause = f", điểm {task.clause}" if task.clause else ""
    return f"{task.directive.symbol or task.directive.abstract}{clause}"


def _signature(paper: OutgoingPaper | None, urging: Urging, issuer: Issuer) -> Signature:
    """Write who signed: a leader for the committee, the chief by order of its leader; of a draft
    who would: the chief that day, or of the Office's own the body's leader.
    """
    body = issuer.body
    if paper is not None and paper.signed_by is not None:
        post = paper.signed_by
        if Function.LEADER in post.title.functions:
            return signed_for_body(post)
        return signed_by_order(post, body.leader_title)
    if urging.agency_id == body.office_id:
        return Signature(Capacity.COLLECTIVE, body.leader_title, on_behalf_of=COMMITTEE)
    title = issuer.chief.title.name if issuer.chief else "Chánh Văn phòng"
    return Signature(Capacity.BY_ORDER, title, on_behalf_of=body.leader_title)


def capacity_of(actor: Actor) -> str:
    """Return the capacity kept on the paper: a leader for the committee, others by order."""
    return FOR_THE_COMMITTEE if actor.is_leader else BY_ORDER
