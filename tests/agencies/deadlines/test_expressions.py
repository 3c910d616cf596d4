"""Deadlines as directives write them (domain 3.1 to 3.4, 3.6)."""

import unicodedata
from datetime import date, datetime, time

import pytest

from agencies.deadlines import ZONE, Calendar, DeadlineRefused, Warned, parse

NATIONAL = Calendar.national()
START = date(2023, 5, 22)  # a Monday


def last_day(expression: str, start: date | datetime = START) -> str:
    """The last day in time, as ISO."""
    return parse(expression, start, NATIONAL).last_day.isoformat()


@pytest.mark.parametrize(
    ("expression", "expected"),
    [
        ("trước ngày 30/6/2023", "2023-06-29"),
        ("xong trước ngày 20 tháng 6 năm 2023", "2023-06-19"),
        ("Trước ngày 30 tháng 06 năm 2023./.", "2023-06-29"),
        ("hoàn thành trước ngày 10/12/2023", "2023-12-09"),
        ("chậm nhất trước ngày 30/6/2023", "2023-06-29"),
        ("trước ngày 01/01/2024", "2023-12-31"),
        ("trước tháng 7/2023", "2023-06-30"),
        ("trước quý IV/2023", "2023-09-30"),
        ("trước năm 2025", "2024-12-31"),
        ("trước ngày mùng 5 tháng sáu", "2023-06-04"),
        ("báo cáo UBND huyện (qua Văn phòng) trước ngày 30/6/2023 để tổng hợp", "2023-06-29"),
    ],
)
def test_before_a_day_ends_on_the_day_before(expression, expected):
    """Rule 3.2: "trước ngày D" leaves D - 1 as the last day in time."""
    assert last_day(expression) == expected


@pytest.mark.parametrize(
    "expression",
    [
        "chậm nhất ngày 30/6/2023",
        "chậm nhất là ngày 30/6/2023",
        "chậm nhất đến ngày 30 tháng 6 năm 2023",
        "muộn nhất vào ngày 30/6/2023",
        "trong ngày 30/6/2023",
        "đến hết ngày 30/6/2023",
        "đến ngày 30/6/2023",
        "hạn ngày 30/6/2023",
        "hạn cuối: 30/6/2023",
        "không quá ngày 30/6/2023",
        "trước hoặc trong ngày 30/6/2023",
        "thứ Sáu, ngày 30/6/2023",
        "ngày 30 tháng 6, 2023",
        "ngày 30.6.2023",
        "ngày 30 - 06 - 2023",
        "30/06/23",
        "từ ngày 01/6/2023 đến ngày 30/6/2023",
    ],
)
def test_on_a_day_at_the_latest_ends_on_that_day(expression):
    """Rule 3.2: "chậm nhất", "trong", "đến hết", "hạn ngày D" leave D itself."""
    assert last_day(expression) == "2023-06-30"


@pytest.mark.parametrize(
    ("expression", "expected"),
    [
        ("trong tháng 6/2023", "2023-06-30"),
        ("tháng 6 năm 2023", "2023-06-30"),
        ("tháng mười hai năm 2023", "2023-12-31"),
        ("6/2023", "2023-06-30"),
        ("trong tháng 2/2024", "2024-02-29"),
        ("trong tháng", "2023-05-31"),
        ("tháng sau", "2023-06-30"),
        ("quý III/2023", "2023-09-30"),
        ("quý III năm 2023", "2023-09-30"),
        ("Xong trong Quý II/2026", "2026-06-30"),
        ("quí 4", "2023-12-31"),
        ("Quý II - 2026", "2026-06-30"),
        ("hết quý", "2023-06-30"),
        ("năm 2023", "2023-12-31"),
        ("cuối năm 2023", "2023-12-31"),
        ("hết năm 2025", "2025-12-31"),
        ("giữa năm", "2023-06-30"),
        ("giữa năm 2024", "2024-06-30"),
        ("6 tháng đầu năm", "2023-06-30"),
        ("sáu tháng đầu năm 2024", "2024-06-30"),
        ("9 tháng đầu năm 2023", "2023-09-30"),
        ("6 tháng cuối năm", "2023-12-31"),
        ("đầu tháng 7/2023", "2023-07-01"),
        ("giữa tháng 7", "2023-07-15"),
        ("cuối tháng 7 năm 2023", "2023-07-31"),
        ("cuối tháng", "2023-05-31"),
        ("trong ngày", "2023-05-22"),
        ("trước 17 giờ 00 ngày mai", "2023-05-23"),
    ],
)
def test_a_named_period_ends_on_its_last_day(expression, expected):
    """Rule 3.2: months, quarters, years and their parts (Civil Code arts. 146, 148)."""
    assert last_day(expression) == expected


@pytest.mark.parametrize(
    ("expression", "start", "expected"),
    [
        ("chậm nhất ngày 15/7", date(2023, 5, 22), "2023-07-15"),
        ("chậm nhất ngày 15/3", date(2023, 5, 22), "2024-03-15"),
        ("chậm nhất ngày 22/5", date(2023, 5, 22), "2023-05-22"),
        ("trước ngày 01/01", date(2023, 12, 20), "2023-12-31"),
        ("trước ngày 29/2", date(2025, 1, 1), "2028-02-28"),
        ("tháng 3", date(2023, 11, 2), "2024-03-31"),
        ("quý I", date(2023, 11, 2), "2024-03-31"),
        ("ngày 15 tháng sau", date(2023, 12, 20), "2024-01-15"),
    ],
)
def test_a_missing_year_is_the_first_not_yet_past(expression, start, expected):
    """Rule 3.2, house choice: the first year whose last day in time is not before the start."""
    assert last_day(expression, start) == expected


@pytest.mark.parametrize(
    ("expression", "hour"),
    [
        ("trước 16 giờ 00 ngày 05/02/2024", "2024-02-05T16:00:00+07:00"),
        ("trước 16h00 ngày 05/02/2024", "2024-02-05T16:00:00+07:00"),
        ("trước 16g00 thứ Hai (ngày 05/02/2024)", "2024-02-05T16:00:00+07:00"),
        ("16h ngày 05/02/2024", "2024-02-05T16:00:00+07:00"),
        ("trước 16:30, ngày 05 tháng 02 năm 2024", "2024-02-05T16:30:00+07:00"),
        ("trước 16 giờ 30 phút ngày 05/02/2024", "2024-02-05T16:30:00+07:00"),
        ("ngày 05/02/2024, trước 4 giờ chiều", "2024-02-05T16:00:00+07:00"),
        ("trước 16 giờ 00 ngày thứ Sáu", "2023-05-26T16:00:00+07:00"),
    ],
)
def test_an_hour_of_a_day_is_that_instant(expression, hour):
    """Rule 3.1: "trước 16 giờ 00 ngày …" is that instant, exclusive."""
    deadline = parse(expression, START, NATIONAL)

    assert deadline.kind == "instant"
    assert deadline.due_at.isoformat() == hour


def test_hours_may_name_the_moment_they_run_from():
    """Rule 3.3: from the moment, wherever it is written."""
    deadline = parse("24 giờ kể từ 08 giờ 30 ngày 05/6/2023", START, NATIONAL)

    assert deadline.due_at == datetime(2023, 6, 6, 8, 30, tzinfo=ZONE)


def test_a_weekday_is_held_against_the_year_found():
    """Rule 3.2: the missing year is settled first, then the weekday must agree."""
    assert last_day("thứ Năm, ngày 15/02", date(2023, 11, 2)) == "2024-02-15"
    with pytest.raises(DeadlineRefused):
        last_day("thứ Hai, ngày 30/6", START)


def test_twenty_four_hundred_is_the_end_of_the_day():
    """Rule 3.1: 24:00 of a day is the next midnight."""
    deadline = parse("trước 24 giờ 00 ngày 30/6/2023", START, NATIONAL)

    assert deadline.kind == "day"
    assert deadline.last_day == date(2023, 6, 30)


@pytest.mark.parametrize(
    ("expression", "start", "expected"),
    [
        ("05 ngày làm việc kể từ ngày nhận", date(2023, 5, 22), "2023-05-29"),
        ("05 ngày làm việc", date(2023, 4, 26), "2023-05-08"),
        ("năm ngày làm việc", date(2023, 5, 22), "2023-05-29"),
        ("trong thời hạn 10 ngày kể từ ngày ký", date(2023, 5, 22), "2023-06-01"),
        ("trong vòng mười lăm ngày", date(2023, 5, 22), "2023-06-06"),
        ("10 (mười) ngày", date(2023, 5, 22), "2023-06-01"),
        ("không quá 05 (năm) ngày (làm việc)", date(2023, 5, 22), "2023-05-29"),
        ("chậm nhất sau 03 ngày làm việc kể từ ngày kết thúc", date(2023, 5, 22), "2023-05-25"),
        ("một trăm hai mươi ngày", date(2023, 5, 22), "2023-09-19"),
        ("02 tuần", date(2023, 5, 22), "2023-06-05"),
        ("nửa tháng", date(2023, 5, 22), "2023-06-06"),
        ("nửa năm", date(2023, 5, 22), "2023-11-22"),
        ("01 tháng kể từ ngày ban hành", date(2023, 5, 22), "2023-06-22"),
        ("01 tháng", date(2024, 1, 31), "2024-02-29"),
        ("06 tháng", date(2023, 5, 22), "2023-11-22"),
        ("01 năm", date(2023, 5, 22), "2024-05-22"),
        ("01 năm", date(2024, 2, 29), "2025-02-28"),
        ("05 ngày làm việc kể từ ngày 01/6/2023", date(2023, 5, 22), "2023-06-08"),
        ("03 ngày làm việc", date(2024, 4, 26), "2024-05-04"),
        ("05 ngày làm việc kể từ ngày 01/6", date(2023, 6, 5), "2023-06-08"),
        ("05 ngày làm việc kể từ ngày 28/12", date(2024, 1, 5), "2024-01-05"),
        ("05 ngày làm việc sau ngày 01/6/2023", date(2023, 5, 22), "2023-06-08"),
        ("10 ngày kể từ hôm nay", date(2023, 5, 22), "2023-06-01"),
    ],
)
def test_a_term_is_counted_from_the_day_after_its_start(expression, start, expected):
    """Rule 3.3: the starting day is not counted (Civil Code art. 147)."""
    assert last_day(expression, start) == expected


@pytest.mark.parametrize(
    ("expression", "start", "expected"),
    [
        ("05 ngày", date(2023, 5, 22), "2023-05-29"),
        ("10 ngày", date(2023, 4, 19), "2023-05-04"),
        ("02 tuần", date(2023, 5, 20), "2023-06-05"),
        ("01 tháng", date(2023, 5, 10), "2023-06-12"),
        ("01 năm", date(2023, 4, 30), "2024-05-02"),
    ],
)
def test_a_term_ending_on_a_day_off_rolls(expression, start, expected):
    """Rule 3.3: the end of the next working day (Civil Code art. 148)."""
    deadline = parse(expression, start, NATIONAL)

    assert deadline.last_day.isoformat() == expected
    assert deadline.rolled


def test_hours_run_from_the_moment():
    """Rule 3.3: "24 giờ" is by the clock, day and night, without a roll."""
    deadline = parse("24 giờ", datetime(2023, 6, 9, 18, 30), NATIONAL)

    assert deadline.due_at == datetime(2023, 6, 10, 18, 30, tzinfo=ZONE)
    assert deadline.warnings == (Warned.DAY_OFF,)


@pytest.mark.parametrize(
    ("start", "begins_on", "expected"),
    [
        (datetime(2023, 6, 5, 17, 0), "2023-06-05", "2023-06-12"),
        (datetime(2023, 6, 5, 17, 1), "2023-06-06", "2023-06-13"),
        (datetime(2023, 6, 9, 18, 0), "2023-06-12", "2023-06-19"),
        (datetime(2023, 6, 10, 9, 0), "2023-06-12", "2023-06-19"),
        (date(2023, 6, 10), "2023-06-12", "2023-06-19"),
        (date(2023, 6, 5), "2023-06-05", "2023-06-12"),
    ],
)
def test_what_arrives_late_counts_as_received_the_next_working_day(start, begins_on, expected):
    """Rule 3.4: after 17:00 or on a day off, for terms from receipt."""
    deadline = parse("05 ngày làm việc kể từ ngày nhận được văn bản", start, NATIONAL)

    assert deadline.begins_on.isoformat() == begins_on
    assert deadline.last_day.isoformat() == expected


@pytest.mark.parametrize("tail", ["kể từ ngày ký", "kể từ ngày được công nhận", ""])
def test_a_term_not_from_receipt_starts_on_its_day(tail):
    """Rule 3.4 is for terms from receipt only."""
    deadline = parse(f"05 ngày làm việc {tail}", datetime(2023, 6, 5, 18), NATIONAL)

    assert deadline.last_day == date(2023, 6, 12)


def test_the_end_of_the_office_day_is_a_setting():
    """Rule 3.4: 17:00 is a setting, and the caller may say that a term runs from receipt."""
    deadline = parse(
        "05 ngày làm việc",
        datetime(2023, 6, 5, 16, 45),
        NATIONAL,
        from_receipt=True,
        day_ends_at=time(16, 30),
    )

    assert deadline.last_day == date(2023, 6, 13)


@pytest.mark.parametrize(
    ("expression", "code"),
    [
        ("", "empty"),
        (" ./. ", "empty"),
        ("sớm nhất có thể", "not_understood"),
        ("trước ngày 30/6/2023 và ngày 30/9/2023", "not_understood"),
        ("15 ngày trước ngày 30/6/2023", "not_understood"),
        ("1,5 ngày", "not_understood"),
        ("trong tuần này", "not_understood"),
        ("năm", "not_understood"),
        ("hạn tháng", "not_understood"),
        ("trước quý", "not_understood"),
        ("mười không ngày", "not_understood"),
        ("10 ngày kể từ ngày ký, chậm nhất ngày 30/6/2023", "two_deadlines"),
        ("từ ngày 01/7/2023", "not_a_deadline"),
        ("sau ngày 30/6/2023", "not_a_deadline"),
        ("Đến năm 2025", "ambiguous"),
        ("trước ngày 20 hằng tháng", "recurring"),
        ("định kỳ hàng quý", "recurring"),
        ("31/6", "no_such_day"),
        ("trước ngày 29/2/2023", "no_such_day"),
        ("ngày 32/1/2023", "no_such_day"),
        ("tháng 13/2023", "no_such_day"),
        ("quý V/2023", "no_such_day"),
        ("từ ngày 30/6/2023 đến ngày 01/6/2023", "no_such_day"),
        ("trước 25 giờ ngày 30/6/2023", "no_such_hour"),
        ("trước ngày 20", "no_month"),
        ("thứ Hai, ngày 30/6/2023", "weekday_differs"),
        ("0 ngày", "not_positive"),
        ("00 ngày làm việc", "not_positive"),
        ("không ngày", "not_positive"),
        ("-3 ngày", "not_positive"),
        ("\u22123 ngày", "not_positive"),
        ("99999 ngày", "too_long"),
        ("10 (năm) ngày", "numbers_differ"),
        ("02 giờ làm việc", "working_hours"),
        ("24 giờ", "no_moment"),
        ("30/6/0023", "out_of_range"),
        ("trước ngày 1/1/2300", "out_of_range"),
        ("x" * 1000, "not_understood"),
    ],
)
def test_nonsense_is_refused_with_its_reason(expression, code):
    """Rule 3.6: zero, negative and nonsense terms are refused."""
    with pytest.raises(DeadlineRefused) as refused:
        parse(expression, START, NATIONAL)

    assert refused.value.code == code
    assert "%(" not in str(refused.value)


@pytest.mark.parametrize(
    "spoil",
    [
        lambda text: unicodedata.normalize("NFD", text),
        str.upper,
        lambda text: text.replace(" ", "\u00a0"),
        lambda text: text.replace(" ", "\u3000 "),
        lambda text: f"“{text};”",
        lambda text: text.replace("30/6", "\uff13\uff10/\u200b6"),
        lambda text: text.replace("ngày", "ngày\n"),
    ],
    ids=["decomposed", "capitals", "unbreakable", "full-width", "quoted", "digits", "broken line"],
)
def test_spoiled_text_reads_the_same(spoil):
    """Rule 4.7: what page breaks and fonts did to the text does not matter."""
    assert last_day(spoil("chậm nhất ngày 30/6/2023")) == "2023-06-30"


def test_a_named_day_off_warns_and_stays():
    """Rule 3.2: a named day does not move; the form warns."""
    deadline = parse("chậm nhất ngày 01/5/2023", date(2023, 4, 3), NATIONAL)

    assert deadline.last_day == date(2023, 5, 1)
    assert deadline.warnings == (Warned.DAY_OFF,)


def test_a_day_already_past_warns():
    """Rule 3.2: a directive may arrive after its own deadline; the form warns."""
    assert Warned.BEFORE_START in parse("trước ngày 05/5/2023", START, NATIONAL).warnings


def test_a_term_into_an_unconfirmed_year_warns():
    """Rule 3.5: its days off are not known yet."""
    deadline = parse("30 ngày làm việc", date(2026, 12, 1), NATIONAL)

    assert deadline.warnings == (Warned.UNCONFIRMED_YEAR,)
