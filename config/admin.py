"""The admin site: organisation, people, calendar and settings; no content model (section 2)."""

from django.contrib.admin import AdminSite
from django.contrib.admin.apps import AdminConfig
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from agencies.functions import Function


class DonDocAdminConfig(AdminConfig):
    """Put the project's own site in the place of Django's."""

    default_site = "config.admin.MasterDataSite"


class MasterDataSite(AdminSite):
    """Master data, for whoever holds the administrator's function today. Log-in is the site's."""

    site_header = _("Đôn Đốc: master data")
    site_title = _("Đôn Đốc")
    index_title = _("Organisation and people")
    enable_nav_sidebar = False

    def has_permission(self, request: HttpRequest) -> bool:
        """Ask the acting post, not the account (section 2)."""
        return request.user.is_active and request.actor.has(Function.ADMINISTRATOR)
