"""The functions acts are granted to (domain 2); rows map titles of posts to them."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Function(models.TextChoices):
    """What a post is there for. The code names functions, never titles or agencies."""

    LEADER = "leader", _("district leader")
    OFFICE_CHIEF = "office_chief", _("office chief")
    OFFICER = "officer", _("office officer")
    AGENCY_HEAD = "agency_head", _("agency head")
    AGENCY_STAFF = "agency_staff", _("agency staff")
    CLERK = "clerk", _("clerk")
    INTERNAL_AFFAIRS_HEAD = "internal_affairs_head", _("internal affairs head")
    CHIEF_INSPECTOR = "chief_inspector", _("chief inspector")
    EMULATION_BOARD = "emulation_board", _("emulation board")
    ADMINISTRATOR = "administrator", _("system administrator")
