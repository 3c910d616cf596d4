"""The directives: read by the reader, registered, reviewed, approved, acknowledged, worked on."""

from datetime import date, datetime, timedelta
from pathlib import Path
from string import Template

from django.core.files.uploadedfile import SimpleUploadedFile

from reports.demonstration.owed import owed_to
from reports.demonstration.reviews import confirmed_and_closed
from reports.demonstration.stage import Stage
from reports.demonstration.telling import live
from reports.demonstration.timeline import Story, together
from tasks.approval import Plan, approve
from tasks.directives.acknowledging import acknowledge
from tasks.directives.drafting import draft_read, draft_typed
from tasks.directives.header import Header, header_of, save_header
from tasks.directives.reading import read_typed
from tasks.directives.review import Wording, add, edit
from tasks.directory import directory_of
from tasks.models import Acknowledgement, Directive, Proposal

PAPERS = Path(__file__).parent / "papers"
Kind = Proposal.Kind

# The discipline letter's clauses that the officer changed, and to what.
DUTY = [Kind.STANDING_DUTY]
DECIDED = {
    "1-1": [Kind.ACKNOWLEDGEMENT],
    "1-2": DUTY,
    "1-3": [Kind.STANDING_DUTY, Kind.RULE],
    "1-4": DUTY,
    "1-5": [Kind.REVIEW_CAMPAIGN, Kind.TASK],
    "1-6": DUTY,
    "1-7": DUTY,
    "2-1": [Kind.TASK],
    "2-2": DUTY,
    "3-1": [Kind.TASK],
    "3-2": DUTY,
}
HOW = (
    "Quán triệt tại hội nghị cán bộ, công chức cơ quan.",
    "Sao gửi toàn thể công chức, phổ biến tại buổi sinh hoạt tháng.",
    "Phổ biến tại họp giao ban và niêm yết tại trụ sở.",
)

# Shorter titles than the reader's first sentences, for lists.
TITLES = {
    "1-5": "Rà soát nhiệm vụ được giao, báo cáo nguyên nhân và ngày cam kết của việc chậm",
    "2-1": "Đề xuất giải pháp tăng cường kỷ luật, kỷ cương công vụ",
    "3-1": "Theo dõi, đôn đốc, tổng hợp tình hình thực hiện nhiệm vụ được giao",
    "1": "Kiểm tra an toàn phòng cháy, chữa cháy tại các chợ, cụm công nghiệp",
    "2": "Tham mưu kinh phí mua sắm phương tiện chữa cháy tại chỗ",
    "3": "Rà soát điều kiện an toàn lao động tại các công trình xây dựng",
    "4": "Kiểm tra, lập danh sách cơ sở, hộ kinh doanh có nguy cơ cháy, nổ",
    "5": "Tuyên truyền kỹ năng phòng cháy, thoát nạn trên truyền thanh cơ sở",
}

# What became of each agency's part of the review (due 41 days ago) and of the list of
# establishments (due in two days): told in turn down the official order.
REVIEWED = (
    "progress 62 50; report 50; verify 49; complete 48",
    "accept 75; report 55; verify 53; complete 52",
    "progress 60 60; report 46; complete 44",
    "progress 58 80; report 52; verify 51; complete 50",
    "accept 73; report 47; verify 46; complete 45",
    "progress 55 40; report 33; verify 32; complete 30",
    "progress 50 60; report 49; verify 47; complete 46",
    "accept 70; report 48; verify 47; complete 46",
    "progress 61 70; report 51; verify 50; complete 49",
    "progress 48 40; progress 20 60",
    "accept 76; report 54; complete 53",
)
LISTED = (
    "progress 10 60; report 6; verify 5; complete 4",
    "progress 9 60",
    "progress 8 50; report 3; verify 2",
    "progress 7 40",
    "accept 15; report 4",
    "accept 12",
    "progress 6 80",
    "accept 18; report 8; verify 7; complete 5",
    "",
)
ONE_BY_ONE = {
    "2-1": "accept 76; progress 50 40; progress 18 60",
    "3-1": "accept 77; progress 46 50; progress 16 60",
    "1": "accept 17; progress 9 60; progress 3 80",
    "2": "accept 18; progress 12 60; report 5; verify 4; complete 3",
    "3": "accept 16; progress 8 40",
}


def stories(stage: Stage) -> list[Story]:
    """Return the stories of all directives."""
    return [_discipline(stage), _city_and_district(stage), _draft(stage)]


def _discipline(stage: Stage) -> Story:
    """Standing duties, acknowledgements, the rule of silence, a review campaign, a group task."""
    at = stage.ago(78, 8, 40)
    yield at
    issued_on = stage.day(79)
    directive = _read(
        stage, "chan-chinh", at, issued_on,
        number="512/UBND-VP", review=_day(stage.in_days(-40)),
    )  # fmt: skip
    at += timedelta(minutes=25)
    yield at
    groups = ("phong-ban-nganh-doan-the", "don-vi-su-nghiep", "xa-thi-tran")
    directive = _register(stage, directive, at, issued_on, "512/UBND-VP", groups=groups)
    yield from _reviewed(stage, directive, at)
    at = stage.ago(77, 15, 20)
    yield at
    directive = _approve(stage, directive, at)
    children = directive.tasks.filter(is_group=False).order_by("pk")
    yield from together(
        [
            *_acknowledgements(stage, directive),
            *_lives(stage, children, REVIEWED),
            confirmed_and_closed(stage, directive),
        ]
    )


def _city_and_district(stage: Stage) -> Story:
    """The city's letter with what it demands, and the district's that implements it."""
    at = stage.ago(24, 9, 10)
    yield at
    number, issued_on = "2210/UBND-NC", stage.day(26)
    header = Header(
        abstract="V/v tăng cường phòng cháy, chữa cháy dịp cuối năm",
        kind=stage.kinds["cong-van"],
        number=number,
        issued_on=issued_on,
        issuer=stage.authorities["ubnd-thanh-pho"],
        signer="Nguyễn Thế Vinh, KT. Chủ tịch, Phó Chủ tịch",
        urgency=Directive.Urgency.URGENT,
        to_agencies=[stage.agencies["vp"]],
    )
    clerk = stage.actor("vanthu", at)
    city = draft_typed(clerk, at, header=header)
    at += timedelta(minutes=9)
    yield at
    city = save_header(city, clerk, at, header=header, version=city.version, registering=True)
    yield from _discipline_of_fire(stage, city, at)
    yield from together(
        [owed_to(stage, city, stage.ago(24, 15, 0)), _implemented(stage, city, number, issued_on)]
    )


def _implemented(stage: Stage, city: Directive, number: str, issued_on: date) -> Story:
    """The district's own letter that implements the city's."""
    at = stage.ago(20, 8, 50)
    yield at
    dated = stage.day(21)
    district = _read(
        stage, "hanh-kho", at, dated,
        number="688/UBND-KT", above=number, above_on=_day(issued_on),
        markets=_day(stage.in_days(4)), money=_day(stage.in_days(-2)),
        labour=_day(stage.in_days(9)), communes=_day(stage.in_days(2)),
    )  # fmt: skip
    at += timedelta(minutes=31)
    yield at
    agencies = ("cong-an", "kinh-te-ha-tang", "tai-chinh-ke-hoach", "lao-dong-thuong-binh-xa-hoi")
    district = _register(
        stage, district, at, dated, "688/UBND-KT",
        agencies=agencies, groups=("xa-thi-tran",), above=city,
    )  # fmt: skip
    yield from _reviewed(stage, district, at)
    at = stage.ago(20, 16, 10)
    yield at
    district = _approve(stage, district, at)
    yield from together(_lives(stage, district.tasks.filter(is_group=False), LISTED))


def _discipline_of_fire(stage: Stage, city: Directive, at: datetime) -> Story:
    """What the city says without an end becomes a standing duty."""
    at += timedelta(minutes=40)
    yield at
    wording = Wording(
        clause="3",
        title="Không để xảy ra cháy lớn gây thiệt hại nghiêm trọng về người và tài sản",
        text="Không để xảy ra cháy lớn gây thiệt hại nghiêm trọng về người và tài sản.",
        kinds=DUTY,
        lead_agencies=[stage.agencies["kinh-te-ha-tang"], stage.agencies["cong-an"]],
    )
    add(city, stage.actor("chuyenvien", at), at, wording=wording)
    at += timedelta(hours=2)
    yield at
    _approve(stage, city, at)


def _draft(stage: Stage) -> Story:
    """A letter read this week: proposals wait for review, three of them doubtful."""
    at = stage.ago(1, 16, 25)
    yield at
    days = {
        "gifts": 17, "roads": 14, "canals": 20, "lights": 24, "culture": 12, "clean": 26,
    }  # fmt: skip
    kitchens = stage.in_days(15)
    _read(
        stage, "ket-luan", at, None,
        kitchens=f"ngày {kitchens.day:02d} tháng {kitchens.month:02d}",
        **{name: _day(stage.in_days(number)) for name, number in days.items()},
    )  # fmt: skip


def _read(stage: Stage, name: str, at: datetime, issued_on: date | None, **words: str) -> Directive:
    """Let the reader make a draft of a sample, its day and deadlines filled in."""
    dated = issued_on or stage.today
    words["dated"] = f"ngày {dated.day:02d} tháng {dated.month:02d} năm {dated.year}"
    words["year"] = str(dated.year)
    text = Template((PAPERS / f"{name}.txt").read_text(encoding="utf-8")).substitute(words)
    return draft_read(
        stage.actor("chuyenvien", at),
        at,
        reading=read_typed(text, dated),
        directory=directory_of(dated),
        upload=SimpleUploadedFile(
            f"{words.get('number', name).replace('/', '-')}.txt", text.encode()
        ),
    )


def _register(
    stage: Stage,
    directive: Directive,
    at: datetime,
    issued_on: date,
    number: str,
    *,
    agencies: tuple[str, ...] = (),
    groups: tuple[str, ...] = (),
    above: Directive | None = None,
) -> Directive:
    """Complete the header the reader found and register the directive."""
    found = header_of(directive)
    header = Header(
        abstract=found.abstract,
        kind=stage.kinds["cong-van"],
        number=number,
        issued_on=issued_on,
        issuer=stage.authorities["chu-tich-huyen"],
        signer=found.signer,
        implements=above,
        to_agencies=[stage.agencies[code] for code in agencies],
        to_groups=[stage.groups[code] for code in groups],
    )
    return save_header(
        directive, stage.actor("chuyenvien", at), at,
        header=header, version=directive.version, registering=True,
    )  # fmt: skip


def _reviewed(stage: Stage, directive: Directive, at: datetime) -> Story:
    """The officer goes through the proposals one by one."""
    for proposal in directive.proposals.order_by("order"):
        at += timedelta(minutes=3)
        yield at
        _decide(stage, proposal, at)


def _decide(stage: Stage, proposal: Proposal, at: datetime) -> None:
    """What the officer makes of a clause: what follows from it, in a short title."""
    kinds = DECIDED.get(proposal.clause, proposal.kinds)
    leads = list(proposal.lead_agencies.all())
    groups = list(proposal.lead_groups.all())
    if proposal.clause == "1-5":  # the district's own departments and units review
        groups = [stage.groups["phong-ban-don-vi"]]
    wording = Wording(
        clause=proposal.clause,
        title=TITLES.get(proposal.clause, proposal.title),
        text=proposal.text,
        kinds=kinds,
        lead_agencies=leads,
        lead_groups=groups,
        coordinating=list(proposal.coordinating.all()),
        deadline_text=proposal.deadline_text,
        product="Báo cáo kết quả rà soát" if proposal.clause == "1-5" else proposal.product,
    )
    actor = stage.actor("chuyenvien", at)
    edit(proposal, actor, at, wording=wording, version=proposal.version)


def _approve(stage: Stage, directive: Directive, at: datetime) -> Directive:
    chief = stage.actor("chanhvp", at)
    plan = Plan(directive, chief.day)
    return approve(directive, chief, at, fingerprint=plan.fingerprint)


def _acknowledgements(stage: Stage, directive: Directive) -> list[Story]:
    """Most agencies acknowledge within days; every seventh, and those on paper, have not."""
    found = []
    for number, row in enumerate(directive.acknowledgements.select_related("agency")):
        if number % 7 != 6 and stage.head(row.agency, stage.at) is not None:
            found.append(_acknowledged(stage, row, number))
    return found


def _acknowledged(stage: Stage, row: Acknowledgement, number: int) -> Story:
    at = stage.ago(75 - number % 6, 10, number % 60)
    yield at
    acknowledge(
        row,
        stage.head(row.agency, at),
        at,
        spread_on=stage.day(76 - number % 6),
        how=HOW[number % len(HOW)],
    )


def _lives(stage: Stage, tasks, shared: tuple[str, ...]) -> list[Story]:
    """The story of each task: its clause's own, or for a group's children the shared in turn."""
    found = []
    for number, task in enumerate(tasks.select_related("lead__kind", "responsible__title")):
        words = shared[number % len(shared)] if task.parent_id else ONE_BY_ONE[task.clause]
        found.append(live(stage, task, words))
    return found


def _day(day: date) -> str:
    return f"{day:%d/%m/%Y}"
