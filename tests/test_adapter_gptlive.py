"""A GPT-Live cloud gives the same events as our own engine, without any extension of ours."""

from __future__ import annotations

import json

import numpy as np
import pytest

from engine.client.events import (
    Appended,
    Closed,
    DelegationEvent,
    EngineFailed,
    EngineLost,
    Error,
    Heard,
    Said,
    Started,
    VoiceAudio,
)
from engine.client.link import EngineLink
from engine.client.models.choice import GPT_LIVE, Remote
from engine.client.models.link import chosen_link, link
from engine.microturn import Frame, Update
from tests.linking import Listener
from tests.scripted import tone
from tests.standin import TOKEN, standing_in
from tests.standin_gptlive import SERVER, GptLiveStandin
from tests.standin_realtime import event, voice

pytestmark = pytest.mark.timeout(60)


@pytest.fixture(autouse=True)
def _key(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LIVE_KEY", TOKEN)


def linked(cloud: GptLiveStandin) -> tuple[EngineLink, Listener]:
    listener = Listener()
    remote = Remote("live", GPT_LIVE, cloud.url, "gpt-live-1", "env:LIVE_KEY", "be brief")
    return link(listener, remote).start(), listener


def span(delta: str) -> dict[str, object]:
    return {"delta": delta, "start_ms": 200, "end_ms": 400}


def test_a_conversation_is_the_events_of_our_own_engine() -> None:
    """Every message is one that the published types know, field by field; so is every answer."""
    with standing_in(GptLiveStandin()) as cloud:
        live, listener = linked(cloud)
        assert listener.until(Started) == Started("live_1", "gpt-live-1")
        start = cloud.until("session.start")["session"]
        live.send_audio(tone(440))
        cloud.until("session.input_audio.append")
        cloud.send(event(SERVER, "session.input_transcript.delta", **span("hello")))
        cloud.send(event(SERVER, "session.output_transcript.delta", **span("hi")))
        cloud.send(event(SERVER, "session.output_audio.delta", delta=voice(0.2, rate_hz=16000)))
        assert len(listener.until(VoiceAudio).samples) == 3200
        assert live.stop()
    assert start["instructions"] == "be brief"
    assert "aside" not in start
    assert listener.of(Heard) == [Heard("hello", 200, 400)]
    assert listener.of(Said) == [Said("hi", 200, 400)]
    assert cloud.paths == ["/v1/live/sessions"]
    assert Closed("close_requested") in listener.events


def test_a_delegation_comes_and_its_result_goes_back() -> None:
    """The task is in the transcript; text typed goes as instructions, and pictures stay here."""
    with standing_in(GptLiveStandin()) as cloud:
        live, listener = linked(cloud)
        listener.until(Started)
        work = {"id": "d1", "type": "delegation", "target": "client"}
        cloud.send(event(SERVER, "session.delegation.created", delegation=work, offset_ms=400))
        assert listener.until(DelegationEvent) == DelegationEvent("d1", 400)
        live.send_update(Update("commentary", "done", "d1"))
        live.send_text("typed")
        live.send_frame(Frame("screen", np.zeros((8, 8, 3), np.uint8)))
        live.mute(True)
        told = cloud.until("session.commentary.append")
        cloud.until("session.instructions.append")
        cloud.until("session.input_audio.mute")
        listener.until(Appended, 2)
        assert live.stop()
    assert (told["content"], told["delegation_id"]) == ("done", "d1")
    assert not listener.of(Error)


def test_a_cut_connection_is_followed_by_another_session() -> None:
    """The loss is told; words on their way reach the next session."""
    with standing_in(GptLiveStandin()) as cloud:
        live, listener = linked(cloud)
        listener.until(Started)
        cloud.cut()
        listener.until(EngineLost)
        live.send_text("still there?")
        listener.until(Started, 2)
        cloud.until("session.instructions.append")
        assert live.stop()


@pytest.mark.parametrize("frame", ["{", "[]", json.dumps({"type": "session.delegation.created"})])
def test_garbage_ends_the_session_not_the_app(frame: str) -> None:
    """It is an error of the protocol, and a new session follows."""
    with standing_in(GptLiveStandin()) as cloud:
        live, listener = linked(cloud)
        listener.until(Started)
        cloud.send_raw(frame)
        assert listener.until(Error).code == "protocol"
        listener.until(Started, 2)
        assert live.stop()


def test_a_wrong_key_is_final_and_a_missing_one_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    """The one comes from the server; the other is known before anything is dialled."""
    with standing_in(GptLiveStandin()) as cloud:
        monkeypatch.setenv("LIVE_KEY", "wrong")
        live, listener = linked(cloud)
        assert "token" in listener.until(EngineFailed).message
        live.stop()
    missing = Listener()
    failed = chosen_link(missing, "no-such-model").start()
    assert "no-such-model" in missing.until(EngineFailed).message
    assert failed.stop()


def test_a_slow_server_does_not_grow_the_app() -> None:
    """Sound waits in a queue of fixed length."""
    with standing_in(GptLiveStandin()) as cloud:
        live, listener = linked(cloud)
        listener.until(Started)
        cloud.call(cloud.stall(1.0))
        for _ in range(3000):
            live.send_audio(tone(440))
        cloud.until("session.input_audio.append", 10)
        assert live.stop()
    assert len(cloud.all("session.input_audio.append")) < 3000
