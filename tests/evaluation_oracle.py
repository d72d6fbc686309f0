"""A session that knows the script: it plays a scene's own words and voice, or spoils them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import numpy as np

from engine.microturn import TURN_S, TURN_SAMPLES, Act, InputTurn, OutputTurn
from engine.runtime.memory import NOTES
from engine.training.render import heard_words, say_record
from engine.training.scenes.stage import Say, Scene


def deeds(scene: Scene) -> list[tuple[int, str]]:
    """What is done in it, but for what a session notes for itself, which nobody gets."""
    return [(turn, act) for turn, act in scene.acts if act.partition(" ")[0] not in NOTES]


@dataclass(frozen=True)
class _Part:
    audio: np.ndarray
    generation: int


class Oracle:
    """Does in every micro-turn what training would have taught it to do there."""

    def __init__(self, scene: Scene, says: Iterable[Say] | None = None) -> None:
        self.heard: dict[int, list[str]] = defaultdict(list)
        self.say: dict[int, list[str]] = defaultdict(list)
        self.parts: dict[int, _Part] = {}
        self.acts: dict[int, list[Act]] = defaultdict(list)
        for turn, text in deeds(scene):
            name, _, about = text.partition(" ")
            self.acts[turn].append(Act(name, {"text": about}))
        for turn, word in heard_words([p for p in scene.sounds if not p.background]):
            self.heard[turn].append(word)
        for generation, said in enumerate(scene.says if says is None else says, 1):
            self.plan(said, generation)

    def plan(self, said: Say, generation: int) -> None:
        for turn, word in say_record(said).words:
            self.say[turn].append(word)
        for index in range(said.turns):
            audio = np.zeros(TURN_SAMPLES, np.float32)
            part = said.clip.audio[index * TURN_SAMPLES : (index + 1) * TURN_SAMPLES]
            audio[: len(part)] = part
            self.parts[said.turn + index] = _Part(audio, generation)

    def step(self, turn: InputTurn) -> OutputTurn:
        part = self.parts.get(turn.index)
        return OutputTurn(
            turn.index,
            heard=" ".join(self.heard[turn.index]),
            say=" ".join(self.say[turn.index]),
            acts=tuple(self.acts[turn.index]),
            speaking=part is not None,
            audio=part.audio if part else None,
            generation=part.generation if part else 0,
        )

    def snapshot(self) -> Any:
        raise NotImplementedError

    def restore(self, state: Any) -> None:
        raise NotImplementedError


def turns(seconds: float) -> int:
    return round(seconds / TURN_S)
