"""Random acts by random people with a moving clock: what never happens, never happens (11)."""

from collections.abc import Callable
from datetime import timedelta
from functools import partial

import pytest
from django.db import transaction
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test

from agencies.acting import Actor
from agencies.deadlines import local_day
from agencies.models import Event
from agencies.refusals import Refused
from reports.counting import Tally
from reports.figures import Terms
from reports.rows import task_rows
from tasks import lifecycle
from tasks.acts import ACTS, Situation
from tasks.judgement import Judgement
from tasks.lifecycle.sharing import Share
from tasks.models import Task
from tasks.states import OPEN
from tests import factories as make

pytestmark = pytest.mark.django_db

BEGUN = make.moment("2026-03-02", 8)
WORDS = "Vì còn chờ số liệu của các xã."
DATED = ("ask_extension", "grant_other_day", "move_deadline")
"""Acts that are about a day, and are not done without one."""


class RandomActs(RuleBasedStateMachine):
    """A small district in which everybody tries everything."""

    def __init__(self) -> None:
        super().__init__()
        self.atomic = transaction.atomic()
        self.atomic.__enter__()
        self.at = BEGUN
        self.agencies = [make.AgencyFactory(code=f"co-quan-{n}") for n in range(3)]
        self.heads = [make.head_of(agency) for agency in self.agencies]
        self.staff = [make.staff_of(agency) for agency in self.agencies]
        self.chief, self.chair, self.officer = make.office_chief(), make.chair(), make.officer()
        self.people = [*self.heads, *self.staff, self.chief, self.chair, self.officer]
        self.authorities = [
            make.AuthorityFactory(),
            make.AuthorityFactory(code="thanh-pho", name="UBND thành phố", is_superior=True),
        ]
        self.originals: dict[int, object] = {}
        self.done = 0

    def teardown(self) -> None:
        """Leave nothing behind."""
        transaction.set_rollback(True)
        self.atomic.__exit__(None, None, None)

    # What happens ---------------------------------------------------------------------------

    @rule(minutes=st.sampled_from([1, 45, 60 * 9, 60 * 24, 60 * 24 * 4, 60 * 24 * 11]))
    def time_passes(self, minutes: int) -> None:
        """The clock moves on."""
        self.at += timedelta(minutes=minutes)

    @rule(
        lead=st.integers(0, 2), helper=st.integers(0, 2), days=st.none() | st.integers(1, 20),
        above=st.booleans(),
    )  # fmt: skip
    def work_is_assigned(self, lead: int, helper: int, days: int | None, above: bool) -> None:
        """The chief assigns a task, dated or not."""
        at = self.at
        due_at = make.moment(str(local_day(at + timedelta(days=days))), 0) if days else None
        lifecycle.assign(
            self.chief, at, lead=self.agencies[lead], title="Rà soát", source="Giao ban",
            due_at=due_at if due_at is None or due_at > at else due_at + timedelta(days=1),
            assigned_by=self.authorities[above],
            coordinating=[self.agencies[helper]] if helper != lead else [],
        )  # fmt: skip
        self.done += 1

    @rule(
        which=st.integers(0, 9), code=st.sampled_from(sorted(ACTS)), who=st.integers(0, 8),
        number=st.integers(0, 30),
    )  # fmt: skip
    def somebody_tries(self, which: int, code: str, who: int, number: int) -> None:
        """Anybody tries any act; the table decides, and a refusal changes nothing."""
        task = self._task(which)
        if task is None:
            return
        self._try(task, code, self.people[who], number)

    @rule(which=st.integers(0, 9), pick=st.integers(0, 20), number=st.integers(0, 30))
    def somebody_does_what_he_may(self, which: int, pick: int, number: int) -> None:
        """Of the acts somebody may do now, one is done: so that histories go far."""
        task = self._task(which)
        if task is None:
            return
        allowed = [
            (code, actor)
            for code in ACTS
            for actor in self.people
            if ACTS[code].refusal(Situation(task, actor, self.at)) is None
        ]
        if allowed:
            code, actor = allowed[pick % len(allowed)]
            self._try(task, code, actor, number)

    def _task(self, which: int) -> Task | None:
        tasks = list(Task.objects.counted().order_by("-pk")[:10])
        return tasks[which % len(tasks)] if tasks else None

    def _try(self, task: Task, code: str, actor: Actor, number: int) -> None:
        refusal = ACTS[code].refusal(Situation(task, actor, self.at))
        before, events = _picture(task), Event.objects.count()
        try:
            with transaction.atomic():
                facts = self._facts(code, task, number)
                getattr(lifecycle, code)(task, actor, self.at, **facts)
        except Refused:
            assert _picture(Task.objects.get(pk=task.pk)) == before
            assert Event.objects.count() == events
            return
        assert refusal is None, f"{code} by {actor.user} was refused by the table and done"
        assert Event.objects.count() > events
        assert Event.objects.filter(recorded_at=self.at, actor=actor.user).exists()
        self.done += 1

    def _facts(self, code: str, task: Task, number: int) -> dict:
        """What the act takes, sometimes too little or too early."""
        made: dict[str, Callable[[], object]] = {
            "result": lambda: WORDS,
            "text": lambda: WORDS,
            "reason": lambda: WORDS,
            "answer": lambda: WORDS,
            "cause": lambda: WORDS,
            "needs": lambda: "",
            "proposal": lambda: "",
            "addressee": lambda: "chief",
            "percent": lambda: number,
            "document_number": lambda: f"{number}/BC" if number else "",
            "files": lambda: [],
            "is_whole": lambda: bool(number % 2),
            "lacks_evidence": lambda: bool(number % 3 == 0),
            "handler": lambda: self.staff[number % 3].post,
            "suggested": lambda: self.agencies[number % 3],
            "lead": lambda: self.agencies[number % 3],
            "due_on": lambda: (
                local_day(self.at + timedelta(days=number)) if number or code in DATED else None
            ),
            "commitment_on": lambda: local_day(self.at + timedelta(days=number)),
            "superior_number": lambda: "12/UBND" if number % 2 else "",
            "superior_on": lambda: local_day(self.at) if number % 2 else None,
            "shares": partial(self._shares, task, number),
            "changes": lambda: {"title": f"Rà soát lần {number}"},
        }
        return {name: made[name]() for name in ACTS[code].needs}

    def _shares(self, task: Task, number: int) -> list:
        day = local_day(self.at + timedelta(days=number))
        return [Share(row.agency, WORDS, day) for row in task.coordinations.all()]

    # What must hold -------------------------------------------------------------------------

    @invariant()
    def each_work_has_one_lead_and_goes_on_once(self) -> None:
        """Rules 5.1, 5.3: of all rows that took one another over, at most one is open."""
        rows = {task.pk: task for task in Task.objects.counted()}
        first: dict[int, list[Task]] = {}
        for task in rows.values():
            root = task
            while root.previous_id:
                root = rows[root.previous_id]
            first.setdefault(root.pk, []).append(task)
        for chain in first.values():
            assert all(task.lead_id for task in chain)
            assert sum(task.state in OPEN for task in chain) <= 1

    @invariant()
    def only_the_office_or_a_leader_gives_work_to_another_agency(self) -> None:
        """Rule 5.3: an agency can never pass a task to another agency itself."""
        for task in Task.objects.filter(previous__isnull=False):
            opening = Event.objects.of(task).first()
            assert opening.actor in (self.chief.user, self.chair.user)

    @invariant()
    def the_original_deadline_stays(self) -> None:
        """Rule 5.6: for ever, whatever was granted, given back or corrected."""
        for task in Task.objects.filter(original_due_at__isnull=False):
            first = self.originals.setdefault(task.pk, task.original_due_at)
            assert task.original_due_at == first

    @invariant()
    def caches_are_the_latest_rows(self) -> None:
        """Rule 3.9: what a task says of itself is what its history says last."""
        then = {
            row.pk: (row.state_then, row.due_then, row.reported_then, row.plea_then)
            for row in Task.objects.as_of(self.at)
        }
        now = {
            row.pk: (row.state_then, row.due_then, row.reported_then, row.plea_then)
            for row in Task.objects.now()
        }
        assert then == now

    @invariant()
    def python_and_sql_judge_alike(self) -> None:
        """Rule 3.7: one rule, twice."""
        judgement = Judgement.at(self.at)
        rows = Task.objects.counted().now().with_timeliness(self.at, judgement.soon_at)
        for task in rows:
            assert task.timeliness == judgement.of(task)

    @invariant()
    def the_equation_holds(self) -> None:
        """Rule 8.6: what came in is what is there or went, of each agency and in total."""
        terms = Terms.in_force(self.at)
        rows = task_rows(Task.objects.all(), BEGUN + timedelta(days=9), terms)
        tally = Tally.of(rows, terms)
        tally.check()
        assert not tally.total()["received"], "a change of lead within the body counts once"


def _picture(task: Task) -> tuple:
    return (
        task.state, task.due_at, task.lead_id, task.version, task.plea, task.handler_id,
        task.extensions.count(), task.returns.count(), task.reports.count(),
    )  # fmt: skip


def test_random_people_doing_random_things_break_nothing() -> None:
    """Rule 11: a state machine over the whole table of acts."""
    run_state_machine_as_test(
        RandomActs,
        settings=settings(
            max_examples=6,
            stateful_step_count=30,
            deadline=None,
            derandomize=True,
            phases=[Phase.explicit, Phase.generate],  # each step asks the database: no shrinking
            suppress_health_check=list(HealthCheck),
        ),
    )
