"""What an office may set: each number sections 2 to 10 of the domain leave open (domain 12)."""

from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class Definition:
    """One setting: label, unit, bounds, default and where the default comes from."""

    label: str | Promise
    unit: str | Promise
    default: Any
    source: str
    minimum: int | None = None
    maximum: int | None = None


CATALOGUE: dict[str, Definition] = {
    "due_soon_days": Definition(
        _("Due soon: working days before the deadline"), _("working days"), 3, "domain 3.7", 1, 15
    ),
    "day_ends_at": Definition(
        _("What arrives after this hour counts as received on the next working day"),
        _("hour"),
        17,
        "domain 3.4",
        12,
        24,
    ),
    "late_return_days": Definition(
        _("A return later than this is flagged"), _("working days"), 2, "domain 5.3", 1, 10
    ),
    "verification_days": Definition(
        _("A report may wait for the Office"), _("working days"), 2, "domain 5.5", 1, 10
    ),
    "consultation_minimum_days": Definition(
        _("Shortest time to answer a consultation"), _("working days"), 3, "domain 6.1", 1, 30
    ),
    "consultation_urgent_days": Definition(
        _("Shortest time when urgent, with a reason"), _("working days"), 1, "domain 6.1", 1, 10
    ),
    "silence_is_agreement": Definition(
        _("Silence past the deadline of a consultation is agreement"),
        _("yes or no"),
        False,
        "none: sector law may need express consent (domain 6.2)",
    ),
    "acknowledgement_days": Definition(
        _("An addressee acknowledges a directive within"), _("working days"), 5, "domain 4.3", 1, 30
    ),
    "review_undated_at_month_end": Definition(
        _("An undated task is reviewed at the end of the month"),
        _("yes or no"),
        True,
        "domain 5.11",
    ),
    "overdue_band_days": Definition(
        _("Ages of overdue work: from which day a new band begins"),
        _("days"),
        [8, 31, 121],
        "domain 8.5; design tokens",
    ),
    "not_updated_days": Definition(
        _("A task without news for this long is counted as not updated"),
        _("days"),
        30,
        "domain 8.5",
        7,
        180,
    ),
    "ranking_minimum": Definition(
        _("Fewest tasks fallen due for an agency to be ranked"), _("tasks"), 5, "domain 8.7", 1, 500
    ),
    "report_send_by_days": Definition(
        _("A periodic report is sent this long after its cut-off"),
        _("working days"),
        2,
        "Decree 09/2019/NĐ-CP art. 12",
        1,
        10,
    ),
    "reminder_days_before": Definition(
        _("The first reminder comes before the deadline by"),
        _("working days"),
        3,
        "domain 8.1",
        1,
        15,
    ),
    "sweep_margin_minutes": Definition(
        _("The sweep records a deemed opinion this long past due"),
        _("minutes"),
        5,
        "domain 6.4",
        5,
        60,
    ),
}
