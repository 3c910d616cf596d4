"""What is to be done: acts, whether a sentence opens with one, and acts that belong to a name."""

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
    r"(?<!công\s)(?<!chương\s)(?<!Chương\s)(?<!Công\s)(?<!Quy\s)(?<!quy\s)(?<!quá\s)(?<!việc\s)(?<!độc\s)(?<!đăng\s)(?<!đào\s)(?<!bầu\s)"
    r"(?<!vận\s)(?<!cởi\s)(?<!Thường\s)(?<!thường\s(?=trực))(?<![Cc]hủ\s(?=đầu))(?<!nhà\s(?=đầu))"
)
VERB = re.compile(rf"(?<!\w){_AFTER_SYLLABLE}(?:{alternatives(VERBS)})(?!\w){_WITHIN_WORDS}")
VERB_FIRST = re.compile(
    rf"(?i:{alternatives(VERBS)}|{alternatives(STOPS)}|phòng\s+ngừa|phòng,?\s+chống)(?!\w)"
)
_LONG_FIELDS = "|".join(name for name in phrases_of(FIELD_NAMES) if len(name.split()) > 3)
LONG_FIELD = re.compile(rf"(?:{alternatives(_LONG_FIELDS)})(?!\w)", re.I)
FIELD = re.compile(rf"(?:{alternatives(FIELD_NAMES)})(?!\w)")

_NO_VERB_AFTER = {
    "chi": r"\s+(?:cục|bộ|nhánh|hội|đoàn)\b",
    "giao": r"\s+(?:thông|dịch|lưu)\b",
    "chỉ": r"\s+(?:huy|tiêu|số)\b",
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
        return not re.match(r"\s+(?:Công đoàn|Đoàn|đảng|đoàn thể)", rest)
    return True


_TEAM_BEFORE = re.compile(
    # "Hải Phòng" is a city.
    r"(?<!Hải )(?<!\w)(?:Trung tâm|Cổng|Viện|Cục|Vụ|Chi cục|Quỹ|Phòng|Trạm|Đoàn|Tổ|Đội|Hội đồng|"
    r"Ban|Tiểu ban|"
    r"đoàn|tổ|đội|ban|dự án|dự án đầu tư|vật liệu|Vật liệu|"
    r"công trình|chuyên trách|được|"
    r"được giao|được phân công|có chức năng|chức năng|phụ trách|làm công tác|nhiệm vụ|hoạt động|"
    r"thuộc phạm vi)\s*$"
)
_YOUTH_UNION = re.compile(
    r"(?:Huyện|Tỉnh|Thành|Quận|Xã|Liên|Công|Đảng|Tập|Trung ương|Phường|Thị)\s+[đĐ]oàn\s*$"
)
_STAFF = re.compile(r"\s+(?:giáo viên|cán bộ|công chức|nhân viên|học sinh)\b")
_NOUN_BEFORE = re.compile(
    r"(?<!\w)(?:[Cc]ơ quan|[Đđ]ơn vị|[Cc]ơ sở|[Tt]ổ chức|[Ll]ực lượng|[Cc]án bộ|[Cc]ông ty|"
    r"[Dd]oanh nghiệp|phòng|"
    r"[Vv]ăn phòng|[Tt]rung tâm|ngành|[Qq]uỹ|[Bb]ộ phận|[Cc]á nhân|chuyên môn|"
    r"kinh doanh|sản xuất|"
    r"quản lý|thi công|khai thác|đầu tư|trực tiếp|tham gia)\s*$"
)
_VERBS_IN_NAMES = re.compile(
    r"(?:kiểm tra|thanh tra|giám sát|chỉ đạo|xây dựng|thẩm định|điều tra|quản lý|tham mưu|"
    r"soạn thảo|phát triển|"
    r"sử dụng|bảo vệ|cưỡng chế|kiểm soát|đầu tư|giúp|điều hành|xét|trực|thi hành|quy hoạch|"
    r"công bố|thông tin|"
    r"phòng, chống|thống kê|bảo đảm|tổ chức|vận hành|khai thác|thu|tổng hợp|truyền thông|ứng phó|"
    r"phục vụ|cung cấp|"
    r"phân phối|giáo dục|đào tạo|tư vấn|dự báo|đăng ký|đấu giá|hỗ trợ|chủ trì|"
    r"tiếp nhận|"
    r"giải quyết|giám định|tuyên truyền|cấp phép|cấp|xúc tiến|ứng dụng|nghiên cứu|kiểm định|"
    r"huấn luyện|bồi dưỡng|đăng kiểm|xét duyệt|phòng ngừa|chăm sóc|chuyển đổi số)$"
)
_NAMES_A_FIELD = re.compile(
    r"(?:thông tin|ứng dụng|ứng cứu|khẩn cấp|hỗ trợ|điều hành|truyền thông|chuyển đổi số|đổi mới|"
    r"phát triển|đầu tư|bồi dưỡng|dự báo|kiểm định|xúc tiến|hợp tác)",
    re.I,
)
_ENDS_OR_ACTS_SOON = re.compile(
    r"(?:\s+[^\W\d]\w*){0,5}?(?:\s*(?:\0|\(|:|;|$)|\s+(?:chủ trì|có trách nhiệm|chịu trách nhiệm|"
    r"phối hợp|tham mưu|tổ chức|hướng dẫn|thực hiện|xây dựng|rà soát|báo cáo|căn cứ|theo dõi|"
    r"đặt hàng|đề xuất|ban hành|kiểm tra|làm việc|cung cấp|bố trí|triển khai|đôn đốc|khẩn trương|"
    r"chủ động|tiếp tục|tăng cường)\b)"
)
_SMALL_HEAD = re.compile(r"\b(?:[Ss]ở|[Pp]hòng|[Bb]ộ|[Nn]gành)\s+$")
_LEADS_NEXT = re.compile(r"\s+(?:chủ trì|có trách nhiệm|chịu trách nhiệm)\b")
_IN_CHARGE = re.compile(
    r"(?:viên|[Cc]hủ tịch|[Gg]iám đốc|[Tt]rưởng|[Ll]ãnh đạo|[Cc]án bộ|[Cc]ông chức|"
    r"[Đđ]ồng chí|[Bb]í thư)\s+$"
)
_ACT_SOON = re.compile(
    r"(?!\s+(?:kế hoạch|đề án|quy chế|chương trình|phương án|báo cáo|hồ sơ|dự toán|việc|các|"
    r"nhiệm vụ))"
    rf"(?:\s+[^\W\d]\w*){{0,2}}?\s+(?:{alternatives(VERBS)})(?!\w)"
)


# What a group does every day, which tells it apart and is no act asked of it: "các đơn vị sản
# xuất, kinh doanh hóa chất", "tổ chức, cá nhân hoạt động khoáng sản".
TRADE = (
    r"(?:khám bệnh|chữa bệnh|khám|giáo dục|đào tạo|giết mổ|nuôi dưỡng|"
    r"sản xuất|kinh doanh|sử dụng|bảo quản|khai thác|chế biến|vận chuyển|nuôi trồng|chăn nuôi|"
    r"mua bán|xuất khẩu|nhập khẩu|quản lý|vận hành|cung cấp|hoạt động|thi công|thăm dò|đầu tư)"
)
TRADE_BEFORE = re.compile(
    r"(?:đơn vị|tổ chức|cơ sở|doanh nghiệp|cá nhân|hộ gia đình|hộ|chủ đầu tư|công ty|hợp tác xã)\s+"
    rf"{TRADE}(?:\s+\w+){{0,3}}?(?:,\s*{TRADE}(?:\s+\w+){{0,3}}?)*(?:,|,?\s+và)?\s*$",
    re.I,
)
_TRADE_GROUP = re.compile(r"(?:đơn vị|tổ chức|cơ sở|doanh nghiệp|cá nhân|hộ gia đình|hộ)\s*$", re.I)


def belongs_to_name(text: str, start: int, verb: re.Match[str]) -> bool:
    """Whether what looks like a verb is part of a name ("Đoàn kiểm tra", "được giao quản lý")."""
    if any(m.start() < verb.end() and verb.start() < m.end() for m in FIELD.finditer(text, start)):
        return True
    before, after = text[start : verb.start()], text[verb.end() :]
    if re.fullmatch(TRADE, verb[0]) and (
        TRADE_BEFORE.search(before)
        or (_TRADE_GROUP.search(before) and re.match(r"(?:,|\s+[^\W\d]+)", after))
    ):
        return True
    if re.match(r"giao$|phân công$|cấp\b", verb[0]) and re.search(r"được\s+$", before):
        return True
    if re.search(r"được (?:giao|phân công)\s+$", before) and re.match(
        r"(?:[^\W\d]|\s)*?\s(?:có|chịu) trách nhiệm\b", after
    ):
        return True  # "Các cơ quan được giao chủ trì có trách nhiệm …"
    if verb[0] == "tổ chức" and (
        re.search(r"(?:các|những|[,;])\s*$", before, re.I)
        and re.match(
            r"\s*(?:,|/|và|cá nhân|đơn vị|đại diện|nghiên cứu|khoa học|chính trị|đảng|xã hội|hội|"
            r"kinh tế|đoàn thể|có liên|"
            r"liên|hoạt|khai thác|sản xuất|kinh doanh|sử dụng|được|thuộc|trên|hành nghề|"
            r"tín dụng|phi)",
            after,
        )
    ):
        return True
    if verb[0] == "phụ trách" and _IN_CHARGE.search(before) and VERB.search(after.split(",")[0]):
        return True  # "đồng chí Phó Chủ tịch phụ trách văn hóa theo dõi …"
    if verb[0] == "giáo dục" and re.match(
        r"\s+(?:nghề nghiệp|phổ thông|mầm non|đại học|thường xuyên)\b", after
    ):
        return True
    if (verb[0] == "lập" and before.endswith("công ")) or verb[0] + after[:5] == "giúp việc":
        return True
    if any(
        m.start() <= verb.start() < m.end() and _SMALL_HEAD.search(text[start : m.start()])
        for m in LONG_FIELD.finditer(text, start)
    ):
        return True  # "các sở giáo dục và đào tạo"
    if re.search(r"(?:,|và)\s*$", before):
        return False
    whole = any(m.end() == len(before.rstrip()) for m in FIELD.finditer(before))
    if not whole and _NAMES_A_FIELD.fullmatch(verb[0]) and _ENDS_OR_ACTS_SOON.match(after):
        return True  # "Vụ Công nghệ thông tin:", "Trung tâm Ứng cứu khẩn cấp máy tính chủ trì"
    if not _VERBS_IN_NAMES.search(verb[0]):
        return False
    if _YOUTH_UNION.search(before) or (
        before.rstrip().endswith("dự án") and verb[0] in ("tham mưu", "tổng hợp", "tổ chức")
    ):
        return False
    if re.match(r"phòng", verb[0]) and re.search(
        r"(?:[Bb]an\s+[Cc]hỉ\s+(?:đạo|huy)|BCĐ|BCH)\s+$", before
    ):
        return True
    if verb[0] == "chỉ đạo" and _STAFF.match(after):
        return False
    if re.search(r"(?:[Cc]ác|[Nn]hững)\s+(?:Ban|Đoàn|Tổ|Phòng|Trung tâm)\s*$", before):
        return False  # "các Ban xây dựng kế hoạch"
    if verb[0] not in ("thực hiện", "chủ trì", "phối hợp") and _TEAM_BEFORE.search(before):
        return True
    if _LEADS_NEXT.match(after):
        return True  # "Cục Kết cấu hạ tầng xây dựng chủ trì"
    return verb[0] != "tổ chức" and bool(
        _NOUN_BEFORE.search(before) and (_ACT_SOON.match(after) or re.match(r"\s+thuộc\b", after))
    )
