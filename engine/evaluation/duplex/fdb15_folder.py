"""`fdb15` over a folder in the benchmark's own layout, as its makers publish it.

Read below `--folder DIR`, at any depth: `<kind>/<id>/` with `input.wav`, `clean_input.wav` (the
same without the overlap; not for user_interruption) and `metadata.json`, whose `timestamps` are
[start, end] of the overlap in seconds. Kinds: user_interruption, user_backchannel,
talking_to_other, background_speech. Without a clean input the system's words are compared with
nothing, so that speaking again counts as answering.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from engine.evaluation.course import CourseError, Trial
from engine.evaluation.duplex.fdb15 import WANTED
from engine.evaluation.duplex.overlap import Overlap
from engine.evaluation.duplex.timeline import recorded
from engine.evaluation.play import ALWAYS, Stimulus
from engine.evaluation.skills import generator
from engine.microturn import SAMPLE_RATE_HZ, TURN_SAMPLES
from engine.training.people import decoded


@dataclass(frozen=True)
class Fdb15Folder:
    """limit: trials of each kind, at most."""

    directory: Path
    limit: int | None = None
    seed: int = 0
    word_times: str = "the folder's annotation"

    def names(self) -> Sequence[str]:
        found = [key for kind in WANTED for key in self._of(kind)[: self.limit]]
        if not found:
            raise CourseError(
                f"{self.directory} holds none of {', '.join(WANTED)} with metadata.json in them: "
                "give the folder into which Full-Duplex-Bench v1.5 was unpacked"
            )
        return found

    def _of(self, kind: str) -> list[str]:
        metadata = sorted(self.directory.glob(f"**/{kind}/*/metadata.json"))
        return [str(path.parent.relative_to(self.directory)) for path in metadata]

    def trial(self, key: str) -> Trial:
        folder = self.directory / key
        start_s, end_s = _timestamps(folder / "metadata.json")
        overlap = Overlap(start_s, end_s, WANTED[folder.parent.name])
        clean = folder / "clean_input.wav"
        stimuli = (
            self._stimulus(key, folder / "input.wav", overlap.until_s),
            self._stimulus(key, clean if clean.is_file() else None, overlap.until_s),
        )
        return Trial(key, folder.parent.name, stimuli, overlap)

    def _stimulus(self, key: str, path: Path | None, until_s: float) -> Stimulus:
        if path is None:
            return Stimulus(np.zeros(TURN_SAMPLES, np.float32))
        audio = decoded(path)
        rng = generator(self.seed, f"fdb15/{key}", 0, 5)
        wave = recorded(audio).wave(max(until_s, len(audio) / SAMPLE_RATE_HZ), rng)
        return Stimulus(wave, held=ALWAYS)


def _timestamps(path: Path) -> tuple[float, float]:
    try:
        start_s, end_s = json.loads(path.read_text(encoding="utf-8"))["timestamps"]
        return float(start_s), float(end_s)
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise CourseError(f'{path} holds no "timestamps": [start, end] ({error!r})') from error
