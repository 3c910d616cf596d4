"""The paragraphs of a report as the program drafts them from its figures (rules 8.4, 8.6).

What a paragraph names depends on what there was; its fields (`{giao mới}`) are filled when it is
read (`reports.narrative`). Papers are Vietnamese whoever reads the page.
"""

from collections import Counter
from collections.abc import Mapping

from django.utils.translation import gettext_lazy

from reports.columns import (
    LEFT,
    LINE_ENTRIES,
    SPOT_ENTRIES,
    add_up,
    assigned,
    differs_by_original,
    on_time_rate,
    together,
)
from reports.periods import Kind, Period

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
        "hạn (gồm {có thời hạn, đã hoàn thành} nhiệm vụ có thời hạn đã hoàn thành, "
        "{chưa hoàn thành, quá hạn} nhiệm vụ chưa hoàn thành, quá hạn; không tính nhiệm vụ đã báo "
        "cáo, chờ xác nhận)."
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
_REGULAR = "Thực hiện chế độ báo cáo định kỳ, "
_DAYS = " (từ ngày {ngày đầu kỳ} đến hết ngày {ngày cuối kỳ})"
_MORE = {
    "assigned": (
        ("reopened", "giao mới {giao mới}", ", mở lại {mở lại}"),
        ("received", "giao mới {giao mới}", ", nhận từ cơ quan khác {nhận từ cơ quan khác}"),
    ),
    "rate": (
        (
            "stopped_overdue",
            "nhiệm vụ chưa hoàn thành, quá hạn",
            ", {đã quá hạn khi dừng} nhiệm vụ đã quá hạn khi trả lại, chuyển cơ quan khác chủ trì "
            "hoặc tạm dừng",
        ),
        (
            "undecided",
            "đã báo cáo, chờ xác nhận",
            " và nhiệm vụ quá thời hạn nhưng đã đề nghị trong hạn, chờ quyết định",
        ),
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
        opening = paragraphs["opening"].removeprefix(_REGULAR)
        paragraphs["opening"] = opening.replace(_DAYS, "")
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
        "superior": assigned(from_above(figures)),
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


def from_above(figures: Mapping) -> Counter:
    """Return the counts of what superiors assigned."""
    return add_up(each["counts"] for each in figures["authorities"] if each["is_superior"])
