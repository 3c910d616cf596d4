"""Where a case stands is derived from facts and an instant, in Python and in SQL alike (9.1)."""

from datetime import timedelta
from itertools import product

import pytest

from reports.cases.standing import Standing
from reports.models import AccountabilityCase, Commendation
from tests.factories import AgencyFactory, PostFactory, moment

pytestmark = pytest.mark.django_db
OPENED = moment("2026-11-02")
STATEMENT_DUE = moment("2026-11-10", 0)
SIGNATURES_DUE = moment("2026-11-17", 0)


def case(**facts) -> AccountabilityCase:
    terms = {
        "opened_at": OPENED, "statement_due_at": STATEMENT_DUE, "signatures_due_at": SIGNATURES_DUE
    }  # fmt: skip
    return AccountabilityCase(**(terms | facts))


@pytest.mark.parametrize(
    ("facts", "at", "expected"),
    [
        ({}, moment("2026-11-01"), Standing.DRAFTED),
        ({}, OPENED, Standing.ASKED),
        ({}, STATEMENT_DUE - timedelta(seconds=1), Standing.ASKED),
        ({}, STATEMENT_DUE, Standing.SIGNING),
        ({"stated_at": moment("2026-11-04")}, moment("2026-11-05"), Standing.SIGNING),
        ({"signed_at": moment("2026-11-11")}, moment("2026-11-12"), Standing.BEFORE_CHAIR),
        ({}, SIGNATURES_DUE, Standing.BEFORE_CHAIR),
        ({"decided_at": moment("2026-11-18")}, moment("2026-11-19"), Standing.DECIDED),
        ({"dropped_at": moment("2026-11-02")}, moment("2026-11-19"), Standing.DROPPED),
    ],
)
def test_time_moves_a_case_on_without_any_job(facts, at, expected):
    """Rules 3.10, 9.1: no statement, and a missing signature, hold nothing up."""
    assert case(**facts).standing(at) == expected


def test_sql_says_the_same_at_every_instant():
    """Rule 3.7: one judgment, two notations."""
    agency, post = AgencyFactory(), PostFactory()
    instants = [moment("2026-11-01"), moment("2026-11-04"), STATEMENT_DUE, SIGNATURES_DUE]
    for number, (opened, stated, signed, decided) in enumerate(product((False, True), repeat=4)):
        facts = {
            "code": f"{number}", "agency": agency, "drafted_at": OPENED,
            "opened_at": OPENED if opened else None,
            "signatures_due_at": SIGNATURES_DUE if opened else None,
            "signed_at": moment("2026-11-12") if signed and opened else None,
            "decided_at": moment("2026-11-13") if decided else None,
            "decided_by": post if decided else None, "measure": "none" if decided else "",
        }  # fmt: skip
        Commendation.objects.create(**facts)
        facts |= {
            "statement_due_at": STATEMENT_DUE if opened else None,
            "stated_at": moment("2026-11-04") if stated and opened else None,
        }
        AccountabilityCase.objects.create(**facts)

    for at, model in product(instants, (AccountabilityCase, Commendation)):
        rows = model.objects.with_standing(at)
        assert [(row.code, row.stands) for row in rows] == [
            (row.code, row.standing(at)) for row in rows
        ]
