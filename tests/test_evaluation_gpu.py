"""The figures of a GPU, rehearsed small on a processor; and what is said where there is none."""

from __future__ import annotations

import json
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("torch")

import torch
from rich.console import Console

from engine.evaluation.bench import gpu
from engine.evaluation.bench.gpu_torch import B3, B30, Loaded, Stage, _Reading, part
from engine.evaluation.bench.table import table
from engine.model.config import ModelConfig
from engine.model.shapes import weight_shapes
from tests import untrained

pytestmark = pytest.mark.timeout(300)
TINY = replace(untrained.EXPERTS, layers=1)
STAGE = Stage("cpu", False, 2, 1 << 16, 2, untrained.SMALL, TINY, replace(TINY, width=32))


def rehearsed(name: str) -> list[dict[str, Any]]:
    rows = list(part(name, STAGE))
    assert rows
    assert all(row["part"] == name and row["measured"] for row in rows)
    assert json.loads(json.dumps(rows)) == rows
    return rows


@pytest.mark.parametrize("name", ["nano", "3b", "30b", "shipped"])
def test_latency_is_held_against_what_must_be_read(name: str) -> None:
    """Listening and speaking, in each precision; to speak takes longer and reads more."""
    rows = rehearsed(name)
    for quiet, speaking in zip(rows[::2], rows[1::2], strict=True):
        assert (quiet["load"], speaking["load"]) == ("listening", "speaking")
        assert 0 < quiet["p50_ms"] <= quiet["p95_ms"]
        if name != "shipped":
            assert 0 < quiet["limit_ms"] < speaking["limit_ms"]
            assert quiet["precision"] in quiet["computes"]


def test_the_limit_counts_steps_and_touched_experts() -> None:
    """A quiet micro-turn is one step of the trunk, one that speaks as many as it has tokens; of a
    mixture what its tokens touch, never more than there is."""
    dense = Loaded(STAGE.backend(untrained.SMALL, "fp32"), 1, False)
    matrices = dense.turns.network._matrices
    every, head = sum(m.bytes for m in matrices.values()), matrices["text_head.weight"].bytes
    assert dense.bytes() == every
    dense.tell(True)
    assert dense.bytes() == 6 * every - head  # heard, 3, speak; voice, which needs no logits
    mixed = Loaded(STAGE.backend(TINY, "fp32"), 1, False)
    every = sum(m.bytes for m in mixed.turns.network._matrices.values())
    assert every / 4 < mixed.bytes() < every + 64 * 4 * 4 + 1


def test_what_pads_a_micro_turn_is_not_what_it_must_read() -> None:
    """A row that belongs to no token goes through experts, too; the limit does not know them."""
    backend = STAGE.backend(replace(TINY, experts=64, experts_used=1), "fp32")
    network, read = backend.turns.network, _Reading(backend.turns.network.operations)
    up, down = (network._matrices[f"trunk.blocks.0.mlp.{part}"] for part in ("up", "down"))
    x, share = torch.ones(4, TINY.width), torch.ones(4, 1)
    slot, turn = torch.zeros(1, dtype=torch.int64), torch.zeros(1, 4, dtype=torch.int64)
    for real in (1, 2, 4):
        before = read.bytes
        read.start()
        network.course(network.span(slot, slot, slot + real, turn, 4))
        network.operations.experts(x, up, down, torch.arange(4)[:, None], share)
        read.stop()
        assert read.bytes - before == real * (up.bytes + down.bytes) // 64


def test_the_large_models_are_as_large_as_they_are_called() -> None:
    """3 and 30 milliards of weights, a tenth of them active."""
    for config, whole in ((B3, 3e9), (B30, 30e9)):
        total, active = sizes(config)
        assert total == pytest.approx(whole, rel=0.05)
        assert active == pytest.approx(whole / 10, rel=0.1)


def sizes(config: ModelConfig) -> tuple[float, float]:
    """Weights of the trunk, and those that one token uses."""
    total = active = 0.0
    for name, shape in weight_shapes(config).items():
        if name.startswith("trunk."):
            count = float(torch.Size(shape).numel())
            total += count
            expert = name.endswith(("mlp.up", "mlp.down"))
            active += count * (config.experts_used / config.experts if expert else 1)
    return total, active


def test_gathered_and_grouped_experts_are_the_same() -> None:
    """At 1 to 8 tokens, both ways within bfloat16 of each other."""
    rows = rehearsed("experts")
    assert [row["tokens"] for row in rows] == list(range(1, 9))
    assert all(row["apart"] < 0.03 and row["gathered_ms"] > 0 for row in rows)


@pytest.mark.parametrize("name", ["invariance", "bits", "sessions"])
def test_the_rest_runs(name: str) -> None:
    """Invariance, bits and sessions: every figure there, whatever it is here."""
    rows = rehearsed(name)
    if name == "sessions":
        assert all(0 <= row["sessions"] <= STAGE.most and row["stopped_by"] for row in rows)
    if name == "bits":
        assert {type(row["whole_row_is_its_chunks"]) for row in rows} == {bool}
        assert {type(row["training_is_streaming"]) for row in rows} == {bool}


def test_without_a_gpu_every_part_says_so(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Rows with a reason instead of figures; the next call tries them again; people read it too."""
    monkeypatch.setattr(gpu, "torch_sees_cuda", lambda: False)
    rows = list(gpu.rows())
    assert [row["part"] for row in rows] == list(gpu.PARTS)
    assert {row["reason"] for row in rows} == {"torch sees no CUDA device"}
    assert gpu.main(["--out", str(tmp_path)]) == 1
    assert len((tmp_path / "gpu.jsonl").read_text().splitlines()) == len(gpu.PARTS)
    assert gpu.done_parts(tmp_path / "gpu.jsonl") == set()
    capsys.readouterr()
    Console(width=100).print(table(rows))
    assert "not measured: torch sees no CUDA device" in capsys.readouterr().out


def test_a_part_that_fails_costs_no_other(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Its row says why; those with figures are not run again."""
    monkeypatch.setattr(gpu, "reason", lambda: "")
    figures = {"bench": "gpu", "part": "nano", "measured": True, "p50_ms": 1.0}

    def run(name: str, _limit_s: float) -> list[dict[str, Any]]:
        ran.append(name)
        return [figures] if name == "nano" else [gpu.unmeasured(name, "status 1: gone")]

    ran: list[str] = []
    monkeypatch.setattr(gpu, "measured", run)
    assert gpu.main(["--out", str(tmp_path)]) == 1
    assert gpu.main(["--out", str(tmp_path)]) == 1
    assert ran == [*gpu.PARTS, *(one for one in gpu.PARTS if one != "nano")]


LACKS = """
import importlib, sys
class Absent:
    def find_spec(self, name, path=None, target=None):
        if name.partition(".")[0] in sys.argv[1].split():
            raise ModuleNotFoundError(name)
sys.meta_path.insert(0, Absent())
for name in sys.argv[2].split():
    importlib.import_module(name)
"""
THERE = (
    "engine.evaluation.bench.gpu_torch tests.test_kernels tests.test_runtime_kernels "
    "tests.test_runtime_torch"
)


def test_what_a_borrowed_gpu_lacks_is_not_needed_to_measure_it() -> None:
    """Its machine reaches no network. The figures and the tests of what runs there ask for no
    package beyond torch's, ONNX Runtime's, OpenCV and a few that come with them."""
    absent = "soundfile soxr av websockets pydantic platformdirs openai httpx2 jsonschema PySide6"
    command = [sys.executable, "-W", "ignore", "-c", LACKS, absent, THERE]
    done = subprocess.run(command, cwd=gpu.ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr[-2000:]


def test_what_was_measured_before_a_part_ran_out_of_time_is_kept(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Its finished rows count as figures, a line that was cut does not; the part is run again."""
    figures = {"bench": "gpu", "part": "nano", "measured": True, "p50_ms": 1.0}

    def run(command: list[str], **_: Any) -> None:
        output = json.dumps(figures) + "\nnoise\n" + json.dumps(figures)[:20]
        raise subprocess.TimeoutExpired(command, 5, output.encode())

    monkeypatch.setattr(subprocess, "run", run)
    kept, missing = gpu.measured("nano", 5)
    assert kept == figures
    assert missing == gpu.unmeasured("nano", "not done after 5 s")


def test_a_process_that_dies_is_told_with_its_last_words() -> None:
    """Without a CUDA device the part's own process says what it lacks."""
    if torch.cuda.is_available():
        pytest.skip("there is a GPU")
    (row,) = gpu.measured("nano", 120)
    assert not row["measured"]
    assert "cannot use the device cuda here" in row["reason"]
