"""Stories told together: each yields the instant of its next act, the earliest goes on first.

So everything happens in the order of its instants, as it would have: codes and numbers rise, and
what one act founds (the rule of silence) is there for the later ones.
"""

import heapq
from collections.abc import Generator, Iterable
from datetime import datetime

Story = Generator[datetime, None, None]


def together(stories: Iterable[Story]) -> Story:
    """Tell several stories as one, in the order of their instants."""
    waiting: list[tuple[datetime, int, Story]] = []
    for number, story in enumerate(stories):
        _push(waiting, number, story)
    while waiting:
        at, number, story = heapq.heappop(waiting)
        yield at
        _push(waiting, number, story)


def play(stories: Iterable[Story]) -> None:
    """Run every story to its end."""
    for _instant in together(stories):
        pass


def _push(waiting: list[tuple[datetime, int, Story]], number: int, story: Story) -> None:
    at = next(story, None)
    if at is not None:
        heapq.heappush(waiting, (at, number, story))
