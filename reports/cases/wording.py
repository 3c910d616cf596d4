"""How grounds and decisions read: in papers Vietnamese, on pages the reader's language."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from agencies.deadlines import last_day_in_time, local_day
from agencies.papers.words import count, short_date
from reports.models import AccountabilityCase, Commendation, PeriodicReport

Measure = AccountabilityCase.Measure

LABELS: dict[str, str | Promise] = {
    "case_overdue_tasks": _("Tasks not completed, overdue"),
    "case_longest_overdue_days": _("Longest overdue, in days"),
    "case_silent_lines": _("Consultations unanswered"),
    "case_dossiers_returned": _("Dossiers returned"),
    "case_late_returns": _("Tasks handed back late"),
    "case_poor_replies": _("Poor replies"),
    "commendation_minimum_tasks": _("Dated tasks completed, all on time"),
    "commendation_ahead_percent": _("Completed ahead of time, in % of dated tasks"),
    "commendation_hard_tasks": _("Key tasks completed on time"),
    "proposal": _("Tasks the proposal names"),
}
IN_PAPERS = {
    "case_overdue_tasks": "{n} nhiệm vụ chưa hoàn thành, quá hạn",
    "case_longest_overdue_days": "có nhiệm vụ quá hạn {n} ngày",
    "case_silent_lines": "{n} lần không trả lời ý kiến khi được lấy ý kiến",
    "case_dossiers_returned": "{n} lần hồ sơ trình bị trả lại",
    "case_late_returns": "{n} lần trả lại nhiệm vụ quá thời hạn quy định",
    "case_poor_replies": "{n} lần trả lời ý kiến chung chung, né tránh",
    "commendation_minimum_tasks": "{n} nhiệm vụ có thời hạn đều hoàn thành đúng hạn",
    "commendation_ahead_percent": "{n}% số nhiệm vụ có thời hạn hoàn thành trước hạn",
    "commendation_hard_tasks": "{n} nhiệm vụ trọng tâm hoàn thành đúng hạn",
    "proposal": "{n} nhiệm vụ nêu trong đề xuất",
}
SUBJECTS = {
    Measure.REMIND: "nhắc nhở trong thực hiện nhiệm vụ được giao",
    Measure.CRITICISE: "phê bình trong thực hiện nhiệm vụ được giao",
    Measure.REVIEW: "kiểm điểm trách nhiệm trong thực hiện nhiệm vụ được giao",
    Measure.DISCIPLINE: "xem xét xử lý kỷ luật trong thực hiện nhiệm vụ được giao",
    Measure.REPLACE: "xem xét thay thế, điều chuyển vị trí công tác",
}
RECOMMENDED = "kiến nghị xem xét trách nhiệm trong thực hiện nhiệm vụ được giao"
PRAISED = {
    Commendation.Measure.PRAISE: "biểu dương trong thực hiện nhiệm vụ được giao",
    Commendation.Measure.REWARD: "khen thưởng trong thực hiện nhiệm vụ được giao",
}


def period_of(report: PeriodicReport) -> str:
    """Write the days of a report's period: `từ ngày 15/10/2026 đến ngày 14/11/2026`."""
    first, last = local_day(report.starts_at), last_day_in_time(report.cut_off_at)
    return f"từ ngày {short_date(first)} đến ngày {short_date(last)}"


def in_paper(ground: Mapping[str, Any]) -> str:
    """Write a ground inside a sentence of a paper."""
    value = ground["value"]
    is_count = ground["code"] not in ("case_longest_overdue_days", "commendation_ahead_percent")
    return IN_PAPERS[ground["code"]].format(n=count(value) if is_count else value)


def summary_of(
    grounds: Sequence[Mapping[str, Any]], report: PeriodicReport, *, beside: bool = False
) -> str:
    """Write what a report found, as the program first puts it; people go on from there. `beside`
    says that it comes on top of what shorter periods in it told.
    """
    found = "; ".join(in_paper(ground) for ground in grounds)
    more = ", ngoài các trường hợp đã nêu tại kỳ báo cáo ngắn hơn" if beside else ""
    return f"Qua theo dõi kỳ báo cáo {period_of(report)}{more}: {found}."


def decision_subject(case: AccountabilityCase) -> str:
    """Return the subject of the paper of a decision, without its "V/v"."""
    return RECOMMENDED if case.is_recommendation else SUBJECTS[Measure(case.measure)]


def praise_subject(commendation: Commendation) -> str:
    """Return the subject of the paper of praise, without its "V/v"."""
    return PRAISED[Commendation.Measure(commendation.measure)]
