"""What the pages of imported lists need besides the common tags."""

from collections.abc import Iterable, Mapping

from django import forms, template
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from openpyxl.utils import get_column_letter

from tasks.importing.dry_run import AGENCY, AUTHORITY, COMPETENCE, DryRun

register = template.Library()

KINDS: dict[str, str | Promise] = {
    AGENCY: _("agency"),
    AUTHORITY: _("who assigns"),
    COMPETENCE: _("competence"),
}


@register.filter
def column_letter(place: int) -> str:
    """Return the letter a sheet shows above a column counted from 0."""
    return get_column_letter(place + 1)


@register.filter
def padded(cells: list[str], width: int) -> list[str]:
    """Return a row's cells, empty ones added up to the sheet's width."""
    return [*cells, *[""] * (width - len(cells))]


@register.filter
def kind_label(kind: str) -> str | Promise:
    """Return what a name is looked up as."""
    return KINDS[kind]


@register.filter
def directory(run: DryRun, kind: str) -> Iterable[tuple[str, str]]:
    """Return every code and name of a kind, in official order."""
    return run.names_of(kind).words.items()


@register.filter
def cell(form: forms.Form, name: str) -> forms.BoundField:
    """Return the field of a form by its name."""
    return form[name]


@register.filter
def own(texts: Mapping[str, str], name: str) -> str | None:
    """Return the text under a name; None where there is none, not even an empty one."""
    return texts.get(name)
