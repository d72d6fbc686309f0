"""`aside bench engine` measures what it says; no figure is asserted, only sense."""

from __future__ import annotations

import asyncio
import json
from dataclasses import asdict
from pathlib import Path
from typing import Any

import pytest
from rich.console import Console

from engine.evaluation.bench import command, gpu
from engine.evaluation.bench.engine import Resume, Sessions, Wire, wire
from engine.evaluation.bench.journal import Takeover
from engine.evaluation.bench.overhead import MANY, Overhead
from engine.evaluation.bench.parts import Parts
from engine.evaluation.bench.table import table
from engine.microturn import SAMPLE_RATE_HZ
from engine.server.settings import Settings
from tests import untrained

KINDS = [
    "machine", "micro-turn", "hour", "peer", "server-overhead", "served-parts", "sessions", "wire",
    "resume", "takeover", "gpu",
]  # fmt: skip
pytestmark = pytest.mark.timeout(300)


def test_serving_is_measured_whole(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Overhead, sessions, wire and resume, each one row; what was sent was answered or is named;
    and what a GPU would do, or why that is not known."""
    monkeypatch.setattr(gpu, "torch_sees_cuda", lambda: False)  # its own tests run the rest
    model = untrained.folder(tmp_path)
    arguments = ["--rounds", "1", "--seconds", "1", "--sessions", "4", "--most", "2"]
    arguments += ["--minutes-of-stream", "0.5", "--peer-rounds", "1"]
    assert command.main(["engine", *arguments, "--json", "--model", str(model)]) == 0
    made = list(map(json.loads, capsys.readouterr().out.splitlines()))
    rows = {row["bench"]: row for row in made}
    assert list(rows) == KINDS
    overhead = [row for row in made if row["bench"] == "server-overhead"]
    wired, resume = rows["wire"], rows["resume"]
    assert [(row["load"], row["sessions"], row["turns"]) for row in overhead] == [
        ("listening", 1, 25), ("conversation", 1, 25),
        ("listening", MANY, 5), ("conversation", MANY, 5),
    ]  # fmt: skip
    for row in overhead:
        assert min(row["served_cpu_ms"], row["bare_cpu_ms"], row["client_cpu_ms"]) > 0
    parts = rows["served-parts"]
    assert min(parts["bare_us"], parts["bare_between_us"], parts["step_us"]) > 0
    known = {name: us for name, us in parts["alone"].items() if name != "rest"}
    assert min(known.values()) > 0
    assert sum(parts["alone"].values()) == pytest.approx(parts["loop_us"], abs=1)
    assert 0 <= rows["sessions"]["sessions"] <= 2
    assert rows["sessions"]["stopped_by"]
    assert wired["frames"] == 4 * 5
    assert wired["answered"] + wired["dropped_ms"] / 200 >= wired["frames"]
    assert resume["sent_ms"] >= 6000
    assert 0 <= resume["lost_ms"] < resume["sent_ms"]
    assert rows["gpu"]["measured"] or rows["gpu"]["reason"]
    takeover = rows["takeover"]
    assert takeover["relived"] == Settings.journal_turns - 1
    assert takeover["log_bytes_per_turn"] > 6400  # at the least, its sound
    assert takeover["state_bytes"] > 10_000


def test_two_hundred_sessions_lose_nothing() -> None:
    """Sound of 200 people both ways through one server: every micro-turn is answered, none dropped.

    Slower than people talk, so that a slow machine is asked for the same.
    """
    row = asyncio.run(wire(200, seconds=0.6, every_s=1.0))
    assert (row.frames, row.answered, row.dropped_ms) == (600, 600, 0)
    if row.up_bytes_s is not None and row.down_bytes_s is not None:
        raw = 2 * SAMPLE_RATE_HZ * 4 / 3  # 16 bits, in base64
        assert raw < row.up_bytes_s < 1.2 * raw
        assert raw < row.down_bytes_s < 1.5 * raw


def test_people_read_sentences(capsys: pytest.CaptureFixture[str]) -> None:
    """Rows of a measurement as a person reads them."""
    rows: list[Any] = [
        Overhead(
            "server-overhead", "listening", 1, 25, 0.2, 10.0, 10.4, 0.04, 9.0, 9.3, 0.033, 0.6
        ),
        Parts("served-parts", 25, 9e3, 9100.0, 9e3, 700.0, 600.0, {"socket": 40.0, "rest": 660.0}),
        Sessions("sessions", 6, 2, 3.0, 11.0, 60.0, "all 6 places taken"),
        Wire("wire", 200, 5.0, 5000, 4990, 3, 200, 2.0, 90.0, 0.4, 0.5, 43_000, 45_000),
        Resume("resume", 3, 6600, 0, 0.0, 204.0),
        Takeover("takeover", 299, 149, 900.0, 6.0, 8700, 7_100_000),
    ]
    Console(width=300).print(table([asdict(row) for row in rows]))
    out = capsys.readouterr().out
    for words in (
        "+4.0%", "+3.3%", "20% spoken", "socket 40, rest 660", "3.0 a core", "4990 of 5000 frames",
        "0 ms of 6600 ms sound", "43.0 kB/s", "149 micro-turns",
    ):  # fmt: skip
        assert words in out
