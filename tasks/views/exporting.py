"""Downloads: the list as a workbook, the files of a task as one archive."""

from django.http import FileResponse, HttpRequest, StreamingHttpResponse
from django.shortcuts import get_object_or_404
from django.utils.http import content_disposition_header

from agencies.deadlines import local_day
from agencies.files import SHEET
from agencies.models import Attachment
from agencies.zipped import zipped
from tasks.export import export
from tasks.models import Message, Obstacle, Task
from tasks.task_list import listed


def tasks_export(request: HttpRequest) -> FileResponse:
    """Hand out the rows a list's address finds as a workbook, those of the page (rule 2.4)."""
    found = listed(request.GET, request.actor, request.at)
    group = request.GET.get("parent", "")
    name = f"{group or 'nhiem-vu'}-{local_day(request.at):%Y-%m-%d}.xlsx"
    return FileResponse(export(found), as_attachment=True, filename=name, content_type=SHEET)


def task_files(request: HttpRequest, code: str) -> StreamingHttpResponse:
    """Hand out every file of a task that the reader may open, as one .zip."""
    task = get_object_or_404(Task.objects.visible_to(request.actor), code=code)
    files = _files(task, request.actor)
    answer = StreamingHttpResponse(zipped(files), content_type="application/zip")
    answer["Content-Disposition"] = content_disposition_header(True, f"{task.code}.zip")
    return answer


def _files(task: Task, actor) -> list[Attachment]:
    """Return the task's own files and those of its messages and difficulties, oldest first."""
    things = [task]
    for kind in (Message, Obstacle):
        things += kind.objects.visible_to(actor).filter(task=task)
    found = [file for thing in things for file in Attachment.objects.of(thing)]
    return sorted(found, key=lambda file: (file.uploaded_at, file.pk))
