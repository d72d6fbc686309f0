"""What goes on beside a replayed session: its background, which works in the time of people.

A delegation takes as long as it takes. While one is open, a replay goes no faster than life, so
that results arrive when they would have; a tape keeps them, and replaying it needs no background.
"""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING, Protocol

from engine.background.acting import concerns, obey
from engine.background.endpoint import Endpoint
from engine.background.package import ContextPackage
from engine.background.surroundings import Surroundings
from engine.background.told import Offer, Question, Told
from engine.background.tool import Toolbelt
from engine.microturn import Act, InputTurn, OutputTurn, Update

if TYPE_CHECKING:
    from engine.background.agent import Agent


class Beside(Protocol):
    """Sees every micro-turn of a session, and may add updates to what goes in."""

    @property
    def busy(self) -> bool:
        """Whether something may still come."""
        ...

    def before(self, given: InputTurn, /) -> InputTurn: ...

    def after(self, given: InputTurn, output: OutputTurn, /) -> None: ...


class Nothing:
    """Beside a tape, which holds all that came in."""

    busy = False

    def before(self, given: InputTurn, /) -> InputTurn:
        return given

    def after(self, given: InputTurn, output: OutputTurn, /) -> None:
        pass


class Background:
    """A background agent on the session's acts, begun with the first of them. Use it as a context
    manager. mind: asked for once, then; what it gives is asked about everything.

    Only tools that change nothing are there: a recording must not set anybody's timers. Nobody is
    there to say what was meant: where a mind cannot hear the request, what was understood counts.
    """

    def __init__(self, mind: Callable[[], Endpoint | None]) -> None:
        self._time_s = 0.0
        self._surroundings = Surroundings(lambda: self._time_s)
        self._mind = mind
        self._agent: Agent | None = None
        self._updates: deque[Update] = deque()
        self._lock = threading.Lock()

    def __enter__(self) -> Background:
        return self

    def __exit__(self, *_: object) -> None:
        if self._agent is not None:
            self._agent.stop()

    @property
    def busy(self) -> bool:
        if self._agent is not None and self._agent.busy:
            return True
        with self._lock:
            return bool(self._updates)

    def before(self, given: InputTurn, /) -> InputTurn:
        with self._lock:
            came = tuple(self._updates)
            self._updates.clear()
        return replace(given, updates=given.updates + came) if came else given

    def after(self, given: InputTurn, output: OutputTurn, /) -> None:
        self._time_s = output.time_s
        self._surroundings.hear(given.audio)
        for frame in (given.camera, given.screen):
            if frame is not None:
                self._surroundings.see(frame)
        self._surroundings.words("typed", given.text)
        self._surroundings.words("user", output.heard)
        self._surroundings.words("aside", output.say)
        for number, act in enumerate(output.acts):
            self._act(act, f"replay_{output.index}_{number}")

    def _act(self, act: Act, id: str) -> None:
        if concerns(act.name):
            self._agent = self._agent or self._begun()
            obey(self._agent, act, self._package, id)

    def _package(self, request: str) -> ContextPackage:
        assert self._agent is not None
        return self._surroundings.package(request, open_tasks=self._agent.open_requests)

    def _begun(self) -> Agent:
        # Loaded only here: most replays delegate nothing and need not wait for it.
        from engine.background.agent import Agent

        agent = Agent(self._told, belt=self._tools()).start()
        agent.use(self._mind())
        return agent

    def _tools(self) -> Toolbelt:
        from engine.background.readonly import ReadOnly

        return ReadOnly()

    def _told(self, told: Told) -> None:
        if isinstance(told, Offer):
            self._surroundings.words("background", told.update.text)
            with self._lock:
                self._updates.append(told.update)
        elif isinstance(told, Question) and self._agent is not None:
            self._agent.confirm(told.task.id, told.understood)
