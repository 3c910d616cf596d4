"""What holds for every start and every expression (domain 3)."""

import json
import time
from datetime import date, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from agencies.deadlines import (
    ZONE,
    Calendar,
    Deadline,
    DeadlineRefused,
    Kind,
    Recurrence,
    StepKind,
    by_day,
    by_term,
    explain,
    last_day_in_time,
    local_midnight_after,
    parse,
    parse_recurrence,
    recount,
)

NATIONAL = Calendar.national()
DAYS = st.dates(date(2022, 12, 1), date(2026, 12, 1))
MOMENTS = st.datetimes(datetime(2022, 12, 1), datetime(2026, 12, 1), timezones=st.just(ZONE))
STARTS = DAYS | MOMENTS
TERMS = st.builds(
    lambda count, unit, tail: f"{count:02} {unit}{tail}",
    st.integers(1, 40),
    st.sampled_from(["ngày", "ngày làm việc", "tuần", "tháng"]),
    st.sampled_from(["", " kể từ ngày ký", " kể từ ngày nhận được văn bản"]),
)
NAMED = st.sampled_from(
    [
        "trước ngày 30/6",
        "chậm nhất ngày 15/02",
        "tháng 4",
        "quý II",
        "cuối năm",
        "trong tháng",
        "6 tháng đầu năm",
        "trước ngày 01/01",
        "ngày 29/2",
        "giữa tháng sau",
        "trong ngày",
    ]
)
VOCABULARY = """
trước ngày tháng năm quý tuần giờ h chậm nhất là đến hết trong hạn thời vòng kể từ nhận ký
05 30/6/2023 31/6 30/6 2023 III 16 00 0 -1 làm việc đầu giữa cuối nửa mười lăm năm hai
(năm) hằng mỗi định kỳ cuối nay sau thứ Sáu chủ nhật không quá hôm mai xong / . :
"""
WORDS = st.lists(st.sampled_from(VOCABULARY.split()), max_size=14).map(" ".join)


def day_of(start: date | datetime) -> date:
    """The local day of a start."""
    return start.date() if isinstance(start, datetime) else start


@given(TERMS, STARTS)
def test_a_term_never_ends_on_a_day_off(expression, start):
    """Rule 3.3: terms roll to the end of the next working day."""
    deadline = parse(expression, start, NATIONAL)

    assert deadline.kind is Kind.TERM
    assert NATIONAL.is_working(deadline.last_day)
    assert deadline.last_day > day_of(start)


@given(TERMS | NAMED, STARTS)
def test_a_day_is_due_at_its_local_midnight(expression, start):
    """Rule 3.1: due_at and the last day in time say the same."""
    deadline = parse(expression, start, NATIONAL)

    assert deadline.due_at == local_midnight_after(deadline.last_day)
    assert deadline.due_at.utcoffset() == timedelta(hours=7)
    assert last_day_in_time(deadline.due_at) == deadline.last_day


@given(TERMS | NAMED, DAYS, st.integers(0, 60))
def test_a_later_day_never_gives_an_earlier_deadline(expression, day, days):
    """Rule 3.3: monotone in the start."""
    sooner = parse(expression, day, NATIONAL)
    later = parse(expression, day + timedelta(days=days), NATIONAL)

    assert sooner.due_at <= later.due_at


@given(TERMS, MOMENTS, st.integers(0, 90_000))
def test_a_later_moment_never_gives_an_earlier_deadline(expression, moment, seconds):
    """Rule 3.4: receipt after hours included."""
    sooner = parse(expression, moment, NATIONAL)
    later = parse(expression, moment + timedelta(seconds=seconds), NATIONAL)

    assert sooner.due_at <= later.due_at


@given(NAMED, DAYS)
def test_a_missing_year_is_never_past(expression, start):
    """Rule 3.2: the first year whose last day in time is not before the start."""
    assert parse(expression, start, NATIONAL).last_day >= start


@given(DAYS, DAYS)
def test_a_named_day_never_moves(day, start):
    """Rule 3.2: a named day does not move when it is a day off, in any wording."""
    assert by_day(day, start, NATIONAL).last_day == day
    for wording in ("chậm nhất ngày %d/%m/%Y", "đến hết ngày %d tháng %m năm %Y"):
        assert parse(day.strftime(wording), start, NATIONAL).last_day == day
    before = parse(day.strftime("trước ngày %d/%m/%Y"), start, NATIONAL)
    assert before.last_day == day - timedelta(days=1)


@given(st.integers(1, 60), STARTS, st.booleans())
def test_working_days_counted_and_skipped_are_all_the_days(count, start, from_receipt):
    """Rule 3.6: every day from the start to the last is counted or skipped, with its reason."""
    deadline = by_term(count, "working_day", start, NATIONAL, from_receipt=from_receipt)

    counted, skipped = set(deadline.counted), {off.day for off in deadline.skipped}
    first = deadline.begins_on + timedelta(days=1)
    between = {first + timedelta(days=n) for n in range((deadline.last_day - first).days + 1)}
    assert len(deadline.counted) == count
    assert not counted & skipped
    assert between <= counted | skipped
    assert all(map(NATIONAL.is_working, counted))
    assert not any(map(NATIONAL.is_working, skipped))


@given(TERMS, STARTS)
def test_a_roll_passes_only_days_off(expression, start):
    """Rule 3.6: the roll shows each day off it passed, the term's own last day first."""
    deadline = parse(expression, start, NATIONAL)

    if deadline.rolled:
        passed = [off.day for off in deadline.skipped if off.day >= deadline.rolled_from]
        assert passed[0] == deadline.rolled_from == deadline.counted[-1]
        assert passed[-1] == deadline.last_day - timedelta(days=1)
        assert len(passed) == (deadline.last_day - deadline.rolled_from).days
    else:
        assert deadline.counted[-1] == deadline.last_day


@given(TERMS | NAMED, STARTS)
def test_the_arithmetic_is_kept_whole(expression, start):
    """Rule 3.6: the frozen arithmetic survives its column."""
    deadline = parse(expression, start, NATIONAL)

    kept = Deadline.from_json(json.loads(json.dumps(deadline.to_json())))

    assert kept == deadline
    assert explain(kept) == explain(deadline)


@given(TERMS, STARTS)
def test_the_explanation_tells_every_step_in_order(expression, start):
    """Rule 3.6: start, each day counted, each skipped, the roll."""
    deadline = parse(expression, start, NATIONAL)
    steps = explain(deadline)

    def days(kind: StepKind) -> list[date]:
        return [step.day for step in steps if step.kind is kind]

    assert steps[0].kind is StepKind.START
    assert [step.day for step in steps] == sorted(step.day for step in steps)
    assert days(StepKind.COUNTED) == list(deadline.counted)
    assert days(StepKind.SKIPPED) == [off.day for off in deadline.skipped]
    assert bool(days(StepKind.ROLL)) == deadline.rolled
    assert bool(days(StepKind.RECEIVED)) == (deadline.begins_on != deadline.start_day)
    assert steps[-1].day == deadline.last_day


@given(TERMS, STARTS, st.sets(DAYS, max_size=40), st.sets(DAYS, max_size=10))
def test_a_changed_calendar_never_moves_a_deadline_earlier(expression, start, off, worked):
    """Rule 3.5: open deadlines move later or not at all."""
    deadline = parse(expression, start, NATIONAL)
    changed = Calendar(dict.fromkeys(off, "x"), dict.fromkeys(worked, "x"), frozenset({2024}))

    moved = recount(deadline, changed)

    assert moved.due_at >= deadline.due_at
    assert moved is deadline or moved.due_at > deadline.due_at


@given(st.integers(1, 40), st.sampled_from(["day", "working_day", "week", "month"]), STARTS)
def test_a_term_from_a_form_can_be_recounted(count, unit, start):
    """Rule 3.5: a term given by number has words that mean the same."""
    deadline = by_term(count, unit, start, NATIONAL)

    assert parse(deadline.expression, start, NATIONAL) == deadline


@settings(max_examples=300)
@given(st.text(max_size=60) | WORDS, STARTS)
def test_no_text_does_worse_than_being_refused(text, start):
    """Rule 3.6: nonsense is refused, never a crash."""
    for read in (lambda: parse(text, start, NATIONAL), lambda: parse_recurrence(text)):
        try:
            found = read()
        except DeadlineRefused as refused:
            assert str(refused)
        else:
            assert isinstance(found, Deadline | Recurrence)


@pytest.mark.parametrize(
    "text",
    [
        "chậm nhất " + "đến hết " * 60 + "x",
        "là " * 160 + "x",
        "trong sau " * 50,
        "năm " * 120,
        "báo cáo " * 60,
        "trước " * 80,
        "ngày " * 95,
        "chậm nhất là " * 38,
    ],
)
def test_a_text_made_to_hurt_is_refused_at_once(text):
    """Traps: a parser that can hang is a door; a second is far more than it needs."""
    before = time.perf_counter()

    for read in (lambda: parse(text, date(2023, 5, 22), NATIONAL), lambda: parse_recurrence(text)):
        with pytest.raises(DeadlineRefused):
            read()

    assert time.perf_counter() - before < 1
