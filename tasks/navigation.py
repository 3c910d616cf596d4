"""Counts beside this floor's places in the rail."""

from datetime import datetime

from agencies.acting import Actor
from agencies.navigation import RowCount, has_rows
from tasks.models import (
    Acknowledgement,
    CampaignEntry,
    CampaignMark,
    Directive,
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


def urgings_to_issue(actor: Actor, at: datetime) -> RowCount:
    """Return how many urgings are drafted or signed and not sent out yet (rule 8.2)."""
    return RowCount(Urging.objects.visible_to(actor).unissued())
