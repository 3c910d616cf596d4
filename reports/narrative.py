"""The paragraphs of a report: written from its figures, edited by people, figures kept (8.8).

A paragraph is text with fields (`{giao mới}`). Fields are filled from the frozen figures whenever
the report is read, so no edit can change a figure. Papers are Vietnamese whoever reads the page.
The Office's report and the one upward are written from the same figures (rule 8.4).
"""

import re
from collections import Counter
from collections.abc import Mapping

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from agencies.papers.words import count, short_date
from agencies.refusals import Refused
from reports.columns import (
    LEFT,
    LINE_ENTRIES,
    SPOT_ENTRIES,
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
from reports.naming import period_words
from reports.periods import Kind, Period

FIELD = re.compile(r"\{([^{}\n]{1,60})\}")
LONGEST = 4000
NAMED_AGENCIES = 10
CRITICISM = ("reminded", "criticised")
LABELS = {
    "opening": gettext_lazy("Opening"),
    "assigned": gettext_lazy("Assigned"),
    "change": gettext_lazy("Against the period before"),
    "completed": gettext_lazy("Completed"),
    "open": gettext_lazy("Not completed"),
    "rate": gettext_lazy("Rate"),
    "original": gettext_lazy("By the original deadline"),
    "late": gettext_lazy("Agencies with overdue work"),
    "superior": gettext_lazy("Assigned from above"),
    "consultations": gettext_lazy("Consultations"),
    "dossiers": gettext_lazy("Dossiers"),
    "urgings": gettext_lazy("Urgings"),
    "discipline": gettext_lazy("Criticism and praise"),
    "spot_checks": gettext_lazy("Spot checks"),
    "difficulties": gettext_lazy("Difficulties"),
    "proposals": gettext_lazy("Proposals"),
    "closing": gettext_lazy("Closing"),
}

_PARAGRAPHS = {
    "opening": (
        "Thực hiện chế độ báo cáo định kỳ, {cơ quan báo cáo} báo cáo kết quả theo dõi, đôn đốc "
        "việc thực hiện nhiệm vụ được giao {kỳ báo cáo} (từ ngày {ngày đầu kỳ} đến hết ngày "
        "{ngày cuối kỳ}) như sau:"
    ),
    "assigned": (
        "Tổng số nhiệm vụ trong kỳ là {tổng số}, trong đó kỳ trước chuyển sang "
        "{kỳ trước chuyển sang}, giao mới {giao mới}."
    ),
    "change": (
        "So với kỳ trước, số nhiệm vụ đã hoàn thành {hoàn thành so với kỳ trước}, số nhiệm vụ "
        "chưa hoàn thành, quá hạn {quá hạn so với kỳ trước}."
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
        "chưa đến hạn trả lời {chưa đến hạn trả lời}. Số lượt trả lời chung chung, né tránh, đùn "
        "đẩy là {trả lời kém chất lượng}."
    ),
    "dossiers": (
        "Văn phòng tiếp nhận {hồ sơ trình} lượt hồ sơ trình; trả lại {hồ sơ trả lại} lượt do chưa "
        "đủ điều kiện trình."
    ),
    "urgings": (
        "Trong kỳ đã ban hành {văn bản đôn đốc} văn bản đôn đốc đối với {nhiệm vụ được đôn đốc} "
        "nhiệm vụ."
    ),
    "discipline": (
        "Trong kỳ đã ban hành {văn bản phê bình, nhắc nhở} văn bản nhắc nhở, phê bình; "
        "{văn bản biểu dương, khen thưởng} văn bản biểu dương, khen thưởng."
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
        "Trên đây là báo cáo kết quả theo dõi, đôn đốc việc thực hiện nhiệm vụ được giao "
        "{kỳ báo cáo}, kính báo cáo {cơ quan nhận báo cáo} xem xét, chỉ đạo."
    ),
}
_UPWARD = {
    "opening": (
        "Thực hiện chế độ báo cáo định kỳ, {cơ quan báo cáo} báo cáo kết quả thực hiện nhiệm vụ "
        "được giao {kỳ báo cáo} (từ ngày {ngày đầu kỳ} đến hết ngày {ngày cuối kỳ}) như sau:"
    ),
    "superior": (
        "Tổng số nhiệm vụ do cấp trên giao trong kỳ là {cấp trên giao}, đã hoàn thành "
        "{cấp trên giao, đã hoàn thành} (hoàn thành trễ hạn {cấp trên giao, trễ hạn}); chưa hoàn "
        "thành {cấp trên giao, chưa hoàn thành}, trong đó chưa hoàn thành, quá hạn "
        "{cấp trên giao, quá hạn}. Tỷ lệ hoàn thành đúng hạn là {cấp trên giao, tỷ lệ đúng hạn}, "
        "tính trên {cấp trên giao, đã đến hạn} nhiệm vụ đã đến hạn."
    ),
    "proposals": "",
    "closing": (
        "Trên đây là báo cáo kết quả thực hiện nhiệm vụ được giao {kỳ báo cáo}, kính báo cáo "
        "{cơ quan nhận báo cáo} xem xét, chỉ đạo."
    ),
}
"""What the body writes otherwise to its superior: whose tasks stand first and apart."""
PARAGRAPHS = tuple(_PARAGRAPHS)
_DAYS = " (từ ngày {ngày đầu kỳ} đến hết ngày {ngày cuối kỳ})"
_MORE = {
    "assigned": (
        ("reopened", "giao mới {giao mới}", ", mở lại {mở lại}"),
        ("received", "giao mới {giao mới}", ", nhận từ cơ quan khác {nhận từ cơ quan khác}"),
    ),
    "open": (
        (
            "undecided",
            "chưa hoàn thành, quá hạn {chưa hoàn thành, quá hạn}",
            "; quá thời hạn nhưng đã đề nghị trong hạn, chờ quyết định {chờ quyết định}",
        ),
        (
            "left",
            "tạm dừng {tạm dừng}.",
            " Ngoài ra, trong kỳ có {trả lại, chuyển, hủy} nhiệm vụ được trả lại, chuyển cơ quan "
            "khác chủ trì hoặc hủy bỏ.",
        ),
    ),
}
"""What a paragraph says besides, after which words, only where there is any: so that what it names
adds up to its total (rule 8.6).
"""
_NONE = {
    "assigned": "Trong kỳ không có nhiệm vụ được giao và không có nhiệm vụ kỳ trước chuyển sang.",
    "rate": "Trong kỳ không có nhiệm vụ đến hạn nên không tính tỷ lệ hoàn thành đúng hạn.",
    "late": "Không có cơ quan, đơn vị nào còn nhiệm vụ chưa hoàn thành, quá hạn.",
    "superior": "Trong kỳ không có nhiệm vụ do cấp trên giao.",
    "consultations": "Trong kỳ không phát sinh việc xin ý kiến và trả lời ý kiến.",
    "dossiers": "Trong kỳ không phát sinh hồ sơ trình.",
    "urgings": "Trong kỳ không ban hành văn bản đôn đốc.",
    "discipline": "Trong kỳ không ban hành văn bản nhắc nhở, phê bình, biểu dương, khen thưởng.",
    "difficulties": (
        "Không có nhiệm vụ chậm cập nhật tiến độ; không có nhiệm vụ chưa hoàn thành không có "
        "thời hạn."
    ),
    "proposals": "Không có đề xuất, kiến nghị.",
    "change": "",
    "completed": "",
    "open": "",
    "original": "",
    "spot_checks": "",
}
"""What stands instead where there was nothing; nothing at all of what need not be there."""


def draft_narrative(figures: Mapping, *, upward: bool = False) -> dict[str, str]:
    """Write the paragraphs for a new report; where there was nothing they say so in words."""
    total = figures["total"]
    paragraphs = _PARAGRAPHS | (_UPWARD if upward else {})
    if Period.from_json(figures["period"]).kind is Kind.FREE:
        paragraphs["opening"] = paragraphs["opening"].replace(_DAYS, "")
    for name, parts in _MORE.items():
        for what, after, more in parts:
            if _some(total, what):
                paragraphs[name] = paragraphs[name].replace(after, after + more)
    said = _said(figures)
    none = {name: text for name, text in _NONE.items() if not said[name]}
    if upward:
        none.pop("proposals", None)
    return paragraphs | none


def _said(figures: Mapping) -> dict[str, bool | int]:
    """Return by paragraph whether the figures give it anything to say."""
    total = figures["total"]
    return {
        "assigned": assigned(total),
        "change": figures["before"] is not None and (assigned(total) or figures["before"]["total"]),
        "completed": assigned(total),
        "open": assigned(total),
        "rate": on_time_rate(total).base,
        "original": differs_by_original(total),
        "late": total.get("overdue"),
        "superior": assigned(_from_above(figures)),
        "consultations": together(total, (*LINE_ENTRIES, "lines_poor")),
        "dossiers": together(total, ("dossiers_submitted", "dossiers_returned")),
        "urgings": together(total, ("urged", "urgings")),
        "discipline": together(total, (*CRITICISM, "praised")),
        "spot_checks": together(total, SPOT_ENTRIES),
        "difficulties": together(total, ("not_updated", "open_undated")),
        "proposals": total.get("overdue"),
    }


def _some(total: Mapping, what: str) -> int:
    return together(total, LEFT if what == "left" else (what,))


def _from_above(figures: Mapping) -> Counter:
    return add_up(each["counts"] for each in figures["authorities"] if each["is_superior"])


def fields(figures: Mapping, *, upward: bool = False) -> dict[str, str]:
    """Return every field with its figure as sentences write it."""
    total = figures["total"]
    above = _from_above(figures)
    plain = {
        "tổng số": assigned(total),
        "đã hoàn thành": completed(total),
        "chưa hoàn thành": still_open(total),
        "chờ xác nhận": awaiting(total),
        "đã đến hạn": on_time_rate(total).base,
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
    return {
        "kỳ báo cáo": period_words(period),
        "tháng": f"{period.number} năm {period.year}",
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
    """Return the edited paragraphs; refuse one that lost a field or names one there is none of."""
    known = fields(figures, upward=upward)
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
