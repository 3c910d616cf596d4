"""The notice of conclusions: drafted, edited, issued, made a directive (rules 2.8, 8.2, 8.3)."""

from datetime import date
from io import BytesIO

import pytest
from django.urls import reverse
from docx import Document
from docx.oxml.ns import qn

from agencies.editing import Changed
from agencies.models import Attachment, Notice
from agencies.paper_acts import possible
from agencies.refusals import Refused
from reports.briefing import deciding, holding
from reports.briefing.directing import make_directive
from reports.briefing.paper import docx_of
from reports.briefing.table import ACTS
from reports.models import Briefing
from tasks.approval import Plan, approve
from tasks.directives.header import register
from tasks.models import Proposal, Task
from tests import factories as make
from tests.agencies.papers.opened import find, lines, size_of
from tests.tasks.urging.conftest import NOW


@pytest.fixture
def closed(late, briefing):
    """A briefing with a free decision for each of two agencies and an urging."""
    deciding.urge(briefing, late.agency, late.chief, NOW)
    deciding.decide(briefing, late.other, late.chief, NOW, text="Rà soát nợ đọng xây dựng cơ bản",
                    due_on=date(2026, 12, 10))  # fmt: skip
    deciding.decide(briefing, late.agency, late.chief, NOW, text="Báo cáo quỹ đất công ích")
    return holding.close(briefing, late.chief, NOW)


@pytest.fixture
def issued(late, closed):
    return holding.issue(closed, late.chief, NOW)


def edited(briefing, actor, **changes):
    text = {part: getattr(briefing, part) for part in holding.PARTS} | changes
    return holding.edit(briefing, actor, NOW, text=text, decisions={}, version=briefing.version)


def test_the_draft_tells_the_figures_of_the_moment(late, closed):
    """Rule 8.7: "quá hạn" is never printed alone."""
    assert "đang thực hiện 03 nhiệm vụ được giao" in closed.assessment
    assert "còn 03 nhiệm vụ chưa hoàn thành, quá hạn ở 02 cơ quan" in closed.assessment
    assert f"nhiều nhất là {late.agency.name} (02 nhiệm vụ)" in closed.assessment


def test_the_notice_has_the_nations_layout_and_the_parts_of_a_conclusion(late, issued):
    """Rule 8.2; sample 13: no Kính gửi, I. and II., a heading an agency, the Office last."""
    document = Document(BytesIO(docx_of(issued)))
    text = lines(document)

    assert find(document, "Số: 01/TB-VP")
    assert size_of(find(document, "THÔNG BÁO")) == 14
    assert find(document, "An Bình, ngày 26 tháng 11 năm 2026").runs[0].italic
    assert document.styles["Normal"].element.rPr.rFonts.get(qn("w:ascii")) == "Times New Roman"
    assert not [line for line in text if line.startswith("Kính gửi")]
    headings = [line for line in text if line[:2] in ("I.", "II", "1.", "2.", "3.")]
    assert headings == [
        "I. ĐÁNH GIÁ CHUNG",
        "II. NHIỆM VỤ VÀ PHÂN CÔNG THỰC HIỆN",
        f"1. {late.agency.name}",
        f"2. {late.other.name}",
        f"3. {late.office.name}",
    ]
    assert "- Rà soát nợ đọng xây dựng cơ bản; hoàn thành chậm nhất ngày 10/12/2026." in text
    assert text[-1].endswith("nghiêm túc thực hiện./.")


def test_its_recipients_and_signature(late, issued):
    """Rule 2.2: the chief in the Office's own name."""
    left, right = Document(BytesIO(docx_of(issued))).tables[-1].rows[0].cells

    named = [p.text for p in left.paragraphs]
    assert named[0] == "Nơi nhận:" and named[-1] == "- Lưu: VT, TH."
    assert f"- {late.agency.name};" in named and "- Như trên;" not in named
    assert right.paragraphs[0].text == "CHÁNH VĂN PHÒNG"


def test_issuing_keeps_the_notice_and_tells_the_agencies_it_names(late, issued):
    told = Notice.objects.filter(event__act="briefing.issued", channel="app")

    assert {one.person for one in told} == {late.head.user, late.other_head.user}
    assert Attachment.objects.of(issued).get().name == "thong-bao-ket-luan-2026-11-26.docx"
    assert list(Briefing.objects.visible_to(late.head)) == [issued]
    assert not Briefing.objects.visible_to(make.head_of(make.AgencyFactory()))


def test_nobody_outside_sees_a_briefing_before_its_notice_is_issued(late, closed):
    assert not Briefing.objects.visible_to(late.head)


def test_the_second_of_two_savings_is_refused(late, closed):
    """Rule 5.14."""
    edited(closed, late.officer, closing="Xong.")

    with pytest.raises(Changed):
        edited(closed, late.chief, closing="Hết.")


def test_only_an_issued_notice_becomes_a_directive(late, closed):
    with pytest.raises(Refused):
        make_directive(closed, late.chief, NOW, issuer=make.AuthorityFactory())


def test_a_directive_made_of_the_notice_gives_tasks_once_it_is_approved(late, issued):
    """Rules 4.4, 8.3: the free decisions; what was done on tasks is not done twice."""
    before = Task.objects.count()

    directive = make_directive(issued, late.chief, NOW, issuer=make.AuthorityFactory())
    assert (directive.number, directive.state) == ("01/TB-VP", "draft")
    states = [one.state for one in directive.proposals.all()]
    assert sorted(states) == ["dropped", "pending", "pending"]
    directive = register(directive, late.chief, NOW)
    directive.proposals.exclude(state="dropped").update(state=Proposal.State.APPROVED)
    approve(directive, late.chief, NOW, fingerprint=Plan(directive, NOW.date()).fingerprint)

    made = Task.objects.filter(directive=directive).order_by("pk")
    assert Task.objects.count() == before + 2
    assert {task.lead for task in made} == {late.agency, late.other}
    dated = made.get(lead=late.other)
    assert dated.due_at == make.moment("2026-12-11", 0)


def test_the_directive_carries_the_file_of_the_notice(late, issued):
    """Rules 4.1, 8.3: an agency that has a task by it reads the notice on the directive."""
    directive = make_directive(issued, late.chief, NOW, issuer=make.AuthorityFactory())

    [notice], [kept] = Attachment.objects.of(issued), Attachment.objects.of(directive)
    assert (kept.name, kept.sha256, kept.role) == (notice.name, notice.sha256, "directive")
    assert not Attachment.objects.visible_to(late.head).filter(pk=kept.pk).exists()
    register(directive, late.chief, NOW)
    assert Attachment.objects.visible_to(late.head).filter(pk=kept.pk).exists()


def test_a_notice_becomes_a_directive_once(late, issued):
    make_directive(issued, late.chief, NOW, issuer=make.AuthorityFactory())

    with pytest.raises(Refused):
        make_directive(issued, late.chief, NOW, issuer=make.AuthorityFactory())


MAY = {
    ("running", "chief"): {"decide", "withdraw", "close"},
    ("running", "officer"): {"decide", "withdraw", "close"},
    ("running", "chair"): {"decide", "withdraw", "close"},
    ("closed", "chief"): {"edit", "sign", "issue"},
    ("closed", "officer"): {"edit"},
    ("signed", "chief"): {"issue"},
    ("issued", "chief"): {"direct"},
    ("issued", "officer"): {"direct"},
}


def test_the_table_of_acts_by_role_and_state(late, briefing):
    wrong = _wrong("running", briefing, late)
    closed = holding.close(briefing, late.chief, NOW)
    wrong += _wrong("closed", closed, late)
    signed = holding.sign(closed, late.chief, NOW)
    wrong += _wrong("signed", signed, late)
    wrong += _wrong("issued", holding.issue(signed, late.chief, NOW), late)

    assert wrong == []


def _wrong(state: str, briefing, late) -> list:
    roles = ("chief", "officer", "chair", "clerk", "head", "staff", "other_head")
    found = {role: set(possible(ACTS, briefing, getattr(late, role))) for role in roles}
    return [(state, role, acts) for role, acts in found.items()
            if acts != MAY.get((state, role), set())]  # fmt: skip


def test_decisions_about_one_agency_are_told_apart_by_their_number(client, late, briefing):
    """Every field of the notice's text has a label of its own."""
    for agency in (late.agency, late.other, late.agency):
        deciding.decide(briefing, agency, late.chief, NOW, text="Rà soát lại.", due_on=None)
    holding.close(briefing, late.chief, NOW)
    client.force_login(late.chief.user)

    form = client.get(reverse("briefing_notice", args=[briefing.pk])).context["form"]

    labels = [field.label for field in form if field.name.startswith("decision-")]
    name = late.agency.name
    assert sorted(labels) == sorted([f"{name} (1)", f"{name} (2)", late.other.name])
