"""What one row of the sheet would become, and what stands against it. Pure: data in, data out."""

import re
from collections.abc import Mapping, Sequence
from datetime import datetime

from agencies.deadlines import Deadline
from agencies.fold import fold
from tasks.importing.cells import (
    BROKEN,
    Due,
    Told,
    day_of,
    is_key,
    percent_of,
    state_of,
)
from tasks.importing.judged import EACH, FIRST, Given, Ground, Judged
from tasks.importing.mapping import FIELDS, field_of, texts_of
from tasks.importing.names import Name, lead_and_helpers

LONGEST_TITLE = 200

_NUMBERING = re.compile(r"\(?(?:\d{1,2}|[a-zA-Z])\)?")
_ROMAN = re.compile(r"(?:[IVXLC]{1,6}|[A-ZĐ])[.)]?")
_TOTAL = re.compile(r"(?:tong (?:cong|so)|cong chung)(?: \d+.*)?|cong")


def judge(given: Given, ground: Ground) -> Judged:
    """Judge one row by itself; never raises, whatever its cells hold."""
    cells = given.cells
    texts = texts_of(cells, ground.fields) | {
        name: text for name, text in given.corrections.items() if name in FIELDS
    }
    row = Judged(given, texts)
    row.skip = _skipped(given, texts, ground)
    if row.skip:
        row.title = _cut(" ".join(texts["title"].split()) or " · ".join(filter(None, cells)))
        return row
    if given.is_hidden:
        row.remark("", "hidden")
    for name, text in texts.items():
        if BROKEN.search(text):
            row.problem(name, "broken", text=BROKEN.search(text)[0])
    _title(row)
    _agencies(row, ground)
    _given_by(row, ground)
    _deadline(row, ground)
    _classes(row, ground)
    _news(row)
    return row


def mark_doubles(
    rows: Sequence[Judged], existing: Mapping[tuple[str, str, datetime | None], str]
) -> None:
    """Mark rows that say the same as one above them or as an open task (title, lead, deadline)."""
    seen: dict[tuple, int] = {}
    for row in rows:
        if row.skip or not row.title or not row.leads:
            continue
        due_at = row.deadline.due_at if row.deadline else None
        keys = [(fold(row.title), lead, due_at) for lead in row.leads]
        above = next((seen[key] for key in keys if key in seen), None)
        task = next((existing[key] for key in keys if key in existing), None)
        if row.given.corrections.get("double"):
            pass
        elif above is not None:
            row.problem("title", "double_row", row=above)
        elif task is not None:
            row.problem("title", "double_task", task=task)
        for key in keys:
            seen.setdefault(key, row.number)


def _skipped(given: Given, texts: Mapping[str, str], ground: Ground) -> str:
    if given.is_left_out:
        return "left_out"
    if given.is_left_out is False:
        return ""
    return _no_work(given.cells, texts, ground) or (
        "done" if state_of(texts["state"]) is Told.DONE or _is_whole(texts) else ""
    )


def _is_whole(texts: Mapping[str, str]) -> bool:
    return percent_of(texts["percent"]) == 100 and state_of(texts["state"]) is Told.NOTHING


def _no_work(cells: Sequence[str], texts: Mapping[str, str], ground: Ground) -> str:
    """Name the kind of row that stands between the tasks of a list, if it is one."""
    filled = [cell for cell in cells if cell]
    if len(filled) > 2 and all(_NUMBERING.fullmatch(cell) for cell in filled):
        return "numbering"
    if len(filled) > 2 and _repeats_head(cells, ground.columns):
        return "head"
    if any(_TOTAL.fullmatch(fold(cell)) for cell in filled[:2]) and not texts["lead"]:
        return "total"
    others = [text for name, text in texts.items() if name != "title" and text]
    is_heading = len(filled) == 1 or (len(filled) == 2 and _ROMAN.fullmatch(filled[0]))
    if is_heading and not others:
        return "heading"
    return "" if any(texts.values()) else "nothing"


def _repeats_head(cells: Sequence[str], columns: Sequence[str]) -> bool:
    pairs = [(c, h) for c, h in zip(cells, columns, strict=False) if c]
    same = sum(fold(c) in {fold(part) for part in h.split(" / ")} for c, h in pairs)
    return same * 2 > len(pairs) and all(field_of(c) or fold(c) == fold(h) for c, h in pairs)


def _title(row: Judged) -> None:
    whole = " ".join(row.texts["title"].split())
    row.title = _cut(whole)
    if not fold(whole):
        row.problem("title", "missing")
    elif row.title != whole:
        row.remark("title", "cut")


def _cut(text: str) -> str:
    """The text, or its beginning up to a word, as a title."""
    if len(text) <= LONGEST_TITLE:
        return text
    return text[: LONGEST_TITLE - 1].rsplit(" ", 1)[0].rstrip(" ,;") + "…"


def _agencies(row: Judged, ground: Ground) -> None:
    lead_text, within = lead_and_helpers(row.texts["lead"])
    leads = ground.agencies.listed(lead_text)
    helpers = ground.agencies.listed(row.texts["coordinating"])
    if within:
        helpers += ground.agencies.listed(within)
    if not leads:
        row.problem("lead", "missing")
    _unnamed("lead", leads, row, ground)
    _unnamed("coordinating", helpers, row, ground)
    codes = list(dict.fromkeys(name.code for name in leads if name.code))
    single = [code for code in codes if code not in ground.members]
    joint = row.given.corrections.get("joint", "")
    helping = [name.code for name in helpers if name.code]
    if len(single) > 1 and joint == FIRST:
        codes, helping = codes[:1], codes[1:] + helping
    elif len(single) > 1 and joint != EACH:
        row.problem("lead", "joint", codes=codes)
    row.leads = ground.spelled_out(codes)
    row.helpers = tuple(code for code in ground.spelled_out(helping) if code not in row.leads)
    if codes and not row.leads:
        row.problem("lead", "empty_group", code=codes[0])
    if len(row.leads) > 1 and not any(one.code == "joint" for one in row.problems):
        row.remark("lead", "group", n=len(row.leads))


def _unnamed(name: str, found: Sequence[Name], row: Judged, ground: Ground) -> None:
    """Say which of the names mean no agency of today."""
    for one in found:
        if one.code is not None:
            continue
        closed = ground.closed.code_of(one.written)
        if one.is_vague and name == "lead":
            row.problem(name, "vague", text=one.written)
        elif one.is_vague:
            row.remark(name, "vague", text=one.written)
        elif closed is not None:
            row.problem(name, "closed", text=one.written, code=closed)
            row.unknown.append(("agency", one.written))
        else:
            near = ground.agencies.nearest(one.written)
            row.problem(name, "unknown", text=one.written, near=near)
            row.unknown.append(("agency", one.written))


def _given_by(row: Judged, ground: Ground) -> None:
    """Who gave the work and on which day."""
    text, day_text = row.texts["authority"], row.texts["assigned_on"]
    row.authority = ground.authorities.code_of(text) or "" if text else ground.authority
    if not text and not row.authority:
        row.problem("authority", "missing")
    elif not row.authority:
        near = ground.authorities.nearest(text)
        row.problem("authority", "unknown", text=text, near=near)
        row.unknown.append(("authority", text))
    row.assigned_on = day_of(day_text or row.texts["document"], ground.calendar)
    if day_text and row.assigned_on is None:
        row.problem("assigned_on", "no_day", text=day_text)
    elif row.assigned_on is not None and row.assigned_on > ground.day:
        row.problem("assigned_on", "future", day=row.assigned_on)


def _deadline(row: Judged, ground: Ground) -> None:
    text = row.texts["deadline"]
    due = ground.due_of(text, row.assigned_on)
    row.deadline = due.deadline
    if due.needs_start:
        row.problem("deadline", "needs_start", text=text)
    elif due.refused is not None and due.refused.code == "recurring":
        row.problem("deadline", "recurring", text=text)
    elif due.refused is not None:
        row.problem("deadline", "refused", refusal=due.refused)
    elif due.is_undated:
        row.remark("deadline", "undated", text=text)
    elif due.deadline is not None:
        _dated(row, due.deadline, due, ground)


def _dated(row: Judged, deadline: Deadline, due: Due, ground: Ground) -> None:
    if row.assigned_on is not None and deadline.last_day < row.assigned_on:
        row.problem("deadline", "before_start", day=deadline.last_day, start=row.assigned_on)
    elif deadline.last_day < ground.day:
        row.remark("deadline", "overdue", days=(ground.day - deadline.last_day).days)
    if due.is_year_assumed:
        row.remark("deadline", "year_assumed", day=deadline.last_day)


def _classes(row: Judged, ground: Ground) -> None:
    """Competence, priority and the following officer: unclear, they stay empty."""
    text = row.texts["competence"]
    if text:
        row.competence = ground.competences.code_of(text) or ""
        if not row.competence and not ground.competences.is_settled(text):
            row.remark("competence", "unknown", text=text)
            row.unknown.append(("competence", text))
    mark = is_key(row.texts["priority"])
    row.is_key = bool(mark)
    if mark is None:
        row.remark("priority", "unknown", text=row.texts["priority"])
    name = row.texts["officer"]
    if name:
        row.officer = _officer(name, ground.officers)
        if not row.officer:
            row.remark("officer", "unknown", text=name)


def _officer(name: str, officers: Sequence[tuple[str, str]]) -> str:
    """The one officer whose name it is, or ends so ("đ/c Tùng"); none when several do."""
    words = re.sub(r"^(?:d c|dong chi|ong|ba|anh|chi)\s+", "", fold(name))
    found = [key for known, key in officers if f" {known}".endswith(f" {words}")]
    return found[0] if words and len(found) == 1 else ""


def _news(row: Judged) -> None:
    """What the sheet says of the work done so far: its first update (rule 5.2)."""
    state, told = row.texts["state"], state_of(row.texts["state"])
    text = row.texts["percent"]
    row.percent = percent_of(text) if text else None
    if text and row.percent is None:
        row.problem("percent", "no_percent", text=text)
    if told is Told.STOPPED:
        row.problem("state", "stopped", text=state)
    parts = [row.texts["result"], state if told in (Told.GOING_ON, Told.DONE) else ""]
    row.news = "\n".join(dict.fromkeys(part for part in parts if part))
