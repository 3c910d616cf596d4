"""The list of consultations as its address asks for it.

Parameters (all optional; dashboards link to exactly their rows with them):

- `tab`: `waiting` (lines our agency still owes), `mine` (every line of our agency), `asked`
  (consultations our agency asks), `all` (every consultation one may see), `lines` (every line
  one may see, one row an agency asked). Rows of `asked` and `all` are consultations
  (`ConsultationQuerySet`), rows of the others lines (`OpinionQuerySet`).
  Without it: `lines` when a filter of lines is given, else `all` for who sees everything,
  else `waiting`.
- `state`: `open` (consultation: a line still runs; line: its deadline has not come) or `closed`.
- `expiring=N`: awaited lines (or consultations with one) due within N working days: the rows of
  `Opinion.objects.expiring(at, soon_horizon(calendar, at, N))`, `Consultation.objects.expiring`;
  the least time left first.
- `sign`: a sign of misuse (rule 6.11), of `ROUND_SIGNS` on consultations, of `LINE_SIGNS` on
  lines. `since`, `until`: days on which a consultation, or its line, was asked.
- `silent=1`: lines past due that nobody answered in time (`Opinion.objects.silent(at)`).
- `waits=contest|paper`: lines on which something contested waits for the chief, or a reply
  entered from paper for his confirmation (`Opinion.objects.waiting_for_the_chief`).
- `outcome`: a value of `Outcome`, on lines. `answered=1`: an opinion given in time counts;
  `late=1`: silent, and answered after the deadline.
- `as_of`: as things stood at the end of that ISO day (rule 8.9).
- `consultation`: of that code only. `agency`: code of the agency asked; `requester`: code of the
  agency that asks.
- `q`: words or a number, no diacritics needed. `sort`: `due`, `asked`, `title`, `requester`,
  `agency` (lines), `-` before it turns it round. `page`.
"""

import re
from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet
from django.http import QueryDict
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from agencies.acting import Actor
from agencies.as_of import AsOf
from agencies.listing import with_words
from agencies.models import CalendarDay
from consultations import acts
from consultations.models import Consultation, Opinion
from consultations.signs import LINE_SIGNS, ROUND_SIGNS, Period, lines_with
from consultations.stances import Outcome
from consultations.wording import Days

PAGE_SIZE = 30
LINE_TABS = {"waiting", "mine", "lines"}
WAITS = {"contest": "contested_then", "paper": "entered_then"}
"""For what of the chief a line can wait, by the parameter `waits`."""
OWN_TABS = {"waiting", "mine"}
TABS: dict[str, str | Promise] = {
    "waiting": _("Waiting for our answer"),
    "mine": _("Asked of us"),
    "asked": _("Asked by us"),
    "all": _("All consultations"),
    "lines": _("By agency asked"),
}
SORTS = {
    False: {
        "due": "due_at",
        "asked": "asked_at",
        "title": "title",
        "requester": "requester__short_name",
    },
    True: {
        "due": "due_then",
        "asked": "visible_at",
        "title": "consultation__title",
        "requester": "consultation__requester__short_name",
        "agency": "agency__short_name",
    },
}


@dataclass(frozen=True)
class Listing:
    """What the address asks for, read once; `rows()` answers it."""

    actor: Actor
    at: datetime
    rights_at: datetime
    tab: str
    state: str
    expiring: int | None
    silent: bool
    answered: bool
    late: bool
    waits: str
    outcome: str
    sign: str
    period: Period
    consultation: str
    agency: str
    requester: str
    words: str
    sort: str
    as_of: AsOf

    @classmethod
    def read(cls, query: QueryDict, actor: Actor, at: datetime) -> "Listing":
        """Read the parameters; what makes no sense is as if not given."""
        is_set = {name: query.get(name) == "1" for name in ("silent", "answered", "late")}
        waits = query.get("waits", "")
        waits = waits if waits in WAITS else ""
        outcome = query.get("outcome", "")
        outcome = outcome if outcome in Outcome.values else ""
        days = query.get("expiring", "")
        tab = query.get("tab", "")
        if tab not in tabs_of(actor):
            tab = _default_tab(actor, wants_lines=any(is_set.values()) or bool(outcome or waits))
        signs = LINE_SIGNS if tab in LINE_TABS else ROUND_SIGNS
        sort = query.get("sort", "")
        if sort.removeprefix("-") not in SORTS[tab in LINE_TABS]:
            sort = ""
        as_of = AsOf.read(query, at)
        return cls(
            actor=actor,
            at=as_of.at,
            rights_at=at,
            tab=tab,
            state=query.get("state", "") if query.get("state") in ("open", "closed") else "",
            expiring=int(days) if days.isdecimal() and len(days) < 4 else None,
            **is_set,
            waits=waits,
            outcome=outcome,
            sign=query.get("sign", "") if query.get("sign") in signs else "",
            period=Period.read(query),
            consultation=_code(query.get("consultation", "")),
            agency=_code(query.get("agency", "")),
            requester=_code(query.get("requester", "")),
            words=query.get("q", "").strip()[:200],
            sort=sort,
            as_of=as_of,
        )

    @property
    def is_lines(self) -> bool:
        """Whether the rows are lines, not consultations."""
        return self.tab in LINE_TABS

    @property
    def narrows(self) -> bool:
        """Whether a filter leaves rows of the tab out."""
        flags = (self.silent, self.answered, self.late)
        given = (
            self.state, self.outcome, self.consultation, self.agency, self.requester, self.words,
            self.sign, self.waits,
        )  # fmt: skip
        has_bounds = self.expiring is not None or self.period.is_bounded
        return any(flags) or any(given) or has_bounds

    @property
    def sign_words(self) -> str | Promise:
        """What the rows asked for have in common, in words."""
        signs = LINE_SIGNS if self.is_lines else ROUND_SIGNS
        return signs[self.sign][0] if self.sign else ""

    def rows(self) -> QuerySet:
        """Return the rows asked for, in order."""
        rows = self._lines() if self.is_lines else self._consultations()
        return rows.order_by(self._order(), "-id")

    def _order(self) -> str:
        if self.sort:
            column = SORTS[self.is_lines][self.sort.removeprefix("-")]
            return f"-{column}" if self.sort.startswith("-") else column
        if self.expiring is not None or self.tab == "waiting":
            return "due_then" if self.is_lines else "awaited_until"
        return "-due_then" if self.is_lines else "-asked_at"

    @property
    def visible_lines(self) -> QuerySet:
        """The lines the actor may see today, with the terms of the instant."""
        return self._then(Opinion.objects.visible_to(self.actor, self.rights_at))

    def _then(self, lines: QuerySet) -> QuerySet:
        return lines.now() if self.as_of.past is None else lines.as_of(self.as_of.past)

    def _lines(self) -> QuerySet:
        if self.tab in OWN_TABS:  # always visible; asking for the rights would cost the index
            rows = self._then(Opinion.objects.filter(agency=self.actor.agency_id))
        else:
            rows = self.visible_lines
        rows = rows.with_outcome(self.at)
        if self.tab == "waiting":
            rows = rows.awaiting(self.at)
        if self.state:
            passed = "due_then__gt" if self.state == "open" else "due_then__lte"
            rows = rows.filter(**{passed: self.at})
        if self.expiring is not None:
            rows = rows.expiring(self.at, Days.at_instant(self.at, self.expiring).soon_at)
        if self.silent:
            rows = rows.silent(self.at)
        if self.sign:
            rows = lines_with(self.sign, rows, self.at, CalendarDay.objects.calendar())
        rows = rows.filter(self.period.holding("visible_at"))
        if self.answered:
            rows = rows.answered(self.at)
        if self.late:
            rows = rows.answered_late(self.at)
        if self.waits:
            since = f"{WAITS[self.waits]}__isnull"
            rows = rows.waiting_for_the_chief(self.as_of.past).filter(**{since: False})
        if self.outcome:
            rows = rows.filter(outcome=self.outcome)
        if self.consultation:
            rows = rows.filter(consultation__code=self.consultation)
        if self.agency:
            rows = rows.filter(agency__code=self.agency)
        if self.requester:
            rows = rows.filter(consultation__requester__code=self.requester)
        rows = with_words(rows, self.words, "consultation__search_text")
        return rows.for_display()

    def _consultations(self) -> QuerySet:
        rows, past = Consultation.objects.visible_to(self.actor), self.as_of.past
        if past is not None:
            rows = rows.filter(asked_at__lte=past)
        if self.tab == "asked":
            rows = rows.asked_by(self.actor.agency_id)
        if self.state:
            narrow = rows.open if self.state == "open" else rows.closed
            rows = narrow(self.at, past=past)
        if self.expiring is not None:
            soon_at = Days.at_instant(self.at, self.expiring).soon_at
            rows = rows.expiring(self.at, soon_at, past=past)
            rows = rows.with_awaited_until(self.at, past=past)
        if self.sign:
            rows = rows.filter(ROUND_SIGNS[self.sign][1])
        rows = rows.filter(self.period.holding("asked_at"))
        if self.consultation:
            rows = rows.filter(code=self.consultation)
        if self.agency:
            of_agency = self.visible_lines.filter(agency__code=self.agency).order_by()
            rows = rows.filter(pk__in=of_agency.values("consultation"))
        if self.requester:
            rows = rows.filter(requester__code=self.requester)
        rows = with_words(rows, self.words)
        return rows.select_related("requester")


def tabs_of(actor: Actor) -> dict[str, str | Promise]:
    """Return the tabs that can hold anything for the actor."""
    shown = {"all", "lines"} if actor.sees_everything else set()
    if acts.may(acts.DRAFT, actor) or not shown:
        shown |= {"waiting", "mine", "asked", "lines"}
    return {tab: label for tab, label in TABS.items() if tab in shown}


def _code(text: str) -> str:
    return text if re.fullmatch(r"[-\w]{1,50}", text, re.ASCII) else ""


def _default_tab(actor: Actor, *, wants_lines: bool) -> str:
    if wants_lines:
        return "lines"
    return "all" if actor.sees_everything else "waiting"
