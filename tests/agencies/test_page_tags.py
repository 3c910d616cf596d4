"""The tags and filters pages are made of: words for time, shapes for state, keys for forms."""

import uuid
from datetime import UTC, date, datetime

import pytest
from django.core.paginator import Paginator
from django.template import RequestContext, Template
from django.test import RequestFactory
from django.utils import translation

from agencies.deadlines import ZONE, Calendar, Unit, by_day, by_instant, by_term

AT = datetime(2023, 5, 20, 9, 42, tzinfo=ZONE)
END_OF_20_MAY = datetime(2023, 5, 21, tzinfo=ZONE)


@pytest.fixture(autouse=True)
def english():
    """The words are tested by their English msgids; the translations are tested elsewhere."""
    with translation.override("en"):
        yield


def drawn(source: str, request=None, **context) -> str:
    request = request or RequestFactory().get("/")
    return Template(source).render(RequestContext(request, context)).strip()


@pytest.mark.parametrize("kind", ["late", "soon", "track", "waiting", "done"])
def test_a_pill_says_its_state_by_shape_and_word(kind):
    html = drawn('{% pill kind "three days" %}', kind=kind)

    assert f"pill-{kind}" in html
    assert 'aria-hidden="true"' in html
    assert "three days" in html


def test_a_pill_escapes_its_word():
    assert "<b>" not in drawn('{% pill "late" word %}', word="<b>")


@pytest.mark.parametrize(
    ("due_at", "expected"),
    [
        pytest.param(
            END_OF_20_MAY, "20/05/2023", id="a day ends at midnight and shows as that day"
        ),
        pytest.param(datetime(2023, 5, 20, 16, tzinfo=ZONE), "16:00 20/05/2023", id="an hour"),
        pytest.param(datetime(2023, 5, 20, 17, tzinfo=UTC), "20/05/2023", id="the same in UTC"),
        pytest.param(None, "", id="none"),
    ],
)
def test_a_deadline_reads_as_its_last_day_or_its_hour(due_at, expected):
    """Rule 3.1."""
    assert drawn("{{ due_at|due }}", due_at=due_at) == expected


@pytest.mark.parametrize(
    ("due_at", "at", "expected"),
    [
        pytest.param(END_OF_20_MAY, AT, "14 hours left", id="today"),
        pytest.param(datetime(2023, 5, 20, 10, tzinfo=ZONE), AT, "18 minutes left", id="minutes"),
        pytest.param(datetime(2023, 5, 24, tzinfo=ZONE), AT, "3 days left", id="days"),
        pytest.param(datetime(2023, 5, 21, 16, tzinfo=ZONE), AT, "1 day left", id="over a day"),
        pytest.param(
            END_OF_20_MAY, END_OF_20_MAY, "1 day overdue", id="the instant itself is late"
        ),
        pytest.param(
            END_OF_20_MAY, datetime(2023, 6, 1, 8, tzinfo=ZONE), "12 days overdue", id="12"
        ),
        pytest.param(None, AT, "no deadline", id="none"),
    ],
)
def test_the_distance_to_a_deadline_is_said_in_words(due_at, at, expected):
    """Rule 3.7: the day after the last day in time is day 1."""
    assert drawn("{% time_left due_at at %}", due_at=due_at, at=at) == expected


def test_why_this_date_tells_a_received_day_what_was_skipped_and_the_count():
    """Rule 3.6, with the late arrival of rule 3.4 and the swap for Hùng Kings' day in 2023."""
    sent = datetime(2023, 4, 27, 18, 30, tzinfo=ZONE)
    deadline = by_term(2, Unit.WORKING_DAY, sent, Calendar.national(), from_receipt=True)

    html = drawn("{% why_date stored %}", stored=deadline.to_json())

    assert "it arrived after office hours" in html
    assert "skipped:" in html
    assert "counted: 1 to 2" in html
    assert "05/05/2023" in html


@pytest.mark.parametrize(
    "deadline",
    [
        by_day(date(2023, 5, 20), date(2023, 5, 4), Calendar.national()),
        by_instant(datetime(2023, 5, 20, 16, tzinfo=ZONE), date(2023, 5, 4), Calendar.national()),
        by_term(45, Unit.DAY, date(2023, 5, 4), Calendar.national()),
        by_term(3, Unit.MONTH, date(2023, 5, 4), Calendar.national()),
    ],
    ids=["day", "hour", "days", "months"],
)
def test_every_kind_of_deadline_has_its_panel(deadline):
    """Rule 3.6."""
    html = drawn("{% why_date deadline %}", deadline=deadline)

    assert "<details" in html
    assert html.count("<dt>") <= 6


def test_there_is_no_panel_without_arithmetic():
    assert drawn("{% why_date nothing %}", nothing=None) == ""


def test_a_refused_form_keeps_its_request_key():
    """Issue 4: a form posted twice is one act."""
    key = str(uuid.uuid4())

    assert drawn("{% request_key %}", RequestFactory().post("/", {"request_key": key})) == key


def test_a_key_that_is_none_is_replaced():
    html = drawn("{% request_key %}", RequestFactory().post("/", {"request_key": '"><script>'}))

    assert str(uuid.UUID(html)) == html


def test_two_forms_of_one_page_have_two_keys():
    first, second = drawn("{% request_key %} {% request_key %}").split()

    assert first != second


def test_pages_keep_the_filter_in_their_addresses():
    request = RequestFactory().get("/", {"q": "rác & nước", "page": "2"})

    html = drawn("{% pagination page %}", request, page=Paginator(range(100), 10).page(2))

    assert 'href="?q=r%C3%A1c+%26+n%C6%B0%E1%BB%9Bc&amp;page=3"' in html
    assert "11–20 of 100" in html


def test_sorting_turns_round_and_returns_to_the_first_page():
    request = RequestFactory().get("/", {"sort": "late", "page": "4"})

    html = drawn('{% sort_header "late" "Overdue" css="num" %}', request)

    assert 'href="?sort=-late"' in html
    assert 'aria-sort="ascending"' in html


def test_an_age_bar_says_its_figures_in_words():
    html = drawn("{% bar ages longest=8 %}", ages={"over_30": 2, "from_8_to_30": 0, "up_to_7": 2})

    assert 'aria-label="2 over 30 days, 2 up to 7 days"' in html
    assert 'x="25.00"' in html


def test_columns_without_rows_are_drawn_empty():
    assert "<rect" not in drawn('{% columns points "Overdue" %}', points=[])
