"""The tables of acts on rounds, lines and dossiers: role × state × act, written out by hand.

What is not written is refused (domain 2, 6, 7). Changing `consultations.acts.table` breaks a line
here. A line's state is its outcome; what else the table asks of it is a situation of its own.
"""

from collections.abc import Iterable
from datetime import date, timedelta
from types import SimpleNamespace

import pytest

from agencies.acting import Actor
from agencies.functions import Function
from agencies.models import Delegation, Post
from consultations import lifecycle
from consultations.acts import (
    DOSSIER_ACTS,
    LINE_ACTS,
    ROUND_ACTS,
    DossierCase,
    LineCase,
    RoundCase,
    available,
)
from consultations.acts.cases import Case
from consultations.lifecycle import dossiers
from consultations.lifecycle.preparing import begin_dossier
from consultations.models import Consultation, Dossier, Opinion, Reconciliation
from consultations.stances import Outcome
from tests import factories as make
from tests.consultations.asking import DUE, asked

pytestmark = pytest.mark.django_db

AT = make.moment("2026-11-17", 12)

# A word of a table may stand for several roles: they may do the same.
HEADS_WHO_ASK = ("requester's head", "requester's deputy", "requester's delegate")
HEADS_ASKED = ("asked head", "asked deputy", "asked delegate")
ROLES = (
    *HEADS_WHO_ASK, "requester's delegate for tasks", "requester's staff", "requester's clerk",
    *HEADS_ASKED, "asked delegate for tasks", "asked staff", "asked clerk", "another head",
    "office officer", "office clerk", "office chief", "chair", "vice chair",
    "another vice chair", "administrator", "no post",
)  # fmt: skip
GROUPS = {
    "heads who ask": HEADS_WHO_ASK,
    "heads asked": HEADS_ASKED,
    "all who prepare": (*HEADS_WHO_ASK, "requester's staff", "requester's clerk"),
    "staff who ask": ("requester's staff", "requester's clerk"),
    "clerks": ("requester's clerk", "office clerk"),
    "leaders": ("chair", "vice chair", "another vice chair"),
}

# Lines ------------------------------------------------------------------------------------

# An electronic line; the agency said once what the outcome says, and nobody did anything more.
LINES = {
    "awaiting": {"heads asked": "reply"},
    "agreed": {"heads asked": "reply", "heads who ask": "mark_poor"},
    "with_comments": {"heads asked": "reply", "heads who ask": "mark_poor settle_comments"},
    "disagreed": {
        "heads asked": "reply",
        "heads who ask": "mark_poor settle_comments reconcile",
    },
    "insufficient": {"heads asked": "reply", "heads who ask": "supply refuse_supply mark_poor"},
    "returned": {
        "heads asked": "reply",
        "heads who ask": "redirect drop contest_return mark_poor",
    },
    "deemed_agreed": {"heads asked": "reply"},
    "no_reply": {"heads asked": "reply"},
    "awaiting_register": {"heads asked": "reply"},
    "redirected": {},
    "dropped": {},
    "withdrawn": {},
    "moved": {},
}

# What happened on it since, and what that opens and holds up.
SITUATIONS = {
    ("returned", "the return is contested"): {
        "heads asked": "reply",
        "heads who ask": "mark_poor",
        "office chief": "settle_return",
    },
    ("returned", "the return is contested, and there is no chief"): {
        "heads asked": "reply",
        "heads who ask": "mark_poor",
        "chair": "settle_return",
    },
    ("returned", "the chief let the return stand"): {
        "heads asked": "reply",
        "heads who ask": "redirect drop mark_poor",
    },
    ("agreed", "the reply is marked poor"): {"heads asked": "reply contest_mark"},
    ("agreed", "the mark is contested"): {
        "heads asked": "reply",
        "office chief": "settle_mark",
    },
    ("agreed", "the contest of the mark is settled"): {"heads asked": "reply"},
    ("agreed", "a new reply is marked while the first contest waits"): {
        "heads asked": "reply contest_mark",
        "office chief": "settle_mark",
    },
    ("deemed_agreed", "a late reply came"): {
        "heads asked": "reply",
        "heads who ask": "mark_poor",
    },
    ("deemed_agreed", "the late reply is marked poor"): {"heads asked": "reply contest_mark"},
    ("disagreed", "on a question that is not principal"): {
        "heads asked": "reply contest_question",
        "heads who ask": "mark_poor settle_comments reconcile",
    },
    ("disagreed", "the question is contested"): {
        "heads asked": "reply",
        "heads who ask": "mark_poor settle_comments reconcile",
        "office chief": "settle_question",
    },
    ("disagreed", "a result of a meeting waits"): {
        "heads asked": "reply confirm_result object_to_result",
        "heads who ask": "mark_poor settle_comments",
    },
    ("disagreed", "the agency objected to the result"): {
        "heads asked": "reply",
        "heads who ask": "mark_poor settle_comments reconcile",
    },
    ("disagreed", "silence confirmed the result"): {
        "heads asked": "reply",
        "heads who ask": "mark_poor settle_comments reconcile",
    },
    ("awaiting", "on paper"): {
        "heads asked": "reply",
        "requester's clerk": "enter_paper register_delivery",
        "office clerk": "enter_paper register_delivery",
    },
    ("agreed", "on paper"): {
        "heads asked": "reply",
        "heads who ask": "mark_poor",
        "requester's clerk": "enter_paper",
        "office clerk": "enter_paper",
    },
    ("awaiting_register", "on paper"): {"heads asked": "reply", "clerks": "enter_paper"},
    ("disagreed", "on paper, a result of a meeting waits"): {
        "heads asked": "reply confirm_result object_to_result",
        "heads who ask": "mark_poor settle_comments",
        "clerks": "enter_paper enter_result_answer",
    },
    ("disagreed", "on paper, silence confirmed the result"): {
        "heads asked": "reply",
        "heads who ask": "mark_poor settle_comments reconcile",
        "clerks": "enter_paper enter_result_answer",
    },
    ("disagreed", "on paper, the register of the result is looked through"): {
        "heads asked": "reply",
        "heads who ask": "mark_poor settle_comments",
        "clerks": "enter_paper enter_result_answer",
    },
    ("agreed", "on paper, the reply is marked poor"): {
        "heads asked": "reply contest_mark",
        "clerks": "enter_paper enter_mark_contest",
    },
    ("agreed", "on paper, an entry is not checked"): {
        "heads asked": "reply",
        "heads who ask": "mark_poor",
        "clerks": "enter_paper",
        "office chief": "refuse_paper",
    },
    ("withdrawn", "on paper, an entry is not checked"): {"office chief": "refuse_paper"},
    ("deemed_agreed", "on paper"): {"heads asked": "reply", "clerks": "enter_paper"},
}

# The Office asks (rule 2.3): the chief is the requester's head, a leader settles.
OFFICE_ASKS = {
    ("returned", ""): {
        "heads asked": "reply",
        "office chief": "redirect drop contest_return mark_poor",
    },
    ("returned", "the return is contested"): {
        "heads asked": "reply",
        "office chief": "mark_poor",
        "leaders": "settle_return",
    },
    ("agreed", "the mark is contested"): {"heads asked": "reply", "leaders": "settle_mark"},
    ("disagreed", "the question is contested"): {
        "heads asked": "reply",
        "office chief": "mark_poor settle_comments reconcile",
        "leaders": "settle_question",
    },
}

# Rounds -----------------------------------------------------------------------------------

# The requester's staff prepare its letter, whatever else goes on (rule 2.8).
PREPARED = {"staff who ask": "write_letter"}
ROUNDS = {
    ("open", "one is silent"): PREPARED | {"heads who ask": "extend withdraw write_letter"},
    ("open", "all have replied"): PREPARED
    | {"heads who ask": "close_early extend withdraw write_letter"},
    ("open", "one sent it back"): PREPARED | {"heads who ask": "extend withdraw write_letter"},
    ("open", "past its deadline, one sent it back"): {"all who prepare": "write_letter"},
    ("closed", "one is silent"): PREPARED | {"heads who ask": "write_letter new_round"},
    ("withdrawn", "one is silent"): {"heads who ask": "new_round"},
}

# Dossiers ---------------------------------------------------------------------------------

# Submitted to the Chair.
DOSSIERS = {
    "draft": {"heads who ask": "submit withdraw", "leaders": "let_through"},
    "submitted": {
        "heads who ask": "withdraw",
        "office officer": "check",
        "office chief": "check pass_on give_back",
    },
    "returned": {"heads who ask": "submit withdraw", "leaders": "let_through"},
    "passed": {"chair": "approve redo reject"},
    "redo": {"heads who ask": "submit withdraw", "leaders": "let_through"},
    "approved": {
        "office officer": "issue_result",
        "office chief": "issue_result",
        "office clerk": "issue_result",
    },
    "rejected": {},
    "issued": {"all who prepare": "close_file"},
    "closed": {},
    "withdrawn": {},
}
NOT_CHECKED = {
    "heads who ask": "withdraw",
    "office officer": "check",
    "office chief": "check give_back",
}
TO_A_VICE_CHAIR = {
    "passed": {"vice chair": "approve redo reject", "chair": "approve redo reject"},
}
# The Office's own dossier (rule 2.3): nobody of it checks or passes on, a leader does.
OFFICES_OWN = {
    "draft": {"office chief": "submit withdraw", "leaders": "let_through"},
    "submitted": {"office chief": "withdraw", "leaders": "pass_on give_back"},
    "passed": {"chair": "approve redo reject"},
    "approved": {
        "office officer": "issue_result",
        "office chief": "issue_result",
        "office clerk": "issue_result",
    },
    "issued": {
        "office officer": "close_file",
        "office chief": "close_file",
        "office clerk": "close_file",
    },
}


@pytest.fixture
def roles() -> dict[str, Actor]:
    office, leaders = make.OfficeFactory(), make.LeadersFactory()
    chair, vice, other = (
        make.actor_of(make.PostFactory(function=Function.LEADER, agency=leaders, is_deputy=deputy))
        for deputy in (False, True, True)
    )
    return {
        **_of_agency(make.AgencyFactory(code="phong-kinh-te"), "requester's {}"),
        **_of_agency(make.AgencyFactory(code="xa-quang-trung"), "asked {}"),
        "another head": make.head_of(make.AgencyFactory()),
        "office officer": make.officer(),
        "office clerk": make.actor_of(make.PostFactory(function=Function.CLERK, agency=office)),
        "office chief": make.office_chief(),
        "chair": chair,
        "vice chair": vice,
        "another vice chair": other,
        "administrator": make.administrator(),
        "no post": Actor(make.UserFactory()),
    }


def _of_agency(agency, words: str) -> dict[str, Actor]:
    head = make.head_of(agency)
    found = {
        "head": head,
        "deputy": make.head_of(agency, is_deputy=True),
        "delegate": _delegate(head, []),
        "delegate for tasks": _delegate(head, ["task."]),
        "staff": make.staff_of(agency),
        "clerk": make.actor_of(make.PostFactory(function=Function.CLERK, agency=agency)),
    }
    return {words.format(name): actor for name, actor in found.items()}


def _delegate(head: Actor, acts: list[str]) -> Actor:
    other = make.head_of(make.AgencyFactory())
    lent = Delegation.objects.create(
        from_post=head.post, to_post=other.post, acts=acts, starts_on=date(2026, 11, 1),
        ends_on=date(2026, 11, 30), document_number="05/UQ-UBND",
    )  # fmt: skip
    return other.under(lent)


@pytest.fixture
def line(roles) -> Opinion:
    return _asked_by(roles["requester's head"], roles)


def _asked_by(requester: Actor, roles) -> Opinion:
    asked(roles["asked head"].agency, by=requester)
    rows = Opinion.objects.select_related("agency", "consultation__requester")
    return rows.get(consultation__requester=requester.agency)


def offered(acts: dict, cases: Iterable[tuple[str, Case]]) -> dict[str, str]:
    """Return by role the acts open to it, roles without any left out."""
    found = {role: " ".join(act.code for act in available(acts.values(), c)) for role, c in cases}
    return {role: acts for role, acts in found.items() if acts}


def spelled(row: dict[str, str]) -> dict[str, str]:
    """Return a row of a table with its groups of roles spelled out."""
    return {role: acts for word, acts in row.items() for role in GROUPS.get(word, (word,))}


# The facts the table asks of a line, laid beside it as `cases_of` does on the board.
REPLY, LATER = SimpleNamespace(pk=1), SimpleNamespace(pk=2)
OPEN_CONTEST, SETTLED = SimpleNamespace(decision=""), SimpleNamespace(decision="rejected")
MARK = SimpleNamespace(reply_id=1)
WAITS = Reconciliation(due_at=AT + timedelta(days=3))
CONFIRMED_BY_SILENCE = Reconciliation(due_at=AT)
IN_THE_REGISTER = Reconciliation(due_at=AT, register_until=AT + timedelta(days=1))
SAID = {"last_reply": REPLY, "counting_reply": SimpleNamespace(pk=1, return_contest=None)}
PLAIN = {
    "last_reply": None, "counting_reply": None, "poor_marks": [], "return_contest": None,
    "reconciliation": None, "unchecked": [], "chief_is_vacant": False, "contestable": [],
    "question_contest": None,
}  # fmt: skip
FACTS = {
    "": {},
    "the return is contested": {"return_contest": OPEN_CONTEST},
    "the return is contested, and there is no chief": {
        "return_contest": OPEN_CONTEST,
        "chief_is_vacant": True,
    },
    "the chief let the return stand": {
        "counting_reply": SimpleNamespace(pk=1, return_contest=SETTLED)
    },
    "the reply is marked poor": {"poor_marks": [MARK]},
    "the mark is contested": {"poor_marks": [SimpleNamespace(reply_id=1, contest=OPEN_CONTEST)]},
    "the contest of the mark is settled": {
        "poor_marks": [SimpleNamespace(reply_id=1, contest=SETTLED)]
    },
    "a new reply is marked while the first contest waits": {
        "last_reply": LATER,
        "poor_marks": [
            SimpleNamespace(reply_id=1, contest=OPEN_CONTEST),
            SimpleNamespace(reply_id=2),
        ],
    },
    "a late reply came": {"last_reply": REPLY},
    "the late reply is marked poor": {"last_reply": REPLY, "poor_marks": [MARK]},
    "on a question that is not principal": {"contestable": [SimpleNamespace(pk=1)]},
    "the question is contested": {"question_contest": OPEN_CONTEST},
    "a result of a meeting waits": {"reconciliation": WAITS},
    "the agency objected to the result": {
        "reconciliation": Reconciliation(
            response="objected", due_at=AT + timedelta(days=3), responded_at=AT
        )
    },
    "silence confirmed the result": {"reconciliation": CONFIRMED_BY_SILENCE},
    "on paper": {},
    "on paper, a result of a meeting waits": {"reconciliation": WAITS},
    "on paper, silence confirmed the result": {"reconciliation": CONFIRMED_BY_SILENCE},
    "on paper, the register of the result is looked through": {"reconciliation": IN_THE_REGISTER},
    "on paper, the reply is marked poor": {"poor_marks": [MARK]},
    "on paper, an entry is not checked": {"unchecked": [REPLY]},
}
SPOKEN = {"agreed", "with_comments", "disagreed", "insufficient", "returned"}


def line_cases(line: Opinion, roles, state: str, situation: str = ""):
    line.outcome, line.is_on_paper = state, situation.startswith("on paper")
    facts = PLAIN | (SAID if state in SPOKEN else {}) | FACTS[situation]
    for role, actor in roles.items():
        if facts["chief_is_vacant"] and role == "office chief":
            continue
        case = LineCase(actor, AT, line)
        vars(case).update(facts)
        yield role, case


def test_the_matrices_are_of_every_state_and_of_known_roles() -> None:
    """Nothing is left out: each state has its row, each word is a role."""
    assert set(LINES) == set(Outcome.values)
    assert set(DOSSIERS) == set(Dossier.State.values)
    assert {state for state, _words in ROUNDS} == {"open", "closed", "withdrawn"}
    tables = (LINES, SITUATIONS, OFFICE_ASKS, ROUNDS, DOSSIERS, TO_A_VICE_CHAIR, OFFICES_OWN)
    written = [row for table in tables for row in table.values()]
    assert all(set(spelled(row)) <= set(ROLES) for row in written)


def test_every_act_is_somewhere_in_the_matrices() -> None:
    """An act that nobody may ever do would be no act; each has a function."""
    lines = _words_of(LINES, SITUATIONS)
    rounds, of_dossiers = _words_of(ROUNDS), _words_of(DOSSIERS)

    assert (lines, rounds) == (set(LINE_ACTS), set(ROUND_ACTS))
    assert of_dossiers == set(DOSSIER_ACTS)
    assert all(hasattr(lifecycle, code) for code in (lines | rounds) - {"new_round"})
    assert all(hasattr(dossiers, code) for code in of_dossiers - {"withdraw"})


def _words_of(*tables: dict) -> set[str]:
    rows = [row for table in tables for row in table.values()]
    return {code for row in rows for acts in row.values() for code in acts.split()}


def test_the_acts_on_a_line_are_those_of_the_matrix(line, roles) -> None:
    """Rules 2, 6.2 to 6.10: in every state, whoever looks."""
    assert set(roles) == set(ROLES)
    found = {state: offered(LINE_ACTS, line_cases(line, roles, state)) for state in LINES}

    assert found == {state: spelled(row) for state, row in LINES.items()}


def test_what_happened_on_a_line_opens_and_closes_acts(line, roles) -> None:
    """Rules 2.7, 6.6, 6.9, 6.10: contests, marks, meetings, paper."""
    found = {
        key: offered(LINE_ACTS, line_cases(line, roles, *key)) for key in SITUATIONS
    }  # fmt: skip

    assert found == {key: spelled(row) for key, row in SITUATIONS.items()}


def test_where_the_office_asks_a_leader_settles(roles) -> None:
    """Rule 2.3: nobody decides on their own request."""
    line = _asked_by(roles["office chief"], roles)

    found = {key: offered(LINE_ACTS, line_cases(line, roles, *key)) for key in OFFICE_ASKS}

    assert found == {key: spelled(row) for key, row in OFFICE_ASKS.items()}


def test_without_a_chief_of_that_day_the_chair_settles(line, roles) -> None:
    """Rule 2.1: what the case reads of the day itself, not what a test lays beside it."""
    case = LineCase(roles["chair"], AT, line)
    assert not case.chief_is_vacant

    Post.objects.filter(pk=roles["office chief"].post.pk).update(ends_on=date(2026, 11, 16))

    assert LineCase(roles["chair"], AT, line).chief_is_vacant


def test_the_acts_on_a_round_are_those_of_the_matrix(line, roles) -> None:
    """Rule 6.7: withdraw, extend, close, ask again."""
    found = {
        key: offered(ROUND_ACTS, round_cases(line.consultation, roles, *key)) for key in ROUNDS
    }

    assert found == {key: spelled(row) for key, row in ROUNDS.items()}


def round_cases(consultation: Consultation, roles, state: str, situation: str):
    outcome = {"all have replied": "agreed", "one is silent": "awaiting"}.get(situation, "returned")
    past = situation.startswith("past")
    agency = SimpleNamespace(short_name="UBND xã Quang Trung")
    one = SimpleNamespace(outcome=outcome, ended_at=None, due_at=AT if past else DUE, agency=agency)
    for role, actor in roles.items():
        case = RoundCase(actor, AT, consultation)
        vars(case).update(state=state, lines=[one])
        yield role, case


def dossier_cases(dossier: Dossier, roles, state: str, *, is_checked: bool = True):
    dossier.state = state
    for role, actor in roles.items():
        case = DossierCase(actor, AT, dossier)
        vars(case)["is_checked"] = is_checked
        yield role, case


def _begun(actor: Actor, recipient="chair", **fields) -> Dossier:
    return begin_dossier(actor, AT, title="Quy hoạch", recipient=recipient, **fields)


def test_the_acts_on_a_dossier_are_those_of_the_matrix(roles) -> None:
    """Domain 7: who submits, checks, passes on, decides, records and closes."""
    dossier = _begun(roles["requester's head"])

    found = {s: offered(DOSSIER_ACTS, dossier_cases(dossier, roles, s)) for s in DOSSIERS}

    assert found == {state: spelled(row) for state, row in DOSSIERS.items()}


def test_what_is_not_checked_is_not_passed_on(roles) -> None:
    """Rule 7.2: it may be returned at sight."""
    cases = dossier_cases(_begun(roles["requester's head"]), roles, "submitted", is_checked=False)

    assert offered(DOSSIER_ACTS, cases) == spelled(NOT_CHECKED)


def test_a_vice_chair_decides_what_was_submitted_to_that_one(roles) -> None:
    """Rule 7.1: not another one; the Chair may."""
    dossier = _begun(
        roles["requester's head"], "vice_chair", leader=roles["vice chair"].post
    )  # fmt: skip

    found = {s: offered(DOSSIER_ACTS, dossier_cases(dossier, roles, s)) for s in TO_A_VICE_CHAIR}

    assert found == {state: spelled(row) for state, row in TO_A_VICE_CHAIR.items()}


def test_the_offices_own_dossier_is_a_leaders_to_pass_on(roles) -> None:
    """Rule 2.3."""
    dossier = _begun(roles["office chief"])

    found = {s: offered(DOSSIER_ACTS, dossier_cases(dossier, roles, s)) for s in OFFICES_OWN}

    assert found == {state: spelled(row) for state, row in OFFICES_OWN.items()}
