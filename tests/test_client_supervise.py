"""An engine that dies, hangs or goes away is replaced, visibly, and talk goes on."""

from __future__ import annotations

import asyncio
import os
import signal
import sys
import time
from pathlib import Path

import pytest

from engine.client.events import (
    Appended,
    Closed,
    DelegationEvent,
    EngineFailed,
    EngineLost,
    EngineReady,
    EngineStarting,
    Error,
    Event,
    Said,
    Started,
    State,
)
from engine.client.host import Child, Remote
from engine.client.link import EngineLink
from engine.client.live import Address, LiveClient, Opening
from engine.microturn import Update
from tests.linking import SERVER, Listener, gone, hear_until, linked, speak
from tests.scripted import tone
from tests.serving import eventually, serving

pytestmark = pytest.mark.timeout(60)
ROOT = Path(__file__).resolve().parent.parent
HASTY = Opening(heartbeat_s=0.3, limit_s=0.6)


def test_a_killed_engine_is_replaced_and_talk_goes_on() -> None:
    """After kill -9 the app is told, a new engine starts, mute holds, and it answers again."""
    with linked() as (link, listener):
        first = listener.until(EngineReady)
        speak(link, listener, "before")
        link.mute(True)
        listener.wait(lambda: any(state.muted for state in listener.of(State)))
        assert first.pid is not None
        os.kill(first.pid, signal.SIGKILL)
        lost = listener.until(EngineLost)
        assert "status -9" in lost.reason
        second = listener.until(EngineReady, 2)
        assert second.pid != first.pid
        speak(link, listener, "after")
        listener.wait(lambda: listener.of(State)[-1].muted)
    assert Closed("connection_lost") in listener.events


def test_words_on_their_way_survive_the_engine() -> None:
    """Text and results given while the engine was dead reach its successor, once each."""
    with linked() as (link, listener):
        first = listener.until(EngineReady)
        link.send_text("delegate find it")
        link.send_audio(tone(0))
        delegation = listener.until(DelegationEvent)
        assert first.pid is not None
        os.kill(first.pid, signal.SIGKILL)
        listener.until(EngineLost)
        link.send_update(Update("commentary", "found", delegation.id))
        listener.until(EngineReady, 2)
        speak(link, listener, "typed")
    assert "".join(event.text for event in listener.of(Said)).split() == ["found", "typed"]
    assert not listener.of(Error)


def test_a_hung_engine_is_replaced() -> None:
    """A process that stands still answers no heartbeat; it is killed and replaced."""
    with linked(HASTY) as (link, listener):
        first = listener.until(EngineReady)
        assert first.pid is not None
        os.kill(first.pid, signal.SIGSTOP)
        assert "did not answer" in listener.until(EngineLost).reason
        listener.until(EngineReady, 2)
        assert gone(first.pid)
        speak(link, listener, "again")


def test_a_text_that_kills_engines_is_given_up() -> None:
    """What made two engines fail is not sent to a third; the app is told, and talk goes on."""
    with linked() as (link, listener):
        listener.until(EngineReady)
        link.send_text("crash")
        hear_until(link, lambda: "undeliverable" in [e.code for e in listener.of(Error)])
        listener.until(EngineReady, 3)
        speak(link, listener, "fine")
    assert [e.code for e in listener.of(Error)].count("undeliverable") == 1
    assert not listener.of(EngineFailed)


def test_an_engine_that_dies_again_and_again_is_given_up() -> None:
    """Failing at every start ends with EngineFailed after so many tries, each one visible."""
    listener = Listener()
    link = EngineLink.local(listener, command=[sys.executable, "-c", "raise SystemExit(3)"])
    link.start()
    assert "status 3" in listener.until(EngineFailed).message
    assert [event.attempt for event in listener.of(EngineStarting)] == [1, 2, 3, 4, 5]
    assert link.stop()


def test_an_old_session_is_followed_by_a_new_one() -> None:
    """When a session reaches its age the next begins on the same engine, with no loss told."""
    listener = Listener()
    with serving(age_s=0.4) as server:
        where = Address(server.url, server.settings.token)
        link = EngineLink.remote(listener, where).start()
        listener.until(Started, 3)
        assert link.stop()
    assert not listener.of(EngineLost)
    assert Closed("expired") in listener.events


def test_a_server_that_ends_every_session_is_not_stormed() -> None:
    """Each session that hardly began is followed more slowly; nothing is given up."""
    listener = Listener()
    with serving(age_s=0.0) as server:
        where = Address(server.url, server.settings.token)
        link = EngineLink.remote(listener, where).start()
        time.sleep(2.0)
        begun = len(listener.of(Started))
        assert link.stop()
    assert 2 <= begun <= 6
    assert not listener.of(EngineFailed)


def test_a_remote_engine_is_waited_for() -> None:
    """An engine elsewhere that goes away is tried again until it is back."""
    listener = Listener()
    with serving() as server:
        where = Address(server.url, server.settings.token)
        link = EngineLink.remote(listener, where).start()
        assert listener.until(EngineReady).pid is None
    listener.until(EngineLost, 3)
    with serving(port=int(where.url.split(":")[2].split("/")[0]), token=where.token):
        listener.until(EngineReady, 2)
        speak(link, listener, "back")
        assert link.stop()


class Nowhere(Remote):
    """An engine that is never reached."""

    async def reach(self) -> Address:
        await asyncio.Event().wait()
        raise AssertionError("nobody sets it")


class Never(LiveClient):
    """A session that never begins."""

    async def __aenter__(self) -> LiveClient:
        await asyncio.Event().wait()
        return self


@pytest.mark.parametrize("host", [Nowhere, Remote])
def test_what_is_still_being_opened_is_given_up_when_stopped(host: type[Remote]) -> None:
    """Neither an engine that is not reached nor a session that does not begin holds up the end."""
    listener = Listener()
    where = Address("ws://127.0.0.1:1/v1", "")
    link = EngineLink(host(where), listener, open_session=Never).start()
    listener.until(EngineStarting)
    began = time.monotonic()
    assert link.stop()
    assert time.monotonic() - began < 1
    assert [type(event) for event in listener.events] == [EngineStarting]


def test_a_child_that_is_still_starting_ends_when_stopped() -> None:
    """Whoever stops the link need not wait until the engine has announced itself."""
    listener = Listener()
    host = Child([sys.executable, "-c", "import time; time.sleep(60)"])
    link = EngineLink(host, listener).start()
    hanging = []

    def spawned() -> bool:
        hanging[:] = [host.pid] if host.pid is not None else []
        return bool(hanging)

    assert eventually(spawned)
    began = time.monotonic()
    assert link.stop()
    assert time.monotonic() - began < 1
    assert gone(hanging[0])


def test_a_listener_that_fails_breaks_nothing(caplog: pytest.LogCaptureFixture) -> None:
    """An error in the app's own code is logged by place, without the words, and talk goes on."""
    seen = Listener()

    def tell(event: Event) -> None:
        seen(event)
        if isinstance(event, Said):
            raise RuntimeError(f"cannot show {event.text}")

    link = EngineLink.local(tell, command=SERVER).start()
    seen.until(EngineReady)
    speak(link, seen, "secret words")
    assert seen.until(Appended).kind == "text"
    assert link.stop()
    assert "RuntimeError in test_client_supervise.py" in caplog.text
    assert "secret" not in caplog.text
