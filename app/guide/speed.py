"""The speed test: measures micro-turns in a process of its own, and picks what this machine can."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QProcess

from app.window.words import tr
from engine import child

MINUTES = "0.67"  # two rounds of the benchmark's loads: 200 micro-turns
COMMAND = child.command(
    "app.cli", "bench", "micro-turn", "--minutes-of-stream", MINUTES, "--peer-rounds", "0", "--json"
)
EASY_MS, HARD_MS = 110.0, 180.0


@dataclass(frozen=True)
class Speed:
    """The 95th percentile of a micro-turn's computing, in ms, with and without pictures."""

    backend: str
    without_ms: float
    with_ms: float

    @classmethod
    def read(cls, rows: Iterable[dict[str, Any]]) -> Speed:
        """From the rows of `aside bench micro-turn --json`. Raises ValueError without any."""
        measured = [row for row in rows if row.get("bench") == "micro-turn"]
        whole = [row for row in measured if row["part"] == "all"]
        if not whole:
            raise ValueError("no row of the bench micro-turn")
        looking = [row["p95_ms"] for row in whole if "eyes" in row["input"]]
        blind = [row["p95_ms"] for row in whole if "eyes" not in row["input"]]
        return cls(whole[0]["backend"], max(blind), max(looking))

    @property
    def pictures(self) -> str:
        """What fits into 200 ms, as the setting eyes.pictures has it."""
        if self.with_ms <= EASY_MS:
            return "full"
        return "half" if self.with_ms <= HARD_MS else "off"

    @property
    def words(self) -> str:
        figures = tr(
            "Of the 200 ms that a micro-turn has, this machine needs {without} to listen and "
            "speak, and {looking} with pictures ({backend})."
        ).format(without=round(self.without_ms), looking=round(self.with_ms), backend=self.backend)
        chosen = {
            "full": tr("Pictures come as often as the model takes them."),
            "half": tr("Pictures come half as often; that leaves room for your other programs."),
            "off": tr("Pictures are switched off: they would make Aside late."),
        }[self.pictures]
        late = tr("Even so it will often be late.") if self.without_ms > HARD_MS else ""
        return " ".join(filter(None, (figures, chosen, late)))


class SpeedTest:
    """`done` is called once: with the figures, or with why there are none, in words."""

    def __init__(
        self,
        done: Callable[[Speed | str], None],
        command: Sequence[str] = COMMAND,
    ) -> None:
        self._done, self._command = done, command
        self._process = QProcess()
        self._process.finished.connect(self._finished)
        self._process.errorOccurred.connect(self._failed)

    def start(self) -> None:
        program, *arguments = self._command
        self._process.setEnvironment([f"{k}={v}" for k, v in child.environment().items()])
        self._process.start(program, arguments)

    def stop(self) -> None:
        self._process.blockSignals(True)
        self._process.kill()
        self._process.waitForFinished(2000)

    def _failed(self, why: QProcess.ProcessError) -> None:
        if why == QProcess.ProcessError.FailedToStart:
            unable = tr("The measurement could not be started: {error}.")
            self._done(unable.format(error=self._process.errorString()))

    def _finished(self, status: int, _: QProcess.ExitStatus) -> None:
        said = bytes(self._process.readAllStandardOutput().data()).decode("utf-8", "replace")
        try:
            self._done(Speed.read(json.loads(row) for row in said.splitlines() if row))
        except (ValueError, KeyError):
            wrong = bytes(self._process.readAllStandardError().data()).decode("utf-8", "replace")
            last = wrong.strip().splitlines()[-1:] or [
                tr("it ended with status {status}").format(status=status)
            ]
            self._done(tr("The measurement failed: {error}").format(error=last[0]))
