"""What one row becomes and what stands against it."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from agencies.deadlines import Calendar
from tasks.importing.judged import EACH, FIRST, Given, Ground, Judged
from tasks.importing.mapping import FIELDS, guess
from tasks.importing.names import Names
from tasks.importing.rows import judge, mark_doubles
from tasks.importing.wording import said
from tasks.reader.names import Directory, Entry

HEAD = [
    "STT", "Nội dung", "Chủ trì", "Phối hợp", "Thời hạn", "Văn bản giao", "Ngày giao", "Cấp giao",
    "Lĩnh vực", "Trọng tâm", "Người theo dõi", "Trạng thái", "Tỷ lệ %", "Kết quả", "Ghi chú",
]  # fmt: skip
AGENCIES = ("Phòng Nội vụ", "Phòng Tư pháp", "UBND xã An Thái", "UBND xã An Thọ")
GROUPS = [Entry("cac-xa", "UBND các xã", ("UBND các xã",)), Entry("cac-so", "các sở", ("các sở",))]
TODAY = date(2026, 11, 26)


def named(*names: str) -> Directory:
    return Directory([Entry(name, name, (name,)) for name in names])


@pytest.fixture
def ground() -> Ground:
    return make_ground()


def make_ground(**changes) -> Ground:
    facts = {
        "day": TODAY,
        "calendar": Calendar.national(),
        "columns": HEAD,
        "fields": guess(HEAD),
        "agencies": Names(Directory([*named(*AGENCIES).entries, *GROUPS])),
        "members": {"cac-xa": AGENCIES[2:], "cac-so": ()},
        "closed": Names(named("Phòng Y tế")),
        "authorities": Names(named("UBND huyện", "Chủ tịch UBND huyện")),
        "competences": Names(named("Đất đai")),
        "officers": [("bui thanh tung", "7"), ("le van tung", "8"), ("ngo thi mai", "9")],
        "authority": "UBND huyện",
    }
    return Ground(**{**facts, **changes})


def row(ground: Ground, number: int = 5, left_out=None, fixed=None, **texts: str) -> Judged:
    """Judge a row of these texts; a task of Nội vụ due in December unless said otherwise."""
    usual = {"title": "Rà soát hồ sơ", "lead": "Phòng Nội vụ", "deadline": "20/12/2026"}
    cells = [str(number)] + [""] * (len(HEAD) - 1)
    for name, text in {**usual, **texts}.items():
        cells[ground.fields[name]] = text
    return judge(Given(number, tuple(cells), fixed or {}, left_out), ground)


def problems(judged: Judged) -> list[tuple[str, str]]:
    return [(one.field, one.code) for one in judged.problems]


def test_a_whole_row_becomes_a_task(ground) -> None:
    """Rule 5.1: one lead, helpers, deadline, who assigned it, priority, following officer."""
    judged = row(
        ground, coordinating="Phòng Tư pháp", authority="Chủ tịch UBND huyện", priority="x",
        competence="đất đai", officer="đ/c Mai",
    )  # fmt: skip

    assert judged.is_ready
    assert (judged.leads, judged.helpers) == (("Phòng Nội vụ",), ("Phòng Tư pháp",))
    assert judged.deadline.last_day == date(2026, 12, 20)
    assert (judged.authority, judged.competence) == ("Chủ tịch UBND huyện", "Đất đai")
    assert (judged.is_key, judged.officer) == (True, "9")


@pytest.mark.parametrize(
    ("texts", "found"),
    [
        ({"title": "", "note": "x"}, ("title", "missing")),
        ({"title": "#REF!"}, ("title", "broken")),
        ({"lead": ""}, ("lead", "missing")),
        ({"lead": "Phòng Tổ chức"}, ("lead", "unknown")),
        ({"lead": "Các đơn vị liên quan"}, ("lead", "vague")),
        ({"lead": "Phòng Y tế"}, ("lead", "closed")),
        ({"lead": "Phòng Nội vụ; Phòng Tư pháp"}, ("lead", "joint")),
        ({"lead": "các sở"}, ("lead", "empty_group")),
        ({"coordinating": "Phòng Tổ chức"}, ("coordinating", "unknown")),
        ({"authority": "Ông Ba"}, ("authority", "unknown")),
        ({"assigned_on": "hôm nọ"}, ("assigned_on", "no_day")),
        ({"assigned_on": "01/12/2026"}, ("assigned_on", "future")),
        ({"deadline": "31/11/2026"}, ("deadline", "refused")),
        ({"deadline": "hằng tháng"}, ("deadline", "recurring")),
        ({"deadline": "05 ngày làm việc"}, ("deadline", "needs_start")),
        ({"deadline": "01/10/2026", "assigned_on": "12/10/2026"}, ("deadline", "before_start")),
        ({"state": "Tạm dừng"}, ("state", "stopped")),
        ({"percent": "gần xong"}, ("percent", "no_percent")),
    ],
    ids=lambda value: "-".join(value) if isinstance(value, tuple) else "",
)
def test_each_problem_is_named_by_its_column(ground, texts, found) -> None:
    """Issue 5, point 14: every problem by row and column."""
    assert problems(row(ground, **texts)) == [found]


def test_nobody_assigned_it_and_nobody_was_chosen_for_the_sheet() -> None:
    """Rule 5.1: `assigned_by` is a fact of every task."""
    assert problems(row(make_ground(authority=""))) == [("authority", "missing")]


def test_the_sentence_says_what_to_do(ground) -> None:
    """Issue 5: not found; nearest: …"""
    finding = row(ground, lead="Phòng Nội vu").problems
    (unknown,) = row(ground, lead="Phòng Nội chính").problems

    assert finding == []
    assert "Phòng Nội chính" in said(unknown, ground.agencies.words)
    assert "Phòng Nội vụ" in said(unknown, ground.agencies.words)


def test_a_group_becomes_a_task_an_agency(ground) -> None:
    """Rules 4.2, 5.1: each agency of the group answers for itself."""
    judged = row(ground, lead="UBND các xã")

    assert judged.leads == AGENCIES[2:]
    assert [one.code for one in judged.remarks] == ["group"]


@pytest.mark.parametrize(
    ("joint", "leads", "helpers"),
    [
        (EACH, ("Phòng Nội vụ", "Phòng Tư pháp"), ()),
        (FIRST, ("Phòng Nội vụ",), ("Phòng Tư pháp",)),
    ],
)
def test_two_leads_in_a_cell_are_settled_by_a_person(ground, joint, leads, helpers) -> None:
    """Rule 4.8: one lead each."""
    judged = row(ground, lead="Phòng Nội vụ, Phòng Tư pháp", fixed={"joint": joint})

    assert (judged.leads, judged.helpers, judged.problems) == (leads, helpers, [])


def test_an_overdue_deadline_is_let_by_and_said(ground) -> None:
    """Issue 5: the present list has overdue work."""
    judged = row(ground, deadline="16/11/2026")

    assert judged.is_ready
    assert [(one.code, one.params["days"]) for one in judged.remarks] == [("overdue", 10)]


def test_a_term_is_counted_from_the_day_of_the_document(ground) -> None:
    """Rule 3.3: five working days after Monday 12/10."""
    judged = row(ground, deadline="05 ngày làm việc", document="CV 512 ngày 12/10/2026")

    assert judged.deadline.last_day == date(2026, 10, 19)


def test_what_the_sheet_says_of_work_begun_is_news(ground) -> None:
    """Rule 5.2: the first update."""
    judged = row(ground, state="Đang thực hiện", percent="40%", result="Đã lập danh sách")

    assert (judged.news, judged.percent) == ("Đã lập danh sách\nĐang thực hiện", 40)
    assert not row(ground, state="Chưa thực hiện").is_begun


@pytest.mark.parametrize(
    ("cells", "skip"),
    [
        (["", "II. Nhiệm vụ giao các xã"], "heading"),
        (["II", "Nhiệm vụ giao các xã"], "heading"),
        (["Tổng cộng: 12 nhiệm vụ"], "total"),
        (["(1)", "(2)", "(3)", "(4)"], "numbering"),
        (HEAD, "head"),
    ],
    ids=["one cell", "roman", "total", "numbering", "the head again"],
)
def test_rows_between_the_tasks_are_no_tasks(ground, cells, skip) -> None:
    """Lists are written to be read by people."""
    assert judge(Given(9, tuple(cells)), ground).skip == skip


@pytest.mark.parametrize("texts", [{"state": "Hoàn thành đúng hạn"}, {"percent": "100%"}])
def test_finished_work_is_left_out_until_somebody_takes_it_up(ground, texts) -> None:
    """Brought in, it would stand as open work."""
    assert row(ground, **texts).skip == "done"
    assert row(ground, left_out=False, **texts).is_ready


def test_a_row_left_out_by_a_person_gives_nothing(ground) -> None:
    """Issue 5: leave the row out."""
    assert row(ground, left_out=True, lead="?").skip == "left_out"


def test_the_same_work_twice_is_found_in_the_sheet_and_among_tasks(ground) -> None:
    """Rule 11: nothing is double-counted; title without diacritics, lead and deadline."""
    first, second = row(ground, 5), row(ground, 9, title="RÀ SOÁT  hồ sơ")
    meant = row(ground, 10, fixed={"double": "1"})
    other = row(ground, 11, deadline="21/12/2026")
    known = row(ground, 12, title="Việc đã có")
    existing = {("viec da co", "Phòng Nội vụ", known.deadline.due_at): "NV-2026-0007"}

    mark_doubles([first, second, meant, other, known], existing)

    assert [one.params for one in second.problems] == [{"row": 5}]
    assert [one.params for one in known.problems] == [{"task": "NV-2026-0007"}]
    assert not (first.problems or meant.problems or other.problems)


def test_a_long_content_is_cut_for_the_title_only(ground) -> None:
    """Offices write paragraphs into one cell."""
    judged = row(ground, title="Rà soát " * 60)

    assert len(judged.title) <= 200
    assert [one.code for one in judged.remarks] == ["cut"]


CELLS = st.one_of(
    st.text(max_size=40),
    st.sampled_from(
        ["", *AGENCIES, "UBND các xã", "Phòng Y tế", "các sở",
         "20/12/2026", "31/11", "05 ngày làm việc", "hằng tháng",
         "(1)", "I.", "Tổng cộng", "50%", "Hoàn thành", "Tạm dừng", "#N/A", "x", "\n;,", "và"]
    ),
)  # fmt: skip


@settings(max_examples=300, deadline=None)
@given(st.lists(CELLS, max_size=20), st.dictionaries(st.sampled_from(FIELDS), CELLS, max_size=3),
       st.sampled_from([None, False]))  # fmt: skip
def test_judging_never_raises_whatever_the_cells_hold(cells, corrections, left_out) -> None:
    """Rule 11: an error never shows a trace; each row is ready, left out or says why not."""
    ground = make_ground()

    judged = judge(Given(5, tuple(cells), corrections, left_out), ground)
    mark_doubles([judged], {})

    assert judged.skip or judged.problems or (judged.title and judged.leads and judged.authority)
    assert all(said(one, ground.agencies.words) for one in [*judged.problems, *judged.remarks])
