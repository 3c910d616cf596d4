"""Addresses of the top floor."""

from django.urls import path

from reports.views import (
    cases,
    commendations,
    home,
    report_asking,
    report_writing,
    reports,
    search,
)

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
    path("reports/new/", report_asking.new, name="report_new"),
    path("reports/asked/<int:pk>/", report_asking.asked, name="report_request"),
    path("reports/<int:pk>/edit/", report_writing.edit, name="report_edit"),
    path("reports/<int:pk>/approve/", report_writing.approval, name="report_approve"),
    path("reports/<int:pk>/docx/", report_writing.docx, name="report_docx"),
    path("reports/<int:pk>/xlsx/", report_writing.xlsx, name="report_xlsx"),
    path("reports/<int:pk>/upward/", report_writing.upward, name="report_upward"),
    path("reports/<int:pk>/upward/draft/", report_writing.draft, name="report_upward_draft"),
    path(
        "reports/<int:pk>/upward/edit/",
        report_writing.edit,
        {"upward": True},
        name="report_upward_edit",
    ),
    path(
        "reports/<int:pk>/upward/approve/",
        report_writing.approval,
        {"upward": True},
        name="report_upward_approve",
    ),
    path(
        "reports/<int:pk>/upward/docx/",
        report_writing.docx,
        {"upward": True},
        name="report_upward_docx",
    ),
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
