"""Word errors and their doubt."""

from __future__ import annotations

import random

import numpy as np
import pytest

from engine.evaluation import bootstrap
from engine.evaluation.sphinx import spoken_words
from engine.evaluation.word_errors import aligned, hits, word_errors

pytestmark = pytest.mark.timeout(60)


@pytest.mark.parametrize(("said", "heard", "errors"), [
    ("", "", 0), ("a b c", "a b c", 0), ("a b c", "", 3), ("", "a b", 2),
    ("a b c", "a x c", 1), ("a b c", "a c", 1), ("a b c", "a b b c", 1),
    ("one two three four", "two three four five", 2), ("kitten sat", "sat kitten", 2),
])  # fmt: skip
def test_errors_are_the_fewest_edits(said: str, heard: str, errors: int) -> None:
    """Substitutions, deletions and insertions cost one each."""
    assert word_errors(said.split(), heard.split()).errors == errors
    assert word_errors(said.split(), heard.split()).words == len(said.split())


def test_an_alignment_costs_what_the_errors_are() -> None:
    """Every alignment uses each word once, in order, and has as many faults as there are errors."""
    chance = random.Random(4)
    for _ in range(200):
        said, heard = (chance.choices("abc", k=chance.randrange(9)) for _ in range(2))
        pairs = aligned(said, heard)
        assert [i for i, _ in pairs if i is not None] == list(range(len(said)))
        assert [j for _, j in pairs if j is not None] == list(range(len(heard)))
        faults = sum(i is None or j is None or said[i] != heard[j] for i, j in pairs)
        assert faults == word_errors(said, heard).errors


def test_hits_are_equal_words() -> None:
    """A word heard right is paired with the one that was said."""
    assert hits("now stop it".split(), "stop it now".split()) == [(1, 0), (2, 1)]


def test_an_interval_holds_the_truth() -> None:
    """Of samples drawn from a known share, about 95 % of intervals contain it."""
    rng, held = np.random.default_rng(1), 0
    for _ in range(100):
        found = bootstrap.mean((rng.random(100) < 0.7).astype(float).tolist())
        held += found.low <= 0.7 <= found.high
        assert found.low <= found.value <= found.high
    assert 88 <= held <= 100


def test_an_interval_narrows_with_cases() -> None:
    """Four times as many cases halve the width."""
    outcomes = [1.0, 0.0] * 50
    wide, narrow = bootstrap.mean(outcomes), bootstrap.mean(outcomes * 4)
    assert 1.7 < (wide.high - wide.low) / (narrow.high - narrow.low) < 2.3


def test_a_ratio_weighs_cases_by_their_words() -> None:
    """Errors over words, not the mean of each clip's rate; n counts words."""
    found = bootstrap.ratio([1, 0], [2, 8])
    assert (found.value, found.n) == (0.1, 10)


def test_no_cases_no_figure() -> None:
    """What was not measured has no value."""
    with pytest.raises(ValueError, match="nothing was measured"):
        bootstrap.mean([])
    with pytest.raises(ValueError, match="nothing to divide by"):
        bootstrap.ratio([0.0], [0.0])


def test_the_peers_marks_are_no_words() -> None:
    """Fillers, noises and pronunciation marks do not count against the peer."""
    assert spoken_words("<s> it's(2) [NOISE] Four ++UM++ <sil> o'clock </s>") == [
        "it's", "four", "o'clock",
    ]  # fmt: skip


@pytest.mark.parametrize("right", [0, 1])
def test_cases_that_are_all_alike_leave_a_doubt(right: int) -> None:
    """Ten of ten are no proof: Clopper and Pearson's bounds, the same by scene and by item."""
    for found in (bootstrap.mean([right] * 10), bootstrap.ratio([3 * right] * 10, [3] * 10)):
        assert found.value == right
        bounds = (0.692, 1.0) if right else (0.0, 0.308)
        assert (found.low, found.high) == pytest.approx(bounds, abs=1e-3)
    assert bootstrap.mean([right] * 200).high - bootstrap.mean([right] * 200).low < 0.02


def test_nothing_in_an_hour_may_have_been_luck() -> None:
    """Garwood's bound of a count that is nothing: 3.7 in the time watched, however it was cut."""
    for parts in (1, 12):
        found = bootstrap.ratio([0.0] * parts, [1 / parts] * parts, rate=True)
        assert (found.low, found.high) == (0.0, pytest.approx(3.689, abs=1e-3))
