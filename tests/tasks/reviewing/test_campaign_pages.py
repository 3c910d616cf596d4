"""Pages of review campaigns: what is typed is kept, lists are narrowed, queries do not grow."""

from datetime import date

import pytest
import time_machine
from django.urls import reverse

from tasks.models import CampaignEntry, CampaignMark, ReviewCampaign
from tasks.reviewing import confirming, opening
from tests import factories as make
from tests.pages import client_of, posted, queries_of
from tests.tasks.reviewing.conftest import DUE_ON, opened

AT = make.moment("2026-11-12")


@pytest.fixture(autouse=True)
def _clock():
    with time_machine.travel(AT, tick=False):
        yield


def confirmed(entry, office, tasks, *kinds: str) -> None:
    """Mark the first task with these kinds, and let the head confirm."""
    for kind in kinds:
        facts = {"due_on": DUE_ON} if kind == "wrong_deadline" else {"document_number": ""}
        confirming.mark(entry, office.staff, AT, kind=kind, task=tasks[0], text="Sai.", **facts)
    codes = [task.code for task in tasks[:2]]
    confirming.confirm(entry, office.head, AT, right=codes[1:] if kinds else codes)


# The agency ----------------------------------------------------------------------------------


def test_the_button_of_a_mark_keeps_the_ticks_and_leads_to_its_form(entry, office, tasks):
    answer = posted(
        office.staff, entry.get_absolute_url(),
        right=[tasks[1].code], mark=f"wrong_lead:{tasks[0].code}",
    )  # fmt: skip

    assert answer.url.endswith(f"marks/new/?kind=wrong_lead&task={tasks[0].code}")
    entry.refresh_from_db()
    assert entry.checked == [tasks[1].code]


def test_a_refused_confirmation_keeps_ticks_and_note(entry, office, tasks):
    """Rule 5.14: nothing typed is lost."""
    answer = posted(
        office.head, entry.get_absolute_url(), act="confirm", right=[tasks[1].code], note="Đủ."
    )

    assert answer.status_code == 409
    page = answer.content.decode()
    assert tasks[0].code in page and "Đủ." in page
    assert [row.is_right for row in answer.context["rows"]] == [False, True]


def test_a_mark_with_a_bad_day_is_shown_again_as_typed(entry, office, tasks):
    address = reverse("campaign_mark_new", args=[entry.campaign.code, entry.agency.code])

    answer = posted(
        office.staff, f"{address}?kind=wrong_deadline&task={tasks[0].code}",
        due_on="40/13/2026", text="Văn bản ghi khác.",
    )  # fmt: skip

    assert answer.status_code == 400
    assert "Văn bản ghi khác." in answer.content.decode()
    assert "due_on" in answer.context["form"].errors


def test_a_mark_is_taken_back_from_the_list(entry, office, tasks):
    mark = confirming.mark(
        entry, office.staff, AT, kind="done", task=tasks[0], text="Xong.", document_number=""
    )

    posted(office.head, entry.get_absolute_url(), drop=mark.pk, right=[tasks[1].code])

    entry.refresh_from_db()
    assert (entry.marks.count(), entry.checked) == (0, [tasks[1].code])


def test_an_agency_is_led_from_the_campaign_to_its_own_part(entry, office):
    answer = client_of(office.head).get(entry.campaign.get_absolute_url())

    assert answer.url == entry.get_absolute_url()


def test_the_office_reads_no_draft_of_an_agency(entry, office, tasks):
    """Rule 2: ticks and marks are the agency's own until its head confirms."""
    confirming.keep_checks(entry, office.staff, right=[tasks[1].code], was=[])
    confirming.mark(
        entry, office.staff, AT, kind="done", task=tasks[0], text="Bí mật.", document_number=""
    )

    page = client_of(office.chief).get(entry.get_absolute_url())

    assert "Bí mật." not in page.content.decode()
    assert not any(row.is_right or row.marks for row in page.context["rows"])


def test_the_office_does_not_confirm_for_an_agency(entry, office, tasks):
    answer = posted(office.chief, entry.get_absolute_url(), act="confirm")

    assert answer.status_code == 409
    assert not CampaignEntry.objects.filter(confirmed_at__isnull=False).exists()


# The Office ----------------------------------------------------------------------------------


def test_the_chief_opens_a_draft_from_its_page(office, tasks):
    asked = opening.Asked("Rà soát", "", DUE_ON, [office.land])
    draft = opening.draft_campaign(office.officer, AT, asked=asked)

    posted(
        office.chief, reverse("campaign_act", args=[draft.code]), act="open", version=draft.version
    )

    assert ReviewCampaign.objects.get().is_running


def test_a_second_saving_shows_what_differs_and_keeps_what_was_typed(office, tasks):
    """Rule 5.14."""
    asked = opening.Asked("Rà soát", "", DUE_ON, [office.land])
    draft = opening.draft_campaign(office.officer, AT, asked=asked)
    typed = {"due_on": "2026-11-20", "agencies": [office.land.pk], "version": draft.version}
    address = reverse("campaign_edit", args=[draft.code])
    posted(office.officer, address, title="Của người thứ nhất", **typed)

    answer = posted(office.chief, address, title="Của người thứ hai", **typed)

    assert answer.status_code == 409
    differences = answer.context["form"].differences
    assert [one.old for one in differences] == ["Của người thứ nhất"]
    assert answer.context["form"]["title"].value() == "Của người thứ hai"


@pytest.mark.parametrize(
    ("show", "agencies"),
    [
        ("", ["noi-vu", "tnmt"]),
        ("silent", ["noi-vu"]),
        ("confirmed", ["tnmt"]),
        ("in_time", ["tnmt"]),
        ("late", []),
    ],
)
def test_a_figure_shows_exactly_its_agencies(campaign, entry, office, tasks, show, agencies):
    """Rule 8.3: every number is a link to its rows."""
    confirmed(entry, office, tasks)

    page = client_of(office.chief).get(campaign.get_absolute_url(), {"show": show})

    assert sorted(row.agency.code for row in page.context["page"]) == agencies


def test_how_long_an_agency_is_silent_is_said_in_working_days(campaign, office):
    page = client_of(office.chief).get(campaign.get_absolute_url())

    assert {row.silent_days for row in page.context["page"]} == {3}


def test_the_campaign_in_figures(campaign, entry, office, tasks):
    confirmed(entry, office, tasks, "wrong_deadline", "done")

    figures = client_of(office.chief).get(campaign.get_absolute_url()).context["figures"]

    told = {name: figures[name] for name in ("asked", "in_time", "late", "silent", "listed")}
    assert told == {"asked": 2, "in_time": 1, "late": 0, "silent": 1, "listed": 2}
    assert (figures["right"], figures["wrong"], figures["total"]["waiting"]) == (1, 1, 2)


def test_marks_are_narrowed_by_the_address(campaign, entry, office, tasks):
    confirmed(entry, office, tasks, "wrong_deadline", "done")

    page = client_of(office.chief).get(reverse("campaign_marks"), {"kind": "done"})

    assert [mark.kind for mark in page.context["page"]] == ["done"]


def test_a_refused_correction_without_a_reason_is_shown_again(entry, office, tasks):
    confirmed(entry, office, tasks, "done")
    mark = CampaignMark.objects.get()

    answer = posted(office.chief, reverse("campaign_mark", args=[mark.pk]), act="refuse")

    assert answer.status_code == 400
    assert "answer" in answer.context["refusing"].errors


def test_a_missing_task_without_its_authority_is_completed_on_its_page(entry, office, tasks):
    """One click takes only what the agency said in full."""
    confirming.mark(
        entry, office.staff, AT, kind="missing", text="Thiếu.", title="Cấp nước", source="Họp",
        assigned_by=None, due_on=date(2026, 11, 30),
    )  # fmt: skip
    confirmed(entry, office, tasks)
    mark = CampaignMark.objects.get()

    answer = posted(office.chief, reverse("campaign_mark", args=[mark.pk]), act="as_proposed")

    assert answer.status_code == 400
    assert list(answer.context["form"].errors) == ["assigned_by"]


def test_after_refusing_one_is_back_in_the_narrowed_list(entry, office, tasks):
    confirmed(entry, office, tasks, "done")
    address = reverse("campaign_mark", args=[CampaignMark.objects.get().pk])

    answer = posted(office.chief, f"{address}?kind=done", act="refuse", answer="Chưa đủ.")

    assert answer.url == f"{reverse('campaign_marks')}?kind=done"


def grown(office, number: int) -> CampaignEntry:
    """Return the land department's part of a campaign that asks many, each with a mark."""
    agencies = [make.AgencyFactory() for _n in range(number)]
    campaign = opened(office, office.land, *agencies)
    for entry in campaign.entries.select_related("agency").exclude(agency=office.land):
        task = make.assigned_task(entry.agency, actor=office.chief)
        head = make.head_of(entry.agency)
        confirming.mark(
            entry, head, AT, kind="wrong_deadline", task=task, text="Sai.", due_on=DUE_ON
        )
        confirming.confirm(entry, head, AT)
    return campaign.entries.get(agency=office.land)


def test_the_number_of_queries_does_not_grow(office, tasks):
    """Style: constant queries, whatever the number of agencies and marks."""
    counted = []
    for number in (2, 6):
        entry = grown(office, number)
        for _n in range(number):
            make.assigned_task(office.land, actor=office.chief)
        counted.append(
            [
                queries_of(client_of(office.chief), entry.campaign.get_absolute_url()),
                queries_of(client_of(office.chief), reverse("campaigns")),
                queries_of(client_of(office.chief), reverse("campaign_marks")),
                queries_of(client_of(office.officer), reverse("campaign_marks")),
                queries_of(client_of(office.chair), reverse("campaign_marks")),
                queries_of(client_of(office.head), entry.get_absolute_url()),
                queries_of(client_of(office.head), reverse("campaigns")),
            ]
        )

    assert counted[0] == counted[1]
