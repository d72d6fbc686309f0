"""It does not hear itself: echo cancellation, on samples and through real devices."""

# ruff: noqa: F811 (a fixture is asked for by its name)

from __future__ import annotations

import time
from pathlib import Path

import numpy as np
import pytest
import soundfile

from app.sound.clock import StreamClock
from app.sound.echo import DEPTH, Cleaning, NoCancellation, WebRtcCanceller
from app.sound.played import Played
from engine.signal.mel import log_mel, wave_mel
from tests.desktop import RATE_HZ as DEVICE_RATE_HZ
from tests.desktop import (  # noqa: F401
    SoundServer,
    convolved,
    loudness_db,
    similarity,
    sound_server,
    unless_busy,
)
from tests.test_app_sound import Desk, speak

PEOPLE = Path(__file__).parent.parent / "assets" / "people"
RATE_HZ, FRAME = 16_000, 160
DEPTH_DB = 20 * np.log10(DEPTH)
pytestmark = pytest.mark.timeout(90)


def people(*numbers: str) -> np.ndarray:
    """Digits said by these people, one after the other: (n,) float32 at 16 kHz."""
    said = []
    for number in numbers:
        samples, rate_hz = soundfile.read(PEOPLE / f"digits-{number}.opus", dtype="float32")
        said.append(samples[:: rate_hz // RATE_HZ] if rate_hz != RATE_HZ else samples)
    return np.concatenate(said)


def room(seed: int = 0, reverberation_s: float = 0.25) -> np.ndarray:
    """A room's response: a direct path, then noise that dies away."""
    length = round(reverberation_s * RATE_HZ)
    tail = np.random.default_rng(seed).standard_normal(length)
    tail *= 0.12 * np.exp(-6.9 * np.arange(length) / length)
    tail[0] = 1.0
    return tail


def echo_of(far: np.ndarray, delay_s: float, gain: float = 0.4) -> np.ndarray:
    late = convolved(far, room())[: len(far)] * gain
    return np.pad(late, (round(delay_s * RATE_HZ), 0))[: len(far)].astype(np.float32)


def cancelled(near: np.ndarray, far: np.ndarray, canceller=None) -> np.ndarray:
    canceller = canceller or WebRtcCanceller()
    whole = len(near) // FRAME * FRAME
    return np.concatenate(
        [
            canceller.process(near[at : at + FRAME], far[at : at + FRAME])
            for at in range(0, whole, FRAME)
        ]
    )


@pytest.mark.parametrize("delay_s", [0.03, 0.1, 0.3])
def test_the_own_voice_is_taken_out(delay_s: float) -> None:
    """Echo through a room, 30 to 300 ms late, is at least 20 dB quieter after convergence where all
    of it may be taken away, and otherwise soon by as much as may be."""
    far = people("002", "011", "045", "050", "065", "067")
    near = echo_of(far, delay_s)
    left = cancelled(near, far, WebRtcCanceller(depth=0.0))
    settled = slice(5 * RATE_HZ, len(left))
    assert loudness_db(left[settled]) < loudness_db(near[settled]) - 20
    left, settled = cancelled(near, far), slice(2 * RATE_HZ, len(left))
    assert DEPTH_DB < -10
    assert loudness_db(left[settled]) < loudness_db(near[settled]) + DEPTH_DB + 0.5


@pytest.mark.parametrize("gain", [0.1, 0.4])
def test_nothing_that_is_said_over_the_voice_is_lost(gain: float) -> None:
    """Where a person's voice is loud and ten times as strong as the echo, in hundreds of frames and
    bands, hardly anything is more than 12 dB fainter for it."""
    far = people("002", "011", "045", "050", "065", "067")
    user, said = np.zeros_like(far), people("046")
    start = len(far) - len(said) - RATE_HZ
    user[start : start + len(said)] = said
    echo = echo_of(far, 0.1, gain)
    alone = cancelled(user, np.zeros_like(far))
    wanted, over, beside = (
        log_mel(wave_mel(wave[start:][: len(said)].astype(np.float32)))
        for wave in (alone, cancelled(echo + user, far), echo)
    )
    hers = (wanted > beside + 1.0) & (wanted > wanted.max() - 3.5)
    assert hers.sum() > 500
    assert 10 * np.quantile((over - wanted)[hers], 0.02) > -12.5


def test_a_person_speaking_over_the_voice_survives() -> None:
    """Near-end speech over the echo keeps its loudness and its shape: it is not silenced too."""
    far = people("002", "011", "045", "050", "065", "067")
    user, said = np.zeros_like(far), people("046")
    start = len(far) - len(said) - RATE_HZ
    user[start : start + len(said)] = said
    alone = cancelled(user, np.zeros_like(far))[start:][: len(said)]
    over = cancelled(echo_of(far, 0.1, gain=0.2) + user, far)[start:][: len(said)]
    assert loudness_db(over) > loudness_db(alone) - 4
    assert similarity(over, alone)[1] > 0.7


def test_switched_off_nothing_is_changed() -> None:
    """Without echo cancellation the microphone's samples are what the engine gets."""
    near, far = people("045"), people("050")[: len(people("045"))]
    whole = len(near) // FRAME * FRAME
    np.testing.assert_array_equal(cancelled(near, far, NoCancellation()), near[:whole])


def test_noise_is_left_to_the_model() -> None:
    """Noise at the microphone is not suppressed: what it means is the model's to judge."""
    noise = (0.02 * np.random.default_rng(3).standard_normal(4 * RATE_HZ)).astype(np.float32)
    left = cancelled(noise, np.zeros_like(noise))
    later = slice(2 * RATE_HZ, len(left))
    assert loudness_db(left[later]) == pytest.approx(loudness_db(noise[later]), abs=1.5)


def test_noise_is_suppressed_for_who_wants_it() -> None:
    """With the switch on, steady noise is at least 6 dB quieter, and a voice stays."""
    noise = (0.02 * np.random.default_rng(3).standard_normal(4 * RATE_HZ)).astype(np.float32)
    left = cancelled(noise, np.zeros_like(noise), Cleaning(noise=True).canceller)
    later = slice(2 * RATE_HZ, len(left))
    assert loudness_db(left[later]) < loudness_db(noise[later]) - 6
    voice = people("045")
    kept = cancelled(voice, np.zeros_like(voice), Cleaning(echo=False, noise=True).canceller)
    assert loudness_db(kept) > loudness_db(voice) - 3


def test_a_quiet_microphone_is_louder_for_who_wants_it() -> None:
    """With the gain control on, a voice 24 dB too quiet comes out at least 6 dB louder."""
    quiet = people("045", "050") / 16
    left = cancelled(quiet, np.zeros_like(quiet), Cleaning(gain=True).canceller)
    later = slice(len(left) // 2, len(left))
    assert loudness_db(left[later]) > loudness_db(quiet[later]) + 6


def test_resting_is_not_to_be_heard() -> None:
    """A canceller that rests while nothing is played gives the sound of one that never does."""
    voice, quiet = people("002", "011", "045"), np.zeros(4 * RATE_HZ, np.float32)
    far = np.concatenate([quiet, voice, quiet, voice, quiet])
    noise = 0.003 * np.random.default_rng(5).standard_normal(len(far)).astype(np.float32)
    near = echo_of(far, 0.06) + noise
    near[: 3 * RATE_HZ] += people("046")[: 3 * RATE_HZ]
    resting = cancelled(near, far, WebRtcCanceller(rest_s=1.0, depth=0.0))
    never = cancelled(near, far, WebRtcCanceller(rest_s=1e6, depth=0.0))
    spoken = slice(2 * len(quiet) + len(voice), 2 * len(quiet) + 2 * len(voice))
    for silent in (slice(0, len(quiet)), slice(spoken.stop + RATE_HZ, len(far) // FRAME * FRAME)):
        np.testing.assert_allclose(resting[silent], never[silent], atol=1e-6)
    assert loudness_db(near[spoken]) > loudness_db(never[spoken]) + 20
    assert loudness_db(resting[spoken]) == pytest.approx(loudness_db(never[spoken]), abs=0.5)


def test_resting_costs_little() -> None:
    """While nothing is played a frame costs less than a third of what the canceller would take."""

    def cost_ns(canceller: WebRtcCanceller) -> int:
        silence = np.zeros(RATE_HZ, np.float32)
        cancelled(silence, silence, canceller)
        began_ns = time.thread_time_ns()
        cancelled(silence, silence, canceller)
        return time.thread_time_ns() - began_ns

    assert 3 * cost_ns(WebRtcCanceller(rest_s=0.5)) < cost_ns(WebRtcCanceller(rest_s=1e6))


def test_two_clocks_may_drift() -> None:
    """With a speaker 100 ppm faster than the microphone the echo is still taken out."""
    far = np.tile(people("002", "011", "045", "050"), 3)
    played = far[np.minimum((np.arange(len(far)) * 1.0001).astype(int), len(far) - 1)]
    near, played_ring, left = echo_of(played, 0.08), Played(), []
    canceller = WebRtcCanceller(depth=0.0)
    written = 0.0
    for at in range(0, len(near) // FRAME * FRAME, FRAME):
        now_s = (at + FRAME) / RATE_HZ
        while (written + FRAME) / (RATE_HZ * 1.0001) <= now_s + 0.03:
            start = round(written)
            played_ring.write(far[start : start + FRAME], written / (RATE_HZ * 1.0001))
            written += FRAME
        left.append(canceller.process(near[at : at + FRAME], played_ring.read(FRAME, now_s)))
    settled = slice(10 * RATE_HZ, len(near) // FRAME * FRAME)
    assert loudness_db(np.concatenate(left)[settled]) < loudness_db(near[settled]) - 20


def test_the_clock_is_told_by_the_earliest_callbacks() -> None:
    """Callbacks late by up to 40 ms, in bursts, give a line within 2 ms of the truth."""
    chance, clock = np.random.default_rng(0), StreamClock(RATE_HZ)
    for frame in range(1, 400):
        clock.tick(frame * FRAME, 5.0 + frame * 0.01 + chance.uniform(0, 0.04))
    assert clock.time_s(400 * FRAME) == pytest.approx(9.0, abs=0.002)


def test_a_clock_that_stood_still_goes_on_anew() -> None:
    """A stream that stalled for a second and a half is not thought to be ahead afterwards."""
    clock = StreamClock(RATE_HZ)
    clock.tick(FRAME, 1.0)
    for frame in range(2, 10):
        clock.tick(frame * FRAME, 2.5 + frame * 0.01)
    assert clock.time_s(10 * FRAME) == pytest.approx(2.6, abs=0.001)


def test_through_real_devices_the_own_voice_is_taken_out(sound_server: SoundServer) -> None:
    """What the speaker plays comes back into the microphone 100 ms later; little of it is left."""
    sound_server.load(
        "module-loopback", source="desk.monitor", sink="headset_room", latency_msec="100"
    )
    with Desk() as desk:
        desk.until_wired("headset", "desk")
        time.sleep(1.5)
        turns = len(desk.turns)
        with sound_server.recording("headset_room") as at_microphone:
            speak(desk, people("002", "011", "050", "065"))
        left = np.concatenate(desk.turns[turns:])
    settled_s = 6.0
    raw = loudness_db(at_microphone[0][round(settled_s * DEVICE_RATE_HZ) :])
    assert raw > -40
    left_db = loudness_db(left[round(settled_s * RATE_HZ) :])
    assert unless_busy(left_db < raw + DEPTH_DB + 1.0)
    assert left_db > -90, "a microphone that gives nothing has no echo either"
