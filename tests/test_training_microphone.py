"""What training does to mel power is what the same thing does to a wave."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest

pytest.importorskip("scipy")

from engine.microturn import SAMPLE_RATE_HZ
from engine.signal.mel import BINS, FRAMES_PER_TURN, log_mel, wave_mel
from engine.training import acoustics
from engine.training import microphone as m
from engine.training.microphone import BIN_HZ, FRAME_S, Noises
from engine.training.render import Record, SayRecord, pack, unpack

pytestmark = pytest.mark.timeout(60)
OFF = ("THROAT", "ROOM", "TELEPHONE", "LAPTOP", "RECORDED", "BABBLE", "ECHO", "BAND")
ON_S, OFF_S = 1.0, 0.6


@pytest.fixture
def nothing(monkeypatch: pytest.MonkeyPatch) -> pytest.MonkeyPatch:
    """A microphone that changes nothing: what is wanted is switched on again."""
    for name in OFF:
        monkeypatch.setattr(m, f"{name}_CHANCE", 0.0)
    monkeypatch.setattr(m, "CHANNEL_DB", (0.0, 0.0))
    monkeypatch.setattr(m, "SNR_DB", (90.0, 90.0))
    monkeypatch.setattr(m, "FLOOR_EXPONENT", (-9.0, -9.0))
    monkeypatch.setattr(m, "GAIN_EXPONENT", (0.0, 0.0))
    return monkeypatch


def burst(seed: int = 0) -> np.ndarray:
    """A second of noise and then silence."""
    wave = 0.1 * np.random.default_rng(seed).standard_normal(round(ON_S * SAMPLE_RATE_HZ))
    return np.pad(wave, (0, round(OFF_S * SAMPLE_RATE_HZ))).astype(np.float32)


def record(wave: np.ndarray, says: tuple[SayRecord, ...] = ()) -> Record:
    packed = pack(log_mel(wave_mel(wave)))
    return Record("any", packed, np.zeros(len(packed), np.uint8), (), (), says)


def voice(turn: int, turns: int) -> SayRecord:
    wave = 0.1 * np.random.default_rng(4).standard_normal(round(0.2 * turns * SAMPLE_RATE_HZ))
    mel = pack(log_mel(wave_mel(wave.astype(np.float32))))
    return SayRecord(turn, mel, (), np.zeros(len(mel), np.uint8))


def decibels(power: np.ndarray) -> np.ndarray:
    """Of each frame: (F, 80) -> (F,)."""
    return 10 * np.log10(power.mean(1) + 1e-12)


def ended() -> int:
    """The frame in which the burst is over."""
    return round(ON_S / FRAME_S) + 1


@pytest.mark.parametrize(("reverberation_s", "direct_db"), [(0.3, 0.0), (0.8, -6.0)])
def test_a_room_rings_as_long_as_a_room(
    reverberation_s: float, direct_db: float, nothing: pytest.MonkeyPatch
) -> None:
    """After the burst, by as many decibels below it and for as long as after the same burst in a
    room of that kind, within 3 dB."""
    nothing.setattr(m, "REVERBERATION_S", (reverberation_s, reverberation_s))
    nothing.setattr(m, "DIRECT_DB", (-direct_db, -direct_db))  # there: of the tail over the direct
    rng = np.random.default_rng(1)
    ours = m.room(wave_mel(burst()), rng)
    rooms = [acoustics.synthetic_room(rng, reverberation_s, direct_db) for _ in range(8)]
    theirs = np.mean([wave_mel(acoustics.room(burst(n), r)) for n, r in enumerate(rooms)], axis=0)
    after = slice(ended(), ended() + round(0.25 / FRAME_S))
    settled = slice(ended() - 15, ended() - 2)
    one, other = (decibels(p)[after] - decibels(p)[settled].mean() for p in (ours, theirs))
    assert np.abs(one - other).max() < 3
    assert one[-1] < one[0] - 10


def test_a_telephone_passes_the_same_band(nothing: pytest.MonkeyPatch) -> None:
    """Within it hardly anything is lost, of what lies well outside 30 dB and more, in both."""
    nothing.setattr(m, "TELEPHONE_CHANCE", 1.0)
    wave = burst()[: round(ON_S * SAMPLE_RATE_HZ)]
    theirs = (wave_mel(acoustics.telephone(wave)) / wave_mel(wave))[5:-5].mean(0)
    for seed in range(10):
        ours = m.channel(np.random.default_rng(seed))
        for lost in (ours, theirs):
            inside = (BIN_HZ > 450) & (BIN_HZ < 3000)
            assert np.abs(10 * np.log10(lost[inside])).max() < 3
            assert lost[(BIN_HZ < 120) | (BIN_HZ > 4300)].max() < 1e-3


def test_a_laptop_loses_the_same_bass(nothing: pytest.MonkeyPatch) -> None:
    """On the mean of many microphones, within three decibels of what it does to waves."""
    nothing.setattr(m, "LAPTOP_CHANCE", 1.0)
    wave = burst()[: round(ON_S * SAMPLE_RATE_HZ)]
    whole = wave_mel(wave)[5:-5]
    laptops = [acoustics.laptop(0.1 * wave, np.random.default_rng(seed)) for seed in range(20)]
    theirs = np.mean([10 * np.log10((wave_mel(one)[5:-5] / whole).mean(0)) for one in laptops], 0)
    ours = 10 * np.log10(m.channel(np.random.default_rng(0)))
    heard = (BIN_HZ > 120) & (BIN_HZ < 7000)
    apart = (theirs - ours)[heard]
    assert np.abs(apart - apart.mean()).max() < 3
    assert ours[BIN_HZ < 120].max() < -10


def test_the_own_voice_comes_back_after_it_was_spoken(nothing: pytest.MonkeyPatch) -> None:
    """In the interval after its micro-turn, later by the delay and fainter as asked, as it does on
    waves; before that, nothing."""
    nothing.setattr(m, "ECHO_DB", 0.0)
    nothing.setattr(m, "ECHO_EXPONENT", (-2.0, -2.0))
    said = voice(turn=3, turns=5)
    heard = record(np.zeros(4 * SAMPLE_RATE_HZ, np.float32), (said,))
    first = (said.turn + 1) * FRAMES_PER_TURN
    delays = set()
    for seed in range(30):
        power = m.own_echo(heard, len(heard.mel), np.random.default_rng(seed))
        begins = int(np.flatnonzero(power.mean(1) > 0)[0])
        delays.add(begins - first)
        sounding = power[begins : begins + len(said.mel)]
        faint_db = decibels(sounding).mean() - decibels(10 ** unpack(said.mel)).mean()
        assert -20.5 < faint_db < -5  # the room adds what it rings
    assert min(delays) >= m.ECHO_FRAMES[0]
    assert max(delays) < m.ECHO_FRAMES[1]
    assert len(delays) > 8


@pytest.mark.parametrize("silence_s", [0.0, 30.0])
@pytest.mark.parametrize("snr_db", [0.0, 10.0, 30.0])
def test_noise_lies_as_far_below_speech_as_asked(
    snr_db: float, silence_s: float, nothing: pytest.MonkeyPatch
) -> None:
    """Between the words, where noise is alone, its level is that of speech less the ratio, however
    little is said."""
    wave = burst()
    given = record(np.pad(wave, (0, round(silence_s * SAMPLE_RATE_HZ))))
    nothing.setattr(m, "SNR_DB", (snr_db, snr_db))
    nothing.setattr(m, "RECORDED_CHANCE", 1.0)
    nothing.setattr(m, "levels", lambda power: power)
    noise = pack(log_mel(wave_mel(burst(9)[: round(ON_S * SAMPLE_RATE_HZ)])))
    power = m.microphone(given, Noises((noise,)), np.random.default_rng(2))
    silent = decibels(power)[ended() + 2 :].mean()
    loud = 10 * np.log10((10 ** unpack(given.mel))[2 : ended() - 2].mean())
    assert loud - silent == pytest.approx(snr_db, abs=1.5)


def test_a_gain_moves_every_bin_alike(nothing: pytest.MonkeyPatch) -> None:
    """Ten times the power is ten times the power everywhere."""
    nothing.setattr(m, "levels", lambda power: power)
    heard = []
    for exponent in (-1.0, 0.0):
        nothing.setattr(m, "GAIN_EXPONENT", (exponent, exponent))
        heard.append(m.microphone(record(burst()), Noises(), np.random.default_rng(3)))
    sounding = slice(2, ended() - 2)
    np.testing.assert_allclose(heard[1][sounding] / heard[0][sounding], 10.0, rtol=0.01)


def test_nothing_moves_the_words() -> None:
    """With all that may happen, over many hearings, loudness rises in the frames in which it
    rises in the recording."""
    gaps = np.repeat([0.0, 1.0, 0.0, 1.0, 0.0, 1.0, 0.0], SAMPLE_RATE_HZ // 5)
    wave = (gaps * 0.1 * np.random.default_rng(6).standard_normal(len(gaps))).astype(np.float32)
    rng, given = np.random.default_rng(7), record(wave)
    heard = np.mean([m.microphone(given, Noises(), rng).mean(1) for _ in range(60)], axis=0)
    rises = [place for place, (a, b) in enumerate(pairwise(heard)) if b - a > np.ptp(heard) / 4]
    wanted = [n * FRAMES_PER_TURN for n in (1, 3, 5)]
    assert len(rises) >= 3
    assert {min(wanted, key=lambda w: abs(w - r)) for r in rises} == set(wanted)
    assert all(min(abs(w - r) for w in wanted) <= 1 for r in rises)


def test_a_muted_microphone_gives_nothing_at_all() -> None:
    """As sessions have it: zeros, at times where nobody speaks, and never where somebody does."""
    rng = np.random.default_rng(9)
    silent, spoken = record(np.zeros(SAMPLE_RATE_HZ, np.float32)), record(burst())
    muted = [not m.microphone(silent, Noises(), rng).any() for _ in range(200)]
    assert 0.08 < np.mean(muted) < 0.25
    assert all(m.microphone(spoken, Noises(), rng).any() for _ in range(100))


def test_every_hearing_is_another() -> None:
    """Of one record no two hearings are the same, and each has as many frames and bins."""
    rng, given = np.random.default_rng(8), record(burst(), (voice(1, 3),))
    heard = [m.microphone(given, Noises(), rng) for _ in range(8)]
    assert {one.shape for one in heard} == {(len(given.mel), BINS)}
    assert len({one.tobytes() for one in heard}) == len(heard)
