"""Pages of tasks."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from tasks.models import Task


def tasks(request: HttpRequest) -> HttpResponse:
    """List tasks."""
    rows = Task.objects.visible_to(request.actor).now()
    return render(request, "tasks/tasks.html", {"rows": rows})


def task(request: HttpRequest, code: str) -> HttpResponse:
    """Show one task."""
    found = get_object_or_404(Task.objects.visible_to(request.actor), code=code)
    return render(request, "tasks/task.html", {"task": found})


def task_act(request: HttpRequest, code: str, act: str) -> HttpResponse:
    """Do one act on a task."""
    return task(request, code)


def task_new(request: HttpRequest) -> HttpResponse:
    """Assign a task without a directive."""
    return tasks(request)
