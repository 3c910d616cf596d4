"""Marks a paper is laid out by: numbers, bullets, the motto, the date line, titles, recipients."""

import re

from tasks.reader.phrases import UPPER

ROMAN = r"(?:X{0,2}(?:IX|IV|V?I{1,3}|V)|X{1,2})"
SMALL_ROMAN = r"(?:x|ix|iv|v?i{1,3}|v)"
ORDINALS = (
    r"(?:Thứ\s+(?:nhất|hai|ba|tư|năm|sáu|bảy|tám|chín|mười)|"
    r"(?:Một|Hai|Ba|Bốn|Năm|Sáu|Bảy|Tám|Chín|Mười)\s+là)"
)
BRACKETED = re.compile(rf"\s*(?:\((?:\d{{1,2}}|{SMALL_ROMAN})\)[.:]?|{ORDINALS}\s*[,:])\s*(?=\S)")
# "Điều 62 Luật Địa chất": an article of a law that is cited, where a line happens to begin.
NOT_CITED = (
    r"(?!\s*[,;]|\s+(?:Luật|Bộ luật|Hiến pháp|Pháp lệnh|Nghị định|Nghị quyết|Thông tư|Quy định|"
    r"Quy chế|Quyết định|Thỏa thuận|Hiệp định|của|và|nêu|này|tại|trên)\b)"
)
MARKER = re.compile(
    rf"\s*(?:[-–—+•▪*]\s+|\d{{1,2}}(?:\.\d{{1,2}})*(?:[.)]|/(?!{UPPER}{{2}}))\s*(?=\D)|[a-zđ](?:\)|/\.?|\.(?=\s+{UPPER}))\s*|{ROMAN}\.\s*"
    rf"|(?:Điều|Phần|Chương|Mục)\s+[\dIVX]+\b{NOT_CITED})"
)
BULLET_ONLY = re.compile(r"\s*[-–—+•▪](?=\S)(?![-–—])")
# A mark alone on its line: what it marks stands below.
LONE_MARK = re.compile(
    rf"\s*(?:[-–—+•▪]|\d{{1,2}}[.)]|\d{{1,2}}(?:\.\d{{1,2}})+[.)]?|[a-zđ]\)|{ROMAN}\.)\s*"
)
MOTTO = re.compile(
    r"C[ỘÔ]NG\s+H(?:[ÒÕÓO]A|OÀ)\s+XÃ\s+HỘI\s+CHỦ\s+NGHĨA\s+VI[ỆÊẾ]T(?:\s+NAM)?|"
    r"ĐẢNG\s+CỘNG\s+SẢN\s+VI[ỆÊ]T\s+NAM"
    r"|Độc lập\s*[-–]\s*Tự do\s*[-–]\s*Hạnh phúc",
    re.I,
)
DATE_LINE = re.compile(
    # In figures only alone on its line or in its column: a citation ends in a day as well.
    rf"(?m:(?<![\w/-])(?=[^\n]*tháng)|(?:^|(?<=\s\s\s))(?=[^\n]*/\s?\d{{4}}\s*$))"
    rf"(?:{UPPER}[\w.]*)(?: (?:- )?{UPPER}[\w'’]*){{0,4}} ?, *[Nn]gày[\s.…]*(\d{{1,2}})?"
    r"[\s.…]*(?:tháng|/)[\s.…]*(\d{1,2})?[\s.…]*(?:năm|/)[\s.…]*(\d{4})?"
)
TITLE = re.compile(
    r"(QUYẾT ĐỊNH|CHỈ THỊ|KẾ HOẠCH|THÔNG BÁO(?: KẾT LUẬN)?|CÔNG ĐIỆN|CHƯƠNG TRÌNH(?: HÀNH ĐỘNG)?"
    r"|HƯỚNG DẪN|NGHỊ QUYẾT|KẾT LUẬN|QUY CHẾ|PHƯƠNG ÁN|ĐỀ ÁN|TỜ TRÌNH|BÁO CÁO|GIẤY MỜI|CÔNG VĂN)"
    r"(?:(?<=GIẤY MỜI)\s+HỌP)?"
    r"(?=$|[\s:])"
)
RECIPIENTS = re.compile(r"\s*Nơi\s+nhận\s*:?", re.I)
APPENDIX = re.compile(
    r"\s*(?:(?:PHỤ LỤC|Phụ lục|PHỤ BIỂU|Phụ biểu)(?:\s+(?:số\s*)?[\dIVX]+)?\s*(?:$|[:.(])"
    # Without the word: what is attached, by its title or by its table's first cell.
    r"|(?:PHÂN CÔNG|DANH SÁCH|DANH MỤC|BẢNG|BIỂU|MẪU|ĐỀ CƯƠNG|LỊCH|TIẾN ĐỘ|NHIỆM VỤ)\b[^a-zà-ỹ|]*$"
    r"|(?:STT|TT|Số TT)\s*\|)"
)
