"""The training loop: the same on two CPU cores and on a GPU, resumable at any moment.

Where there are matrix units, products are in bfloat16; weights and optimisers stay in float32.
"""

from __future__ import annotations

import json
import pickle
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

import numpy as np
import torch

from engine.model.checkpoint import CheckpointError, save_checkpoint
from engine.model.config import ModelConfig
from engine.model.interaction import InteractionModel
from engine.model.tokenizer import Tokenizer
from engine.training import plot
from engine.training.accelerate import accelerate, matrix_units
from engine.training.aligned import Aligned
from engine.training.batches import Batch
from engine.training.glances import Glances
from engine.training.muon import optimisers
from engine.training.objective import Forward, Glancing, Losses, losses
from engine.training.peers import Peers
from engine.training.recipe import Recipe

LONG_MIN = 30.0  # a run must last for compiling to pay where it is no several times faster
READ_EVERY, RESUME, LOG, PLOT = 20, "resume.pt", "log.jsonl", "losses.png"


class Trainer:
    """Owns the weights, their running average, the optimisers, the clock and the log."""

    def __init__(
        self, model: InteractionModel, tokenizer: Tokenizer, recipe: Recipe, out: Path,
        peers: Sequence[Path] = (),
    ) -> None:  # fmt: skip
        self.device = device()
        self.peers = Peers(out, peers)
        self.model, self.tokenizer, self.recipe, self.out = model, tokenizer, recipe, out
        self.model.to(self.device)
        self.halved = matrix_units(self.device)
        self.by: Forward = model
        if recipe.aligned:
            self.by = Aligned(model, "bf16" if self.halved else "fp32")
        elif self.halved or recipe.minutes >= LONG_MIN:
            accelerate(model, recipe.rows, recipe.length, self.halved)
        self.optimisers = optimisers(model, recipe.matrix_lr, recipe.other_lr, self.halved)
        self.rates = [group["lr"] for o in self.optimisers for group in o.param_groups]
        self.average = {k: v.detach().clone() for k, v in model.state_dict().items()}
        self.glances = Glances(recipe.seed)
        self.step, self.spent_s, self.scale = 0, 0.0, 0.0
        self._tokens, self._read_at = 0, time.monotonic()
        self._read_every = READ_EVERY if self.device.type == "cuda" else 1
        out.mkdir(parents=True, exist_ok=True)

    def run(
        self, batches: Iterator[Batch], watch: Callable[[dict[str, float]], None], until_s: float
    ) -> None:
        """Train until the recipe's minutes are over, or `until_s` seconds of this call."""
        began = saved = time.monotonic()
        before = self.spent_s
        try:
            while self.progress < 1.0 and time.monotonic() - began < until_s:
                batch = next(batches)
                result = self._advance(batch)
                self.spent_s = before + time.monotonic() - began
                self._read(result, batch, watch)
                self.peers.meet([self.model.state_dict(), self.average], self.step)
                if time.monotonic() - saved > self.recipe.save_every_s:
                    self.save()
                    saved = time.monotonic()
        finally:
            self.save()

    @property
    def progress(self) -> float:
        return min(1.0, self.spent_s / (self.recipe.minutes * 60))

    def _advance(self, batch: Batch) -> Losses:
        self._schedule()
        with torch.autocast(self.device.type, torch.bfloat16, self.halved):
            letters = 1.0 - 0.8 * self.progress
            glances = self.glances.draw(self.recipe.glances, self.step)
            at = Glancing(glances, self.tokenizer)
            result = losses(self.model, batch, self.device, letters, self.by, at)
        result.total.backward()
        torch.nn.utils.clip_grad_norm_(self.model.parameters(), 1.0)
        for optimiser in self.optimisers:
            optimiser.step()
            optimiser.zero_grad(set_to_none=True)
        self._follow()
        self.step += 1
        return result

    def _schedule(self) -> None:
        """Warm up, hold, then fall linearly to nothing."""
        r, p = self.recipe, self.progress
        warm = min(1.0, p / r.warmup_share, (self.step + 1) / 50)
        scale = max(0.01, min(warm if p < r.warmup_share else 1.0, (1.0 - p) / r.cooldown_share))
        groups = [group for o in self.optimisers for group in o.param_groups]
        for group, rate in zip(groups, self.rates, strict=True):
            group["lr"] = rate * scale
        self.scale = scale

    @torch.no_grad()
    def _follow(self) -> None:
        """Running average of the weights, fast at first."""
        keep = min(self.recipe.average, (self.step + 1) / (self.step + 10))
        now = {n: v for n, v in self.model.state_dict().items() if v.is_floating_point()}
        torch._foreach_lerp_([self.average[n] for n in now], list(now.values()), 1 - keep)

    def _read(
        self, result: Losses, batch: Batch, watch: Callable[[dict[str, float]], None]
    ) -> None:
        """Log and show figures. On a GPU every so often only: reading them waits for it."""
        self._tokens += batch.tokens
        if self.step % self._read_every:
            return
        figures = result.figures()
        now = time.monotonic()
        rate, self._tokens, self._read_at = self._tokens / (now - self._read_at), 0, now
        told = {"step": self.step, "minutes": self.spent_s / 60, "rate": self.scale} | figures
        told |= {"tokens_per_s": rate, "stream_s": batch.seconds}
        self._log(told)
        watch(told)

    def _log(self, figures: dict[str, float]) -> None:
        with (self.out / LOG).open("a") as log:
            log.write(json.dumps({k: round(v, 5) for k, v in figures.items()}) + "\n")

    def save(self) -> None:
        """The checkpoint to use (averaged weights) and, beside it, what resuming needs."""
        config = self.model.config
        weights = {k: v.float().cpu().numpy() for k, v in self.average.items()}
        save_checkpoint(self.out, config, self.tokenizer, weights)
        state = {
            "model": self.model.state_dict(), "average": self.average,
            "optimisers": [o.state_dict() for o in self.optimisers],
            "step": self.step, "spent_s": self.spent_s, "recipe": asdict(self.recipe),
        }  # fmt: skip
        partial = self.out / "resume.partial"
        try:
            torch.save(state, partial)
        except RuntimeError as error:  # torch's word for a disk that takes no more
            raise OSError(f"{partial} could not be written: is the disk full?") from error
        partial.rename(self.out / RESUME)
        if (self.out / LOG).exists():
            plot.draw(self.out / LOG, self.out / PLOT)

    def resume(self) -> bool:
        """Go on from `out` if a run was interrupted there. Returns whether there was one.

        Raises CheckpointError where what is there cannot be read.
        """
        path = self.out / RESUME
        if not path.exists():
            return False
        state = interrupted(path, self.device)
        try:
            self.model.load_state_dict(state["model"])
            for optimiser, saved in zip(self.optimisers, state["optimisers"], strict=True):
                optimiser.load_state_dict(saved)
        except torch.OutOfMemoryError:
            raise
        except (RuntimeError, ValueError) as error:  # torch's words for other names and shapes
            raise CheckpointError(
                f"{path} is of another version of the model: give another --out and --init "
                f"{self.out} to go on from its weights"
            ) from error
        self.average = state["average"]
        self.step, self.spent_s = state["step"], state["spent_s"]
        return True


def interrupted(path: Path, where: torch.device | None = None) -> dict[str, Any]:
    """What a run left for going on: weights, their average, optimisers, step and clock.

    Raises CheckpointError where it cannot be read.
    """
    try:
        state: dict[str, Any] = torch.load(path, map_location=where, weights_only=True)
    except (RuntimeError, EOFError, OSError, pickle.UnpicklingError) as error:
        raise CheckpointError(
            f"{path} is damaged: delete it, then give another --out and --init {path.parent} to go "
            "on from the weights beside it"
        ) from error
    return state


def device() -> torch.device:
    """Where training runs: on a GPU if there is one."""
    return torch.device("cuda" if torch.cuda.is_available() else "cpu")


def new_model(config: ModelConfig, voice: np.ndarray, seed: int) -> InteractionModel:
    """Fresh weights. voice: (frames, 80) log mel of the own voice, for its mean and deviation."""
    torch.manual_seed(seed)
    model = InteractionModel(config)
    floor = np.maximum(voice, -5.0)
    share = config.voice_frames
    model.flow.mean.copy_(torch.from_numpy(np.tile(floor.mean(0), share)))
    model.flow.deviation.copy_(torch.from_numpy(np.tile(floor.std(0) + 1e-3, share)))
    return model
