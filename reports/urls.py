"""Addresses of the top floor."""

from django.urls import path

from reports.views import home, reports, search

urlpatterns = [
    path("", home.home, name="home"),
    path("dashboard/", home.dashboard, name="dashboard"),
    path(
        "dashboard/acknowledgements/",
        home.acknowledgements_overdue,
        name="acknowledgements_overdue",
    ),
    path("my-work/", home.my_work, name="my_work"),
    path("search/", search.search, name="search"),
    path("reports/", reports.reports, name="reports"),
    path("reports/<int:pk>/", reports.report, name="report"),
    path("reports/<int:pk>/rows/", reports.report_rows, name="report_rows"),
    path("reports/<int:pk>/edit/", reports.report_edit, name="report_edit"),
    path("reports/<int:pk>/approve/", reports.report_approve, name="report_approve"),
    path("reports/<int:pk>/docx/", reports.report_docx, name="report_docx"),
]
