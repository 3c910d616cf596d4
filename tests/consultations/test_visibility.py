"""Who sees which line, before and after closing (rules 2.4, 6.7)."""

from datetime import timedelta

import pytest

from agencies.models import Attachment, Event, Notice
from consultations import lifecycle
from consultations.models import Consultation, Opinion, Reply, ReplyDraft
from tests import factories
from tests.consultations.asking import ASKED, DUE, asked, line_of, replied
from tests.factories import AgencyFactory, actor_of, head_of, staff_of

pytestmark = pytest.mark.django_db

TICK = timedelta(microseconds=1)


@pytest.fixture
def consultation(commune, other_commune):
    return asked(commune, other_commune)


def test_a_consulted_agency_sees_its_own_line_until_all_are_closed(consultation, commune):
    """Rule 2.4: everyone's lines once the consultation is closed."""
    chair = head_of(commune)

    before = Opinion.objects.visible_to(chair, DUE - TICK)
    after = Opinion.objects.visible_to(chair, DUE)

    assert [line.agency for line in before] == [commune]
    assert after.count() == 2


def test_one_line_still_running_keeps_the_consultation_open(consultation, commune, other_commune):
    """Rule 6.7: closed when every line is past its deadline."""
    Opinion.objects.filter(agency=other_commune).update(due_at=DUE + timedelta(days=1))

    assert Consultation.objects.open(DUE).get() == consultation
    assert Opinion.objects.visible_to(head_of(commune), DUE).count() == 1


def test_the_requester_and_the_office_see_every_line(consultation):
    """Rule 2.4."""
    asker = actor_of(consultation.asked_by)

    assert Opinion.objects.visible_to(asker, ASKED).count() == 2
    assert Opinion.objects.visible_to(factories.officer(), ASKED).count() == 2
    assert Opinion.objects.visible_to(factories.chair(), ASKED).count() == 2


def test_an_agency_outside_sees_nothing(consultation):
    """Rule 2.4: what one may not see answers 404."""
    outsider = head_of(AgencyFactory())

    assert not Consultation.objects.visible_to(outsider).exists()
    assert not Opinion.objects.visible_to(outsider, DUE).exists()
    assert not Reply.objects.visible_to(outsider, DUE).exists()


def test_generic_readers_never_show_a_line_too_early(consultation, commune, other_commune):
    """Rules 2.4, 10.3: events, files and notices ask their thing's `visible_to`."""
    from django.core.files.uploadedfile import SimpleUploadedFile

    upload = SimpleUploadedFile("mat-cua-an-tien.txt", b"noi dung")
    replied(line_of(other_commune), ASKED, files=[upload])
    chair = head_of(commune)

    assert not Attachment.objects.visible_to(chair).exists()
    assert not Event.objects.of(line_of(other_commune)).visible_to(chair).exists()
    assert not Notice.objects.visible_to(chair).filter(event__act="opinion.replied").exists()
    next_day = actor_of(chair.post, DUE.date())
    assert Attachment.objects.visible_to(next_day).exists()


def test_a_draft_is_seen_by_the_agency_that_prepares_it_only(consultation, commune):
    """Rule 6.5: a draft is not a reply; not even the requester or the Office reads it."""
    lifecycle.save_draft(
        line_of(commune).pk, staff_of(commune), ASKED, content={"note": "x"}, version=0
    )

    assert ReplyDraft.objects.visible_to(head_of(commune)).exists()
    assert not ReplyDraft.objects.visible_to(actor_of(consultation.asked_by)).exists()
    assert not ReplyDraft.objects.visible_to(factories.officer()).exists()
