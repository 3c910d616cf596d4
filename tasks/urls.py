"""Addresses of this floor."""

from django.urls import path

from tasks.views import tasks

urlpatterns = [
    path("tasks/", tasks.tasks, name="tasks"),
    path("tasks/new/", tasks.task_new, name="task_new"),
    path("tasks/<slug:code>/", tasks.task, name="task"),
    path("tasks/<slug:code>/<slug:act>/", tasks.task_act, name="task_act"),
]
