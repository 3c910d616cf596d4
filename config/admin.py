"""The admin site: organisation, people, calendar and settings; no content model (section 2)."""

from django.contrib.admin.apps import AdminConfig


class DonDocAdminConfig(AdminConfig):
    """The admin site of this project."""
