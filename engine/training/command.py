"""`aside train`: from nothing to a checkpoint, resumable, with a progress bar."""

from __future__ import annotations

import argparse
import json
import os
import signal
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import numpy as np
import torch
from filelock import FileLock, Timeout
from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn, TimeRemainingColumn

from engine.model.checkpoint import CONFIG, TOKENIZER, CheckpointError, load_checkpoint
from engine.model.config import ModelConfig
from engine.model.tokenizer import Tokenizer
from engine.runtime.loading import shipped
from engine.runtime.torch_batched import check_kernels
from engine.signal.mel import BINS
from engine.training import recipes
from engine.training.bank import SHARD_RECORDS, Bank, shards
from engine.training.batches import Batch, batches
from engine.training.beside import Beside
from engine.training.eyes import learn_to_see
from engine.training.people import MediaDirectoryError, load, noises
from engine.training.publish import publish, throat
from engine.training.recipe import Recipe
from engine.training.render import unpack
from engine.training.renderer import render
from engine.training.resident import Resident
from engine.training.rows import Gatherer
from engine.training.trainer import PLOT, RESUME, Trainer, device, interrupted, new_model
from engine.training.voices.clip import VoiceError

FIRST_SHARDS, LAYERS = 3, 1
MOST_RENDERERS = 8  # unless asked for: each holds the recordings of people
NEARLY = 0.99  # of the hours wanted are enough: files are whole
VOICE_TURNS = 2000
EPILOG = """\
example: aside train nano --out runs/nano --speech speech --noise noise

A directory of recordings holds manifest.jsonl, one JSON object a line, or such directories.
Of people: "path" below it, and where known "speaker", "licence", "split" (what is "test" only
judges), "set", "seconds", "text_norm" (lower case, numbers in words) and "words", a list of
[word, start_s, end_s]. Without word times, only single words are more than babble. Of noises:
"path", "kind" ("rir" for a room's impulse response, any other word for the rest) and "licence".

What turns the own voice's mel into sound is trained by itself, and put into what is published:
python -m engine.training.vocoder --help; --vocoder takes another than the shipped one.
"""


class Busy(Exception):
    """Two runs in one folder would write into each other's files."""


def main(argv: list[str]) -> int:
    options = _parser().parse_args(argv)
    try:
        return _do(options)
    except (CheckpointError, MediaDirectoryError, VoiceError, Busy) as error:
        print(f"aside train: {error}", file=sys.stderr)
    except OSError as error:
        where = f"{error.filename or options.out}: {error.strerror or error}"
        print(
            f"aside train: {where}. What was saved before is whole: mend that and start the same "
            "command again, or give another --out.", file=sys.stderr,
        )  # fmt: skip
    return 1


def _do(options: argparse.Namespace) -> int:
    plan = recipes.PLANS[options.recipe]
    if options.minutes:
        plan = replace(plan, recipe=replace(plan.recipe, minutes=options.minutes))
    plan = replace(plan, recipe=_changed(plan.recipe, options))
    if options.hours:
        plan = replace(plan, hours=options.hours)
    if options.only_bank:
        return _fill(plan, options)
    if options.publish:
        throat(options.vocoder)  # before hours of training
    if not options.only_publish:
        with _alone(options.out):
            _train(plan, options)
        if not options.json:
            print(_what_now(options))
    if options.publish:
        print(publish(options.out, options.vocoder, options.publish, options.halfway_to))
    return 0


@contextmanager
def _alone(out: Path) -> Iterator[None]:
    """Raises Busy while another process trains there."""
    out.mkdir(parents=True, exist_ok=True)
    lock = FileLock(out / "training.lock")
    try:
        lock.acquire(blocking=False)
    except Timeout:
        raise Busy(f"a training is running in {out}: end it first, or give another --out") from None
    with lock:
        yield


def _changed(recipe: Recipe, options: argparse.Namespace) -> Recipe:
    """Raises ComputeError where it cannot be done."""
    if options.aligned:
        check_kernels(device())
    return replace(
        recipe,
        matrix_lr=recipe.matrix_lr * options.rate,
        other_lr=recipe.other_lr * options.rate,
        cooldown_share=options.cooldown or recipe.cooldown_share,
        aligned=recipe.aligned or options.aligned,
        seed=options.seed,
    )


def _what_now(options: argparse.Namespace) -> str:
    curve = f"Trained; how it went is drawn in {options.out / PLOT}."
    if options.publish:
        return curve
    model = options.out / "model"
    return (
        f"{curve} To use it:\n"
        f"  aside train {options.recipe} --out {options.out} --only-publish --publish {model}\n"
        f"  aside replay talk.wav --model {model}"
    )


def _positive(text: str) -> float:
    number = float(text)
    if not 0 < number < float("inf"):
        raise argparse.ArgumentTypeError(f"{text} is no span of time above 0")
    return number


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="aside train",
        description="Train a model from scratch, or go on where a run was interrupted.",
        epilog=EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("recipe", choices=sorted(recipes.PLANS))
    parser.add_argument("--out", type=Path, default=Path("runs/nano"), help="where it all goes")
    parser.add_argument("--speech", type=Path, help="recordings of people, with a manifest")
    parser.add_argument("--noise", type=Path, help="recorded noises, with a manifest")
    parser.add_argument(
        "--minutes", type=_positive, help="of training; rendering and pictures come on top"
    )
    parser.add_argument("--hours", type=_positive, help="stream time to render into the bank")
    parser.add_argument(
        "--init", type=Path, help="start from the weights of this run or checkpoint"
    )
    parser.add_argument(
        "--eyes", type=float, metavar="MIN",
        help="minutes in which what sees looks at pictures by itself, before training (as the "
        "recipe says; with --init: 0)",
    )  # fmt: skip
    parser.add_argument(
        "--spent", type=float, default=0.0, help="minutes already trained, counted by --minutes"
    )
    parser.add_argument(
        "--rate", type=_positive, default=1.0,
        help="share of the recipe's learning rates; 0.5 for weights that have settled",
    )  # fmt: skip
    parser.add_argument(
        "--cooldown", type=_positive, help="share of the run over which the rates fall to nothing"
    )
    parser.add_argument(
        "--aligned", action="store_true",
        help="what is computed forward is, bit for bit, what sessions compute on a GPU by our "
        "kernels; slower, and needs one",
    )  # fmt: skip
    _add_running(parser)
    return parser


def _add_running(parser: argparse.ArgumentParser) -> None:
    """Options of how it runs here; none of them is of the recipe."""
    parser.add_argument(
        "--peer", type=Path, action="append", default=[],
        help="--out of another run of this recipe, to learn together with; may be given again",
    )  # fmt: skip
    parser.add_argument(
        "--until", type=float, default=1e9, help="end this call so many s after its first step"
    )
    parser.add_argument("--threads", type=int, default=2, help="of the processor, to train (2)")
    parser.add_argument("--seed", type=int, default=0, help="of scenes and new weights (0)")
    parser.add_argument(
        "--renderers", type=int, default=min(MOST_RENDERERS, os.cpu_count() or 1),
        help="processes that render scenes",
    )  # fmt: skip
    parser.add_argument("--shard", type=int, default=SHARD_RECORDS, help="scenes in a file")
    parser.add_argument("--only-bank", action="store_true", help="render scenes, do not train")
    parser.add_argument("--publish", type=Path, help="write a loadable checkpoint there")
    parser.add_argument(
        "--halfway-to", type=Path, metavar="CHECKPOINT",
        help="publish the mean of what was learned and of these weights, which it began from",
    )  # fmt: skip
    parser.add_argument("--only-publish", action="store_true", help="publish what is in --out")
    parser.add_argument(
        "--vocoder", type=Path, default=shipped() / "model.safetensors", metavar="FILE",
        help="weights that hold the vocoder to publish (the shipped checkpoint's)",
    )  # fmt: skip
    parser.add_argument("--json", action="store_true", help="figures, one JSON object per line")


def _bar(quiet: bool) -> Progress:
    return Progress(
        TextColumn("{task.description}"), BarColumn(), TimeRemainingColumn(),
        console=Console(stderr=True), disable=quiet or not sys.stderr.isatty(),
    )  # fmt: skip


def _fill(plan: recipes.Plan, options: argparse.Namespace) -> int:
    with _bar(options.json) as bar:
        task = bar.add_task("rendering scenes", total=plan.hours * 3600)
        render(
            plan, options.out, options.speech, options.seed, plan.hours, options.shard,
            lambda seconds: bar.advance(task, seconds),
        )  # fmt: skip
    return 0


def _train(plan: recipes.Plan, options: argparse.Namespace) -> None:
    torch.set_num_threads(options.threads)
    # What is wrong with these is told here: not by a renderer, nor after all has been rendered.
    if options.speech:
        load(options.speech, "train")
    if options.noise:
        noises(options.noise, "train")
    if options.init:
        stored_weights(options.init)
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))  # what was learned is saved first
    with Beside(options.out) as beside:
        if plan.resident:
            _learn_resident(plan, options, beside)
        else:
            _learn_read(plan, options, beside)


def _learn_read(plan: recipes.Plan, options: argparse.Namespace, beside: Beside) -> None:
    """Batches are made by the processor from records as they are read.

    All is rendered first, on all cores: beside it training on the same cores would crawl.
    """
    bank = Bank(options.out / "bank", plan.weights)
    if bank.hours < NEARLY * plan.hours:
        beside.render(options, plan.hours - bank.hours)
        _wait_for_all(beside, bank, plan.hours, options.json)
    tokenizer = _tokenizer(plan, options, bank.words)
    config = replace(plan.config, vocabulary=len(tokenizer))
    trainer = _trainer(plan, options, config, tokenizer, bank.voice())
    rng = np.random.default_rng([options.seed, trainer.step])
    around = recipes.noise_bank(options.noise, options.speech)
    rows, length = plan.recipe.rows, plan.recipe.length
    _run(trainer, batches(bank.draw, around, config, tokenizer, rows, length, rng), options)


def _wait_for_all(beside: Beside, bank: Bank, hours: float, quiet: bool) -> None:
    """Until all is rendered, with a bar that moves as files are done."""
    with _bar(quiet) as bar:
        task = bar.add_task("rendering scenes", total=hours)

        def look() -> bool:
            bank.glance()
            bar.update(task, completed=bank.hours)
            return False

        beside.wait(look)
    bank.refresh()


def _learn_resident(plan: recipes.Plan, options: argparse.Namespace, beside: Beside) -> None:
    """The bank lies on the device; batches are gathered there, while scenes are rendered."""
    files = options.out / "bank"
    if not shards(files):
        beside.render(options, plan.hours)
    beside.wait(lambda: len(shards(files)) >= FIRST_SHARDS)
    tokenizer = _tokenizer(plan, options, lambda: Bank(files).words())
    config = replace(plan.config, vocabulary=len(tokenizer))
    config.save(options.out / CONFIG)
    beside.lay(LAYERS)
    bank = Resident(options.out / "bank", device(), plan.weights)
    beside.wait(lambda: bank.refresh() > 0)
    if not beside.rendering and bank.hours < plan.hours:
        beside.render(options, plan.hours - bank.hours)
    voice = bank.voice.rows[:VOICE_TURNS].cpu().numpy()
    trainer = _trainer(plan, options, config, tokenizer, voice)
    around = recipes.noise_bank(options.noise, options.speech)
    seed = options.seed + trainer.step
    gatherer = Gatherer(bank, around, config, plan.recipe.rows, plan.recipe.length, seed)
    _run(trainer, gatherer.batches(), options)


def _trainer(
    plan: recipes.Plan,
    options: argparse.Namespace,
    config: ModelConfig,
    tokenizer: Tokenizer,
    voice: np.ndarray,
) -> Trainer:
    """voice: packed mel of the own voice, (..., 80)."""
    model = new_model(config, unpack(voice.reshape(-1, BINS)), options.seed)
    trainer = Trainer(model, tokenizer, plan.recipe, options.out, options.peer)
    if not trainer.resume():
        if options.init is not None:
            _start_from(trainer, options.init)
            trainer.spent_s = options.spent * 60
        _open_eyes(trainer, plan, options)
    return trainer


def _open_eyes(trainer: Trainer, plan: recipes.Plan, options: argparse.Namespace) -> None:
    """What sees learns by itself first; not again where weights to start from can see already."""
    usual = 0.0 if options.init else plan.eyes_min
    minutes = usual if options.eyes is None else options.eyes
    if not minutes:
        return
    stem, average = trainer.model.embeddings.patches, trainer.average
    with _bar(options.json) as bar:
        task = bar.add_task("looking at pictures", total=1.0)
        learn_to_see(
            stem, trainer.model.config, minutes, options.seed,
            lambda share, loss: bar.update(task, completed=share),
        )  # fmt: skip
    for name, value in trainer.model.state_dict().items():
        if name.startswith("embeddings.patches."):
            average[name].copy_(value)
    trainer.save()


def _run(trainer: Trainer, stream: Iterator[Batch], options: argparse.Namespace) -> None:
    with _bar(options.json) as bar:
        task = bar.add_task("training", total=1.0)

        def watch(figures: dict[str, float]) -> None:
            bar.update(task, completed=trainer.progress, description=_told(figures))
            if options.json and trainer.step % 20 == 0:
                print(json.dumps(figures), flush=True)

        trainer.run(stream, watch, options.until)


def _told(figures: dict[str, float]) -> str:
    return f"step {figures['step']:.0f}: words {figures['words']:.0%}, text {figures['text']:.2f}"


def _tokenizer(
    plan: recipes.Plan, options: argparse.Namespace, words: Callable[[], Iterator[str]]
) -> Tokenizer:
    """The run's own if it has one, else that of the initial checkpoint, else a new one."""
    path = options.out / TOKENIZER
    if path.exists():
        return Tokenizer.load(path)
    if options.init is not None:
        tokenizer = load_checkpoint(options.init).tokenizer
    else:
        texts = [*words(), *recipes.texts(options.speech)]
        tokenizer = Tokenizer.train(texts, plan.config.vocabulary)
    tokenizer.save(path)
    return tokenizer


def _start_from(trainer: Trainer, directory: Path) -> None:
    """The weights of a run, or of a checkpoint, which lacks what only training needs.

    What is not there, or has another shape, starts afresh.
    """
    stored = stored_weights(directory)
    for state in (trainer.model.state_dict(), trainer.average):
        for name, value in state.items():
            if name in stored and stored[name].shape == value.shape:
                value.copy_(stored[name])


def stored_weights(directory: Path) -> dict[str, torch.Tensor]:
    """The averaged weights of a run, letters' heads and all, or else those of a checkpoint."""
    whole = directory / RESUME
    if whole.is_file():
        average: dict[str, torch.Tensor] = interrupted(whole, torch.device("cpu"))["average"]
        return average
    weights = load_checkpoint(directory).weights
    return {name: torch.from_numpy(value) for name, value in weights.items()}
