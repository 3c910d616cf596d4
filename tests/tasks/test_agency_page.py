"""An agency's page shows its work to whoever may see it (rules 2.4, 4.4)."""

import pytest

from tests.world import ALPHA, build

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("role", "shown"), [("chief", True), ("head_alpha", True), ("head_beta", False)]
)
def test_standing_duties_are_shown_to_whoever_may_see_them(client, role, shown):
    world = build()
    client.force_login(world.user(role))

    text = client.get(world.things["task"].lead.get_absolute_url()).content.decode()

    assert (f"Không {ALPHA}" in text) is shown


def test_the_page_asks_a_constant_number_of_questions(client, django_assert_max_num_queries):
    world = build()
    client.force_login(world.user("chief"))

    with django_assert_max_num_queries(40):
        client.get(world.things["task"].lead.get_absolute_url())
