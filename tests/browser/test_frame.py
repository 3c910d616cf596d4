"""The frame around every page, and its conveniences, in a real browser."""

import pytest
from django.urls import reverse

from agencies.functions import Function
from tests.browser.steps import complaints_of, follow, log_in
from tests.factories import PASSWORD, AgencyFactory, OfficeFactory, PostFactory

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def head(db):
    """A department head who is also a clerk elsewhere."""
    OfficeFactory()
    post = PostFactory()
    PostFactory(user=post.user, agency=AgencyFactory(), function=Function.CLERK)
    return post


@pytest.mark.parametrize("size", ["desktop", "phone"])
def test_the_frame_is_accessible_and_fits(size, head, axe, request):
    page = request.getfixturevalue(size)
    complaints = complaints_of(page)

    log_in(page, head, reverse("more"))
    axe(page)
    page.click("summary.who")
    axe(page)

    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert page.locator("h1").count() == 1
    assert page.title().startswith(page.locator("h1").inner_text())
    assert complaints == []


def test_the_log_in_page_is_accessible(head, phone, axe):
    complaints = complaints_of(phone)

    phone.goto(reverse("login"))

    axe(phone)
    assert complaints == []


def test_whoever_is_not_logged_in_may_change_the_language(head, desktop):
    desktop.goto(reverse("login"))

    follow(desktop.locator("button[name=language]"))

    assert desktop.locator("html").get_attribute("lang") == "en"
    assert desktop.locator("h1").inner_text() == "Log in"


def test_the_menu_opens_by_keyboard_and_closes_by_escape(head, desktop):
    log_in(desktop, head, reverse("more"))

    desktop.focus("summary.who")
    desktop.keyboard.press("Enter")
    assert desktop.locator(".who-menu .menu-panel").is_visible()
    desktop.keyboard.press("Escape")

    assert not desktop.locator(".who-menu .menu-panel").is_visible()
    assert desktop.evaluate("document.activeElement.matches('summary.who')")


def test_the_first_stop_of_the_keyboard_leads_to_the_content(head, desktop):
    log_in(desktop, head, reverse("more"))
    desktop.goto(reverse("more"))

    desktop.keyboard.press("Tab")
    desktop.keyboard.press("Enter")

    assert desktop.evaluate("document.activeElement.id") == "content"


def test_the_acting_post_changes_where_one_is(head, phone):
    """Rule 2.1: a person with several posts picks the acting post in the page head."""
    log_in(phone, head, reverse("more"))
    other = phone.locator(".who-menu button[name=acting][aria-pressed=false]")
    label = other.text_content()

    phone.click("summary.who")
    other.click()

    phone.wait_for_url(f"**{reverse('more')}")
    assert label in phone.locator("summary.who").inner_text()


def test_the_rules_for_passwords_are_a_list_on_the_page(head, phone, axe):
    log_in(phone, head, reverse("password_change"))

    assert phone.locator(".form-text li").count() == 4
    axe(phone)


def test_an_impatient_second_click_sends_nothing(head, desktop):
    """Issue 4: a form posted twice is one act; the browser already sends it once."""
    log_in(desktop, head, reverse("password_change"))
    sent = []
    desktop.on("request", lambda request: request.method == "POST" and sent.append(request.url))
    for field in ("old_password", "new_password1", "new_password2"):
        desktop.fill(f"#id_{field}", PASSWORD)

    with desktop.expect_navigation():
        desktop.evaluate("""() => {
            const button = document.querySelector("main form button");
            button.click();
            button.click();
        }""")

    assert len(sent) == 1
