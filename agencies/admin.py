"""Master data an administrator keeps: agencies, people, posts, groups (section 2).

No content model is here. Every change goes into pghistory's event tables (posts, delegations) or
Django's own log.
"""

from django import forms
from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from agencies.functions import Function
from agencies.models import (
    Agency,
    AgencyCompetence,
    AgencyGroup,
    AgencyKind,
    Body,
    Competence,
    Delegation,
    Post,
    PostTitle,
    User,
)


class MasterDataAdmin(admin.ModelAdmin):
    """A model whose permissions are the administrator's function; nothing is deleted in use."""

    def has_module_permission(self, request) -> bool:
        """Ask the acting post."""
        return request.actor.has(Function.ADMINISTRATOR)

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


class PostTitleForm(forms.ModelForm):
    """A title and what it carries."""

    functions = FunctionsField(label=_("functions"))

    class Meta:
        model = PostTitle
        fields = ["name", "functions", "is_deputy", "head_title", "rank"]


class UserForm(forms.ModelForm):
    """An account; its password is given on the page of accounts."""

    class Meta:
        model = User
        fields = ["username", "full_name", "email", "phone", "language", "is_active"]

    def save(self, commit: bool = True) -> User:
        """Leave a new account without a usable password until one is given."""
        if self.instance.pk is None:
            self.instance.set_unusable_password()
        return super().save(commit)


class CompetencesInline(admin.TabularInline):
    """Who handles what."""

    model = AgencyCompetence
    extra = 0
    raw_id_fields = ["responsible"]

    def has_view_permission(self, request, obj=None) -> bool:
        """Ask the acting post."""
        return request.actor.has(Function.ADMINISTRATOR)

    has_add_permission = has_change_permission = has_delete_permission = has_view_permission


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
    inlines = [CompetencesInline]
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
