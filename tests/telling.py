"""A session that plays a scene's script and tells what the background brings when nobody speaks.

It is an oracle: it knows when the scene's people speak, and what they say. Whatever it tells came
in as commentary, so what does not come is not told.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from engine.microturn import TURN_S, InputTurn, OutputTurn, Session
from engine.runtime.reading import readable
from engine.training.scenes.stage import Say, Scene, plain
from engine.training.voices.roster import own_voice
from tests.evaluation_oracle import Oracle

QUIET_S = 0.4


class Teller(Oracle):
    """hooks: called on their micro-turns, before them."""

    def __init__(self, scene: Scene, hooks: Mapping[int, Callable[[], None]] | None = None) -> None:
        super().__init__(scene)
        self._scene, self._hooks = scene, dict(hooks or {})
        self._waiting: list[str] = []
        self._generation = len(scene.says)
        self._last = max(self.parts, default=-1)

    def step(self, turn: InputTurn) -> OutputTurn:
        self._hooks.get(turn.index, lambda: None)()
        self._waiting += [plain(readable(u.text)) for u in turn.updates if u.kind == "commentary"]
        if self._waiting and self._free(turn.index):
            self._generation += 1
            said = Say(turn.index, own_voice().say(self._waiting.pop(0)))
            self.plan(said, self._generation)
        return super().step(turn)

    def _free(self, turn: int) -> bool:
        """Nobody speaks now nor did a moment ago, and it has nothing else to say."""
        start_s, stop_s = turn * TURN_S - QUIET_S, (turn + 1) * TURN_S
        talk = any(p.start_s < stop_s and p.end_s > start_s for p in self._scene.sounds)
        return not talk and not any(later >= turn - 1 for later in self.parts)


@dataclass
class TellingEngine:
    """Opens tellers of one scene."""

    scene: Scene
    hooks: Mapping[int, Callable[[], None]] = field(default_factory=dict)
    name = "telling"
    sees: tuple[str, ...] = ()

    def session(self, seed: int = 0) -> Session:
        return Teller(self.scene, self.hooks)

    def count_tokens(self, text: str) -> int:
        return len(text.split())
