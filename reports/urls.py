"""Addresses of the top floor."""

from django.urls import path

from reports.views import cases, commendations, home, reports, search

urlpatterns = [
    path("", home.home, name="home"),
    path("dashboard/", home.dashboard, name="dashboard"),
    path(
        "dashboard/acknowledgements/",
        home.acknowledgements_overdue,
        name="acknowledgements_overdue",
    ),
    path("dashboard/agencies/<slug:code>/", home.agency_dashboard, name="agency_dashboard"),
    path("my-work/", home.my_work, name="my_work"),
    path("search/", search.search, name="search"),
    path("reports/", reports.reports, name="reports"),
    path("reports/<int:pk>/", reports.report, name="report"),
    path("reports/<int:pk>/rows/", reports.report_rows, name="report_rows"),
    path("reports/<int:pk>/edit/", reports.report_edit, name="report_edit"),
    path("reports/<int:pk>/approve/", reports.report_approve, name="report_approve"),
    path("reports/<int:pk>/docx/", reports.report_docx, name="report_docx"),
    path("cases/", cases.cases, name="cases"),
    path("cases/draft/", cases.cases_draft, name="cases_draft"),
    path("cases/new/", cases.case_new, name="case_new"),
    path("cases/<slug:code>/", cases.case, name="case"),
    path("cases/<slug:code>/do/<slug:act>/", cases.case_act, name="case_act"),
    path("cases/<slug:code>/papers/<slug:kind>/", cases.case_docx, name="case_docx"),
    path("commendations/", commendations.commendations, name="commendations"),
    path("commendations/new/", commendations.commendation_new, name="commendation_new"),
    path("commendations/<slug:code>/", commendations.commendation, name="commendation"),
    path(
        "commendations/<slug:code>/do/<slug:act>/",
        commendations.commendation_act,
        name="commendation_act",
    ),
    path(
        "commendations/<slug:code>/docx/",
        commendations.commendation_docx,
        name="commendation_docx",
    ),
]
