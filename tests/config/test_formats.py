"""Dates as this country writes them, in both languages (traps.md)."""

from datetime import date, datetime, time

import pytest
from django import forms
from django.utils import formats, translation


@pytest.fixture(params=["vi", "en"])
def language(request):
    with translation.override(request.param):
        yield request.param


@pytest.mark.parametrize(
    ("typed", "day"),
    [
        ("20/05/2023", date(2023, 5, 20)),
        ("05/06/2023", date(2023, 6, 5)),
        ("5/6/2023", date(2023, 6, 5)),
        ("05-06-2023", date(2023, 6, 5)),
        ("2023-06-05", date(2023, 6, 5)),
    ],
)
def test_a_typed_day_is_read_day_first(language, typed, day):
    assert forms.DateField().clean(typed) == day


@pytest.mark.parametrize(
    ("typed", "moment"),
    [
        ("20/05/2023 16:00", (2023, 5, 20, 16, 0)),
        ("16:00 20/05/2023", (2023, 5, 20, 16, 0)),
        ("2023-06-05T07:30", (2023, 6, 5, 7, 30)),
    ],
)
def test_a_typed_moment_is_read_day_first(language, typed, moment):
    read = forms.DateTimeField().clean(typed)

    assert (read.year, read.month, read.day, read.hour, read.minute) == moment


@pytest.mark.parametrize("typed", ["31/02/2023", "05/20/2023", "2023", "mai"])
def test_what_is_no_day_is_refused(language, typed):
    with pytest.raises(forms.ValidationError):
        forms.DateField().clean(typed)


def test_days_are_shown_day_first(language):
    assert formats.date_format(date(2023, 6, 5)) == "05/06/2023"
    assert formats.date_format(date(2023, 6, 5), "SHORT_DATE_FORMAT") == "05/06/2023"


def test_hours_run_to_23(language):
    assert formats.time_format(time(16, 5)) == "16:05"
    assert formats.date_format(datetime(2023, 6, 5, 16, 5), "DATETIME_FORMAT") == "16:05 05/06/2023"


def test_the_week_begins_on_monday(language):
    assert formats.get_format("FIRST_DAY_OF_WEEK") == 1


def test_a_month_is_named():
    with translation.override("vi"):
        assert formats.date_format(date(2023, 6, 5), "YEAR_MONTH_FORMAT") == "tháng 06/2023"
