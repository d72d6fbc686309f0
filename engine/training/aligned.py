"""Training on what sessions compute: forward by the runtime's own steps, bit for bit.

Trainer and runtime are two programs for one model, and agree within rounding. Here a row goes
forward through the runtime's operations (kernels/, on a GPU), so hidden states and logits are, bit
for bit, those of a session that lived through the row token by token: what a policy is judged on
is what it did. Backward each part computes the gradient of the model's own module at the same
input, which costs that module's forward once more, as recomputing activations would.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import torch
from torch import Tensor, nn

from engine.model.interaction import InteractionModel, Row
from engine.model.layers import ExpertMlp
from engine.model.trunk import Block, window_mask
from engine.runtime.torch_batched import operations_for
from engine.runtime.torch_network import Course, Looked, Network
from engine.runtime.torch_weights import Weights, from_tensors

Function = Callable[..., Any]


class Aligned:
    """Stands in training where the model stands: see engine.training.objective.Forward."""

    def __init__(self, model: InteractionModel, precision: str, kernels: bool = True) -> None:
        """Raises ComputeError where kernels cannot run. Without them a row's numbers hang on its
        company, within rounding."""
        self.model, self._precision = model, precision
        config, device = model.config, model.trunk.norm.weight.device
        self._weights = self._read()
        operations = operations_for(config, self._weights, device, kernels)
        self.network = Network(
            config, self._weights, operations, _Rows(self._weights, config, 0, 1)
        )

    def __call__(self, row: Row) -> tuple[Tensor, Tensor]:
        """Hidden states after the trunk and after `letters_layer` blocks, each (B, T, width)."""
        model, network, laid = self.model, self.network, Laid.of(row.start)
        self._refresh()
        count, longest = laid.at.shape
        network.lie_in(_Rows(self._weights, model.config, count, longest))
        course, turn = self._course(laid, row)
        x = model.embed(row, self).flatten(0, 1)
        middle = x
        for index, block in enumerate(model.trunk.blocks):
            assert isinstance(block, Block)
            x = self._attend(x, index, block, laid, course, turn)
            x = self._think(x, index, block)
            if index + 1 == model.config.letters_layer:
                middle = x
        x = _exactly(network.leave, model.trunk.norm, (x,), model.trunk.norm)
        return x.view(*row.text.shape, -1), middle.view(*row.text.shape, -1)

    def logits(self, hidden: Tensor) -> Tensor:
        head = self.model.text_head
        return _exactly(self.network.logits, head, (hidden,), head)

    def text_tokens(self, ids: Tensor, stream: Tensor) -> Tensor:
        """A look-up and a sum are the same everywhere."""
        return self.model.embeddings.text_tokens(ids, stream)

    def audio_tokens(self, levels: Tensor) -> Tensor:
        """Of levels, as training has them; a session's come from the wave by the same kernel."""
        own = self.model.embeddings
        return _exactly(self.network.bag, own.audio_tokens, (levels,), own.audio, own.stream)

    def voice_tokens(self, voice: Tensor) -> Tensor:
        own = self.model.embeddings
        return _exactly(self.network.voice, own.voice_tokens, (voice,), own.voice, own.stream)

    def patch_tokens(self, pixels: Tensor, row: Tensor, column: Tensor, stream: Tensor) -> Tensor:
        own = self.model.embeddings

        def exact(*given: Tensor) -> Tensor:
            return self.network.patches(Looked(*(one[None] for one in given)))[0]

        given = (pixels, row, column, stream)
        return _exactly(exact, own.patch_tokens, given, own.patches, own.stream)

    def _attend(
        self, x: Tensor, index: int, block: Block, laid: Laid, course: Course, turn: Tensor
    ) -> Tensor:
        """(B * T, width): sessions side by side, each from its own beginning."""

        def exact(x: Tensor) -> Tensor:
            return self.network.attend(x[laid.at.flatten()], index, course)[laid.back]

        def plain(x: Tensor) -> Tensor:
            token = torch.arange(laid.at.shape[1], device=x.device).expand_as(laid.at)
            cos, sin = self.model.trunk.rotary(token, turn)
            mask, z = window_mask(token, self.model.config), block.attention_norm(x[laid.at])
            return x + block.attention(z, cos, sin, mask, None)[0].flatten(0, 1)[laid.back]

        return _exactly(exact, plain, (x,), block.attention_norm, block.attention)

    def _think(self, x: Tensor, index: int, block: Block) -> Tensor:
        mlp, norm = block.mlp, block.mlp_norm

        def exact(x: Tensor) -> tuple[Tensor, ...]:
            y = self.network.think(x, index)
            if isinstance(mlp, ExpertMlp):
                mlp.route(norm(x))
            return y, *_balance(mlp)

        def plain(x: Tensor) -> tuple[Tensor, ...]:
            return x + mlp(norm(x)), *_balance(mlp)

        y, *balance = _exactly(exact, plain, (x,), norm, mlp)
        if isinstance(mlp, ExpertMlp):
            mlp.balance = balance[0]
        return y

    def _course(self, laid: Laid, row: Row) -> tuple[Course, Tensor]:
        """And the micro-turn of each token, (S, longest), counted from its session's first."""
        turn = row.turn.flatten()[laid.at]
        turn = turn - turn[:, :1]
        slot = torch.arange(len(laid.at), device=turn.device)
        first = torch.zeros_like(slot)
        span = self.network.span(slot, first, laid.length, turn, laid.at.shape[1])
        return self.network.course(span), turn

    def _read(self) -> Weights:
        with torch.no_grad():
            return from_tensors(self.model.config, self.model.state_dict(), self._precision)

    def _refresh(self) -> None:
        """The optimiser has been at the weights; who holds these here reads them in place."""
        held, now = self._weights, self._read()
        for name, tensor in now.tensors.items():
            held.tensors[name].copy_(tensor)
        for name, matrix in now.matrices.items():
            held.matrices[name].weight.copy_(matrix.weight)


@dataclass(frozen=True)
class Laid:
    """The sessions of a batch, each from its own beginning.

    at: (S, longest), where among the batch's tokens they stand, padded behind; length: (S,).
    back: (B * T,), where among S * longest each token of the batch went.
    """

    at: Tensor
    length: Tensor
    back: Tensor

    @classmethod
    def of(cls, start: Tensor) -> Laid:
        """start: (B, T), as a row has it. Where it changes another session begins."""
        fresh = torch.ones_like(start, dtype=torch.bool)
        fresh[:, 1:] = start[:, 1:] != start[:, :-1]
        first, every = fresh.flatten().nonzero()[:, 0], torch.arange(start.numel()).to(start)
        length = torch.cat([first[1:], every[-1:] + 1]) - first
        steps = torch.arange(int(length.max())).to(start)
        at = (first[:, None] + steps).clamp(max=start.numel() - 1)
        session = fresh.flatten().cumsum(0) - 1
        return cls(at, length, session * len(steps) + every - first[session])


def _balance(mlp: nn.Module) -> tuple[Tensor, ...]:
    return (mlp.balance,) if isinstance(mlp, ExpertMlp) else ()


class _Rows:
    """Keys and values of one layer at a time: whoever reads them has just written them."""

    def __init__(self, weights: Weights, config: Any, sessions: int, longest: int) -> None:
        self.capacity, self.nobody = longest, sessions
        shape = (1, sessions + 1, longest, config.kv_heads, config.head_width)
        device = weights.tensors["embeddings.text"].device
        made = (torch.zeros(shape, dtype=weights.kind, device=device) for _ in range(2))
        self.keys, self.values = (one.expand(config.layers, *shape[1:]) for one in made)


def _exactly(exact: Function, plain: Function, given: Sequence[Tensor], *of: Any) -> Any:
    """What `exact` makes of `given`, with the gradients of `plain`. of: modules, or parameters,
    that `plain` is made of."""
    parameters = [
        p for one in of for p in (one.parameters() if isinstance(one, nn.Module) else [one])
    ]
    return _Exact.apply(exact, plain, len(given), *given, *parameters)


class _Exact(torch.autograd.Function):
    @staticmethod
    def forward(ctx: Any, exact: Function, plain: Function, given: int, *tensors: Tensor) -> Any:
        device = tensors[-1].device.type
        ctx.plain, ctx.given = plain, given
        ctx.kind = torch.get_autocast_dtype(device) if torch.is_autocast_enabled(device) else None
        ctx.save_for_backward(*tensors)
        with torch.autocast(device, enabled=False):
            return exact(*tensors[:given])

    @staticmethod
    def backward(ctx: Any, *gradients: Tensor) -> Any:
        tensors, needed = list(ctx.saved_tensors), ctx.needs_input_grad[3:]
        for index in range(ctx.given):
            tensors[index] = tensors[index].detach().requires_grad_(needed[index])
        device = tensors[-1].device.type
        with torch.enable_grad(), torch.autocast(device, ctx.kind, ctx.kind is not None):
            outs = ctx.plain(*tensors[: ctx.given])
            outs = [out.float() for out in (outs if isinstance(outs, tuple) else (outs,))]
        wanted = [tensor for tensor, need in zip(tensors, needed, strict=True) if need]
        made = iter(torch.autograd.grad(outs, wanted, gradients))
        return None, None, None, *(next(made) if need else None for need in needed)
