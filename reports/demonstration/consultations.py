"""Consultations: open and expiring, answered, objected to, passed over in silence, answered late.

Each is dated by its deadline: asked so many working days before, replies so many after asking.
"""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from agencies import outgoing
from agencies.deadlines import ZONE, local_day, local_midnight_after
from agencies.letterheads import series_of
from agencies.models import Agency, AgencyGroup, Body, Competence
from consultations.closing import record_closed
from consultations.lifecycle import Asked, ask, contest_question, note_opening, reply
from consultations.models import Consultation, Opinion
from consultations.stances import Stance
from consultations.sweep import record_deemed
from reports.demonstration.evidence import evidence
from reports.demonstration.stage import Stage
from reports.demonstration.timeline import Story, together

AGREED, COMMENTS, OBJECTED = Stance.AGREED, Stance.WITH_COMMENTS, Stance.DISAGREED


@dataclass(frozen=True)
class Said:
    """One agency's reply: so many working days after asking, or (late) after the deadline."""

    agency: str
    stance: str
    text: str = ""
    after: int = 1
    is_late: bool = False
    contests: str = ""


@dataclass(frozen=True)
class Case:
    """One consultation; `due` in days from today, or in hours from now. `competence` is the one
    concerned, `why` the reason to ask agencies outside it.
    """

    requester: str
    title: str
    provision: str
    questions: tuple[str, ...]
    agencies: str
    said: tuple[Said, ...] = ()
    due: int = 0
    due_hours: int = 0
    working_days: int = 6
    minor: str = ""
    competence: str = ""
    why: str = ""


CASES = (
    Case(
        "tai-nguyen-moi-truong",
        "Dự thảo Kế hoạch sử dụng đất năm sau của huyện",
        "Luật Đất đai, Điều 67; Quy chế làm việc của UBND huyện",
        (
            "Danh mục 27 công trình, dự án thu hồi đất có phù hợp với lĩnh vực quản lý không?",
            "Chỉ tiêu chuyển 12,4 ha đất trồng lúa sang đất ở có bảo đảm căn cứ không?",
        ),
        "tai-chinh-ke-hoach kinh-te-ha-tang nong-nghiep tu-phap xa-quang-trung xa-an-thai",
        (
            Said("nong-nghiep", AGREED, after=2),
            Said(
                "tu-phap",
                COMMENTS,
                "Đề nghị bổ sung căn cứ pháp lý về điều kiện chuyển mục đích "
                "tại mục II của dự thảo.",
                3,
            ),
        ),
        due_hours=7,
    ),
    Case(
        "kinh-te-ha-tang",
        "Phương án phân luồng giao thông khi thi công cầu Tân Viên",
        "Quy chế làm việc của UBND huyện, Điều 14",
        (
            "Tuyến tránh qua trung tâm xã Quang Trung có khả thi không?",
            "Thời gian cấm xe tải từ 6 giờ đến 8 giờ có phù hợp không?",
        ),
        "cong-an tai-chinh-ke-hoach xa-quang-trung xa-truong-thanh xa-tan-vien",
        (
            Said("cong-an", AGREED, after=2),
            Said("xa-truong-thanh", COMMENTS, "Đề nghị lắp thêm biển báo tại ngã ba Cầu Vàng.", 3),
        ),
        due=1,
    ),
    Case(
        "noi-vu",
        "Dự thảo Quy định đánh giá kết quả thực hiện nhiệm vụ của các cơ quan, đơn vị",
        "Kế hoạch cải cách hành chính của huyện",
        (
            "Thang điểm theo tỷ lệ hoàn thành đúng hạn có hợp lý không?",
            "Có nên trừ điểm khi trả lời ý kiến chậm không?",
            "Mẫu biểu kèm theo có thuận tiện không?",
        ),
        "vp tu-phap tai-chinh-ke-hoach giao-duc-dao-tao lao-dong-thuong-binh-xa-hoi thanh-tra "
        "nong-nghiep ban-qlda",
        (
            Said("tu-phap", AGREED, after=1),
            Said("thanh-tra", AGREED, after=2),
            Said(
                "lao-dong-thuong-binh-xa-hoi",
                COMMENTS,
                "Nên tính riêng nhiệm vụ do cấp trên giao "
                "gấp, vì thời hạn không do đơn vị đề xuất.",
                2,
            ),
            Said(
                "giao-duc-dao-tao",
                OBJECTED,
                "Không nhất trí trừ điểm đối với ý kiến gửi chậm do chờ "
                "ý kiến của các trường; đề nghị chỉ trừ khi không trả lời.",
                1,
                contests="Mẫu biểu quyết định cách tính điểm của hơn 60 trường, không chỉ là "
                "hình thức trình bày.",
            ),
        ),
        due=4,
        minor="chỉ liên quan hình thức trình bày",
    ),
    Case(
        "lao-dong-thuong-binh-xa-hoi",
        "Tiêu chí rà soát hộ nghèo, hộ cận nghèo áp dụng tại huyện",
        "Thông tư hướng dẫn rà soát hộ nghèo, hộ cận nghèo",
        ("Địa phương có vướng mắc gì khi áp dụng bảng chấm điểm không?",),
        "@xa-thi-tran",
        (
            Said("xa-an-thang", AGREED, after=1),
            Said("xa-my-duc", AGREED, after=2),
            Said(
                "xa-tan-dan",
                COMMENTS,
                "Đề nghị hướng dẫn cách tính thu nhập từ lao động thời vụ.",
                2,
            ),
            Said("tt-truong-son", AGREED, after=3),
            Said("xa-thai-son", AGREED, after=3),
        ),
        due=7,
        working_days=9,
    ),
    Case(
        "tu-phap",
        "Dự thảo Quy chế phối hợp theo dõi thi hành pháp luật",
        "Luật Ban hành văn bản quy phạm pháp luật",
        (
            "Nội dung phối hợp tại Điều 4 đã rõ chưa?",
            "Thời hạn 05 ngày làm việc tại Điều 7 có phù hợp không?",
        ),
        "noi-vu thanh-tra tai-nguyen-moi-truong kinh-te-ha-tang",
        (
            Said("noi-vu", AGREED, after=2),
            Said("thanh-tra", COMMENTS, "Đề nghị bổ sung trách nhiệm gửi kết luận thanh tra.", 3),
            Said(
                "tai-nguyen-moi-truong",
                OBJECTED,
                "Thời hạn 05 ngày làm việc không khả thi với hồ sơ đất đai; đề nghị 10 ngày.",
                4,
            ),
            Said("kinh-te-ha-tang", AGREED, after=4),
        ),
        due=-32,
    ),
    Case(
        "tai-chinh-ke-hoach",
        "Dự thảo Đề án sắp xếp lại, xử lý nhà, đất dôi dư",
        "Nghị định về sắp xếp, xử lý tài sản công",
        (
            "Danh mục 09 cơ sở nhà, đất dôi dư có đầy đủ không?",
            "Phương án bán đấu giá 03 cơ sở có nhất trí không?",
        ),
        "giao-duc-dao-tao y-te xa-quang-trung xa-tan-vien xa-an-tien tt-an-lao",
        (
            Said(
                "giao-duc-dao-tao",
                COMMENTS,
                "Giữ lại điểm trường thôn Trần Phú để làm lớp mầm non.",
                3,
            ),
            Said("xa-an-tien", AGREED, after=4),
            Said(
                "xa-quang-trung", COMMENTS, "Đề nghị giữ nhà văn hóa cũ làm kho lưu trữ.", 2, True
            ),
        ),
        due=-25,
    ),
    Case(
        "ban-qlda",
        "Phương án hướng tuyến đường nối xã Tân Dân – An Thắng",
        "Nghị định về quản lý dự án đầu tư xây dựng",
        ("Hướng tuyến 2 có ảnh hưởng công trình do đơn vị quản lý không?",),
        "tai-nguyen-moi-truong kinh-te-ha-tang tai-chinh-ke-hoach quan-su kho-bac xa-tan-dan "
        "xa-an-thang",
        (
            Said("tai-nguyen-moi-truong", AGREED, after=2),
            Said("xa-tan-dan", AGREED, after=3),
            Said("kinh-te-ha-tang", COMMENTS, "Cần tránh cột điện trung thế tại Km1+200.", 3),
        ),
        due=-12,
    ),
    Case(
        "van-hoa-thong-tin",
        "Kế hoạch tổ chức Lễ hội truyền thống dịp đầu năm",
        "Nghị định về quản lý và tổ chức lễ hội",
        (
            "Phần kinh phí dự kiến 850 triệu đồng có cân đối được không?",
            "Phương án bảo đảm an ninh có phù hợp không?",
        ),
        "tai-chinh-ke-hoach cong-an y-te tt-an-lao xa-an-tien",
        (
            Said("cong-an", AGREED, after=2),
            Said("tt-an-lao", AGREED, after=3),
            Said(
                "tai-chinh-ke-hoach",
                OBJECTED,
                "Dự toán chỉ bố trí được 500 triệu đồng; phần còn lại đề nghị huy động xã hội hóa.",
                4,
            ),
        ),
        due=-3,
        competence="van-hoa-thong-tin",
        why="cùng tham gia Ban Tổ chức lễ hội",
    ),
)


def stories(stage: Stage) -> list[Story]:
    """Return the story of every consultation."""
    return [_story(stage, case, number) for number, case in enumerate(CASES)]


def _story(stage: Stage, case: Case, number: int) -> Story:
    due = _due(stage, case)
    last_day = due if isinstance(due, date) and not isinstance(due, datetime) else local_day(due)
    asked_on = stage.calendar.add_working_days(last_day, -case.working_days)
    at = datetime.combine(min(asked_on, stage.day(1)), time(8, 20 + number * 4), ZONE)
    yield at
    files = [evidence("docx", "Du-thao", [case.title, *case.questions])]
    requester, agencies = stage.agencies[case.requester], _agencies(stage, case)
    consultation = ask(
        stage.head(requester, at),
        at,
        title=case.title,
        provision=case.provision,
        questions=_questions(case),
        agencies=agencies,
        competences=Competence.objects.filter(code=case.competence),
        why=case.why,
        due=due,
        background=f"Thực hiện Chương trình công tác năm {at.year} của UBND huyện, "
        f"{requester.name} đã hoàn thành bước soạn thảo nội dung nêu trên.",
        series=series_of(requester, Body.current()),
        files=files,
    )
    due_at = due if isinstance(due, datetime) else local_midnight_after(due)
    lines = {line.agency.code: line for line in consultation.opinions.select_related("agency")}
    replies = [
        _replied(stage, lines[said.agency], said, at, due_at, order)
        for order, said in enumerate(case.said)
    ]
    openings = [_opened(stage, line, at) for line in lines.values() if line.pk % 3]
    letter = [_issued(stage, consultation, at)] if number % 4 != 3 else []  # one is not numbered
    yield from together([*letter, *openings, *replies, _swept(stage, due_at)])


def _issued(stage: Stage, consultation: Consultation, asked_at: datetime) -> Story:
    """The letter gets its number and goes out within the half hour (rule 2.8)."""
    at = asked_at + timedelta(minutes=25)
    if at < stage.at:
        yield at
        head = stage.head(consultation.requester, at)
        numbered = outgoing.number(consultation.letter, head, at, dated_on=local_day(at))
        outgoing.issue(numbered, head, at)


def _opened(stage: Stage, line: Opinion, asked_at: datetime) -> Story:
    """Most agencies open the request the same day (rule 6.8)."""
    at = asked_at + timedelta(hours=1 + line.pk % 6, minutes=line.pk % 50)
    head = stage.head(line.agency, at)
    if head is not None and at < stage.at:
        yield at
        note_opening(line, head, at)


def _replied(
    stage: Stage, line: Opinion, said: Said, asked_at: datetime, due_at: datetime, order: int
) -> Story:
    start = local_day(due_at) if said.is_late else local_day(asked_at)
    day = stage.calendar.add_working_days(start, said.after)
    at = datetime.combine(day, time(13, 30 + 5 * order), ZONE)
    if at >= stage.at:
        return
    yield at
    line.refresh_from_db(fields=["ended_at"])
    if line.ended_at is not None:
        return  # a merged agency is asked no longer
    note_opening(line, stage.replier(line.agency, at), at - timedelta(minutes=25))
    questions = list(line.consultation.questions.all())
    answers = {question: (AGREED, "") for question in questions}
    answers[questions[min(order, len(questions) - 1)]] = (said.stance, said.text)
    replier = stage.replier(line.agency, at)
    reply(
        line.pk,
        replier,
        lambda: at,
        answers=answers,
        document_number=f"{30 + line.pk}/{series_of(line.agency, Body.current())}",
        document_on=day,
        signer=replier.user.full_name,
    )
    if said.contests:
        at += timedelta(minutes=50)
        if at < stage.at:
            yield at
            minor = next(question for question in questions if not question.is_principal)
            contest_question(line, replier, lambda: at, question=minor, reason=said.contests)


def _swept(stage: Stage, due_at: datetime) -> Story:
    at = due_at + timedelta(minutes=6)
    if at < stage.at:
        yield at
        record_deemed(at)
        record_closed(at)


def _due(stage: Stage, case: Case) -> date | datetime:
    if case.due_hours:
        return (stage.at + timedelta(hours=case.due_hours)).replace(second=0, microsecond=0)
    return stage.in_days(case.due)


def _questions(case: Case) -> list[Asked]:
    asked = [Asked(text) for text in case.questions]
    if case.minor:
        asked[-1] = Asked(case.questions[-1], False, case.minor)
    return asked


def _agencies(stage: Stage, case: Case) -> list[Agency | AgencyGroup]:
    if case.agencies.startswith("@"):
        return [stage.groups[case.agencies[1:]]]
    return [stage.agencies[code] for code in case.agencies.split()]
