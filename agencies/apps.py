"""The ground floor."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AgenciesConfig(AppConfig):
    """Registers the ground floor's sentences and its places in the rail."""

    name = "agencies"
    default_auto_field = "django.db.models.BigAutoField"
    verbose_name = _("Agencies")

    def ready(self) -> None:
        """Say how this floor's acts read and where its pages hang."""
        from django.forms import Field

        from agencies.act_kinds import CHIEF, HEADS, LEADERS, ActKind, register_act_kinds
        from agencies.administering import administers
        from agencies.delegating import may_give
        from agencies.functions import Function
        from agencies.models import Notice
        from agencies.navigation import Entry, RowCount, register_entries
        from agencies.notice_kinds import GROUND_KINDS, register_notice_kinds
        from agencies.sentences import register_sentences
        from agencies.timeline import register_decisions

        # Django speaks of "fields"; an office is told what is missing.
        Field.default_error_messages["required"] = _("Fill this in or choose.")
        register_sentences(
            {
                "paper.draft": _("drafted the paper"),
                "paper.sign": _("signed the paper"),
                "paper.number": _("gave the paper the number %(number)s"),
                "paper.issue": _("issued the paper %(number)s"),
                "calendar.confirm": _(
                    "confirmed the calendar of %(year)s; %(moved)s deadlines moved later"
                ),
                "calendar.proposed": _("proposed %(count)s days of %(year)s"),
                "calendar.day_proposed": _("proposed %(day_on)s: %(name)s"),
                "calendar.day_dropped": _("dropped the proposed %(day_on)s: %(name)s"),
                "setting.change": _("changed the setting %(code)s to %(value)s (%(source)s)"),
                "account.reset": _("gave %(person)s a temporary password"),
                "agency.closed": _(
                    "closed the agency from %(closed_on)s by decision %(number)s; successors: "
                    "%(successors)s"
                ),
                "agency.took_over": _(
                    "gave it %(count)s open things of %(from)s, closed by decision %(number)s"
                ),
                "reorganisation.moved": _(
                    "moved %(count)s open things of %(agency)s by decision %(number)s: "
                    "%(successors)s"
                ),
                "reorganisation.undone": _(
                    "gave %(count)s things back to %(agency)s; %(kept)s had been acted on and stay"
                ),
                "register.competences": _(
                    "changed what the agency is competent for; added: %(added)s; "
                    "removed: %(removed)s"
                ),
                "register.responsible": _("changed who handles what"),
                "regulation.added": _(
                    "kept the working regulation %(number)s, in force from %(starts_on)s"
                ),
                "portfolio.changed": _("changed the portfolio of %(leader)s"),
                "delegation.given": _(
                    "authorised %(to)s from %(starts_on)s to %(ends_on)s, document %(number)s"
                ),
                "delegation.ended": _("ended the authorisation of %(to)s, document %(number)s"),
            }
        )

        register_act_kinds(
            ActKind(
                "registers",
                _("say who handles what, keep the working regulation"),
                ("register.", "regulation."),
                order=62,
            ),
            ActKind(
                "reorganise",
                _("move the work of closed agencies"),
                ("reorganisation.",),
                CHIEF,
                66,
            ),
            ActKind("portfolios", _("write leaders' portfolios"), ("portfolio.",), CHIEF, 64),
            ActKind(
                "papers", _("sign, number and issue papers"), ("paper.",), HEADS | LEADERS, order=60
            ),
        )
        register_notice_kinds(*GROUND_KINDS)
        register_decisions("paper.sign", "paper.issue", "calendar.", "setting.", "delegation.")

        def uncertain(actor, at):
            return RowCount(Notice.objects.uncertain(at))

        register_entries(
            Entry(_("Agencies and posts"), "directory", "agencies", 70, lambda actor: True),
            Entry(
                _("Leaders' portfolios"),
                "portfolios",
                "agencies",
                72,
                lambda actor: actor.sees_everything or administers(actor),
            ),
            Entry(
                _("Closed agencies"),
                "reorganisations",
                "agencies",
                76,
                lambda actor: actor.sees_everything or administers(actor),
            ),
            Entry(
                _("Authorisations"),
                "delegations",
                "agencies",
                74,
                lambda actor: actor.sees_everything or actor.heads_agency or may_give(actor),
            ),
            Entry(
                _("Register of papers"),
                "papers",
                "office",
                65,
                lambda actor: (
                    actor.sees_everything or actor.has(Function.CLERK) or actor.heads_agency
                ),
            ),
            Entry(_("Working calendar"), "calendar", "system", 80, administers),
            Entry(_("Settings"), "settings", "system", 82, administers),
            Entry(_("Accounts"), "accounts", "system", 84, administers),
            Entry(_("Master data"), "admin:index", "system", 86, administers),
            Entry(_("Jobs and mail"), "jobs", "system", 88, administers, uncertain),
        )
