"""`turns` over a folder with the rows of eot-bench (livekit/eot-bench-data, Apache-2.0).

Read: `*.jsonl` in `--folder DIR`, one row a line with the benchmark's own fields: `id`, `language`,
`audio` (a path below the folder, or {"path": ...}; any format soundfile reads) and
`silence_spans` [{"start": s, "end": s}, ...], the last of which ends the turn. The data set is
published as Parquet; `datasets` writes it out so:

    for row in load_dataset("livekit/eot-bench-data", "en", split="validation").cast_column(
            "audio", Audio(decode=False)):
        (out / f"{row['id']}.wav").write_bytes(row["audio"]["bytes"])
        rows.write(json.dumps(row | {"audio": f"{row['id']}.wav"}) + "\\n")
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from engine.evaluation.course import CourseError, Trial
from engine.evaluation.duplex.timeline import recorded
from engine.evaluation.duplex.turns import HORIZON_S, Turn
from engine.evaluation.play import ALWAYS, Stimulus
from engine.evaluation.skills import generator
from engine.training.people import decoded


@dataclass(frozen=True)
class TurnsFolder:
    """limit: turns of each language, at most."""

    directory: Path
    limit: int | None = None
    seed: int = 0
    word_times: str = "the folder's annotation (its own voice-activity detector)"

    @cached_property
    def _rows(self) -> dict[str, tuple[str, Path, Turn]]:
        found: dict[str, tuple[str, Path, Turn]] = {}
        for path in sorted(self.directory.glob("*.jsonl")):
            for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
                try:
                    row = json.loads(line)
                    found[str(row["id"])] = (row["language"], self._audio(row), _turn(row))
                except (ValueError, KeyError, TypeError, IndexError) as error:
                    raise CourseError(f"{path}, line {number} is no turn ({error!r})") from error
        return found

    def _audio(self, row: Mapping[str, Any]) -> Path:
        audio = row["audio"]
        return self.directory / (audio["path"] if isinstance(audio, dict) else audio)

    def names(self) -> Sequence[str]:
        if not self._rows:
            raise CourseError(f"{self.directory} holds no *.jsonl with turns: see --help")
        languages = dict.fromkeys(language for language, _, _ in self._rows.values())
        return [
            key
            for language in languages
            for key in [k for k, row in self._rows.items() if row[0] == language][: self.limit]
        ]

    def trial(self, key: str) -> Trial:
        language, path, turn = self._rows[key]
        rng = generator(self.seed, f"turns/{key}", 0, 5)
        wave = recorded(decoded(path)).wave(turn.end_s + HORIZON_S, rng)
        return Trial(key, language, (Stimulus(wave, held=ALWAYS),), turn)


def _turn(row: Mapping[str, Any]) -> Turn:
    spans = tuple((float(span["start"]), float(span["end"])) for span in row["silence_spans"])
    if not spans:
        raise ValueError("no silence_spans")
    return Turn(spans)
