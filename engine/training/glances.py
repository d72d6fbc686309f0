"""Pictures by themselves, of which the model is asked with nothing else to go by.

What a picture in a scene shows is mostly what was noted last, so a trunk can tell it and never
look. Here somebody, or a hand, is looked at for less than a second each, in poses that nothing
foretells: what is new is noted as in any scene. In the middle of the trunk the mean of a picture's
tokens is to tell how a person stands and how many fingers are shown, and its last token what is to
be noted.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
import torch
from torch import Tensor

from engine.model.config import ModelConfig
from engine.model.tokenizer import Tokenizer
from engine.runtime.memory import SEEN
from engine.signal.mel import BINS, FRAMES_PER_TURN, LEVELS
from engine.training.batches import Batch, one_a_row
from engine.training.eyes import Look, a_camera, hand_look, person_look
from engine.training.render import Record, Seen
from engine.training.scenes.camera_show import Pose
from engine.training.scenes.hand_show import HandPose
from engine.training.scenes.numbers import words
from engine.training.scenes.practice import FINGERS, POSES
from engine.training.sequence import sequence

IN_A_ROW, TURNS_EACH = 4, 2
FRESH, KEPT = 2, 512  # rows: painted in a step, and remembered
_SAME_PLACE = 0.6
_LOUDEST_FLOOR = 5.0  # levels


@dataclass(frozen=True)
class Glance:
    """A row of pictures. states: what is to be noted of each, where it is news."""

    kind: str
    looks: tuple[Look, ...]
    states: tuple[str, ...]
    levels: np.ndarray

    def record(self) -> Record:
        """With the order to look at this kind in memory, as sight scenes have it. As a camera does,
        every micro-turn shows a picture; a new one is noted on its second."""
        turns = range(0, TURNS_EACH * len(self.looks), TURNS_EACH)
        before = ("", *self.states)
        acts = [
            (turn + 1, f"{SEEN} {state}")
            for turn, last, state in zip(turns, before, self.states, strict=False)
            if state != last
        ]
        seen = [
            _seen(turn + later, look)
            for turn, look in zip(turns, self.looks, strict=True)
            for later in range(TURNS_EACH)
        ]
        frames = len(self.levels)
        return Record(
            "glance", np.zeros((frames, BINS), np.uint8), np.zeros(frames, np.uint8), (), (), (),
            (), (), tuple(acts), tuple(seen), (), (f"look {self.kind}",),
        )  # fmt: skip


def _seen(turn: int, look: Look) -> Seen:
    part = look.patches
    pixels = np.rint((part.pixels + 1) * 127.5).astype(np.uint8)
    return Seen(turn, pixels, *(v.astype(np.uint8) for v in (part.row, part.column, part.stream)))


def glance(rng: np.random.Generator) -> Glance:
    """Somebody in poses of one kind, or a hand, mostly of one person in one room."""
    kind = str(rng.choice([*POSES, FINGERS]))
    camera = a_camera(rng)
    looks, states = list[Look](), list[str]()
    for _ in range(IN_A_ROW):
        if rng.random() > _SAME_PLACE:
            camera = a_camera(rng)
        if kind == FINGERS:
            hand = HandPose.any(rng)
            looks.append(hand_look(camera, hand))
            states.append(words(hand.fingers))
        else:
            state = str(rng.choice(list(POSES[kind])))
            looks.append(person_look(camera, _varied(POSES[kind][state], rng)))
            states.append(state)
    return Glance(kind, tuple(looks), tuple(states), _quiet(rng))


def _varied(pose: Pose, rng: np.random.Generator) -> Pose:
    x = float(rng.uniform(0.35, 0.65)) if pose.x > 0 else pose.x
    return replace(pose, x=x, left=float(rng.uniform(0.05, 0.4)))


def _quiet(rng: np.random.Generator) -> np.ndarray:
    """dMel of a room in which nobody speaks: even noise of some colour."""
    frames = IN_A_ROW * TURNS_EACH * FRAMES_PER_TURN
    colour = rng.uniform(0.0, _LOUDEST_FLOOR) + np.linspace(0.0, rng.uniform(-3.0, 1.0), BINS)
    noise = colour + rng.normal(0.0, 0.7, (frames, BINS))
    return np.clip(np.rint(noise), 0, LEVELS - 1).astype(np.uint8)


class Glances:
    """Pictures for one step after the other: some are new, and the rest may have been seen before.

    What a step gets hangs on the seed and its number alone, so a run that goes on gets the same.
    """

    def __init__(self, seed: int) -> None:
        self._seed, self._painted = seed, dict[int, Glance]()

    def draw(self, pictures: int, step: int) -> list[Glance]:
        """As many rows as hold so many pictures."""
        count = pictures // IN_A_ROW
        end = count + step * FRESH
        first = max(0, end - KEPT)
        rng = np.random.default_rng([self._seed, 10, step])
        chosen = first + rng.choice(end - first, count, replace=False)
        self._painted = {number: one for number, one in self._painted.items() if number >= first}
        return [self._glance(int(number)) for number in chosen]

    def _glance(self, number: int) -> Glance:
        if number not in self._painted:
            self._painted[number] = glance(np.random.default_rng([self._seed, 9, number]))
        return self._painted[number]


def glance_batch(glances: list[Glance], config: ModelConfig, tokenizer: Tokenizer) -> Batch:
    """One glance a row."""
    parts = [sequence(one.record(), one.levels, config, tokenizer) for one in glances]
    return one_a_row(parts, IN_A_ROW * TURNS_EACH, config)


def picture_means(hidden: Tensor, batch: Batch) -> Tensor:
    """(B, T, width) of a batch of glances -> (pictures, width), in order."""
    at = torch.as_tensor(batch.patch_at, device=hidden.device)
    return hidden.flatten(0, 1)[at].view(hidden.shape[0] * IN_A_ROW, -1, hidden.shape[-1]).mean(1)
