"""Agencies as offices write them in a narrow column (rules 4.2, 4.7)."""

import pytest

from tasks.importing.names import Names, lead_and_helpers
from tasks.reader.names import Directory


@pytest.fixture(scope="module")
def names() -> Names:
    return Names(Directory.from_file())


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("Phòng Tài nguyên và Môi trường", ["tai-nguyen-moi-truong"]),
        ("P. TNMT", ["tai-nguyen-moi-truong"]),
        ("TT Y tế", ["tt-y-te"]),
        ("Phòng Nội vụ (đ/c Hùng)", ["noi-vu"]),
        ("Chủ tịch UBND xã An Thái", ["xa-an-thai"]),
        ("UBND các xã, thị trấn", ["xa-thi-tran"]),
        ("Phòng TN&MT; Phòng Nội vụ", ["tai-nguyen-moi-truong", "noi-vu"]),
        ("Phòng Văn hóa và Thông tin", ["van-hoa-thong-tin"]),
        ("Nội vụ, Tư pháp", ["noi-vu", "tu-phap"]),
        ("UBND xã An Thái, An Thọ", ["xa-an-thai", "xa-an-tho"]),
        ("- Công an huyện\n- Ban CHQS huyện", ["cong-an", "quan-su"]),
        ("Phòng NN&PTNT, UBND các xã, thị trấn", ["nong-nghiep", "xa-thi-tran"]),
    ],
)
def test_one_cell_may_name_one_many_or_a_group(names, text, codes) -> None:
    """Rule 4.7: names resolve in spite of aliases, abbreviations and roles."""
    assert [name.code for name in names.listed(text)] == codes


@pytest.mark.parametrize("text", ["Các cơ quan liên quan", "Các phòng, ban có liên quan"])
def test_related_agencies_are_nobody_not_everybody(names, text) -> None:
    """Rule 5.1: work is given to agencies that are named."""
    (name,) = names.listed(text)

    assert (name.code, name.is_vague) == (None, True)


def test_an_unknown_name_offers_the_nearest(names) -> None:
    """Issue 5: every problem says what to do."""
    assert names.code_of("Phòng Tài nguyên") is None
    assert names.nearest("Phòng Tài nguyên")[0] == "tai-nguyen-moi-truong"


def test_what_a_person_settled_holds_for_the_same_words() -> None:
    """Said once, it holds for every row; an empty code means nobody."""
    settled = {"to rac thai": "tai-nguyen-moi-truong", "cac ben": ""}
    names = Names(Directory.from_file(), settled)

    assert names.code_of("Tổ rác thải") == "tai-nguyen-moi-truong"
    assert names.listed("Các bên")[0].is_vague


def test_what_was_settled_for_an_agency_now_closed_is_asked_again() -> None:
    """Rule 2.5: the next list meets another directory."""
    names = Names(Directory.from_file(), {"to rac thai": "phong-cu"})

    (name,) = names.listed("Tổ rác thải")
    assert (name.code, name.is_vague) == (None, False)


def test_lead_and_helpers_written_in_one_cell() -> None:
    """data/papers, sample 10: "Chủ trì: …. Phối hợp: …"."""
    text = "Chủ trì: Phòng Nội vụ. Phối hợp: Công an huyện"

    assert lead_and_helpers(text) == ("Chủ trì: Phòng Nội vụ", "Công an huyện")
