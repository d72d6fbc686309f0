"""What the runtime does on a GPU, part by part; where there is none each part says so.

`python -m engine.evaluation.bench.gpu --out DIR` is for a borrowed machine: it runs what is not in
DIR/gpu.jsonl yet, stops before its minutes are over, and the next call goes on. Needs no network,
and no package that training does not need. Each part runs in a process of its own, so that one
that fails, or that fills the device, costs no other.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import time
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from engine.runtime.computing import torch_sees_cuda

ROOT = Path(__file__).resolve().parents[3]
PARTS = (
    "nano", "3b", "30b", "experts", "invariance", "bits", "sessions", "shipped",
)  # fmt: skip
MOST_S = 240.0
BESIDE = "engine.evaluation.bench.gpu_torch"
Row = dict[str, Any]


def rows(limit_s: float = MOST_S) -> Iterator[Row]:
    """Every part, in its order."""
    missing = reason()
    for part in PARTS:
        yield from [unmeasured(part, missing)] if missing else measured(part, limit_s)


def reason() -> str:
    """Why nothing can be measured here; empty where it can."""
    if find_spec("torch") is None:
        return "torch is not installed"
    if not torch_sees_cuda():
        return "torch sees no CUDA device"
    return ""


def unmeasured(part: str, why: str) -> Row:
    return {"bench": "gpu", "part": part, "measured": False, "reason": why}


def measured(part: str, limit_s: float) -> list[Row]:
    """The rows of one part, or one that says why there are none."""
    command = [sys.executable, "-m", BESIDE, part]
    try:
        done = subprocess.run(
            command, cwd=ROOT, capture_output=True, text=True, timeout=limit_s, check=False
        )
    except subprocess.TimeoutExpired as late:
        told = late.stdout or b""  # bytes, whatever was asked for
        whole = told.decode() if isinstance(told, bytes) else told
        return [*_told(whole), unmeasured(part, f"not done after {limit_s:.0f} s")]
    found = _told(done.stdout)
    if done.returncode:
        last = (done.stderr.strip().splitlines() or ["no message"])[-1]
        found.append(unmeasured(part, f"status {done.returncode}: {last[:300]}"))
    return found


def _told(printed: str) -> list[Row]:
    """The rows among what was printed; the last line may be cut."""
    lines = printed.splitlines()
    return [json.loads(line) for line in lines if line.startswith("{") and line.endswith("}")]


def main(argv: list[str]) -> int:
    """0 when every part has a row of figures; 1 when something is left for another call."""
    options = _parser().parse_args(argv)
    ends_s = time.monotonic() + 60 * options.minutes
    options.out.mkdir(parents=True, exist_ok=True)
    path = options.out / "gpu.jsonl"
    missing = reason()
    for part in options.part or [part for part in PARTS if part not in done_parts(path)]:
        left_s = ends_s - time.monotonic()
        if left_s < min(MOST_S, 60 * options.minutes / 2):
            break
        found = [unmeasured(part, missing)] if missing else measured(part, min(left_s, MOST_S))
        with path.open("a", encoding="utf-8") as file:
            for row in found:
                print(json.dumps(row), flush=True)
                file.write(json.dumps(row) + "\n")
    return int(bool(set(PARTS) - done_parts(path)))


def done_parts(path: Path) -> set[str]:
    """Parts with figures, and none of them missing, in the newest call that ran them."""
    if not path.exists():
        return set()
    states: dict[str, bool] = {}
    for line in path.read_text("utf-8").splitlines():
        row = json.loads(line)
        states[row["part"]] = row["measured"]
    return {part for part, measured in states.items() if measured}


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m engine.evaluation.bench.gpu",
        description="Measures the runtime on a GPU, in calls of a few minutes.",
    )
    parser.add_argument("--out", type=Path, required=True, metavar="DIR", help="gets gpu.jsonl")
    parser.add_argument("--minutes", type=float, default=8.5, metavar="N", help="of a call (8.5)")
    parser.add_argument("--part", action="append", choices=PARTS, help="only this, again")
    return parser


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
