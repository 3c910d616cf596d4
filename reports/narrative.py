"""The text of a report: edited by people, its figures kept (rule 8.8).

A paragraph is text with fields (`{giao mới}`). Fields are filled from the frozen figures whenever
the report is read, so no edit can change a figure. The Office's report and the one upward are
written from the same figures (rule 8.4).
"""

import re
from collections.abc import Collection, Iterable, Mapping

from django.utils.translation import gettext as _

from agencies.papers.words import count, short_date
from agencies.refusals import Refused
from reports.columns import (
    DATED,
    LEFT,
    LINE_ENTRIES,
    SPOT_ENTRIES,
    assigned,
    awaiting,
    completed,
    completed_rate,
    on_time_rate,
    still_open,
    together,
)
from reports.naming import period_words
from reports.paragraphs import CRITICISM, PARAGRAPHS, draft_narrative, from_above
from reports.periods import Kind, Period

FIELD = re.compile(r"\{([^{}\n]{1,60})\}")
LONGEST = 4000
NAMED_AGENCIES = 10


def fields(figures: Mapping, *, upward: bool = False) -> dict[str, str]:
    """Return every field with its figure as sentences write it."""
    total = figures["total"]
    above = from_above(figures)
    plain = {
        "tổng số": assigned(total),
        "đã hoàn thành": completed(total),
        "chưa hoàn thành": still_open(total),
        "chờ xác nhận": awaiting(total),
        "đã đến hạn": on_time_rate(total).base,
        "có thời hạn, đã hoàn thành": together(total, DATED),
        "trả lại, chuyển, hủy": together(total, LEFT),
        "lượt xin ý kiến": together(total, LINE_ENTRIES),
        "nhiệm vụ phúc tra": together(total, SPOT_ENTRIES),
        "cấp trên giao": assigned(above),
        "cấp trên giao, đã hoàn thành": completed(above),
        "cấp trên giao, trễ hạn": above["completed_late"],
        "cấp trên giao, chưa hoàn thành": still_open(above),
        "cấp trên giao, quá hạn": above["overdue"],
        "cấp trên giao, đã đến hạn": on_time_rate(above).base,
        "văn bản phê bình, nhắc nhở": together(total, CRITICISM),
        "số ngày không cập nhật": figures["settings"]["not_updated_days"],
        **{name: total.get(column, 0) for name, column in _COUNTED.items()},
    }
    return {name: count(value) for name, value in plain.items()} | {
        **_period_fields(Period.from_json(figures["period"])),
        **_compared(total, figures["before"]),
        "cơ quan báo cáo": figures["body" if upward else "office"],
        "cơ quan nhận báo cáo": figures["superior" if upward else "body"],
        "tỷ lệ đúng hạn": str(on_time_rate(total)),
        "tỷ lệ hoàn thành": str(completed_rate(total)),
        "cấp trên giao, tỷ lệ đúng hạn": str(on_time_rate(above)),
        "cơ quan có việc quá hạn": late_agencies(figures),
    }


def _period_fields(period: Period) -> dict[str, str]:
    month = {"tháng": f"{period.number} năm {period.year}"}
    return (month if period.kind is Kind.MONTH else {}) | {
        "kỳ báo cáo": period_words(period),
        "ngày đầu kỳ": short_date(period.first_day),
        "ngày cuối kỳ": short_date(period.last_day),
    }


def _compared(total: Mapping, before: Mapping | None) -> dict[str, str]:
    """Write how much more or less than in the last period (rule 8.5)."""
    then = before["total"] if before else total
    return {
        "hoàn thành so với kỳ trước": _moved(completed(total) - completed(then)),
        "quá hạn so với kỳ trước": _moved(total.get("overdue", 0) - then.get("overdue", 0)),
    }


def _moved(difference: int) -> str:
    if difference == 0:
        return "không thay đổi"
    return f"{'tăng' if difference > 0 else 'giảm'} {count(abs(difference))}"


_COUNTED = {
    "kỳ trước chuyển sang": "carried_over",
    "giao mới": "new",
    "mở lại": "reopened",
    "nhận từ cơ quan khác": "received",
    "chờ quyết định": "undecided",
    "hoàn thành trước hạn": "completed_before",
    "hoàn thành đúng ngày": "completed_on",
    "hoàn thành trễ hạn": "completed_late",
    "hoàn thành không hạn": "completed_undated",
    "còn trong hạn": "open_in_time",
    "chưa hoàn thành, quá hạn": "overdue",
    "chưa xong, không hạn": "open_undated",
    "tạm dừng": "suspended",
    "đã quá hạn khi dừng": "stopped_overdue",
    "không cập nhật": "not_updated",
    "được gia hạn": "extended",
    "trễ hạn theo hạn gốc": "original_completed_late",
    "quá hạn theo hạn gốc": "original_overdue",
    "trả lời đúng hạn": "lines_in_time",
    "trả lời trễ hạn": "lines_late",
    "không trả lời": "lines_silent",
    "chưa đến hạn trả lời": "lines_awaiting",
    "trả lời kém chất lượng": "lines_poor",
    "hồ sơ trình": "dossiers_submitted",
    "hồ sơ trả lại": "dossiers_returned",
    "văn bản đôn đốc": "urgings",
    "nhiệm vụ được đôn đốc": "urged",
    "văn bản biểu dương, khen thưởng": "praised",
    "phúc tra, đúng như báo cáo": "spot_done",
    "phúc tra, phải mở lại": "spot_not_done",
    "phúc tra, chưa kiểm tra": "spot_waiting",
}


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


def read(narrative: Mapping[str, str], figures: Mapping, *, upward: bool = False) -> dict[str, str]:
    """Fill the fields of every paragraph."""
    values = fields(figures, upward=upward)
    return {name: fill(narrative.get(name, ""), values) for name in PARAGRAPHS}


def fill(text: str, values: Mapping[str, str]) -> str:
    """Put the figures in their fields; other braces stay as typed."""
    return FIELD.sub(lambda found: values.get(found[1], found[0]), text)


def checked(
    edited: Mapping[str, str],
    before: Mapping[str, str],
    figures: Mapping,
    *,
    upward: bool = False,
) -> dict:
    """Return the edited paragraphs; refuse one that lost a field the program drafted there, even
    when it was emptied meanwhile, or names one there is none of.
    """
    known, drafted = fields(figures, upward=upward), draft_narrative(figures, upward=upward)
    paragraphs = {}
    for name in PARAGRAPHS:
        was = before.get(name, "")
        text = edited.get(name, was).strip()
        if text and text != was:
            _check_fields(name, text, known.keys(), drafted[name])
        paragraphs[name] = text[:LONGEST]
    return paragraphs


def _check_fields(name: str, text: str, known: Collection[str], drafted: str) -> None:
    used, kept = set(FIELD.findall(text)), set(FIELD.findall(drafted))
    if unknown := used - known:
        raise Refused(_("There is no such figure: %(fields)s.") % {"fields": _named(unknown)}, name)
    if lost := kept - used:
        raise Refused(
            _("A figure was typed over; put %(fields)s back, or empty the paragraph.")
            % {"fields": _named(lost)},
            name,
        )


def _named(fields: Iterable[str]) -> str:
    return ", ".join(f"{{{each}}}" for each in sorted(fields))
