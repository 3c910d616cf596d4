"""Tags and filters every page uses: presentation only, no rule and no query lives here."""

import unicodedata
import uuid
from collections.abc import Iterable, Mapping
from typing import Any

from django import template
from django.core.paginator import Page
from django.template.context import RequestContext
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from agencies.deadlines import Deadline
from agencies.in_words import (
    WARNINGS,
    arithmetic_lines,
    day,
    due,
    instant,
    iso,
    moment,
    short_instant,
    time_left,
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


for words in (day, due, instant, iso, moment, short_instant):
    register.filter(words)
register.simple_tag(time_left)


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
        "warnings": [WARNINGS[code] for code in arithmetic.warnings if code in WARNINGS],
        "label": label,
    }


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


@register.simple_tag(takes_context=True)
def timeline(context: RequestContext, events: Iterable) -> Timeline:
    """Return a thing's story as the address of the page narrows it."""
    return Timeline(events, context["request"].GET)


@register.simple_tag(takes_context=True)
def request_key(context: template.Context) -> str:
    """Return the key that makes a form posted twice one act; a refused form keeps its own, a form
    of the answer to an act done in place (`is_done`) is another.
    """
    request = context.get("request")
    is_again = request and request.method == "POST" and not context.get("is_done")
    posted = request.POST.get("request_key", "") if is_again else ""
    try:
        return str(uuid.UUID(posted))
    except ValueError:
        return str(uuid.uuid4())


@register.filter
def reads_as_text(value: str) -> bool:
    """Whether a posted value is words somebody typed, not a choice, a version, a key."""
    return not value.isascii() or "/" in value or len(value.split()) > 1


@register.filter
def setting_value(value: Any) -> str:
    """Return a setting's value in words: yes, no, or numbers with commas."""
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    return ", ".join(str(part) for part in value) if isinstance(value, list) else str(value)
