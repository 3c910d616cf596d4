"""The papers of a consultation as .docx files: its letter, its result sheet, its comments."""

from collections.abc import Callable
from datetime import datetime

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404

from agencies.files import handed_out
from agencies.notices import mark_read
from consultations.models import Consultation
from consultations.papers import facts_asked, letter_docx, result_docx, settled_docx

PAPERS: dict[str, tuple[str, Callable[[Consultation, datetime], bytes]]] = {
    "letter": ("cong-van-xin-y-kien", lambda found, at: letter_docx(facts_asked(found))),
    "result": ("phieu-tong-hop-ket-qua", result_docx),
    "settled": ("tong-hop-tiep-thu-giai-trinh", settled_docx),
}


def consultation_paper(request: HttpRequest, code: str, paper: str) -> HttpResponse:
    """Hand out one paper. Whoever is asked reads the letter; what tells of every line only who
    sees them all: the requester, the Office and leaders, everybody concerned once it is closed.
    """
    found = get_object_or_404(
        Consultation.objects.visible_to(request.actor).select_related(
            "requester", "asked_by__user", "asked_by__title__head_title", "asked_by__agency",
            "letter__signed_by__user", "letter__signed_by__title__head_title", "previous__letter",
            "letter__signed_by__agency", "task__directive__kind", "task__directive__issuer",
        ),
        code=code,
    )  # fmt: skip
    if paper not in PAPERS or (paper != "letter" and not sees_every_line(found, request)):
        raise Http404
    mark_read(request.user, request.at, found)
    name, make = PAPERS[paper]
    return handed_out(make(found, request.at), f"{name}-{found.code}.docx")


def sees_every_line(found: Consultation, request: HttpRequest) -> bool:
    """Whether the reader sees every agency's line (rule 2.4)."""
    if request.actor.sees_everything or found.requester_id == request.actor.agency_id:
        return True
    return Consultation.objects.filter(pk=found.pk).closed(request.at).exists()
