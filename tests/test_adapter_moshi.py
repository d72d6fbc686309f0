"""Moshi's own server gives the same events as our own engine."""

from __future__ import annotations

import numpy as np
import pytest

from engine.client.adapters.ogg import PageReader, PageWriter
from engine.client.adapters.opus import OpusReader, OpusWriter
from engine.client.events import (
    Closed,
    EngineFailed,
    EngineLost,
    Error,
    Notice,
    Said,
    Started,
    VoiceAudio,
)
from engine.client.socket import Timing
from tests.linking import Listener, hear_until
from tests.scripted import tone
from tests.standin import standing_in, talking
from tests.standin_moshi import MoshiStandin

pytestmark = pytest.mark.timeout(60)


def wave(seconds: float, hz: float, rate_hz: int) -> np.ndarray:
    turns = 2 * np.pi * hz * np.arange(round(seconds * rate_hz)) / rate_hz
    return (np.sin(turns) / 2).astype(np.float32)


def pitch(samples: np.ndarray, rate_hz: int) -> float:
    return float(np.argmax(np.abs(np.fft.rfft(samples))) * rate_hz / len(samples))


def said(listener: Listener) -> str:
    return "".join(words.text for words in listener.of(Said))


def test_both_sides_hear_each_other() -> None:
    """Sound goes through Opus both ways with its pitch; words are words, as they come."""
    with (
        standing_in(MoshiStandin()) as server,
        talking(server, "moshi", "wise teacher") as (
            link,
            listener,
        ),
    ):
        assert listener.until(Started).engine == "some-model"
        for turn in wave(1.0, 500, 16000).reshape(5, 3200):
            link.send_audio(turn)
        server.until("audio", 5)
        server.speak(wave(0.8, 700, 24000), " hello")
        hear_until(link, lambda: sum(len(v.samples) for v in listener.of(VoiceAudio)) > 11000)
        link.send_audio(tone(0))
        listener.until(Said)
    voice = np.concatenate([piece.samples for piece in listener.of(VoiceAudio)])
    assert abs(pitch(np.concatenate(server.heard), 48000) - 500) < 5
    assert abs(pitch(voice, 16000) - 700) < 5
    assert said(listener) == " hello"
    assert server.paths == ["/api/chat?text_prompt=wise+teacher"]
    assert Closed("close_requested") in listener.events


def test_a_voice_that_comes_late_does_not_pile_up() -> None:
    """The model speaks all the time: what is more than a second late is skipped, and said."""
    with standing_in(MoshiStandin()) as server, talking(server, "moshi") as (link, listener):
        listener.until(Started)
        server.speak(wave(6.0, 700, 24000), "end")
        listener.until(Notice)
        hear_until(link, lambda: bool(listener.of(Said)))
    assert listener.of(Notice)[0].code == "voice_skipped"
    assert sum(len(v.samples) for v in listener.of(VoiceAudio)) < 2.5 * 16000


def test_text_cannot_be_typed_to_it() -> None:
    """It is said at once, with the words' own name, and they are not tried again."""
    with standing_in(MoshiStandin()) as server, talking(server, "moshi") as (link, listener):
        listener.until(Started)
        link.send_text("hello?")
        error = listener.until(Error)
        server.cut()
        listener.until(Started, 2)
        link.send_audio(tone(0))
        server.until("audio")
    assert (error.code, error.client_event_id) == ("unsupported", "words_1")
    assert len(listener.of(Error)) == 1


def test_a_cut_connection_is_followed_by_another_session() -> None:
    """The loss is told; the next session speaks and hears from its own beginning."""
    with standing_in(MoshiStandin()) as server, talking(server, "moshi") as (link, listener):
        listener.until(Started)
        server.speak(wave(0.4, 700, 24000))
        hear_until(link, lambda: bool(listener.of(VoiceAudio)))
        server.cut()
        listener.until(EngineLost)
        listener.until(Started, 2)
        server.speak(wave(0.4, 700, 24000), "again")
        hear_until(link, lambda: "again" in said(listener))


GARBAGE = [
    b"",
    b"\x01nothing like Ogg",
    b"\x01OggS" + bytes(60),
    b"\x02\xff\xfe",
    b"\x09new",
    b"\x03\x07",
]


@pytest.mark.parametrize("frame", GARBAGE)
def test_damaged_sound_is_left_out(frame: bytes) -> None:
    """Broken or unknown frames cost what they carry; sound that follows is heard."""
    with standing_in(MoshiStandin()) as server, talking(server, "moshi") as (link, listener):
        listener.until(Started)
        server.speak(wave(0.08, 700, 24000))
        if frame:
            server.send_raw(frame)
        server.speak(wave(0.8, 700, 24000), "on")
        hear_until(link, lambda: "on" in said(listener))
        assert sum(len(v.samples) for v in listener.of(VoiceAudio)) > 10000
    assert len(listener.of(Started)) == 1


def test_another_protocol_is_recognised() -> None:
    """A server that speaks text is none of these."""
    with standing_in(MoshiStandin()) as server, talking(server, "moshi") as (_, listener):
        listener.until(Started)
        server.send_raw("{}")
        assert listener.until(Error).code == "protocol"


def test_an_error_of_the_server_is_told_in_its_words() -> None:
    """Message type 5 carries text for people."""
    with standing_in(MoshiStandin()) as server, talking(server, "moshi") as (_, listener):
        listener.until(Started)
        server.send(b"\x05out of memory")
        assert listener.until(Error).message == "out of memory"


def test_a_busy_server_is_waited_for_and_a_wrong_token_is_not() -> None:
    """It serves one at a time and says nothing until then; a gate before it may want a token."""

    class Busy(MoshiStandin):
        async def greet(self) -> None:
            if len(self.paths) > 1:
                await super().greet()

    with standing_in(Busy()) as server:
        with talking(server, "moshi", timing=Timing(start_s=0.4)) as (_, listener):
            assert "in time" in listener.until(EngineLost).reason
            listener.until(Started)
        with talking(server, "moshi", token="wrong") as (_, listener):
            assert "token" in listener.until(EngineFailed).message


def test_a_slow_server_does_not_grow_the_app() -> None:
    """Sound waits in a queue of fixed length."""
    with standing_in(MoshiStandin()) as server, talking(server, "moshi") as (link, listener):
        listener.until(Started)
        server.call(server.stall(1.0))
        for _ in range(3000):
            link.send_audio(tone(440))
        server.until("audio")
    assert len(server.all("audio")) < 3000


def test_packets_survive_any_cut() -> None:
    """Ogg bytes may come one by one; long packets and damaged pages included."""
    writer, reader = PageWriter(), PageReader()
    packets = [b"a" * size for size in (1, 254, 255, 256, 5000)]
    pages = [writer.page(packet, 960 * count) for count, packet in enumerate(packets)]
    damaged = pages[1][:40] + b"?" + pages[1][41:]
    stream = pages[0] + b"noise" + damaged + b"".join(pages[1:])
    found = [packet for byte in stream for packet in reader.give(bytes([byte]))]
    assert found == packets


def test_opus_keeps_time() -> None:
    """A second in is a second out, but for the coder's own delay."""
    writer, reader = OpusWriter(), OpusReader()
    heard = reader.give(writer.give(wave(1.0, 300, 24000)))
    assert 47000 < len(heard) <= 48000
