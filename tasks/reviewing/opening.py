"""Opening and closing review campaigns: from a clause, or prepared by the Office (4.4, 5.13)."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from agencies.acting import Actor
from agencies.deadlines import Deadline, Unit, by_term, last_day_in_time, local_day
from agencies.deadlines import local_midnight_after as end_of
from agencies.editing import refuse_stale, what_changed
from agencies.models import Agency, AgencyGroup, CodeCounter, Event, Setting, record
from agencies.notices import Owed, owe, owe_all
from agencies.refusals import Refused
from tasks.directives.expansion import Expansion
from tasks.directives.reckoning import confirmed_calendar
from tasks.lifecycle.people import Answering, chiefs_told
from tasks.models import CampaignEntry, CampaignMark, Directive, Proposal, ReviewCampaign
from tasks.reviewing.permits import (
    demand,
    may_close_campaign,
    may_open_campaign,
    may_prepare_campaign,
)

PREFIX = "RS"


@dataclass(frozen=True)
class Asked:
    """What a campaign says and whom it asks, as the Office typed it."""

    title: str
    text: str
    due_on: date
    agencies: list[Agency] = field(default_factory=list)
    groups: list[AgencyGroup] = field(default_factory=list)


def campaign_deadline(at: datetime) -> Deadline:
    """Return until when agencies confirm what is opened now, where no document says (setting)."""
    days = Setting.objects.value("campaign_days", at)
    return by_term(days, Unit.WORKING_DAY, at, confirmed_calendar())


@transaction.atomic
def draft_campaign(actor: Actor, at: datetime, *, asked: Asked) -> ReviewCampaign:
    """Prepare a campaign that no directive asks for; nobody is asked before the chief opens it."""
    demand(may_prepare_campaign(actor), _("The Office prepares review campaigns."))
    campaign = ReviewCampaign(
        code=CodeCounter.take(PREFIX, local_day(at).year), drafted_at=at, drafted_by=actor.post
    )
    _write(campaign, asked, at)
    event = record("campaign.drafted", campaign, actor, at, key=actor.form_key)
    owe(chiefs_told(local_day(at)), event, immediate=True)
    return campaign


@transaction.atomic
def edit_campaign(
    campaign: ReviewCampaign, actor: Actor, at: datetime, *, asked: Asked, version: int
) -> ReviewCampaign:
    """Change a draft; a second person's saving on top of another's is refused (rule 5.14)."""
    demand(may_prepare_campaign(actor), _("The Office prepares review campaigns."))
    draft = _locked_draft(campaign, actor)
    changes = _differences(draft, asked)
    _refuse_stale(draft, version, changes)
    _write(draft, asked, at)
    record(
        "campaign.edited", draft, actor, at, key=actor.form_key,
        changes=[list(change) for change in changes],
    )  # fmt: skip
    return draft


@transaction.atomic
def drop_campaign(campaign: ReviewCampaign, actor: Actor, at: datetime) -> ReviewCampaign:
    """Drop a draft: nobody will be asked. It stays in the list as dropped."""
    demand(may_prepare_campaign(actor), _("The Office prepares review campaigns."))
    draft = _locked_draft(campaign, actor)
    draft.closed_at = at
    draft.version += 1
    draft.save()
    record("campaign.dropped", draft, actor, at, key=actor.form_key)
    return draft


@transaction.atomic
def open_campaign(
    campaign: ReviewCampaign, actor: Actor, at: datetime, *, version: int
) -> ReviewCampaign:
    """Ask every agency the draft means on this day, groups spelled out (rule 4.2)."""
    demand(may_open_campaign(actor), _("The office chief opens a review campaign."))
    draft = _locked_draft(campaign, actor)
    _refuse_stale(draft, version)
    if draft.due_at <= at:
        raise Refused(_("Its day has passed already: choose another."))
    agencies = asked_on(draft, local_day(at))
    if not agencies:
        raise Refused(_("It asks no agency: choose agencies."))
    return _open(draft, agencies, actor, at, key=actor.form_key)


def open_clause(
    proposal: Proposal, agencies: list[Agency], actor: Actor, at: datetime
) -> ReviewCampaign:
    """Open the campaign that an approved clause asks for, inside the approval (rule 4.4).

    Without a deadline of its own it is due by the setting.
    """
    directive: Directive = proposal.directive
    term = None if proposal.due_at else campaign_deadline(at)
    campaign = ReviewCampaign.objects.create(
        code=CodeCounter.take(PREFIX, local_day(at).year),
        directive=directive,
        proposal=proposal,
        clause=proposal.clause,
        title=proposal.title,
        text=proposal.text,
        due_at=term.due_at if term else proposal.due_at,
        arithmetic=term.to_json() if term else proposal.arithmetic,
        drafted_at=at,
        drafted_by=directive.drafted_by,
    )
    campaign.asked_agencies.set(proposal.lead_agencies.all())
    campaign.asked_groups.set(proposal.lead_groups.all())
    return _open(campaign, agencies, actor, at)


@transaction.atomic
def close_campaign(campaign: ReviewCampaign, actor: Actor, at: datetime) -> ReviewCampaign:
    """End a campaign: who has not confirmed stays written as silent.

    Refused while a mark waits, so that no correction is lost.
    """
    demand(may_close_campaign(actor), _("The office chief closes a review campaign."))
    locked = _locked(campaign, actor)
    if not locked.is_running:
        raise Refused(_("This campaign is not running."))
    waiting = CampaignMark.objects.undecided().filter(entry__campaign=locked).count()
    if waiting:
        raise Refused(
            ngettext(
                "%(n)d correction waits for the Office; apply or refuse it first.",
                "%(n)d corrections wait for the Office; apply or refuse them first.",
                waiting,
            )
            % {"n": waiting}
        )
    silent = locked.entries.current().filter(confirmed_at__isnull=True).count()
    locked.closed_at = at
    locked.version += 1
    locked.save()
    record("campaign.closed", locked, actor, at, key=actor.form_key, silent=silent)
    return locked


def asked_on(campaign: ReviewCampaign, day: date) -> list[Agency]:
    """Return the agencies the campaign means on a day, in official order (rule 4.2)."""
    expansion = Expansion(day)
    return list(expansion.spell_out(campaign.asked_agencies.all(), campaign.asked_groups.all()))


def _open(
    campaign: ReviewCampaign,
    agencies: list[Agency],
    actor: Actor,
    at: datetime,
    *,
    key: str | None = None,
) -> ReviewCampaign:
    campaign.opened_at, campaign.opened_by = at, actor.authority
    campaign.version += 1
    campaign.save()
    CampaignEntry.objects.bulk_create(
        [CampaignEntry(campaign=campaign, agency=agency) for agency in agencies]
    )
    event = record(
        "campaign.opened", campaign, actor, at, key=key,
        agencies=len(agencies), due_at=campaign.due_at.isoformat(),
    )  # fmt: skip
    owe_all(told(agencies, event, local_day(at)))
    return campaign


def told(agencies: list[Agency], event: Event, day: date) -> list[Owed]:
    """Return the messages that tell the agencies' heads at once."""
    answering = Answering(agencies, day)
    return [Owed(answering.heads_told(agency), event, immediate=True) for agency in agencies]


def _write(campaign: ReviewCampaign, asked: Asked, at: datetime) -> None:
    if not asked.agencies and not asked.groups:
        raise Refused(_("Choose at least one agency or group."), field="agencies")
    if end_of(asked.due_on) <= at:
        raise Refused(_("This day has passed already."), field="due_on")
    campaign.title, campaign.text = asked.title, asked.text
    campaign.due_at = end_of(asked.due_on)
    campaign.version += 1
    campaign.save()
    campaign.asked_agencies.set(asked.agencies)
    campaign.asked_groups.set(asked.groups)


def _refuse_stale(draft: ReviewCampaign, version: int, changes: Iterable = ()) -> None:
    refuse_stale(
        draft,
        version,
        told=lambda: what_changed(draft, times=draft.version - version),
        differences=lambda: changes,
    )


def _differences(stored: ReviewCampaign, asked: Asked) -> list[tuple[str, object, object]]:
    pairs = [
        ("title", stored.title, asked.title),
        ("text", stored.text, asked.text),
        ("due_on", f"{last_day_in_time(stored.due_at):%d/%m/%Y}", f"{asked.due_on:%d/%m/%Y}"),
        ("agencies", _names(stored.asked_agencies.all()), _names(asked.agencies)),
        ("groups", _names(stored.asked_groups.all()), _names(asked.groups)),
    ]
    return [(name, old, new) for name, old, new in pairs if old != new]


def _names(rows: Iterable[Agency | AgencyGroup]) -> str:
    return ", ".join(sorted(row.name for row in rows))


def _locked(campaign: ReviewCampaign, actor: Actor) -> ReviewCampaign:
    locked = ReviewCampaign.objects.select_for_update().get(pk=campaign.pk)
    Event.objects.refuse_again(actor.form_key)
    return locked


def _locked_draft(campaign: ReviewCampaign, actor: Actor) -> ReviewCampaign:
    locked = _locked(campaign, actor)
    if not locked.is_draft:
        raise Refused(_("This is no draft any more: it was opened or dropped."))
    return locked
