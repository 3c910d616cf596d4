"""One case or commendation before one actor at one instant: what the tables of acts ask."""

from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from agencies.acting import Actor
from agencies.models import Post
from reports.cases import people
from reports.cases.standing import Standing
from reports.models import Signature


@dataclass(frozen=True)
class Situation:
    """The matter, who looks at it, and when."""

    actor: Actor
    at: datetime
    matter: people.Matter

    @cached_property
    def state(self) -> Standing:
        """Where the matter stands."""
        return self.matter.standing(self.at)

    @cached_property
    def signatures(self) -> list[Signature]:
        """The signatures given."""
        return list(self.matter.signatures.select_related("post__user", "post__title"))

    @cached_property
    def signers(self) -> dict[str, Post]:
        """Who signs in each role."""
        return people.signers(self.matter, self.at)

    @cached_property
    def missing(self) -> dict[str, Post]:
        """Who has still to sign, by role."""
        given = {signature.role for signature in self.signatures}
        return {role: post for role, post in self.signers.items() if role not in given}

    @cached_property
    def roles(self) -> list[str]:
        """The roles in which the actor has still to sign."""
        return [role for role, post in self.missing.items() if post == self.actor.post]

    @cached_property
    def handles(self) -> bool:
        """Whether the actor is the chief or the head of internal affairs it is with."""
        return people.handles(self.actor, self.matter, self.at)

    @property
    def is_concerned(self) -> bool:
        """Whether the matter is about the actor."""
        person = people.person_of(self.matter)
        return person is not None and person.user_id == self.actor.user.pk

    @cached_property
    def decides(self) -> bool:
        """Whether the actor is the Chair before whom it comes."""
        return people.decides(self.actor, self.matter)
