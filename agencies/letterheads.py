"""How an agency heads, signs and numbers its papers (rule 2.2; Decree 30/2020, Appendix I)."""

import re
from unicodedata import normalize

from agencies.capacity import Capacity
from agencies.models import Agency, Body, Event, OutgoingPaper, Post
from agencies.papers import Letterhead, Signature

COMMITTEE = "Ủy ban nhân dân"
_OFFICE = "Văn phòng"
_COMMITTEE = re.compile(rf"^(?:UBND|{COMMITTEE})\s+(.+)$", re.IGNORECASE)
LONG = 22
"""Letters of a name that still stand on one line of the head."""
_LEVEL = re.compile(r"^(?:xã|phường|thị trấn|thị xã|huyện|quận|thành phố|tỉnh)\s+", re.IGNORECASE)
_SMALL = {"và", "-", "của"}


def is_committee(agency: Agency) -> bool:
    """Whether it is a People's Committee: it heads its papers itself and signs as a body."""
    return _COMMITTEE.match(agency.name) is not None


def letterhead_of(agency: Agency, body: Body) -> Letterhead:
    """Write the superior's name above a department's; a committee stands alone, on two lines."""
    name = agency.name
    if is_committee(agency):
        return Letterhead(_divided(name), name=f"{COMMITTEE} {_COMMITTEE.match(name)[1]}")
    return Letterhead(_divided(name), _divided(agency.managed_by or body.name), name)


def letterhead_of_body(body: Body) -> Letterhead:
    """Write the body's own name alone, on two lines."""
    return letterhead_named(body.name)


def letterhead_named(name: str) -> Letterhead:
    """Write the head of a body by its name, as one kept elsewhere says it."""
    return Letterhead(_divided(name), name=name)


def letterhead_of_office(office: str, body: str) -> Letterhead:
    """Write the Office's head as offices write it: "UBND HUYỆN …" above "VĂN PHÒNG"."""
    committee = _COMMITTEE.match(body)
    return Letterhead(_OFFICE, f"UBND {committee[1]}" if committee else body, office)


def _divided(name: str) -> str:
    """Divide a name over two lines of the head where it is read so: after the committee's words,
    and a long one after its dash, before "và" or after the Office's word.
    """
    committee = _COMMITTEE.match(name)
    if committee is not None:
        return f"{COMMITTEE}\n{committee[1]}"
    if len(name) <= LONG:
        return name
    if " - " in name:
        return name.replace(" - ", " -\n", 1)
    if " và " in name:
        return name.replace(" và ", "\nvà ", 1)
    return re.sub(rf"^({_OFFICE}) ", r"\1\n", name)


def place_of(agency: Agency, body: Body) -> str:
    """Return the place in the date line: a commune's own name, else where the body sits."""
    committee = _COMMITTEE.match(agency.name)
    return body.place if committee is None else _LEVEL.sub("", committee[1])


def series_of(agency: Agency, body: Body) -> str:
    """Return the series of an agency's letters: that of its last one, else its own abbreviation
    ("KTHT" of "Phòng Kinh tế và Hạ tầng", "UBND" of a committee).
    """
    last = OutgoingPaper.objects.filter(issuer=agency).exclude(suffix__startswith="BC-")
    suffix = last.order_by("-drafted_at").values_list("suffix", flat=True).first()
    if suffix is not None:
        return suffix
    if is_committee(agency):
        return "UBND"
    if agency.pk == body.office_id:
        return "VP"
    words = [word for word in agency.name.split()[1:] if word.lower() not in _SMALL]
    letters = "".join(normalize("NFD", word[0])[0] for word in words if word[0].isalpha())
    return letters.upper() or agency.code.upper()


def signature_of(paper: OutgoingPaper | None, foreseen: Post | None) -> Signature | None:
    """Write who signed, in the capacity of the signing act; a draft shows who is to sign it."""
    if paper is None or paper.signed_by is None:
        return None if foreseen is None else signed_as(foreseen, _own_capacity(foreseen))
    if paper.capacity == Capacity.AUTHORISED:
        signing = Event.objects.of(paper).filter(act="paper.sign").select_related("post__user")
        return signed_as(signing.last().post, paper.capacity, lent_by=paper.signed_by)
    return signed_as(paper.signed_by, paper.capacity)


def signed_as(post: Post, capacity: str, *, lent_by: Post | None = None) -> Signature:
    """Write the signature of a post: a committee's head signs for the body (TM.), a deputy for
    the head (KT.), who is authorised for the post that lent its authority (TUQ.).
    """
    title, name = title_of(post), post.user.full_name
    if lent_by is not None:
        return Signature(Capacity.AUTHORISED, title, name, title_of(lent_by))
    if is_committee(post.agency):
        return _collective(post, capacity)
    deputy_of = _head_of(post) if capacity == Capacity.DEPUTY else ""
    return Signature(capacity, title, name, deputy_of=deputy_of)


def signed_for_body(post: Post) -> Signature:
    """Write the signature of a leader for the committee (TM.), of a deputy with KT. below it."""
    return _collective(post, _own_capacity(post))


def signed_by_order(post: Post, leader: str) -> Signature:
    """Write the signature of the Office's chief, or a deputy, by order of the body's leader (TL.)
    under the body's own head.
    """
    name, deputy_of = post.user.full_name, _head_of(post) if post.title.is_deputy else ""
    return Signature(
        Capacity.BY_ORDER, title_of(post), name, leader, deputy_of, acting=post.is_acting
    )


def _collective(post: Post, capacity: str) -> Signature:
    deputy_of = _head_of(post) if capacity == Capacity.DEPUTY else ""
    acting = capacity == Capacity.ACTING
    name = post.user.full_name
    return Signature(Capacity.COLLECTIVE, title_of(post), name, COMMITTEE, deputy_of, acting)


def title_of(post: Post) -> str:
    """Return the title as it stands above a name: without the agency's name, which is in the head
    ("Trưởng phòng" of "Trưởng phòng Nội vụ", "Chủ tịch" of "Chủ tịch UBND").
    """
    return _bare(post.title.name, post.agency)


def _head_of(post: Post) -> str:
    head = post.title.head_title
    if head is not None:
        return _bare(head.name, post.agency)
    return title_of(post).removeprefix("Phó ")


def _bare(title: str, agency: Agency) -> str:
    own = " ".join(agency.name.split()[1:])
    bare = title.removesuffix(f" {own}") if own else title
    return bare.removesuffix(" UBND")


def _own_capacity(post: Post) -> Capacity:
    if post.title.is_deputy:
        return Capacity.DEPUTY
    return Capacity.ACTING if post.is_acting else Capacity.OWN
