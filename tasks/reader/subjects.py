"""Who a heading, an order or a unit names as the one to act."""

import re
from dataclasses import dataclass, field

from tasks.reader.acts import VERB, starts_with_verb
from tasks.reader.agents import Agents, agents_at, agents_before_unknown_act, agents_between
from tasks.reader.heads import FORMAL_AGENT
from tasks.reader.layout import Paragraph
from tasks.reader.partners import HELPS
from tasks.reader.phrases import UPPER

Span = tuple[int, int]

ASSIGN = re.compile(
    r"(?:Tiếp\s+tục\s+|Kính\s+|Trân\s+trọng\s+)?(?P<act>[Gg]iao|[Đđ]ề\s+nghị|[Yy]êu\s+cầu|[Đđ]ồng\s+ý\s+giao|"
    r"[Pp]hân\s+công|[Cc]hỉ\s+đạo)(?!\s+đối\s+với)"
    r"(?:\s+(?:trách\s+nhiệm|nhiệm\s+vụ))?(?:\s+cho)?\s*:?\s+"
)
GIVEN = re.compile(
    r"(?<!được )(?<!đã )(?<!\w)(?P<act>[Gg]iao|[Yy]êu\s+cầu|[Đđ]ề\s+nghị)(?:\s+(?:trách\s+nhiệm|"
    r"nhiệm\s+vụ))?(?:\s+cho)?\s*:?\s+(?!cấp\s+(?:giấy|phép|lại|bổ\s+sung|kinh\s+phí))"
)
# An office that only passes a paper on: "chuyển nội dung nêu trên đến X để xem xét, giải quyết".
PASSED_ON = re.compile(
    r"\bchuyển\s+(?:nội\s+dung|văn\s+bản|công\s+văn|đơn|hồ\s+sơ|kiến\s+nghị|phản\s+ánh)[^.;]{0,80}?\s"
    r"(?:đến|cho|tới)\s+(?=[^.;]{3,200}?\sđể\s+(?:chủ\s+trì|nghiên\s+cứu|xem\s+xét|xử\s+lý|giải\s+quyết|"
    r"kiểm\s+tra|thực\s+hiện|tham\s+mưu))",
    re.I,
)
YOU = re.compile(r"(?:[Đđ]ề\s+nghị|[Yy]êu\s+cầu)\s+(?:[Qq]u[ýí]\s+\w+|các\s+đồng\s+chí)\s")
# "Về công tác tuyên truyền: Giao …": the topic before the order.
TOPIC = re.compile(
    r"(?:Về\s|Đối với\s+(?:các\s+|những\s+)?(?:đề\s+nghị|kiến\s+nghị|đề\s+xuất|việc|vấn\s+đề)\s)"
    r"[^:]{3,700}:\s*(?=\S)|"
    r"(?!(?:Giao|Yêu cầu|Đề nghị|Phân công)\b)[^\W\d][^:.;]{3,140}:\s*(?=\S)"
)
# "Thanh tra khoa học và công nghệ: UBND huyện làm đầu mối …": a topic that begins with an act.
INSPECTION = re.compile(
    r"(?:Thanh|Kiểm)\s+tra\s[^:,;]{3,80}:\s|"
    r"Báo\s+cáo\s+(?:tháng|quý|năm|\d|định\s+kỳ|đột\s+xuất|hằng|hàng)[^:;]{0,40}:\s"
)
# "Vì vậy, …", "Đồng thời, …": the order comes after.
CONNECTIVE = re.compile(
    r"(?:Vì\s+vậy|Do\s+vậy|Do\s+đó|Theo\s+đó|Đồng\s+thời|Bên\s+cạnh\s+đó|Ngoài\s+ra|Mặt\s+khác|Trước\s+mắt|"
    r"Cùng\s+với\s+đó|Để\s+kịp\s+thời\s+triển\s+khai|Riêng)\s*,\s*(?=\S)"
)
AGREED = re.compile(
    r"(?:[Cc]ơ\s+bản\s+)?(?:[Đđ]ồng\s+ý|[Tt]hống\s+nhất|[Nn]hất\s+trí)(?!\s+giao)\b"
)
ISSUER = re.compile(
    r"(?:Phó\s+)?Chủ\s+tịch|Ủy\s+ban|Uỷ\s+ban|UBND|Thủ\s+tướng|Bộ|"
    # An issuer that writes of itself: "Sở giao Chi cục Thú y …".
    r"(?:Sở|Cục|Tổng\s+cục|Chi\s+cục|Phòng|Huyện\s+ủy|Tỉnh\s+ủy)(?=\s+(?:giao|yêu\s+cầu|đề\s+nghị)\b)"
)
# "Chủ tịch UBND các tỉnh tại khu vực dự báo có lũ:": which ones, before the colon of a heading.
TELLS_APART = re.compile(
    r"\s*,?\s*(?:tại|ở|trên|thuộc|nhất\s+là|thực\s+hiện\s+dịch\s+vụ|tham\s+gia|hoạt\s+động|được)\s"
    r"(?!.*\b(?:có\s+trách\s+nhiệm|chủ\s+trì|yêu\s+cầu|đề\s+nghị|chỉ\s+đạo|khẩn\s+trương|như\s+sau))"
    r".{3,140}"
)
ORDERS = re.compile(r"\s*,?\s*(?:trân\s+trọng\s+)?(?:yêu\s+cầu|giao|đề\s+nghị)\s+(?:cho\s+)?(?=\S)")
PERSON = re.compile(
    r"(?:Ông|Bà|Đồng chí|Đ/c)\s*(?:\([^)]*\))?[.:,]?\s*"
    rf"(?P<name>{UPPER}\w*(?:\s+{UPPER}\w*){{1,5}})"
    r"\s*[-–,][^:;]{3,120}:\s*(?=\S)"
)
PERMITTED = re.compile(r"(?:Đồng\s+ý|Chấp\s+thuận|Thống\s+nhất)\s+(?:để|cho)\s+(?=\S)")
DUTY_OF = re.compile(
    r"(?:(?:Chức\s+năng,\s+)?Nhiệm\s+vụ(?:,|\s+và)\s+quyền\s+hạn|Trách\s+nhiệm(?:\s+phối\s+hợp)?|Nhiệm\s+vụ|"
    r"Quyền\s+và\s+nghĩa\s+vụ|Yêu\s+cầu\s+đối\s+với|Đối\s+với)\s*(?:chung\s+)?(?:cụ\s+thể\s+)?(?P<of>của\s+)?"
)
# "Đối với các đơn vị đã được …": a heading that tells a group apart.
GROUP = re.compile(r"(?:Yêu\s+cầu\s+đ|Đ)ối\s+với\s+(?=(?:các|những)\s)")
# An agency's kind alone, below the heading that names it.
KIND_ALONE = re.compile(
    r"Chi bộ|Đảng bộ|Công đoàn|Trường|Bệnh viện|Sở|Phòng|Cục|Chi cục|Ban|Trung tâm|Văn phòng|Viện|"
    r"Chi nhánh|Hội"
)
ACTS = re.compile(
    r"(?:có trách nhiệm|chịu trách nhiệm|chủ trì|chủ động|thực hiện|tập trung|khẩn trương|"
    r"tiếp tục|chỉ đạo|"
    r"phối hợp|tổ chức|tăng cường)"
)
CARRIED_OUT = re.compile(
    r"(?P<who>.{10,1500}?),?\s+(?:chịu|có)\s+trách\s+nhiệm\s+(?:thi\s+hành|thực\s+hiện)\s+"
    r"(?:Quyết\s+định|Kế\s+hoạch|Chỉ\s+thị|Quy\s+định|Quy\s+chế|Nghị\s+quyết|Thông\s+báo)\s+này"
    r"|(?P<whom>.{10,1500}?),?\s+căn\s+cứ\s+[Qq]uyết\s+định(?:\s+này)?\s+thi\s+hành"
)
# What an agency did or thinks, in the account that leads to the orders.
TELLS = re.compile(
    r"(?:đã|đang|chưa|vừa|cơ\s+bản|nhất\s+trí|ghi\s+nhận|ban\s+hành\s[^.;]{3,120}?\((?:gửi\s+)?kèm\s+theo|chỉ\s+xem\s+xét|được\s+nghỉ|nghỉ\s+[Ll]ễ|là(?!\s+(?:cơ\s+quan|đầu\s+mối|đơn\s+vị))|cho\s+biết|nhận\s+(?:được|thấy)|có\s+(?:ý\s+kiến(?!\s+(?:thẩm\s+định|tham\s+gia|góp\s+ý))|văn\s+bản\s+số)|"
    r"trân\s+trọng|thông\s+báo\s+cho)\b"
)
CIRCUMSTANCE = re.compile(
    r"(?:Trong|Khi|Kết thúc|Trường hợp|Chậm nhất|Muộn nhất|Sau|Đối với|"
    r"Căn cứ|Trên cơ sở|Định kỳ|Hằng|Hàng|Trước|Để|Nhằm|Theo|Nếu|"
    r"Qua|Nhận được (?=\w+ \w+ này)|[Vv]ới (?=(?:vai trò|tư cách|trách nhiệm)\s))\b"
)
# "Phân công cán bộ theo dõi …": whom an agency is to appoint among its own.
STAFF = re.compile(r"(?:các\s+)?(?:cán bộ|công chức|giáo viên|nhân viên|người|lực lượng)(?!\w)")
# "Các đơn vị gửi …. Phòng Nội vụ tổng hợp, báo cáo …": who gathers what the others send.
COLLECTS = re.compile(r"\s*,?\s*(?:có\s+trách\s+nhiệm\s+)?(?:tổng\s+hợp|theo\s+dõi|đôn\s+đốc)\b")
# "Đối với các Sở có tên trong Danh sách, yêu cầu gửi …", "Đối với các xã chưa nộp thì nộp …".
THOSE_WHO = re.compile(
    r"Đối với (?P<who>(?:các|những)\s[^:.;,]{4,100}?)(?:\s+thì|,\s+(?:yêu cầu|đề nghị))\s+(?=\S)"
)
AFTER_CIRCUMSTANCE = re.compile(
    rf",\s+(?=\S)|^Trong\s+quá\s+trình\s+(?:triển\s+khai\s+|tổ\s+chức\s+)?thực\s+hiện\s+(?={UPPER})"
)
HAS_DUTY = re.compile(r"\s*(?:chủ\s+trì,?\s+phối\s+hợp|có\s+trách\s+nhiệm|chịu\s+trách\s+nhiệm)\b")


@dataclass
class Subject:
    """The agencies a heading or an opening sentence names, for what stands below it.

    `is_general` marks the opening sentence's or the addressees: a unit's own words outweigh them.
    `partners` are the coordinating agencies a heading gives to everything below it, `fields` the
    day and product written once for all of it. `ordered` marks those an order above names: a
    plain sentence below it may name others.
    """

    spans: list[Span]
    partners: list[Span] = field(default_factory=list)
    is_general: bool = False
    fields: dict[str, Span] = field(default_factory=dict)
    ordered: bool = False


# "Sở Nội vụ có ý kiến như sau:" says whose words follow, not whose work.
HAS_OPINION = re.compile(r"có\s+ý\s+kiến\b[^:]*như\s+sau\s*:$")

# "Chủ tịch UBND tỉnh thông báo để Hội … biết./." closes a letter.
INFORMS = re.compile(
    r"[^.;:]{0,80}\btrân\s+trọng\s+(?:thông\s+báo|kính\s+báo|cảm\s+ơn)"
    r"(?:\s+(?:đến|tới|để|cho)\s[^.;:]{0,120})?[\s./]*$|"
    r"[^.;:]{0,80}\bkính\s+mời\b[^;]*\bdự\b|"
    r"(?:(?:Phó\s+)?Chủ\s+tịch|Ủy\s+ban|Uỷ\s+ban|UBND|Sở|Cục|Phòng|Bộ|Văn\s+phòng|"
    r"Ban\s+Thường\s+vụ|Thường\s+trực|(?:Đảng|Huyện|Tỉnh|Thành)\s+[uủ][ỷy])\b[^.;:]{0,60}?"
    r"\b(?:thông\s+báo|phúc\s+đáp|trả\s+lời|thông\s+tin)\s+(?:để|đến|cho)\b"
    r"[^;]*\bbiết\b[^;.]{0,140}[./\s]*$"
)


class Subjects:
    """Finds subjects in the paragraphs of one text."""

    def __init__(self, text: str) -> None:
        """Keep the repaired text, whose positions all spans count."""
        self.text = text

    def below(self, own: Subject, heading: Subject) -> Subject:
        """The heading's agency where a unit calls it by its kind alone ("Sở sẽ thành lập …")."""
        if len(own.spans) != 1 or len(heading.spans) != 1:
            return own
        word, name = (self.text[slice(*one.spans[0])] for one in (own, heading))
        if KIND_ALONE.fullmatch(word) and name.startswith(word + " "):
            return Subject(list(heading.spans), own.partners)
        return own

    def heads_group(self, paragraph: Paragraph) -> Span | None:
        """The group a heading tells apart by what it did ("Đối với các đơn vị chưa tham gia …")."""
        match = GROUP.match(paragraph.text)
        start = paragraph.start + (match.end() if match else 0)
        found = match and self.agents(start, paragraph.end, True)
        if not found:
            return None
        whole = paragraph.start + len(re.sub(r"[:;.\s]+$", "", paragraph.text))
        rest = self.text[found.end : whole]
        if not rest.strip() or ACTS.match(rest.lstrip()) or re.search(r"[:;]|[.]\s", rest):
            return None
        by = re.search(r"được\s+(?=\S)", self.text[start:whole])
        doers = by and self.agents(start + by.end(), whole)
        for comma in re.finditer(r",\s+", self.text[found.end : whole]):
            after = found.end + comma.end()
            inside = doers and start + by.end() < after <= doers.end
            if not inside and (starts_with_verb(self.text[after:]) or self.agents(after, whole)):
                return None  # "Đối với các đơn vị chưa nộp, khẩn trương …" is an order
        return start, whole

    def agents(self, start: int, end: int, any_noun: bool = False) -> Agents | None:
        """Agencies listed from a place on, in whole-text positions."""
        return agents_at(self.text, start, any_noun, stop=end)

    def only_names(self, paragraph: Paragraph) -> list[Span]:
        """The agencies of a line that holds nothing but names ("- Sở Xây dựng (…);")."""
        found = self.agents(paragraph.start, paragraph.end)
        if not found:
            return []
        rest = re.sub(r"\([^()]*\)|[;.,\s]", "", self.text[found.end : paragraph.end])
        return list(found.spans) if not rest else []

    def on_duty(self, paragraph: Paragraph) -> list[Span]:
        """Who opens a sentence with "chủ trì, phối hợp" or "có trách nhiệm": an order anywhere."""
        found = self.agents(paragraph.start, paragraph.end)
        if found and HAS_DUTY.match(self.text, found.end, paragraph.end):
            return list(found.spans)
        return []

    def of_heading(self, paragraph: Paragraph) -> Subject | None:
        """The agencies a heading names: "2. Giao Sở Xây dựng", "1. Trách nhiệm chung của …"."""
        text = paragraph.text
        if text.isupper():
            low = text.capitalize()
            named = FORMAL_AGENT.match(low) and not starts_with_verb(low)
            whole = len(re.sub(r"[:;.\s]+$", "", text))
            return Subject([(paragraph.start, paragraph.start + whole)]) if named else None
        if group := self.heads_group(paragraph):
            return Subject([group])
        duty = DUTY_OF.match(text)
        match = ASSIGN.match(text) or duty
        start = paragraph.start + (match.end() if match else 0)
        if not match and (starts_with_verb(text) or HAS_OPINION.search(text.rstrip())):
            return self._given_before_colon(paragraph)
        found = self.agents(start, paragraph.end, any_noun=bool(match))
        whole = paragraph.start + len(re.sub(r"[:;.\s]+$", "", text))
        titled = not text.rstrip().endswith((".", ";")) and len(text) < 200
        if duty and duty["of"] and not found and titled and not starts_with_verb(self.text[start:]):
            return Subject([(start, whole)])
        if not found:
            return None
        of_all = duty and duty["of"]  # "Nhiệm vụ của Tổ tiếp công dân": a name to the end
        if match and titled and found.end < whole and (of_all or self._describes(found.end, whole)):
            return Subject([*found.spans[:-1], (found.spans[-1][0], whole)])
        if text.rstrip().endswith(":") and TELLS_APART.fullmatch(self.text[found.end : whole]):
            return Subject([*found.spans[:-1], (found.spans[-1][0], whole)])
        if text.rstrip().endswith(":") and (others := self.also_named(found.end, paragraph.end)):
            return Subject([*found.spans, *others])
        rest = self.text[found.end : paragraph.end].strip(" :;.,")
        if rest and not match and not text.rstrip().endswith(".") and self._is_name(text, rest):
            whole = re.sub(r"[:;.\s]+$", "", text)
            return Subject([(paragraph.start, paragraph.start + len(whole))])
        return Subject(list(found.spans))

    def _given_before_colon(self, paragraph: Paragraph) -> Subject | None:
        """Whom "Để kịp thời giải đáp …, Bộ X yêu cầu các trường:" orders with its last words."""
        for match in GIVEN.finditer(paragraph.text):
            found = self.agents(paragraph.start + match.end(), paragraph.end, True)
            if found and self.text[found.end : paragraph.end].strip() == ":":
                return Subject(list(found.spans))
        return None

    def also_named(self, position: int, end: int) -> list[Span]:
        """Who else is ordered by a later part of a sentence or the next one.

        So in "A chỉ đạo; B có trách nhiệm:", "A rà soát …. B bố trí …".
        """
        spans: list[Span] = []
        for match in re.finditer(r"[;.]\s+(?=\S)", self.text[position:end]):
            start = position + match.end()
            found = None if starts_with_verb(self.text[start:]) else self.agents(start, end)
            helps = found and (
                HELPS.match(self.text, found.end) or COLLECTS.match(self.text, found.end)
            )
            if found and not helps and self.acts_after(found.end, end):
                spans += [span for span in found.spans if not self._was_sent_to(span, position)]
        return spans

    def _was_sent_to(self, name: Span, position: int) -> bool:
        """Whether the names before a place are to send something to this one ("gửi về X. X …")."""
        told = self.text[position : name[0]]
        sent = (
            rf"(?:gửi|nộp|báo\s+cáo)\s+(?:về\s+|cho\s+|đến\s+)?{re.escape(self.text[slice(*name)])}"
        )
        return bool(re.search(sent, told, re.I))

    def _each_once(self, spans: list[Span]) -> list[Span]:
        """The places of names, without those that only say an earlier one anew."""
        kept: dict[str, Span] = {}
        for span in spans:
            name = self.text[slice(*span)].lower()
            if not any(name.startswith(earlier) for earlier in kept):
                kept[name] = span
        return list(kept.values())

    def _describes(self, position: int, end: int) -> bool:
        """Whether what follows the names in a heading tells which ones are meant, not an act."""
        rest = self.text[position:end].lstrip(" ,")
        if re.match(r"(?:theo|căn cứ|trên cơ sở|tùy theo)\b", rest):
            return False  # "Giao Sở A theo chức năng, nhiệm vụ chịu trách nhiệm:"
        return bool(rest) and not (ACTS.match(rest) or VERB.match(rest) or ":" in rest)

    def _is_name(self, heading: str, rest: str) -> bool:
        """Whether what follows the agency in a heading still belongs to its name."""
        if heading.rstrip().endswith(":"):
            return len(rest) < 60 and not VERB.search(rest) and not re.search(r"[,;]", rest)
        return not ACTS.match(rest)

    def of_unit(self, paragraph: Paragraph, inherited: bool) -> Subject | None:
        """The agencies a unit itself puts first, or is given to by "Giao …"."""
        text = paragraph.text
        if HAS_OPINION.search(text.rstrip()) or INFORMS.match(text):
            return None
        if connective := CONNECTIVE.match(text):
            rest = text[connective.end() :]
            return self.of_unit(Paragraph(rest, paragraph.start + connective.end()), inherited)
        if carried := self._carried_out_by(paragraph):
            return carried
        if AGREED.match(text):
            return (
                self.given(paragraph)
                or self._after_agreement(paragraph)
                or self._permitted(paragraph)
            )
        person = PERSON.match(text)
        if person and not inherited:
            return Subject(
                [(paragraph.start + person.start("name"), paragraph.start + person.end("name"))]
            )
        addressed = re.match(r"Đối với (?P<who>[^:.;]{4,120}):\s*(?=\S)", text)
        if addressed:
            rest = Paragraph(text[addressed.end() :], paragraph.start + addressed.end())
            if own := self.of_unit(rest, inherited):
                return own
            if self.agents(paragraph.start + addressed.start("who"), paragraph.end, True):
                return Subject(
                    [
                        (
                            paragraph.start + addressed.start("who"),
                            paragraph.start + addressed.end("who"),
                        )
                    ]
                )
        apart = THOSE_WHO.match(text)
        if apart and starts_with_verb(text[apart.end() :]):
            start = paragraph.start + apart.start("who")
            if self.agents(start, paragraph.end, True):
                return Subject([(start, paragraph.start + apart.end("who"))])
        topic = TOPIC.match(text)
        if topic and (not VERB.match(text[0].lower() + text[1:]) or INSPECTION.match(text)):
            start = paragraph.start + topic.end()
            rest = Paragraph(text[topic.end() :], start)
            orders = not starts_with_verb(rest.text) or re.match(
                rf"{ASSIGN.pattern}|{CIRCUMSTANCE.pattern}", rest.text
            )
            if orders and (INSPECTION.match(text) or not self.agents(paragraph.start, start)):
                own = self.of_unit(rest, inherited)
                if own:
                    return own
        if late := self._given_after_circumstance(paragraph):
            return late
        assigned = ASSIGN.match(text)
        if assigned:
            acts = assigned["act"].lower().split()
            if not inherited or acts[-1] in ("giao", "nghị") or acts[0] == "phân":
                # "Phân công cán bộ theo dõi …" says what to do, not who is to do it.
                formal = acts[0] == "phân" and (inherited or STAFF.match(text, assigned.end()))
                found = self.agents(paragraph.start + assigned.end(), paragraph.end, not formal)
                if found and found.end < paragraph.end - 3 and acts[0] != "chỉ":
                    more = self.also_named(found.end, paragraph.end)
                    return Subject(self._each_once([*found.spans, *more]))
            if inherited:
                return None
        if not starts_with_verb(text):
            found = self.agents(paragraph.start, paragraph.end)
            if found and self.acts_after(found.end, paragraph.end):
                ordered = ORDERS.match(self.text, found.end)
                if (
                    ordered
                    and ISSUER.match(text)
                    and (others := self.agents(ordered.end(), paragraph.end, True))
                ):
                    return Subject(list(others.spans))
                more = self.also_named(found.end, paragraph.end)
                return Subject(self._each_once([*found.spans, *more]))
            sentence = text.rstrip().endswith((".", ";")) and len(text) > 40
            if sentence and found and found.end >= paragraph.end - 3:
                found = agents_before_unknown_act(self.text, paragraph.start, paragraph.end)
                if found and not TELLS.match(self.text[found.end : paragraph.end].lstrip(" ,:")):
                    return Subject(list(found.spans))
        if not inherited and CIRCUMSTANCE.match(text):
            for match in AFTER_CIRCUMSTANCE.finditer(text):
                found = self.agents(paragraph.start + match.end(), paragraph.end)
                if found and self.acts_after(found.end, paragraph.end):
                    return Subject(list(found.spans))
        return None

    def _after_agreement(self, paragraph: Paragraph) -> Subject | None:
        """Who acts after what was agreed to ("đồng ý chủ trương; Ban Quản lý dự án …")."""
        for match in re.finditer(r"[;.]\s+(?=\S)", paragraph.text):
            found = self.agents(paragraph.start + match.end(), paragraph.end)
            if found and self.acts_after(found.end, paragraph.end):
                return Subject(list(found.spans))
        return None

    def _permitted(self, paragraph: Paragraph) -> Subject | None:
        """Who may go on: "Đồng ý để Công ty X thực hiện việc khảo sát …"."""
        match = PERMITTED.match(paragraph.text)
        found = match and self.agents(paragraph.start + match.end(), paragraph.end)
        if found and self.acts_after(found.end, paragraph.end):
            return Subject(list(found.spans))
        return None

    def _given_after_circumstance(self, paragraph: Paragraph) -> Subject | None:
        """Whom "Trong thời gian …, giao X …" or "Đối với …: A và B, giao X …" gives it to."""
        if not CIRCUMSTANCE.match(paragraph.text):
            return None
        for match in re.finditer(
            r"(?:[,;:]|\w)\s+(?=[Gg]iao\s)|[,;]\s+(?=(?:yêu\s+cầu|đề\s+nghị)\s)", paragraph.text
        ):
            start = paragraph.start + match.end()
            given = GIVEN.match(self.text, start, paragraph.end)
            found = given and self.agents(given.end(), paragraph.end, True)
            if found and self.acts_after(found.end, paragraph.end):
                return Subject(list(found.spans))
        return None

    def _carried_out_by(self, paragraph: Paragraph) -> Subject | None:
        """The list that a decision's last article makes answer for carrying it out."""
        match = CARRIED_OUT.match(paragraph.text)
        if not match or not FORMAL_AGENT.match(paragraph.text):
            return None
        return Subject(
            agents_between(self.text, paragraph.start, paragraph.start + match.end(match.lastgroup))
        )

    def acts_after(self, position: int, end: int) -> bool:
        """Whether something to do follows a list of names."""
        rest = re.sub(r"^\([a-zđ\d]\)\s*", "", self.text[position:end].lstrip(" ,:"))
        if TELLS.match(rest):
            return False
        return len(rest) > 3 and (starts_with_verb(rest) or rest[0].islower())

    def ordered_later(self, paragraph: Paragraph) -> Subject | None:
        """Whom a later sentence of a unit asks by name ("Hồ sơ chưa nêu …. Đề nghị X …")."""
        for match in re.finditer(
            r"(?:[.;:]\s+(?:(?:Vì\s+vậy|Do\s+đó|Do\s+vậy|Vậy),?\s+)?|,\s+(?:do|vì)\s+(?:vậy|đó),?\s+)"
            r"(?=[Đđ]ề\s+nghị|[Yy]êu\s+cầu|[Gg]iao\s|Phân\s+công\s)",
            paragraph.text,
        ):
            start = paragraph.start + match.end()
            given = GIVEN.match(self.text, start, paragraph.end) or ASSIGN.match(
                self.text, start, paragraph.end
            )
            found = given and self.agents(given.end(), paragraph.end, True)
            if found and self.acts_after(found.end, paragraph.end):
                return Subject(list(found.spans))
        return None

    def given_in_brackets(self, paragraph: Paragraph) -> Subject | None:
        """Whom a note gives a unit to: "Xây dựng Quy chế … (Giao Công an tỉnh chủ trì …)"."""
        for match in re.finditer(r"\([Gg]iao\s+(?=\S)", paragraph.text):
            found = self.agents(paragraph.start + match.end(), paragraph.end, True)
            if found:
                return Subject(list(found.spans))
        return None

    def given(self, paragraph: Paragraph) -> Subject | None:
        """The agencies a sentence orders somewhere in it ("…; giao Sở Tài chính …")."""
        for match in GIVEN.finditer(paragraph.text):
            found = self.agents(paragraph.start + match.end(), paragraph.end, True)
            if found:
                return Subject(list(found.spans))
        return None
