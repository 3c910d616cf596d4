"""The pages of superiors' demands: list, one, noting, closing, a task below (rule 4.1)."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tasks.demands import keeping
from tasks.demands.keeping import Wording
from tasks.models import Demand, Task
from tests import factories as make

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock_at_now")]
NOW = make.moment("2026-11-24")


@pytest.fixture
def directive():
    city = make.AuthorityFactory(code="thanh-pho", name="UBND thành phố", is_superior=True)
    return make.DirectiveFactory(issuer=city, issued_on=date(2026, 11, 2), number="2210/UBND")


def noted(directive, officer, due="2026-12-05", title="Báo cáo rác thải") -> Demand:
    return keeping.note(directive, officer, NOW, wording=Wording(title), due_at=make.moment(due, 0))


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("", ["late", "near", "far"]),
        ("?state=overdue", ["late"]),
        ("?state=closed", ["met"]),
        ("?state=", ["met", "late", "near", "far"]),
        ("?sort=-due", ["far", "near", "late"]),
        ("?q=nước&state=", ["near"]),
        ("?q=2210/UBND", ["met", "late", "near", "far"]),
        ("?issuer=nowhere", []),
    ],
)
def test_the_list_shows_what_is_owed_the_nearest_first(
    query, expected, directive, officer, visit
) -> None:
    """Rules 4.1, 8.3: open, closed, overdue, sorted by due."""
    codes = {
        noted(directive, officer, due, title).code: name
        for name, due, title in (
            ("far", "2026-12-31", "Báo cáo năm"),
            ("late", "2026-11-20", "Báo cáo đất"),
            ("near", "2026-11-27", "Báo cáo nước"),
            ("met", "2026-11-15", "Báo cáo rừng"),
        )
    }
    met = Demand.objects.get(title="Báo cáo rừng")
    keeping.close(met, officer, NOW, document_number="9/BC", document_on=date(2026, 11, 10))

    page = visit(officer, f"/demands/{query}").context["page"]

    assert [codes[row.code] for row in page] == expected


def test_the_list_takes_a_constant_number_of_queries(directive, officer, chief, client) -> None:
    """Issue 5: lists with a constant number of queries."""
    client.force_login(chief.user)

    def questions() -> int:
        with CaptureQueriesContext(connection) as asked:
            client.get("/demands/")
        return len(asked)

    make.assigned_task(actor=chief, demand=noted(directive, officer))
    questions()
    few = questions()
    for _ in range(5):
        make.assigned_task(actor=chief, demand=noted(directive, officer))

    assert questions() == few


def test_an_officer_notes_a_demand_in_the_directives_words(directive, officer, visit) -> None:
    """Rules 3.1, 3.6: a day, or as written, counted from the directive's date."""
    facts = {"title": "Báo cáo", "deadline_text": "10 ngày làm việc", "due_on": ""}

    answer = visit(officer, f"/directives/{directive.pk}/demands/new/", facts)

    demand = Demand.objects.get()
    assert answer.url == demand.get_absolute_url()
    assert demand.due_at == make.moment("2026-11-17", 0)
    assert demand.arithmetic["expression"] == "10 ngày làm việc"


@pytest.mark.parametrize(
    ("facts", "field"),
    [
        ({"title": "Báo cáo"}, "due_on"),
        ({"title": "Báo cáo", "due_on": "2026-12-01", "deadline_text": "5 ngày"}, "deadline_text"),
        ({"title": "", "due_on": "2026-12-01"}, "title"),
    ],
    ids=["no day", "both", "no title"],
)
def test_a_wrong_demand_is_answered_beside_its_field(
    facts, field, directive, officer, visit
) -> None:
    """Rule 11: 400, and what was typed is kept."""
    answer = visit(officer, f"/directives/{directive.pk}/demands/new/", facts)

    assert answer.status_code == 400
    assert field in answer.context["form"].errors


def test_own_directives_have_no_such_page(officer, visit) -> None:
    """Rule 4.1: only a superior demands of the body."""
    own = make.DirectiveFactory()

    assert visit(officer, f"/directives/{own.pk}/demands/new/").status_code == 404


def test_closing_warns_of_open_tasks_below(directive, officer, chief, visit) -> None:
    """Rule 4.1: said before it is done."""
    demand = noted(directive, officer)
    assert "callout-soon" not in visit(officer, demand.get_absolute_url()).content.decode()

    task = make.assigned_task(actor=chief, demand=demand, due_at=make.moment("2026-12-01", 0))
    page = visit(officer, demand.get_absolute_url())

    assert "callout-soon" in page.content.decode()
    assert list(page.context["tasks"]) == [task]


def test_a_refused_closing_keeps_what_was_typed(directive, officer, visit) -> None:
    """Rule 11: 409 beside the field, on the demand's own page."""
    demand = noted(directive, officer)
    facts = {"document_number": "215/BC-UBND", "document_on": "2026-11-30", "version": 0}

    answer = visit(officer, f"/demands/{demand.code}/close/", facts)

    assert answer.status_code == 409
    assert "document_on" in answer.context["form"].errors
    assert "215/BC-UBND" in answer.content.decode()


def test_a_stale_form_passes_once_its_refusal_was_read(directive, officer, visit) -> None:
    """Rule 5.14."""
    demand = noted(directive, officer)
    keeping.correct(demand, officer, NOW, wording=Wording("Báo cáo về rác"))
    facts = {"title": "Báo cáo rác", "version": 0}

    refused = visit(officer, f"/demands/{demand.code}/correct/", facts)
    version = refused.context["form"]["version"].value()
    again = visit(officer, f"/demands/{demand.code}/correct/", facts | {"version": version})

    assert (refused.status_code, again.status_code) == (409, 302)


def test_a_task_is_added_below_with_what_is_known(directive, officer, chief, visit) -> None:
    """Rule 4.1: the form begins with the demand's words, source and day."""
    demand = noted(directive, officer)
    lead = make.AgencyFactory()
    form = visit(chief, f"/tasks/new/?demand={demand.code}").context["form"]
    begun = {name: form[name].value() for name in ("title", "source", "demand", "due_on")}
    assert (begun["title"], begun["due_on"]) == ("Báo cáo rác thải", date(2026, 12, 4))

    facts = begun | {"assigned_by": make.AuthorityFactory().pk, "lead": lead.pk, "priority": "key"}
    answer = visit(chief, "/tasks/new/", facts | {"due_on": "2026-12-05"})
    assert answer.status_code == 409
    answer = visit(chief, "/tasks/new/", facts | {"due_on": "2026-12-04"})

    assert answer.status_code == 302
    assert Task.objects.get().demand == demand


def test_the_task_leads_to_the_demand_only_who_may_see_it(directive, officer, chief, visit) -> None:
    """Rule 2.4: the lead knows the superior's day, not the superior's directive."""
    demand, head = noted(directive, officer), make.head_of(make.AgencyFactory())
    task = make.assigned_task(head.agency, actor=chief, demand=demand)

    seen, hidden = (
        visit(actor, task.get_absolute_url()).content.decode() for actor in (chief, head)
    )

    assert demand.get_absolute_url() in seen
    assert demand.get_absolute_url() not in hidden
    assert "04/12/2026" in hidden


# The directive's page -------------------------------------------------------------------------


@pytest.fixture
def chain(directive, officer, chief):
    """The ministry's directive, the city's, the district's with two tasks, one overdue."""
    ministry = make.DirectiveFactory(
        issuer=make.AuthorityFactory(code="bo", name="Bộ", is_superior=True), number="1/BTNMT"
    )
    directive.implements = ministry
    directive.save()
    district = make.DirectiveFactory(implements=directive, number="688/UBND")
    for due in ("2026-11-17", "2026-12-01"):
        make.assigned_task(actor=chief, directive=district, due_at=make.moment(due, 0))
    return ministry, directive, district


def test_the_chain_is_shown_both_ways_with_its_progress(chain, chief, officer, visit) -> None:
    """Rule 4.1: one that implements a superior's shows the chain both ways."""
    ministry, city, district = chain
    demand = noted(city, officer)

    middle = visit(chief, city.get_absolute_url()).context["chain"]
    lowest = visit(chief, district.get_absolute_url()).context["chain"]

    assert [link.directive for link in middle.above] == [ministry]
    assert [link.directive for link in middle.below] == [district]
    assert (middle.below[0].counts["total"], middle.below[0].counts["overdue"]) == (2, 1)
    assert middle.own.demands == [demand]
    assert [link.directive for link in lowest.above] == [ministry, city]
    assert lowest.above[1].demands == [demand]


def test_an_agency_sees_only_its_part_of_the_chain(chain, chief, visit) -> None:
    """Rule 2.4: what does not name it is neither linked nor counted."""
    _ministry, _city, district = chain
    head = make.head_of(make.AgencyFactory())
    make.assigned_task(head.agency, actor=chief, directive=district)

    seen = visit(head, district.get_absolute_url()).context["chain"]

    assert seen.above == []
    assert seen.own.counts["total"] == 1


def test_a_chain_that_runs_in_a_circle_ends(chain, chief, visit) -> None:
    """Data from before the rule may run in a circle; the page still opens."""
    ministry, city, _district = chain
    ministry.implements = city
    ministry.save()

    assert visit(chief, city.get_absolute_url()).status_code == 200


def test_the_page_offers_noting_only_where_a_superior_issued_it(chain, officer, visit) -> None:
    """Rule 4.1."""
    _ministry, city, district = chain

    assert visit(officer, city.get_absolute_url()).context["may_note"]
    assert not visit(officer, district.get_absolute_url()).context["may_note"]
