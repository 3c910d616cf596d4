"""How papers break into pages, as LibreOffice prints them."""

import pdfplumber
import pytest

from agencies.papers import Urgency, build
from tests.agencies.papers.printing import print_all
from tests.agencies.papers.samples import letter, report


@pytest.fixture(scope="module")
def printed(tmp_path_factory):
    """The pages of a letter and a report as LibreOffice prints them: their texts and sizes."""
    folder = tmp_path_factory.mktemp("papers")
    (folder / "letter.docx").write_bytes(build(letter(urgency=Urgency.URGENT)))
    (folder / "report.docx").write_bytes(build(report()))
    print_all(folder)
    pages = {}
    for name in ("letter", "report"):
        with pdfplumber.open(folder / f"{name}.pdf") as pdf:
            pages[name] = [(page.extract_text(), page.width < page.height) for page in pdf.pages]
    return pages


def test_a_letter_prints_on_one_page_and_its_list_on_the_next(printed):
    """Rule 8.2: the urging letter and its list."""
    (text, _), (appendix, _) = printed["letter"]

    assert "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM" in text
    assert "KHẨN" in text
    assert "nghiêm túc thực hiện./." in text
    assert "Phạm Văn Minh" in text
    assert appendix.startswith("Phụ lục\n")


def test_a_report_prints_its_wide_appendix_across_with_the_head_on_each_page(printed):
    """Rule 8.8: .docx in the national layout."""
    texts = [text for text, _ in printed["report"]]
    upright = [is_upright for _, is_upright in printed["report"]]

    assert upright == [True, True, False, False, True]
    assert texts[1].startswith("2\n")
    assert texts[2].startswith("Phụ lục I\n")
    assert texts[3].startswith("2\n")
    assert all("Cơ quan, đơn vị" in text for text in texts[2:4])
    assert "Tổng cộng 580" in texts[3]


def test_the_signature_is_never_alone_on_a_page(printed):
    last_of_body, _ = printed["report"][1]

    assert "xem xét, chỉ đạo./." in last_of_body
    assert "TM. ỦY BAN NHÂN DÂN" in last_of_body
