"""A Realtime translation session gives the same events as our own engine."""

from __future__ import annotations

import json

import pytest

from engine.client.events import (
    Closed,
    EngineFailed,
    EngineLost,
    Error,
    Heard,
    Notice,
    Said,
    Started,
    VoiceAudio,
)
from tests.linking import Listener, hear_until
from tests.scripted import tone
from tests.standin import standing_in, talking
from tests.standin_realtime import TRANSLATION_SERVER, TranslationStandin, event, voice

pytestmark = pytest.mark.timeout(60)


def told(kind: str, delta: str) -> dict[str, object]:
    return event(TRANSLATION_SERVER, kind, delta=delta, elapsed_ms=400)


def said(listener: Listener) -> str:
    return "".join(words.text for words in listener.of(Said))


def test_what_is_heard_comes_out_in_another_language() -> None:
    """Both transcripts and the voice, in sessions that the openai types describe."""
    options = {"language": "es", "transcription": "gpt-realtime-whisper"}
    with (
        standing_in(TranslationStandin()) as cloud,
        talking(cloud, "translation", **options) as (link, listener),
    ):
        assert listener.until(Started) == Started("sess_t", "some-model")
        audio = cloud.until("session.update")["session"]["audio"]
        link.send_audio(tone(440))
        cloud.until("session.input_audio_buffer.append")
        cloud.send(told("session.input_transcript.delta", "good morning"))
        cloud.send(told("session.output_transcript.delta", "buenos días"))
        cloud.send(told("session.output_audio.delta", voice(0.8)))
        hear_until(link, lambda: len(listener.of(VoiceAudio)) >= 4)
    assert audio["output"] == {"language": "es"}
    assert audio["input"] == {"transcription": {"model": "gpt-realtime-whisper"}}
    assert listener.of(Heard) == [Heard("good morning", 400, 600)]
    assert said(listener) == "buenos días"
    assert cloud.paths == ["/v1/realtime/translations?model=some-model"]
    assert cloud.all("session.close")
    assert Closed("close_requested") in listener.events


def test_it_takes_no_text_and_no_pictures() -> None:
    """An interpreter is not talked to; what cannot be sent is said."""
    with (
        standing_in(TranslationStandin()) as cloud,
        talking(cloud, "translation") as (
            link,
            listener,
        ),
    ):
        listener.until(Started)
        link.send_text("hello?")
        assert listener.until(Error).code == "unsupported"


def test_a_translation_far_behind_is_skipped_not_piled_up() -> None:
    """What is more than some seconds late is left out, and told once."""
    with (
        standing_in(TranslationStandin()) as cloud,
        talking(cloud, "translation") as (
            link,
            listener,
        ),
    ):
        listener.until(Started)
        for _ in range(4):
            cloud.send(told("session.output_audio.delta", voice(3.0)))
        listener.until(Notice)
        cloud.send(told("session.output_transcript.delta", "fin"))
        hear_until(link, lambda: said(listener) == "fin")
    assert len(listener.of(Notice)) == 1
    assert sum(len(v.samples) for v in listener.of(VoiceAudio)) < 6 * 16000


def test_a_cut_connection_is_followed_by_another_session() -> None:
    """The loss is told and the next session begins."""
    with (
        standing_in(TranslationStandin()) as cloud,
        talking(cloud, "translation") as (
            _,
            listener,
        ),
    ):
        listener.until(Started)
        cloud.cut()
        listener.until(EngineLost)
        listener.until(Started, 2)


GARBAGE = ["{", b"\x00", json.dumps({"type": "session.output_audio.delta", "delta": 3}), "[]"]


@pytest.mark.parametrize("frame", GARBAGE)
def test_garbage_ends_the_session_not_the_app(frame: str | bytes) -> None:
    """It is an error of the protocol, and a new session follows."""
    with (
        standing_in(TranslationStandin()) as cloud,
        talking(cloud, "translation") as (
            _,
            listener,
        ),
    ):
        listener.until(Started)
        cloud.send_raw(frame)
        assert listener.until(Error).code == "protocol"
        listener.until(Started, 2)


def test_a_wrong_token_is_final() -> None:
    """A token does not become right by waiting."""
    with (
        standing_in(TranslationStandin()) as cloud,
        talking(cloud, "translation", token="wrong") as (_, listener),
    ):
        assert "token" in listener.until(EngineFailed).message


def test_a_slow_server_does_not_grow_the_app() -> None:
    """Sound waits in a queue of fixed length."""
    with (
        standing_in(TranslationStandin()) as cloud,
        talking(cloud, "translation") as (
            link,
            listener,
        ),
    ):
        listener.until(Started)
        cloud.call(cloud.stall(1.0))
        for _ in range(600):
            link.send_audio(tone(440))
        cloud.until("session.input_audio_buffer.append", 10)
    assert len(cloud.all("session.input_audio_buffer.append")) < 600
