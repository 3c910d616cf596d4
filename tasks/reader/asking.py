"""Whether words without a subject of their own ask for something, or only tell."""

import re

from tasks.reader.acts import starts_with_verb
from tasks.reader.closings import SENT_IN
from tasks.reader.phrases import ASSIGNING_SECTION, NO_TASK_SECTION
from tasks.reader.subjects import CIRCUMSTANCE, GIVEN, Subject

# "Việc kết nối phải bảo đảm …": what must be, said of the thing.
MUST = re.compile(r"(?:Việc|Công tác|Quá trình|Dữ liệu|Nội dung|Phương án)\s[^.;:]{3,160}?\sphải\s")
# "Đối với các vướng mắc về …, đề nghị liên hệ …": whom to ask.
WHOM_TO_ASK = re.compile(
    r"(?:[Đđ]ề nghị|[Xx]in|[Vv]ui lòng)\s+(?:phản ánh|liên hệ|trao đổi|thông tin)\b[^;]*"
    r"(?:điện thoại|email|thư điện tử|SĐT|\(ông|\(bà|số máy)"
)
# "Dung tích ghi không thống nhất …. Đề nghị rà soát …": what is wrong, then the order.
SAYS_PLEASE = re.compile(r"[.;]\s+(?:Đề\s+nghị|Yêu\s+cầu)\s+(?=[a-zà-ỹ])")
# "Nghị định số 24/2026/NĐ-CP ngày … quy định …": a document that is named, in a list of such.
CITED = re.compile(
    r"(?:Luật|Nghị\s+định|Nghị\s+quyết|Thông\s+tư(?:\s+liên\s+tịch)?|Quyết\s+định|Chỉ\s+thị|"
    r"Công\s+văn|Kế\s+hoạch|Văn\s+bản)\s+số\s*:?\s*\d"
)
# "Bộ Tài chính gửi kèm bộ tài liệu gồm:": what the letter carries.
CARRIES = re.compile(r"(?:gửi|đính)\s+kèm\b[^:]*:$")
# "Phương án … theo hướng:": what stands below tells how.
TELLS_HOW = re.compile(
    r"theo\s+(?:các\s+)?(?:hướng|phương án|nguyên tắc|thứ tự)(?:\s+sau(?:\s+đây)?)?\s*:$"
)
# "Lý do: … cụ thể như sau:": why, told point by point.
TELLS_WHY = re.compile(r"Lý\s+do\s*:.*:$", re.S)
# Sections that say how, in which a sentence may still give work by name.
NAMES_WORKERS = re.compile(r"thời gian|tiêu ch[íu]|nguyên tắc")
# "Qua đối chiếu với quy hoạch …": what was found, in a letter that gives an opinion.
EXAMINED = re.compile(
    r"(?:Về\s[^:;]{3,200}:\s*)?"
    r"(?:Qua\s+(?:lồng ghép|đối chiếu|rà soát|kiểm tra|xem xét|nghiên cứu)|"
    r"Sau khi (?:nghiên cứu|xem xét|rà soát|đối chiếu)|Theo (?:phương án|quy hoạch|hồ sơ|số liệu)|"
    r"Phạm vi|Hiện trạng|Khu vực)\b|Về\s[^:;.]{3,200}\s(?:đã|không|chưa|nằm)\s"
)
# "Trong thời gian tới, Tỉnh tổ chức …": an order at the end of what was praised or blamed.
FROM_NOW_ON = re.compile(r"(?:Trong\s+t|T)hời\s+gian\s+tới,")
ABOUT_MONEY = re.compile(r"(?:nguồn )?kinh phí|nguồn lực|dự toán")
ASKS_FOR = re.compile(r"\b(?:đề\s+nghị|yêu\s+cầu|giao|cần|phải)\b", re.I)
QUOTES = re.compile(r"(?:Theo|Tại|Căn\s+cứ)\s+(?:các\s+)?(?:quy\s+định|khoản|điểm|Điều)\b")


def is_forbidden(section: str, text: str, own: Subject | None) -> bool:
    """Whether a section ("Mục đích", "Kinh phí") gives no tasks, this wording of it included.

    In some of them a sentence that names its agency first still does.
    """
    if not NO_TASK_SECTION.match(section) or ASSIGNING_SECTION.search(section):
        return False
    if own and FROM_NOW_ON.match(text):
        return False
    return not (own and NAMES_WORKERS.match(section) and not text.startswith("Đối với"))


def asks(text: str, leads: Subject) -> bool:
    """Whether a wording without its own subject asks for something.

    Below an agency's own heading everything does; below the opening sentence only an act or
    a circumstance does ("Thời gian kiểm tra: …" tells, it asks nothing).
    """
    if re.match(r"(?:Ông|Bà|Đồng chí|Đ/c)\b", text):
        return False
    if EXAMINED.match(text) and not ASKS_FOR.search(text):
        return False
    quotes = QUOTES.match(text)
    if re.search(r"(?:cơ bản|hoàn toàn)\s+(?:thống nhất|nhất trí|đồng ý)\b", text) or (
        quotes and text.startswith("Tại") and not GIVEN.search(text)
    ):
        return False
    if (
        SAYS_PLEASE.search(text)
        or not leads.is_general
        or SENT_IN.match(text)
        or MUST.match(text)
        or (starts_with_verb(text) and not quotes)
    ):
        return True
    return bool(CIRCUMSTANCE.match(text) or quotes) and any(
        starts_with_verb(text[comma.end() :]) for comma in re.finditer(r"[,;:]\s+|\.\s+", text)
    )
