"""`manage.py due_date` (domain 3.6)."""

import io
import json

import pytest
from django.core.management import call_command
from django.utils import translation

from agencies.deadlines import Calendar, DeadlineRefused
from agencies.deadlines.refusals import MESSAGES
from agencies.management.commands.due_date import answers


def printed(*arguments: str) -> dict:
    """What the command prints, read back."""
    out = io.StringIO()
    call_command("due_date", *arguments, stdout=out)
    return json.loads(out.getvalue())


def test_it_prints_the_arithmetic():
    """Rule 3.6: due_at, last_day, counted, skipped; no database is there to ask."""
    with translation.override("vi"):
        found = printed("2023-04-28", "02 ngày làm việc kể từ ngày nhận")

    assert found["due_at"] == "2023-05-06T00:00:00+07:00"
    assert found["last_day"] == "2023-05-05"
    assert found["counted"] == ["2023-05-04", "2023-05-05"]
    assert found["skipped"][0] == {"day": "2023-04-29", "reason": "Giỗ Tổ Hùng Vương"}
    assert [off["day"] for off in found["skipped"]] == [
        "2023-04-29",
        "2023-04-30",
        "2023-05-01",
        "2023-05-02",
        "2023-05-03",
    ]


def test_it_names_the_weekend_it_skips():
    """Rule 3.6: each skipped day says why."""
    with translation.override("en"):
        found = printed("2023-06-09", "01 ngày làm việc")

    assert found["skipped"] == [
        {"day": "2023-06-10", "reason": "Saturday"},
        {"day": "2023-06-11", "reason": "Sunday"},
    ]


def test_a_single_refusal_exits_with_one(capsys):
    """Rule 3.6: nonsense is refused."""
    out = io.StringIO()

    with pytest.raises(SystemExit) as stopped, translation.override("en"):
        call_command("due_date", "2023-06-09", "0 ngày", stdout=out)

    assert stopped.value.code == 1
    assert json.loads(out.getvalue()) == {"error": "A term must be at least 1."}


def test_lines_are_answered_one_by_one():
    """Rule 3.6: a refused line does not stop the next."""
    lines = [
        "2023-05-20\ttrước ngày 30/6/2023\n",
        "\n",
        "hôm qua\t05 ngày\n",
        "2023-06-05T18:30\t24 giờ\r\n",
        "2023-06-05\n",
    ]

    found = list(answers(lines, Calendar.national()))

    assert [answer.get("due_at") for answer in found] == [
        "2023-06-30T00:00:00+07:00",
        None,
        "2023-06-06T18:30:00+07:00",
        None,
    ]
    assert "error" in found[1] and "error" in found[3]


@pytest.mark.parametrize("code", MESSAGES)
def test_every_refusal_has_a_sentence(code):
    """Rule 3.6: a refusal says why, whatever its facts."""
    refused = DeadlineRefused(code, text="x", count="y", first=1, last=2)

    assert str(refused).endswith(".")
