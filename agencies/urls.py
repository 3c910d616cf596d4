"""Addresses of the ground floor."""

from django.contrib.auth import views as auth
from django.urls import path

from agencies.views import files, notices, people

urlpatterns = [
    path("login/", people.LogIn.as_view(), name="login"),
    path("logout/", auth.LogoutView.as_view(), name="logout"),
    path("password/", people.ChangePassword.as_view(), name="password_change"),
    path("password/done/", auth.PasswordChangeDoneView.as_view(), name="password_change_done"),
    path("acting/", people.acting, name="acting"),
    path("more/", people.more, name="more"),
    path("notices/", notices.notices, name="notices"),
    path("notices/read/", notices.notices_read, name="notices_read"),
    path("notices/<int:pk>/", notices.notice_open, name="notice"),
    path("files/<uuid:public_id>/", files.attachment, name="attachment"),
]
