"""How each person wants to be told, kind by kind (rule 10.1)."""

import pytest
import time_machine
from django.urls import reverse

from agencies.delivery import Delivery
from agencies.models import Notice, NoticeChoice, record
from agencies.notice_choices import choices_of, choose, version_of
from agencies.notice_kinds import choosable_kinds, kind_of, notice_kinds
from agencies.notices import Owed, owe, owe_all
from agencies.sentences import known_acts
from tests.factories import AgencyFactory, UserFactory, head_of, moment

pytestmark = pytest.mark.django_db
AT = moment("2026-11-16")


@pytest.fixture
def head():
    return head_of(AgencyFactory())


@pytest.fixture
def chooses(head):
    """Return a function: `chooses(progress="at_once")`; the other kinds stay as they are."""

    def save(**chosen: str) -> None:
        stored = choices_of(head.user)
        choose(head.user, choices=stored | chosen, version=version_of(stored))

    return save


def told(head, act: str, **how) -> Notice:
    """Owe the head a notice of an act of somebody else and return it."""
    actor = head_of(AgencyFactory())
    event = record(act, head.agency, actor, AT)
    owe([head.user], event, **how)
    return Notice.objects.in_application().get(event=event)


def mails(head) -> int:
    return Notice.objects.filter(person=head.user, channel="mail").count()


def test_every_act_known_has_a_kind():
    """Rule 10.1: nobody is told of something that no choice covers."""
    beginnings = tuple(beginning for kind in notice_kinds() for beginning in kind.acts)

    assert [act for act in known_acts() if not act.startswith(beginnings)] == []


def test_the_longest_beginning_decides():
    assert kind_of("task.extension_granted").code == "decided"
    assert kind_of("task.extension_asked_late").code == "to_decide"


def test_the_page_of_choices_names_every_kind_once(client, head):
    client.force_login(head.user)

    rows = client.get(reverse("notice_choices")).context["form"].rows

    assert [kind.code for kind, _field in rows] == [kind.code for kind in notice_kinds()]


def test_without_a_choice_what_is_addressed_comes_at_once_and_the_rest_in_the_digest(head):
    """Rule 10.1."""
    assert told(head, "task.assigned", immediate=True).delivery == Delivery.AT_ONCE
    assert told(head, "task.assigned").delivery == Delivery.DIGEST
    assert mails(head) == 1


def test_what_is_not_addressed_is_of_the_work_one_follows():
    assert kind_of("task.assigned").code == "assigned"
    assert kind_of("task.assigned", is_addressed=False).code == "followed"
    assert kind_of("task.progress", is_addressed=False).code == "progress"


def test_a_quiet_kind_chosen_at_once_is_mailed_at_once(head, chooses):
    chooses(progress=Delivery.AT_ONCE)

    told(head, "task.progress")

    assert mails(head) == 1


@pytest.mark.parametrize("way", [Delivery.DIGEST, Delivery.APP])
def test_an_addressed_kind_chosen_otherwise_is_not_mailed_at_once(head, chooses, way):
    chooses(assigned=way)

    notice = told(head, "task.assigned", immediate=True)

    assert (notice.delivery, mails(head)) == (way, 0)


@pytest.mark.parametrize("act", ["opinion.deemed_agreed", "opinion.no_reply"])
def test_silence_cannot_be_switched_off(head, act):
    """Rule 10.1: deemed-agreed notices cannot be switched off, not even by a stray row."""
    assert kind_of(act).always
    NoticeChoice.objects.create(person=head.user, kind="silence", delivery=Delivery.APP)

    told(head, act, immediate=True)

    assert mails(head) == 1


def test_neither_reminders_nor_silence_stand_among_the_choices():
    """Rule 10.1: overdue and deemed-agreed notices cannot be switched off."""
    fixed = {kind.code for kind in notice_kinds()} - {kind.code for kind in choosable_kinds()}

    assert fixed == {"due_soon", "overdue", "silence"}


def test_a_choice_of_the_default_needs_no_row(head, chooses):
    chooses(progress=Delivery.APP)
    chooses(progress=Delivery.DIGEST)

    assert not head.user.notice_choices.exists()


def test_a_person_named_twice_for_one_event_is_told_as_named_first(head):
    event = record("task.assigned", head.agency, head_of(AgencyFactory()), AT)

    owe_all([Owed([head.user], event), Owed([head.user], event, immediate=True)])

    assert Notice.objects.get().delivery == Delivery.DIGEST


@pytest.mark.parametrize("how_many", [1, 40])
def test_telling_many_asks_as_much_as_telling_one(how_many, django_assert_num_queries):
    """Rule 10.1: one question for everybody's choices, one writing."""
    actor = head_of(AgencyFactory())
    people = [UserFactory() for _n in range(how_many)]
    event = record("paper.sign", actor.agency, actor, AT)

    with django_assert_num_queries(2):
        owe(people, event)


def test_the_page_saves_and_says_so(client, head):
    client.force_login(head.user)
    page = client.get(reverse("notice_choices"))
    facts = page.context["form"].initial | {"progress": "app"}

    answer = client.post(reverse("notice_choices"), facts)

    assert answer.status_code == 302
    assert choices_of(head.user)["progress"] == Delivery.APP


def test_choices_saved_in_another_window_are_not_overwritten(client, head, chooses):
    """Rule 5.14: refused once with what is stored beside what was typed, then it passes."""
    client.force_login(head.user)
    facts = dict(client.get(reverse("notice_choices")).context["form"].initial)
    chooses(progress=Delivery.AT_ONCE)

    refused = client.post(reverse("notice_choices"), facts | {"papers": "app"})
    form = refused.context["form"]
    again = client.post(
        reverse("notice_choices"), facts | {"papers": "app", "version": form["version"].value()}
    )

    assert (refused.status_code, again.status_code) == (409, 302)
    assert len(form.differences) == 2
    assert choices_of(head.user)["progress"] == Delivery.DIGEST


def test_a_kind_that_does_not_exist_is_refused_in_words(client, head):
    client.force_login(head.user)
    facts = client.get(reverse("notice_choices")).context["form"].initial

    answer = client.post(reverse("notice_choices"), facts | {"progress": "by pigeon"})

    assert answer.status_code == 400


# The list ------------------------------------------------------------------------------------


@pytest.fixture
def listed(client, head):
    """Return the list's page for an address: `listed("?unread=1")`."""
    client.force_login(head.user)

    def page(query: str = ""):
        with time_machine.travel(moment("2026-11-17"), tick=False):
            return client.get(reverse("notices") + query)

    return page


def shown(page) -> list[str]:
    return [notice.event.act for _day, notices in page.context["days"] for notice in notices]


def test_the_list_is_grouped_by_day(head, listed):
    told(head, "paper.sign")
    event = record("paper.issue", head.agency, head_of(AgencyFactory()), moment("2026-11-17", 8))
    owe([head.user], event)

    days = listed().context["days"]

    assert [f"{day:%d/%m}" for day, _notices in days] == ["17/11", "16/11"]


def test_kind_and_unread_narrow_the_list(head, listed):
    told(head, "paper.sign")
    told(head, "task.progress")

    assert shown(listed("?kind=papers")) == ["paper.sign"]
    Notice.objects.filter(kind="papers").update(read_at=AT)
    assert shown(listed("?unread=1")) == ["task.progress"]
    assert shown(listed("?kind=papers&unread=1")) == []


def test_one_those_ticked_and_all_are_marked_as_read(head, client, listed):
    first, second, third = (told(head, "paper.sign") for _n in range(3))
    listed()

    def unread() -> set[int]:
        return set(Notice.objects.unread().values_list("pk", flat=True))

    client.post(reverse("notices_read"), {"read": first.pk})
    assert unread() == {second.pk, third.pk}
    client.post(reverse("notices_read"), {"act": "read", "notice": [second.pk]})
    assert unread() == {third.pk}
    client.post(reverse("notices_read"), {"act": "all"})
    assert unread() == set()
    client.post(reverse("notices_read"), {"unread": first.pk})
    assert unread() == {first.pk}


def test_marking_returns_to_the_list_as_it_was_narrowed(head, client, listed):
    notice = told(head, "paper.sign")
    listed()

    answer = client.post(reverse("notices_read") + "?kind=papers", {"read": notice.pk})

    assert answer.url == reverse("notices") + "?kind=papers"


def test_nobody_marks_the_notices_of_another(head, client):
    """Rule 2.4."""
    notice = told(head, "paper.sign")
    client.force_login(UserFactory())

    client.post(reverse("notices_read"), {"read": notice.pk})
    client.post(reverse("notices_read"), {"act": "all"})

    notice.refresh_from_db()
    assert notice.read_at is None


def test_the_list_asks_a_constant_number_of_questions(head, listed, django_assert_max_num_queries):
    for _n in range(25):
        told(head, "task.progress")
    listed()

    with django_assert_max_num_queries(18):
        listed()
