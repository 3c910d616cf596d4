"""Charts drawn as SVG by the server; the table behind each holds every figure and its link."""

from collections.abc import Sequence

from django import template
from django.utils.translation import gettext as _

from reports.overview.trend import Week

register = template.Library()

WIDTH, BASE, TALLEST = 320, 110, 84
FILL = 0.7


@register.inclusion_tag("reports/_finished_chart.html")
def finished_chart(weeks: Sequence[Week]) -> dict:
    """Draw what was completed each week as stacked columns: on time below, late hatched above."""
    highest = max([week.on_time.count + week.late.count for week in weeks] or [0])
    step = WIDTH / max(len(weeks), 1)
    drawn = []
    for index, week in enumerate(weeks):
        in_time = TALLEST * week.on_time.count / highest if highest else 0
        late = TALLEST * week.late.count / highest if highest else 0
        total = week.on_time.count + week.late.count
        anchor, label_x = "middle", index * step + step * FILL / 2
        if index == 0:
            anchor, label_x = "start", 0
        elif index == len(weeks) - 1:
            anchor, label_x = "end", index * step + step * FILL
        is_named = index in (0, len(weeks) - 1) or (highest and total == highest)
        drawn.append(
            {
                "x": f"{index * step:.1f}",
                "middle": f"{index * step + step * FILL / 2:.1f}",
                "on_time_y": f"{BASE - in_time:.1f}",
                "on_time_height": f"{in_time:.1f}",
                "late_y": f"{BASE - in_time - late:.1f}",
                "late_height": f"{late:.1f}",
                "top": f"{BASE - 6 - in_time - late:.1f}",
                "value": total if is_named and total else "",
                "anchor": anchor,
                "label_x": f"{label_x:.1f}",
                "label": week.label if index in (0, len(weeks) // 2, len(weeks) - 1) else "",
            }
        )
    words = _("%(day)s: %(on_time)d on time, %(late)d late")
    told = [
        words % {"day": w.label, "on_time": w.on_time.count, "late": w.late.count} for w in weeks
    ]
    return {
        "columns": drawn,
        "width": f"{step * FILL:.1f}",
        "text": "; ".join(told),
        "is_empty": not highest,
    }


@register.filter
def overdue_points(weeks: Sequence[Week]) -> list[tuple[str, int]]:
    """Return (last day, overdue then) of each week, for `{% columns %}`."""
    return [(week.label, week.overdue.count) for week in weeks]
