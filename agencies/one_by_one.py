"""A job over many things: what fails of one holds up no other, and is not silent."""

import logging
from collections.abc import Callable, Iterable
from typing import TypeVar

Thing = TypeVar("Thing")
Result = TypeVar("Result")
logger = logging.getLogger(__name__)


def each_on_its_own(things: Iterable[Thing], act: Callable[[Thing], Result]) -> list[Result]:
    """Act on each thing and return what came of it, in order.

    `act` is a transaction of its own. What fails is logged with its thing; after the last one all
    failures are raised together as an ExceptionGroup, so that the job's heartbeat says so and the
    next run tries again.
    """
    results: list[Result] = []
    failures: list[Exception] = []
    for thing in things:
        try:
            results.append(act(thing))
        except Exception as error:
            logger.exception("%s failed for %r", getattr(act, "__name__", act), thing)
            failures.append(error)
    if failures:
        said = f"{len(failures)} failed, {len(results)} done: {failures[0]!r}"
        raise ExceptionGroup(said, failures)
    return results
