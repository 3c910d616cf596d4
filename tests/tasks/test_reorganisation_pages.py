"""The chief's pages of a reorganisation: preview, fill in, move, undo (rules 2.5, 5.14)."""

import pytest
from django.urls import reverse

from agencies.models import Event, Reorganisation
from agencies.reorganising import Preview
from tasks import lifecycle
from tasks.models import Task
from tests import factories as make
from tests.agencies.reorganised import CLOSED_ON, moved, succeed

pytestmark = pytest.mark.django_db
GIVEN, NOW = make.moment("2026-11-02"), make.moment("2026-11-16")
NUMBER = "1204/QĐ-UBND"


@pytest.fixture
def old():
    return make.AgencyFactory(code="quy-dat", name="Trung tâm Phát triển quỹ đất")


@pytest.fixture
def land():
    return make.AgencyFactory(code="tnmt", name="Phòng Tài nguyên và Môi trường")


@pytest.fixture
def projects():
    return make.AgencyFactory(code="ban-qlda", name="Ban Quản lý dự án")


@pytest.fixture
def task(old, chief):
    return make.assigned_task(old, GIVEN, actor=chief, title="Giải phóng mặt bằng")


@pytest.fixture
def page(client, chief, old, task):
    """Ask the page as the chief; what is given is posted."""

    def ask(**typed):
        client.force_login(chief.user)
        address = reverse("reorganisation", args=[old.code])
        return client.post(address, typed, follow=True) if typed else client.get(address)

    return ask


def seen(old) -> str:
    return Preview(old, NOW).fingerprint


def field_of(task) -> str:
    return f"to-{next(line.work.key for line in Preview(task.lead, NOW).lines)}"


def test_merged_the_decision_alone_is_asked(page, old, land, task):
    succeed(old, land)

    shown = page(document_number=NUMBER, fingerprint=seen(old))

    assert shown.context["undoable"] == 1
    assert Task.objects.get(previous=task).lead == land


def test_split_each_line_is_chosen(page, old, land, projects, task):
    succeed(old, land, projects)

    page(document_number=NUMBER, fingerprint=seen(old), **{field_of(task): projects.pk})

    assert Task.objects.get(previous=task).lead == projects


def test_a_line_without_successor_is_named_and_the_rest_kept(page, old, land, projects, task):
    succeed(old, land, projects)

    shown = page(document_number=NUMBER, fingerprint=seen(old))

    assert shown.status_code == 400
    assert field_of(task) in shown.context["form"].errors
    assert shown.context["form"]["document_number"].value() == NUMBER


def test_lines_without_one_are_filled_in_at_once(page, old, land, projects, task):
    succeed(old, land, projects)
    second = make.assigned_task(old, GIVEN, title="Đấu giá đất")
    chosen = Preview(old, NOW).lines[0].work.key

    shown = page(act="fill", fill=projects.pk, document_number=NUMBER,
                 fingerprint=seen(old), **{f"to-{chosen}": land.pk})  # fmt: skip

    form = shown.context["form"]
    assert [str(field.value()) for _line, field in form.lines()] == [str(land.pk), str(projects.pk)]
    assert not Task.objects.filter(previous=second).exists()


def test_what_changed_meanwhile_is_refused_shown_and_can_be_moved_then(page, old, land, task):
    """Rule 5.14: two chiefs, a report sent, an administrator naming another successor."""
    succeed(old, land)
    stale = seen(old)
    make.assigned_task(old, GIVEN)

    refused = page(document_number=NUMBER, fingerprint=stale)

    assert refused.status_code == 409
    assert len(refused.context["preview"].lines) == 2
    again = page(document_number=NUMBER, fingerprint=refused.context["form"]["fingerprint"].value())
    assert again.context["undoable"] == 2


def test_undone_from_the_page_the_list_is_to_be_moved_again(page, client, old, land, chief, task):
    succeed(old, land)
    page(document_number=NUMBER, fingerprint=seen(old))

    shown = client.post(reverse("reorganisation_undo", args=[old.code]), follow=True)

    assert [line.work.thing.pk for line in shown.context["preview"].lines] == [task.pk]
    assert Event.objects.filter(act="reorganisation.undone").count() == 1


def test_the_page_says_what_stays_when_undone(page, old, land, chief, task):
    succeed(old, land)
    make.assigned_task(old, GIVEN)
    moved(old, chief, make.moment("2026-11-12"))
    head = make.head_of(land)
    lifecycle.accept(Task.objects.get(previous=task), head, NOW)

    shown = page()

    assert (shown.context["undoable"], shown.context["kept"]) == (1, 1)


def test_an_officer_looks_and_does_not_move(client, old, land, task):
    succeed(old, land)
    client.force_login(make.officer().user)
    address = reverse("reorganisation", args=[old.code])

    assert "Giải phóng mặt bằng" in client.get(address).content.decode()
    assert (
        client.post(address, {"document_number": NUMBER, "fingerprint": seen(old)}).status_code
        == 409
    )
    assert not Reorganisation.objects.exists()


def test_the_list_says_which_agencies_wait(client, chief, old, land, task):
    succeed(old, land)
    succeed(make.AgencyFactory(), land)
    client.force_login(chief.user)

    rows = client.get(reverse("reorganisations")).context["rows"]

    assert sorted(count or 0 for _agency, count, _moved in rows) == [0, 1]


def test_the_chief_finds_it_on_the_dashboard(client, chief, old, land, task):
    succeed(old, land)
    client.force_login(chief.user)

    text = client.get(reverse("dashboard")).content.decode()

    assert reverse("reorganisation", args=[old.code]) in text


def test_the_closed_agencys_page_keeps_its_name_and_names_the_successor(client, chief, old, land):
    """Rule 2.5: history under the old names."""
    succeed(old, land)
    client.force_login(chief.user)

    text = client.get(old.get_absolute_url()).content.decode()

    assert old.name in text
    assert land.name in text
    assert f"{CLOSED_ON:%d/%m/%Y}" in text


@pytest.mark.parametrize("many", [2, 12])
def test_the_page_costs_the_same_with_many(
    page, old, land, projects, many, django_assert_max_num_queries
):
    succeed(old, land, projects)
    for _n in range(many):
        make.assigned_task(old, GIVEN)

    with django_assert_max_num_queries(45):
        assert page().status_code == 200
