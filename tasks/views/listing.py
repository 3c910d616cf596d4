"""The list of tasks, and the answers that are given in one of its rows."""

from django.core.paginator import Page, Paginator
from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.urls import reverse

from agencies.as_of import AsOf
from tasks import lifecycle
from tasks.acts import Act
from tasks.judgement import Judgement
from tasks.models import Task
from tasks.questions import TaskQuerySet
from tasks.task_list import Listed, listed
from tasks.together import offers
from tasks.urging.table import prepares
from tasks.verifying import report_rows

PAGE, REPORTS_A_PAGE = 50, 20


def tasks(request: HttpRequest) -> HttpResponse:
    """List the tasks the actor may see, as the address narrows them (tasks.task_list)."""
    found = listed(request.GET, request.actor, request.at)
    decides = found.decides_reports and (request.actor.is_office or request.actor.is_leader)
    page = _page(request, found, REPORTS_A_PAGE if decides else PAGE)
    offered = offers(page, request.actor, request.at) if found.as_of is None else []
    context = {
        "listed": found,
        "as_of": AsOf.read(request.GET, request.at),
        "filter": found.filter,
        "page": page,
        "offers": offered,
        "choosable": frozenset().union(*(offer.tasks for offer in offered)),
        "report_rows": report_rows(page, request.actor, request.at) if decides else [],
        "judgement": found.judgement,
        "may_urge": found.as_of is None and prepares(request.actor),
        "may_assign": found.as_of is None and lifecycle.may_assign(request.actor),
    }
    return render(request, "tasks/tasks.html", context)


def _page(request: HttpRequest, found: Listed, size: int) -> Page:
    """Return the page asked for, its rows read along with what acts ask."""
    page = Paginator(with_acts(found.rows), size).get_page(request.GET.get("page"))
    page.object_list = list(page.object_list)
    return page


def with_acts(rows: TaskQuerySet) -> TaskQuerySet:
    """Read the rows of a list along with what the table of acts asks of them."""
    return rows.for_acts().with_extensions().select_related("competence", "supervisor__user")


def list_address(request: HttpRequest) -> str:
    """Return the list a form was sent from, if it came from one; never another site's address."""
    address = request.POST.get("next", "") or request.GET.get("next", "")
    return address if address.startswith(f"{reverse('tasks')}?") else ""


def answer_in_row(
    request: HttpRequest, task: Task, act: Act, form: BaseForm | None, status: int
) -> HttpResponse:
    """Answer in the row of the list an act was done from: done, or refused with its form."""
    address, is_done = list_address(request), status == 200
    rows = with_acts(Task.objects.visible_to(request.actor).now().filter(pk=task.pk))
    fresh = rows.select_related("lead", "assigned_by", "directive__kind").get()
    context = {
        "row": report_rows([fresh], request.actor, request.at)[0],
        "act": act,
        "form": form,
        "is_done": is_done,
        "list_address": address,
        "listed": listed(QueryDict(address.partition("?")[2]), request.actor, request.at),
        "judgement": Judgement.at(request.at),
    }
    return render(request, "tasks/_report_row.html", context, status=status)
