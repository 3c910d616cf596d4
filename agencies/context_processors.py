"""The frame around every page: navigation by role, acting post, unread count."""

from dataclasses import dataclass, field

from django.conf import settings
from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils.functional import cached_property
from django.utils.translation import get_language

from agencies.models import Body, Notice
from agencies.navigation import counts_for, sections_for, tabs_for

BELL_SHOWS = 100


@dataclass
class Frame:
    """What base.html draws; each part is asked only when a template shows it."""

    request: HttpRequest = field(repr=False)

    @property
    def actor(self):
        """The actor of the request."""
        return self.request.actor

    @cached_property
    def body(self) -> Body | None:
        """The configured body with the counts of the rail, or None on a database nobody set up."""
        counted = Body.objects.annotate(**counts_for(self.request))
        return counted.select_related("office").filter(pk=1).first()

    @cached_property
    def body_name(self) -> str:
        """The Office's name, under the product's in the rail."""
        if self.body is None:
            return ""
        office, place = self.body.office.name, self.body.short_name.removeprefix("UBND ")
        if place in office:
            return office
        level = place.split()[0]  # "… huyện" already ends with what "huyện An Lão" begins with
        return f"{office.removesuffix(f' {level}')} {place}"

    @cached_property
    def nav(self) -> list:
        """The sections of the rail for this actor."""
        return sections_for(self.request, self.body)

    @cached_property
    def tabs(self) -> list:
        """The four tabs of the phone."""
        return tabs_for(self.request)

    @cached_property
    def acting_choices(self) -> list[dict]:
        """The posts the person may act under today."""
        return [
            {"key": c.key, "label": c.title_text, "current": c.key == self.actor.key}
            for c in self.request.acting_choices
        ]

    @cached_property
    def unread(self) -> int:
        """How many notices wait in the bell, counted no further than it shows."""
        own = Notice.objects.in_application().unread()
        seen = own.visible_to(self.actor, posts=list(self.request.acting_choices))
        return seen[:BELL_SHOWS].count()

    @property
    def search_url(self) -> str:
        """Where the search field goes."""
        try:
            return reverse("search")
        except NoReverseMatch:
            return ""

    @property
    def language(self) -> str:
        """The active language."""
        return get_language() or settings.LANGUAGE_CODE


def frame(request: HttpRequest) -> dict:
    """Return the frame for people who are logged in."""
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated or not hasattr(request, "actor"):
        return {}
    return {"frame": Frame(request)}
