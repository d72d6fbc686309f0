"""What makes training faster on the machine that it runs on.

Machines with matrix units (GPUs, and processors with AMX or with products of bfloat16) gather
sound by a product. Processors leave out what the mask hides. Both compile the trunk, which takes
minutes once: on two cores with AVX2 a step of the recipe `nano` takes two thirds of the time then.

Names, shapes and meaning of the weights stay, and sessions never see any of it.
"""

from __future__ import annotations

import logging
import math

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
    """Blocks of queries, each over the keys up to its own last one, as products of matrices.

    PyTorch's own attention on a processor also computes what the mask then hides. For rows trained
    at once: nothing lies before them.
    """

    def mix(self, q: Tensor, keys: Tensor, values: Tensor, mask: Tensor) -> Tensor:
        batch, length, heads, width = q.shape
        shared = heads // keys.shape[2]
        before = keys.shape[1] - length  # sinks
        with torch.autocast(q.device.type, enabled=False):
            q = q.view(batch, length, -1, shared, width).permute(0, 2, 3, 1, 4) / math.sqrt(width)
            keys, values = keys.permute(0, 2, 3, 1), values.transpose(1, 2)
            found = []
            for low in range(0, length, BLOCK):
                high = min(low + BLOCK, length)
                seen = mask[:, None, None, low:high, : before + high]
                part = q[:, :, :, low:high].flatten(2, 3)
                score = (part @ keys[..., : before + high]).unflatten(2, (shared, -1))
                share = score.masked_fill(~seen, -torch.inf).softmax(-1).flatten(2, 3)
                found.append((share @ values[:, :, : before + high]).unflatten(2, (shared, -1)))
        return torch.cat(found, 3).flatten(1, 2).transpose(1, 2)


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
