"""Addresses of this floor."""

from django.urls import path

from tasks.views import (
    campaign_entry,
    campaign_marks,
    campaigns,
    corrections,
    directives,
    importing,
    review,
    spot_checks,
    tasks,
)

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
    path("campaigns/", campaigns.campaigns, name="campaigns"),
    path("campaigns/new/", campaigns.campaign_new, name="campaign_new"),
    path("campaigns/marks/", campaign_marks.campaign_marks, name="campaign_marks"),
    path("campaigns/marks/<int:pk>/", campaign_marks.campaign_mark, name="campaign_mark"),
    path("campaigns/<slug:code>/", campaigns.campaign, name="campaign"),
    path("campaigns/<slug:code>/edit/", campaigns.campaign_edit, name="campaign_edit"),
    path("campaigns/<slug:code>/act/", campaigns.campaign_act, name="campaign_act"),
    path(
        "campaigns/<slug:code>/agencies/<slug:agency>/",
        campaign_entry.campaign_entry,
        name="campaign_entry",
    ),
    path(
        "campaigns/<slug:code>/agencies/<slug:agency>/marks/new/",
        campaign_entry.campaign_mark_new,
        name="campaign_mark_new",
    ),
    path("spot-checks/", spot_checks.spot_checks, name="spot_checks"),
    path("spot-checks/new/", spot_checks.spot_check_new, name="spot_check_new"),
    path("spot-checks/<slug:code>/", spot_checks.spot_check, name="spot_check"),
    path(
        "spot-checks/<slug:code>/tasks/<int:pk>/",
        spot_checks.spot_check_item,
        name="spot_check_item",
    ),
    path("tasks/", tasks.tasks, name="tasks"),
    path("tasks/new/", tasks.task_new, name="task_new"),
    path("tasks/<slug:code>/", tasks.task, name="task"),
    path("tasks/<slug:code>/<slug:act>/", tasks.task_act, name="task_act"),
]
