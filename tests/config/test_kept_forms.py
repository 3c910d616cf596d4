"""Every form one types into keeps what is typed (rule 5.14; static/js/drafts.js)."""

import re

from config.server_folders import CHECKOUT

FORM = re.compile(r"<form\b[^>]*>.*?</form>", re.S)
TYPED = (
    "as_crispy_field",
    "<textarea",
    "_fields.html",
    "_due_field.html",
    'type="text"',
    "_choices.html",
)
# Passwords are never kept; an error page holds what was posted itself.
NOT_KEPT = {"registration", "errors"}
FILE_ONLY = {"templates/tasks/import_new.html", "templates/tasks/directive_new.html"}
# A day and an issuer the page proposes, and the tasks chosen before: kept, they would be stale.
CHOSEN = {"templates/tasks/urging_new.html", "templates/reports/briefing.html"}


def forms() -> list[tuple[str, str]]:
    """Return (file, form) of every form that is posted and typed into."""
    found = []
    for path in sorted((CHECKOUT / "templates").rglob("*.html")):
        if path.parent.name in NOT_KEPT:
            continue
        for form in FORM.findall(path.read_text(encoding="utf-8")):
            if 'method="post"' in form and any(mark in form for mark in TYPED):
                found.append((str(path.relative_to(CHECKOUT)), form))
    return found


def test_there_are_such_forms():
    """The test below could not fail if it saw none."""
    assert len(forms()) > 20


def test_every_form_one_types_into_keeps_it():
    """Rule 5.14: a form whose log-in ran out keeps what was typed."""
    silent = {path for path, form in forms() if "data-keep=" not in form.split(">", 1)[0]}

    assert silent == FILE_ONLY | CHOSEN  # files cannot be kept, and their pages say so
