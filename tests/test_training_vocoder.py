"""Laws of the vocoder's training: what it reads, what it hears, and that it learns."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

pytest.importorskip("torch")

import torch

from engine.evaluation.speak.texts import OPEN_TEXT
from engine.signal.vocoder import Vocoder
from engine.training.recipes import to_read
from engine.training.vocoder import command as training
from engine.training.vocoder.batches import batches
from engine.training.vocoder.sentences import held_out, loose, number, sentences
from engine.training.vocoder.speech import Utterance, describe, pitch

pytestmark = pytest.mark.timeout(110)


def tone(start_hz: float, end_hz: float, seconds: float = 1.0) -> np.ndarray:
    """Thirty harmonics on a gliding pitch."""
    f0 = np.geomspace(start_hz, end_hz, int(16_000 * seconds))
    angle = 2 * np.pi * np.cumsum(f0) / 16_000
    wave = np.sum([np.sin(k * angle) / k for k in range(1, 31)], axis=0)
    return (0.2 * wave).astype(np.float32)


def spoken() -> list[Utterance]:
    rng = np.random.default_rng(0)
    hiss = 0.02 * rng.standard_normal(8_000).astype(np.float32)
    return [describe(np.concatenate([hiss, tone(160 + 10 * k, 190)])) for k in range(2)]


def test_what_is_judged_was_never_read() -> None:
    """No held-out sentence is a training sentence, whatever dictionary is installed."""
    judged = set(held_out())
    assert len(judged) == 200
    assert not judged & set(sentences(1_200))
    assert not judged & set(sentences(1_200, words=Path("/nonexistent")))


def test_rows_of_words_come_from_two_places(tmp_path: Path) -> None:
    """Half of the words from the dictionary, half of what is said often; names and what has an
    apostrophe or a capital stay out. Without a dictionary, from the latter alone."""
    words = tmp_path / "words"
    words.write_text("marmalade\nZanzibar\ncat's\nlantern\n")
    said = [word for row in loose(200, ["hello"], 1, words) for word in row.split()]
    assert {*said} == {"hello", "marmalade", "lantern"}
    assert 0.4 < said.count("hello") / len(said) < 0.6
    rows = loose(50, ["hello", "there"], 1, tmp_path / "nowhere")
    assert {word for row in rows for word in row.split()} == {"hello", "there"}
    assert all(3 <= len(row.split()) <= 9 for row in rows)


def test_what_the_voice_is_judged_by_is_never_read_to_it() -> None:
    """None of the open sentences stands in what training reads, with or without people."""
    assert not {*OPEN_TEXT} & {*to_read(None, 0)}


def test_numbers_are_said_as_words() -> None:
    """Whole numbers under a thousand have their English names."""
    said = {7: "seven", 20: "twenty", 42: "forty two", 300: "three hundred"}
    assert {value: number(value) for value in said} == said
    assert number(115) == "one hundred and fifteen"


def test_the_tracker_follows_a_gliding_pitch() -> None:
    """Pitch is found within half a percent while it moves, and noise has none."""
    log_f0, voiced = pitch(tone(150.0, 210.0))
    truth = np.geomspace(150.0, 210.0, len(log_f0) + 1)[:-1]
    inside = slice(8, -16)
    assert voiced[inside].all()
    np.testing.assert_allclose(np.exp(log_f0)[inside], truth[inside], rtol=5e-3)
    _, hissing = pitch(np.random.default_rng(1).standard_normal(16_000).astype(np.float32))
    assert hissing.mean() < 0.1


def test_a_few_steps_bring_it_nearer_and_it_goes_on_where_it_stopped(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The loss falls, a kept training resumes at its step, and its weights run without torch."""
    from safetensors.numpy import load_file

    monkeypatch.setattr("engine.training.vocoder.batches.BATCH", 3)
    state = training.begin(torch.device("cpu"), tmp_path / "training.pt")
    source = batches(spoken(), state.chance)
    losses = [training.advance(state, next(source), 1e-3)["sound"] for _ in range(5)]
    assert min(losses[-2:]) < 0.8 * losses[0]
    training.keep(state, tmp_path)
    again = training.begin(torch.device("cpu"), tmp_path / "training.pt")
    assert again.steps == 5
    for one, other in zip(state.network.parameters(), again.network.parameters(), strict=True):
        assert torch.equal(one, other)
    Vocoder(load_file(tmp_path / "vocoder.safetensors"))
