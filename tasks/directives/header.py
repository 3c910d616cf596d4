"""The header of a directive: what it is, from whom, to whom; drafts and registration (4.1)."""

import re
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, fields, replace
from datetime import date, datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils.html import format_html
from django.utils.translation import gettext as _

from agencies.acting import Actor
from agencies.deadlines import local_day
from agencies.editing import refuse_stale, what_changed
from agencies.fold import fold
from agencies.models import Agency, AgencyGroup, record
from agencies.refusals import Refused
from tasks.directives.expansion import Expansion
from tasks.directives.permits import demand, may_register
from tasks.directives.reckoning import recount
from tasks.models import Addressee, Authority, Citation, Directive, DirectiveKind

FIRST_YEAR = 1976


class SameDirective(Refused):
    """That number, issuer and date are there already; `first` is the one (rule 4.1)."""

    def __init__(self, first: Directive) -> None:
        self.first = first
        message = _("%(symbol)s of %(day)s is here already.") % {
            "symbol": first.symbol,
            "day": f"{first.issued_on:%d/%m/%Y}",
        }
        link = format_html('<a href="{}">{}</a>', first.get_absolute_url(), _("Open the first one"))
        super().__init__(format_html("{} {}", message, link), field="number")


@dataclass(frozen=True)
class Header:
    """What a person says about a directive. Groups are spelled out when it is saved (4.2)."""

    abstract: str
    kind: DirectiveKind | None = None
    number: str = ""
    issued_on: date | None = None
    issuer: Authority | None = None
    signer: str = ""
    urgency: str = Directive.Urgency.NORMAL
    implements: Directive | None = None
    to_agencies: list[Agency] = field(default_factory=list)
    to_groups: list[AgencyGroup] = field(default_factory=list)
    copy_agencies: list[Agency] = field(default_factory=list)

    @classmethod
    def facts(cls) -> list[str]:
        """The names of the directive's own columns."""
        relations = ("to_agencies", "to_groups", "copy_agencies")
        return [f.name for f in fields(cls) if f.name not in relations]


def save_header(
    directive: Directive,
    actor: Actor,
    at: datetime,
    *,
    header: Header,
    version: int,
    registering: bool = False,
) -> Directive:
    """Save the header a person edited from that `version`, with an event naming the changes.

    With `registering` the draft is registered in the same transaction: it needs number, date and
    issuer, and must be the only one of them (rule 4.1).
    """
    demand(may_register(actor))
    with locked_header(directive, header, version, compare=all_differences) as locked:
        if locked.approved_at is not None:
            raise Refused(_("Work was assigned from this directive: its header is corrected."))
        check(header, locked, at)
        is_new = registering and locked.state == Directive.State.DRAFT
        if is_new or locked.state == Directive.State.REGISTERED:
            demand_whole(header)
        changes = all_differences(locked, header)
        dated_before = locked.issued_on
        if is_new:
            locked.state, locked.registered_at = Directive.State.REGISTERED, at
        apply(locked, header, at)
        if locked.issued_on != dated_before:
            recount(locked, at)
        if is_new:
            link_citations(locked)
        record(
            "directive.registered" if is_new else "directive.edited",
            locked, actor, at, key=actor.form_key,
            changes=[[name, _kept(old), _kept(new)] for name, old, new in changes],
        )  # fmt: skip
    return locked


@contextmanager
def locked_header(
    directive: Directive,
    header: Header,
    version: int,
    compare: Callable[[Directive, Header], list[tuple[str, Any, Any]]] | None = None,
) -> Iterator[Directive]:
    """Lock the directive for a header written from that `version`; leave it in one transaction.

    Refuses a paper returned as misdirected, what somebody else saved meanwhile, and, whoever comes
    second, a number, issuer and date that are registered already (rule 4.1).
    """
    try:
        with transaction.atomic():
            locked = Directive.objects.select_for_update().get(pk=directive.pk)
            refuse_misdirected(locked)
            refuse_stale(
                locked,
                version,
                told=lambda: what_changed(locked, acts="directive."),
                differences=lambda: (compare or differences)(locked, header),
            )
            yield locked
    except IntegrityError as error:
        if "directive_registered_once" not in str(error):
            raise
        first = twin(header.number, header.issuer, header.issued_on, directive.pk)
        raise SameDirective(first or directive) from None


def refuse_misdirected(directive: Directive) -> None:
    """Nothing more is done with a paper that was returned as misdirected (rule 4.5)."""
    if directive.state == Directive.State.MISDIRECTED:
        raise Refused(
            _("This paper was returned to %(whom)s; nothing more is done with it here.")
            % {"whom": directive.returned_to}
        )


def register(directive: Directive, actor: Actor, at: datetime) -> Directive:
    """Register a draft as it stands."""
    addressed = directive.addressees.select_related("agency")
    to = [row for row in addressed if row.role == Addressee.Role.TO]
    header = replace(
        header_of(directive),
        to_agencies=[row.agency for row in to if not row.written_as],
        to_groups=list(AgencyGroup.objects.filter(name__in=[row.written_as for row in to])),
        copy_agencies=[row.agency for row in addressed if row.role == Addressee.Role.COPY],
    )
    return save_header(
        directive, actor, at, header=header, version=directive.version, registering=True
    )


def header_of(directive: Directive) -> Header:
    """Return the header as stored, addressees left out."""
    return Header(**{name: getattr(directive, name) for name in Header.facts()})


def differences(stored: Directive, header: Header) -> list[tuple[str, Any, Any]]:
    """Return the columns in which the stored header and the typed one differ."""
    pairs = [(name, getattr(stored, name), getattr(header, name)) for name in Header.facts()]
    return [(name, old, new) for name, old, new in pairs if (old or "") != (new or "")]


def all_differences(stored: Directive, header: Header) -> list[tuple[str, Any, Any]]:
    """Return the columns that differ, and the addressees by their names."""
    rows = list(stored.addressees.select_related("agency"))
    to = [row for row in rows if row.role == Addressee.Role.TO]
    copies = [row for row in rows if row.role == Addressee.Role.COPY]
    pairs = [
        ("to_groups", _names(row.written_as for row in to), _names(header.to_groups)),
        ("to_agencies", _names(row.agency for row in to if not row.written_as),
         _names(header.to_agencies)),
        ("copy_agencies", _names(row.agency for row in copies),
         _names(a for a in header.copy_agencies if a not in header.to_agencies)),
    ]  # fmt: skip
    addressed = [(name, old, new) for name, old, new in pairs if old != new]
    return differences(stored, header) + addressed


def _names(rows: Iterable) -> list[str]:
    return sorted({str(row) for row in rows if row})


def _kept(value: Any) -> str | list[str]:
    """Return a value as an event keeps it."""
    return value if isinstance(value, list) else str(value or "")


def twin(
    number: str, issuer: Authority | None, issued_on: date | None, but: int | None = None
) -> Directive | None:
    """Return another directive of the same number, issuer and date, registered ones first.

    A misdirected paper that comes again, rightly this time, is no twin of itself.
    """
    if not (fold(number) and issuer and issued_on):
        return None
    same = Directive.objects.filter(number_key=fold(number), issuer=issuer, issued_on=issued_on)
    same = same.exclude(state=Directive.State.MISDIRECTED)
    return same.exclude(pk=but).order_by("-state", "pk").first()


def check(header: Header, directive: Directive | None, at: datetime) -> None:
    """Refuse what cannot be: a day to come, a chain that runs backwards, a second original."""
    day = header.issued_on
    if day is not None and day > local_day(at):
        raise Refused(_("The date lies in the future: check day, month, year."), field="issued_on")
    if day is not None and day.year < FIRST_YEAR:
        raise Refused(_("The date is too long ago: check the year."), field="issued_on")
    first = twin(header.number, header.issuer, day, directive.pk if directive else None)
    if first is not None:
        raise SameDirective(first)
    _check_chain(header, directive)


def apply(directive: Directive, header: Header, at: datetime) -> None:
    """Write a checked header and its addressees, the groups as they are on the day (4.2)."""
    for name in Header.facts():
        setattr(directive, name, getattr(header, name))
    directive.version += 1
    directive.save()
    spelled = Expansion(local_day(at)).spell_out(header.to_agencies, header.to_groups)
    rows = [
        Addressee(directive=directive, agency=agency, role=Addressee.Role.TO, written_as=words)
        for agency, words in spelled.items()
    ]
    rows += [
        Addressee(directive=directive, agency=agency, role=Addressee.Role.COPY)
        for agency in header.copy_agencies
        if agency not in spelled
    ]
    directive.addressees.all().delete()
    Addressee.objects.bulk_create(rows)


def link_citations(directive: Directive) -> None:
    """Join a registered directive with those it cites and those that cite it (4.1)."""
    for citation in directive.citations.filter(cited__isnull=True):
        cited = cited_directive(citation)
        if cited is not None:
            citation.cited = cited
            citation.save(update_fields=["cited"])
    same_day = Q(dated_on__isnull=True) | Q(dated_on=directive.issued_on)
    waiting = Citation.objects.filter(same_day, cited__isnull=True)
    waiting.filter(number__iexact=directive.number).exclude(directive=directive).update(
        cited=directive
    )


def cited_directive(citation: Citation) -> Directive | None:
    """Return the registered directive a citation means, or None when it is not here."""
    found = Directive.objects.registered().filter(number_key=fold(citation.number))
    if citation.dated_on:
        found = found.filter(issued_on=citation.dated_on)
    rows = list(found.exclude(pk=citation.directive_id)[:2])
    return rows[0] if len(rows) == 1 else None


def demand_whole(header: Header) -> None:
    """Refuse a header without what a registered directive has (rule 4.1)."""
    if not re.match(r"\s*\d", header.number):
        raise Refused(_("Give the whole number, for example 412/UBND-VP."), field="number")
    if header.issued_on is None:
        raise Refused(_("Give the date of the directive."), field="issued_on")
    if header.issuer is None:
        raise Refused(_("Choose who issued the directive."), field="issuer")


def _check_chain(header: Header, directive: Directive | None) -> None:
    above = header.implements
    if above is None:
        return
    if header.issued_on and above.issued_on and above.issued_on > header.issued_on:
        raise Refused(
            _("The document it implements is dated later (%(day)s).")
            % {"day": f"{above.issued_on:%d/%m/%Y}"},
            field="implements",
        )
    seen = set()
    while above is not None and above.pk not in seen:
        if directive is not None and above.pk == directive.pk:
            raise Refused(_("A directive cannot implement itself."), field="implements")
        seen.add(above.pk)
        above = above.implements
