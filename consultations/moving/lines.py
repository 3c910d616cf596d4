"""Lines a closed agency still has to answer: the successor is asked on the same terms (2.5)."""

from collections.abc import Iterator, Sequence
from datetime import datetime

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from agencies.acting import Actor
from agencies.holders import Handing, OpenWork
from agencies.models import Agency, ReorganisationMove, record_all
from consultations import terms
from consultations.lifecycle.lines import lock_rounds, open_lines, served_on_paper
from consultations.models import Consultation, Opinion, ReplyDraft
from consultations.questions import KEEPS_OPEN
from consultations.stances import Ending, Outcome

STAYS = {
    Outcome.INSUFFICIENT: _("sent back: the requester settles it"),
    Outcome.RETURNED: _("returned: the requester redirects or drops it"),
    Outcome.AWAITING_REGISTER: _("past its deadline; a reply on paper may still be found"),
}


class AwaitedLines:
    """The running lines of closed agencies. What they said stays theirs (rules 6.2, 6.5)."""

    model = Opinion

    def open_work(
        self, agencies: Sequence[Agency], at: datetime, *, locking: bool = False
    ) -> Iterator[OpenWork]:
        """Yield what is awaited, and what waits for the requester and stays."""
        rows = Opinion.objects.filter(agency__in=agencies, ended_at__isnull=True)
        if locking:  # judged anew below: a reply may have been sent while the lock was waited for
            lock_rounds(Consultation.objects.filter(pk__in=rows.values("consultation")))
            list(rows.select_for_update(of=("self",)).order_by("pk"))
        judged = rows.with_outcome(at).filter(outcome__in=KEEPS_OPEN)
        for line in judged.select_related("agency", "consultation__requester").order_by("pk"):
            yield OpenWork(
                thing=line,
                agency_id=line.agency_id,
                title=str(line.consultation),
                effect=_("the successor is asked by the same deadline; asked itself, once"),
                mark=f"{line.outcome}:{line.due_at}",
                due_at=line.due_at,
                stays=STAYS.get(line.outcome, ""),
                words=f"{line.consultation.title} {line.consultation.background}",
            )

    def transfer(self, handed: Sequence[Handing], actor: Actor, at: datetime) -> list[Opinion]:
        """End each line as moved; ask the successor, unless it is asked or asks itself."""
        successors = {one.successor for one in handed}
        on_paper = served_on_paper(successors, at)
        asked = set(
            Opinion.objects.filter(
                consultation__in=[one.work.thing.consultation_id for one in handed],
                agency__in=successors,
                ended_at__isnull=True,
            ).values_list("consultation", "agency")
        )
        became = []
        for one in handed:
            old: Opinion = one.work.thing
            old.ending, old.ended_at = Ending.MOVED, at
            place = (old.consultation_id, one.successor.pk)
            if place in asked or old.consultation.requester_id == one.successor.pk:
                became.append(old)
                continue
            asked.add(place)
            became.append(
                _line_after(old, one.successor, at, is_on_paper=one.successor.pk in on_paper)
            )
        Opinion.objects.bulk_update([one.work.thing for one in handed], ["ending", "ended_at"])
        told = [
            (
                one.work.thing,
                {
                    "agency": one.work.thing.agency.short_name,
                    "to": one.successor.short_name,
                    "title": one.work.thing.consultation.title,
                },
            )
            for one in handed
        ]
        record_all("opinion.moved", told, actor, at)
        for new in became:
            if new.pk is None:
                open_lines(new.consultation, [new], actor, at)
        _keep_drafts(handed, became)
        return became

    def acted_on(
        self, moves: Sequence[ReorganisationMove], at: datetime, *, locking: bool = False
    ) -> dict[int, str | Promise]:
        """What the successor answered, or what its deadline has settled, stays."""
        by_new = {move.new_id: move for move in moves}
        rows = Opinion.objects.filter(pk__in=by_new)
        if locking:
            list(rows.select_for_update(of=("self",)).order_by("pk"))
        acted: dict[int, str | Promise] = {}
        for line in rows.prefetch_related("replies"):
            move = by_new[line.pk]
            if line.due_at <= at:
                acted[move.pk] = _("its deadline has passed")
            elif not move.is_absorbed and line.ended_at is not None:
                acted[move.pk] = _("it has ended since")
            elif not move.is_absorbed and line.replies.all():
                acted[move.pk] = _("the successor has answered")
        return acted

    def undo(self, moves: Sequence[ReorganisationMove], actor: Actor, at: datetime) -> None:
        """End the successor's line and ask the closed agency anew, on the same terms: what ended
        stays ended, so that past figures stay as they were (rule 3.9).
        """
        wanted = {pk for move in moves for pk in (move.thing_id, move.new_id)}
        rows = Opinion.objects.select_related("agency", "consultation__requester").in_bulk(wanted)
        ending = [rows[move.new_id] for move in moves if not move.is_absorbed]
        for line in ending:
            line.ending, line.ended_at = Ending.MOVED, at
        Opinion.objects.bulk_update(ending, ["ending", "ended_at"])
        told = [
            (
                rows[move.new_id],
                {
                    "agency": rows[move.thing_id].agency.short_name,
                    "from": move.successor.short_name,
                    "title": rows[move.thing_id].consultation.title,
                },
            )
            for move in moves
        ]
        record_all("opinion.moved_back", told, actor, at)
        for move in moves:
            old, last = rows[move.thing_id], rows[move.new_id]
            again = _line_after(old, old.agency, at, is_on_paper=old.is_on_paper)
            again.redirected_from = last
            open_lines(old.consultation, [again], actor, at)


def _line_after(old: Opinion, successor: Agency, at: datetime, *, is_on_paper: bool) -> Opinion:
    """Return the successor's line on the old one's terms, not saved yet."""
    return Opinion(
        consultation=old.consultation,
        agency=successor,
        due_at=old.due_at,
        silence_rule=old.silence_rule,
        silence_provision=old.silence_provision,
        is_on_paper=is_on_paper,
        register_until=terms.register_until(old.due_at) if is_on_paper else None,
        why_asked=old.why_asked,
        is_outside=old.is_outside,
        redirected_from=old,
        visible_at=at,
    )


def _keep_drafts(handed: Sequence[Handing], became: Sequence[Opinion]) -> None:
    """Let the successor go on with what was prepared and not sent."""
    news = {
        one.work.thing.pk: new
        for one, new in zip(handed, became, strict=True)
        if new is not one.work.thing
    }
    drafts = ReplyDraft.objects.filter(opinion__in=news)
    ReplyDraft.objects.bulk_create(
        [
            ReplyDraft(
                opinion=news[draft.opinion_id],
                content=draft.content,
                saved_by_id=draft.saved_by_id,
                saved_at=draft.saved_at,
                version=draft.version,
            )
            for draft in drafts
        ]
    )
