"""The bell: what happened that concerns me, and how I want to be told."""

from itertools import groupby

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from agencies.deadlines import local_day
from agencies.delivery import Delivery
from agencies.forms import NoticeChoicesForm
from agencies.models import Notice
from agencies.notice_choices import choices_of, choose, version_of
from agencies.notice_kinds import kind_named, notice_kinds
from agencies.posting import try_form

PAGE = 30


def notices(request: HttpRequest) -> HttpResponse:
    """List the actor's notices by day, newest first; `?kind=` and `?unread=1` narrow."""
    own = Notice.objects.in_application().visible_to(request.actor)
    shown = own.select_related("event__actor", "event__post__title", "event__post__agency")
    kind = kind_named(request.GET.get("kind", ""))
    if kind is not None:
        shown = shown.filter(kind=kind.code)
    if request.GET.get("unread"):
        shown = shown.unread()
    page = Paginator(shown.order_by("-created_at", "-id"), PAGE).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "days": [(day, list(of_day)) for day, of_day in groupby(page, key=_day)],
        "today": local_day(request.at),
        "unread": own.unread().count(),
        "kinds": notice_kinds(),
        "kind": kind,
    }
    return render(request, "agencies/notices.html", context)


def _day(notice: Notice):
    return local_day(notice.created_at)


@require_safe
def notice_open(request: HttpRequest, pk: int) -> HttpResponse:
    """Mark one notice as read and go to its thing."""
    notice = get_object_or_404(
        Notice.objects.in_application().visible_to(request.actor).select_related("event"), pk=pk
    )
    Notice.objects.filter(pk=notice.pk, read_at__isnull=True).update(read_at=request.at)
    return HttpResponseRedirect(notice.url or reverse("notices"))


@require_POST
def notices_read(request: HttpRequest) -> HttpResponse:
    """Mark one's notices as read or unread: one, those ticked, or all up to now."""
    own = Notice.objects.in_application().filter(person=request.user, created_at__lte=request.at)
    one_read, one_unread = request.POST.get("read", ""), request.POST.get("unread", "")
    chosen = [one_read or one_unread] if one_read or one_unread else request.POST.getlist("notice")
    act = request.POST.get("act", "")
    if act != "all":
        own = own.filter(pk__in=[pk for pk in chosen if pk.isdecimal() and len(pk) < 19])
    if one_unread or act == "unread":
        own.filter(read_at__isnull=False).update(read_at=None)
    else:
        own.unread().update(read_at=request.at)
    query = request.GET.urlencode()
    return HttpResponseRedirect(reverse("notices") + (f"?{query}" if query else ""))


def notice_choices(request: HttpRequest) -> HttpResponse:
    """Choose, kind by kind, how to be told."""
    stored = choices_of(request.user)
    initial = stored | {"version": version_of(stored)}
    form = NoticeChoicesForm(request.POST or None, initial=initial)
    answer, status = try_form(
        request,
        form,
        lambda: choose(request.user, choices=form.choices(), version=form.cleaned_data["version"]),
        done=_("Your choices hold from now on."),
        to=reverse("notice_choices"),
    )
    if answer is not None:
        return answer
    context = {"form": form, "ways": Delivery.labels}
    return render(request, "agencies/notice_choices.html", context, status=status)
