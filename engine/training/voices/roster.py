"""Who may train, who judges, and whose voice is the model's own."""

from __future__ import annotations

from typing import Literal

from engine.training.heldout import heldout
from engine.training.voices.clip import Voice
from engine.training.voices.espeak import EspeakVoice
from engine.training.voices.festival import FestivalVoice
from engine.training.voices.flite import FliteVoice
from engine.training.voices.neural import NeuralVoice, here

Split = Literal["train", "heldout"]

_ACCENTS = ("en-us", "gmw/en", "en-gb-scotland", "en-029", "en-gb-x-rp", "en-us-nyc")
_VARIANTS = {
    "m1": (40, 60), "m2": (45, 40), "m3": (50, 70), "m4": (45, 50), "m6": (55, 60), "m8": (35, 50),
    "f1": (50, 50), "f2": (55, 70), "f4": (50, 40), "f5": (60, 60),
    "croak": (40, 40), "klatt": (50, 50), "klatt3": (45, 60), "adam": (50, 50),
    "Alicia": (50, 50), "anika": (50, 50), "Andy": (50, 60), "steph": (50, 50),
    "": (50, 60),
}  # fmt: skip


def own_voice() -> Voice:
    """The teacher of the model's own voice: a synthesiser, never a recorded person's copy."""
    return FliteVoice("slt")


def roster(split: Split) -> list[Voice]:
    """Voices of users and bystanders. The own voice is in neither split."""
    return _train() if split == "train" else _heldout()


def spanish(split: Split) -> list[Voice]:
    """Voices that speak Spanish words."""
    if split == "heldout":
        variants, accents = heldout("espeak variant"), heldout("spanish accent")
    else:
        variants, accents = tuple(_VARIANTS), ("es",)
    return [EspeakVoice(accent, variant) for variant in variants for accent in accents]


def _train() -> list[Voice]:
    espeak: list[Voice] = [
        EspeakVoice(accent, variant, pitch, lively)
        for index, (variant, (pitch, lively)) in enumerate(_VARIANTS.items())
        for accent in (*_ACCENTS[index % 2 :: 2], _ACCENTS[(index + 1) % 6])
    ]
    return [*espeak, FliteVoice("awb"), FliteVoice("rms"), *_neural()]


def _neural() -> list[Voice]:
    """One speaker with many throats: nearer to people than the others, so a third of all."""
    return [NeuralVoice("heart", 0.76 + 0.008 * step) for step in range(40)] if here() else []


def _heldout() -> list[Voice]:
    """The festival family, held-out throats in known accents, and all throats in held-out ones."""
    accents = ("en-us", "gmw/en", *heldout("espeak accent"))
    espeak: list[Voice] = [
        EspeakVoice(accent, variant) for variant in heldout("espeak variant") for accent in accents
    ]
    return [*espeak, FestivalVoice("kal_diphone"), FestivalVoice("ked_diphone")]
