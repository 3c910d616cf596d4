"""Consultations as the tests ask and answer them: through the product's own acts."""

from datetime import date, datetime

from agencies.acting import Actor
from agencies.models import Agency, CalendarDay, Setting
from consultations import lifecycle
from consultations.models import Consultation, Opinion, Reply
from consultations.stances import Stance
from tests.factories import AgencyFactory, head_of, moment

ASKED = moment("2026-11-16", 9)  # a Monday
DUE = moment("2026-11-20", 0)  # the end of Thursday 19/11: three working days
SOURCE = "Công văn 412/UBND-VP, mục 1-3"


def found_silence_rule(*agencies: Agency, since: datetime | None = None) -> Setting:
    """Found the rule of silence, for the agencies or for all."""
    row = Setting.objects.create(
        code="silence_is_agreement",
        value=True,
        effective_from=since or moment("2026-11-02"),
        source=SOURCE,
        recorded_at=since or moment("2026-11-02"),
    )
    row.agencies.set(agencies)
    return row


def day_off(day: str, name: str = "Nghỉ lễ", kind: str = "off") -> None:
    """Confirm a day off (or a worked one)."""
    at = moment("2026-01-02")
    CalendarDay.objects.create(
        day=date.fromisoformat(day), kind=kind, name=name, proposed_at=at, confirmed_at=at
    )


def asked(
    *agencies: Agency,
    by: Actor | None = None,
    at: datetime = ASKED,
    due="03 ngày làm việc",
    questions=(("Ranh giới lô A có chồng lấn đất nông nghiệp không?",),),
    on_paper: bool = False,
    **fields,
) -> Consultation:
    """Ask the agencies; due at the end of 19/11/2026 unless said otherwise. Each has a head with
    an account, unless `on_paper`.
    """
    for agency in agencies:
        if not on_paper and isinstance(agency, Agency) and not agency.posts.exists():
            head_of(agency)
    return lifecycle.ask(
        by or head_of(AgencyFactory(name="Phòng Kinh tế và Hạ tầng")),
        at,
        title=fields.pop("title", "Quy hoạch khu dân cư Trường Sơn"),
        provision=fields.pop("provision", "Điều 19 Quy chế làm việc"),
        questions=questions,
        agencies=agencies,
        due=due,
        **fields,
    )


def line_of(agency: Agency) -> Opinion:
    """Return the only line of an agency."""
    return Opinion.objects.get(agency=agency)


def replied(
    opinion: Opinion,
    at: datetime,
    stance: str = Stance.AGREED,
    text: str = "",
    by: Actor | None = None,
    **fields,
) -> Reply:
    """Reply on every question with one stance."""
    if stance != Stance.AGREED and not text:
        text = "Chồng lấn 0,4 ha tại thửa 212."
    if stance == Stance.RETURNED and "competent" not in fields:
        fields = {"competent_words": "Phòng Tài nguyên và Môi trường"} | fields
    return lifecycle.reply(
        opinion.pk,
        by or head_of(opinion.agency),
        lambda: at,
        answers={q: (stance, text) for q in opinion.consultation.questions.all()},
        **fields,
    )


def outcome_of(opinion: Opinion, at: datetime) -> str:
    """Return the line's outcome at an instant, as every reader sees it."""
    return Opinion.objects.with_outcome(at).get(pk=opinion.pk).outcome
