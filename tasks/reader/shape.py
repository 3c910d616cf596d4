"""What reading a directive gives: a draft header, cited documents and proposals (domain 4.8)."""

from dataclasses import asdict, dataclass, field
from typing import Any

from tasks.reader.errors import _
from tasks.reader.names import expand

Span = tuple[int, int]

DOUBTS = {
    "no_lead": _("No agency is named to lead."),
    "lead_inherited": _("The lead is taken from the heading or the opening sentence."),
    "lead_unknown": _("The lead is not in the directory of agencies."),
    "lead_ambiguous": _("The lead's name fits more than one agency."),
    "joint_lead": _("Several agencies lead jointly: split them, one lead each."),
    "several_deadlines": _("More than one deadline is written; the last is proposed."),
    "deadline_unread": _("A deadline is written but no day could be computed."),
    "year_assumed": _("The deadline names no year; the directive's year is assumed."),
    "start_assumed": _(
        "The deadline counts from a day that is not stated; the directive's is used."
    ),
    "closing": _("It may be a closing sentence to everybody rather than a task."),
    "long": _("The wording is long and may hold several tasks."),
    "kind_unsure": _("The suggested kind is a guess."),
}
"""Code of a doubt → its sentence (an English msgid)."""


@dataclass
class Reference:
    """A document the directive cites, by number."""

    kind: str | None
    number: str
    date: str | None
    issuer: str | None
    span: Span

    def to_json(self) -> dict[str, Any]:
        """Give the four fields of domain 4.8 and the place."""
        return {**asdict(self), "span": list(self.span)}


@dataclass
class Proposal:
    """One unit of the directive that asks somebody for something; a person confirms it (4.9).

    `text` is exactly `reading.text[span]`; `spans` gives the place of each value by field name.
    `deadline` is the last day in time, ISO. `lead_agency` is the code of an agency or a group.
    """

    clause: str | None
    title: str
    text: str
    lead: str | None
    span: Span
    coordinating: list[str] = field(default_factory=list)
    lead_agency: str | None = None
    lead_agencies: list[str | None] = field(default_factory=list)
    candidates: list[str] = field(default_factory=list)
    coordinating_agencies: list[str | None] = field(default_factory=list)
    deadline_text: str | None = None
    deadline: str | None = None
    recurrence: str | None = None
    product: str | None = None
    kinds: list[str] = field(default_factory=lambda: ["task"])
    kind_reason: str = ""
    confidence: float = 1.0
    doubts: list[str] = field(default_factory=list)
    spans: dict[str, Span] = field(default_factory=dict)

    @property
    def kind(self) -> str:
        """The first suggested kind of rule 4.4."""
        return self.kinds[0]

    @property
    def leads(self) -> list[str]:
        """The joint leads, one each, in the order of `lead_agencies`."""
        return [one for name in self.lead.split("; ") for one in expand(name)] if self.lead else []

    def to_json(self) -> dict[str, Any]:
        """Give the object of domain 4.8, with what the review screen needs besides."""
        data = asdict(self)
        data["kind"] = self.kind
        data["span"] = list(self.span)
        data["spans"] = {name: list(span) for name, span in self.spans.items()}
        return data


@dataclass
class Reading:
    """A read directive: every `span` counts characters of `text`, the repaired text."""

    text: str
    number: str | None = None
    date: str | None = None
    issuer: str | None = None
    kind: str | None = None
    abstract: str | None = None
    urgency: str = "thường"
    signer: str | None = None
    addressees: list[str] = field(default_factory=list)
    recipients: list[str] = field(default_factory=list)
    references: list[Reference] = field(default_factory=list)
    proposals: list[Proposal] = field(default_factory=list)
    spans: dict[str, Span] = field(default_factory=dict)

    def to_json(self) -> dict[str, Any]:
        """Give the one object `manage.py read_directive --json` prints (domain 4.8)."""
        return {
            "number": self.number,
            "date": self.date,
            "issuer": self.issuer,
            "kind": self.kind,
            "abstract": self.abstract,
            "urgency": self.urgency,
            "signer": self.signer,
            "addressees": self.addressees,
            "recipients": self.recipients,
            "references": [reference.to_json() for reference in self.references],
            "tasks": [proposal.to_json() for proposal in self.proposals],
            "spans": {name: list(span) for name, span in self.spans.items()},
            "text": self.text,
        }

    @classmethod
    def from_json(cls, data: dict[str, Any]) -> "Reading":
        """Rebuild a stored reading; the review screen keeps the object it was given."""
        fields = {k: v for k, v in data.items() if k not in ("tasks", "references", "spans")}
        references = [
            Reference(**{**row, "span": tuple(row["span"])}) for row in data["references"]
        ]
        proposals = [
            Proposal(
                **{
                    **{k: v for k, v in row.items() if k != "kind"},
                    "span": tuple(row["span"]),
                    "spans": {name: tuple(span) for name, span in row["spans"].items()},
                }
            )
            for row in data["tasks"]
        ]
        spans = {name: tuple(span) for name, span in data["spans"].items()}
        return cls(references=references, proposals=proposals, spans=spans, **fields)
