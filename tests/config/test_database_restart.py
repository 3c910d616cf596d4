"""PostgreSQL restarted midway: one clear page, and the next request works (rule 11)."""

import http.client
from collections.abc import Iterator
from urllib.parse import urlencode

import pytest

from config import embedded, server_folders
from config.run import claim_port, wait_until
from tests.servers import ENVIRONMENT

COOKIES = "sessionid=an-unknown-session-key-of-32-letters; csrftoken=" + "a" * 32


class Site:
    """A web server on a database of its own, which can be taken away."""

    def __init__(self, checkout) -> None:
        self.data = server_folders.public_folder(checkout.state) / "postgres"
        self.postgres = embedded.start_postgres(self.data)
        with claim_port(None) as held:
            self.port = held.getsockname()[1]
        self.checkout = checkout
        self.environment = ENVIRONMENT | {
            "DATABASE_URL": self.postgres.url,
            "REDIS_URL": "redis://127.0.0.1:1/0",
        }

    def start(self) -> None:
        # All that these pages look at is an unknown session; the other tables take a while.
        code, output = self.checkout.run(
            "manage.py", "migrate", "sessions", "-v0", **self.environment
        )
        assert code == 0, output
        command = ("-m", "gunicorn", "config.wsgi", "--bind", f"127.0.0.1:{self.port}")
        self.checkout.start(*command, "--threads", "2", **self.environment)
        assert wait_until(self.answers, 60)

    def answers(self) -> bool:
        try:
            return self.request("GET", "/notices/")[0] > 0
        except OSError:
            return False

    def request(self, method: str, address: str, **fields: str) -> tuple[int, str]:
        link = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        headers = {"Cookie": COOKIES, "Content-Type": "application/x-www-form-urlencoded"}
        link.request(method, address, urlencode(fields) or None, headers)
        response = link.getresponse()
        return response.status, response.read().decode()


@pytest.fixture
def site(checkout) -> Iterator[Site]:
    made = Site(checkout)
    try:
        made.start()
        yield made
    finally:
        checkout.stop_commands()
        made.postgres.stop()


def test_a_restart_of_the_database_is_one_clear_page(site):
    before, _ = site.request("GET", "/notices/")
    site.postgres.stop()

    away = [site.request("GET", "/notices/") for _ in range(3)]
    typed = {"username": "an", "note": "chữ đã gõ", "csrfmiddlewaretoken": "a" * 32}
    _, form = site.request("POST", "/login/", password="mật khẩu", **typed)
    site.postgres = embedded.start_postgres(site.data)
    after = [site.request("GET", "/notices/")[0] for _ in range(3)]

    assert before == 302
    assert [status for status, _ in away] == [503, 503, 503]
    assert all('lang="vi"' in page and "Traceback" not in page for _, page in away)
    assert "chữ đã gõ" in form
    assert "mật khẩu" not in form
    assert after == [302, 302, 302]
