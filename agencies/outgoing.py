"""Outgoing papers: draft → signed → numbered → issued, without gaps or doubles (rule 2.8).

Until it is issued the signature can be taken back.
"""

from collections.abc import Callable
from datetime import date, datetime

from django.db import models, transaction
from django.utils.translation import gettext_lazy as _

from agencies.acting import Actor
from agencies.editing import what_changed
from agencies.functions import Function
from agencies.models import Agency, OutgoingPaper, PaperSeries, record
from agencies.refusals import NotYours, Refused

State = OutgoingPaper.State
SIGN = "paper.sign"
Follows = Callable[[OutgoingPaper, Actor, datetime], None]
Refuses = Callable[[OutgoingPaper, datetime], None]
_FOLLOWS: dict[type[models.Model], Follows] = {}
_REFUSES: dict[type[models.Model], Refuses] = {}


def register_issued(
    model: type[models.Model], follows: Follows, *, refuses: Refuses | None = None
) -> None:
    """Let an app do what follows when a paper about a thing of its own is issued, whoever issues
    it and wherever: in the same transaction. `refuses` raises what stands against its number and
    its issue at the instant.
    """
    _FOLLOWS[model] = follows
    if refuses is not None:
        _REFUSES[model] = refuses


def draft(thing, actor: Actor, at: datetime, *, issuer: Agency, suffix: str, subject: str):
    """Enter a draft about a thing in the register and return it."""
    with transaction.atomic():
        paper = OutgoingPaper.objects.create(
            thing=thing, issuer=issuer, suffix=suffix, subject=subject[:500], drafted_at=at,
            drafted_by=actor.post,
        )  # fmt: skip
        record("paper.draft", paper, actor, at)
        return paper


def sign(
    paper: OutgoingPaper, actor: Actor, at: datetime, *, capacity: str = "", act: str = SIGN
) -> OutgoingPaper:
    """Sign a draft; the head of the issuer signs, in the capacity of the acting post (2.2).

    `act` is the one that signs it, where signing is part of another: that is what was lent.
    """
    with transaction.atomic():
        paper = _locked(paper, State.DRAFT)
        if not may_sign(paper, actor, act):
            raise NotYours(_("Only the head of the issuing agency or a leader signs this paper."))
        paper.state, paper.signed_at, paper.signed_by = State.SIGNED, at, actor.authority
        paper.capacity = capacity or actor.capacity
        paper.save(update_fields=["state", "signed_at", "signed_by", "capacity"])
        record(SIGN, paper, actor, at, key=actor.form_key, capacity=paper.capacity)
        return paper


def number(paper: OutgoingPaper, actor: Actor, at: datetime, *, dated_on: date) -> OutgoingPaper:
    """Give a signed paper the next number of its series and year.

    The series' row is locked until the transaction ends, so numbers have no gap and no double.
    """
    with transaction.atomic():
        paper = _locked(paper, State.SIGNED)
        if not may_number(paper, actor):
            raise NotYours(_("Only the clerk or the head of the issuing agency gives numbers."))
        _refuse_overtaken(paper, at)
        series = _next_in_series(paper.issuer, paper.suffix, dated_on.year)
        last = (
            OutgoingPaper.objects.filter(
                issuer=paper.issuer, suffix=paper.suffix, year=dated_on.year
            )
            .order_by("-number")
            .first()
        )
        if last is not None and last.dated_on > dated_on:
            raise Refused(
                _("Number %(symbol)s of this series is dated later; choose that day or after.")
                % {"symbol": last.symbol},
                "dated_on",
            )
        paper.state, paper.year, paper.number = State.NUMBERED, dated_on.year, series.last_number
        paper.dated_on, paper.numbered_at = dated_on, at
        paper.save(update_fields=["state", "year", "number", "dated_on", "numbered_at"])
        record("paper.number", paper, actor, at, key=actor.form_key, number=paper.symbol)
        return paper


def issue(paper: OutgoingPaper, actor: Actor, at: datetime) -> OutgoingPaper:
    """Send a numbered paper out."""
    with transaction.atomic():
        paper = _locked(paper, State.NUMBERED)
        if not may_number(paper, actor):
            raise NotYours(_("Only the clerk or the head of the issuing agency issues papers."))
        _refuse_overtaken(paper, at)
        paper.state, paper.issued_at = State.ISSUED, at
        paper.save(update_fields=["state", "issued_at"])
        record("paper.issue", paper, actor, at, key=actor.form_key, number=paper.symbol)
        follows = _FOLLOWS.get(paper.thing_type.model_class())
        if follows is not None:
            follows(paper, actor.with_form_key(None), at)
        return paper


def withdraw(paper: OutgoingPaper, actor: Actor, at: datetime) -> OutgoingPaper:
    """Take the signature back before the paper goes out; a number it took stays its own."""
    with transaction.atomic():
        paper = _locked(paper, State.SIGNED, State.NUMBERED)
        if not may_sign(paper, actor):
            raise NotYours(_("Only the head of the issuing agency or a leader signs this paper."))
        paper.state, paper.withdrawn_at = State.WITHDRAWN, at
        paper.save(update_fields=["state", "withdrawn_at"])
        record("paper.withdraw", paper, actor, at, key=actor.form_key)
        return paper


def may_sign(paper: OutgoingPaper, actor: Actor, act: str = SIGN) -> bool:
    """Whether the actor signs for the issuer: its head (or deputy, delegate), or a leader."""
    heads = actor.has(Function.AGENCY_HEAD, Function.OFFICE_CHIEF)
    own = heads and actor.agency_id == paper.issuer_id
    return actor.may_do(act) and (actor.is_leader or own)


def may_number(paper: OutgoingPaper, actor: Actor) -> bool:
    """Whether the actor gives numbers for the issuer: its clerk, else its head (rule 2.8).

    What only named people see never reaches a clerk: its head does, or the leader who signed.
    """
    if not actor.may_do("paper.number"):
        return False
    if paper.is_seen_by_name and actor.is_leader:
        return actor.post == paper.signed_by
    clerks = actor.has(Function.CLERK, Function.AGENCY_HEAD, Function.OFFICE_CHIEF)
    return clerks and actor.agency_id == paper.issuer_id


def _refuse_overtaken(paper: OutgoingPaper, at: datetime) -> None:
    refuses = _REFUSES.get(paper.thing_type.model_class())
    if refuses is not None:
        refuses(paper, at)


def _locked(paper: OutgoingPaper, *states: str) -> OutgoingPaper:
    locked = OutgoingPaper.objects.select_for_update(of=("self",)).get(pk=paper.pk)
    if locked.state not in states:
        raise Refused(
            _("The paper is “%(state)s” now; somebody was quicker.")
            % {"state": locked.get_state_display()}
            + f" {what_changed(locked)}"
        )
    return locked


def _next_in_series(issuer: Agency, suffix: str, year: int) -> PaperSeries:
    PaperSeries.objects.bulk_create(
        [PaperSeries(issuer=issuer, suffix=suffix, year=year)], ignore_conflicts=True
    )
    series = PaperSeries.objects.select_for_update().get(issuer=issuer, suffix=suffix, year=year)
    series.last_number += 1
    series.save(update_fields=["last_number"])
    return series
