"""Who acts and when, read once at the edge."""

from collections.abc import Callable
from zoneinfo import ZoneInfo

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.functional import SimpleLazyObject

from agencies.acting import Actor, acting_choices, choose

ZONE = ZoneInfo(settings.TIME_ZONE)


class ActingMiddleware:
    """Give each request `at` (the instant), `actor`, and `acting_choices`.

    The acting post comes from the posted form (`acting`: the post it was opened with, rule 2.1)
    or the session. A form opened under a post no longer held is refused and keeps what was typed.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Attach the instant and the actor, then go on."""
        request.at = timezone.now()
        request.acting_choices = SimpleLazyObject(lambda: self._choices(request))
        request.actor = SimpleLazyObject(lambda: self._actor(request))
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view, args, kwargs) -> HttpResponse | None:
        """Refuse a form opened under a post the person does not hold (any more)."""
        if request.method != "POST" or not request.user.is_authenticated:
            return None
        wanted = request.POST.get("acting")
        if wanted and wanted not in {choice.key for choice in request.acting_choices}:
            return render(request, "agencies/post_not_held.html", status=409)
        return None

    def _choices(self, request: HttpRequest) -> list[Actor]:
        if not request.user.is_authenticated:
            return []
        return acting_choices(request.user, request.at.astimezone(ZONE).date())

    def _actor(self, request: HttpRequest) -> Actor:
        if not request.user.is_authenticated:
            return Actor()
        posted = request.POST if request.method == "POST" else {}
        key = posted.get("acting") or request.session.get("acting")
        day = request.at.astimezone(ZONE).date()
        actor = choose(list(request.acting_choices), key, request.user, day)
        return actor.with_form_key(self._form_key(request, posted))

    @staticmethod
    def _form_key(request: HttpRequest, posted) -> str | None:
        key = posted.get("request_key", "")
        return f"form:{request.user.pk}:{key}"[:200] if key else None
