"""The benches run, if only on a few rows; how they write their page."""

from importlib import import_module

import pytest

from bench.measuring import Measured, table_of
from bench.run import BENCHES, PAGE, with_table


@pytest.mark.django_db
@pytest.mark.parametrize("name", BENCHES)
def test_every_bench_measures_its_small_size(name):
    bench = import_module(f"bench.{name}")

    measures = bench.measure(bench.SMALL)

    assert measures
    assert all(one.seconds > 0 and one.base_seconds > 0 for one in measures)


@pytest.mark.parametrize("name", BENCHES)
def test_every_bench_has_its_place_on_the_page(name):
    assert "| new |" in with_table(PAGE.read_text(), name, "| new |")


def test_a_table_replaces_the_one_before_and_nothing_else():
    page = "before\n<!-- bench lists -->\n\n| old |\n\n<!-- end -->\nafter\n"

    page = with_table(page, "lists", "| new |")

    assert page == "before\n<!-- bench lists -->\n\n| new |\n\n<!-- end -->\nafter\n"


def test_a_promise_that_is_not_kept_shows():
    kept = Measured("page", 0.2, "one row", 0.1, 2)
    broken = Measured("page", 0.3, "one row", 0.1, 2)

    assert (kept.is_kept, broken.is_kept) == (True, False)
    assert "| 3.00 | 2 ✗ | 300.0 ms / 100.0 ms |" in table_of([broken])
