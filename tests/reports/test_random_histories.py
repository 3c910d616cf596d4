"""The equation on random histories, months joining, past and present agreeing (8.6, 8.9)."""

from datetime import datetime, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from agencies.deadlines import ZONE
from agencies.models import Agency
from reports.build import build_due, freeze
from reports.columns import EXITS, OPEN, add_up, assigned, together
from reports.figures import Terms, standing_by, tasks_at
from reports.periods import Month
from tasks.models import Task
from tasks.states import ENDED, State
from tasks.states import OPEN as OPEN_STATES
from tests.factories import AgencyFactory, AuthorityFactory, OfficeFactory, PostFactory
from tests.reports.histories import Step, line_of, task_with

BEGIN = datetime(2026, 7, 1, tzinfo=ZONE)
NOW = datetime(2026, 11, 16, 8, tzinfo=ZONE)
MINUTES = int((NOW - BEGIN).total_seconds() // 60)
MIDNIGHTS = [Month(2026, n).cut_off_at for n in (7, 8, 9, 10, 11)]

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
        "above": draw(st.booleans()),
    }


@st.composite
def lines(draw) -> dict:
    asked, due = sorted(draw(st.lists(instants, min_size=2, max_size=2, unique=True)))
    replies = draw(st.lists(instants.filter(lambda at: at > asked), max_size=2))
    return {"asked_at": asked, "due_at": due, "replies": replies, "agency": draw(st.integers(0, 2))}


QUICK = settings(
    max_examples=15, deadline=None, suppress_health_check=[HealthCheck.too_slow], derandomize=True
)


class RandomHistories(TestCase):
    """Each example rolls back: `TestCase` of hypothesis, not of Django."""

    def setup_example(self):
        super().setup_example()
        OfficeFactory()
        self.agencies = [AgencyFactory(code=f"co-quan-{n}") for n in range(3)]
        for agency in self.agencies:
            PostFactory(agency=agency)
        self.above = AuthorityFactory(code="thanh-pho", is_superior=True)

    def write(self, tasks, asked=()):
        for facts in tasks:
            helper = self.agencies[facts["helper"]]
            lead = self.agencies[facts["lead"]]
            task_with(
                lead,
                facts["assigned_at"],
                facts["due_at"],
                facts["steps"],
                coordinating=[helper] if helper != lead else [],
                assigned_by=self.above if facts["above"] else None,
            )
        for facts in asked:
            line_of(
                self.agencies[facts["agency"]], facts["asked_at"], facts["due_at"],
                facts["replies"],
            )  # fmt: skip

    @QUICK
    @given(st.lists(histories(), max_size=8), st.lists(lines(), max_size=4))
    def test_every_period_balances_and_joins_the_next(self, tasks, asked):
        """Rule 8.6: entries equal exits by row and in total; one's open is the next's carried."""
        self.write(tasks, asked)

        reports = sorted(build_due(NOW), key=lambda report: report.cut_off_at)

        open_before = None
        for report in reports:
            total = report.figures["total"]
            for table in ("agencies", "authorities"):
                rows = [row["counts"] for row in report.figures[table]]
                for counts in rows:
                    assert assigned(counts) == together(counts, EXITS)
                summed = add_up(rows)
                assert together(summed, EXITS) == together(total, EXITS) == assigned(total)
            if open_before is not None:
                assert total.get("carried_over", 0) == open_before["tasks"]
                assert total.get("lines_carried", 0) == open_before["lines"]
            open_before = {
                "tasks": together(total, OPEN), "lines": total.get("lines_awaiting", 0)
            }  # fmt: skip

    @QUICK
    @given(st.lists(histories(), max_size=8), st.lists(lines(), max_size=4))
    def test_asked_again_later_the_frozen_figures_are_the_same(self, tasks, asked):
        """Rule 8.4: as of the cut-off whenever built."""
        before = [facts for facts in tasks if facts["assigned_at"] <= MIDNIGHTS[-2]]
        self.write(before, asked)
        built = {r.cut_off_at: r for r in build_due(NOW)}
        self.write([f | {"assigned_at": NOW, "steps": []} for f in tasks if f not in before])

        for cut_off_at, report in built.items():
            figures, rows = freeze(Month.ending_at(cut_off_at), Terms.in_force(cut_off_at))

            assert figures["total"] == report.figures["total"]
            assert rows == report.rows

    @QUICK
    @given(st.lists(histories(), max_size=8), st.sampled_from(MIDNIGHTS[1:]))
    def test_the_dashboard_counts_what_the_report_counts(self, tasks, cut_off_at):
        """Rule 8.9: the same instant gives the same figures on the page and in the report."""
        self.write(tasks)
        terms = Terms.in_force(cut_off_at)
        figures, _rows = freeze(Month.ending_at(cut_off_at), terms)

        standing = standing_by("lead__code", tasks_at(Task.objects.all(), terms, past=True), terms)

        shared = (*OPEN, "longest_overdue", *(f"overdue_from_{n}" for n in terms.bands))
        reported = {each["code"]: each["counts"] for each in figures["agencies"]}
        for agency in Agency.objects.all():
            now, then = standing.get(agency.code, {}), reported.get(agency.code, {})
            assert {c: now.get(c, 0) for c in shared} == {c: then.get(c, 0) for c in shared}

    @QUICK
    @given(st.lists(histories(), max_size=8))
    def test_caches_and_rows_give_the_same_figures_now(self, tasks):
        """Rule 3.9: columns are caches of the latest rows, asked by the same questions."""
        self.write(tasks)
        terms = Terms.in_force(NOW)

        by_cache = standing_by("lead", tasks_at(Task.objects.all(), terms), terms)
        by_rows = standing_by("lead", tasks_at(Task.objects.all(), terms, past=True), terms)

        assert by_cache == by_rows


def test_histories_reach_every_state():
    """The random histories walk through every state there is."""
    reached = {state for targets in LEADS_TO.values() for state in targets} | {State.ASSIGNED}

    assert reached == set(OPEN_STATES) | set(ENDED)


pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning")
