"""What stands beside the recordings of people: held-out synthetic voices reading scene sentences.

The gap between these and the people is what training on synthetic voices does not give.
"""

from __future__ import annotations

import zlib
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np

from engine.evaluation.skills import BASICS, TALK, TOOLS, Repertoire, generator
from engine.training.people import Recording
from engine.training.scenes.stage import Scene
from engine.training.voices.clip import Clip

SET, SENTENCES = "held-out voices", 200
_OTHER_TONGUES = {"to_english", "to_spanish", "switch"}
_NOBODY_SPEAKS = {"nothing", "read", "salad", "typed"}
SKILLS = tuple(s for s in (*BASICS, *TOOLS, *TALK) if s not in _OTHER_TONGUES | _NOBODY_SPEAKS)


@dataclass(frozen=True)
class Reading(Recording):
    """A sentence read by a synthetic voice: a recording that was never on disk. sound: (n,)."""

    sound: np.ndarray = field(default_factory=lambda: np.zeros(0), compare=False, repr=False)

    def audio(self) -> np.ndarray:
        return np.asarray(self.sound, np.float32)


def readings(limit: int | None, seed: int) -> list[Recording]:
    """One sentence of each scene, the skills in turn. Raises VoiceError."""
    repertoire, found = Repertoire(), list[Recording]()
    for number in range(min(limit or SENTENCES, SENTENCES)):
        skill, index = SKILLS[number % len(SKILLS)], number // len(SKILLS)
        clips = _sentences(repertoire.scene(seed, skill, index))
        if clips:
            clip = clips[int(generator(seed, f"hear/{skill}", index, 0).integers(len(clips)))]
            found.append(_reading(f"{skill}-{index}", clip))
    return found


def _sentences(scene: Scene) -> list[Clip]:
    """What the user says in one go, single words left out."""
    return [p.clip for p in scene.sounds if not p.background and len(p.clip.words) > 1]


def _reading(name: str, clip: Clip) -> Reading:
    """Named after what is said by whom, so that no earlier answer of the peer is taken for it."""
    text = " ".join(word.text for word in clip.words)
    mark = zlib.crc32(f"{clip.voice} {text}".encode())
    return Reading(
        Path(f"{name}-{mark:08x}"), SET, clip.voice, "synthetic", text, clip.words, clip.seconds,
        sound=clip.audio,
    )  # fmt: skip
