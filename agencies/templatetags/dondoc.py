"""Tags and filters every page uses: presentation only, no rule and no query lives here."""

import unicodedata
import uuid
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, date, datetime, timedelta
from itertools import groupby
from typing import Any

from django import template
from django.core.paginator import Page
from django.template.context import RequestContext
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from agencies.deadlines import (
    ZONE,
    Deadline,
    Step,
    StepKind,
    Warned,
    days_overdue,
    explain,
    last_day_in_time,
    spoken,
)
from agencies.timeline import Timeline

register = template.Library()

# Drawn, not typed: few phones have a font with all five characters, and a print keeps the shape.
SHAPES = {
    "late": SafeString('<path d="M5 1 9.5 9H.5z"/>'),
    "soon": SafeString(
        '<path d="M5 .5a4.5 4.5 0 0 0 0 9z"/><circle cx="5" cy="5" r="4" fill="none"'
        ' stroke="currentColor"/>'
    ),
    "track": SafeString('<circle cx="5" cy="5" r="4" fill="none" stroke="currentColor"/>'),
    "waiting": SafeString('<path d="M1.5.5h7L5.6 5l2.9 4.5h-7L4.4 5z"/>'),
    "done": SafeString('<circle cx="5" cy="5" r="4"/>'),
}
BANDS = {"over_30": "over-30", "from_8_to_30": "from-8-to-30", "up_to_7": "up-to-7"}


# State ------------------------------------------------------------------------------------


@register.simple_tag
def shape(kind: str) -> SafeString:
    """Return the drawn shape of a kind of state; readers hear the word beside it instead."""
    return format_html(
        '<svg class="shape" viewBox="0 0 10 10" aria-hidden="true">{}</svg>', SHAPES[kind]
    )


@register.simple_tag
def pill(kind: str, word: Any) -> SafeString:
    """Return a state as shape, colour and word; an unknown kind looks like "done"."""
    kind = kind if kind in SHAPES else "done"
    return format_html(
        '<span class="pill pill-{}">{}<span class="pill-word">{}</span></span>',
        kind, shape(kind), word,
    )  # fmt: skip


@register.inclusion_tag("_stat.html")
def stat(value: Any, label: str, url: str = "", kind: str = "", note: str = "",
         note_kind: str = "") -> dict:  # fmt: skip
    """Draw a figure that opens its rows; `kind` draws the label as a pill above the figure."""
    return {
        "value": value, "label": label, "url": url, "kind": kind, "note": note,
        "note_kind": note_kind,
    }  # fmt: skip


@register.inclusion_tag("_empty_state.html")
def empty_state(title: str, text: str = "", url: str = "", action: str = "") -> dict:
    """Say what will appear here and what to do."""
    return {"title": title, "text": text, "url": url, "action": action}


# Time -------------------------------------------------------------------------------------


@register.filter
def day(value: date | datetime | str | None) -> str:
    """Return 20/05/2023, an instant in the local zone, a day as events keep it (ISO)."""
    if not value:
        return ""
    if isinstance(value, str):
        value = date.fromisoformat(value)
    if isinstance(value, datetime):
        value = timezone.localtime(value, ZONE)
    return f"{value:%d/%m/%Y}"


@register.filter
def instant(value: datetime | None) -> str:
    """Return "20/05/2023 16:42", local."""
    return f"{timezone.localtime(value, ZONE):%d/%m/%Y %H:%M}" if value else ""


@register.filter
def short_instant(value: datetime | None) -> str:
    """Return "20/05 16:42", local, for timelines whose year is plain."""
    return f"{timezone.localtime(value, ZONE):%d/%m %H:%M}" if value else ""


@register.filter
def due(due_at: datetime | None) -> str:
    """Return a deadline as people say it: the last day in time, or "16:00 20/05/2023" (3.1)."""
    return spoken(due_at) if due_at else ""


@register.simple_tag
def time_left(due_at: datetime | None, at: datetime, working_days: int | None = None) -> str:
    """Return the distance to a deadline in words: "còn 7 giờ", "còn 3 ngày", "quá hạn 12 ngày".

    `working_days` says the rest in working days where the caller knows the calendar.
    """
    if due_at is None:
        return _("no deadline")
    if at >= due_at:
        return _overdue(due_at, at)
    left = due_at - at
    if left < timedelta(hours=1):
        minutes = max(1, int(left.total_seconds() // 60))
        return ngettext("%(n)d minute left", "%(n)d minutes left", minutes) % {"n": minutes}
    if left < timedelta(days=1):
        hours = int(left.total_seconds() // 3600)
        return ngettext("%(n)d hour left", "%(n)d hours left", hours) % {"n": hours}
    if working_days:
        return ngettext("%(n)d working day left", "%(n)d working days left", working_days) % {
            "n": working_days
        }
    days = (last_day_in_time(due_at) - timezone.localdate(at, ZONE)).days
    return ngettext("%(n)d day left", "%(n)d days left", days) % {"n": days}


def _overdue(due_at: datetime, at: datetime) -> str:
    days = days_overdue(due_at, at)
    return ngettext("%(n)d day overdue", "%(n)d days overdue", days) % {"n": days}


@register.inclusion_tag("_why_date.html")
def why_date(arithmetic: Deadline | Mapping | None, label: str = "") -> dict:
    """Draw "Why this date?" from a `Deadline` or the JSON stored of it (rule 3.6)."""
    if not arithmetic:
        return {"deadline": None}
    if isinstance(arithmetic, Mapping):
        arithmetic = Deadline.from_json(arithmetic)
    return {
        "deadline": arithmetic,
        "lines": arithmetic_lines(arithmetic),
        "warnings": [_WARNINGS[code] for code in arithmetic.warnings if code in _WARNINGS],
        "label": label,
    }


_WARNINGS = {
    Warned.DAY_OFF: gettext_lazy("The named day is a day off; a named day does not move."),
    Warned.BEFORE_START: gettext_lazy("The day had passed when the deadline was set."),
    Warned.UNCONFIRMED_YEAR: gettext_lazy("The days off of that year are not confirmed yet."),
}
_REASONS = {
    "saturday": gettext_lazy("Saturday"),
    "sunday": gettext_lazy("Sunday"),
    "holiday": gettext_lazy("public holiday"),
}


def arithmetic_lines(deadline: Deadline) -> list[dict]:
    """Return the steps of the arithmetic in words, unbroken runs of one kind as one line."""
    lines = []
    for (kind, _key), run in groupby(explain(deadline), key=_run_key):
        steps = list(run)
        lines.append({"kind": str(kind), "days": _span(steps), "text": _words(kind, steps)})
    return lines


def _run_key(step: Step) -> tuple[StepKind, object]:
    if step.kind is StepKind.COUNTED:
        return step.kind, ""
    if step.kind is StepKind.SKIPPED:
        return step.kind, step.name
    return step.kind, step.day


def _span(steps: list[Step]) -> str:
    first, last = steps[0].day, steps[-1].day
    return day(first) if first == last else f"{first:%d/%m} – {day(last)}"


def _words(kind: StepKind, steps: list[Step]) -> str:
    first = steps[0]
    if kind is StepKind.START:
        return _("start; this day is not counted") if first.reason else _("set on this day")
    if kind is StepKind.COUNTED:
        if len(steps) == 1:
            return _("counted: %(number)d") % {"number": first.number}
        return _("counted: %(first)d to %(last)d") % {
            "first": first.number,
            "last": steps[-1].number,
        }
    if kind is StepKind.SKIPPED:
        reasons = dict.fromkeys(step.name or str(_REASONS.get(step.reason, "")) for step in steps)
        return _("skipped: %(reason)s") % {"reason": ", ".join(reasons)}
    if kind is StepKind.RECEIVED and first.reason == "after_hours":
        return _("counts as received on this day: it arrived after office hours")
    return {
        StepKind.RECEIVED: _("counts as received on this day: it arrived on a day off"),
        StepKind.ROLL: _("the last day was a day off, so the next working day"),
        StepKind.NAMED: _("the day named, to its end"),
        StepKind.INSTANT: _("until the hour given"),
    }[kind]


@register.filter
def moment(value: date | datetime | None) -> str:
    """Return a day as a day and an instant as an instant."""
    return instant(value) if isinstance(value, datetime) else day(value)


# Figures drawn on the server --------------------------------------------------------------


@register.inclusion_tag("_bar.html")
def bar(segments: Sequence[tuple[str, int]] | Mapping[str, int], longest: int = 0) -> dict:
    """Draw an age bar from (band, count) pairs, its length relative to `longest`.

    Bands: over_30, from_8_to_30, up_to_7 (days overdue); anything else is grey.
    """
    pairs = list(segments.items() if isinstance(segments, Mapping) else segments)
    total = sum(count for _band, count in pairs)
    scale = 100 / max(longest, total, 1)
    words = {
        "over_30": _("over 30 days"), "from_8_to_30": _("8 to 30 days"),
        "up_to_7": _("up to 7 days"),
    }  # fmt: skip
    parts, x = [], 0.0
    for band, count in pairs:
        if count:
            width = count * scale
            parts.append({"x": f"{x:.2f}", "width": f"{width:.2f}",
                          "band": BANDS.get(band, "other")})  # fmt: skip
            x += width
    text = ", ".join(f"{count} {words.get(band, band)}" for band, count in pairs if count)
    return {"parts": parts, "text": text or _("none")}


@register.inclusion_tag("_bar_key.html")
def bar_key() -> dict:
    """Explain the bands of the age bars."""
    return {}


NEAR = 2  # columns whose labels would touch


@register.inclusion_tag("_columns.html")
def columns(points: Sequence[tuple[str, int]], title: str) -> dict:
    """Draw small columns from (label, value) pairs; the last one is now, the highest is named."""
    highest = max([value for _label, value in points] or [0])
    step = 320 / max(len(points), 1)
    width = step * 0.7
    last = len(points) - 1
    peak = next((i for i, (_label, value) in enumerate(points) if value == highest), 0)
    named = {0, last} | ({peak} if NEAR <= peak <= last - NEAR else set())
    drawn = []
    for index, (label, value) in enumerate(points):
        height = 90 * value / highest if highest else 0
        left, middle = index * step, index * step + width / 2
        anchor, label_x = "middle", middle
        if index == 0:
            anchor, label_x = "start", left
        elif index == last:
            anchor, label_x = "end", left + width
        drawn.append(
            {
                "x": f"{left:.1f}",
                "y": f"{110 - height:.1f}",
                "height": f"{height:.1f}",
                "middle": f"{middle:.1f}",
                "top": f"{104 - height:.1f}",
                "label": label if index in named else "",
                "label_x": f"{label_x:.1f}",
                "anchor": anchor,
                "value": value if index == last or (value and value == highest) else "",
                "now": index == last,
            }
        )
    text = "; ".join(f"{label}: {value}" for label, value in points)
    return {"columns": drawn, "width": f"{width:.1f}", "title": title, "text": text}


@register.inclusion_tag("_progress.html")
def progress(percent: int | None) -> dict:
    """Draw a share of work done, with its figure."""
    return {"percent": max(0, min(100, percent or 0))}


# Lists ------------------------------------------------------------------------------------


@register.simple_tag(takes_context=True)
def sort_link(context: RequestContext, field: str, label: str, parameter: str = "sort") -> str:
    """Return the link that sorts a list by a field, turning round when it already does."""
    direction, following = _sorting(context, field, parameter)
    query = context["request"].GET.copy()
    query[parameter] = following
    query.pop("page", None)
    mark, word = {
        "ascending": ("↑", _("sorted ascending")), "descending": ("↓", _("sorted descending")),
    }.get(direction, ("", ""))  # fmt: skip
    told = ""
    if mark:
        told = format_html(
            '<span class="sort-mark" aria-hidden="true">{}</span>'
            '<span class="visually-hidden"> ({})</span>', mark, word
        )  # fmt: skip
    return format_html('<a class="sort" href="?{}">{}{}</a>', query.urlencode(), label, told)


@register.simple_tag(takes_context=True)
def sort_header(
    context: RequestContext, field: str, label: str, css: str = "", parameter: str = "sort"
) -> SafeString:
    """Return a whole sortable `<th>`; `css="num"` for a column of figures."""
    direction, _following = _sorting(context, field, parameter)
    sorted_so = format_html(' aria-sort="{}"', direction) if direction else ""
    return format_html(
        '<th scope="col" class="{}"{}>{}</th>',
        css, sorted_so, sort_link(context, field, label, parameter),
    )  # fmt: skip


def _sorting(context: RequestContext, field: str, parameter: str) -> tuple[str, str]:
    current = context["request"].GET.get(parameter, "")
    if current == field:
        return "ascending", f"-{field}"
    return ("descending" if current == f"-{field}" else ""), field


@register.inclusion_tag("_pagination.html", takes_context=True)
def pagination(context: RequestContext, page_obj: Page, parameter: str = "page") -> dict:
    """Draw which rows are shown, of how many, and the way to the others."""
    query = context["request"].GET.copy()

    def address(number: int) -> str:
        query[parameter] = number
        return f"?{query.urlencode()}"

    numbers = page_obj.paginator.get_elided_page_range(page_obj.number, on_each_side=1, on_ends=1)
    return {
        "page_obj": page_obj,
        "links": [(n, address(n) if isinstance(n, int) else "") for n in numbers],
        "previous": address(page_obj.previous_page_number()) if page_obj.has_previous() else "",
        "following": address(page_obj.next_page_number()) if page_obj.has_next() else "",
    }


@register.filter
def composed(text: str) -> str:
    """Return text with composed letters (NFC): Django names the language by decomposed ones."""
    return unicodedata.normalize("NFC", text)


@register.filter
def lookup(mapping: Mapping | None, key: Any) -> Any:
    """Return the entry of a mapping under a key that is a variable, or nothing."""
    return mapping.get(key, "") if mapping else ""


# Stories ----------------------------------------------------------------------------------


@register.simple_tag(takes_context=True)
def timeline(context: RequestContext, events: Iterable) -> Timeline:
    """Return a thing's story as the address of the page narrows it."""
    return Timeline(events, context["request"].GET)


# Forms ------------------------------------------------------------------------------------


@register.simple_tag(takes_context=True)
def request_key(context: template.Context) -> str:
    """Return the key that makes a form posted twice one act; a refused form keeps its own."""
    request = context.get("request")
    posted = request.POST.get("request_key", "") if request and request.method == "POST" else ""
    try:
        return str(uuid.UUID(posted))
    except ValueError:
        return str(uuid.uuid4())


@register.filter
def reads_as_text(value: str) -> bool:
    """Whether a posted value is words somebody typed, not a choice, a version, a key."""
    return not value.isascii() or "/" in value or len(value.split()) > 1


@register.filter
def iso(value: date | datetime | None) -> str:
    """Return the machine's form for `<time datetime>`."""
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat(timespec="seconds")
    return value.isoformat() if value else ""


@register.filter
def setting_value(value: Any) -> str:
    """Return a setting's value in words: yes, no, or numbers with commas."""
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    return ", ".join(str(part) for part in value) if isinstance(value, list) else str(value)
