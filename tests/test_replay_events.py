"""Events say what happened, and when to the sample."""

from __future__ import annotations

import json

import numpy as np

from engine.microturn import TURN_SAMPLES, Act, InputTurn, OutputTurn, Update
from engine.replay.events import Event, EventStream

QUIET = np.zeros(TURN_SAMPLES, np.float32)


def voice(first: int = 0, last: int = TURN_SAMPLES - 1) -> np.ndarray:
    """A voice that is audible from sample `first` to sample `last`, with a hole within."""
    wave = QUIET.copy()
    wave[first : last + 1] = 0.25
    wave[first + 1 : last] *= np.arange(last - first - 1) % 3 > 0
    return wave


def events(outputs: list[OutputTurn], finish: bool = True) -> list[Event]:
    stream = EventStream()
    found = [event for out in outputs for event in stream.of(InputTurn(out.index, QUIET), out)]
    return found + (stream.finish() if finish else [])


def spoken(*waves: np.ndarray | None, generations: list[int] | None = None) -> list[tuple]:
    """(turn, state, time in samples) of the voice events of these micro-turns."""
    numbers = generations or [1] * len(waves)
    outputs = [
        OutputTurn(index, speaking=wave is not None, audio=wave, generation=numbers[index])
        for index, wave in enumerate(waves)
    ]
    return [(e.turn, e.details["state"], e.time_s * 16_000) for e in events(outputs)]


def test_the_voice_is_timed_to_the_sample() -> None:
    """Start is the first audible sample and stop the end of the last, one interval later."""
    assert spoken(None, voice(first=123), voice(last=777), None) == [
        (1, "start", 2 * 3200 + 123),
        (2, "stop", 3 * 3200 + 778),
    ]


def test_a_pause_within_the_voice_is_no_stop() -> None:
    """While the model goes on speaking, silent samples and silent micro-turns are its own."""
    assert spoken(voice(last=9), QUIET, voice(first=50), None) == [
        (0, "start", 3200),
        (2, "stop", 4 * 3200),
    ]


def test_silence_at_the_end_of_the_voice_does_not_count() -> None:
    """The stop lies after the last audible sample, however long the model went on in silence."""
    assert spoken(voice(last=99), QUIET, QUIET, None)[-1] == (0, "stop", 3300)


def test_a_voice_without_a_sound_never_starts() -> None:
    """What cannot be heard is no event; neither is what 16 bits round to nothing."""
    assert spoken(QUIET, QUIET + np.float32(1e-6), None) == []


def test_a_new_generation_stops_the_old_voice() -> None:
    """When the voice begins anew without a pause, the old one has stopped."""
    assert spoken(voice(), voice(first=5), None, generations=[1, 2, 2]) == [
        (0, "start", 3200),
        (0, "stop", 6400),
        (1, "start", 6405),
        (1, "stop", 9600),
    ]


def test_a_voice_at_the_end_of_the_session_is_stopped() -> None:
    """Every start has its stop."""
    assert spoken(None, voice()) == [(1, "start", 6400), (1, "stop", 9600)]


def test_text_acts_and_updates_bear_their_time() -> None:
    """What was heard, said, done and got on micro-turn k is known when its input is complete."""
    given = InputTurn(4, QUIET, updates=(Update("commentary", "it rains", "d1"),))
    act = Act("show", {"card": {"title": "rain"}})
    output = OutputTurn(4, heard="is it", say="yes", acts=(act,))
    found = [event.record() for event in EventStream().of(given, output)]
    head = {"turn": 4, "time_s": 1.0}
    assert found == [
        {**head, "stream": "update", "kind": "commentary", "text": "it rains"},
        {**head, "stream": "heard", "text": "is it"},
        {**head, "stream": "say", "text": "yes"},
        {**head, "stream": "act", "name": "show", "arguments": {"card": {"title": "rain"}}},
    ]


def test_a_quiet_micro_turn_is_no_event() -> None:
    """Nothing is the commonest answer."""
    assert events([OutputTurn(index) for index in range(10)]) == []


def test_an_event_is_one_line_of_json() -> None:
    """An event reads back from its line as it was, line separators and letters included."""
    event = Event(3, 0.8000625, "say", {"text": "grün\u2028\n見"})
    assert "\n" not in event.line()
    assert json.loads(event.line()) == event.record()
