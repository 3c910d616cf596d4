"""The block of the signature follows from the capacity (rule 2.2)."""

import pytest

from agencies.papers import Capacity, signature_lines

CHIEF, DEPUTY_CHIEF = "Chánh Văn phòng", "Phó Chánh Văn phòng"
CHAIR, VICE_CHAIR = "Chủ tịch", "Phó Chủ tịch"
COMMITTEE = "Ủy ban nhân dân"


@pytest.mark.parametrize(
    ("capacity", "post", "parts", "lines"),
    [
        (
            Capacity.COLLECTIVE,
            CHAIR,
            {"on_behalf_of": COMMITTEE},
            ("TM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH"),
        ),
        (
            Capacity.COLLECTIVE,
            VICE_CHAIR,
            {"on_behalf_of": COMMITTEE, "deputy_of": CHAIR},
            ("TM. ỦY BAN NHÂN DÂN", "KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH"),
        ),
        (Capacity.DEPUTY, VICE_CHAIR, {"deputy_of": CHAIR}, ("KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH")),
        (Capacity.BY_ORDER, CHIEF, {"on_behalf_of": CHAIR}, ("TL. CHỦ TỊCH", "CHÁNH VĂN PHÒNG")),
        (
            Capacity.BY_ORDER,
            DEPUTY_CHIEF,
            {"on_behalf_of": CHAIR, "deputy_of": CHIEF},
            ("TL. CHỦ TỊCH", "KT. CHÁNH VĂN PHÒNG", "PHÓ CHÁNH VĂN PHÒNG"),
        ),
        (Capacity.OWN, CHIEF, {}, ("CHÁNH VĂN PHÒNG",)),
        (Capacity.AUTHORISED, CHIEF, {"on_behalf_of": CHAIR}, ("TUQ. CHỦ TỊCH", "CHÁNH VĂN PHÒNG")),
        (Capacity.ACTING, CHAIR, {}, ("Q. CHỦ TỊCH",)),
        (
            Capacity.COLLECTIVE,
            CHAIR,
            {"on_behalf_of": COMMITTEE, "acting": True},
            ("TM. ỦY BAN NHÂN DÂN", "Q. CHỦ TỊCH"),
        ),
    ],
    ids=[
        "chair for the committee",
        "vice chair for the committee",
        "vice chair",
        "chief by order of the chair",
        "deputy chief by order of the chair",
        "chief in his own name",
        "chief authorised by the chair",
        "acting chair",
        "acting chair for the committee",
    ],
)
def test_the_lines_follow_the_capacity(capacity, post, parts, lines):
    """Rule 2.2: signature blocks follow the capacity of the act."""
    assert signature_lines(capacity, post, **parts) == lines


@pytest.mark.parametrize(
    ("capacity", "parts"),
    [
        (Capacity.BY_ORDER, {}),
        (Capacity.DEPUTY, {}),
        (Capacity.OWN, {"on_behalf_of": CHAIR}),
        (Capacity.AUTHORISED, {"on_behalf_of": CHAIR, "deputy_of": CHIEF}),
    ],
    ids=["by order of nobody", "deputy of nobody", "own name for another", "authority passed on"],
)
def test_a_block_that_cannot_be_is_refused(capacity, parts):
    """Rule 2.2, and art. 13.3 of Decree 30/2020/NĐ-CP: what is authorised is not passed on."""
    with pytest.raises(ValueError):
        signature_lines(capacity, CHIEF, **parts)
