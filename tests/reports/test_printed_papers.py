"""Every paper the product writes, printed: nothing cut off, in the national layout (rule 8.2).

PRINTS=folder keeps the pages as PDF, for people to look at.
"""

import os
import shutil
from datetime import timedelta
from pathlib import Path

import pdfplumber
import pytest
from django.utils import timezone, translation

from consultations.papers import facts_asked, letter_docx, result_docx, settled_docx
from reports import lifecycle
from reports.briefing.paper import docx_of as briefing_docx
from reports.build import build_due
from reports.cases.papers import decision_docx, praise_docx, submission_docx
from reports.inspections.minutes import minutes_docx
from reports.paper import report_docx, upward_docx
from tasks.urging.facts import docx_of as urging_docx
from tests import world
from tests.agencies.papers.printing import print_all
from tests.factories import AgencyFactory, AuthorityFactory, moment
from tests.reports.cases.district import DECIDED, decided, district, praise_decided
from tests.reports.histories import task_with

A4 = (595, 842)
EDGE = 15 / 25.4 * 72 - 1
"""The narrowest margin of the national layout, 15 mm, in points."""

pytestmark = pytest.mark.django_db


def papers_of_the_office() -> dict[str, bytes]:
    """Every paper of work, consultations, meetings, inspections and reports."""
    made = world.build()
    later = timezone.now() + timedelta(days=30)
    things = made.things
    shared = things["shared"]
    AuthorityFactory(code="thanh-pho", name="UBND thành phố", is_superior=True)
    task_with(AgencyFactory(), moment("2026-10-20"), moment("2026-11-02", 0))
    report = build_due(moment("2026-11-16"))[-1]
    upward = lifecycle.draft_upward(report, made.actors["chief"], timezone.now())
    return {
        "urging": urging_docx(things["urging"]),
        "letter": letter_docx(facts_asked(shared)),
        "result": result_docx(shared, later),
        "settled": settled_docx(shared, later),
        "notice": briefing_docx(things["briefing"]),
        "minutes": minutes_docx(things["inspection"]),
        "report": report_docx(report),
        "upward": upward_docx(upward),
    }


def papers_of_cases() -> dict[str, bytes]:
    """Every paper of accountability and praise."""
    place = district()
    case = decided(place)
    return {
        "submission": submission_docx(case, DECIDED),
        "decision": decision_docx(case),
        "praise": praise_docx(praise_decided(place)),
    }


@pytest.fixture(params=[papers_of_the_office, papers_of_cases], ids=["office", "cases"])
def papers(request: pytest.FixtureRequest, tmp_path: Path) -> dict[str, list]:
    """The pages of each paper."""
    with translation.override("vi"):
        written = request.param()
    for name, docx in written.items():
        (tmp_path / f"{name}.docx").write_bytes(docx)
    print_all(tmp_path)
    if folder := os.environ.get("PRINTS"):
        for pdf in tmp_path.glob("*.pdf"):
            shutil.copy(pdf, folder)
    return {name: _pages(tmp_path / f"{name}.pdf") for name in written}


def _pages(path: Path) -> list[tuple[str, tuple, list]]:
    with pdfplumber.open(path) as pdf:
        return [
            (page.extract_text(), (round(page.width), round(page.height)), page.extract_words())
            for page in pdf.pages
        ]


def test_every_paper_prints_in_the_national_layout_with_nothing_cut_off(papers) -> None:
    """Rules 8.2, 8.8, 6.10, 9.1: A4, the motto on the first page, every word inside the page."""
    for name, pages in papers.items():
        first = pages[0][0]
        assert "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM" in first, name
        assert "Độc lập - Tự do - Hạnh phúc" in first, name
        for text, size, words in pages:
            assert size in (A4, A4[::-1]), name
            assert text.strip(), f"{name} has an empty page"
            beyond = [w["text"] for w in words if w["x0"] < EDGE or w["x1"] > size[0] - EDGE]
            assert beyond == [], name
