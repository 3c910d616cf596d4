"""Who handles which competence in each agency (rule 5.8, clause 1.6 of the directive)."""

from collections.abc import Iterable, Mapping
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from agencies import editing
from agencies.acting import Actor
from agencies.deadlines import local_day
from agencies.functions import Function
from agencies.models import Agency, AgencyCompetence, AlreadyDone, Competence, Event, Post, record
from agencies.refusals import NotYours, Refused

Register = dict[int, AgencyCompetence]


def may_name_responsible(actor: Actor, agency: Agency) -> bool:
    """Return whether the actor says who handles what: the agency's head, or the administrator."""
    if actor.has(Function.ADMINISTRATOR):
        return True
    own = actor.heads_agency and actor.agency_id == agency.pk
    return own and actor.may_do("register.responsible")


def may_keep_competences(actor: Actor) -> bool:
    """Return whether the actor says what agencies are competent for: chief or administrator."""
    return actor.has(Function.OFFICE_CHIEF, Function.ADMINISTRATOR) and actor.may_do(
        "register.competences"
    )


def register_of(agency: Agency) -> Register:
    """Return the agency's rows by competence, in the order of their names."""
    rows = agency.agencycompetence_set.select_related(
        "competence", "responsible__user", "responsible__title"
    )
    return {row.competence_id: row for row in rows.order_by("competence__name", "pk")}


def mark_of(register: Register) -> str:
    """Return what a form carries to notice that somebody changed the register meanwhile (5.14)."""
    return editing.mark_of(sorted((pk, row.responsible_id) for pk, row in register.items()))


@transaction.atomic
def keep_register(
    agency: Agency,
    actor: Actor,
    at: datetime,
    *,
    mark: str,
    responsible: Mapping[int, Post | None] | None = None,
    competences: Iterable[Competence] | None = None,
) -> Agency:
    """Write who handles what, and what the agency is competent for; what is not given stays.

    `responsible` is by the id of the competence, None for the head. Tasks assigned from now on
    take their responsible person from here; those assigned before keep theirs.
    """
    agency = Agency.objects.select_for_update().get(pk=agency.pk)
    done = actor.form_key and Event.objects.filter(key=actor.form_key).first()
    if done:
        raise AlreadyDone(done)
    register = register_of(agency)
    if competences is not None:
        competences = list(competences)
    editing.refuse_other(
        mark_of(register),
        mark,
        told=lambda: editing.what_changed(agency, acts="register."),
        differences=lambda: _differences(register, responsible or {}, competences),
    )
    keyed = actor
    if competences is not None:
        if not may_keep_competences(actor):
            raise NotYours(_("The chief or the administrator says who is competent for what."))
        if changes := _kept_competences(agency, register, competences):
            record("register.competences", agency, actor, at, key=keyed.form_key, **changes)
            keyed = actor.with_form_key(None)
    if responsible is not None:
        if not may_name_responsible(actor, agency):
            raise NotYours(_("The agency's head says who handles what."))
        if named := _named(agency, register_of(agency), responsible, at):
            record("register.responsible", agency, actor, at, key=keyed.form_key, changes=named)
    return agency


def _differences(
    register: Register, responsible: Mapping[int, Post | None], competences: list[Competence] | None
) -> list[tuple[str, str, str]]:
    """Return where the register and what was typed differ, by the fields of the form."""
    found = [
        (f"responsible-{pk}", _name(register[pk].responsible), _name(post))
        for pk, post in responsible.items()
        if pk in register and register[pk].responsible != post
    ]
    stored = sorted(row.competence.name for row in register.values())
    typed = stored if competences is None else sorted(one.name for one in competences)
    return found if stored == typed else [*found, ("competences", stored, typed)]


def _kept_competences(
    agency: Agency, register: Register, wanted: list[Competence]
) -> dict[str, list[str]]:
    kept = {competence.pk for competence in wanted}
    gone = [row for pk, row in register.items() if pk not in kept]
    new = [competence for competence in wanted if competence.pk not in register]
    AgencyCompetence.objects.filter(pk__in=[row.pk for row in gone]).delete()
    AgencyCompetence.objects.bulk_create(
        [AgencyCompetence(agency=agency, competence=competence) for competence in new]
    )
    if not gone and not new:
        return {}
    return {"added": [one.name for one in new], "removed": [row.competence.name for row in gone]}


def _named(
    agency: Agency, register: Register, wanted: Mapping[int, Post | None], at: datetime
) -> list[list]:
    held = set(Post.objects.held_on(local_day(at)).filter(agency=agency))
    changes = []
    for pk, post in wanted.items():
        row = register.get(pk)
        if row is None or row.responsible == post:
            continue
        if post is not None and post not in held:
            raise Refused(_("%(post)s holds no post here today.") % {"post": post})
        changes.append([row.competence.name, _name(row.responsible), _name(post)])
        row.responsible = post
        row.save(update_fields=["responsible"])
    return changes


def _name(post: Post | None) -> str:
    """Return who is named; nothing stands for the head."""
    return "" if post is None else f"{post.user.full_name}, {post.title.name}"
