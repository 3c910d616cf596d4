"""What is to be done: acts, and whether a sentence opens with one."""

import re

from tasks.reader.phrases import FIELD_NAMES, STOPS, VERBS, alternatives, phrases_of

# A verb's syllables inside another word ("công trình", "giao thông", "chi cục", "hợp tác xã").
_WITHIN_WORDS = (
    r"(?!(?<=giao)\s+(?:thông|dịch|lưu|đất))(?!(?<=trực)\s+(?:thuộc|tuyến))(?!(?<=chi)\s+(?:cục|"
    r"bộ|nhánh|hội))"
    r"(?!(?<=thu)\s+nhập)(?!(?<=hợp tác)\s+xã)(?!(?<=chỉ)\s+huy)(?!(?<=giúp)\s+việc)"
    r"(?!(?<=chuyển)\s+đổi)"
    r"(?!(?<=làm)\s+(?:vườn|nghề))(?!(?<=thông tin)\s+đại)(?!(?<=mua)\s+bán)"
)
_AFTER_SYLLABLE = (
    r"(?<!công\s(?=trình|lập))(?<!chương\s)(?<!Chương\s)(?<!Công\s(?=trình|lập))(?<!Quy\s)(?<!quy\s)(?<!quá\s)(?<!việc\s)(?<!độc\s)(?<!đăng\s)(?<!đào\s)(?<!bầu\s)"
    r"(?<!vận\s)(?<!cởi\s)(?<!nuôi\s)(?<!hậu\s)(?<!xây\s)(?<!Thường\s)(?<!thường\s(?=trực))(?<![Cc]hủ\s(?=đầu))(?<![Nn]hà\s(?=đầu))"
)
VERB = re.compile(rf"(?<!\w){_AFTER_SYLLABLE}(?:{alternatives(VERBS)})(?!\w){_WITHIN_WORDS}")
VERB_FIRST = re.compile(
    rf"(?i:{alternatives(VERBS)}|{alternatives(STOPS)}|phòng\s+ngừa|phòng,?\s+chống)(?!\w)"
)
_LONG_FIELDS = "|".join(name for name in phrases_of(FIELD_NAMES) if len(name.split()) > 3)
LONG_FIELD = re.compile(rf"(?:{alternatives(_LONG_FIELDS)})(?!\w)", re.I)
_FIELDS = alternatives(FIELD_NAMES).replace(r"\s+và\s+", r"(?:\s+và\s+|\s*&\s*)")
_FIELDS = re.sub(r"\\s\+(?:\\-|–)\\s\+", r"\\s*[-–]\\s*", _FIELDS)
FIELD = re.compile(rf"(?:{_FIELDS})(?!\w)")

_NO_VERB_AFTER = {
    "chi": r"\s+(?:cục|bộ|nhánh|hội|đoàn)\b",
    "giao": r"\s+(?:thông|dịch|lưu)\b",
    "chỉ": r"\s+(?:huy|tiêu|số|thị)\b",
    "kiểm tra": r"\s+Đảng\b",
    "lãnh đạo": r"\s+(?:các\s+(?:phòng|sở|ban|đơn\s+vị|cơ\s+quan)|UBND|Sở|Phòng|Ủy\s+ban)\b",
    "thống kê": r"\s+(?:tỉnh|huyện|thành)\b",
}


def starts_with_verb(text: str) -> bool:
    """Whether a sentence opens with what is to be done rather than with who does it.

    "Thanh tra, kiểm tra …" is a verb and "Thanh tra tỉnh" an agency; "Ban hành" and "Tổ chức" are
    verbs though "Ban" and "Tổ" head names.
    """
    match = VERB_FIRST.match(text)
    if not match:
        return False
    word, rest = match[0].lower(), text[match.end() :]
    if word in ("thanh tra", "trực", "giám sát", "thu"):
        return not re.match(r"\s+(?:tỉnh|huyện|thành phố|Chính phủ|các|[A-ZĐ])", rest)
    if _NO_VERB_AFTER.get(word) and re.match(_NO_VERB_AFTER[word], rest):
        return False
    if word in ("tổ chức", "đoàn kiểm tra"):
        return not re.match(
            r"\s+(?:Công đoàn|Đoàn|đảng|đoàn thể|pháp chế thuộc)|,\s+(?:cá nhân|doanh nghiệp)\b",
            rest,
        )
    return True
