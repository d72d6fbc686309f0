"""flite's voices, in this process: libflite renders, its utterance tells the segments' times.

`slt` is the teacher of the model's own voice; see `roster`.
"""

from __future__ import annotations

import ctypes
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache, partial

import numpy as np

from engine.training.voices.clip import Clip, VoiceError
from engine.training.voices.sentences import Utterance, spoken
from engine.training.voices.system import open_library, reseed
from engine.training.voices.timing import Timing

_WORD_START = b"daughter1.R:SylStructure.daughter1.daughter1.R:Segment.p.end"
_RELEASE_S = 0.04
_FUNCTIONS = {
    "flite_synth_text": (ctypes.c_void_p, [ctypes.c_char_p, ctypes.c_void_p]),
    "utt_relation": (ctypes.c_void_p, [ctypes.c_void_p, ctypes.c_char_p]),
    "relation_head": (ctypes.c_void_p, [ctypes.c_void_p]),
    "item_next": (ctypes.c_void_p, [ctypes.c_void_p]),
    "flite_ffeature_float": (ctypes.c_float, [ctypes.c_void_p, ctypes.c_char_p]),
    "flite_ffeature_string": (ctypes.c_char_p, [ctypes.c_void_p, ctypes.c_char_p]),
    "utt_wave": (ctypes.c_void_p, [ctypes.c_void_p]),
    "delete_utterance": (None, [ctypes.c_void_p]),
    "flite_feat_set_float": (None, [ctypes.c_void_p, ctypes.c_char_p, ctypes.c_float]),
}


class _Wave(ctypes.Structure):
    """flite's cst_wave."""

    _fields_ = [
        ("type", ctypes.c_char_p),
        ("rate_hz", ctypes.c_int),
        ("count", ctypes.c_int),
        ("channels", ctypes.c_int),
        ("samples", ctypes.POINTER(ctypes.c_short)),
    ]


class _VoiceHead(ctypes.Structure):
    """The beginning of flite's cst_voice."""

    _fields_ = [("name", ctypes.c_char_p), ("features", ctypes.c_void_p)]


@dataclass(frozen=True)
class FliteVoice:
    """One of Debian's flite voices: awb, rms, slt, kal16."""

    speaker: str
    family: str = "flite"

    @property
    def name(self) -> str:
        return f"{self.family}/{self.speaker}"

    def say(self, text: str, *, speed: float = 1.0, pitch: float = 1.0) -> Clip:
        return spoken(text, self.name, speed, pitch, partial(_synthesise, self.speaker))


def _synthesise(speaker: str, sentence: str, stretch: float) -> Utterance:
    flite, voice = _library(), _voice(speaker)
    features = _VoiceHead.from_address(voice).features
    flite.flite_feat_set_float(features, b"duration_stretch", stretch)
    reseed()
    utterance = flite.flite_synth_text(sentence.encode(), voice)
    if not utterance:
        raise VoiceError(f"flite voice {speaker} gave no sound")
    try:
        wave = _Wave.from_address(flite.utt_wave(utterance))
        samples = np.ctypeslib.as_array(wave.samples, (wave.count,)).copy()
        return Utterance(samples, wave.rate_hz, _timing(flite, utterance))
    finally:
        flite.delete_utterance(utterance)


def _timing(flite: ctypes.CDLL, utterance: int) -> Timing:
    """Starts of tokens, of the segments called "pau", and of all others."""
    starts_s = [
        float(flite.flite_ffeature_float(token, _WORD_START))
        for token in _items(flite, utterance, b"Token")
    ]
    pauses_s: list[float] = []
    phonemes_s: list[float] = []
    for segment in _items(flite, utterance, b"Segment"):
        paused = flite.flite_ffeature_string(segment, b"name") == b"pau"
        starts = pauses_s if paused else phonemes_s
        starts.append(float(flite.flite_ffeature_float(segment, b"p.end")))
    return Timing(tuple(starts_s), tuple(pauses_s), _RELEASE_S, tuple(phonemes_s))


def _items(flite: ctypes.CDLL, utterance: int, relation: bytes) -> Iterator[int]:
    item = flite.relation_head(flite.utt_relation(utterance, relation))
    while item:
        yield item
        item = flite.item_next(item)


@lru_cache(maxsize=1)
def _library() -> ctypes.CDLL:
    flite = open_library("libflite.so.1", "flite")
    for name, (result, arguments) in _FUNCTIONS.items():
        function = getattr(flite, name)
        function.restype, function.argtypes = result, arguments
    flite.flite_init()
    return flite


@lru_cache(maxsize=8)
def _voice(speaker: str) -> int:
    _library()
    voice = open_library(f"libflite_cmu_us_{speaker}.so.1", "flite")
    register = getattr(voice, f"register_cmu_us_{speaker}")
    register.restype, register.argtypes = ctypes.c_void_p, [ctypes.c_char_p]
    return int(register(None))
