"""`manage.py reader_report`: where the reader is weakest, from what officers corrected."""

import json
from datetime import date

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _

from agencies.deadlines import local_midnight
from tasks.directives.weak_points import FieldTally, WeakPoints, weak_points

LONGEST_VALUE = 60


class Command(BaseCommand):
    """Print the share corrected of each field, the most frequent pairs, and what was dropped."""

    help = "Show field by field where the reader's proposals were corrected."

    def add_arguments(self, parser: CommandParser) -> None:
        """From which day on, and in which form."""
        parser.add_argument("--since", help="a day, YYYY-MM-DD: corrections from then on")
        parser.add_argument("--json", action="store_true", help="print one JSON object")

    def handle(self, *args: object, **options: object) -> None:
        """Count and print."""
        found = weak_points(self._since(options["since"]))
        if options["json"]:
            self.stdout.write(json.dumps(found.to_json(), ensure_ascii=False))
            return
        self._print(found)

    def _since(self, day: str | None):
        if not day:
            return None
        try:
            return local_midnight(date.fromisoformat(day))
        except ValueError:
            raise CommandError(_("--since needs a day as YYYY-MM-DD.")) from None

    def _print(self, found: WeakPoints) -> None:
        outcomes = ", ".join(f"{name} {count}" for name, count in found.outcomes.items())
        self.stdout.write(f"directives {found.directives}; proposals: {outcomes}")
        for title, tallies in (("proposals", found.proposals), ("header", found.header)):
            self.stdout.write(f"\n{title}")
            for tally in tallies:
                self._print_field(tally)
        for kind, tallies in found.kinds.items():
            weak = [f"{t.field} {t.share:.0%}" for t in tallies if t.corrected]
            self.stdout.write(f"\n{kind}: {', '.join(weak) or 'nothing corrected'}")

    def _print_field(self, tally: FieldTally) -> None:
        self.stdout.write(f"  {tally.field:<13} {tally.corrected}/{tally.read} {tally.share:>5.0%}")
        for old, new, times in tally.to_json()["pairs"]:
            self.stdout.write(f"      {times} x  {_short(old)}  ->  {_short(new)}")


def _short(value: str) -> str:
    """A value in one line."""
    line = " ".join(value.split()) or "(blank)"
    return line if len(line) <= LONGEST_VALUE else f"{line[: LONGEST_VALUE - 1]}…"
