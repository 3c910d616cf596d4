"""Addresses of the ground floor."""

from django.contrib.auth import views as auth
from django.urls import path

from agencies.views import (
    delegations,
    directory,
    files,
    notices,
    papers,
    people,
    portfolios,
    registers,
    reorganisation,
    system,
)

urlpatterns = [
    path("login/", people.LogIn.as_view(), name="login"),
    path("logout/", auth.LogoutView.as_view(), name="logout"),
    path("password/", people.ChangePassword.as_view(), name="password_change"),
    path("password/done/", auth.PasswordChangeDoneView.as_view(), name="password_change_done"),
    path("acting/", people.acting, name="acting"),
    path("more/", people.more, name="more"),
    path("notices/", notices.notices, name="notices"),
    path("notices/choices/", notices.notice_choices, name="notice_choices"),
    path("notices/read/", notices.notices_read, name="notices_read"),
    path("notices/<int:pk>/", notices.notice_open, name="notice"),
    path("files/<uuid:public_id>/", files.attachment, name="attachment"),
    path("agencies/", directory.directory, name="directory"),
    path("agencies/<slug:code>/", directory.agency, name="agency"),
    path("agencies/<slug:code>/register/", registers.register, name="agency_register"),
    path("agencies/<slug:code>/regulations/new/", registers.regulation_new, name="regulation_new"),
    path("agencies/<slug:code>/close/", reorganisation.agency_close, name="agency_close"),
    path("reorganisation/", reorganisation.reorganisations, name="reorganisations"),
    path("reorganisation/<slug:code>/", reorganisation.reorganisation, name="reorganisation"),
    path(
        "reorganisation/<slug:code>/undo/",
        reorganisation.reorganisation_undo,
        name="reorganisation_undo",
    ),
    path("portfolios/", portfolios.portfolios, name="portfolios"),
    path("portfolios/<int:pk>/", portfolios.portfolio, name="portfolio"),
    path("delegations/", delegations.delegations, name="delegations"),
    path("delegations/new/", delegations.delegation_new, name="delegation_new"),
    path("delegations/<int:pk>/end/", delegations.delegation_end, name="delegation_end"),
    path("papers/", papers.papers, name="papers"),
    path("papers/<int:pk>/", papers.paper, name="paper"),
    path("papers/<int:pk>/<slug:act>/", papers.paper_act, name="paper_act"),
    path("system/calendar/", system.calendar, name="calendar"),
    path("system/calendar/<slug:act>/", system.calendar_act, name="calendar_act"),
    path("system/settings/", system.settings, name="settings"),
    path("system/settings/<slug:code>/", system.setting, name="setting"),
    path("system/jobs/", system.jobs, name="jobs"),
    path("system/jobs/<int:pk>/resend/", system.mail_resend, name="mail_resend"),
    path("system/accounts/", system.accounts, name="accounts"),
    path("system/accounts/<int:pk>/password/", system.password_reset, name="password_reset"),
]
