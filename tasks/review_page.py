"""What the review screen of a directive shows, and where one goes on after an act (rule 4.9)."""

import re
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

from django.urls import reverse

from tasks.approval import Plan
from tasks.directives.marking import paragraphs, split_heading
from tasks.directives.problems import Judged
from tasks.models import Directive, Proposal


@dataclass
class ReviewPage:
    """The proposals of a directive as of a day; `only_check` lists the doubtful ones alone.

    `current` is the proposal one stands at. What is asked of it is asked after the act it answers;
    `seen` are the versions noted before.
    """

    directive: Directive
    day: date
    only_check: bool = False
    current: int = 0
    seen: dict[int, int] = field(default_factory=dict)

    @cached_property
    def plan(self) -> Plan:
        """What approving the directive would create."""
        return Plan(self.directive, self.day)

    @property
    def shown(self) -> list[Judged]:
        """The proposals listed."""
        return self.plan.to_check if self.only_check else self.plan.judged

    @property
    def address(self) -> str:
        """Where the screen stands at the current proposal."""
        also = "&only=check" if self.only_check else ""
        return f"{self.url}?at={self.current}{also}#proposal-{self.current}"

    @property
    def url(self) -> str:
        """The screen itself."""
        return reverse("directive_review", args=[self.directive.pk])

    def stay_at(self, proposal: Proposal) -> str:
        """Make a proposal the current one; return where that is."""
        self.current = proposal.pk
        return self.address

    def go_on_from(self, decided: Proposal) -> str:
        """Make the next one that waits the current one, so that D, D, X walks the list.

        That is the next undecided one below the one decided on, or else the first above it; the
        next doubtful one where only those are listed.
        """
        waiting = [one.proposal for one in self.shown if one.proposal.state == "pending"]
        below = [one for one in waiting if one.order > decided.order]
        return self.stay_at(next(iter(below or waiting), decided))

    def text(self) -> dict:
        """Return the text of the directive with the sources of its proposals marked."""
        live = [one.proposal for one in self.plan.live]
        heading, body = split_heading(paragraphs(self.directive.text, live))
        return {"heading_lines": heading, "paragraphs": body}

    def look(self) -> None:
        """Note the proposals as they are before an act."""
        self.seen = dict(self.directive.proposals.values_list("pk", "version"))

    def changed(self, at: Proposal) -> tuple[list[Judged], list[Judged]]:
        """Return what an act on a proposal changed since one looked: its own row with those that
        came of it, and other rows.
        """
        here, elsewhere = [], []
        for one in self.plan.judged:
            row = one.proposal
            if row.pk == at.pk or row.pk not in self.seen:
                here.append(one)
            elif row.version != self.seen[row.pk]:
                elsewhere.append(one)
        return here, elsewhere


def parts_of(text: str) -> list[tuple[int, str]]:
    """Return the sentences of a wording, or else its phrases, with the place each begins."""
    breaks = list(re.finditer(r"(?<=[.;:])\s+|\n+", text)) or list(re.finditer(r", ", text))
    starts = [0, *(match.end() for match in breaks)]
    ends = [*starts[1:], len(text)]
    return [(s, text[s:e].strip()) for s, e in zip(starts, ends, strict=True) if text[s:e].strip()]
