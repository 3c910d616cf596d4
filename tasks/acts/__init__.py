"""The table of acts on a task (rule 5.2): act × from × who × guard → to."""

from tasks.acts.situation import Situation, Standing, situations
from tasks.acts.table import ACTS, Act, acts_in, available_acts

__all__ = ["ACTS", "Act", "Situation", "Standing", "acts_in", "available_acts", "situations"]
