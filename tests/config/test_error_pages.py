"""When something goes wrong: one clear page, and nothing that was typed is lost (rule 11)."""

import re

import psycopg
import pytest
from django.contrib.auth.decorators import login_not_required
from django.db import DatabaseError, OperationalError, connection
from django.http import HttpResponse
from django.test import Client, RequestFactory
from django.urls import path

from config import urls as site
from config import views
from config.outage import database_is_unreachable


@login_not_required
def fail(request):
    raise RuntimeError("a secret detail")


@login_not_required
def lose_database(request):
    raise OperationalError("connection refused")


@login_not_required
def take(request):
    return HttpResponse(request.POST["note"])


urlpatterns = [
    path("fail/", fail),
    path("lost/", lose_database),
    path("take/", take),
    *site.urlpatterns,
]
handler400, handler403 = site.handler400, site.handler403
handler404, handler500 = site.handler404, site.handler500
pytestmark = [pytest.mark.urls(__name__), pytest.mark.django_db]


def text_of(response) -> str:
    return response.content.decode()


def test_an_expired_form_gives_back_what_was_typed():
    client = Client(enforce_csrf_checks=True)

    response = client.post("/take/", {"note": "Đã làm <b>xong</b> việc", "acting": "post:3"})

    assert response.status_code == 403
    assert "<h1>" in text_of(response)
    assert "Đã làm &lt;b&gt;xong&lt;/b&gt; việc" in text_of(response)
    assert 'name="acting" value="post:3"' in text_of(response)


def test_an_expired_form_can_be_sent_again_from_the_page():
    client = Client(enforce_csrf_checks=True)
    page = text_of(client.post("/take/", {"note": "một hai\nba"}))
    token = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', page)[1]

    response = client.post("/take/", {"note": "một hai\nba", "csrfmiddlewaretoken": token})

    assert (response.status_code, text_of(response)) == (200, "một hai\nba")


def test_passwords_are_never_shown_again():
    client = Client(enforce_csrf_checks=True)

    response = client.post("/take/", {"username": "an", "new_password1": "rất bí mật"})

    assert "rất bí mật" not in text_of(response)
    assert 'name="username" value="an"' in text_of(response)


def test_what_another_site_posts_is_not_offered_for_sending():
    client = Client(enforce_csrf_checks=True)

    response = client.post("/take/", {"note": "of an attacker"}, HTTP_ORIGIN="https://evil.example")

    assert response.status_code == 403
    assert "of an attacker" not in text_of(response)


def test_an_unknown_address_is_one_clear_page(client):
    response = client.get("/khong-co/")

    assert response.status_code == 404
    assert '<html lang="vi">' in text_of(response)


def test_a_failure_of_ours_shows_no_trace(settings):
    client = Client(raise_request_exception=False)

    response = client.post("/fail/", {"note": "chữ đã gõ"})

    assert response.status_code == 500
    assert "a secret detail" not in text_of(response)
    assert "Traceback" not in text_of(response)
    assert "chữ đã gõ" in text_of(response)


def test_a_lost_database_is_one_clear_page(client):
    response = client.get("/lost/")

    assert response.status_code == 503
    assert '<html lang="vi">' in text_of(response)
    assert response["Retry-After"] == "10"
    assert "connection refused" not in text_of(response)


def test_the_pages_ask_the_database_nothing(django_assert_num_queries):
    request = RequestFactory().get("/")

    with django_assert_num_queries(0):
        for view in (views.bad_request, views.permission_denied, views.not_found):
            assert view(request).status_code >= 400
        assert views.database_down(request).status_code == 503


def test_a_query_that_fails_is_not_a_lost_database():
    with pytest.raises(DatabaseError) as wrong, connection.cursor() as cursor:
        cursor.execute("select 1 / 0")

    assert not database_is_unreachable(wrong.value)


def test_an_interrupted_query_is_not_a_lost_database():
    with pytest.raises(OperationalError) as slow, connection.cursor() as cursor:
        cursor.execute("set local statement_timeout = 10; select pg_sleep(5)")

    assert not database_is_unreachable(slow.value)


def test_a_refused_connection_is_a_lost_database():
    with pytest.raises(psycopg.OperationalError) as refused:
        psycopg.connect("postgres://nobody@127.0.0.1:1/none")
    error = OperationalError("wrapped")
    error.__cause__ = refused.value

    assert database_is_unreachable(error)
