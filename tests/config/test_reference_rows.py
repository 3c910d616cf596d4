"""Tests that commit end by emptying every table; what migrations inserted comes back."""

import pytest
from django.contrib.contenttypes.models import ContentType


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("turn", ["first", "second"])
def test_rows_of_migrations_are_there_in_every_committing_test(turn):
    assert ContentType.objects.filter(app_label="agencies").exists()
