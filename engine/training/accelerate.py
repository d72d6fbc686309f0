"""What makes training faster on the machine that it runs on.

Machines with matrix units (GPUs, and processors with AMX or with products of bfloat16) gather
sound by a product. Processors leave out what the mask hides. Both compile the trunk, which takes
minutes once: on two cores with AVX2 a step of the recipe `nano` takes two thirds of the time then.

Names, shapes and meaning of the weights stay, and sessions never see any of it.
"""

from __future__ import annotations

import logging
import math
from collections.abc import Callable

import torch
from torch import Tensor

from engine.model.embeddings import AudioBag
from engine.model.interaction import InteractionModel
from engine.model.layers import Attention
from engine.model.trunk import Trunk, window_mask

log = logging.getLogger(__name__)

BLOCK = 128


def matrix_units(device: torch.device) -> bool:
    """Whether products in bfloat16 are several times faster there than in float32."""
    if device.type == "cuda":
        return True
    told: dict[str, object] = getattr(torch.cpu, "get_capabilities", dict)()  # not in torch 2.11
    return any(told.get(name, False) for name in ("amx_bf16", "avx512_bf16"))


class MatrixBag(AudioBag):
    """The bag's sum as a product with a matrix of ones and zeros.

    400 rows are gathered per token, and their gradients scattered: matrix units do that at two
    hundred times the arithmetic and still far sooner.
    """

    def forward(self, levels: Tensor) -> Tensor:
        bag = levels.reshape(levels.shape[0], -1).long() + self.rows
        ones = torch.zeros(len(bag), len(self.table), dtype=_precision(bag), device=bag.device)
        return ones.scatter_(1, bag, 1.0) @ self.table


def _precision(tensor: Tensor) -> torch.dtype:
    kind = tensor.device.type
    return torch.get_autocast_dtype(kind) if torch.is_autocast_enabled(kind) else torch.float32


class BlockedAttention(Attention):
    """Blocks of queries, each over the keys from its window up to its own last one, as products of
    matrices.

    PyTorch's own attention on a processor also computes what the mask then hides. For rows trained
    at once: nothing lies before them.
    """

    def mix(self, q: Tensor, keys: Tensor, values: Tensor, mask: Tensor) -> Tensor:
        length, window = q.shape[1], self.config.window
        if length <= window:
            return self._blocks(q, keys, values, mask, 0)
        # Rows longer than the window are folded: each stretch of a window's length becomes a row,
        # which sees the stretch before it.
        sinks, count = keys.shape[1] - length, -(-length // window)
        stretches = [range(n * window, (n + 1) * window) for n in range(count)]

        def folded(kept: Tensor) -> Tensor:
            before, own = kept[:, :sinks], kept[:, sinks:]
            return _stacked(
                [torch.cat([before, _behind(own, 1, part, window)], 1) for part in stretches]
            )

        found = self._blocks(
            _stacked([_cut(q, 1, part) for part in stretches]),
            folded(keys),
            folded(values),
            _stacked([_seen(_cut(mask, 1, part), part, sinks, window) for part in stretches]),
            window,
        )
        return found.unflatten(0, (-1, count)).flatten(1, 2)[:, :length]

    def _blocks(
        self, q: Tensor, keys: Tensor, values: Tensor, mask: Tensor, behind: int
    ) -> Tensor:
        """behind: keys between the sinks and those of the queries, as many as a window has, or 0:
        then none is out of sight."""
        length, heads, width = q.shape[1:]
        shared = heads // keys.shape[2]
        sinks = keys.shape[1] - length - behind
        with torch.autocast(q.device.type, enabled=False):
            q = q.unflatten(2, (-1, shared)).permute(0, 2, 3, 1, 4) / math.sqrt(width)
            keys, values = keys.permute(0, 2, 3, 1), values.transpose(1, 2)
            found = []
            for low in range(0, length, BLOCK):
                high = min(low + BLOCK, length)
                place = _place(sinks, low if behind else 0, behind + high)
                seen = place(mask[:, low:high], 2)[:, None, None]
                part = q[:, :, :, low:high].flatten(2, 3)
                score = (part @ place(keys, 3)).unflatten(2, (shared, -1))
                share = score.masked_fill(~seen, -torch.inf).softmax(-1).flatten(2, 3)
                found.append((share @ place(values, 2)).unflatten(2, (shared, -1)))
        return torch.cat(found, 3).flatten(1, 2).transpose(1, 2)


def _place(sinks: int, first: int, last: int) -> Callable[[Tensor, int], Tensor]:
    """Takes the sinks and what lies from `first` to `last` behind them, along a dimension."""

    def place(kept: Tensor, dim: int) -> Tensor:
        if not first:
            return kept.narrow(dim, 0, sinks + last)
        rest = kept.narrow(dim, sinks + first, last - first)
        return torch.cat([kept.narrow(dim, 0, sinks), rest], dim)

    return place


def _cut(kept: Tensor, dim: int, part: range) -> Tensor:
    """`part` of a dimension, zeros where it has ended."""
    there = kept.narrow(dim, part.start, min(part.stop, kept.shape[dim]) - part.start)
    missing = len(part) - there.shape[dim]
    if not missing:
        return there
    shape = [*there.shape[:dim], missing, *there.shape[dim + 1 :]]
    return torch.cat([there, there.new_zeros(shape)], dim)


def _behind(kept: Tensor, dim: int, part: range, window: int) -> Tensor:
    """`part` and the window before it, zeros where that has not begun."""
    own = _cut(kept, dim, part)
    before = kept.narrow(dim, part.start - window, window) if part.start else torch.zeros_like(own)
    return torch.cat([before, own], dim)


def _seen(mask: Tensor, part: range, sinks: int, window: int) -> Tensor:
    """The mask of a stretch. Its sinks are always to be seen, and so by what fills up the last."""
    own = _behind(mask[..., sinks:], 2, part, window)
    return torch.cat([torch.ones_like(mask[..., :sinks]), own], 2)


def _stacked(parts: list[Tensor]) -> Tensor:
    """Stretches of B rows, each (B, ...), as rows of their own, those of a row in turn."""
    return torch.stack(parts, 1).flatten(0, 1)


def accelerate(model: InteractionModel, rows: int, length: int, halved: bool) -> None:
    """Prepare a model where it lies for batches of `rows` rows of `length` tokens. halved: whether
    products are in bfloat16."""
    if halved:
        model.embeddings.audio.__class__ = MatrixBag
    if next(model.parameters()).device.type == "cpu":
        for block in model.trunk.blocks:
            block.attention.__class__ = BlockedAttention
    if model.config.experts:
        return  # how many tokens an expert gets changes with every batch
    try:
        model.trunk.compile(dynamic=False)
        _once(model.trunk, rows, length, halved)
    except Exception as error:  # whatever a compiler may lack: without one, training is slower
        log.warning("training without torch.compile: %s", str(error).splitlines()[:1])
        model.trunk._compiled_call_impl = None


def _once(trunk: Trunk, rows: int, length: int, halved: bool) -> None:
    """Forward and backward, so that what cannot be compiled shows before anything depends on it."""
    device = trunk.norm.weight.device
    token = torch.arange(length, device=device).expand(rows, -1)
    x = torch.zeros(rows, length, trunk.config.width, device=device, requires_grad=True)
    mask = window_mask(token, trunk.config, torch.zeros_like(token))
    with torch.autocast(device.type, torch.bfloat16, halved):
        hidden, middle, _ = trunk(x, token, token.contiguous(), mask)
    (hidden.float().sum() + middle.float().sum()).backward()
    for parameter in trunk.parameters():
        parameter.grad = None
