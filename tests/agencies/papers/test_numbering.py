"""How parts, points and items are numbered (rule 8.2)."""

from agencies.papers.numbering import Level, Numbering, point, roman


def test_parts_carry_roman_numerals():
    assert [roman(n) for n in (1, 4, 9, 14)] == ["I", "IV", "IX", "XIV"]


def test_points_follow_the_vietnamese_alphabet():
    """Decree 30/2020/NĐ-CP: đ after d, no f."""
    assert [point(n) for n in range(1, 8)] == ["a", "b", "c", "d", "đ", "e", "g"]
    assert point(24) == "aa"


def test_numbers_start_again_under_each_higher_one():
    numbering = Numbering()

    labels = [
        numbering.next(level)
        for level in (
            Level.PART,
            Level.CLAUSE,
            Level.POINT,
            Level.POINT,
            Level.DASH,
            Level.CLAUSE,
            Level.POINT,
            Level.PART,
            Level.CLAUSE,
        )
    ]

    assert labels == ["I.", "1.", "a)", "b)", "-", "2.", "a)", "II.", "1."]
