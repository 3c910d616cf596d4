"""The equation on random histories, months joining, past and present agreeing (8.6, 8.9)."""

from contextlib import suppress
from datetime import datetime, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from agencies.deadlines import ZONE
from agencies.models import Agency
from agencies.refusals import Refused
from consultations.models import Opinion
from reports.build import build_period
from reports.columns import EXITS, OPEN, add_up, assigned, on_time_rate, together
from reports.counting import GROUPINGS, Tally
from reports.figures import Terms, tasks_at
from reports.freezing import counted, rows_of
from reports.periods import Kind, holding, periods_ended
from tasks import lifecycle
from tasks.models import Task
from tasks.states import ENDED, State
from tasks.states import OPEN as OPEN_STATES
from tests.factories import (
    AgencyFactory,
    AuthorityFactory,
    CompetenceFactory,
    OfficeFactory,
    PostFactory,
    office_chief,
)
from tests.reports.histories import (
    Step,
    answers,
    asked_anew,
    frozen_rows,
    helps,
    line_of,
    task_with,
)
from tests.reports.named_periods import month, quarter
from tests.reports.standing import standing_by

BEGIN = datetime(2026, 7, 1, tzinfo=ZONE)
NOW = datetime(2026, 11, 16, 8, tzinfo=ZONE)
LATER = datetime(2026, 12, 16, 8, tzinfo=ZONE)
MINUTES = int((NOW - BEGIN).total_seconds() // 60)
MIDNIGHTS = [month(2026, n).cut_off_at for n in (7, 8, 9, 10, 11)]

#: Which states an act leads to, the later issues' side paths included.
LEADS_TO = {
    State.ASSIGNED: [State.ACCEPTED, State.IN_PROGRESS, State.RETURNED, State.SUSPENDED],
    State.ACCEPTED: [State.IN_PROGRESS, State.REPORTED, State.RETURNED, State.TRANSFERRED],
    State.IN_PROGRESS: [State.REPORTED, State.SUSPENDED, State.CANCELLED],
    State.REPORTED: [State.COMPLETED, State.IN_PROGRESS],
    State.SUSPENDED: [State.IN_PROGRESS, State.CANCELLED],
    State.COMPLETED: [State.IN_PROGRESS],
}

instants = st.one_of(
    st.integers(0, MINUTES).map(lambda minutes: BEGIN + timedelta(minutes=minutes)),
    st.sampled_from(MIDNIGHTS),
)


@st.composite
def histories(draw) -> dict:
    moments = sorted(draw(st.lists(instants, min_size=1, max_size=7, unique=True)))
    state, steps = State.ASSIGNED, []
    for moment in moments[1:]:
        if state not in LEADS_TO:
            break
        state = draw(st.sampled_from(LEADS_TO[state]))
        due = draw(st.none() | instants) if draw(st.booleans()) else None
        steps.append(Step(moment, state, due))
    return {
        "assigned_at": moments[0],
        "due_at": draw(st.none() | instants),
        "steps": steps,
        "lead": draw(st.integers(0, 2)),
        "helper": draw(st.integers(0, 2)),
        "responsible_since": draw(st.none() | instants),
        "helper_leaves": draw(st.none() | instants),
        "other_helper": draw(st.none() | st.tuples(st.integers(0, 2), instants)),
        "above": draw(st.booleans()),
        "is_key": draw(st.booleans()),
        "leader": draw(st.integers(0, 2)),
        "competence": draw(st.integers(0, 2)),
    }


@st.composite
def lines(draw) -> dict:
    asked, due = sorted(draw(st.lists(instants, min_size=2, max_size=2, unique=True)))
    replies = draw(st.lists(instants.filter(lambda at: at > asked), max_size=2))
    settled = [at for at in replies if at < due]
    anew = draw(st.none() | st.lists(instants, min_size=2, max_size=2, unique=True).map(sorted))
    if anew and not (settled and min(settled) < anew[0]):
        anew = None  # only what was said in time is settled, and the line asked anew (rule 6.6)
    return {
        "asked_at": asked, "due_at": due, "replies": replies, "anew": anew,
        "agency": draw(st.integers(0, 2)),
    }  # fmt: skip


QUICK = settings(
    max_examples=15, deadline=None, suppress_health_check=[HealthCheck.too_slow], derandomize=True
)


class RandomHistories(TestCase):
    """Each example rolls back: `TestCase` of hypothesis, not of Django."""

    def setup_example(self):
        super().setup_example()
        OfficeFactory()
        self.chief = office_chief()
        self.agencies = [AgencyFactory(code=f"co-quan-{n}") for n in range(3)]
        for agency in self.agencies:
            PostFactory(agency=agency)
        self.above = AuthorityFactory(code="thanh-pho", is_superior=True)
        self.leaders = [None, *(PostFactory(function="leader") for _n in range(2))]
        self.competences = [None, *(CompetenceFactory() for _n in range(2))]

    def write(self, tasks, asked=()):
        for facts in tasks:
            lead = self.agencies[facts["lead"]]
            task = task_with(
                lead,
                facts["assigned_at"],
                facts["due_at"],
                facts["steps"],
                assigned_by=self.above if facts["above"] else None,
                priority=Task.Priority.KEY if facts["is_key"] else Task.Priority.NORMAL,
                supervisor=self.leaders[facts["leader"]],
                competence=self.competences[facts["competence"]],
            )
            self.let_help(task, facts)
            if facts["responsible_since"]:
                since = max(facts["responsible_since"], task.assigned_at)
                answers(task, lead.posts.last(), since)
        for facts in asked:
            line = line_of(
                self.agencies[facts["agency"]], facts["asked_at"], facts["due_at"],
                facts["replies"],
            )  # fmt: skip
            if facts["anew"]:
                asked_anew(line, *facts["anew"])

    def change_what_is_there(self, at):
        """Let everybody who helps leave and others join; correct title and responsible person."""
        changes = {"title": "Rà soát lần hai"}
        for task in Task.objects.all():
            changes["responsible"] = PostFactory(agency=task.lead)
            with suppress(Refused):  # what has ended is corrected no more
                lifecycle.correct(task, self.chief, at, changes=changes, reason="Ghi nhầm.")
            helping = task.coordinations.current()
            before = list(helping.values_list("agency", flat=True))
            helping.filter(asked_at__lte=at).update(left_at=at)
            for agency in self.agencies:
                if agency.pk not in before and agency != task.lead:
                    helps(task, agency, at)

    def let_help(self, task, facts):
        """One helper from the start, perhaps not to the end; perhaps another from some day on."""
        helper, left_at = self.agencies[facts["helper"]], facts["helper_leaves"]
        if helper != task.lead:
            left_at = left_at and max(left_at, task.assigned_at)
            helps(task, helper, task.assigned_at, left_at)
        which, joined_at = facts["other_helper"] or (facts["lead"], None)
        if self.agencies[which] not in (helper, task.lead):
            helps(task, self.agencies[which], max(joined_at, task.assigned_at))

    @QUICK
    @given(
        st.lists(histories(), max_size=8),
        st.lists(lines(), max_size=4),
        st.sampled_from([Kind.WEEK, Kind.MONTH, Kind.QUARTER, Kind.HALF]),
    )
    def test_every_period_balances_and_joins_the_next(self, tasks, asked, kind):
        """Rule 8.6: entries equal exits by row and in total; one's open is the next's carried, row
        by row."""
        self.write(tasks, asked)

        open_before = None
        for period in periods_ended(kind, BEGIN, LATER, at_most=3):
            terms = Terms.in_force(period.cut_off_at)
            found = list(rows_of(period, terms))
            tally = Tally.of((row for _of, row in found), terms)
            total = tally.total()
            for grouping in GROUPINGS:
                rows = tally.by(grouping)
                for counts in rows.values():
                    assert assigned(counts) == together(counts, EXITS)
                summed = add_up(rows.values())
                assert together(summed, EXITS) == together(total, EXITS) == assigned(total)
            if open_before is not None:
                assert standing(found, "carried_over", "lines_carried") == open_before
            open_before = standing(found, *OPEN, "lines_awaiting")

    @QUICK
    @given(st.lists(histories(), max_size=8), st.lists(lines(), max_size=4))
    def test_asked_again_later_the_frozen_figures_are_the_same(self, tasks, asked):
        """Rule 8.4: as of the cut-off whenever built."""
        before = [facts for facts in tasks if facts["assigned_at"] <= MIDNIGHTS[-2]]
        self.write(before, asked)
        built = [build_period(each, NOW) for each in (month(2026, 10), quarter(2026, 3))]
        self.write([f | {"assigned_at": NOW, "steps": []} for f in tasks if f not in before])
        self.change_what_is_there(NOW)

        for report in built:
            terms = Terms.in_force(report.cut_off_at)
            again = list(rows_of(report.period, terms))
            tally = Tally.of((row for _of, row in again), terms)

            assert dict(tally.total()) == report.figures["total"]
            assert [row.to_json() for of, row in again if of == "tasks"] == as_json(
                frozen_rows(report, "tasks")
            )

    @QUICK
    @given(
        st.lists(histories(), max_size=8),
        st.lists(lines(), max_size=4),
        st.sampled_from(MIDNIGHTS[1:]),
    )
    def test_the_dashboard_counts_what_the_report_counts(self, tasks, asked, cut_off_at):
        """Rule 8.9: the same instant gives the same figures on the page and in the report."""
        self.write(tasks, asked)
        terms = Terms.in_force(cut_off_at)
        period = holding(Kind.MONTH, cut_off_at - timedelta(seconds=1))
        reported = counted(period, terms).by("agencies")

        standing = standing_by("lead__code", tasks_at(Task.objects.all(), terms, past=True), terms)

        shared = (*OPEN, "longest_overdue", *(f"overdue_from_{n}" for n in terms.bands))
        for agency in Agency.objects.all():
            now, then = standing.get(agency.code, {}), reported.get(agency.code, {})
            assert {c: now.get(c, 0) for c in shared} == {c: then.get(c, 0) for c in shared}
            own = Opinion.objects.as_of(cut_off_at).filter(agency=agency)
            assert own.awaiting(cut_off_at).count() == then.get("lines_awaiting", 0)

    @QUICK
    @given(st.lists(histories(), max_size=8))
    def test_caches_and_rows_give_the_same_figures_now(self, tasks):
        """Rule 3.9: columns are caches of the latest rows, asked by the same questions."""
        self.write(tasks)
        terms = Terms.in_force(NOW)

        by_cache = standing_by("lead", tasks_at(Task.objects.all(), terms), terms)
        by_rows = standing_by("lead", tasks_at(Task.objects.all(), terms, past=True), terms)

        assert by_cache == by_rows

    @QUICK
    @given(
        st.lists(histories(), max_size=6),
        st.sampled_from([State.RETURNED, State.TRANSFERRED, State.SUSPENDED, State.COMPLETED]),
    )
    def test_getting_rid_of_late_work_never_betters_the_rate(self, tasks, way):
        """Rule 8.7: a task already overdue that is returned, transferred, suspended or finished
        late leaves the rate where it stood while the task lay there overdue.
        """
        self.write(tasks)
        period, terms = month(2026, 11), Terms.in_force(month(2026, 11).cut_off_at)
        lead, due_at = self.agencies[0], datetime(2026, 10, 20, tzinfo=ZONE)
        before = on_time_rate(counted(period, terms).by("agencies").get(lead.code, {}))

        ended = [Step(datetime(2026, 11, 3, 9, tzinfo=ZONE), State.REPORTED)]
        if way != State.COMPLETED:
            ended = []
        ended.append(Step(datetime(2026, 11, 4, 9, tzinfo=ZONE), way))
        task_with(lead, datetime(2026, 10, 1, tzinfo=ZONE), due_at, ended)
        after = on_time_rate(counted(period, terms).by("agencies")[lead.code])

        assert (after.part, after.base) == (before.part, before.base + 1)


def standing(rows: list, *columns: str) -> set[tuple]:
    """Which tasks and lines, of whom, stand in the columns."""
    return {
        (of, row.code, row.agency, getattr(row, "line", 0))
        for of, row in rows
        if of in ("tasks", "lines") and {row.entry, row.exit} & {*columns}
    }


def as_json(rows: list[dict]) -> list[dict]:
    """Frozen rows as the acts give them: JSON has no tuples."""
    return [row | {"coordinating": tuple(row["coordinating"])} for row in rows]


def test_histories_reach_every_state():
    """The random histories walk through every state there is."""
    reached = {state for targets in LEADS_TO.values() for state in targets} | {State.ASSIGNED}

    assert reached == set(OPEN_STATES) | set(ENDED)


pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning")
