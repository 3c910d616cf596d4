"""Pages of inspections: the list, the plan, one with its findings and acts, its minutes (9.2)."""

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _

from agencies.as_of import AsOf
from agencies.files import handed_out
from agencies.listing import sorted_rows
from agencies.models import Event
from agencies.notices import mark_read
from agencies.posting import try_form, try_row
from consultations.acts import available
from reports.inspections import holding
from reports.inspections.forms import FORMS, PlanForm
from reports.inspections.listing import (
    PILLS,
    SORTS,
    InspectionFilter,
    inspections_waiting_on,
    listed,
)
from reports.inspections.minutes import minutes_docx
from reports.inspections.table import INSPECTION_ACTS, InspectionCase, manages, may_plan
from reports.models import Inspection, InspectionMember
from tasks.models import Task

PAGE_SIZE = 30
Role = InspectionMember.Role


def inspections(request: HttpRequest) -> HttpResponse:
    """List the inspections the actor may see."""
    as_of = AsOf.read(request.GET, request.at)
    narrowed = InspectionFilter(request.GET, listed(request.actor, as_of.past))
    ordered = sorted_rows(narrowed.qs, SORTS, request.GET.get("sort", ""), "-starts")
    page = Paginator(ordered, PAGE_SIZE).get_page(request.GET.get("page"))
    for row in page:
        row.state = row.state_then
        row.pill = PILLS.get(row.state, "done")
    context = {
        "page": page,
        "filter": narrowed,
        "waiting": 0 if as_of.day else inspections_waiting_on(request.actor, request.at).count(),
        "may_plan": may_plan(request.actor) and not as_of.day,
        "as_of": as_of,
    }
    return render(request, "reports/inspections.html", context)


def inspection_new(request: HttpRequest) -> HttpResponse:
    """Plan an inspection."""
    if not may_plan(request.actor):
        raise Http404
    given = {"actor": request.actor, "at": request.at, "initial": {"kind": "planned"}}
    form = PlanForm(request.POST or None, **given)
    answer, status = try_form(
        request,
        form,
        lambda: holding.plan(request.actor, request.at, plan=form.plan()),
        done=_("The inspection is planned."),
    )
    if answer is not None:
        return answer
    return render(request, "reports/inspection_plan.html", {"form": form}, status=status)


def inspection_edit(request: HttpRequest, code: str) -> HttpResponse:
    """Change what is planned and has not begun."""
    found = _visible(request, code)
    may_edit = manages(InspectionCase(request.actor, request.at, found))
    if not may_edit or found.state != Inspection.State.PLANNED:
        raise Http404
    given = {"actor": request.actor, "at": request.at, "initial": _initial(found)}
    form = PlanForm(request.POST or None, **given)
    answer, status = try_form(
        request,
        form,
        lambda: holding.edit(
            found,
            request.actor,
            request.at,
            plan=form.plan(),
            version=form.cleaned_data["version"],
        ),
        done=_("The plan is saved."),
    )
    if answer is not None:
        return answer
    context = {"form": form, "inspection": found}
    return render(request, "reports/inspection_plan.html", context, status=status)


def inspection(request: HttpRequest, code: str) -> HttpResponse:
    """Show one inspection: team, findings, conclusion, follow-up."""
    found = _visible(request, code)
    mark_read(request.user, request.at, found)
    case = InspectionCase(request.actor, request.at, found)
    findings = found.findings.select_related("post__user", "event")
    tasks = list(found.tasks.select_related("lead"))
    seen = Task.objects.visible_to(request.actor).filter(pk__in=[task.pk for task in tasks])
    context = {
        "inspection": found,
        "pill": PILLS.get(found.state, "done"),
        "acts": available(INSPECTION_ACTS.values(), case),
        "may_edit": found.state == Inspection.State.PLANNED and manages(case),
        "team": found.team.select_related("post__user", "post__title", "post__agency"),
        "findings": findings.prefetch_related("event__files"),
        "tasks": tasks,
        "seen": set(seen.values_list("pk", flat=True)),
        "events": Event.objects.of(found).for_timeline(),
    }
    return render(request, "reports/inspection.html", context)


def inspection_act(request: HttpRequest, code: str, act: str) -> HttpResponse:
    """Show the form of one act, and do it when posted."""
    if act not in INSPECTION_ACTS:
        raise Http404
    found, row = _visible(request, code), INSPECTION_ACTS[act]
    case = InspectionCase(request.actor, request.at, found)
    answer, form, status = try_row(
        request, row, case, found, FORMS[act],
        lambda form: getattr(holding, act)(found, request.actor, request.at, **form.facts()),
        to=found.get_absolute_url(),
    )  # fmt: skip
    if answer is not None:
        return answer
    context = {"act": row, "inspection": found, "form": form}
    return render(request, "reports/inspection_act.html", context, status=status)


def inspection_docx(request: HttpRequest, code: str) -> HttpResponse:
    """Hand out the minutes as .docx."""
    found = _visible(request, code)
    return handed_out(minutes_docx(found), f"bien-ban-{found.code}.docx")


def _visible(request: HttpRequest, code: str) -> Inspection:
    rows = Inspection.objects.visible_to(request.actor).select_related("agency", "inspector")
    return get_object_or_404(rows, code=code)


def _initial(found: Inspection) -> dict:
    team: dict[str, list[int]] = {role: [] for role in Role.values}
    for post, role in found.team.values_list("post", "role"):
        team[role].append(post)
    columns = ("version", "kind", "subject", "basis", "starts_on", "ends_on")
    return {name: getattr(found, name) for name in columns} | {
        "agency": found.agency_id,
        "head": next(iter(team[Role.HEAD]), None),
        "secretary": next(iter(team[Role.SECRETARY]), None),
        "members": team[Role.MEMBER],
    }
