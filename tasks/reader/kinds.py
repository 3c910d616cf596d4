"""What a proposal should become (domain 4.4), suggested from its words, with the reason."""

import re

from tasks.reader.errors import _

TASK, DUTY, ACKNOWLEDGEMENT, REVIEW, RULE = (
    "task",
    "standing_duty",
    "acknowledgement",
    "review_campaign",
    "rule",
)

REASONS = {
    "spread": _("It asks to receive and spread the directive."),
    "review": _("It asks to review the work in hand."),
    "silence": _("It says what silence means: a rule that founds a setting."),
    "deadline": _("It has a deadline."),
    "recurs": _("It asks for something each period."),
    "product": _("It asks for a result that can be shown."),
    "condition": _("It binds whenever a case arises, without an end."),
    "forbids": _("It forbids or limits, without an end."),
    "attitude": _("It asks for lasting effort, without an end or a result."),
    "unclear": _("No sign decides; a task is assumed."),
}
"""Code of a reason → its sentence (an English msgid)."""

SPREAD = re.compile(r"^(?:\S+\s+){0,4}?(?:quán\s+triệt|phổ\s+biến,\s+quán\s+triệt)\b", re.I)
REVIEW_WORK = re.compile(
    r"^(?:\S+\s+){0,4}?rà\s+soát\s+(?:lại\s+)?(?:toàn\s+bộ\s+|tất\s+cả\s+)?(?:các\s+)?"
    r"(?:nhiệm\s+vụ|công\s+việc)(?!\s+cụ\s+thể\s+của\s+từng)",
    re.I,
)
SILENCE = re.compile(
    r"(?:được\s+)?(?:xác\s+định\s+là|coi\s+(?:như\s+)?là|coi\s+như|xem\s+như|"
    r"hiểu\s+là)\s+(?:đã\s+)?"
    r"(?:đồng\s+ý|nhất\s+trí|thống\s+nhất)",
    re.I,
)
FORBIDS = re.compile(
    r"\b(?:không\s+được|không\s+trình|nghiêm\s+cấm|tuyệt\s+đối\s+không|không\s+để)\b", re.I
)
CONDITION = re.compile(r"^(?:khi|trường\s+hợp|đối\s+với|nếu|mọi|việc)\b", re.I)
EFFORT = re.compile(
    r"^(?:chủ\s+động|tiếp\s+tục|tăng\s+cường|kịp\s+thời|nâng\s+cao|đẩy\s+mạnh|đề\s+cao|"
    r"phát\s+huy|chú\s+trọng|"
    r"nêu\s+cao|siết\s+chặt|chịu\s+trách\s+nhiệm|kiên\s+quyết|phối\s+hợp|thực\s+hiện\s+(?:nghiêm|"
    r"tốt|đầy\s+đủ)|"
    r"chấp\s+hành|quan\s+tâm|duy\s+trì|khuyến\s+khích)\b|\bthường\s+xuyên\b",
    re.I,
)
PRODUCT = re.compile(
    r"\b(?:xây\s+dựng|ban\s+hành|lập|sửa\s+đổi|bổ\s+sung|đề\s+xuất|báo\s+cáo|trình|tham\s+mưu|"
    r"hoàn\s+(?:thiện|thành)|"
    r"tổng\s+hợp|rà\s+soát|tổ\s+chức|kiểm\s+tra|cung\s+cấp|gửi|xác\s+minh|thẩm\s+định|công\s+bố|"
    r"kiện\s+toàn)\b",
    re.I,
)


def suggest(text: str, has_deadline: bool, recurs: bool) -> tuple[list[str], str]:
    """The kinds of rule 4.4 a wording suggests, the likeliest first, and the reason's code.

    Signs are weighed from the most telling down: a day or a period makes a task of anything that
    does not merely spread the directive.
    """
    opening = re.sub(r"^\W+", "", text)
    kinds, reason = _first(opening, has_deadline, recurs)
    if SILENCE.search(text):
        return [*(kind for kind in kinds if kind != TASK or has_deadline), RULE] if kinds != [
            TASK
        ] else [DUTY, RULE], "silence"
    return kinds, reason


def _first(opening: str, has_deadline: bool, recurs: bool) -> tuple[list[str], str]:
    if SPREAD.match(opening) and not has_deadline:
        return [ACKNOWLEDGEMENT], "spread"
    if REVIEW_WORK.match(opening):
        return [REVIEW], "review"
    if has_deadline:
        return [TASK], "deadline"
    if recurs:
        return [TASK], "recurs"
    if CONDITION.match(opening):
        return [DUTY], "condition"
    if FORBIDS.search(opening):
        return [DUTY], "forbids"
    if EFFORT.search(opening):
        return [DUTY], "attitude"
    if PRODUCT.search(opening):
        return [TASK], "product"
    return [TASK], "unclear"
