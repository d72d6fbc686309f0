"""The context package: what a task is given of the conversation it came from."""

from __future__ import annotations

import io
import wave
from dataclasses import dataclass, field
from typing import Literal

import numpy as np
from PIL import Image

from engine.background.abreast import ALL
from engine.microturn import SAMPLE_RATE_HZ, Frame

MAX_LINES = 200
MAX_CHARACTERS = 24_000
MAX_CARDS, MAX_CARD = 8, 8_000
MAX_SOUND_S = 20.0
MAX_PICTURE_SIDE = 1280
Side = Literal["user", "aside", "typed", "background"]


@dataclass(frozen=True)
class Line:
    """Words of one side, from `time_s` on the conversation's clock."""

    time_s: float
    side: Side
    text: str


@dataclass(frozen=True)
class Sound:
    """What was heard up to the request. samples: (n,) float32, 16 kHz."""

    samples: np.ndarray

    @property
    def wav(self) -> bytes:
        """16 bits, mono."""
        file = io.BytesIO()
        scaled = np.nan_to_num(self.samples) * 32768.0
        with wave.open(file, "wb") as out:
            out.setnchannels(1)
            out.setsampwidth(2)
            out.setframerate(SAMPLE_RATE_HZ)
            out.writeframes(np.clip(np.rint(scaled), -32768, 32767).astype("<i2").tobytes())
        return file.getvalue()


@dataclass(frozen=True)
class Seen:
    """A frame, and when it was seen on the conversation's clock."""

    time_s: float
    frame: Frame

    @property
    def jpeg(self) -> bytes:
        """At most MAX_PICTURE_SIDE pixels a side."""
        picture = Image.fromarray(self.frame.pixels)
        picture.thumbnail((MAX_PICTURE_SIDE, MAX_PICTURE_SIDE))
        file = io.BytesIO()
        picture.save(file, "JPEG", quality=80)
        return file.getvalue()


@dataclass(frozen=True)
class ContextPackage:
    """Bounded in every part by `bounded`, whoever made it.

    request: the task in the interaction model's words, which may be misheard; "" when it gave
    none. now_s: when it was delegated, on the clock of `lines` and `seen`. spoken: whether the
    request came by voice, so that only its sound says for certain what it was. screen_text: what
    a library read off the screen. settings: what a person chose, such as language and units.
    sound: the microphone's; system: what the computer played meanwhile, where it is listened to.
    open_cards: the cards that are shown and what they hold, one JSON object each; cards_s: when
    they were looked at, by the steady clock.
    """

    request: str
    now_s: float = 0.0
    lines: tuple[Line, ...] = ()
    sound: Sound | None = None
    spoken: bool = False
    seen: tuple[Seen, ...] = ()
    screen_text: str = ""
    open_tasks: tuple[str, ...] = ()
    settings: dict[str, str] = field(default_factory=dict)
    system: Sound | None = None
    open_cards: tuple[str, ...] = ()
    cards_s: float = ALL

    def bounded(self) -> ContextPackage:
        """The newest lines, the last of each sound, one picture of each source."""
        return ContextPackage(
            self.request[:MAX_CHARACTERS],
            self.now_s,
            _newest(self.lines),
            _last(self.sound),
            self.spoken,
            tuple({one.frame.source: one for one in self.seen}.values()),
            self.screen_text[:MAX_CHARACTERS],
            self.open_tasks[-MAX_LINES:],
            {name[:64]: value[:256] for name, value in list(self.settings.items())[:32]},
            _last(self.system),
            tuple(card[:MAX_CARD] for card in self.open_cards[-MAX_CARDS:]),
            self.cards_s,
        )


def _newest(lines: tuple[Line, ...]) -> tuple[Line, ...]:
    kept: list[Line] = []
    left = MAX_CHARACTERS
    for line in reversed(lines[-MAX_LINES:]):
        left -= len(line.text)
        if left < 0:
            break
        kept.append(line)
    return tuple(reversed(kept))


def _last(sound: Sound | None) -> Sound | None:
    if sound is None or not len(sound.samples):
        return None
    return Sound(sound.samples[-round(MAX_SOUND_S * SAMPLE_RATE_HZ) :])
