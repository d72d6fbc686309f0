"""The peer for hearing: pocketsphinx with the American English model that it comes with."""

from __future__ import annotations

import re

import numpy as np
import pocketsphinx

from engine.microturn import SAMPLE_RATE_HZ

NAME = "pocketsphinx"


class Sphinx:
    """Recognises whole clips, its parameters as installed."""

    def __init__(self) -> None:
        self._decoder = pocketsphinx.Decoder(samprate=SAMPLE_RATE_HZ, loglevel="FATAL")

    def words(self, wave: np.ndarray) -> list[str]:
        """wave: (n,) float32 at 16 kHz. Fillers and pronunciation marks are left out."""
        self._decoder.start_utt()
        samples = (np.clip(wave, -1, 1) * 32767).astype("<i2").tobytes()
        self._decoder.process_raw(samples, full_utt=True)
        self._decoder.end_utt()
        found = self._decoder.hyp()
        return spoken_words(found.hypstr) if found else []


def spoken_words(hypothesis: str) -> list[str]:
    """Lower-case words: "<sil> hello(2) [NOISE]" -> ["hello"]."""
    bare = re.sub(r"<[^>]*>|\[[^]]*\]|\([^)]*\)|\+\+[^+]*\+\+", " ", hypothesis.lower())
    return re.findall(r"[a-z0-9']+", bare)
