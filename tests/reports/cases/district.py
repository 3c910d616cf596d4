"""The people around a case, and cases in every standing, made by the product's own acts."""

from dataclasses import dataclass
from datetime import date

from agencies.acting import Actor
from agencies.functions import Function
from agencies.models import Agency, PostTitle
from reports.cases import lifecycle, praising
from reports.cases.standing import Standing
from reports.models import AccountabilityCase, Commendation
from tests.factories import (
    AgencyFactory,
    LeadersFactory,
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

DRAFTED = moment("2026-11-02")
ASKED = moment("2026-11-03")
STATEMENT_DUE_ON = date(2026, 11, 9)
STATED = moment("2026-11-05")
SIGNED = moment("2026-11-06")
DECIDED = moment("2026-11-10")
TERM_ENDED = moment("2026-11-18")
"""When neither a statement nor a signature is waited for any more."""


def titled(name: str, function: str, agency: Agency, *more: str) -> Actor:
    """Return an actor under a title of that name with these functions."""
    title, _new = PostTitle.objects.get_or_create(
        name=name, defaults={"functions": [Function.AGENCY_HEAD, function, *more], "rank": 5}
    )
    return actor_of(PostFactory(agency=agency, title=title))


@dataclass
class District:
    """Who may come near a case, by role; `late` is the agency concerned."""

    late: Agency
    people: dict[str, Actor]

    def __getitem__(self, role: str) -> Actor:
        return self.people[role]


def district(late: Agency | None = None) -> District:
    """Make the people; the agency concerned is a department unless one is given."""
    late = late or AgencyFactory(code="cham", name="Phòng Chậm việc")
    office = OfficeFactory()
    vice = PostFactory(function=Function.LEADER, is_deputy=True, agency=LeadersFactory())
    deputy = PostFactory(function=Function.OFFICE_CHIEF, is_deputy=True, agency=office)
    people = {
        "chair": chair(),
        "vice chair": actor_of(vice),
        "chief": office_chief(),
        "deputy chief": actor_of(deputy),
        "officer": officer(),
        "office clerk": actor_of(PostFactory(function=Function.CLERK, agency=office)),
        "internal affairs": titled(
            "Trưởng phòng Nội vụ", Function.INTERNAL_AFFAIRS_HEAD,
            AgencyFactory(code="noi-vu", name="Phòng Nội vụ"),
        ),
        "inspector": titled(
            "Chánh Thanh tra", Function.CHIEF_INSPECTOR,
            AgencyFactory(code="thanh-tra", name="Thanh tra huyện"),
        ),
        "emulation board": titled(
            "Trưởng ban", Function.EMULATION_BOARD,
            AgencyFactory(code="thi-dua", name="Ban Thi đua – Khen thưởng"),
        ),
        "head concerned": head_of(late),
        "staff of the agency": staff_of(late),
        "another head": head_of(AgencyFactory(code="khac", name="Phòng Khác")),
        "administrator": administrator(),
        "no post": actor_of(PostFactory(ends_on=date(2021, 1, 1))),
    }  # fmt: skip
    people["no post"] = Actor(people["no post"].user, None, None, date(2026, 11, 16))
    return District(late, people)


def drafted(place: District, code: str = "TN-2026-0001", **fields) -> AccountabilityCase:
    """Return a draft about the agency and its head."""
    facts = {
        "agency": place.late, "concerned": place["head concerned"].post, "drafted_at": DRAFTED,
        "summary": "05 nhiệm vụ chưa hoàn thành, quá hạn.", "managed_by": place.late.managed_by,
    }  # fmt: skip
    return AccountabilityCase.objects.create(code=code, **(facts | fields))


def asked(place: District, **fields) -> AccountabilityCase:
    """Return a case whose statement is asked."""
    return lifecycle.ask_statement(
        drafted(place, **fields), place["internal affairs"], ASKED, due_on=STATEMENT_DUE_ON,
        summary="05 nhiệm vụ quá hạn, đã đôn đốc 02 lần.",
    )  # fmt: skip


def stated(place: District, **fields) -> AccountabilityCase:
    """Return a case whose head stated the agency's side."""
    case = asked(place, **fields)
    lifecycle.state_side(case, place["head concerned"], STATED, text="Do chờ ý kiến của xã.")
    return refreshed(case)


def signed(place: District, **fields) -> AccountabilityCase:
    """Return a case before the Chair, both signatures given."""
    case = stated(place, **fields)
    for role in ("internal affairs", "chief"):
        case = lifecycle.sign(case, place[role], SIGNED, measure="criticise", text="Đề nghị.")
    return case


def decided(place: District, **fields) -> AccountabilityCase:
    """Return a case the Chair decided."""
    return lifecycle.decide(
        signed(place, **fields), place["chair"], DECIDED, measure="criticise", text="Sửa ngay."
    )  # fmt: skip


def dropped(place: District, **fields) -> AccountabilityCase:
    """Return a draft that was dropped."""
    return lifecycle.drop(drafted(place, **fields), place["chief"], ASKED, reason="Số liệu đã sửa.")


CASES = {
    Standing.DRAFTED: drafted,
    Standing.ASKED: asked,
    Standing.SIGNING: stated,
    Standing.BEFORE_CHAIR: signed,
    Standing.DECIDED: decided,
    Standing.DROPPED: dropped,
}


def praise_drafted(place: District, code: str = "BD-2026-0001", **fields) -> Commendation:
    """Return praise the program drafted."""
    facts = {"agency": place.late, "drafted_at": DRAFTED, "summary": "Mọi nhiệm vụ đúng hạn."}
    return Commendation.objects.create(code=code, **(facts | fields))


def praise_put_forward(place: District, **fields) -> Commendation:
    """Return praise that waits for signatures."""
    return praising.put_forward(
        praise_drafted(place, **fields), place["emulation board"], ASKED, summary="Đúng hạn."
    )  # fmt: skip


def praise_signed(place: District, **fields) -> Commendation:
    """Return praise before the Chair."""
    praise = praise_put_forward(place, **fields)
    for role in ("chief", "internal affairs"):
        praise = praising.sign(praise, place[role], SIGNED, measure="praise")
    return praise


def praise_decided(place: District, **fields) -> Commendation:
    """Return praise the Chair decided."""
    return praising.decide(
        praise_signed(place, **fields), place["chair"], DECIDED, measure="praise"
    )


PRAISES = {
    Standing.DRAFTED: praise_drafted,
    Standing.SIGNING: praise_put_forward,
    Standing.BEFORE_CHAIR: praise_signed,
    Standing.DECIDED: praise_decided,
}


def refreshed(matter):
    """Return the row as it is stored now."""
    return type(matter).objects.get(pk=matter.pk)
