"""Addresses of this floor."""

from django.urls import path

from tasks.views import corrections, directives, importing, review, tasks

urlpatterns = [
    path("directives/", directives.directives, name="directives"),
    path("directives/new/", directives.directive_new, name="directive_new"),
    path("directives/<int:pk>/", directives.directive, name="directive"),
    path("directives/<int:pk>/edit/", directives.directive_edit, name="directive_edit"),
    path("directives/<int:pk>/correct/", corrections.directive_correct, name="directive_correct"),
    path("directives/<int:pk>/return/", corrections.directive_return, name="directive_return"),
    path("directives/<int:pk>/review/", review.directive_review, name="directive_review"),
    path("directives/<int:pk>/approve/", review.directive_approve, name="directive_approve"),
    path("directives/<int:pk>/proposals/new/", review.proposal_new, name="proposal_new"),
    path("directives/<int:pk>/proposals/<int:proposal_pk>/", review.proposal, name="proposal"),
    path(
        "directives/<int:pk>/proposals/<int:proposal_pk>/act/",
        review.proposal_act,
        name="proposal_act",
    ),
    path(
        "directives/<int:pk>/proposals/<int:proposal_pk>/split/",
        review.proposal_split,
        name="proposal_split",
    ),
    path("acknowledgements/<int:pk>/", directives.acknowledge, name="acknowledge"),
    path("imports/", importing.imports, name="imports"),
    path("imports/new/", importing.import_new, name="import_new"),
    path("imports/<slug:code>/", importing.import_page, name="import"),
    path("imports/<slug:code>/columns/", importing.import_columns, name="import_columns"),
    path("imports/<slug:code>/act/", importing.import_act, name="import_act"),
    path("imports/<slug:code>/rows/<int:number>/", importing.import_row, name="import_row"),
    path("tasks/", tasks.tasks, name="tasks"),
    path("tasks/new/", tasks.task_new, name="task_new"),
    path("tasks/<slug:code>/", tasks.task, name="task"),
    path("tasks/<slug:code>/<slug:act>/", tasks.task_act, name="task_act"),
]
