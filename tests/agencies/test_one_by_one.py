"""A job over many things: one that fails holds up no other, and is not silent."""

import logging

import pytest

from agencies.one_by_one import each_on_its_own


def test_what_fails_holds_up_no_other_and_is_raised_after_the_last(caplog) -> None:
    """Standards: no silent failure, nothing lost."""
    done: list[int] = []

    def act(number: int) -> int:
        if number % 2:
            raise ValueError(f"{number} is odd")
        done.append(number)
        return number

    with caplog.at_level(logging.ERROR), pytest.raises(ExceptionGroup) as raised:
        each_on_its_own([1, 2, 3, 4], act)

    assert done == [2, 4]
    assert [str(error) for error in raised.value.exceptions] == ["1 is odd", "3 is odd"]
    assert [record.getMessage() for record in caplog.records] == [
        "act failed for 1",
        "act failed for 3",
    ]


def test_where_nothing_fails_the_results_come_in_order() -> None:
    """Each thing's own result, as the things stand."""
    assert each_on_its_own("abc", str.upper) == ["A", "B", "C"]
