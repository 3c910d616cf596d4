"""A whole consultation done at random with a moving clock: what never happens (6, 7, 11)."""

from collections import Counter
from collections.abc import Callable
from datetime import timedelta
from random import Random

import pytest
from django.db import transaction
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test

from agencies.acting import Actor
from agencies.deadlines import local_day
from agencies.functions import Function
from agencies.models import Event
from agencies.refusals import Refused
from consultations import lifecycle
from consultations.acts import LINE_ACTS, ROUND_ACTS, LineCase, RoundCase
from consultations.blocking import blocks
from consultations.closing import record_closed
from consultations.lifecycle import Settled, dossiers
from consultations.lifecycle.preparing import begin_dossier
from consultations.models import Consultation, Opinion, Reply
from consultations.numbering import Letter
from consultations.outcome import Received, Terms, outcome
from consultations.silent_results import record_silent_results
from consultations.stances import SILENCE, Outcome, Stance
from consultations.sweep import record_deemed
from tests import factories as make
from tests.consultations.asking import ASKED, asked, found_silence_rule
from tests.consultations.dated import terms_at
from tests.world import paper_file

pytestmark = pytest.mark.django_db

WORDS = "Chồng lấn 0,4 ha tại thửa 212."
TERMS = ("03 ngày làm việc", "05 ngày làm việc", "01 ngày làm việc")
LATER = ("10 ngày làm việc", "15 ngày làm việc")
# How often what happens: replies and what follows them most of all.
WHAT = (
    "time_passes", "a_deadline_comes", *3 * ["an_agency_replies"], *5 * ["somebody_goes_on"],
    "somebody_tries", "the_requester_acts_on_all", "the_sweep_runs",
)  # fmt: skip
SECOND, TICK = timedelta(seconds=1), timedelta(microseconds=1)
SILENT_ACTS = ("opinion.deemed_agreed", "opinion.no_reply")


class People:
    """A requester, four agencies it asks (one on paper, one whose silence is no agreement), one
    it may turn to instead, and those who settle.
    """

    def __init__(self) -> None:
        found_silence_rule()
        self.requester = make.head_of(make.AgencyFactory(code="hoi"))
        self.asked = [make.AgencyFactory(code=f"xa-{n}") for n in range(4)]
        self.instead = make.AgencyFactory(code="xa-khac")
        self.asked[1].managed_by = "Bộ Tư lệnh quân khu"
        self.asked[1].save()
        on_paper = self.asked[3]
        self.heads = [make.head_of(a) for a in (*self.asked, self.instead) if a != on_paper]
        self.chief, self.chair = make.office_chief(), make.chair()
        self.office_id = make.OfficeFactory().pk
        clerk = make.PostFactory(function=Function.CLERK, agency=make.OfficeFactory())
        self.clerk = make.actor_of(clerk)
        self.all = [self.requester, *self.heads, self.chief, self.chair, self.clerk]


class RandomConsultation(RuleBasedStateMachine):
    """Everybody does what the table lets them, and tries what it does not."""

    people: People

    def __init__(self) -> None:
        super().__init__()
        self.atomic = transaction.atomic()
        self.atomic.__enter__()
        self.at = ASKED
        self.requester = self.people.requester
        self.dossier = begin_dossier(self.requester, ASKED, title="Quy hoạch", recipient="chair")
        self._ask()
        self.done: Counter[str] = Counter()
        self.meant: dict[int, str] = {}
        self.said: dict[int, tuple] = {}

    def teardown(self) -> None:
        """From wherever it got to, the requester can always submit; then leave nothing behind."""
        try:
            self._submitted_in_the_end()
        finally:
            transaction.set_rollback(True)
            self.atomic.__exit__(None, None, None)

    # What happens ---------------------------------------------------------------------------

    @rule(seed=st.integers(0, 2**30))
    def something_happens(self, seed: int) -> None:
        """One rule for all, so that no example leaves out what usually happens."""
        dice = Random(seed)
        what, which, pick = dice.choice(WHAT), dice.randrange(10), dice.randrange(30)
        getattr(self, f"_{what}")(which, pick, dice.randrange(21))

    def _time_passes(self, _which: int, _pick: int, number: int) -> None:
        self.at += timedelta(hours=(1, 2, 3, 9, 26)[number % 5])

    def _a_deadline_comes(self, which: int, _pick: int, number: int) -> None:
        """The next act comes a microsecond before it, at it, or after it."""
        line = self._lines()[which % 4]
        self.at = max(self.at, line.due_at + (number % 3 - 1) * TICK - SECOND)

    def _an_agency_replies(self, which: int, _pick: int, number: int) -> None:
        """Its head sends an opinion, in time or not, the first or another one."""
        line = self._lines()[which % 4]
        for head in self.people.heads:
            if head.agency == line.agency:
                self._try_on_line(line, "reply", head, number)

    def _somebody_goes_on(self, which: int, pick: int, number: int) -> None:
        """The act done least so far of those open to somebody on a line; replies come by their own
        rule.
        """
        lines, codes = self._lines(), [code for code in LINE_ACTS if code != "reply"]
        turned = codes[pick % len(codes) :] + codes[: pick % len(codes)]
        cases = [
            LineCase(actor, self.at + SECOND, line)
            for line in lines[which % len(lines) :] + lines[: which % len(lines)]
            for actor in self.people.all
        ]
        for case in cases:
            vars(case).update(office_id=self.people.office_id, chief_is_vacant=False)
        for code in sorted(turned, key=lambda code: self.done[code]):
            for case in cases:
                if LINE_ACTS[code].refusal(case) is None:
                    self.done[code] += 1
                    self._try_on_line(case.opinion, code, case.actor, number)
                    return

    def _somebody_tries(self, which: int, pick: int, number: int) -> None:
        """Anybody tries anything."""
        actor, lines = self.people.all[pick % len(self.people.all)], self._lines()
        code = sorted(LINE_ACTS)[(which + number) % len(LINE_ACTS)]
        self._try_on_line(lines[which % len(lines)], code, actor, number)

    def _the_requester_acts_on_all(self, which: int, _pick: int, number: int) -> None:
        """Withdraw, extend, close early, ask in a new round."""
        last = self.dossier.consultations.order_by("pk").last()
        self.at += SECOND
        code = (*3 * ["extend", "close_early", "new_round"], "withdraw")[which]
        table = ROUND_ACTS[code].refusal(RoundCase(self.requester, self.at, last))
        facts = {
            "close_early": {},
            "extend": {"due": LATER[number % 2], "reason": WORDS},
            "withdraw": {"reason": WORDS},
        }

        def act() -> object:
            if code == "new_round":
                return self._ask(previous=last)
            return getattr(lifecycle, code)(last, self.requester, self._now, **facts[code])

        self._try(act, table)

    def _the_sweep_runs(self, _which: int, _pick: int, _number: int) -> None:
        """At whatever moment, or never: it decides nothing."""
        before = self._outcomes()
        record_deemed(self.at)
        record_silent_results(self.at)
        record_closed(self.at)
        assert self._outcomes() == before

    # How ------------------------------------------------------------------------------------

    def _now(self):
        return self.at

    def _ask(self, previous: Consultation | None = None) -> Consultation:
        return asked(
            *self.people.asked, by=self.requester, at=self.at, due="05 ngày làm việc",
            questions=[("Ranh giới?",), ("Cao độ?", False, "chi tiết")], on_paper=True,
            dossier=self.dossier, previous=previous,
        )  # fmt: skip

    def _lines(self) -> list[Opinion]:
        """The newest lines, as they mean when the next act is done."""
        lines = Opinion.objects.with_outcome(self.at + SECOND).order_by("-pk")
        return list(lines.select_related("agency", "consultation__requester")[:6])

    def _try_on_line(self, line: Opinion, code: str, actor: Actor, number: int) -> None:
        self.at += SECOND
        table = LINE_ACTS[code].refusal(LineCase(actor, self.at, line))
        is_late = self.at >= max(line.due_at, line.register_until or line.due_at)
        comes_late = is_late and code in ("reply", "enter_paper")

        def act() -> object:
            facts = self._facts(code, line, number)
            thing = line.pk if code == "reply" else line
            return getattr(lifecycle, code)(thing, actor, self._now, **facts)

        self._try(act, table, changes_nothing=comes_late)

    def _try(
        self, act: Callable[[], object], table: Refused | None, *, changes_nothing: bool = False
    ) -> None:
        meant, events = self._outcomes(), Event.objects.count()
        try:
            with transaction.atomic():
                act()
        except Refused:
            assert (self._outcomes(), Event.objects.count()) == (meant, events)
            return
        assert table is None, f"done although the table refuses it: {table}"
        assert Event.objects.count() > events
        if changes_nothing:
            assert self._outcomes() == meant, "what came late changed what a line means"

    def _facts(self, code: str, line: Opinion, number: int) -> dict:
        """What the act takes, sometimes too little or too early."""
        stance = Stance.values[number % 5]
        made: dict[str, Callable[[], object]] = {
            "answers": lambda: {q: (stance, WORDS) for q in line.consultation.questions.all()},
            "question": lambda: line.consultation.questions.last(),
            "received_at": lambda: self.at - timedelta(hours=number),
            "delivered_at": lambda: self.at - timedelta(hours=number),
            "files": lambda: [paper_file("quet")] if number != 7 else [],
            "text": lambda: WORDS,
            "reason": lambda: WORDS if number != 5 else " ",
            "response": lambda: ("confirmed", "objected")[number % 2],
            "letter": lambda: Letter(
                "12/UBND", local_day(self.at) - timedelta(days=2), signed=[paper_file("quet")]
            ),
            "entry": lambda: LineCase(self.people.chief, self.at, line).unchecked[0],
            "answer": lambda: WORDS,
            "why": lambda: WORDS,
            "due": lambda: TERMS[number % 3],
            "agency": lambda: [self.people.instead, *self.people.asked][number % 5],
            "must_answer": lambda: bool(number % 2),
            "upheld": lambda: bool(number % 2),
            "kind": lambda: "general",
            "settlements": lambda: self._settlements(line),
            "held_on": lambda: local_day(self.at),
            "minutes": lambda: WORDS,
            "result": lambda: WORDS,
        }
        return {name: made[name]() for name in LINE_ACTS[code].needs}

    def _settlements(self, line: Opinion) -> dict[int, Settled]:
        return {one.pk: Settled(True) for one in lifecycle.comments_of(line, self.at)}

    def _outcomes(self) -> dict[int, str]:
        return dict(Opinion.objects.with_outcome(self.at).values_list("pk", "outcome"))

    # What must hold -------------------------------------------------------------------------

    @invariant()
    def what_never_happens_did_not(self) -> None:
        """Rule 11, on everything there is after each step."""
        lines = Opinion.objects.with_outcome(self.at).prefetch_related("replies", "terms_rows")
        rows = list(lines.order_by("pk"))
        self._python_and_sql_judge_alike(rows)
        self._what_was_deemed_stays({line.pk: line.outcome for line in rows})
        self._silence_is_recorded_at_most_once({line.pk: line for line in rows})
        self._what_was_said_never_disappears(rows)
        self._what_is_over_stays_over()

    def _python_and_sql_judge_alike(self, rows: list[Opinion]) -> None:
        """Rules 3.7, 6.2: one rule, twice; and from the dated rows as from the columns (3.9)."""
        as_of = Opinion.objects.as_of(self.at).with_outcome(self.at)
        then = dict(as_of.values_list("pk", "outcome"))
        for line in rows:
            history = [
                Terms(
                    row.effective_at, row.due_at, row.silence_rule, row.counts_from,
                    row.register_until,
                )
                for row in line.terms_rows.all()
            ]  # fmt: skip
            said = sorted(line.replies.all(), key=lambda reply: reply.pk)
            judged = outcome(
                terms_at(history, self.at),
                [_received(one) for one in said],
                self.at, ending=line.ending, ended_at=line.ended_at,
            )  # fmt: skip
            assert judged == line.outcome == then[line.pk]

    def _what_was_deemed_stays(self, now: dict[int, str]) -> None:
        """Rules 3.5, 6.3: whatever is said, extended, withdrawn or closed afterwards."""
        assert {pk: now[pk] for pk in self.meant} == self.meant
        self.meant |= {pk: meant for pk, meant in now.items() if meant in SILENCE}

    def _silence_is_recorded_at_most_once(self, lines: dict[int, Opinion]) -> None:
        """Rules 3.10, 6.4: one event a line, from its deadline on, of what every reader sees."""
        recorded = list(Event.objects.filter(act__in=SILENT_ACTS))
        assert len({event.thing_id for event in recorded}) == len(recorded)
        for event in recorded:
            assert event.effective_at == lines[event.thing_id].due_at
            assert event.act == f"opinion.{self.meant[event.thing_id]}"

    def _what_was_said_never_disappears(self, rows: list[Opinion]) -> None:
        """Rule 6.5: all replies are kept as they were."""
        now = {one.pk: (one.stance, one.received_at) for row in rows for one in row.replies.all()}
        assert {pk: now.get(pk) for pk in self.said} == self.said
        self.said = now

    def _what_is_over_stays_over(self) -> None:
        """Rule 6.7: no line runs of what its requester was told is closed."""
        told = Consultation.objects.filter(result_told_at__isnull=False)
        running = Opinion.objects.running(self.at).filter(consultation__in=told)
        assert not running.exists()

    # The way out ----------------------------------------------------------------------------

    def _submitted_in_the_end(self) -> None:
        """Rule 6.10: nothing can block for ever, whatever the others do not do."""
        for _turn in range(8):
            self.at += timedelta(days=8)
            if not blocks(self.dossier, self.at):
                break
            for line in Opinion.objects.with_outcome(self.at).order_by("pk"):
                self._lead_on(line)
        dossiers.submit(
            self.dossier, self.requester, self.at, text="Kính trình", proposal="Phê duyệt."
        )

    def _lead_on(self, line: Opinion) -> None:
        """Do what the requester (or the chief, where it waits for the chief) can do next."""
        do = dict(actor=self.requester, clock=self._now)
        for reply in line.replies.filter(entered_at__isnull=False, paper_check__isnull=True):
            lifecycle.confirm_paper(reply, self.people.chief, self.at)
        if line.outcome == Outcome.INSUFFICIENT:
            lifecycle.refuse_supply(line, **do, reason=WORDS)
        elif line.outcome == Outcome.RETURNED:
            if LineCase(self.requester, self.at, line).return_contest is not None:
                lifecycle.settle_return(
                    line, self.people.chief, self._now, must_answer=False, answer=WORDS
                )
            lifecycle.drop(line, **do, reason=WORDS)
        elif comments := self._settlements(line):
            lifecycle.settle_comments(line, **do, settlements=comments)
            if line.outcome == Outcome.DISAGREED:
                lifecycle.reconcile(
                    line, **do, held_on=local_day(self.at), minutes=WORDS, result=WORDS,
                    due=TERMS[0],
                )  # fmt: skip


def _received(reply: Reply) -> Received:
    refused_at = reply.paper_check.checked_at if reply.is_refused else None
    return Received(reply.received_at, reply.stance, reply.entered_at, refused_at)


def test_a_consultation_done_at_random_breaks_nothing() -> None:
    """Rules 6, 7.1, 11: a state machine over the tables of acts with a moving clock."""
    RandomConsultation.people = People()
    run_state_machine_as_test(
        RandomConsultation,
        settings=settings(
            max_examples=7,
            stateful_step_count=25,
            deadline=None,
            derandomize=True,
            phases=[Phase.explicit, Phase.generate],  # each step asks the database: no shrinking
            suppress_health_check=list(HealthCheck),
        ),
    )
