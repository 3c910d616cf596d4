"""Who signs a report, as its .docx prints it (rule 2.2; Decree 30/2020, art. 13 and Appendix I)."""

from datetime import date
from io import BytesIO

import pytest
from docx import Document

from agencies.acting import Actor
from agencies.models import Delegation, Post
from reports.build import build_due
from reports.lifecycle import approve, draft_upward
from reports.models import PeriodicReport
from reports.paper import report_docx, upward_docx
from tests.factories import (
    AgencyFactory,
    OfficeFactory,
    PostFactory,
    actor_of,
    chair,
    moment,
    office_chief,
)
from tests.reports.histories import task_with

pytestmark = pytest.mark.django_db

AT = moment("2026-11-16")


@pytest.fixture
def report() -> PeriodicReport:
    OfficeFactory()
    task_with(AgencyFactory(), moment("2026-10-20"), moment("2026-11-02", 0))
    return build_due(AT)[-1]


def lent(giver: Post, receiver: Post, acts: list[str]) -> Actor:
    delegation = Delegation.objects.create(
        from_post=giver, to_post=receiver, acts=acts, starts_on=AT.date(), ends_on=AT.date(),
        document_number="12/UQ",
    )  # fmt: skip
    return Actor(receiver.user, receiver, delegation, AT.date())


def chief_named(name: str, **post) -> Post:
    return PostFactory(
        function="office_chief", agency=OfficeFactory(), user__full_name=name, **post
    )


def signed(docx: bytes) -> list[str]:
    """Return the lines on the right below the text: whom for, the post, the name."""
    right = Document(BytesIO(docx)).tables
    block = next(t.rows[0].cells for t in right if t.rows[0].cells[0].text.startswith("Nơi nhận"))
    return [p.text for p in block[1].paragraphs if p.text]


def test_a_deputy_chief_signs_for_the_chief(report):
    """KT. and the chief's post, then the own one."""
    approve(report, actor_of(chief_named("Phạm Thị Phó", is_deputy=True)), AT, version=0)
    report.refresh_from_db()

    assert signed(report_docx(report)) == [
        "KT. CHÁNH VĂN PHÒNG", "PHÓ CHÁNH VĂN PHÒNG", "Phạm Thị Phó",
    ]  # fmt: skip


def test_an_acting_chief_signs_with_q(report):
    """Q. before the post."""
    approve(report, actor_of(chief_named("Lê Văn Quyền", is_acting=True)), AT, version=0)
    report.refresh_from_db()

    assert signed(report_docx(report)) == ["Q. CHÁNH VĂN PHÒNG", "Lê Văn Quyền"]


@pytest.mark.parametrize("acts", [["report."], []], ids=["reports alone", "everything"])
def test_an_officer_authorised_by_the_chief_signs_tuq(report, acts):
    """TUQ. and the post that lent its authority; lending approval lends the signature under it."""
    chief = office_chief()
    officer = PostFactory(function="officer", agency=chief.agency, user__full_name="Vũ Thị Uỷ")
    approve(report, lent(chief.post, officer, acts), AT, version=0)
    report.refresh_from_db()

    assert signed(report_docx(report)) == [
        "TUQ. CHÁNH VĂN PHÒNG", "CHUYÊN VIÊN THEO DÕI", "Vũ Thị Uỷ",
    ]  # fmt: skip


def test_whom_the_chair_authorised_signs_the_report_upward_tuq(report):
    """Art. 13.3: TUQ. CHỦ TỊCH in the own post and name, never with the Chair's name below."""
    chief = chief_named("Trần Văn Chánh")
    upward = draft_upward(report, actor_of(chief), AT)
    approve(upward, lent(chair().post, chief, ["report."]), AT, version=0)
    upward.refresh_from_db()

    assert signed(upward_docx(upward)) == [
        "TUQ. CHỦ TỊCH", "CHÁNH VĂN PHÒNG", "Trần Văn Chánh",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("post", "lines"),
    [
        ({}, ["TM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH"]),
        ({"is_deputy": True}, ["TM. ỦY BAN NHÂN DÂN", "KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH"]),
        ({"is_acting": True}, ["TM. ỦY BAN NHÂN DÂN", "Q. CHỦ TỊCH"]),
    ],
    ids=["chair", "deputy", "acting chair"],
)
def test_a_leader_signs_the_report_upward_for_the_body(report, post, lines):
    """TM., and below it the Chair, KT. of a deputy, or Q."""
    upward = draft_upward(report, office_chief(), AT)
    leader = PostFactory(function="leader", user__full_name="Đỗ Văn Lãnh", **post)
    approve(upward, actor_of(leader, date(2026, 11, 16)), AT, version=0)
    upward.refresh_from_db()

    assert signed(upward_docx(upward)) == [*lines, "Đỗ Văn Lãnh"]
