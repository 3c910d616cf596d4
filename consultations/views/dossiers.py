"""Pages of dossiers: the list, a new one, one with its acts (domain 7)."""

from itertools import pairwise

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _

from agencies.as_of import AsOf
from agencies.deadlines import local_day
from agencies.differences import Difference, of_form
from agencies.listing import sorted_rows
from agencies.models import Attachment, CalendarDay, Event
from agencies.notices import mark_read
from agencies.posting import CONFLICT, noting, try_act, try_form, try_row
from agencies.refusals import Refused
from consultations.acts import DOSSIER_ACTS, Act, DossierCase, available
from consultations.acts.permits import PREPARES
from consultations.blocking import blocks
from consultations.dossier_list import SORTS, DossierFilter
from consultations.dossier_times import working_days_with
from consultations.forms.acts import ActForm
from consultations.forms.dossiers import FORMS, HeadingForm, SubmitForm
from consultations.lifecycle import dossiers as acts
from consultations.lifecycle.preparing import begin_dossier, edit_dossier, save_dossier_draft
from consultations.models import HOLDER, Dossier, DossierDraft, DossierVersion

PAGE_SIZE = 30
PILLS = {
    Dossier.State.DRAFT: "track",
    Dossier.State.SUBMITTED: "waiting",
    Dossier.State.PASSED: "waiting",
    Dossier.State.RETURNED: "late",
    Dossier.State.REDO: "late",
    Dossier.State.APPROVED: "track",
}
# The function of an act that does not bear its code.
FUNCTIONS = {"withdraw": acts.withdraw_dossier}


def dossiers(request: HttpRequest) -> HttpResponse:
    """List the dossiers the actor may see."""
    as_of = AsOf.read(request.GET, request.at)
    visible = Dossier.objects.visible_to(request.actor).standing(as_of.past)
    if as_of.day and request.actor.sees_everything:
        visible = visible.exclude(~Q(agency=request.actor.agency_id), state_then="draft")
    rows = visible.select_related("agency", "leader__user")
    narrowed = DossierFilter(request.GET, rows, day=local_day(as_of.at))
    ordered = sorted_rows(narrowed.qs, SORTS, request.GET.get("sort", ""), "-drafted")
    page = Paginator(ordered, PAGE_SIZE).get_page(request.GET.get("page"))
    for row in page:
        row.state = row.state_then
        row.pill = PILLS.get(row.state, "done")
    may_begin = _prepares(request) and not as_of.day
    context = {"filter": narrowed, "page": page, "may_begin": may_begin, "as_of": as_of}
    return render(request, "consultations/dossiers.html", context)


def dossier_new(request: HttpRequest) -> HttpResponse:
    """Open a dossier of one's own agency."""
    if not _prepares(request):
        raise Http404
    given = {"actor": request.actor, "at": request.at}
    form = HeadingForm(request.POST or None, initial={"recipient": "chair"}, **given)
    answer, status = try_form(
        request,
        form,
        lambda: begin_dossier(request.actor, request.at, **form.facts()),
        done=_("The dossier is opened."),
    )
    if answer is not None:
        return answer
    return render(request, "consultations/dossier_heading.html", {"form": form}, status=status)


def dossier_edit(request: HttpRequest, code: str) -> HttpResponse:
    """Change the heading and the links while the dossier lies with the agency."""
    found = _visible(request, code)
    if found.agency_id != request.actor.agency_id or HOLDER.get(found.state) != "agency":
        raise Http404
    form = _heading_form(request, found)
    answer, status = try_form(
        request,
        form,
        lambda: edit_dossier(
            found, request.actor, request.at, version=form.cleaned_data["version"], **form.facts()
        ),
        done=_("The dossier is saved."),
    )
    if answer is not None:
        return answer
    context = {"form": form, "dossier": found}
    return render(request, "consultations/dossier_heading.html", context, status=status)


def dossier(request: HttpRequest, code: str) -> HttpResponse:
    """Show one dossier: what stands against it, what comes next, its versions, its story."""
    found = _visible(request, code)
    mark_read(request.user, request.at, page=request.path)
    case = DossierCase(request.actor, request.at, found)
    possible = available(DOSSIER_ACTS.values(), case)
    versions = found.versions.select_related(
        "post__user", "post__title", "event", "returned__reason", "decision__post__user"
    ).prefetch_related("event__files", "checks__item")
    days = working_days_with(found.state_rows.all(), CalendarDay.objects.calendar(), request.at)
    found.pill = PILLS.get(found.state, "done")
    shown = _with_differences(list(versions.order_by("-number")))
    context = {
        "dossier": found,
        "acts": _in_order(possible, shown),
        "is_mine": found.agency_id == request.actor.agency_id,
        "may_edit": _has_at_hand(request, found),
        "may_prepare": _has_at_hand(request, found) and DOSSIER_ACTS["submit"] not in possible,
        "blocks": blocks(found, request.at) if HOLDER.get(found.state) == "agency" else [],
        "versions": shown,
        "consultations": found.consultations.select_related("requester"),
        "tasks": found.tasks.select_related("lead"),
        "let_through": found.let_through.select_related("opinion__agency", "let_by__user"),
        "days": dict(days),
        "files": Attachment.objects.of(found),
        "events": Event.objects.of(found).for_timeline(),
    }
    return render(request, "consultations/dossier.html", context)


def _in_order(possible: list[Act], versions: list[DossierVersion]) -> list[Act]:
    """Return the acts, first what the check of the newest version speaks for (rule 7.2)."""
    checks = list(versions[0].checks.all()) if versions else []
    if not checks:
        return possible
    ahead = "pass_on" if all(check.is_met for check in checks) else "give_back"
    return sorted(possible, key=lambda act: {ahead: 0, "check": 2}.get(act.code, 1))


def _with_differences(versions: list[DossierVersion]) -> list[DossierVersion]:
    """Lay beside each version what differs from the one before it; the newest comes first."""
    for newer, older in pairwise(versions):
        fields = [newer._meta.get_field(name) for name in ("text", "proposal")]
        found = [
            Difference(
                str(field.verbose_name), getattr(older, field.name), getattr(newer, field.name)
            )
            for field in fields
        ]
        newer.before = older
        newer.differences = [one for one in found if one.old != one.new]
    return versions


def dossier_draft(request: HttpRequest, code: str) -> HttpResponse:
    """Prepare the next submission: staff write it, the head sends it (rules 6.5, 7.1)."""
    found = _visible(request, code)
    if not _has_at_hand(request, found):
        raise Http404
    row, case = DOSSIER_ACTS["submit"], DossierCase(request.actor, request.at, found)
    if request.method != "POST":
        return _act_page(request, row, found, SubmitForm(case=case))
    content, version = SubmitForm(request.POST, case=case).draft()
    refused: list[Refused] = []
    saved = try_act(
        request,
        noting(
            refused,
            lambda: save_dossier_draft(
                found, request.actor, request.at, content=content, version=version
            ),
        ),
        done=_("The draft is saved. A draft is not a submission."),
        to=request.path,
    )
    if saved is not None:
        return saved
    stored = DossierDraft.objects.filter(dossier=found).first()
    form = SubmitForm(case=case, initial=content | {"version": stored.version if stored else 0})
    form.differences = of_form(form, getattr(refused[0], "differences", ()))
    return _act_page(request, row, found, form, CONFLICT)


def dossier_act(request: HttpRequest, code: str, act: str) -> HttpResponse:
    """Show the form of one act, and do it when posted."""
    if act not in DOSSIER_ACTS:
        raise Http404
    found, row = _visible(request, code), DOSSIER_ACTS[act]
    case = DossierCase(request.actor, request.at, found)
    refusal = row.refusal(case)
    if refusal is not None and request.method == "POST":
        messages.error(request, refusal.message)
        return _act_page(request, row, found, ActForm(request.POST, case=case), CONFLICT)
    do = FUNCTIONS.get(act) or getattr(acts, act)
    answer, form, status = try_row(
        request, row, case, found, FORMS[act],
        lambda form: do(found, request.actor, request.at, **form.facts()),
        to=found.get_absolute_url(),
    )  # fmt: skip
    return answer or _act_page(request, row, found, form, status)


def _act_page(
    request: HttpRequest, row: Act, found: Dossier, form: ActForm, status: int = 200
) -> HttpResponse:
    case = DossierCase(request.actor, request.at, found)
    context = {
        "may_do": row.refusal(case) is None,
        "draft": DossierDraft.objects.select_related("saved_by__user").filter(dossier=found).first()
        if row.code == "submit"
        else None,
        "act": row,
        "dossier": found,
        "form": form,
        "blocks": blocks(found, request.at) if row.code == "submit" else [],
        "last": found.versions.last(),
    }
    return render(request, "consultations/dossier_act.html", context, status=status)


def _visible(request: HttpRequest, code: str) -> Dossier:
    rows = Dossier.objects.visible_to(request.actor).select_related(
        "agency", "leader__user", "leader__title", "competence"
    )
    return get_object_or_404(rows, code=code)


def _prepares(request: HttpRequest) -> bool:
    """Whether the actor prepares dossiers of an agency."""
    return request.actor.agency_id is not None and request.actor.has(*PREPARES)


def _has_at_hand(request: HttpRequest, found: Dossier) -> bool:
    """Whether the dossier lies with the actor's agency and the actor prepares there."""
    own = found.agency_id == request.actor.agency_id
    return own and HOLDER.get(found.state) == "agency" and _prepares(request)


def _heading_form(request: HttpRequest, found: Dossier) -> HeadingForm:
    initial = {
        "version": found.version,
        "title": found.title,
        "recipient": found.recipient,
        "leader": found.leader_id,
        "competence": found.competence_id,
        "tasks": list(found.tasks.values_list("pk", flat=True)),
        "consultations": list(found.consultations.values_list("pk", flat=True)),
    }
    given = {"actor": request.actor, "at": request.at, "dossier": found}
    return HeadingForm(request.POST or None, initial=initial, **given)
