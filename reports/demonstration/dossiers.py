"""Dossiers with the leader, with the Office and in the archive; a request that was sent back.

One rests on a consultation in which an agency returned the request, another commented and a third
disagreed until it met the requester: what blocks a dossier, and how it is settled (rules 6.6 to
6.10, 7).
"""

from datetime import datetime, timedelta

from agencies.models import Agency
from consultations import lifecycle
from consultations.lifecycle import Asked, Settled, ask, comments_of, dossiers, reply
from consultations.lifecycle.preparing import begin_dossier
from consultations.models import ChecklistItem, Consultation, Dossier, Opinion, ReturnCode
from consultations.silent_results import record_silent_results
from consultations.stances import Stance
from reports.demonstration.evidence import evidence
from reports.demonstration.stage import Stage
from reports.demonstration.timeline import Story

PROVISION = "Quy chế làm việc của UBND huyện, Điều 19"
BASIS = "Căn cứ Quy chế làm việc của UBND huyện; trên cơ sở ý kiến tham gia của các cơ quan."


def stories(stage: Stage) -> list[Story]:
    """Return the stories of dossiers and of what they rest on."""
    return [_with_the_leader(stage), _with_the_office(stage), _archived(stage), _sent_back(stage)]


def _with_the_leader(stage: Stage) -> Story:
    """Returned once as incomplete, submitted again, now before the Chair."""
    submitter = stage.agencies["kinh-te-ha-tang"]
    at = stage.ago(33, 8)
    yield at
    dossier = _begun(stage, submitter, at, "Đề án phân luồng giao thông khu vực chợ Trường Sơn")
    at = _later(stage, at, 32, 9)
    yield at
    consultation = _asked(
        stage, submitter, at, "Đề án phân luồng giao thông khu vực chợ Trường Sơn",
        ("Phương án một chiều đường 360 có khả thi không?",
         "Vị trí bãi đỗ xe tạm có phù hợp quy hoạch sử dụng đất không?"),
        ("tai-nguyen-moi-truong", "xa-my-duc", "y-te"), dossier=dossier,
    )  # fmt: skip
    yield from _settled(stage, consultation, submitter)
    at = stage.ago(8, 15)
    yield at
    head = stage.head(submitter, at)
    dossiers.submit(
        dossier, head, at, text=f"{BASIS} Phòng Kinh tế và Hạ tầng kính trình phê duyệt Đề án.",
        proposal="Phê duyệt Đề án; giao Công an huyện tổ chức cắm biển báo.",
        document_number="118/TTr-KTHT",
    )  # fmt: skip
    at = _later(stage, at, 7, 9)
    yield at
    _checked(stage, dossier, at, unmet="completeness", note="Thiếu bản vẽ vị trí biển báo.")
    at = _later(stage, at, 7, 16)
    yield at
    dossiers.give_back(
        dossier, stage.actor("chanhvp", at), at,
        reason=ReturnCode.objects.get(code="incomplete"),
        defects="1. Bổ sung bản vẽ vị trí biển báo. 2. Bổ sung dự toán kinh phí.",
    )  # fmt: skip
    at = _later(stage, at, 4, 10)
    yield at
    dossiers.submit(
        dossier, stage.head(submitter, at), at,
        text=f"{BASIS} Phòng Kinh tế và Hạ tầng kính trình phê duyệt Đề án đã hoàn thiện.",
        proposal="Phê duyệt Đề án; giao Công an huyện tổ chức cắm biển báo.",
        changes="Bổ sung bản vẽ vị trí biển báo và dự toán kinh phí.",
        document_number="124/TTr-KTHT",
    )  # fmt: skip
    at = _later(stage, at, 3, 9)
    yield at
    _checked(stage, dossier, at)
    at = _later(stage, at, 3, 15)
    yield at
    dossiers.pass_on(dossier, stage.actor("chanhvp", at), at, note="Hồ sơ đủ điều kiện trình.")


def _settled(stage: Stage, consultation: Consultation, submitter: Agency) -> Story:
    """One comments, one returns and is replaced, one disagrees and is met."""
    at = stage.ago(31, 10)
    yield at
    health = _line(consultation, "y-te")
    _replied(stage, health, at, Stance.RETURNED, "Thuộc chức năng của Công an huyện.")
    at = _later(stage, at, 30, 9)
    yield at
    lifecycle.redirect(
        health, stage.head(submitter, at), lambda: at, agency=stage.agencies["cong-an"],
        due="05 ngày làm việc", why="Quản lý trật tự, an toàn giao thông.",
    )  # fmt: skip
    at = _later(stage, at, 29, 14)
    yield at
    land = _line(consultation, "tai-nguyen-moi-truong")
    _replied(
        stage, land, at, Stance.WITH_COMMENTS,
        "Bãi đỗ xe tạm cần lùi khỏi hành lang thoát nước 03 m.",
    )  # fmt: skip
    at = _later(stage, at, 28, 15)
    yield at
    _replied(stage, _line(consultation, "cong-an"), at, Stance.AGREED, "")
    at = _later(stage, at, 28, 16)
    yield at
    commune = _line(consultation, "xa-my-duc")
    _replied(
        stage, commune, at, Stance.DISAGREED,
        "Cấm xe tải giờ cao điểm ảnh hưởng 40 hộ kinh doanh vật liệu xây dựng.",
    )  # fmt: skip
    at = _later(stage, at, 18, 9)
    yield at
    head = stage.head(submitter, at)
    for line, settled in (
        (land, Settled(True, "Đã điều chỉnh vị trí bãi đỗ xe.")),
        (commune, Settled(False, "Giờ cấm đã rút xuống còn 02 giờ mỗi buổi.")),
    ):
        given = {comment.pk: settled for comment in comments_of(line, at)}
        lifecycle.settle_comments(line, head, lambda: at, settlements=given)
    at = _later(stage, at, 17, 10)
    yield at
    result = lifecycle.reconcile(
        commune, stage.head(submitter, at), lambda: at, held_on=stage.day(17),
        minutes="Làm việc tại UBND xã Mỹ Đức; có đại diện các hộ kinh doanh.",
        result="Thống nhất giờ cấm xe tải từ 06 giờ 30 đến 08 giờ 30.", due="03 ngày làm việc",
    )  # fmt: skip
    at = result.due_at + timedelta(minutes=6)
    if at < stage.at:
        yield at
        record_silent_results(at)


def _with_the_office(stage: Stage) -> Story:
    """Submitted two days ago, waiting for the Office's check."""
    submitter = stage.agencies["tai-chinh-ke-hoach"]
    at = stage.ago(4, 14)
    yield at
    dossier = _begun(stage, submitter, at, "Điều chỉnh kế hoạch vốn đầu tư công năm nay")
    at = _later(stage, at, 2, 10)
    yield at
    dossiers.submit(
        dossier, stage.head(submitter, at), at,
        text="Kính trình Ủy ban nhân dân huyện điều chỉnh kế hoạch vốn đầu tư công.",
        proposal="Điều chuyển 2.400 triệu đồng giữa 03 dự án.", document_number="97/TTr-TCKH",
    )  # fmt: skip


def _archived(stage: Stage) -> Story:
    """Approved, issued, and the work file closed."""
    submitter = stage.agencies["noi-vu"]
    at = stage.ago(60, 9)
    yield at
    dossier = _begun(stage, submitter, at, "Kế hoạch kiểm tra công vụ 6 tháng cuối năm")
    at = _later(stage, at, 58, 9)
    yield at
    dossiers.submit(
        dossier, stage.head(submitter, at), at,
        text="Kính trình Chủ tịch UBND huyện Kế hoạch kiểm tra công vụ.",
        proposal="Ban hành Kế hoạch.", document_number="71/TTr-NV",
    )  # fmt: skip
    at = _later(stage, at, 57, 10)
    yield at
    _checked(stage, dossier, at)
    at = _later(stage, at, 56, 9)
    yield at
    dossiers.pass_on(dossier, stage.actor("chanhvp", at), at)
    at = _later(stage, at, 54, 16)
    yield at
    dossiers.approve(dossier, stage.actor("chutich", at), at, text="Đồng ý ban hành.")
    at = _later(stage, at, 53, 9)
    yield at
    dossiers.issue_result(
        dossier, stage.actor("vanthu", at), at, document_number="214/KH-UBND",
        document_on=stage.day(53),
        files=[evidence("docx", "214-KH-UBND", ["Kế hoạch kiểm tra công vụ 6 tháng cuối năm"])],
    )  # fmt: skip
    at = _later(stage, at, 50, 15)
    yield at
    dossiers.close_file(
        dossier, stage.head(submitter, at), at, file_code="NV.2026.03", retention="10 năm"
    )


def _sent_back(stage: Stage) -> Story:
    """A request an agency found insufficient: it waits for the requester to act."""
    requester = stage.agencies["tai-chinh-ke-hoach"]
    at = stage.ago(4, 8)
    yield at
    consultation = _asked(
        stage, requester, at, "Dự thảo mức thu dịch vụ trông giữ xe tại các chợ",
        ("Mức thu đề xuất có phù hợp với thu nhập của người dân không?",),
        ("tu-phap", "xa-an-thai"),
    )  # fmt: skip
    at = _later(stage, at, 2, 15)
    yield at
    _replied(
        stage, _line(consultation, "tu-phap"), at, Stance.INSUFFICIENT,
        "Thiếu bảng so sánh mức thu hiện hành và phương án giá.",
    )  # fmt: skip


def _later(stage: Stage, at: datetime, ago: int, hour: int) -> datetime:
    """Return the hour so many days ago; where days off bring it together with the act before, a
    little after that one.
    """
    return max(stage.ago(ago, hour), at + timedelta(minutes=20))


def _begun(stage: Stage, submitter: Agency, at: datetime, title: str) -> Dossier:
    return begin_dossier(
        stage.head(submitter, at), at, title=title, recipient=Dossier.Recipient.CHAIR
    )


def _asked(
    stage: Stage, requester: Agency, at: datetime, title: str, questions: tuple[str, ...],
    agencies: tuple[str, ...], **fields,
) -> Consultation:  # fmt: skip
    return ask(
        stage.head(requester, at), at, title=title, provision=PROVISION,
        questions=[Asked(question) for question in questions],
        agencies=[stage.agencies[code] for code in agencies], due="07 ngày làm việc", **fields,
    )  # fmt: skip


def _line(consultation: Consultation, code: str) -> Opinion:
    lines = Opinion.objects.select_related("agency", "consultation")
    return lines.get(consultation=consultation, agency__code=code)


def _replied(stage: Stage, line: Opinion, at: datetime, stance: str, text: str) -> None:
    """The agency's head says the same on the first question, and agrees on the others."""
    questions = list(line.consultation.questions.all())
    answers = {question: (Stance.AGREED, "") for question in questions}
    answers[questions[0]] = (stance, text)
    named = stage.agencies["cong-an"] if stance == Stance.RETURNED else None
    reply(
        line.pk, stage.replier(line.agency, at), lambda: at, answers=answers, competent=named
    )  # fmt: skip


def _checked(stage: Stage, dossier: Dossier, at: datetime, unmet: str = "", note: str = "") -> None:
    checks = {
        item.pk: (item.code != unmet, note if item.code == unmet else "")
        for item in ChecklistItem.objects.filter(is_active=True)
    }
    dossiers.check(dossier, stage.actor("chuyenvien", at), at, checks=checks)
