"""What stands on an agency's page: who handles what, the working regulation (rule 5.8)."""

from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from agencies.models import AgencyCompetence, Attachment, Event, Post, WorkingRegulation
from agencies.refusals import NotYours, Refused
from agencies.register import keep_register, mark_of, register_of
from agencies.regulations import add_regulation
from tests import factories as make

pytestmark = pytest.mark.django_db
AT = make.moment("2026-11-16")


@pytest.fixture
def head():
    return make.head_of(make.AgencyFactory(code="tnmt"))


@pytest.fixture
def agency(head):
    AgencyCompetence.objects.create(agency=head.agency, competence=make.CompetenceFactory())
    return head.agency


def keep(agency, actor, mark=None, **facts):
    return keep_register(agency, actor, AT, mark=mark or mark_of(register_of(agency)), **facts)


def test_the_head_names_who_handles_a_competence(agency, head):
    staff = make.staff_of(agency)
    land = make.CompetenceFactory()

    keep(agency, head, responsible={land.pk: staff.post})

    assert agency.agencycompetence_set.get().responsible == staff.post
    event = Event.objects.of(agency).get()
    assert event.params["changes"] == [["Đất đai", "", f"{staff.user.full_name}, Chuyên viên"]]


def test_new_tasks_of_the_competence_are_his(agency, head):
    """Rule 5.1: the responsible person is from the agency's register."""
    staff = make.staff_of(agency)
    land = make.CompetenceFactory()
    keep(agency, head, responsible={land.pk: staff.post})

    assert make.assigned_task(agency, competence=land).responsible == staff.post


def test_or_of_who_follows_him(agency, head):
    """Rule 5.1: follows the post."""
    staff, land = make.staff_of(agency), make.CompetenceFactory()
    keep(agency, head, responsible={land.pk: staff.post})
    Post.objects.filter(pk=staff.post.pk).update(ends_on=date(2026, 11, 1))
    new = make.staff_of(agency, starts_on=date(2026, 11, 2))

    assert make.assigned_task(agency, AT, competence=land).responsible == new.post


def test_who_has_no_post_there_today_is_refused(agency, head):
    stranger = make.staff_of(make.AgencyFactory())

    with pytest.raises(Refused):
        keep(agency, head, responsible={make.CompetenceFactory().pk: stranger.post})


def test_only_the_own_head_or_the_administrator_names_them(agency, head):
    land, staff = make.CompetenceFactory(), make.staff_of(agency)
    for actor in (make.head_of(make.AgencyFactory()), staff, make.office_chief()):
        with pytest.raises(NotYours):
            keep(agency, actor, responsible={land.pk: staff.post})

    keep(agency, make.administrator(), responsible={land.pk: staff.post})


def test_the_chief_says_what_an_agency_is_competent_for_the_head_does_not(agency, head):
    finance = make.CompetenceFactory(code="tai-chinh", name="Tài chính")
    with pytest.raises(NotYours):
        keep(agency, head, competences=[finance])

    keep(agency, make.office_chief(), competences=[finance])

    assert [row.competence for row in register_of(agency).values()] == [finance]
    params = Event.objects.of(agency).get().params
    assert params == {"added": ["Tài chính"], "removed": ["Đất đai"]}


def test_two_at_once_the_second_is_refused(agency, head):
    """Rule 5.14."""
    land, seen = make.CompetenceFactory(), mark_of(register_of(agency))
    keep(agency, head, responsible={land.pk: make.staff_of(agency).post})

    with pytest.raises(Refused):
        keep(agency, head, mark=seen, responsible={land.pk: None})


def test_what_did_not_change_leaves_no_event(agency, head):
    keep(agency, head, responsible={make.CompetenceFactory().pk: None})

    assert not Event.objects.of(agency).exists()


def test_the_form_saves_and_a_stale_one_shows_what_is_kept(client, agency, head):
    staff, land = make.staff_of(agency), make.CompetenceFactory()
    client.force_login(head.user)
    address = reverse("agency_register", args=[agency.code])
    typed = {"mark": mark_of(register_of(agency)), f"responsible-{land.pk}": staff.post.pk}

    first = client.post(address, typed)
    second = client.post(address, typed | {f"responsible-{land.pk}": "head"})

    assert (first.status_code, second.status_code) == (302, 409)
    assert staff.user.full_name in second.content.decode()
    assert agency.agencycompetence_set.get().responsible == staff.post


def test_the_page_names_who_follows_a_person_who_left(client, agency, head):
    old = make.staff_of(agency, ends_on=date(2026, 1, 31)).post
    agency.agencycompetence_set.update(responsible=old)
    new = make.staff_of(agency, starts_on=date(2026, 2, 1))
    client.force_login(head.user)

    text = client.get(agency.get_absolute_url()).content.decode()

    assert new.user.full_name in text
    assert old.user.full_name not in text


# Working regulations -----------------------------------------------------------------------


def paper() -> SimpleUploadedFile:
    return SimpleUploadedFile("quy-che.txt", "Quy chế làm việc".encode())


def regulate(agency, actor, number="12/QĐ-TNMT", **fields) -> WorkingRegulation:
    facts = {
        "title": "Quy chế làm việc",
        "document_number": number,
        "issued_on": date(2026, 11, 2),
        "starts_on": date(2026, 11, 10),
        "files": [paper()],
    }
    return add_regulation(agency, actor, AT, **(facts | fields))


def test_a_new_regulation_ends_the_one_before(agency, head):
    """Rule 5.8: the agency's register of its working regulation."""
    old = regulate(agency, head, issued_on=date(2024, 1, 2), starts_on=date(2024, 1, 2))

    new = regulate(agency, head, "15/QĐ-TNMT")

    old.refresh_from_db()
    assert old.ends_on == date(2026, 11, 9)
    assert list(WorkingRegulation.objects.in_force_on(date(2026, 11, 9))) == [old]
    assert list(WorkingRegulation.objects.in_force_on(date(2026, 11, 10))) == [new]


def test_its_file_is_everybodys_to_read(client, agency, head):
    regulation = regulate(agency, head)
    client.force_login(make.staff_of(make.AgencyFactory()).user)

    file = Attachment.objects.of(regulation).get()

    assert client.get(file.get_absolute_url()).status_code == 200


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"files": []}, "files"),
        ({"starts_on": date(2026, 11, 1)}, "starts_on"),
        ({"issued_on": date(2026, 12, 1), "starts_on": date(2026, 12, 1)}, "issued_on"),
        ({"ends_on": date(2026, 11, 9)}, "ends_on"),
    ],
    ids=["no file", "in force before its date", "of the future", "ends before it begins"],
)
def test_what_cannot_be_is_refused(agency, head, fields, field):
    with pytest.raises(Refused) as refused:
        regulate(agency, head, **fields)

    assert refused.value.field == field


def test_the_same_document_is_kept_once(agency, head):
    regulate(agency, head)

    with pytest.raises(Refused):
        regulate(agency, head)


def test_others_do_not_keep_it(agency, head):
    for actor in (make.staff_of(agency), make.office_chief(), make.head_of(make.AgencyFactory())):
        with pytest.raises(NotYours):
            regulate(agency, actor)


def test_the_form_keeps_it_and_the_page_shows_it(client, agency, head):
    client.force_login(head.user)
    typed = {
        "title": "Quy chế làm việc", "document_number": "12/QĐ-TNMT", "issued_on": "2026-01-05",
        "starts_on": "2026-01-10", "ends_on": "", "files": paper(),
    }  # fmt: skip

    text = client.post(
        reverse("regulation_new", args=["tnmt"]), typed, follow=True
    ).content.decode()

    assert "12/QĐ-TNMT" in text
    assert "quy-che.txt" in text
