"""Fill a bank with rendered scenes, a shard at a time."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

import numpy as np

from engine.runtime.memory import NOTES
from engine.training.bank import SHARD_RECORDS, write_shard
from engine.training.render import Record, record
from engine.training.scenes.backdrop import CHANCE, backdrop
from engine.training.scenes.recall import bystanders, past
from engine.training.scenes.stage import Cast, Stage, new_stage

Write = Callable[[Stage, str], None]
NewCast = Callable[[np.random.Generator], Cast]
REMEMBERS = 0.25  # of the scenes in which nothing is kept begin with lines that were kept before
SPOKE = 0.8  # of all scenes have something that was said before them
UNHEARD = 0.04  # of those in which it speaks somebody silences its voice


def records(
    scenes: Mapping[str, tuple[Write, float]], new_cast: NewCast, rng: np.random.Generator
) -> Iterator[Record]:
    """Endless scenes, each kind as often as its weight says."""
    names = list(scenes)
    weights = np.array([scenes[name][1] for name in names])
    weights /= weights.sum()
    while True:
        name = str(rng.choice(names, p=weights))
        stage = new_stage(name, new_cast(rng), rng)
        scenes[name][0](stage, "train")
        if not stage.shows and rng.random() < CHANCE:
            stage.shows.append(backdrop(stage))
        notes = all(act.partition(" ")[0] in NOTES for _, act in stage.acts)
        if notes and not stage.memory and rng.random() < REMEMBERS:
            stage.memory += bystanders(stage)
        if rng.random() < SPOKE:
            stage.past = past(stage, "train")
        if stage.says and rng.random() < UNHEARD:
            stage.thinking.append(unheard(stage))
        yield record(stage.scene(float(rng.uniform(0.8, 2.5))))


def unheard(stage: Stage) -> tuple[float, str]:
    """Once it has ended, it is told which words of its voice nobody heard, as a server tells it.
    What it does next is what it would have done."""
    said = stage.says[int(stage.rng.integers(len(stage.says)))]
    words = [word.text for word in said.clip.words]
    lost = " ".join(words[int(stage.rng.integers(len(words))) :])
    return said.end_s + float(stage.rng.uniform(0.0, 0.4)), f"not heard: {lost}"


def fill(
    directory: Path,
    source: Iterator[Record],
    hours: float,
    name: str,
    watch: Callable[[float], None],
    size: int = SHARD_RECORDS,
) -> None:
    """Write shards of `size` records until `hours` of stream time are in them."""
    done_s, shard, number = 0.0, [], 0
    while done_s < hours * 3600:
        item = next(source)
        done_s += item.turns * 0.2
        shard.append(item)
        watch(item.turns * 0.2)
        if len(shard) >= size or done_s >= hours * 3600:
            write_shard(directory, f"{name}-{number:04d}", shard)
            shard, number = [], number + 1
