"""Every address, as every role and as nobody (rule 2.4: what one may not see answers 404).

The table is written by hand. A new address that is not in it fails the last test. What the
roles of `CRAWLING` get is looked at in `test_visibility.py`, which opens every page as them anyhow.
"""

from django.test import Client
from django.urls import URLResolver, get_resolver, reverse

from tests.world import ROLES

CRAWLING = ("head_alpha", "staff_alpha", "head_beta", "administrator", "no_post")
LOOKING_UP = tuple(role for role in ROLES if role not in CRAWLING)
LOG_IN = 302
ALL = {role: 200 for role in ROLES} | {"nobody": LOG_IN}
SEE_ALL = ("chair", "chief", "officer", "office_clerk")
ALPHA = ("head_alpha", "staff_alpha")


def only(*roles: str, others: int = 404) -> dict[str, int]:
    """Return the table row of a page that only these roles open."""
    return {role: 200 if role in roles else others for role in ROLES} | {"nobody": LOG_IN}


def posted(status: int) -> dict[str, int]:
    """Return the row of an address that is only posted to, asked with GET."""
    return {role: status for role in ROLES} | {"nobody": LOG_IN}


ADMINISTRATOR = only("administrator")
# name of the address → (arguments from the world, expected answer to GET by role)
TABLE: dict[str, tuple] = {
    # ground floor
    "login": ((), {role: LOG_IN for role in ROLES} | {"nobody": 200}),
    "logout": ((), posted(405)),
    "password_change": ((), ALL),
    "password_change_done": ((), ALL),
    "set_language": ((), {role: 302 for role in ROLES}),
    "acting": ((), posted(405)),
    "more": ((), ALL),
    "notices": ((), ALL),
    "notices_read": ((), posted(405)),
    "notice": (("notice",), only() | {"head_alpha": 302}),
    "notice_choices": ((), ALL),
    "attachment": (("file",), only(*SEE_ALL, *ALPHA)),
    "directory": ((), ALL),
    "agency": (("task.lead",), ALL),
    "agency_register": (("task.lead",), only("head_alpha", "chief", "administrator")),
    "regulation_new": (("task.lead",), only("head_alpha", "administrator")),
    "portfolios": ((), ALL | {"no_post": 404}),
    "portfolio": (("leader",), only("chair", "chief", "administrator")),
    "delegations": ((), only(*SEE_ALL, *ALPHA, "head_beta")),
    "delegation_new": ((), only("head_alpha", "head_beta", "chief", "chair")),
    "delegation_end": (("delegation",), posted(405)),
    "agency_close": (("task.lead",), ADMINISTRATOR),
    "reorganisations": ((), only(*SEE_ALL, "administrator")),
    "reorganisation": (("closed.code",), only(*SEE_ALL)),
    "reorganisation_undo": (("closed.code",), posted(405)),
    "papers": ((), ALL),
    "paper": (("paper",), only(*SEE_ALL)),
    "paper_act": (("paper", "sign"), posted(405)),
    "calendar": ((), ADMINISTRATOR),
    "calendar_withdraw": (("day_off",), ADMINISTRATOR),
    "calendar_act": (("propose",), ADMINISTRATOR | {"administrator": 405}),
    "settings": ((), ADMINISTRATOR),
    "setting": (("due_soon_days",), ADMINISTRATOR),
    "jobs": ((), ADMINISTRATOR),
    "mail_resend": (("notice",), ADMINISTRATOR | {"administrator": 405}),
    "accounts": ((), ADMINISTRATOR),
    "password_reset": (("user",), ADMINISTRATOR | {"administrator": 405}),
    # tasks
    "directives": ((), ALL),
    "directive_new": ((), only("officer", "chief", "office_clerk")),
    "directive": (("directive",), only(*SEE_ALL, *ALPHA)),
    "directive_edit": (("draft",), only("officer", "chief", "office_clerk")),
    "directive_correct": (("directive",), only("chief")),
    "directive_return": (("draft",), only("officer", "chief", "office_clerk")),
    "directive_review": (("draft",), only("officer", "chief")),
    "directive_approve": (("draft",), only("officer", "chief")),
    "proposal_new": (("draft",), only("officer", "chief")),
    "proposal": (("draft", "proposal"), only() | {"officer": 302, "chief": 302}),
    "proposal_act": (("draft", "proposal"), posted(405)),
    "proposal_split": (("draft", "proposal"), only("officer", "chief")),
    "acknowledge": (("acknowledgement",), only("head_alpha")),
    "imports": ((), only(*SEE_ALL)),
    "import_new": ((), only("officer", "chief")),
    "import": (("list.code",), only(*SEE_ALL)),
    "import_columns": (("list.code",), only("officer", "chief")),
    "import_act": (("list.code",), posted(405)),
    "import_row": (("list.code", "2"), only("officer", "chief")),
    "campaigns": ((), ALL),
    "campaign_new": ((), only("chief", "officer")),
    "campaign": (
        ("campaign.code",),
        only(*SEE_ALL) | dict.fromkeys(("head_alpha", "staff_alpha", "head_beta"), 302),
    ),
    "campaign_edit": (("draft_campaign.code",), only("chief", "officer")),
    "campaign_act": (("draft_campaign.code",), posted(405)),
    "campaign_entry": (("campaign.code", "task.lead"), only(*SEE_ALL, *ALPHA)),
    "campaign_mark_new": (("campaign.code", "task.lead"), only()),
    "campaign_marks": ((), only(*SEE_ALL)),
    "campaign_mark": (("mark",), only(*SEE_ALL)),
    "spot_checks": ((), only(*SEE_ALL)),
    "spot_check_new": ((), only("chief", "officer", "chair")),
    "spot_check": (("sample.code",), only(*SEE_ALL)),
    "spot_check_item": (("sample.code", "sampled"), only(*SEE_ALL)),
    "demand_new": (("from_above",), only("officer", "chief")),
    "demands": ((), ALL),
    "demand": (("demand.code",), only(*SEE_ALL, *ALPHA)),
    "demand_act": (("demand.code", "move"), only("officer", "chief")),
    "obstacles": ((), ALL),
    "obstacle": (("obstacle",), only(*SEE_ALL, *ALPHA)),
    "obstacle_new": (("directive",), only("head_alpha")),
    "recurrences": ((), ALL),
    "recurrence": (("recurrence.code",), only(*SEE_ALL, *ALPHA)),
    "recurrence_act": (("recurrence.code", "end"), only("chief", "chair")),
    "urgings": ((), ALL),
    "urging_new": ((), only("officer", "chief")),
    "urgings_prepared": ((), only(*SEE_ALL)),
    "urging": (("urging",), only(*SEE_ALL, *ALPHA)),
    "urging_edit": (("draft_urging",), only("officer", "chief")),
    "urging_act": (("draft_urging",), posted(405)),
    "urging_docx": (("urging",), only(*SEE_ALL, *ALPHA)),
    "tasks": ((), ALL),
    "task_new": ((), only("chief", "chair")),
    "tasks_together": ((), posted(404)),
    "tasks_export": ((), ALL),
    "task_files": (("task.code",), only(*SEE_ALL, *ALPHA)),
    "task": (("task.code",), only(*SEE_ALL, *ALPHA)),
    "task_timeline": (("task.code",), only(*SEE_ALL, *ALPHA)),
    "directive_timeline": (("directive",), only(*SEE_ALL, *ALPHA)),
    "consultation_timeline": (("consultation.code",), only(*SEE_ALL, *ALPHA)),
    "task_act": (("task.code", "report"), only(*SEE_ALL, *ALPHA)),
    # consultations
    "consultations": ((), ALL),
    "consultation_new": ((), only("head_alpha", "head_beta", "chief", others=403)),
    "consultation_signs": ((), only("chair", "chief")),
    "consultation_signs_export": ((), only("chair", "chief")),
    "consultation": (("consultation.code",), only(*SEE_ALL, *ALPHA)),
    "consultation_paper": (("shared.code", "result"), only(*SEE_ALL)),
    "opinion_answer": (("opinion",), only(*ALPHA)),
    "round_act": (
        ("shared.code", "withdraw"),
        only("chief")
        | dict.fromkeys(("chair", "officer", "office_clerk", "head_beta", *ALPHA), 302),
    ),
    "line_act": (
        ("opinion", "supply"),
        only() | dict.fromkeys((*SEE_ALL, *ALPHA), 302),
    ),
    "paper_confirm": (("reply.entry_key",), posted(405)),
    "dossiers": ((), ALL),
    "dossier_new": (
        (),
        only("head_alpha", "staff_alpha", "head_beta", "chief", "officer", "office_clerk"),
    ),
    "dossier_edit": (("dossier.code",), only()),
    "dossier_draft": (("dossier.code",), only()),
    "dossier_act": (
        ("dossier.code", "check"),
        only("chief", "officer") | dict.fromkeys(("chair", "office_clerk", *ALPHA), 302),
    ),
    "dossier": (("dossier.code",), only(*SEE_ALL, *ALPHA)),
    # reports
    "home": ((), {role: 302 for role in ROLES}),
    "dashboard": ((), only(*SEE_ALL)),
    "agency_dashboard": (("task.lead",), only(*SEE_ALL, "head_alpha")),
    "my_work": ((), ALL),
    "search": ((), ALL),
    "briefings": ((), ALL),
    "briefing_new": ((), only("chair", "chief", "officer")),
    "briefing": (("briefing",), only(*SEE_ALL, *ALPHA)),
    "briefing_act": (("meeting",), posted(405)),
    "briefing_notice": (("briefing",), only()),
    "briefing_docx": (("briefing",), only(*SEE_ALL, *ALPHA)),
    "briefing_start": (("meeting",), only("chair", "chief", "officer")),
    "briefing_agency": (("meeting", "task.lead"), only("chair", "chief", "officer")),
    "reports": ((), only(*SEE_ALL)),
    "report": (("monthly",), only(*SEE_ALL)),
    "report_edit": (("monthly",), only("chief", "officer")),
    "report_approve": (("monthly",), posted(405)),
    "report_rows": (("monthly",), only(*SEE_ALL)),
    "report_agency": (("monthly", "task.lead"), only(*SEE_ALL)),
    "acknowledgements_overdue": ((), only(*SEE_ALL)),
    "report_docx": (("monthly",), only(*SEE_ALL)),
    "cases": ((), only("chair", "chief", "head_alpha")),
    "cases_draft": ((), posted(405)),
    "case_new": ((), only("chief", "head_alpha", "head_beta")),
    "case": (("case.code",), only("chair", "chief", "head_alpha")),
    "case_act": (
        ("case.code", "decide"),
        only("chair") | {"chief": 302, "head_alpha": 302},
    ),
    "case_docx": (("case.code", "submission"), only("chair", "chief")),
    "commendations": ((), ALL),
    "commendation_new": ((), only("chief", "head_alpha", "head_beta")),
    "commendation": (("praise.code",), only("chair", "chief", *ALPHA)),
    "commendation_act": (
        ("praise.code", "sign"),
        only("chief") | dict.fromkeys(("chair", *ALPHA), 302),
    ),
    "commendation_docx": (("praise.code",), only()),
    "report_xlsx": (("monthly",), only(*SEE_ALL)),
    "report_new": ((), only("chief", "officer", "chair")),
    "report_request": (("wanted",), only(*SEE_ALL)),
    "report_upward": (("monthly",), only(*SEE_ALL)),
    "report_upward_draft": (("monthly",), posted(405)),
    "report_upward_edit": (("monthly",), only("chief", "officer")),
    "report_upward_approve": (("monthly",), posted(405)),
    "report_upward_docx": (("monthly",), only(*SEE_ALL)),
    "inspections": ((), ALL),
    "inspection_new": ((), only("chief", "officer", "head_alpha", "head_beta")),
    "inspection": (("inspection.code",), only(*SEE_ALL, *ALPHA)),
    "inspection_edit": (("inspection.code",), only("chief", "officer")),
    "inspection_act": (
        ("inspection.code", "cancel"),
        only("chief", "officer") | dict.fromkeys(("chair", "office_clerk", *ALPHA), 302),
    ),
    "inspection_docx": (("inspection.code",), only(*SEE_ALL, *ALPHA)),
}


def address_of(name: str, world) -> str:
    return reverse(name, args=[argument(text, world) for text in TABLE[name][0]])


def argument(text: str, world):
    """Turn "task.code" into the code of the world's task, "file" into what addresses it."""
    thing, _dot, attribute = text.partition(".")
    if thing not in world.things:
        return text
    value = world.things[thing]
    if attribute:
        value = getattr(value, attribute)
        return getattr(value, "code", value)
    return getattr(value, "public_id", value.pk)


def test_every_address_answers_every_role_as_the_table_says(world):
    wrong = []
    for role in LOOKING_UP:
        client = Client()
        if role != "nobody":
            client.force_login(world.user(role))
        for name, (_arguments, expected) in TABLE.items():
            status = client.get(address_of(name, world)).status_code
            if status != expected[role]:
                wrong.append(f"{name} as {role}: {status}, expected {expected[role]}")

    assert wrong == [], "\n".join(wrong)


def test_what_is_only_posted_is_closed_to_those_who_may_not_do_it(world, client):
    """A POST to a thing one may not see answers 404, before anything else is looked at."""
    for name in (
        "attachment",
        "agency_close",
        "reorganisation",
        "reorganisation_undo",
        "paper_act",
        "directive_edit",
        "task_act",
        "report_approve",
        "case_act",
        "commendation_act",
        "report_upward_approve",
        "report_upward_draft",
        "inspection_act",
        "import_act",
        "import_row",
        "import_columns",
        "campaign_act",
        "campaign_mark",
        "campaign_entry",
        "spot_check_item",
        "urging_act",
        "urging_edit",
        "urging_new",
    ):
        client.force_login(world.user("head_beta"))

        assert client.post(address_of(name, world)).status_code in (404, 405), name


def addresses(resolver=None, prefix: str = ""):
    """Yield the name of every address but those of Django's admin site."""
    for pattern in (resolver or get_resolver()).url_patterns:
        if isinstance(pattern, URLResolver):
            if pattern.namespace != "admin":
                yield from addresses(pattern)
        elif pattern.name:
            yield pattern.name


def test_every_address_is_in_the_table():
    assert set(addresses()) - set(TABLE) == set()
    assert set(TABLE) - set(addresses()) == set()
