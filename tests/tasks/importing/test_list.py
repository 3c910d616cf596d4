"""The list of imported lists: narrowed, sorted, and as of any day (rule 8.9)."""

import pytest
import time_machine
from django.urls import reverse

from agencies.deadlines import local_day
from tasks.importing import preparing
from tasks.importing.bringing_in import bring_in
from tasks.importing.dry_run import DryRun
from tasks.importing.taking_back import undo
from tasks.models import ImportBatch
from tests.factories import moment
from tests.pages import client_of, queries_of, rows_behind
from tests.samples.lists import present_list, workbook
from tests.tasks.importing.conftest import AT, HEAD, upload_of

pytestmark = pytest.mark.django_db
IMPORTS = reverse("imports")
GOOD = ["1", "Rà soát hồ sơ", "Phòng Nội vụ", "", "20/12/2026", ""]
STATES = ImportBatch.State


@pytest.fixture(autouse=True)
def _here(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    with time_machine.travel(AT, tick=False):
        yield


def taken_in(district, day: str, data: bytes, name: str = "Theo dõi 2026.xlsx") -> ImportBatch:
    return preparing.take_in(district.officer, moment(day), upload=upload_of(data, name))


def mapped(batch: ImportBatch, district, day: str) -> ImportBatch:
    return preparing.map_columns(
        batch, district.officer, moment(day),
        fields=batch.mapping["fields"], authority=district.issuer, version=batch.version,
    )  # fmt: skip


def state_on(district, day: str) -> str:
    """Return the one state whose filter lists the list at the end of a day."""
    client = client_of(district.chief)
    (found,) = [
        state for state in STATES if rows_behind(client, f"{IMPORTS}?state={state}&as_of={day}")
    ]
    return found


def test_lists_stand_as_they_stood(district) -> None:
    """Rule 8.9: each from its instant on; mapped again after its head changed."""
    batch = mapped(taken_in(district, "2026-11-16", workbook(HEAD, GOOD)), district, "2026-11-17")
    batch = preparing.choose_sheet(
        batch, district.officer, moment("2026-11-18"), sheet=batch.sheet, header=1,
        version=batch.version,
    )  # fmt: skip
    batch = mapped(batch, district, "2026-11-19")
    batch = preparing.submit(batch, district.officer, moment("2026-11-20"), version=batch.version)
    day = moment("2026-11-24")
    seen = DryRun(batch, local_day(day)).fingerprint
    batch = bring_in(batch, district.chief, day, fingerprint=seen)
    undo(batch, district.chief, moment("2026-11-25"))

    assert rows_behind(client_of(district.chief), f"{IMPORTS}?as_of=2026-11-15") == 0
    assert [state_on(district, f"2026-11-{day}") for day in (16, 17, 18, 19, 20, 24, 25)] == [
        STATES.TAKEN_IN, STATES.MAPPED, STATES.TAKEN_IN, STATES.MAPPED, STATES.SUBMITTED,
        STATES.APPLIED, STATES.UNDONE,
    ]  # fmt: skip
    assert rows_behind(client_of(district.chief), f"{IMPORTS}?state=undone") == 1


def test_rows_of_a_sheet_chosen_later_are_not_shown_for_the_past(district) -> None:
    """Rule 8.9: which sheet was open then is kept nowhere."""
    batch = taken_in(district, "2026-11-16", present_list())
    preparing.choose_sheet(
        batch, district.officer, moment("2026-11-18"), sheet="Ghi chú", header=0,
        version=batch.version,
    )  # fmt: skip
    client = client_of(district.chief)

    def shown(day: str) -> str:
        return client.get(f"{IMPORTS}?as_of={day}").content.decode()

    assert "Ghi chú" in shown("2026-11-18")
    assert "Ghi chú" not in shown("2026-11-17")


def test_nothing_is_done_on_a_page_of_the_past(district) -> None:
    """Rule 8.9: plainly, with the way back to now."""
    page = client_of(district.officer).get(f"{IMPORTS}?as_of=2026-11-08")

    assert reverse("import_new") not in page.content.decode()
    assert "08/11/2026" in page.content.decode()


@pytest.mark.parametrize(
    ("sort", "names"),
    [
        ("", ["B.csv", "A.csv"]),
        ("name", ["A.csv", "B.csv"]),
        ("-name", ["B.csv", "A.csv"]),
        ("rows", ["B.csv", "A.csv"]),
    ],
)
def test_lists_are_sorted_by_what_their_columns_show(district, sort, names) -> None:
    """Style: each column of a list sorts it; the newest first without one."""
    taken_in(district, "2026-11-16", "STT;Nội dung\n1;x\n2;y\n".encode(), "A.csv")
    taken_in(district, "2026-11-17", "STT;Nội dung\n1;x\n".encode(), "B.csv")

    page = client_of(district.chief).get(f"{IMPORTS}?sort={sort}").context["page"]

    assert [row.file_name for row in page] == names


def test_the_list_costs_no_query_a_row(district) -> None:
    """Style: constant queries, now and then."""
    client = client_of(district.chief)
    taken_in(district, "2026-11-16", workbook(HEAD, GOOD))
    few = [queries_of(client, f"{IMPORTS}{day}") for day in ("", "?as_of=2026-11-20")]
    for _each in range(3):
        mapped(taken_in(district, "2026-11-16", workbook(HEAD, GOOD)), district, "2026-11-17")

    many = [queries_of(client, f"{IMPORTS}{day}") for day in ("", "?as_of=2026-11-20")]

    assert many == few
