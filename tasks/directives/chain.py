"""The chain of a directive: what it implements, what implements it, and how far each is (4.1)."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

from agencies.acting import Actor
from tasks.demands.listing import tasks_below
from tasks.judgement import Judgement, progress_by
from tasks.models import Demand, Directive, Task

HIGHEST = 10


@dataclass
class Link:
    """One directive of the chain, how far its tasks are, and what its issuer demands."""

    directive: Directive
    counts: Counter = field(default_factory=Counter)
    demands: list[Demand] = field(default_factory=list)


@dataclass(frozen=True)
class Chain:
    """A directive between those it implements, the highest first, and those that implement it."""

    above: list[Link]
    own: Link
    below: list[Link]

    @property
    def is_alone(self) -> bool:
        """Whether nothing stands above or below it."""
        return not (self.above or self.below)


def chain_of(directive: Directive, actor: Actor, judgement: Judgement) -> Chain:
    """Return the chain as far as the actor may see it (rule 2.4)."""
    above = [Link(one) for one in reversed(_above(directive, actor))]
    own = Link(directive)
    visible = Directive.objects.visible_to(actor).filter(implements=directive)
    below = [Link(one) for one in visible.select_related("kind", "issuer").order_by("issued_on")]
    _fill([*above, own, *below], actor, judgement)
    return Chain(above, own, below)


def _above(directive: Directive, actor: Actor) -> list[Directive]:
    """Return what it implements, and what that implements, the nearest first."""
    found: list[Directive] = []
    visible = Directive.objects.visible_to(actor).select_related("kind", "issuer")
    current = directive
    while current.implements_id is not None and len(found) < HIGHEST:
        following = visible.filter(pk=current.implements_id).first()
        if following is None or following in found:
            break
        found.append(following)
        current = following
    return found


def _fill(links: Iterable[Link], actor: Actor, judgement: Judgement) -> None:
    """Read figures and demands of all at once."""
    by_id = {link.directive.pk: link for link in links}
    tasks = Task.objects.visible_to(actor).filter(directive__in=by_id)
    for directive_id, counts in progress_by("directive", tasks, judgement).items():
        by_id[directive_id].counts = counts
    visible = Demand.objects.visible_to(actor).filter(directive__in=by_id)
    demands = list(visible.select_related("directive__kind", "directive__issuer"))
    below = tasks_below(demands, actor, judgement) if demands else {}
    for demand in demands:
        demand.counts = below.get(demand.pk, Counter())
        by_id[demand.directive_id].demands.append(demand)
