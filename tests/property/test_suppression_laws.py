"""No small number of people can be worked out from what is published."""

from itertools import product

from hypothesis import given, settings
from hypothesis import strategies as st

from headwater.reporting.suppression import SMALL, is_small, suppressed

PARTS = st.lists(st.integers(0, 25), min_size=1, max_size=4)


@given(PARTS)
def test_every_small_number_is_gone_and_nothing_where_there_is_none(parts):
    hidden = suppressed(parts)
    assert all(gone for part, gone in zip(parts, hidden, strict=True) if is_small(part))
    if not any(map(is_small, parts)):
        assert not any(hidden)


@settings(deadline=None)
@given(PARTS)
def test_from_the_whole_and_the_rest_no_small_number_follows(parts):
    """Whoever knows the whole, the rest and what "c" means is left with several answers."""
    hidden = suppressed(parts)
    if not any(hidden) or all(hidden):
        return
    left = sum(part for part, gone in zip(parts, hidden, strict=True) if gone)
    places = [i for i, gone in enumerate(hidden) if gone]
    answers = set()
    for guess in product(range(min(left, 46) + 1), repeat=len(places)):
        if sum(guess) != left:
            continue
        if any(map(is_small, guess)):
            answers.add(guess)
    for at, i in enumerate(places):
        if is_small(parts[i]):
            assert len({answer[at] for answer in answers}) > 1


@given(PARTS)
def test_what_is_suppressed_is_no_small_number_together(parts):
    hidden = suppressed(parts)
    if any(hidden) and not all(hidden):
        together = sum(part for part, gone in zip(parts, hidden, strict=True) if gone)
        assert together > SMALL
        assert sum(hidden) > 1
