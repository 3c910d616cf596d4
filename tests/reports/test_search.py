"""One field: numbers, words without diacritics, names; only what one may see."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from reports import search
from tasks.models import Urging
from tests.factories import (
    AgencyFactory,
    DirectiveFactory,
    OfficeFactory,
    PostFactory,
    head_of,
    moment,
    office_chief,
)
from tests.pages import client_of
from tests.reports.histories import line_of, task_with, urging_of

pytestmark = pytest.mark.django_db

BEGUN = moment("2026-09-01")


@pytest.fixture
def agency():
    OfficeFactory()
    return AgencyFactory(code="tnmt", name="Phòng Tài nguyên và Môi trường")


@pytest.fixture
def chief(agency):
    return office_chief()


def look(actor, q: str, **query):
    client = client_of(actor)
    return client.get(reverse("search"), {"q": q, **query})


def things(response, kind: str) -> list:
    results = response.context.get("results") or []
    return next((each["things"] for each in results if each["found"].kind == kind), [])


@pytest.mark.parametrize("typed", ["rà soát", "ra soat", "RA SOAT", "  rà   soát, "])
def test_words_are_found_without_diacritics(agency, chief, typed):
    """Issue 4: searchable without diacritics, capitals or punctuation."""
    task = task_with(agency, BEGUN, None, title="Rà soát đất đai")

    assert things(look(chief, typed), "tasks") == [task]


@pytest.mark.parametrize("typed", ["412/UBND-VP", "412/ubnd-vp", "412"])
def test_a_number_finds_its_directive_first(agency, chief, typed):
    """Traps: "412/UBND-VP" is three words, and the exact number comes before mentions."""
    wanted = DirectiveFactory(number="412/UBND-VP")
    DirectiveFactory(number="500/UBND-VP", abstract="Tiếp theo Công văn số 412/UBND-VP")

    assert things(look(chief, typed), "directives")[0] == wanted


def test_a_code_finds_its_task_first(agency, chief):
    """Domain 1: public codes; newer ones that mention it come after."""
    wanted = task_with(agency, BEGUN, None, code="NV-2026-0412")
    task_with(agency, BEGUN, None, title="Làm tiếp NV-2026-0412", code="NV-2026-0500")

    assert things(look(chief, "nv-2026-0412"), "tasks")[0] == wanted
    assert things(look(chief, "0412"), "tasks")[0] == wanted


def test_people_stand_by_given_name(agency, chief):
    """Traps: people sort by the last word of the name."""
    for name in ("Phạm Văn Bình", "Lê Thị An", "Đỗ Văn Ân"):
        PostFactory(agency=agency, user__full_name=name)

    found = things(look(chief, "van"), "people") + things(look(chief, "le thi"), "people")

    assert [post.user.full_name for post in found] == [
        "Đỗ Văn Ân", "Phạm Văn Bình", "Lê Thị An",
    ]  # fmt: skip


def test_agencies_and_consultations_are_found(agency, chief):
    """Issue 4: one field finds everything."""
    line = line_of(agency, BEGUN, moment("2026-09-10", 0))

    assert things(look(chief, "tai nguyen"), "agencies") == [agency]
    assert things(look(chief, "quy hoach khu"), "consultations") == [line.consultation]


@pytest.mark.parametrize("typed", ["01/UBND-VP", "1", "tai nguyen", "bai rac", "nv-2026-0031"])
def test_an_urging_is_found_by_number_agency_and_the_tasks_it_names(agency, chief, typed):
    """Rule 8.2: whatever one remembers of the letter."""
    task = task_with(agency, BEGUN, None, title="Đóng cửa bãi rác", code="NV-2026-0031")
    urging = urging_of(agency, moment("2026-09-20"), task)

    assert things(look(chief, typed), "urgings") == [urging]


def test_only_the_agency_urged_finds_its_urging_once_it_is_issued(agency):
    """Rule 2.4: visible_to, so no draft and nobody else's."""
    urging = urging_of(agency, moment("2026-09-20"), task_with(agency, BEGUN, None))
    Urging.objects.create(
        agency=agency, drafted_at=moment("2026-09-21"), answer_by_at=moment("2026-10-01", 0)
    )
    own, other = head_of(agency), head_of(AgencyFactory(code="khac"))

    assert things(look(own, "tai nguyen"), "urgings") == [urging]
    assert things(look(other, "tai nguyen"), "urgings") == []


def test_one_finds_only_what_one_may_see(agency):
    """Rule 2.4: search starts from visible_to; not even a count tells of others' rows."""
    other = AgencyFactory(code="khac")
    task_with(other, BEGUN, None, title="Chữ không thể nhầm")
    line = line_of(other, BEGUN, moment("2026-09-10", 0))
    line.consultation.title = "Chữ không thể nhầm"
    line.consultation.save()
    DirectiveFactory(abstract="Chữ không thể nhầm")

    response = look(head_of(agency), "không thể nhầm")

    assert response.context["total"] == 0
    assert response.context["results"] == []


def test_totals_stop_at_a_thousand(agency, chief, monkeypatch):
    """Traps: an exact total of a common phrase takes longest; it is capped."""
    monkeypatch.setattr(search, "CAP", 3)
    monkeypatch.setattr("reports.views.search.CAP", 3)
    for _n in range(5):
        task_with(agency, BEGUN, None)

    response = look(chief, "dat dai", kind="tasks")

    found = response.context["results"][0]["found"]
    assert (found.total, found.is_capped) == (3, True)
    assert response.context["page"].paginator.count == 3


def test_one_kind_is_read_page_by_page(agency, chief):
    """Issue 4: every list is paginated, its state in the address."""
    tasks = [task_with(agency, BEGUN, None) for _n in range(35)]

    second = look(chief, "dat dai", kind="tasks", page=2)

    assert things(second, "tasks") == tasks[4::-1]


@pytest.mark.parametrize("typed", ["", "   ", "/-!&|", "'", "a:*b", "x" * 5000])
def test_nonsense_is_answered_kindly(agency, chief, typed):
    """Issue 4, bad input: a page, never an error."""
    response = look(chief, typed)

    assert response.status_code == 200


def test_the_number_of_queries_is_constant(agency, chief):
    """Issue 4: constant queries."""
    task_with(agency, BEGUN, None)
    look(chief, "dat dai")
    with CaptureQueriesContext(connection) as few:
        look(chief, "dat dai")
    for _n in range(6):
        task_with(agency, BEGUN, None)
    with CaptureQueriesContext(connection) as many:
        look(chief, "dat dai")

    assert len(many) == len(few)
