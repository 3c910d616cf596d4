"""`manage.py seed_demo`: the demonstration, on an empty database only."""

from argparse import ArgumentParser

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from reports.demonstration import NotEmpty, seed


class Command(BaseCommand):
    """Fill an empty database with the district of An Lão: invented people, three months of work."""

    help = "Fill an empty database with the demonstration (invented people and work)."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take `--if-empty`: do nothing, silently, where there is something already."""
        parser.add_argument("--if-empty", action="store_true", help="do nothing when not empty")

    def handle(self, *args, **options) -> None:
        """Seed as of now."""
        try:
            seed(timezone.now())
        except NotEmpty:
            if not options["if_empty"]:
                raise CommandError(
                    "The database has people or work in it already: seed_demo fills only an empty "
                    "one."
                ) from None
