"""Every list: in pages, sorted by what its columns name, its filters kept."""

import re
from html import unescape

from tests.pages import client_of
from tests.test_addresses import address_of

FORM = re.compile(r'<form class="(?:filters|as-of)".*?</form>', re.DOTALL)
SORT = re.compile(r'<a class="sort" href="([^"]+)"')
LISTS = {
    "reorganisations": 2, "papers": 4, "directives": 4, "imports": 3, "campaigns": 4,
    "campaign": 5, "campaign_marks": 4, "spot_checks": 6, "demands": 3, "obstacles": 3,
    "recurrences": 2, "urgings": 5, "tasks": 4, "consultations": 4, "dossiers": 4,
    "briefings": 3, "reports": 2, "report_rows": 4, "acknowledgements_overdue": 3, "cases": 2,
    "commendations": 2, "inspections": 5,
}  # fmt: skip
"""How many columns sort each list, as the chief sees it."""


def sorts_of(page: str) -> list[str]:
    return [unescape(address) for address in SORT.findall(page)]


def test_every_list_is_sorted_by_its_columns_both_ways_and_keeps_its_filters(world):
    client, wrong = client_of(world.actors["chief"]), []
    for name, count in LISTS.items():
        url = address_of(name, world)
        addresses = sorts_of(client.get(f"{url}?kept=1").content.decode())
        if len(addresses) != count:
            wrong.append(f"{name}: {len(addresses)} columns sort it, not {count}")
        asked = [(address, "ascending") for address in addresses]
        asked += [(address.replace("sort=", "sort=-"), "descending") for address in addresses[:1]]
        for address, way in asked:
            wrong += [f"{url}{address}: {fault}" for fault in _faults(client, url + address, way)]

    assert wrong == [], "\n".join(wrong)


def _faults(client, url: str, way: str) -> list[str]:
    answer = client.get(url)
    page = answer.content.decode()
    form = FORM.search(page)
    kept = "kept=1" in url and all("kept=1" in each for each in sorts_of(page))
    holds = {
        f"answers {answer.status_code}": answer.status_code == 200,
        "is not in pages": 'class="pages"' in page,
        f"is not shown {way}": f'aria-sort="{way}"' in page,
        "loses what narrows it": kept,
        "loses its order when it is narrowed": form is None or 'name="sort"' in form[0],
    }
    return [fault for fault, is_right in holds.items() if not is_right]
