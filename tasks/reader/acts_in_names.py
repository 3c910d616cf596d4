"""Words that look like an act and belong to a name: "Đoàn kiểm tra", "được giao quản lý"."""

import re
from collections.abc import Callable
from dataclasses import dataclass

from tasks.reader.acts import FIELD, LONG_FIELD, VERB
from tasks.reader.phrases import VERBS, alternatives

_TEAM_BEFORE = re.compile(
    # "Hải Phòng" is a city, "Quân đội" no team.
    r"(?<!Hải )(?<![Qq]uân )(?<!\w)(?:Trung tâm|Cổng|Viện|Cục|Vụ|Chi cục|Quỹ|Phòng|Trạm|Đoàn|Tổ|"
    r"Đội|Hội đồng|Ban|Tiểu ban|"
    r"đoàn|tổ|đội|ban|dự án|dự án đầu tư|vật liệu|Vật liệu|"
    r"công trình|chuyên trách|được|"
    r"được giao|được phân công|có chức năng|phụ trách|làm công tác|nhiệm vụ|hoạt động|"
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
    r"kinh doanh|sản xuất|[Đđ]ồng chí|"
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
    r"huấn luyện|bồi dưỡng|đăng kiểm|xét duyệt|phòng ngừa|chăm sóc|chuyển đổi số|"
    r"tham dự|tham gia|tiếp công dân)$"
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
_LEADS_NEXT = re.compile(r"\s+(?:chủ trì|có trách nhiệm|chịu trách nhiệm|tham mưu)\b")
_IN_CHARGE = re.compile(
    r"(?:viên|[Cc]hủ tịch|[Gg]iám đốc|[Tt]rưởng|[Tt]rưởng phòng|[Ll]ãnh đạo|[Cc]án bộ|[Cc]ông chức|"
    r"[Đđ]ồng chí|[Bb]í thư)\s+$"
)
_DEPUTY = re.compile(r"(?:Thứ trưởng|Phó \w+(?: \w+)?)(?:\s+[^\W\d]\w*){0,5}\s+$")
_KIND_OF_ORGANISATION = re.compile(
    r"\s*(?:,|/|và|cá nhân|đơn vị|đại diện|nghiên cứu|khoa học|chính trị|đảng|xã hội|hội|"
    r"kinh tế|đoàn thể|có liên|khác|"
    r"liên|hoạt|khai thác|sản xuất|kinh doanh|sử dụng|được|thuộc|trên|hành nghề|"
    r"tín dụng|phi)"
)
# What a company may be called after.
_IN_COMPANY = re.compile(
    r"xây dựng|tư vấn|đầu tư|khai thác|chế biến|sản xuất|phát triển|thiết kế|quản lý|vận hành|"
    r"thi công|kinh doanh|cung cấp|ứng dụng"
)
_KIND_OF_SCHOOL = re.compile(r"\s+(?:nghề nghiệp|phổ thông|mầm non|đại học|thường xuyên)\b")
_BOARD_BEFORE = re.compile(r"(?:[Bb]an\s+[Cc]hỉ\s+(?:đạo|huy)|BCĐ|BCH)\s+$")
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


@dataclass(frozen=True)
class _Word:
    """A word that could be an act, and what stands before and after it in its phrase."""

    verb: str
    before: str
    after: str
    text: str
    start: int
    end: int

    def in_field(self) -> bool:
        """So in a field agencies are named after: "giáo dục và đào tạo"."""
        fields = FIELD.finditer(self.text, self.end - len(self.verb) - len(self.before))
        return any(m.start() < self.end and self.start < m.end() for m in fields)

    def after_small_head(self) -> bool:
        """So in "các sở giáo dục và đào tạo"."""
        begin = self.start - len(self.before)
        return any(
            m.start() <= self.start < m.end() and _SMALL_HEAD.search(self.text[begin : m.start()])
            for m in LONG_FIELD.finditer(self.text, begin)
        )

    def trade_of_group(self) -> bool:
        """So in "các đơn vị sản xuất, kinh doanh hóa chất"."""
        if self.verb == "phối hợp" and self.after.startswith(" hoạt động trong lĩnh vực"):
            return True
        return bool(re.fullmatch(TRADE, self.verb)) and bool(
            TRADE_BEFORE.search(self.before)
            or (_TRADE_GROUP.search(self.before) and re.match(r"(?:,|\s+[^\W\d]+)", self.after))
        )

    def given_already(self) -> bool:
        """So in "được giao", "được phân công"; "các cơ quan được giao chủ trì có trách nhiệm …"."""
        if self.verb == "làm" and re.search(r"được giao\s+$", self.before):
            return True
        given = re.match(r"(?:giao|phân công|lựa chọn|thuê|thành lập)$|cấp\b", self.verb)
        if given and re.search(r"(?:được|đầu mối)\s+$", self.before):
            return True
        return bool(
            re.search(r"được (?:giao|phân công)\s+$", self.before)
            and re.match(r"(?:[^\W\d]|\s)*?\s(?:có|chịu) trách nhiệm\b", self.after)
        )

    def organisations(self) -> bool:
        """So in "các tổ chức, cá nhân", "tổ chức chính trị - xã hội"."""
        if self.verb != "tổ chức":
            return False
        if re.search(r"(?:các|những)\s*$", self.before, re.I):
            return True
        listed = re.search(r"[,;]\s*$", self.before)
        return bool(listed and _KIND_OF_ORGANISATION.match(self.after))

    def post_in_charge(self) -> bool:
        """So in "đồng chí Phó Chủ tịch phụ trách văn hóa theo dõi …"."""
        return bool(
            self.verb == "phụ trách"
            and (_IN_CHARGE.search(self.before) or _DEPUTY.search(self.before))
            and VERB.search(self.after.split(",")[0])
        )

    def leaders_listed(self) -> bool:
        """So in "Chủ tịch UBND các tỉnh và lãnh đạo các Bộ, ngành tập trung …"."""
        listed = re.search(r"(?:,|\svà)\s*$", self.before)
        groups = re.match(r"\s+các\s[^.;:]{3,60}", self.after)
        return bool(
            self.verb == "lãnh đạo"
            and listed
            and groups
            and (VERB.search(groups[0]) or re.search(r"\btheo\b", groups[0]))
        )

    def kind_of_school(self) -> bool:
        """So in "giáo dục nghề nghiệp"."""
        return self.verb == "giáo dục" and bool(_KIND_OF_SCHOOL.match(self.after))

    def in_charge_of_projects(self) -> bool:
        """So in "các Cơ quan chủ trì Dự án", "các cơ quan chủ trì quản lý Chương trình"."""
        return bool(
            self.verb == "chủ trì"
            and re.search(r"[Cc]ác\s+[Cc]ơ quan\s+$", self.before)
            and re.match(r"\s+(?:quản lý|(?:Tiểu )?[Dd]ự án|Chương trình|Đề án)\b", self.after)
        )

    def part_in_work(self) -> bool:
        """So in "Cơ quan phối hợp có trách nhiệm …"."""
        return bool(
            self.verb in ("phối hợp", "chủ trì")
            and re.search(r"(?:[Cc]ơ quan|[Đđ]ơn vị)\s+$", self.before)
            and re.match(r"\s+(?:có trách nhiệm|chịu trách nhiệm|phải)\b", self.after)
        )

    def high_technology(self) -> bool:
        """So in "Khu Nông nghiệp ứng dụng Công nghệ cao"."""
        field = re.search(r"(?:[Nn]ông nghiệp|[Kk]hu)\s+$", self.before)
        return self.verb == "ứng dụng" and bool(field and re.match(r"\s+[Cc]ông nghệ", self.after))

    def not_done_yet(self) -> bool:
        """So in "các đơn vị chưa thực hiện báo cáo năm 2025 khẩn trương …"."""
        return bool(
            re.search(r"\schưa\s[^,;:]{0,80}$", self.before)
            and re.match(r"[^,;:]{0,120}?\s(?:khẩn trương|nghiêm túc|phải|kịp thời)\s", self.after)
        )

    def region_told(self) -> bool:
        """So in "các tỉnh tại khu vực dự báo xảy ra mưa lớn"."""
        return self.verb == "dự báo" and bool(re.search(r"(?:khu vực|vùng|nơi)\s+$", self.before))

    def press(self) -> bool:
        """So in "các cơ quan báo chí, truyền thông", "các cơ quan truyền thông, báo chí"."""
        if self.verb == "thông tin":
            return bool(re.match(r",\s+(?:truyền thông|báo chí)", self.after))
        beside = re.search(r"(?:báo chí|thông tin),?\s+$", self.before)
        beside = beside or re.match(r",\s+báo chí", self.after)
        return self.verb == "truyền thông" and bool(beside)

    def company(self) -> bool:
        """So in "Công ty cổ phần Đầu tư xây dựng hạ tầng thông báo …"."""
        return bool(
            _IN_COMPANY.fullmatch(self.verb)
            and re.search(r"(?:Công ty|Tập đoàn|Chi nhánh)\b[^,;:.()]*$", self.before)
            and re.match(rf"[^,;:.]{{0,60}}?\s(?:{alternatives(VERBS)})(?!\w)", self.after)
        )

    def half_a_word(self) -> bool:
        """So in "công lập", "giúp việc", "bên mời thầu", "Ban bầu cử"."""
        if self.verb == "lập":
            return self.before.endswith("công ")
        return bool(re.match(r"(?:giúp việc|mời thầu|bầu cử)(?!\w)", self.verb + self.after))

    def names_a_field(self) -> bool:
        """So in "Vụ Công nghệ thông tin:", "Trung tâm Ứng cứu khẩn cấp máy tính chủ trì"."""
        whole = any(m.end() == len(self.before.rstrip()) for m in FIELD.finditer(self.before))
        return not whole and bool(
            _NAMES_A_FIELD.fullmatch(self.verb) and _ENDS_OR_ACTS_SOON.match(self.after)
        )

    def board_against(self) -> bool:
        """So in "Ban Chỉ đạo phòng, chống …", "BCĐ giảm nghèo xã"."""
        against = self.verb.startswith("phòng") or self.verb + self.after[:5] == "giảm nghèo"
        return against and bool(_BOARD_BEFORE.search(self.before))

    def listed(self) -> bool:
        """A second act of the same body: "…, kiểm tra"."""
        return bool(re.search(r"(?:,|và)\s*$", self.before))

    def never_in_names(self) -> bool:
        """No body is called after this act."""
        return not _VERBS_IN_NAMES.search(self.verb)

    def after_whole_name(self) -> bool:
        """So in "Huyện đoàn tổ chức", "Ban Quản lý dự án tham mưu"."""
        return bool(_YOUTH_UNION.search(self.before)) or (
            self.before.rstrip().endswith("dự án")
            and self.verb in ("tham mưu", "tổng hợp", "tổ chức")
        )

    def of_staff_or_several(self) -> bool:
        """So in "chỉ đạo giáo viên …", "các Ban xây dựng kế hoạch"."""
        return (self.verb == "chỉ đạo" and bool(_STAFF.match(self.after))) or bool(
            re.search(r"(?:[Cc]ác|[Nn]hững)\s+(?:Ban|Đoàn|Tổ|Phòng|Trung tâm)\s*$", self.before)
        )

    def team(self) -> bool:
        """So in "Đoàn kiểm tra", "Ban Chỉ đạo"; "Cục Kết cấu hạ tầng xây dựng chủ trì"."""
        common = self.verb in ("thực hiện", "chủ trì", "phối hợp")
        if self.verb == "chỉ đạo" and not _TEAM_BEFORE.search(self.before):
            return False
        return not common and bool(
            _TEAM_BEFORE.search(self.before) or _LEADS_NEXT.match(self.after)
        )

    def noun_before(self) -> bool:
        """So in "cơ quan quản lý … báo cáo", "đơn vị thi công thuộc …"."""
        if self.verb == "chủ trì" and not re.search(r"(?:cơ quan|đơn vị)\s*$", self.before, re.I):
            return False
        return self.verb != "tổ chức" and bool(
            _NOUN_BEFORE.search(self.before)
            and (_ACT_SOON.match(self.after) or re.match(r"\s+thuộc\b", self.after))
        )


# Asked in this order; the first that says yes decides: True, the word belongs to a name.
_JUDGES: tuple[tuple[Callable[[_Word], bool], bool], ...] = (
    (_Word.in_field, True),
    (_Word.trade_of_group, True),
    (_Word.given_already, True),
    (_Word.organisations, True),
    (_Word.post_in_charge, True),
    (_Word.leaders_listed, True),
    (_Word.kind_of_school, True),
    (_Word.in_charge_of_projects, True),
    (_Word.part_in_work, True),
    (_Word.high_technology, True),
    (_Word.not_done_yet, True),
    (_Word.region_told, True),
    (_Word.press, True),
    (_Word.company, True),
    (_Word.half_a_word, True),
    (_Word.after_small_head, True),
    (_Word.listed, False),
    (_Word.names_a_field, True),
    (_Word.board_against, True),
    (_Word.never_in_names, False),
    (_Word.after_whole_name, False),
    (_Word.of_staff_or_several, False),
    (_Word.team, True),
    (_Word.noun_before, True),
)


def belongs_to_name(text: str, start: int, verb: re.Match[str]) -> bool:
    """Whether what looks like a verb is part of a name ("Đoàn kiểm tra", "được giao quản lý")."""
    word = _Word(
        verb[0],
        text[start : verb.start()],
        text[verb.end() :],
        text,
        verb.start(),
        verb.end(),
    )
    return next((answer for says, answer in _JUDGES if says(word)), False)
