"""The reader on our own directive, shaped like the real one of An Lão (domain 4.7, 4.8)."""

import pytest

from tests.tasks.reader.papers import DEMO, SAMPLE, reading

EVERYBODY = ["phong-ban-nganh-doan-the", "xa-thi-tran", "don-vi-su-nghiep"]


@pytest.fixture(scope="module")
def sample():
    """The sample directive, read once."""
    return reading(SAMPLE)


def test_it_finds_fourteen_proposals_by_clause(sample):
    """Rule 4.7: the first bullet below clause 3 is 3-1."""
    clauses = [proposal.clause for proposal in sample.proposals]

    assert clauses == [
        *(f"1-{n}" for n in range(1, 9)),
        *(f"2-{n}" for n in range(1, 4)),
        *(f"3-{n}" for n in range(1, 4)),
    ]


def test_it_resolves_groups_roles_and_titles_to_agencies(sample):
    """Rules 4.2, 4.7: groups stay groups, a post means its agency."""
    by_clause = {proposal.clause: proposal for proposal in sample.proposals}

    assert by_clause["1-5"].lead_agencies == EVERYBODY
    assert by_clause["1-5"].lead_agency is None
    assert by_clause["2-1"].lead_agency == "noi-vu"
    assert by_clause["3-3"].lead_agency == "vp"
    assert by_clause["2-2"].coordinating_agencies == ["thanh-tra", None]
    assert by_clause["3-2"].coordinating_agencies == ["noi-vu"]


@pytest.mark.parametrize(
    ("clause", "kinds"),
    [
        ("1-1", ["acknowledgement"]),
        ("1-2", ["standing_duty"]),
        ("1-3", ["standing_duty", "rule"]),
        ("1-4", ["standing_duty"]),
        ("1-5", ["review_campaign"]),
        ("1-6", ["task"]),
        ("1-7", ["standing_duty"]),
        ("1-8", ["standing_duty"]),
        ("2-1", ["task"]),
        ("2-2", ["standing_duty"]),
        ("2-3", ["standing_duty"]),
        ("3-1", ["task"]),
        ("3-2", ["standing_duty"]),
        ("3-3", ["standing_duty"]),
    ],
)
def test_it_suggests_what_each_clause_becomes(sample, clause, kinds):
    """Rule 4.4: clause 1 does not become hundreds of undated tasks."""
    proposal = next(p for p in sample.proposals if p.clause == clause)

    assert proposal.kinds == kinds


def test_it_reads_the_heading_and_leaves_blanks_blank(sample):
    """Rule 4.1: a draft may lack number and date."""
    assert sample.number is None
    assert sample.date is None
    assert sample.issuer == "Ủy ban nhân dân huyện An Lão"
    assert sample.kind == "công văn"
    assert sample.abstract.startswith("V/v nâng cao chất lượng tham mưu, chấp hành thời hạn")
    assert sample.signer == "Lê Minh Khuê, TM. Ủy ban nhân dân, Chủ tịch"
    assert sample.addressees[-1] == "Chủ tịch UBND các xã, thị trấn"
    assert [reference.number for reference in sample.references] == ["15/CT-UBND"]


def test_it_puts_a_sentence_torn_by_a_page_together(sample):
    """Rule 4.7: text lost to page breaks is put back first."""
    second = sample.proposals[1]

    assert "kèm theo lý do và nơi có trách nhiệm giải quyết." in second.text


def test_an_appendix_table_gives_one_task_a_row():
    """Issue 8: columns for the work, who leads, who helps, until when, which product."""
    rows = [
        p for p in reading(DEMO["02-ke-hoach-cai-cach-hanh-chinh"]).proposals if "PL" in p.clause
    ]

    assert [row.clause for row in rows] == [f"PL.{n}" for n in range(1, 6)]
    assert rows[0].lead_agency == "vp"
    assert rows[0].deadline == "2026-10-30"
    assert rows[0].product == "Danh mục thủ tục hành chính"
    assert rows[2].lead_agency == "xa-thi-tran"
    assert rows[2].deadline == "2026-12-31"
    assert (rows[3].deadline, rows[3].recurrence) == (None, "Hằng tháng")
    assert rows[4].coordinating_agencies == ["tt-gdnn-gdtx"]


def test_sections_of_purpose_and_money_give_no_tasks():
    """Rule 4.7: a plan assigns in "Tổ chức thực hiện", not in its purpose."""
    clauses = [p.clause for p in reading(DEMO["02-ke-hoach-cai-cach-hanh-chinh"]).proposals]

    assert [c for c in clauses if not c.startswith("PL")] == [
        "IV.1-1",
        "IV.1-2",
        "IV.2-1",
        "IV.3-1",
    ]


def test_a_plan_may_assign_under_agencies_names_before_it_says_how():
    """Rule 4.7: headings that name agencies assign, in whatever section they stand."""
    text = DEMO["02-ke-hoach-cai-cach-hanh-chinh"].replace(
        "Nhiệm vụ cụ thể được giao tại Phụ lục kèm theo Kế hoạch này.",
        "1. Phòng Tư pháp\n\n- Số hóa dữ liệu hộ tịch.\n\n"
        "2. Tuyên truyền\n\n- Đa dạng hóa hình thức.\n\n- Các cấp, các ngành nêu cao trách nhiệm.",
    )

    second = [p for p in reading(text).proposals if p.clause.startswith("II.")]

    assert [(p.clause, p.lead_agency) for p in second] == [("II.1-1", "tu-phap")]


def test_deadlines_become_the_last_day_in_time():
    """Rules 3.2, 3.3, 4.8: "trước ngày 25/9" is the 24th; a term counts from the directive."""
    due = {p.clause: p.deadline for p in reading(DEMO["01-phong-chong-dich-benh"]).proposals}

    assert due == {
        "1-1": "2026-09-24",
        "1-2": None,
        "2": "2026-09-30",
        "3": "2026-09-21",
        "4.a": "2026-09-30",
        "4.b": None,
        "5": None,
    }


def test_the_reading_survives_json(sample):
    """Rule 4.8: the stored object is the reading."""
    assert type(sample).from_json(sample.to_json()) == sample
