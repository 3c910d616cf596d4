"""What the pages of review campaigns show of a mark."""

from django import template
from django.utils.translation import gettext_lazy

from tasks.models import CampaignMark
from tasks.reviewing.marks import said

register = template.Library()


@register.simple_tag
def mark_words(mark: CampaignMark) -> str:
    """Return what the mark says should stand instead."""
    return said(mark)


APPLY = {
    CampaignMark.Kind.WRONG_DEADLINE: gettext_lazy("Correct the deadline"),
    CampaignMark.Kind.WRONG_LEAD: gettext_lazy("Give it to that agency"),
    CampaignMark.Kind.WRONG_WORDING: gettext_lazy("Correct the wording"),
    CampaignMark.Kind.DONE: gettext_lazy("Ask for the report"),
    CampaignMark.Kind.DOUBLED: gettext_lazy("Cancel the double"),
    CampaignMark.Kind.MISSING: gettext_lazy("Assign the task"),
}


@register.simple_tag
def apply_words(mark: CampaignMark) -> str:
    """Return what applying the mark does, as a verb with its object."""
    return str(APPLY[mark.kind])
