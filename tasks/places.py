"""Where this floor stands in the rail and among the phone's tabs, and the counts beside."""

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from agencies.acting import Actor
from agencies.navigation import Entry, RowCount, has_rows
from tasks.models import (
    Acknowledgement,
    CampaignEntry,
    CampaignMark,
    Directive,
    ImportBatch,
    Obstacle,
    SpotCheckItem,
    Task,
    Urging,
)


def open_visible(actor: Actor, at: datetime) -> RowCount:
    """Return how many open tasks the actor may see."""
    return RowCount(Task.objects.visible_to(actor).now().counted().open())


def directives_to_prepare(actor: Actor, at: datetime) -> RowCount:
    """Return how many directives the Office has to approve, or the agency to acknowledge."""
    if not actor.sees_everything:
        return RowCount(Acknowledgement.objects.visible_to(actor).waiting())
    return RowCount(Directive.objects.visible_to(actor).to_prepare())


def sees_everything(actor: Actor) -> bool:
    """Whether the place is the Office's and the leaders'."""
    return actor.sees_everything


def is_agency(actor: Actor) -> bool:
    """Whether the place is an agency's."""
    return has_rows(actor) and not actor.sees_everything


def lists_to_confirm(actor: Actor, at: datetime) -> RowCount:
    """Return how many lists the agency has to confirm (rule 5.13)."""
    return RowCount(CampaignEntry.objects.visible_to(actor).waiting())


def to_look_at_again(actor: Actor, at: datetime) -> RowCount:
    """Return how many corrections and drawn tasks wait for the Office (rule 5.13)."""
    marked = RowCount(CampaignMark.objects.visible_to(actor).undecided())
    return marked + RowCount(SpotCheckItem.objects.visible_to(actor).unchecked())


def obstacles_waiting(actor: Actor, at: datetime) -> RowCount:
    """Return how many difficulties wait for an answer: all of them, or the agency's own."""
    return RowCount(Obstacle.objects.visible_to(actor).unanswered())


def lists_to_bring_in(actor: Actor, at: datetime) -> RowCount:
    """Return how many lists were handed to the chief and are not brought in yet."""
    lists = ImportBatch.objects.visible_to(actor).standing()
    return RowCount(lists.filter(state_then=ImportBatch.State.SUBMITTED))


def urgings_to_issue(actor: Actor, at: datetime) -> RowCount:
    """Return how many urgings are drafted or signed and not sent out yet (rule 8.2)."""
    return RowCount(Urging.objects.visible_to(actor).unissued())


ENTRIES = (
    Entry(_("Directives"), "directives", order=20, count=directives_to_prepare),
    Entry(
        _("Superiors' demands"),
        "demands",
        order=25,
        shown_to=sees_everything,
    ),
    Entry(_("Tasks"), "tasks", order=30, count=open_visible, tab=20, tab_label=_("Tasks")),
    Entry(_("Recurring tasks"), "recurrences", order=32),
    Entry(_("Reported difficulties"), "obstacles", order=35, count=obstacles_waiting),
    Entry(
        _("Reviews, spot checks"), "campaigns", order=40, shown_to=sees_everything,
        count=to_look_at_again, also=("/spot-checks/",),
    ),
    Entry(
        _("Reviews of our list"), "campaigns", order=40, shown_to=is_agency,
        count=lists_to_confirm,
    ),
    Entry(
        _("Urgings"), "urgings", section="office", order=20, shown_to=sees_everything,
        count=urgings_to_issue,
    ),
    Entry(_("Urgings received"), "urgings", order=37, shown_to=is_agency),
    Entry(
        _("Imported lists"),
        "imports",
        section="office",
        order=90,
        shown_to=lambda actor: actor.is_office,
        count=lists_to_bring_in,
    ),
)  # fmt: skip
