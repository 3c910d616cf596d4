"""One row of the tables of acts: rounds, lines, dossiers, and what higher floors act on."""

from collections.abc import Callable
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext as _

from agencies.refusals import NotYours, Refused
from consultations.acts.cases import Case


@dataclass(frozen=True)
class Act:
    """One row: the states it starts from, the facts it takes (`needs`), what the page says when
    it is `done`. A rare act stands in the page's menu.
    """

    code: str
    label: str | Promise
    done: str | Promise
    who: Callable[[Case], bool]
    who_words: str | Promise
    from_states: tuple[str, ...]
    needs: tuple[str, ...] = ()
    guards: tuple[Callable[[Case], str | None], ...] = ()
    is_rare: bool = False
    prefix: str = "opinion"

    @property
    def event(self) -> str:
        """The code a delegation names."""
        return f"{self.prefix}.{self.code}"

    def refusal(self, case: Case) -> Refused | None:
        """Return why the act may not be done here and now, or None."""
        if not case.actor.may_do(self.event) or not self.who(case):
            return NotYours(self.who_words)
        if case.state not in self.from_states:
            return Refused(_("Not possible as things stand now; look at the page again."))
        for guard in self.guards:
            sentence = guard(case)
            if sentence is not None:
                return Refused(sentence)
        return None


def table_of(*acts: Act) -> dict[str, Act]:
    """Return the rows by their code."""
    return {act.code: act for act in acts}
