"""The background beside a scene, held to the stream's clock.

Tools and mind take no time of their own: after each act the scene waits for them, and what they
bring comes in when the scene's author had a result come, or after the act where that is later. So
the same scene with the same session is the same on any machine.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from engine.background.belt import Belt
from engine.background.direct import is_act
from engine.background.endpoint import Endpoint
from engine.background.told import Offer, Told
from engine.evaluation.chain.due import due
from engine.evaluation.chain.mind import ScriptedMind
from engine.evaluation.chain.world import World
from engine.microturn import InputTurn, OutputTurn, Update, completion_time_s
from engine.replay.beside import Background
from engine.replay.errors import ReplayError
from engine.training.scenes.stage import Scene, plain

PATIENCE_S = 60.0
LOOK_EVERY_S = 0.002


@dataclass(frozen=True)
class Came:
    """An update that the session was given. request: of the task that brought it."""

    time_s: float
    request: str
    update: Update


class Chain(Background):
    """scene: as its author wrote it. folder: empty, for what the tools keep. came: all that the
    session was given. Raises ReplayError where the background does not come to rest."""

    def __init__(self, scene: Scene, folder: Path, ready_turn: int) -> None:
        self._mind_server = ScriptedMind(_answer(scene))
        super().__init__(lambda: Endpoint(self._mind_server.url, "scripted"))
        finding = scene.commentary[0][1] if scene.commentary else "nothing"
        world = World(folder, finding, due(scene), lambda: self._time_s)
        self.belt = world.belt()
        self._ready_turn = ready_turn
        self._bringing: list[str] = []  # the requests of what comes next, in its order
        self.came: list[Came] = []

    @property
    def asked(self) -> list[str]:
        """The requests that reached the mind; of an act it only tells what a tool brought."""
        reached = self._mind_server.asked
        return [request for request in reached if not is_act(request.partition(" ")[0])]

    def __enter__(self) -> Chain:
        self._mind_server.__enter__()
        return self

    def __exit__(self, *error: object) -> None:
        super().__exit__(*error)
        self._mind_server.__exit__(*error)

    def before(self, given: InputTurn, /) -> InputTurn:
        if given.index < self._ready_turn:
            return given
        self._mind_server.release()
        self._rest()
        with_updates = super().before(given)
        time_s, coming = completion_time_s(given.index), with_updates.updates
        self.came += [Came(time_s, *one) for one in zip(self._bringing, coming, strict=True)]
        self._bringing.clear()
        return with_updates

    def after(self, given: InputTurn, output: OutputTurn, /) -> None:
        super().after(given, output)
        if output.acts:
            self._rest()

    def _tools(self) -> Belt:
        return self.belt

    def _rest(self) -> None:
        """Until all that was asked for is done, or waits for the mind, which is held back."""
        until_s = time.monotonic() + PATIENCE_S
        while not self._resting():
            if time.monotonic() > until_s:
                raise ReplayError(f"the background did not come to rest within {PATIENCE_S:g} s")
            time.sleep(LOOK_EVERY_S)

    def _resting(self) -> bool:
        if self._agent is None or not self._agent.busy:
            return True
        if self._agent.pending or self._mind_server.released:
            return False
        return set(self._agent.open_requests) <= set(self._mind_server.asked)

    def _told(self, told: Told) -> None:
        if isinstance(told, Offer):
            assert self._agent is not None
            task = self._agent.ledger.task(told.task_id)
            self._bringing.append(task.request if task is not None else "")
        super()._told(told)


def _answer(scene: Scene) -> Callable[[str], str]:
    """What the scene's author had found, or else the request itself."""
    if scene.commentary:
        return lambda _request: scene.commentary[0][1]
    return lambda request: f"here is {plain(request)}"
