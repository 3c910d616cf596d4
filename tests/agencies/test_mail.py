"""Messages owed: written with the act, claimed, sent, marked; at most once by mail (rule 10.2)."""

import os
import signal
import socket
import subprocess
import sys
import threading
import time
from datetime import timedelta

import kombu.pools
import pytest
from celery.contrib.testing.worker import start_worker
from django.core import mail
from django.db import connection, transaction
from django.urls import reverse
from django.utils import timezone

from agencies.jobs import send_mail
from agencies.models import Notice, Post, record
from agencies.notices import deliver, mail_of, owe, owe_occasion
from config import embedded, server_folders
from config.celery import app
from tasks.states import State
from tests.factories import (
    AgencyFactory,
    PostFactory,
    actor_of,
    head_of,
    moment,
    office_chief,
)
from tests.processes import own_environment
from tests.world import build

AT = moment("2026-11-16")


def owe_one(person, occasion="digest:2026-11-16"):
    return owe_occasion(person, occasion, subject="Việc mới", text="Có việc mới", url="/", at=AT)


@pytest.mark.django_db
class TestTheLedger:
    def test_an_act_addressed_to_somebody_is_owed_in_the_application_and_by_mail(self):
        """Rule 10.1: immediate only for acts addressed to you."""
        receiver, actor = head_of(AgencyFactory()), head_of(AgencyFactory())
        event = record("paper.sign", receiver.agency, actor, AT)

        owe([receiver.user], event, immediate=True)

        assert set(Notice.objects.values_list("channel", flat=True)) == {"app", "mail"}

    def test_the_rest_waits_for_the_digest(self):
        receiver, actor = head_of(AgencyFactory()), head_of(AgencyFactory())
        event = record("paper.sign", receiver.agency, actor, AT)

        owe([receiver.user], event)

        assert list(Notice.objects.values_list("channel", flat=True)) == ["app"]

    def test_whoever_acts_owes_himself_nothing(self):
        actor = head_of(AgencyFactory())
        event = record("paper.sign", actor.agency, actor, AT)

        owe([actor.user], event, immediate=True)

        assert not Notice.objects.exists()

    def test_one_occasion_is_owed_once(self):
        person = head_of(AgencyFactory()).user

        assert (owe_one(person), owe_one(person)) == (2, 0)

    def test_an_act_that_fails_owes_nothing(self):
        receiver, actor = head_of(AgencyFactory()), head_of(AgencyFactory())

        with pytest.raises(ZeroDivisionError), transaction.atomic():
            owe([receiver.user], record("paper.sign", receiver.agency, actor, AT))
            _ = 1 / 0

        assert not Notice.objects.exists()

    def test_a_notice_disappears_with_the_right_to_see_its_thing(self):
        """Rule 10.3."""
        head = head_of(AgencyFactory())
        notice = Notice.objects.create(
            person=head.user, channel="app", occasion="x", created_at=AT, thing=head.post
        )
        stranger = head_of(AgencyFactory())

        assert notice in Notice.objects.visible_to(head)
        assert notice not in Notice.objects.visible_to(stranger)

    def test_a_notice_does_not_hide_behind_the_acting_post(self):
        """Rule 2.1: a person with several posts; rule 10.3."""
        world = build()
        head = world.actors["head_alpha"]
        second = PostFactory(user=head.user, agency=AgencyFactory())

        seen = Notice.objects.visible_to(actor_of(second, head.day)).in_application()

        assert world.things["notice"] in seen

    @pytest.mark.parametrize("page", ["task", "directive", "consultation", "opinion"])
    def test_opening_a_things_page_marks_its_notices_as_read(self, client, page):
        """Rule 10: what was seen on its page does not wait in the bell; others' notices do."""
        world = build()
        head, thing = world.user("head_alpha"), world.things[page]
        event = record("paper.sign", thing, world.actors["chief"], AT)
        owe([head, world.user("chair")], event)
        client.force_login(head)

        client.get(thing.get_absolute_url())

        unread = Notice.objects.in_application().unread().filter(event=event)
        assert [notice.person for notice in unread] == [world.user("chair")]

    def test_opening_a_page_marks_what_leads_to_a_place_on_it(self, client):
        """A message on a task, a line of a consultation: they are read where they stand."""
        person, agency = head_of(AgencyFactory()).user, AgencyFactory()
        for n, place in enumerate(("", "#post-3", "5/")):
            owe_occasion(
                person, f"x:{n}", subject="x", text="x", at=AT, channels=["app"],
                url=f"{agency.get_absolute_url()}{place}",
            )  # fmt: skip
        client.force_login(person)

        client.get(agency.get_absolute_url())

        assert [notice.occasion for notice in Notice.objects.unread()] == ["x:2"]


@pytest.mark.django_db
class TestTheSender:
    def test_mail_has_a_text_and_a_page_and_goes_out_once(self):
        owe_one(head_of(AgencyFactory()).user)

        sent = [deliver(timezone.now), deliver(timezone.now)]

        assert sent == [1, 0]
        assert [part[1] for part in mail.outbox[0].alternatives] == ["text/html"]

    def test_mail_begins_with_the_code_and_says_that_a_program_wrote(self, settings):
        settings.SITE_URL = "https://dondoc.example"
        world = build()
        code = world.things["task"].code
        notice = Notice.objects.get(
            person=world.user("head_alpha"), channel="mail", event__act="task.assigned",
            thing_id=world.things["task"].pk,
        )  # fmt: skip

        message = mail_of(notice).message()

        assert str(message["Subject"]) and code in mail_of(notice).subject
        assert message["Auto-Submitted"] == "auto-generated"
        assert message["List-Id"] == "Don Doc <assigned.notices.dondoc.example>"
        assert mail_of(notice).body.count(f"https://dondoc.example/tasks/{code}/") == 1

    def test_a_long_title_gives_way_to_what_happened(self):
        receiver, actor = (
            head_of(AgencyFactory(name="Phòng " + "dài " * 45, short_name="Phòng")),
            office_chief(),
        )
        owe([receiver.user], record("account.reset", receiver.agency, actor, AT, person="An"))
        notice = Notice.objects.select_related("person", "event").get()

        subject = mail_of(notice).subject

        assert notice.sentence in subject and len(subject) <= 200

    def test_mail_brings_nothing_from_outside(self):
        """No picture, no file of another machine: what a mail shows stands in it."""
        owe_one(head_of(AgencyFactory()).user)
        html = mail_of(Notice.objects.get(channel="mail")).alternatives[0][0]

        assert "<img" not in html
        assert "url(" not in html
        assert "<link" not in html

    def test_nobody_is_mailed_about_what_is_no_longer_theirs_to_see(self):
        """Rule 10.3: the right was lost while the mail waited; no mail is uncertain for that."""
        world = build()
        head = world.user("head_alpha")
        Notice.objects.exclude(person=head).delete()
        owed = Notice.objects.owed_by_mail().count()
        Post.objects.filter(user=head).update(ends_on=timezone.localdate() - timedelta(days=1))

        sent = deliver(timezone.now)

        assert (owed > 0, sent, len(mail.outbox)) == (True, 0, 0)
        assert not Notice.objects.uncertain(timezone.now() + timedelta(days=1)).exists()

    def test_nobody_is_mailed_whose_account_was_closed(self):
        person = head_of(AgencyFactory()).user
        owe_one(person)
        type(person).objects.filter(pk=person.pk).update(is_active=False)

        assert deliver(timezone.now) == 0

    def test_a_refused_connection_gives_the_message_back(self, settings):
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", free_port()
        owe_one(head_of(AgencyFactory()).user)

        with pytest.raises(ConnectionRefusedError):
            deliver(timezone.now)

        assert Notice.objects.owed_by_mail().count() == 1


@pytest.mark.django_db(transaction=True)
def test_two_senders_at_once_send_each_message_once():
    for n in range(5):
        owe_one(head_of(AgencyFactory()).user, f"digest:{n}")

    def send():
        try:
            deliver(timezone.now)
        finally:
            connection.close()

    senders = [threading.Thread(target=send) for _n in range(3)]
    for sender in senders:
        sender.start()
    for sender in senders:
        sender.join()

    assert len(mail.outbox) == 5


@pytest.mark.django_db(transaction=True)
def test_a_worker_killed_between_claim_and_mail_leaves_the_message_uncertain():
    """Rule 10.2: by mail at most once; the administrator sees it and may resend."""
    server = SilentMailServer()
    owe_one(head_of(AgencyFactory()).user)
    worker = start_real_worker(server.port)
    try:
        send_mail.delay()
        assert server.asked.wait(45), "the worker never began to send"
    finally:
        os.killpg(worker.pid, signal.SIGKILL)
        worker.wait()
        server.close()

    assert deliver(timezone.now) == 0
    assert not mail.outbox
    later = timezone.now() + timedelta(minutes=11)
    assert Notice.objects.uncertain(later).count() == 1


@pytest.mark.django_db(transaction=True)
def test_with_redis_stopped_acts_succeed_and_mail_goes_when_it_is_back(client):
    """Rule 10.2: a head reports in the browser; the Office's mail leaves once Redis is back."""
    world = build()
    task, head = world.things["task"], world.actors["head_alpha"]
    deliver(timezone.now)
    mail.outbox.clear()
    client.force_login(head.user)
    folder = server_folders.state_folder() / f"valkey-{os.getpid()}"
    server = embedded.start_valkey(folder, "--appendonly", "no")
    with broker_at(server.url):
        server.stop()
        answer = client.post(
            reverse("task_act", args=[task.code, "report"]),
            {"result": "Đã xong.", "document_number": "9/TNMT", "version": task.version,
             "acting": head.key, "request_key": "a-form-of-its-own"},
        )  # fmt: skip
        task.refresh_from_db()
        assert (answer.status_code, task.state) == (302, State.REPORTED)
        owed = Notice.objects.owed_by_mail().count()
        assert owed > 0

        server = embedded.start_valkey(folder, "--appendonly", "no")
        try:
            with start_worker(app, pool="solo", perform_ping_check=False):
                send_mail.delay()
                wait_for(lambda: len(mail.outbox) == owed)
        finally:
            server.stop()


class broker_at:
    """Points the Celery application at another broker for a while."""

    def __init__(self, url: str) -> None:
        self.url = url

    def __enter__(self) -> None:
        self.before = app.conf.broker_url
        self._use(self.url)

    def __exit__(self, *error) -> None:
        self._use(self.before)

    @staticmethod
    def _use(url: str) -> None:
        app.conf.broker_url = url
        app._pool = None
        app.amqp._producer_pool = None
        kombu.pools.reset()


class SilentMailServer:
    """Accepts a connection and never says a word: a sender hangs between claim and mail."""

    def __init__(self) -> None:
        self.socket = socket.create_server(("127.0.0.1", 0))
        self.port = self.socket.getsockname()[1]
        self.asked = threading.Event()
        threading.Thread(target=self._accept, daemon=True).start()

    def _accept(self) -> None:
        self.held, _address = self.socket.accept()
        self.asked.set()

    def close(self) -> None:
        self.socket.close()


def start_real_worker(mail_port: int) -> subprocess.Popen:
    command = [sys.executable, "-m", "celery", "-A", "config", "worker", "--pool", "solo"]
    return subprocess.Popen(
        [*command, "-l", "error", "--without-gossip", "--without-mingle"],
        env=own_environment(EMAIL_URL=f"smtp://127.0.0.1:{mail_port}"),
        start_new_session=True,
    )


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def wait_for(condition, seconds: float = 20) -> None:
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end, "nothing came"
        time.sleep(0.05)
