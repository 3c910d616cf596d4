"""Pages for when something went wrong: none shows a stack trace, none loses what was typed.

Their templates stand alone: no frame, no context processor, no query, so that they also come when
the database is away.
"""

import sys
from dataclasses import dataclass

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


@dataclass(frozen=True)
class KeptField:
    """One value that a form had posted."""

    name: str
    value: str

    @property
    def is_text(self) -> bool:
        """Whether a person would recognise it as something typed: more than one word."""
        return len(self.value.split()) > 1


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Answer an expired form: give back what was typed, to be sent with a fresh token."""
    fields = [] if reason.startswith(FOREIGN) else kept_fields(request)
    return _page(request, "errors/expired.html", 403, fields=fields)


def database_down(request: HttpRequest) -> HttpResponse:
    """Answer while PostgreSQL is away; a form can be sent again from the page."""
    response = _page(request, "errors/database_down.html", 503, fields=kept_fields(request))
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
    return _page(request, "errors/500.html", 500, fields=kept_fields(request))


def kept_fields(request: HttpRequest) -> list[KeptField]:
    """Return what a form had posted, without passwords, tokens and files."""
    if request.method != "POST":
        return []
    try:
        posted = request.POST
    except (SuspiciousOperation, MultiPartParserError, UnreadablePostError):
        return []
    return [
        KeptField(name, value)
        for name, values in posted.lists()
        for value in values
        if not any(secret in name.lower() for secret in SECRETS)
    ]


def _page(
    request: HttpRequest, template: str, status: int, fields: list[KeptField] | None = None
) -> HttpResponse:
    context = {
        "fields": fields or [],
        "has_texts": any(field.is_text for field in fields or []),
        "address": request.get_full_path(),
        "lost_files": bool(fields) and bool(request.FILES),
        "csrf_token": get_token(request),
    }
    return HttpResponse(render_to_string(template, context), status=status)
