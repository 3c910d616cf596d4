"""How views answer acts: done, refused, or done before (issue 4: nothing is lost, no trace)."""

from collections.abc import Callable
from typing import Protocol

from django import forms
from django.contrib import messages
from django.db import models
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from agencies import differences
from agencies.editing import Changed
from agencies.models import AlreadyDone
from agencies.refusals import Refused

BAD_REQUEST = 400
CONFLICT = 409
CARRIED = ("version", "mark")
"""The field in which a form carries the state it was drawn from."""


class Row(Protocol):
    """A row of a table of acts, as far as its page is concerned."""

    done: str | Promise

    def refusal(self, case) -> Refused | None:
        """Return why the act may not be done in this case, or None."""


def try_act(
    request: HttpRequest,
    act: Callable[[], object],
    *,
    form: forms.BaseForm | None = None,
    done: str = "",
    to: str | Callable[[object], str] = "",
) -> HttpResponse | None:
    """Do an act posted by a form; return where to go, or None when the page must be shown again.

    `act` returns what `to` (an address, or a function of the result) leads to; `done` is the
    sentence shown there. A refusal goes beside the form's field (or as a message without a
    form): show the page again with status 409. A form posted twice leads to what it first did.
    A form drawn before somebody else's change shows both beside each other (`show_change`).
    """
    try:
        result = act()
    except AlreadyDone as again:
        messages.info(request, _("This was already recorded; nothing was done twice."))
        return HttpResponseRedirect(again.event.thing_url if again.event else request.path)
    except Refused as refusal:
        if form is None:
            messages.error(request, refusal.message)
        else:
            form.add_error(refusal.field if refusal.field in form.fields else None, refusal.message)
            if isinstance(refusal, Changed):
                show_change(form, refusal)
        return None
    if done:
        messages.success(request, done)
    return HttpResponseRedirect(to(result) if callable(to) else to or result.get_absolute_url())


def try_form(
    request: HttpRequest,
    form: forms.BaseForm,
    act: Callable[[], object],
    *,
    done: str = "",
    to: str | Callable[[object], str] = "",
) -> tuple[HttpResponse | None, int]:
    """Do the act of a posted form, which reads what the form found; return where to go, or None
    and the status of the page that shows the form: 200 at first, 400 for bad input, 409 refused.
    """
    if request.method != "POST":
        return None, 200
    if not form.is_valid():
        return None, BAD_REQUEST
    return try_act(request, act, form=form, done=done, to=to), CONFLICT


def try_row(
    request: HttpRequest,
    row: Row,
    case: object,
    thing: models.Model,
    form_class: Callable[..., forms.BaseForm],
    act: Callable[[forms.BaseForm], object],
    *,
    done: str | Promise = "",
    to: str | Callable[[object], str] = "",
) -> tuple[HttpResponse | None, forms.BaseForm | None, int]:
    """Do one act of a table on a thing by a posted form; return where to go, the form to show
    again and its status. What may not be done is not even asked for: its thing's page says why.
    """
    refusal = row.refusal(case)
    if refusal is not None and request.method != "POST":
        messages.info(request, refusal.message)
        return HttpResponseRedirect(thing.get_absolute_url()), None, 200
    typed = (request.POST, request.FILES) if request.method == "POST" else ()
    form = form_class(*typed, case=case)
    answer, status = try_form(request, form, lambda: act(form), done=str(done or row.done), to=to)
    return answer, form, status


def noting(refused: list[Refused], act: Callable[[], object]) -> Callable[[], object]:
    """Return the act so that its refusal is also kept, for the page to say more about it."""

    def noted() -> object:
        try:
            return act()
        except Refused as refusal:
            refused.append(refusal)
            raise

    return noted


def show_change(form: forms.BaseForm, refusal: Changed) -> None:
    """Lay what is stored beside what was typed, and let the form take the version stored now.

    So the person compares once, and the next saving is knowingly on top of the other's
    (rule 5.14). Forms draw `form.differences` with their errors.
    """
    form.differences = differences.of_form(form, refusal.differences)
    if refusal.version is not None:
        form.data = form.data.copy()
        carried = next(name for name in CARRIED if name in form.fields)
        form.data[form.add_prefix(carried)] = refusal.version
