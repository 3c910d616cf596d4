"""Figures drawn on the server, on any page: age bars, columns, a share of work done."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import template
from django.utils.translation import gettext as _

register = template.Library()

BANDS = {"over_30": "over-30", "from_8_to_30": "from-8-to-30", "up_to_7": "up-to-7"}


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
def progress(percent: int | None, words: Any = "") -> dict:
    """Draw a share of work done, with its figure; in `words` where it is finer than percents."""
    share = max(0, min(100, percent or 0))
    return {"percent": share, "words": words or f"{share}%"}
