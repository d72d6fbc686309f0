"""What arrives between micro-turns, in bounds, until a micro-turn takes it."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass
from typing import Literal

import numpy as np

from engine.microturn import Update
from engine.server.picture import Picture
from engine.server.sound import Reception, TurnCutter
from engine.server.strict import WireError
from engine.server.talk_key import TalkKey

UNREAD_TOKENS, UPDATES_A_TURN = 1_024, 16
Kind = Literal["text", "instructions", "thinking", "commentary"]


@dataclass(frozen=True)
class Words:
    """Text for the model that waits for its micro-turn, and what to answer when it is in.

    Instructions are to be obeyed, so they reach the model the way orders do: as typed text.
    answered: whether the client is told when the model has it.
    """

    kind: Kind
    content: str
    delegation_id: str | None = None
    client_event_id: str | None = None
    answered: bool = True

    @property
    def typed(self) -> bool:
        return self.kind in ("text", "instructions")

    def update(self) -> Update:
        kind: Literal["thinking", "commentary"] = (
            "commentary" if self.kind == "commentary" else "thinking"
        )
        return Update(kind, self.content, self.delegation_id)


@dataclass(frozen=True)
class Arrivals:
    """All that one micro-turn takes in. audio: (3200,) float32 at 16 kHz.

    addressed: whether the key to talk was down at any moment of it.
    """

    audio: np.ndarray
    pictures: tuple[Picture, ...] = ()
    typed: Words | None = None
    updates: tuple[Words, ...] = ()
    addressed: bool = False

    @property
    def words(self) -> tuple[Words, ...]:
        return self.updates + ((self.typed,) if self.typed else ())


class Inbox:
    """Sound sets the pace: a micro-turn is ready when 200 ms of sound are there.

    One typed message goes into a micro-turn, some waiting updates, and of each source the
    newest picture; an older one that nobody looked at is forgotten. The key to talk belongs to
    the sound that came while it was down.
    """

    def __init__(self, rate_hz: int, behind_turns: int, pending_texts: int) -> None:
        self._cutter = TurnCutter(rate_hz, behind_turns)
        self._key = TalkKey()
        self._addressed: deque[bool] = deque()  # one for each micro-turn of sound that waits
        self.received = Reception()
        self._typed: deque[Words] = deque()
        self._updates: deque[Words] = deque()
        self._pictures: dict[str, Picture] = {}
        self._pending_texts = pending_texts
        self.closed = False
        self.muted = False

    @property
    def waiting_turns(self) -> int:
        return len(self._cutter)

    def hear(self, samples: np.ndarray) -> int:
        """Takes (n,) float32 at the wire's rate; returns the micro-turns dropped for it.

        Muted sound is silence, and its time passes. Nothing is heard after `close`.
        """
        if self.closed:
            return 0
        dropped = self._cutter.push(np.zeros_like(samples) if self.muted else samples)
        while len(self._addressed) < len(self._cutter) + dropped:
            self._addressed.append(self._key.pass_turn())
        for _ in range(dropped):
            self._addressed.popleft()
        return dropped

    def hold_key(self, down: bool) -> None:
        """The key to talk goes down or up, between the sound before and the sound after."""
        self._key.hold(down)

    def see(self, picture: Picture) -> None:
        self._pictures[picture.source] = picture

    def read(self, words: Words) -> None:
        """Raises WireError when too much waits already."""
        queue = self._typed if words.typed else self._updates
        if len(queue) >= self._pending_texts:
            message = f"{len(queue)} texts wait for the model already; wait for `appended`"
            param = "text" if words.kind == "text" else "content"
            raise WireError("too_much_pending", message, param, words.client_event_id)
        queue.append(words)

    def forget_sound(self) -> None:
        """What was not taken in yet is not heard."""
        self._cutter.clear()
        self._addressed.clear()

    def check_room(self, texts: int) -> None:
        """Raises WireError unless so many more texts may wait."""
        if max(len(self._typed), len(self._updates)) + texts > self._pending_texts:
            message = "too many texts wait for the model; let time pass first"
            raise WireError("too_much_pending", message)

    def renew(self) -> None:
        """As a copy of it goes on from here, so does this."""
        self._cutter.renew()

    def close(self) -> None:
        """No more will come: what is whole is still taken."""
        self.closed = True

    def take(self, unread: int) -> Arrivals:
        """unread: tokens that the model took earlier and has not read; with many of them words wait
        here, where they are counted."""
        room = UPDATES_A_TURN if unread < UNREAD_TOKENS else 0
        arrivals = Arrivals(
            audio=self._cutter.pop(),
            pictures=tuple(self._pictures.values()),
            typed=self._typed.popleft() if self._typed and room else None,
            updates=tuple(self._updates.popleft() for _ in range(min(room, len(self._updates)))),
            addressed=self._addressed.popleft(),
        )
        self._pictures.clear()
        return arrivals

    def give_back(self, arrivals: Arrivals) -> None:
        """Returns the words of a micro-turn that was aborted; its sound is past."""
        if arrivals.typed is not None:
            self._typed.appendleft(arrivals.typed)
        self._updates.extendleft(reversed(arrivals.updates))
