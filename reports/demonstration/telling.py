"""The life of one task, told from a few words: "accept 38; progress 30 40; report 12"."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.core.files.uploadedfile import SimpleUploadedFile

from agencies.acting import Actor
from agencies.functions import Function
from reports.demonstration.evidence import evidence
from reports.demonstration.stage import Stage
from reports.demonstration.timeline import Story
from tasks.lifecycle import accept, complete, progress, report, send_back, verify
from tasks.models import Task

OFFICE = "vp"
HOURS = {"accept": 9, "progress": 14, "report": 16, "verify": 10, "complete": 15, "send_back": 11}

DONE_SO_FAR = {
    20: "Đã phân công người thực hiện, xây dựng đề cương và gửi văn bản thu thập số liệu.",
    30: "Đã làm việc với các đơn vị liên quan, thống nhất nội dung và tiến độ thực hiện.",
    40: "Đã thu thập xong số liệu, đang đối chiếu với sổ theo dõi của các xã, thị trấn.",
    50: "Đã hoàn thành dự thảo lần 1, đang lấy ý kiến các bộ phận chuyên môn.",
    60: "Đã kiểm tra thực tế tại cơ sở, đang tổng hợp kết quả.",
    70: "Dự thảo đã được tiếp thu ý kiến, còn chờ thống nhất số liệu kinh phí.",
    80: "Cơ bản hoàn thành, đang rà soát thể thức và trình lãnh đạo đơn vị xem xét.",
    90: "Đã hoàn thành nội dung, đang hoàn thiện hồ sơ, phụ lục kèm theo.",
}
SLOW = "Tiến độ chậm do phải chờ số liệu của đơn vị phối hợp; đã có văn bản đề nghị."
RESULTS = (
    "Đã hoàn thành đầy đủ nội dung được giao; kết quả nêu tại văn bản gửi kèm.",
    "Đã hoàn thành, trình UBND huyện theo đúng yêu cầu; hồ sơ lưu tại đơn vị.",
    "Đã tổ chức thực hiện xong tại cơ sở, có biên bản và danh sách kèm theo.",
    "Đã hoàn thành; các kiến nghị phát sinh được nêu tại mục III của báo cáo.",
)
GAPS = (
    "Báo cáo chưa có số liệu của các xã, thị trấn; đề nghị bổ sung phụ lục.",
    "Chưa nêu rõ kết quả xử lý các trường hợp vi phạm; đề nghị làm rõ và gửi lại.",
    "Văn bản gửi kèm chưa ký, đóng dấu; đề nghị gửi bản phát hành.",
)


@dataclass(frozen=True)
class Step:
    """One act of the story: so many days ago, with a percentage where it is progress."""

    act: str
    ago: int
    percent: int = 0


def steps(words: str) -> list[Step]:
    """Read "accept 38; progress 30 40": the act, days before today, and a percentage."""
    found = []
    for part in filter(None, (part.strip() for part in words.split(";"))):
        act, ago, *percent = part.split()
        found.append(Step(act, int(ago), *map(int, percent)))
    return found


def live(stage: Stage, task: Task, words: str) -> Story:
    """Tell what happened to an assigned task, each act by whoever may do it."""
    at = task.assigned_at
    for step in steps(words):
        if step.act == "verify" and task.lead.code == OFFICE:
            continue  # no officer verifies the Office's own work (rule 2.3)
        minute = (task.pk * 7 + step.ago) % 60
        at = max(stage.ago(step.ago, HOURS[step.act], minute), at + timedelta(minutes=7))
        yield at
        ACTS[step.act](stage, task, step, at)


def _accept(stage: Stage, task: Task, step: Step, at: datetime) -> None:
    accept(task, stage.head(task.lead, at), at)


def _progress(stage: Stage, task: Task, step: Step, at: datetime) -> None:
    late = task.due_at is not None and at >= task.due_at
    text = SLOW if late else DONE_SO_FAR[step.percent]
    progress(task, _worker(stage, task, at), at, text=text, percent=step.percent)


def _report(stage: Stage, task: Task, step: Step, at: datetime) -> None:
    report(
        task,
        stage.head(task.lead, at),
        at,
        result=RESULTS[task.pk % len(RESULTS)],
        document_number=f"{20 + task.pk % 300}/BC-{_letters(task)}",
        files=_files(task),
    )


def _verify(stage: Stage, task: Task, step: Step, at: datetime) -> None:
    officer = task.officer.user.username if task.officer else "chuyenvien"
    verify(task, stage.actor(officer, at), at)


def _complete(stage: Stage, task: Task, step: Step, at: datetime) -> None:
    complete(task, _decider(stage, task, at), at)


def _send_back(stage: Stage, task: Task, step: Step, at: datetime) -> None:
    reason = GAPS[task.pk % len(GAPS)]
    send_back(task, _decider(stage, task, at), at, reason=reason)


ACTS = {
    "accept": _accept,
    "progress": _progress,
    "report": _report,
    "verify": _verify,
    "complete": _complete,
    "send_back": _send_back,
}


def _worker(stage: Stage, task: Task, at: datetime) -> Actor:
    """Whom the task was handed to, the responsible officer of the lead, else its head."""
    handed = Task.objects.select_related("handler__user", "handler__title").get(pk=task.pk)
    post = handed.handler or task.responsible
    if post is not None and Function.AGENCY_STAFF in post.title.functions:
        return stage.actor(post.user.username, at)
    return stage.head(task.lead, at)


def _decider(stage: Stage, task: Task, at: datetime) -> Actor:
    """The chief or, now and then, the deputy; the Chair for the Office's own work (rule 2.3)."""
    if task.lead.code == OFFICE:
        return stage.actor("chutich", at)
    return stage.actor("phovp" if task.pk % 6 == 0 else "chanhvp", at)


def _letters(task: Task) -> str:
    """The letters of an agency's number series: TN&MT gives TNMT, communes give UBND."""
    if task.lead.kind.code in ("xa", "thi-tran"):
        return "UBND"
    return "".join(c for c in task.lead.short_name if c.isupper()) or "VP"


def _files(task: Task) -> list[SimpleUploadedFile]:
    """Every second report has a file; the others name the number of the document only."""
    if task.pk % 2:
        return []
    ending = ("pdf", "txt", "docx")[task.pk // 2 % 3]
    lines = ["BÁO CÁO KẾT QUẢ THỰC HIỆN NHIỆM VỤ", task.code, task.title, task.lead.name]
    return [evidence(ending, f"Bao-cao-{task.code}", lines)]
