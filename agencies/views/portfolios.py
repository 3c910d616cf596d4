"""What each leader looks after: one page for all, a form for each (section 2)."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _

from agencies.deadlines import local_day
from agencies.forms import PortfolioForm
from agencies.functions import Function
from agencies.models import Post
from agencies.navigation import has_rows
from agencies.portfolios import Portfolios, may_share, share
from agencies.posting import try_form


def portfolios(request: HttpRequest) -> HttpResponse:
    """Show who looks after what, what nobody does and what several do."""
    if not (has_rows(request.actor) or may_share(request.actor)):
        raise Http404
    found = Portfolios(local_day(request.at))
    context = {"portfolios": found, "may_share": may_share(request.actor)}
    return render(request, "agencies/portfolios.html", context)


def portfolio(request: HttpRequest, pk: int) -> HttpResponse:
    """Write what one leader looks after."""
    if not may_share(request.actor):
        raise Http404
    day = local_day(request.at)
    leaders = Post.objects.held_on(day).with_function(Function.LEADER).for_display()
    leader = get_object_or_404(leaders, pk=pk)
    form = PortfolioForm(request.POST or None, leader=leader, day=day)
    answer, status = try_form(
        request,
        form,
        lambda: share(leader, request.actor, request.at, **form.cleaned_data),
        done=_("The portfolio is saved."),
        to=reverse("portfolios"),
    )
    if answer is not None:
        return answer
    context = {"leader": leader, "form": form}
    return render(request, "agencies/portfolio.html", context, status=status)
