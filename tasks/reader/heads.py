"""How a name of an agency, a post or a group begins."""

import re

from tasks.reader.phrases import COLLECTIVES, HEADS, IN_NAMES, ROLES, alternatives

Span = tuple[int, int]

# "Hội nghị", "Bộ máy", "Phòng ngừa" begin like names and are none.
_OTHER_WORD = (
    r"(?!\s+(?:nghị|thảo|máy|cáo|hiệu|động|đầu|hành|ngừa|chống|cháy|đất|việc|trợ|"
    r"ngũ|kết|hữu|suất|luận|đua|vực|diễn)\b)"
)
_HEAD = rf"(?:(?:{alternatives(HEADS)}|{alternatives(ROLES)})(?!(?<=Trường)\s+hợp){_OTHER_WORD})"
_GROUP = rf"(?!trường\s+hợp)(?:{alternatives(COLLECTIVES)})"
_MANY = (
    r"(?:(?:[Tt]oàn\s+thể\s+|[Tt]ất\s+cả\s+)?"
    r"(?:[Cc]ác|[Nn]hững|[Mm]ỗi|[Mm]ọi|[Tt]ừng|một\s+số)|[Tt]oàn\s+thể|[Tt]ất\s+cả(?=\s+lực\s+lượng))"
)
AGENT = re.compile(rf"(?:{_MANY}\s+(?:{_HEAD}|(?i:{_GROUP}))(?!\w)|{_HEAD}(?!\w)|{_GROUP}(?!\w))")
# "yêu cầu lãnh đạo các sở …", "thủ trưởng cơ quan, đơn vị …": posts in small letters.
_POST_OF = (
    rf"(?:lãnh đạo|thủ trưởng|người đứng đầu|giám đốc|chủ tịch|hiệu trưởng)\s+"
    rf"(?={_MANY}\s|{_HEAD}(?!\w)|(?:cơ quan|đơn vị|sở|ban|ngành)(?!\w))"
)
FORMAL_AGENT = re.compile(
    rf"(?:{_MANY}\s+(?:{_HEAD}|(?i:{_GROUP}))(?!\w)|{_HEAD}(?!\w)|{_POST_OF})"
)
GOVERNMENT = re.compile(
    r"(?:chính\s+quyền|lực\s+lượng|cộng\s+đồng|nhân\s+dân(?=\s+trong)|trạm\s+[Yy]\s+tế|"
    r"hệ\s+thống\s+(?:truyền\s+t(?:hanh|hông)|các\s+cơ\s+quan))(?!\w)"
)
NAME_WORDS = {word for table in (COLLECTIVES, IN_NAMES) for word in table.split() if word != "|"}
SHARED_HEAD = re.compile(
    r"(?:^|\s)(?:các|Các)\s+(?:[Ss]ở|[Bb]ộ|[Pp]hòng|tỉnh|huyện|xã|phường|thành phố|cơ quan|ngành|"
    r"ban|[Hh]ội|[Cc]ông ty|[Dd]oanh nghiệp|[Cc]ục|[Tt]ập đoàn|[Tt]ổng công ty|[Tt]rường|"
    r"[Cc]hi cục|đơn vị)"
    r"(?:(?:,|\s+và)\s*(?:ban|ngành|cơ quan|thành phố|xã|phường|thị trấn|huyện|thị xã|đặc khu))*"
    r"(?:\s+trực thuộc [Tt]rung ương)?$"
    # "Giám đốc: Sở Nội vụ, Sở Tài chính": one post, several offices.
    r"|^\s*(?:Giám đốc|Thủ trưởng|Chủ tịch|Hiệu trưởng|Bí thư|Trưởng phòng)$"
)
PARENTHESIS = re.compile(r"\s*\([^()]{0,400}\)")


def blanked(text: str) -> str:
    """The text with brackets and what stands in them blanked out, every place kept."""
    return PARENTHESIS.sub(lambda match: "\0" * len(match[0]), text)
