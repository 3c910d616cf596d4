"""The paragraphs of a report: written from its figures, edited by people, figures kept (8.8).

A paragraph is text with fields (`{overdue}`). Fields are filled from the frozen figures whenever
the report is read, so no edit can change a figure. Papers are Vietnamese whoever reads the page.
"""

import re
from collections.abc import Mapping
from datetime import date

from django.utils.translation import gettext as _

from agencies.papers.words import count, percent, short_date
from agencies.refusals import Refused
from reports.columns import (
    Rate,
    add_up,
    assigned,
    awaiting,
    completed,
    completed_rate,
    on_time_rate,
    still_open,
    together,
)

FIELD = re.compile(r"\{([a-z_]*)\}")
LONGEST = 4000
NAMED_AGENCIES = 10

_PARAGRAPHS = {
    "opening": "Thực hiện chế độ báo cáo định kỳ, {office} báo cáo kết quả theo dõi, đôn đốc việc "
    "thực hiện nhiệm vụ được giao tháng {month} (từ ngày {first_day} đến hết ngày {last_day}) "
    "như sau:",
    "assigned": "Tổng số nhiệm vụ trong kỳ là {assigned}, trong đó kỳ trước chuyển sang "
    "{carried_over}, giao mới {new}.",
    "completed": "Đã hoàn thành {completed} nhiệm vụ ({completed_rate} tổng số nhiệm vụ trong "
    "kỳ), trong đó hoàn thành trước hạn {completed_before}, đúng ngày đến hạn {completed_on}, "
    "hoàn thành trễ hạn {completed_late}, không có thời hạn {completed_undated}.",
    "open": "Chưa hoàn thành {open} nhiệm vụ, trong đó trong hạn {open_in_time}; đã báo cáo, chờ "
    "xác nhận {awaiting}; chưa hoàn thành, quá hạn {overdue}; không có thời hạn {open_undated}; "
    "tạm dừng {suspended}.",
    "rate": "Tỷ lệ hoàn thành đúng hạn là {on_time_rate}, tính trên {fallen_due} nhiệm vụ đã đến "
    "hạn (gồm nhiệm vụ có thời hạn đã hoàn thành và nhiệm vụ chưa hoàn thành, quá hạn; không tính "
    "nhiệm vụ đã báo cáo, chờ xác nhận).",
    "late": "Các cơ quan, đơn vị còn nhiệm vụ chưa hoàn thành, quá hạn: {late_agencies}.",
    "superior": "Nhiệm vụ do cấp trên giao: {superior_assigned}, đã hoàn thành "
    "{superior_completed}, chưa hoàn thành, quá hạn {superior_overdue}.",
    "consultations": "Số lượt xin ý kiến trong kỳ là {lines}, trong đó trả lời đúng hạn "
    "{lines_in_time}, trả lời trễ hạn {lines_late}, không trả lời {lines_silent}, chưa đến hạn "
    "trả lời {lines_awaiting}.",
    "difficulties": "Còn {not_updated} nhiệm vụ không được cập nhật tiến độ trong "
    "{not_updated_days} ngày trở lên; {open_undated} nhiệm vụ chưa hoàn thành không có thời hạn.",
    "proposals": "Đề nghị Chủ tịch Ủy ban nhân dân chỉ đạo thủ trưởng các cơ quan, đơn vị còn "
    "nhiệm vụ chưa hoàn thành, quá hạn khẩn trương thực hiện, báo cáo rõ nguyên nhân và thời hạn "
    "hoàn thành.",
    "closing": "Trên đây là báo cáo kết quả theo dõi, đôn đốc việc thực hiện nhiệm vụ được giao "
    "tháng {month}, kính báo cáo {superior_body} xem xét, chỉ đạo.",
}
PARAGRAPHS = tuple(_PARAGRAPHS)
_NOBODY_LATE = "Không có cơ quan, đơn vị nào còn nhiệm vụ chưa hoàn thành, quá hạn."


def draft_narrative(figures: Mapping) -> dict[str, str]:
    """Write the paragraphs for a new report."""
    paragraphs = dict(_PARAGRAPHS)
    if not figures["total"].get("overdue"):
        paragraphs["late"] = _NOBODY_LATE
    return paragraphs


def fields(figures: Mapping) -> dict[str, str]:
    """Return every field with its figure as sentences write it."""
    total, period = figures["total"], figures["period"]
    above = add_up(each["counts"] for each in figures["authorities"] if each["is_superior"])
    on_time = on_time_rate(total)
    plain = {
        "assigned": assigned(total),
        "completed": completed(total),
        "open": still_open(total),
        "awaiting": awaiting(total),
        "fallen_due": on_time.base,
        "lines": together(total, ("lines_carried", "lines_received")),
        "superior_assigned": assigned(above),
        "superior_completed": completed(above),
        "superior_overdue": above["overdue"],
        "not_updated_days": figures["settings"]["not_updated_days"],
        **{name: total.get(name, 0) for name in _COUNTED},
    }
    return {name: count(value) for name, value in plain.items()} | {
        "office": figures["office"],
        "superior_body": figures["body"],
        "month": f"{period['month']} năm {period['year']}",
        "first_day": short_date(date.fromisoformat(period["first_day"])),
        "last_day": short_date(date.fromisoformat(period["last_day"])),
        "on_time_rate": rate_text(on_time),
        "completed_rate": rate_text(completed_rate(total)),
        "late_agencies": late_agencies(figures),
    }


_COUNTED = (
    "carried_over", "new", "completed_before", "completed_on", "completed_late",
    "completed_undated", "open_in_time", "overdue", "open_undated", "suspended", "not_updated",
    "lines_in_time", "lines_late", "lines_silent", "lines_awaiting",
)  # fmt: skip


def rate_text(rate: Rate) -> str:
    """Write a rate to one decimal, half up; "-" where nothing fell due."""
    return percent(rate.part, rate.base)


def late_agencies(figures: Mapping) -> str:
    """Name the agencies with overdue open work, the most first, each with count and longest."""
    late = [each for each in figures["agencies"] if each["counts"].get("overdue")]
    late.sort(key=lambda each: -each["counts"]["overdue"])
    named = [
        f"{each['name']} ({count(each['counts']['overdue'])} nhiệm vụ, "
        f"lâu nhất {each['counts']['longest_overdue']} ngày)"
        for each in late[:NAMED_AGENCIES]
    ]
    if len(late) > NAMED_AGENCIES:
        named.append(f"và {count(len(late) - NAMED_AGENCIES)} cơ quan khác")
    return "; ".join(named) or "không có"


def read(narrative: Mapping[str, str], figures: Mapping) -> dict[str, str]:
    """Fill the fields of every paragraph."""
    values = fields(figures)
    return {name: fill(narrative.get(name, ""), values) for name in PARAGRAPHS}


def fill(text: str, values: Mapping[str, str]) -> str:
    """Put the figures in their fields; other braces stay as typed."""
    return FIELD.sub(lambda found: values.get(found[1], found[0]), text)


def checked(edited: Mapping[str, str], before: Mapping[str, str], figures: Mapping) -> dict:
    """Return the edited paragraphs; refuse one that lost a field or names one there is none of."""
    known = fields(figures)
    paragraphs = {}
    for name in PARAGRAPHS:
        text = edited.get(name, before.get(name, "")).strip()
        used, had = set(FIELD.findall(text)), set(FIELD.findall(before.get(name, "")))
        if unknown := used - known.keys():
            listed = ", ".join(f"{{{each}}}" for each in sorted(unknown))
            raise Refused(_("There is no such figure: %(fields)s.") % {"fields": listed}, name)
        if text and (lost := had - used):
            listed = ", ".join(f"{{{each}}}" for each in sorted(lost))
            raise Refused(
                _("A figure was typed over; put %(fields)s back, or empty the paragraph.")
                % {"fields": listed},
                name,
            )
        paragraphs[name] = text[:LONGEST]
    return paragraphs
