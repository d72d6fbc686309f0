"""A voice learned from recordings, by a small network that says how long each phoneme lasts.

`hibari-tts` (Apache-2.0; taught by Kokoro-82M's voice af_heart) reads a hundred times faster than
time. Its dictionary, its network and what makes sound of it are used as they are; the durations
that the network keeps to itself become the times of words.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import numpy as np

from engine.training.voices.clip import Clip, VoiceError
from engine.training.voices.sentences import Utterance, spoken
from engine.training.voices.timing import Timing

_DURATIONS = "/Clip_output_0"  # how many units each phoneme lasts
_UNIT_S = 0.025
_RELEASE_S = 0.03
_LETTER_A = ("ay", "[a](/ˈA/)")  # as `sentences` writes it, and as the dictionary is told it
_MARKS, _UNSOUNDED = ",.?!;:", " ˈˌ"


@dataclass(frozen=True)
class NeuralVoice:
    """heart, a woman's. throat: by how much higher it is played, formants and all."""

    speaker: str = "heart"
    throat: float = 1.0
    family: str = "hibari"

    @property
    def name(self) -> str:
        return f"{self.family}/{self.speaker}/t{round(1000 * self.throat)}"

    def say(self, text: str, *, speed: float = 1.0, pitch: float = 1.0) -> Clip:
        reader = _reader(self.speaker)
        return spoken(text, self.name, speed, pitch * self.throat, reader.read)


def here() -> bool:
    """Whether it is installed, with what runs it."""
    return all(find_spec(name) is not None for name in ("hibari", "onnx", "onnxruntime"))


class _Reader:
    def __init__(self, speaker: str) -> None:
        try:
            from hibari import dsp, tts
            from hibari.g2p import G2P
        except ImportError as error:
            raise VoiceError("no neural voice is installed: pip install hibari-tts") from error
        assets = Path(tts.ASSETS)
        registered = json.loads((assets / "voices.json").read_text("utf-8"))
        if speaker not in registered or not (assets / registered[speaker]["file"]).exists():
            raise VoiceError(f"hibari-tts brings no voice {speaker}")
        self._run = _network(assets / registered[speaker]["file"])
        self._known = json.loads((assets / "vocab.json").read_text("utf-8"))
        self._synth, self._rate_hz, self._g2p = dsp.synth, tts.SAMPLE_RATE, G2P()

    def read(self, sentence: str, stretch: float) -> Utterance:
        phonemes = self._phonemes(sentence.split())
        ids = [0, *(self._known[one] for one in phonemes), 0]
        feeds = {"ids": np.array([ids]), "speed": np.array([1 / stretch], np.float32)}
        *spectrum, units = self._run(None, feeds)
        wave = self._synth(*(part[0] for part in spectrum), np.random.default_rng(0))
        samples = np.clip(np.rint(32768 * wave), -32768, 32767).astype(np.int16)
        return Utterance(samples, self._rate_hz, timing(phonemes, units.ravel()))

    def _phonemes(self, words: list[str]) -> str:
        """With one space between two words and none elsewhere."""
        told = [word.replace(*_LETTER_A) if word.strip(_MARKS) == "ay" else word for word in words]
        groups = self._g2p(" ".join(told)).split()
        if len(groups) != len(words):  # two were drawn together, or one was cut
            groups = ["".join(self._g2p(word).split()) for word in told]
        return " ".join("".join(c for c in group if c in self._known) for group in groups)


def timing(phonemes: str, units: np.ndarray) -> Timing:
    """units: (2 + characters of `phonemes`,), of the silence before, each of them, and after."""
    starts_s = [float(time) for time in np.cumsum(units)[:-1] * _UNIT_S]
    words = [match.end() for match in re.finditer(" ", phonemes)]
    pauses_s = [starts_s[at] for at, one in enumerate(phonemes) if one in _MARKS] + starts_s[-1:]
    sounds_s = [starts_s[at] for at, one in enumerate(phonemes) if one not in _MARKS + _UNSOUNDED]
    # What sounds after silence may do so before its phoneme is said to begin.
    first_s = [(starts_s[at - 2] + starts_s[at]) / 2 if phonemes[at - 2] in _MARKS else starts_s[at]
               for at in words]  # fmt: skip
    return Timing((0.0, *first_s), tuple(pauses_s), _RELEASE_S, tuple(sounds_s))


def _network(path: Path) -> Callable[..., Any]:
    """As it lies there, but it tells the durations as well."""
    import onnx

    from engine.runtime.onnx_backend import session

    model = onnx.load(path)
    model.graph.output.append(onnx.ValueInfoProto(name=_DURATIONS))
    return session(model.SerializeToString(), 1).run


@lru_cache(maxsize=2)
def _reader(speaker: str) -> _Reader:
    return _Reader(speaker)
