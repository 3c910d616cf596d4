"""`manage.py read_directive FILE --json`: what the reader makes of a file, without any server."""

import json
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError, CommandParser

from tasks.reader import Directory, UnreadableFile, read


class Command(BaseCommand):
    """Print one reading; the directory is a JSON export, so no database is asked."""

    help = "Read a directive (.docx, .pdf with text, .txt) and print its header and proposals."
    requires_system_checks = ()
    requires_migrations_checks = False

    def add_arguments(self, parser: CommandParser) -> None:
        """FILE, and where the agencies come from."""
        parser.add_argument("file", type=Path)
        parser.add_argument("--agencies", type=Path, help="a JSON export of the body's agencies")
        parser.add_argument("--json", action="store_true", help="print one JSON object")

    def handle(self, *args: object, **options: object) -> None:
        """Read the file named on the command line, in this process: it is the caller's own."""
        path: Path = options["file"]
        agencies = options["agencies"]
        directory = Directory.from_file(agencies) if agencies else Directory.from_file()
        try:
            reading = read(path.read_bytes(), path.name, directory)
        except UnreadableFile as refusal:
            raise CommandError(f"{refusal.code}: {refusal.message}") from None
        except OSError as error:
            raise CommandError(str(error)) from None
        if options["json"]:
            self.stdout.write(json.dumps(reading.to_json(), ensure_ascii=False))
            return
        self.stdout.write(f"{reading.kind} {reading.number or '?'} {reading.date or '?'}")
        for proposal in reading.proposals:
            due = proposal.deadline or proposal.recurrence or "-"
            self.stdout.write(f"{proposal.clause or '-'}\t{proposal.lead}\t{due}\t{proposal.title}")
