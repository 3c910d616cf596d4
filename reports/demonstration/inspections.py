"""Inspections (rule 9.2): a surprise one with findings and a follow-up, one that is planned."""

from datetime import timedelta

from reports.demonstration.stage import Stage
from reports.demonstration.timeline import Story
from reports.inspections import holding
from reports.inspections.holding import Plan


def stories(stage: Stage) -> list[Story]:
    """Return the story of each inspection."""
    return [_surprise(stage), _planned(stage)]


def _surprise(stage: Stage) -> Story:
    """Inspection calls on a commune unannounced; the chief gives what follows."""
    at = stage.ago(16, 8, 10)
    yield at
    inspector = stage.actor("chanhthanhtra", at)
    day = stage.day(15)
    inspection = holding.plan(
        inspector, at,
        plan=Plan(
            kind="surprise", agency=stage.agencies["xa-an-tien"],
            subject="Chấp hành giờ làm việc và giải quyết hồ sơ tại bộ phận một cửa",
            basis="Công văn của UBND huyện về chấn chỉnh kỷ luật, kỷ cương công vụ",
            starts_on=day, ends_on=day, head=inspector.post,
            secretary=stage.actor("cvnoivu2", at).post, members=(stage.actor("phovp", at).post,),
        ),
    )  # fmt: skip
    at = stage.ago(15, 13, 35)
    yield at
    inspector = stage.actor("chanhthanhtra", at)
    inspection = holding.start(inspection, inspector, at)
    for minutes, rating, text in (
        (20, "fault", "Lúc 13 giờ 35, 02 công chức chưa có mặt tại nơi làm việc, không báo cáo."),
        (45, "breach", "03 hồ sơ đất đai quá hạn giải quyết, không có văn bản xin lỗi người dân."),
        (60, "good", "Niêm yết đầy đủ thủ tục; sổ theo dõi hồ sơ được cập nhật trong ngày."),
    ):
        holding.find(
            inspection, inspector, at + timedelta(minutes=minutes), text=text, rating=rating
        )
    at = stage.ago(14, 9, 0)
    yield at
    holding.give_view(
        inspection, stage.head(stage.agencies["xa-an-tien"], at), at,
        text="UBND xã tiếp thu; đã yêu cầu hai công chức kiểm điểm.",
    )  # fmt: skip
    at = stage.ago(13, 10, 30)
    yield at
    inspection = holding.conclude(
        inspection, stage.actor("chanhthanhtra", at), at,
        conclusion="UBND xã An Tiến chấn chỉnh ngay giờ giấc làm việc, giải quyết dứt điểm 03 "
        "hồ sơ quá hạn và xin lỗi người dân bằng văn bản.",
    )  # fmt: skip
    at = stage.ago(13, 15, 0)
    yield at
    holding.follow_up(
        inspection, stage.actor("chanhvp", at), at,
        title="Giải quyết dứt điểm 03 hồ sơ đất đai quá hạn, xin lỗi người dân bằng văn bản",
        lead=stage.agencies["xa-an-tien"], due_on=stage.in_days(6),
        assigned_by=stage.authorities["chu-tich-huyen"],
    )  # fmt: skip


def _planned(stage: Stage) -> Story:
    """Internal affairs comes next week, announced."""
    at = stage.ago(3, 15, 20)
    yield at
    day = stage.calendar.add_working_days(stage.today, 4)
    holding.plan(
        stage.actor("truongnoivu", at), at,
        plan=Plan(
            kind="planned", agency=stage.agencies["tai-nguyen-moi-truong"],
            subject="Thực hiện quy chế làm việc và trả lời ý kiến đúng thời hạn",
            basis="Kế hoạch kiểm tra công vụ năm", starts_on=day,
            ends_on=stage.calendar.add_working_days(day, 1),
            head=stage.actor("truongnoivu", at).post, members=(stage.actor("cvnoivu", at).post,),
        ),
    )  # fmt: skip
