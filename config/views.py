"""Pages for when something went wrong: none shows a stack trace, none loses what was typed.

Their templates stand alone: no frame, no context processor, no query, so that they also come when
the database is away.
"""

import sys

from django.core.exceptions import SuspiciousOperation
from django.http import HttpRequest, HttpResponse, UnreadablePostError
from django.http.multipartparser import MultiPartParserError
from django.middleware.csrf import (
    REASON_BAD_ORIGIN,
    REASON_BAD_REFERER,
    REASON_INSECURE_REFERER,
    REASON_MALFORMED_REFERER,
    REASON_NO_REFERER,
    get_token,
)
from django.template.loader import render_to_string
from django.views.decorators.csrf import requires_csrf_token

from config.outage import database_is_unreachable

RETRY_SECONDS = 10
SECRETS = ("password", "passwd", "secret", "token")  # in names of fields never shown again
# A form of another site: what it posted was not typed here and is not offered for sending.
FOREIGN = tuple(
    reason.split("%", 1)[0]
    for reason in (
        REASON_BAD_ORIGIN,
        REASON_BAD_REFERER,
        REASON_INSECURE_REFERER,
        REASON_MALFORMED_REFERER,
        REASON_NO_REFERER,
    )
)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Answer an expired form: give back what was typed, to be sent with a fresh token."""
    is_ours = not reason.startswith(FOREIGN)
    posted = kept_fields(request) if is_ours else []
    return _page(request, "csrf_failure.html", 403, posted=posted, may_resend=is_ours)


def session_lost(request: HttpRequest) -> HttpResponse:
    """Answer a form whose log-in ran out: log in again, then send what was typed."""
    return _page(request, "errors/401.html", 401, posted=kept_fields(request))


def database_down(request: HttpRequest) -> HttpResponse:
    """Answer while PostgreSQL is away; a form can be sent again from the page."""
    response = _page(request, "errors/503.html", 503, posted=kept_fields(request))
    response["Retry-After"] = RETRY_SECONDS
    return response


@requires_csrf_token
def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Answer a request that makes no sense (400)."""
    return _page(request, "errors/400.html", 400)


@requires_csrf_token
def permission_denied(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Answer an act that is not this person's (403)."""
    return _page(request, "errors/403.html", 403)


@requires_csrf_token
def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Answer for what is not there or not this person's to see (404, rule 2.4)."""
    return _page(request, "errors/404.html", 404)


@requires_csrf_token
def server_error(request: HttpRequest) -> HttpResponse:
    """Answer a failure of ours (500), or the database's where middleware met it first."""
    if database_is_unreachable(sys.exc_info()[1]):
        return database_down(request)
    return _page(request, "errors/500.html", 500, posted=kept_fields(request))


def kept_fields(request: HttpRequest) -> list[tuple[str, str]]:
    """Return what a form had posted, without passwords, tokens and files."""
    if request.method != "POST":
        return []
    try:
        posted = request.POST
    except (SuspiciousOperation, MultiPartParserError, UnreadablePostError):
        return []
    return [
        (name, value)
        for name, values in posted.lists()
        for value in values
        if not any(secret in name.lower() for secret in SECRETS)
    ]


def _page(request: HttpRequest, template: str, status: int, **context: object) -> HttpResponse:
    context |= {"action": request.get_full_path(), "csrf_token": get_token(request)}
    return HttpResponse(render_to_string(template, context), status=status)
