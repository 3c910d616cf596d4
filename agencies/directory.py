"""The body's directory as data: loaded into an empty database, handed to the reader.

One shape serves both ways (`agencies/data/an_lao.json`): body, kinds, groups, competences,
agencies; higher floors read their own parts (authorities, kinds of directives) from it.
"""

import json
from datetime import date
from pathlib import Path

from django.conf import settings
from django.db import transaction

from agencies.models import (
    Agency,
    AgencyCompetence,
    AgencyGroup,
    AgencyKind,
    Body,
    Competence,
)

LEADERS = "ubnd"  # the committee itself: its leaders' posts hang there; no work is given to it


def shipped() -> dict:
    """Return the configured body's directory file; needs no database."""
    return json.loads(Path(settings.BODY_DIRECTORY).read_text(encoding="utf-8"))


@transaction.atomic
def load(directory: dict) -> Body:
    """Bring a directory into the database; run again, it updates names and adds what is new."""
    for entry in directory["kinds"]:
        AgencyKind.objects.update_or_create(
            code=entry["code"], defaults={"name": entry["name"], "order": entry["order"]}
        )
    for entry in directory["competences"]:
        Competence.objects.update_or_create(
            code=entry["code"], defaults={"name": entry["name"], "words": entry["words"]}
        )
    _load_groups(directory["groups"])
    for entry in directory["agencies"]:
        _load_agency(entry)
    return _load_body(directory["body"])


def _load_groups(groups: list[dict]) -> None:
    kinds = {kind.code: kind for kind in AgencyKind.objects.all()}
    for entry in groups:
        group, _created = AgencyGroup.objects.update_or_create(
            code=entry["code"], defaults={"name": entry["name"], "aliases": entry["aliases"]}
        )
        group.kinds.set(kinds[code] for code in entry["kinds"])


def _load_agency(entry: dict) -> None:
    agency, _created = Agency.objects.update_or_create(
        code=entry["code"],
        defaults={
            "name": entry["name"],
            "short_name": entry["short_name"],
            "aliases": entry["aliases"],
            "kind": AgencyKind.objects.get(code=entry["kind"]),
            "order": entry["order"],
            "managed_by": entry["managed_by"],
        },
    )
    for competence in Competence.objects.filter(code__in=entry["competences"]):
        AgencyCompetence.objects.get_or_create(agency=agency, competence=competence)


def _load_body(entry: dict) -> Body:
    kind, _created = AgencyKind.objects.get_or_create(
        code="lanh-dao", defaults={"name": entry["short_name"], "order": 0}
    )
    Agency.objects.get_or_create(
        code=LEADERS,
        defaults={"name": entry["name"], "short_name": entry["short_name"], "kind": kind},
    )
    body, _created = Body.objects.update_or_create(
        pk=1, defaults={**entry, "office": Agency.objects.get(code=entry["office"])}
    )
    return body


def directory_of(day: date) -> dict:
    """Return the directory of the agencies open on that day, in the shape the reader takes."""
    body = Body.current()
    agencies = (
        Agency.objects.open_on(day)
        .exclude(code=LEADERS)
        .select_related("kind")
        .prefetch_related("competences")
        .in_official_order()
    )
    return {
        "body": {
            "name": body.name,
            "short_name": body.short_name,
            "superior": body.superior,
            "place": body.place,
            "office": body.office.code,
            "letter_suffix": body.letter_suffix,
            "report_suffix": body.report_suffix,
            "leader_title": body.leader_title,
        },
        "kinds": list(AgencyKind.objects.exclude(code="lanh-dao").values("code", "name", "order")),
        "groups": [
            {
                "code": group.code,
                "name": group.name,
                "aliases": group.aliases,
                "kinds": [kind.code for kind in group.kinds.all()],
            }
            for group in AgencyGroup.objects.prefetch_related("kinds")
        ],
        "competences": list(Competence.objects.values("code", "name", "words")),
        "agencies": [
            {
                "code": agency.code,
                "name": agency.name,
                "short_name": agency.short_name,
                "aliases": agency.aliases,
                "kind": agency.kind.code,
                "order": agency.order,
                "competences": [competence.code for competence in agency.competences.all()],
                "managed_by": agency.managed_by,
            }
            for agency in agencies
        ],
    }
