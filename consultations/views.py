"""Pages of consultations."""

from django.http import HttpRequest, HttpResponse


def consultations(request: HttpRequest) -> HttpResponse:
    """."""


def new(request: HttpRequest) -> HttpResponse:
    """."""


def consultation(request: HttpRequest, code: str) -> HttpResponse:
    """."""


def answer(request: HttpRequest, pk: int) -> HttpResponse:
    """."""
