"""One act on many tasks: which acts, on which tasks, with what effect, and doing it (rule 5.4)."""

from tasks.together.choosing import MOST, Chosen, Line, chosen
from tasks.together.doing import Outcome, do_each
from tasks.together.table import TOGETHER, Offer, Together, offers

__all__ = [
    "MOST",
    "TOGETHER",
    "Chosen",
    "Line",
    "Offer",
    "Outcome",
    "Together",
    "chosen",
    "do_each",
    "offers",
]
