"""Files, typed messages and the noise floor, brought together as input turns."""

from __future__ import annotations

import itertools
import math
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from engine.microturn import TURN_S, Frame, InputTurn
from engine.replay.errors import ReplayError
from engine.replay.media import Sound, microphone
from engine.replay.noise import filled
from engine.replay.pictures import Pictures

_NO_SOUND = np.empty(0, np.float32)


@dataclass(frozen=True)
class Typed:
    """A message that the user types; it arrives whole at `time_s` of the stream."""

    time_s: float
    text: str

    @property
    def turn(self) -> int:
        """The micro-turn whose interval holds the time."""
        return int(self.time_s / TURN_S + 1e-6)

    @classmethod
    def parse(cls, argument: str) -> Typed:
        """From "SECONDS:MESSAGE". Raises ReplayError."""
        seconds, colon, text = argument.partition(":")
        try:
            time_s = float(seconds)
        except ValueError:
            time_s = math.nan
        if not (colon and text.strip() and math.isfinite(time_s) and time_s >= 0):
            raise ReplayError(
                f'--text "{argument}": not SECONDS:MESSAGE. '
                'Write for example --text "0.0:add up what I say".'
            )
        return cls(time_s, text.strip())


@dataclass(frozen=True)
class Source:
    """Everything a session is fed from files; `seed` is that of the noise floor.

    addressed: whether what is said is meant for Aside from beginning to end, as with the key held.
    """

    sounds: Sequence[Sound] = ()
    camera: Pictures | None = None
    screen: Pictures | None = None
    typed: Sequence[Typed] = ()
    seed: int = 0
    addressed: bool = True

    @property
    def title(self) -> str:
        return ", ".join(path.name for path in self.paths) or "typed text"

    @property
    def paths(self) -> list[Path]:
        """The files, each once."""
        pictures = [media.path for media in (self.camera, self.screen) if media]
        return list(dict.fromkeys([*(sound.path for sound in self.sounds), *pictures]))

    @property
    def turns(self) -> int | None:
        """How many micro-turns it lasts; None where a header does not say."""
        heard = [sound.seconds for sound in self.sounds]
        seen = [media.seconds for media in (self.camera, self.screen) if media]
        if None in heard:
            return None
        lasting = [math.fsum(s for s in heard if s), *(s for s in seen if s)]
        typed = [message.turn + 1 for message in self.typed]
        return max([math.ceil(seconds / TURN_S - 1e-9) for seconds in lasting] + typed)

    def notes(self) -> list[str]:
        return [note for sound in self.sounds for note in sound.notes()]

    def input_turns(self) -> Iterator[InputTurn]:
        """As long as the longest of sound, pictures and typed messages; where the sound is
        missing, the noise floor. Raises MediaError."""
        typed = _by_turn(self.typed)
        wave = microphone(self.sounds)
        camera, screen = _frames(self.camera), _frames(self.screen)
        last_typed = max(typed, default=-1)
        for index in itertools.count():
            given = next(wave, _OVER), next(camera, _OVER), next(screen, _OVER)
            if all(part is _OVER for part in given) and index > last_typed:
                return
            sound = given[0] if isinstance(given[0], np.ndarray) else _NO_SOUND
            seen = [part if isinstance(part, Frame) else None for part in given[1:]]
            audio = filled(sound, self.seed, index)
            text = typed.get(index, "")
            yield InputTurn(index, audio, seen[0], seen[1], text, addressed=self.addressed)


class _Over:
    """Stands for a medium that has ended, where None says that no picture is new."""


_OVER = _Over()


def _frames(pictures: Pictures | None) -> Iterator[Frame | None]:
    return pictures.frames() if pictures else iter(())


def _by_turn(typed: Sequence[Typed]) -> Mapping[int, str]:
    messages: dict[int, list[str]] = defaultdict(list)
    for message in sorted(typed, key=lambda message: message.time_s):
        messages[message.turn].append(message.text)
    return {turn: "\n".join(texts) for turn, texts in messages.items()}


def open_source(
    files: Sequence[Path],
    camera: Path | None = None,
    screen: Path | None = None,
    typed: Sequence[Typed] = (),
    seed: int = 0,
    addressed: bool = True,
) -> Source:
    """Opens every file's header, so that a bad one is told before the session begins.

    Raises MediaError.
    """
    return Source(
        [Sound(path) for path in files],
        Pictures(camera, "camera") if camera else None,
        Pictures(screen, "screen") if screen else None,
        typed,
        seed,
        addressed,
    )
