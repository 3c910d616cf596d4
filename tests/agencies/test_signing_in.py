"""Logging in, throttling, the acting post, and forms whose log-in ran out."""

import pytest
from django.urls import reverse

from agencies.functions import Function
from agencies.models import Post
from tests.factories import PASSWORD, AgencyFactory, PostFactory

pytestmark = pytest.mark.django_db


def log_in(client, post: Post, password: str = PASSWORD):
    return client.post(reverse("login"), {"username": post.user.username, "password": password})


def test_a_person_logs_in_with_the_own_password(client):
    post = PostFactory()

    response = log_in(client, post)

    assert response.status_code == 302
    assert client.get(reverse("more")).status_code == 200


def test_the_sixth_wrong_password_is_not_even_tried(client):
    """Issue 4: log-in with throttling."""
    post = PostFactory()
    for _turn in range(5):
        log_in(client, post, "sai")

    response = log_in(client, post)

    assert response.status_code == 429


def test_whoever_has_several_posts_acts_under_the_one_chosen(client):
    """Rule 2.1."""
    post = PostFactory()
    second = PostFactory(user=post.user, agency=AgencyFactory(), function=Function.CLERK)
    client.force_login(post.user)

    client.post(reverse("acting"), {"acting": f"post-{second.pk}", "next": "/more/"})

    assert second.agency.short_name in client.get(reverse("more")).content.decode()


def test_a_form_of_a_post_no_longer_held_is_refused_and_keeps_what_was_typed(client):
    """Rule 2.1: every form carries the post it was opened with."""
    post = PostFactory()
    other = PostFactory()
    client.force_login(post.user)

    response = client.post(
        reverse("notices_read"), {"acting": f"post-{other.pk}", "result": "đã làm xong việc này"}
    )

    assert response.status_code == 409
    assert "đã làm xong việc này" in response.content.decode()


def test_a_form_sent_after_the_log_in_ran_out_keeps_what_was_typed(client):
    """Rule 5.14."""
    response = client.post(reverse("notices_read"), {"result": "đã xử lý xong 9 điểm"})

    assert response.status_code == 401
    assert "đã xử lý xong 9 điểm" in response.content.decode()


def test_a_temporary_password_is_changed_before_anything_else(client):
    post = PostFactory(user__must_change_password=True)
    client.force_login(post.user)

    response = client.get(reverse("more"))

    assert response.headers["Location"] == reverse("password_change")


def test_a_page_sends_nobody_to_the_log_in(client):
    response = client.get(reverse("more"))

    assert response.headers["Location"].startswith(reverse("login"))
