"""The last paragraphs of a directive: all are asked to carry it out, or told by when to report."""

import re

from tasks.reader.clauses import Clause
from tasks.reader.layout import Paragraph
from tasks.reader.phrases import ASKS_EVERYBODY, CLOSING, CLOSING_ACT, ONE_FOLLOWS_UP

# "Trong quá trình thực hiện, nếu có vướng mắc, đề nghị …": never a task of its own.
IN_CASE_OF_TROUBLE = re.compile(
    r"(?:Trong\s+quá\s+trình|Quá\s+trình|Nếu|Trường\s+hợp)\b.{0,120}?(?:khó\s+khăn|vướng\s+mắc)"
)
LONGEST_END = 250
# "Văn bản tham gia ý kiến gửi về … trước ngày …": what is asked for is named, not who sends it.
SENT_IN = re.compile(
    r"(?:Báo\s+cáo|Văn\s+bản|Ý\s+kiến|Kết\s+quả|Hồ\s+sơ|Danh\s+sách|Tài\s+liệu|Đề\s+xuất)\b"
    r"[^.;:]{0,120}?\b(?:gửi|nộp|báo\s+cáo)\s+(?:về|cho|đến|Ủy|UBND|Sở|Phòng|Văn)"
    r"|Thời\s+gian\s+(?:hoàn\s+thành\s+và\s+)?(?:nộp|gửi)\s"
)
# "Các đơn vị thực hiện trước ngày …": nothing but the day.
ALL_BY_THEN = (
    r"(?:Đề\s+nghị\s+|Yêu\s+cầu\s+)?[Cc]ác\s+(?:cơ\s+quan|đơn\s+vị|địa\s+phương|trường)"
    r"(?:,\s*(?:đơn\s+vị|địa\s+phương))*\s+(?:thực\s+hiện|hoàn\s+thành|báo\s+cáo)\s+"
    r"(?:trước|chậm\s+nhất|trong)\s[^.;]{5,60}[.;/\s]*$"
)
# It speaks of all that stands above, not of its own section alone.
OF_ALL_ABOVE = re.compile(
    rf"(?:{ALL_BY_THEN}|.{{0,60}}\b(?:các|những)\s+(?:nội\s+dung|nhiệm\s+vụ|yêu\s+cầu)\s+(?:nêu\s+)?trên\b)",
    re.I,
)
# "Báo cáo cuối năm: … trước ngày …": a report by its name, whoever has to send it.
REPORT_DUE = re.compile(r"Báo\s+cáo\s+[^:.;]{2,40}:\s+(?=\S)")
# "… khắc phục các bất cập, hoàn thành trong tháng 11 năm 2025, cụ thể:": the day of all below.
HEADS_A_DAY = re.compile(
    r"(?:hoàn\s+thành|xong|báo\s+cáo|gửi|trình)\b[^.;:]{0,80}?"
    r"(?:trước|trong|chậm\s+nhất|đến)\s[^.;:]*\d[^.;:]{0,60}:\s*$"
)
SHARED_DAY = re.compile(
    rf"(?:{SENT_IN.pattern}|(?:Thời\s+gian|Thời\s+hạn|(?:(?:Đảm\s+bảo|Bảo\s+đảm)\s+h|H)oàn\s+thành|Các\s+nội\s+dung\s+trên|"
    r"Việc\s+báo\s+cáo)\b|"
    rf"{ALL_BY_THEN})"
)


# "Để Đại hội thành công, đề nghị các cơ quan … nghiêm túc triển khai thực hiện./.": one sentence.
SOLEMN_END = re.compile(
    r"[^.;]*\b(?:yêu cầu|đề nghị)\s+(?:các|toàn thể|hiệu trưởng|thủ trưởng|phòng)"
    r"[^.;]{0,160}?\b(?:nghiêm túc|đúng thời gian|khẩn trương(?=[^.;]*nêu trên))"
    r"[^.;:]{0,80}[./\s]*$",
    re.I,
)
# "Chỉ thị này có hiệu lực …", "… nghiêm túc thực hiện Chỉ thị này": of the paper as a whole.
OF_THIS_PAPER = re.compile(
    r"(?:Chỉ thị|Quyết định|Công điện|Kế hoạch|Thông báo) này (?:có hiệu lực|thay thế)\b|"
    r"(?!Điều)[^.;]{10,600}?\b(?:nghiêm (?:túc|chỉnh)|trách nhiệm)\s+(?:tổ chức\s+|triển khai\s+)*"
    r"(?:thực hiện|thi hành)\s+(?:nghiêm (?:túc|chỉnh)\s+)?Chỉ thị này[./\s]*$"
)
# "Trên đây là Kế hoạch ….": it only says what stood above.
STOOD_ABOVE = re.compile(r"Trên đây là (?![^;:]*(?:đề nghị|yêu cầu))[^;:]{5,250}[./\s]*$")


def is_closing(text: str) -> bool:
    """Whether a paragraph closes a directive: everybody is asked to carry it out."""
    if re.search(r"(?:trước|chậm nhất|trong)\s+(?:ngày|tháng|quý|\d{1,2}\s*(?:giờ|h))\s*\d", text):
        return False
    if ONE_FOLLOWS_UP.match(text):
        return False
    if SOLEMN_END.match(text) or STOOD_ABOVE.match(text) or OF_THIS_PAPER.match(text):
        return True
    if len(text) > LONGEST_END and "; đồng thời" in text:
        return False
    if ASKS_EVERYBODY.search(text) and CLOSING_ACT.search(text):
        return True
    return bool(CLOSING.match(text) and CLOSING_ACT.search(text))


def is_closing_item(item: Clause | Paragraph) -> bool:
    """Whether an item is a closing paragraph or a note in brackets."""
    return isinstance(item, Paragraph) and (is_closing(item.text) or item.text.startswith("("))
