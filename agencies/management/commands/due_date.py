"""`manage.py due_date START "EXPRESSION"`: a deadline and its arithmetic as JSON (domain 3.6)."""

import json
import sys
from argparse import ArgumentParser
from collections.abc import Iterable, Iterator

from django.core.management.base import BaseCommand
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from agencies.deadlines import (
    Calendar,
    DayOff,
    Deadline,
    DeadlineRefused,
    OffCode,
    parse,
    read_start,
)

WEEKEND = {OffCode.SATURDAY: gettext_lazy("Saturday"), OffCode.SUNDAY: gettext_lazy("Sunday")}


def as_json(deadline: Deadline) -> dict:
    """The deadline for a program to read: ISO days, `due_at` exclusive with its offset."""
    return {
        "due_at": deadline.due_at.isoformat(),
        "last_day": deadline.last_day.isoformat(),
        "counted": [day.isoformat() for day in deadline.counted],
        "skipped": [
            {"day": off.day.isoformat(), "reason": reason(off)} for off in deadline.skipped
        ],
        "rolled_from": deadline.rolled_from.isoformat() if deadline.rolled_from else None,
        "kind": str(deadline.kind),
        "start": deadline.start.isoformat(),
        "begins_on": deadline.begins_on.isoformat(),
        "warnings": [str(warning) for warning in deadline.warnings],
    }


def reason(off: DayOff) -> str:
    """Why nobody works that day: the holiday's name, or the day of the weekend."""
    return off.name or str(WEEKEND.get(off.code, _("day off")))


def answer(start: str, expression: str, calendar: Calendar) -> dict:
    """The deadline as JSON values, or {"error": …} in the language in force."""
    start, expression = (text.encode(errors="replace").decode() for text in (start, expression))
    try:
        return as_json(parse(expression, read_start(start.strip()), calendar))
    except DeadlineRefused as refused:
        return {"error": _(refused.message) % refused.params}


def answers(lines: Iterable[str], calendar: Calendar) -> Iterator[dict]:
    """One answer for each START<TAB>EXPRESSION line; blank lines are passed over."""
    for line in lines:
        if line.strip():
            start, _tab, expression = line.rstrip("\r\n").partition("\t")
            yield answer(start, expression, calendar)


class Command(BaseCommand):
    """Reads the shipped national calendar: needs no server and no database."""

    help = "Print the due date of a Vietnamese deadline expression as JSON."
    requires_system_checks = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Declare START and EXPRESSION."""
        parser.add_argument(
            "start",
            metavar="START",
            help="day or moment the term is counted from (2023-06-30 or 2023-06-30T16:00); "
            "“-” reads START<TAB>EXPRESSION lines from the standard input",
        )
        parser.add_argument("expression", metavar="EXPRESSION", nargs="?", default="")

    def handle(self, *args: object, **options: object) -> None:
        """Print one JSON object, or one a line; a single refusal exits with 1."""
        calendar = Calendar.national()
        if options["start"] == "-":
            sys.stdin.reconfigure(encoding="utf-8", errors="replace")
            for found in answers(sys.stdin, calendar):
                self._print(found)
            return
        found = answer(options["start"], options["expression"], calendar)
        self._print(found)
        if "error" in found:
            sys.exit(1)

    def _print(self, found: dict) -> None:
        self.stdout.write(json.dumps(found, ensure_ascii=False))
