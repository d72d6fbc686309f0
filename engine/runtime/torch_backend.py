"""The same steps in eager torch: the reference that the ONNX graphs are held to, and the peer
that the benchmark compares them with."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
import torch
from torch import Tensor

from engine.model.checkpoint import Checkpoint
from engine.model.interaction import InteractionModel
from engine.runtime.backend import Listen, State, pairs


@dataclass
class TorchCache:
    """Per layer keys and values, each (1, P, kv_heads, head_width), oldest first.

    What is out of sight is forgotten before a micro-turn, never within one: after a roll-back
    the cache holds what it held, and sums run over as many terms.
    """

    window: int
    count: int = 0
    layers: list[tuple[Tensor, Tensor]] = field(default_factory=list)

    def append(self, new: list[tuple[Tensor, Tensor]]) -> None:
        joined = [
            (torch.cat([old_k, k], 1), torch.cat([old_v, v], 1))
            for (old_k, old_v), (k, v) in zip(self.layers, new, strict=True)
        ] if self.layers else new  # fmt: skip
        self.layers = joined
        self.count += new[0][0].shape[1]

    def forget(self) -> None:
        w = self.window
        self.layers = [(k[:, -w:], v[:, -w:]) for k, v in self.layers]

    def roll_back(self, count: int) -> None:
        gone = self.count - count
        held = self.layers[0][0].shape[1] - gone if self.layers else 0
        self.layers = [(k[:, :held], v[:, :held]) for k, v in self.layers]
        self.count = count

    def copy(self) -> TorchCache:
        return TorchCache(self.window, self.count, list(self.layers))


def load_model(checkpoint: Checkpoint) -> InteractionModel:
    """The torch model with a checkpoint's weights."""
    model = InteractionModel(checkpoint.config)
    stored = {name: torch.from_numpy(value) for name, value in checkpoint.weights.items()}
    own = model.state_dict()
    model.load_state_dict({name: stored.get(name, own[name]) for name in own})
    return model.eval()


class TorchBackend:
    def __init__(self, checkpoint: Checkpoint) -> None:
        self.config = checkpoint.config
        self.model = load_model(checkpoint)
        self.name = f"torch {torch.__version__} eager"

    def cache(self) -> TorchCache:
        return TorchCache(self.config.window)

    @torch.inference_mode()
    def listen(self, cache: TorchCache, turn: int, step: Listen) -> State:
        cache.forget()
        e, parts = self.model.embeddings, []
        if step.pending is not None:
            parts.append(e.text_tokens(*map(torch.from_numpy, pairs([step.pending]))))
        if step.pending_voice is not None:
            parts.append(e.voice_tokens(torch.from_numpy(step.pending_voice[None])))
        behind = len(parts)
        levels = torch.from_numpy(step.audio).view(self.config.audio_tokens, -1, 80)
        parts.append(e.audio_tokens(levels))
        if step.patches is not None:
            p = step.patches
            places = (torch.from_numpy(a) for a in (p.pixels, p.row, p.column, p.stream))
            parts.append(e.patch_tokens(*places))
        if step.text:
            parts.append(e.text_tokens(*map(torch.from_numpy, pairs(step.text))))
        return self._advance(cache, turn, torch.cat(parts), behind)

    @torch.inference_mode()
    def token(self, cache: TorchCache, turn: int, token: int, stream: int) -> State:
        x = self.model.embeddings.text_tokens(*map(torch.from_numpy, pairs([(token, stream)])))
        return self._advance(cache, turn, x)

    @torch.inference_mode()
    def voice(self, cache: TorchCache, turn: int, share: np.ndarray) -> State:
        x = self.model.embeddings.voice_tokens(torch.from_numpy(share[None]))
        return self._advance(cache, turn, x)

    @torch.inference_mode()
    def draw(self, hidden: np.ndarray, noise: np.ndarray) -> np.ndarray:
        share = self.model.flow.draw(torch.from_numpy(hidden[None]), torch.from_numpy(noise[None]))
        return np.asarray(share[0])

    def _advance(self, cache: TorchCache, turn: int, x: Tensor, behind: int = 0) -> State:
        """x: (n, width); the first `behind` tokens belong to the micro-turn before."""
        token = cache.count + torch.arange(len(x))
        turns = torch.full((len(x),), turn)
        turns[:behind] -= 1
        hidden, new = self.model.append(x[None], token[None], turns[None], cache.layers or None)
        cache.append(new)
        last = hidden[0, -1]
        return State(last.numpy(), self.model.text_head(last).numpy())
