"""What the pages of directives need besides the common tags."""

from django import template
from django.forms import BoundField
from django.utils.translation import ngettext

register = template.Library()

NAMED = 3


@register.filter
def chosen_words(field: BoundField) -> str:
    """Return what is ticked in a picker: the names, or the first ones and how many more."""
    names = [str(one.choice_label) for one in field.subwidgets if one.data["selected"]]
    more = len(names) - NAMED
    if more <= 0:
        return "; ".join(names)
    rest = ngettext("and %(n)d more", "and %(n)d more", more) % {"n": more}
    return f"{'; '.join(names[:NAMED])} {rest}"
