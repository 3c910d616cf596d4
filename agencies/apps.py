"""The ground floor."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AgenciesConfig(AppConfig):
    """Registers the ground floor's sentences and its places in the rail."""

    name = "agencies"
    default_auto_field = "django.db.models.BigAutoField"
    verbose_name = _("Agencies")

    def ready(self) -> None:
        """Say how this floor's acts read and where its pages hang; register its check."""
        from django.forms import Field

        from agencies import checks  # noqa: F401 - registers itself
        from agencies.act_kinds import GROUND_ACT_KINDS, register_act_kinds
        from agencies.navigation import register_entries
        from agencies.notice_kinds import GROUND_KINDS, register_notice_kinds
        from agencies.places import ENTRIES
        from agencies.sentences import GROUND_SENTENCES, register_sentences
        from agencies.timeline import register_decisions

        # Django speaks of "fields"; an office is told what is missing.
        Field.default_error_messages["required"] = _("Fill this in or choose.")
        register_sentences(GROUND_SENTENCES)
        register_act_kinds(*GROUND_ACT_KINDS)
        register_notice_kinds(*GROUND_KINDS)
        register_decisions("paper.sign", "paper.issue", "calendar.", "setting.", "delegation.")
        register_entries(*ENTRIES)
