"""Laws of the vocoder: what the own voice sounds like and how it is cut into micro-turns."""

from __future__ import annotations

import shutil
from pathlib import Path

import numpy as np
import pytest

from engine.microturn import SAMPLE_RATE_HZ, TURN_SAMPLES
from engine.signal import mel
from engine.signal import vocoder as v
from engine.signal.vocoder import LATENCY_FRAMES, Vocoder, VocoderState

SHIPPED = Path(__file__).parents[1] / "assets" / "nano" / "model.safetensors"
pytestmark = pytest.mark.timeout(60)


@pytest.fixture(scope="module")
def vocoder() -> Vocoder:
    return Vocoder(v.vocoder_weights(SHIPPED))


def random_weights(seed: int = 0) -> dict[str, np.ndarray]:
    chance = np.random.default_rng(seed)
    shapes = {"out.weight": (v.OUTPUTS, v.CHANNELS), "out.bias": (v.OUTPUTS,)}
    shapes["skip.weight"] = (v.OUTPUTS - v.PITCHES, mel.BINS)
    for index in range(len(v.DILATIONS)):
        inputs = mel.BINS if index == 0 else v.CHANNELS
        shapes[f"convolutions.{index}.weight"] = (v.CHANNELS, inputs, v.KERNEL)
        shapes[f"convolutions.{index}.bias"] = (v.CHANNELS,)
    return {
        name: (0.3 * chance.standard_normal(shape) / np.sqrt(shape[-1])).astype(np.float32)
        for name, shape in shapes.items()
    }


def vowel(f0_hz: float, seconds: float = 1.2) -> np.ndarray:
    """An "ah" on one pitch between two silences: harmonics under three formants."""
    time_s = np.arange(int(seconds * SAMPLE_RATE_HZ)) / SAMPLE_RATE_HZ
    hz = f0_hz * np.arange(1, int(7000 / f0_hz))
    formants = ((700.0, 120.0, 1.0), (1200.0, 150.0, 0.5), (2600.0, 250.0, 0.15))
    strength = np.sum([g / (1 + ((hz - f) / w) ** 2) for f, w, g in formants], axis=0) + 0.002
    wave = (np.sin(2 * np.pi * hz[:, None] * time_s) * strength[:, None]).sum(axis=0)
    edge = np.clip(np.minimum(time_s - 0.2, seconds - 0.2 - time_s) / 0.03, 0, 1)
    return (0.1 * wave * edge).astype(np.float32)


def turns_of(wave: np.ndarray) -> np.ndarray:
    frames = mel.log_mel(mel.wave_mel(wave))
    return frames.reshape(-1, mel.FRAMES_PER_TURN, mel.BINS)


def sing(vocoder: Vocoder, turns: np.ndarray, seed: int = 5) -> tuple[np.ndarray, VocoderState]:
    state, blocks = vocoder.start(), []
    for turn, log_mel in enumerate(turns):
        block, state = vocoder.step(log_mel, state, seed, turn)
        blocks.append(block)
    return np.concatenate(blocks), state


def pitch_hz(wave: np.ndarray) -> float:
    spectrum = np.abs(np.fft.rfft(wave * np.hanning(len(wave)), 1 << 16))
    power = np.fft.irfft(spectrum**2)
    lags = np.arange(SAMPLE_RATE_HZ // 300, SAMPLE_RATE_HZ // 110)
    return SAMPLE_RATE_HZ / float(lags[power[lags].argmax()])


def test_ten_frames_at_a_time_are_the_whole(vocoder: Vocoder) -> None:
    """Cutting the mel into micro-turns changes no sample beyond float rounding."""
    turns = turns_of(vowel(170.0))
    chunked, end = sing(vocoder, turns, seed=5)
    noise = np.concatenate([v.turn_noise(5, turn) for turn in range(len(turns))])
    whole, also = vocoder.synthesise(turns.reshape(-1, mel.BINS), vocoder.start(), noise)
    # pitch is rounded differently in matrices of another height, and phase adds that up
    np.testing.assert_allclose(chunked, whole, atol=1e-3)
    np.testing.assert_allclose(end.ringing, also.ringing, atol=1e-3)
    assert np.abs(whole).max() > 0.05


def test_the_same_session_sounds_the_same() -> None:
    """A state steps to the same samples however often, and stepping leaves it as it was."""
    vocoder = Vocoder(random_weights())
    turns = turns_of(vowel(160.0))
    _, state = sing(vocoder, turns[:2])
    kept = [np.copy(part) for part in (state.context, state.filters, state.ringing)]
    first, _ = vocoder.step(turns[2], state, 9, 2)
    vocoder.step(turns[3], state, 9, 3)
    again, _ = vocoder.step(turns[2], state, 9, 2)
    np.testing.assert_array_equal(first, again)
    for part, before in zip((state.context, state.filters, state.ringing), kept, strict=True):
        np.testing.assert_array_equal(part, before)


def test_breath_is_new_in_every_turn_and_session() -> None:
    """Noise depends on the seed and on the micro-turn, and on nothing else."""
    draws = [v.turn_noise(*key) for key in ((1, 1), (1, 2), (2, 1))]
    assert abs(np.corrcoef([draw.ravel() for draw in draws]) - np.eye(3)).max() < 0.1
    np.testing.assert_array_equal(draws[1], v.turn_noise(1, 2))


def test_numpy_says_what_torch_says() -> None:
    """The run-time vocoder and the trained one make the same wave from the same noise."""
    torch = pytest.importorskip("torch")
    from engine.model import vocoder_torch

    torch.manual_seed(3)
    network = vocoder_torch.VocoderNetwork().eval()
    weights = {name: value.detach().numpy() for name, value in network.named_parameters()}
    vocoder, turns = Vocoder(weights), turns_of(vowel(180.0))
    frames = turns.reshape(-1, mel.BINS)
    noise = np.random.default_rng(0).standard_normal((len(frames), mel.HOP), np.float32)
    ours, _ = vocoder.synthesise(frames, vocoder.start(), noise)
    context = np.full((v.CONTEXT, mel.BINS), mel.FLOOR, np.float32)
    with torch.no_grad():
        said = network(torch.from_numpy(np.concatenate([context, frames]))[None])
        log_f0 = vocoder._pitch(said.pitch[0].numpy())
        start = vocoder.start()
        combs, _ = v.pulses(np.concatenate([[start.log_f0], log_f0]), start.phase)
        through = vocoder_torch.filters(said)
        sources = (torch.from_numpy(part[None, 1:]) for part in (combs, noise))
        theirs = vocoder_torch.synthesise(through, *sources)[0].numpy()
    settled = v.FFT + mel.HOP
    np.testing.assert_allclose(ours[settled:], theirs[settled - mel.HOP :], atol=1e-3)
    assert np.abs(theirs).max() > 1e-2


def test_it_sings_the_pitch_it_is_given(vocoder: Vocoder) -> None:
    """The pitch in the mel frames is the pitch in the wave, within two percent."""
    for f0_hz in (155.0, 175.0, 200.0):
        wave, _ = sing(vocoder, turns_of(vowel(f0_hz)))
        assert pitch_hz(wave[6400:12800]) == pytest.approx(f0_hz, rel=0.02)


def test_sound_comes_when_it_was(vocoder: Vocoder) -> None:
    """The wave has the loudness of the original, LATENCY_FRAMES frames later."""
    given = vowel(170.0)
    made, _ = sing(vocoder, turns_of(given))
    late = LATENCY_FRAMES * mel.HOP
    size = len(given) // mel.HOP - LATENCY_FRAMES
    pair = (given, made[late:])
    blocks = [wave[: size * mel.HOP].reshape(-1, mel.HOP).std(axis=1) for wave in pair]
    loud = blocks[0] > 0.5 * blocks[0].max()
    ratio = blocks[1][loud] / blocks[0][loud]
    assert 0.7 < np.median(ratio) < 1.4
    assert np.corrcoef(*blocks)[0, 1] > 0.9


def test_joints_cannot_be_heard(vocoder: Vocoder) -> None:
    """The wave bends no more where micro-turns meet than it does in between."""
    at, between = [], []
    for f0_hz in np.linspace(150, 210, 7):
        wave, _ = sing(vocoder, turns_of(vowel(float(f0_hz), 2.2)))
        bend = np.abs(np.diff(wave, 2))
        joint = np.arange(len(bend)) % TURN_SAMPLES >= TURN_SAMPLES - 2
        at.append(bend[joint])
        between.append(bend[~joint])
    joints, rest = np.concatenate(at), np.concatenate(between)
    assert joints.max() <= rest.max()
    assert joints.mean() < 1.5 * rest.mean()


def test_silence_stays_silent(vocoder: Vocoder) -> None:
    """Frames at the floor make no sound anybody hears (under -60 dB)."""
    turns = np.full((5, mel.FRAMES_PER_TURN, mel.BINS), mel.FLOOR, np.float32)
    wave, _ = sing(vocoder, turns)
    assert np.abs(wave).max() < 1e-3


def test_a_stopped_voice_fades_within_ten_milliseconds(vocoder: Vocoder) -> None:
    """A barge-in ends the wave at zero, from where it was, without a jump."""
    wave, state = sing(vocoder, turns_of(vowel(170.0))[:4])
    tail, after = vocoder.tail(state)
    assert len(tail) == v.FADE_SAMPLES
    assert abs(tail[-1]) < 1e-4
    steps = np.abs(np.diff(wave[-TURN_SAMPLES:]))
    ending = np.concatenate([wave[-1:], tail, [0.0]])
    assert np.abs(np.diff(ending)).max() <= steps.max()
    assert np.abs(wave[-320:]).max() > 0.02
    assert not after.ringing.any()


def test_a_broken_frame_cannot_poison_the_voice(vocoder: Vocoder) -> None:
    """Numbers that are none, or out of range, count as the nearest frame that could be."""
    turns = turns_of(vowel(170.0))[:3].copy()
    turns[1, 2] = np.nan
    turns[1, 4], turns[1, 6] = np.inf, -np.inf
    wave, state = sing(vocoder, turns)
    assert np.isfinite(wave).all()
    assert np.abs(wave).max() <= 1.0
    assert np.isfinite(state.ringing).all()


def test_a_wrong_checkpoint_is_named() -> None:
    """A missing or misshapen weight is refused by name, and so is a wrong number of frames."""
    weights = random_weights()
    del weights["out.bias"]
    with pytest.raises(ValueError, match=r"out\.bias is missing"):
        Vocoder(weights)
    weights = random_weights() | {"skip.weight": np.zeros((2, 2), np.float32)}
    with pytest.raises(ValueError, match=r"skip\.weight has shape"):
        Vocoder(weights)
    vocoder = Vocoder(random_weights())
    with pytest.raises(ValueError, match=r"needs \(10, 80\)"):
        vocoder.step(np.zeros((9, 80), np.float32), vocoder.start(), 0, 0)


@pytest.mark.skipif(shutil.which("flite") is None, reason="flite is not installed")
def test_a_sentence_survives(vocoder: Vocoder, tmp_path: Path) -> None:
    """Through the vocoder, the voice's mel frames stay what they were, and garbage would not."""
    pytest.importorskip("torch")
    from engine.training.vocoder.speech import read_aloud

    given = read_aloud("nobody polished the silver whistle before", tmp_path)
    made, _ = sing(vocoder, turns_of(np.pad(given, (0, TURN_SAMPLES))))
    ours = mel.log_mel(mel.wave_mel(made[LATENCY_FRAMES * mel.HOP :][: len(given)]))
    theirs = mel.log_mel(mel.wave_mel(given))
    loud = theirs > -3
    assert np.abs(ours - theirs)[loud].mean() < 0.25
    untrained, _ = sing(Vocoder(random_weights()), turns_of(given))
    other = mel.log_mel(mel.wave_mel(untrained))[: len(theirs)]
    assert np.abs(other - theirs[: len(other)])[loud[: len(other)]].mean() > 0.5
