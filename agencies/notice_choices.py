"""What a person chooses of notices, kind by kind; the product's default needs no row (10.1)."""

from collections.abc import Mapping

from django.db import transaction

from agencies.delivery import Delivery
from agencies.editing import mark_of, refuse_other
from agencies.models import NoticeChoice, User
from agencies.notice_kinds import choosable_kinds


def choices_of(person: User) -> dict[str, str]:
    """Return how the person is told of each kind that can be chosen, by its code."""
    chosen = dict(person.notice_choices.values_list("kind", "delivery"))
    return {kind.code: chosen.get(kind.code, kind.default) for kind in choosable_kinds()}


def version_of(choices: Mapping[str, str]) -> str:
    """Return what changes with any of the choices: forms carry it (rule 5.14)."""
    return mark_of(sorted(choices.items()))


@transaction.atomic
def choose(person: User, *, choices: Mapping[str, str], version: str) -> User:
    """Keep what differs from the default; it holds for what is owed from now on.

    `version` is of the choices the form showed: one saved in another window is not overwritten.
    """
    User.objects.select_for_update().get(pk=person.pk)
    stored = choices_of(person)
    refuse_other(
        version_of(stored),
        version,
        differences=lambda: [
            (kind, stored[kind], way) for kind, way in choices.items() if stored[kind] != way
        ],
    )
    person.notice_choices.all().delete()
    NoticeChoice.objects.bulk_create(
        NoticeChoice(person=person, kind=kind.code, delivery=Delivery(choices[kind.code]))
        for kind in choosable_kinds()
        if choices[kind.code] != kind.default
    )
    return person
