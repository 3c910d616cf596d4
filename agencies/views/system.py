"""The system administrator's pages: calendar, settings, jobs and mail, accounts."""

from collections.abc import Callable
from datetime import datetime
from functools import wraps

from django.contrib import messages
from django.core.paginator import Paginator
from django.db import models
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.debug import sensitive_variables
from django.views.decorators.http import require_POST

from agencies import holidays_calendar, system
from agencies.acting import Actor
from agencies.administering import administers
from agencies.deadlines import local_day, local_midnight
from agencies.fold import fold
from agencies.forms import CalendarDayForm, SettingForm, WithdrawDayForm
from agencies.heartbeats import names_of_jobs
from agencies.listing import sorted_rows
from agencies.models import CalendarDay, Heartbeat, Notice, Post, Setting, User
from agencies.notices import resend
from agencies.posting import CONFLICT, try_act, try_form
from agencies.settings_catalogue import CATALOGUE, GROUPS


def for_administrator(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Answer 404 to everybody but the system administrator."""

    @wraps(view)
    def guarded(request: HttpRequest, *args, **kwargs) -> HttpResponse:
        if not administers(request.actor):
            raise Http404
        return view(request, *args, **kwargs)

    return guarded


@for_administrator
def calendar(request: HttpRequest) -> HttpResponse:
    """Show a year's days (`?year=`), what is proposed and which deadlines confirming would move."""
    form = CalendarDayForm(request.POST or None)
    answer, status = try_form(
        request,
        form,
        lambda: holidays_calendar.add_day(**form.cleaned_data, actor=request.actor, at=request.at),
        to=lambda row: f"{reverse('calendar')}?year={row.day.year}",
    )
    if answer is not None:
        return answer
    return _calendar_page(request, _year(request), form, status)


def _calendar_page(request: HttpRequest, year: int, form, status: int) -> HttpResponse:
    days = list(CalendarDay.objects.filter(day__year=year).select_related("confirmed_by"))
    proposed = [row for row in days if not row.confirmed_at]
    moves = holidays_calendar.moves(year, request.at) if proposed else []
    _mark_shown([move.held.thing for move in moves], request.actor)
    context = {
        "year": year,
        "days": [(row, holidays_calendar.version_of_day(row)) for row in days],
        "proposed": proposed,
        "moves": moves,
        "version": holidays_calendar.version_of_plan(proposed, moves),
        "form": form,
        "withdrawn": holidays_calendar.withdrawn_days(year),
        "warn_year": holidays_calendar.unconfirmed_next_year(request.at),
    }
    return render(request, "agencies/calendar.html", context, status=status)


def _mark_shown(things: list[models.Model], actor: Actor) -> None:
    """Mark which things' pages open for the actor: an administrator reads no content (2.4)."""
    kinds = {type(thing) for thing in things}
    shown = {
        (kind, pk)
        for kind in kinds
        for pk in kind.objects.visible_to(actor)
        .filter(pk__in=[thing.pk for thing in things if type(thing) is kind])
        .values_list("pk", flat=True)
    }
    for thing in things:
        thing.is_shown = (type(thing), thing.pk) in shown


@for_administrator
@require_POST
def calendar_act(request: HttpRequest, act: str) -> HttpResponse:
    """Propose a year, confirm its proposals, or drop one proposed day."""
    year, actor, at = _year(request), request.actor, request.at
    version = request.POST.get("version")
    acts: dict[str, Callable[[], object]] = {
        "propose": lambda: holidays_calendar.propose(year, actor, at),
        "confirm": lambda: _confirmed(request, year, version),
        "drop": lambda: holidays_calendar.drop_proposal(
            get_object_or_404(CalendarDay, pk=request.POST.get("day") or 0),
            actor, at, version=version,
        ),
    }  # fmt: skip
    if act not in acts:
        raise Http404
    answer = try_act(request, acts[act], to=f"{reverse('calendar')}?year={year}")
    return answer or _calendar_page(request, year, CalendarDayForm(), CONFLICT)


@for_administrator
def calendar_withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """Withdraw a confirmed day with a reason, the deadlines it would move listed before."""
    row = get_object_or_404(CalendarDay.objects.confirmed(), pk=pk)
    moves = holidays_calendar.moves_without(row, request.at)
    _mark_shown([move.held.thing for move in moves], request.actor)
    plan = holidays_calendar.version_of_plan([row], moves)
    form = WithdrawDayForm(request.POST or None, initial={"version": plan})
    answer, status = try_form(
        request, form, lambda: _withdrawn(request, row, **form.cleaned_data),
        to=f"{reverse('calendar')}?year={row.day.year}",
    )  # fmt: skip
    if answer is not None:
        return answer
    context = {"row": row, "moves": moves, "form": form}
    return render(request, "agencies/calendar_withdraw.html", context, status=status)


def _withdrawn(request: HttpRequest, row: CalendarDay, *, reason: str, version: str) -> int:
    moved = holidays_calendar.withdraw_day(
        row, request.actor, request.at, reason=reason, version=version
    )
    none_moved = _("%(day)s is withdrawn; no open deadline moved.")
    some_moved = ngettext(
        "%(day)s is withdrawn; %(n)d open deadline moved to a later day.",
        "%(day)s is withdrawn; %(n)d open deadlines moved to a later day.",
        moved,
    )
    messages.success(request, (some_moved if moved else none_moved) % {"day": row, "n": moved})
    return moved


def _confirmed(request: HttpRequest, year: int, version: str | None) -> int:
    """Confirm the year's proposals and say how many deadlines moved."""
    moved = holidays_calendar.confirm(year, request.actor, request.at, version=version)
    told = ngettext(
        "The calendar of %(year)s is confirmed; %(n)d open deadline moved to a later day.",
        "The calendar of %(year)s is confirmed; %(n)d open deadlines moved to a later day.",
        moved,
    )
    messages.success(request, told % {"year": year, "n": moved})
    return moved


@for_administrator
def settings(request: HttpRequest) -> HttpResponse:
    """List every setting with its value in force, source and history."""
    rows: dict[str, list[Setting]] = {}
    for row in Setting.objects.select_related("changed_by").prefetch_related("agencies"):
        rows.setdefault(row.code, []).append(row)
    groups = [
        (title, [(code, CATALOGUE[code], rows.get(code, [])) for code in codes])
        for title, codes in GROUPS
    ]
    return render(request, "agencies/settings.html", {"groups": groups})


@for_administrator
def setting(request: HttpRequest, code: str) -> HttpResponse:
    """Change one setting from a day on."""
    if code not in CATALOGUE:
        raise Http404
    form = SettingForm(request.POST or None, code=code, version=system.version_of_setting(code))
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        answer = try_act(
            request,
            lambda: system.change_setting(
                code, data["value"], data["source"], request.actor, request.at,
                effective_from=_from(data["effective_from"], request.at), version=data["version"],
            ),
            form=form,
            done=_("The setting is changed."),
            to=reverse("settings"),
        )  # fmt: skip
        if answer:
            return answer
    context = {
        "code": code,
        "definition": CATALOGUE[code],
        "form": form,
        "value": Setting.objects.value(code, request.at),
        "rows": Setting.objects.filter(code=code).select_related("changed_by"),
    }
    return render(request, "agencies/setting.html", context, status=_status(form))


@for_administrator
def jobs(request: HttpRequest) -> HttpResponse:
    """Show what each job last did and the mail nobody knows the fate of (rules 3.10, 10.2)."""
    names, beats = names_of_jobs(), Heartbeat.objects.all()
    uncertain = Notice.objects.uncertain(request.at).select_related("person")
    context = {
        "beats": [
            (names.get(beat.job, beat.job), beat, beat.is_late(request.at)) for beat in beats
        ],
        "uncertain": uncertain[:100],
        "owed": Notice.objects.owed_by_mail().count(),
        "warn_year": holidays_calendar.unconfirmed_next_year(request.at),
    }
    return render(request, "agencies/jobs.html", context)


@for_administrator
@require_POST
def mail_resend(request: HttpRequest, pk: int) -> HttpResponse:
    """Send an uncertain message again: the administrator takes the risk of a double."""
    notice = get_object_or_404(Notice.objects.uncertain(request.at), pk=pk)
    resend(notice)
    messages.success(request, _("The message goes out again."))
    return HttpResponseRedirect(reverse("jobs"))


@for_administrator
def accounts(request: HttpRequest) -> HttpResponse:
    """List accounts by given name; `?q=` narrows, without diacritics."""
    words = request.GET.get("q", "")
    people = User.objects.filter(search_text__contains=fold(words))
    people = sorted_rows(people, {"person": ("name_key",)}, request.GET.get("sort", ""), "person")
    page = Paginator(people, 30).get_page(request.GET.get("page"))
    posts: dict[int, list[Post]] = {}
    held = Post.objects.held_on(local_day(request.at)).filter(user__in=list(page.object_list))
    for post in held.for_display():
        posts.setdefault(post.user_id, []).append(post)
    rows = [(person, posts.get(person.pk, [])) for person in page]
    context = {"page": page, "rows": rows, "q": words, "total": page.paginator.count}
    return render(request, "agencies/accounts.html", context)


@for_administrator
@require_POST
@sensitive_variables("password")
def password_reset(request: HttpRequest, pk: int) -> HttpResponse:
    """Give a person a temporary password and show it once."""
    person = get_object_or_404(User, pk=pk)
    password: list[str] = []
    answer = try_act(
        request,
        lambda: password.append(system.reset_password(person, request.actor, request.at)),
        to=reverse("accounts"),
    )
    if not password:
        return answer or HttpResponseRedirect(reverse("accounts"))
    return render(
        request, "agencies/password_given.html", {"person": person, "password": password[0]}
    )


def _year(request: HttpRequest) -> int:
    wanted = request.GET.get("year") or request.POST.get("year") or ""
    this = local_day(request.at).year
    return int(wanted) if wanted.isdecimal() and 2000 <= int(wanted) <= this + 5 else this


def _from(day, at: datetime) -> datetime:
    """Today means from now on; a later day means from its beginning."""
    return at if day == local_day(at) else local_midnight(day)


def _status(form) -> int:
    if not (form.is_bound and form.errors):
        return 200
    return CONFLICT if form.non_field_errors() else 400
