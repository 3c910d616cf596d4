"""The stages in order: text → repaired text → layout → header, references, units → proposals."""

import re
from dataclasses import replace

from agencies.deadlines import Calendar
from tasks.reader.acts import VERB_FIRST
from tasks.reader.agents import agents_at, clean
from tasks.reader.clauses import Clause, grow, unquoted
from tasks.reader.deadlines import WRITTEN, Clock, read_when
from tasks.reader.header import proper, read_header
from tasks.reader.instructions import Finder
from tasks.reader.kinds import suggest
from tasks.reader.layout import Layout, is_attached_plan, lay_out
from tasks.reader.names import VAGUE, Directory, expand, fold, with_post
from tasks.reader.openings import met_with
from tasks.reader.partners import coordinating
from tasks.reader.references import find_references
from tasks.reader.repair import letters, repair
from tasks.reader.secrecy import refuse_secret
from tasks.reader.shape import Proposal, Reading, Span
from tasks.reader.subjects import Subjects
from tasks.reader.tables import task_rows
from tasks.reader.units import Unit

LONGEST_TITLE = 200
LONG_WORDING = 1500
PRODUCT = re.compile(
    r"(?:[Xx]ây\s+dựng|[Bb]an\s+hành|[Ll]ập|[Ss]oạn\s+thảo|[Hh]oàn\s+thiện|"
    r"[Dd]ự\s+thảo)\s+(?:và\s+(?:trình|ban\s+hành)\s+)?"
    r"(?P<product>(?:dự\s+thảo\s+)?(?:[Kk]ế\s+hoạch|[Đđ]ề\s+án|[Qq]uy\s+chế|[Bb]áo\s+cáo|"
    r"[Qq]uyết\s+định|[Cc]hương\s+trình|"
    r"[Pp]hương\s+án|[Tt]ờ\s+trình|[Vv]ăn\s+bản|[Bb]iên\s+bản|[Hh]ồ\s+sơ|[Hh]ướng\s+dẫn|"
    r"[Dd]anh\s+mục|[Dd]ự\s+toán)"
    r"[^.;,]{0,80})|(?P<report>[Bb]áo\s+cáo(?:\s+kết\s+quả)?(?:\s+[^.;,]{0,60})?(?=\s+trước|"
    r"\s+chậm|[.;,]))"
)


def read_text(
    raw: str,
    directory: Directory,
    wrapped: bool | None = None,
    calendar: Calendar | None = None,
) -> Reading:
    """Read the text of a directive; raises only `SecretDocument`."""
    refuse_secret(letters(raw))
    text = repair(raw, wrapped)
    layout = lay_out(text)
    reading = Reading(text=text)
    read_header(layout, reading)
    reading.references = find_references(text, reading.number)
    clock = Clock(reading.date, _year(layout), calendar)
    reading.proposals = [
        _proposal(unit, text, directory, clock) for unit in _units(layout, text, reading)
    ]
    return reading


def _year(layout: Layout) -> int | None:
    """The year printed on a date line whose day is blank."""
    for paragraph in layout.head:
        match = re.search(r"năm\s+(20\d\d)\s*$", paragraph.text)
        if match:
            return int(match[1])
    return None


LEADS = re.compile(r"\s*\((?:cơ\s+quan\s+|đơn\s+vị\s+)?chủ\s+trì\)", re.I)


def _units(layout: Layout, text: str, reading: Reading) -> list[Unit]:
    addressed: list[Span] = []
    for paragraph in layout.addressees:
        offset = len(paragraph.text) - len(paragraph.text.lstrip("-–•+* "))
        found = agents_at(text, paragraph.start + offset, any_noun=True, stop=paragraph.end)
        whole = paragraph.start + len(paragraph.text.rstrip(" ;.,"))
        if found and len(found.spans) > 1:
            addressed += found.spans
        else:  # a line that names one is its name to the end
            addressed.append((paragraph.start + offset, whole))
    is_plan = reading.kind not in ("công văn", "công điện", "chỉ thị", "thông báo", "hướng dẫn")
    met = met_with(Subjects(text), layout.body[:3]) if reading.kind == "thông báo" else []
    finder = Finder(text, [] if is_plan else addressed, is_plan, met)
    body = finder.find(grow(unquoted(layout.body)))
    if is_attached_plan(layout.appendix):
        attached = Finder(text, [], True).find(grow(unquoted(layout.appendix)))
        body += [replace(unit, path=f"KH.{unit.path}") for unit in attached]
    elif orders_by_name(appendix := grow(unquoted(layout.appendix)), Subjects(text)):
        body += [replace(u, path=f"PL.{u.path}") for u in Finder(text, [], True).find(appendix)]
    rows = task_rows([p for p in [*layout.body, *layout.appendix]], text)
    return [*body, *rows]


def orders_by_name(appendix: Clause, subjects: Subjects) -> bool:
    """Whether an appendix gives work under nothing but names: "1. UBND xã A" above its bullets."""
    parts = appendix.children
    return len(parts) > 1 and all(c.items and subjects.only_names(c.text) for c in parts)


def _proposal(unit: Unit, text: str, directory: Directory, clock: Clock) -> Proposal:
    """Everything known of one unit, with places, confidence and doubts."""
    wording = text[unit.start : unit.end]
    _set_apart_marked_lead(unit, text)
    written = with_post([_name(text[start:end]) for start, end in unit.leads])
    leads = [one for name in written for one in expand(name)]
    proposal = Proposal(
        clause=unit.path,
        title=_title(wording),
        text=wording,
        lead="; ".join(leads) or None,
        span=(unit.start, unit.end),
    )
    if unit.leads:
        proposal.spans["lead"] = (unit.leads[0][0], unit.leads[-1][1])
    _set_when(proposal, unit, text, clock)
    _set_coordinating(proposal, unit, text, directory)
    _set_product(proposal, unit, text)
    proposal.kinds, proposal.kind_reason = suggest(
        wording, proposal.deadline is not None, _is_periodic(proposal.recurrence)
    )
    _resolve(proposal, leads, directory)
    _judge(proposal, unit)
    return proposal


def _set_apart_marked_lead(unit: Unit, text: str) -> None:
    """Of "A (chủ trì), B, C" A leads and the others help."""
    marked = [
        span
        for span in unit.leads
        if LEADS.search(text[slice(*span)]) or LEADS.match(text, span[1])
    ]
    if marked and len(marked) < len(unit.leads):
        unit.partners = [span for span in unit.leads if span not in marked] + unit.partners
        unit.leads, unit.adds_partners = marked, True


def _name(written: str) -> str:
    """A name ready to show; a heading's capitals become ordinary writing."""
    name = clean(written)
    return proper(name) if name.isupper() and " " in name else name


def _title(wording: str) -> str:
    """The first sentence or the part before the first semicolon, cut at a word."""
    first = re.split(r"(?<=[^\d\W])[.;](?:\s|$)", wording, maxsplit=1)[0].strip(" ./;")
    if len(first) <= LONGEST_TITLE:
        return first
    return first[:LONGEST_TITLE].rsplit(" ", 1)[0].rstrip(" ,;") + "…"


def _set_when(proposal: Proposal, unit: Unit, text: str, clock: Clock) -> None:
    field = unit.fields.get("deadline")
    start, end = field or (unit.start, unit.end)
    if unit.part:
        pieces = list(re.finditer(r"[^;]+", text[unit.start : unit.end]))
        piece = pieces[unit.part - 1]
        context = text[unit.start : unit.end].split(":", 1)[0]
        start, end = unit.start + piece.start(), unit.start + piece.end()
        when = read_when(text[start:end], clock)
        if unit.part > 1 and (again := read_when(f"{context}: x", clock)).recurrence:
            when = type(when)(when.due, again.recurrence, None, when.doubts)
            if when.due and not re.search(r"20\d\d", when.due.text):
                due = type(when.due)(when.due.text, when.due.start, when.due.end, None)
                when = type(when)(due, again.recurrence, None, ())
    else:
        if field is None:
            end = _own_part(unit, text)
        when = read_when(text[start:end], clock, in_field=field is not None)
    if not when.due and unit.shared_deadline:
        start, end = unit.shared_deadline
        shared = read_when(text[start:end], clock)
        when = type(when)(shared.due, when.recurrence, None, shared.doubts)
    if when.due:
        proposal.deadline_text, proposal.deadline = when.due.text, when.due.day
        proposal.spans["deadline"] = (start + when.due.start, start + when.due.end)
    if when.recurrence:
        proposal.recurrence = when.recurrence
        if when.recurrence_at:
            proposal.spans["recurrence"] = (
                start + when.recurrence_at[0],
                start + when.recurrence_at[1],
            )
    proposal.doubts += when.doubts


# "Trên cơ sở đó, Bộ Tư pháp tổng hợp …": whoever comes next, after what came before.
THEN = re.compile(r"(?:Trên cơ sở|Căn cứ|Sau khi|Sau) [^,.;]{1,60},\s+")


def _own_part(unit: Unit, text: str) -> int:
    """Where a unit stops being its lead's: a later sentence with its own agency and its own day."""
    for sentence in re.finditer(r"[.;]\s+(?=\S)", text[unit.start : unit.end]):
        start = unit.start + sentence.end()
        if then := THEN.match(text, start, unit.end):
            start = then.end()
        found = agents_at(text, start, stop=unit.end)
        names = {clean(text[slice(*span)]).lower() for span in unit.leads}
        other = found and not names & {clean(n).lower() for n in found.names(text)}
        earlier = WRITTEN.search(text, unit.start, start)
        if other and earlier and VERB_FIRST.match(text[found.end :].lstrip(" ,:")):
            return start
    return unit.end


def _is_periodic(recurrence: str | None) -> bool:
    return bool(recurrence) and not re.match(r"thường\s+xuyên", recurrence or "", re.I)


def _set_coordinating(proposal: Proposal, unit: Unit, text: str, directory: Directory) -> None:
    spans = coordinating(text, unit.start, unit.end)
    if unit.adds_partners:
        known = {clean(text[start:end]).lower() for start, end in spans}
        spans += [s for s in unit.partners if clean(text[slice(*s)]).lower() not in known]
    elif "coordinating" in unit.fields:
        start, end = unit.fields["coordinating"]
        found = agents_at(text, start, any_noun=True, stop=end)
        spans = list(found.spans) if found else [(start, end)]
    spans = spans or unit.partners
    written = [clean(text[start:end]) for start, end in spans]
    proposal.coordinating = [one for name in written for one in expand(name)]
    proposal.coordinating_agencies = [
        None if VAGUE.search(fold(name)) else directory.resolve(name)[0]
        for name in proposal.coordinating
    ]
    if spans:
        proposal.spans["coordinating"] = (min(spans)[0], max(spans)[1])


def _set_product(proposal: Proposal, unit: Unit, text: str) -> None:
    if "product" in unit.fields:
        start, end = unit.fields["product"]
    else:
        match = PRODUCT.search(text, unit.start, unit.end)
        if not match:
            return
        start, end = match.span("product" if match["product"] else "report")
    proposal.product = clean(text[start:end])
    proposal.spans["product"] = (start, end)


def _resolve(proposal: Proposal, leads: list[str], directory: Directory) -> None:
    """The leads' codes; one alone is the proposal's, of several each stands for itself."""
    for name in leads:
        code, near = directory.resolve(name)
        proposal.lead_agencies.append(code)
        if code is None:
            proposal.candidates += [other for other in near if other not in proposal.candidates]
    if len(leads) == 1:
        proposal.lead_agency = proposal.lead_agencies[0]


def _judge(proposal: Proposal, unit: Unit) -> None:
    """Doubts in words and one number: each doubt takes its share of the confidence."""
    if unit.inherited:
        proposal.doubts.append("lead_inherited")
    if len(proposal.leads) > 1:
        proposal.doubts.append("joint_lead")
    if proposal.lead and None in proposal.lead_agencies:
        proposal.doubts.append("lead_unknown")
    if proposal.kind_reason == "unclear":
        proposal.doubts.append("kind_unsure")
    if len(proposal.text) > LONG_WORDING:
        proposal.doubts.append("long")
    for doubt in proposal.doubts:
        proposal.confidence *= WEIGHTS.get(doubt, 0.9)
    proposal.confidence = round(proposal.confidence, 2)


WEIGHTS = {
    "lead_inherited": 0.97,
    "joint_lead": 0.95,
    "lead_unknown": 0.8,
    "several_deadlines": 0.8,
    "deadline_unread": 0.7,
    "year_assumed": 0.9,
    "start_assumed": 0.85,
    "closing": 0.6,
    "kind_unsure": 0.9,
    "long": 0.9,
}
"""What each doubt leaves of a proposal's confidence."""
