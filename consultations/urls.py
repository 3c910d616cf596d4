"""Addresses of this floor."""

from django.urls import path

from consultations import views

urlpatterns = [
    path("consultations/", views.consultations, name="consultations"),
    path("consultations/new/", views.new, name="consultation_new"),
    path("signs/", views.signs, name="consultation_signs"),
    path("signs/export/", views.signs_export, name="consultation_signs_export"),
    path("consultations/<slug:code>/", views.consultation, name="consultation"),
    path(
        "consultations/<slug:code>/timeline/",
        views.consultation_timeline,
        name="consultation_timeline",
    ),
    path(
        "consultations/<slug:code>/papers/<slug:paper>/",
        views.consultation_paper,
        name="consultation_paper",
    ),
    path("consultations/<slug:code>/<slug:act>/", views.round_act, name="round_act"),
    path("opinions/<int:pk>/acts/<slug:act>/", views.line_act, name="line_act"),
    path("entries/<slug:key>/confirm/", views.paper_confirm, name="paper_confirm"),
    path("dossiers/", views.dossiers, name="dossiers"),
    path("dossiers/new/", views.dossier_new, name="dossier_new"),
    path("dossiers/<slug:code>/edit/", views.dossier_edit, name="dossier_edit"),
    path("dossiers/<slug:code>/draft/", views.dossier_draft, name="dossier_draft"),
    path("dossiers/<slug:code>/acts/<slug:act>/", views.dossier_act, name="dossier_act"),
    path("dossiers/<slug:code>/", views.dossier, name="dossier"),
    path("opinions/<int:pk>/answer/", views.answer, name="opinion_answer"),
]
