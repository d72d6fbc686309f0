"""The voice on its way to the speaker, sample by sample."""

from __future__ import annotations

import numpy as np
import pytest

from app.sound.playout import FADE, JITTER, START_DELAY, Playout, Unheard
from engine.microturn import TURN_SAMPLES

FRAME = 160


def pulled(playout: Playout, samples: int) -> np.ndarray:
    frames = [playout.pull(FRAME) for _ in range(samples // FRAME)]
    return np.concatenate([np.zeros(0, np.float32), *frames])


def voice(turns: int = 1) -> np.ndarray:
    """Samples that tell their own place: a ramp that is never zero."""
    return np.linspace(0.1, 0.5, turns * TURN_SAMPLES, dtype=np.float32)


def test_voice_in_time_is_one_piece() -> None:
    """Micro-turns that come every 200 ms, some 40 ms late, are played without a gap."""
    playout, spoken, heard = Playout(), voice(4), []
    for turn, late in enumerate((0, 40, 0, 30)):
        heard.append(pulled(playout, 16 * late))
        playout.add(1, spoken[turn * TURN_SAMPLES : (turn + 1) * TURN_SAMPLES])
        heard.append(pulled(playout, TURN_SAMPLES - 16 * late))
    heard.append(pulled(playout, TURN_SAMPLES))
    played = np.concatenate(heard)
    start = np.flatnonzero(played)[0]
    assert start == START_DELAY
    whole = played[start : start + len(spoken) - FADE]
    np.testing.assert_array_equal(whole, spoken[: len(spoken) - FADE])


def test_late_voice_is_silence_and_shifts_nothing() -> None:
    """A micro-turn 100 ms later than it may be loses 100 ms; the next stands where it belongs."""
    late = 1600
    playout, spoken = Playout(), voice(3)
    playout.add(1, spoken[:TURN_SAMPLES])
    heard = [pulled(playout, START_DELAY + TURN_SAMPLES + late)]
    playout.add(1, spoken[TURN_SAMPLES : 2 * TURN_SAMPLES])
    heard.append(pulled(playout, TURN_SAMPLES - late - FRAME))
    playout.add(1, spoken[2 * TURN_SAMPLES :])
    heard.append(pulled(playout, TURN_SAMPLES + late + FRAME))
    played = np.concatenate(heard)[START_DELAY:]
    gap = played[TURN_SAMPLES : TURN_SAMPLES + late]
    assert not gap.any()
    after = slice(TURN_SAMPLES + late + FADE, 3 * TURN_SAMPLES - FADE)
    np.testing.assert_array_equal(played[after], spoken[after])


def test_without_a_speaker_nothing_waits() -> None:
    """Else it would be speaking for as long as none is plugged in, and end then in old words."""
    playout = Playout()
    playout.add(1, voice())
    playout.drop()
    assert not playout.busy
    playout.add(1, voice())
    assert not playout.busy, "the rest of that stretch is dropped as well"
    playout.add(2, voice())
    assert playout.busy


def test_flush_fades_within_five_milliseconds() -> None:
    """After a flush there is a fade of 5 ms, no step, and then nothing, whatever was waiting."""
    playout = Playout()
    playout.add(1, voice())
    before = pulled(playout, START_DELAY + 1600)
    playout.flush()
    playout.add(1, voice())
    after = pulled(playout, TURN_SAMPLES)
    assert np.abs(np.diff(np.concatenate([before[-1:], after]))).max() < 0.01
    assert not after[FADE:].any()


def test_a_flush_tells_what_was_heard_once() -> None:
    """How far into the voice it came, the delay before its start left out."""
    playout = Playout()
    assert playout.flush() is None
    playout.add(3, voice())
    pulled(playout, START_DELAY + 1600)
    assert playout.flush() == Unheard(3, 100)
    playout.add(3, voice())
    assert playout.flush() is None
    playout.add(4, voice())
    assert playout.flush() == Unheard(4, 0)


def test_a_new_generation_is_heard_after_a_flush_and_the_old_never() -> None:
    """Silencing one stretch of voice does not silence the next."""
    playout = Playout()
    playout.add(2, voice())
    playout.flush()
    playout.add(1, voice())
    playout.add(2, voice())
    assert not pulled(playout, 2 * TURN_SAMPLES)[FADE:].any()
    playout.add(3, voice())
    assert pulled(playout, 2 * TURN_SAMPLES).any()


def test_a_new_session_counts_from_one_again() -> None:
    """After a restart generation 1 is fresh, though the last session had reached 7."""
    playout = Playout()
    playout.add(7, voice())
    pulled(playout, 2 * TURN_SAMPLES)
    playout.restart()
    playout.add(1, voice())
    assert pulled(playout, 2 * TURN_SAMPLES).any()


@pytest.mark.parametrize("turns", [2, 5, 50])
def test_play_ahead_is_bounded(turns: int) -> None:
    """However much comes at once, at most one micro-turn and the start delay wait to be played."""
    playout = Playout()
    for _ in range(turns):
        playout.add(1, voice())
    heard = pulled(playout, (turns + 1) * TURN_SAMPLES)
    last = np.flatnonzero(heard)[-1]
    assert last < TURN_SAMPLES + START_DELAY + JITTER


def test_the_end_of_voice_does_not_click() -> None:
    """Voice that stops in the middle of a wave is faded out."""
    playout = Playout()
    playout.add(1, np.full(TURN_SAMPLES, 0.5, np.float32))
    heard = pulled(playout, 2 * TURN_SAMPLES)
    assert np.abs(np.diff(heard))[START_DELAY + 1 :].max() < 0.01
