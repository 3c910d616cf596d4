"""Acts on recurring tasks: begin, end, change. None of them touches a past occurrence (5.10)."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from agencies.acting import Actor
from agencies.deadlines import DeadlineRefused, local_day, parse_recurrence
from agencies.deadlines import Recurrence as Rule
from agencies.editing import refuse_stale, what_changed
from agencies.models import Agency, AlreadyDone, CodeCounter, Event, record, record_all
from agencies.notices import Owed, owe_all
from agencies.refusals import NotYours, Refused, demand_words
from tasks.lifecycle import may_assign
from tasks.lifecycle.people import Answering
from tasks.models import Recurrence
from tasks.recurring.courses import Courses
from tasks.recurring.opening import open_recurrence
from tasks.recurring.wording import words_of

ONE_DAY = timedelta(days=1)


def read_rule(text: str, field: str = "recurrence") -> Rule:
    """Return the rule a text means; refused beside its field when it means none."""
    try:
        return parse_recurrence(text)
    except DeadlineRefused as refused:
        raise Refused(_(refused.message) % refused.params, field=field) from None


@transaction.atomic
def begin(
    actor: Actor,
    at: datetime,
    leads: Sequence[Agency],
    *,
    rule_text: str,
    starts_on: date | None = None,
    coordinating: Sequence[Agency] = (),
    previous: Recurrence | None = None,
    key: str | None = None,
    **facts: Any,
) -> list[Recurrence]:
    """Begin recurring work of each lead (the other facts are the model's), and open at once what
    its present period owes. `key` is the form's, as in `tasks.lifecycle.assign_each`.
    """
    _demand(actor)
    rule, day = read_rule(rule_text), local_day(at)
    starts_on = starts_on or day
    if not leads:
        raise Refused(_("A task has exactly one lead agency; name it."), field="lead")
    if starts_on < day:
        raise Refused(_("It begins today or later: the past stays as it was."), field="starts_on")
    if facts.get("directive") is None and not facts.get("source"):
        raise Refused(_("Say where this work comes from (a meeting, an order …)."), field="source")
    codes = CodeCounter.take_many("DK", day.year, len(leads))
    begun = [
        Recurrence.objects.create(
            code=code,
            lead=lead,
            rule=rule.to_json(),
            rule_text=rule_text,
            starts_on=starts_on,
            previous=previous,
            began_at=at,
            began_by=actor.post,
            **facts,
        )
        for lead, code in zip(leads, codes, strict=True)
    ]
    for one in begun:
        one.coordinating.set(coordinating)
    told = [(one, {"lead": one.lead.short_name, "rule": words_of(rule)}) for one in begun]
    events = record_all("recurrence.begun", told, actor, at, key=key)
    answering = Answering(leads, day)
    owe_all(
        Owed(answering.heads_told(one.lead), event, immediate=True)
        for one, event in zip(begun, events, strict=True)
    )
    courses = Courses.at(at)
    for one in begun:
        open_recurrence(one, at, courses)
    return begun


@transaction.atomic
def end(
    recurrence: Recurrence,
    actor: Actor,
    at: datetime,
    *,
    ends_on: date,
    reason: str,
    version: int | None = None,
) -> Recurrence:
    """End the rule with a last day: no occurrence opens after it, those opened go on."""
    locked = _locked(recurrence, actor, at, version)
    demand_words(reason, "reason", _("Say why it ends."))
    if ends_on < local_day(at):
        raise Refused(_("The last day is today or later: the past stays."), field="ends_on")
    locked.ends_on = max(ends_on, locked.starts_on - ONE_DAY)
    event = record(
        "recurrence.ended", locked, actor, at, key=actor.form_key,
        ends_on=ends_on.isoformat(), text=reason,
    )  # fmt: skip
    answering = Answering([locked.lead], local_day(at))
    owe_all([Owed(answering.heads_told(locked.lead), event, immediate=True)])
    return _saved(locked)


@transaction.atomic
def change(
    recurrence: Recurrence,
    actor: Actor,
    at: datetime,
    *,
    rule_text: str,
    from_on: date,
    reason: str,
    lead: Agency | None = None,
    version: int | None = None,
) -> Recurrence:
    """End the rule before a day and begin another one from it, linked to it; return the new one.

    What was opened keeps its deadline. The new rule takes the periods after the last one opened,
    so that none is both rules'.
    """
    locked = _locked(recurrence, actor, at, version)
    demand_words(reason, "reason", _("Say why it changes."))
    rule, lead = read_rule(rule_text, "rule_text"), lead or locked.lead
    if rule.to_json() == locked.rule and lead == locked.lead:
        raise Refused(_("Rule and lead stay as they were: nothing changes."), field="rule_text")
    if from_on < local_day(at):
        raise Refused(_("It begins today or later: the past stays as it was."), field="from_on")
    open_recurrence(locked, at, Courses.at(at))  # what the old rule owes by now is its own
    starts_on = earliest_change(locked, from_on)
    locked.ends_on = starts_on - ONE_DAY
    event = record(
        "recurrence.changed", locked, actor, at, key=actor.form_key,
        starts_on=starts_on.isoformat(), rule=words_of(rule), lead=lead.short_name, text=reason,
    )  # fmt: skip
    _saved(locked)
    names = ("directive", "proposal", "source", "clause", "title", "text", "product", "competence",
             "assigned_by", "priority")  # fmt: skip
    (following,) = begin(
        actor, at, [lead],
        rule_text=rule_text, starts_on=starts_on, previous=locked,
        coordinating=list(locked.coordinating.all()),
        **{name: getattr(locked, name) for name in names},
    )  # fmt: skip
    if lead != locked.lead:
        answering = Answering([locked.lead], local_day(at))
        owe_all([Owed(answering.heads_told(locked.lead), event)])
    return following


def earliest_change(recurrence: Recurrence, from_on: date) -> date:
    """Return the first day of a rule that follows from a day on: after the last period opened."""
    last = recurrence.occurrences.order_by("-period_on").values_list("period_on", flat=True).first()
    if last is None:
        return max(from_on, recurrence.starts_on)
    return max(from_on, Rule.from_json(recurrence.rule).next_period(last))


def _locked(recurrence: Recurrence, actor: Actor, at: datetime, version: int | None) -> Recurrence:
    _demand(actor)
    rows = Recurrence.objects.select_for_update(of=("self",)).select_related("lead")
    locked = rows.get(pk=recurrence.pk)
    if actor.form_key is not None:
        done = Event.objects.filter(key=actor.form_key).first()
        if done is not None:
            raise AlreadyDone(done)
    if locked.following.exists():
        raise Refused(_("It was changed already; act on the one that follows it."))
    if locked.ends_on is not None and locked.ends_on < local_day(at):
        raise Refused(_("It has ended already."))
    refuse_stale(locked, version, told=lambda: what_changed(locked))
    return locked


def _demand(actor: Actor) -> None:
    if not may_assign(actor):
        raise NotYours(_("Work is assigned by the office chief or a leader."))


def _saved(recurrence: Recurrence) -> Recurrence:
    recurrence.version += 1
    recurrence.save()
    return recurrence
