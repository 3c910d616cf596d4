"""The list of dossiers as its address asks for it.

- `hands`: `agency`, `office`, `leader`: with whom they lie now; `ended`; `archive`: the work files
  closed, as the archive lists them (rule 7.3); empty shows all
- `decides`: to be decided by the leader of that post's id; `as_of`: as things stood at the end of
  that ISO day
- `agency`: code of the agency that submits; `state`: one of `Dossier.State`; `q`: words
- `sort`: `title`, `agency`, `recipient`, `drafted`, descending with `-`
"""

from datetime import date

import django_filters as filters
from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from agencies.listing import ListFilter, with_words
from agencies.models import Agency, Post
from agencies.succession import answered_by
from consultations.models import HOLDER, Dossier

SORTS = {
    "title": ("title",),
    "agency": ("agency__kind__order", "agency__order"),
    "recipient": ("recipient",),
    "drafted": ("drafted_at",),
}
HANDS = [
    ("agency", _("with the agency")),
    ("office", _("with the Office")),
    ("leader", _("with a leader")),
    ("ended", _("ended")),
    ("archive", _("list for the archive")),
]


class DossierFilter(ListFilter):
    """What the list can be narrowed by."""

    q = filters.CharFilter(label=_("Code or words"), method="search")
    hands = filters.ChoiceFilter(label=_("Lies"), choices=HANDS, method="in_hands")
    agency = filters.ModelChoiceFilter(
        label=_("Agency"), queryset=Agency.objects.in_official_order(), to_field_name="code",
    )  # fmt: skip

    decides = filters.ModelChoiceFilter(
        queryset=Post.objects.all(), method="is_decided_by", widget=forms.HiddenInput
    )

    class Meta:
        model = Dossier
        fields: list[str] = []

    def __init__(self, *args, day: date, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.day = day

    def search(self, rows: QuerySet, name: str, value: str) -> QuerySet:
        """Find every word; no diacritics needed."""
        return with_words(rows, value)

    def in_hands(self, rows: QuerySet, name: str, value: str) -> QuerySet:
        """Narrow to those that lie with somebody, or have ended."""
        if value == "ended":
            return rows.exclude(state_then__in=list(HOLDER))
        if value == "archive":
            return rows.filter(state_then=Dossier.State.CLOSED)
        return rows.in_hands_of(value)

    def is_decided_by(self, rows: QuerySet, name: str, leader: Post) -> QuerySet:
        """Narrow to what a leader decides, posts that he follows included (rules 2.1, 7.3)."""
        posts = answered_by(leader, self.day)
        return rows.to_be_decided_by(posts, is_chair=not leader.title.is_deputy)
