"""Train the vocoder: `python -m engine.training.vocoder --out runs/vocoder --minutes 20`.

What is learned, and by which measure, says loss; from what, batches.
"""

from __future__ import annotations

import argparse
import time
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from rich.progress import Progress, TaskID
from safetensors.numpy import save_file

from engine.model.vocoder_torch import VocoderNetwork
from engine.training.vocoder.batches import FINE, Batch, batches
from engine.training.vocoder.loss import pitch_loss, sound_loss
from engine.training.vocoder.sentences import sentences
from engine.training.vocoder.speech import Utterance, describe, read_aloud

PEAK_RATE, LAST_RATE = 2e-3, 5e-5
AVERAGING = 0.998
SAVE_EVERY_S = 60.0
STRETCHES = (1.0, 1.0, 0.85, 1.2)


@dataclass
class Training:
    """Everything that goes on from where it stopped."""

    network: VocoderNetwork
    average: VocoderNetwork
    optimiser: torch.optim.Optimizer
    chance: np.random.Generator
    steps: int = 0
    spent_s: float = 0.0


def advance(training: Training, batch: Batch, rate: float) -> dict[str, float]:
    """One step of the optimiser."""
    for group in training.optimiser.param_groups:
        group["lr"] = rate
    frames = training.network(batch.log_mel)
    pitch = pitch_loss(frames.pitch, batch.log_f0[:, ::FINE], batch.voiced[:, ::FINE])
    sound = sound_loss(frames, batch, training.chance)
    training.optimiser.zero_grad()
    (sound + 0.2 * pitch).backward()
    torch.nn.utils.clip_grad_norm_(training.network.parameters(), 1.0)
    training.optimiser.step()
    training.steps += 1
    keep = min(AVERAGING, training.steps / (training.steps + 10))
    pairs = zip(training.average.parameters(), training.network.parameters(), strict=True)
    for slow, fast in pairs:
        slow.data.lerp_(fast.data, 1 - keep)
    return {"sound": sound.item(), "pitch": pitch.item()}


def begin(device: torch.device, path: Path) -> Training:
    """A new training, or the one that `path` kept."""
    torch.manual_seed(0)
    network, average = VocoderNetwork().to(device), VocoderNetwork().to(device)
    average.load_state_dict(network.state_dict())
    optimiser = torch.optim.Adam(network.parameters(), PEAK_RATE, betas=(0.8, 0.99))
    training = Training(network, average, optimiser, np.random.default_rng(1))
    if path.is_file():
        kept = torch.load(path, map_location=device, weights_only=True)
        network.load_state_dict(kept["network"])
        average.load_state_dict(kept["average"])
        optimiser.load_state_dict(kept["optimiser"])
        training.steps, training.spent_s = kept["steps"], kept["spent_s"]
        training.chance = np.random.default_rng(1 + training.steps)
    return training


def keep(training: Training, out: Path) -> None:
    """Write the checkpoint to go on from, and the averaged weights in half precision."""
    state = {
        "network": training.network.state_dict(),
        "average": training.average.state_dict(),
        "optimiser": training.optimiser.state_dict(),
        "steps": training.steps,
        "spent_s": training.spent_s,
    }
    torch.save(state, out / "training.part")
    (out / "training.part").replace(out / "training.pt")
    weights = {
        name: value.detach().cpu().half().numpy()
        for name, value in training.average.named_parameters()
    }
    save_file(weights, out / "vocoder.part")
    (out / "vocoder.part").replace(out / "vocoder.safetensors")


def rate_at(share: float) -> float:
    """Learning rate when `share` of the time is spent: a short rise, then half a cosine."""
    fall = 0.5 * (1 + np.cos(np.pi * min(1.0, share)))
    return float(min(1.0, share / 0.01) * (LAST_RATE + (PEAK_RATE - LAST_RATE) * fall)) + 1e-6


def listen(count: int, cache: Path, progress: Progress) -> list[Utterance]:
    """The training sentences read aloud and described."""
    spoken = []
    task = progress.add_task("reading aloud", total=count)
    for index, sentence in enumerate(sentences(count)):
        stretch = STRETCHES[index % len(STRETCHES)]
        spoken.append(describe(read_aloud(sentence, cache, stretch)))
        progress.advance(task)
    return spoken


def run(training: Training, speech: list[Utterance], out: Path, minutes: float) -> None:
    """Train until `minutes` in all are spent, earlier sittings counted."""
    device = next(training.network.parameters()).device
    budget, kept_s = minutes * 60.0, training.spent_s
    with Progress() as progress, (out / "loss.csv").open("a") as table:
        task = progress.add_task("training", total=budget)
        progress.update(task, completed=training.spent_s)
        for batch in batches(speech, training.chance):
            began = time.monotonic()
            rate = rate_at(training.spent_s / budget)
            losses = advance(training, batch.to(device), rate)
            training.spent_s += time.monotonic() - began
            if training.steps % 50 == 0:
                _tell(progress, task, training, losses)
                table.write(f"{training.steps},{losses['sound']:.4f},{losses['pitch']:.4f}\n")
                table.flush()
            if training.spent_s >= budget or training.spent_s - kept_s > SAVE_EVERY_S:
                keep(training, out)
                kept_s = training.spent_s
            if training.spent_s >= budget:
                return


def _tell(progress: Progress, task: TaskID, training: Training, losses: dict[str, float]) -> None:
    text = f"step {training.steps} sound {losses['sound']:.3f} pitch {losses['pitch']:.3f}"
    progress.update(task, completed=training.spent_s, description=text)


def main(argv: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(
        prog="python -m engine.training.vocoder",
        description="Train the vocoder of the own voice; goes on if --out holds a training.",
        epilog="example: python -m engine.training.vocoder --out runs/vocoder --minutes 20",
    )
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--minutes", type=float, default=20.0, help="in all, resumed ones counted")
    parser.add_argument("--sentences", type=int, default=1200)
    parser.add_argument("--cache", type=Path, default=Path("runs/own-voice"))
    options = parser.parse_args(argv)
    options.out.mkdir(parents=True, exist_ok=True)
    device = torch.device("cuda" if torch.cuda.is_available() else "cpu")
    with Progress() as progress:
        speech = listen(options.sentences, options.cache, progress)
    run(begin(device, options.out / "training.pt"), speech, options.out, options.minutes)
    return 0
