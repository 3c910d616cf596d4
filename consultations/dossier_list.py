"""The list of dossiers as its address asks for it.

- `hands`: `agency`, `office`, `leader`: with whom they lie now; `ended`; empty shows all
- `agency`: code of the agency that submits; `state`: one of `Dossier.State`; `q`: words
- `sort`: `title`, `agency`, `drafted`, descending with `-`
"""

import django_filters as filters
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from agencies.fold import fold
from agencies.models import Agency
from consultations.models import HOLDER, Dossier

SORTS = {"title": "title", "agency": "agency__short_name", "drafted": "drafted_at"}
HANDS = [
    ("agency", _("with the agency")),
    ("office", _("with the Office")),
    ("leader", _("with a leader")),
    ("ended", _("ended")),
]


class DossierFilter(filters.FilterSet):
    """What the list can be narrowed by."""

    q = filters.CharFilter(label=_("Code or words"), method="search")
    hands = filters.ChoiceFilter(
        label=_("Lies"), choices=HANDS, method="in_hands", empty_label=_("all")
    )
    agency = filters.ModelChoiceFilter(
        label=_("Agency"), queryset=Agency.objects.in_official_order(), to_field_name="code",
        empty_label=_("all"),
    )  # fmt: skip

    class Meta:
        model = Dossier
        fields: list[str] = []

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        for field in self.form.fields.values():
            is_select = hasattr(field, "choices")
            field.widget.attrs["class"] = "form-select" if is_select else "form-control"

    def search(self, rows: QuerySet, name: str, value: str) -> QuerySet:
        """Find every word; no diacritics needed."""
        for word in fold(value).split():
            rows = rows.filter(search_text__contains=word)
        return rows

    def in_hands(self, rows: QuerySet, name: str, value: str) -> QuerySet:
        """Narrow to those that lie with somebody, or have ended."""
        if value == "ended":
            return rows.exclude(state__in=list(HOLDER))
        return rows.in_hands_of(value)


def sorted_rows(rows: QuerySet, sort: str) -> QuerySet:
    """Return the rows in the order asked for, the newest first without one."""
    column = SORTS.get(sort.removeprefix("-"))
    if column is None:
        return rows.order_by("-drafted_at", "-pk")
    return rows.order_by(f"-{column}" if sort.startswith("-") else column, "-pk")
