"""The exchange between agency and Office on a task's page, oldest first (rule 5.12)."""

from dataclasses import dataclass

from agencies.models import Attachment
from tasks.acts import ACTS, Situation
from tasks.forms.acting import ActForm
from tasks.forms.acts import form_of
from tasks.models import Message


@dataclass(frozen=True)
class Exchange:
    """What both sides wrote, and the form to write when the reader may."""

    messages: list[Message]
    form: ActForm | None
    is_lead: bool

    def __bool__(self) -> bool:
        """Whether there is anything to show."""
        return bool(self.messages) or self.form is not None


def exchange_of(case: Situation) -> Exchange:
    """Return the exchange as the actor sees it: nothing for a helper (at most two queries)."""
    may_write = ACTS["write"].refusal(case) is None
    form = form_of("write", case) if may_write else None
    return Exchange(_messages(case), form, case.is_own)


def _messages(case: Situation) -> list[Message]:
    if not getattr(case.task, "is_written_on", True):
        return []
    visible = Message.objects.visible_to(case.actor).filter(task=case.task)
    messages = list(visible.select_related("post__user", "post__title", "post__agency"))
    files = Attachment.objects.by_thing(messages)
    for message in messages:
        message.files = files[message.pk]
        message.is_own_side = message.post.agency_id == case.actor.agency_id
    return messages
