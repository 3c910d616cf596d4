"""What an act on a consultation or line would do, said before the decision (principle 5)."""

from django.utils.translation import gettext as _

from agencies.in_words import due, instant
from consultations import terms
from consultations.acts import LineCase, RoundCase
from consultations.acts.cases import Case
from consultations.models import PoorMark


def effect(event: str, case: Case) -> str:
    """Return the effect as one or two sentences; empty for plain acts."""
    say = EFFECTS.get(event)
    return say(case) if say is not None else ""


def _withdraw(case: RoundCase) -> str:
    return _("Nobody is asked any more and nothing is deemed; what was said stays readable.")


def _extend(case: RoundCase) -> str:
    return _(
        "Every line that still runs gets the new deadline, unless its own is later; replies may"
        " still be replaced."
    )


def _close(case: RoundCase) -> str:
    return _("All have replied. What comes from now on is late and changes nothing.")


def _supply(case: LineCase) -> str:
    return _(
        "Every agency asked gets the documents; this one answers anew by the deadline you set, and"
        " its silence then counts."
    )


def _refuse_supply(case: LineCase) -> str:
    due_at = terms.at_least_a_working_day(case.opinion.due_at, case.at)
    return _("The agency is awaited again until %(due)s; its silence then counts.") % {
        "due": due(due_at)
    }


def _drop(case: LineCase) -> str:
    return _("The line ends without an opinion; it blocks nothing any more.")


def _contest(case: LineCase) -> str:
    return _("The office chief decides. Until then the line blocks your dossier.")


def _reconcile(case: LineCase) -> str:
    return _("The agency confirms or objects; its silence past the deadline confirms the result.")


def _mark(case: LineCase) -> str:
    return _(
        "The outcome does not change. The mark counts in reports; the agency may answer again or"
        " contest it."
    )


def _contest_mark(case: LineCase) -> str:
    return _marked(case.uncontested_mark)


def _settle_mark(case: LineCase) -> str:
    mark = case.contested_mark
    return _("%(mark)s The agency contests it: %(reason)s") % {
        "mark": _marked(mark),
        "reason": mark.contest.reason,
    }


def _marked(mark: PoorMark) -> str:
    """Return which mark is meant: an agency may have answered, and been marked, again."""
    return _("The reply of %(when)s was marked as poor (%(kind)s): %(reason)s") % {
        "when": instant(mark.reply.received_at),
        "kind": mark.get_kind_display(),
        "reason": mark.reason,
    }


def _contest_question(case: LineCase) -> str:
    return _(
        "The office chief decides. Until then your disagreement blocks the dossier as one on a"
        " principal question."
    )


def _settle_question(case: LineCase) -> str:
    contest = case.question_contest
    return _(
        "%(question)s — %(agency)s: %(reason)s If it is principal, whoever disagrees on it must be"
        " met before the dossier is submitted."
    ) % {
        "question": contest.question,
        "agency": case.opinion.agency.short_name,
        "reason": contest.reason,
    }


def _object(case: LineCase) -> str:
    return _("Both views go with the dossier; only a leader may let it through then.")


def _paper(case: LineCase) -> str:
    until = case.opinion.register_until
    if until is None or case.at >= until:
        return _("Entered now, the reply is late: it is kept and changes nothing.")
    return _("The stamp decides, if it is entered by %(until)s. The office chief confirms it.") % {
        "until": due(until)
    }


def _result_answer(case: LineCase) -> str:
    result = case.reconciliation
    until = result.register_until or result.due_at
    if case.at >= until:
        return _("Entered now, the answer is kept and changes nothing: silence has confirmed.")
    return _(
        "In time is what is stamped before the end of the deadline, %(due)s, and entered by"
        " %(until)s. The office chief confirms it."
    ) % {"due": due(result.due_at), "until": due(until)}


def _refuse_paper(case: LineCase) -> str:
    return _(
        "From now on the entry stands for nothing: the line is awaited again, or silent, by its own"
        " deadline. The entry and your reason are kept; who entered it is told."
    )


EFFECTS = {
    "consultation.withdraw": _withdraw,
    "consultation.extend": _extend,
    "consultation.close_early": _close,
    "opinion.supply": _supply,
    "opinion.refuse_supply": _refuse_supply,
    "opinion.drop": _drop,
    "opinion.contest_return": _contest,
    "opinion.reconcile": _reconcile,
    "opinion.mark_poor": _mark,
    "opinion.contest_mark": _contest_mark,
    "opinion.settle_mark": _settle_mark,
    "opinion.contest_question": _contest_question,
    "opinion.settle_question": _settle_question,
    "opinion.object_to_result": _object,
    "opinion.enter_paper": _paper,
    "opinion.enter_result_answer": _result_answer,
    "opinion.enter_mark_contest": _contest_mark,
    "opinion.refuse_paper": _refuse_paper,
}
