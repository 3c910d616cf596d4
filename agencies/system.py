"""What the system administrator does beside master data: settings and accounts (section 2, 12)."""

import secrets
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from agencies.acting import Actor
from agencies.administering import only_administrator
from agencies.deadlines import local_day
from agencies.editing import refuse_other, what_changed
from agencies.models import Body, Setting, User, record
from agencies.refusals import Refused
from agencies.settings_catalogue import CATALOGUE

# Letters that cannot be mistaken for one another when read out over the telephone.
ALPHABET = "abcdefghkmnpqrstuvwxyz23456789"


@transaction.atomic
def change_setting(
    code: str,
    value,
    source: str,
    actor: Actor,
    at: datetime,
    *,
    effective_from: datetime,
    version: int | None = None,
) -> Setting:
    """Write a new dated value of a setting with the document it comes from (domain 12).

    `version` is that of the values the form showed (`version_of_setting`).
    """
    only_administrator(actor)
    body = Body.objects.select_for_update().select_related("office").get(pk=1)
    _refuse_stale(code, version, value, source, effective_from, body)
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
        "setting.change", body.office, actor, at, key=actor.form_key, code=code,
        value=value, source=source,
    )  # fmt: skip
    return row


def version_of_setting(code: str) -> int:
    """Return what changes with every new value of a setting; forms carry it (rule 5.14)."""
    return (
        Setting.objects.filter(code=code).order_by("-pk").values_list("pk", flat=True).first() or 0
    )


def _refuse_stale(
    code: str, version: int | None, value, source: str, effective_from: datetime, body: Body
) -> None:
    last = Setting.objects.filter(code=code).order_by("-pk").first()
    typed = (("value", value), ("effective_from", local_day(effective_from)), ("source", source))

    def differences() -> list[tuple]:
        stored = (last.value, local_day(last.effective_from), last.source) if last else ()
        return [(name, old, new) for (name, new), old in zip(typed, stored, strict=False)]

    refuse_other(
        version_of_setting(code),
        version,
        told=lambda: what_changed(body.office, acts="setting.", params__code=code),
        differences=differences,
    )


@transaction.atomic
def reset_password(user: User, actor: Actor, at: datetime) -> str:
    """Give a person a temporary password, shown once, to be changed at the next log-in."""
    only_administrator(actor)
    password = "-".join("".join(secrets.choice(ALPHABET) for _n in range(4)) for _g in range(4))
    user.set_password(password)
    user.must_change_password = True
    user.save()
    record(
        "account.reset", Body.current().office, actor, at, key=actor.form_key,
        person=user.full_name,
    )  # fmt: skip
    return password
