"""What tests of pages share: somebody's browser, a page's figures and the rows behind them."""

import re
from html import unescape

from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext

from agencies.acting import Actor

LINK = re.compile(r'<a[^>]*href="([^"]+)"[^>]*data-count="(\d+)"')


def client_of(actor: Actor) -> Client:
    """Return a client logged in as somebody."""
    client = Client()
    client.force_login(actor.user)
    return client


def figures_on(page: str) -> set[tuple[str, int]]:
    """Return the figures of a page that open their rows: address and number (rule 8.3)."""
    return {(unescape(url), int(count)) for url, count in LINK.findall(page)}


def rows_behind(client: Client, url: str) -> int:
    """Return how many rows an address lists."""
    return client.get(url).context["page"].paginator.count


def posted(actor: Actor, address: str, **facts) -> HttpResponse:
    """Post a form as somebody."""
    return client_of(actor).post(address, {"acting": actor.key} | facts)


def queries_of(client: Client, url: str) -> int:
    """Return how many queries a page takes, opened before so that only its own count."""
    client.get(url)
    with CaptureQueriesContext(connection) as captured:
        assert client.get(url).status_code == 200
    return len(captured)
