"""The floor of directives and tasks."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class TasksConfig(AppConfig):
    """Registers what this floor tells the ground floor."""

    name = "tasks"
    default_auto_field = "django.db.models.BigAutoField"
    verbose_name = _("Tasks")

    def ready(self) -> None:
        """Register sentences, places in the rail and the holder of deadlines."""
        from agencies.act_kinds import register_act_kinds
        from agencies.differences import register_fields
        from agencies.holders import register_holder
        from agencies.navigation import register_entries
        from agencies.notice_kinds import register_notice_kinds
        from agencies.outgoing import register_issued
        from agencies.sentences import register_sentences
        from agencies.timeline import register_decisions
        from tasks.act_kinds import ACT_KINDS
        from tasks.demands.sentences import SENTENCES as DEMAND_SENTENCES
        from tasks.directives.sentences import HEADER_LABELS, PROPOSAL_LABELS
        from tasks.directives.sentences import SENTENCES as DIRECTIVE_SENTENCES
        from tasks.holder import TaskHolder
        from tasks.importing.sentences import SENTENCES as IMPORT_SENTENCES
        from tasks.lifecycle.sentences import CORRECTION_LABELS, DECISIONS, SENTENCES
        from tasks.models import Directive, Proposal, Task, Urging
        from tasks.notice_kinds import KINDS
        from tasks.places import ENTRIES
        from tasks.recurring.sentences import SENTENCES as RECURRING_SENTENCES
        from tasks.reviewing.holder import CampaignHolder
        from tasks.reviewing.sentences import SENTENCES as REVIEWING_SENTENCES
        from tasks.urging.issuing import followed, refuse_outdated
        from tasks.urging.sentences import SENTENCES as URGING_SENTENCES

        register_sentences({**DIRECTIVE_SENTENCES, **DEMAND_SENTENCES, **IMPORT_SENTENCES})
        register_sentences({**RECURRING_SENTENCES, **REVIEWING_SENTENCES, **SENTENCES})
        register_sentences(URGING_SENTENCES)
        register_act_kinds(*ACT_KINDS)
        register_fields("directive.", Directive, HEADER_LABELS)
        register_fields("proposal.", Proposal, PROPOSAL_LABELS)
        register_fields("task.", Task, CORRECTION_LABELS)
        register_fields("urging.", Urging)
        register_notice_kinds(*KINDS)
        register_decisions(*DECISIONS)
        register_issued(Urging, followed, refuses=refuse_outdated)
        register_holder("tasks", TaskHolder())
        register_holder("campaigns", CampaignHolder())
        register_entries(*ENTRIES)
