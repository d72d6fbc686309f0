"""The judge of the voice: pocketsphinx with a word-pair model of its own, fixed before judging.

Its words are those of the judged sentences. Of scenes it knows what training scenes once said. Of
the open text it knows each sentence once as it is and four times in drawn orders: with drawn orders
alone it made 17 to 22 % errors on the teacher, too many for a judge. It was chosen by three
things alone: the errors that it makes on the teacher's voice, on babble and on noise.
"""

from __future__ import annotations

import random
import tempfile
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pocketsphinx

from engine.evaluation.bigram import arpa, words
from engine.evaluation.speak.texts import KNOWN, OPEN_TEXT, Sentence, judged, kept
from engine.microturn import SAMPLE_RATE_HZ
from engine.training.voices.clip import Voice

LANGUAGE_WEIGHT = 9.5
PAD_S, PAD_LEVEL = 0.2, 3e-4
LEVEL_RMS = 0.06
ORDERS = 4
TALKERS = 5


def language() -> str:
    """The ARPA text of the judge's language model: always the same."""
    chance = random.Random(1)
    shuffled = [
        " ".join(chance.sample(text.split(), len(text.split())))
        for text in OPEN_TEXT
        for _ in range(ORDERS)
    ]
    known = sorted({word for sentence in judged() for word in sentence.words})
    return arpa([*kept(KNOWN), *known, *shuffled, *OPEN_TEXT])


class Judge:
    """Writes down what it understands."""

    def __init__(self) -> None:
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "judge.arpa"
            path.write_text(language(), encoding="utf-8")
            self._decoder = pocketsphinx.Decoder(
                lm=str(path), lw=LANGUAGE_WEIGHT, samprate=SAMPLE_RATE_HZ, loglevel="FATAL"
            )

    def words(self, wave: np.ndarray) -> list[str]:
        """wave: (n,) float32 at 16 kHz, brought to one level before it is judged."""
        pad = round(PAD_S * SAMPLE_RATE_HZ)
        heard = np.random.default_rng(0).standard_normal(len(wave) + 2 * pad) * PAD_LEVEL
        heard[pad : pad + len(wave)] += levelled(wave)
        self._decoder.start_utt()
        samples = (np.clip(heard, -1, 1) * 32767).astype("<i2").tobytes()
        self._decoder.process_raw(samples, full_utt=True)
        self._decoder.end_utt()
        found = self._decoder.hyp()
        return words(found.hypstr) if found else []


def levelled(wave: np.ndarray) -> np.ndarray:
    """The wave at an rms of LEVEL_RMS; silence stays silence."""
    rms = float(np.sqrt(np.mean(np.square(wave)))) if len(wave) else 0.0
    return wave * np.float32(LEVEL_RMS / rms) if rms > 1e-5 else wave


def noise(samples: int, rng: np.random.Generator) -> np.ndarray:
    """White noise: (samples,) float32."""
    return levelled(rng.standard_normal(samples, np.float32))


def babble(
    samples: int, voices: Sequence[Voice], sentences: Sequence[Sentence], rng: np.random.Generator
) -> np.ndarray:
    """Several people at once, none of them saying what is judged: (samples,) float32."""
    mixed = np.zeros(samples, np.float32)
    for voice in rng.choice(len(voices), min(TALKERS, len(voices)), replace=False):
        text = sentences[int(rng.integers(len(sentences)))].text
        said = levelled(voices[int(voice)].say(text).audio)
        start = int(rng.integers(len(said)))
        mixed += np.resize(np.roll(said, -start), samples)
    return levelled(mixed)
