"""Open models behind SGLang-Omni give the same events as our own engine."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import numpy as np
import pytest

from engine.client.events import (
    Closed,
    EngineFailed,
    EngineLost,
    Error,
    Hushed,
    Notice,
    Said,
    Started,
    State,
    VoiceAudio,
)
from engine.client.link import EngineLink
from engine.microturn import Frame
from tests.linking import Listener, hear_until
from tests.scripted import tone
from tests.serving import eventually
from tests.standin import standing_in, talking
from tests.standin_omni import SglangStandin

pytestmark = pytest.mark.timeout(60)


@contextmanager
def conversing() -> Iterator[tuple[SglangStandin, EngineLink, Listener]]:
    """A conversation that has started, and both of its sides."""
    with (
        standing_in(SglangStandin()) as server,
        talking(server, "sglang-omni") as (link, listener),
    ):
        listener.until(Started)
        yield server, link, listener


def said(listener: Listener) -> str:
    return "".join(words.text for words in listener.of(Said))


def test_a_conversation_is_the_events_of_our_own_engine(tmp_path: Path) -> None:
    """The session is configured as documented; voice and words come at the pace of life."""
    reference = tmp_path / "voice.wav"
    reference.write_bytes(b"RIFF")
    options = {"reference_audio": str(reference), "sampling": {"greedy": True}}
    with (
        standing_in(SglangStandin()) as server,
        talking(server, "sglang-omni", "be brief", **options) as (link, listener),
    ):
        assert listener.until(Started) == Started("sess_1", "some-model")
        session = server.until("session.update")["session"]
        server.begin("r1")
        server.speak("r1", "hello", 0.8)
        server.end("r1")
        hear_until(link, lambda: len(listener.of(VoiceAudio)) >= 4)
        hear_until(link, lambda: listener.of(State)[-1].state == "listening")
    assert session["instructions"] == "be brief"
    assert session["sglang"]["sampling"] == {"greedy": True}
    assert session["sglang"]["reference_audio"]["data"] == "UklGRg=="
    assert said(listener) == "hello"
    assert server.accepted == list(range(len(server.accepted)))
    assert Closed("close_requested") in listener.events


def test_rates_are_what_the_server_grants() -> None:
    """Nemotron VoiceChat answers at 22.05 kHz: its second is our second."""
    server = SglangStandin()
    server.rates = (24_000, 22_050)
    with standing_in(server), talking(server, "sglang-omni") as (link, listener):
        listener.until(Started)
        server.begin("r1")
        server.speak("r1", "hello", 1.0)
        server.end("r1")
        hear_until(link, lambda: len(listener.of(VoiceAudio)) >= 5)
        hear_until(link, lambda: listener.of(State)[-1].state == "listening")
    assert abs(sum(len(v.samples) for v in listener.of(VoiceAudio)) - 16000) < 200


def test_a_cancelled_response_stops_and_its_rest_is_stale() -> None:
    """The server cut its answer off: what waits is dropped, and so is what still comes of it."""
    with conversing() as (server, link, listener):
        server.begin("r1")
        server.speak("r1", "a long story", 20.0)
        hear_until(link, lambda: len(listener.of(VoiceAudio)) >= 2)
        server.end("r1", "cancelled")
        listener.until(Hushed)
        before = len(listener.of(VoiceAudio))
        server.speak("r1", "stale", 2.0)
        server.begin("r2")
        server.speak("r2", "fresh", 0.4)
        hear_until(link, lambda: "fresh" in said(listener))
        hear_until(link, lambda: len(listener.of(VoiceAudio)) > before)
    assert "stale" not in said(listener)
    assert {v.generation for v in listener.of(VoiceAudio)[before:]} == {2}


def hushed(server: SglangStandin, link: EngineLink, listener: Listener, seconds: float) -> int:
    """A story is told and silenced; how much of it was heard."""
    server.begin("r1")
    server.speak("r1", "a long story", seconds)
    hear_until(link, lambda: len(listener.of(VoiceAudio)) >= 2)
    link.hush(1, 300)
    listener.until(Hushed)
    return len(listener.of(VoiceAudio))


def test_who_silences_the_voice_hears_no_more_of_it() -> None:
    """This server cannot be told: what still comes of that answer is shown and not heard."""
    with conversing() as (server, link, listener):
        before = hushed(server, link, listener, 20.0)
        server.speak("r1", "stale", 2.0)
        server.end("r1")
        server.begin("r2")
        server.speak("r2", "fresh", 0.4)
        hear_until(link, lambda: len(listener.of(VoiceAudio)) > before)
        hear_until(link, lambda: "fresh" in said(listener))
    later = listener.of(VoiceAudio)[before:]
    assert {v.generation for v in later} == {2}
    assert sum(len(v.samples) for v in later) <= 0.4 * 16_000


def test_a_model_whose_call_is_one_response_speaks_again_after_a_pause() -> None:
    """Hushed, it is silent until its words have paused for a second, and not for ever."""
    with conversing() as (server, link, listener):
        before = hushed(server, link, listener, 1.0)
        server.speak("r1", "goes on", 1.0)
        hear_until(link, lambda: "goes on" in said(listener))
        for _ in range(8):
            link.send_audio(tone(0))
        silent = len(listener.of(VoiceAudio)) == before
        server.speak("r1", "well", 0.4)
        hear_until(link, lambda: len(listener.of(VoiceAudio)) > before)
    assert silent
    assert {v.generation for v in listener.of(VoiceAudio)[before:]} == {2}


def test_sound_that_is_refused_is_a_gap_not_an_end() -> None:
    """After a full buffer the numbers go on where the server stands, and the loss is told once."""
    with conversing() as (server, link, listener):
        for _ in range(3):
            link.send_audio(tone(440))
        server.until("input_audio_buffer.append", 3)
        server.full = True
        for _ in range(5):
            link.send_audio(tone(440))
        server.until("input_audio_buffer.append", 8)
        listener.until(Notice)
        server.full = False
        hear_until(link, lambda: len(server.accepted) >= 10)
    assert server.accepted == list(range(len(server.accepted)))
    assert [notice.code for notice in listener.of(Notice)] == ["sound_dropped"]
    assert not listener.of(Error)


def test_pictures_carry_their_time() -> None:
    """One a second of each source, at the moment of the sound it belongs to."""
    with conversing() as (server, link, _listener):
        frame = Frame("screen", np.zeros((8, 8, 3), np.uint8))
        for count in range(1, 13):
            link.send_frame(frame)
            link.send_audio(tone(0))
            server.until("input_audio_buffer.append", count)
        times = [m["sglang"]["t_ms"] for m in server.all("sglang.input_image.append")]
    assert len(times) == 3
    assert times == sorted(times)


def test_both_eyes_share_what_a_unit_takes() -> None:
    """A server that takes one picture in a unit gets them in turn, and refuses none."""
    with conversing() as (server, link, listener):
        for count in range(1, 21):
            for source in ("camera", "screen"):
                link.send_frame(Frame(source, np.zeros((8, 8, 3), np.uint8)))
            link.send_audio(tone(0))
            server.until("input_audio_buffer.append", count)
        assert eventually(lambda: len(server.shown) == 4)
        kinds = [kind for _, kind in server.shown]
    assert [unit for unit, _ in server.shown] == [0, 1, 2, 3]
    assert kinds[0] != kinds[1]
    assert kinds[:2] == kinds[2:]
    assert not [*listener.of(Error), *listener.of(Notice)]


def test_pictures_go_on_after_sound_was_refused() -> None:
    """Their time is that of the sound which the server has, not of what it never took."""
    with conversing() as (server, link, listener):
        frame = Frame("screen", np.zeros((8, 8, 3), np.uint8))
        server.full = True
        for count in range(1, 31):
            link.send_audio(tone(0))
            server.until("input_audio_buffer.append", count)
        listener.until(Notice)
        server.full = False
        hear_until(link, lambda: bool(server.accepted))
        link.send_frame(frame)
        hear_until(link, lambda: bool(server.shown))
    assert [notice.code for notice in listener.of(Notice)] == ["sound_dropped"]
    assert not listener.of(Error)


def test_a_model_without_eyes_gets_no_pictures() -> None:
    """What the server did not grant is not sent."""
    server = SglangStandin()
    server.senses = ("audio",)
    with standing_in(server), talking(server, "sglang-omni") as (link, listener):
        listener.until(Started)
        link.send_frame(Frame("screen", np.zeros((8, 8, 3), np.uint8)))
        link.send_audio(tone(0))
        server.until("input_audio_buffer.append")
    assert not server.all("sglang.input_image.append")


def test_text_cannot_be_typed_to_it() -> None:
    """It is said at once, with the words' own name."""
    with conversing() as (_server, link, listener):
        link.send_text("hello?")
        assert listener.until(Error).code == "unsupported"


def test_a_full_context_and_a_cut_connection_are_followed_by_another_session() -> None:
    """The one is no loss, the other is; both go on."""
    with standing_in(SglangStandin()) as server, talking(server, "sglang-omni") as (_, listener):
        listener.until(Started)
        error = {"type": "server_error", "code": "context_exhausted", "message": "8192 tokens"}
        server.send({"type": "error", "sglang": {"fatal": True}, "error": error})
        listener.until(Started, 2)
        assert not listener.of(EngineLost)
        server.cut()
        listener.until(EngineLost)
        listener.until(Started, 3)


GARBAGE = [
    "{",
    "[1]",
    b"\x01",
    json.dumps({"type": "response.created"}),
    json.dumps({"type": "response.done", "response": "r1"}),
    json.dumps({"type": "error", "error": {"code": "x", "event_id": "audio-1"}}),
]


@pytest.mark.parametrize("frame", GARBAGE)
def test_garbage_ends_the_session_not_the_app(frame: str | bytes) -> None:
    """It is an error of the protocol, and a new session follows."""
    with standing_in(SglangStandin()) as server, talking(server, "sglang-omni") as (_, listener):
        listener.until(Started)
        server.send_raw(frame)
        assert listener.until(Error).code == "protocol"
        listener.until(Started, 2)


def test_a_wrong_token_is_final() -> None:
    """A token does not become right by waiting."""
    with (
        standing_in(SglangStandin()) as server,
        talking(server, "sglang-omni", token="wrong") as (_, listener),
    ):
        assert "token" in listener.until(EngineFailed).message


def test_a_slow_server_does_not_grow_the_app() -> None:
    """Sound waits in a queue of fixed length, the newest kept."""
    with conversing() as (server, link, _listener):
        server.call(server.stall(1.0))
        for _ in range(600):
            link.send_audio(tone(440))
        hear_until(link, lambda: len(server.accepted) > 10)
    assert len(server.accepted) < 600
    assert server.accepted == list(range(len(server.accepted)))
