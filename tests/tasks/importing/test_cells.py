"""What single cells say: deadlines, days, shares, states, marks."""

from datetime import date

import pytest

from agencies.deadlines import Calendar
from tasks.importing.cells import Told, day_of, due_of, is_key, percent_of, state_of

CALENDAR = Calendar.national()
TODAY, GIVEN = date(2026, 11, 26), date(2026, 10, 12)


@pytest.mark.parametrize(
    ("text", "start", "last_day"),
    [
        ("20/12/2026", None, date(2026, 12, 20)),
        ("trước ngày 20/12/2026", None, date(2026, 12, 19)),
        ("2026-12-20", None, date(2026, 12, 20)),
        ("46376", None, date(2026, 12, 20)),
        ("20/12/2026 (gia hạn lần 2)", None, date(2026, 12, 20)),
        ("20/12/2026\nđã nhắc 2 lần", None, date(2026, 12, 20)),
        ("Quý IV/2026", None, date(2026, 12, 31)),
        ("20/12", GIVEN, date(2026, 12, 20)),
        ("05 ngày làm việc", GIVEN, date(2026, 10, 19)),
        ("05 ngày làm việc kể từ ngày 12/10/2026", None, date(2026, 10, 19)),
    ],
)
def test_deadlines_as_lists_write_them(text, start, last_day) -> None:
    """Rules 3.2, 3.3: a day, a period, a term from the day the work was given."""
    assert due_of(text, start, TODAY, CALENDAR).deadline.last_day == last_day


@pytest.mark.parametrize("text", ["05 ngày làm việc", "20/12", "Tháng 12", "tháng sau"])
def test_what_depends_on_the_day_given_is_not_counted_from_today(text) -> None:
    """Rule 3.3: a term has a start; today is not it."""
    assert due_of(text, None, TODAY, CALENDAR).needs_start


@pytest.mark.parametrize("text", ["", "Không", "Không xác định", "Thường xuyên", "Khẩn trương"])
def test_words_without_a_day_leave_the_work_undated(text) -> None:
    """Rule 5.11: undated work gets a review day."""
    assert due_of(text, None, TODAY, CALENDAR).is_undated


@pytest.mark.parametrize(
    ("text", "code"),
    [("31/11/2026", "no_such_day"), ("hằng tháng", "recurring"), ("sớm nhất", "not_understood")],
)
def test_what_is_no_deadline_says_why(text, code) -> None:
    """Rule 3.6: nonsense is refused."""
    assert due_of(text, GIVEN, TODAY, CALENDAR).refused.code == code


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("12/10/2026", GIVEN),
        ("Công văn số 512/UBND-VP ngày 12/10/2026", GIVEN),
        ("ngày 12 tháng 10 năm 2026", GIVEN),
        ("512/UBND-VP", None),
        ("12/10", None),
    ],
)
def test_the_day_given_is_read_from_its_cell_or_the_document(text, day) -> None:
    """Terms are counted from it (rule 3.3)."""
    assert day_of(text, CALENDAR) == day


@pytest.mark.parametrize(
    ("text", "percent"),
    [("50%", 50), ("50", 50), ("0,5", 50), ("1", 1), ("100%", 100), ("120", None), ("xong", None)],
)
def test_shares_done(text, percent) -> None:
    """Excel keeps 50% as 0.5; a bare 1 is one per cent."""
    assert percent_of(text) == percent


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("", Told.NOTHING),
        ("Chưa thực hiện", Told.NOT_BEGUN),
        ("Chưa hoàn thành, quá hạn", Told.NOT_BEGUN),
        ("Quá hạn", Told.NOT_BEGUN),
        ("Đang thực hiện, quá hạn", Told.GOING_ON),
        ("Cơ bản hoàn thành", Told.GOING_ON),
        ("Đã có văn bản số 12/TC-KH gửi các xã", Told.GOING_ON),
        ("Hoàn thành", Told.DONE),
        ("Đã hoàn thành trễ hạn", Told.DONE),
        ("Tạm dừng", Told.STOPPED),
    ],
)
def test_states_in_the_words_of_lists(text, told) -> None:
    """data/papers, section 4: "chưa hoàn thành" is not done, "quá hạn" says nothing of done."""
    assert state_of(text) is told


@pytest.mark.parametrize(
    ("text", "key"), [("x", True), ("Trọng tâm", True), ("★", True), ("", False),
                      ("Thường", False), ("Nhóm 2", None)],
)  # fmt: skip
def test_marks_of_key_tasks(text, key) -> None:
    """Rule 5.1: priority is normal or key."""
    assert is_key(text) is key
