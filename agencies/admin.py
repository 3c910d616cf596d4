"""Master data an administrator keeps: agencies, people, posts, groups (section 2).

No content model is here. Every change goes into pghistory's event tables (posts, delegations) or
Django's own log.
"""

from typing import Any

from django import forms
from django.contrib import admin
from django.contrib.admin.models import LogEntry
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.utils.translation import gettext_lazy as _

from agencies.administering import administers
from agencies.deadlines import ZONE
from agencies.differences import of_form
from agencies.editing import Changed, mark_of
from agencies.functions import Function
from agencies.models import (
    Agency,
    AgencyGroup,
    AgencyKind,
    Body,
    Competence,
    Delegation,
    Post,
    PostTitle,
    User,
)


class DrawnForm(forms.ModelForm):
    """A form that knows the state its row was drawn in (rule 5.14).

    Another administrator's change in between is not overwritten: the form comes back with what is
    stored named beside it, and the next saving is knowingly on top.
    """

    drawn = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk is not None:
            self.initial["drawn"] = _drawn(self.instance)

    def clean(self) -> dict:
        """Refuse what was typed over a row that somebody changed meanwhile."""
        cleaned = super().clean()
        given = cleaned.pop("drawn", "")
        if self.instance.pk is None:
            return cleaned
        rows = type(self.instance)._default_manager.select_for_update(of=("self",))
        stored = rows.get(pk=self.instance.pk)
        if given != _drawn(stored):
            self.data = self.data.copy()
            self.data[self.add_prefix("drawn")] = _drawn(stored)
            self.add_error(None, self._what_is_stored(stored))
        return cleaned

    def _what_is_stored(self, stored: models.Model) -> list[str]:
        """Return who changed the row last, and each field that now differs from what was typed."""
        facts = forms.model_to_dict(stored)
        differing = [
            (name, getattr(stored, name), self.cleaned_data.get(name))
            for name in self.fields
            if name in facts and _plain(self.cleaned_data.get(name)) != _plain(facts[name])
        ]
        told = [f"{one.label}: {one.old or '–'} ↔ {one.new or '–'}" for one in
                of_form(self, differing)]  # fmt: skip
        return [str(Changed(told=_last_change(stored)).message), *told]


def _drawn(row: models.Model) -> str:
    facts = forms.model_to_dict(row)
    return mark_of(sorted((name, repr(_plain(value))) for name, value in facts.items()))


def _plain(value: Any) -> Any:
    """Return a value as `model_to_dict` gives it: rows by their keys."""
    if isinstance(value, models.Model):
        return value.pk
    if isinstance(value, list | models.QuerySet):
        return sorted(_plain(one) for one in value)
    return value


def _last_change(row: models.Model) -> str:
    entries = LogEntry.objects.filter(
        content_type=ContentType.objects.get_for_model(row), object_id=str(row.pk)
    )
    last = entries.select_related("user").first()
    if last is None:
        return ""
    when = last.action_time.astimezone(ZONE)
    return f"{when:%d/%m/%Y %H:%M}, {last.user}: {last.get_change_message()}"


class MasterDataAdmin(admin.ModelAdmin):
    """A model whose permissions are the administrator's function; nothing is deleted in use."""

    form = DrawnForm

    def has_module_permission(self, request) -> bool:
        """Ask the acting post."""
        return administers(request.actor)

    def has_view_permission(self, request, obj=None) -> bool:
        """Ask the acting post."""
        return self.has_module_permission(request)

    def has_add_permission(self, request) -> bool:
        """Ask the acting post."""
        return self.has_module_permission(request)

    def has_change_permission(self, request, obj=None) -> bool:
        """Ask the acting post."""
        return self.has_module_permission(request)

    def has_delete_permission(self, request, obj=None) -> bool:
        """Keep what history points at: rows are closed by their dates, not removed."""
        return False


class FunctionsField(forms.MultipleChoiceField):
    """Functions as check boxes over the array of a title."""

    def __init__(self, **kwargs) -> None:
        super().__init__(choices=Function.choices, widget=forms.CheckboxSelectMultiple, **kwargs)


class PostTitleForm(DrawnForm):
    """A title and what it carries."""

    functions = FunctionsField(label=_("functions"))

    class Meta:
        model = PostTitle
        fields = ["name", "functions", "is_deputy", "head_title", "rank"]


class UserForm(DrawnForm):
    """An account; its password is given on the page of accounts."""

    class Meta:
        model = User
        fields = ["username", "full_name", "email", "phone", "language", "is_active"]

    def save(self, commit: bool = True) -> User:
        """Leave a new account without a usable password until one is given."""
        if self.instance.pk is None:
            self.instance.set_unusable_password()
        return super().save(commit)


@admin.register(User)
class UserAdmin(MasterDataAdmin):
    """Accounts."""

    form = UserForm
    list_display = ["full_name", "username", "email", "is_active"]
    search_fields = ["search_text", "username"]


@admin.register(PostTitle)
class PostTitleAdmin(MasterDataAdmin):
    """Titles and the functions they carry."""

    form = PostTitleForm
    list_display = ["name", "functions", "is_deputy", "rank"]


@admin.register(Post)
class PostAdmin(MasterDataAdmin):
    """Who holds which post from when to when."""

    list_display = ["user", "title", "agency", "starts_on", "ends_on"]
    list_filter = ["title", "agency__kind"]
    search_fields = ["user__search_text", "agency__search_text"]
    autocomplete_fields = ["user", "agency"]
    filter_horizontal = ["competences", "agencies"]


@admin.register(Delegation)
class DelegationAdmin(MasterDataAdmin):
    """Authority lent in writing."""

    list_display = ["from_post", "to_post", "starts_on", "ends_on", "document_number"]
    autocomplete_fields = ["from_post", "to_post"]


@admin.register(Agency)
class AgencyAdmin(MasterDataAdmin):
    """Agencies."""

    list_display = ["name", "code", "kind", "order", "closed_on"]
    list_filter = ["kind"]
    search_fields = ["search_text"]
    filter_horizontal = ["successors"]


@admin.register(AgencyGroup)
class AgencyGroupAdmin(MasterDataAdmin):
    """Words that address many agencies at once."""

    list_display = ["name", "code"]
    filter_horizontal = ["kinds"]


@admin.register(AgencyKind, Competence)
class CodedAdmin(MasterDataAdmin):
    """Small coded lists."""

    list_display = ["name", "code"]


@admin.register(Body)
class BodyAdmin(MasterDataAdmin):
    """The one body."""

    def has_add_permission(self, request) -> bool:
        """Keep it one."""
        return False
