"""How the acts on cases and commendations read in timelines and notices."""

from django.utils.translation import gettext_lazy as _

SENTENCES = {
    "case.drafted": _("drafted a case about %(agency)s from the frozen report"),
    "case.proposed": _("proposed a case about %(agency)s"),
    "case.asked": _("asked for the agency's side, by %(due_at)s"),
    "case.dropped": _("dropped the draft"),
    "case.stated": _("stated the agency's side"),
    "case.stated_late": _("stated the agency's side, after the deadline"),
    "case.unstated": _("no statement came by the deadline; the case goes on"),
    "case.signed": _("signed the proposal about %(agency)s"),
    "case.signature_missing": _("a signature is missing; the case goes before the Chair"),
    "case.decided": _("decided the case: %(measure)s"),
    "case.recommended": _("recommended to the managing body: %(measure)s"),
    "case.outcome": _("recorded the managing body's decision %(number)s"),
    "case.measures_brought": _("opened dossier %(dossier)s with proposals of measures"),
    "commendation.drafted": _("drafted praise of %(agency)s from the frozen report"),
    "commendation.proposed": _("proposed to praise %(agency)s"),
    "commendation.put_forward": _("put the praise of %(agency)s forward for signature"),
    "commendation.dropped": _("dropped the draft"),
    "commendation.signed": _("signed the proposal to praise %(agency)s"),
    "commendation.signature_missing": _("a signature is missing; it goes before the Chair"),
    "commendation.decided": _("praised %(agency)s"),
    "commendation.declined": _("decided that %(agency)s is not praised this time"),
}
DECISIONS = ("case.decided", "case.recommended", "case.outcome", "case.signed", "commendation.d")
