"""The bell: what happened that concerns me."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from agencies.models import Notice

PAGE = 30


def notices(request: HttpRequest) -> HttpResponse:
    """List the actor's notices, newest first; `?unread=1` narrows to the unread."""
    own = Notice.objects.visible_to(request.actor).in_application().select_related("event")
    unread = own.unread().count()
    shown = own.unread() if request.GET.get("unread") else own
    page = Paginator(shown.order_by("-created_at", "-id"), PAGE).get_page(request.GET.get("page"))
    return render(request, "agencies/notices.html", {"page": page, "unread": unread})


@require_POST
def notice_open(request: HttpRequest, pk: int) -> HttpResponse:
    """Mark one notice as read and go to its thing."""
    notice = get_object_or_404(
        Notice.objects.visible_to(request.actor).in_application().select_related("event"), pk=pk
    )
    Notice.objects.filter(pk=notice.pk, read_at__isnull=True).update(read_at=request.at)
    return HttpResponseRedirect(notice.url or reverse("notices"))


@require_POST
def notices_read(request: HttpRequest) -> HttpResponse:
    """Mark all of one's notices as read."""
    Notice.objects.filter(
        person=request.user,
        channel=Notice.Channel.APP,
        read_at__isnull=True,
        created_at__lte=request.at,
    ).update(read_at=request.at)
    return HttpResponseRedirect(reverse("notices"))
