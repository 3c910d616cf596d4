"""No page, list, count, file, export, search or notice shows one agency the other's words (2.4)."""

import re
from collections import deque
from itertools import islice

import pytest
from django.core import mail
from django.utils import timezone

from agencies.models import Attachment, Event, Notice, OutgoingPaper
from agencies.notices import deliver
from tasks.models import Directive, Task
from tests.test_addresses import TABLE, address_of
from tests.world import ALPHA, BETA, build

LINK = re.compile(r'(?:href|action)="(/[^"#]*)')
MOST_PAGES = 400
OWN_AND_OTHERS = [
    ("head_alpha", [BETA]),
    ("staff_alpha", [BETA]),
    ("head_beta", [ALPHA]),
    ("administrator", [ALPHA, BETA]),
    ("no_post", [ALPHA, BETA]),
]


@pytest.fixture
def world(db):
    world = build()
    world.things |= {
        "monthly": world.things["paper"],
        "wanted": world.things["paper"],
        "user": world.user("chief"),
    }
    world.things["leader"] = world.actors["chair"].post
    return world


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
    """Yield (address, text) of every page reached by links from the start, files included."""
    seen = set(start)
    waiting = deque(dict.fromkeys(start))
    while waiting and len(seen) < MOST_PAGES:
        address = waiting.popleft()
        response = client.get(address)
        content = b"".join(response) if response.streaming else response.content
        text = content.decode("utf-8", "replace")
        # What was searched for is repeated in the search field: that is no leak.
        words = address.partition("?q=")[2]
        yield address, text.replace(words, "") if words else text
        if response.headers.get("Content-Type", "").startswith("text/html"):
            for link in LINK.findall(text):
                link = link.replace("&amp;", "&")
                if link not in seen and "logout" not in link:
                    seen.add(link)
                    waiting.append(link)


@pytest.mark.parametrize(
    ("role", "words"), OWN_AND_OTHERS, ids=[role for role, _ in OWN_AND_OTHERS]
)
def test_no_page_shows_another_agencys_word(world, client, role, words):
    client.force_login(world.user(role))

    leaks = [
        address
        for address, text in crawl(client, starting_points(world))
        if any(word in text for word in words)
    ]

    assert leaks == []


def test_the_crawl_reaches_the_own_rows(world, client):
    """The test above could not fail if the crawl saw nothing."""
    client.force_login(world.user("head_alpha"))

    own = (address for address, text in crawl(client, starting_points(world)) if ALPHA in text)

    assert len(list(islice(own, 6))) == 6


@pytest.mark.parametrize("role", ["head_alpha", "staff_alpha"])
def test_the_others_replies_are_hidden_until_the_consultation_is_closed(world, client, role):
    """Rule 2.4: everyone's lines once the consultation is closed."""
    client.force_login(world.user(role))

    text = client.get(world.things["shared"].get_absolute_url()).content.decode()

    assert BETA not in text


@pytest.mark.parametrize("model", [Task, Directive, Event, Attachment, OutgoingPaper])
def test_no_queryset_gives_one_agency_the_others_rows(world, model):
    actor = world.actors["head_alpha"]

    rows = model.objects.visible_to(actor)

    assert not [row for row in rows if BETA in str(row.__dict__)]


def test_no_notice_and_no_mail_carries_another_agencys_word(world):
    for role, words in OWN_AND_OTHERS:
        told = [
            f"{n.subject}{n.text}{n.sentence}"
            for n in Notice.objects.filter(person=world.user(role))
        ]
        assert not [text for text in told if any(word in text for word in words)], role

    deliver(timezone.now)

    address = world.user("head_alpha").email
    assert not [m for m in mail.outbox if address in m.to and BETA in f"{m.subject}{m.body}"]
