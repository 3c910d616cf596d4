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
    source: str | Promise
    minimum: int | None = None
    maximum: int | None = None


# What no document fixes: an office replaces it by its own rule (domain 12).
HOUSE = _("the product's default, until the office decides")
DECREE_09 = _("Decree 09/2019/NĐ-CP art. 12")

CATALOGUE: dict[str, Definition] = {
    "due_soon_days": Definition(
        _("Due soon: working days before the deadline"), _("working days"), 3, HOUSE, 1, 15
    ),
    "day_ends_at": Definition(
        _("What arrives after this hour counts as received on the next working day"),
        _("hour"),
        17,
        HOUSE,
        12,
        24,
    ),
    "late_return_days": Definition(
        _("A return later than this is flagged"), _("working days"), 2, HOUSE, 1, 10
    ),
    "extensions_flagged_from": Definition(
        _("Requests to extend one task are flagged from this one on"),
        _("requests"),
        3,
        HOUSE,
        2,
        10,
    ),
    "verification_days": Definition(
        _("A report may wait for the Office"), _("working days"), 2, HOUSE, 1, 10
    ),
    "obstacle_answer_days": Definition(
        _("A difficulty may wait for an answer"), _("working days"), 5, HOUSE, 1, 30
    ),
    "dossier_office_days": Definition(
        _("A dossier may lie with the Office"), _("working days"), 3, HOUSE, 1, 30
    ),
    "dossier_leader_days": Definition(
        _("A dossier may lie with a leader"), _("working days"), 5, HOUSE, 1, 30
    ),
    "consultation_minimum_days": Definition(
        _("Shortest time to answer a consultation"), _("working days"), 3, HOUSE, 1, 30
    ),
    "consultation_urgent_days": Definition(
        _("Shortest time when urgent, with a reason"), _("working days"), 1, HOUSE, 1, 10
    ),
    "silence_is_agreement": Definition(
        _("Silence past the deadline of a consultation is agreement"),
        _("yes or no"),
        False,
        _("no rule: sector law may need express consent"),
    ),
    "consultation_is_numbered": Definition(
        _("A request for opinions carries number, date, signer and the signed file"),
        _("yes or no"),
        False,
        HOUSE,
    ),
    "reply_is_numbered": Definition(
        _("An opinion carries number, date, signer and the signed file"),
        _("yes or no"),
        False,
        HOUSE,
    ),
    "acknowledgement_days": Definition(
        _("An addressee acknowledges a directive within"), _("working days"), 5, HOUSE, 1, 30
    ),
    "campaign_days": Definition(
        _("Agencies confirm their list of tasks in a review campaign within"),
        _("working days"),
        10,
        HOUSE,
        1,
        60,
    ),
    "review_undated_at_month_end": Definition(
        _("An undated task is reviewed at the end of the month"),
        _("yes or no"),
        True,
        HOUSE,
    ),
    "yearly_opens_days_before": Definition(
        _("A yearly task opens this long before its last day"), _("days"), 90, HOUSE, 7, 366
    ),
    "overdue_band_days": Definition(
        _("Ages of overdue work: from which day a new band begins"),
        _("days"),
        [8, 31, 121],
        HOUSE,
    ),
    "not_updated_days": Definition(
        _("A task without news for this long is counted as not updated"),
        _("days"),
        30,
        HOUSE,
        7,
        180,
    ),
    "urging_answer_days": Definition(
        _("An urged agency reports within"), _("working days"), 5, HOUSE, 1, 30
    ),
    "urging_undated_months": Definition(
        _("A task without a deadline is urged when it is silent for"), _("months"), 3, HOUSE, 1, 24
    ),
    "ranking_minimum": Definition(
        _("Fewest tasks fallen due for an agency to be ranked"), _("tasks"), 5, HOUSE, 1, 500
    ),
    "report_margin_minutes": Definition(
        _("A report is built this long past its cut-off, when what was begun before has ended"),
        _("minutes"),
        5,
        HOUSE,
        5,
        60,
    ),
    "report_send_by_days": Definition(
        _("A periodic report is sent this long after its cut-off"),
        _("working days"),
        2,
        DECREE_09,
        1,
        10,
    ),
    **{
        f"report_{kind}": Definition(label, _("yes or no"), is_on, source)
        for kind, label, is_on, source in (
            ("week", _("A report is built each week"), False, HOUSE),
            ("month", _("A report is built each month"), True, DECREE_09),
            ("quarter", _("A report is built each quarter"), True, DECREE_09),
            ("half", _("A report is built each half-year"), True, DECREE_09),
            ("year", _("A report is built each year"), True, DECREE_09),
        )
    },
    "reminder_days_before": Definition(
        _("The first reminder comes before the deadline by"),
        _("working days"),
        3,
        HOUSE,
        1,
        15,
    ),
    "reminder_every_days": Definition(
        _("Overdue work is reminded of again every"), _("days"), 7, HOUSE, 1, 30
    ),
    "reminder_officer_days": Definition(
        _("The following officer is reminded too from this many days overdue; 0: on the last day"),
        _("days"),
        0,
        HOUSE,
        0,
        60,
    ),
    "reminder_leader_days": Definition(
        _("The supervising leader is reminded too from this many days overdue"),
        _("days"),
        7,
        HOUSE,
        1,
        90,
    ),
    "sweep_margin_minutes": Definition(
        _("The sweep records a deemed opinion this long past due"),
        _("minutes"),
        5,
        HOUSE,
        5,
        60,
    ),
    "opinion_return_days": Definition(
        _("A consultation returned later than this is flagged"),
        _("working days"),
        1,
        HOUSE,
        1,
        10,
    ),
    # Signs of misuse of consultations (rule 6.11).
    "signs_minimum": Definition(
        _("Fewest consultations or requests for a share or average to be flagged as a sign"),
        _("times"),
        5,
        HOUSE,
        1,
        200,
    ),
    "signs_per_task": Definition(
        _("Consultations for one task are flagged from this average on"),
        _("times"),
        3,
        HOUSE,
        1,
        50,
    ),
    "signs_outside_percent": Definition(
        _("Asking agencies outside their competences is flagged from this share on"),
        "%",
        30,
        HOUSE,
        1,
        100,
    ),
    "signs_repeated_percent": Definition(
        _("Consultations asked again, or withdrawn, are flagged from this share on"),
        "%",
        30,
        HOUSE,
        1,
        100,
    ),
    "signs_waiting_days": Definition(
        _("Waiting for opinions is flagged from this average a consultation on"),
        _("working days"),
        10,
        HOUSE,
        1,
        60,
    ),
    "signs_answer_days": Definition(
        _("Slow answers are flagged from this median on"), _("working days"), 5, HOUSE, 1, 60
    ),
    "signs_silent_percent": Definition(
        _("Answering late or not at all is flagged from this share on"), "%", 20, HOUSE, 1, 100
    ),
    "signs_insufficient_percent": Definition(
        _("Finding the basis insufficient is flagged from this share on"),
        "%",
        30,
        HOUSE,
        1,
        100,
    ),
    "signs_marks": Definition(
        _("Poor replies, marks taken off and late returns are flagged from this number on"),
        _("times"),
        2,
        HOUSE,
        1,
        50,
    ),
    # Accountability and praise (rule 9.1). A limit of 0 is no limit.
    "case_overdue_tasks": Definition(
        _("A case is drafted from this many tasks not completed, overdue; 0: never"),
        _("tasks"),
        5,
        HOUSE,
        0,
        500,
    ),
    "case_longest_overdue_days": Definition(
        _("A case is drafted when one task is overdue this long; 0: never"),
        _("days"),
        60,
        HOUSE,
        0,
        366,
    ),
    "case_silent_lines": Definition(
        _("A case is drafted from this many consultations unanswered; 0: never"),
        _("times"),
        3,
        HOUSE,
        0,
        200,
    ),
    "case_dossiers_returned": Definition(
        _("A case is drafted from this many returns of dossiers; 0: never"),
        _("returns"),
        3,
        HOUSE,
        0,
        200,
    ),
    "case_late_returns": Definition(
        _("A case is drafted from this many late returns of tasks; 0: never"),
        _("returns"),
        3,
        HOUSE,
        0,
        200,
    ),
    "case_poor_replies": Definition(
        _("A case is drafted from this many poor replies; 0: never"),
        _("replies"),
        2,
        HOUSE,
        0,
        200,
    ),
    "case_minimum_tasks": Definition(
        _("Fewest tasks fallen due for overdue tasks to found a case"),
        _("tasks"),
        3,
        HOUSE,
        1,
        500,
    ),
    "case_statement_days": Definition(
        _("The head concerned states the agency's side within"),
        _("working days"),
        5,
        HOUSE,
        1,
        30,
    ),
    "case_signature_days": Definition(
        _("A signature missing after this long is noted and the case goes on"),
        _("working days"),
        5,
        HOUSE,
        1,
        30,
    ),
    "commendation_minimum_tasks": Definition(
        _("Fewest dated tasks completed for an agency to be proposed for praise"),
        _("tasks"),
        10,
        HOUSE,
        1,
        500,
    ),
    "commendation_ahead_percent": Definition(
        _("Praise is proposed when this share of dated tasks is completed ahead of time; 0: never"),
        "%",
        50,
        HOUSE,
        0,
        100,
    ),
    "commendation_hard_tasks": Definition(
        _("Praise is proposed from this many key tasks completed on time; 0: never"),
        _("tasks"),
        3,
        HOUSE,
        0,
        200,
    ),
}

GROUPS: tuple[tuple[str | Promise, tuple[str, ...]], ...] = (
    (
        _("Tasks and deadlines"),
        (
            *("due_soon_days", "day_ends_at", "late_return_days", "extensions_flagged_from"),
            *("verification_days", "obstacle_answer_days", "acknowledgement_days"),
            *("yearly_opens_days_before", "overdue_band_days", "not_updated_days"),
        ),
    ),
    (
        _("Consultations and dossiers"),
        (
            *("consultation_minimum_days", "consultation_urgent_days", "silence_is_agreement"),
            *("consultation_is_numbered", "reply_is_numbered", "opinion_return_days"),
            *("sweep_margin_minutes", "dossier_office_days", "dossier_leader_days"),
        ),
    ),
    (
        _("Reviews, reminders and urging"),
        (
            *("campaign_days", "review_undated_at_month_end", "reminder_days_before"),
            *("reminder_every_days", "reminder_officer_days", "reminder_leader_days"),
            *("urging_answer_days", "urging_undated_months"),
        ),
    ),
    (
        _("Reports and ranking"),
        (
            *("report_week", "report_month", "report_quarter", "report_half", "report_year"),
            *("report_margin_minutes", "report_send_by_days", "ranking_minimum"),
        ),
    ),
    (
        _("Signs of misuse"),
        (
            *("signs_minimum", "signs_per_task", "signs_outside_percent"),
            *("signs_repeated_percent", "signs_waiting_days", "signs_answer_days"),
            *("signs_silent_percent", "signs_insufficient_percent", "signs_marks"),
        ),
    ),
    (
        _("Accountability and praise"),
        (
            *("case_overdue_tasks", "case_longest_overdue_days", "case_silent_lines"),
            *("case_dossiers_returned", "case_late_returns", "case_poor_replies"),
            *("case_minimum_tasks", "case_statement_days", "case_signature_days"),
            *("commendation_minimum_tasks", "commendation_ahead_percent"),
            "commendation_hard_tasks",
        ),
    ),
)
"""The settings as the administrator finds them: title → codes, every code in one group."""
