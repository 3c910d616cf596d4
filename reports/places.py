"""Where this floor stands in the rail and among the phone's tabs."""

from django.utils.translation import gettext_lazy as _

from agencies.acting import Actor
from agencies.functions import Function
from agencies.navigation import Entry
from reports.cases.listing import praise_count, reads_cases, waiting_count
from reports.cases.who import READERS
from reports.inspections.listing import inspections_count


def has_overview(actor: Actor) -> bool:
    """Whether home is the dashboard: for the chief, the officers and the leaders."""
    return actor.is_leader or actor.is_office


def has_work(actor: Actor) -> bool:
    """Whether tasks come to the actor: who heads an agency or works in one."""
    return actor.has(Function.AGENCY_HEAD, Function.AGENCY_STAFF)


def handles_praise(actor: Actor) -> bool:
    """Whether praise is a place of the actor's: who proposes, signs, decides or reads it."""
    proposes = actor.has(Function.AGENCY_HEAD, Function.EMULATION_BOARD, *READERS)
    return actor.sees_everything or proposes


ENTRIES = (
    Entry(label=_("Overview"), url_name="dashboard", order=10, shown_to=has_overview, tab=10),
    Entry(
        label=_("My work"),
        url_name="my_work",
        order=15,
        shown_to=lambda actor: has_work(actor) and not has_overview(actor),
        tab=10,
    ),
    Entry(
        label=_("Briefings"),
        url_name="briefings",
        section="office",
        order=10,
        shown_to=lambda actor: actor.sees_everything,
    ),
    Entry(
        label=_("Periodic reports"),
        url_name="reports",
        section="office",
        order=30,
        shown_to=lambda actor: actor.sees_everything,
    ),
    Entry(
        label=_("Accountability"),
        url_name="cases",
        section="office",
        order=34,
        shown_to=reads_cases,
        count=waiting_count,
    ),
    Entry(
        label=_("Praise"),
        url_name="commendations",
        section="office",
        order=36,
        shown_to=handles_praise,
        count=praise_count,
    ),
    Entry(
        label=_("Inspections"),
        url_name="inspections",
        section="office",
        order=38,
        shown_to=handles_praise,
        count=inspections_count,
    ),
)
