"""What a closed agency has open on this floor, and how its successors take it over (rule 2.5)."""

from tasks.moving.acknowledgements import OwedAcknowledgements
from tasks.moving.led import LedTasks
from tasks.moving.recurring import RecurringWork
from tasks.moving.shares import HelpersShares

KINDS = (LedTasks(), HelpersShares(), OwedAcknowledgements(), RecurringWork())

__all__ = ["KINDS"]
