"""Programs that work beside a trainer: renderers fill its bank, layers lay out what they rendered.

They are started by the trainer, share nothing with it but the run's directory, and end with it.
"""

from __future__ import annotations

import argparse
import subprocess
import time
from collections.abc import Callable
from pathlib import Path
from types import TracebackType

from engine.child import command, environment
from engine.training.bank import shards

RENDERER_SEEDS = 100_000


class Beside:
    """Child programs of one run. As a context: ended when it is left."""

    def __init__(self, run: Path) -> None:
        self._run = run
        self._children: list[subprocess.Popen[bytes]] = []
        self.rendering = False

    def render(self, options: argparse.Namespace, hours: float) -> None:
        """Start `options.renderers` renderers, each with a seed of its own, for `hours` together.

        Seeds count up with the shards that are there, so a run that goes on meets new scenes.
        """
        self.rendering = True
        count, there = options.renderers, len(shards(self._run / "bank"))
        for number in range(count):
            seed = options.seed + RENDERER_SEEDS * number + there
            command = ["renderer", options.recipe, "--out", str(self._run)]
            command += ["--hours", str(hours / count), "--seed", str(seed)]
            command += ["--shard", str(options.shard)]
            self._start(*command, *(["--speech", str(options.speech)] if options.speech else []))

    def lay(self, layers: int) -> None:
        """Start programs that lay out the bank's shards. The run needs config and tokenizer."""
        for part in range(layers):
            self._start("laid", str(self._run), "--part", str(part), "--parts", str(layers))

    def wait(self, ready: Callable[[], bool]) -> None:
        """Until it is `ready`, or all programs have ended. Raises SystemExit when one failed."""
        while not ready():
            self.check()
            if all(child.poll() == 0 for child in self._children):
                return
            time.sleep(0.2)

    def check(self) -> None:
        """Raises SystemExit when a program failed; what it had to say stands above."""
        for child in self._children:
            if child.poll():
                raise SystemExit("a program that renders or lays out scenes failed: see above")

    def _start(self, module: str, *arguments: str) -> None:
        started = command(f"engine.training.{module}", *arguments)
        child = subprocess.Popen(started, env={**environment(), "OMP_NUM_THREADS": "1"})
        self._children.append(child)

    def __enter__(self) -> Beside:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        for child in self._children:
            child.terminate()
        for child in self._children:
            child.wait()
