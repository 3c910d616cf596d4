"""How the acts on directives read in a timeline, after the actor's name."""

from django.utils.translation import gettext_lazy as _

SENTENCES = {
    "directive.drafted": _("entered %(thing)s as a draft"),
    "directive.edited": _("edited the header of %(thing)s"),
    "directive.registered": _("registered %(thing)s"),
    "directive.corrected": _("corrected the header of %(thing)s"),
    "directive.misdirected": _("returned the paper to %(returned_to)s on %(returned_on)s"),
    "directive.submitted": _("handed the proposals of %(thing)s to the chief for approval"),
    "directive.approved": _(
        "approved %(thing)s; tasks: %(tasks)s, standing duties: %(duties)s, "
        "review campaigns: %(campaigns)s, agencies to acknowledge: %(acknowledgements)s"
    ),
    "directive.acknowledgement_moved": _("let %(to)s acknowledge instead of %(from)s: closed"),
    "directive.acknowledgement_moved_back": _("let %(from)s acknowledge again, no longer %(to)s"),
    "directive.acknowledged": _("%(agency)s received %(thing)s and spread it on %(spread_on)s"),
    "proposal.added": _("added the proposal %(clause)s: %(title)s"),
    "proposal.edited": _("edited the proposal %(clause)s: %(title)s"),
    "proposal.confirmed": _("checked the proposal %(clause)s"),
    "proposal.dropped": _("dropped the proposal %(clause)s: %(title)s"),
    "proposal.restored": _("took up the proposal %(clause)s again"),
    "proposal.merged": _("merged the proposal %(merged)s into %(clause)s"),
    "proposal.split": _("split the proposal %(clause)s; the second part is %(new)s"),
    "proposal.shared": _("gave each lead of %(clause)s a task of its own"),
    "proposal.lead_named": _("named %(lead)s to lead %(clause)s"),
    "proposal.lead_chosen": _("chose %(lead)s to lead %(clause)s, the others coordinate"),
}

# Names in the changes of these acts that are no field with words of its own.
HEADER_LABELS = {
    "to_groups": _("Groups addressed (Kính gửi)"),
    "to_agencies": _("Agencies addressed (Kính gửi)"),
    "copy_agencies": _("Agencies that only receive it (Nơi nhận)"),
}
PROPOSAL_LABELS = {
    "kinds": _("Becomes (none: nothing follows)"),
    "lead_agencies": _("Agencies that lead"),
    "lead_groups": _("Groups that lead"),
    "coordinating": _("Coordinating agencies"),
}
