"""Tapes: recorded sessions that give the same events again.

A tape is a folder:

  tape.json         version, seed, checkpoint, and, once whole, the number of micro-turns
  microphone.flac   what the model heard: 16 kHz mono, 16 bits, lossless
  inputs.jsonl      what came in besides, by micro-turn: typed text, the key to talk, updates, names
                    of pictures
  camera-*.png, screen-*.png   the pictures
  events.jsonl      what happened (engine.replay.events)

Everything is on the disk within half a second, and readable at any moment, so that a session
whose process was killed can be replayed up to there. Sound must lie on the 16-bit grid
(`media.on_tape_grid`) before the model hears it, or the tape would hold something else.
"""

from __future__ import annotations

import io
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
import soundfile
from PIL import Image

from engine.microturn import TURN_S, TURN_SAMPLES, Frame, InputTurn, Update
from engine.replay.disk import LinesFile, write_whole
from engine.replay.errors import TapeError
from engine.replay.events import Event
from engine.replay.flac import FlacWriter

VERSION = 1
HEADER, MICROPHONE = "tape.json", "microphone.flac"
INPUTS, EVENTS = "inputs.jsonl", "events.jsonl"


@dataclass(frozen=True)
class TapeHeader:
    """What a replay must know. checkpoint_sha256: of the model's files, "" where it has none.
    turns: None until the session has ended."""

    seed: int
    checkpoint: str
    checkpoint_sha256: str
    turns: int | None = None
    version: int = VERSION


class TapeWriter:
    """Records a session into a folder, micro-turn by micro-turn. Raises OutputError."""

    def __init__(self, folder: Path, header: TapeHeader) -> None:
        self.folder = folder
        self._header = header
        self._turns = 0
        self._pictures: dict[str, tuple[str, np.ndarray]] = {}
        self._write_header(header)
        self._inputs = LinesFile(folder / INPUTS)
        self._events = LinesFile(folder / EVENTS)
        self._sound = FlacWriter(folder / MICROPHONE)

    def write(self, given: InputTurn, events: Sequence[Event]) -> None:
        """Records one micro-turn and the events that became known with it."""
        if line := self._input_line(given):
            self._inputs.append(json.dumps({"turn": given.index, **line}, ensure_ascii=False))
        self._sound.write(given.audio)
        self.write_events(events)
        self._turns += 1

    def write_events(self, events: Sequence[Event]) -> None:
        for event in events:
            self._events.append(event.line())

    def close(self) -> None:
        """Marks the tape as whole."""
        self._sound.close()
        self._write_header(replace(self._header, turns=self._turns))
        self._close_lines()

    def abandon(self) -> None:
        """Leaves the tape as it is: readable, and known to be cut short."""
        self._sound.abandon()
        self._close_lines()

    def _close_lines(self) -> None:
        self._inputs.close()
        self._events.close()

    def _write_header(self, header: TapeHeader) -> None:
        write_whole(self.folder / HEADER, json.dumps(asdict(header), indent=1).encode())

    def _input_line(self, given: InputTurn) -> dict[str, Any]:
        line: dict[str, Any] = {"text": given.text} if given.text else {}
        if given.addressed:
            line["addressed"] = True
        if given.updates:
            line["updates"] = [asdict(update) for update in given.updates]
        for frame in (given.camera, given.screen):
            if frame is not None:
                line[frame.source] = self._picture(given.index, frame)
        return line

    def _picture(self, turn: int, frame: Frame) -> str:
        """The name of the file that holds the picture; one that stays the same is kept once."""
        name, pixels = self._pictures.get(frame.source, ("", None))
        if pixels is None or not np.array_equal(pixels, frame.pixels):
            name = f"{frame.source}-{turn:06d}.png"
            write_whole(self.folder / name, _png(frame.pixels))
            self._pictures[frame.source] = name, frame.pixels
        return name


class Tape:
    """A recorded session, read. Raises TapeError for what is no tape or a broken one."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.header = _read_header(folder)
        self.turns = self._playable_turns()
        self.events = _read_lines(folder / EVENTS)
        self._inputs = {int(line["turn"]): line for line in _read_lines(folder / INPUTS)}

    @property
    def whole(self) -> bool:
        """Whether the session was recorded to its end."""
        return self.header.turns == self.turns

    @property
    def title(self) -> str:
        return self.folder.resolve().name

    @property
    def seed(self) -> int:
        return self.header.seed

    @property
    def paths(self) -> list[Path]:
        return [self.folder]

    def notes(self) -> list[str]:
        """What a person should know about this tape."""
        if self.whole:
            return []
        return [f"{self.title}: recorded only in part; it ends after {self.turns * TURN_S:.1f} s"]

    def input_turns(self) -> Iterator[InputTurn]:
        """What came in, bit for bit as it was."""
        try:
            with soundfile.SoundFile(str(self.folder / MICROPHONE)) as sound:
                for turn in range(self.turns):
                    yield self._input_turn(turn, sound.read(TURN_SAMPLES, dtype="float32"))
        except (soundfile.LibsndfileError, ValueError, KeyError, TypeError) as error:
            raise TapeError(
                f"{self.folder}: the tape is damaged ({error}). Use another copy of it."
            ) from error

    def _input_turn(self, turn: int, audio: np.ndarray) -> InputTurn:
        line = self._inputs.get(turn, {})
        updates = tuple(Update(**update) for update in line.get("updates", ()))
        camera, screen = self._frame("camera", line), self._frame("screen", line)
        addressed = bool(line.get("addressed", False))
        return InputTurn(turn, audio, camera, screen, line.get("text", ""), updates, addressed)

    def _frame(self, source: Any, line: Mapping[str, Any]) -> Frame | None:
        if source not in line:
            return None
        path = self.folder / Path(line[source]).name
        try:
            with Image.open(path) as picture:
                return Frame(source, np.asarray(picture.convert("RGB")))
        except OSError as error:
            raise TapeError(f"{path}: a picture of the tape is missing or broken.") from error

    def _playable_turns(self) -> int:
        path = self.folder / MICROPHONE
        try:
            with soundfile.SoundFile(str(path)) as sound:
                turns = sound.frames // TURN_SAMPLES
        except (soundfile.LibsndfileError, OSError) as error:
            raise TapeError(f"{path}: the tape's sound is missing or broken.") from error
        if not 0 < turns < 1 << 40:
            raise TapeError(f"{self.folder}: the tape was cut off before its first second.")
        return turns


def is_tape(path: Path) -> bool:
    return (path / HEADER).is_file()


def _png(pixels: np.ndarray) -> bytes:
    file = io.BytesIO()
    Image.fromarray(pixels).save(file, "PNG", compress_level=1)
    return file.getvalue()


def _read_header(folder: Path) -> TapeHeader:
    path = folder / HEADER
    try:
        values = json.loads(path.read_text(encoding="utf-8"))
        header = TapeHeader(**values)
    except FileNotFoundError as error:
        raise TapeError(f"{folder}: no tape ({HEADER} is missing).") from error
    except (OSError, ValueError, TypeError) as error:
        raise TapeError(f"{path}: not the header of a tape ({error}).") from error
    if header.version != VERSION:
        raise TapeError(
            f"{folder}: a tape of version {header.version}, this program reads {VERSION}. "
            "Use the program that recorded it."
        )
    return header


def _read_lines(path: Path) -> list[dict[str, Any]]:
    """The whole lines of a file; a last one that was cut off is left out."""
    try:
        text = path.read_text(encoding="utf-8", errors="replace")
    except OSError as error:
        raise TapeError(f"{path}: the tape's file cannot be read ({error.strerror}).") from error
    try:
        return [json.loads(line) for line in text.split("\n")[:-1]]
    except ValueError as error:
        raise TapeError(f"{path}: a line is no JSON ({error}).") from error
