"""Master data of this floor: who issues directives, and of which kinds."""

from django.contrib import admin

from agencies.admin import CodedAdmin, MasterDataAdmin
from tasks.models import Authority, DirectiveKind

admin.site.register(DirectiveKind, CodedAdmin)


@admin.register(Authority)
class AuthorityAdmin(MasterDataAdmin):
    """Authorities."""

    list_display = ["name", "code", "level", "is_superior", "order"]
