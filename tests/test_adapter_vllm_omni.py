"""Open models behind vLLM-Omni give the same events as our own engine."""

from __future__ import annotations

import json
from pathlib import Path

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
    Hushed,
    Notice,
    Said,
    Started,
    State,
    VoiceAudio,
)
from engine.microturn import Frame, Update
from tests.linking import Listener, hear_until
from tests.scripted import tone
from tests.standin import standing_in, talking
from tests.standin_omni import VllmStandin

pytestmark = pytest.mark.timeout(60)


def said(listener: Listener) -> str:
    return "".join(words.text for words in listener.of(Said))


def test_a_conversation_is_the_events_of_our_own_engine(tmp_path: Path) -> None:
    """The voice to speak in goes along; a response the model began by itself is heard."""
    reference = tmp_path / "voice.wav"
    reference.write_bytes(b"RIFF")
    with (
        standing_in(VllmStandin()) as server,
        talking(server, "vllm-omni", "be brief", reference_audio=str(reference)) as (
            link,
            listener,
        ),
    ):
        assert listener.until(Started) == Started("duplex-1", "some-model")
        session = server.until("session.update")["session"]
        server.event(
            "conversation.item.input_audio_transcription.completed", item_id="u", transcript="hi"
        )
        assert listener.until(Heard).text == "hi "
        server.begin("r1")
        server.speak("r1", "It is sunny", 0.8)
        server.end("r1")
        hear_until(link, lambda: len(listener.of(VoiceAudio)) >= 4)
        hear_until(link, lambda: listener.of(State)[-1].state == "listening")
    assert said(listener) == "It is sunny"
    assert abs(sum(len(v.samples) for v in listener.of(VoiceAudio)) - 12800) < 200
    assert session["ref_audio"] == "data:audio/wav;base64,UklGRg=="
    assert session["playback_commit_policy"] == "ack_only"
    assert server.paths == ["/v1/realtime?duplex=1&model=some-model&autostart=0"]
    assert Closed("close_requested") in listener.events


def test_what_was_heard_is_acknowledged_as_it_is_heard() -> None:
    """Playback is told cumulatively, never ahead of what came out."""
    with standing_in(VllmStandin()) as server, talking(server, "vllm-omni") as (link, listener):
        listener.until(Started)
        server.begin("r1")
        server.speak("r1", "one two three", 1.0)
        server.end("r1")
        hear_until(link, lambda: len(listener.of(VoiceAudio)) >= 5)
        hear_until(link, lambda: bool(server.all("playback.ack")[-1:])
                   and server.all("playback.ack")[-1]["played_ms"] >= 990)  # fmt: skip
        server.until("session.event_ack")
    acks = server.all("playback.ack")
    played = [ack["played_ms"] for ack in acks]
    assert played == sorted(set(played))
    assert {(ack["response_id"], ack["item_id"]) for ack in acks} == {("r1", "item_r1")}
    assert played[0] == 200


def test_an_epoch_fences_what_an_interruption_made_stale() -> None:
    """The voice stops at the new epoch; sound of the old one is never heard, however late."""
    with standing_in(VllmStandin()) as server, talking(server, "vllm-omni") as (link, listener):
        listener.until(Started)
        server.begin("r1")
        server.speak("r1", "a long story", 20.0)
        hear_until(link, lambda: len(listener.of(VoiceAudio)) >= 3)
        server.epoch = 1
        server.event("overlap.decision", epoch=1, action="listen", policy="listen_only")
        listener.until(Hushed)
        cut = server.until("playback.ack", truncate=True)
        server.begin("r2")
        server.speak("r2", "stale", 1.0, epoch=0)
        server.speak("r1", "stale too", 1.0, epoch=0)
        server.end("r1", "cancelled")
        before = len(listener.of(VoiceAudio))
        server.speak("r2", "fresh", 0.4)
        hear_until(link, lambda: len(listener.of(VoiceAudio)) >= before + 2)
        for _ in range(5):
            link.send_audio(tone(0))
    assert cut["item_id"] == "item_r1"
    assert 200 <= cut["played_ms"] <= 200 * before
    later = listener.of(VoiceAudio)[before:]
    assert {piece.generation for piece in later} == {2}
    assert sum(len(piece.samples) for piece in later) <= 6500
    assert "stale too" not in said(listener)


def test_who_silences_the_voice_hears_no_more_of_it() -> None:
    """The server is told how much was heard, and its next answer sounds."""
    with standing_in(VllmStandin()) as server, talking(server, "vllm-omni") as (link, listener):
        listener.until(Started)
        server.begin("r1")
        server.speak("r1", "a long story", 20.0)
        hear_until(link, lambda: len(listener.of(VoiceAudio)) >= 3)
        link.hush(1, 500)
        server.until("response.cancel")
        cut = server.until("playback.ack", truncate=True)
        before = len(listener.of(VoiceAudio))
        server.speak("r1", "stale", 1.0)
        server.end("r1", "cancelled")
        server.begin("r2")
        server.speak("r2", "fresh", 0.4)
        hear_until(link, lambda: len(listener.of(VoiceAudio)) > before)
    assert cut["item_id"] == "item_r1"
    assert cut["played_ms"] >= 200
    assert {piece.generation for piece in listener.of(VoiceAudio)[before:]} == {2}


def test_pictures_ride_on_the_sound_that_closes_a_unit() -> None:
    """Once a second at most, the newest of each source, bare of any prefix."""
    with standing_in(VllmStandin()) as server, talking(server, "vllm-omni") as (link, listener):
        listener.until(Started)
        frame = Frame("camera", np.zeros((8, 8, 3), np.uint8))
        for count in range(1, 16):
            link.send_frame(frame)
            link.send_audio(tone(0))
            server.until("input_audio_buffer.append", count)
        appends = server.all("input_audio_buffer.append")
    seen = [a["audio_end_ms"] for a in appends if "video_frames" in a]
    assert len(seen) >= 2
    assert seen == [1200 + 1000 * n for n in range(len(seen))], "the first unit has 1,030 ms"


def test_a_lost_connection_goes_on_in_the_same_session() -> None:
    """Resumed, with what was missed, once each; the app is told, and nothing began anew."""
    with standing_in(VllmStandin()) as server, talking(server, "vllm-omni") as (link, listener):
        listener.until(Started)
        server.begin("r1")
        server.speak("r1", "before", 0.4)
        hear_until(link, lambda: "before" in said(listener))
        server.cut()
        resume = server.until("session.resume")
        listener.wait(lambda: len(listener.of(Notice)) == 2)
        assert [notice.code for notice in listener.of(Notice)] == ["away", "resumed"]
        server.speak("r1", " and after", 0.4)
        hear_until(link, lambda: "after" in said(listener))
    assert resume["session_id"] == "duplex-1"
    assert resume["resume_token"] == "rt_1"
    assert "autostart=0" in server.paths[1]
    assert said(listener) == "before and after"
    assert len(listener.of(Started)) == 1
    assert not listener.of(EngineLost)


def test_words_survive_a_cut_connection() -> None:
    """Those typed meanwhile wait for the connection; those lost with it are sent once more."""
    with standing_in(VllmStandin()) as server, talking(server, "vllm-omni") as (link, listener):
        listener.until(Started)
        server.answering = False
        link.send_text("lost on the way")
        server.until("conversation.item.create")
        server.answering = True
        server.cut()
        link.send_text("typed meanwhile")
        server.until("session.resume")
        hear_until(link, lambda: len(listener.of(Appended)) == 2)
        texts = [m["item"]["content"][0]["text"] for m in server.all("conversation.item.create")]
    assert sorted(texts) == ["lost on the way", "lost on the way", "typed meanwhile"]
    assert len(listener.of(Started)) == 1


def test_a_session_that_cannot_resume_is_followed_by_another() -> None:
    """What the server says it cannot do is not asked for."""
    server = VllmStandin()
    server.resumable = False
    with standing_in(server), talking(server, "vllm-omni") as (_, listener):
        listener.until(Started)
        server.cut()
        listener.until(EngineLost)
        listener.until(Started, 2)
    assert not server.all("session.resume")


def test_a_resume_that_comes_too_late_begins_anew() -> None:
    """The session is gone: the next one begins, and that is not called a fault."""
    with standing_in(VllmStandin()) as server, talking(server, "vllm-omni") as (_, listener):
        listener.until(Started)
        server.token = "forgotten"
        server.cut()
        server.until("session.resume")
        listener.until(Started, 2)
    assert Closed("expired") in listener.events


def test_text_and_tools() -> None:
    """Words are confirmed; a model that calls tools delegates, and gets its result."""
    with (
        standing_in(VllmStandin()) as server,
        talking(server, "vllm-omni", tools=True) as (
            link,
            listener,
        ),
    ):
        listener.until(Started)
        link.send_text("hello")
        assert listener.until(Appended).kind == "text"
        server.begin("r1")
        call = {"type": "function_call", "name": "delegate", "call_id": "c1", "arguments": ""}
        server.event("response.output_item.added", response_id="r1", item=call)
        done = "response.function_call_arguments.done"
        server.event(done, response_id="r1", call_id="c1", arguments='{"text": "look"}')
        assert listener.until(DelegationEvent).text == "look"
        link.send_update(Update("commentary", "found", "c1"))
        item = server.until("conversation.item.create", 2)["item"]
    assert (item["type"], item["call_id"], item["output"]) == (
        "function_call_output",
        "c1",
        "found",
    )


def test_sound_goes_out_as_the_model_wants_it() -> None:
    """PersonaPlex takes floats at 24 kHz; the stand-in checks that length and rate agree."""
    server = VllmStandin()
    server.unit_ms = 80
    with standing_in(server), talking(server, "vllm-omni", input="pcm_f32le") as (link, listener):
        listener.until(Started)
        for _ in range(3):
            link.send_audio(tone(440))
        sent = server.until("input_audio_buffer.append", 3)
    assert sent["sample_rate_hz"] == 24_000


GARBAGE = [
    "{",
    "null",
    b"\x01\x02",
    json.dumps({"type": "response.created", "response": 3}),
    json.dumps({"type": "session.created"}),
    json.dumps({"type": "overlap.decision", "epoch": "soon"}),
    json.dumps({"type": "response.listen", "server_event_seq": []}),
]


@pytest.mark.parametrize("frame", GARBAGE)
def test_garbage_ends_the_session_not_the_app(frame: str | bytes) -> None:
    """It is an error of the protocol, and a new session follows."""
    with standing_in(VllmStandin()) as server, talking(server, "vllm-omni") as (_, listener):
        listener.until(Started)
        server.send_raw(frame)
        assert listener.until(Error).code == "protocol"
        listener.until(Started, 2)


def test_a_full_server_is_tried_again_and_a_wrong_token_is_not() -> None:
    """No room now may be room later; a token does not become right by waiting."""
    with standing_in(VllmStandin()) as server:
        with talking(server, "vllm-omni", "no room") as (_, listener):
            assert "limit=4" in listener.until(EngineLost).reason
            assert not listener.of(EngineFailed)
        with talking(server, "vllm-omni", token="wrong") as (_, listener):
            assert "token" in listener.until(EngineFailed).message


def test_a_voice_that_is_not_there_is_said(tmp_path: Path) -> None:
    """The file is named, and it is not tried again."""
    gone = tmp_path / "gone.wav"
    with (
        standing_in(VllmStandin()) as server,
        talking(server, "vllm-omni", reference_audio=str(gone)) as (_, listener),
    ):
        assert "gone.wav" in listener.until(EngineFailed).message


def test_a_slow_server_does_not_grow_the_app() -> None:
    """Sound waits in a queue of fixed length, the newest kept; then talk goes on."""
    with standing_in(VllmStandin()) as server, talking(server, "vllm-omni") as (link, listener):
        listener.until(Started)
        server.call(server.stall(1.0))
        for _ in range(600):
            link.send_audio(tone(440))
        link.send_text("after it")
        listener.until(Appended)
    assert len(server.all("input_audio_buffer.append")) < 600
