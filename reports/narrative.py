"""The paragraphs of a report: written from its figures, edited by people, figures kept (8.8).

A paragraph is text with fields (`{giao mới}`). Fields are filled from the frozen figures whenever
the report is read, so no edit can change a figure. Papers are Vietnamese whoever reads the page.
"""

import re
from collections.abc import Mapping
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from agencies.papers.words import count, percent, short_date
from agencies.refusals import Refused
from reports.columns import (
    LINE_ENTRIES,
    SPOT_ENTRIES,
    Rate,
    add_up,
    assigned,
    awaiting,
    completed,
    completed_rate,
    differs_by_original,
    on_time_rate,
    still_open,
    together,
)

FIELD = re.compile(r"\{([^{}\n]{1,60})\}")
LONGEST = 4000
NAMED_AGENCIES = 10
LABELS = {
    "opening": gettext_lazy("Opening"),
    "assigned": gettext_lazy("Assigned"),
    "completed": gettext_lazy("Completed"),
    "open": gettext_lazy("Not completed"),
    "rate": gettext_lazy("Rate"),
    "original": gettext_lazy("By the original deadline"),
    "late": gettext_lazy("Agencies with overdue work"),
    "superior": gettext_lazy("Assigned from above"),
    "consultations": gettext_lazy("Consultations"),
    "spot_checks": gettext_lazy("Spot checks"),
    "difficulties": gettext_lazy("Difficulties"),
    "proposals": gettext_lazy("Proposals"),
    "closing": gettext_lazy("Closing"),
}

_PARAGRAPHS = {
    "opening": (
        "Thực hiện chế độ báo cáo định kỳ, {cơ quan báo cáo} báo cáo kết quả theo dõi, đôn đốc "
        "việc thực hiện nhiệm vụ được giao tháng {tháng} (từ ngày {ngày đầu kỳ} đến hết ngày "
        "{ngày cuối kỳ}) như sau:"
    ),
    "assigned": (
        "Tổng số nhiệm vụ trong kỳ là {tổng số}, trong đó kỳ trước chuyển sang "
        "{kỳ trước chuyển sang}, giao mới {giao mới}."
    ),
    "completed": (
        "Đã hoàn thành {đã hoàn thành} nhiệm vụ ({tỷ lệ hoàn thành} tổng số nhiệm vụ trong kỳ), "
        "trong đó hoàn thành trước hạn {hoàn thành trước hạn}, đúng ngày đến hạn "
        "{hoàn thành đúng ngày}, hoàn thành trễ hạn {hoàn thành trễ hạn}, không có thời hạn "
        "{hoàn thành không hạn}."
    ),
    "open": (
        "Chưa hoàn thành {chưa hoàn thành} nhiệm vụ, trong đó trong hạn {còn trong hạn}; đã báo "
        "cáo, chờ xác nhận {chờ xác nhận}; chưa hoàn thành, quá hạn {chưa hoàn thành, quá hạn}; "
        "không có thời hạn {chưa xong, không hạn}; tạm dừng {tạm dừng}."
    ),
    "rate": (
        "Tỷ lệ hoàn thành đúng hạn là {tỷ lệ đúng hạn}, tính trên {đã đến hạn} nhiệm vụ đã đến "
        "hạn (gồm nhiệm vụ có thời hạn đã hoàn thành và nhiệm vụ chưa hoàn thành, quá hạn; "
        "không tính nhiệm vụ đã báo cáo, chờ xác nhận)."
    ),
    "original": (
        "Trong kỳ đã gia hạn {được gia hạn} nhiệm vụ. Nếu tính theo thời hạn giao ban đầu: hoàn "
        "thành trễ hạn {trễ hạn theo hạn gốc}; chưa hoàn thành, quá hạn {quá hạn theo hạn gốc}."
    ),
    "late": (
        "Các cơ quan, đơn vị còn nhiệm vụ chưa hoàn thành, quá hạn: {cơ quan có việc quá hạn}."
    ),
    "superior": (
        "Nhiệm vụ do cấp trên giao: {cấp trên giao}, đã hoàn thành "
        "{cấp trên giao, đã hoàn thành}, chưa hoàn thành, quá hạn {cấp trên giao, quá hạn}."
    ),
    "consultations": (
        "Số lượt xin ý kiến trong kỳ là {lượt xin ý kiến}, trong đó trả lời đúng hạn "
        "{trả lời đúng hạn}, trả lời trễ hạn {trả lời trễ hạn}, không trả lời {không trả lời}, "
        "chưa đến hạn trả lời {chưa đến hạn trả lời}."
    ),
    "spot_checks": (
        "Phúc tra ngẫu nhiên {nhiệm vụ phúc tra} nhiệm vụ đã xác nhận hoàn thành, trong đó đúng "
        "như báo cáo {phúc tra, đúng như báo cáo}; chưa thực hiện, phải mở lại "
        "{phúc tra, phải mở lại}; chưa kiểm tra xong {phúc tra, chưa kiểm tra}."
    ),
    "difficulties": (
        "Còn {không cập nhật} nhiệm vụ không được cập nhật tiến độ trong "
        "{số ngày không cập nhật} ngày trở lên; {chưa xong, không hạn} nhiệm vụ chưa hoàn thành "
        "không có thời hạn."
    ),
    "proposals": (
        "Đề nghị Chủ tịch Ủy ban nhân dân chỉ đạo thủ trưởng các cơ quan, đơn vị còn nhiệm vụ "
        "chưa hoàn thành, quá hạn khẩn trương thực hiện, báo cáo rõ nguyên nhân và thời hạn "
        "hoàn thành."
    ),
    "closing": (
        "Trên đây là báo cáo kết quả theo dõi, đôn đốc việc thực hiện nhiệm vụ được giao tháng "
        "{tháng}, kính báo cáo {cơ quan nhận báo cáo} xem xét, chỉ đạo."
    ),
}
PARAGRAPHS = tuple(_PARAGRAPHS)
_NOBODY_LATE = "Không có cơ quan, đơn vị nào còn nhiệm vụ chưa hoàn thành, quá hạn."


def draft_narrative(figures: Mapping) -> dict[str, str]:
    """Write the paragraphs for a new report."""
    paragraphs = dict(_PARAGRAPHS)
    if not figures["total"].get("overdue"):
        paragraphs["late"] = _NOBODY_LATE
    if not differs_by_original(figures["total"]):
        paragraphs["original"] = ""
    if not together(figures["total"], SPOT_ENTRIES):
        paragraphs["spot_checks"] = ""
    return paragraphs


def fields(figures: Mapping) -> dict[str, str]:
    """Return every field with its figure as sentences write it."""
    total, period = figures["total"], figures["period"]
    above = add_up(each["counts"] for each in figures["authorities"] if each["is_superior"])
    on_time = on_time_rate(total)
    plain = {
        "tổng số": assigned(total),
        "đã hoàn thành": completed(total),
        "chưa hoàn thành": still_open(total),
        "chờ xác nhận": awaiting(total),
        "đã đến hạn": on_time.base,
        "lượt xin ý kiến": together(total, LINE_ENTRIES),
        "nhiệm vụ phúc tra": together(total, SPOT_ENTRIES),
        "cấp trên giao": assigned(above),
        "cấp trên giao, đã hoàn thành": completed(above),
        "cấp trên giao, quá hạn": above["overdue"],
        "số ngày không cập nhật": figures["settings"]["not_updated_days"],
        **{name: total.get(column, 0) for name, column in _COUNTED.items()},
    }
    return {name: count(value) for name, value in plain.items()} | {
        "cơ quan báo cáo": figures["office"],
        "cơ quan nhận báo cáo": figures["body"],
        "tháng": f"{period['month']} năm {period['year']}",
        "ngày đầu kỳ": short_date(date.fromisoformat(period["first_day"])),
        "ngày cuối kỳ": short_date(date.fromisoformat(period["last_day"])),
        "tỷ lệ đúng hạn": rate_text(on_time),
        "tỷ lệ hoàn thành": rate_text(completed_rate(total)),
        "cơ quan có việc quá hạn": late_agencies(figures),
    }


_COUNTED = {
    "kỳ trước chuyển sang": "carried_over",
    "giao mới": "new",
    "hoàn thành trước hạn": "completed_before",
    "hoàn thành đúng ngày": "completed_on",
    "hoàn thành trễ hạn": "completed_late",
    "hoàn thành không hạn": "completed_undated",
    "còn trong hạn": "open_in_time",
    "chưa hoàn thành, quá hạn": "overdue",
    "chưa xong, không hạn": "open_undated",
    "tạm dừng": "suspended",
    "không cập nhật": "not_updated",
    "được gia hạn": "extended",
    "trễ hạn theo hạn gốc": "original_completed_late",
    "quá hạn theo hạn gốc": "original_overdue",
    "trả lời đúng hạn": "lines_in_time",
    "trả lời trễ hạn": "lines_late",
    "không trả lời": "lines_silent",
    "chưa đến hạn trả lời": "lines_awaiting",
    "phúc tra, đúng như báo cáo": "spot_done",
    "phúc tra, phải mở lại": "spot_not_done",
    "phúc tra, chưa kiểm tra": "spot_waiting",
}


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
