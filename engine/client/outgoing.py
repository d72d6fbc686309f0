"""What the app wants to tell the engine and the engine does not have yet.

It outlives sessions: sound and pictures are of the moment and go stale, words do not. What
was typed while the engine restarted, or was on its way when it died, reaches the next one.
"""

from __future__ import annotations

import asyncio
from collections import deque
from dataclasses import replace

import numpy as np

from engine.client.events import Appended, DelegationEvent, Error, SessionEvent
from engine.client.items import Hush, Item, Mute, Picture, Sound, Source, Tracked, Words, pieces
from engine.microturn import Update

MAX_SOUNDS = 32
MAX_WORDS = 256
MAX_SENDINGS = 2


class Outgoing:
    """Bounded queues in front of one session after the other; for the loop's thread alone.

    Words go before pictures and pictures before sound, so that they are there when the sound
    completes the micro-turn. A word goes out again when a session ended without confirming it,
    once: it may be what ended the session.
    """

    def __init__(self) -> None:
        self._sounds: deque[Sound] = deque(maxlen=MAX_SOUNDS)
        self._pictures: dict[Source, bytes] = {}
        self._words: deque[Words] = deque()
        self._unconfirmed: dict[str, Words] = {}
        self._delegations: set[str] = set()
        self._muted = False
        self._mute_due = False
        self._hush: Hush | None = None
        self._addressed: bool | None = None
        self._was_addressed = False  # since the newest sound
        self._wake = asyncio.Event()
        self._open = False
        self._sees = False
        self._count = 0

    def hear(self, samples: np.ndarray) -> None:
        """Sound; without a session it is lost, with a slow one the oldest is."""
        if self._open:
            addressed = self._was_addressed or self._addressed
            self._was_addressed = False
            self._sounds.append(Sound(samples, addressed))
            self._wake.set()

    def address(self, on: bool) -> None:
        """What is heard from now on is meant for the model, or not; across sessions. A moment
        between two sounds counts for the second."""
        self._was_addressed = self._was_addressed or on
        self._addressed = on

    def see(self, source: Source, encoded: bytes) -> None:
        """A picture; only the newest of each source waits."""
        if self._open and self._sees:
            self._pictures[source] = encoded
            self._wake.set()

    def say(self, said: str | Update) -> Error | None:
        """A text or an update. An Error when too many wait already.

        A long update goes in pieces: a server takes so many tokens at a time.
        """
        if len(self._words) + len(self._unconfirmed) >= MAX_WORDS:
            return Error("too_much_pending", f"{MAX_WORDS} messages wait for the engine already")
        parts: list[str | Update] = [said] if isinstance(said, str) else [*pieces(said)]
        for number, part in enumerate(parts, 1):
            self._count += 1
            self._words.append(Words(f"words_{self._count}", part, more=number < len(parts)))
        self._wake.set()
        return None

    def mute(self, muted: bool) -> None:
        self._muted = muted
        self._mute_due = True
        self._wake.set()

    def hush(self, generation: int, played_ms: int) -> None:
        """The user silenced a voice of this session; of another one it means nothing."""
        if self._open:
            self._hush = Hush(generation, played_ms)
            self._wake.set()

    def begin(self, sees: bool) -> None:
        """A session is open: what it must know goes out first. sees: whether it wants pictures."""
        self._open, self._sees = True, sees
        self._mute_due = self._muted
        self._wake.set()

    def end(self) -> list[Error]:
        """The session is over. Returns what is given up, one Error each."""
        self._open, self._hush = False, None
        self._sounds.clear()
        self._pictures.clear()
        self._delegations.clear()
        lost = [words for words in self._unconfirmed.values() if words.sendings >= MAX_SENDINGS]
        again = [words for words in self._unconfirmed.values() if words.sendings < MAX_SENDINGS]
        self._unconfirmed.clear()
        self._words.extendleft(reversed(again))
        message = "the engine was lost twice while it took this in; it is not sent again"
        return [Error("undeliverable", message, words.id) for words in lost]

    def untaken(self) -> list[str | Update]:
        """What was said and no session confirmed, in order."""
        return [words.said for words in (*self._unconfirmed.values(), *self._words)]

    def notice(self, event: SessionEvent) -> SessionEvent:
        """Learns from what the session answers; says in the app's own words what that is about."""
        if isinstance(event, DelegationEvent):
            self._delegations.add(event.id)
        if isinstance(event, Appended | Error) and event.client_event_id is not None:
            words = self._unconfirmed.pop(event.client_event_id, None)
            if isinstance(event, Appended) and words and isinstance(words.said, Tracked):
                return replace(event, key=words.said.key)
        return event

    async def next(self) -> Item:
        """The next to send, as soon as there is one."""
        while True:
            item = self.take()
            if item is not None:
                return item
            self._wake.clear()
            await self._wake.wait()

    def take(self) -> Item | None:
        """The next to send now; None when nothing waits."""
        if self._mute_due:
            self._mute_due = False
            return Mute(self._muted)
        if self._hush is not None:
            hush, self._hush = self._hush, None
            return hush
        if self._words:
            return self._send(self._words.popleft())
        if self._pictures:
            source = next(iter(self._pictures))
            return Picture(source, self._pictures.pop(source))
        return self._sounds.popleft() if self._sounds else None

    def _send(self, words: Words) -> Words:
        self._unconfirmed[words.id] = replace(words, sendings=words.sendings + 1)
        said = words.said
        # A delegation of an earlier session means nothing to this one; its result still does.
        if isinstance(said, Update) and said.delegation_id not in self._delegations:
            return replace(words, said=replace(said, delegation_id=None))
        return words
