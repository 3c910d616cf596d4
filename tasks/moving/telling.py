"""What moved is told: an event on each thing, a line of the digest to each successor's head."""

from collections.abc import Sequence
from datetime import datetime

from django.db import models

from agencies.acting import Actor
from agencies.deadlines import local_day
from agencies.models import Agency, record_all
from agencies.notices import Owed, owe_all
from tasks.lifecycle.people import Answering

Moved = tuple[models.Model, Agency, Agency]
"""The thing whose story tells it, the closed agency, the successor."""


def tell_successors(act: str, moved: Sequence[Moved], actor: Actor, at: datetime) -> None:
    """Write the event of each move (rule 2.5), and owe the successor's head a message."""
    told = [
        (thing, {"from": old.short_name, "to": successor.short_name})
        for thing, old, successor in moved
    ]
    events = record_all(act, told, actor, at)
    people = Answering([successor for _thing, _old, successor in moved], local_day(at))
    owe_all(
        Owed(people.heads_told(successor), event)
        for (_thing, _old, successor), event in zip(moved, events, strict=True)
    )
