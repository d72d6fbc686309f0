"""The engine is a child of the app: started with a secret, never outliving it."""

from __future__ import annotations

import signal
import subprocess
import sys
import time
from pathlib import Path

import psutil
import pytest

from engine.client.events import (
    Appended,
    Closed,
    EngineFailed,
    EngineReady,
    EngineStarting,
    Heard,
    Started,
)
from engine.client.host import Child
from engine.client.link import EngineLink
from engine.microturn import Update
from tests.linking import SERVER, Listener, gone, linked, speak
from tests.scripted import tone
from tests.serving import eventually

pytestmark = pytest.mark.timeout(60)
ROOT = Path(__file__).resolve().parent.parent


def test_a_child_is_started_used_and_ended() -> None:
    """Sound and words go there and come back from any thread; after stop no process is left."""
    with linked() as (link, listener):
        ready = listener.until(EngineReady)
        assert ready.pid is not None
        assert ready.url.startswith("ws://127.0.0.1:")
        link.send_audio(tone(440))
        assert listener.until(Heard).text == "hz440"
        speak(link, listener, "good morning")
    assert gone(ready.pid)
    order = [type(event) for event in listener.events]
    assert order[:3] == [EngineStarting, EngineReady, Started]
    assert order[-1] is Closed
    assert listener.of(Closed) == [Closed("close_requested")]


def test_what_no_engine_took_is_not_lost(tmp_path: Path) -> None:
    """Typed while it starts, and typed after it failed: in order, for whoever is tried next."""
    listener = Listener()
    command = [*SERVER, "--model", str(tmp_path / "missing")]
    link = EngineLink.local(listener, command=command).start()
    update = Update("commentary", "it is done")
    link.send_text("first")
    link.send_update(update)
    listener.until(EngineFailed)
    eventually(lambda: not link._thread.is_alive())
    link.send_text("last")
    link.stop()
    assert link.untaken() == ["first", update, "last"]


def test_the_token_is_on_no_command_line() -> None:
    """Other users see command lines; the token of a launch is not on them."""
    with linked() as (_, listener):
        pid = listener.until(EngineReady).pid
        assert psutil.Process(pid).cmdline()[-2:] == ["--token", "-"]


def test_an_engine_that_cannot_start_is_told_in_its_words(tmp_path: Path) -> None:
    """A checkpoint that is not there is one clear failure, not a loop of restarts."""
    listener = Listener()
    command = [*SERVER, "--model", str(tmp_path / "missing")]
    link = EngineLink.local(listener, command=command).start()
    assert "no checkpoint at" in listener.until(EngineFailed).message
    assert len(listener.of(EngineStarting)) == 1
    link.send_text("nobody hears this")
    assert link.stop()


def test_a_program_that_is_not_there_is_said() -> None:
    """A command that cannot be run at all is a failure with its name."""
    listener = Listener()
    link = EngineLink.local(listener, command=["/nowhere/engine"]).start()
    assert "/nowhere/engine" in listener.until(EngineFailed).message
    assert link.stop()


PARENT = """
import sys, time
from engine.client.events import EngineReady
from engine.client.link import EngineLink
def tell(event):
    if isinstance(event, EngineReady):
        print(event.pid, flush=True)
EngineLink.local(tell, command=[sys.executable, "-m", "tests.scripted"]).start()
time.sleep(60)
"""


def test_the_shipped_engine_is_such_a_child() -> None:
    """Without being told otherwise the link starts the model that comes with Aside."""
    listener = Listener()
    link = EngineLink.local(listener).start()
    listener.until(EngineReady)
    link.send_text("what is two plus two")
    for _ in range(3):
        link.send_audio(tone(0))
    assert listener.until(Appended).kind == "text"
    assert link.stop()
    assert listener.of(Started)[0].engine == "nano"


@pytest.mark.parametrize("how", [signal.SIGKILL, signal.SIGTERM])
def test_the_child_dies_with_its_parent(how: signal.Signals) -> None:
    """However the app ends, kill -9 included, its engine is gone within seconds."""
    parent = subprocess.Popen(
        [sys.executable, "-c", PARENT], cwd=ROOT, stdout=subprocess.PIPE, text=True
    )
    assert parent.stdout is not None
    child = int(parent.stdout.readline())
    assert not gone(child)
    parent.send_signal(how)
    parent.wait()
    assert eventually(lambda: gone(child), 5)


def test_the_child_dies_with_its_parent_in_the_midst_of_a_step() -> None:
    """An engine whose step never ends does not outlive the app either."""
    with linked() as (link, listener):
        pid = listener.until(EngineReady).pid
        assert pid is not None
        link.send_text("hang 500")  # longer than this test may take
        link.send_audio(tone(0))
        time.sleep(0.3)
        assert link.stop()
        assert gone(pid)


def test_the_link_may_be_used_before_and_after_its_life() -> None:
    """Methods called too early or too late do nothing and raise nothing."""
    link = EngineLink(Child(SERVER), Listener())
    link.send_text("early")
    link.send_audio(tone(0))
    link.mute(True)
    assert link.stop()
    link.start()
    assert link.stop()
    link.send_text("late")
    link.send_audio(tone(0))
