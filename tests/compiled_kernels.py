"""Compiles every kernel for a GPU that is not here, and prints how many ways: to the machine code
of an NVIDIA card of capability 9.0. Nothing is run. `python -m tests.compiled_kernels`.
"""

from __future__ import annotations

import json
from collections import Counter
from typing import Any

import torch
from triton.backends.compiler import GPUTarget
from triton.runtime import driver
from triton.runtime.jit import JITFunction

from kernels import attention, experts, flow, front_end, heads, matmul, norm


class Absent:
    """As much of a driver as compiling asks for."""

    def get_current_target(self) -> GPUTarget:
        return GPUTarget("cuda", 90, 32)

    def get_current_device(self) -> int:
        return 0

    def get_current_stream(self, device: int | None = None) -> int:
        return 0


def of(*shape: int, kind: torch.dtype = torch.float32) -> torch.Tensor:
    return torch.zeros(shape, dtype=kind)


def attend(kind: torch.dtype) -> None:
    rings, sinks = of(3, 192, 2, 64, kind=kind), of(4, 2, 64, kind=kind)
    cache = attention.Cache(rings, rings, sinks, sinks, 100)
    standing = attention.Standing(*(of(2, kind=torch.int64) for _ in range(3)))
    attention.attention(of(2, 4, 4, 64, kind=kind), cache, standing, 1.0)
    turn, places = heads.Turn(of(6, 64), of(8, 24), of(8, 24)), of(8, kind=torch.int64)
    heads.spread(of(8, 8 * 64), turn, 4, rings[0], rings[0], places)
    norm.rms_norm(of(5, 256), of(256), kind)


def multiply(kind: torch.dtype, stored: torch.dtype) -> None:
    small, x = stored == torch.int8, of(5, 256, kind=kind)
    for columns in (512, 8000):
        scale = of(columns) if small else None
        matmul.matmul(x, of(columns, 256, kind=stored), scale, True)
        matmul.matmul(x, of(columns, 256, kind=stored), scale, False, of(5, columns))
    stacks = [
        experts.Stack(of(6, *shape, kind=stored), of(6, shape[1]) if small else None)
        for shape in ((256, 512), (512, 256))
    ]
    experts.experts(x, *stacks, of(5, 2, kind=torch.int64), of(5, 2))


def speak() -> None:
    def linear(columns: int, inner: int) -> flow.Linear:
        return flow.Linear(of(columns, inner), of(columns))

    layer = flow.Layer(linear(3 * 384, 384), linear(384, 384), linear(384, 384))
    head = flow.Head(linear(384, 400), [layer], linear(400, 384))
    flow.draw(head, of(3, 400), of(2, 3, 384), (0.0, 0.5, 1.0))
    front = front_end.front(torch.ones(640), torch.ones(513, 80), 320, 5)
    front_end.front_end(of(2, 3520), of(6400, 256), front)
    front_end.bag(of(4, 5, 80, kind=torch.uint8), of(6400, 256))


def main() -> None:
    run, made = JITFunction.run, Counter[str]()

    def compiled(self: Any, *arguments: Any, grid: Any, warmup: bool, **options: Any) -> Any:
        kernel = run(self, *arguments, grid=grid, warmup=True, **options)
        assert kernel.asm["cubin"]
        made[f"{self.fn.__module__}.{self.__name__}"] += 1
        return kernel

    JITFunction.run = compiled
    driver.set_active(Absent())
    for kind in (torch.float32, torch.bfloat16):
        attend(kind)
        multiply(kind, kind)
    multiply(torch.bfloat16, torch.int8)
    speak()
    print(json.dumps(made))


if __name__ == "__main__":
    main()
