"""A scene becomes a record: clean mel of the microphone, and every label on its micro-turn.

Noise, rooms, channels and echo are added later and anew each time a record is read
(engine/training/microphone.py), so one record gives many examples.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from engine.microturn import SAMPLE_RATE_HZ, TURN_S, TURN_SAMPLES, Frame, completion_time_s
from engine.runtime.looking import Looking
from engine.signal.mel import CEILING, FLOOR, FRAMES_PER_TURN, HOP, log_mel, wave_mel
from engine.training.scenes.stage import HEARING_S, Placed, Say, Scene, Show, plain, turn_at

BACKGROUND_GAIN = 0.18
_STEPS = 255.0 / (CEILING - FLOOR)


@dataclass(frozen=True)
class SayRecord:
    """The own voice: log mel (10 * turns, 80) as bytes, and the words by micro-turn.

    letters: (10 * turns,) uint8, the letter spoken in each frame.
    """

    turn: int
    mel: np.ndarray
    words: tuple[tuple[int, str], ...]
    letters: np.ndarray

    @property
    def turns(self) -> int:
        return len(self.mel) // FRAMES_PER_TURN


@dataclass(frozen=True)
class Seen:
    """The patches of one micro-turn. pixels: (n, 3, 40, 40) uint8; row, column: (n,) uint8 places;
    stream: (n,) uint8, camera or screen."""

    turn: int
    pixels: np.ndarray
    row: np.ndarray
    column: np.ndarray
    stream: np.ndarray


@dataclass(frozen=True)
class Record:
    """A rendered scene. mel: (10 * turns, 80) uint8; letters: (10 * turns,) uint8.

    held: micro-turns on which the key to talk is down. memory: lines kept from before. behind: how
    many tokens before its beginning memory was last read. past: the last words heard and said
    before it.
    """

    skill: str
    mel: np.ndarray
    letters: np.ndarray
    heard: tuple[tuple[int, str], ...]
    typed: tuple[tuple[int, str], ...]
    says: tuple[SayRecord, ...]
    commentary: tuple[tuple[int, str], ...] = ()
    thinking: tuple[tuple[int, str], ...] = ()
    acts: tuple[tuple[int, str], ...] = ()
    seen: tuple[Seen, ...] = ()
    held: tuple[int, ...] = ()
    memory: tuple[str, ...] = ()
    behind: int = 0
    past: tuple[str, str] = ("", "")

    @property
    def turns(self) -> int:
        return len(self.mel) // FRAMES_PER_TURN


def pack(logmel: np.ndarray) -> np.ndarray:
    return np.round((logmel - FLOOR) * _STEPS).astype(np.uint8)


def unpack(packed: np.ndarray) -> np.ndarray:
    return packed.astype(np.float32) / _STEPS + FLOOR


def microphone_wave(scene: Scene) -> np.ndarray:
    """Everything the microphone picks up besides noise and echo: float32, 16 kHz."""
    wave = np.zeros(round(scene.length_s / TURN_S) * TURN_SAMPLES, np.float32)
    for placed in scene.sounds:
        _add(wave, placed)
    return wave


def _add(wave: np.ndarray, placed: Placed) -> None:
    start = round(placed.start_s * SAMPLE_RATE_HZ)
    part = placed.clip.audio[: max(0, len(wave) - start)]
    wave[start : start + len(part)] += part * (BACKGROUND_GAIN if placed.background else 1.0)


def record(scene: Scene) -> Record:
    mel = pack(log_mel(wave_mel(microphone_wave(scene))))
    foreground = [placed for placed in scene.sounds if not placed.background]
    return Record(
        scene.skill,
        mel,
        letters(foreground, len(mel)),
        tuple(heard_words(foreground)),
        tuple((turn_at(time), text) for time, text in scene.typed),
        tuple(say_record(said) for said in scene.says if said.turns > 0),
        tuple((turn_at(time), text) for time, text in scene.commentary),
        tuple((turn_at(time), text) for time, text in scene.thinking),
        scene.acts,
        tuple(seen(scene.shows, len(mel) // FRAMES_PER_TURN)) if scene.shows else (),
        held(scene),
        scene.memory,
        scene.behind,
        scene.past,
    )


def held(scene: Scene) -> tuple[int, ...]:
    """The micro-turns on which the key to talk is down."""
    spans = [range(turn_at(start), turn_at(end) + 1) for start, end in scene.held]
    return tuple(sorted({turn for span in spans for turn in span}))


def frames(shows: Sequence[Show], turn: int) -> dict[str, Frame]:
    """What camera and screen show when the input of micro-turn `turn` is complete."""
    found: dict[str, Frame] = {}
    for show in shows:
        picture = show.at(completion_time_s(turn))
        if picture is not None:
            found[show.source] = Frame(show.source, picture)
    return found


def seen(shows: Sequence[Show], turns: int) -> Iterator[Seen]:
    """What a session is shown of a scene, chosen as the runtime chooses it."""
    looking = Looking()
    for turn in range(turns):
        shown = frames(shows, turn)
        patches, looking = looking.see(shown.get("camera"), shown.get("screen"), turn)
        if patches is not None:
            pixels = np.rint((patches.pixels + 1) * 127.5).astype(np.uint8)
            places = (patches.row, patches.column, patches.stream)
            yield Seen(turn, pixels, *(place.astype(np.uint8) for place in places))


def heard_words(sounds: list[Placed]) -> list[tuple[int, str]]:
    """(micro-turn, word) in the order in which they are due."""
    due = [
        (turn_at(placed.start_s + word.end_s + HEARING_S), placed.start_s + word.end_s, word.text)
        for placed in sounds
        for word in placed.clip.words
    ]
    return [(turn, text) for turn, _, text in sorted(due)]


def letters(sounds: list[Placed], frames: int) -> np.ndarray:
    """The letter spoken in each frame, a word's letters spread evenly over its phonemes, or where
    these are not known over its time; 0 is none.
    """
    row = np.zeros(frames, np.uint8)
    for placed in sounds:
        for word in placed.clip.words:
            known = np.array((word.start_s, *word.phonemes_s, word.end_s)) + placed.start_s
            starts = np.round(known * SAMPLE_RATE_HZ / HOP)
            codes = [_letter(c) for c in word.text.lower() if _letter(c)]
            first = int(starts[0])
            last = min(frames, max(first + 1, int(starts[-1])))
            if codes and first < last:
                passed = np.interp(np.arange(first, last), starts, np.linspace(0, 1, len(starts)))
                index = np.minimum(passed * len(codes), len(codes) - 1).astype(np.int64)
                row[first:last] = np.array(codes, np.uint8)[index]
    return row


def _letter(character: str) -> int:
    return 27 if character == "'" else ord(character) - 96 if "a" <= character <= "z" else 0


def say_record(said: Say) -> SayRecord:
    """Cut to whole micro-turns; a word's text leads its sound by up to one micro-turn."""
    samples = said.turns * TURN_SAMPLES
    wave = np.zeros(samples, np.float32)
    part = said.clip.audio[:samples]
    wave[: len(part)] = part
    words = []
    for word in said.clip.words:
        turn = said.turn + max(0, int(word.start_s / TURN_S) - 1)
        if turn < said.turn + said.turns:
            words.append((turn, plain(word.text)))
    mel = pack(log_mel(wave_mel(wave)))
    spoken = letters([Placed(said.clip, 0.0)], len(mel))
    return SayRecord(said.turn, mel, tuple(words), spoken)
