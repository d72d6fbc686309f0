"""The own voice as training material: waves, mel frames and pitch.

flite's `slt` reads each sentence into a cache. Pitch comes from our own autocorrelation
tracker, which needs the wave and so exists in training only.
"""

from __future__ import annotations

import hashlib
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import soundfile

from engine.microturn import SAMPLE_RATE_HZ
from engine.signal import mel
from engine.signal.vocoder import HIGH_F0_HZ, LOW_F0_HZ

VOICE = "slt"
FINE_HOP = 80
_CORRELATED = 240
_EMPHASIS = 0.95  # high harmonics tell small changes of pitch best
_JUMP = 4.0
_SHORTEST = int(SAMPLE_RATE_HZ / HIGH_F0_HZ)
_LONGEST = int(SAMPLE_RATE_HZ / LOW_F0_HZ) + 1
_VOICED = 0.45


@dataclass(frozen=True)
class Utterance:
    """One sentence, at every frame j centred on sample 320 j.

    wave: (320 n,) float32. power: (n, 80) float32, log10 of mel power, neither floored at -6
    nor clipped, so that a gain is a shift. log_f0: (4 n,) float32 at samples 0, 80, 160, ...,
    carried over gaps without voice. voiced: (4 n,) bool.
    """

    wave: np.ndarray
    power: np.ndarray
    log_f0: np.ndarray
    voiced: np.ndarray


def read_aloud(sentence: str, cache: Path, stretch: float = 1.0) -> np.ndarray:
    """The wave of one sentence, 16 kHz float32. Raises FileNotFoundError without flite."""
    name = hashlib.sha256(f"{VOICE}|{stretch}|{sentence}".encode()).hexdigest()[:20]
    path = cache / f"{name}.wav"
    if not path.is_file():
        _render(sentence, path, stretch)
    wave, rate = soundfile.read(path, dtype="float32")
    if rate != SAMPLE_RATE_HZ:
        raise ValueError(f"{path} has {rate} Hz: delete it, flite's voices have 16000")
    return np.asarray(wave)


def _render(sentence: str, path: Path, stretch: float) -> None:
    if shutil.which("flite") is None:
        raise FileNotFoundError("flite is not installed: apt-get install flite")
    path.parent.mkdir(parents=True, exist_ok=True)
    partial = path.with_suffix(".part")
    options = ["--setf", f"duration_stretch={stretch}", "-voice", VOICE]
    subprocess.run(["flite", *options, "-t", sentence, "-o", str(partial)], check=True)
    partial.replace(path)


def describe(wave: np.ndarray) -> Utterance:
    """Frames and pitch of a wave of any length; it is padded to whole micro-turns."""
    power = np.log10(np.maximum(mel.wave_mel(wave), 1e-12)).astype(np.float32)
    padded = np.zeros(len(power) * mel.HOP, np.float32)
    padded[: len(wave)] = wave
    log_f0, voiced = pitch(padded)
    return Utterance(padded, power, log_f0, voiced)


def pitch(wave: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Log pitch (n,) and voicing (n,) at samples 0, 80, 160, ... of (80 n,) float32."""
    likeness = _correlation(np.append(wave[:1], wave[1:] - _EMPHASIS * wave[:-1]))
    lags = _best_path(likeness)
    frames = np.arange(len(lags))
    voiced = likeness[frames, lags] > _VOICED
    log_f0 = np.log(SAMPLE_RATE_HZ / (_SHORTEST + lags + _peak_offset(likeness, lags)))
    if voiced.any():
        log_f0 = np.interp(frames, frames[voiced], log_f0[voiced])
    return log_f0.astype(np.float32), voiced


def _correlation(wave: np.ndarray) -> np.ndarray:
    """How alike the wave is to itself one period later, -1..1: (n, lags)."""
    centre = (_CORRELATED + (_SHORTEST + _LONGEST) // 2) // 2
    reach = _CORRELATED + _LONGEST
    padded = np.concatenate([np.zeros(centre), wave, np.zeros(reach)])
    windows = np.lib.stride_tricks.sliding_window_view(padded, reach)[::FINE_HOP]
    windows = windows[: len(wave) // FINE_HOP]
    first = np.fft.rfft(windows[:, :_CORRELATED], 512)
    product = np.fft.irfft(np.conj(first) * np.fft.rfft(windows, 512))
    energy = np.cumsum(np.pad(windows**2, ((0, 0), (1, 0))), axis=1)
    power = energy[:, _CORRELATED:] - energy[:, : _LONGEST + 1]
    lags = slice(_SHORTEST, _LONGEST)
    return product[:, lags] / np.sqrt(power[:, :1] * power[:, lags] + 1e-4)


def _best_path(likeness: np.ndarray) -> np.ndarray:
    """Lags that are alike and do not jump (Viterbi): (n, lags) -> (n,) index."""
    lags = np.log(np.arange(_SHORTEST, _LONGEST))
    jump = _JUMP * np.abs(lags[:, None] - lags)
    # a period is also alike to two periods: prefer the short one a little
    local = likeness - 0.05 * (lags - lags[0])
    score, back = local[0], []
    for frame in local[1:]:
        arrivals = score[:, None] - jump
        back.append(arrivals.argmax(axis=0))
        score = arrivals.max(axis=0) + frame
    path = [int(score.argmax())]
    for pointers in reversed(back):
        path.append(int(pointers[path[-1]]))
    return np.array(path[::-1])


def _peak_offset(likeness: np.ndarray, lags: np.ndarray) -> np.ndarray:
    """Where between samples a parabola through each peak has its top: (n,) in -0.5..0.5."""
    frames = np.arange(len(lags))
    inner = np.clip(lags, 1, likeness.shape[1] - 2)
    left, top, right = (likeness[frames, inner + d] for d in (-1, 0, 1))
    bend = left - 2 * top + right
    offset = np.where(bend < -1e-6, 0.5 * (left - right) / np.minimum(bend, -1e-6), 0.0)
    return np.where(inner == lags, np.clip(offset, -0.5, 0.5), 0.0)
