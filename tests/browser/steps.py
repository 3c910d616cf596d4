"""What people do in every browser test: log in, look at what the browser complains of."""

import os
from pathlib import Path

from django.conf import settings
from django.test import Client
from playwright.sync_api import Locator, Page

from agencies.acting import Actor
from agencies.models import Post, User
from tests.factories import PASSWORD


def log_in(page: Page, who: Actor | Post | User, then: str = "/") -> None:
    """Open an address as a person whose session is there already, whoever was there before."""
    client = Client()
    client.force_login(_user_of(who))
    name = settings.SESSION_COOKIE_NAME
    session = {"name": name, "value": client.cookies[name].value}
    page.context.clear_cookies()
    page.context.add_cookies([session | {"domain": "localhost", "path": "/"}])
    page.goto(then)


def log_in_by_hand(page: Page, who: Actor | Post | User, then: str = "/") -> None:
    """Come to an address by way of the log-in page."""
    page.context.clear_cookies()
    page.goto(f"/login/?next={then}")
    page.get_by_label("Tên đăng nhập").fill(_user_of(who).username)
    page.get_by_label("Mật khẩu").fill(PASSWORD)
    page.get_by_role("button", name="Đăng nhập").click()
    page.wait_for_url(lambda url: "/login/" not in url)


def follow(link: Locator) -> None:
    """Press a link or button, and be on the page it leads to: a click may return before it."""
    with link.page.expect_navigation():
        link.click()


def _user_of(who: Actor | Post | User) -> User:
    return who if isinstance(who, User) else who.user


def complaints_of(page: Page) -> list[str]:
    """What the browser complains of from here on: scripts failing, the CSP refusing something."""
    found: list[str] = []
    page.on("console", lambda message: message.type == "error" and found.append(message.text))
    page.on("pageerror", lambda error: found.append(str(error)))
    return found


def picture(page: Page, name: str) -> None:
    """Keep a picture of the whole page, for people to look at, where SHOTS names a folder."""
    if folder := os.environ.get("SHOTS"):
        Path(folder).mkdir(parents=True, exist_ok=True)
        page.screenshot(path=Path(folder, f"{name}.png"), full_page=True)


def fits(page) -> bool:
    """The page is no wider than its window, and its title says what its heading says."""
    heading = " ".join(page.locator("h1").inner_text().split())
    assert " ".join(page.title().split()).startswith(heading)
    return page.evaluate("document.documentElement.scrollWidth <= innerWidth")
