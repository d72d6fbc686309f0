"""What a driver gives becomes frames, and frames become what a driver takes."""

from __future__ import annotations

import threading

import numpy as np
import pytest

from app.sound import microphone
from app.sound.captured import Captured, FrameQueue
from app.sound.desk import SoundDesk
from app.sound.devices import Device
from app.sound.framing import FRAME_SAMPLES, FrameCutter, FramePourer, mono
from app.sound.meter import Meter
from app.sound.system import device_list
from tests.desktop import similarity
from tests.test_app_sound import babble


@pytest.mark.parametrize("rate_hz", [8_000, 16_000, 22_050, 44_100, 48_000, 96_000])
@pytest.mark.parametrize("block", [64, 441, 1000])
def test_any_rate_and_block_becomes_frames(rate_hz: int, block: int) -> None:
    """A second at any rate, in blocks of any length, is a second of frames, but for 50 ms."""
    cutter = FrameCutter(rate_hz)
    sine = np.sin(2 * np.pi * 440 * np.arange(rate_hz) / rate_hz).astype(np.float32)
    frames = [frame for at in range(0, rate_hz, block) for frame in cutter.push(sine[at:][:block])]
    assert {frame.shape for frame in frames} == {(FRAME_SAMPLES,)}
    assert 95 <= len(frames) <= 100
    heard = np.concatenate(frames)
    spectrum = np.abs(np.fft.rfft(heard))
    assert np.argmax(spectrum) * 16_000 / len(heard) == pytest.approx(440, abs=2)


@pytest.mark.parametrize("rate_hz", [16_000, 44_100, 48_000])
def test_poured_and_cut_is_what_it_was(rate_hz: int) -> None:
    """Frames poured at a device's rate and cut from it again are the same sound."""
    sound = babble(1.0)
    frames = iter(np.pad(sound, (0, 16_000)).reshape(-1, FRAME_SAMPLES))
    pourer, cutter = FramePourer(rate_hz, lambda: next(frames)), FrameCutter(rate_hz)
    back = [frame for _ in range(140) for frame in cutter.push(pourer.pour(rate_hz // 100))]
    assert similarity(np.concatenate(back), sound[200:-200])[1] > 0.99


@pytest.mark.parametrize("rate_hz", [16_000, 44_100, 48_000])
@pytest.mark.parametrize("block", [64, 480])
def test_hushed_it_is_silent_within_five_milliseconds(rate_hz: int, block: int) -> None:
    """Nothing of what the resampler holds back comes after, there is no step, and what follows a
    little later is whole."""
    wave = np.sin(2 * np.pi * 440 * np.arange(32_000) / 16_000).astype(np.float32)
    source = iter([*wave[:8000].reshape(-1, FRAME_SAMPLES), *np.zeros((9, FRAME_SAMPLES)),
                   *wave[8000:].reshape(-1, FRAME_SAMPLES)])  # fmt: skip
    taken = []

    def pull() -> np.ndarray:
        taken.append(next(source).astype(np.float32))
        return taken[-1]

    pourer = FramePourer(rate_hz, pull)
    before = [pourer.pour(block) for _ in range(rate_hz // 10 // block)]
    while len(taken) < 50:  # the voice is at its end: what comes after is what flushing leaves
        before.append(pourer.pour(block))
    pourer.hush()
    after = np.concatenate([pourer.pour(block) for _ in range(rate_hz // 2 // block)])
    fade = round(0.005 * rate_hz)
    assert np.abs(np.diff(np.concatenate([before[-1], after[:fade]]))).max() < 0.3
    gap = after[fade : round(0.045 * rate_hz)]
    assert np.abs(gap).max() == 0
    later = after[round(0.15 * rate_hz) : round(0.4 * rate_hz)]
    assert np.abs(later).max() > 0.95
    assert np.sqrt(np.mean(later**2)) == pytest.approx(0.707, abs=0.02)


def test_damaged_samples_are_silence() -> None:
    """NaN and infinity from a driver become silence, not a stuck canceller; loud is clipped."""
    block = np.array([[np.nan], [np.inf], [-np.inf], [0.5], [7.0]], np.float32)
    np.testing.assert_array_equal(mono(block), [0, 0, 0, 0.5, 1.0])


def test_eight_channels_are_mixed() -> None:
    """Sound of many channels is their mean."""
    block = np.tile(np.arange(8, dtype=np.float32) / 8, (10, 1))
    np.testing.assert_allclose(mono(block), np.full(10, 3.5 / 8))


def test_the_meter_is_in_decibels_and_falls() -> None:
    """Full scale is 1, silence 0, a tenth of full scale two thirds; then it falls by itself."""
    meter = Meter()
    assert meter.level == 0
    meter.feed(np.full(FRAME_SAMPLES, 0.1, np.float32))
    assert meter.level == pytest.approx(2 / 3, abs=0.02)
    meter.feed(np.ones(FRAME_SAMPLES, np.float32))
    high = meter.level
    assert high == pytest.approx(1.0, abs=0.02)
    meter.feed(np.zeros(FRAME_SAMPLES, np.float32))
    assert 0.5 < meter.level <= high


def test_a_closed_microphone_gives_nothing_even_if_its_driver_hangs(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """What still comes while it is being closed, for ever where the driver hangs, is dropped."""
    hangs = threading.Event()

    class Hanging:
        latency, active = 0.01, True

        def abort(self, ignore_errors: bool) -> None:
            hangs.wait(10)

        def close(self, ignore_errors: bool) -> None: ...

    monkeypatch.setattr(microphone, "_open", lambda *_: Hanging())
    frames = FrameQueue()
    made = microphone.Microphone(Device("microphone", "m", "m", 16_000), "m", frames)
    block = np.ones(640, np.float32).tobytes()
    made._callback(block, 640, None, None)
    assert len(frames)
    closing = threading.Thread(target=made.close)
    closing.start()
    while frames.get() is not None:
        pass
    made._callback(block, 640, None, None)
    assert not len(frames)
    hangs.set()
    closing.join()


def test_without_a_speaker_no_voice_waits() -> None:
    """Else it would count as speaking until one is plugged in, and no voice could approve."""
    desk = SoundDesk(device_list())
    desk.play(1, np.ones(3200, np.float32))
    assert not desk.playing


def test_muted_not_one_more_frame_is_passed_on() -> None:
    """Neither what waits nor what comes, from the moment on, whenever the stream itself closes."""
    desk = SoundDesk(device_list())
    frame = Captured(np.ones(160, np.float32), 0.0)
    desk._frames.put(frame)
    desk.mute(True)
    desk._frames.put(frame)
    assert not len(desk._frames)
    desk.mute(False)
    desk._frames.put(frame)
    assert len(desk._frames) == 1
