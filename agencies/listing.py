"""What the lists of every floor share: how filters look, how words are found, rows sorted."""

from collections.abc import Mapping

import django_filters as filters
from django import forms
from django.db.models import QuerySet

from agencies.fold import fold


class ListFilter(filters.FilterSet):
    """A filter whose fields look like the product's."""

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        for bound in self.form.visible_fields():
            widget = bound.field.widget
            is_select = isinstance(widget, forms.Select)
            widget.attrs["class"] = "form-select" if is_select else "form-control"


def with_words(rows: QuerySet, words: str, column: str = "search_text") -> QuerySet:
    """Return the rows whose folded text holds every word; no diacritics needed."""
    for word in fold(words).split():
        rows = rows.filter(**{f"{column}__contains": word})
    return rows


def sorted_rows(rows: QuerySet, sorts: Mapping[str, str], sort: str, newest: str) -> QuerySet:
    """Return the rows by the column the address names (descending with `-`); the newest first
    without one.
    """
    column = sorts.get(sort.removeprefix("-"))
    if column is None:
        return rows.order_by(f"-{newest}", "-pk")
    return rows.order_by(f"-{column}" if sort.startswith("-") else column, "-pk")
