"""`aside bench engine` measures what it says; no figure is asserted, only sense."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path

import pytest
from rich.console import Console

from engine.evaluation import bench, bench_gpu
from engine.evaluation.bench_engine import Overhead, Resume, Sessions, Wire
from engine.evaluation.bench_table import table
from tests import untrained

pytestmark = pytest.mark.timeout(120)


def test_serving_is_measured_whole(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Overhead, sessions, wire and resume, each one row; what was sent was answered or is named;
    and what a GPU would do, or why that is not known."""
    monkeypatch.setattr(bench_gpu, "torch_sees_cuda", lambda: False)  # its own tests run the rest
    model = untrained.folder(tmp_path)
    arguments = ["--rounds", "1", "--seconds", "1", "--sessions", "4", "--most", "2"]
    assert bench.main(["engine", *arguments, "--json", "--model", str(model)]) == 0
    rows = {row["bench"]: row for row in map(json.loads, capsys.readouterr().out.splitlines())}
    assert list(rows) == ["machine", "server-overhead", "sessions", "wire", "resume", "gpu"]
    overhead, wire, resume = rows["server-overhead"], rows["wire"], rows["resume"]
    assert overhead["turns"] == 25
    assert overhead["bare_cpu_ms"] > 0
    assert overhead["served_cpu_ms"] > 0
    assert 0 <= rows["sessions"]["sessions"] <= 2
    assert rows["sessions"]["stopped_by"]
    assert wire["frames"] == 4 * 5
    assert wire["answered"] + wire["dropped_ms"] / 200 >= wire["frames"]
    assert resume["sent_ms"] >= 6000
    assert 0 <= resume["lost_ms"] < resume["sent_ms"]
    assert rows["gpu"]["measured"] or rows["gpu"]["reason"]


def test_people_read_sentences(capsys: pytest.CaptureFixture[str]) -> None:
    """Rows of a measurement as a person reads them."""
    rows = [
        Overhead("server-overhead", 25, 10.0, 10.4, 0.04, 9.0, 9.3, 0.033),
        Sessions("sessions", 6, 2, 3.0, 11.0, 60.0, "all 6 places taken"),
        Wire("wire", 200, 5.0, 5000, 4990, 3, 200, 2.0, 90.0, 0.4),
        Resume("resume", 3, 6600, 0, 0.0, 204.0),
    ]
    Console(width=300).print(table([asdict(row) for row in rows]))
    out = capsys.readouterr().out
    for words in ("+4.0%", "3.0 a core", "4990 of 5000 frames", "0 ms of 6600 ms sound"):
        assert words in out
