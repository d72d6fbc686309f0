"""What is kept of a judged voice: its waves, and a picture of a few spectrograms to look at."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import soundfile
from PIL import Image, ImageDraw

from engine.evaluation.speak.judge import levelled
from engine.evaluation.speak.saying import SPEAKING, Reading
from engine.microturn import SAMPLE_RATE_HZ
from engine.signal.mel import CEILING, FLOOR, FRAMES_PER_TURN, log_mel, wave_mel

PICTURED = 4
_SCALE, _CAPTION = 2, 16


def keep(out: Path, readings: Sequence[Reading]) -> None:
    """Waves as NNN-system.wav, and spectrograms.png of sentences spread over the whole."""
    folder = out / "waves"
    folder.mkdir(parents=True, exist_ok=True)
    for index, reading in enumerate(readings):
        for system, take in reading.takes.items():
            name = system.replace(", ", "-").replace(" ", "-")
            soundfile.write(folder / f"{index:03d}-{name}.wav", take.wave, SAMPLE_RATE_HZ)
    chosen = np.linspace(0, len(readings) - 1, min(PICTURED, len(readings))).round().astype(int)
    picture([readings[index] for index in chosen]).save(out / "spectrograms.png")


def picture(readings: Sequence[Reading]) -> Image.Image:
    """A row for every sentence and system; white lines where the model's micro-turns meet."""
    rows = [
        (f"{system}: {' '.join(take.understood)}", take.wave)
        for reading in readings
        for system, take in reading.takes.items()
        if system in SPEAKING
    ]
    drawn = [(caption, _spectrogram(wave)) for caption, wave in rows]
    height = sum(image.height + _CAPTION for _, image in drawn)
    page = Image.new("RGB", (max(image.width for _, image in drawn), height), "black")
    pen, top = ImageDraw.Draw(page), 0
    for caption, image in drawn:
        pen.text((4, top + 2), caption, fill="white")
        page.paste(image, (0, top + _CAPTION))
        top += image.height + _CAPTION
    return page


def _spectrogram(wave: np.ndarray) -> Image.Image:
    """Mel power, low at the bottom, louder is brighter."""
    power = log_mel(wave_mel(np.asarray(levelled(wave), np.float32)))
    bright = np.clip((power - FLOOR) / (CEILING - FLOOR) * 1.2, 0, 1)
    shades = np.stack([bright, bright**1.7, np.sqrt(bright) * 0.6], axis=-1) * 255
    shades[FRAMES_PER_TURN::FRAMES_PER_TURN, -4:] = 255
    pixels = shades.transpose(1, 0, 2)[::-1].astype(np.uint8)
    return Image.fromarray(pixels.repeat(_SCALE, 0).repeat(_SCALE * 2, 1))
