"""What tasks and directives said at an instant, before later corrections (rules 3.9, 4.5)."""

from collections import defaultdict
from datetime import datetime

from django.contrib.contenttypes.models import ContentType
from django.db.models import QuerySet

from agencies.models import Event

CORRECTED = ("task.corrected", "directive.corrected")

Replaced = dict[int, dict[str, str]]
"""By the thing's id: what a field said before its first correction after the instant."""


def replaced_since(at: datetime, things: QuerySet) -> Replaced:
    """Return what corrections that take effect after the instant replaced, in the words their
    events keep; things nobody corrected are not in it. `things` are tasks or directives.
    """
    kind = ContentType.objects.get_for_model(things.model)
    later = Event.objects.filter(
        act__in=CORRECTED, thing_type=kind, thing_id__in=things.order_by().values("pk"),
        recorded_at__gt=at, effective_at__gt=at,
    )  # fmt: skip
    found: Replaced = defaultdict(dict)
    for pk, params in later.order_by("effective_at", "pk").values_list("thing_id", "params"):
        for name, old, _new in params["changes"]:
            found[pk].setdefault(name, old)
    return found
