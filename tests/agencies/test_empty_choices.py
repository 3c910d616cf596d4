"""What a select says while nothing is chosen: words, never dashes (design, principle 1)."""

import re

import django_filters as filters
import pytest
from django import forms
from django.utils import translation

from agencies.listing import ListFilter
from agencies.models import Agency

pytestmark = pytest.mark.django_db


class Choosing(forms.Form):
    """A field that must be chosen, one that may be, one with words of its own."""

    must = forms.ModelChoiceField(Agency.objects.none())
    may = forms.ModelChoiceField(Agency.objects.none(), required=False)
    own = forms.ModelChoiceField(Agency.objects.none(), empty_label="as it is")


class Narrowing(ListFilter):
    """A list's filter."""

    kind = filters.ChoiceFilter(choices=[("a", "A")])

    class Meta:
        model = Agency
        fields: list[str] = []


def empty_options(form: forms.Form) -> list[str]:
    with translation.override("en"):
        return re.findall(r'<option value=""[^>]*>([^<]*)</option>', form.as_div())


def test_a_form_asks_to_choose_or_says_that_nothing_is_chosen():
    """One template says it for every form."""
    assert empty_options(Choosing()) == ["choose", "not chosen", "as it is"]


def test_where_there_is_nothing_to_tick_it_says_none():
    """No label above nothing."""
    ticks = forms.CheckboxSelectMultiple(choices=[])

    with translation.override("en"):
        assert re.findall(r'class="note">([^<]*)<', ticks.render("several", [])) == ["none"]


def test_a_filter_that_narrows_nothing_says_all():
    """One setting says it for every list."""
    assert empty_options(Narrowing({}).form) == ["all"]
