"""What the site answers when PostgreSQL can not be reached."""

from collections.abc import Callable

from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.http import HttpRequest, HttpResponse

from config.outage import database_is_unreachable
from config.views import database_down, session_lost


class DatabaseDownMiddleware:
    """Turn a lost database into one clear page (503); the next request tries anew.

    Only errors of views and templates come by here; those of other middleware reach
    `config.views.server_error`, which asks the same question.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Go on; there is nothing to do unless something fails."""
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        """Answer for a database that is away; leave every other error alone."""
        return database_down(request) if database_is_unreachable(error) else None


class LoggedInMiddleware(LoginRequiredMiddleware):
    """Every page needs a log-in unless it says otherwise; a form sent after it ran out is kept."""

    def handle_no_permission(self, request: HttpRequest, view_func: Callable) -> HttpResponse:
        """Send readers to the log-in; show people who were typing what they typed."""
        if request.method == "POST":
            return session_lost(request)
        return super().handle_no_permission(request, view_func)
