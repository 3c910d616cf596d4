"""How agencies head, sign, date and number their papers (rule 2.2; Decree 30/2020, Appendix I)."""

from datetime import date

import pytest

from agencies.functions import Function
from agencies.letterheads import (
    letterhead_of,
    letterhead_of_office,
    place_of,
    series_of,
    signed_as,
    signed_by_order,
)
from agencies.models import Body, OutgoingPaper, PostTitle
from tests.factories import AgencyFactory, OfficeFactory, PostFactory, moment, title_for

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def body():
    OfficeFactory()
    return Body.current()


def test_the_office_heads_its_papers_in_short():
    """Rule 2.2: reports and notices of conclusions read "UBND huyện …" above "Văn phòng"."""
    head = letterhead_of_office("Văn phòng HĐND và UBND huyện", "Ủy ban nhân dân huyện An Bình")

    assert (head.superior, head.issuer) == ("UBND huyện An Bình", "Văn phòng")
    assert head.name_in_text == "Văn phòng HĐND và UBND huyện"


@pytest.mark.parametrize(
    ("name", "managed_by", "superior", "issuer"),
    [
        ("Phòng Nội vụ", "", "Ủy ban nhân dân\nhuyện An Bình", "Phòng Nội vụ"),
        (
            "Phòng Lao động - Thương binh và Xã hội", "", "Ủy ban nhân dân\nhuyện An Bình",
            "Phòng Lao động -\nThương binh và Xã hội",
        ),
        ("Công an huyện", "Công an thành phố", "Công an thành phố", "Công an huyện"),
        ("UBND xã Quang Trung", "", "", "Ủy ban nhân dân\nxã Quang Trung"),
    ],
    ids=["department", "long name", "managed by another body", "commune"],
)  # fmt: skip
def test_the_head_names_the_superior_above_the_issuer(body, name, managed_by, superior, issuer):
    """Decree 30: a People's Committee stands alone."""
    head = letterhead_of(AgencyFactory(name=name, managed_by=managed_by), body)

    assert (head.superior, head.issuer) == (superior, issuer)


@pytest.mark.parametrize(
    ("name", "place"),
    [("UBND xã Quang Trung", "Quang Trung"), ("UBND thị trấn An Lão", "An Lão"),
     ("Phòng Nội vụ", "An Bình")],
)  # fmt: skip
def test_a_commune_dates_its_papers_at_its_own_name(body, name, place):
    assert place_of(AgencyFactory(name=name), body) == place


@pytest.mark.parametrize(
    ("name", "series"),
    [
        ("Phòng Kinh tế và Hạ tầng", "KTHT"),
        ("Phòng Lao động - Thương binh và Xã hội", "LĐTBXH"),
        ("Phòng Tài chính – Kế hoạch", "TCKH"),
        ("Ban Quản lý dự án đầu tư xây dựng", "QLDAĐTXD"),
        ("UBND xã Quang Trung", "UBND"),
    ],
)
def test_a_first_letter_takes_the_abbreviation_as_its_series(body, name, series):
    """Rule 2.8: an office may type another; the next letter follows the last."""
    agency = AgencyFactory(name=name)
    assert series_of(agency, body) == series

    OutgoingPaper.objects.create(
        thing=agency, issuer=agency, suffix="KT", subject="một", drafted_at=moment("2026-11-16")
    )
    assert series_of(agency, body) == "KT"


@pytest.mark.parametrize(
    ("agency", "title", "capacity", "lines"),
    [
        ("Phòng Nội vụ", "Trưởng phòng Nội vụ", "", ("TRƯỞNG PHÒNG",)),
        ("Phòng Nội vụ", "Trưởng phòng Nội vụ", "Q.", ("Q. TRƯỞNG PHÒNG",)),
        ("UBND xã Q", "Chủ tịch UBND", "", ("TM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH")),
        (
            "UBND xã Q", "Phó Chủ tịch UBND", "KT.",
            ("TM. ỦY BAN NHÂN DÂN", "KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH"),
        ),
    ],
    ids=["head", "acting head", "commune chair", "commune's deputy chair"],
)  # fmt: skip
def test_the_signature_follows_the_capacity(agency, title, capacity, lines):
    """Rule 2.2, data papers 1."""
    named = title_for(Function.AGENCY_HEAD)
    named.name = title
    post = PostFactory.build(agency=AgencyFactory(name=agency), title=named, starts_on=date.min)

    assert signed_as(post, capacity).lines == lines


@pytest.mark.parametrize(
    ("title", "head", "lines"),
    [
        ("Chánh Văn phòng", "", ("TL. CHỦ TỊCH", "CHÁNH VĂN PHÒNG")),
        (
            "Phó Chánh Văn phòng", "Chánh Văn phòng",
            ("TL. CHỦ TỊCH", "KT. CHÁNH VĂN PHÒNG", "PHÓ CHÁNH VĂN PHÒNG"),
        ),
    ],
    ids=["chief", "deputy chief"],
)  # fmt: skip
def test_the_office_signs_the_bodys_letters_by_order_of_its_leader(body, title, head, lines):
    """Rule 2.2: TL., and of a deputy KT. below it."""
    named = title_for(Function.OFFICE_CHIEF)
    named.name, named.is_deputy = title, bool(head)
    named.head_title = PostTitle(name=head) if head else None
    post = PostFactory.build(agency=body.office, title=named, starts_on=date.min)

    assert signed_by_order(post, "Chủ tịch").lines == lines
