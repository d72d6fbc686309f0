"""Sound is cut on the session's sample clock, whatever rate and pieces it comes in."""

from __future__ import annotations

import numpy as np
import pytest
import soxr

from engine.microturn import TURN_SAMPLES, OutputTurn
from engine.server.sound import TurnCutter, VoiceEncoder, decode_pcm16, encode_pcm16
from tests.scripted import tone
from tests.serving import unpcm

pytestmark = pytest.mark.timeout(20)


def cut(wave: np.ndarray, rate_hz: int, pieces: list[int]) -> np.ndarray:
    cutter = TurnCutter(rate_hz, limit_turns=1000)
    at = 0
    for size in pieces:
        cutter.push(wave[at : at + size])
        at += size
    return np.concatenate([cutter.pop() for _ in range(len(cutter))])


@pytest.mark.parametrize("rate_hz", [16_000, 24_000])
def test_pieces_do_not_matter(rate_hz: int) -> None:
    """Any cutting of the same sound gives the same micro-turns, bit for bit."""
    dice = np.random.default_rng(3)
    wave = dice.standard_normal(rate_hz * 3).astype(np.float32) * 0.1
    sizes = [int(size) for size in dice.integers(1, 900, 400)]
    odd, even = cut(wave, rate_hz, sizes), cut(wave, rate_hz, [rate_hz // 50] * 150)
    both = min(len(odd), len(even))
    assert both >= 14 * TURN_SAMPLES
    assert np.array_equal(odd[:both], even[:both])


def test_24_khz_is_resampled_in_place() -> None:
    """Streaming resampling is whole-file resampling: same samples, no shift of the clock."""
    wave = tone(440, 24_000 * 2, 24_000) + tone(3000, 24_000 * 2, 24_000)
    got = cut(wave, 24_000, [480] * 100)
    whole = soxr.resample(wave, 24_000, 16_000)
    assert len(whole) - len(got) < TURN_SAMPLES + 400
    assert np.abs(got - whole[: len(got)]).max() < 1e-3


def test_what_cannot_be_at_16_khz_does_not_alias() -> None:
    """An 11 kHz tone at 24 kHz is silence at 16 kHz, not a false tone at 5 kHz."""
    got = cut(tone(11_000, 24_000, 24_000), 24_000, [4800] * 5)
    assert np.sqrt(np.mean(got[800:] ** 2)) < 1e-3


def test_the_oldest_of_too_much_is_dropped_in_whole_micro_turns() -> None:
    """What remains is the newest, aligned as it was, and the count of the lost is right."""
    cutter = TurnCutter(16_000, limit_turns=2)
    wave = np.arange(5 * TURN_SAMPLES + 100, dtype=np.float32)
    assert cutter.push(wave) == 3
    assert cutter.pop()[0] == 3 * TURN_SAMPLES
    assert cutter.push(np.zeros(TURN_SAMPLES - 100, np.float32)) == 0
    assert len(cutter) == 2


def test_pcm_survives_the_wire() -> None:
    """Every 16-bit value comes back as it was; what is out of range is clipped, not wrapped."""
    every = np.arange(-32768, 32768, dtype=np.float32) / 32768
    assert np.array_equal(decode_pcm16(encode_pcm16(every), 16_000), every)
    loud = decode_pcm16(encode_pcm16(np.array([2.0, -2.0], np.float32)), 16_000)
    assert loud.tolist() == [32767 / 32768, -1.0]


def test_each_utterance_has_its_exact_length() -> None:
    """At 24 kHz an utterance of n micro-turns is 4800 n samples, and leaves none for the next."""
    encoder = VoiceEncoder(24_000)
    lengths = []
    for start, turns in ((0, 3), (10, 1)):
        pieces = [
            encoder.encode(OutputTurn(start + k, speaking=True, audio=tone(500)))
            for k in range(turns)
        ]
        pieces.append(encoder.encode(OutputTurn(start + turns)))
        lengths.append(len(unpcm("".join(pieces[:1]))) + sum(len(unpcm(p)) for p in pieces[1:]))
    assert lengths == [3 * 4800, 4800]
    assert encoder.encode(OutputTurn(20)) == ""
