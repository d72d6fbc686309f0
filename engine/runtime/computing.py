"""Who computes the model, and how exactly: as asked, or as this machine lets us choose.

An NVIDIA card and a torch that can use it: torch, many sessions in a batch. Otherwise ONNX Runtime,
on the card where it has that provider. Knows no torch.
"""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

from engine.model.checkpoint import CheckpointError

BACKENDS = ("auto", "onnx", "torch")
PRECISIONS = ("auto", "fp32", "bf16", "int8")
SLOTS = 8


class ComputeError(CheckpointError):
    """What was asked for cannot be had on this machine."""


@dataclass(frozen=True)
class Computing:
    """backend: of BACKENDS. precision: of PRECISIONS; bf16 is torch's alone. "auto": fp32
    by torch; by ONNX Runtime as it sees fit.

    device: "auto", "cpu", "cuda" or "cuda:N". slots: sessions that torch has places for. kernels:
    whether torch computes with those of kernels/; None: on a GPU.
    """

    backend: str = "auto"
    precision: str = "auto"
    device: str = "auto"
    slots: int = SLOTS
    kernels: bool | None = None

    def __post_init__(self) -> None:
        for what, value, known in (
            ("back end", self.backend, BACKENDS), ("precision", self.precision, PRECISIONS),
        ):  # fmt: skip
            if value not in known:
                raise ComputeError(f"{value} is no {what}: one of {', '.join(known)}")

    def chosen(self) -> Computing:
        """With nothing left to choose. Raises ComputeError when it cannot be had."""
        backend = self._backend()
        if backend == "onnx" and self.precision == "bf16":
            raise ComputeError(
                "ONNX Runtime computes in fp32 or int8 here; bf16 needs --backend torch"
            )
        if backend == "torch" and find_spec("torch") is None:
            raise ComputeError(
                "torch is not installed here. For an NVIDIA card: aside gpu add. Without one leave "
                "--backend and --precision away"
            )
        device = self.device
        if device == "auto" and backend == "torch":
            device = "cuda" if torch_sees_cuda() else "cpu"
        precision = self.precision
        if precision == "auto" and backend == "torch":
            precision = "fp32"
        return Computing(backend, precision, device, self.slots, self.kernels)

    def _backend(self) -> str:
        if self.backend != "auto":
            return self.backend
        if self.precision == "bf16":
            return "torch"
        return "torch" if self.device != "cpu" and torch_sees_cuda() else "onnx"


def asked(environment: Mapping[str, str] = os.environ) -> Computing:
    """What the environment asks of every command: ASIDE_BACKEND, ASIDE_PRECISION, ASIDE_DEVICE.

    Where it says nothing it is ONNX Runtime, whose events every machine of a kind gives alike.
    """
    return Computing(
        environment.get("ASIDE_BACKEND", "onnx"),
        environment.get("ASIDE_PRECISION", "auto"),
        environment.get("ASIDE_DEVICE", "auto"),
    )


def torch_sees_cuda() -> bool:
    """torch takes seconds to load, so it is asked only where a driver is."""
    if find_spec("torch") is None or not _driver():
        return False
    from engine.runtime.torch_batched import cuda_cards

    return cuda_cards() > 0


def _driver() -> bool:
    if os.environ.get("ASIDE_GPU") == "0" or sys.platform == "darwin":
        return False
    there = any(Path(path).exists() for path in ("/proc/driver/nvidia/version", "/dev/nvidiactl"))
    return there or shutil.which("nvidia-smi") is not None
