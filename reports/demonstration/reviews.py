"""Looking again: a review campaign that was closed, one under way, a spot check (rule 5.13).

The closed one is the discipline letter's clause 1-5. In the one under way some agencies have
confirmed, some marked corrections, some are silent.
"""

from datetime import timedelta

from agencies.deadlines import last_day_in_time
from reports.demonstration.stage import Stage
from reports.demonstration.timeline import Story, together
from tasks.models import CampaignEntry, CampaignMark, Directive, SpotCheckItem, Task
from tasks.reviewing import confirming, settling, spot_checks
from tasks.reviewing.opening import (
    Asked,
    campaign_deadline,
    close_campaign,
    draft_campaign,
    open_campaign,
)
from tasks.reviewing.spot_checks import Drawing

Kind = CampaignMark.Kind

TITLE = "Rà soát nhiệm vụ đang thực hiện trước tổng kết năm"
TEXT = (
    "Các cơ quan, đơn vị đối chiếu danh sách nhiệm vụ chương trình đang theo dõi với sổ giao việc "
    "của mình; xác nhận hoặc đề nghị đính chính."
)
# What each agency did, told in turn down the official order: which mark it made, or nothing wrong;
# None: it is silent so far.
DID: tuple[str | None, ...] = (
    "", Kind.WRONG_DEADLINE, None, Kind.MISSING, "", Kind.WRONG_WORDING, None, Kind.DONE, "",
    None, Kind.WRONG_DEADLINE, "",
)  # fmt: skip


def stories(stage: Stage) -> list[Story]:
    """Return the stories of what was looked at again; the closed campaign's is its directive's."""
    return [_under_way(stage), _spot_check(stage)]


def confirmed_and_closed(stage: Stage, directive: Directive) -> Story:
    """The campaign of a directive's clause: nearly all confirmed in time, then it was closed."""
    campaign = directive.campaigns.get()
    entries = campaign.entries.select_related("agency", "campaign")
    heads = [entry for entry in entries if stage.head(entry.agency, stage.at) is not None]
    lists = [_right(stage, entry, number) for number, entry in enumerate(heads) if number % 8 != 7]
    yield from together(lists)
    at = stage.ago(36, 16, 30)
    yield at
    close_campaign(campaign, stage.actor("chanhvp", at), at)


def _right(stage: Stage, entry: CampaignEntry, number: int) -> Story:
    """The agency confirms its list as it is; one in eleven after the day."""
    at = stage.ago(38 if number % 11 == 10 else 66 - number % 20, 15, number * 7 % 60)
    yield at
    _confirm(stage, entry, at)


def _confirm(stage: Stage, entry: CampaignEntry, at, *wrong: Task) -> None:
    codes = {task.code for task in confirming.tasks_to_review(entry)}
    right = codes - {task.code for task in wrong}
    confirming.confirm(entry, stage.head(entry.agency, at), at, right=right)


def _under_way(stage: Stage) -> Story:
    """An officer prepared it, the chief opened it; marks come in, two are settled."""
    at = stage.ago(8, 14, 10)
    yield at
    due_on = last_day_in_time(campaign_deadline(at).due_at)
    group = stage.groups["phong-ban-don-vi"]
    asked = Asked(TITLE, TEXT, due_on, groups=[group])
    campaign = draft_campaign(stage.actor("chuyenvien2", at), at, asked=asked)
    at += timedelta(hours=1, minutes=35)
    yield at
    campaign = open_campaign(
        campaign, stage.actor("chanhvp", at), at, version=campaign.version
    )  # fmt: skip
    entries = campaign.entries.select_related("agency", "campaign")
    heads = [entry for entry in entries if stage.head(entry.agency, at) is not None]
    yield from together(
        _reviewed(stage, entry, DID[number % len(DID)], number)
        for number, entry in enumerate(heads)
    )
    yield from _settled(stage)


def _reviewed(stage: Stage, entry: CampaignEntry, did: str | None, number: int) -> Story:
    """What one agency did with its list: a mark, its confirmation, or nothing so far."""
    if did is None:
        return
    at = stage.ago(6 - number % 4, 9 + number % 6, number * 11 % 60)
    yield at
    tasks = list(confirming.tasks_to_review(entry))
    wrong = [task for task in tasks if task.due_at is not None][-1:]
    if did == Kind.MISSING:
        wrong = []
    elif not wrong:
        did = ""
    if did:
        task = wrong[0] if wrong else None
        _mark(stage, entry, did, task, at)
    at += timedelta(minutes=20)
    yield at
    _confirm(stage, entry, at, *(wrong if did else ()))


def _mark(stage: Stage, entry: CampaignEntry, kind: str, task: Task | None, at) -> None:
    """Mark what is wrong in the words of an office."""
    facts = {
        Kind.WRONG_DEADLINE: {
            "text": "Văn bản giao ghi thời hạn chậm hơn ngày đang theo dõi.",
            "due_on": stage.in_days(18),
        },
        Kind.WRONG_WORDING: {
            "text": "Tên nhiệm vụ chưa nêu đủ nội dung theo kết luận.",
            "title": f"{task.title} theo kết luận giao ban" if task else "",
            "wording": task.text if task else "",
        },
        Kind.DONE: {
            "text": "Đã trình kết quả tuần trước, chưa cập nhật báo cáo hoàn thành.",
            "document_number": "214/BC",
        },
        Kind.MISSING: {
            "text": "Việc đang làm theo phân công tại giao ban, chưa có trong danh sách.",
            "title": "Chuẩn bị tài liệu hội nghị tổng kết năm",
            "source": "Giao ban tuần của Chủ tịch UBND huyện",
            "assigned_by": stage.authorities["chu-tich-huyen"],
            "due_on": stage.in_days(15),
        },
    }[kind]
    head = stage.head(entry.agency, at)
    confirming.mark(entry, head, at, kind=kind, task=task, **facts)


def _settled(stage: Stage) -> Story:
    """The chief corrects one wording and an officer refuses one day; the other marks wait."""
    at = stage.ago(1, 14, 35)
    yield at
    wording = _waiting(Kind.WRONG_WORDING)
    facts = {name: wording.proposed[name] for name in ("title", "wording")}
    settling.apply(
        wording, stage.actor("chanhvp", at), at, reason=settling.reason_of(wording), **facts
    )
    at += timedelta(minutes=12)
    yield at
    settling.refuse(
        _waiting(Kind.WRONG_DEADLINE), stage.actor("chuyenvien2", at), at,
        answer="Đã đối chiếu văn bản giao: thời hạn đang theo dõi là đúng.",
    )  # fmt: skip


def _waiting(kind: str) -> CampaignMark:
    waiting = CampaignMark.objects.undecided().filter(kind=kind)
    return waiting.select_related("task", "entry__campaign__directive", "entry__agency").first()


def _spot_check(stage: Stage) -> Story:
    """Six of the tasks completed in the last two months: most done, one not, one doubted."""
    at = stage.ago(5, 9, 20)
    yield at
    drawing = Drawing(
        "Phúc tra nhiệm vụ đã hoàn thành trong hai tháng gần đây", stage.day(66), stage.day(7),
        size=6,
    )  # fmt: skip
    officer = stage.actor("chuyenvien3", at)
    check = spot_checks.draw(officer, at, drawing=drawing, seed="demo-5f21c09ab8e4")
    items = list(check.items.select_related("task"))
    items.sort(key=lambda item: item.task.recurrence_id is None)  # what recurs was done
    at = stage.ago(4, 10, 15)
    for item in items[:3]:
        at += timedelta(minutes=25)
        yield at
        note = "Đã đối chiếu văn bản phát hành và biên bản lưu."
        spot_checks.find_done(item, stage.actor("chuyenvien3", at), at, note=note)
    yield from _not_done(stage, items[3:5])


def _not_done(stage: Stage, items: list[SpotCheckItem]) -> Story:
    """Two were not done: the officer says so, the chief opened one again so far."""
    at = stage.ago(3, 15, 5)
    for item in items:
        at += timedelta(minutes=10)
        yield at
        note = "Kiểm tra tại cơ sở: chưa có danh sách kèm theo như đã báo cáo."
        spot_checks.doubt(item, stage.actor("chuyenvien3", at), at, note=note)
    at = stage.ago(2, 8, 50)
    yield at
    task = items[0].task
    has_passed = task.due_at is not None and task.due_at <= at
    spot_checks.reopen(
        items[0], stage.actor("chanhvp", at), at,
        note="Chưa có danh sách kèm theo; yêu cầu lập và gửi lại.",
        due_on=stage.in_days(9) if has_passed else None,
    )  # fmt: skip
