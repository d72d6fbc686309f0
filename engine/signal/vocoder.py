"""Mel to wave, one micro-turn at a time: a source and two filters, without torch.

A small causal network reads log-mel frames and names, for the centre of each frame, the pitch
and two spectral envelopes: one for the pulses of the glottis, one for the noise of breath. Each
envelope becomes a minimum-phase filter; pulses and noise pass through them and are cross-faded
from one frame centre to the next. The idea of filtering pulses and noise by learned cepstral
filters is that of Liu, Chen and Yu, "Neural Homomorphic Vocoder" (Interspeech 2020).

Frame j is centred on sample 320 j of the wave it was made from, so with it the 320 samples
before its centre can be made: the wave is LATENCY_FRAMES frames late. What a micro-turn leaves
behind is an explicit value, so a session can be kept, rolled back and replayed, and ten frames
at a time give what a whole utterance gives.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from safetensors.numpy import load_file

from engine.microturn import SAMPLE_RATE_HZ
from engine.signal.mel import BINS, CEILING, FLOOR, FRAMES_PER_TURN, HOP

PREFIX = "vocoder."  # of its weights within a checkpoint
LATENCY_FRAMES = 1
FADE_SAMPLES = 160

CHANNELS = 192
KERNEL = 3
DILATIONS = (1, 1, 2, 2)
CONTEXT = sum((KERNEL - 1) * dilation for dilation in DILATIONS)
SLOPE = 0.1

PITCHES = 96
LOW_F0_HZ, HIGH_F0_HZ = 110.0, 300.0
PULSE_POINTS, NOISE_POINTS = 56, 32
OUTPUTS = PITCHES + PULSE_POINTS + NOISE_POINTS

FFT = 1024
RINGING = FFT - HOP
TOP_HARMONIC_HZ = 7800.0
QUIETEST, LOUDEST = -20.0, 6.0  # log amplitude; bounds even an untrained network
_NOISE_STREAM = 0x766F6963  # keeps these draws apart from others of the same micro-turn
_NEIGHBOURS = 3


@dataclass(frozen=True)
class VocoderState:
    """What one micro-turn leaves to the next.

    context: (CONTEXT, 80) float32, the last log-mel frames. log_f0, phase: of the glottis, at the
    last frame's centre. filters: (2, 513) complex64, pulse and noise filter there.
    ringing: (704,) float32, what the filters still have to say.
    """

    context: np.ndarray
    log_f0: float
    phase: float
    filters: np.ndarray
    ringing: np.ndarray


def pitch_grid() -> np.ndarray:
    """Natural logarithm of the pitches that the network chooses among: (PITCHES,) float64."""
    return np.linspace(np.log(LOW_F0_HZ), np.log(HIGH_F0_HZ), PITCHES)


def envelope_basis(points: int) -> np.ndarray:
    """What each point of an envelope adds to the logarithm of its filter: (points, 513) complex64.

    The points are evenly spread on the mel scale with straight lines between them; the imaginary
    part is the phase of the causal filter of least delay with that amplitude (folded cepstrum).
    """
    mel = np.log1p(np.linspace(0, SAMPLE_RATE_HZ / 2, FFT // 2 + 1) / 700.0)
    place = mel / mel[-1] * (points - 1)
    lines = np.maximum(0.0, 1.0 - np.abs(place - np.arange(points)[:, None]))
    cepstrum = np.fft.irfft(lines, FFT)
    cepstrum[:, 1 : FFT // 2] *= 2.0
    cepstrum[:, FFT // 2 + 1 :] = 0.0
    return np.fft.rfft(cepstrum).astype(np.complex64)


def halves() -> np.ndarray:
    """The cross-fade between two frame centres, falling and rising: (2, 320) float32, sum 1."""
    rising = np.sin(np.pi / 2 * (np.arange(HOP) + 0.5) / HOP) ** 2
    return np.stack([1.0 - rising, rising]).astype(np.float32)


def pulses(log_f0: np.ndarray, phase: float, hop: int = HOP) -> tuple[np.ndarray, float]:
    """Glottal pulses, all harmonics equally strong.

    log_f0: (n + 1,), `hop` samples apart. phase: at the first, in radians.
    Returns (n, hop) float32 and the phase at the last. The sum of cosines is the closed
    form of Dirichlet; the highest harmonic fades in and out, so that pitch moves without steps.
    """
    ramp = np.arange(1, hop + 1) / hop
    f0 = np.exp(log_f0[:-1, None] + np.diff(log_f0)[:, None] * ramp)
    angle = phase + np.cumsum(f0.ravel()) * (2 * np.pi / SAMPLE_RATE_HZ)
    harmonics, share = np.divmod(TOP_HARMONIC_HZ / f0.ravel(), 1.0)
    half = np.sin(angle / 2)
    near = np.abs(half) < 1e-6
    ratio = np.sin((harmonics + 0.5) * angle) / np.where(near, 1.0, 2 * half)
    comb = np.where(near, harmonics, ratio - 0.5) + share * np.cos((harmonics + 1) * angle)
    return comb.reshape(f0.shape).astype(np.float32), float(angle[-1] % (2 * np.pi))


def turn_noise(seed: int, turn: int) -> np.ndarray:
    """White noise of micro-turn `turn`: (10, 320) float32, the same for the same (seed, turn)."""
    key = np.array([seed % 2**64, turn % 2**64], np.uint64)
    bits = np.random.Philox(key=key, counter=[0, 0, 0, _NOISE_STREAM])
    return np.random.Generator(bits).standard_normal((FRAMES_PER_TURN, HOP), np.float32)


class Vocoder:
    """The voice's own throat: log-mel frames in, wave out, state passed in and out.

    weights: as `vocoder_weights` reads them (`convolutions.N.weight|bias`, `out.weight|bias`,
    `skip.weight`). Raises ValueError if one is missing or has another shape.
    """

    def __init__(self, weights: Mapping[str, np.ndarray]) -> None:
        self._convolutions = []
        inputs = BINS
        for index in range(len(DILATIONS)):
            name = f"convolutions.{index}"
            kernel = _weight(weights, f"{name}.weight", (CHANNELS, inputs, KERNEL))
            bias = _weight(weights, f"{name}.bias", (CHANNELS,))
            self._convolutions.append((np.ascontiguousarray(kernel.transpose(2, 1, 0)), bias))
            inputs = CHANNELS
        self._out = _weight(weights, "out.weight", (OUTPUTS, CHANNELS)).T.copy()
        self._bias = _weight(weights, "out.bias", (OUTPUTS,))
        self._skip = _weight(weights, "skip.weight", (OUTPUTS - PITCHES, BINS)).T.copy()
        bases = [envelope_basis(points) for points in (PULSE_POINTS, NOISE_POINTS)]
        self._bases = [(basis.real.copy(), basis.imag.copy()) for basis in bases]
        self._halves = halves()
        self._pitches = pitch_grid()

    def start(self) -> VocoderState:
        """The state of a voice that has been silent."""
        return VocoderState(
            context=np.full((CONTEXT, BINS), FLOOR, np.float32),
            log_f0=float(self._pitches[PITCHES // 2]),
            phase=0.0,
            filters=np.zeros((2, FFT // 2 + 1), np.complex64),
            ringing=np.zeros(RINGING, np.float32),
        )

    def step(
        self, log_mel: np.ndarray, state: VocoderState, seed: int, turn: int
    ) -> tuple[np.ndarray, VocoderState]:
        """One micro-turn of voice.

        log_mel: (10, 80), log10 of mel power; clipped to [-6, 3], what is no number to -6.
        Returns (3200,) float32 in [-1, 1], LATENCY_FRAMES frames late, and the next state.
        """
        if log_mel.shape != (FRAMES_PER_TURN, BINS):
            raise ValueError(f"log_mel has shape {log_mel.shape}, needs (10, 80): one micro-turn")
        return self.synthesise(log_mel, state, turn_noise(seed, turn))

    def tail(self, state: VocoderState) -> tuple[np.ndarray, VocoderState]:
        """The end of a voice that is stopped in mid-word, instead of a click.

        To be played right after the last block: the filters ring out, faded over 10 ms, while
        glottis and breath have stopped. Returns (160,) float32 and a silent state.
        """
        fade = np.cos(np.pi / 2 * (np.arange(FADE_SAMPLES) + 1) / FADE_SAMPLES) ** 2
        wave = state.ringing[:FADE_SAMPLES] * fade.astype(np.float32)
        return np.clip(wave, -1.0, 1.0), self.start()

    def synthesise(
        self, log_mel: np.ndarray, state: VocoderState, noise: np.ndarray
    ) -> tuple[np.ndarray, VocoderState]:
        """Any number of frames: log_mel (n, 80), noise (n, 320) -> (320 n,) and the next state."""
        frames = np.clip(np.nan_to_num(log_mel, nan=FLOOR), FLOOR, CEILING).astype(np.float32)
        window = np.concatenate([state.context, frames])
        log_f0, filters = self._describe(window)
        log_f0 = np.concatenate([[state.log_f0], log_f0])
        filters = np.concatenate([state.filters[None], filters])
        voiced, phase = pulses(log_f0, state.phase)
        sounds = self._filter(np.stack([voiced, noise], axis=1), filters)
        wave = _overlap_add(sounds, state.ringing)
        samples = len(frames) * HOP
        after = VocoderState(
            window[-CONTEXT:], float(log_f0[-1]), phase, filters[-1].copy(), wave[samples:].copy()
        )
        return np.clip(wave[:samples], -1.0, 1.0), after

    def _describe(self, window: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """Log pitch (n,) and filters (n, 2, 513) of the frames after the context."""
        outputs = self._network(window)
        envelopes = np.clip(outputs[:, PITCHES:], QUIETEST, LOUDEST)
        filters = np.empty((len(outputs), 2, FFT // 2 + 1), np.complex64)
        pair = np.split(envelopes, [PULSE_POINTS], axis=1)
        for index, (points, (amplitude, phase)) in enumerate(zip(pair, self._bases, strict=True)):
            size, turn = np.exp(points @ amplitude), points @ phase
            filters.real[:, index] = size * np.cos(turn)
            filters.imag[:, index] = size * np.sin(turn)
        return self._pitch(outputs[:, :PITCHES]), filters

    def _network(self, window: np.ndarray) -> np.ndarray:
        hidden = (window + 2.0) * np.float32(0.5)
        for index, (kernel, bias) in enumerate(self._convolutions):
            step = DILATIONS[index]
            frames = len(hidden) - (KERNEL - 1) * step
            taps = [hidden[k * step : k * step + frames] @ kernel[k] for k in range(KERNEL)]
            made = taps[0] + taps[1] + taps[2] + bias
            made = np.maximum(made, SLOPE * made)
            hidden = made if index == 0 else hidden[-frames:] + made
        outputs = hidden @ self._out + self._bias
        outputs[:, PITCHES:] += window[CONTEXT:] @ self._skip
        return outputs

    def _pitch(self, scores: np.ndarray) -> np.ndarray:
        """Mean of the likeliest pitch and its neighbours: (n, PITCHES) -> (n,) log pitch."""
        best = scores.argmax(axis=1)[:, None]
        near = np.abs(np.arange(PITCHES) - best) <= _NEIGHBOURS
        weight = np.where(near, np.exp(scores - scores.max(axis=1, keepdims=True)), 0.0)
        return (weight @ self._pitches) / weight.sum(axis=1)

    def _filter(self, sources: np.ndarray, filters: np.ndarray) -> np.ndarray:
        """sources (n, 2, 320), filters (n + 1, 2, 513) -> (n, 1024): what each block sets off."""
        faded = np.fft.rfft(sources[:, None] * self._halves[:, None], FFT)
        ends = np.stack([filters[:-1], filters[1:]], axis=1)
        return np.fft.irfft((faded * ends).sum(axis=(1, 2)), FFT).astype(np.float32)


def vocoder_weights(file: Path) -> dict[str, np.ndarray]:
    """A vocoder's weights, from a file of its own or from a checkpoint's model.safetensors."""
    stored = load_file(file)
    inside = {n.removeprefix(PREFIX): w for n, w in stored.items() if n.startswith(PREFIX)}
    return inside or stored


def _weight(weights: Mapping[str, np.ndarray], name: str, shape: tuple[int, ...]) -> np.ndarray:
    found = weights.get(name)
    if found is None or found.shape != shape:
        what = "is missing" if found is None else f"has shape {found.shape}"
        raise ValueError(f"vocoder weight {name} {what}, needs {shape}: restore the checkpoint")
    return np.asarray(found, np.float32)


def _overlap_add(sounds: np.ndarray, ringing: np.ndarray) -> np.ndarray:
    """sounds (n, 1024) laid 320 samples apart over ringing (704,) -> (320 n + 704,)."""
    wave = np.zeros(len(sounds) * HOP + RINGING, np.float32)
    wave[:RINGING] = ringing
    for index, sound in enumerate(sounds):
        wave[index * HOP : index * HOP + FFT] += sound
    return wave
