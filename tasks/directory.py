"""The part of this floor of the body's directory: who issues directives, and of which kinds."""

from django.db import transaction

from agencies import directory as ground
from tasks.models import Authority, DirectiveKind


@transaction.atomic
def load(directory: dict) -> None:
    """Bring a whole directory into the database, both floors' parts; safe to run again."""
    ground.load(directory)
    for order, entry in enumerate(directory["authorities"], start=1):
        Authority.objects.update_or_create(
            code=entry["code"],
            defaults={
                "name": entry["name"],
                "aliases": entry["aliases"],
                "level": entry["level"],
                "is_superior": entry["is_superior"],
                "order": order,
            },
        )
    for entry in directory["directive_kinds"]:
        DirectiveKind.objects.update_or_create(code=entry["code"], defaults={"name": entry["name"]})


def directory_of(day) -> dict:
    """Return the database's directory in the shape of the shipped file, both floors' parts."""
    return {
        **ground.directory_of(day),
        "authorities": list(
            Authority.objects.issuers().values("code", "name", "aliases", "level", "is_superior")
        ),
        "directive_kinds": list(DirectiveKind.objects.values("code", "name")),
    }
