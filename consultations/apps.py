"""The app of consultations: what it registers with the ground floor."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ConsultationsConfig(AppConfig):
    """Consultations, the third floor."""

    name = "consultations"
    default_auto_field = "django.db.models.BigAutoField"
    verbose_name = _("Consultations")

    def ready(self) -> None:
        """Register the place in the rail, the sentences of acts, and the open deadlines."""
        from agencies.act_kinds import ActKind, register_act_kinds
        from agencies.differences import register_fields
        from agencies.holders import register_holder
        from agencies.navigation import register_entries
        from agencies.notice_kinds import register_notice_kinds
        from agencies.sentences import register_sentences
        from agencies.timeline import register_decisions
        from consultations.holder import LineHolder
        from consultations.models import Dossier
        from consultations.notice_kinds import KINDS
        from consultations.places import ENTRIES
        from consultations.sentences import DECISIONS, SENTENCES

        register_sentences(SENTENCES)
        register_act_kinds(
            ActKind("consult", _("ask for opinions"), ("consultation.",), order=30),
            ActKind("answer", _("answer consultations"), ("opinion.",), order=32),
        )
        register_fields("dossier.", Dossier, {"consultations": _("Consultations it rests on")})
        register_notice_kinds(*KINDS)
        register_decisions(*DECISIONS)
        register_entries(*ENTRIES)
        register_holder("consultations", LineHolder())
