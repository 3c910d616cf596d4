"""Superiors' demands: noted, worked on by tasks below, moved only by the superior, closed (4.1)."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from agencies.models import Attachment, Event, Notice
from agencies.refusals import NotYours, Refused
from tasks import lifecycle
from tasks.demands import keeping
from tasks.demands.keeping import Wording
from tasks.demands.listing import owed_upward, tasks_below
from tasks.demands.standing import Standing, standing
from tasks.judgement import Judgement
from tasks.models import Addressee, Demand, Directive
from tests import factories as make

pytestmark = pytest.mark.django_db
AT = make.moment("2026-11-10")
DUE = make.moment("2026-12-05", 0)  # 24:00 of 04/12
TICK = timedelta(microseconds=1)


@pytest.fixture
def city():
    return make.AuthorityFactory(code="thanh-pho", name="UBND thành phố", is_superior=True)


@pytest.fixture
def directive(city):
    return make.DirectiveFactory(issuer=city, issued_on=date(2026, 11, 2))


def note(directive, actor, due_at=DUE, **wording) -> Demand:
    words = Wording(**{"title": "Báo cáo kết quả xử lý rác thải"} | wording)
    return keeping.note(directive, actor, AT, wording=words, due_at=due_at)


@pytest.fixture
def demand(directive, officer):
    return note(directive, officer)


def below(demand, chief, head=None, **work):
    """A task below the demand."""
    head = head or make.head_of(make.AgencyFactory())
    return make.assigned_task(head.agency, actor=chief, at=AT, demand=demand, **work)


# Noting ---------------------------------------------------------------------------------------


def test_a_demand_has_its_code_and_its_day(demand, directive) -> None:
    """Rule 4.1: its own due day, from its first moment on as a row."""
    assert (demand.code, demand.directive) == ("YC-2026-0001", directive)
    assert demand.original_due_at == demand.due_at == DUE
    assert demand.deadline_rows.get().event.act == "demand.noted"


def test_only_registered_directives_of_a_superior_hold_demands(officer, city) -> None:
    """Rule 4.1: a superior's demand on the district itself."""
    own = make.DirectiveFactory()
    draft = make.DirectiveFactory(
        issuer=city, state=Directive.State.DRAFT, number="", registered_at=None
    )

    for directive in (own, draft):
        with pytest.raises(Refused):
            note(directive, officer)


@pytest.mark.parametrize("role", [make.chair, make.administrator, lambda: None])
def test_only_the_office_keeps_the_register(role, directive) -> None:
    """Rule 2, table: officers register directives; agencies and leaders do not."""
    actor = role() or make.head_of(make.AgencyFactory())

    with pytest.raises(NotYours):
        note(directive, actor)


@pytest.mark.parametrize(
    ("due_at", "title", "field"),
    [(make.moment("2026-11-02", 0), "Báo cáo", "due_on"), (DUE, " ", "title")],
    ids=["before the directive", "no words"],
)
def test_what_makes_no_demand_is_refused(due_at, title, field, directive, officer) -> None:
    """Rule 3.6: nothing nonsensical is kept."""
    with pytest.raises(Refused) as refused:
        note(directive, officer, due_at, title=title)

    assert refused.value.field == field


# Correcting and moving ------------------------------------------------------------------------


def test_the_wording_is_corrected_with_what_changed(demand, officer) -> None:
    """Rule 4.5: a correction is recorded."""
    keeping.correct(demand, officer, AT, wording=Wording("Báo cáo rác thải", product="Báo cáo"))

    changes = Event.objects.of(demand).last().params["changes"]
    assert [one[0] for one in changes] == ["title", "product"]
    demand.refresh_from_db()
    assert (demand.title, demand.product, demand.due_at) == ("Báo cáo rác thải", "Báo cáo", DUE)


def test_two_people_at_one_demand(demand, officer, chief) -> None:
    """Rule 5.14: the second is refused with what changed."""
    keeping.correct(demand, officer, AT, wording=Wording("Báo cáo rác thải"), version=0)

    with pytest.raises(Refused, match=officer.user.full_name):
        keeping.correct(demand, chief, AT, wording=Wording("Báo cáo rác"), version=0)


@pytest.mark.parametrize(
    ("number", "on", "field"),
    [
        ("", date(2026, 11, 9), "superior_number"),
        ("2301/UBND", None, "superior_on"),
        ("2301/UBND", date(2026, 11, 11), "superior_on"),
    ],
    ids=["no number", "no date", "dated tomorrow"],
)
def test_only_the_superiors_decision_moves_the_day(number, on, field, demand, officer) -> None:
    """Rules 4.1, 5.6: number, date, not in the future."""
    with pytest.raises(Refused) as refused:
        keeping.move(
            demand, officer, AT,
            due_on=date(2026, 12, 20), superior_number=number, superior_on=on,
        )  # fmt: skip

    assert refused.value.field == field


def moved(demand, officer, due_on=date(2026, 12, 20)) -> Demand:
    return keeping.move(
        demand, officer, AT,
        due_on=due_on, superior_number="2301/UBND", superior_on=date(2026, 11, 9),
    )  # fmt: skip


def test_the_new_day_is_a_row_and_binds_the_open_tasks_below(demand, officer, chief) -> None:
    """Rule 5.6: the tasks keep their own deadline; the superior's day moves under its event."""
    head = make.head_of(make.AgencyFactory())
    task = below(demand, chief, head)
    done = lifecycle.report(
        below(demand, chief, head), head, AT, result="Xong.", document_number="9"
    )
    done = lifecycle.complete(done, chief, AT)

    demand = moved(demand, officer)

    new = make.moment("2026-12-21", 0)
    for one in (task, done):
        one.refresh_from_db()
    assert [row.due_at for row in demand.deadline_rows.all()] == [DUE, new]
    assert (task.superior_due_at, task.due_at) == (new, task.original_due_at)
    assert done.superior_due_at == DUE
    event = Event.objects.of(task).last()
    assert event.act == "task.superior_deadline_moved"
    assert Notice.objects.filter(event=event, person=head.user).exists()


def test_a_task_on_a_demand_is_extended_within_the_demands_day(demand, chief) -> None:
    """Rule 5.6: past it only by the superior's decision; the demand's day moves by its own act."""
    head, chair = make.head_of(make.AgencyFactory()), make.chair()
    task = below(demand, chief, head)
    lifecycle.ask_extension(task, head, AT, due_on=date(2026, 12, 15), reason="Chờ số liệu.")
    with pytest.raises(Refused, match="04/12/2026"):
        lifecycle.grant_extension(task, chair, AT)

    task = lifecycle.grant_other_day(
        task, chair, AT,
        due_on=date(2026, 12, 15), answer="", superior_number="2301/UBND",
        superior_on=date(2026, 11, 9),
    )  # fmt: skip

    demand.refresh_from_db()
    assert (task.superior_due_at, demand.due_at) == (make.moment("2026-12-16", 0), DUE)


# Tasks below ----------------------------------------------------------------------------------


def test_a_task_below_is_bound_to_the_demands_day(demand, chief) -> None:
    """Rules 4.1, 5.6."""
    task = below(demand, chief)

    assert (task.demand, task.superior_due_at) == (demand, DUE)


def test_a_task_may_not_end_after_the_demand(demand, chief) -> None:
    """Rule 5.6: the superior's day is kept from the first moment."""
    with pytest.raises(Refused, match="04/12/2026") as refused:
        below(demand, chief, due_at=DUE + TICK)

    assert refused.value.field == "due_on"


def test_no_task_is_added_below_a_closed_demand(demand, chief, officer) -> None:
    """Rule 4.1."""
    closed(demand, officer)

    with pytest.raises(Refused) as refused:
        below(demand, chief)

    assert refused.value.field == "demand"


def test_what_stands_below_is_counted_in_one_question(
    demand, directive, officer, chief, django_assert_num_queries
) -> None:
    """Rule 4.1: tasks done and overdue; parents of groups are not counted."""
    head, other = make.head_of(make.AgencyFactory()), note(directive, officer)
    parent = make.assigned_task(actor=chief, at=AT, demand=demand, is_group=True)
    done = below(demand, chief, head, parent=parent)
    lifecycle.report(done, head, AT, result="Xong.", document_number="9")
    lifecycle.complete(done, chief, AT)
    below(demand, chief, due_at=make.moment("2026-11-17", 0))
    judgement = Judgement.at(make.moment("2026-11-20"))

    with django_assert_num_queries(1):
        counts = tasks_below([demand, other], chief, judgement)

    assert counts[demand.pk] == {"total": 2, "done": 1, "open": 1, "overdue": 1}
    assert other.pk not in counts


# Closing --------------------------------------------------------------------------------------


def closed(demand, actor, on=date(2026, 11, 9), at=AT, **more) -> Demand:
    return keeping.close(demand, actor, at, document_number="215/BC-UBND", document_on=on, **more)


def test_a_demand_is_closed_by_a_document(demand, officer) -> None:
    """Rule 4.1: its closing document, with a file if there is one."""
    upload = SimpleUploadedFile("bao-cao.txt", "Báo cáo".encode())

    demand = closed(demand, officer, files=[upload])

    assert (demand.document_number, demand.document_on) == ("215/BC-UBND", date(2026, 11, 9))
    assert (demand.closed_at, demand.closed_by) == (AT, officer.post)
    assert Attachment.objects.of(demand).get() in Attachment.objects.visible_to(officer)


@pytest.mark.parametrize(
    ("number", "on", "field"),
    [
        (" ", date(2026, 11, 9), "document_number"),
        ("215/BC", None, "document_on"),
        ("215/BC", date(2026, 11, 11), "document_on"),
        ("215/BC", date(2026, 11, 1), "document_on"),
    ],
    ids=["no number", "no date", "dated tomorrow", "before the directive"],
)
def test_the_closing_document_is_named_whole(number, on, field, demand, officer) -> None:
    """Rule 4.1: number and date."""
    with pytest.raises(Refused) as refused:
        keeping.close(demand, officer, AT, document_number=number, document_on=on)

    assert refused.value.field == field


def test_what_is_closed_stays_as_it_is(demand, officer) -> None:
    """Rule 11: closed once, by one document."""
    demand = closed(demand, officer)

    for act in (closed, moved):
        with pytest.raises(Refused):
            act(demand, officer)
    with pytest.raises(Refused):
        keeping.correct(demand, officer, AT, wording=Wording("Khác"))


@pytest.mark.parametrize(
    ("on", "expected", "act"),
    [
        (date(2026, 12, 4), Standing.MET_IN_TIME, "demand.closed"),
        (date(2026, 12, 5), Standing.MET_LATE, "demand.closed_late"),
    ],
    ids=["on the last day", "a day later"],
)
def test_the_documents_date_says_whether_it_was_in_time(on, expected, act, demand, officer) -> None:
    """Rule 3.1: a document of the last day in time, recorded later, is in time."""
    at = make.moment("2026-12-08")
    demand = closed(demand, officer, on=on, at=at)

    assert standing(demand.due_at, demand.document_on, at, at) == expected
    assert Event.objects.of(demand).last().act == act


# How it stands --------------------------------------------------------------------------------

instants = st.one_of(
    st.datetimes(
        min_value=datetime(2026, 11, 1), max_value=datetime(2027, 1, 31), timezones=st.just(UTC)
    ),
    st.sampled_from([DUE, DUE - TICK, DUE + TICK, make.moment("2026-12-04", 16)]),
)


@settings(
    max_examples=120, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    due_at=instants,
    document_on=st.none() | st.dates(date(2026, 11, 20), date(2026, 12, 20)),
    at=instants,
    soon_in=st.timedeltas(timedelta(0), timedelta(days=20)),
)
def test_sql_and_python_say_the_same(due_at, document_on, at, soon_in, demand) -> None:
    """Rule 3.7: one rule, in Python and in SQL."""
    Demand.objects.filter(pk=demand.pk).update(
        due_at=due_at,
        document_on=document_on,
        document_number="1" if document_on else "",
        closed_at=AT if document_on else None,
    )

    found = Demand.objects.with_standing(at, at + soon_in).get(pk=demand.pk)

    assert found.standing_then == standing(due_at, document_on, at, at + soon_in)


def test_what_is_owed_is_counted_with_its_earliest_day(directive, officer, chief) -> None:
    """Rule 8.3: what we owe upward."""
    note(directive, officer)
    note(directive, officer, make.moment("2026-11-21", 0))
    closed(note(directive, officer, make.moment("2026-11-15", 0)), officer)

    owed = owed_upward(chief, make.moment("2026-11-24"))

    assert owed == {"owed": 2, "overdue": 1, "earliest": make.moment("2026-11-21", 0)}


def test_an_agency_sees_demands_of_directives_that_name_it(demand, directive) -> None:
    """Rule 2.4."""
    named, stranger = (make.head_of(make.AgencyFactory()) for _ in range(2))
    Addressee.objects.create(directive=directive, agency=named.agency)

    assert Demand.objects.visible_to(named).get() == demand
    assert not Demand.objects.visible_to(stranger).exists()
