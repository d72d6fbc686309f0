"""Compiles every kernel for a GPU that is not here, an NVIDIA card of capability 9.0, and prints
how many ways, and to how many machine codes for one token and for many. Nothing is run.
`python -m tests.compiled_kernels`.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterable
from functools import partial
from hashlib import sha256
from typing import Any

import torch
from triton.backends.compiler import GPUTarget
from triton.runtime import driver
from triton.runtime.jit import JITFunction

from kernels import attention, experts, flow, front_end, heads, matmul, norm

SHARED = 99 << 10  # bytes that a block of threads may have, on a desktop's card, too
COUNTS = 1, 5, 16


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


def attend(kind: torch.dtype, sessions: int = 2, length: int = 4, width: int = 64,
           capacity: int = 192) -> None:  # fmt: skip
    rings, sinks = of(3, capacity, 2, width, kind=kind), of(4, 2, width, kind=kind)
    cache = attention.Cache(rings, rings, sinks, sinks, 100)
    standing = attention.Standing(*(of(sessions, kind=torch.int64) for _ in range(3)))
    attention.attention(of(sessions, length, 4, width, kind=kind), cache, standing, 1.0)
    count = sessions * length
    turn, places = heads.Turn(of(6, width), of(count, 24), of(count, 24)), of(count).long()
    heads.spread(of(count, 8 * width), turn, 4, rings[0], rings[0], places)
    norm.rms_norm(of(count, 256), of(256), kind)


def multiply(kind: torch.dtype, stored: torch.dtype, count: int = 5) -> None:
    small, x = stored == torch.int8, of(count, 256, kind=kind)
    for columns in (512, 8000):
        scale = of(columns) if small else None
        matmul.matmul(x, of(columns, 256, kind=stored), scale, True)
        matmul.matmul(x, of(columns, 256, kind=stored), scale, False, of(count, columns))
    stacks = [
        experts.Stack(of(6, *shape, kind=stored), of(6, shape[1]) if small else None)
        for shape in ((256, 512), (512, 256))
    ]
    experts.experts(x, *stacks, of(count, 2, kind=torch.int64), of(count, 2))
    experts.route(of(count, 176), 15)


def speak(count: int = 3) -> None:
    def linear(columns: int, inner: int) -> flow.Linear:
        return flow.Linear(of(columns, inner), of(columns))

    layer = flow.Layer(linear(3 * 384, 384), linear(384, 384), linear(384, 384))
    head = flow.Head(linear(384, 400), [layer], linear(400, 384))
    flow.draw(head, of(count, 400), of(2, count, 384), (0.0, 0.5, 1.0))
    front = front_end.front(torch.ones(640), torch.ones(513, 80), 320, 5)
    front_end.front_end(of(count, 3520), of(6400, 256), front)
    front_end.bag(of(2 * count, 5, 80, kind=torch.uint8), of(6400, 256))


class Compiled:
    """Stands where a kernel is launched, and compiles it. ways: how often each; codes: the machine
    codes since that was emptied."""

    def __init__(self) -> None:
        self.ways, self.codes = Counter[str](), set[str]()
        run = JITFunction.run

        def launched(kernel: Any, *given: Any, grid: Any, warmup: bool, **options: Any) -> Any:
            made = run(kernel, *given, grid=grid, warmup=True, **options)
            name = f"{kernel.fn.__module__}.{kernel.__name__}"
            assert made.metadata.shared <= SHARED, f"{name}: {made.metadata.shared} bytes shared"
            self.ways[name] += 1
            self.codes.add(f"{name} {sha256(made.asm['cubin']).hexdigest()}")
            return made

        JITFunction.run = launched

    def of_each(self, steps: Iterable[Callable[[], None]]) -> int:
        """In how many sets of machine codes the same step was compiled."""
        found = set()
        for step in steps:
            self.codes = set()
            step()
            found.add(frozenset(self.codes))
        return len(found)


def main() -> None:
    compiled = Compiled()
    driver.set_active(Absent())
    codes = {}
    for kind in (torch.float32, torch.bfloat16):
        attend(kind, width=128)
        shapes = ((1, 1, 192), (2, 4, 192), (16, 1, 97), (1, 40, 48))
        codes[f"attend {kind}"] = compiled.of_each(
            partial(attend, kind, sessions, length, 64, capacity)
            for sessions, length, capacity in shapes
        )
        codes[f"multiply {kind}"] = compiled.of_each(
            partial(multiply, kind, kind, count) for count in COUNTS
        )
    codes["multiply int8"] = compiled.of_each(
        partial(multiply, torch.bfloat16, torch.int8, count) for count in COUNTS
    )
    codes["speak"] = compiled.of_each(partial(speak, count) for count in COUNTS)
    print(json.dumps({"ways": compiled.ways, "codes": codes}))


if __name__ == "__main__":
    main()
