"""`manage.py setup_body`: what a production start needs, and no demonstration data."""

import json
from argparse import ArgumentParser
from pathlib import Path

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.utils import timezone

from agencies.functions import Function
from agencies.holidays_calendar import seed_national
from agencies.models import Agency, Post
from agencies.titles import load_titles
from tasks.directory import load


class Command(BaseCommand):
    """Load the body's directory, the usual titles and the national calendar.

    Safe to run again: names are brought up to date, what is new is added, nothing is removed.
    """

    help = "Load the body's directory and the national calendar; create the first administrator."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take the directory file and, for the first start, who administers."""
        parser.add_argument("--directory", default=str(settings.BODY_DIRECTORY), help="JSON file")
        parser.add_argument("--administrator", metavar="USERNAME")
        parser.add_argument("--full-name", default="Quản trị hệ thống")
        parser.add_argument("--email", default="")

    def handle(self, *args, **options) -> None:
        """Load everything or, when the file does not fit, nothing."""
        with transaction.atomic():
            self._load(Path(options["directory"]))
            load_titles()
            days = seed_national(timezone.now())
        self.stdout.write(f"{Agency.objects.count()} agencies; {days} new days of the calendar.")
        administrators = Post.objects.with_function(Function.ADMINISTRATOR)
        if options["administrator"]:
            call_command(
                "create_administrator",
                options["administrator"],
                options["full_name"],
                email=options["email"],
                stdout=self.stdout,
            )
        elif not administrators.exists():
            self.stdout.write("Nobody administers yet: manage.py create_administrator NAME …")

    def _load(self, path: Path) -> None:
        try:
            load(json.loads(path.read_text(encoding="utf-8")))
        except (OSError, ValueError, KeyError) as error:
            raise CommandError(f"{path} is no directory of a body: {error!r}") from None
