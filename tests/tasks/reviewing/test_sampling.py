"""The draw of a spot check: anybody can draw the same sample again (rule 5.13). Pure."""

from hashlib import sha256

from hypothesis import given
from hypothesis import strategies as st

from tasks.reviewing.sampling import rank, sample, share

CODES = [f"NV-2026-{number:04d}" for number in range(1, 101)]
codes = st.lists(st.sampled_from(CODES), max_size=60)


@given(codes, st.text(max_size=20), st.integers(0, 80), st.randoms())
def test_the_order_of_the_codes_does_not_matter(found, seed, size, random):
    shuffled = list(found)
    random.shuffle(shuffled)

    assert sample(shuffled, seed, size) == sample(found, seed, size)


@given(codes, st.text(max_size=20), st.integers(0, 80))
def test_it_draws_each_once_and_never_more_than_there_are(found, seed, size):
    drawn = sample(found, seed, size)

    assert len(drawn) == len(set(drawn)) == min(size, len(set(found)))
    assert set(drawn) <= set(found)


@given(codes, st.text(max_size=20), st.integers(0, 50))
def test_a_larger_sample_holds_the_smaller(found, seed, size):
    assert sample(found, seed, size + 5)[:size] == sample(found, seed, size)


def test_the_draw_of_a_seed_is_known():
    """Kept for ever: a report's spot check can be drawn again with sha256sum."""
    assert sample(CODES, "7f3a", 3) == ["NV-2026-0026", "NV-2026-0020", "NV-2026-0027"]


def test_a_rank_is_the_hash_of_seed_and_code():
    assert rank("NV-2026-0001", "7f3a") == sha256(b"7f3a:NV-2026-0001").hexdigest()


def test_over_many_seeds_every_code_is_drawn_about_as_often():
    drawn = [code for seed in range(400) for code in sample(CODES, str(seed), 10)]

    counts = [drawn.count(code) for code in CODES]
    assert 20 <= min(counts) <= max(counts) <= 65


def test_a_percentage_is_rounded_up():
    assert [share(10, n) for n in (1, 10, 11, 0)] == [1, 1, 2, 0]
