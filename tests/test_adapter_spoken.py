"""A voice that comes ahead of its time waits for it, or is never heard."""

from __future__ import annotations

import numpy as np
import pytest

from engine.client.adapters.spoken import Spoken
from engine.client.events import Hushed, Notice, Said, SessionEvent, State, VoiceAudio

pytestmark = pytest.mark.timeout(30)


def second(value: float = 0.5, rate_hz: int = 16_000) -> np.ndarray:
    return np.full(rate_hz, value, np.float32)


def turns(spoken: Spoken, count: int) -> list[SessionEvent]:
    return [event for _ in range(count) for event in spoken.turn()]


def voices(events: list[SessionEvent]) -> list[VoiceAudio]:
    return [event for event in events if isinstance(event, VoiceAudio)]


def test_as_much_comes_out_as_went_in() -> None:
    """One micro-turn of voice for each of sound, in order, and not a sample more."""
    spoken = Spoken(16_000)
    spoken.begin("a")
    wave = np.arange(16_000, dtype=np.float32) / 16_000
    for start in range(0, 16_000, 700):
        spoken.add(wave[start : start + 700])
    spoken.finish()
    heard = voices(turns(spoken, 8))
    assert [len(voice.samples) for voice in heard] == [3200] * 5
    assert np.array_equal(np.concatenate([voice.samples for voice in heard]), wave)


def test_words_come_with_the_sound_they_stand_in_front_of() -> None:
    """A transcript that arrives at once is told as it sounds."""
    spoken = Spoken(16_000)
    spoken.begin("a")
    for word in ("one ", "two ", "three"):
        spoken.say(word)
        spoken.add(second())
    told = [event for event in turns(spoken, 15) if isinstance(event, Said)]
    assert [(words.text, words.start_ms) for words in told] == [
        ("one ", 200), ("two ", 1200), ("three", 2200),
    ]  # fmt: skip


def test_utterances_follow_each_other_with_generations_of_their_own() -> None:
    """A second answer waits for the end of the first; each sample bears its own number."""
    spoken = Spoken(16_000)
    spoken.begin("a")
    spoken.add(second(0.1)[:4000])
    spoken.begin("b")
    spoken.add(second(0.9)[:4000])
    heard = voices(turns(spoken, 4))
    by_generation = {
        number: np.concatenate([v.samples for v in heard if v.generation == number])
        for number in (1, 2)
    }
    assert np.allclose(by_generation[1], 0.1)
    assert np.allclose(by_generation[2], 0.9)
    assert [len(samples) for samples in by_generation.values()] == [4000, 4000]


def test_what_was_heard_is_known_when_it_stops() -> None:
    """Of the one that sounds what came out before the last micro-turn, of the next nothing."""
    spoken = Spoken(16_000)
    spoken.begin("a")
    spoken.add(second())
    spoken.begin("b")
    spoken.add(second())
    turns(spoken, 3)
    stopped = spoken.stop()
    assert stopped.heard_ms == {"a": 400, "b": 0}
    assert stopped.events[0] == Hushed(1)
    assert not voices(turns(spoken, 10))
    assert spoken.stop().events == []


def test_a_voice_without_end_is_hushed_until_its_words_pause() -> None:
    """Words go on being told; a second after the last, what comes sounds as another utterance."""
    spoken = Spoken(16_000, behind_s=1.0)
    spoken.begin("a")
    spoken.add(second()[:3200])
    turns(spoken, 1)
    assert spoken.hush()[0] == Hushed(1)
    heard, told = [], []
    for turn in range(12):
        if turn < 4:
            spoken.say(f"{turn} ")
        spoken.add(second()[:3200])
        events = turns(spoken, 1)
        heard.append(len(voices(events)))
        told += [event.text for event in events if isinstance(event, Said)]
    assert "".join(told) == "0 1 2 3 "
    assert heard == [0] * 8 + [0] + [1] * 3 or heard == [0] * 8 + [1] * 4
    assert spoken.generation == 2


def test_the_state_is_told_when_it_changes() -> None:
    """Speaking when sound begins to come out, listening when it has ended, once each."""
    spoken = Spoken(16_000)
    spoken.begin("a")
    spoken.add(second())
    states = [event.state for event in turns(spoken, 12) if isinstance(event, State)]
    assert states == ["speaking", "listening"]


def test_nothing_grows_without_end() -> None:
    """An hour of speech in one second is cut to the limit, once said, its words kept."""
    spoken = Spoken(16_000)
    spoken.begin("a")
    notices = []
    for minute in range(60):
        spoken.say(f"{minute} ")
        for _ in range(60):
            notices += spoken.add(second())
    spoken.say("end")
    events = turns(spoken, 5 * 60 * 5 + 10)
    assert [type(notice) for notice in notices] == [Notice]
    assert sum(len(voice.samples) for voice in voices(events)) == 300 * 16_000
    assert "".join(event.text for event in events if isinstance(event, Said)).endswith("59 end")


@pytest.mark.parametrize("rate_hz", [24_000, 22_050, 48_000])
def test_a_resampled_utterance_keeps_its_length_and_level(rate_hz: int) -> None:
    """Cut anywhere, a second stays a second, without steps where the pieces meet."""
    spoken = Spoken(rate_hz)
    spoken.begin("a")
    wave = np.sin(2 * np.pi * 300 * np.arange(rate_hz) / rate_hz).astype(np.float32)
    for start in range(0, rate_hz, 777):
        spoken.add(wave[start : start + 777])
    spoken.finish()
    heard = np.concatenate([voice.samples for voice in voices(turns(spoken, 8))])
    expected = np.sin(2 * np.pi * 300 * np.arange(len(heard)) / 16_000)
    assert abs(len(heard) - 16_000) <= 2
    assert np.abs(heard - expected)[200:-200].max() < 0.01
