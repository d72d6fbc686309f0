"""From the start of a process to the first caption: what a person waits for."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

from engine.evaluation.bench.tape import BenchError
from engine.runtime import shipped

ROOT = Path(__file__).resolve().parents[3]
CAPTIONS = ("heard", "say")
DEMO_ORDER = "0.0:add up what i say"


@dataclass(frozen=True)
class StartFigures:
    """first_caption_s: seconds from process start to the first words of either side.
    caption_time_s: their time in the stream, which is played as fast as it goes."""

    bench: str
    command: str
    run: int
    first_caption_s: float
    caption_time_s: float
    stream: str


def start(run: int, checkpoint: Path | None, run_py: bool) -> StartFigures:
    """One cold process that replays the demo tape as fast as it goes. Raises BenchError."""
    command = [sys.executable, *(["run.py"] if run_py else ["-m", "app.cli"])]
    tape = shipped().parent / "tapes" / "demo.flac"
    command += ["replay", str(tape), "--text", DEMO_ORDER, "--json"]
    command += ["--model", str(checkpoint.resolve())] if checkpoint else []
    began = time.perf_counter()
    with subprocess.Popen(
        command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout is not None
        events = (json.loads(line) for line in process.stdout if line.startswith("{"))
        caption = next((event for event in events if event["stream"] in CAPTIONS), None)
        waited_s = time.perf_counter() - began
        process.kill()
        _, complaint = process.communicate()
    if caption is None:
        raise BenchError(f"no words came: {complaint.strip() or 'the model wrote none'}")
    how = "python3 run.py" if run_py else "aside"
    return StartFigures(
        "start", f"{how} replay", run, round(waited_s, 3), caption["time_s"], caption["stream"]
    )
