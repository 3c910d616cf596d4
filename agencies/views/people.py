"""Logging in, choosing the acting post, and the phone's page of everything else."""

from django.conf import settings
from django.contrib.auth import views as auth
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse_lazy
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

from agencies.models import Post


class LogIn(auth.LoginView):
    """The log-in page; a demonstration lists its accounts on it, a production start never."""

    redirect_authenticated_user = True

    def get_context_data(self, **kwargs) -> dict:
        """Add the demonstration's accounts."""
        if settings.DEMONSTRATION:
            kwargs["demonstration_accounts"] = demonstration_accounts()
        return super().get_context_data(**kwargs)


class ChangePassword(auth.PasswordChangeView):
    """One's own password; a temporary one given by the administrator ends here."""

    success_url = reverse_lazy("password_change_done")

    def form_valid(self, form) -> HttpResponse:
        """Save the new password and drop the duty to change it."""
        self.request.user.must_change_password = False
        return super().form_valid(form)


def demonstration_accounts() -> list[dict]:
    """Return the accounts of the demonstration, one a person, as the log-in page shows them."""
    posts = Post.objects.filter(ends_on__isnull=True, user__is_active=True).for_display()
    posts = posts.filter(user__username__in=settings.DEMONSTRATION_ACCOUNTS)
    by_user = {post.user.username: post for post in posts.order_by("-pk")}
    return [
        {
            "username": username,
            "password": settings.DEMONSTRATION_PASSWORD,
            "full_name": by_user[username].user.full_name,
            "title": by_user[username].words,
        }
        for username in settings.DEMONSTRATION_ACCOUNTS
        if username in by_user
    ]


@require_POST
def acting(request: HttpRequest) -> HttpResponse:
    """Choose the acting post for the pages to come (rule 2.1)."""
    request.session["acting"] = request.POST.get("acting", "")
    wanted = request.POST.get("next", "")
    if not url_has_allowed_host_and_scheme(wanted, {request.get_host()}, request.is_secure()):
        wanted = settings.LOGIN_REDIRECT_URL
    return HttpResponseRedirect(wanted if wanted.startswith("/") else reverse_lazy(wanted))


def more(request: HttpRequest) -> HttpResponse:
    """Show, on a phone, what the rail and the account menu hold."""
    return render(request, "agencies/more.html")
