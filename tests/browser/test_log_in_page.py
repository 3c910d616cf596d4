"""The way in, as a browser sees it."""

import pytest

from tests.factories import PASSWORD, PostFactory


@pytest.fixture(params=["desktop", "phone"])
def page(request):
    return request.getfixturevalue(request.param)


def test_the_log_in_page_is_accessible_and_breaks_no_policy(page, axe):
    complaints = []
    page.on("console", lambda message: complaints.append(message.text))

    page.goto("/login/")

    axe(page)
    assert page.locator("h1").count() == 1
    assert complaints == []


def test_a_person_logs_in_by_keyboard_alone(desktop):
    post = PostFactory()
    desktop.goto("/login/")

    desktop.locator("[name=username]").focus()
    desktop.keyboard.type(post.user.username)
    desktop.keyboard.press("Tab")
    desktop.keyboard.type(PASSWORD)
    desktop.keyboard.press("Enter")

    desktop.wait_for_url(lambda url: "/login/" not in url)
    desktop.goto("/more/")

    assert post.user.full_name in desktop.content()
