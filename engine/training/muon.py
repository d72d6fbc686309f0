"""Muon for the trunk's matrices, AdamW for the rest (Jordan et al., 2024)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

import torch
from torch import Tensor, nn

_A, _B, _C = 3.4445, -4.7750, 2.0315


def orthogonalise(gradient: Tensor, steps: int = 5) -> Tensor:
    """The nearest semi-orthogonal matrix, roughly, by a quintic Newton-Schulz iteration.

    gradient: (..., rows, columns), each matrix on its own. Each step multiplies x by a polynomial
    in its Gram matrix. The polynomials commute, so they are gathered in the small square Gram
    space and meet the long side of x only twice.
    """
    x, tall = _lying(gradient)
    gram, product = x @ x.mT, torch.eye(x.shape[-2], device=x.device, dtype=x.dtype)
    for step in range(steps):
        factor = _B * gram + _C * (gram @ gram)
        factor.diagonal(dim1=-2, dim2=-1).add_(_A)
        product = factor @ product
        if step + 1 < steps:
            gram = factor @ gram @ factor
    x = product @ x
    return x.mT if tall else x


def orthogonalise_halved(gradient: Tensor, steps: int = 5) -> Tensor:
    """The same in bfloat16, for matrix units: x itself is iterated.

    In Gram space bfloat16 loses the small singular values, and training diverges within ten steps.
    """
    x, tall = _lying(gradient)
    x = x.bfloat16()
    for _ in range(steps):
        gram = x @ x.mT
        x = _A * x + (_B * gram + _C * (gram @ gram)) @ x
    return (x.mT if tall else x).float()


def _lying(gradient: Tensor) -> tuple[Tensor, bool]:
    """Of norm one and no taller than wide, and whether it had to be turned for that."""
    x = gradient / (gradient.norm(dim=(-2, -1), keepdim=True) + 1e-7)
    tall = x.shape[-2] > x.shape[-1]
    return x.mT if tall else x, tall


class Muon(torch.optim.Optimizer):
    """Momentum, orthogonalised; a matrix moves by about `lr` times the root of its larger side.

    Matrices of one shape are orthogonalised together; halved: in bfloat16.
    """

    def __init__(
        self, parameters: Iterable[nn.Parameter], lr: float, halved: bool = False,
        momentum: float = 0.95,
    ) -> None:  # fmt: skip
        super().__init__(parameters, {"lr": lr, "momentum": momentum, "weight_decay": 0.01})
        self._orthogonalise = orthogonalise_halved if halved else orthogonalise

    @torch.no_grad()
    def step(self, closure: None = None) -> None:  # type: ignore[override]
        for group in self.param_groups:
            by_shape: dict[torch.Size, list[Tensor]] = defaultdict(list)
            for p in group["params"]:
                if p.grad is not None:
                    by_shape[p.shape].append(p)
            for shape, alike in by_shape.items():
                self._move(alike, shape, group)

    def _move(self, alike: list[Tensor], shape: torch.Size, group: dict) -> None:
        gradients = [p.grad for p in alike if p.grad is not None]
        buffers = [self._momentum(p) for p in alike]
        torch._foreach_lerp_(buffers, gradients, 1 - group["momentum"])
        updates = torch._foreach_lerp(gradients, buffers, group["momentum"])
        scale = max(1.0, shape[0] / shape[1]) ** 0.5
        moves = self._orthogonalise(torch.stack(updates)).unbind()
        torch._foreach_mul_(alike, 1 - group["lr"] * group["weight_decay"])
        torch._foreach_add_(alike, moves, alpha=-group["lr"] * scale)

    def _momentum(self, p: Tensor) -> Tensor:
        state = self.state[p]
        if "momentum" not in state:
            state["momentum"] = torch.zeros_like(p)
        return state["momentum"]


def optimisers(
    model: nn.Module, matrix_lr: float, other_lr: float, halved: bool = False
) -> list[torch.optim.Optimizer]:
    """Muon on the blocks' two-dimensional weights, AdamW on everything else."""
    matrices: list[nn.Parameter] = []
    others: list[nn.Parameter] = []
    for name, parameter in model.named_parameters():
        in_block = name.startswith("trunk.blocks") and parameter.ndim == 2
        (matrices if in_block else others).append(parameter)
    return [
        Muon(matrices, matrix_lr, halved),
        torch.optim.AdamW(others, other_lr, betas=(0.9, 0.98), weight_decay=0.01, fused=True),
    ]
