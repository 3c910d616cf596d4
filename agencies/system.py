"""What the system administrator does beside master data: settings and accounts (section 2, 12)."""

import secrets
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from agencies.acting import Actor
from agencies.functions import Function
from agencies.models import Body, Setting, User, record
from agencies.refusals import NotYours, Refused
from agencies.settings_catalogue import CATALOGUE

# Letters that cannot be mistaken for one another when read out over the telephone.
ALPHABET = "abcdefghkmnpqrstuvwxyz23456789"


@transaction.atomic
def change_setting(
    code: str, value, source: str, actor: Actor, at: datetime, *, effective_from: datetime
) -> Setting:
    """Write a new dated value of a setting with the document it comes from (domain 12)."""
    _only_administrator(actor)
    definition = CATALOGUE[code]
    bounded = definition.minimum is not None and isinstance(value, int)
    if bounded and not definition.minimum <= value <= definition.maximum:
        raise Refused(
            _("Between %(minimum)s and %(maximum)s.")
            % {"minimum": definition.minimum, "maximum": definition.maximum},
            "value",
        )
    if effective_from < at:
        raise Refused(
            _("A change acts from now on; it never alters what was decided."), "effective_from"
        )
    row = Setting.objects.create(
        code=code, value=value, effective_from=effective_from, source=source,
        changed_by=actor.user, recorded_at=at,
    )  # fmt: skip
    record(
        "setting.change", Body.current().office, actor, at, key=actor.form_key, code=code,
        value=value, source=source,
    )  # fmt: skip
    return row


@transaction.atomic
def reset_password(user: User, actor: Actor, at: datetime) -> str:
    """Give a person a temporary password, shown once, to be changed at the next log-in."""
    _only_administrator(actor)
    password = "-".join("".join(secrets.choice(ALPHABET) for _n in range(4)) for _g in range(4))
    user.set_password(password)
    user.must_change_password = True
    user.save()
    record(
        "account.reset", Body.current().office, actor, at, key=actor.form_key,
        person=user.full_name,
    )  # fmt: skip
    return password


def _only_administrator(actor: Actor) -> None:
    if not actor.has(Function.ADMINISTRATOR):
        raise NotYours(_("Only the system administrator does this."))
