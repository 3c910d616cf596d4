"""`manage.py create_administrator USERNAME "FULL NAME"`: who sets up everybody else."""

import secrets
from argparse import ArgumentParser
from datetime import date

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.utils import timezone

from agencies.deadlines import local_day
from agencies.functions import Function
from agencies.models import Body, Post, PostTitle, User
from agencies.titles import load_titles


@transaction.atomic
def create_administrator(username: str, full_name: str, email: str, day: date) -> str:
    """Make an account with the administrator's post in the Office from that day on.

    Returns the temporary password, which must be changed at the first log-in.
    """
    load_titles()
    password = secrets.token_urlsafe(12)
    user = User.objects.create_user(
        username, password, full_name=full_name, email=email, must_change_password=True
    )
    title = PostTitle.objects.filter(functions__contains=[Function.ADMINISTRATOR]).first()
    office = Body.current().office
    Post.objects.create(user=user, agency=office, title=title, starts_on=day)
    return password


class Command(BaseCommand):
    """Create an account for the system administrator and print its temporary password."""

    help = "Create a system administrator; prints a temporary password once."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take the user name, the full name and the e-mail address."""
        parser.add_argument("username")
        parser.add_argument("full_name")
        parser.add_argument("--email", default="")

    def handle(self, *args, **options) -> None:
        """Create the account as of today."""
        if not Body.objects.exists():
            raise CommandError("There is no body yet: run manage.py setup_body first.")
        username = options["username"]
        if User.objects.filter(username=username).exists():
            raise CommandError(f"There is an account {username!r} already.")
        password = create_administrator(
            username, options["full_name"], options["email"], local_day(timezone.now())
        )
        self.stdout.write(
            f"Account {username}, temporary password {password} (to be changed at first log-in)."
        )
