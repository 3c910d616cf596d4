"""Pages of dossiers."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from agencies.models import Attachment, Event
from consultations.acts import DOSSIER_ACTS, DossierCase, available
from consultations.blocking import blocks
from consultations.models import Dossier


def dossier(request: HttpRequest, code: str) -> HttpResponse:
    """Show one dossier: what stands against it, its versions, its story."""
    rows = Dossier.objects.visible_to(request.actor).select_related(
        "agency", "leader__user", "leader__title", "competence"
    )
    found = get_object_or_404(rows, code=code)
    case = DossierCase(request.actor, request.at, found)
    context = {
        "dossier": found,
        "acts": available(DOSSIER_ACTS.values(), case),
        "blocks": blocks(found, request.at),
        "versions": found.versions.select_related("post__user", "returned__reason", "decision"),
        "files": Attachment.objects.of(found),
        "events": Event.objects.of(found).for_timeline(),
    }
    return render(request, "consultations/dossier.html", context)
