"""Tests that commit end by emptying every table; what migrations inserted comes back."""

import pytest
from django.contrib.contenttypes.models import ContentType
from django.db import connection

from consultations.models import ReturnCode


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("turn", ["first", "second"])
def test_rows_of_migrations_are_there_in_every_committing_test(turn):
    assert ContentType.objects.filter(app_label="agencies").exists()
    assert ReturnCode.objects.exists()


@pytest.mark.django_db
def test_rows_of_migrations_are_there_in_a_test_after_one_that_commits():
    """Beside the one above in a run of this module, whatever their order."""
    assert ReturnCode.objects.count() == 5
    assert connection.in_atomic_block
