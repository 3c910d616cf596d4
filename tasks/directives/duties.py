"""Standing duties with who acknowledged them and who has not (rules 4.3, 4.4)."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from agencies.models import Agency
from tasks.models import Acknowledgement, Directive, StandingDuty


@dataclass
class DutyState:
    """One duty, with the acknowledgements the reader sees of the agencies it binds.

    `not_asked` are agencies it binds that need not acknowledge the directive.
    """

    duty: StandingDuty
    agencies: list[Agency]
    acknowledged: list[Acknowledgement] = field(default_factory=list)
    waiting: list[Acknowledgement] = field(default_factory=list)
    not_asked: list[Agency] = field(default_factory=list)


def duties_of(
    directive: Directive, acknowledgements: Iterable[Acknowledgement], *, sees_everything: bool
) -> list[DutyState]:
    """Return the duties of a directive in its order, each with its agencies' acknowledgements."""
    given = {one.agency_id: one for one in acknowledgements}
    rows = directive.standing_duties.prefetch_related("agencies").order_by("proposal__order", "pk")
    return [_state(duty, given, sees_everything) for duty in rows]


def _state(
    duty: StandingDuty, given: dict[int, Acknowledgement], sees_everything: bool
) -> DutyState:
    state = DutyState(duty, list(duty.agencies.all()))
    for agency in state.agencies:
        one = given.get(agency.pk)
        if one is not None:
            (state.waiting if one.acknowledged_at is None else state.acknowledged).append(one)
        elif sees_everything:
            state.not_asked.append(agency)
    return state
