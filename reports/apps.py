"""The top floor: home pages, dashboards, search, periodic reports."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ReportsConfig(AppConfig):
    """Registers the places of this floor and how its acts read."""

    name = "reports"
    default_auto_field = "django.db.models.BigAutoField"
    verbose_name = _("Reports")

    def ready(self) -> None:
        """Register sentences and entries."""
        from agencies.act_kinds import CHIEF, HEADS, LEADERS, ActKind, register_act_kinds
        from agencies.differences import register_fields
        from agencies.models.outgoing_paper import register_seen_by_name
        from agencies.navigation import register_entries
        from agencies.notice_kinds import register_notice_kinds
        from agencies.outgoing import register_issued
        from agencies.sentences import register_sentences, register_words
        from agencies.timeline import register_decisions
        from reports.briefing.holding import followed
        from reports.briefing.sentences import SENTENCES as BRIEFING_SENTENCES
        from reports.cases.sentences import DECISIONS as CASE_DECISIONS
        from reports.models import AccountabilityCase, Briefing
        from reports.notice_kinds import KINDS
        from reports.paragraphs import LABELS
        from reports.places import ENTRIES
        from reports.sentences import SENTENCES

        register_sentences({**SENTENCES, **BRIEFING_SENTENCES})
        measures = dict(AccountabilityCase.Measure.choices)
        register_words("case.decided", "measure", measures)
        register_words("case.recommended", "measure", measures)
        register_seen_by_name(AccountabilityCase)
        register_act_kinds(
            ActKind("reports", _("approve periodic reports"), ("report.",), CHIEF | LEADERS, 40),
            ActKind("commendations", _("propose praise"), ("commendation.propose",), HEADS, 42),
            ActKind("inspections", _("hold inspections"), ("inspection.",), HEADS, 44),
        )
        register_fields("report.", labels=LABELS)
        register_act_kinds(
            ActKind("briefings", _("hold briefings"), ("briefing.",), CHIEF | LEADERS, 42)
        )
        register_fields("briefing.", Briefing)
        register_issued(Briefing, followed)
        register_notice_kinds(*KINDS)
        register_decisions(
            "report.approve", *CASE_DECISIONS, "inspection.concluded", "briefing.decided",
            "briefing.issued",
        )  # fmt: skip
        register_entries(*ENTRIES)
