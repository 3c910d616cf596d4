"""Who prepares a list and who brings it in (domain 2, table)."""

from agencies.acting import Actor
from agencies.functions import Function
from agencies.models import Post
from tasks.lifecycle import may_assign


def may_prepare(actor: Actor) -> bool:
    """Officers and the chief upload, map and put right, up to the dry run."""
    return actor.is_office and actor.may_do("import.prepare")


def may_bring_in(actor: Actor) -> bool:
    """The office chief assigns; on a day without one, a leader (rule 2.1)."""
    if not (actor.may_do("import.apply") and may_assign(actor)):
        return False
    if actor.has(Function.OFFICE_CHIEF):
        return True
    return not Post.objects.held_on(actor.day).with_function(Function.OFFICE_CHIEF).exists()
