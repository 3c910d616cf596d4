"""A small district with two agencies whose rows carry words nobody can mistake for the other's.

Everything is made by the product's own acts. `ALPHA` and `BETA` stand in titles, texts, file
names, replies: a page that shows one agency the other's word has leaked.
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.core.files.uploadedfile import SimpleUploadedFile
from django.db.models import Model
from django.utils import timezone

from agencies import delegating, outgoing
from agencies.act_kinds import act_kinds_of
from agencies.acting import Actor
from agencies.deadlines import local_day
from agencies.functions import Function
from agencies.models import Agency, Attachment, CalendarDay, Delegation, Notice
from consultations import lifecycle as consulting
from consultations.lifecycle import dossiers
from consultations.lifecycle.preparing import begin_dossier
from consultations.models import Consultation, Dossier, Opinion, Reply
from reports.briefing import deciding, holding
from reports.build import build_due
from reports.cases import lifecycle as accounting
from reports.cases import proposing
from reports.inspections import holding as inspecting
from reports.lifecycle import draft_upward
from reports.models import PeriodicReport, ReportRequest
from tasks import lifecycle as working
from tasks.demands import keeping as demanding
from tasks.models import (
    Acknowledgement,
    Addressee,
    Directive,
    ImportBatch,
    ImportRow,
    Obstacle,
    Proposal,
    StandingDuty,
    Task,
)
from tasks.recurring.acts import begin
from tasks.reviewing import confirming, opening, spot_checks
from tasks.urging import issuing, preparing
from tests.factories import (
    AgencyFactory,
    AuthorityFactory,
    DirectiveFactory,
    OfficeFactory,
    PostFactory,
    actor_of,
    administrator,
    chair,
    head_of,
    moment,
    office_chief,
    officer,
    staff_of,
)

ALPHA, BETA = "Xylophanta", "Quorumbeta"
ROLES = (
    "nobody", "no_post", "chair", "chief", "officer", "office_clerk", "head_alpha",
    "staff_alpha", "head_beta", "administrator",
)  # fmt: skip


def paper_file(word: str) -> SimpleUploadedFile:
    """Return a small text file whose name and content carry the word."""
    return SimpleUploadedFile(f"minh-chung-{word}.txt", f"Kết quả {word}".encode())


@dataclass
class World:
    """The people by role and one thing of each kind; `things["task"]` is Alpha's."""

    actors: dict[str, Actor]
    things: dict[str, Model]

    def user(self, role: str):
        """Return the person of a role, or None for nobody."""
        return None if role == "nobody" else self.actors[role].user


def build() -> World:
    """Make the district as of the present moment (posts are held today)."""
    now = timezone.now()
    day = now.date()
    alpha = AgencyFactory(code="alpha", name="Phòng Thứ nhất")
    beta = AgencyFactory(code="beta", name="Phòng Thứ hai")
    chief = office_chief()
    stranger = PostFactory(ends_on=date(2021, 1, 1))
    actors = {
        "no_post": actor_of(stranger),
        "chair": chair(),
        "chief": chief,
        "officer": officer(),
        "office_clerk": actor_of(PostFactory(function=Function.CLERK, agency=OfficeFactory())),
        "head_alpha": head_of(alpha),
        "staff_alpha": staff_of(alpha),
        "head_beta": head_of(beta),
        "administrator": administrator(),
    }
    actors = {role: Actor(a.user, a.post, None, day) for role, a in actors.items()}
    chief = actors["chief"]
    things = {
        **_work(ALPHA, alpha, actors["head_alpha"], chief),
        **{
            f"beta_{name}": thing
            for name, thing in _work(BETA, beta, actors["head_beta"], chief).items()
        },
        **_draft(chief),
        **_from_above(ALPHA, alpha, chief),
        **_list(actors),
        **_shared(alpha, beta, actors, chief),
        "delegation": _delegation(actors["head_alpha"], actors["staff_alpha"], now),
        "beta_delegation": _delegation(actors["head_beta"], staff_of(beta), now),
        **_looked_at_again(alpha, beta, actors),
        **_held_to_account(alpha, actors),
        "closed": _closed(ALPHA, alpha, chief, day),
        "day_off": CalendarDay.objects.create(
            day=date(2025, 1, 1), kind="off", name="Tết Dương lịch", proposed_at=now,
            confirmed_at=now,
        ),
    }  # fmt: skip
    urged = _urged(things, chief, now)
    return World(actors, things | urged | _briefed(alpha, actors, now))


def _briefed(alpha, actors: dict[str, Actor], now: datetime) -> dict[str, Model]:
    """A briefing whose issued notice names Alpha, and one that is being held."""
    chief = actors["chief"]
    meeting = {"held_on": local_day(now), "chaired_by": actors["chair"].post}
    past = holding.open_briefing(chief, now, title="Giao ban", **meeting)
    deciding.decide(past, alpha, chief, now, text=f"Làm {ALPHA}")
    past = holding.issue(holding.close(past, chief, now), chief, now)
    held = holding.open_briefing(chief, now, title="Giao ban sau", **meeting)
    return {"briefing": past, "meeting": held}


def _urged(things: dict[str, Model], chief: Actor, now: datetime) -> dict[str, Model]:
    """An urging issued to Alpha, and one of Beta in preparation."""
    late = [things["task"].pk, things["beta_task"].pk]
    issued, draft = sorted(preparing.draft(late, chief, now), key=lambda one: one.agency.code)
    return {"urging": issuing.issue(issued, chief, now), "draft_urging": draft}


def _work(word: str, agency, head: Actor, chief: Actor) -> dict[str, Model]:
    at = moment("2026-11-02")
    directive = DirectiveFactory(
        abstract=f"V/v {word}", text=f"1. {word} báo cáo.", approved_at=moment("2026-11-02")
    )
    Addressee.objects.create(directive=directive, agency=agency)
    acknowledgement = Acknowledgement.objects.create(
        directive=directive, agency=agency, due_at=moment("2026-11-10")
    )
    duty = StandingDuty.objects.create(
        directive=directive, clause="1-1", title=f"Không {word}", text=word, founded_at=at
    )
    duty.agencies.add(agency)
    task = working.assign(
        chief, at, title=f"Xử lý {word}", assigned_by=AuthorityFactory(), lead=agency,
        directive=directive, due_at=moment("2026-11-12"), text=word, product=f"Báo cáo {word}",
    )  # fmt: skip
    working.progress(
        task, head, moment("2026-11-03"), text=f"Đang làm {word}", percent=30,
        files=[paper_file(word)],
    )  # fmt: skip
    working.raise_obstacle(
        task, head, moment("2026-11-04"), text=f"Vướng mắc {word}", addressee="chief",
        files=[paper_file(f"vuong-mac-{word}")],
    )  # fmt: skip
    working.write(
        task, head, moment("2026-11-04"), text=f"Trao đổi {word}",
        files=[paper_file(f"trao-doi-{word}")],
    )  # fmt: skip
    (recurrence,) = begin(
        chief, moment("2026-11-03"), [agency], rule_text="hằng tháng", title=f"Định kỳ {word}",
        source=f"Quy chế {word}", assigned_by=task.assigned_by,
    )  # fmt: skip
    consultation = consulting.ask(
        chief, moment("2026-11-09"), title=f"Ý kiến {word}", provision="Điều 19 Quy chế",
        questions=[(f"{word} có đúng không?",)], agencies=[agency], due=date(2026, 11, 16),
        task=task,
    )  # fmt: skip
    return {
        "directive": directive,
        "acknowledgement": acknowledgement,
        "duty": duty,
        "task": Task.objects.get(pk=task.pk),
        "recurrence": recurrence,
        "consultation": consultation,
        "obstacle": Obstacle.objects.get(task=task),
        "opinion": Opinion.objects.get(consultation=consultation),
        "file": Attachment.objects.of(task).get(),
        "notice": Notice.objects.filter(person=head.user, channel="app").first(),
    }


def _delegation(head: Actor, staff: Actor, now: datetime) -> Delegation:
    """Authority lent for answering consultations; the administrator keeps it as master data."""
    kinds = [kind for kind in act_kinds_of(head.functions) if kind.code == "answer"]
    return delegating.give(
        head, now, to_post=staff.post, kinds=kinds, starts_on=local_day(now),
        ends_on=local_day(now) + timedelta(days=30), document_number="7/UQ",
    )  # fmt: skip


def _closed(word: str, successor, chief: Actor, day: date) -> Agency:
    """An agency closed today, with work that nobody has moved to its successor yet."""
    closed = AgencyFactory(code="cu", name="Phòng Cũ")
    working.assign(
        chief, moment("2026-11-02"), title=f"Việc cũ {word}", assigned_by=AuthorityFactory(),
        lead=closed, source="Giao ban", due_at=moment("2026-12-20", 0),
    )  # fmt: skip
    closed.closed_on = day
    closed.save()
    closed.successors.add(successor)
    return closed


def _looked_at_again(alpha, beta, actors: dict[str, Actor]) -> dict[str, Model]:
    """A review that both agencies confirmed with a mark of their word, a draft, a spot check."""
    opened, confirmed = moment("2026-11-04"), moment("2026-11-05")
    chief, agencies = actors["chief"], [alpha, beta]
    asked = opening.Asked("Rà soát chung", "Đối chiếu.", date(2026, 11, 10), agencies)
    campaign = opening.draft_campaign(chief, opened, asked=asked)
    draft = opening.draft_campaign(chief, opened, asked=asked)
    opening.open_campaign(campaign, chief, opened, version=campaign.version)
    things: dict[str, Model] = {"campaign": campaign, "draft_campaign": draft}
    for name, word, agency in (("", ALPHA, alpha), ("beta_", BETA, beta)):
        head, entry = actors[f"head_{agency.code}"], campaign.entries.get(agency=agency)
        confirming.mark(
            entry, head, confirmed, kind="missing", text=f"Thiếu {word}", title=f"Việc {word}",
            source=f"Họp {word}", assigned_by=None, due_on=None,
        )  # fmt: skip
        codes = [task.code for task in confirming.tasks_to_review(entry)]
        things[f"{name}entry"] = confirming.confirm(entry, head, confirmed, right=codes)
        things[f"{name}mark"] = entry.marks.get()
    return things | _spot_checked(alpha, actors)


def _held_to_account(agency, actors: dict[str, Actor]) -> dict[str, Model]:
    """A case about Alpha's head before the Chair, signed by the chief alone (nobody heads internal
    affairs here), and praise that Alpha's head proposes.
    """
    case = proposing.propose_case(
        actors["head_beta"], moment("2026-11-04"), agency=agency, summary=f"Chậm {ALPHA}",
        files=[paper_file(f"{ALPHA}-chung-cu")],
    )  # fmt: skip
    accounting.ask_statement(
        case, actors["chief"], moment("2026-11-04"), due_on=date(2026, 11, 6), summary=ALPHA
    )
    accounting.state_side(
        case, actors["head_alpha"], moment("2026-11-05"), text=ALPHA, files=[paper_file(ALPHA)]
    )
    accounting.sign(case, actors["chief"], moment("2026-11-06"), measure="remind", text=ALPHA)
    praise = proposing.propose_praise(
        actors["head_alpha"], moment("2026-11-05"), agency=agency, summary=f"Tốt {ALPHA}"
    )
    today = timezone.localdate()
    inspection = inspecting.plan(
        actors["chief"], timezone.now(),
        plan=inspecting.Plan(
            kind="planned", agency=agency, subject=f"Kiểm tra {ALPHA}", starts_on=today,
            ends_on=today, head=actors["officer"].post,
        ),
    )  # fmt: skip
    return {"case": case, "praise": praise, "inspection": inspection}


def _spot_checked(agency, actors: dict[str, Actor]) -> dict[str, Model]:
    at, chief = moment("2026-10-15"), actors["chief"]
    task = working.assign(
        chief, moment("2026-10-01"), title=f"Đã xong {ALPHA}", assigned_by=AuthorityFactory(),
        lead=agency, source="Giao ban", due_at=moment("2026-10-20"),
    )  # fmt: skip
    task = working.report(task, actors["head_alpha"], at, result=ALPHA, document_number="1/BC")
    working.complete(task, chief, at)
    drawing = spot_checks.Drawing("Phúc tra", date(2026, 10, 1), date(2026, 10, 31), size=1)
    check = spot_checks.draw(chief, moment("2026-11-05"), drawing=drawing, seed="7f3a")
    return {"sample": check, "sampled": check.items.get()}


def _from_above(word: str, agency, chief: Actor) -> dict[str, Model]:
    """A superior's directive that names the agency, and what it demands of the body itself."""
    city = AuthorityFactory(code="thanh-pho", name="UBND thành phố", is_superior=True)
    directive = DirectiveFactory(issuer=city, abstract=f"V/v thành phố {word}")
    Addressee.objects.create(directive=directive, agency=agency)
    owed = demanding.note(
        directive, chief, moment("2026-11-03"), wording=demanding.Wording(f"Thành phố đòi {word}"),
        due_at=moment("2026-12-20", 0),
    )  # fmt: skip
    return {"from_above": directive, "demand": owed}


def _draft(chief: Actor) -> dict[str, Model]:
    draft = DirectiveFactory(
        number="", issued_on=None, state=Directive.State.DRAFT, abstract=f"Dự thảo {ALPHA} {BETA}",
        text="1. Báo cáo tình hình.", registered_at=None,
    )  # fmt: skip
    proposal = Proposal.objects.create(
        directive=draft, order=1, clause="1", title="Báo cáo tình hình", text="Báo cáo tình hình.",
        span_start=3, span_end=21, kinds=["task"],
    )  # fmt: skip
    return {"draft": draft, "proposal": proposal}


def _list(actors: dict[str, Actor]) -> dict[str, Model]:
    """A list of both agencies' work, not brought in yet. Its rows as reading a sheet leaves them:
    the sandbox takes a second each time.
    """
    batch = ImportBatch.objects.create(
        code="DS-2026-0001", file_name=f"{ALPHA} {BETA}.xlsx", columns=["Nội dung", "Chủ trì"],
        mapping={"fields": {"title": 0, "lead": 1}, "authority": AuthorityFactory().code},
        mapped_at=timezone.now(), uploaded_at=timezone.now(), uploaded_by=actors["officer"].post,
    )  # fmt: skip
    for number, (word, lead) in enumerate(
        [(ALPHA, "Phòng Thứ nhất"), (BETA, "Phòng Thứ hai"), (BETA, f"Phòng {ALPHA}")], start=2
    ):
        ImportRow.objects.create(batch=batch, number=number, cells=[word, lead])
    return {"list": batch}


def _shared(alpha, beta, actors: dict[str, Actor], chief: Actor) -> dict[str, Model]:
    """A consultation of both, still open, that both have answered; and a paper of the Office."""
    now = timezone.now()
    shared: Consultation = consulting.ask(
        chief, now, title="Ý kiến chung", provision="Điều 19", questions=[("Có đồng ý không?",)],
        agencies=[alpha, beta], due="05 ngày làm việc",
    )  # fmt: skip
    question = shared.questions.get()
    for role, word in (("head_alpha", ALPHA), ("head_beta", BETA)):
        line = Opinion.objects.get(consultation=shared, agency=actors[role].agency)
        consulting.reply(
            line.pk, actors[role], lambda: now, answers={question: ("disagreed", f"Vì {word}")},
            files=[paper_file(word)],
        )  # fmt: skip
    paper = outgoing.draft(
        shared, chief, now, issuer=chief.agency, suffix="UBND-VP", subject=f"Về {ALPHA} {BETA}"
    )
    dossier = begin_dossier(actors["head_alpha"], now, title=f"Trình {ALPHA}", recipient="chair")
    dossiers.submit(
        dossier, actors["head_alpha"], now, text=f"Kính trình {ALPHA}", proposal=f"Duyệt {ALPHA}"
    )
    reply = Reply.objects.filter(opinion__agency=alpha).first()
    return {
        "reply": reply,
        "shared": shared,
        "paper": paper,
        "dossier": Dossier.objects.get(pk=dossier.pk),
    }


def world_with_reports() -> World:
    """Return the world with what jobs and the chief make of it: the reports."""
    world = build()
    build_due(timezone.now())
    report = world.things["monthly"] = PeriodicReport.objects.latest("cut_off_at")
    draft_upward(report, world.actors["chief"], timezone.now())
    world.things["wanted"] = ReportRequest.objects.create(
        first_day=date(2026, 10, 1),
        last_day=date(2026, 10, 7),
        asked_at=timezone.now(),
        asked_by=world.actors["chief"].post,
    )
    world.things["user"] = world.user("head_beta")
    world.things["leader"] = world.actors["chair"].post
    return world
