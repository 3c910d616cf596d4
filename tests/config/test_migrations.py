"""The chain folded into each app's `0001_tables`, on databases that the old steps made."""

import pytest
from django.core.checks import Tags, run_checks
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.recorder import MigrationRecorder

pytestmark = pytest.mark.django_db

FOLDED = [
    ("agencies", "0001_tables"),
    ("tasks", "0001_tables"),
    ("consultations", "0001_tables"),
    ("consultations", "0002_checklist_and_return_codes"),
    ("reports", "0001_tables"),
]
LAST_OLD_STEPS = [
    ("agencies", "0008_notices_have_a_series"),
    ("tasks", "0012_name_lists_of_campaigns"),
    ("consultations", "0006_drop_indexes_others_serve"),
    ("reports", "0004_briefings"),
]


@pytest.fixture
def made_by_the_old_chain() -> MigrationRecorder:
    """What is recorded as applied, as if before the chain was folded."""
    recorder = MigrationRecorder(connection)
    for app, name in FOLDED:
        recorder.record_unapplied(app, name)
    return recorder


def test_nothing_runs_where_the_old_chain_was_gone_through(made_by_the_old_chain):
    executor = MigrationExecutor(connection)
    assert executor.migration_plan(executor.loader.graph.leaf_nodes()) == []


def test_the_folded_steps_become_recorded_where_the_old_chain_was_gone_through(
    made_by_the_old_chain,
):
    MigrationExecutor(connection).check_replacements()
    assert set(FOLDED) <= set(made_by_the_old_chain.applied_migrations())


@pytest.mark.parametrize("step", LAST_OLD_STEPS, ids=lambda step: step[0])
def test_a_database_that_stopped_in_the_old_chain_is_refused(made_by_the_old_chain, step):
    """Django would find nothing to do."""
    made_by_the_old_chain.record_unapplied(*step)
    assert [error.msg for error in found()] == [
        f"The database stopped before {'.'.join(step)}, now a part of {step[0]}.0001_tables."
    ]


def test_a_whole_database_is_not_refused(made_by_the_old_chain):
    assert found() == []


def found() -> list:
    errors = run_checks(tags=[Tags.database], databases=["default"])
    return [error for error in errors if error.id == "agencies.E001"]
