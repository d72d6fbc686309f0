"""libespeak-ng in this process: text in, samples and word events out.

The library keeps state from one utterance to the next (where its flutter stands, its noise), so
the second of two equal calls would sound different. Every utterance therefore gets a library that
is loaded for it and unloaded after it, in about 5 ms: the same request gives the same samples,
whatever came before and in whichever process.
"""

from __future__ import annotations

import _ctypes
import ctypes
from collections.abc import Mapping
from dataclasses import dataclass
from threading import Lock
from typing import Any

import numpy as np

from engine.training.voices.clip import VoiceError
from engine.training.voices.system import open_library, reseed

_SYNCHRONOUS, _CHARACTERS, _UTF8 = 2, 1, 1
_PHONEME_EVENTS, _DONT_EXIT = 0x0001, 0x8000
_WORD_EVENT, _PHONEME_EVENT = 1, 7
_OPTIONS = _PHONEME_EVENTS | _DONT_EXIT
_PAUSE = b"_"
_PARAMETERS = {"rate": 1, "volume": 2, "pitch": 3, "range": 4, "gap": 7}
_ONE_AT_A_TIME = Lock()


class _Event(ctypes.Structure):
    _fields_ = [
        ("type", ctypes.c_int),
        ("identifier", ctypes.c_uint),
        ("text_position", ctypes.c_int),
        ("length", ctypes.c_int),
        ("audio_position_ms", ctypes.c_int),
        ("sample", ctypes.c_int),
        ("user_data", ctypes.c_void_p),
        ("id", ctypes.c_char * 8),
    ]


_CALLBACK = ctypes.CFUNCTYPE(
    ctypes.c_int, ctypes.POINTER(ctypes.c_short), ctypes.c_int, ctypes.POINTER(_Event)
)


@dataclass(frozen=True)
class Sound:
    """What an utterance gave.

    samples: (n,) int16 at rate_hz. marks: (character in the text, sample) of word starts.
    pauses, phonemes: samples at which they start.
    """

    samples: np.ndarray
    rate_hz: int
    marks: tuple[tuple[int, int], ...]
    pauses: tuple[int, ...]
    phonemes: tuple[int, ...]


def speak(voice: str, text: str, parameters: Mapping[str, int]) -> Sound:
    """Speak `text` with the voice file `voice` ("en-us+m3").

    parameters: rate (words a minute), pitch, range, volume (0 to 99 or 100), gap (10 ms each).
    Raises VoiceError when espeak-ng, its data or the voice is missing.
    """
    with _ONE_AT_A_TIME:
        espeak = open_library("libespeak-ng.so.1", "espeak-ng")
        try:
            return _utter(espeak, voice, text, parameters)
        finally:
            # Terminated but still loaded, it would hang at the next start.
            espeak.espeak_Terminate()
            _ctypes.dlclose(espeak._handle)


def _utter(espeak: ctypes.CDLL, voice: str, text: str, parameters: Mapping[str, int]) -> Sound:
    rate_hz = int(espeak.espeak_Initialize(_SYNCHRONOUS, 0, None, _OPTIONS))
    if rate_hz <= 0:
        raise VoiceError("espeak-ng found no voice data: install the package espeak-ng-data")
    receiver = _Receiver()
    callback = _CALLBACK(receiver)
    espeak.espeak_SetSynthCallback(callback)
    _choose(espeak, voice, parameters)
    reseed()
    data = text.encode()
    size = ctypes.c_size_t(len(data) + 1)
    if status := espeak.espeak_Synth(data, size, 0, _CHARACTERS, 0, _UTF8, None, None):
        raise VoiceError(f"espeak-ng voice {voice} failed with status {status}")
    samples = np.frombuffer(b"".join(receiver.pieces), np.int16)
    pauses, phonemes = tuple(receiver.pauses), tuple(receiver.phonemes)
    return Sound(samples, rate_hz, tuple(receiver.marks), pauses, phonemes)


def _choose(espeak: ctypes.CDLL, voice: str, parameters: Mapping[str, int]) -> None:
    if espeak.espeak_SetVoiceByName(voice.encode()):
        raise VoiceError(f"espeak-ng has no voice {voice}: see `espeak-ng --voices=en`")
    for name, value in parameters.items():
        espeak.espeak_SetParameter(_PARAMETERS[name], value, 0)


class _Receiver:
    """Collects what the synthesiser calls back with."""

    def __init__(self) -> None:
        self.pieces: list[bytes] = []
        self.marks: list[tuple[int, int]] = []
        self.pauses: list[int] = []
        self.phonemes: list[int] = []

    def __call__(self, samples: Any, count: int, events: Any) -> int:
        if samples and count:
            self.pieces.append(ctypes.string_at(samples, 2 * count))
        index = 0
        while events[index].type:
            event = events[index]
            if event.type == _WORD_EVENT and event.length:
                self.marks.append((event.text_position - 1, event.sample))
            if event.type == _PHONEME_EVENT:
                paused = event.id.startswith(_PAUSE)
                (self.pauses if paused else self.phonemes).append(event.sample)
            index += 1
        return 0
