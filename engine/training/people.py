"""Recordings of people, read from a directory with a manifest.

`manifest.jsonl` has one JSON object per line: `path` (below the directory; any format soundfile
reads), `speaker`, `licence`, `split` ("train" or "test"), and where known `text_norm` (lower case,
numbers in words), `words` [[word, start_s, end_s], ...], `align_score` (how well those times fit;
compare inside one set) and `set`. A directory without a manifest
of its own is read set by set, from `<set>/manifest.jsonl`.

What is held out never comes out of `load(..., "train")`.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

import numpy as np
import soundfile
import soxr

from engine.microturn import SAMPLE_RATE_HZ
from engine.training.heldout import is_heldout
from engine.training.voices.clip import Clip, Word, envelope

Split = Literal["train", "heldout"]
_SINGLE_WORD_QUIET = 0.06


class MediaDirectoryError(RuntimeError):
    """A directory of recordings is absent or its manifest cannot be read."""


@dataclass(frozen=True)
class Recording:
    """One recording, decoded only when asked. words: None where nobody has timed them."""

    path: Path
    set: str
    speaker: str
    licence: str
    text_norm: str | None = None
    words: tuple[Word, ...] | None = None
    seconds: float | None = None
    align_score: float | None = None

    def audio(self) -> np.ndarray:
        """(n,) float32, 16 kHz mono. Raises MediaDirectoryError when it cannot be decoded."""
        return decoded(self.path)

    @property
    def single(self) -> bool:
        """Whether one word is all that is said."""
        return self.text_norm is not None and len(self.text_norm.split()) == 1

    @property
    def timed(self) -> bool:
        """Whether `clip` can tell when each word sounds."""
        return self.words is not None or self.single

    def clip(self) -> Clip:
        """Sound and words. A single word without times fills the sound that there is.

        Raises ValueError where no word times are known.
        """
        audio = self.audio()
        if self.words is not None:
            return Clip(audio, self.words, f"{self.set}/{self.speaker}")
        if self.text_norm is None or not self.single:
            raise ValueError(f"{self.path} has no word times: choose recordings that are `timed`")
        return Clip(audio, (_filling(self.text_norm, audio),), f"{self.set}/{self.speaker}")


@dataclass(frozen=True)
class Noise:
    """A recorded noise, a piece of music, or a room's impulse response (kind "rir")."""

    path: Path
    name: str
    kind: str
    licence: str

    def audio(self) -> np.ndarray:
        """(n,) float32, 16 kHz mono."""
        return decoded(self.path)


def load(directory: Path, split: Split) -> list[Recording]:
    """The recordings of one split. "heldout" is the manifests' `test`.

    Raises MediaDirectoryError when the directory has no manifest.
    """
    found = []
    for folder, set_name, row in _rows(directory):
        heldout = _is_heldout(row, set_name)
        if heldout == (split == "heldout"):
            found.append(_recording(folder, set_name, row))
    return found


def noises(directory: Path, split: Split, kinds: frozenset[str] | None = None) -> list[Noise]:
    """Noises of one split; kinds: those of the manifest, None for all that are not "rir"."""
    return [
        Noise(directory / row["path"], row["path"], row["kind"], row["licence"])
        for row in _manifest(directory / "manifest.jsonl", "path", "kind", "licence")
        if (row["kind"] in kinds if kinds else row["kind"] != "rir")
        and is_heldout("noise" if row["kind"] != "rir" else "room", row["path"])
        == (split == "heldout")
    ]


def rooms(directory: Path, split: Split) -> list[Noise]:
    """Recorded room responses of one split."""
    return noises(directory, split, frozenset({"rir"}))


def decoded(path: Path) -> np.ndarray:
    """Any sound file as (n,) float32, 16 kHz mono."""
    try:
        audio, rate_hz = soundfile.read(path, dtype="float32", always_2d=True)
    except (soundfile.LibsndfileError, OSError) as error:
        raise MediaDirectoryError(f"{path} cannot be decoded: {error}") from error
    mono: np.ndarray = audio.mean(axis=1)
    return (
        mono
        if rate_hz == SAMPLE_RATE_HZ
        else np.asarray(soxr.resample(mono, rate_hz, SAMPLE_RATE_HZ))
    )


def _is_heldout(row: Mapping[str, Any], set_name: str) -> bool:
    return (
        row.get("split") == "test"
        or is_heldout("speaker", row.get("speaker") or "")
        or is_heldout("recording", f"{set_name}/{Path(row['path']).name}")
    )


def _rows(directory: Path) -> Iterator[tuple[Path, str, Mapping[str, Any]]]:
    whole = directory / "manifest.jsonl"
    if whole.is_file():
        for row in _manifest(whole, "path"):
            yield directory, row.get("set") or Path(row["path"]).parent.name or directory.name, row
        return
    manifests = sorted(directory.glob("*/manifest.jsonl"))
    if not manifests:
        raise MediaDirectoryError(
            f"{directory} holds no manifest.jsonl: give the directory of a speech collection, or "
            "train on synthetic voices alone"
        )
    for manifest in manifests:
        for row in _manifest(manifest, "path"):
            yield manifest.parent, manifest.parent.name, row


def _manifest(path: Path, *keys: str) -> list[dict[str, Any]]:
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
        rows = {n: json.loads(line) for n, line in enumerate(lines, 1) if line.strip()}
    except FileNotFoundError as error:
        raise MediaDirectoryError(f"{path} is not there: give a directory with one") from error
    except (OSError, ValueError) as error:
        raise MediaDirectoryError(f"{path} cannot be read as JSON lines: {error}") from error
    for number, row in rows.items():
        lacking = [key for key in keys if not (isinstance(row, dict) and key in row)]
        if lacking:
            told = f"{path}, line {number}: no {lacking[0]!r}"
            raise MediaDirectoryError(f"{told}; `aside train --help` says what a line holds")
    return list(rows.values())


def _recording(folder: Path, set_name: str, row: Mapping[str, Any]) -> Recording:
    return Recording(
        path=folder / row["path"],
        set=set_name,
        speaker=row.get("speaker") or f"{set_name}-unknown",
        licence=row.get("licence", "unknown"),
        text_norm=row.get("text_norm"),
        words=_timed(row),
        seconds=row.get("seconds"),
        align_score=row.get("align_score"),
    )


def _timed(row: Mapping[str, Any]) -> tuple[Word, ...] | None:
    try:
        return tuple(Word(str(w), float(a), float(b)) for w, a, b in row.get("words") or ()) or None
    except (TypeError, ValueError) as error:
        raise MediaDirectoryError(
            f"the words of {row['path']} are no list of [word, start_s, end_s] ({error}): mend its "
            "line of the manifest"
        ) from error


def _filling(word: str, audio: np.ndarray) -> Word:
    """A word from the first to the last 5 ms that are louder than a recording's own hiss."""
    level = envelope(audio)
    loud = np.flatnonzero(level > _SINGLE_WORD_QUIET * float(level.max(initial=1e-6)))
    if not len(loud):
        return Word(word, 0.0, len(audio) / SAMPLE_RATE_HZ)
    return Word(word, int(loud[0]) / 200, int(loud[-1] + 1) / 200)
