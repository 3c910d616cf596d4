"""What only tells or lists and asks nobody: facts, names, papers to enclose, faults."""

import re
from itertools import takewhile

from tasks.reader.acts import starts_with_verb
from tasks.reader.clauses import Clause
from tasks.reader.heads import FORMAL_AGENT
from tasks.reader.layout import Paragraph
from tasks.reader.phrases import ENCLOSES, FAULT, FAULTS_SECTION, PAPER, UPPER
from tasks.reader.subjects import ASSIGN

SHORT_TITLE = 60
# A label and what it is: "Địa điểm: …", "Số lượng đơn vị kiểm tra: …" ask nothing.
FACT = re.compile(
    r"(?:Nơi|Thời\s+(?:gian|điểm|kỳ)|Địa\s+(?:điểm|chỉ|bàn)|Đối\s+tượng|Số\s+lượng|Thành\s+phần|Kinh\s+phí|"
    r"Nguồn|Hình\s+thức|Phạm\s+vi|Tên|Quy\s+mô|Mục\s+tiêu|Tổng|Vốn|Điện\s+thoại|Đầu\s+mối\s+liên|"
    r"Tiêu\s+chí|Trích\s+yếu|Lý\s+do|Căn\s+cứ\s+pháp|Danh\s+sách)\b[^:.;]{0,80}:\s"
    r"|Đây\s+là\s|(?:Giấy\s+chứng\s+nhận|Người\s+đại\s+diện|Căn\s+cước|Chức\s+danh|Mã\s+số)\b"
)
# "… thống kê, báo cáo cụ thể về một số nội dung sau:": what a report is to tell.
TOPICS = re.compile(
    r"(?:báo cáo|thống kê|rà soát|cung cấp|tổng hợp|kiểm tra|đánh giá)[^.;:]*"
    r"(?:về\s+)?(?:một số|các|những|theo)?\s*(?:nội dung|thông tin|số liệu|vấn đề)[^.;:]{0,40}:\s*$"
)
# "Nghị định số 24/2026/NĐ-CP …", "Luật … năm 2025": a point that is the name of a document.
DOCUMENT = re.compile(
    r"(?:(?:Bộ )?[Ll]uật|Pháp lệnh|Nghị định|Nghị quyết|Thông tư(?: liên tịch)?|Quyết định|Chỉ thị|"
    r"Công văn|Công điện|Kế hoạch|Kết luận|Thông báo|Văn bản)\s+(?:số\s|[^.;:]{3,80}(?:năm|ngày)\s)"
)
REPORT_OF = re.compile(r"(?:báo cáo|cung cấp|tổng hợp)\b.*\bgồm\s*:$", re.S)
MEETING_FIELD = re.compile(r"Thời gian|Địa điểm|Thành phần")
# What stands below is who belongs to a board or a team.
MEMBERS = re.compile(
    r"(?:Thành\s+lập|Kiện\s+toàn)\b.*\bgồm\b|gồm\s+(?:có\s+)?(?:các\s+)?(?:thành\s+viên|ông|bà|đồng\s+chí)"
)
# "Các trường tiểu học: Hoàng An, Hoàng Lương" only says which.
NAMES_ONLY = re.compile(
    rf"(?:Các|Những)\s[^:.;,]{{2,60}}:\s*{UPPER}\w*(?:\s{UPPER}?\w+){{0,3}}"
    rf"(?:,\s*{UPPER}\w*(?:\s{UPPER}\w*){{0,3}})+\s*[.;]?$"
)


def invites_to_meeting(children: list[Clause]) -> bool:
    """Whether a paper calls a meeting: when, where and who, so that its "Nội dung" is an agenda."""
    named = {m[0].lower() for c in children if (m := MEETING_FIELD.match(c.text.text))}
    return len(named) > 1


def heads_names(clause: Clause) -> bool:
    """Whether a short heading heads nothing but lists of names, told under "… gồm:"."""

    def names(item: Clause | Paragraph) -> bool:
        text = (item.text.text if isinstance(item, Clause) else item.text).strip()
        announces = isinstance(item, Clause) and re.search(r"\bgồm\s*:?$", text)
        return bool((announces and all(map(names, item.items))) or NAMES_ONLY.match(text))

    heading = clause.text.text.strip()
    short = len(heading) < SHORT_TITLE and not ASSIGN.match(heading)
    return short and all(map(names, clause.items))


def tells_fault(text: str, sections: tuple[str, ...]) -> bool:
    """Whether a line below "tồn tại, hạn chế" says what was done wrong."""
    return bool(FAULT.match(text)) and any(map(FAULTS_SECTION.search, sections))


def lists_topics(clause: Clause) -> bool:
    """Whether an order's list only names its topics: "… báo cáo về nội dung sau: (1) Số hộ …"."""
    return bool(TOPICS.search(clause.text.text)) and are_topics(clause.children)


def names_topics(line: str, below: list[Clause | Paragraph]) -> bool:
    """Whether the points right below a plain line only name what it is about: what a report is to
    tell, or the documents of an order.
    """
    points = list(takewhile(lambda item: isinstance(item, Clause), below))
    if line.endswith(":") and are_documents(points):
        return True
    return bool(TOPICS.search(line) or REPORT_OF.search(line)) and are_topics(points)


def are_topics(points: list[Clause]) -> bool:
    """Whether points only name something: none begins with an act or with who is to act."""
    words = [point.text.text for point in points]
    return len(words) > 1 and not any(
        starts_with_verb(text) or FORMAL_AGENT.match(text) for text in words
    )


def are_documents(points: list[Clause | Paragraph]) -> bool:
    """Whether points only cite what an order above is about: "Nghị định số …", "Luật …"."""
    return bool(points) and all(
        isinstance(point, Clause) and DOCUMENT.match(point.text.text) and not point.items
        for point in points
    )


def plain_after_last(clause: Clause) -> list[Paragraph]:
    """The plain paragraphs of a list that stand below its last point: they go on after it."""
    last = clause.children[-1]
    return [item for item in [*clause.items, *last.items] if isinstance(item, Paragraph)]


def is_paper(item: Clause | Paragraph) -> bool:
    """Whether a bullet names a paper to enclose."""
    return isinstance(item, Clause) and not item.items and bool(PAPER.match(item.text.text))


def lists_papers(clause: Clause) -> bool:
    """Whether all that is marked below "… gửi hồ sơ về … gồm:" are papers to enclose."""
    papers = clause.children
    return bool(papers and ENCLOSES.search(clause.text.text)) and all(map(is_paper, papers))


def without_colon(paragraph: Paragraph) -> Paragraph:
    """A heading that is an order, without the colon before what it lists."""
    return Paragraph(paragraph.text.rstrip(" :"), paragraph.start)
