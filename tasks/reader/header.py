"""The heading: number, date, issuer, kind, abstract, urgency, secrecy, signer (domain 4.1)."""

import re
from datetime import date

from tasks.reader.agents import clean
from tasks.reader.layout import Layout, Paragraph
from tasks.reader.marks import DATE_LINE, MOTTO, TITLE
from tasks.reader.phrases import FIELD_NAMES, UPPER, alternatives, phrases_of
from tasks.reader.places import province_named_by
from tasks.reader.secrecy import SECRECY
from tasks.reader.shape import Reading

NUMBER = re.compile(
    r"Số\s*:?\s*(?P<n>\d[\d ]*?[a-zA-Z]?)?[\s.…_]*"
    r"(?P<rest>(?:[/–-]\s*\d{4}\s*)?[/–-]\s*[A-ZĐ][\w&]*(?:\s?[–/-]\s?[A-ZĐ][\w&]*)*(?:\.[IVX]+\b)?"
    # Two departments: "998/SGDĐT-GDTrH, GDTX".
    r"(?:,\s?[A-ZĐ]{2}[A-Za-zĐđ&]*(?=\s*$|\s+V/v))?)"
)
SOURCE_NOTE = re.compile(
    r"^\(?\s*(?:(?:Theo|Nguồn|Trích|Xem)(?:\s+(?:chi\s+tiết|toàn\s+văn))?(?:\s+tại)?\s*:?\s*)?"
    r"(?P<kind>Công văn|Văn bản|Quyết định|Thông báo|Chỉ thị|Kế hoạch|Công điện)"
    r"(?:\s+số)?\s*:?\s*(?P<number>\d+\s*[/-]\s*[\w&/-]+)"
    r"(?:,?\s*ngày\s*(?P<d>\d{1,2})\s*[/-]\s*(?P<m>\d{1,2})\s*[/-]\s*(?P<y>\d{4})[^.;]{0,60})?[.)/;\s]*$"
)
_COMMITTEE = (
    r"(?P<name>(?:Văn phòng )?(?:UBND|Ủy ban nhân dân|Uỷ ban nhân dân)\s+"
    r"(?P<level>tỉnh|huyện|thành phố|quận|thị xã|xã|phường)"
    rf"(?P<place>(?:\s+{UPPER}\w*){{1,4}})?)\s*"
)
ORDERING = re.compile(
    rf"(?:Chủ tịch\s+)?{_COMMITTEE}(?:có ý kiến|yêu cầu|giao|chỉ đạo|đề nghị|thông báo|chuyển)"
)
OFFICE_ORDERS = re.compile(
    r"(?:^|[,.]\s+)(?P<name>(?:Phòng|Sở|Bộ|Ban|Chi cục|Cục)\s[^.;:,]{2,60}?)\s+"
    r"(?:yêu cầu|đề nghị|thông báo)\s*(?=:|các|Thủ|Hiệu|đến|cho)"
)
# "Thủ tướng Chính phủ yêu cầu …", "Bộ trưởng Bộ Công Thương chỉ thị:".
MINISTER_ORDERS = re.compile(
    rf"(?:^|[,.]\s+)(?:Bộ trưởng\s+)?(?P<name>Thủ tướng Chính phủ|Bộ\s{UPPER}[^.;:,]{{2,40}}?)\s+"
    r"(?:yêu cầu|chỉ thị)\b"
)
# "BAN THƯỜNG TRỰC" below "ỦY BAN MTTQ VIỆT NAM XÃ LƯƠNG MINH": whose it is stands above.
OF_THE_BODY_ABOVE = re.compile(r"VĂN PHÒNG|THANH TRA|CÔNG AN|BAN THƯỜNG (?:TRỰC|VỤ)|BAN CHẤP HÀNH")
ANSWERED = re.compile(rf"(?:gửi về|về)\s+{_COMMITTEE}[(,.;]")
ANNOUNCED = re.compile(
    r"(?:[Nn]gày\s+\d{1,2}\s*(?:/|tháng)\s*\d{1,2}(?:\s*(?:/|năm)\s*\d{4})?,?\s+)?"
    r"(?P<who>(?:UBND|Ủy\s+ban|Uỷ\s+ban|Chủ\s+tịch|Sở|Bộ|Thủ\s+tướng|Văn\s+phòng)[^.;:,]{0,80}?)\s"
    r"(?:đã\s+|vừa\s+|có\s+|ký\s+)*(?:ban\s+hành|banh|có|ký|gửi)\s+(?P<kind>(?i:Công\s+văn|Văn\s+bản|Thông\s+báo|Kế\s+hoạch|Quyết\s+định|"
    r"Chỉ\s+thị|Công\s+điện))\s+(?:hỏa\s+tốc\s+)?(?:(?:số\s*:?\s*)?(?P<number>\d+\s*/\s*[A-ZĐ][\w&]*"
    r"(?:\s?-\s?[A-ZĐ]\w*)*)|(?=[^\W\d]))(?:,?\s+ngày\s+\d{1,2}\s?/\s?\d{1,2}\s?/\s?\d{4})?"
)
# Whoever signs is told by name: "Thủ tướng Chính phủ Phạm Minh Chính vừa ký …".
PREMIER = re.compile(r"^(Thủ\s+tướng\s+Chính\s+phủ)\s.*$")
BELOW_TITLE = re.compile(
    r"\s*CỦA\s+(?P<who>[^\n]{3,80}?)\s+SỐ\s+(?P<number>\d+/\S+)\s+"
    r"(?P<date>NGÀY\s+(?P<d>\d{1,2})\s+THÁNG\s+(?P<m>\d{1,2})\s+NĂM\s+(?P<y>\d{4}))\s*"
)
ABOUT = re.compile(r",?\s*(?P<about>[^.:;]{15,400}?)(?=\s+với\s+nội\s+dung|[.:;]|$)")
DATED = re.compile(r"[Nn]gày\s+(\d{1,2})\s*(?:/|tháng)\s*(\d{1,2})\s*(?:/|năm)\s*(\d{4})")
HEADLINE = re.compile(
    r"(?:[^.:;]{0,120}?(?P<about>(?:[Vv]ề\s+việc|V/v|[Vv]ề)\s[^:;]{15,300}?)|"
    r"(?:UBND|Ủy\s+ban|Uỷ\s+ban|Chủ\s+tịch)[^.:;]{0,60}?\s(?:chỉ\s+đạo|yêu\s+cầu)\s+(?P<act>[^:;]{15,300}?))\.?$"
)
# An excerpt's title in ordinary letters.
PLAIN_TITLE = re.compile(r"(Thông báo|Công điện|Kế hoạch|Chỉ thị|Quyết định|Kết luận)\b(?!\s+số)")
TELLS_ALL = re.compile(r"[^.:]{0,80}\bthông\s+báo\s+(?:để|đến|cho)\b")
KIND_CODES = {
    "QĐ": "quyết định",
    "CT": "chỉ thị",
    "KH": "kế hoạch",
    "TB": "thông báo",
    "CĐ": "công điện",
    "HD": "hướng dẫn",
    "NQ": "nghị quyết",
    "CTR": "chương trình",
    "TTR": "tờ trình",
    "BC": "báo cáo",
    "KL": "kết luận",
    "PA": "phương án",
    "GM": "giấy mời",
    "CV": "công văn",
}
# A word without a vowel is no word: "PHÒNG QLCN", "HĐND".
ABBREVIATION = re.compile(r"[BCDĐGHKLMNPQRSTVX]{2,7}")
URGENCIES = ("thượng khẩn", "hỏa tốc", "hoả tốc", "khẩn")
FIELDS = {name.lower(): name for name in reversed(phrases_of(FIELD_NAMES))}
FIELD_ANY_CASE = re.compile(rf"(?i:{alternatives(FIELD_NAMES)})(?!\w)")
LEVELS = r"TỈNH|THÀNH PHỐ|TP\.?|HUYỆN|QUẬN|THỊ XÃ|XÃ|PHƯỜNG|THỊ TRẤN|ĐẶC KHU"
LOWER_WORDS = (
    ("Ủy Ban Nhân Dân", "Ủy ban nhân dân"),
    ("Ủy Ban", "Ủy ban"),
    ("Mặt Trận Tổ Quốc", "Mặt trận Tổ quốc"),
    ("Hội Đồng Nhân Dân", "Hội đồng nhân dân"),
    ("Thủ Tướng Chính Phủ", "Thủ tướng Chính phủ"),
    ("Văn Phòng", "Văn phòng"),
    ("Kiểm Tra", "kiểm tra"),
    ("Quyết Định", "Quyết định"),
    ("Chính Phủ", "Chính phủ"),
    ("Đảng Ủy", "Đảng ủy"),
    ("Đảng Bộ", "Đảng bộ"),
    ("Ban Chỉ Đạo", "Ban Chỉ đạo"),
    ("Ban Quản Lý", "Ban Quản lý"),
    ("Trung Tâm", "Trung tâm"),
    ("Chi Cục", "Chi cục"),
    ("Tổng Cục", "Tổng cục"),
    ("Thanh Tra", "Thanh tra"),
    ("Công An", "Công an"),
    ("Bảo Hiểm Xã Hội", "Bảo hiểm xã hội"),
    ("Bộ Trưởng", "Bộ trưởng"),
    ("Chủ Tịch", "Chủ tịch"),
    ("Thường Trực", "Thường trực"),
    ("Thường Vụ", "Thường vụ"),
    ("Liên Đoàn Lao Động", "Liên đoàn Lao động"),
    ("Công Đoàn", "Công đoàn"),
    ("Ban Chấp Hành Trung Ương", "Ban Chấp hành Trung ương"),
    ("Tỉnh Ủy", "Tỉnh ủy"),
    ("Thành Ủy", "Thành ủy"),
    ("Huyện Ủy", "Huyện ủy"),
)
# "Cục Đổi Mới Sáng Tạo tỉnh …": the words between an office's kind and its place.
OFFICE_OF = re.compile(
    r"(?P<head>\b(?:Chi cục|Trung tâm|Sở|Phòng|Ban|Văn phòng|Công đoàn|Hội|Bộ phận)\s)"
    r"(?P<what>[^\W\d][^()]*?)(?=\s(?:tỉnh|huyện|xã|quận|phường|thành phố|thị xã)\s[A-ZĐ])|"
    r"(?P<central>\b(?:Tổng cục|Cục|Vụ)\s)(?P<whole>[^\W\d][^()]*)$"
)
LOWER_SINGLE = {
    *("Tỉnh", "Huyện", "Quận", "Xã", "Phường", "Và", "Của", "Về"),
    *("Thị", "Trấn", "Thành", "Phố"),
}


def read_header(layout: Layout, reading: Reading) -> None:
    """Fill the heading's fields of a reading with their places."""
    _over_the_title(layout, reading)
    _number_and_date(layout, reading)
    _announced(layout, reading)
    _kind(layout, reading)
    _abstract(layout, reading)
    reading.issuer = reading.issuer or _concluding_body(layout, reading) or _issuer(layout, reading)
    _urgency(layout, reading)
    _people(layout, reading)


def iso(day: str | None, month: str | None, year: str | None) -> str | None:
    """An ISO date, or None when a part is blank or there is no such day."""
    try:
        return date(int(year or 0), int(month or 0), int(day or 0)).isoformat()
    except (ValueError, OverflowError):
        return None


def _over_the_title(layout: Layout, reading: Reading) -> None:
    """An old collection's heading: "CHỈ THỊ" / "CỦA BỘ X SỐ … NGÀY … THÁNG … NĂM …" / "VỀ …"."""
    match = layout.title and BELOW_TITLE.match(reading.text, layout.title.end)
    if not match:
        return
    reading.number, reading.issuer = match["number"], proper(match["who"])
    reading.date = iso(match["d"], match["m"], match["y"])
    reading.spans["number"], reading.spans["date"] = match.span("number"), match.span("date")
    layout.abstract = [
        Paragraph(reading.text[max(p.start, match.end()) : p.end], max(p.start, match.end()))
        for p in layout.abstract
        if p.end > match.end()
    ]


def _number_and_date(layout: Layout, reading: Reading) -> None:
    for paragraph in layout.head:
        match = NUMBER.match(paragraph.text)
        if match and match["n"] and "number" not in reading.spans:
            reading.number = re.sub(r"\s+", "", match["n"] + match["rest"])
            reading.number = reading.number.replace("–", "-").replace(",", ", ")
            reading.spans["number"] = (
                paragraph.start + match.start(),
                paragraph.start + match.end(),
            )
        dated = DATE_LINE.search(paragraph.text)
        if dated and "date" not in reading.spans and iso(*dated.groups()):
            reading.date = iso(*dated.groups())
            reading.spans["date"] = (paragraph.start + dated.start(), paragraph.start + dated.end())
    if reading.number or any(NUMBER.match(paragraph.text) for paragraph in layout.head):
        return
    for paragraph in [*layout.body[-3:], *layout.signature, *layout.recipients]:
        note = SOURCE_NOTE.match(paragraph.text)
        if note:
            reading.number = re.sub(r"\s+", "", note["number"])
            reading.date = reading.date or iso(note["d"], note["m"], note["y"])
            reading.kind = note["kind"].lower()
            bare = not (layout.abstract or layout.head or layout.addressees)
            if bare and len(layout.body) > 2 and _is_headline(layout.body[0].text):
                layout.abstract = [layout.body[0]]
            reading.spans["number"] = (
                paragraph.start + note.start("number"),
                paragraph.start + note.end("number"),
            )


def _announced(layout: Layout, reading: Reading) -> None:
    """An excerpt's first sentences: "Ngày …, UBND tỉnh ban hành Công văn số …, về việc …"."""
    if reading.number or layout.title or any(NUMBER.match(p.text) for p in layout.head):
        return
    for paragraph in [*layout.head, *layout.abstract, *layout.body][:3]:
        match = ANNOUNCED.search(paragraph.text)
        day = match and next(
            (iso(*d.groups()) for d in DATED.finditer(match[0]) if iso(*d.groups())), None
        )
        if not match or not (match["number"] or day):
            continue
        reading.date = day
        if match["number"]:
            reading.number = re.sub(r"\s+", "", match["number"])
            reading.spans["number"] = (
                paragraph.start + match.start("number"),
                paragraph.start + match.end("number"),
            )
        kind = re.sub(r"\s+", " ", match["kind"].lower())
        reading.kind = "công văn" if kind == "văn bản" else kind
        reading.issuer = re.sub(r"^Chủ\s+tịch\s+", "", PREMIER.sub(r"\1", match["who"]))
        above = layout.body[0] if layout.body else paragraph
        if not layout.abstract and paragraph is not above and _is_headline(above.text):
            layout.abstract = [above]
        about = ABOUT.match(paragraph.text, match.end())
        if about and not layout.abstract:
            start = paragraph.start + about.start("about")
            layout.abstract = [Paragraph(about["about"], start)]
        return


def _is_headline(text: str) -> bool:
    """Whether a line above an excerpt is its title: short, without a full stop, not numbered."""
    return len(text) < 200 and text[0].isupper() and not text.rstrip().endswith((".", ":", ";"))


def _kind(layout: Layout, reading: Reading) -> None:
    """The title's words; else the number's code; else a letter (công văn)."""
    if layout.title:
        match = TITLE.match(layout.title.text.strip())
        reading.kind = match[1].lower()
        reading.spans["kind"] = (layout.title.start, layout.title.start + len(match[1]))
        return
    if reading.kind:
        return
    number = reading.number or next(
        (m["rest"] for p in layout.head if (m := NUMBER.match(p.text))), ""
    )
    first = re.search(r"[A-ZĐ]\w*", number)
    is_letter = bool(layout.abstract) and layout.abstract[0].text.startswith("V/v")
    named = KIND_CODES.get(first[0].upper()) if first and not is_letter else None
    last = layout.body[-1].text if layout.body else ""
    titled = [*layout.abstract, *layout.body][:1]
    if titled and not layout.head and (plain := PLAIN_TITLE.match(titled[0].text)):
        named = named or plain[1].lower()
    if not named and not first and not is_letter and TELLS_ALL.match(last):
        named = "thông báo"
    reading.kind = named or "công văn"


def _abstract(layout: Layout, reading: Reading) -> None:
    if not (layout.abstract or layout.head or layout.addressees) and len(layout.body) > 2:
        headline = HEADLINE.fullmatch(layout.body[0].text)
        if headline:
            group = "about" if headline["about"] else "act"
            start = layout.body[0].start + headline.start(group)
            layout.abstract = [Paragraph(headline[group], start)]
    if layout.abstract:
        text = " ".join(paragraph.text for paragraph in layout.abstract)
        reading.abstract = re.sub(r"\s+", " ", text).strip(" .;_-*") or None
        reading.spans["abstract"] = (layout.abstract[0].start, layout.abstract[-1].end)


# "KẾT LUẬN CỦA BỘ CHÍNH TRỊ, BAN BÍ THƯ VỀ …", under the Central Committee's heading.
CONCLUDING = re.compile(
    r"KẾT LUẬN\s+CỦA\s+(?P<who>BỘ CHÍNH TRỊ(?:,\s*BAN BÍ THƯ)?|BAN BÍ THƯ)(?!\w)"
)

CONCLUDED_BY = {"BỘ CHÍNH TRỊ": "Bộ Chính trị", "BAN BÍ THƯ": "Ban Bí thư"}


def _concluding_body(layout: Layout, reading: Reading) -> str | None:
    """The Party's body a conclusion names in its own title."""
    match = CONCLUDING.match(reading.text, layout.title.start) if layout.title else None
    if not match:
        return None
    return ", ".join(CONCLUDED_BY[one.strip()] for one in match["who"].split(","))


def _issuer(layout: Layout, reading: Reading) -> str | None:
    """The names above the number: a department takes its province's name from the line above."""
    lines: list[Paragraph] = []
    for paragraph in layout.head:
        text = paragraph.text.strip(" -_*.—")
        if NUMBER.match(text) or re.match(r"Số\b", text):
            break
        if MOTTO.search(text) or DATE_LINE.match(text) or SECRECY.fullmatch(text) or not text:
            continue
        if text.isupper() and text.lower() not in URGENCIES:
            lines.append(Paragraph(text, paragraph.start))
    if not lines:
        return _issuer_from_body(layout)
    reading.spans["issuer"] = (lines[0].start, lines[-1].end)
    names: list[str] = []
    for line in lines:
        continues = names and not re.match(
            r"(?:UBND|ỦY|UỶ|SỞ|BỘ|BAN|PHÒNG|ĐẢNG|CỤC|CHI CỤC|THANH|CÔNG AN|TRUNG TÂM|VĂN PHÒNG|"
            r"HỘI|VIỆN|TỔNG|"
            r"TRƯỜNG|LIÊN|ĐOÀN|BẢO|KHO|HUYỆN ỦY|TỈNH ỦY|THÀNH ỦY|THỦ|CHỦ)\b",
            line.text,
        )
        if continues or (names and names[-1] == "ĐẢNG ỦY"):
            names[-1] += " " + line.text
        else:
            names.append(line.text)
    own, above = names[-1], names[-2] if len(names) > 1 else ""
    if above and OF_THE_BODY_ABOVE.fullmatch(own):
        return f"{proper(own)} {proper(above)}"
    place = re.search(rf"(?:{LEVELS})\s+\S.*$", above)
    committee = place and re.match(r"(?:UBND|ỦY BAN|UỶ BAN)\b", above)
    if (
        above
        and not (committee and re.match(r"(?:TỔ|BAN CHỈ ĐẠO|HỘI ĐỒNG)\b", own))
        and (
            re.search(rf"(?:{LEVELS})$", own)
            or re.match(r"(?:ĐOÀN|TỔ|BAN CHỈ ĐẠO|HỘI ĐỒNG)\b", own)
        )
    ):
        return f"{proper(own)} ({proper(above)})"
    if place and not re.search(rf"(?:{LEVELS})\s+\S", own):
        where = proper(place[0])
        return f"{proper(own)} {where[0].lower()}{where[1:]}"
    return proper(own)


def proper(capitals: str) -> str:
    """Lower the capitals: "ỦY BAN NHÂN DÂN TỈNH LÀO CAI" → "Ủy ban nhân dân tỉnh Lào Cai"."""
    words = re.sub(r"\s+", " ", capitals.strip()).split(" ")
    text = " ".join(
        word if word in ("UBND", "TP.") or ABBREVIATION.fullmatch(word) else word.capitalize()
        for word in words
    )
    text = text.replace(" & ", " và ")
    text = FIELD_ANY_CASE.sub(lambda match: FIELDS[match[0].lower()], text)
    text = text.replace("Uỷ", "Ủy")
    for title, ordinary in LOWER_WORDS:
        text = text.replace(title, ordinary)
    text = " ".join(
        word.lower() if index and word in LOWER_SINGLE else word
        for index, word in enumerate(text.split(" "))
    )
    written = OFFICE_OF.sub(
        lambda match: (
            (match["head"] or match["central"]) + _ordinary(match["what"] or match["whole"])
        ),
        text,
    )
    return written.replace("việt nam", "Việt Nam")


def _ordinary(what: str) -> str:
    """What an office we do not know is for: a capital where it begins and after "," and "và"."""
    if FIELD_ANY_CASE.match(what):
        return what
    words = what.split(" ")
    return " ".join(
        word
        if index == 0 or words[index - 1] in ("và", "-") or words[index - 1].endswith(",")
        else word
        if ABBREVIATION.fullmatch(word)
        else word.lower()
        for index, word in enumerate(words)
    )


def _issuer_from_body(layout: Layout) -> str | None:
    """An excerpt names its issuer where it gives the orders, or where answers are to be sent.

    The former is kept as written, the latter written out; a bare "tỉnh" or "huyện" is completed
    from the text and from the districts it names.
    """
    body = " . ".join(paragraph.text for paragraph in layout.body)
    match = ORDERING.search(body) or ANSWERED.search(body)
    if not match:
        office = OFFICE_ORDERS.search(body) or MINISTER_ORDERS.search(body)
        return office["name"] if office else None
    name, level = match["name"], match["level"]
    everything = " . ".join(p.text for p in [*layout.head, *layout.abstract]) + " . " + body
    if not match["place"]:
        named = rf"(?<!các )\b{level}((?:\s+{UPPER}\w*){{1,3}})(?!,\s+{UPPER}\w+ {UPPER})"
        place = re.search(named, everything)
        province = province_named_by(everything) if level == "tỉnh" else None
        if place:
            name += place[1]
        elif province:
            name = name.removesuffix(level) + province
    if match.re is ANSWERED:
        name = re.sub(r"^UBND\b", "Ủy ban nhân dân", name)
        province = province_named_by(name)
        return f"{name} ({province})" if province else name
    return name


def _urgency(layout: Layout, reading: Reading) -> None:
    for paragraph in layout.head:
        text = paragraph.text.strip(" *.").lower()
        if text in URGENCIES:
            reading.urgency = text.replace("hoả", "hỏa")
            reading.spans["urgency"] = (paragraph.start, paragraph.end)


def _people(layout: Layout, reading: Reading) -> None:
    """Addressees, recipients and the signer with the capacity he signs in."""
    reading.addressees = [
        name for p in layout.addressees if (name := clean(p.text.lstrip("-–•+* ")))
    ]
    reading.recipients = [
        name
        for p in layout.recipients
        if (name := clean(re.sub(r"^(?:Nơi\s+nhận\s*:?|[-–•+* ]+)", "", p.text)))
    ]
    titles = [p.text.strip() for p in layout.signature if p.text.isupper() and len(p.text) > 4]
    named = [
        p
        for p in layout.signature
        if re.fullmatch(rf"(?:{UPPER}\w+\s*){{2,6}}", p.text) and not p.text.isupper()
    ]
    if named:
        shown = [_capacity(title) for title in titles]
        reading.signer = ", ".join([named[-1].text.strip(), *shown])
        reading.spans["signer"] = (named[-1].start, named[-1].end)


def _capacity(title: str) -> str:
    """Lower a title: "KT. CHỦ TỊCH" → "KT. Chủ tịch"."""
    match = re.match(r"(T/?M|KT|TL|TUQ|Q)\b\.?\s*", title)
    if not match:
        return title.capitalize()
    return f"{match[1]}. {title[match.end() :].capitalize()}"
