"""The numbers before headings and items: I. 1. a) and the dash."""

from enum import IntEnum

_ROMAN = ((10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"))
_POINTS = "abcdđeghiklmnopqrstuvxy"
"""Points follow the Vietnamese alphabet: đ after d; no f, j, w, z."""


class Level(IntEnum):
    """How deep a heading or an item stands in the body."""

    PART = 1
    CLAUSE = 2
    POINT = 3
    DASH = 4


def roman(number: int) -> str:
    """`IV` for 4: numbers of parts and of appendices."""
    text = ""
    for value, letters in _ROMAN:
        times, number = divmod(number, value)
        text += letters * times
    return text


def point(number: int) -> str:
    """`đ` for 5; past the alphabet letters are doubled (`aa`)."""
    times, place = divmod(number - 1, len(_POINTS))
    return _POINTS[place] * (times + 1)


class Numbering:
    """Counts headings and items of one text; a number starts again under each higher one."""

    def __init__(self) -> None:
        self._reached = dict.fromkeys(Level, 0)

    def next(self, level: Level) -> str:
        """Count one more heading or item at this level; its label."""
        if level is Level.DASH:
            return "-"
        self._reached[level] += 1
        for deeper in Level:
            if deeper > level:
                self._reached[deeper] = 0
        number = self._reached[level]
        match level:
            case Level.PART:
                return f"{roman(number)}."
            case Level.CLAUSE:
                return f"{number}."
            case _:
                return f"{point(number)})"
