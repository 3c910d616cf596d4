"""How an event reads: one sentence an act, filled from its parameters, in the reader's language.

Each app registers its acts in `AppConfig.ready()`; a test fails when an event's act has none.
"""

from collections.abc import Mapping
from datetime import datetime

from django.utils.dateparse import parse_datetime
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from agencies.deadlines import spoken

GROUND_SENTENCES = {
    "paper.draft": _("drafted the paper"),
    "paper.sign": _("signed the paper"),
    "paper.number": _("gave the paper the number %(number)s"),
    "paper.issue": _("issued the paper %(number)s"),
    "paper.withdraw": _("took the signature on the paper back"),
    "calendar.confirm": ngettext_lazy(
        "confirmed the calendar of %(year)s; %(moved)s deadline moved later",
        "confirmed the calendar of %(year)s; %(moved)s deadlines moved later",
        "moved",
    ),
    "calendar.proposed": ngettext_lazy(
        "proposed %(count)s day of %(year)s", "proposed %(count)s days of %(year)s", "count"
    ),
    "calendar.day_proposed": _("proposed %(day_on)s: %(name)s"),
    "calendar.day_dropped": _("dropped the proposed %(day_on)s: %(name)s"),
    "calendar.day_withdrawn": ngettext_lazy(
        "withdrew the confirmed %(day_on)s: %(name)s; %(moved)s deadline moved later",
        "withdrew the confirmed %(day_on)s: %(name)s; %(moved)s deadlines moved later",
        "moved",
    ),
    "setting.change": _("changed the setting %(code)s to %(value)s (%(source)s)"),
    "account.reset": _("gave %(person)s a temporary password"),
    "agency.closed": _(
        "closed the agency from %(closed_on)s by decision %(number)s; successors: %(successors)s"
    ),
    "agency.took_over": ngettext_lazy(
        "gave it %(count)s open thing of %(from)s, closed by decision %(number)s",
        "gave it %(count)s open things of %(from)s, closed by decision %(number)s",
        "count",
    ),
    "reorganisation.moved": ngettext_lazy(
        "moved %(count)s open thing of %(agency)s by decision %(number)s: %(successors)s",
        "moved %(count)s open things of %(agency)s by decision %(number)s: %(successors)s",
        "count",
    ),
    "reorganisation.undone": ngettext_lazy(
        "gave %(count)s thing back to %(agency)s; kept, as acted on since: %(kept)s",
        "gave %(count)s things back to %(agency)s; kept, as acted on since: %(kept)s",
        "count",
    ),
    "register.competences": _(
        "changed what the agency is competent for; added: %(added)s; removed: %(removed)s"
    ),
    "register.responsible": _("changed who handles what"),
    "regulation.added": _("kept the working regulation %(number)s, in force from %(starts_on)s"),
    "portfolio.changed": _("changed the portfolio of %(leader)s"),
    "delegation.given": _(
        "authorised %(to)s from %(starts_on)s to %(ends_on)s, document %(number)s"
    ),
    "delegation.ended": _("ended the authorisation of %(to)s, document %(number)s"),
}

_SENTENCES: dict[str, str | Promise] = {}
_WORDS: dict[tuple[str, str], Mapping[str, str | Promise]] = {}


def register_sentences(sentences: Mapping[str, str | Promise]) -> None:
    """Add the sentences of an app's acts. `%(name)s` takes the event's parameter of that name; an
    `ngettext_lazy` names the one it agrees in number with.
    """
    _SENTENCES.update(sentences)


def register_words(act: str, parameter: str, words: Mapping[str, str | Promise]) -> None:
    """Say how the codes read that an act's events keep in a parameter: a measure, a decision."""
    _WORDS[act, parameter] = words


def known_acts() -> frozenset[str]:
    """Return the codes of all acts that have a sentence."""
    return frozenset(_SENTENCES)


class _Unknown(int):
    """What an event does not say: three dots to read, none to count."""

    def __str__(self) -> str:
        return "…"


UNKNOWN = _Unknown(0)


class _Readable(dict):
    """Parameters as people read them: an instant that ends a day is that day, lists get commas.

    Numbers stay numbers, for the sentence to agree with.
    """

    def __getitem__(self, name: str) -> str | int:
        value = super().get(name)
        if value is None or value == "":
            return UNKNOWN
        if isinstance(value, int):
            return value
        if isinstance(value, list):
            return ", ".join(str(v) for v in value)
        if name.endswith("_at") and isinstance(value, str):
            instant: datetime | None = parse_datetime(value)
            if instant is not None:
                return spoken(instant)
        if name.endswith("_on") and isinstance(value, str) and value.count("-") == 2:
            year, month, day = value.split("-")
            return f"{day}/{month}/{year}"
        return str(value)


def sentence(act: str, params: Mapping) -> str:
    """Return the event's sentence in the active language; an unknown act shows its code."""
    template = _SENTENCES.get(act)
    if template is None:
        return act
    spelled = {
        name: _WORDS[act, name].get(code, code)
        for name, code in params.items()
        if (act, name) in _WORDS
    }
    return template % _Readable({**params, **spelled})
