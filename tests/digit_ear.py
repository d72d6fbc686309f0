"""An independent ear for digits: pocketsphinx with a grammar of number words. Tests only."""

from __future__ import annotations

import numpy as np
from pocketsphinx import Config, Decoder

DIGITS = "zero one two three four five six seven eight nine"
NUMBERS = (
    f"{DIGITS} ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen "
    "twenty thirty forty fifty okay"
)


def words_in(samples: np.ndarray, vocabulary: str = DIGITS) -> list[str]:
    """The words of `vocabulary` that are heard in (n,) float32 at 16 kHz, in order."""
    grammar = f"#JSGF V1.0; grammar g; public <s> = ( {' | '.join(vocabulary.split())} )+;"
    decoder = Decoder(Config(lm=None, loglevel="FATAL"))
    decoder.add_jsgf_string("words", grammar)
    decoder.activate_search("words")
    decoder.start_utt()
    pcm = np.clip(samples * 32767, -32768, 32767).astype("<i2")
    decoder.process_raw(pcm.tobytes(), full_utt=True)
    decoder.end_utt()
    heard = decoder.hyp()
    return heard.hypstr.split() if heard else []
