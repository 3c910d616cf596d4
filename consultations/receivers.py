"""Who is told about a consultation: heads, and whoever holds their authority that day (10.1)."""

from collections.abc import Iterable
from datetime import datetime

from agencies.acting import heads_by_agency, holders_by_agency, holders_of
from agencies.deadlines import local_day
from agencies.functions import Function
from agencies.models import Agency, Body, Competence, Delegation, User
from agencies.portfolios import leaders_on, supervising
from consultations import acts
from consultations.models import Consultation


def people_of(agencies: Iterable[Agency], at: datetime) -> dict[int, list[User]]:
    """Return, by agency id, the head on that day and the delegates; without a head whoever the
    function falls to (rule 2.1).
    """
    agencies, day = list(agencies), local_day(at)
    heads = heads_by_agency([agency.pk for agency in agencies], day)
    told: dict[int, list[User]] = {agency_id: [post.user] for agency_id, post in heads.items()}
    headless = [agency for agency in agencies if agency.pk not in told]
    for agency_id, posts in holders_by_agency(Function.AGENCY_HEAD, headless, day).items():
        told[agency_id] = [post.user for post in posts]
    lent = Delegation.objects.in_force_on(day).filter(from_post__in=heads.values())
    for delegation in lent.select_related("from_post", "to_post__user"):
        if delegation.covers(acts.REPLY.code):
            told[delegation.from_post.agency_id].append(delegation.to_post.user)
    return told


def people_of_requester(consultation: Consultation, at: datetime) -> list[User]:
    """Return who asked, while still in that post, and the requester's head."""
    return people_of_requesters([consultation], at)[consultation.pk]


def people_of_requesters(
    consultations: Iterable[Consultation], at: datetime
) -> dict[int, list[User]]:
    """Return `people_of_requester` of many, by the consultation's id."""
    consultations, day = list(consultations), local_day(at)
    heads = people_of({one.requester for one in consultations}, at)
    told = {}
    for one in consultations:
        asker, head = one.asked_by, heads[one.requester_id]
        told[one.pk] = [asker.user, *head] if asker.is_held_on(day) else head
    return told


def deciders(
    sides: Iterable[Agency], at: datetime, competence: Competence | None = None
) -> list[User]:
    """Return who settles what the chief would: the chief, or the supervising leader where the
    Office is one of the sides (rule 2.3).
    """
    office = Body.objects.values_list("office", flat=True).first()
    own = next((agency for agency in sides if agency.pk == office), None)
    if own is None:
        return chiefs(at)
    leader = supervising(leaders_on(local_day(at)), competence, own)
    return [leader.user] if leader is not None else []


def chiefs(at: datetime) -> list[User]:
    """Return the office chief of that day; without one the Chair (rule 2.1)."""
    return [post.user for post in holders_of(Function.OFFICE_CHIEF, local_day(at))]
