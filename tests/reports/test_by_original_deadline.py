"""Reports count by both deadlines: the one that held and the original (rule 5.6)."""

from datetime import date
from io import BytesIO

import pytest
from django.urls import reverse
from docx import Document

from reports.briefing.deciding import set_day
from reports.briefing.holding import open_briefing
from reports.build import build_due
from reports.columns import EXITS, assigned, together
from reports.details import overdue_rows, overdue_tasks, rows_behind
from reports.narrative import read
from reports.paper import report_docx
from reports.periods import Kind
from reports.tables import by_original_deadline
from tasks import lifecycle
from tasks.models import Obstacle
from tests import factories as make

pytestmark = pytest.mark.django_db
GIVEN, ASKED = make.moment("2026-10-20"), make.moment("2026-11-02")
BUILT = make.moment("2026-11-16", 8)


@pytest.fixture
def people():
    chair, chief = make.chair(), make.office_chief()
    land, culture = (
        make.head_of(make.AgencyFactory(code=code, name=name))
        for code, name in (("tnmt", "Phòng Tài nguyên"), ("vhtt", "Phòng Văn hóa"))
    )
    return {"chair": chair, "chief": chief, "land": land, "culture": culture}


def a_task(people, who="land", due="2026-11-06"):
    head = people[who]
    return make.assigned_task(
        head.agency, actor=people["chief"], at=GIVEN, due_at=make.moment(due, 0)
    )


def extend(task, people, who="land", until=date(2026, 11, 30), at=ASKED):
    task = lifecycle.ask_extension(task, people[who], at, due_on=until, reason="Chờ số liệu.")
    return lifecycle.grant_extension(task, people["chair"], at)


@pytest.fixture
def report(people):
    """Land: two extended, one of them finished after the first day; one that is late by both.
    Culture: one in time, nothing extended.
    """
    done, still_open, _late = (a_task(people) for _ in range(3))
    for task in (done, still_open):
        extend(task, people)
    done = lifecycle.report(
        done, people["land"], make.moment("2026-11-09"), result="Xong.", document_number="9"
    )
    lifecycle.complete(done, people["chief"], make.moment("2026-11-10"))
    a_task(people, "culture", "2026-12-01")
    return build_due(BUILT)[-1]


def counts(report, code) -> dict:
    return next(row["counts"] for row in report.figures["agencies"] if row["code"] == code)


def test_late_and_overdue_work_is_counted_by_both(report) -> None:
    """Rule 5.6: completed on time and open in time by the new day; late by the original."""
    land = counts(report, "tnmt")

    assert (land["completed_before"], land.get("completed_late", 0)) == (1, 0)
    assert (land["open_in_time"], land["overdue"]) == (1, 1)
    assert (land["extended"], land["original_completed_late"], land["original_overdue"]) == (
        2, 1, 2,
    )  # fmt: skip


def test_the_equation_knows_nothing_of_the_second_count(report) -> None:
    """Rule 8.6: remarks are said of tasks in the columns and never added to them."""
    for row in (*report.figures["agencies"], {"counts": report.figures["total"]}):
        assert assigned(row["counts"]) == together(row["counts"], EXITS)


def test_an_extension_is_counted_in_the_period_of_its_decision(people) -> None:
    """Rule 8.5: extended in the period; granted after the cut-off it is the next one's."""
    task = a_task(people, due="2026-11-20")
    extend(task, people, at=make.moment("2026-11-15", 9), until=date(2026, 12, 20))

    november, december = (
        each for each in build_due(make.moment("2026-12-16")) if each.kind == Kind.MONTH
    )

    assert "extended" not in counts(november, "tnmt")
    assert counts(december, "tnmt")["extended"] == 1


def by_answer(task, people):
    lifecycle.raise_obstacle(
        task, people["land"], ASKED, text="Thiếu máy đo.", addressee=Obstacle.Addressee.LEADER
    )
    lifecycle.answer_obstacle(
        Obstacle.objects.get(), people["chair"], ASKED, answer="Lùi hạn.", due_on=date(2026, 11, 30)
    )


def by_who_assigned(task, people, due_on=date(2026, 11, 30)):
    lifecycle.move_deadline(task, people["chair"], ASKED, due_on=due_on, reason="Chờ số liệu.")


def in_a_meeting(task, people):
    meeting = open_briefing(
        people["chief"], ASKED, title="Họp giao ban", held_on=ASKED.date(),
        chaired_by=people["chair"].post, present="Trưởng các phòng",
    )  # fmt: skip
    set_day(meeting, task, people["chair"], ASKED, due_on=date(2026, 11, 30), reason="Chờ số liệu.")


@pytest.mark.parametrize("more_time", [by_answer, by_who_assigned, in_a_meeting])
def test_a_later_day_given_unasked_is_an_extension(people, more_time) -> None:
    """Rules 5.12, 8.3, 8.5: in an answer, in a meeting, by whoever assigned the task."""
    more_time(a_task(people), people)

    assert counts(build_due(BUILT)[-1], "tnmt")["extended"] == 1


def corrected(task, people):
    lifecycle.correct(
        task, people["chief"], ASKED, changes={"due_on": date(2026, 11, 30)}, reason="Gõ nhầm."
    )


def brought_forward(task, people):
    by_who_assigned(task, people, due_on=date(2026, 11, 4))


def never_dated(task, people):
    undated = make.assigned_task(
        people["land"].agency, actor=people["chief"], at=GIVEN, review_on=date(2026, 11, 30)
    )
    by_who_assigned(undated, people)


@pytest.mark.parametrize("change", [corrected, brought_forward, never_dated])
def test_what_gives_no_more_time_is_no_extension(people, change) -> None:
    """Rule 5.6: a mistake put right, an earlier day, the first deadline of undated work."""
    change(a_task(people), people)

    assert "extended" not in counts(build_due(BUILT)[-1], "tnmt")


def test_the_table_leads_to_exactly_its_rows(report) -> None:
    """Rule 8.3: each figure opens the rows behind it."""
    table = by_original_deadline(report.figures)

    assert [line.code for line in table.lines] == ["tnmt"]
    for head, cell in zip(table.heads, table.lines[0].cells, strict=True):
        _head, rows = rows_behind(report, head.key, by="agencies", code="tnmt")
        assert len(rows) == cell, head.key


def test_where_both_say_the_same_there_is_no_second_table(people) -> None:
    """Nothing extended: one count is enough, on the page and in the text."""
    a_task(people)
    report = build_due(BUILT)[-1]

    assert by_original_deadline(report.figures) is None
    assert report.narrative["original"] == ""


def test_a_report_built_before_both_were_counted_still_opens(report) -> None:
    """Rule 8.4: what is frozen reads the same for ever."""
    for grouping in ("leaders", "competences", "priorities"):
        report.figures.pop(grouping)
    report.figures["total"].pop("original_overdue")
    rows = overdue_rows(report)
    for row in rows:
        row.pop("original_due_at")

    assert by_original_deadline(report.figures) is None
    assert overdue_tasks(report.figures, rows)[0].original == ""


def test_page_text_and_paper_say_both(report, people, client) -> None:
    """Rule 8.8: the same figures on the page and in the .docx."""
    client.force_login(people["chief"].user)
    page = client.get(reverse("report", args=[report.pk]))
    text = read(report.narrative, report.figures)["original"]
    paper = Document(BytesIO(report_docx(report)))

    assert "extended" in [table.heads[0].key for table in page.context["tables"]]
    assert "đã gia hạn 02 nhiệm vụ" in text
    assert "chưa hoàn thành, quá hạn 02" in text
    assert text in [paragraph.text for paragraph in paper.paragraphs]
