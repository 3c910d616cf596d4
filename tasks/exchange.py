"""The exchange between agency and Office on a task's page, oldest first (rule 5.12)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.contrib.contenttypes.models import ContentType

from agencies.models import Attachment, Event, Post, User
from agencies.models.event import EventQuerySet
from tasks.acts import ACTS, Situation
from tasks.forms.acting import ActForm
from tasks.forms.acts import form_of
from tasks.models import Message

WRITTEN = "message.written"


@dataclass(frozen=True)
class Written:
    """One message as its event tells it."""

    pk: int
    author: User
    post: Post
    text: str
    sent_at: datetime
    files: list[Attachment]
    is_own_side: bool


@dataclass(frozen=True)
class Exchange:
    """What both sides wrote, and the form to write when the reader may."""

    messages: list[Written]
    form: ActForm | None
    is_lead: bool

    def __bool__(self) -> bool:
        """Whether there is anything to show."""
        return bool(self.messages) or self.form is not None

    @property
    def things(self) -> list[Message]:
        """The messages that notices tell of."""
        return [Message(pk=message.pk) for message in self.messages]


def written_on(case: Situation) -> EventQuerySet:
    """Return the events of the messages the actor may read: none for a helper."""
    if not getattr(case.task, "is_written_on", True):
        return Event.objects.none()
    readable = Message.objects.visible_to(case.actor).filter(task=case.task)
    return Event.objects.filter(
        thing_type=ContentType.objects.get_for_model(Message), thing_id__in=readable.values("pk")
    )


def exchange_of(case: Situation, told: Iterable[Event]) -> Exchange:
    """Return the exchange out of what is told of the task, with files and posts loaded."""
    may_write = ACTS["write"].refusal(case) is None
    messages = [_written(event, case) for event in told if event.act == WRITTEN]
    return Exchange(messages, form_of("write", case) if may_write else None, case.is_own)


def _written(event: Event, case: Situation) -> Written:
    return Written(
        pk=event.thing_id,
        author=event.actor,
        post=event.post,
        text=event.params["text"],
        sent_at=event.effective_at,
        files=list(event.files.all()),
        is_own_side=event.post.agency_id == case.actor.agency_id,
    )
