"""What the lists of every floor share: how filters look, how words are found, rows sorted."""

from collections.abc import Mapping

import django_filters as filters
from django import forms
from django.contrib.postgres.search import SearchQuery
from django.db.models import Expression, F, QuerySet
from django.utils.functional import Promise

from agencies.fold import fold

Sorts = Mapping[str, tuple[str | Expression, ...]]
"""What a list is sorted by: the name in the address and the columns it means."""
DAY = forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})
DAY_FORMATS = ["%Y-%m-%d", "%d/%m/%Y"]


def day_filter(label: str | Promise, **where: str) -> filters.DateFilter:
    """Return a filter by a day, typed or picked; `where` is its method, or field and lookup."""
    return filters.DateFilter(label=label, widget=DAY, input_formats=DAY_FORMATS, **where)


class ListFilter(filters.FilterSet):
    """A filter whose fields look like the product's."""

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        for bound in self.form.visible_fields():
            widget = bound.field.widget
            is_select = isinstance(widget, forms.Select)
            widget.attrs["class"] = "form-select" if is_select else "form-control"
            if bound.name == "q":
                widget.input_type = "search"


def with_words(rows: QuerySet, words: str, column: str = "search_text") -> QuerySet:
    """Return the rows whose folded text holds every word; no diacritics needed."""
    for word in fold(words).split():
        rows = rows.filter(**{f"{column}__contains": word})
    return rows


def with_beginnings(rows: QuerySet, words: str) -> QuerySet:
    """Return the rows whose indexed text has every word's beginning; no diacritics needed."""
    query = " & ".join(f"{word}:*" for word in fold(words).split())
    if not query:
        return rows
    return rows.filter(search_vector=SearchQuery(query, config="simple", search_type="raw"))


def sorted_rows(rows: QuerySet, sorts: Sorts, sort: str, default: str) -> QuerySet:
    """Return the rows by what the address names of `sorts` (descending with `-`), else by the
    default one; what has no value stands last.
    """
    named = sort if sort.removeprefix("-") in sorts else default
    columns = [
        F(column) if isinstance(column, str) else column
        for column in sorts[named.removeprefix("-")]
    ]
    if named.startswith("-"):
        return rows.order_by(*(column.desc(nulls_last=True) for column in columns), "-pk")
    return rows.order_by(*(column.asc(nulls_last=True) for column in columns), "pk")
