"""Who acts and when, read once at the edge."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.functional import SimpleLazyObject

from agencies.acting import Actor, acting_choices, choose
from agencies.deadlines import local_day

OPEN_TO_TEMPORARY_PASSWORDS = {"password_change", "password_change_done", "logout", "set_language"}
NOT_TYPED = {"csrfmiddlewaretoken", "acting", "request_key"}


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
        """Refuse a form of a post not held (any more); ask for a new password first."""
        if not request.user.is_authenticated:
            return None
        page = request.resolver_match.url_name
        if request.user.must_change_password and page not in OPEN_TO_TEMPORARY_PASSWORDS:
            return redirect("password_change")
        if request.method != "POST":
            return None
        wanted = request.POST.get("acting")
        if wanted and wanted not in {choice.key for choice in request.acting_choices}:
            kept = [(name, value) for name, value in request.POST.items() if name not in NOT_TYPED]
            context = {"posted": kept, "action": request.get_full_path()}
            return render(request, "agencies/post_not_held.html", context, status=409)
        return None

    def _choices(self, request: HttpRequest) -> list[Actor]:
        if not request.user.is_authenticated:
            return []
        return acting_choices(request.user, local_day(request.at))

    def _actor(self, request: HttpRequest) -> Actor:
        if not request.user.is_authenticated:
            return Actor()
        posted = request.POST if request.method == "POST" else {}
        key = posted.get("acting") or request.session.get("acting")
        day = local_day(request.at)
        actor = choose(list(request.acting_choices), key, request.user, day)
        return actor.with_form_key(self._form_key(request, posted))

    @staticmethod
    def _form_key(request: HttpRequest, posted) -> str | None:
        key = posted.get("request_key", "")
        return f"form:{request.user.pk}:{key}"[:200] if key else None
