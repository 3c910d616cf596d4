"""What pages show of a refusal beyond its sentence."""

from collections.abc import Callable

from django import forms

from agencies.refusals import Refused
from tasks.directives.header import Changed

BAD_REQUEST = 400


def noting(refused: list[Refused], act: Callable[[], object]) -> Callable[[], object]:
    """Return the act so that its refusal is also kept, for the page to say more about it."""

    def noted() -> object:
        try:
            return act()
        except Refused as refusal:
            refused.append(refusal)
            raise

    return noted


def compared(refused: list[Refused], form: forms.Form, version: int) -> list[tuple]:
    """Return (label, stored, typed) of what somebody else changed; the form takes his version.

    So the person compares once and the next saving is knowingly on top of the other's.
    """
    if not (refused and isinstance(refused[0], Changed)):
        return []
    form.data = form.data.copy()
    form.data["version"] = version
    return [
        (form.fields[name].label if name in form.fields else name, old, new)
        for name, old, new in refused[0].differences
    ]
