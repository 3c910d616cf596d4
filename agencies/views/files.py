"""Downloads: every file goes through its thing's `visible_to` (rule 2.4)."""

from uuid import UUID

from django.http import FileResponse, HttpRequest
from django.shortcuts import get_object_or_404

from agencies.models import Attachment


def attachment(request: HttpRequest, public_id: UUID) -> FileResponse:
    """Hand out one file as a download, or 404 when its thing is not this actor's to see."""
    wanted = Attachment.objects.filter(public_id=public_id)
    found = get_object_or_404(wanted.visible_to(request.actor))
    return FileResponse(
        found.file.open("rb"),
        as_attachment=True,
        filename=found.name,
        content_type=found.content_type,
    )
