"""An administrative paper on a page, to be read before it is signed."""

from django import template

from agencies.papers import Paper, PaperKind
from agencies.papers.docx import MOTTO, NATION
from agencies.papers.reading import body_of, lines_of
from agencies.papers.words import paper_date

register = template.Library()


@register.inclusion_tag("agencies/_paper_sheet.html")
def paper_sheet(paper: Paper, with_appendices: bool = True) -> dict:
    """Draw a paper: head, text, recipients, signature and, where wanted, its appendices."""
    return {
        "paper": paper,
        "is_letter": paper.kind is PaperKind.LETTER,
        "nation": NATION,
        "motto": MOTTO,
        "dated": paper_date(paper.place, paper.day, paper.year),
        "body": body_of(paper),
        "appendices": [
            {"title": each.title, "lines": list(lines_of(each.blocks))}
            for each in (paper.appendices if with_appendices else ())
        ],
    }
