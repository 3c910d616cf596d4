"""Cases and praise (rule 9.1): one criticism issued, one case before the Chair, one whose statement
is awaited; one praise issued, one waiting for signatures.
"""

from collections.abc import Iterator
from datetime import datetime

from agencies.deadlines import local_day
from agencies.models import Agency, OutgoingPaper
from agencies.outgoing import issue, number
from reports.cases import lifecycle, praising
from reports.cases.drafting import draft_due
from reports.cases.proposing import propose_case, propose_praise
from reports.demonstration.stage import Stage
from reports.demonstration.timeline import Story
from reports.models import AccountabilityCase
from reports.periods import Kind, periods_ended
from tasks.models import Task
from tasks.states import OPEN

OLDEST = 170
CRITICISED, BEFORE_CHAIR, ASKED = "kinh-te-ha-tang", "ban-qlda", "xa-tan-vien"


def stories(stage: Stage) -> list[Story]:
    """Return the stories of drafts, cases and praise."""
    return [
        *_drafts(stage),
        _criticised(stage),
        _before_chair(stage),
        _asked(stage),
        _praised(stage),
        _proposed(stage),
    ]


def _drafts(stage: Stage) -> Iterator[Story]:
    """The program goes through each month's report an hour after it was built."""

    def drafted(at: datetime) -> Story:
        yield at
        draft_due(at)

    for month in periods_ended(Kind.MONTH, stage.ago(OLDEST), stage.at):
        at = month.cut_off_at.replace(hour=1, minute=40)
        if at < stage.at:
            yield drafted(at)


def _late_tasks(agency: Agency, at: datetime) -> list[Task]:
    late = Task.objects.filter(lead=agency, state__in=OPEN, is_group=False, due_at__lte=at)
    return list(late.order_by("due_at")[:3])


def _criticised(stage: Stage) -> Story:
    """From the draft to the letter in the register."""
    agency, head = stage.agencies[CRITICISED], "truongkinhte"
    at = stage.ago(36, 8, 40)
    yield at
    case = AccountabilityCase.objects.filter(agency=agency, opened_at__isnull=True).first()
    if case is None:
        case = propose_case(
            stage.actor("chanhvp", at), at, agency=agency, tasks=_late_tasks(agency, at),
            summary="Nhiệm vụ quá hạn nhiều ngày, đã nhắc nhưng chưa có kết quả.",
        )  # fmt: skip
    case = lifecycle.ask_statement(
        case, stage.actor("truongnoivu", at), at, due_on=stage.day(30), summary=case.summary
    )
    at = stage.ago(33, 15, 10)
    yield at
    lifecycle.state_side(
        case, stage.actor(head, at), at,
        text="Phòng chậm do chờ số liệu khảo sát của các xã; không báo cáo kịp thời là khuyết điểm "
        "của Phòng. Phòng xin hoàn thành trong tháng.",
    )  # fmt: skip
    for ago, name, text in (
        (32, "truongnoivu", "Giải trình chưa nêu được biện pháp đôn đốc các xã."),
        (31, "chanhvp", "Văn phòng đã nhắc nhiều lần, không có báo cáo vướng mắc."),
    ):
        at = stage.ago(ago, 9, 20)
        yield at
        case = lifecycle.sign(case, stage.actor(name, at), at, measure="criticise", text=text)
    at = stage.ago(29, 10, 5)
    yield at
    case = lifecycle.decide(
        case, stage.actor("chutich", at), at, measure="criticise",
        text="Yêu cầu rút kinh nghiệm sâu sắc, không để tái diễn.",
    )  # fmt: skip
    yield from _issued(stage, case.paper, 28)


def _before_chair(stage: Stage) -> Story:
    """The Chair finds it on the first page."""
    agency = stage.agencies[BEFORE_CHAIR]
    at = stage.ago(12, 9, 15)
    yield at
    case = propose_case(
        stage.actor("chanhvp", at), at, agency=agency, tasks=_late_tasks(agency, at),
        summary="Nhiệm vụ giải phóng mặt bằng quá hạn kéo dài, ảnh hưởng tiến độ giải ngân; đã "
        "được nhắc và đôn đốc nhưng chưa có báo cáo kết quả.",
    )  # fmt: skip
    case = lifecycle.ask_statement(
        case, stage.actor("chanhvp", at), at, due_on=stage.day(6), summary=case.summary
    )
    at = stage.ago(8, 16, 30)
    yield at
    lifecycle.state_side(
        case, stage.actor("giamdocqlda", at), at,
        text="Ba hộ chưa nhận tiền bồi thường do tranh chấp ranh giới; Ban đã làm việc hai lần với "
        "xã nhưng chưa báo cáo vướng mắc lên huyện. Ban nhận thiếu sót.",
    )  # fmt: skip
    for ago, name, measure, text in (
        (5, "chanhvp", "review", "Chậm báo cáo vướng mắc, không xin gia hạn."),
        (4, "truongnoivu", "criticise", "Đã có giải trình, nhận khuyết điểm; đề nghị phê bình."),
    ):
        at = stage.ago(ago, 14, 20)
        yield at
        case = lifecycle.sign(case, stage.actor(name, at), at, measure=measure, text=text)


def _asked(stage: Stage) -> Story:
    """The chair of a commune has still to state the commune's side."""
    agency = stage.agencies[ASKED]
    at = stage.ago(2, 10, 40)
    yield at
    case = propose_case(
        stage.actor("chanhvp", at), at, agency=agency, tasks=_late_tasks(agency, at),
        summary="Không trả lời ý kiến khi được lấy ý kiến, nhiệm vụ quá hạn chưa báo cáo.",
    )  # fmt: skip
    at = stage.ago(1, 9, 5)
    yield at
    due_on = stage.calendar.add_working_days(stage.today, 4)
    lifecycle.ask_statement(
        case, stage.actor("truongnoivu", at), at, due_on=due_on, summary=case.summary
    )


def _praised(stage: Stage) -> Story:
    """The emulation board proposes, two sign, the Chair praises, the letter goes out."""
    at = stage.ago(27, 8, 30)
    yield at
    praise = propose_praise(
        stage.actor("phonoivu", at), at, agency=stage.agencies["tu-phap"],
        summary="Phòng Tư pháp hoàn thành trước hạn toàn bộ nhiệm vụ được giao, trả lời ý kiến "
        "đầy đủ, đúng trọng tâm.",
    )  # fmt: skip
    for ago, name in ((26, "truongnoivu"), (25, "chanhvp")):
        at = stage.ago(ago, 10, 10)
        yield at
        praise = praising.sign(praise, stage.actor(name, at), at, measure="praise")
    at = stage.ago(22, 9, 45)
    yield at
    praise = praising.decide(praise, stage.actor("chutich", at), at, measure="praise")
    yield from _issued(stage, praise.paper, 21)


def _proposed(stage: Stage) -> Story:
    """A head proposes a member of staff."""
    at = stage.ago(1, 14, 35)
    yield at
    staff = stage.actor("cvgiaoduc", at)
    propose_praise(
        stage.actor("truonggiaoduc", at), at, agency=staff.agency, person=staff.post,
        summary="Chủ động tham mưu kế hoạch năm học, hoàn thành sớm nhiều việc khó.",
    )  # fmt: skip


def _issued(stage: Stage, paper: OutgoingPaper, ago: int) -> Story:
    at = stage.ago(ago, 15, 50)
    yield at
    chief = stage.actor("chanhvp", at)
    issue(number(paper, chief, at, dated_on=local_day(at)), chief, at)
