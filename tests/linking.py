"""A link to a scripted engine, and what a test needs to watch it."""

from __future__ import annotations

import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TypeVar

import psutil

from engine.client.events import Event, Said
from engine.client.link import EngineLink
from engine.client.live import Opening
from tests.scripted import tone

SERVER = [sys.executable, "-m", "tests.scripted"]
E = TypeVar("E")


class Listener:
    """Collects events from the link's thread and lets a test wait for them."""

    def __init__(self) -> None:
        self.events: list[Event] = []
        self._changed = threading.Condition()

    def __call__(self, event: Event) -> None:
        with self._changed:
            self.events.append(event)
            self._changed.notify_all()

    def of(self, kind: type[E]) -> list[E]:
        with self._changed:
            return [event for event in self.events if isinstance(event, kind)]

    def wait(self, done: Callable[[], bool], within_s: float = 20.0) -> None:
        with self._changed:
            assert self._changed.wait_for(done, within_s), self.events

    def until(self, kind: type[E], count: int = 1) -> E:
        self.wait(lambda: len(self.of(kind)) >= count)
        return self.of(kind)[count - 1]


@contextmanager
def linked(opening: Opening | None = None) -> Iterator[tuple[EngineLink, Listener]]:
    listener = Listener()
    link = EngineLink.local(listener, command=SERVER, opening=opening).start()
    try:
        yield link, listener
    finally:
        assert link.stop()


def hear_until(link: EngineLink, done: Callable[[], bool], within_s: float = 30.0) -> None:
    """Sends silence, faster than real time, until `done`."""
    deadline = time.monotonic() + within_s
    while not done():
        assert time.monotonic() < deadline, "it did not happen"
        link.send_audio(tone(0))
        time.sleep(0.02)


def speak(link: EngineLink, listener: Listener, words: str) -> None:
    """Types words and sends sound until the engine has said the last of them."""
    link.send_text(words)
    last = words.split()[-1:]
    hear_until(link, lambda: [said.text.strip() for said in listener.of(Said)][-1:] == last)


def gone(pid: int) -> bool:
    return not psutil.pid_exists(pid) or psutil.Process(pid).status() == psutil.STATUS_ZOMBIE
