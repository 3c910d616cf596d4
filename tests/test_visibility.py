"""No page, list, count, file, export, search or notice shows one agency the other's words (2.4)."""

import re
from collections import deque

import pytest
from django.core import mail
from django.utils import timezone

from agencies.models import Attachment, Event, Notice, OutgoingPaper
from agencies.notices import deliver
from tasks.models import Directive, Task
from tests.test_addresses import CRAWLING, TABLE, address_of
from tests.world import ALPHA, BETA

LINK = re.compile(r'(?:href|action)="(/[^"#]*)')
MOST_PAGES = 320
OWN = {"head_alpha": ALPHA, "staff_alpha": ALPHA, "head_beta": BETA}


def words_of_others(role: str) -> list[str]:
    """The words that a role must meet nowhere."""
    return [word for word in (ALPHA, BETA) if word != OWN.get(role)]


def starting_points(world) -> list[str]:
    """Every address of the table, with both agencies' things, and searches for both words."""
    mine = [address_of(name, world) for name in TABLE]
    swapped = dict(world.things)
    for name in list(swapped):
        if f"beta_{name}" in swapped:
            swapped[name] = swapped[f"beta_{name}"]
    theirs = [address_of(name, type(world)(world.actors, swapped)) for name in TABLE]
    searches = [f"/search/?q={word}" for word in (ALPHA, BETA, "xu ly", "minh chung")]
    lists = [
        f"/{page}/?q={word}"
        for page in ("tasks", "directives", "consultations")
        for word in (ALPHA, BETA)
    ]
    return [*mine, *theirs, *searches, *lists]


def crawl(client, start: list[str]):
    """Yield (address, status, text) of all pages that links reach from the start, and files."""
    seen = set(start)
    waiting = deque(dict.fromkeys(start))
    while waiting:
        address = waiting.popleft()
        response = client.get(address)
        content = b"".join(response) if response.streaming else response.content
        text = content.decode("utf-8", "replace")
        # What was searched for is repeated in the search field: that is no leak.
        words = address.partition("?q=")[2]
        yield address, response.status_code, text.replace(words, "") if words else text
        if response.headers.get("Content-Type", "").startswith("text/html"):
            for link in LINK.findall(text):
                link = link.replace("&amp;", "&")
                if len(seen) < MOST_PAGES and link not in seen and "logout" not in link:
                    seen.add(link)
                    waiting.append(link)


@pytest.mark.parametrize("role", CRAWLING)
def test_no_page_shows_another_agencys_word(world, client, role):
    """And the addresses of the table answer as it says. It could not fail had it not seen the own
    rows.
    """
    client.force_login(world.user(role))
    expected = {address_of(name, world): answers[role] for name, (_, answers) in TABLE.items()}
    leaks, wrong, own = [], [], 0

    for address, status, text in crawl(client, starting_points(world)):
        if any(word in text for word in words_of_others(role)):
            leaks.append(address)
        if status != expected.get(address, status):
            wrong.append(f"{address}: {status}, expected {expected[address]}")
        own += role in OWN and OWN[role] in text

    assert (leaks, wrong) == ([], [])
    assert own > 5 or role not in OWN


def test_the_others_replies_are_hidden_until_the_consultation_is_closed(world, client):
    """Rule 2.4: everyone's lines once the consultation is closed."""
    for role in ("head_alpha", "staff_alpha"):
        client.force_login(world.user(role))

        text = client.get(world.things["shared"].get_absolute_url()).content.decode()

        assert BETA not in text, role


def test_no_queryset_gives_one_agency_the_others_rows(world):
    actor = world.actors["head_alpha"]

    for model in (Task, Directive, Event, Attachment, OutgoingPaper):
        rows = model.objects.visible_to(actor)

        assert not [row for row in rows if BETA in str(row.__dict__)], model


def test_no_notice_and_no_mail_carries_another_agencys_word(world):
    for role in CRAWLING:
        told = [
            f"{n.subject}{n.text}{n.sentence}"
            for n in Notice.objects.filter(person=world.user(role))
        ]
        others = words_of_others(role)
        assert not [text for text in told if any(word in text for word in others)], role

    deliver(timezone.now)

    address = world.user("head_alpha").email
    assert not [m for m in mail.outbox if address in m.to and BETA in f"{m.subject}{m.body}"]
