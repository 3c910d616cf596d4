"""A thing's story: by day, filtered, folded, printed whole (issue 5, point 12)."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.http import QueryDict
from django.template.loader import render_to_string
from django.test import RequestFactory
from django.test.utils import CaptureQueriesContext

from agencies.files import keep
from agencies.models import Event, record, record_all
from agencies.timeline import SHOWN, Timeline
from tests.factories import AgencyFactory, head_of, moment

pytestmark = pytest.mark.django_db


@pytest.fixture
def actor():
    return head_of(AgencyFactory())


@pytest.fixture
def told(actor):
    """Return a function that records an act on the actor's agency: `told("paper.sign", at)`."""

    def tell(act: str, at=None, **params) -> Event:
        return record(act, actor.agency, actor, at or moment("2026-11-16"), **params)

    return tell


def story(actor, query: str = "") -> Timeline:
    return Timeline(Event.objects.of(actor.agency).for_timeline(), QueryDict(query))


def acts(timeline: Timeline) -> list[str]:
    return [entry.event.act for entry in timeline.entries]


def drawn(actor, query: str = "") -> str:
    request = RequestFactory().get(f"/?{query}")
    request.at = moment("2026-11-24")
    events = Event.objects.of(actor.agency).for_timeline()
    return render_to_string("agencies/_timeline.html", {"events": events, "request": request})


def test_the_newest_stands_first_under_its_day(actor, told):
    told("paper.draft", moment("2026-11-16", 8))
    told("paper.sign", moment("2026-11-17", 8))
    told("paper.issue", moment("2026-11-17", 9))

    days = [(f"{day:%d}", [one.event.act for one in entries]) for day, entries in story(actor).days]

    assert days == [("17", ["paper.issue", "paper.sign"]), ("16", ["paper.draft"])]


def test_only_decisions_or_only_entries_with_files_can_be_shown(actor, told):
    told("paper.draft")
    told("paper.sign")
    event = told("paper.number", number="9")
    upload = SimpleUploadedFile("ban-ky.txt", b"x")
    keep(upload, actor.agency, actor, moment("2026-11-16"), role="x", event=event)

    assert acts(story(actor, "story=decisions")) == ["paper.sign"]
    assert acts(story(actor, "story=files")) == ["paper.number"]
    assert len(acts(story(actor, "story=nonsense"))) == 3


def test_older_entries_fold_until_they_are_asked_for(actor):
    record_all("paper.draft", [(actor.agency, {})] * 200, actor, moment("2026-11-16"))

    assert (len(story(actor).entries), story(actor).folded) == (SHOWN, 200 - SHOWN)
    assert story(actor, "older=1").folded == 0
    assert story(actor).older_url == "?older=1#story"


def test_a_short_story_has_no_filter(actor, told):
    told("paper.draft")

    assert story(actor).filters == []


def test_narrowing_keeps_the_rest_of_the_address(actor):
    record_all("paper.sign", [(actor.agency, {})] * 20, actor, moment("2026-11-16"))

    shown = story(actor, "page=3&older=1").filters

    assert [one["url"] for one in shown] == ["?page=3#story", "?page=3&story=decisions#story"]


def test_printed_it_is_whole_and_begins_with_the_beginning(actor, told):
    told("paper.draft", moment("2026-11-16"))
    told("paper.sign", moment("2026-11-17"))

    whole = Timeline.whole(Event.objects.of(actor.agency).for_timeline())

    assert acts(whole) == ["paper.draft", "paper.sign"]


def test_an_entry_says_who_under_which_post_and_when_it_was_recorded(actor, told):
    Event.objects.all()
    record(
        "paper.sign", actor.agency, actor, moment("2026-11-17"),
        effective_at=moment("2026-11-16", 16, 42),
    )  # fmt: skip

    html = drawn(actor)

    assert actor.user.full_name in html
    assert actor.post.words in html
    assert "16:42" in html
    assert "17/11/2026" in html


def test_changed_fields_and_long_texts_are_laid_side_by_side(actor, told):
    long = "Rà soát, lập danh sách hồ sơ đất đai tồn đọng trên địa bàn {} xã, thị trấn."
    told("paper.draft", changes=[["name", long.format(17), long.format(15)], ["code", "a", "b"]])

    html = drawn(actor)

    assert "<del>" in html and "<ins>" in html
    assert "17 " in html.partition("<del>")[2].partition("</del>")[0]


def test_what_went_and_came_is_told_to_screen_readers_too(actor, told):
    """Not by colour alone."""
    told("paper.draft", changes=[["name", "một " * 20 + "hai", "một " * 20 + "ba"]])

    html = drawn(actor)

    for tag in ("del", "ins"):
        assert "visually-hidden" in html.partition(f"<{tag}>")[2].partition(f"</{tag}>")[0]


def test_a_very_long_text_folds_on_the_page(actor, told):
    told("paper.draft", text="Nội dung. " * 100)

    assert "<details" in drawn(actor)


@pytest.mark.parametrize("how_many", [1, 200])
def test_a_long_story_asks_as_much_as_a_short_one(actor, how_many):
    record_all(
        "paper.draft", [(actor.agency, {"text": "x"})] * how_many, actor, moment("2026-11-16")
    )
    drawn(actor)

    with CaptureQueriesContext(connection) as asked:
        drawn(actor, "older=1")

    assert len(asked) == 2  # the events, their files
