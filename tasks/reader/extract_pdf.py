"""Text out of a .pdf that has some: by pages, laid out as printed, running heads taken off."""

import io
import re
from collections import Counter

import pdfplumber
from pdfminer.pdfdocument import PDFPasswordIncorrect
from pdfplumber.utils.exceptions import PdfminerException

from tasks.reader.errors import UnreadableFile

FEWEST_LETTERS = 40
MOST_PAGES = 400


def extract(data: bytes) -> str:
    """The pages' text with a form feed between them; a scan or a locked file is refused."""
    try:
        with pdfplumber.open(io.BytesIO(data)) as document:
            if len(document.pages) > MOST_PAGES:
                raise UnreadableFile("too_large")
            pages = []
            for page in document.pages:
                pages.append(_page_text(page))
                page.close()
    except UnreadableFile:
        raise
    except PdfminerException as error:
        locked = any(isinstance(arg, PDFPasswordIncorrect) for arg in error.args)
        raise UnreadableFile("encrypted" if locked else "damaged") from None
    except Exception:
        # pdfminer lets errors of every kind out of broken files; all mean the same to the user.
        raise UnreadableFile("damaged") from None
    text = "\n\f\n".join(_without_running_heads(pages))
    if sum(c.isalpha() for c in text) < FEWEST_LETTERS:
        raise UnreadableFile("no_text")
    return text


def _page_text(page: pdfplumber.page.Page) -> str:
    """One page; the rows of ruled tables as " | " lines after the text around them."""
    tables = [table for table in page.find_tables() if len(table.rows[0].cells) >= 4]
    rest = page
    for table in tables:
        rest = rest.outside_bbox(table.bbox)
    rows = [
        " | ".join(_cell(cell or "") for cell in row) for table in tables for row in table.extract()
    ]
    return "\n".join([rest.extract_text(layout=True) or "", *rows])


def _cell(text: str) -> str:
    """A cell in one line; a date the narrow column broke closes up."""
    text = re.sub(r"(/\d{1,3})\n(\d{1,3})\b", r"\1\2", text)
    return re.sub(r"\s+", " ", text).strip()


def _without_running_heads(pages: list[str]) -> list[str]:
    """Drop lines that stand first or last on most of the pages."""
    if len(pages) < 3:
        return pages
    edges: Counter[str] = Counter()
    split = [page.split("\n") for page in pages]
    for lines in split:
        filled = [line.strip() for line in lines if line.strip()]
        edges.update({*filled[:1], *filled[-1:]})
    repeated = {line for line, count in edges.items() if count > len(pages) / 2 and len(line) > 3}
    return ["\n".join(line for line in lines if line.strip() not in repeated) for lines in split]
