"""The dashboard's figures are the report's and the lists': the same facts, however counted."""

from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from reports.columns import on_time_rate
from reports.counting import Tally
from reports.figures import Terms, tasks_at
from reports.overview.ranking import ranking
from reports.overview.scope import Scope
from reports.overview.standing import standing_along
from reports.overview.trend import week_ends, weekly
from reports.rows import task_rows
from tasks.models import Task
from tasks.timeliness import Timeliness
from tests.factories import AgencyFactory, OfficeFactory, PostFactory, office_chief
from tests.reports.histories import task_with
from tests.reports.standing import standing_by
from tests.reports.test_random_histories import NOW, histories

pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning")
QUICK = settings(
    max_examples=15, deadline=None, suppress_health_check=[HealthCheck.too_slow], derandomize=True
)
DONE = {Timeliness.COMPLETED_ON_TIME: 1, Timeliness.COMPLETED_LATE: 2,
        Timeliness.COMPLETED_UNDATED: 3}  # fmt: skip


class RandomHistories(TestCase):
    def setup_example(self):
        super().setup_example()
        OfficeFactory()
        self.agencies = [AgencyFactory(code=f"co-quan-{n}") for n in range(3)]
        for agency in self.agencies:
            PostFactory(agency=agency)

    def write(self, tasks):
        for facts in tasks:
            lead = self.agencies[facts["lead"]]
            task_with(lead, facts["assigned_at"], facts["due_at"], facts["steps"])

    @QUICK
    @given(st.lists(histories(), max_size=8))
    def test_weeks_count_what_lists_of_each_day_show(self, tasks):
        """Rules 8.3, 8.9: one query over the dated rows, the judgement of any past instant."""
        self.write(tasks)
        ends = week_ends(NOW)

        counted = weekly(Task.objects.counted(), ends)

        starts = [ends[0] - timedelta(weeks=1), *ends]
        assert counted == [_week(*week) for week in zip(starts, ends, strict=False)]

    @QUICK
    @given(st.lists(histories(), max_size=8))
    def test_one_query_counts_what_the_report_counts(self, tasks):
        """Rule 8.9: by agency and by authority, now and as of the past."""
        self.write(tasks)
        dimensions = {"agency": "lead", "authority": "assigned_by"}
        terms = Terms.in_force(NOW)
        for past in (False, True):
            judged = tasks_at(Task.objects.all(), terms, past=past)

            along = standing_along(dimensions, judged, terms)

            for name, column in dimensions.items():
                told = {pk: +counts for pk, counts in standing_by(column, judged, terms).items()}
                assert _without_week(along[name]) == told

    @QUICK
    @given(st.lists(histories(), min_size=3, max_size=8))
    def test_the_ranking_rates_as_the_report_does(self, tasks):
        """Rule 8.7: the same base, part and base, for the same period."""
        self.write(tasks)
        terms = Terms.in_force(NOW)
        since = week_ends(NOW)[0] - timedelta(weeks=1)
        tally = Tally.of(task_rows(Task.objects.all(), since, terms), terms)

        ranked = ranking(Scope(office_chief(), NOW), minimum=1)

        told = {line.agency.code: (line.on_time.count, line.base.count) for line in ranked.lines}
        rates = {code: on_time_rate(counts) for code, counts in tally.by("agencies").items()}
        assert told == {c: (r.part, r.base) for c, r in rates.items() if r.base}


def _week(start, end) -> tuple[int, ...]:
    rows = Task.objects.as_of(end).with_endings(end).with_timeliness(end, end)
    counts = [0, 0, 0, 0]
    for timeliness, completed_at in rows.values_list("timeliness", "completed_then"):
        if timeliness == Timeliness.OVERDUE:
            counts[0] += 1
        elif timeliness in DONE and completed_at > start:
            counts[DONE[timeliness]] += 1
    return tuple(counts)


def _without_week(along: dict) -> dict:
    return {
        pk: +type(counts)({name: n for name, n in counts.items() if name != "due_this_week"})
        for pk, counts in along.items()
    }
