"""What a sign of misuse is: each one a condition, so that a figure and its list agree (6.11)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Exists, OuterRef, Q, Subquery
from django.http import QueryDict
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from agencies.deadlines import Calendar, local_midnight
from consultations.late_returns import ReturnTerm
from consultations.models import PoorMark, Reply
from consultations.outcome import known_condition, late_then
from consultations.proof import deliveries
from consultations.questions import OpinionQuerySet
from consultations.stances import SILENCE, Stance

ROUND_SIGNS: Mapping[str, tuple[str | Promise, Q]] = {
    "for_task": (_("that serve a task"), Q(task__isnull=False)),
    "repeated": (_("that ask again in a new round"), Q(previous__isnull=False)),
    "withdrawn": (_("that were withdrawn"), Q(withdrawn_at__isnull=False)),
}
LINE_SIGNS: Mapping[str, tuple[str | Promise, Q]] = {
    "outside": (_("asked outside their competences"), Q(is_outside=True)),
    "answered": (_("that said something, in time or late"), Q(first_said_at__isnull=False)),
    "late": (_("that answered only after the deadline"), Q(outcome__in=SILENCE, said_late=True)),
    "silent": (_("that never answered"), Q(outcome__in=SILENCE, said_late=False)),
    "poor": (_("whose reply is marked as poor"), Q(is_poor=True)),
    "mark_off": (_("whose poor mark the chief took off"), Q(mark_is_off=True)),
    "insufficient": (_("that found the basis insufficient"), Q(said_insufficient=True)),
    "returned_late": (_("that returned the request late"), Q(returned_late=True)),
}


@dataclass(frozen=True)
class Period:
    """Whole local days, both included."""

    since: date | None
    until: date | None

    @classmethod
    def read(cls, query: QueryDict, since: date | None = None, until: date | None = None):
        """Read the days of an address; what is no day is as if not given."""
        return cls(_day(query.get("since", "")) or since, _day(query.get("until", "")) or until)

    @property
    def is_bounded(self) -> bool:
        """Whether it leaves any day out."""
        return self.since is not None or self.until is not None

    def holding(self, field: str) -> Q:
        """Return the condition that an instant lies in the period."""
        held = Q()
        if self.since is not None:
            held &= Q(**{f"{field}__gte": local_midnight(self.since)})
        if self.until is not None:
            held &= Q(**{f"{field}__lt": local_midnight(self.until + timedelta(days=1))})
        return held


def lines_with(
    sign: str, lines: OpinionQuerySet, at: datetime, calendar: Calendar
) -> OpinionQuerySet:
    """Return the lines that show the sign at the instant."""
    return judged(lines, at, calendar).filter(LINE_SIGNS[sign][1])


def judged(lines: OpinionQuerySet, at: datetime, calendar: Calendar) -> OpinionQuerySet:
    """Annotate the lines with what the signs ask of them at the instant."""
    said = Reply.objects.filter(known_condition(at), opinion=OuterRef("pk"))
    said = said.order_by("received_at", "id")
    marks = PoorMark.objects.filter(reply__opinion=OuterRef("pk"))
    return lines.with_outcome(at).annotate(
        first_said_at=Subquery(said.values("received_at")[:1]),
        said_late=Exists(said.filter(late_then())),
        said_insufficient=Exists(said.filter(stance=Stance.INSUFFICIENT)),
        is_poor=Exists(marks.standing(at)),
        mark_is_off=Exists(marks.taken_off(at)),
        returned_late=Q(pk__in=returned_late(lines, at, calendar)),
    )


def returned_late(lines: OpinionQuerySet, at: datetime, calendar: Calendar) -> list[int]:
    """Return the ids of the lines sent back later than so many working days after receipt, a
    setting (rule 6.6).
    """
    term = ReturnTerm.at(at, calendar)
    returned = Reply.objects.filter(
        known_condition(at), opinion__in=lines.order_by().values("pk"), stance=Stance.RETURNED
    ).values_list("opinion", "opinion__visible_at", "opinion__is_on_paper", "received_at")
    rows = list(returned)
    on_paper = [pk for pk, _visible_at, is_on_paper, _received_at in rows if is_on_paper]
    delivered = deliveries(on_paper) if on_paper else {}
    return [
        pk
        for pk, visible_at, _is_on_paper, received_at in rows
        if term.is_over(delivered.get(pk, visible_at), received_at)
    ]


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
