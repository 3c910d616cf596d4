"""How a notice reaches its person (rule 10.1)."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Delivery(models.TextChoices):
    """Every notice stands in the application; two of the ways send it by e-mail as well."""

    AT_ONCE = "at_once", _("e-mail at once")
    DIGEST = "digest", _("in the daily digest")
    APP = "app", _("in the application only")
