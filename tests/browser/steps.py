"""What people do in every browser test: log in, look at what the browser complains of."""

import os
from pathlib import Path

from playwright.sync_api import Page

from agencies.acting import Actor
from agencies.models import Post, User
from tests.factories import PASSWORD


def log_in(page: Page, who: Actor | Post | User, then: str = "/") -> None:
    """Log in by the form, as whoever was logged in before or not, and go on to an address."""
    user = who if isinstance(who, User) else who.user
    page.context.clear_cookies()
    page.goto(f"/login/?next={then}")
    page.get_by_label("Tên đăng nhập").fill(user.username)
    page.get_by_label("Mật khẩu").fill(PASSWORD)
    page.get_by_role("button", name="Đăng nhập").click()
    page.wait_for_url(lambda url: "/login/" not in url)


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
