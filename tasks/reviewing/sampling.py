"""Drawing a sample that anybody can draw again (rule 5.13). Pure: no clock, no database.

Each code is ranked by the SHA-256 of "seed:code"; the lowest ranks are drawn. So the draw hangs on
nothing but the seed and the codes, whatever the order, machine or version of Python.
"""

from collections.abc import Iterable
from hashlib import sha256
from math import ceil


def sample(codes: Iterable[str], seed: str, size: int) -> list[str]:
    """Return up to `size` of the codes, drawn by the seed, in the order of their ranks."""
    ranked = sorted(set(codes), key=lambda code: (rank(code, seed), code))
    return ranked[: max(size, 0)]


def rank(code: str, seed: str) -> str:
    """Return the hexadecimal rank of one code: `printf 'seed:code' | sha256sum` gives the same."""
    return sha256(f"{seed}:{code}".encode()).hexdigest()


def share(percent: int, population: int) -> int:
    """Return how many a percentage of a population is, rounded up; any part of one is one."""
    return ceil(population * percent / 100)
