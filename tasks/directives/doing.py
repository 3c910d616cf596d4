"""What every act on a proposal begins and ends with: lock, version, event (rules 4.9, 5.14)."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from agencies.acting import Actor
from agencies.editing import refuse_stale, what_changed
from agencies.models import record
from agencies.refusals import Refused
from tasks.directives.header import refuse_misdirected
from tasks.directives.permits import demand, may_review
from tasks.models import Directive, Proposal


@contextmanager
def locked_directive(directive: Directive, actor: Actor) -> Iterator[Directive]:
    """Hold the directive while its proposals are worked on: none is once it is approved."""
    demand(may_review(actor))
    with transaction.atomic():
        locked = Directive.objects.select_for_update().get(pk=directive.pk)
        refuse_misdirected(locked)
        if locked.approved_at is not None:
            raise Refused(_("The proposals were approved already; they can no longer be changed."))
        yield locked


@contextmanager
def locked_proposal(
    proposal: Proposal, actor: Actor, version: int | None = None
) -> Iterator[tuple[Directive, Proposal]]:
    """Hold a proposal, under its directive's lock, as it was when the page was drawn."""
    with locked_directive(proposal.directive, actor) as directive:
        locked = Proposal.objects.select_for_update().filter(pk=proposal.pk).first()
        if locked is None:
            raise Refused(_("The proposal was merged with another one in the meantime."))
        refuse_stale_proposal(locked, version)
        yield directive, locked


def refuse_stale_proposal(locked: Proposal, version: int | None, changes: Iterable = ()) -> None:
    """Refuse what was drawn before somebody else's act on the proposal (rule 5.14)."""
    refuse_stale(
        locked, version,
        told=lambda: what_changed(
            locked.directive, acts="proposal.", params__clause=locked.clause
        ),
        differences=lambda: changes,
    )  # fmt: skip


def finished(proposal: Proposal) -> None:
    """Save it with a new version, which makes every form drawn before it stale."""
    proposal.version += 1
    proposal.save()


def recorded(
    act: str, proposal: Proposal, directive: Directive, actor: Actor, at: datetime, **params
) -> None:
    """Write the act's event on the directive, keyed by the form that posted it."""
    record(
        act, directive, actor, at, key=actor.form_key,
        clause=proposal.clause, title=proposal.title, **params,
    )  # fmt: skip
