"""What an act would do, said before the decision (design principle 5)."""

from collections.abc import Callable

from tasks.acts import Situation
from tasks.effects import extending, returning, stopping, working

EFFECTS: dict[str, Callable[[Situation], str]] = {
    **working.EFFECTS,
    **extending.EFFECTS,
    **returning.EFFECTS,
    **stopping.EFFECTS,
}


def effect(code: str, case: Situation) -> str:
    """Return the effect of an act on the task as one or two sentences; empty for plain ones."""
    told = EFFECTS.get(code)
    return "" if told is None else told(case)
