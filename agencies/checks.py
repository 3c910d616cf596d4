"""What is looked at before a database is migrated."""

from collections.abc import Iterable

from django.core.checks import Error, Tags, register
from django.db import connections
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder

LAST_OF_THE_OLD_CHAIN = "42c0d59"
"""The commit at which the steps folded into `0001_tables` can still be gone through."""


@register(Tags.database)
def old_chain_was_gone_through(
    databases: Iterable[str] | None = None, **options: object
) -> list[Error]:
    """Refuse a database that stopped among steps whose files were folded into one.

    Django would leave the folded one out and find nothing to do.
    """
    return [error for alias in databases or () for error in _half_ways(alias)]


def _half_ways(alias: str) -> Iterable[Error]:
    loader = MigrationLoader(connections[alias])
    applied = MigrationRecorder(connections[alias]).applied_migrations()
    for (app, name), folded in loader.replacements.items():
        missing = [step for step in folded.replaces if step not in applied]
        gone = missing and missing[0] not in loader.disk_migrations
        if gone and len(missing) < len(folded.replaces):
            yield Error(
                f"The database stopped before {app}.{missing[0][1]}, now a part of {app}.{name}.",
                hint=f"Check out commit {LAST_OF_THE_OLD_CHAIN}, migrate there, then come back.",
                id="agencies.E001",
            )
