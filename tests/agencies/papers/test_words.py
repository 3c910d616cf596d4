"""Numbers, days and hours as papers write them (rule 8.2)."""

from datetime import date, time
from decimal import Decimal

import pytest

from agencies.papers import words


@pytest.mark.parametrize(
    ("number", "written"),
    [(7, "07/UBND-VP"), (10, "10/UBND-VP"), (1204, "1204/UBND-VP"), (None, "     /UBND-VP")],
    ids=["below ten", "ten", "thousands without a point", "not yet numbered"],
)
def test_a_number_below_ten_takes_a_leading_zero(number, written):
    """Rule 8.2: the number line of Decree 30/2020/NĐ-CP."""
    assert words.paper_number(number, "/UBND-VP") == written


@pytest.mark.parametrize(
    ("day", "written"),
    [
        (date(2023, 1, 9), "An Lão, ngày 09 tháng 01 năm 2023"),
        (date(2023, 2, 10), "An Lão, ngày 10 tháng 02 năm 2023"),
        (date(2023, 3, 1), "An Lão, ngày 01 tháng 3 năm 2023"),
        (date(2023, 12, 31), "An Lão, ngày 31 tháng 12 năm 2023"),
    ],
)
def test_days_below_ten_and_months_one_and_two_take_a_leading_zero(day, written):
    """Rule 8.2: place and date."""
    assert words.paper_date("An Lão", day) == written


def test_a_draft_leaves_room_for_day_and_month():
    assert words.paper_date("An Lão", None, 2023) == "An Lão, ngày       tháng       năm 2023"


def test_a_day_inside_a_sentence_follows_the_same_zeros():
    assert words.short_date(date(2023, 5, 4)) == "04/5/2023"


def test_the_cut_off_names_the_last_day_counted():
    """Rule 8.7: the cut-off stands under each table's title."""
    assert words.cut_off(date(2023, 7, 14)) == "Số liệu tính đến hết ngày 14/7/2023"


def test_an_hour_is_written_in_words():
    assert words.hour(time(16, 0)) == "16 giờ 00"


@pytest.mark.parametrize(
    ("value", "written"),
    [(0, "0"), (12160, "12.160"), (Decimal("1.5"), "1,5"), (Decimal("1311.40"), "1.311,40")],
)
def test_figures_take_a_point_at_thousands_and_a_comma_at_decimals(value, written):
    assert words.figure(value) == written


def test_counts_below_ten_take_a_zero_in_prose():
    assert [words.count(n) for n in (0, 4, 10, 1250)] == ["0", "04", "10", "1.250"]


def test_a_rate_is_rounded_half_up_and_a_base_of_zero_has_none():
    """Rule 8.7: rates that cannot mislead."""
    assert words.percent(1, 8, places=1) == "12,5%"
    assert words.percent(1, 16, places=1) == "6,3%"
    assert words.percent(0, 0) == "-"
    assert (words.percent(2999, 3000), words.percent(3000, 3000)) == ("99,9%", "100,0%")


def test_texts_are_composed_and_free_of_what_xml_cannot_hold():
    assert words.clean("Ho\u0300a\x0b bi\u0300nh\x00") == "Hòa bình"
