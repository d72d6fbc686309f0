"""festival's voices, for evaluation alone: a long-lived festival that reads Scheme from a pipe."""

from __future__ import annotations

import atexit
import os
import subprocess
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, partial
from pathlib import Path

import numpy as np
import soundfile

from engine.training.voices.clip import Clip, VoiceError
from engine.training.voices.sentences import Utterance, spoken
from engine.training.voices.timing import Timing

_DONE = "ASIDE_DONE"
_RELEASE_S = 0.04
_SCHEME = """
(define (aside_say text path)
  (let ((u (utt.synth (eval (list 'Utterance 'Text text)))))
    (utt.save.wave u path 'riff)
    (let ((token (utt.relation.first u 'Token)))
      (while token
        (format t "word %f\\n" (item.feat token "daughter1.word_start"))
        (set! token (item.next token))))
    (mapcar
      (lambda (segment)
        (if (string-equal (item.name segment) "pau")
          (format t "pause %f\\n" (item.feat segment "segment_start"))))
      (utt.relation.items u 'Segment))))
"""


@dataclass(frozen=True)
class FestivalVoice:
    """One of Debian's diphone voices: kal_diphone, ked_diphone."""

    speaker: str
    family: str = "festival"

    @property
    def name(self) -> str:
        return f"{self.family}/{self.speaker}"

    def say(self, text: str, *, speed: float = 1.0, pitch: float = 1.0) -> Clip:
        return spoken(text, self.name, speed, pitch, partial(_synthesise, self.speaker))


def _synthesise(speaker: str, sentence: str, stretch: float) -> Utterance:
    return _festival(os.getpid()).utter(speaker, sentence, stretch)


def _timing(told: Sequence[str]) -> Timing:
    times = [line.split() for line in told]
    starts_s = tuple(float(time) for kind, time in times if kind == "word")
    pauses_s = tuple(float(time) for kind, time in times if kind == "pause")
    return Timing(starts_s, pauses_s, _RELEASE_S)


class _Festival:
    """One process of festival."""

    def __init__(self) -> None:
        self._owner = os.getpid()
        try:
            self._child = subprocess.Popen(
                ["festival", "--pipe"],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                text=True,
            )
        except FileNotFoundError as error:
            raise VoiceError("festival is not installed: install the package festival") from error
        atexit.register(self._close)
        self._ask(_SCHEME)

    def utter(self, speaker: str, sentence: str, stretch: float) -> Utterance:
        """Speak a sentence made of letters, digits, apostrophes and marks."""
        with tempfile.NamedTemporaryFile(prefix="aside-festival-", suffix=".wav") as file:
            # One expression: if the voice is not there, nothing after it is done.
            told = self._ask(
                f"(begin (voice_{speaker}) (Parameter.set 'Duration_Stretch {stretch:.4f}) "
                f'(aside_say "{sentence}" "{file.name}"))'
            )
            if not Path(file.name).stat().st_size:
                raise VoiceError(f"festival gave no sound: is the package of {speaker} installed?")
            samples, rate_hz = soundfile.read(file.name, dtype="int16")
        return Utterance(np.asarray(samples), rate_hz, _timing(told))

    def _close(self) -> None:
        """A forked child leaves its parent's festival alone."""
        if os.getpid() == self._owner:
            self._child.kill()

    def _ask(self, expression: str) -> list[str]:
        """Evaluate, and return the lines it printed."""
        assert self._child.stdin is not None
        assert self._child.stdout is not None
        try:
            self._child.stdin.write(f'{expression}\n(format t "{_DONE}\\n")\n(fflush nil)\n')
            self._child.stdin.flush()
        except BrokenPipeError as error:
            raise VoiceError("the festival process has ended") from error
        lines: list[str] = []
        for line in self._child.stdout:
            if line.strip() == _DONE:
                return lines
            lines.append(line.strip())
        raise VoiceError("the festival process ended without an answer")


@cache
def _festival(_owner: int) -> _Festival:
    """The festival of one process: a fork must not share its parent's pipes."""
    return _Festival()
