"""Judging the voice: what is forced, what is judged, and what joints and gaps are."""

from __future__ import annotations

import hashlib

import numpy as np
import pytest

from engine.evaluation.speak.joints import gaps, jumps
from engine.evaluation.speak.judge import language
from engine.evaluation.speak.session import LEAD_TURNS, Script
from engine.evaluation.speak.texts import (
    KNOWN,
    OPEN,
    OPEN_TEXT,
    SCENE,
    judged,
    kept,
    tuning,
)
from engine.microturn import SAMPLE_RATE_HZ, TURN_SAMPLES
from engine.training.scenes import phrases
from engine.training.scenes.stage import plain
from engine.training.voices.clip import Clip, Word
from tests.untrained import tokenizer

pytestmark = pytest.mark.timeout(60)


def _clip() -> Clip:
    """One second, a word at its start and one in its middle."""
    audio = 0.1 * np.sin(np.arange(SAMPLE_RATE_HZ) * 0.3).astype(np.float32)
    return Clip(audio, (Word("say", 0.0, 0.4), Word("operator", 0.5, 1.0)), "hum")


def test_a_hundred_sentences_are_judged() -> None:
    """Half are from scenes and half are open text of four to nine words; none comes twice."""
    sentences = judged()
    assert [s.kind for s in sentences].count(SCENE) == [s.kind for s in sentences].count(OPEN) == 50
    assert len({s.words for s in sentences}) == 100
    assert all(4 <= len(text.split()) <= 9 for text in OPEN_TEXT)
    assert sentences == judged()


def test_the_judge_is_the_same_whatever_training_becomes() -> None:
    """Its language model was fixed once. Who changes it makes figures of the voice that cannot be
    compared with those of before, and has to say so in LOG.md and here."""
    digest = hashlib.sha256(language().encode()).hexdigest()
    assert digest == "de7f659d2872ce496c53a8520a5c14be77d94c87b688de7aac7104d4771d7cfa"
    assert not {plain(s.text) for s in judged() if s.kind == SCENE} & set(kept(KNOWN))


def test_what_tunes_is_not_judged() -> None:
    """No sentence for tuning is one of the judged."""
    assert not {s.words for s in tuning(60)} & {s.words for s in judged()}


def test_open_text_stands_in_no_scene() -> None:
    """No template or phrase of a scene is an open sentence, and neither gives the other away."""
    known = [line for lines in phrases.TEMPLATES.values() for line in lines]
    known += [plain(text) for text in phrases.LONG.values()]
    assert not [(o, line) for o in OPEN_TEXT for line in known if o in line or line in o]


def test_words_lead_their_sound_by_a_micro_turn() -> None:
    """A word's tokens come one micro-turn before its sound; voice lasts as long as the clip."""
    words = tokenizer()
    script = Script.of(_clip(), words, 100)
    first, second = (tuple(words.encode(text)) for text in ("say", "operator"))
    assert script.tokens[LEAD_TURNS] == first
    assert script.tokens[LEAD_TURNS + 1] == second
    assert (script.first, script.last) == (LEAD_TURNS, LEAD_TURNS + 5)


def test_tokens_over_the_budget_wait() -> None:
    """What is over a micro-turn's budget comes in the next; nothing is lost or reordered."""
    words = tokenizer()
    script = Script.of(_clip(), words, 2)
    given = [script.tokens[turn] for turn in sorted(script.tokens)]
    assert all(len(tokens) <= 2 for tokens in given)
    assert sum(given, ()) == tuple(words.encode("say") + words.encode("operator"))


def test_a_click_at_a_joint_is_seen() -> None:
    """A step where micro-turns meet is counted there, and nowhere else."""
    wave = np.zeros(3 * TURN_SAMPLES, np.float32)
    wave[TURN_SAMPLES:] = 0.5
    at, elsewhere = jumps(wave)
    assert at.tolist() == [0.5, 0.0]
    assert not elsewhere.any()


@pytest.mark.parametrize(("silence_s", "found"), [(0.04, 0), (0.09, 1)])
def test_silence_inside_a_word_is_a_gap(silence_s: float, found: int) -> None:
    """More than 60 ms of silence within a word is a gap; between words it is none."""
    clip = _clip()
    wave = clip.audio.copy()
    wave[7000 : 7000 + 1000] = 0.0
    assert gaps(wave, clip.words) == 0
    wave[11200 : 11200 + round(silence_s * SAMPLE_RATE_HZ)] = 0.0
    assert gaps(wave, clip.words) == found
