"""Makes Aside's short sounds: `python installers/sounds.py` writes assets/sounds.

Struck bars of wood, as it were: a few partials that die away, in one key (D, A, E over two
octaves), so that they belong together. What goes up is good or open, what goes down closed.
"""

from __future__ import annotations

import sys
import wave
from pathlib import Path

import numpy as np

FOLDER = Path(__file__).resolve().parent.parent / "assets" / "sounds"
RATE_HZ = 16_000
PEAK = 0.12  # -18 dB: under a voice, over a quiet room
ATTACK_S, DECAY_S, TAIL_S = 0.004, 0.09, 0.42
PARTIALS = ((1.0, 1.0), (2.0, 0.28), (3.93, 0.16))  # times the pitch, how strong

# name -> (when in seconds, Hz) of each stroke
SOUNDS: dict[str, tuple[tuple[float, float], ...]] = {
    "on": ((0.0, 587.33), (0.09, 880.0)),
    "off": ((0.0, 880.0), (0.09, 587.33)),
    "needs-you": ((0.0, 659.26), (0.14, 880.0), (0.28, 659.26)),
    "trouble": ((0.0, 440.0), (0.16, 329.63)),
    "done": ((0.0, 587.33), (0.08, 659.26), (0.16, 1174.66)),
}


def main() -> int:
    FOLDER.mkdir(exist_ok=True)
    for name in SOUNDS:
        with wave.open(str(FOLDER / f"{name}.wav"), "wb") as file:
            file.setnchannels(1)
            file.setsampwidth(2)
            file.setframerate(RATE_HZ)
            file.writeframes(np.round(32_767 * made(name)).astype("<i2").tobytes())
        print(f"{FOLDER / name}.wav")
    return 0


def made(name: str) -> np.ndarray:
    """(n,) float64 at 16 kHz, from silence to silence."""
    strokes = SOUNDS[name]
    whole = np.zeros(round((strokes[-1][0] + TAIL_S) * RATE_HZ))
    for at_s, pitch_hz in strokes:
        begin = round(at_s * RATE_HZ)
        whole[begin:] += _stroke(len(whole) - begin, pitch_hz)
    ending = round(0.03 * RATE_HZ)
    whole[-ending:] *= np.linspace(1, 0, ending)
    return PEAK * whole / np.abs(whole).max()


def _stroke(count: int, pitch_hz: float) -> np.ndarray:
    """Higher partials die sooner, as in wood."""
    when_s = np.arange(count) / RATE_HZ
    sounding = sum(
        strong * np.sin(2 * np.pi * times * pitch_hz * when_s) * np.exp(-when_s * times / DECAY_S)
        for times, strong in PARTIALS
    )
    return np.asarray(sounding * np.minimum(1.0, when_s / ATTACK_S))


if __name__ == "__main__":
    sys.exit(main())
