"""Signs of misuse, measured per requester and per answering agency (rule 6.11).

A sign proves nothing: it says where to look. Each figure leads to exactly its rows, by the
conditions of `consultations.signs`; it flags an agency only from a minimum number on (settings).
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from statistics import median
from urllib.parse import urlencode

from django.db.models import Count, Max, Value
from django.db.models.functions import Least, TruncDate
from django.urls import reverse
from django.utils.formats import number_format
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from agencies.acting import Actor
from agencies.deadlines import ZONE, last_day_in_time, local_day
from agencies.functions import Function
from agencies.models import Agency, CalendarDay, Setting
from agencies.settings_catalogue import CATALOGUE
from consultations.models import Consultation, Opinion
from consultations.signs import LINE_SIGNS, ROUND_SIGNS, Period, judged

MINIMUM = "signs_minimum"
# The columns of the two tables, and the settings that say from when on a figure is a sign.
ASKING = (
    _("Consultations"),
    _("For each task"),
    _("Outside competences"),
    _("Days waited for each"),
    _("Asked again"),
    _("Withdrawn"),
    _("Poor marks taken off"),
)
ANSWERING = (
    _("Asked"),
    _("Median days to answer"),
    _("Answered late"),
    _("Never answered"),
    _("Poor replies"),
    _("Returned late"),
    _("Basis insufficient"),
)
ASKING_LIMITS = (
    "signs_per_task",
    "signs_outside_percent",
    "signs_waiting_days",
    "signs_repeated_percent",
    "signs_marks",
    MINIMUM,
)
ANSWERING_LIMITS = (
    "signs_answer_days",
    "signs_silent_percent",
    "signs_marks",
    "signs_insufficient_percent",
    MINIMUM,
)


def may_see(actor: Actor) -> bool:
    """Return whether the actor sees the signs: the chief and the leaders, who see every row behind
    the figures (rule 2.4).
    """
    return actor.is_leader or actor.has(Function.OFFICE_CHIEF)


@dataclass(frozen=True)
class Figure:
    """One figure (None: there is nothing to reckon it from), where its rows are, whether it passes
    its limit.
    """

    value: float | None
    url: str = ""
    note: str = ""
    is_flagged: bool = False

    @property
    def words(self) -> str:
        """The figure as people read it."""
        if self.value is None:
            return "–"
        whole = self.value == int(self.value)
        return number_format(round(self.value, 1), decimal_pos=0 if whole else 1)


@dataclass(frozen=True)
class Row:
    """One agency's figures, in the order of the table's columns."""

    agency: Agency
    number: int
    cells: tuple[tuple[str | Promise, Figure], ...]

    @property
    def flags(self) -> int:
        """How many figures pass their limits."""
        return sum(figure.is_flagged for _column, figure in self.cells)


class Misuse:
    """Both tables of one period, as things stand at an instant. The number of queries is fixed."""

    def __init__(self, period: Period, at: datetime) -> None:
        self.period, self.at = period, at
        self.calendar = CalendarDay.objects.calendar()
        self.limits = Setting.objects.values_of({*ASKING_LIMITS, *ANSWERING_LIMITS}, at)
        self.agencies = Agency.objects.in_bulk()

    @cached_property
    def requesters(self) -> list[Row]:
        """Those who asked, those with signs first."""
        asked = Consultation.objects.filter(self.period.holding("asked_at")).order_by()
        counted = asked.values("requester").annotate(
            number=Count("pk"), tasks=Count("task", distinct=True), **_counts(ROUND_SIGNS)
        )
        lines = self._lines.values("consultation__requester").annotate(
            number=Count("pk"), **_counts(LINE_SIGNS, "outside", "mark_off")
        )
        of_lines = {row["consultation__requester"]: row for row in lines}
        return _in_order(
            Row(
                self.agencies[row["requester"]],
                row["number"],
                _cells(ASKING, self._of_requester(row, of_lines.get(row["requester"], NO_LINES))),
            )
            for row in counted
        )

    @cached_property
    def answering(self) -> list[Row]:
        """Those who were asked, those with signs first."""
        counted = self._lines.values("agency").annotate(
            number=Count("pk"),
            **_counts(LINE_SIGNS, "late", "silent", "poor", "returned_late", "insufficient"),
        )
        return _in_order(
            Row(
                self.agencies[row["agency"]],
                row["number"],
                _cells(ANSWERING, self._of_answering(row)),
            )
            for row in counted
        )

    @property
    def tables(self) -> list[dict]:
        """What the page draws of each table."""
        return [
            {
                "code": "asking",
                "title": _("By agency that asks"),
                "columns": ASKING,
                "rows": self.requesters,
                "limits": self._limits(ASKING_LIMITS),
            },
            {
                "code": "answering",
                "title": _("By agency that answers"),
                "columns": ANSWERING,
                "rows": self.answering,
                "limits": self._limits(ANSWERING_LIMITS),
            },
        ]

    @property
    def flagged(self) -> int:
        """How many agencies show a sign."""
        return len({row.agency.pk for row in (*self.requesters, *self.answering) if row.flags})

    def _limits(self, codes: Iterable[str]) -> list[str]:
        known = ((CATALOGUE[code], self.limits[code]) for code in codes)
        return [f"{one.label}: {value} {one.unit}" for one, value in known]

    @cached_property
    def _lines(self):
        asked = Opinion.objects.filter(self.period.holding("visible_at")).order_by()
        return judged(asked, self.at, self.calendar)

    def _of_requester(self, row: Mapping, lines: Mapping) -> Iterable[Figure]:
        agency = self.agencies[row["requester"]].code
        number, waits = row["number"], self._waits[row["requester"]]
        days = sum(waits) / len(waits) if waits else 0
        each = row["for_task"] / row["tasks"] if row["tasks"] else 0

        def rounds(sign: str = "") -> str:
            return self._url("all", requester=agency, sign=sign)

        yield Figure(number, rounds())
        if row["tasks"]:
            served = {"asked": row["for_task"], "tasks": row["tasks"]}
            yield Figure(
                each,
                rounds("for_task"),
                ngettext(
                    "%(asked)s for %(tasks)s task", "%(asked)s for %(tasks)s tasks", served["tasks"]
                )
                % served,
                self._passes(each, "signs_per_task", row["for_task"]),
            )
        else:
            yield Figure(None)
        yield self._share(
            lines["outside"], lines["number"], "signs_outside_percent",
            self._url("lines", requester=agency, sign="outside"),
        )  # fmt: skip
        yield Figure(
            days,
            rounds(),
            _in_days(_("%s together"), sum(waits)),
            self._passes(days, "signs_waiting_days", number),
        )
        for sign in ("repeated", "withdrawn"):
            yield self._share(row[sign], number, "signs_repeated_percent", rounds(sign))
        yield self._marks(lines["mark_off"], self._url("lines", requester=agency, sign="mark_off"))

    def _of_answering(self, row: Mapping) -> Iterable[Figure]:
        agency, number = self.agencies[row["agency"]].code, row["number"]
        took = self._took[row["agency"]]
        middle = median(took.elements()) if took else None

        def lines(sign: str = "") -> str:
            return self._url("lines", agency=agency, sign=sign)

        yield Figure(number, lines())
        yield Figure(
            middle,
            lines("answered") if took else "",
            _in_days(_("longest %s"), max(took)) if took else "",
            middle is not None and self._passes(middle, "signs_answer_days", took.total()),
        )
        passes = self._passes(
            100 * (row["late"] + row["silent"]) / number, "signs_silent_percent", number
        )
        for sign in ("late", "silent"):
            yield Figure(
                row[sign], lines(sign), _percent(row[sign], number), passes and row[sign] > 0
            )
        for sign in ("poor", "returned_late"):
            yield self._marks(row[sign], lines(sign))
        yield self._share(
            row["insufficient"], number, "signs_insufficient_percent", lines("insufficient")
        )

    @cached_property
    def _waits(self) -> Mapping[int, list[int]]:
        """Working days each consultation was waited for, until the last line was said, was due or
        ended, by requester.
        """
        asked = Opinion.objects.filter(self.period.holding("consultation__asked_at")).order_by()
        until = Max(Least("first_said_at", "due_at", "ended_at", Value(self.at)))
        rows = judged(asked, self.at, self.calendar).values_list(
            "consultation__requester", "consultation", "consultation__asked_at"
        )
        waits = defaultdict(list)
        for requester, _pk, asked_at, ended_at in rows.annotate(until=until):
            waits[requester].append(self._days(local_day(asked_at), last_day_in_time(ended_at)))
        return waits

    @cached_property
    def _took(self) -> Mapping[int, Counter]:
        """How many lines took how many working days to say something, by agency."""
        rows = self._lines.filter(first_said_at__isnull=False).values_list(
            "agency",
            TruncDate("visible_at", tzinfo=ZONE),
            TruncDate("first_said_at", tzinfo=ZONE),
        )
        took = defaultdict(Counter)
        for agency, asked_on, said_on, number in rows.annotate(number=Count("pk")):
            took[agency][self._days(asked_on, said_on)] += number
        return took

    def _days(self, since: date, until: date) -> int:
        return self.calendar.working_days_between(since, until)

    def _passes(self, value: float, limit: str, number: int) -> bool:
        return number >= self.limits[MINIMUM] and value >= self.limits[limit]

    def _share(self, part: int, whole: int, limit: str, url: str) -> Figure:
        percent = 100 * part / whole if whole else 0
        return Figure(part, url, _percent(part, whole), self._passes(percent, limit, whole))

    def _marks(self, number: int, url: str) -> Figure:
        return Figure(number, url, is_flagged=number >= self.limits["signs_marks"])

    def _url(self, tab: str, **wanted: str) -> str:
        days = {"since": self.period.since, "until": self.period.until}
        given = (
            {"tab": tab} | wanted | {name: day and day.isoformat() for name, day in days.items()}
        )
        asked = urlencode({name: value for name, value in given.items() if value})
        return f"{reverse('consultations')}?{asked}"


NO_LINES = {"number": 0, "outside": 0, "mark_off": 0}


def _cells(columns: tuple, figures: Iterable[Figure]) -> tuple:
    return tuple(zip(columns, figures, strict=True))


def _counts(signs: Mapping, *wanted: str) -> dict[str, Count]:
    return {sign: Count("pk", filter=signs[sign][1]) for sign in wanted or signs}


def _in_order(rows: Iterable[Row]) -> list[Row]:
    return sorted(rows, key=lambda row: (-row.flags, -row.number, row.agency.order, row.agency.pk))


def _percent(part: int, whole: int) -> str:
    return f"{100 * part / whole:.0f}%" if whole and part else ""


def _in_days(words: str | Promise, days: int) -> str:
    return str(words) % (ngettext("%d working day", "%d working days", days) % days)
