"""Paragraphs, rules and pages in the measures of Decree 30/2020/NĐ-CP, Appendix I."""

from docx.enum.section import WD_ORIENT
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.section import Section
from docx.shared import Length, Mm, Pt
from docx.styles.style import ParagraphStyle
from docx.text.paragraph import Paragraph

from agencies.papers.words import clean

FONT = "Times New Roman"
LANGUAGE = "vi-VN"
PAGE_SHORT, PAGE_LONG = Mm(210), Mm(297)
TOP, BOTTOM, LEFT, RIGHT = Mm(20), Mm(20), Mm(30), Mm(15)
HEADER_DISTANCE = Mm(10)
FIRST_LINE = Mm(12.7)
_HAIR = Pt(1)
LINE_SPACING = 1.15
BETWEEN_PARAGRAPHS = Pt(6)

CENTER = WD_ALIGN_PARAGRAPH.CENTER
JUSTIFY = WD_ALIGN_PARAGRAPH.JUSTIFY
LEFT_ALIGNED = WD_ALIGN_PARAGRAPH.LEFT
RIGHT_ALIGNED = WD_ALIGN_PARAGRAPH.RIGHT

_AFTER_OUTLINE = ("w:rPr", "w:sectPr")
_AFTER_BORDERS = ("w:tabs", "w:spacing", "w:ind", "w:jc", "w:outlineLvl", *_AFTER_OUTLINE)
"""What may follow in a paragraph's properties, whose order the format fixes."""


def element(tag: str, **attributes: str | int) -> OxmlElement:
    """Make a WordprocessingML element with attributes of the same namespace."""
    made = OxmlElement(f"w:{tag}")
    for name, value in attributes.items():
        made.set(qn(f"w:{name}"), str(value))
    return made


def set_up_style(style: ParagraphStyle, size: int) -> None:
    """Set Times New Roman for every script, the body's size, single lines, Vietnamese."""
    style.font.name = FONT
    style.font.size = Pt(size)
    run = style.element.get_or_add_rPr()
    for script in ("eastAsia", "cs"):
        run.rFonts.set(qn(f"w:{script}"), FONT)
    run.append(element("lang", val=LANGUAGE, eastAsia=LANGUAGE))
    style.paragraph_format.space_before = Pt(0)
    style.paragraph_format.space_after = Pt(0)
    style.paragraph_format.line_spacing = 1
    style.paragraph_format.widow_control = True


def set_up_page(section: Section, *, landscape: bool) -> None:
    """Make it A4 with the margins, pages counted from 1, the number hidden on the first."""
    section.orientation = WD_ORIENT.LANDSCAPE if landscape else WD_ORIENT.PORTRAIT
    section.page_width = PAGE_LONG if landscape else PAGE_SHORT
    section.page_height = PAGE_SHORT if landscape else PAGE_LONG
    section.top_margin, section.bottom_margin = TOP, BOTTOM
    section.left_margin, section.right_margin = LEFT, RIGHT
    section.header_distance = section.footer_distance = HEADER_DISTANCE
    section.different_first_page_header_footer = True
    properties = section._sectPr
    for old in properties.findall(qn("w:pgNumType")):
        properties.remove(old)
    properties.find(qn("w:pgMar")).addnext(element("pgNumType", start=1))


def text_width(section: Section) -> Length:
    """Measure the room between the margins."""
    return Length(section.page_width - section.left_margin - section.right_margin)


def put_page_number(section: Section, size: int) -> None:
    """Centre the page number in the top margin; later sections inherit it."""
    paragraph = section.header.paragraphs[0]
    paragraph.alignment = CENTER
    field = element("fldSimple", instr="PAGE")
    run = paragraph.add_run("2")
    run.font.size = Pt(size)
    field.append(run._r)
    paragraph._p.append(field)


def write(
    paragraph: Paragraph,
    text: str,
    *,
    size: float,
    bold: bool = False,
    italic: bool = False,
    align: WD_ALIGN_PARAGRAPH = CENTER,
) -> Paragraph:
    """Add the text to a paragraph, aligned; further calls add runs of another look."""
    run = paragraph.add_run(clean(text))
    run.font.size = Pt(size)
    run.bold = bold
    run.italic = italic
    paragraph.alignment = align
    return paragraph


def as_body(paragraph: Paragraph) -> Paragraph:
    """Justify the paragraph, draw its first line in, keep six points to the next."""
    paragraph.alignment = JUSTIFY
    layout = paragraph.paragraph_format
    layout.first_line_indent = FIRST_LINE
    layout.space_after = BETWEEN_PARAGRAPHS
    layout.line_spacing = LINE_SPACING
    return paragraph


def as_outline(paragraph: Paragraph, level: int) -> None:
    """Show a heading in the reader's outline and keep it with what follows."""
    paragraph.paragraph_format.keep_with_next = True
    mark = element("outlineLvl", val=level - 1)
    paragraph._p.get_or_add_pPr().insert_element_before(mark, *_AFTER_OUTLINE)


def thin(paragraph: Paragraph, height: Length = _HAIR) -> Paragraph:
    """Make an empty paragraph exactly that high."""
    paragraph.paragraph_format.line_spacing_rule = WD_LINE_SPACING.EXACTLY
    paragraph.paragraph_format.line_spacing = height
    return paragraph


def rule(paragraph: Paragraph, room: Length, length: Length) -> None:
    """Turn an empty paragraph into a centred line of that length (a drawn line, no underline)."""
    layout = paragraph.paragraph_format
    layout.left_indent = layout.right_indent = Length(max(0, (room - length) // 2))
    layout.space_before = Pt(3)
    thin(paragraph, Pt(4))
    _border(paragraph, ("top",), space=0)


def stamp(paragraph: Paragraph, text: str, room: Length, size: int) -> None:
    """Write the urgency in a frame, centred in its cell."""
    width = Length(estimated_width(text, size) + Mm(6))
    write(paragraph, text, size=size, bold=True)
    layout = paragraph.paragraph_format
    layout.left_indent = layout.right_indent = Length(max(0, (room - width) // 2))
    layout.space_before = Pt(10)
    _border(paragraph, ("top", "left", "bottom", "right"), space=3)


def estimated_width(text: str, size: float) -> Length:
    """Guess how wide bold text runs: enough for a rule or a frame, not to break lines."""
    ems = sum(0.28 if c == " " else 0.70 if c.isupper() else 0.49 for c in text)
    return Length(int(Pt(size) * ems))


def _border(paragraph: Paragraph, sides: tuple[str, ...], space: int) -> None:
    borders = element("pBdr")
    for side in sides:
        borders.append(element(side, val="single", sz=6, space=space, color="000000"))
    paragraph._p.get_or_add_pPr().insert_element_before(borders, *_AFTER_BORDERS)
