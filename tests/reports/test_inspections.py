"""Inspections: planned or surprise, of others or of oneself; who sees them when (rule 9.2)."""

import io
from datetime import date

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from docx import Document

from agencies.acting import Actor
from agencies.models import Notice
from agencies.refusals import NotYours, Refused
from consultations.acts import available
from reports.inspections import holding
from reports.inspections.holding import Plan
from reports.inspections.listing import inspections_waiting_on
from reports.inspections.table import INSPECTION_ACTS, InspectionCase
from reports.models import Inspection
from tasks.directory import directory_of
from tasks.models import Authority, Task
from tests.factories import AuthorityFactory, PostFactory, actor_of, moment, staff_of
from tests.reports.cases.district import district

pytestmark = pytest.mark.django_db
PLANNED = moment("2026-11-09")
BEGUN = moment("2026-11-12")
CONCLUDED = moment("2026-11-13")


def planned(place, by="inspector", **facts) -> Inspection:
    agency = facts.pop("agency", place.late)
    usual = {
        "kind": "planned", "agency": agency, "subject": "Kỷ luật giờ làm việc",
        "starts_on": date(2026, 11, 12), "ends_on": date(2026, 11, 13), "head": place[by].post,
    }  # fmt: skip
    return holding.plan(place[by], PLANNED, plan=Plan(**(usual | facts)))


def under_way(place, **facts) -> Inspection:
    return holding.start(planned(place, **facts), place[facts.get("by", "inspector")], BEGUN)


def concluded(place, **facts) -> Inspection:
    inspection = under_way(place, **facts)
    holding.find(inspection, place["inspector"], BEGUN, text="Vắng 02 người.", rating="fault")
    return holding.conclude(inspection, place["inspector"], CONCLUDED, conclusion="Chấn chỉnh.")


def on(actor: Actor, at) -> Actor:
    return Actor(actor.user, actor.post, None, at.date())


def who_sees(place, inspection, at) -> set[str]:
    rows = Inspection.objects.filter(pk=inspection.pk)
    return {r for r, actor in place.people.items() if rows.visible_to(on(actor, at)).exists()}


ALWAYS = {
    "chair", "vice chair", "chief", "deputy chief", "officer", "office clerk", "internal affairs",
    "inspector",
}  # fmt: skip
AGENCY = {"head concerned", "staff of the agency"}


def test_a_planned_one_is_known_to_the_agency_at_once():
    place = district()
    inspection = planned(place)

    assert who_sees(place, inspection, PLANNED) == ALWAYS | AGENCY
    assert Notice.objects.filter(person=place["head concerned"].user, kind="inspections").exists()


def test_a_surprise_one_is_known_to_the_agency_from_its_first_day_on():
    """Rule 9.2: nobody of the agency is told or sees it before."""
    place = district()
    inspection = planned(place, kind="surprise")

    assert who_sees(place, inspection, moment("2026-11-11")) == ALWAYS
    assert not Notice.objects.filter(person=place["head concerned"].user).exists()
    assert who_sees(place, inspection, BEGUN) == ALWAYS | AGENCY


def test_a_surprise_one_of_internal_affairs_is_hidden_from_internal_affairs():
    place = district()
    inspection = planned(place, kind="surprise", agency=place["internal affairs"].agency)

    assert who_sees(place, inspection, PLANNED) == ALWAYS - {"internal affairs"}


def test_a_surprise_one_cancelled_before_it_began_stays_unknown():
    place = district()
    inspection = planned(place, kind="surprise")
    holding.cancel(inspection, place["inspector"], PLANNED, reason="Đổi kế hoạch.")

    assert who_sees(place, inspection, moment("2026-11-30")) == ALWAYS


def test_an_agency_inspects_itself():
    """Rule 9.2: by an agency of itself; leaders and the Office see it too."""
    place = district()
    inspection = planned(place, by="head concerned", kind="surprise")

    assert inspection.is_own
    assert who_sees(place, inspection, PLANNED) == ALWAYS | AGENCY


def test_a_head_inspects_no_other_agency():
    place = district()
    with pytest.raises(Refused):
        planned(place, by="another head")


def test_nobody_inspects_his_own_agency_for_the_district():
    """Rule 2.3."""
    place = district()
    with pytest.raises(Refused):
        planned(place, head=place["head concerned"].post)


def test_staff_and_strangers_plan_none():
    place = district()
    for role in ("staff of the agency", "office clerk", "administrator"):
        with pytest.raises(NotYours):
            planned(place, by=role)


def test_a_member_of_the_team_sees_and_records_though_of_another_agency():
    place = district()
    member = staff_of(place["another head"].agency)
    inspection = planned(place, kind="surprise", members=(member.post,))
    rows = Inspection.objects.filter(pk=inspection.pk)

    assert rows.visible_to(on(member, PLANNED)).exists()
    holding.start(inspection, on(member, BEGUN), BEGUN)
    holding.find(inspection, on(member, BEGUN), BEGUN, text="Trực đủ.", rating="good")
    assert inspection.findings.get().post == member.post


MATRIX = {
    "planned": {"inspector": "start cancel"},
    "under way": {
        "inspector": "find conclude cancel", "head concerned": "give_view", "chief": "follow_up",
        "chair": "follow_up", "vice chair": "follow_up", "deputy chief": "follow_up",
    },
    "concluded": {
        "head concerned": "give_view", "chief": "follow_up", "chair": "follow_up",
        "vice chair": "follow_up", "deputy chief": "follow_up",
    },
}  # fmt: skip


@pytest.mark.parametrize("state", MATRIX)
def test_who_does_what_in_each_state(state):
    """Role × state × act, by hand."""
    place = district()
    make = {"planned": planned, "under way": under_way, "concluded": concluded}[state]
    inspection = make(place)
    if state == "under way":
        holding.find(inspection, place["inspector"], BEGUN, text="Vắng.", rating="fault")

    found = {}
    for role, actor in place.people.items():
        case = InspectionCase(on(actor, BEGUN), BEGUN, inspection)
        if codes := [act.code for act in available(INSPECTION_ACTS.values(), case)]:
            found[role] = " ".join(codes)
    assert found == MATRIX[state]


def test_it_begins_on_its_day_and_concludes_on_findings():
    place = district()
    inspection = planned(place)
    with pytest.raises(Refused):
        holding.start(inspection, place["inspector"], PLANNED)
    inspection = holding.start(inspection, place["inspector"], BEGUN)
    with pytest.raises(Refused):
        holding.conclude(inspection, place["inspector"], BEGUN, conclusion="Tốt.")


def test_a_follow_up_is_a_real_task_and_stands_in_the_minutes(client):
    """Rules 4.6, 9.2: a task without a directive, its source the inspection."""
    place = district()
    inspection = concluded(place)
    page = reverse("inspection_act", args=[inspection.code, "follow_up"])
    with time_machine.travel(CONCLUDED, tick=False):
        client.force_login(place["chief"].user)
        client.post(
            page,
            {"title": "Chấn chỉnh giờ giấc", "lead": place.late.pk, "due_on": "2026-11-27",
             "assigned_by": AuthorityFactory().pk},
        )  # fmt: skip
        minutes = client.get(reverse("inspection_docx", args=[inspection.code])).content
    task = Task.objects.get()
    assert inspection.code in task.source
    assert list(inspection.tasks.all()) == [task]
    document = Document(io.BytesIO(minutes))
    text = "\n".join(p.text for p in document.paragraphs)
    cells = [cell.text for t in document.tables for row in t.rows for cell in row.cells]
    assert "Vắng 02 người" in text
    assert "Chấn chỉnh giờ giấc" in cells


def test_a_head_gives_the_own_agency_a_task_from_its_own_inspection(client):
    """Rule 9.2: by an agency of itself; the task says that it gave itself the work (4.6)."""
    place = district()
    inspection = under_way(place, by="head concerned", head=place["head concerned"].post)
    page = reverse("inspection_act", args=[inspection.code, "follow_up"])
    with time_machine.travel(BEGUN, tick=False):
        client.force_login(place["head concerned"].user)
        form = client.get(page).context["form"]
        client.post(
            page,
            {"title": "Chấn chỉnh giờ giấc", "lead": place.late.pk, "due_on": "2026-11-27"},
        )

    task = inspection.tasks.get()
    assert (task.lead, task.assigned_by.name) == (place.late, place.late.name)
    assert "assigned_by" not in form.fields
    assert list(form.fields["lead"].queryset) == [place.late]


def test_a_head_gives_no_other_agency_a_task_from_its_own_inspection():
    """Rules 5.3, 9.2: work never goes sideways."""
    place = district()
    inspection = under_way(place, by="head concerned", head=place["head concerned"].post)

    with pytest.raises(Refused):
        holding.follow_up(
            inspection, place["head concerned"], BEGUN, title="Chấn chỉnh",
            lead=place["another head"].agency, due_on=date(2026, 11, 27),
        )  # fmt: skip


def test_an_agency_is_no_issuer_the_reader_looks_for():
    """Rule 4.7: what an agency gives itself is no directive."""
    agency = district().late
    Authority.of_agency(agency)

    named = [each["name"] for each in directory_of(BEGUN.date())["authorities"]]

    assert agency.name not in named


def test_the_head_inspected_by_another_gives_no_follow_up_task():
    place = district()

    case = InspectionCase(on(place["head concerned"], BEGUN), BEGUN, under_way(place))

    assert INSPECTION_ACTS["follow_up"].refusal(case) is not None


def test_evidence_of_a_finding_is_read_by_the_agency_and_by_no_other(client):
    place = district()
    inspection = under_way(place)
    upload = SimpleUploadedFile("anh.txt", b"bang chung")
    page = reverse("inspection_act", args=[inspection.code, "find"])
    with time_machine.travel(BEGUN, tick=False):
        client.force_login(place["inspector"].user)
        client.post(page, {"text": "Vắng.", "rating": "breach", "files": upload})
        (file,) = inspection.findings.get().event.files.all()
        for role, status in (("head concerned", 200), ("another head", 404)):
            client.force_login(place[role].user)
            assert client.get(file.get_absolute_url()).status_code == status
            assert client.get(inspection.get_absolute_url()).status_code == status


def test_a_second_save_of_the_plan_is_refused(client):
    """Rule 5.14."""
    place = district()
    inspection = planned(place)
    page = reverse("inspection_edit", args=[inspection.code])
    facts = {
        "version": inspection.version, "kind": "planned", "agency": place.late.pk,
        "subject": "Hồ sơ một cửa", "starts_on": "2026-11-12", "ends_on": "2026-11-12",
        "head": place["inspector"].post.pk,
    }  # fmt: skip
    with time_machine.travel(PLANNED, tick=False):
        client.force_login(place["inspector"].user)
        assert client.post(page, facts).status_code == 302
        assert client.post(page, facts).status_code == 409


def test_the_list_costs_the_same_however_long_and_counts_what_waits(
    client, django_assert_max_num_queries
):
    place = district()
    for _n in range(12):
        planned(place)
    inspector = on(place["inspector"], BEGUN)
    assert inspections_waiting_on(inspector, BEGUN).count() == 12
    with time_machine.travel(BEGUN, tick=False):
        client.force_login(place["inspector"].user)
        client.get(reverse("inspections"))
        with django_assert_max_num_queries(16):
            shown = client.get(reverse("inspections") + "?kind=planned&whose=district&sort=-agency")
    assert len(shown.context["page"].object_list) == 12


def test_a_person_without_a_post_sees_none():
    place = district()
    planned(place)
    stranger = actor_of(PostFactory(ends_on=date(2021, 1, 1)))
    assert not Inspection.objects.visible_to(
        Actor(stranger.user, None, None, BEGUN.date())
    ).exists()
