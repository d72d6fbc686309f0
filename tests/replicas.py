"""`aside serve` with the scripted engine, importable by name: what another process can go on with.

`python -m tests.replicas OPTIONS`. State that is written down names its classes by module, so the
engine must not be that of `__main__`.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

import psutil

from engine.client.socket import Address
from engine.server.command import run
from tests.scripted import load

ROOT = Path(__file__).resolve().parent.parent
TOKEN = "t" * 20


@dataclass(frozen=True)
class Elsewhere:
    """A server in a process of its own."""

    process: subprocess.Popen[str]
    url: str

    @property
    def address(self) -> Address:
        return Address(self.url, TOKEN)

    def die(self) -> None:
        """As in a power cut: nothing is said, nothing is put in order."""
        self.process.kill()
        self.process.wait(30)

    def writer(self, journal: Path) -> psutil.Process | None:
        """The process of this server that has this session's journal open."""
        folder = str(journal.resolve())
        for one in psutil.Process(self.process.pid).children(recursive=True):
            try:
                if any(file.path.startswith(folder) for file in one.open_files()):
                    return one
            except psutil.Error:
                continue
        return None


@contextmanager
def elsewhere(*options: str) -> Iterator[Elsewhere]:
    """Serves until the block ends, or it is killed."""
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    command = [sys.executable, "-m", "tests.replicas", "--json", "--quiet", "--token", TOKEN]
    with subprocess.Popen(
        [*command, "--late", "1e9", *options], cwd=ROOT, env=environment, stdout=subprocess.PIPE,
        text=True,
    ) as process:  # fmt: skip
        try:
            yield Elsewhere(process, _ready(process.stdout)["url"])
        finally:
            process.terminate()
            process.wait(60)


def _ready(output: IO[str] | None) -> dict[str, Any]:
    assert output is not None
    for line in output:
        if line.startswith("{"):
            return json.loads(line)
    raise AssertionError("the server did not come up")


if __name__ == "__main__":
    sys.exit(run(sys.argv[1:], load))
