"""The kinds of notices, for each of which a person chooses how to be told (rule 10.1).

Each app registers its kinds in `AppConfig.ready()` with the acts whose notices they hold, by
beginnings of their codes; the longest beginning decides, and a test fails when an act has none.
"""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from agencies.delivery import Delivery

FOLLOWED = "followed"
"""What is not addressed to its receiver, who coordinates, follows or supervises the work."""


@dataclass(frozen=True)
class NoticeKind:
    """One row of the page of choices.

    `acts` are beginnings of codes of acts. `default` is what holds without a choice: in a kind
    mailed at once stand the acts that are addressed to somebody. `always` says how the kind is
    told that nobody may switch off.
    """

    code: str
    label: str | Promise
    about: str | Promise
    order: int
    default: Delivery = Delivery.AT_ONCE
    acts: tuple[str, ...] = ()
    always: str | Promise = ""


GROUND_KINDS = (
    NoticeKind(
        FOLLOWED,
        _("Work you coordinate, follow or supervise"),
        _("what is not addressed to you"),
        order=75,
        default=Delivery.DIGEST,
        acts=("calendar.", "setting.", "account."),
    ),
    NoticeKind(
        "authority",
        _("Authority and portfolios"),
        _("authority lent to you or taken back, your portfolio, registers of your agency"),
        order=55,
        acts=(
            "delegation.",
            "portfolio.",
            "register.",
            "regulation.",
            "agency.",
            "reorganisation.",
        ),
    ),
    NoticeKind(
        "papers",
        _("Outgoing papers"),
        _("drafted, signed, numbered, issued"),
        order=85,
        default=Delivery.DIGEST,
        acts=("paper.",),
    ),
)

_KINDS: dict[str, NoticeKind] = {}


def register_notice_kinds(*kinds: NoticeKind) -> None:
    """Add the kinds of an app."""
    _KINDS.update({kind.code: kind for kind in kinds})


def notice_kinds() -> list[NoticeKind]:
    """Return every kind, in the order of the page of choices."""
    return sorted(_KINDS.values(), key=lambda kind: kind.order)


def choosable_kinds() -> list[NoticeKind]:
    """Return the kinds a person may choose the delivery of."""
    return [kind for kind in notice_kinds() if not kind.always]


def kind_named(code: str) -> NoticeKind | None:
    """Return the kind of that code, or None."""
    return _KINDS.get(code)


def kind_of(act: str, *, is_addressed: bool = True) -> NoticeKind:
    """Return the kind of a notice about an act, addressed to its receiver or not.

    What would be mailed at once is of the kind `FOLLOWED` for those it is not addressed to.
    """
    kind = _kind_holding(act) or _KINDS[FOLLOWED]
    is_for_others = not is_addressed and kind.default == Delivery.AT_ONCE and not kind.always
    return _KINDS[FOLLOWED] if is_for_others else kind


def _kind_holding(act: str) -> NoticeKind | None:
    fitting = [
        (len(beginning), kind)
        for kind in _KINDS.values()
        for beginning in kind.acts
        if act.startswith(beginning)
    ]
    return max(fitting, key=lambda one: one[0])[1] if fitting else None
