"""Asking for opinions (rule 6.1, 6.2)."""

from datetime import date
from importlib import import_module

import pytest
from django.apps import apps

from agencies.functions import Function
from agencies.models import Delegation, Event, Notice
from agencies.refusals import NotYours, Refused
from consultations.models import Consultation, Opinion, TermsRow
from consultations.stances import Outcome, SilenceRule
from tests import factories
from tests.consultations.asking import (
    ASKED,
    DUE,
    SOURCE,
    asked,
    day_off,
    found_silence_rule,
    line_of,
    outcome_of,
)
from tests.factories import AgencyFactory, GroupFactory, OfficeFactory, head_of, moment

pytestmark = pytest.mark.django_db


def test_each_agency_gets_a_line_with_its_terms_and_its_head_is_told(commune, other_commune):
    """Rules 6.2, 3.9, 10.2: terms are dated rows; the notice is written with the act."""
    chair = head_of(commune)

    consultation = asked(commune, other_commune)

    line = line_of(commune)
    terms = TermsRow.objects.get(opinion=line)
    notice = Notice.objects.get(person=chair.user, channel="app")
    assert consultation.code == "YK-2026-0001"
    assert consultation.opinions.count() == 2
    assert (terms.due_at, terms.effective_at) == (DUE, ASKED)
    assert (notice.event.act, notice.event.thing, notice.delivery) == (
        "opinion.asked",
        line,
        "at_once",
    )


def test_an_agency_listed_by_group_and_by_name_is_asked_once(commune, other_commune):
    """Rule 4.2: groups expand to the agencies of that kind on that day."""
    group = GroupFactory(code="cac-xa", kinds=[commune.kind])

    consultation = asked(commune, group, commune)

    assert consultation.opinions.count() == 2


def test_a_group_leaves_the_requester_out(commune, other_commune):
    """Rule 6.1: never the requester itself."""
    group = GroupFactory(code="cac-xa", kinds=[commune.kind])

    consultation = asked(group, by=head_of(commune))

    assert [line.agency for line in consultation.opinions.all()] == [other_commune]


def test_the_requester_is_not_consulted(commune):
    """Rule 6.1."""
    with pytest.raises(Refused) as caught:
        asked(commune, by=head_of(commune))

    assert caught.value.field == "agencies"
    assert not Consultation.objects.exists()


def test_a_closed_agency_is_not_consulted(commune):
    """Rule 2.5: closed on a day, with successors."""
    commune.closed_on = date(2026, 11, 16)
    commune.save()

    with pytest.raises(Refused):
        asked(commune)


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"questions": ()}, "questions"),
        ({"questions": [("  ",)]}, "questions"),
        ({"questions": [("Câu phụ", False, "")]}, "questions"),
        ({"provision": " "}, "provision"),
        ({"urgent": True, "reason": ""}, "urgent_reason"),
        ({"due": "hôm qua"}, "due"),
        ({"due": "02 ngày làm việc"}, "due"),
        ({"due": date(2026, 11, 13)}, "due"),
        ({"due": moment("2026-11-19", 16)}, "due"),
    ],
    ids=["no question", "empty question", "minor without a reason", "no provision",
         "urgent without a reason", "nonsense", "two days", "past day", "hour too early"],
)  # fmt: skip
def test_what_is_missing_or_too_short_is_refused(commune, wrong, field):
    """Rule 6.1: questions, provision, at least 3 working days or 1 when urgent with a reason."""
    with pytest.raises(Refused) as caught:
        asked(commune, **wrong)

    assert caught.value.field == field


def test_an_urgent_consultation_may_end_the_next_working_day(commune):
    """Rule 6.1: 1 working day when urgent with a reason."""
    consultation = asked(
        commune, due="01 ngày làm việc", urgent=True, reason="Họp Thường trực chiều 18/11"
    )

    assert consultation.due_at == moment("2026-11-18", 0)


@pytest.mark.parametrize(
    ("due", "due_at"),
    [
        ("03 ngày làm việc", moment("2026-11-20", 0)),
        ("05 ngày làm việc", moment("2026-11-22", 0)),  # the fifth is the worked Saturday
        ("06 ngày làm việc", moment("2026-11-24", 0)),
        ("07 ngày làm việc", moment("2026-11-26", 0)),  # 24/11 is off
        (date(2026, 11, 24), moment("2026-11-25", 0)),  # a named day does not move
        (moment("2026-11-19", 17), moment("2026-11-19", 17)),
        ("trước 16 giờ 00 ngày 20/11/2026", moment("2026-11-20", 16)),
    ],
    ids=[
        "term",
        "worked Saturday",
        "a plain Monday",
        "over a holiday",
        "named holiday",
        "at 17:00",
        "before 16:00",
    ],
)
def test_deadlines_by_term_day_and_hour(commune, due, due_at):
    """Rules 3.1 to 3.5."""
    day_off("2026-11-24", "Ngày Văn hóa Việt Nam")
    day_off("2026-11-21", "Làm bù", kind="worked")

    consultation = asked(commune, due=due)

    assert line_of(commune).due_at == consultation.due_at == due_at
    assert consultation.arithmetic["due_at"] == due_at.isoformat()


def test_a_term_over_tet_skips_the_holidays(commune):
    """Rules 3.3, 3.5: working days less public holidays."""
    for day in ("2026-02-16", "2026-02-17", "2026-02-18", "2026-02-19", "2026-02-20"):
        day_off(day, "Tết Nguyên đán")

    asked(commune, at=moment("2026-02-12", 9))

    assert line_of(commune).due_at == moment("2026-02-25", 0)  # 13, 23 and 24 February


def test_a_term_asked_after_office_hours_starts_on_the_next_working_day(commune):
    """Rules 3.4, 6.8: a term from receipt starts at visibility."""
    asked(commune, at=moment("2026-11-13", 17, 30))  # a Friday

    assert line_of(commune).due_at == moment("2026-11-20", 0)


def test_silence_means_agreement_where_a_directive_founded_it(commune, other_commune):
    """Rule 6.2: for its addressees, from its date, with the provision it rests on."""
    found_silence_rule(commune)

    asked(commune, other_commune)

    named, unnamed = line_of(commune), line_of(other_commune)
    assert (named.silence_rule, named.silence_provision) == (SilenceRule.DEEMED_AGREED, SOURCE)
    assert unnamed.silence_rule == SilenceRule.NO_REPLY
    assert outcome_of(named, DUE) == Outcome.DEEMED_AGREED
    assert outcome_of(unnamed, DUE) == Outcome.NO_REPLY


def test_a_rule_founded_later_does_not_reach_back(commune):
    """Domain 12: a change never alters what was decided."""
    asked(commune)

    found_silence_rule(since=moment("2026-11-17"))

    assert outcome_of(line_of(commune), DUE) == Outcome.NO_REPLY


def test_an_agency_managed_by_another_body_keeps_its_silence():
    """Rules 2.6, 6.2: outside the Chair's authority silence stays silence."""
    found_silence_rule()
    police = AgencyFactory(name="Công an huyện", managed_by="Công an thành phố")

    asked(police)

    assert line_of(police).silence_rule == SilenceRule.NO_REPLY
    assert "Công an thành phố" in line_of(police).silence_provision


def test_where_sector_law_needs_express_consent_silence_stays_silence(commune):
    """Rule 6.2."""
    found_silence_rule()

    asked(commune, express_consent="Điều 15 Luật Đất đai")

    line = line_of(commune)
    assert (line.silence_rule, line.silence_provision) == (
        SilenceRule.NO_REPLY,
        "Điều 15 Luật Đất đai",
    )


def test_a_delegate_of_the_absent_head_is_told_too(commune):
    """Rules 2.1, 10.2: authority lent for a period."""
    chair = head_of(commune)
    deputy = factories.actor_of(
        factories.PostFactory(function=Function.AGENCY_HEAD, agency=commune, is_deputy=True)
    )
    Delegation.objects.create(
        from_post=chair.post,
        to_post=deputy.post,
        starts_on=date(2026, 11, 1),
        ends_on=date(2026, 11, 30),
        document_number="05/UQ-UBND",
    )

    asked(commune)

    assert Notice.objects.filter(person=deputy.user, event__act="opinion.asked").exists()


@pytest.mark.parametrize(
    ("role", "allowed"),
    [
        ("head", True),
        ("deputy", True),
        ("chief", True),
        ("staff", False),
        ("officer", False),
        ("chair", False),
        ("administrator", False),
        ("clerk", False),
    ],
)
def test_who_may_ask(commune, role, allowed):
    """Rules 2.1, 6.1: heads, deputies and delegates; the Office's chief too."""
    department = AgencyFactory()
    actor = {
        "head": lambda: head_of(department),
        "deputy": lambda: factories.actor_of(
            factories.PostFactory(agency=department, is_deputy=True)
        ),
        "chief": factories.office_chief,
        "staff": lambda: factories.staff_of(department),
        "officer": factories.officer,
        "chair": factories.chair,
        "administrator": factories.administrator,
        "clerk": lambda: factories.actor_of(
            factories.PostFactory(function=Function.CLERK, agency=department)
        ),
    }[role]()

    if allowed:
        assert asked(commune, by=actor).requester_id == actor.agency_id
    else:
        with pytest.raises(NotYours):
            asked(commune, by=actor)
        assert not Event.objects.exists()


def test_a_task_one_does_not_see_cannot_be_named(commune):
    """Rule 2.4."""
    from tasks.models import Task

    task = Task.objects.create(
        code="NV-2026-0001",
        lead=AgencyFactory(),
        assigned_by=factories.AuthorityFactory(),
        title="Việc của cơ quan khác",
        assigned_at=ASKED,
    )

    with pytest.raises(Refused):
        asked(commune, task=task)


def test_a_consultation_posted_twice_is_one(commune):
    """Issue 4: a form posted twice is one act."""
    from agencies.models import AlreadyDone

    asker = head_of(AgencyFactory()).with_form_key("form:1:abc")
    asked(commune, by=asker)

    with pytest.raises(AlreadyDone):
        asked(commune, by=asker)

    assert Opinion.objects.count() == 1


def test_the_office_asks_as_an_agency_of_its_own(commune):
    """Rule 2.3: the Office asks like anybody else."""
    OfficeFactory()

    consultation = asked(commune, by=factories.office_chief())

    assert consultation.requester.code == "vp"


def test_an_older_consultation_takes_its_provision_from_its_lines(commune):
    """Rule 6.2: what the migration keeps; what another body manages says nothing of the rest."""
    migration = import_module("consultations.migrations.0003_keep_the_provision_on_express_consent")
    police = AgencyFactory(name="Công an huyện", managed_by="Công an thành phố")
    under_law = asked(police, commune, express_consent="Điều 15 Luật Đất đai")
    plain = asked(police)
    Consultation.objects.update(express_consent="")

    migration.keep_it(apps, None)

    for consultation, kept in ((under_law, "Điều 15 Luật Đất đai"), (plain, "")):
        consultation.refresh_from_db()
        assert consultation.express_consent == kept
