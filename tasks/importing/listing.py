"""What the list of imported lists is narrowed and sorted by.

- `state`: of `ImportBatch.State`; `as_of`: as things stood at the end of that ISO day (rule 8.9)
- `sort`: `name`, `taken_in`, `rows`; descending with `-`
"""

from datetime import datetime

import django_filters as filters
from django.db.models import Count, QuerySet
from django.utils.translation import gettext_lazy as _

from agencies.acting import Actor
from agencies.listing import ListFilter
from tasks.models import ImportBatch

SORTS = {"name": ("file_name",), "taken_in": ("uploaded_at",), "rows": ("row_count",)}


class ImportFilter(ListFilter):
    """What the list can be narrowed by."""

    state = filters.ChoiceFilter(
        label=_("State"), choices=ImportBatch.State.choices, field_name="state_then"
    )

    class Meta:
        model = ImportBatch
        fields: list[str] = []


def listed(actor: Actor, past: datetime | None = None) -> QuerySet:
    """Return the imports the actor may see with what a list shows of each, now or then.

    Which sheet was open at a past instant is kept nowhere: where another was chosen since, the
    page leaves out the sheet and its rows (`is_rechosen`).
    """
    rows = ImportBatch.objects.visible_to(actor).standing(past)
    return rows.select_related("uploaded_by__user").annotate(row_count=Count("rows"))
