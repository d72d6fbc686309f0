"""The engine is let go to free its memory, and the session goes on when it is back."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

import numpy as np
import psutil
import pytest

from engine.client.events import (
    ActEvent,
    EngineLost,
    EngineReady,
    EngineResting,
    EngineStarting,
    Said,
    Started,
    TurnDone,
)
from engine.client.link import EngineLink
from engine.client.live import Address, Opening
from engine.microturn import InputTurn, OutputTurn, Update
from engine.runtime import load
from engine.server.rest import Rested, leave, take
from tests.linking import Listener, gone, hear_until, linked, speak
from tests.scripted import tone
from tests.serving import serving

pytestmark = pytest.mark.timeout(90)


def _said(listener: Listener) -> list[str]:
    return "".join(said.text for said in listener.of(Said)).split()


def _rooms() -> list[str]:
    memory = os.environ.get("XDG_RUNTIME_DIR", "")
    folder = memory if os.path.isdir(memory) else tempfile.gettempdir()
    return [name for name in os.listdir(folder) if name.startswith("aside-rest-")]


def test_the_memory_goes_and_the_session_goes_on() -> None:
    """No process is left while it rests; words wake it, and it remembers what was before."""
    with linked() as (link, listener):
        first = listener.until(EngineReady)
        link.send_update(Update("thinking", "blue"))
        link.send_text("act before")
        hear_until(link, lambda: listener.of(ActEvent))
        link.rest()
        listener.until(EngineResting)
        assert first.pid is not None
        assert gone(first.pid)
        link.send_audio(tone(0))  # nobody hears it, and it wakes nobody
        assert len(listener.of(EngineReady)) == 1
        link.send_text("recall")
        assert listener.until(EngineReady, 2).pid != first.pid
        hear_until(link, lambda: _said(listener) == ["blue"])
        link.send_text("act after")
        hear_until(link, lambda: len(listener.of(ActEvent)) == 2)
        before, after = listener.of(ActEvent)
        assert after.turn > before.turn
    assert [event.attempt for event in listener.of(EngineStarting)] == [1, 1]
    assert not listener.of(EngineLost)


def test_the_shipped_model_goes_on_where_it_was() -> None:
    """The real engine: what its process held is free, and its micro-turns count on."""
    listener = Listener()
    link = EngineLink.local(listener, opening=Opening(ticks=True)).start()
    try:
        ready = listener.until(EngineReady)
        assert ready.pid is not None
        assert psutil.Process(ready.pid).memory_info().rss > 50 << 20
        hear_until(link, lambda: len(listener.of(TurnDone)) >= 3)
        link.rest()
        listener.until(EngineResting)
        assert gone(ready.pid)
        turns = listener.of(TurnDone)[-1].turn
        link.wake()
        listener.until(Started, 2)
        count = len(listener.of(TurnDone))
        hear_until(link, lambda: len(listener.of(TurnDone)) > count)
        assert listener.of(TurnDone)[count].turn in range(turns + 1, turns + 8)
    finally:
        assert link.stop()


def test_what_rests_is_the_session_to_the_bit(tmp_path: Path) -> None:
    """Left to a file and taken up by another session, the shipped model answers the same."""
    engine, chance = load(None), np.random.default_rng(0)
    sounds = [(0.1 * chance.standard_normal(3200)).astype(np.float32) for _ in range(10)]
    session = engine.session(7)
    outs = [session.step(InputTurn(turn, sounds[turn])) for turn in range(5)]
    leave(tmp_path / "session", Rested(engine.name, 5, outs[-1], session.snapshot()))
    rested = take(tmp_path / "session", engine.name)
    assert rested is not None
    stepper = engine.session(7)
    stepper.restore(rested.state)
    for turn in range(5, 10):
        one, other = (s.step(InputTurn(turn, sounds[turn])) for s in (session, stepper))
        assert (one.heard, one.say, one.acts) == (other.heard, other.say, other.acts)
    assert session.state.cache.count == stepper.state.cache.count
    np.testing.assert_array_equal(session.state.cache.keys, stepper.state.cache.keys)


def test_an_engine_elsewhere_is_left_alone() -> None:
    """It has no memory here that could be freed."""
    listener = Listener()
    with serving() as server:
        link = EngineLink.remote(listener, Address(server.url, server.settings.token)).start()
        listener.until(EngineReady)
        link.rest()
        speak(link, listener, "still here")
        assert link.stop()
    assert not listener.of(EngineResting)


def test_it_can_be_stopped_while_it_rests() -> None:
    """Quitting does not wait for somebody to wake it, and nothing of the session stays."""
    before = set(_rooms())
    with linked() as (link, listener):
        listener.until(EngineReady)
        link.rest()
        listener.until(EngineResting)
    del link
    assert set(_rooms()) == before


def test_a_resting_session_is_read_once_and_by_its_own_engine_alone(tmp_path: Path) -> None:
    """It is for its user's eyes only; damaged, or of another model, a new session begins, and what
    another model left waits for that one."""
    path = tmp_path / "session"
    leave(path, Rested("nano", 3, OutputTurn(2), np.arange(3)))
    assert path.stat().st_mode & 0o777 == 0o600
    leave(path, Rested("nano", 3, OutputTurn(2), "state"))
    assert take(path, "other") is None
    rested = take(path, "nano")
    assert rested is not None
    assert (rested.turns, rested.state) == (3, "state")
    assert take(path, "nano") is None
    path.write_bytes(b"no pickle")
    assert take(path, "nano") is None
    assert take(None, "nano") is None
