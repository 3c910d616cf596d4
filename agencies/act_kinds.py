"""The kinds of acts a head can lend (rule 2.2): words for people, beginnings of act codes for us.

Each app registers its own in `AppConfig.ready()`; a test fails when an act belongs to none.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from agencies.functions import Function

HEADS = frozenset({Function.AGENCY_HEAD})
CHIEF = frozenset({Function.OFFICE_CHIEF})
LEADERS = frozenset({Function.LEADER})


@dataclass(frozen=True)
class ActKind:
    """One kind of acts: what a delegation stores of it, and whose functions carry it."""

    code: str
    label: str | Promise
    beginnings: tuple[str, ...]
    functions: frozenset[str] = HEADS
    order: int = 50


GROUND_ACT_KINDS = (
    ActKind(
        "registers",
        gettext_lazy("say who handles what, keep the working regulation"),
        ("register.", "regulation."),
        order=62,
    ),
    ActKind(
        "reorganise",
        gettext_lazy("move the work of closed agencies"),
        ("reorganisation.",),
        CHIEF,
        66,
    ),
    ActKind("portfolios", gettext_lazy("write leaders' portfolios"), ("portfolio.",), CHIEF, 64),
    ActKind(
        "papers",
        gettext_lazy("sign, number and issue papers"),
        ("paper.",),
        HEADS | LEADERS,
        order=60,
    ),
)

_KINDS: dict[str, ActKind] = {}


def register_act_kinds(*kinds: ActKind) -> None:
    """Add an app's kinds of acts."""
    _KINDS.update({kind.code: kind for kind in kinds})


def act_kinds() -> list[ActKind]:
    """Return every kind, in the order they are shown."""
    return sorted(_KINDS.values(), key=lambda kind: kind.order)


def act_kinds_of(functions: Iterable[str]) -> list[ActKind]:
    """Return the kinds that somebody with these functions has and can lend."""
    own = frozenset(functions)
    return [kind for kind in act_kinds() if own & kind.functions]


def words_for(beginnings: Iterable[str]) -> list[str]:
    """Return what a delegation's beginnings of act codes cover, in words; none means all acts."""
    covered = set(beginnings)
    if not covered:
        return [_("everything the post may do")]
    whole = [kind for kind in act_kinds() if covered.issuperset(kind.beginnings)]
    named = {beginning for kind in whole for beginning in kind.beginnings}
    return [str(kind.label) for kind in whole] + sorted(covered - named)
