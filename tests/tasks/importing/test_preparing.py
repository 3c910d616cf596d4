"""A list is taken in, mapped and put right; nothing is assigned by that."""

from datetime import date

import pytest

from agencies.editing import Changed
from agencies.models import Attachment, Event, Notice
from agencies.refusals import NotYours, Refused
from tasks.importing import preparing
from tasks.importing.preparing import text_of
from tasks.models import ImportBatch, ImportRow, Task
from tests.samples.lists import present_list, workbook
from tests.tasks.importing.conftest import AT, HEAD, fingerprint_of, run_of, upload_of

pytestmark = pytest.mark.django_db
GOOD = ["Rà soát hồ sơ", "Phòng Nội vụ", "", "20/12/2026", ""]
WRONG = ["Lập danh sách", "Phòng Tổ chức", "", "20/12/2026", ""]


def row_of(batch: ImportBatch, number: int) -> ImportRow:
    return batch.rows.select_related("batch").get(number=number)


def texts_of(row: ImportRow, **changes: str) -> dict[str, str]:
    names = (*preparing.FIELDS, "joint", "double")
    return {name: text_of(row, name) for name in names} | changes


def test_a_file_is_kept_and_its_best_sheet_opened(district) -> None:
    """Issue 5: several sheets; the columns are guessed, a person confirms them."""
    batch = preparing.take_in(district.officer, AT, upload=upload_of(present_list()))

    assert (batch.code, batch.sheet, batch.header_row) == ("DS-2026-0001", "Theo dõi 2026", 5)
    assert batch.mapping["fields"]["lead"] == 2
    assert batch.mapped_at is None
    assert Attachment.objects.of(batch).get().name == "Theo dõi 2026.xlsx"
    assert Event.objects.of(batch).get().act == "import.taken_in"


@pytest.mark.parametrize(
    ("data", "name", "words"),
    [
        (b"", "x.xlsx", r"no rows|không có dòng"),
        (b"PK\x03\x04", "x.xlsx", r"damaged|hỏng"),
        (("STT;Nội dung\n" * 5_001).encode(), "x.csv", r"5\.000"),
    ],
    ids=["empty", "broken", "too long"],
)
def test_a_file_that_is_no_list_says_what_to_do(district, data, name, words) -> None:
    """Issue 5: up to 5,000 rows; a clear message when more."""
    with pytest.raises(Refused, match=words):
        preparing.take_in(district.officer, AT, upload=upload_of(data, name))

    assert not ImportBatch.objects.exists()


@pytest.mark.parametrize("role", ["clerk", "head"])
def test_only_the_office_prepares_lists(district, role) -> None:
    """Domain 2: the officer prepares tasks."""
    with pytest.raises(NotYours):
        preparing.take_in(getattr(district, role), AT, upload=upload_of(workbook(HEAD)))


def test_another_sheet_is_read_from_the_kept_file(district) -> None:
    """Issue 5: choose one of several sheets, without a new upload."""
    batch = preparing.take_in(district.officer, AT, upload=upload_of(present_list()))

    preparing.choose_sheet(
        batch, district.officer, AT, sheet="Ghi chú", header=0, version=batch.version
    )

    batch.refresh_from_db()
    assert (batch.sheet, batch.rows.count()) == ("Ghi chú", 1)


def test_another_row_is_taken_for_the_head(district) -> None:
    """The program guessed wrong: the columns follow the row a person names."""
    data = workbook(["Việc", "Ai"], ["Rà soát hồ sơ", "Phòng Nội vụ"])
    batch = preparing.take_in(district.officer, AT, upload=upload_of(data))

    preparing.choose_sheet(
        batch, district.officer, AT, sheet=batch.sheet, header=1, version=batch.version
    )

    batch.refresh_from_db()
    assert batch.columns == ["Việc", "Ai"]


def test_the_mapping_is_offered_for_the_next_list_with_the_same_head(district, taken_in) -> None:
    """Issue 5: remembered, and the names settled with it."""
    batch = taken_in(WRONG)
    preparing.settle_name(
        batch, district.officer, AT,
        kind="agency", written="Phòng Tổ chức", code="noi-vu", version=batch.version,
    )  # fmt: skip

    following = preparing.take_in(
        district.officer, AT, upload=upload_of(workbook(HEAD, [1, *WRONG]))
    )

    assert following.mapping["authority"] == district.issuer.code
    assert run_of(following).blocked == []


def test_columns_need_the_task_its_lead_and_who_assigned_it(district) -> None:
    """Rule 5.1: the facts every task has."""
    batch = preparing.take_in(district.officer, AT, upload=upload_of(workbook(HEAD, [1, *GOOD])))

    for fields, field in (({"title": 1}, "lead"), ({"title": 1, "lead": 2}, "authority_for_all")):
        with pytest.raises(Refused) as refused:
            preparing.map_columns(batch, district.officer, AT, fields=fields, version=batch.version)
        assert refused.value.field == field


def test_a_dry_run_counts_rows_tasks_and_what_is_wrong(district, taken_in) -> None:
    """Issue 5: "2 dòng sẽ thành 4 nhiệm vụ, 1 dòng còn vướng"."""
    group = ["Báo cáo rác thải", "UBND các xã", "", "20/12/2026", ""]

    run = run_of(taken_in(GOOD, group, WRONG, ["Tổng cộng"]))

    assert (len(run.ready), run.task_count, len(run.blocked), len(run.skipped)) == (2, 4, 1, 1)
    assert [(one.written, one.rows) for one in run.unknown] == [("Phòng Tổ chức", 1)]
    assert not Task.objects.exists()


def test_a_name_settled_once_holds_for_every_row(district, taken_in) -> None:
    """Thirty rows with one abbreviation are one answer."""
    batch = taken_in(WRONG, [*WRONG[:3], "21/12/2026", ""])

    preparing.settle_name(
        batch, district.officer, AT,
        kind="agency", written="Phòng Tổ chức", code="noi-vu", version=batch.version,
    )  # fmt: skip

    assert [row.leads for row in run_of(batch).ready] == [("noi-vu",), ("noi-vu",)]


def test_a_row_put_right_keeps_what_the_sheet_said(district, taken_in) -> None:
    """Issue 5: corrections are kept; the change is an event."""
    batch = taken_in(WRONG)
    row = row_of(batch, 2)

    preparing.correct(
        row, district.officer, AT, texts=texts_of(row, lead="Phòng Nội vụ"), version=0
    )

    row.refresh_from_db()
    assert row.corrections == {"lead": "Phòng Nội vụ"}
    assert row.cells[2] == "Phòng Tổ chức"
    assert run_of(batch).blocked == []
    (change,) = Event.objects.of(batch).get(act="import.row_corrected").params["changes"]
    assert change[1:] == ["Phòng Tổ chức", "Phòng Nội vụ"]


def test_the_second_of_two_corrections_sees_what_changed(district, taken_in) -> None:
    """Rule 5.14: two people edit one row."""
    row = row_of(taken_in(WRONG), 2)
    preparing.correct(
        row, district.officer, AT, texts=texts_of(row, lead="Phòng Nội vụ"), version=0
    )

    with pytest.raises(Changed) as refused:
        preparing.correct(
            row, district.chief, AT, texts=texts_of(row, lead="Phòng Tài chính"), version=0
        )

    assert refused.value.differences == [("lead", "Phòng Nội vụ", "Phòng Tài chính")]


def test_rows_are_left_out_and_taken_up_again(district, taken_in) -> None:
    """Issue 5: leave the row out."""
    batch = taken_in(WRONG)

    preparing.leave_out(row_of(batch, 2), district.officer, AT)
    assert [row.skip for row in run_of(batch).rows] == ["left_out"]

    preparing.take_up(row_of(batch, 2), district.officer, AT)
    assert len(run_of(batch).blocked) == 1


def test_everything_still_wrong_is_left_out_at_once(district, taken_in) -> None:
    """The chief brings in what is ready; the rest stays on the page."""
    batch = taken_in(GOOD, WRONG, WRONG)

    preparing.leave_out_blocked(batch, district.officer, AT, version=batch.version)

    run = run_of(batch)
    assert (len(run.ready), run.blocked, len(run.skipped)) == (1, [], 2)


def test_an_officer_hands_the_list_to_the_chief(district, taken_in) -> None:
    """Domain 2: the chief approves assignment; he is told at once."""
    batch = taken_in(GOOD)

    preparing.submit(batch, district.officer, AT, version=batch.version)

    told = Notice.objects.filter(event__act="import.submitted").values_list("person", "channel")
    assert set(told) == {(district.chief.user.pk, "app"), (district.chief.user.pk, "mail")}


def test_a_list_with_wrong_rows_is_not_handed_over(district, taken_in) -> None:
    """The chief sees what would happen, nothing else."""
    batch = taken_in(GOOD, WRONG)

    with pytest.raises(Refused):
        preparing.submit(batch, district.officer, AT, version=batch.version)


def test_a_stale_page_is_told_what_changed(district, taken_in) -> None:
    """Rule 5.14: the second save is refused with what changed."""
    batch = taken_in(GOOD, WRONG)
    preparing.leave_out_blocked(batch, district.chief, AT, version=batch.version)

    with pytest.raises(Refused, match=district.chief.user.full_name):
        preparing.submit(batch, district.officer, AT, version=batch.version)


def test_the_fingerprint_changes_with_every_row(district, taken_in) -> None:
    """Nobody brings in what he did not see."""
    batch = taken_in(GOOD)
    before = fingerprint_of(batch)

    preparing.leave_out(row_of(batch, 2), district.officer, AT)

    assert fingerprint_of(batch) != before


def test_work_given_before_by_another_list_is_found(district, brought_in, taken_in) -> None:
    """Rule 11: the same list uploaded again brings nothing in twice."""
    brought_in(GOOD)

    (row,) = run_of(taken_in(GOOD)).blocked

    assert [one.code for one in row.problems] == ["double_task"]


def test_an_agency_closed_meanwhile_is_named_as_such(district, taken_in) -> None:
    """Rule 2.5: a closed agency gets no work."""
    district.finance.closed_on = date(2026, 11, 1)
    district.finance.save()

    (row,) = run_of(taken_in(["Việc", "Phòng Tài chính", "", "20/12/2026", ""])).blocked

    assert [one.code for one in row.problems] == ["closed"]
